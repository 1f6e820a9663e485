// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The page of GEM over a real engine: lists, steps, play by hand, follow, compare.
#include "gem/episodes/episodewriter.h"
#include "gui/pagecheck.h"
#include "hostbench.h"
#include "support/parts.h"
#include "widgets/boards/boardview.h"
#include "widgets/common/actionregistry.h"
#include "widgets/common/activitymodel.h"
#include "widgets/common/notices.h"
#include "widgets/pages/gem/episodelists.h"
#include "widgets/pages/gem/gempage.h"
#include "widgets/pages/gem/infomodel.h"
#include "widgets/pages/gem/kindmodel.h"
#include "widgets/pages/gem/stepstrip.h"
#include "widgets/patterns/tableview.h"
#include "widgets/theme/theme.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>

using namespace quarry;
using namespace quarry::test;
using namespace quarry::widgets;
using namespace quarry::widgets::test;
using namespace Qt::StringLiterals;

class GemPageTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase() { m_bench.reset(); }

    void everyControlIsNamed();
    void fitsTheSmallestWindow();
    void kindsAndInfo();
    void playedByHandWithKeys();
    void agentIsFollowed();
    void stepsByKeys();
    void comparedWithAnother();
    void manyEpisodes();
    void longEpisode();

private:
    static bool wait(const std::function<bool()> &until) { return HostBench::wait(until); }
    void trigger(const char *id) { m_actions->action(QLatin1String(id))->trigger(); }
    // Plays COUNT legal actions as a client does; the episode's id.
    QString episodeOf(const QString &envId, quint32 seed, int count);
    void clientSteps(const QString &environment, const QByteArray &action);
    gem::EpisodeInfo infoOf(const QString &id);
    bool shows(const QString &id, qsizetype steps)
    {
        return wait([&] {
            return m_page->episode().isOpen() && m_page->episode().info().id == id
                && m_page->episode().steps() == steps;
        });
    }
    StepStrip *strip() const { return m_page->findChild<StepStrip *>(); }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<HostBench> m_bench;
    std::unique_ptr<ActionRegistry> m_actions;
    std::unique_ptr<ActivityModel> m_activity;
    std::unique_ptr<Notices> m_notices;
    std::unique_ptr<GemPage> m_page;
};

void GemPageTest::initTestCase()
{
    m_theme = std::make_unique<Theme>(SchemeChoice::Light);
    m_bench = std::make_unique<HostBench>();
    QUARRY_NEEDS(m_bench->problem());
}

void GemPageTest::init()
{
    m_actions = std::make_unique<ActionRegistry>();
    m_activity = std::make_unique<ActivityModel>();
    m_notices = std::make_unique<Notices>();
    m_page = std::make_unique<GemPage>(
        GemPage::Parts{m_bench->host(), *m_actions, *m_activity, *m_notices});
    m_page->resize(1364, 820);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
}

void GemPageTest::cleanup()
{
    m_page.reset();
    m_notices.reset();
    m_activity.reset();
    m_actions.reset();
}

QString GemPageTest::episodeOf(const QString &envId, quint32 seed, int count)
{
    QString episode;
    m_bench->host().ask<QString>(
        this,
        [=](engine::Engine &engine, const Callback<QString> &done) {
            gem::EnvironmentSpec spec;
            spec.envId = envId;
            const QString id = *engine.gem().make(spec);
            engine.gem().reset(id, seed, [=, &engine](const Result<std::string> &) {
                for (int step = 0; step < count; ++step)
                    engine.gem().step(id, "random_action", [](const Result<std::string> &) { });
                done(gem::episodeId(id, 1));
            });
        },
        [&](const Result<QString> &id) { episode = id ? *id : u"none"_s; });
    wait([&] { return !episode.isEmpty(); });
    return episode;
}

void GemPageTest::clientSteps(const QString &environment, const QByteArray &action)
{
    m_bench->host().post([=](engine::Engine &engine) {
        engine.gem().step(environment, action, [](const Result<std::string> &) { });
    });
}

