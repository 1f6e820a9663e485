// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Frames of an exec connection, split at every byte.
#include "api/quarry/execframes.h"

#include <QTest>

using namespace quarry;
using namespace quarry::api::own;

class ExecFramesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void framesComeHoweverSplit()
    {
        const QByteArray bytes("\0\x03\0\0\0abc"
                               "\2\4\0\0\0\x18\0\x50\0"
                               "\3\1\0\0\0\2"
                               "\1\0\0\0\0"
                               "\0\0\0\0\0",
                               33);
        for (qsizetype piece = 1; piece <= bytes.size(); ++piece) {
            ExecFrameReader reader;
            QList<ExecFrame> frames;
            for (qsizetype at = 0; at < bytes.size(); at += piece) {
                const auto some
                    = reader.push(QByteArrayView(bytes).sliced(at, qMin(piece, bytes.size() - at)));
                QVERIFY(some.ok());
                frames += *some;
            }
            QCOMPARE(frames.size(), 5);
            QCOMPARE(frames[0].payload, QByteArray("abc"));
            QVERIFY(frames[1].type == ExecInput::Resize);
            QCOMPARE(frames[2].payload, QByteArray("\2"));
            QVERIFY(frames[3].type == ExecInput::End);
        }
    }

    void nonsenseIsRefused()
    {
        for (const QByteArray &bytes :
             {QByteArray("\4\0\0\0\0", 5), QByteArray("\0\1\0\1\0", 5),
              QByteArray("\0\xff\xff\xff\xff", 5), QByteArray("\2\3\0\0\0", 5),
              QByteArray("\1\1\0\0\0", 5), QByteArray("\3\0\0\0\0", 5)}) {
            ExecFrameReader reader;
            QVERIFY(!reader.push(bytes).ok());
        }
    }

    void outputIsCut()
    {
        const QByteArray bytes
            = execFrames(ExecOutput::Output, QByteArray(execPayloadMax + 7, 'x'));
        QCOMPARE(bytes.size(), execPayloadMax + 7 + 10);
        QVERIFY(execFrames(ExecOutput::Output, {}).isEmpty());
        QCOMPARE(execExit(-1), QByteArray("\2\4\0\0\0\xff\xff\xff\xff", 9));
        QVERIFY(
            execFailure({ErrorCode::NotFound, QStringLiteral("no"), {}}).contains("\"not_found\""));
    }
};

QTEST_APPLESS_MAIN(ExecFramesTest)
#include "execframestest.moc"
