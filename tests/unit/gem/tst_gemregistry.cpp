// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/games/registry.h"
#include "vectorrun.h"

#include <QJsonDocument>
#include <QSet>
#include <QTest>

using namespace quarry::gem;

namespace {

using Values = std::vector<ParameterValue>;

std::unique_ptr<Environment> make(std::string_view id, const Values &values, std::string &error)
{
    const EnvironmentKind *kind = environmentKind(id);
    return kind == nullptr ? nullptr : makeEnvironment(*kind, values, FifteenReset::Commit, error);
}

QString stateOf(const Environment &environment)
{
    std::string out;
    environment.appendBoard(out);
    environment.appendHidden(out);
    environment.appendParameters(out);
    environment.appendObservation(out);
    environment.appendSuffix(out);
    return QString::fromStdString(out);
}

QJsonObject parametersOf(const Environment &environment)
{
    return QJsonDocument::fromJson(
               QByteArray::fromStdString(textOf(environment, &Environment::appendParameters)))
        .object();
}

std::vector<std::string> nativeIds()
{
    std::vector<std::string> ids;
    for (const EnvironmentKind &kind : environmentKinds())
        ids.push_back(kind.id);
    return ids;
}

} // namespace

class TestGemRegistry : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyIdOfGem();
    void kindsAreWhole();
    void plays_data();
    void plays();
    void seedsDecide_data();
    void seedsDecide();
    void manyAtOnceAsOneByOne();
    void parametersAreTaken();
    void boundsAreNamed_data();
    void boundsAreNamed();
    void extremesPlay_data();
    void extremesPlay();
    void nearest_data();
    void nearest();
};

void TestGemRegistry::everyIdOfGem()
{
    std::vector<std::string> ids = nativeIds();
    QVERIFY(std::is_sorted(ids.begin(), ids.end()));
    QCOMPARE(ids.size(), std::size_t(37));
    for (const char *game :
         {"GuessTheNumber", "Mastermind", "Minesweeper", "Wordle", "FifteenPuzzle", "Hangman",
          "Sudoku", "TowerofHanoi", "Game2048", "Sokoban", "Crosswords", "WordSearch"}) {
        for (const char *variant : {"easy", "hard", "random"})
            QVERIFY(environmentKind("game:" + std::string(game) + "-v0-" + variant) != nullptr);
    }
    QVERIFY(environmentKind("game:Game2048-v0-extreme-hard") != nullptr);
    for (const char *id :
         {"", "game:", "game:WikiGame-v0-easy", "game:sokoban-v0-easy", "rg:arc_1d", "zzz"})
        QVERIFY(environmentKind(id) == nullptr);
}

void TestGemRegistry::kindsAreWhole()
{
    for (const EnvironmentKind &kind : environmentKinds()) {
        QVERIFY(kind.id.starts_with("game:" + kind.game + "-v0-") && kind.text.size() > 20);
        QCOMPARE(kind.drawn, kind.id.ends_with("-random"));
        QCOMPARE(kind.parameters.empty(), kind.drawn);
        std::string error;
        const auto environment = makeEnvironment(kind, {}, FifteenReset::Commit, error);
        QVERIFY2(environment != nullptr, error.c_str());
        environment->reset(0);
        const QJsonObject shown = parametersOf(*environment);
        for (const Parameter &parameter : kind.parameters) {
            QVERIFY(parameter.least <= parameter.value && parameter.value <= parameter.most);
            const QJsonValue value
                = shown.value(QLatin1String(parameter.name.data(), int(parameter.name.size())));
            QVERIFY2(!value.isUndefined(), kind.id.c_str());
            QCOMPARE(value.isBool() ? int(value.toBool()) : value.toInt(), parameter.value);
        }
    }
}

void TestGemRegistry::plays_data()
{
    QTest::addColumn<QString>("id");
    for (const EnvironmentKind &kind : environmentKinds())
        QTest::newRow(kind.id.c_str()) << QString::fromStdString(kind.id);
}

