// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The bridge's protocol with a real python3 and agent, over a package that misbehaves.
#include "../sessions/sessionbench.h"
#include "gem/python/bridge.h"
#include "support/parts.h"

#include <QDir>
#include <QJsonArray>
#include <QTest>

namespace quarry::gem {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// A step does what its action says.
constexpr auto registrationSource = R"(
import math, os, random, sys, time
class Env:
    def __init__(self, length=1):
        self.length = length
    def reset(self, seed=None):
        if seed is not None:
            random.seed(seed)
        return {"drawn": random.random()}, {"seed": seed, "length": self.length}
    def step(self, action):
        return eval(action)
    def sample_random_action(self):
        return {1: "left", 2: "\\boxed{[5 2 Y]}", 3: "\\boxed{up}"}[self.length]
ENV_REGISTRY = {"fake:one": Env}
def crash(): os.kill(os.getpid(), 11)
def deep(n=0): return deep(n + 1) + 1
def shout(text):
    print(text); sys.stdout.flush(); os.system("echo from a child")
    return 1.0
def flood(size):
    for _ in range(size >> 16): sys.stderr.write("x" * 65535 + "\n")
    return 2.0
def read(): return len(sys.stdin.read())
def answer(line):
    sys.modules["__main__"].answers.write(line); sys.modules["__main__"].answers.flush()
class Scalar:
    dtype = "float64"; shape = ()
    def item(self): return 0.25
class Ugly:
    def __repr__(self): raise RuntimeError("no")
    __str__ = __repr__
)";
constexpr auto packageSource = R"(
from gem.envs.registration import *
__version__ = "7.5"
def make(id, **parameters): return ENV_REGISTRY[id](**parameters)
)";

} // namespace

class TestGemBridge : public QObject
{
    Q_OBJECT
private:
    void open()
    {
        m_bridge = std::make_unique<Bridge>(
            &m_bench->client(), u"python3"_s,
            QList<QByteArray>{"PYTHONPATH=" + m_bench->path(u"."_s).toUtf8()});
    }

