// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/yamledit.h"

#include <QRegularExpression>

namespace quarry::config {

using namespace Qt::StringLiterals;

namespace {

qsizetype indentOf(const QString &line)
{
    qsizetype spaces = 0;
    while (spaces < line.size() && line[spaces] == u' ')
        ++spaces;
    return spaces;
}

bool isBlank(const QString &line)
{
    const QString text = line.trimmed();
    return text.isEmpty() || text.startsWith(u'#');
}

bool isKey(const QString &line, const QString &name)
{
    const QString text = line.trimmed();
    for (const QString &form : {name, u'"' + name + u'"', u'\'' + name + u'\''}) {
        if (text.startsWith(form) && text.mid(form.size()).trimmed().startsWith(u':'))
            return true;
    }
    return false;
}

// Behind the last line of the value whose key stands in line AT: deeper lines, and the items of a
// list that stands under its key.
qsizetype endOf(const QStringList &lines, qsizetype at)
{
    const qsizetype indent = indentOf(lines[at]);
    qsizetype end = at + 1;
    for (qsizetype i = at + 1; i < lines.size(); ++i) {
        if (isBlank(lines[i]))
            continue;
        const bool item = indentOf(lines[i]) == indent && lines[i].trimmed().startsWith(u'-');
        if (indentOf(lines[i]) <= indent && !item)
            break;
        end = i + 1;
    }
    return end;
}

// The remark behind a plain value, with the space before it.
QString remarkOf(const QString &line)
{
    static const QRegularExpression form(u"\\s+#.*$"_s);
    return line.contains(u'"') || line.contains(u'\'') ? QString() : form.match(line).captured();
}

void insertBelow(QStringList &lines, qsizetype at, qsizetype indent, QStringList path,
                 const QString &value)
{
    const QString last = path.takeLast();
    for (const QString &name : std::as_const(path)) {
        lines.insert(at++, QString(indent, u' ') + name + u':');
        indent += 2;
    }
    lines.insert(at, QString(indent, u' ') + last + u": "_s + value);
}

} // namespace

std::optional<QString> editedYaml(const QString &text, const QStringList &path,
                                  const QString &value)
{
    QStringList lines = text.split(u'\n');
    const bool newline = !lines.isEmpty() && lines.last().isEmpty();
    if (newline)
        lines.removeLast();
    qsizetype first = 0;
    qsizetype end = lines.size();
    qsizetype indent = 0;
    for (qsizetype level = 0; level < path.size(); ++level) {
        qsizetype found = -1;
        for (qsizetype i = first; i < end && found < 0; ++i) {
            if (!isBlank(lines[i]) && indentOf(lines[i]) == indent && isKey(lines[i], path[level]))
                found = i;
        }
        if (found < 0) {
            if (value.isNull())
                return text;
            insertBelow(lines, end, indent, path.mid(level), value);
            break;
        }
        const qsizetype behind = endOf(lines, found);
        if (level + 1 < path.size()) {
            first = found + 1;
            end = behind;
            indent += 2;
            for (qsizetype i = first; i < end; ++i) {
                if (!isBlank(lines[i])) {
                    indent = indentOf(lines[i]);
                    break;
                }
            }
            continue;
        }
        const QString remark = behind == found + 1 ? remarkOf(lines[found]) : QString();
        const QString head = lines[found].left(lines[found].indexOf(u':') + 1);
        lines.remove(found, behind - found);
        if (!value.isNull())
            lines.insert(found, head + u' ' + value + remark);
    }
    return lines.join(u'\n') + u'\n';
}

} // namespace quarry::config
