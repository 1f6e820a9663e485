// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The real package gem in sandboxes (GEM_VENV names its virtual environment), and the native games
// beside it.
#include "gem/games/registry.h"
#include "gem/python/findinterpreter.h"
#include "gem/python/pythongem.h"
#include "gem/random/samplerandom.h"
#include "runtime/bubblewrap/bubblewrapruntime.h"
#include "runtime/bubblewrap/mappedworker.h"
#include "runtime/images/imagestore.h"
#include "support/parts.h"

#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

namespace quarry::gem {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Made = std::unique_ptr<PythonEnvironment>;

template <typename T>
Result<T> wait(const std::function<void(Callback<T>)> &ask)
{
    std::optional<Result<T>> answer;
    QEventLoop loop;
    ask([&](Result<T> given) {
        answer.emplace(std::move(given));
        loop.quit();
    });
    QTimer::singleShot(150s, &loop, [] { qFatal("no answer"); });
    while (!answer)
        loop.exec();
    return std::move(*answer);
}

QString words(const Error &error)
{
    return toString(error.code) + u": "_s + error.message;
}

} // namespace

class TestPythonGem : public QObject
{
    Q_OBJECT
private:
    Result<Made> make(const QString &id, const QJsonObject &parameters = {})
    {
        return wait<Made>(
            [&](Callback<Made> done) { m_gem->make(id, parameters, std::move(done)); });
    }
    static Result<PythonReset> reset(PythonEnvironment &environment, quint32 seed)
    {
        return wait<PythonReset>(
            [&](Callback<PythonReset> done) { environment.reset(seed, std::move(done)); });
    }
    static Result<PythonStep> step(PythonEnvironment &environment, const QByteArray &action,
                                   std::chrono::milliseconds deadline = 60s)
    {
        return wait<PythonStep>([&](Callback<PythonStep> done) {
            environment.step(action, std::move(done), deadline);
        });
    }

    void open(const QString &python)
    {
        m_gem = std::make_unique<PythonGem>(
            *m_runtime, *m_images, *m_worker,
            PythonGemSettings{python, m_folder.path(), m_folder.filePath(u"gem-sandboxes"_s), {}});
        QVERIFY(wait<QStringList>(
            [&](Callback<QStringList> done) { m_gem->recover(std::move(done)); }));
    }
    void close()
    {
        QVERIFY(wait<void>([&](Callback<void> done) { m_gem->shutdown(std::move(done)); }));
        QCOMPARE(m_gem->count(), 0);
        QVERIFY(QDir(m_folder.filePath(u"gem-sandboxes"_s)).isEmpty());
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString venv = qEnvironmentVariable("GEM_VENV");
        QUARRY_NEEDS(venv.isEmpty() ? u"GEM_VENV names no virtual environment"_s : QString());
        const runtime::MachineSettings machine{m_folder.path(), QStringLiteral(QUARRY_BIN_DIR)};
        m_runtime = std::make_unique<runtime::BubblewrapRuntime>(machine);
        m_worker = std::make_unique<runtime::MappedWorker>(machine);
        m_images = std::make_unique<runtime::ImageStore>(m_folder.filePath(u"images"_s), *m_worker);
        QVERIFY(wait<runtime::Capabilities>(
            [&](Callback<runtime::Capabilities> done) { m_runtime->prepare(std::move(done)); }));
        QVERIFY(m_images->warm());
        open(venv);
        const auto found = wait<Interpreter>(
            [&](Callback<Interpreter> done) { m_gem->interpreter(std::move(done)); });
        QVERIFY2(found, qPrintable(found.ok() ? QString() : words(found.error())));
        QCOMPARE(found->gemVersion, u"0.1.0"_s);
    }
    void cleanupTestCase()
    {
        if (m_gem)
            close();
        m_gem.reset();
    }

    void plays()
    {
        QElapsedTimer time;
        time.start();
        Result<Made> made = make(u"game:Sokoban-v0-easy"_s);
        QVERIFY2(made, qPrintable(made.ok() ? QString() : words(made.error())));
        qInfo("made after %lld ms", time.elapsed());
        PythonEnvironment &sokoban = **made;
        const auto first = reset(sokoban, 7);
        QVERIFY(first);
        QVERIFY(first->info.value("suffix"_L1).toString().contains(u'#'));
        const auto sampled
            = wait<QString>([&](Callback<QString> done) { sokoban.sampleAction(std::move(done)); });
        QVERIFY(sampled->startsWith("\\boxed{"_L1));
        time.start();
        constexpr int steps = 500;
        for (int n = 0; n < steps; ++n)
            QVERIFY(step(sokoban, n % 2 ? "\\boxed{up}" : "\\boxed{down}"));
        qInfo("%.3f ms a step", double(time.nsecsElapsed()) / steps / 1e6);
        const auto last = step(sokoban, "no box \xff");
        QCOMPARE(last->reward, -0.1);
        QVERIFY(last->terminated);
    }

    void reasons()
    {
        Result<Made> made = make(u"rg:letter_counting"_s, {{u"size"_s, 20}});
        QVERIFY2(made, qPrintable(made.ok() ? QString() : words(made.error())));
        const auto question = reset(**made, 3);
        QVERIFY(!question->observation.isEmpty());
        QCOMPARE(reset(**made, 3)->observation, question->observation);
        const auto answer = step(**made, "\\boxed{4}");
        QVERIFY(answer->terminated && answer->truncated);
    }

