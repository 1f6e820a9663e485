// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The page of GEM over a real engine: steps, play by hand, follow, compare.
#include "gemfixture.h"
#include "widgets/boards/boardview.h"
#include "widgets/patterns/tableview.h"

#include <QElapsedTimer>
#include <QFileDialog>
#include <QTemporaryDir>

using namespace quarry;
using namespace quarry::test;
using namespace quarry::widgets;
using namespace quarry::widgets::test;
using namespace Qt::StringLiterals;

class GemPageTest : public GemFixture
{
    Q_OBJECT
private Q_SLOTS:
    void everyControlIsNamed();
    void fitsTheSmallestWindow();
    void playedByHandWithKeys();
    void agentIsFollowed();
    void stepsByKeys();
    void comparedWithAnother();
    void pythonEpisodesAreTexts();
    void longEpisode();

private:
    // A file of LINES, as a person does it, until it is open.
    void importLines(const QByteArray &lines);
};

void GemPageTest::everyControlIsNamed()
{
    page().showEpisode(infoOf(episodeOf(u"game:Sudoku-v0-easy"_s, 4, 2)));
    QVERIFY(wait([&] { return page().episode().isOpen(); }));
    QCOMPARE(nameless(&page()), QStringList());
    QVERIFY(named<QTableView>(&page(), u"Environments"_s));
    QVERIFY(named<QTableView>(&page(), u"Episodes"_s));
    QVERIFY(named<QTableView>(&page(), u"Info"_s));
    QVERIFY(named<QPlainTextEdit>(&page(), u"Observation"_s));
    for (const QAction *action : actions().actionsOf(u"gem"_s))
        QVERIFY(!ActionRegistry::iconName(action).isEmpty());
}

void GemPageTest::fitsTheSmallestWindow()
{
    page().resize(924, 576);
    page().showEpisode(infoOf(episodeOf(u"game:Sokoban-v0-easy"_s, 4, 2)));
    QVERIFY(wait([&] { return page().episode().isOpen(); }));
    QCoreApplication::processEvents();
    QCOMPARE(page().size(), QSize(924, 576));
    for (QWidget *widget : page().findChildren<QWidget *>()) {
        QWidget *parent = widget->parentWidget();
        if (!widget->isVisible() || widget->size().isEmpty()
            || parent->inherits("QAbstractScrollArea") || parent->inherits("QTabBar")
            || parent->inherits("QLineEdit") || widget->inherits("QSplitterHandle")
            || parent->objectName().startsWith(u"qt_") || widget->inherits("QFocusFrame"))
            continue;
        const QString what
            = QStringLiteral("%1 '%2' %3 in %4")
                  .arg(QLatin1String(widget->metaObject()->className()), widget->accessibleName())
                  .arg(QDebug::toString(widget->geometry()), QDebug::toString(parent->size()));
        QVERIFY2(parent->rect().contains(widget->geometry()), qPrintable(what));
        const QSize least = widget->minimumSizeHint().boundedTo(widget->maximumSize());
        QVERIFY2(least.width() <= widget->width() + 1 && least.height() <= widget->height() + 1,
                 qPrintable(what + QDebug::toString(least)));
    }
}

void GemPageTest::playedByHandWithKeys()
{
    page().showEpisode(infoOf(episodeOf(u"game:FifteenPuzzle-v0-hard"_s, 4, 0)));
    QVERIFY(wait([&] { return page().episode().isOpen(); }));
    trigger("gem.play");
    QVERIFY(wait([&] { return page().episode().isTaken(); }));
    auto *board = page().findChild<BoardView *>();
    const QString environment = page().episode().info().environmentId;
    QTest::keyClick(board, Qt::Key_Down);
    QVERIFY(wait([&] { return page().episode().steps() == 1; }));
    QCOMPARE(page().episode().facts(1).action, u"\\boxed{down}"_s);
    QCOMPARE(page().step(), 1);
    // What the client asks meanwhile comes afterwards.
    clientSteps(environment, "\\boxed{right}");
    QTest::keyClick(board, Qt::Key_Up);
    QVERIFY(wait([&] { return page().episode().steps() == 2; }));
    QCOMPARE(page().episode().facts(2).action, u"\\boxed{up}"_s);
    trigger("gem.giveBack");
    QVERIFY(wait([&] { return page().episode().steps() == 3 && !page().episode().isTaken(); }));
    QCOMPARE(page().episode().facts(3).action, u"\\boxed{right}"_s);
    // Another way from step 1 on.
    page().goTo(1);
    const QString before = page().episode().info().id;
    trigger("gem.fork");
    QVERIFY(wait([&] {
        return page().episode().isOpen() && page().episode().info().id != before
            && page().episode().isTaken();
    }));
    QCOMPARE(page().episode().steps(), 1);
    trigger("gem.close");
    QVERIFY(wait([&] { return !page().episode().info().isLive; }));
    trigger("gem.verify");
    QVERIFY(wait([&] { return notices().count() > 0; }));
}

void GemPageTest::agentIsFollowed()
{
    const QString id = episodeOf(u"game:GuessTheNumber-v0-hard"_s, 7, 1);
    page().showEpisode(infoOf(id));
    QVERIFY(shows(id, 1));
    QCOMPARE(page().step(), 1);
    clientSteps(page().episode().info().environmentId, "\\boxed{50}");
    QVERIFY(shows(id, 2));
    QCOMPARE(page().step(), 2);
    page().goTo(0);
    clientSteps(page().episode().info().environmentId, "\\boxed{49}");
    QVERIFY(shows(id, 3));
    QCOMPARE(page().step(), 0); // who looks back stays there
}

