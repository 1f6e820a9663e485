// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/images/imagename.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace quarry::runtime {

namespace {

constexpr int longestName = 255; // of the specification's readers: host and path together

const QRegularExpression &grammar()
{
    static const QRegularExpression expression(
        u"^(?<name>(?:(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
        u"(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*(?::[0-9]+)?)/)?"
        u"[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*)"
        u"(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?"
        u"(?:@(?<digest>[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,128}))?\\z"_s);
    return expression;
}

} // namespace

Result<QString> checkImageName(const QString &name)
{
    const QString trimmed = name.trimmed();
    if (trimmed.isEmpty())
        return {ErrorCode::InvalidArgument, u"The image name is empty."_s};
    if (trimmed.size() > 2 * longestName)
        return {ErrorCode::InvalidArgument,
                u"The image name is longer than %1 characters."_s.arg(longestName)};
    const QRegularExpressionMatch match = grammar().match(trimmed);
    if (!match.hasMatch())
        return {ErrorCode::InvalidArgument,
                u"\"%1\" is not an image name: it is written [HOST[:PORT]/]PATH[:TAG], the path in "
                u"lower-case "
                "letters, digits and single . _ - between them."_s.arg(trimmed)};
    if (match.capturedLength(u"name"_s) > longestName)
        return {ErrorCode::InvalidArgument,
                u"The image name is longer than %1 characters."_s.arg(longestName)};
    return trimmed;
}

Result<QString> checkNewImageName(const QString &name)
{
    const Result<QString> checked = checkImageName(name);
    if (!checked)
        return checked;
    if (canonicalImageName(*checked) == "host:latest"_L1)
        return {ErrorCode::InvalidArgument,
                u"The image name \"host\" always means this machine itself."_s};
    if (checked->contains(u'@'))
        return {ErrorCode::InvalidArgument,
                u"\"%1\" names an image by its digest; a new image needs a name and a tag."_s.arg(
                    *checked)};
    return checked;
}

QString canonicalImageName(const QString &name)
{
    QString result = name;
    for (const QLatin1StringView prefix :
         {"docker.io/library/"_L1, "docker.io/"_L1, "library/"_L1}) {
        if (result.startsWith(prefix)) {
            result.remove(0, prefix.size());
            break;
        }
    }
    const qsizetype path = result.lastIndexOf(u'/') + 1;
    if (result.indexOf(u':', path) < 0 && !result.contains(u'@'))
        result += ":latest"_L1;
    return result;
}

} // namespace quarry::runtime