void TestGemRegistry::plays()
{
    QFETCH(const QString, id);
    std::string error;
    const auto environment = make(id.toStdString(), {}, error);
    const std::uint32_t seeds = id.contains(u"Sokoban") ? 20 : 200;
    for (std::uint32_t seed = 0; seed <= seeds; ++seed) {
        environment->reset(seed);
        QCOMPARE(environment->turn(), 0);
        SampleRandom random(seed);
        std::string action;
        for (int i = 0; i < 200 && environment->appendLegalAction(random, action);
             ++i, action.clear()) {
            const auto copy = i % 7 == 0 ? environment->clone() : nullptr;
            const StepResult result = environment->step(action);
            QVERIFY2(result.reward >= 0 && result.reward <= 1, action.c_str());
            QCOMPARE(environment->isOver(), result.terminated);
            QVERIFY(result.terminated || environment->turn() < environment->maxTurns());
            if (copy != nullptr) {
                const StepResult other = copy->step(action);
                QVERIFY(other.reward == result.reward && other.terminated == result.terminated
                        && other.truncated == result.truncated);
                QCOMPARE(stateOf(*copy), stateOf(*environment));
            }
        }
        QVERIFY(environment->isOver() || environment->turn() == 200);
        QCOMPARE(environment->legalActions(1).empty(), environment->isOver());
        QVERIFY(environment->legalActions(0).empty());
    }
}

void TestGemRegistry::seedsDecide_data()
{
    plays_data();
}

void TestGemRegistry::seedsDecide()
{
    QFETCH(const QString, id);
    std::string error;
    const auto first = make(id.toStdString(), {}, error);
    const auto second = make(id.toStdString(), {}, error);
    QSet<QString> starts;
    for (std::uint32_t seed = 0; seed < 12; ++seed) {
        first->reset(seed);
        const std::string action = first->legalActions(1).front();
        first->step(action);
        first->step("no action");
        first->reset(seed); // what was before leaves no trace
        second->reset(seed);
        QCOMPARE(stateOf(*second), stateOf(*first));
        starts.insert(stateOf(*first));
    }
    QVERIFY(starts.size() > 1 || id.contains(u"Hanoi"));
}

void TestGemRegistry::manyAtOnceAsOneByOne()
{
    // Sokoban's rooms are searched for, which takes its time.
    std::vector<std::unique_ptr<Environment>> environments;
    std::vector<Environment *> all;
    std::vector<std::uint32_t> seeds;
    std::vector<std::string> ids;
    std::string error;
    for (const EnvironmentKind &kind : environmentKinds()) {
        if (kind.id == "game:Sokoban-v0-hard")
            continue;
        ids.push_back(kind.id);
        environments.push_back(make(kind.id, {}, error));
        all.push_back(environments.back().get());
        all.back()->reset(1);
        all.back()->step("no action");
        seeds.push_back(std::uint32_t(seeds.size()) * 77);
    }
    Environment::resetAll(all, seeds);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto one = make(ids[i], {}, error);
        one->reset(seeds[i]);
        QCOMPARE(stateOf(*all[i]), stateOf(*one));
    }
}

void TestGemRegistry::parametersAreTaken()
{
    std::string error;
    const auto number
        = make("game:GuessTheNumber-v0-easy", {{"max", 700}, {"max_turns", 2}}, error);
    QVERIFY2(number != nullptr, error.c_str());
    number->reset(0);
    QCOMPARE(textOf(*number, &Environment::appendParameters),
             "{\"min\":1,\"max\":700,\"max_turns\":2}");
    const auto code = make("game:Mastermind-v0-hard", {{"duplicates", 1}, {"numbers", 3}}, error);
    QVERIFY2(code != nullptr, error.c_str());
    code->reset(0);
    QCOMPARE(textOf(*code, &Environment::appendParameters),
             "{\"length\":4,\"numbers\":3,\"duplicates\":true,\"max_turns\":30}");
}

