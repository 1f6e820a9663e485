// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The lists of the page of GEM: environments, episodes, and what is chosen of them.
#include "gemfixture.h"
#include "widgets/common/filterentry.h"
#include "widgets/common/tableroles.h"
#include "widgets/pages/gem/episodestate.h"
#include "widgets/pages/gem/infomodel.h"
#include "widgets/pages/gem/kindmodel.h"
#include "widgets/patterns/tableview.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>

using namespace quarry;
using namespace quarry::test;
using namespace quarry::widgets;
using namespace Qt::StringLiterals;

class GemListsTest : public GemFixture
{
    Q_OBJECT
private Q_SLOTS:
    void kindsAndInfo();
    void statesAreTrue_data();
    void statesAreTrue();
    void choiceStaysWithItsEpisode();
    void choiceStaysWithItsKind();
    void manyEpisodes();
};

void GemListsTest::kindsAndInfo()
{
    KindModel kinds;
    QAbstractItemModelTester kindsTester(&kinds);
    QVERIFY(kinds.rowCount() >= 37);
    KindFilter filter;
    filter.setSourceModel(&kinds);
    filter.setText(u"sokoban hard"_s);
    QCOMPARE(filter.rowCount(), 1);
    InfoModel info;
    QAbstractItemModelTester infoTester(&info);
    info.setObject({{u"suffix"_s, u"a\nb"_s}, {u"board"_s, QJsonObject{{u"turn"_s, 3}}}});
    QCOMPARE(info.rowCount(), 2);
    QCOMPARE(info.index(0, 0).data().toString(), u"board.turn"_s);
    QCOMPARE(info.index(0, 1).data().toString(), u"3"_s);
    info.setObject({});
    QCOMPARE(info.rowCount(), 0);
}

void GemListsTest::statesAreTrue_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<double>("sum");
    QTest::addColumn<bool>("truncated");
    QTest::addColumn<double>("last");
    QTest::addColumn<QString>("word");
    const auto row = [](const char *name, const QString &kind, double sum, bool truncated,
                        double last, const QString &word) {
        QTest::newRow(name) << kind << sum << truncated << last << word;
    };
    const QString mines = u"game:Minesweeper-v0-easy"_s;
    row("won", u"game:Sokoban-v0-easy"_s, 1, false, 1, u"solved"_s);
    row("won in thirds", mines, 1 / 3. + 1 / 3. + 1 / 3., false, 1 / 3., u"solved"_s);
    row("a mine", mines, 0.6, false, 0, u"lost"_s);
    row("a mine behind the last cell", mines, 1, false, 0, u"lost"_s);
    row("unreadable", mines, 0.5, false, -0.1, u"lost"_s);
    row("paid twice", u"game:WordSearch-v0-easy"_s, 1.1, false, -0.1, u"lost"_s);
    row("the limit pays", u"game:Sokoban-v0-easy"_s, 0.5, true, 0.5, u"step limit"_s);
    row("of Python", u"rg:letter_counting"_s, 1, true, 1, u"ended"_s);
}

void GemListsTest::statesAreTrue()
{
    QFETCH(QString, kind);
    QFETCH(double, sum);
    QFETCH(bool, truncated);
    QFETCH(double, last);
    QFETCH(QString, word);
    gem::EpisodeInfo info;
    info.spec.envId = kind;
    info.reward = sum;
    info.terminated = true;
    info.truncated = truncated;
    const EpisodeState state = episodeState(info, last);
    QCOMPARE(state.word, word);
    QCOMPARE(state.mark == State::Success, word == u"solved");
    info.terminated = info.truncated = false;
    QCOMPARE(episodeState(info).word, u"stopped"_s);
    info.isLive = true;
    QCOMPARE(episodeState(info).word, u"running"_s);
}