gem::EpisodeInfo GemPageTest::infoOf(const QString &id)
{
    std::optional<gem::EpisodeInfo> info;
    m_bench->host().ask<gem::EpisodeInfo>(
        this,
        [id](engine::Engine &engine, const Callback<gem::EpisodeInfo> &done) {
            done(engine.gem().episode(id));
        },
        [&](const Result<gem::EpisodeInfo> &found) { info = found ? *found : gem::EpisodeInfo(); });
    wait([&] { return info.has_value(); });
    return *info;
}

void GemPageTest::everyControlIsNamed()
{
    m_page->showEpisode(infoOf(episodeOf(u"game:Sudoku-v0-easy"_s, 4, 2)));
    QVERIFY(wait([&] { return m_page->episode().isOpen(); }));
    QCOMPARE(nameless(m_page.get()), QStringList());
    QVERIFY(named<QTableView>(m_page.get(), u"Environments"_s));
    QVERIFY(named<QTableView>(m_page.get(), u"Episodes"_s));
    QVERIFY(named<QTableView>(m_page.get(), u"Info"_s));
    QVERIFY(named<QPlainTextEdit>(m_page.get(), u"Observation"_s));
    for (const QAction *action : m_actions->actionsOf(u"gem"_s))
        QVERIFY(!ActionRegistry::iconName(action).isEmpty());
}

