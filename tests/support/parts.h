// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Parts of the machine that a test needs (a program, root, a registry). On a user's machine a test
// whose part is missing skips with the reason; with TEST_PARTS=required, as in CI, it fails.
#pragma once

#include <QStandardPaths>
#include <QString>
#include <QTest>

#include <unistd.h>

namespace quarry::test {

inline bool partsRequired()
{
    return qgetenv("TEST_PARTS") == "required";
}

// Why PROGRAM cannot be run; empty when it can.
inline QString missingProgram(const QString &program)
{
    return QStandardPaths::findExecutable(program).isEmpty()
        ? QStringLiteral("%1 is not installed").arg(program)
        : QString();
}

// Why this process is not root; empty when it is.
inline QString missingRoot()
{
    return ::geteuid() == 0 ? QString() : QStringLiteral("needs root");
}

} // namespace quarry::test

// Leaves the test function when REASON, a QString, is not empty: skipped, or failed where parts are
// required.
#define QUARRY_NEEDS(REASON)                                                                       \
    do {                                                                                           \
        const QString missingPart = (REASON);                                                      \
        if (missingPart.isEmpty())                                                                 \
            break;                                                                                 \
        if (quarry::test::partsRequired())                                                         \
            QFAIL(qPrintable(QStringLiteral("a part is missing: ") + missingPart));                \
        QSKIP(qPrintable(missingPart));                                                            \
    } while (false)
