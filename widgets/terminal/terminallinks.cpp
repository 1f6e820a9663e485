// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/terminal/terminallinks.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace quarry::widgets {

namespace {

constexpr int LinkWraps = 8; // rows an address may be broken over, either way

std::optional<TerminalLink> programsLink(const terminal::RowView &row, terminal::Position at)
{
    const auto linkOf = [&row](int column) -> const std::string & {
        return row.extra(row.cells[size_t(column)]).link;
    };
    const std::string &target = linkOf(at.column);
    if (target.empty())
        return {};
    int from = at.column, to = at.column + 1;
    while (from > 0 && linkOf(from - 1) == target)
        --from;
    while (to < int(row.cells.size()) && linkOf(to) == target)
        ++to;
    return TerminalLink{QString::fromStdString(target), at.line, from, to};
}

// An address in running text does not end with a stop or the bracket that closes what is around it.
qsizetype addressLength(QStringView text)
{
    qsizetype length = text.size();
    while (length > 0) {
        const QChar last = text[length - 1];
        const QStringView before = text.first(length);
        if (QStringView(u".,;:!?'\"").contains(last)
            || (last == u')' && before.count(u'(') < before.count(u')'))
            || (last == u']' && before.count(u'[') < before.count(u']')))
            --length;
        else
            break;
    }
    return length;
}

} // namespace

std::optional<TerminalLink> linkAt(terminal::Lines &lines, terminal::Position at)
{
    if (at.line < lines.begin() || at.line >= lines.end())
        return {};
    const terminal::RowView row = lines.row(at.line);
    if (at.column < 0 || at.column >= int(row.cells.size()))
        return {};
    if (auto link = programsLink(row, at))
        return link;
    // Rows that are one by soft wraps, each unit of the text with the cell it came from.
    QString text;
    std::vector<terminal::Position> cells;
    qsizetype here = -1;
    const std::uint64_t last = lines.lastOf(at.line, LinkWraps);
    for (std::uint64_t line = lines.firstOf(at.line, LinkWraps); line <= last; ++line) {
        const terminal::RowView each = lines.row(line);
        for (int column = 0; column < int(each.cells.size()); ++column) {
            std::string bytes;
            each.appendUtf8(column, column + 1, bytes);
            if (line == at.line && column == at.column)
                here = text.size();
            text += QString::fromStdString(bytes);
            cells.resize(size_t(text.size()), {line, column});
        }
    }
    static const QRegularExpression address(
        QStringLiteral(R"((?:https?|ftp)://[^\s<>"`{}|\\^]+|mailto:[^\s<>"]+@[^\s<>"]+)"));
    auto matches = address.globalMatch(text);
    while (matches.hasNext()) {
        const auto match = matches.next();
        const qsizetype begin = match.capturedStart();
        const qsizetype end = begin + addressLength(match.capturedView());
        if (here < begin || here >= end)
            continue;
        TerminalLink link{text.mid(begin, end - begin), at.line, at.column, at.column + 1};
        for (qsizetype i = begin; i < end; ++i) {
            if (cells[size_t(i)].line == at.line) {
                link.from = std::min(link.from, cells[size_t(i)].column);
                link.to = std::max(link.to, cells[size_t(i)].column + 1);
            }
        }
        return link;
    }
    return {};
}

bool isSafeTarget(const QString &target)
{
    static const QStringList schemes{QStringLiteral("http"), QStringLiteral("https"),
                                     QStringLiteral("ftp"), QStringLiteral("mailto")};
    const QUrl url(target, QUrl::StrictMode);
    return url.isValid() && schemes.contains(url.scheme());
}

} // namespace quarry::widgets