void GemPageTest::stepsByKeys()
{
    const QString id = episodeOf(u"game:Minesweeper-v0-hard"_s, 7, 0);
    page().showEpisode(infoOf(id));
    QVERIFY(shows(id, 0));
    for (const char *action : {"\\boxed{flag 0 0}", "\\boxed{flag 0 1}", "\\boxed{flag 0 2}"})
        clientSteps(page().episode().info().environmentId, action);
    QVERIFY(shows(id, 3));
    strip()->setFocus();
    QTest::keyClick(strip(), Qt::Key_Home);
    QCOMPARE(page().step(), 0);
    QTest::keyClick(strip(), Qt::Key_Right);
    QCOMPARE(page().step(), 1);
    trigger("gem.next");
    QCOMPARE(page().step(), 2);
    trigger("gem.next");
    trigger("gem.next");
    QCOMPARE(page().step(), 3);
    QTest::mouseClick(strip()->viewport(), Qt::LeftButton, {}, {100, 20});
    QCOMPARE(page().step(), 1);
    trigger("gem.playback");
    QVERIFY(wait([&] { return page().step() == 3; }));
}

void GemPageTest::comparedWithAnother()
{
    const QString kind = u"game:Mastermind-v0-hard"_s;
    const QString one = episodeOf(kind, 5, 0);
    const QString two = episodeOf(kind, 5, 0);
    for (const QString &id : {one, two}) {
        const QString environment = id.chopped(2);
        clientSteps(environment, "\\boxed{1 2 3 4}");
        clientSteps(environment, id == one ? "\\boxed{1 2 3 5}" : "\\boxed{5 6 7 8}");
    }
    page().showEpisode(infoOf(one));
    QVERIFY(shows(one, 2));
    auto *lists = page().findChild<EpisodeLists *>();
    QVERIFY(wait([&] { return lists->model().rowOf(two) >= 0 && lists->chosen().size() == 1; }));
    lists->episodes()->selectionModel()->select(lists->model().index(lists->model().rowOf(two), 0),
                                                QItemSelectionModel::Select
                                                    | QItemSelectionModel::Rows);
    QVERIFY(actions().action(u"gem.compare"_s)->isEnabled());
    trigger("gem.compare");
    QVERIFY(wait([&] { return says(&page(), u"differs at step 2"_s); }));
    QCOMPARE(page().step(), 2);
}

void GemPageTest::importLines(const QByteArray &lines)
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"episode.jsonl"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(lines);
    file.close();
    const QString before = page().episode().info().id;
    trigger("gem.import");
    auto *dialog = page().window()->findChild<QFileDialog *>();
    Q_EMIT dialog->fileSelected(file.fileName());
    dialog->reject();
    QVERIFY(
        wait([&] { return page().episode().isOpen() && page().episode().info().id != before; }));
}

void GemPageTest::pythonEpisodesAreTexts()
{
    importLines(
        R"({"format":"quarry-episode","version":1,"env_id":"rg:counting","engine":"python",)"
        R"("parameters":{},"seed":null,"started":1,"reason":"the interpreter ended",)"
        R"("initial":{"observation":"How many?","info":{}}})"
        "\n"
        R"({"step":1,"action":"\\boxed{3}","observation":"Well.","reward":0.5,)"
        R"("terminated":false,"truncated":false,"info":{"hint":"more"}})"
        "\n");
    QCOMPARE(lists().kind(), u"rg:counting"_s);
    const auto *board = page().findChild<BoardView *>();
    QVERIFY(board->accessibleDescription().contains(u"How many?"_s));
    trigger("gem.next");
    QVERIFY(board->accessibleDescription().contains(u"Well."_s));
    QCOMPARE(page().episode().returns(), QList<double>({0, 0.5}));
    QCOMPARE(page().episode().view(1).info.value(u"hint"_s).toString(), u"more"_s);
    for (const char *id : {"gem.fork", "gem.verify", "gem.play"})
        QVERIFY2(!actions().action(QLatin1String(id))->isEnabled(), id);
    QVERIFY(actions().action(u"gem.export"_s)->isEnabled());
}

void GemPageTest::longEpisode()
{
    constexpr int count = 100'000;
    QByteArray lines(
        R"({"format":"quarry-episode","version":1,"env_id":"game:Game2048-v0-extreme-hard",)"
        R"("parameters":{},"seed":3,"started":1})"
        "\n");
    const QByteArrayList moves{"up", "left", "down", "right"};
    for (int step = 1; step <= count; ++step)
        lines += "{\"step\":" + QByteArray::number(step) + R"(,"action":"\\boxed{)"
            + moves[step % 4] + "}\"}\n";
    importLines(lines);
    QCOMPARE(page().episode().steps(), count);
    OpenEpisode again(host());
    QElapsedTimer timer;
    timer.start();
    again.open(page().episode().info().id);
    QVERIFY(wait([&] { return again.isOpen(); }));
    qInfo("%d steps are open after %lld ms", count, timer.restart());
    // What is laid out does not grow with the length.
    qint64 longest = 0;
    for (qsizetype step = 0; step <= count; step += 997) {
        timer.restart();
        Q_EMIT strip()->stepChosen(step);
        QCOMPARE(page().step(), step);
        QCoreApplication::processEvents();
        longest = std::max(longest, timer.elapsed());
    }
    qInfo("longest step of the page: %lld ms", longest);
    const qint64 before = strip()->painted();
    strip()->viewport()->repaint();
    QVERIFY(strip()->painted() - before < 60);
}

QTEST_MAIN(GemPageTest)
#include "tst_gempage.moc"