    Result<QJsonObject> call(const QJsonObject &request, std::chrono::milliseconds deadline = 30s)
    {
        std::optional<Result<QJsonObject>> answer;
        m_bridge->call(request, deadline,
                       [&](Result<QJsonObject> given) { answer = std::move(given); });
        if (!QTest::qWaitFor([&] { return answer.has_value(); }, 60'000))
            qFatal("a call never answered");
        return *answer;
    }
    Result<QJsonObject> make(const QJsonObject &parameters = {})
    {
        return call(
            {{u"call"_s, u"make"_s}, {u"id"_s, u"fake:one"_s}, {u"parameters"_s, parameters}});
    }
    Result<QJsonObject> step(const QString &action, std::chrono::milliseconds deadline = 30s)
    {
        return call({{u"call"_s, u"step"_s}, {u"action"_s, action}}, deadline);
    }
    double reset(int seed)
    {
        const auto answer = call({{u"call"_s, u"reset"_s}, {u"seed"_s, seed}});
        return answer
            ? answer->value("observation"_L1).toString().section(u' ', 1).chopped(1).toDouble()
            : -1;
    }
    // An ordinary step works.
    bool isAlive()
    {
        const auto answer = step(u"('o', 0.5, False, True, {})"_s);
        return answer && answer->value("reward"_L1) == 0.5
            && answer->value("truncated"_L1).toBool();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QUARRY_NEEDS(test::missingProgram(u"python3"_s));
        m_bench = std::make_unique<test::AgentBench>();
        QVERIFY(m_bench->ready());
        QVERIFY(QDir(m_bench->path(u"."_s)).mkpath(u"gem/envs"_s));
        m_bench->write(u"gem/__init__.py"_s, packageSource);
        m_bench->write(u"gem/envs/registration.py"_s, registrationSource);
    }
    void init()
    {
        open();
        QVERIFY(make());
    }
    void cleanup() { m_bridge.reset(); }
    void cleanupTestCase() { m_bench.reset(); }

    void makes()
    {
        const auto made = make({{u"length"_s, 7}});
        QCOMPARE(made->value("version"_L1).toString(), u"7.5"_s);
        const auto answer = call({{u"call"_s, u"reset"_s}, {u"seed"_s, 4294967295.0}});
        QCOMPARE(answer->value("info"_L1).toObject().value("length"_L1).toInt(), 7);
        QCOMPARE(answer->value("info"_L1).toObject().value("seed"_L1).toDouble(), 4294967295.0);
        const auto unknown = call(
            {{u"call"_s, u"make"_s}, {u"id"_s, u"no:one"_s}, {u"parameters"_s, QJsonObject()}});
        QCOMPARE(unknown.error().details.value("exception"_L1).toString(), u"UnknownEnvironment"_s);
        QVERIFY(isAlive());
    }

    void samplesBoxedAndApart()
    {
        const QString wanted[] = {u"\\boxed{left}"_s, u"\\boxed{5 2 Y}"_s, u"\\boxed{up}"_s};
        for (int length = 1; length <= 3; ++length) {
            QVERIFY(make({{u"length"_s, length}}));
            QCOMPARE(call({{u"call"_s, u"sample"_s}})->value("action"_L1).toString(),
                     wanted[length - 1]);
        }
        reset(5);
        const auto untouched = step(u"(random.random(), 0, 0, 0, {})"_s);
        reset(5);
        QVERIFY(call({{u"call"_s, u"sample"_s}}));
        QCOMPARE(*step(u"(random.random(), 0, 0, 0, {})"_s), *untouched);
    }

    void exceptionsLeaveItAlive_data()
    {
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("exception");
        QTest::newRow("raise") << u"1 / 0"_s << u"ZeroDivisionError"_s;
        QTest::newRow("exit") << u"sys.exit(3)"_s << u"SystemExit"_s;
        QTest::newRow("recursion") << u"deep()"_s << u"RecursionError"_s;
        QTest::newRow("shape") << u"('o', 1)"_s << u"ValueError"_s;
        QTest::newRow("nan") << u"('o', math.nan, 0, 0, {})"_s << u"UnusableAnswer"_s;
        QTest::newRow("infinite") << u"('o', -math.inf, 0, 0, {})"_s << u"UnusableAnswer"_s;
        QTest::newRow("no number") << u"('o', [], 0, 0, {})"_s << u"UnusableAnswer"_s;
        QTest::newRow("huge") << u"('o' * 100_000_000, 1, 0, 0, {})"_s << u"UnusableAnswer"_s;
        QTest::newRow("syntax") << u"\u2028("_s << u"*"_s;
    }
    void exceptionsLeaveItAlive()
    {
        QFETCH(QString, action);
        QFETCH(QString, exception);
        const auto answer = step(action);
        QVERIFY(!answer);
        QCOMPARE(int(answer.error().code), int(ErrorCode::CommandFailed));
        if (exception != "*"_L1)
            QCOMPARE(answer.error().details.value("exception"_L1).toString(), exception);
        QVERIFY(isAlive());
    }

    void valuesOfAnyKind()
    {
        const auto answer = step(
            u"(['o'], Scalar(), 1, None, {'a': Scalar(), 'b': Ugly(), 'c': {1, }, 3: math.nan, "
            "'d': 1 << 70, 'e': (1, 'x'), 'f': True})"_s);
        QVERIFY2(answer, qPrintable(answer.ok() ? QString() : answer.error().message));
        QCOMPARE(answer->value("observation"_L1).toString(), u"['o']"_s);
        QCOMPARE(answer->value("reward"_L1).toDouble(), 0.25);
        QCOMPARE(answer->value("terminated"_L1), QJsonValue(true));
        QCOMPARE(answer->value("truncated"_L1), QJsonValue(false));
        const QJsonObject info = answer->value("info"_L1).toObject();
        QCOMPARE(info.value("a"_L1).toDouble(), 0.25);
        QVERIFY(info.value("b"_L1).toString().contains(u"without a text"_s));
        QCOMPARE(info.value("c"_L1).toString(), u"{1}"_s);
        QCOMPARE(info.value("3"_L1).toString(), u"nan"_s);
        QCOMPARE(info.value("d"_L1).toString(), u"1180591620717411303424"_s);
        QCOMPARE(info.value("e"_L1).toArray(), (QJsonArray{1, u"x"_s}));
        QCOMPARE(info.value("f"_L1), QJsonValue(true));
    }

    void printsAndReadsDoNotDisturb()
    {
        QCOMPARE(step(u"('o', shout('{\"ok\": 1}\\n' * 1000), 0, 0, {})"_s)
                     ->value("reward"_L1)
                     .toDouble(),
                 1.0);
        QCOMPARE(step(u"('o', flood(50 << 20), 0, 0, {})"_s)->value("reward"_L1).toDouble(), 2.0);
        QCOMPARE(step(u"('o', read(), 0, 0, {})"_s)->value("reward"_L1).toDouble(), 0.0);
    }

    void longActionsArrive()
    {
        const QString ten(10 << 20, u'#');
        const auto answer = step(u"('o', 3, 0, 0, {}) "_s + ten);
        QCOMPARE(answer->value("reward"_L1).toDouble(), 3.0);
    }

    void endsAreTold_data()
    {
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("code");
        QTest::newRow("crash") << u"crash()"_s << u"signal 11"_s << int(ErrorCode::ConnectionLost);
        QTest::newRow("exit") << u"[sys.stderr.write('last sigh\\n'), os._exit(9)]"_s << u"code 9"_s
                              << int(ErrorCode::ConnectionLost);
        QTest::newRow("hang") << u"time.sleep(600)"_s << u"0.5 s"_s << int(ErrorCode::Timeout);
        QTest::newRow("garbage") << u"answer(b'[]\\n')"_s << u"no answer"_s
                                 << int(ErrorCode::ConnectionLost);
        QTest::newRow("endless") << u"[answer(b'x' * (1 << 20)) for _ in range(200)]"_s
                                 << u"longer"_s << int(ErrorCode::LimitExceeded);
    }
    void endsAreTold()
    {
        QFETCH(QString, action);
        QFETCH(QString, words);
        QFETCH(int, code);
        Bridge *first = m_bridge.get();
        int told = 0;
        connect(first, &Bridge::ended, this, [&] { ++told; });
        const auto answer = step(action, action.contains(u"sleep"_s) ? 500ms : 20s);
        QVERIFY(!answer);
        QCOMPARE(int(answer.error().code), code);
        QVERIFY2(answer.error().message.contains(words), qPrintable(answer.error().message));
        QVERIFY(!answer.error().message.contains(u"sigh"_s) || words == "code 9"_L1);
        QVERIFY(first->isOver());
        QCOMPARE(told, 1);
        QCOMPARE(int(step(u"0"_s).error().code), code); // and stays so
        open();
        QVERIFY(make()); // another one is not harmed
    }

    void waitingCallsAreAnsweredInOrder()
    {
        QList<int> order;
        for (int n = 0; n < 50; ++n)
            m_bridge->call({{u"call"_s, u"step"_s}, {u"action"_s, u"('o', %1, 0, 0, {})"_s.arg(n)}},
                           10s, [&](const Result<QJsonObject> &given) {
                               order.append(given ? given->value("reward"_L1).toInt() : -1);
                           });
        QTRY_COMPARE(order.size(), 50);
        QVERIFY(std::is_sorted(order.begin(), order.end()) && order.first() == 0);
        int cancelled = 0;
        for (int n = 0; n < 3; ++n)
            m_bridge->call({{u"call"_s, u"step"_s}, {u"action"_s, u"time.sleep(60)"_s}}, 60s,
                           [&](const Result<QJsonObject> &given) {
                               cancelled += !given && given.error().code == ErrorCode::Cancelled;
                           });
        m_bridge.reset();
        QCOMPARE(cancelled, 3);
    }

    void noInterpreter()
    {
        m_bridge
            = std::make_unique<Bridge>(&m_bench->client(), u"/no/python"_s, QList<QByteArray>());
        QCOMPARE(int(make().error().code), int(ErrorCode::ConnectionLost));
    }

private:
    std::unique_ptr<test::AgentBench> m_bench;
    std::unique_ptr<Bridge> m_bridge;
};

} // namespace quarry::gem

QTEST_GUILESS_MAIN(quarry::gem::TestGemBridge)
#include "tst_gembridge.moc"
