// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is kept of episodes: records torn and changed at every byte, replay, verifying, JSON Lines.
#include "gem/episodes/episodejson.h"
#include "gem/episodes/episodereader.h"
#include "gem/episodes/episodewriter.h"
#include "gem/episodes/replay.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace quarry;
using namespace quarry::gem;
using namespace Qt::StringLiterals;

namespace {

const EnvironmentSpec spec{u"game:Game2048-v0-hard"_s, {}, false};
constexpr quint32 seed = 11;

// Two episodes of random legal moves in a file at PATH; the steps of the second.
QList<StepRecord> recordTwo(const QString &path, QList<QByteArray> &actions)
{
    EpisodeWriter writer(path, spec);
    QList<StepRecord> steps;
    const auto game = std::move(*makeFrom(spec));
    SampleRandom random(3);
    for (int episode = 0; episode < 2; ++episode) {
        steps.clear();
        game->reset(seed);
        if (!writer.start({.time = 1000 + episode, .seed = seed}))
            return {};
        std::string action;
        while (!game->isOver()) {
            action.clear();
            game->appendLegalAction(random, action);
            const StepResult result = game->step(action);
            actions.append(QByteArray::fromStdString(action));
            steps.append({quint32(steps.size()), result.reward, result.terminated, result.truncated,
                          false, actions.last()});
            if (!writer.step(steps.last()))
                return {};
        }
    }
    return steps;
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

class TestGemEpisodes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void whatIsWrittenIsRead();
    void aStepIsSmall();
    void tornAnywhereTheRestIsThere();
    void changedAnywhereNothingIsInvented();
    void hugeSizesAllocateNothing();
    void fullDiskLeavesTheFileWhole();
    void anyStepIsReplayed();
    void longEpisodesOpenAndScrub();
    void verifyNamesTheFirstDifference();
    void bareStepsAreDerived();
    void linesGoOutAndIn();
    void faultyLinesAreNamed();
    void whatPythonGaveIsRead();
    void python_changedAnywhereNothingIsInvented();
    void python_hostileRecords();
    void python_linesGoOutAndIn();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    QList<QByteArray> m_actions;
    QList<StepRecord> m_steps;
    QList<EpisodeInfo> m_infos;
};

void TestGemEpisodes::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(u"e.episodes"_s);
    m_actions.clear();
    m_actions.reserve(1000);
    m_steps = recordTwo(m_path, m_actions);
    QVERIFY(m_steps.size() > 10);
    const auto found = scanEpisodes(m_path, u"e"_s);
    QVERIFY(found);
    m_infos = *found;
    QCOMPARE(m_infos.size(), 2);
}

void TestGemEpisodes::whatIsWrittenIsRead()
{
    const EpisodeInfo &info = m_infos.last();
    QCOMPARE(info.id, u"e-2"_s);
    QCOMPARE(info.spec.envId, spec.envId);
    QCOMPARE(info.seed, seed);
    QCOMPARE(info.started, 1001);
    QCOMPARE(info.steps, m_steps.size());
    QVERIFY(info.terminated);
    const auto read = readSteps(m_path, info);
    QVERIFY(read);
    QVERIFY(!read->isTorn);
    QCOMPARE(read->steps.size(), m_steps.size());
    for (qsizetype i = 0; i < m_steps.size(); ++i) {
        QCOMPARE(read->steps[i].reward, m_steps[i].reward);
        QCOMPARE(read->steps[i].action.toByteArray(), m_steps[i].action.toByteArray());
        QCOMPARE(read->steps[i].milliseconds, m_steps[i].milliseconds);
        QCOMPARE(read->steps[i].terminated, m_steps[i].terminated);
    }
}

void TestGemEpisodes::aStepIsSmall()
{
    QByteArray bytes;
    appendStep(bytes, {7, 0.5, false, false, false, "action"});
    QVERIFY(bytes.size() - 6 <= 40);
}

void TestGemEpisodes::tornAnywhereTheRestIsThere()
{
    const QByteArray whole = bytesOf(m_path);
    const QString path = m_folder->filePath(u"torn"_s);
    for (qsizetype size = m_infos.first().offset + m_infos.first().length; size < whole.size();
         ++size) {
        write(path, whole.first(size));
        const auto found = scanEpisodes(path, u"e"_s);
        QVERIFY(found);
        QCOMPARE(found->first().steps, m_infos.first().steps);
        QVERIFY(found->size() == 1 || found->last().steps < m_steps.size());
    }
}

