// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Looks for the answers that a caller expects of an interactive program.
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QRegularExpression>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace quarry::sandbox {

// The expressions (PCRE) of one call. The match that begins first wins, of two the one listed
// first.
class ExpectMatcher
{
public:
    // How much of the output's end is looked at.
    static constexpr qsizetype Window = 16 * 1024;

    // InvalidArgument names the expression that is broken and says why.
    static Result<ExpectMatcher> create(const QStringList &expressions);

    bool isEmpty() const { return m_expressions.empty(); }
    // The matching text; nothing for an empty match.
    std::optional<QString> match(QByteArrayView output) const;

private:
    std::vector<QRegularExpression> m_expressions;
};

// OUTPUT without the echo of what was SENT, which a program with a line editor gives first. While
// only a part of the echo has come there is no output yet. What begins otherwise stays as it is.
QByteArrayView withoutEcho(QByteArrayView output, QByteArrayView sent);

} // namespace quarry::sandbox
