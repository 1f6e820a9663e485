// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The folder that holds all that an engine keeps, and the lock that makes it one engine's.
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"

namespace quarry::engine {

class DataFolder
{
public:
    // Made when absent, mode 0700. PermissionDenied for one that belongs to another user or cannot
    // be written, WrongState naming the pid of the engine that has it.
    static Result<DataFolder> take(const QString &path);

    const QString &path() const { return m_path; }

private:
    QString m_path;
    UniqueFd m_lock; // the kernel lets go of it however the program ends
};

} // namespace quarry::engine
