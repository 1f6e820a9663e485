// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The generators against what CPython and NumPy give (tests/data/gem/rng).
#include "gem/random/numpyrandom.h"
#include "gem/random/pythonrandom.h"
#include "gem/random/samplerandom.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <numeric>
#include <optional>

using namespace quarry::gem;

namespace {

// A seed of the files as the interface takes it: the absolute value, as Python does; nothing where
// it has more than 64 bits.
std::optional<std::uint64_t> seedOf(const QString &text)
{
    bool fits = false;
    const std::uint64_t seed = (text.startsWith(u'-') ? text.mid(1) : text).toULongLong(&fits);
    return fits ? std::optional(seed) : std::nullopt;
}

QJsonValue decimal(std::uint64_t number)
{
    return QString::number(number);
}

QJsonArray repeated(int times, const std::function<QJsonValue()> &draw)
{
    QJsonArray out;
    for (int i = 0; i < times; ++i)
        out += draw();
    return out;
}

QJsonArray listOf(const std::vector<std::size_t> &numbers)
{
    QJsonArray out;
    for (const std::size_t number : numbers)
        out += qint64(number);
    return out;
}

QJsonArray shuffled(PythonRandom &random, std::size_t length)
{
    std::vector<std::size_t> list(length);
    std::iota(list.begin(), list.end(), std::size_t(0));
    random.shuffle(std::span(list));
    return listOf(list);
}

QJsonArray choices(PythonRandom &random, std::size_t length, int count)
{
    return repeated(count, [&] { return qint64(random.choicesIndex(length)); });
}

QJsonArray pythonMixture(PythonRandom &random)
{
    QJsonArray out;
    out += qint64(random.between(1, 10));
    out += random.real();
    out += listOf(random.sample(8, 4));
    out += qint64(random.below(3));
    out += decimal(random.bits(40));
    out += shuffled(random, 9);
    out += random.real();
    out += choices(random, 5, 2);
    out += qint64(random.below(1));
    out += qint64(random.between(0, 7));
    return out;
}

// What CALL gives; nothing for one that the interface does not have.
std::optional<QJsonArray> pythonCall(PythonRandom &random, const QString &call,
                                     const QJsonArray &args)
{
    const auto number = [&args](int i) { return args.at(i).toInteger(); };
    if (call == u"random")
        return repeated(6, [&] { return random.real(); });
    if (call == u"getrandbits") {
        if (number(0) > 64)
            return {};
        return repeated(4, [&] { return decimal(random.bits(int(number(0)))); });
    }
    if (call == u"choice")
        return repeated(8, [&] { return qint64(random.below(std::uint64_t(number(0)))); });
    if (call == u"randint")
        return repeated(8, [&] { return qint64(random.between(number(0), number(1))); });
    if (call == u"sample")
        return repeated(2, [&] { return listOf(random.sample(number(0), number(1))); });
    if (call == u"shuffle")
        return repeated(2, [&] { return shuffled(random, number(0)); });
    if (call == u"choices")
        return choices(random, number(0), int(number(1)));
    if (call == u"mixed")
        return pythonMixture(random);
    if (call == u"far") {
        for (qint64 i = 3; i < number(0); ++i)
            random.real();
        return repeated(3, [&] { return random.real(); });
    }
    return {};
}

std::optional<QJsonArray> numpyCall(NumpyRandom &random, const QString &call,
                                    const QJsonArray &args)
{
    const auto integer = [&random](std::uint64_t n) { return qint64(random.integers(n)); };
    if (call == u"random")
        return repeated(6, [&] { return random.real(); });
    if (call == u"integers")
        return repeated(9, [&] { return integer(std::uint64_t(args.at(0).toInteger())); });
    QJsonArray out;
    if (call == u"mixed") {
        for (const QJsonValue &step : args) {
            const QStringList words = step.toString().split(u' ');
            out += words.at(0) == u"random" ? QJsonValue(random.real())
                                            : QJsonValue(integer(words.at(1).toULongLong()));
        }
        return out;
    }
    if (call == u"countdown") {
        for (std::uint64_t n = 30; n > 1; --n)
            out += integer(n);
        return out;
    }
    return {};
}

// Runs every line of FILE; says how many were compared.
template <typename Random, typename Call>
int compareFile(const QString &file, Call call)
{
    QFile lines(QStringLiteral(QUARRY_SOURCE_DIR "/tests/data/gem/rng/") + file);
    if (!lines.open(QIODevice::ReadOnly))
        return -1;
    int compared = 0;
    while (!lines.atEnd()) {
        const QByteArray text = lines.readLine();
        const QJsonObject line = QJsonDocument::fromJson(text).object();
        const auto seed = seedOf(line.value(u"seed").toString());
        if (!seed)
            continue;
        Random random(*seed);
        const auto out
            = call(random, line.value(u"call").toString(), line.value(u"args").toArray());
        if (!out)
            continue;
        ++compared;
        if (*out != line.value(u"out").toArray()) {
            qWarning() << text << *out;
            return -1;
        }
    }
    return compared;
}

} // namespace