void TestGemRegistry::boundsAreNamed_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("value");
    QTest::addColumn<QString>("error");
    const auto row = [](const char *id, const char *name, int value, const char *error) {
        QTest::addRow("%s %s %d", id, name, value)
            << QString::fromLatin1(id) << QByteArray(name) << value << QString::fromLatin1(error);
    };
    row("game:GuessTheNumber-v0-easy", "max", 1001, "\"max\" is 1001, but has to be 1 to 1000");
    row("game:GuessTheNumber-v0-easy", "min", 10, "\"min\" has to be below \"max\"");
    row("game:GuessTheNumber-v0-easy", "size", 10,
        "game:GuessTheNumber-v0-easy has no parameter \"size\"; it has min, max, max_turns");
    row("game:GuessTheNumber-v0-easy", "", 10,
        "game:GuessTheNumber-v0-easy has no parameter \"\"; it has min, max, max_turns");
    row("game:Sudoku-v0-random", "scale", 4,
        "game:Sudoku-v0-random has no parameter \"scale\": the seed decides");
    row("game:Mastermind-v0-easy", "length", 7,
        "\"length\" must not exceed \"numbers\" without \"duplicates\"");
    row("game:Minesweeper-v0-easy", "mines", 17,
        "\"mines\" have to fit outside the 3 by 3 cells round the first reveal");
    row("game:Minesweeper-v0-easy", "rows", 1000000000,
        "\"rows\" is 1000000000, but has to be 2 to 30");
    row("game:Sudoku-v0-easy", "scale", 5, "\"scale\" has to be 4 or 9");
    row("game:Sudoku-v0-easy", "clues", 17, "\"clues\" must not exceed the number of cells");
    row("game:Game2048-v0-easy", "target", 100, "\"target\" has to be a power of two");
    row("game:TowerofHanoi-v0-easy", "disks", -2147483647,
        "\"disks\" is -2147483647, but has to be 1 to 16");
}

void TestGemRegistry::boundsAreNamed()
{
    QFETCH(const QString, id);
    QFETCH(const QByteArray, name);
    QFETCH(const int, value);
    QFETCH(const QString, error);
    std::string said;
    QVERIFY(make(id.toStdString(), {{std::string_view(name), value}}, said) == nullptr);
    QCOMPARE(QString::fromStdString(said), error);
}

void TestGemRegistry::extremesPlay_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<int>("parameter");
    QTest::addColumn<int>("value");
    for (const EnvironmentKind &kind : environmentKinds()) {
        for (std::size_t i = 0; i < kind.parameters.size(); ++i) {
            for (const int value : {kind.parameters[i].least, kind.parameters[i].most})
                QTest::addRow("%s %s %d", kind.id.c_str(), kind.parameters[i].name.data(), value)
                    << QString::fromStdString(kind.id) << int(i) << value;
        }
    }
}

void TestGemRegistry::extremesPlay()
{
    QFETCH(const QString, id);
    QFETCH(const int, parameter);
    QFETCH(const int, value);
    const EnvironmentKind *kind = environmentKind(id.toStdString());
    std::string error;
    const auto environment
        = make(kind->id, {{kind->parameters[std::size_t(parameter)].name, value}}, error);
    QCOMPARE(environment == nullptr, !error.empty());
    for (std::uint32_t seed = 0; environment != nullptr && seed < 3; ++seed) {
        environment->reset(seed);
        SampleRandom random(seed);
        std::string action;
        for (int i = 0; i < 50 && environment->appendLegalAction(random, action);
             ++i, action.clear()) {
            QVERIFY(environment->step(action).reward >= 0);
            QVERIFY(!stateOf(*environment).isEmpty());
        }
        QVERIFY(environment->legalActions(5000).size() <= 5000);
    }
}

void TestGemRegistry::nearest_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("nearest");
    QTest::newRow("case") << "game:sokoban-v0-hard" << "game:Sokoban-v0-hard";
    QTest::newRow("letter") << "game:Soduku-v0-easy" << "game:Sudoku-v0-easy";
    QTest::newRow("name alone") << "wordle" << "game:Wordle-v0-easy";
    QTest::newRow("no prefix") << "Minesweeper-v0-random" << "game:Minesweeper-v0-random";
    QTest::newRow("no variant") << "game:Game2048-v0-extreme" << "game:Game2048-v0-extreme-hard";
}

void TestGemRegistry::nearest()
{
    QFETCH(const QString, id);
    QFETCH(const QString, nearest);
    const std::vector<std::string> ids = nativeIds();
    const auto found = nearestIds(id.toStdString(), ids, 3);
    QCOMPARE(found.size(), std::size_t(3));
    QCOMPARE(QString::fromStdString(found[0]), nearest);
    QCOMPARE(nearestIds(std::string(10'000'000, 'x'), ids, 100).size(), ids.size());
    QVERIFY(nearestIds("", {}, 3).empty());
}

QTEST_GUILESS_MAIN(TestGemRegistry)
#include "tst_gemregistry.moc"