void TestGemEpisodes::changedAnywhereNothingIsInvented()
{
    const QByteArray whole = bytesOf(m_path);
    const QString path = m_folder->filePath(u"changed"_s);
    for (qsizetype at = 0; at < whole.size(); at += 13) {
        QByteArray changed = whole;
        changed[at] = char(changed[at] ^ 0x41);
        write(path, changed);
        const auto found = scanEpisodes(path, u"e"_s);
        qint64 steps = 0;
        for (const EpisodeInfo &info : found ? *found : QList<EpisodeInfo>())
            steps += info.steps;
        QVERIFY2(steps < m_infos.first().steps + m_infos.last().steps,
                 qPrintable(QString::number(at)));
    }
}

void TestGemEpisodes::hugeSizesAllocateNothing()
{
    QByteArray bytes = bytesOf(m_path).first(m_infos.first().offset);
    bytes.append(QByteArray::fromHex("ffffffff03000000000000"));
    RecordReader reader(bytes);
    QVERIFY(reader.next());
    QVERIFY(!reader.next());
    QVERIFY(reader.isTorn());
}

void TestGemEpisodes::fullDiskLeavesTheFileWhole()
{
    EpisodeWriter writer(u"/dev/full"_s, spec);
    const auto started = writer.start({.time = 1, .seed = 2});
    QVERIFY(!started);
    QVERIFY(started.error().code == ErrorCode::NoSpace);
    QCOMPARE(writer.size(), 0);
}

void TestGemEpisodes::anyStepIsReplayed()
{
    auto replay = Replay::open(spec, seed);
    QVERIFY(replay);
    const auto game = std::move(*makeFrom(spec));
    game->reset(seed);
    QStringList boards;
    const auto board = [](const Environment &environment) {
        std::string text;
        environment.appendBoard(text);
        return QString::fromStdString(text);
    };
    boards.append(board(*game));
    for (const StepRecord &step : m_steps) {
        game->step(std::string_view(step.action.data(), std::size_t(step.action.size())));
        boards.append(board(*game));
        QCOMPARE(replay->append(step.action).reward, step.reward);
    }
    for (qsizetype step : {boards.size() - 1, qsizetype(0), qsizetype(5), qsizetype(1)})
        QCOMPARE(board(*replay->at(std::size_t(step))), boards[step]);
    QCOMPARE(replay->action(3),
             std::string_view(m_actions[m_actions.size() - m_steps.size() + 2].constData()));
}

