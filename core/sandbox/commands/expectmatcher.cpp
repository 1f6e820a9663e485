// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/commands/expectmatcher.h"

namespace quarry::sandbox {

namespace {

// An expression that backtracks without end gives up after so many steps instead of holding the
// engine.
const QString StepLimit = QStringLiteral("(*LIMIT_MATCH=200000)");

} // namespace

Result<ExpectMatcher> ExpectMatcher::create(const QStringList &expressions)
{
    ExpectMatcher matcher;
    for (const QString &text : expressions) {
        QRegularExpression expression(StepLimit + text);
        if (!expression.isValid()) {
            return {ErrorCode::InvalidArgument,
                    QStringLiteral("The expression \"%1\" in expect is not valid: %2.")
                        .arg(text, expression.errorString())};
        }
        expression.optimize();
        matcher.m_expressions.push_back(std::move(expression));
    }
    return matcher;
}

std::optional<QString> ExpectMatcher::match(QByteArrayView output) const
{
    if (isEmpty() || output.isEmpty())
        return {};
    const QString text = QString::fromUtf8(output.last(std::min(output.size(), Window)));
    std::optional<QString> found;
    qsizetype first = text.size();
    for (const QRegularExpression &expression : m_expressions) {
        const QRegularExpressionMatch match = expression.match(text);
        if (!match.hasMatch() || match.capturedLength() == 0 || match.capturedStart() >= first)
            continue;
        first = match.capturedStart();
        found = match.captured();
    }
    return found;
}

QByteArrayView withoutEcho(QByteArrayView output, QByteArrayView sent)
{
    qsizetype at = 0;
    for (qsizetype i = 0; i < sent.size();) {
        if (at == output.size())
            return {};
        if (output[at] == sent[i]) {
            ++at;
            ++i;
        } else if (output[at] == '\r' // the editor's line wrapped
                   || (output[at] == ' ' && (at + 1 == output.size() || output[at + 1] == '\r'))) {
            ++at;
        } else {
            return output;
        }
    }
    while (at < output.size() && (output[at] == '\r' || output[at] == '\n'))
        ++at;
    return output.sliced(at);
}

} // namespace quarry::sandbox
