// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Between the wire's bytes and Qt's.
#pragma once

#include "agent/wire/frame.h"

#include <QByteArray>

namespace quarry::agent {

inline QByteArray toByteArray(Bytes bytes)
{
    const auto *data = static_cast<const void *>(bytes.data());
    return QByteArray(static_cast<const char *>(data), qsizetype(bytes.size()));
}

} // namespace quarry::agent