void TestGemEpisodes::longEpisodesOpenAndScrub()
{
    EnvironmentSpec longSpec{u"game:Sokoban-v0-easy"_s, {{u"max_turns"_s, 10000}}, false};
    auto replay = Replay::open(longSpec, 5);
    QVERIFY2(replay, qPrintable(replay ? QString() : replay.error().message));
    static constexpr const char *moves[]
        = {"\\boxed{up}", "\\boxed{left}", "\\boxed{down}", "\\boxed{right}"};
    for (int step = 0; step < 9'999; ++step)
        replay->append(moves[step % 4]);
    for (std::size_t step = 0; step <= replay->steps(); step += 777)
        QCOMPARE(replay->at(step)->turn(), int(step));
}

void TestGemEpisodes::verifyNamesTheFirstDifference()
{
    EpisodeSteps steps{{}, m_steps, false};
    auto done = verify(m_infos.last(), steps);
    QVERIFY(done && done->equal);
    QCOMPARE(done->steps, m_steps.size());
    steps.steps[6].reward += 1e-16 + 0.25;
    done = verify(m_infos.last(), steps);
    QVERIFY(done && !done->equal);
    QCOMPARE(done->firstDifference, 7);
    QVERIFY(done->text.contains(u"reward"_s));
}

void TestGemEpisodes::bareStepsAreDerived()
{
    EpisodeSteps steps{{}, m_steps, false};
    for (StepRecord &step : steps.steps) {
        QByteArray bytes;
        step.bare = true;
        appendStep(bytes, step);
        QCOMPARE(bytes.size(), step.action.size() + 9);
        step = {0, 0, false, false, true, step.action};
    }
    const auto done = verify(m_infos.last(), steps);
    QVERIFY(done && done->equal);
    auto out = EpisodeExport::open(m_infos.last(), steps);
    QVERIFY(out);
    std::string lines;
    out->next(lines, 1 << 24);
    QVERIFY(out->atEnd());
    QVERIFY(lines.find("\"terminated\":true") != lines.npos);
}

void TestGemEpisodes::linesGoOutAndIn()
{
    auto out = EpisodeExport::open(m_infos.last(), {{}, m_steps, false});
    QVERIFY(out);
    std::string lines;
    while (!out->atEnd())
        out->next(lines, 1);
    const auto in = importEpisodes(QByteArray::fromStdString(lines + lines));
    QVERIFY2(in, qPrintable(in ? QString() : in.error().message));
    QCOMPARE(in->size(), 2);
    QCOMPARE(in->last().start.seed, seed);
    QCOMPARE(in->last().start.time, 1001);
    QCOMPARE(in->last().steps.size(), m_steps.size());
    for (qsizetype i = 0; i < m_steps.size(); ++i) {
        QCOMPARE(in->last().steps[i].reward, m_steps[i].reward);
        QCOMPARE(in->last().texts[i], m_steps[i].action.toByteArray());
    }
}

void TestGemEpisodes::faultyLinesAreNamed()
{
    const QByteArray head
        = R"({"format":"quarry-episode","version":1,"env_id":"game:Sokoban-v0-easy","seed":1})";
    const auto fault = [](const QByteArray &lines) {
        const auto read = importEpisodes(lines);
        return read ? QString() : read.error().message;
    };
    QVERIFY(fault({}).startsWith(u"line 1"_s));
    QVERIFY(fault("nonsense").startsWith(u"line 1"_s));
    QVERIFY(fault(R"({"step":1,"action":"x"})").contains(u"describe"_s));
    QVERIFY(fault(head + "\n\n" + R"({"step":2,"action":"x"})").startsWith(u"line 3: step 1"_s));
    QVERIFY(fault(head + "\n" + R"({"step":1,"action":5})").contains(u"action"_s));
    QVERIFY(fault(QByteArray(head).replace("\"seed\":1", "\"seed\":-1")).contains(u"seed"_s));
    QVERIFY(fault(QByteArray(head).replace("\"seed\":1", "\"seed\":1.5")).contains(u"seed"_s));
    QVERIFY(fault(QByteArray(head).replace("Sokoban", "Sokobun")).contains(u"Sokoban"_s));
    QVERIFY(
        fault(QByteArray(head).replace("\"version\":1", "\"version\":2")).contains(u"version"_s));
}

namespace {

const EnvironmentSpec pythonSpec{u"rg:letter_counting"_s, {{u"size"_s, u"big"_s}}, false, true};

// Two episodes with the package's own words, the second of which failed.
void recordPython(const QString &path)
{
    EpisodeWriter writer(path, pythonSpec);
    for (int episode = 0; episode < 2; ++episode) {
        StartRecord start{1000 + episode,    7, true, episode == 0, "How many \n?",
                          R"({"suffix":""})"};
        QVERIFY(writer.start(start));
        for (int step = 0; step < 3; ++step) {
            StepRecord record{quint32(step), 0.25, false, step == 2, false, "\\boxed{3}"};
            record.whole = true;
            record.microseconds = 1500;
            record.observation = "well \xc3\xa4 \xff"; // not UTF-8 at its end
            record.info = step == 0 ? "no JSON" : R"({"a":[1,2.5]})";
            QVERIFY(writer.step(record));
        }
    }
    QByteArray end;
    appendEnd(end, u"ValueError: oh"_s);
    QVERIFY(writer.append(end));
}

} // namespace

void TestGemEpisodes::whatPythonGaveIsRead()
{
    const QString path = m_folder->filePath(u"python"_s);
    recordPython(path);
    const auto found = scanEpisodes(path, u"p"_s);
    QVERIFY(found);
    QCOMPARE(found->size(), 2);
    const EpisodeInfo &info = found->last();
    QVERIFY(info.spec.python && info.spec.parameters == pythonSpec.parameters);
    QVERIFY(found->first().isSeeded && found->first().seed == 7 && !info.isSeeded);
    QVERIFY(found->first().reason.isEmpty());
    QCOMPARE(info.reason, u"ValueError: oh"_s);
    QCOMPARE(info.steps, 3);
    QVERIFY(info.truncated && !info.terminated && info.reward == 0.75);
    const auto read = readSteps(path, info);
    QVERIFY(read && !read->isTorn && read->reason == info.reason);
    QCOMPARE(read->start.observation.toByteArray(), "How many \n?");
    QCOMPARE(read->steps.size(), 3);
    QCOMPARE(read->steps[1].info.toByteArray(), R"({"a":[1,2.5]})");
    QCOMPARE(read->steps[1].microseconds, 1500u);
    // It is not run again.
    QVERIFY(verify(info, *read).error().code == ErrorCode::Unsupported);
    QVERIFY(!Replay::open(info.spec, 1));
    // Nor read as what it is not.
    QVERIFY(!specOf(R"({"format":1,"env_id":"rg:x","engine":"python"})"));
    QVERIFY(!specOf(R"({"format":2,"env_id":"rg:x","engine":"native"})"));
}

void TestGemEpisodes::python_changedAnywhereNothingIsInvented()
{
    const QString whole = m_folder->filePath(u"python"_s);
    const QString path = m_folder->filePath(u"changed"_s);
    recordPython(whole);
    const QByteArray bytes = bytesOf(whole);
    for (qsizetype at = 0; at < bytes.size(); ++at) {
        QByteArray changed = bytes;
        changed[at] = char(changed[at] ^ 0x41);
        for (const QByteArray &bad : {changed, bytes.first(at)}) {
            write(path, bad);
            const auto found = scanEpisodes(path, u"p"_s);
            qint64 known = 0;
            for (const EpisodeInfo &info : found ? *found : QList<EpisodeInfo>()) {
                known += info.steps + !info.reason.isEmpty();
                QVERIFY(readSteps(path, info));
            }
            QVERIFY2(known < 7, qPrintable(QString::number(at)));
        }
    }
}

// Their sums are right, their sizes lie.
void TestGemEpisodes::python_hostileRecords()
{
    const auto only = [](RecordKind kind, const QByteArray &payload) {
        QByteArray bytes;
        appendRecord(bytes, kind, {payload});
        return bytes;
    };
    for (const QByteArray &size : {QByteArray("\xff\xff\xff\xff"), QByteArray("\x7f\xff\xff\x7f"),
                                   QByteArray("\x05\0\0\0", 4)}) {
        const QByteArray start = only(RecordKind::TextStart, QByteArray(13, '\0') + size + "text");
        QVERIFY(!startOf(*RecordReader(start).next()));
        for (const QByteArray &other : {QByteArray(4, '\0'), size}) {
            const QByteArray step
                = only(RecordKind::TextStep, QByteArray(17, '\0') + size + other + "text");
            QVERIFY(!stepOf(*RecordReader(step).next()));
            const QByteArray turned
                = only(RecordKind::TextStep, QByteArray(17, '\0') + other + size + "text");
            QVERIFY(!stepOf(*RecordReader(turned).next()));
        }
    }
    for (qsizetype length = 0; length < 25; ++length) {
        const QByteArray step = only(RecordKind::TextStep, QByteArray(length, '\0'));
        QVERIFY(!stepOf(*RecordReader(step).next()));
        const QByteArray start = only(RecordKind::TextStart, QByteArray(length, '\0'));
        QCOMPARE(bool(startOf(*RecordReader(start).next())), length >= 17);
    }
    QByteArray endless;
    appendStep(endless, {1, qInf(), false, false, false, "x"});
    QVERIFY(!stepOf(*RecordReader(endless).next()));
}

void TestGemEpisodes::python_linesGoOutAndIn()
{
    const QString path = m_folder->filePath(u"python"_s);
    recordPython(path);
    const EpisodeInfo info = scanEpisodes(path, u"p"_s)->last();
    auto out = EpisodeExport::open(info, std::move(*readSteps(path, info)));
    QVERIFY(out);
    std::string text;
    while (!out->atEnd())
        out->next(text, 1);
    const QByteArray lines = QByteArray::fromStdString(text);
    const auto in = importEpisodes(lines);
    QVERIFY2(in, qPrintable(in ? QString() : in.error().message));
    const ImportedEpisode &episode = in->first();
    QVERIFY(episode.spec.python && !episode.start.seeded && episode.start.whole);
    QCOMPARE(episode.reason, info.reason);
    QCOMPARE(episode.start.observation.toByteArray(), "How many \n?");
    QCOMPARE(episode.steps.size(), 3);
    QCOMPARE(episode.steps[0].observation.toByteArray(), "well \xc3\xa4 \xef\xbf\xbd");
    QCOMPARE(episode.steps[0].info.toByteArray(), "{}");
    QCOMPARE(episode.steps[1].info.toByteArray(), R"({"a":[1,2.5]})");
    QCOMPARE(episode.steps[2].microseconds, 1500u);
    QVERIFY(episode.steps[2].truncated);
    for (const char *missing : {"\"observation\":\"How", "\"observation\":\"well", "\"reward\""}) {
        QByteArray faulty = lines;
        QVERIFY(!importEpisodes(faulty.replace(missing, "\"x\":\"")));
    }
}

QTEST_GUILESS_MAIN(TestGemEpisodes)
#include "tst_gemepisodes.moc"