void GemPageTest::fitsTheSmallestWindow()
{
    m_page->resize(924, 576);
    m_page->showEpisode(infoOf(episodeOf(u"game:Sokoban-v0-easy"_s, 4, 2)));
    QVERIFY(wait([&] { return m_page->episode().isOpen(); }));
    QCoreApplication::processEvents();
    QCOMPARE(m_page->size(), QSize(924, 576));
    for (QWidget *widget : m_page->findChildren<QWidget *>()) {
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

void GemPageTest::kindsAndInfo()
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

void GemPageTest::playedByHandWithKeys()
{
    m_page->showEpisode(infoOf(episodeOf(u"game:FifteenPuzzle-v0-hard"_s, 4, 0)));
    QVERIFY(wait([&] { return m_page->episode().isOpen(); }));
    trigger("gem.play");
    QVERIFY(wait([&] { return m_page->episode().isTaken(); }));
    auto *board = m_page->findChild<BoardView *>();
    const QString environment = m_page->episode().info().environmentId;
    QTest::keyClick(board, Qt::Key_Down);
    QVERIFY(wait([&] { return m_page->episode().steps() == 1; }));
    QCOMPARE(m_page->episode().facts(1).action, u"\\boxed{down}"_s);
    QCOMPARE(m_page->step(), 1);
    // What the client asks meanwhile comes afterwards.
    clientSteps(environment, "\\boxed{right}");
    QTest::keyClick(board, Qt::Key_Up);
    QVERIFY(wait([&] { return m_page->episode().steps() == 2; }));
    QCOMPARE(m_page->episode().facts(2).action, u"\\boxed{up}"_s);
    trigger("gem.giveBack");
    QVERIFY(wait([&] { return m_page->episode().steps() == 3 && !m_page->episode().isTaken(); }));
    QCOMPARE(m_page->episode().facts(3).action, u"\\boxed{right}"_s);
    // Another way from step 1 on.
    m_page->goTo(1);
    const QString before = m_page->episode().info().id;
    trigger("gem.fork");
    QVERIFY(wait([&] {
        return m_page->episode().isOpen() && m_page->episode().info().id != before
            && m_page->episode().isTaken();
    }));
    QCOMPARE(m_page->episode().steps(), 1);
    trigger("gem.close");
    QVERIFY(wait([&] { return !m_page->episode().info().isLive; }));
    trigger("gem.verify");
    QVERIFY(wait([&] { return m_notices->count() > 0; }));
}

void GemPageTest::agentIsFollowed()
{
    const QString id = episodeOf(u"game:GuessTheNumber-v0-hard"_s, 7, 1);
    m_page->showEpisode(infoOf(id));
    QVERIFY(shows(id, 1));
    QCOMPARE(m_page->step(), 1);
    clientSteps(m_page->episode().info().environmentId, "\\boxed{50}");
    QVERIFY(shows(id, 2));
    QCOMPARE(m_page->step(), 2);
    m_page->goTo(0);
    clientSteps(m_page->episode().info().environmentId, "\\boxed{49}");
    QVERIFY(shows(id, 3));
    QCOMPARE(m_page->step(), 0); // who looks back stays there
}

void GemPageTest::stepsByKeys()
{
    const QString id = episodeOf(u"game:Minesweeper-v0-hard"_s, 7, 0);
    m_page->showEpisode(infoOf(id));
    QVERIFY(shows(id, 0));
    for (const char *action : {"\\boxed{flag 0 0}", "\\boxed{flag 0 1}", "\\boxed{flag 0 2}"})
        clientSteps(m_page->episode().info().environmentId, action);
    QVERIFY(shows(id, 3));
    strip()->setFocus();
    QTest::keyClick(strip(), Qt::Key_Home);
    QCOMPARE(m_page->step(), 0);
    QTest::keyClick(strip(), Qt::Key_Right);
    QCOMPARE(m_page->step(), 1);
    trigger("gem.next");
    QCOMPARE(m_page->step(), 2);
    trigger("gem.next");
    trigger("gem.next");
    QCOMPARE(m_page->step(), 3);
    QTest::mouseClick(strip()->viewport(), Qt::LeftButton, {}, {50, 20});
    QCOMPARE(m_page->step(), 1);
    trigger("gem.playback");
    QVERIFY(wait([&] { return m_page->step() == 3; }));
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
    m_page->showEpisode(infoOf(one));
    QVERIFY(shows(one, 2));
    auto *lists = m_page->findChild<EpisodeLists *>();
    QVERIFY(wait([&] { return lists->model().rowOf(two) >= 0 && lists->chosen().size() == 1; }));
    lists->episodes()->selectionModel()->select(lists->model().index(lists->model().rowOf(two), 0),
                                                QItemSelectionModel::Select
                                                    | QItemSelectionModel::Rows);
    QVERIFY(m_actions->action(u"gem.compare"_s)->isEnabled());
    trigger("gem.compare");
    QVERIFY(wait([&] { return says(m_page.get(), u"differs at step 2"_s); }));
    QCOMPARE(m_page->step(), 2);
}

// Rows are fetched as they are looked at, however many there are.
void GemPageTest::manyEpisodes()
{
    constexpr int count = 20'000;
    const QString kind = u"game:Wordle-v0-random"_s;
    bool done = false;
    m_bench->host().ask<void>(
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
    EpisodeModel model(m_bench->host());
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

// An imported file may hold any number of steps.
void GemPageTest::longEpisode()
{
    constexpr int count = 100'000;
    const QString id = episodeOf(u"game:Game2048-v0-extreme-hard"_s, 3, 0);
    gem::EpisodeInfo info = infoOf(id);
    m_bench->host().post([environment = info.environmentId](engine::Engine &engine) {
        (void)engine.gem().close(environment);
    });
    const QString path = m_bench->host().settings().dataFolder + u"/episodes/"_s
        + info.environmentId + u".episodes"_s;
    QByteArray records;
    const QByteArrayList moves{"\\boxed{up}", "\\boxed{left}", "\\boxed{down}", "\\boxed{right}"};
    for (int step = 0; step < count; ++step) {
        gem::StepRecord record;
        record.action = moves[step % 4];
        gem::appendStep(records, record);
    }
    QFile file(path);
    QVERIFY(file.open(QIODevice::Append));
    file.write(records);
    file.close();
    OpenEpisode episode(m_bench->host());
    QVERIFY(wait([&] { return !infoOf(id).isLive; }));
    // The index says nothing of these steps: read as one that goes on.
    info.isLive = true;
    info.length += records.size();
    QElapsedTimer timer;
    timer.start();
    const auto steps = gem::readSteps(path, info);
    QVERIFY(steps.ok());
    QCOMPARE(steps->steps.size(), count);
    qInfo("read %d steps: %lld ms", count, timer.restart());
    auto replay = gem::Replay::open(info.spec, info.seed);
    for (const gem::StepRecord &step : steps->steps)
        replay->append(step.action);
    qInfo("played again: %lld ms", timer.restart());
    for (int at = 255; at < count; at += 1000)
        QVERIFY(replay->at(std::size_t(at)) != nullptr);
    qInfo("a step of it: %.3f ms", double(timer.elapsed()) / (count / 1000));
}

QTEST_MAIN(GemPageTest)
#include "tst_gempage.moc"