    void lists()
    {
        QElapsedTimer time;
        time.start();
        const auto found = findInterpreter(qEnvironmentVariable("GEM_VENV"), m_folder.path());
        QVERIFY2(found, qPrintable(found.ok() ? QString() : words(found.error())));
        qInfo("found again after %lld ms", time.elapsed());
        const QStringList &ids = found->ids;
        QVERIFY(ids.contains(u"rg:letter_counting"_s) && ids.contains(u"math:GSM8K"_s));
        QVERIFY(ids.size() > 150);
        QVERIFY(time.elapsed() < 1000); // kept since the first time
    }

    void refuses()
    {
        const auto unknown = make(u"game:Chess-v0"_s);
        QCOMPARE(int(unknown.error().code), int(ErrorCode::NotFound));
        const auto data = make(u"math:GSM8K"_s);
        QCOMPARE(int(data.error().code), int(ErrorCode::CommandFailed));
        // Which of the two depends on whether the modules for data sets are installed.
        const QString why = data.error().message;
        QVERIFY2(why.contains(u"pip install"_s) || why.contains(u"sandbox.network"_s),
                 qPrintable(why));
    }

    void oneHangHarmsNoOther()
    {
        Result<Made> one = make(u"game:TowerofHanoi-v0-easy"_s);
        Result<Made> other = make(u"game:TowerofHanoi-v0-easy"_s);
        QVERIFY(one && other && reset(**one, 1) && reset(**other, 1));
        const auto late = step(**one, "\\boxed{A C}", 0ms);
        QCOMPARE(int(late.error().code), int(ErrorCode::Timeout));
        QVERIFY((*one)->isOver());
        QVERIFY(step(**other, "\\boxed{A C}"));
    }

    void leavesNothing() { QTRY_COMPARE_WITH_TIMEOUT(m_gem->count(), 0, 30'000); }

    void nativeIsTheSame_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<int>("seeds");
        for (const EnvironmentKind &kind : environmentKinds()) {
            const QString id = QString::fromStdString(kind.id);
            const bool words
                = QStringList{u"Wordle"_s, u"Hangman"_s, u"Crosswords"_s, u"WordSearch"_s}.contains(
                    QString::fromStdString(kind.game));
            // No parity is asked for; or GEM cannot make it, or searches for a minute and more.
            if (words || id == "game:FifteenPuzzle-v0-random"_L1
                || id == "game:Sokoban-v0-random"_L1)
                continue;
            const bool slow = id == "game:Sokoban-v0-hard"_L1;
            QTest::newRow(kind.id.c_str()) << id << (slow ? 1 : 12);
        }
    }
    void nativeIsTheSame()
    {
        QFETCH(QString, id);
        QFETCH(int, seeds);
        if (!m_one || m_one->isOver()) {
            Result<Made> made = make(u"game:TowerofHanoi-v0-easy"_s);
            QVERIFY2(made, qPrintable(made.ok() ? QString() : words(made.error())));
            m_one = std::move(*made);
        }
        const auto made
            = wait<void>([&](Callback<void> done) { m_one->make(id, {}, std::move(done)); });
        QVERIFY2(made, qPrintable(made.ok() ? QString() : words(made.error())));
        std::string fault;
        const auto native
            = makeEnvironment(*environmentKind(id.toStdString()), {}, FifteenReset::Wheel, fault);
        QVERIFY(native);
        for (int n = 0; n < seeds; ++n)
            playBoth(*native, QRandomGenerator::global()->generate());
    }
    void lastOne() { m_one.reset(); }

private:
    void playBoth(Environment &native, quint32 seed)
    {
        native.reset(seed);
        Result<PythonReset> begun = reset(*m_one, seed);
        QVERIFY2(begun, qPrintable(begun.ok() ? QString() : words(begun.error())));
        compareBoards(native, begun->info, seed);
        SampleRandom sample(seed);
        while (!native.isOver()) {
            std::string action;
            if (!native.appendLegalAction(sample, action))
                action = "\\boxed{}";
            const StepResult ours = native.step(action);
            const auto theirs = step(*m_one, QByteArray::fromStdString(action));
            QVERIFY2(theirs, qPrintable(theirs.ok() ? QString() : words(theirs.error())));
            const QByteArray place = "seed " + QByteArray::number(seed) + ", turn "
                + QByteArray::number(native.turn());
            QVERIFY2(std::abs(ours.reward - theirs->reward) < 1e-9, place.constData());
            QVERIFY2(ours.terminated == theirs->terminated, place.constData());
            QVERIFY2(ours.truncated == theirs->truncated, place.constData());
            compareBoards(native, theirs->info, seed);
        }
    }

    // What native appends stands in GEM's suffix, which has words around it.
    static void compareBoards(const Environment &native, const QJsonObject &info, quint32 seed)
    {
        const QString theirs = info.value("suffix"_L1).toString();
        std::string ours;
        native.appendSuffix(ours);
        const QString board = QString::fromStdString(ours);
        if (!board.contains(u'\n') || native.isOver())
            return; // a prompt
        QVERIFY2(theirs.contains(board.trimmed()),
                 qPrintable(u"seed %1: \"%2\" is not in \"%3\""_s.arg(seed).arg(board, theirs)));
    }

    QTemporaryDir m_folder{u"/var/tmp/quarry-gem-XXXXXX"_s};
    std::unique_ptr<runtime::BubblewrapRuntime> m_runtime;
    std::unique_ptr<runtime::MappedWorker> m_worker;
    std::unique_ptr<runtime::ImageStore> m_images;
    std::unique_ptr<PythonGem> m_gem;
    std::unique_ptr<PythonEnvironment> m_one;
};

} // namespace quarry::gem

QTEST_GUILESS_MAIN(quarry::gem::TestPythonGem)
#include "tst_pythongem.moc"