class TestGemRandom : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void pythonGivesWhatPythonGives()
    {
        QCOMPARE(compareFile<PythonRandom>(QStringLiteral("python_random.jsonl"), pythonCall), 627);
    }
    void numpyGivesWhatNumpyGives()
    {
        QCOMPARE(compareFile<NumpyRandom>(QStringLiteral("numpy_default_rng.jsonl"), numpyCall),
                 207);
    }
    void seedingLeavesNoTrace();
    void seedsAtOnceAsOneByOne();
    void copiesGoOnAlike();
    void sampledNumbersAreEven();
    void seeding();
};

void TestGemRandom::seedingLeavesNoTrace()
{
    PythonRandom used(7);
    for (int i = 0; i < 1000; ++i)
        used.word();
    used.seed(8);
    PythonRandom fresh(8);
    for (int i = 0; i < 1300; ++i)
        QCOMPARE(used.word(), fresh.word());
}

void TestGemRandom::seedsAtOnceAsOneByOne()
{
    for (const std::size_t count : {0, 1, 15, 16, 17, 40}) {
        std::vector<PythonRandom> randoms(count);
        std::vector<PythonRandom *> all;
        std::vector<std::uint32_t> seeds;
        for (PythonRandom &each : randoms) {
            each.word();
            seeds.push_back(std::uint32_t(all.size()) * 0x9E3779B1U - 1); // the greatest first
            all.push_back(&each);
        }
        PythonRandom::seedAll(all, seeds);
        for (std::size_t i = 0; i < count; ++i) {
            PythonRandom one(seeds[i]);
            for (int word = 0; word < 1300; ++word)
                QCOMPARE(randoms[i].word(), one.word());
        }
    }
}

void TestGemRandom::copiesGoOnAlike()
{
    PythonRandom python(3);
    NumpyRandom numpy(3);
    for (int i = 0; i < 333; ++i) {
        python.word();
        numpy.integers(10);
    }
    PythonRandom python2 = python;
    NumpyRandom numpy2 = numpy;
    for (int i = 0; i < 1300; ++i) {
        QCOMPARE(python.word(), python2.word());
        QCOMPARE(numpy.integers(10), numpy2.integers(10));
    }
}

void TestGemRandom::sampledNumbersAreEven()
{
    SampleRandom random(1);
    std::array<int, 7> seen{};
    for (int i = 0; i < 70000; ++i)
        ++seen[random.below(seen.size())];
    for (const int count : seen)
        QVERIFY(count > 9500 && count < 10500);
}

void TestGemRandom::seeding()
{
    PythonRandom random;
    std::uint64_t seed = 0;
    QBENCHMARK
    {
        random.seed(++seed);
    }
}

QTEST_APPLESS_MAIN(TestGemRandom)
#include "tst_gemrandom.moc"
