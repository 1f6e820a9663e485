// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json/textdecoder.h"

#include <QHash>

#include <cerrno>
#include <iconv.h>

namespace quarry::api {

using namespace Qt::StringLiterals;

namespace {

// What both decoders do with bytes that are no text.
class BadBytes
{
public:
    BadBytes(QString encoding, DecodeErrors errors)
        : m_encoding(std::move(encoding)), m_errors(errors)
    {
    }

    Result<void> take(QByteArrayView bytes, qint64 position, QByteArray &out) const
    {
        switch (m_errors) {
        case DecodeErrors::Strict:
            return Error{
                ErrorCode::InvalidArgument,
                u"'%1' cannot decode byte 0x%2 in position %3 (errors: \"replace\", \"ignore\" or "
                "\"backslashreplace\" would go on)"_s.arg(m_encoding)
                    .arg(static_cast<unsigned char>(bytes.front()), 2, 16, '0'_L1)
                    .arg(position),
                {}};
        case DecodeErrors::Ignore:
            break;
        case DecodeErrors::Replace:
            out.append("\xef\xbf\xbd");
            break;
        case DecodeErrors::BackslashReplace:
            for (const char c : bytes)
                out.append("\\x").append(
                    QByteArray::number(static_cast<unsigned char>(c), 16).rightJustified(2, '0'));
            break;
        }
        return {};
    }

private:
    QString m_encoding;
    DecodeErrors m_errors;
};

class Utf8Decoder : public TextDecoder
{
public:
    Utf8Decoder(BadBytes bad, bool dropMark) : m_bad(std::move(bad)), m_dropMark(dropMark) { }

    Result<void> push(QByteArrayView data, QByteArray &out) override
    {
        Result<void> done;
        m_splitter.push(
            data, [this, &out](QByteArrayView good) { takeGood(good, out); },
            [this, &out, &done](QByteArrayView bad) {
                if (done)
                    done = m_bad.take(bad, m_position, out);
                m_position += bad.size();
                m_dropMark = false;
            });
        return done;
    }

    Result<void> finish(QByteArray &out) override
    {
        Result<void> done;
        m_splitter.finish(
            [this, &out, &done](QByteArrayView bad) { done = m_bad.take(bad, m_position, out); });
        return done;
    }

private:
    void takeGood(QByteArrayView good, QByteArray &out)
    {
        m_position += good.size();
        if (std::exchange(m_dropMark, false) && good.startsWith("\xef\xbb\xbf"))
            good = good.sliced(3);
        out.append(good.data(), good.size());
    }

    BadBytes m_bad;
    bool m_dropMark;
    Utf8Splitter m_splitter;
    qint64 m_position = 0;
};

class IconvDecoder : public TextDecoder
{
public:
    IconvDecoder(iconv_t state, BadBytes bad) : m_state(state), m_bad(std::move(bad)) { }
    ~IconvDecoder() override { ::iconv_close(m_state); }
    IconvDecoder(const IconvDecoder &) = delete;
    IconvDecoder &operator=(const IconvDecoder &) = delete;

    Result<void> push(QByteArrayView data, QByteArray &out) override
    {
        m_kept.append(data.data(), data.size());
        char *in = m_kept.data();
        size_t left = size_t(m_kept.size());
        while (left > 0) {
            char *const before = in;
            const int fault = convert(in, left, out);
            m_position += in - before;
            if (fault == EINVAL)
                break; // incomplete: more may come
            if (fault == 0 || fault == E2BIG)
                continue;
            if (const Result<void> done = m_bad.take(QByteArrayView(in, 1), m_position, out); !done)
                return done;
            ++in;
            --left;
            ++m_position;
        }
        m_kept = m_kept.right(qsizetype(left));
        return {};
    }

    Result<void> finish(QByteArray &out) override
    {
        if (!m_kept.isEmpty()) {
            if (const Result<void> done = m_bad.take(m_kept, m_position, out); !done)
                return done;
        }
        char piece[64];
        char *to = piece;
        size_t room = sizeof piece;
        ::iconv(m_state, nullptr, nullptr, &to, &room);
        out.append(piece, to - piece);
        return {};
    }

private:
    int convert(char *&in, size_t &left, QByteArray &out)
    {
        char piece[16 * 1024];
        char *to = piece;
        size_t room = sizeof piece;
        const size_t done = ::iconv(m_state, &in, &left, &to, &room);
        const int fault = done == size_t(-1) ? errno : 0;
        out.append(piece, to - piece);
        return fault;
    }

