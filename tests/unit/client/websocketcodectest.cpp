// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// WebSocket frames against RFC 6455's own examples and limits, split at every byte.
#include "client/websocketcodec.h"

#include <QTest>

using namespace quarry;
using namespace quarry::client;

class WebSocketCodecTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesAsTheStandardShows()
    {
        // Section 5.7: a masked "Hello".
        QCOMPARE(webSocketFrame(WebSocketOpcode::Text, "Hello", 0x37fa213d),
                 QByteArray::fromHex("818537fa213d7f9f4d5158"));
        QCOMPARE(webSocketFrame(WebSocketOpcode::Binary, QByteArray(126, 'x'), 0).left(8),
                 QByteArray::fromHex("82fe007e00000000"));
        QCOMPARE(webSocketFrame(WebSocketOpcode::Binary, QByteArray(65536, 'x'), 0).left(14),
                 QByteArray::fromHex("82ff000000000001000000000000"));
    }

    void readsHoweverItIsSplit()
    {
        // A text in two parts with a ping between, a binary of 256 bytes.
        const QByteArray bytes = QByteArray::fromHex("010348656c") + QByteArray::fromHex("8901ff")
            + QByteArray::fromHex("80026c6f") + QByteArray::fromHex("827e0100")
            + QByteArray(256, 'b');
        for (qsizetype at = 0; at <= bytes.size(); ++at) {
            WebSocketReader reader;
            QList<WebSocketMessage> all;
            for (const QByteArray &part : {bytes.left(at), bytes.mid(at)}) {
                const Result<QList<WebSocketMessage>> some = reader.push(part);
                QVERIFY(some);
                all += *some;
            }
            QCOMPARE(all.size(), 3);
            QVERIFY(all[0].opcode == WebSocketOpcode::Ping && all[0].payload == "\xff");
            QVERIFY(all[1].opcode == WebSocketOpcode::Text && all[1].payload == "Hello");
            QVERIFY(all[2].opcode == WebSocketOpcode::Binary && all[2].payload.size() == 256);
        }
    }

    void refusesWhatNoServerSends_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::newRow("masked") << QByteArray("818537fa213d7f9f4d5158");
        QTest::newRow("reserved bits") << QByteArray("c10161");
        QTest::newRow("unknown opcode") << QByteArray("830161");
        QTest::newRow("unknown control") << QByteArray("8b00");
        QTest::newRow("continuation of nothing") << QByteArray("800161");
        QTest::newRow("text within a text") << QByteArray("010161810162");
        QTest::newRow("torn control") << QByteArray("0900");
        QTest::newRow("long control") << QByteArray("897e0080");
        QTest::newRow("endless") << QByteArray("827fffffffffffffffff");
        QTest::newRow("too large") << QByteArray("827f0000000000400001");
    }

    void refusesWhatNoServerSends()
    {
        QFETCH(QByteArray, hex);
        WebSocketReader reader;
        QByteArray bytes = QByteArray::fromHex(hex);
        if (hex == "897e0080")
            bytes += QByteArray(128, 'x');
        const Result<QList<WebSocketMessage>> read = reader.push(bytes);
        QVERIFY(!read && read.error().code == ErrorCode::Internal);
    }
};

QTEST_GUILESS_MAIN(WebSocketCodecTest)
#include "websocketcodectest.moc"
