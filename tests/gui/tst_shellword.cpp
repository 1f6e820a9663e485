// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a real shell makes of quoted words.
#include "widgets/common/shellword.h"

#include <QProcess>
#include <QTest>

using namespace quarry::widgets;
using namespace Qt::StringLiterals;

class ShellWordTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void plainOnesStay()
    {
        QCOMPARE(shellLine({u"quarry"_s, u"exec"_s, u"--cwd=/a/b"_s}), u"quarry exec --cwd=/a/b"_s);
    }

    void hostileOnesComeThrough_data()
    {
        QTest::addColumn<QString>("word");
        for (const QString &word :
             {u""_s, u"a b"_s, u"it's"_s, u"'"_s, u"$(id)"_s, u"`id`"_s, u"a\nb"_s, u"plain\n"_s,
              u"-n"_s, u"\\"_s, u"*"_s, u"é\u202e"_s, u"~"_s, u"#x"_s, u"a;b&&c|d>e"_s})
            QTest::newRow(qPrintable(word)) << word;
    }

    void hostileOnesComeThrough()
    {
        QFETCH(QString, word);
        QProcess shell;
        shell.start(u"/bin/sh"_s, {u"-c"_s, u"printf '%s|' "_s + shellLine({word, u"end"_s})});
        QVERIFY(shell.waitForFinished());
        QCOMPARE(QString::fromUtf8(shell.readAllStandardOutput()), word + u"|end|"_s);
    }
};

QTEST_GUILESS_MAIN(ShellWordTest)
#include "tst_shellword.moc"