// Those that live come first: one that ends goes down, a new one comes in above.
void GemListsTest::choiceStaysWithItsEpisode()
{
    const QString kind = u"game:Mastermind-v0-easy"_s;
    const QStringList ids{episodeOf(kind, 1, 0), episodeOf(kind, 2, 0), episodeOf(kind, 3, 0),
                          episodeOf(kind, 4, 0)};
    EpisodeModel &model = lists().model();
    const QAbstractItemModelTester tester(&model);
    QVERIFY(open(ids[3]));
    const auto row = [&](int which) { return model.rowOf(ids[which]); };
    const auto chosen = [&] {
        QStringList out;
        for (const gem::EpisodeInfo &info : lists().chosen())
            out.append(info.id);
        return out;
    };
    QVERIFY(wait([&] { return row(0) == 3 && chosen() == QStringList{ids[3]}; }));
    clientCloses(ids[3].chopped(2));
    QVERIFY(wait([&] { return row(3) == 3 && row(2) == 0; }));
    QCOMPARE(chosen(), QStringList{ids[3]});
    // Two of them, which do not move alike.
    lists().episodes()->clearSelection();
    for (const int each : {row(1), row(2)})
        lists().episodes()->selectionModel()->select(
            model.index(each, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    clientCloses(ids[2].chopped(2));
    const QString fifth = episodeOf(kind, 5, 0);
    QVERIFY(wait([&] { return model.rowOf(fifth) == 0 && row(2) == 4 - (row(3) == 4); }));
    QStringList both = chosen();
    both.sort();
    QStringList wanted{ids[1], ids[2]};
    wanted.sort();
    QCOMPARE(both, wanted);
    QCOMPARE(page().episode().info().id, ids[1]); // the first of them, by itself for a moment
}

void GemListsTest::choiceStaysWithItsKind()
{
    const QString kind = u"game:Hangman-v0-easy"_s;
    lists().showKind(kind);
    const auto chosenKinds = [&] {
        QStringList out;
        for (const int row : lists().kinds()->selectedRows())
            out.append(lists().kinds()->model()->index(row, 0).data().toString());
        return out;
    };
    QCOMPARE(chosenKinds(), QStringList{kind});
    lists().filter()->setText(u"sudoku"_s);
    QCOMPARE(lists().kinds()->model()->rowCount(), 3);
    QCOMPARE(lists().kind(), kind);
    QCOMPARE(chosenKinds(), QStringList());
    lists().filter()->setText(u"hangman"_s);
    QCOMPARE(chosenKinds(), QStringList{kind});
    lists().kinds()->sortByColumn(KindModel::IdColumn, Qt::DescendingOrder);
    QCOMPARE(chosenKinds(), QStringList{kind});
}

// Rows are fetched as they are looked at, however many there are.
void GemListsTest::manyEpisodes()
{
    constexpr int count = 20'000;
    const QString kind = u"game:Wordle-v0-random"_s;
    bool done = false;
    host().ask<void>(
        this,
        [kind](engine::Engine &engine, const Callback<void> &made) {
            gem::EnvironmentSpec spec;
            spec.envId = kind;
            const QString id = *engine.gem().make(spec);
            for (int reset = 0; reset < count; ++reset)
                engine.gem().reset(id, quint32(reset), [](const Result<std::string> &) { });
            made({});
        },
        [&](const Result<void> &) { done = true; });
    QVERIFY(wait([&] { return done; }));
    EpisodeModel model(host());
    QAbstractItemModelTester tester(&model);
    model.setKind(kind);
    QVERIFY(wait([&] { return model.rowCount() == count; }));
    QVERIFY(model.episode(0) && model.episode(0)->isLive);
    const int far = count - 3;
    (void)model.index(far, 0).data();
    QElapsedTimer timer;
    timer.start();
    QVERIFY(wait([&] { return model.episode(far) != nullptr; }));
    qInfo("a page at row %d: %lld ms", far, timer.elapsed());
    QCOMPARE(model.episode(far)->seed, 2u);
}

QTEST_MAIN(GemListsTest)
#include "tst_gemlists.moc"
