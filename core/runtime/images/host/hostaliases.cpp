// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/images/host/hostaliases.h"

#include <QFile>
#include <QFileInfo>
#include <QMap>
#include <QRegularExpression>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace quarry::runtime {

namespace {

constexpr qint64 longestRelease = 64 * 1024;

QString readText(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.read(longestRelease))
                                          : QString();
}

// os-release(5): shell assignments, values perhaps quoted.
QMap<QString, QString> release(const QString &hostRoot)
{
    QString text = readText(hostRoot + "/etc/os-release"_L1);
    if (text.isEmpty())
        text = readText(hostRoot + "/usr/lib/os-release"_L1);
    QMap<QString, QString> values;
    const QStringList lines = text.split(u'\n');
    for (const QString &line : lines) {
        const qsizetype equals = line.indexOf(u'=');
        if (equals < 1 || line.startsWith(u'#'))
            continue;
        QString value = line.sliced(equals + 1).trimmed();
        if (value.size() > 1 && (value.startsWith(u'"') || value.startsWith(u'\'')))
            value = value.sliced(1, value.size() - 2);
        values.insert(line.first(equals), value);
    }
    return values;
}

QString pythonVersion(const QString &hostRoot)
{
    static const QRegularExpression form(u"^python(3\\.[0-9]+)\\z"_s);
    // The link's own text: its target may be absolute, and then means the other root.
    const QString link = QFile::symLinkTarget(hostRoot + "/usr/bin/python3"_L1);
    const QRegularExpressionMatch match = form.match(QFileInfo(link).fileName());
    return match.hasMatch() ? match.captured(1) : QString();
}

void addSystem(QList<HostAlias> &aliases, const QMap<QString, QString> &values,
               const QString &pointRelease)
{
    static const QRegularExpression plain(u"^[a-z0-9][a-z0-9.-]*\\z"_s);
    const QString id = values.value(u"ID"_s);
    if (!plain.match(id).hasMatch())
        return;
    QStringList tags{values.value(u"VERSION_ID"_s), values.value(u"VERSION_CODENAME"_s)};
    if (id == "debian"_L1)
        tags.append(pointRelease);
    tags.removeDuplicates();
    for (const QString &tag : std::as_const(tags)) {
        if (!plain.match(tag).hasMatch())
            continue;
        aliases.append({id + u':' + tag, {}});
        if (id == "debian"_L1)
            aliases.append({id + u':' + tag + "-slim"_L1, {}});
    }
    aliases.append({id, {}});
}

} // namespace

QList<HostAlias> hostAliases(const QString &hostRoot)
{
    QList<HostAlias> aliases;
    const QMap<QString, QString> values = release(hostRoot);
    addSystem(aliases, values, readText(hostRoot + "/etc/debian_version"_L1).trimmed());
    const QString python = pythonVersion(hostRoot);
    if (python.isEmpty())
        return aliases;
    const QString codename
        = values.value(u"ID"_s) == "debian"_L1 ? values.value(u"VERSION_CODENAME"_s) : QString();
    for (const QString &version : {python, u"3"_s}) {
        QStringList variants{QString(), u"-slim"_s};
        if (!codename.isEmpty())
            variants += {u'-' + codename, "-slim-"_L1 + codename};
        for (const QString &variant : std::as_const(variants))
            aliases.append({u"python:"_s + version + variant, python});
    }
    aliases.append({u"python:slim"_s, python});
    aliases.append({u"python"_s, python});
    return aliases;
}

} // namespace quarry::runtime
