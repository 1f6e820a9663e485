// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/format.h"

#include <QLocale>
#include <QTest>

using namespace quarry::widgets;
using namespace std::chrono_literals;

class TestFormat : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void durations();
    void ages();
    void latencies();
    void bytes_data();
    void bytes();
    void ratesAndCounts();
    void relative();
    void oneLines();
};

void TestFormat::durations()
{
    QCOMPARE(formatDuration(-5s), QStringLiteral("0 s"));
    QCOMPARE(formatDuration(59'999ms), QStringLiteral("59 s"));
    QCOMPARE(formatDuration(60s), QStringLiteral("1 m 00 s"));
    QCOMPARE(formatDuration(192s), QStringLiteral("3 m 12 s"));
    QCOMPARE(formatDuration(3720s), QStringLiteral("1 h 02 m"));
    QCOMPARE(formatDuration(24h), QStringLiteral("1 d 00 h"));
    QCOMPARE(formatDuration(76h + 30min), QStringLiteral("3 d 04 h"));
}

void TestFormat::ages()
{
    QCOMPARE(formatAge(8s), QStringLiteral("8 s"));
    QCOMPARE(formatAge(772s), QStringLiteral("12 m"));
    QCOMPARE(formatAge(72min), QStringLiteral("1 h 12 m"));
}

void TestFormat::latencies()
{
    QCOMPARE(formatLatency(340us), QStringLiteral("0.3 ms"));
    QCOMPARE(formatLatency(13'100us), QStringLiteral("13.1 ms"));
    QCOMPARE(formatLatency(999'960us), QStringLiteral("1.00 s"));
    QCOMPARE(formatLatency(1'240ms), QStringLiteral("1.24 s"));
    QCOMPARE(formatLatency(61s), QStringLiteral("1 m 01 s"));
    QCOMPARE(formatLatency(-1us), QStringLiteral("0.0 ms"));
}

void TestFormat::bytes_data()
{
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("negative") << qint64(-1) << QStringLiteral("0 B");
    QTest::newRow("none") << qint64(0) << QStringLiteral("0 B");
    QTest::newRow("below") << qint64(1023) << QStringLiteral("1023 B");
    QTest::newRow("kibi") << qint64(1024) << QStringLiteral("1.0 KiB");
    QTest::newRow("rounds up") << qint64(1024 * 1024 - 1) << QStringLiteral("1.0 MiB");
    QTest::newRow("three digits") << (qint64(118) << 20) << QStringLiteral("118 MiB");
    QTest::newRow("99.96") << qint64(99.96 * 1024 * 1024) << QStringLiteral("100 MiB");
    QTest::newRow("gibi") << qint64(1.4 * (1 << 30)) << QStringLiteral("1.4 GiB");
    QTest::newRow("most") << std::numeric_limits<qint64>::max() << QStringLiteral("8.0 EiB");
}

void TestFormat::bytes()
{
    QFETCH(qint64, bytes);
    QFETCH(QString, text);
    QCOMPARE(formatBytes(bytes), text);
}

void TestFormat::ratesAndCounts()
{
    QCOMPARE(formatByteRate(118.0 * 1024 * 1024), QStringLiteral("118 MiB/s"));
    QCOMPARE(formatByteRate(-4), QStringLiteral("0 B/s"));
    QCOMPARE(formatPercent(0.614), QStringLiteral("61 %"));
    const QLocale english(QLocale::English);
    QLocale::setDefault(english);
    QCOMPARE(formatCount(1'204'881), QStringLiteral("1,204,881"));
    QLocale::setDefault(QLocale::c());
}

void TestFormat::relative()
{
    const QDateTime now = QDateTime::fromSecsSinceEpoch(1'800'000'000);
    QCOMPARE(formatRelative(now, now), QStringLiteral("now"));
    QCOMPARE(formatRelative(now.addSecs(-360), now), QStringLiteral("6 m ago"));
    QCOMPARE(formatRelative(now.addSecs(40), now), QStringLiteral("in 40 s"));
    QCOMPARE(formatRelative({}, now), QString());
    const QDateTime local(QDate(2026, 11, 22), QTime(7, 47, 11));
    QCOMPARE(formatExact(local.toUTC()), QStringLiteral("2026-11-22 07:47:11"));
}

void TestFormat::oneLines()
{
    QCOMPARE(oneLine(QStringLiteral("plain · ä")), QStringLiteral("plain · ä"));
    QCOMPARE(oneLine(QStringLiteral("a\nb\r\x1b\u2028\x7f")),
             QStringLiteral("a\u240ab\u240d\u241b\u2421\u2421"));
    QCOMPARE(oneLine(QStringLiteral("0123456789"), 5), QStringLiteral("01…89"));
    QCOMPARE(oneLine(QString(1'000'000, u'x')).size(), OneLineLimit);
    QCOMPARE(oneLine({}), QString());
}

QTEST_APPLESS_MAIN(TestFormat)
#include "tst_format.moc"
