// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/escapedname.h"

#include <QList>
#include <QStringDecoder>

#include <algorithm>

namespace quarry {

namespace {

constexpr int byteDigits = 2;
constexpr int shortDigits = 4;
constexpr int longDigits = 8;

QString escape(char letter, uint value, int digits)
{
    return QStringLiteral("\\") + QLatin1Char(letter)
        + QString::number(value, 16).rightJustified(digits, u'0');
}

bool isSeen(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return false;
    default:
        return true;
    }
}

void appendCharacter(QString &out, char32_t c)
{
    if (c == U'\\')
        out += QStringLiteral("\\\\");
    else if (c == U'\n')
        out += QStringLiteral("\\n");
    else if (c == U'\t')
        out += QStringLiteral("\\t");
    else if (isSeen(c))
        out += QChar::fromUcs4(c);
    else if (c < 0x80)
        out += escape('x', uint(c), byteDigits);
    else if (c < 0x10000)
        out += escape('u', uint(c), shortDigits);
    else
        out += escape('U', uint(c), longDigits);
}

// The bytes of the UTF-8 character that BYTES begins with; 0: none.
qsizetype characterSize(QByteArrayView bytes)
{
    const auto first = uchar(bytes.front());
    const qsizetype size = first < 0x80 ? 1
        : first < 0xc2                  ? 0
        : first < 0xe0                  ? 2
        : first < 0xf0                  ? 3
        : first < 0xf5                  ? 4
                                        : 0;
    if (size == 0 || size > bytes.size())
        return 0;
    return size == 1 || bytes.first(size).isValidUtf8() ? size : 0;
}

bool isPlain(QByteArrayView name)
{
    return std::all_of(name.begin(), name.end(),
                       [](char c) { return c >= 0x20 && c < 0x7f && c != '\\'; });
}

// What an escape that TEXT begins with stands for; SIZE 0: it begins with none.
struct Escape {
    QByteArray bytes;
    qsizetype size = 0;
};
Escape readEscape(QStringView text)
{
    if (text.size() < 2)
        return {};
    const char16_t letter = text[1].unicode();
    if (letter == u'\\' || letter == u'n' || letter == u't')
        return {letter == u'\\' ? "\\" : letter == u'n' ? "\n" : "\t", 2};
    const int digits = letter == u'x' ? byteDigits
        : letter == u'u'              ? shortDigits
        : letter == u'U'              ? longDigits
                                      : 0;
    const QStringView number = text.sliced(2, std::min<qsizetype>(digits, text.size() - 2));
    const bool hex = std::all_of(number.begin(), number.end(), [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
    });
    if (digits == 0 || number.size() < digits || !hex)
        return {};
    const uint value = number.toUInt(nullptr, 16);
    if (letter == u'x')
        return {QByteArray(1, char(value)), 2 + digits};
    if (value > 0x10ffff || QChar::isSurrogate(value))
        return {};
    const char32_t character = value;
    return {QString::fromUcs4(&character, 1).toUtf8(), 2 + digits};
}

} // namespace

QString escapedName(QByteArrayView name)
{
    if (isPlain(name))
        return QString::fromLatin1(name);
    QString out;
    out.reserve(name.size());
    while (!name.isEmpty()) {
        const qsizetype size = characterSize(name);
        if (size == 0)
            out += escape('x', uchar(name.front()), byteDigits);
        else
            appendCharacter(out, QString::fromUtf8(name.first(size)).toUcs4().value(0));
        name = name.sliced(std::max<qsizetype>(size, 1));
    }
    return out;
}

QByteArray fromEscapedName(QStringView text)
{
    QByteArray out;
    while (!text.isEmpty()) {
        const qsizetype plain = text.indexOf(u'\\');
        out += text.first(plain < 0 ? text.size() : plain).toUtf8();
        if (plain < 0)
            break;
        text = text.sliced(plain);
        const Escape escape = readEscape(text);
        out += escape.size > 0 ? escape.bytes : QByteArray("\\");
        text = text.sliced(std::max<qsizetype>(escape.size, 1));
    }
    return out;
}

QString shellWord(QByteArrayView name)
{
    static constexpr QByteArrayView harmless("_-./:=@%+,");
    const bool bare = !name.isEmpty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || harmless.contains(c);
    });
    if (bare)
        return QString::fromLatin1(name);
    const QString escaped = escapedName(name);
    QString unescaped = escaped;
    unescaped.replace(QStringLiteral("\\\\"), QStringLiteral("\\"));
    QString word = QString::fromUtf8(name);
    if (unescaped == word) // nothing but backslashes was escaped
        return u'\'' + word.replace(u'\'', QStringLiteral("'\\''")) + u'\'';
    word = escaped;
    return QStringLiteral("$'") + word.replace(u'\'', QStringLiteral("\\'")) + u'\'';
}

} // namespace quarry
