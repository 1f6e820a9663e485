// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Python's codec names and error handlers.
#include "api/json/textdecoder.h"

#include <QTest>

using namespace quarry;
using namespace quarry::api;
using namespace Qt::StringLiterals;

namespace {

struct Decoded {
    bool good = true;
    QByteArray text;
    QString message;
};

Decoded decode(const QByteArray &bytes, const QString &encoding, DecodeErrors errors,
               qsizetype piece)
{
    Decoded out;
    Result<std::unique_ptr<TextDecoder>> decoder = TextDecoder::make(encoding, errors);
    if (!decoder)
        return {false, {}, decoder.error().message};
    for (qsizetype at = 0; at < bytes.size(); at += piece) {
        if (const Result<void> done = (*decoder)->push(
                QByteArrayView(bytes).sliced(at, qMin(piece, bytes.size() - at)), out.text);
            !done)
            return {false, {}, done.error().message};
    }
    if (const Result<void> done = (*decoder)->finish(out.text); !done)
        return {false, {}, done.error().message};
    return out;
}

} // namespace

class TextDecoderTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void encodings_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << QString() << QByteArray("caf\xc3\xa9") << u"café"_s;
        QTest::newRow("utf-8") << u"UTF-8"_s << QByteArray("\xf0\x9f\x9a\x80") << u"🚀"_s;
        QTest::newRow("utf_8_sig") << u"utf_8_sig"_s << QByteArray("\xef\xbb\xbfx") << u"x"_s;
        QTest::newRow("latin-1") << u"latin-1"_s << QByteArray("caf\xe9") << u"café"_s;
        QTest::newRow("latin_1") << u"latin_1"_s << QByteArray("\x80\xff") << u"\u0080ÿ"_s;
        QTest::newRow("iso8859-15") << u"iso8859-15"_s << QByteArray("\xa4") << u"€"_s;
        QTest::newRow("cp1252") << u"cp1252"_s << QByteArray("\x80") << u"€"_s;
        QTest::newRow("windows-1251") << u"windows-1251"_s << QByteArray("\xcf") << u"П"_s;
        QTest::newRow("ascii") << u"ascii"_s << QByteArray("plain") << u"plain"_s;
        QTest::newRow("utf-16 with a mark") << u"utf-16"_s
                                            << QByteArray("\xff\xfe"
                                                          "a\0b\0",
                                                          6)
                                            << u"ab"_s;
        QTest::newRow("utf_16_be") << u"utf_16_be"_s << QByteArray("\0a\0b", 4) << u"ab"_s;
        QTest::newRow("utf-32-le") << u"utf-32-le"_s << QByteArray("\0\xf6\x01\0", 4) << u"😀"_s;
        QTest::newRow("shift_jis")
            << u"shift_jis"_s << QByteArray("\x83\x65\x83\x58\x83\x67") << u"テスト"_s;
        QTest::newRow("euc_jp") << u"euc_jp"_s << QByteArray("\xa5\xc6\xa5\xb9") << u"テス"_s;
        QTest::newRow("gbk") << u"gbk"_s << QByteArray("\xca\xc0\xbd\xe7") << u"世界"_s;
        QTest::newRow("gb18030") << u"gb18030"_s << QByteArray("\xca\xc0") << u"世"_s;
        QTest::newRow("big5") << u"big5"_s << QByteArray("\xa5\x40") << u"世"_s;
        QTest::newRow("koi8_r") << u"koi8_r"_s << QByteArray("\xf0") << u"П"_s;
        QTest::newRow("cp437") << u"cp437"_s << QByteArray("\x82") << u"é"_s;
        QTest::newRow("iso2022_jp") << u"iso2022_jp"_s << QByteArray("\x1b$B%F\x1b(Bx") << u"テx"_s;
        QTest::newRow("mac_roman") << u"mac_roman"_s << QByteArray("\x8e") << u"é"_s;
    }

    void encodings()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, text);
        for (qsizetype piece = 1; piece <= bytes.size(); ++piece) {
            const Decoded decoded = decode(bytes, name, DecodeErrors::Strict, piece);
            QVERIFY2(decoded.good, qPrintable(decoded.message));
            QCOMPARE(QString::fromUtf8(decoded.text), text);
        }
    }

    void badBytes()
    {
        for (const qsizetype piece : {1, 2, 3, 10}) {
            const QByteArray bytes("a\xe9"
                                   "b\xf0\x9f\x9a",
                                   6);
            const Decoded strict = decode(bytes, {}, DecodeErrors::Strict, piece);
            QVERIFY(!strict.good);
            QVERIFY(strict.message.contains(u"0xe9 in position 1"_s));
            QCOMPARE(decode(bytes, {}, DecodeErrors::Ignore, piece).text, QByteArray("ab"));
            QCOMPARE(decode(bytes, {}, DecodeErrors::Replace, piece).text,
                     QByteArray("a\xef\xbf\xbd"
                                "b\xef\xbf\xbd"));
            QCOMPARE(decode(bytes, {}, DecodeErrors::BackslashReplace, piece).text,
                     QByteArray("a\\xe9b\\xf0\\x9f\\x9a"));
            QCOMPARE(decode("a\x81z", u"ascii"_s, DecodeErrors::Replace, piece).text,
                     QByteArray("a\xef\xbf\xbdz"));
            QVERIFY(!decode("a\x81z", u"ascii"_s, DecodeErrors::Strict, piece).good);
            QCOMPARE(decode("\x81\x41", u"cp1252"_s, DecodeErrors::BackslashReplace, piece).text,
                     QByteArray("\\x81"
                                "A"));
            QVERIFY(!decode("ab\x83", u"shift_jis"_s, DecodeErrors::Strict, piece).good);
        }
    }

    void names()
    {
        for (const char16_t *name :
             {u"klingon", u"utf-8//IGNORE", u"", u"../x", u"hex", u"rot13"}) {
            const QString text = QString::fromUtf16(name);
            QCOMPARE(TextDecoder::make(text, DecodeErrors::Strict).ok(), text.isEmpty());
        }
        QVERIFY(decodeErrorsFromText(u"replace"_s).ok());
        QVERIFY(!decodeErrorsFromText(u"xmlcharrefreplace"_s).ok());
    }
};

QTEST_APPLESS_MAIN(TextDecoderTest)
#include "textdecodertest.moc"