    iconv_t m_state;
    BadBytes m_bad;
    QByteArray m_kept;
    qint64 m_position = 0;
};

// Python's names that iconv does not know, or knows as something else. Keys: lower case, '-' for
// '_'.
QByteArray iconvName(const QString &name)
{
    static const QHash<QString, QByteArray> names{
        {u"ascii"_s, "US-ASCII"},
        {u"646"_s, "US-ASCII"},
        {u"latin-1"_s, "ISO-8859-1"},
        {u"latin"_s, "ISO-8859-1"},
        {u"l1"_s, "ISO-8859-1"},
        {u"8859"_s, "ISO-8859-1"},
        {u"iso8859"_s, "ISO-8859-1"},
        {u"iso-8859-1"_s, "ISO-8859-1"},
        {u"latin-2"_s, "ISO-8859-2"},
        {u"latin-9"_s, "ISO-8859-15"},
        {u"u16"_s, "UTF-16"},
        {u"u32"_s, "UTF-32"},
        {u"u7"_s, "UTF-7"},
        {u"utf16"_s, "UTF-16"},
        {u"utf32"_s, "UTF-32"},
        {u"utf7"_s, "UTF-7"},
        {u"utf-16-le"_s, "UTF-16LE"},
        {u"utf-16-be"_s, "UTF-16BE"},
        {u"utf-32-le"_s, "UTF-32LE"},
        {u"utf-32-be"_s, "UTF-32BE"},
        {u"mac-roman"_s, "MACINTOSH"},
        {u"macroman"_s, "MACINTOSH"},
        {u"mac-cyrillic"_s, "MAC-CYRILLIC"},
        {u"shiftjis"_s, "SHIFT_JIS"},
        {u"shift-jis"_s, "SHIFT_JIS"},
        {u"sjis"_s, "SHIFT_JIS"},
        {u"s-jis"_s, "SHIFT_JIS"},
        {u"shift-jisx0213"_s, "SHIFT_JISX0213"},
        {u"ms-kanji"_s, "CP932"},
        {u"eucjp"_s, "EUC-JP"},
        {u"ujis"_s, "EUC-JP"},
        {u"euckr"_s, "EUC-KR"},
        {u"gb2312-80"_s, "GB2312"},
        {u"chinese"_s, "GB2312"},
        {u"936"_s, "CP936"},
        {u"big5-tw"_s, "BIG5"},
        {u"hkscs"_s, "BIG5-HKSCS"},
        {u"cyrillic"_s, "ISO-8859-5"},
        {u"greek"_s, "ISO-8859-7"},
        {u"hebrew"_s, "ISO-8859-8"},
        {u"arabic"_s, "ISO-8859-6"},
        {u"thai"_s, "ISO-8859-11"},
        {u"korean"_s, "EUC-KR"},
        {u"iso2022-jp"_s, "ISO-2022-JP"},
        {u"iso2022-kr"_s, "ISO-2022-KR"},
    };
    if (const auto found = names.constFind(name); found != names.constEnd())
        return *found;
    if (name.startsWith("windows-"_L1))
        return "CP" + name.mid(8).toLatin1();
    return name.toLatin1().toUpper();
}

bool isEncodingName(const QString &name)
{
    // iconv reads "//TRANSLIT" and the like off the end of a name.
    return !name.isEmpty() && name.size() <= 64
        && std::all_of(name.begin(), name.end(), [](QChar c) {
               return c.unicode() < 0x80
                   && (c.isLetterOrNumber() || c == u'-' || c == u'.' || c == u':' || c == u'+');
           });
}

} // namespace

Result<DecodeErrors> decodeErrorsFromText(const QString &text)
{
    if (text.isEmpty() || text == "strict"_L1)
        return DecodeErrors::Strict;
    if (text == "ignore"_L1)
        return DecodeErrors::Ignore;
    if (text == "replace"_L1)
        return DecodeErrors::Replace;
    if (text == "backslashreplace"_L1)
        return DecodeErrors::BackslashReplace;
    return Error{ErrorCode::InvalidArgument,
                 u"must be one of strict, ignore, replace, backslashreplace"_s,
                 {}};
}

Result<std::unique_ptr<TextDecoder>> TextDecoder::make(const QString &name, DecodeErrors errors)
{
    QString plain = name.trimmed().toLower();
    plain.replace(u'_', u'-').replace(u' ', u'-');
    const BadBytes bad(plain.isEmpty() ? u"utf-8"_s : plain, errors);
    static const QStringList utf8{u"utf-8"_s, u"utf8"_s, u"u8"_s, u"utf"_s, u"cp65001"_s};
    if (plain.isEmpty() || utf8.contains(plain))
        return std::unique_ptr<TextDecoder>(std::make_unique<Utf8Decoder>(bad, false));
    if (plain == "utf-8-sig"_L1)
        return std::unique_ptr<TextDecoder>(std::make_unique<Utf8Decoder>(bad, true));
    const iconv_t none = iconv_t(-1);
    const iconv_t state
        = isEncodingName(plain) ? ::iconv_open("UTF-8", iconvName(plain).constData()) : none;
    if (state == none)
        return Error{ErrorCode::InvalidArgument, u"unknown encoding \"%1\""_s.arg(name), {}};
    return std::unique_ptr<TextDecoder>(std::make_unique<IconvDecoder>(state, bad));
}

} // namespace quarry::api
