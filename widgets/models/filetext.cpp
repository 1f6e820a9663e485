// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/filetext.h"

#include <QCoreApplication>

#include <algorithm>

namespace quarry::widgets {

namespace {

constexpr QByteArrayView mark("\xef\xbb\xbf");

struct Reasons {
    Q_DECLARE_TR_FUNCTIONS(FileText)
};

// What a text document would take for the end of a line, or for itself.
bool isSeparator(QChar c)
{
    switch (c.unicode()) {
    case u'\r':
    case QChar::ParagraphSeparator:
    case QChar::LineSeparator:
    case 0xfdd0:
    case 0xfdd1:
        return true;
    default:
        return false;
    }
}

bool turns(QChar c)
{
    const char16_t code = c.unicode();
    return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069)
        || code == 0x200e || code == 0x200f || code == 0x061c;
}

qsizetype longestLine(QStringView text)
{
    qsizetype longest = 0;
    for (qsizetype begin = 0; begin <= text.size();) {
        qsizetype end = text.indexOf(u'\n', begin);
        if (end < 0)
            end = text.size();
        longest = std::max(longest, end - begin);
        begin = end + 1;
    }
    return longest;
}

} // namespace

QByteArray FileText::encode(const QString &edited) const
{
    QByteArray bytes = edited.toUtf8();
    if (crlf)
        bytes.replace('\n', "\r\n");
    return bom ? mark.toByteArray() + bytes : bytes;
}

FileText decodeText(const QByteArray &bytes)
{
    FileText file;
    if (bytes.contains('\0')) {
        file.kind = FileText::Kind::Binary;
        file.reason = Reasons::tr("it is not text");
        return file;
    }
    file.bom = bytes.startsWith(mark);
    const QByteArrayView plain = QByteArrayView(bytes).sliced(file.bom ? mark.size() : 0);
    file.text = QString::fromUtf8(plain);
    file.crlf = file.text.contains(QStringLiteral("\r\n"));
    file.text.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
    file.turnsDirection = std::any_of(file.text.cbegin(), file.text.cend(), turns);
    if (longestLine(file.text) > LongestLine) {
        file.kind = FileText::Kind::LongLines;
        file.reason = Reasons::tr("it has lines of more than %1 characters").arg(LongestLine);
        file.text.clear();
        return file;
    }
    if (!plain.isValidUtf8())
        file.reason = Reasons::tr("it is not UTF-8");
    else if (file.encode(file.text) != bytes)
        file.reason = Reasons::tr("its lines end in different ways");
    else if (std::any_of(file.text.cbegin(), file.text.cend(), isSeparator))
        file.reason = Reasons::tr("it has unusual ends of lines");
    if (!file.reason.isEmpty()) {
        file.kind = FileText::Kind::ReadOnly;
        std::replace_if(file.text.begin(), file.text.end(), isSeparator, u'\u2424');
    }
    return file;
}

} // namespace quarry::widgets
