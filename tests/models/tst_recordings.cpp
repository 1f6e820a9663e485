// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What an earlier start has left of a shell: whose it was, what ended it, and how it is played.
#include "terminal/asciicastwriter.h"
#include "terminal/text/lines.h"
#include "widgets/pages/sandboxes/terminals/liveterminal.h"
#include "widgets/pages/sandboxes/terminals/recordings.h"
#include "widgets/terminal/screentext.h"

#include <QTemporaryDir>
#include <QTest>

using namespace quarry;
using namespace quarry::widgets;
using namespace Qt::StringLiterals;

class TestRecordings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void tellWhoseAndWhatEnded();
    void aTornFileIsShownAsFarAsItGoes();
    void notOfTheStartThatRuns();
    void theHistoryKnowsTheEnd();
    void playedFromTheBeginning();
    void stoppedItShowsTheRest();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    void write(const QString &name, const QByteArray &text) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    static QString textOf(LiveTerminal &live)
    {
        const terminal::Emulator &emulator = live.surface()->emulator();
        terminal::Lines lines(emulator);
        return screenText(lines, lines.screenBegin(), emulator.screen().rows()).text.trimmed();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {
const QByteArray header
    = R"({"version": 2, "width": 40, "height": 10, "timestamp": 1, "title": "shell 2"})"
      "\n";
}

void TestRecordings::init()
{
    m_folder = std::make_unique<QTemporaryDir>(u"/var/tmp/quarry-recordings-XXXXXX"_s);
    QVERIFY(m_folder->isValid());
}

void TestRecordings::tellWhoseAndWhatEnded()
{
    {
        terminal::AsciicastWriter writer(path(u"session-20261130-120000-1.cast"_s), 80, 24,
                                         u"my \"shell\"\x1b"_s);
        writer.output("hello\r\n");
        writer.ended(u"The shell ended with code 3."_s);
        writer.flush();
    }
    const QList<Recording> found = findRecordings(m_folder->path(), {}, 10);
    QCOMPARE(found.size(), 1);
    QCOMPARE(found.first().name, u"my \"shell\"\x1b"_s);
    QCOMPARE(found.first().endReason, u"The shell ended with code 3."_s);
    QCOMPARE(found.first().start, QDateTime({2026, 11, 30}, {12, 0}, Qt::UTC));
    LiveTerminal terminal(found.first(), m_folder->path());
    QVERIFY(terminal.hasEnded());
    QVERIFY(terminal.endReason().contains(u"code 3"_s));
    QTRY_COMPARE(textOf(terminal), u"hello"_s);
}

void TestRecordings::aTornFileIsShownAsFarAsItGoes()
{
    write(u"session-20261130-120000-7.cast"_s,
          header + "[0.1, \"o\", \"whole\\r\\n\"]\n[0.2, \"o\", \"to");
    write(u"session-20261130-120000-8.cast"_s, "no recording\n");
    write(u"session-20261130-120000-9.cast"_s, {});
    write(u"other.cast"_s, header);
    const QList<Recording> found = findRecordings(m_folder->path(), {}, 10);
    QCOMPARE(found.size(), 3);
    for (Recording recording : found) {
        QVERIFY(recording.endReason.isEmpty());
        recording.endReason = u"cut off"_s;
        LiveTerminal terminal(recording, m_folder->path());
        if (recording.file.endsWith(u"7.cast"_s))
            QTRY_COMPARE(textOf(terminal), u"whole"_s);
        if (recording.file.endsWith(u"8.cast"_s))
            QTRY_VERIFY(terminal.endReason().contains(u"cannot be read"_s));
    }
}

void TestRecordings::notOfTheStartThatRuns()
{
    write(u"session-20261130-120000-1.cast"_s, header);
    write(u"session-20261130-130000-1.cast"_s, header);
    const QDateTime running({2026, 11, 30}, {13, 0}, Qt::UTC);
    const QList<Recording> found = findRecordings(m_folder->path(), running, 10);
    QCOMPARE(found.size(), 1);
    QVERIFY(found.first().start < running);
    QCOMPARE(findRecordings(m_folder->path(), {}, 1).size(), 1);
}

void TestRecordings::theHistoryKnowsTheEnd()
{
    const QDateTime start({2026, 11, 30}, {12, 0}, Qt::UTC);
    const QList<sandbox::HistoryEntry> history{
        {u"running"_s, u"stopped"_s, u"stop"_s, start.addSecs(-5)},
        {u"pending"_s, u"running"_s, u"started"_s, start},
        {u"running"_s, u"stopped"_s, u"ended: killed"_s, start.addSecs(60)},
        {u"running"_s, u"stopped"_s, u"idle"_s, start.addSecs(600)}};
    QCOMPARE(endOf(history, start), u"ended: killed"_s);
    QCOMPARE(endOf(history, start.addSecs(1000)), QString());
}

void TestRecordings::playedFromTheBeginning()
{
    write(u"session-20261130-120000-1.cast"_s,
          header + "[0.0, \"o\", \"first\\r\\n\"]\n[0.2, \"o\", \"second\\r\\n\"]\n");
    LiveTerminal terminal({path(u"session-20261130-120000-1.cast"_s), u"shell"_s, {}, u"over"_s},
                          m_folder->path());
    QTRY_COMPARE(textOf(terminal), u"first\nsecond"_s);
    QStringList seen;
    connect(terminal.surface(), &TerminalSurface::changed, this,
            [&] { seen.append(textOf(terminal)); });
    terminal.play();
    QVERIFY(terminal.isPlaying());
    QTRY_VERIFY(!terminal.isPlaying());
    QTRY_COMPARE(textOf(terminal), u"first\nsecond"_s);
    QVERIFY2(seen.contains(u"first"_s), qPrintable(seen.join(u'|')));
}

void TestRecordings::stoppedItShowsTheRest()
{
    write(u"session-20261130-120000-1.cast"_s,
          header
              + "[0.0, \"o\", \"first\\r\\n\"]\n[900.0, \"o\", \"last\\r\\n\"]\n[1900.0, \"o\", "
                "\"end\"]\n");
    LiveTerminal terminal({path(u"session-20261130-120000-1.cast"_s), u"shell"_s, {}, u"over"_s},
                          m_folder->path());
    QTRY_COMPARE(textOf(terminal), u"first\nlast\nend"_s);
    terminal.play();
    QTRY_COMPARE(textOf(terminal), u"first"_s);
    terminal.stopPlaying();
    QTRY_COMPARE(textOf(terminal), u"first\nlast\nend"_s);
    QVERIFY(!terminal.isPlaying());
}

QTEST_MAIN(TestRecordings)
#include "tst_recordings.moc"
