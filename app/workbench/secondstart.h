// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A second start of the program with the same data folder brings the first one's window.
#pragma once

#include "base/result.h"

#include <QLocalServer>
#include <QObject>
#include <QString>

namespace quarry::workbench {

class SecondStart : public QObject
{
    Q_OBJECT
public:
    // True: a program that has DATAFOLDER shows its window now, and this one may end. Blocks, for
    // some seconds at most, before there is an event loop.
    static bool handOver(const QString &dataFolder);

    explicit SecondStart(QObject *parent = nullptr);

    // For whoever holds the lock of DATAFOLDER. Only this user may call.
    Result<void> await(const QString &dataFolder);

Q_SIGNALS:
    void called();

private:
    void answer();

    QLocalServer m_server;
};

} // namespace quarry::workbench
