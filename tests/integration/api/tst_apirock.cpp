// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// ROCK's sandbox API over a real engine: what the unit tests cannot see.
#include "apibench.h"

#include "support/parts.h"

#include <QJsonArray>
#include <QTest>

using namespace quarry::test;
using namespace Qt::StringLiterals;

namespace {

QJsonObject resultOf(const QJsonObject &envelope)
{
    return envelope.value(u"result"_s).toObject();
}

bool succeeded(const QJsonObject &envelope)
{
    return envelope.value(u"status"_s) == "Success"_L1;
}

struct Part {
    QByteArray head;
    QByteArray body;
};

QByteArray form(const QList<Part> &parts)
{
    QByteArray body;
    for (const Part &part : parts)
        body += "--edge\r\nContent-Disposition: form-data; " + part.head + "\r\n\r\n" + part.body
            + "\r\n";
    return body + "--edge--\r\n";
}

const QByteArray formType = "multipart/form-data; boundary=edge";

} // namespace

class ApiRockTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_bench = std::make_unique<ApiBench>();
        QUARRY_NEEDS(m_bench->problem());
    }
    void cleanupTestCase() { m_bench.reset(); }

    void execute()
    {
        QJsonObject result = resultOf(
            m_bench->rock(u"/execute"_s, {{u"command"_s, u"echo $((1+1)) | cat; exit 3"_s}}));
        QCOMPARE(result.value(u"stdout"_s).toString(), u"2\n"_s);
        QCOMPARE(result.value(u"exit_code"_s).toInt(), 3);
        result = resultOf(m_bench->rock(
            u"/execute"_s,
            {{u"command"_s, QJsonArray{u"printf"_s, u"%s|"_s, u"a b"_s, u"$HOME"_s, u"é"_s}}}));
        QCOMPARE(result.value(u"stdout"_s).toString(), u"a b|$HOME|é|"_s);
        result = resultOf(m_bench->rock(u"/execute"_s,
                                        {{u"command"_s, u"printf 'caf\\351'; pwd; echo $X"_s},
                                         {u"env"_s, QJsonObject{{u"X"_s, u"y"_s}}},
                                         {u"cwd"_s, u"/usr"_s}}));
        QCOMPARE(result.value(u"stdout"_s).toString(), u"caf\\xe9/usr\ny\n"_s);
    }

    void executeTimesOut()
    {
        const QJsonObject envelope = m_bench->rock(
            u"/execute"_s, {{u"command"_s, u"echo early; sleep 60"_s}, {u"timeout"_s, 1}});
        QVERIFY(!succeeded(envelope));
        QCOMPARE(resultOf(envelope).value(u"code"_s).toInt(), 6000);
        QVERIFY(envelope.value(u"error"_s).toString().contains(u"timed out"_s));
        QVERIFY(envelope.value(u"error"_s).toString().contains(u"early"_s));
    }

    void largeOutputIsWhole()
    {
        const QJsonObject result = resultOf(m_bench->rock(
            u"/execute"_s,
            {{u"command"_s, u"head -c 8000000 /dev/zero | tr '\\0' z; echo e >&2"_s}}));
        QCOMPARE(result.value(u"stdout"_s).toString().size(), 8'000'000);
        QCOMPARE(result.value(u"stderr"_s).toString(), u"e\n"_s);
    }

    void sessions()
    {
        QVERIFY(succeeded(m_bench->rock(u"/create_session"_s, {})));
        QCOMPARE(resultOf(m_bench->rock(u"/create_session"_s, {})).value(u"code"_s).toInt(), 4000);
        QVERIFY(
            succeeded(m_bench->rock(u"/run_in_session"_s, {{u"command"_s, u"cd /usr; A=1"_s}})));
        const QJsonObject result
            = resultOf(m_bench->rock(u"/run_in_session"_s, {{u"command"_s, u"pwd; echo $A"_s}}));
        QCOMPARE(result.value(u"output"_s).toString(), u"/usr\n1"_s);
        const QJsonObject failed
            = m_bench->rock(u"/run_in_session"_s, {{u"command"_s, u"echo c; (exit 3)"_s}});
        QVERIFY(!succeeded(failed));
        QVERIFY(failed.value(u"error"_s).toString().contains(u"c"_s));
        QVERIFY(succeeded(m_bench->rock(u"/close_session"_s, {})));
        QVERIFY(!succeeded(m_bench->rock(u"/close_session"_s, {})));
    }

    void uploadPartsInAnyOrder()
    {
        const Part id{"name=\"sandbox_id\"", m_bench->sandboxId().toUtf8()};
        const Part target{"name=\"target_path\"", "./up/loaded.txt"};
        const QByteArray content(3'000'000, 'u');
        const Part file{
            "name=\"file\"; filename=\"x.bin\"\r\nContent-Type: application/octet-stream", content};
        for (const QList<Part> &parts :
             {QList<Part>{id, target, file}, QList<Part>{file, target, id},
              QList<Part>{id, file, target}}) {
            const Answer answer
                = m_bench->call("POST", u"/apis/envs/sandbox/v1/upload"_s, form(parts), formType);
            QVERIFY2(succeeded(answer.object), answer.body.constData());
            QCOMPARE(resultOf(answer.object).value(u"file_name"_s).toString(), u"loaded.txt"_s);
            QCOMPARE(m_bench->shell(u"stat -c %s up/loaded.txt; ls -A up | wc -l; rm -r up"_s),
                     u"3000000\n1\n"_s);
        }
        const Answer missing
            = m_bench->call("POST", u"/apis/envs/sandbox/v1/upload"_s, form({target}), formType);
        QCOMPARE(missing.object.value(u"message"_s).toString(), u"invalid parameter"_s);
        for (const char16_t *name : {u"file", u"sandbox_id"})
            QVERIFY(missing.object.value(u"error"_s).toString().contains(QString::fromUtf16(name)));
        const QByteArray cut = form({id, target, file}).chopped(20);
        QVERIFY(!succeeded(
            m_bench->call("POST", u"/apis/envs/sandbox/v1/upload"_s, cut, formType).object));
        QCOMPARE(m_bench->shell(u"ls -A up 2>/dev/null | wc -l"_s), u"0\n"_s);
    }

    void writeAndRead()
    {
        const QString text = u"line\n\ttab \u0001 é 世界 🚀 \u2028 \"quote\" \\ end"_s;
        QVERIFY(succeeded(m_bench->rock(
            u"/write_file"_s, {{u"content"_s, text}, {u"path"_s, u"/tmp/new/deep/f"_s}})));
        QCOMPARE(resultOf(m_bench->rock(u"/read_file"_s, {{u"path"_s, u"/tmp/new/deep/f"_s}}))
                     .value(u"content"_s)
                     .toString(),
                 text);
        m_bench->shell(u"printf 'caf\\351' > /tmp/latin"_s);
        const auto read = [this](const QString &encoding, const QString &errors) {
            return m_bench->rock(
                u"/read_file"_s,
                {{u"path"_s, u"/tmp/latin"_s}, {u"encoding"_s, encoding}, {u"errors"_s, errors}});
        };
        QCOMPARE(resultOf(read(u"latin-1"_s, u"strict"_s)).value(u"content"_s).toString(),
                 u"café"_s);
        QCOMPARE(resultOf(read(u"utf-8"_s, u"replace"_s)).value(u"content"_s).toString(),
                 u"caf\ufffd"_s);
        QVERIFY(!succeeded(read(u"utf-8"_s, u"strict"_s)));
        QCOMPARE(resultOf(read(u"utf-8"_s, u"strict"_s)).value(u"content"_s).toString(), u""_s);
    }

    void aLateFaultOfALargeFileIsStillAFailure()
    {
        m_bench->shell(
            u"head -c 5000000 /dev/zero | tr '\\0' q > /tmp/big; cp /tmp/big /tmp/bad; printf '\\377' >> /tmp/bad"_s);
        const QJsonObject good = m_bench->rock(u"/read_file"_s, {{u"path"_s, u"/tmp/big"_s}});
        QVERIFY(succeeded(good));
        QCOMPARE(resultOf(good).value(u"content"_s).toString().size(), 5'000'000);
        const QJsonObject bad = m_bench->rock(u"/read_file"_s, {{u"path"_s, u"/tmp/bad"_s}});
        QVERIFY(!succeeded(bad));
        QVERIFY(bad.value(u"error"_s).toString().contains(u"5000000"_s));
        QCOMPARE(resultOf(bad).value(u"content"_s).toString(), u""_s);
        for (const char16_t *path : {u"/nonexistent/file", u"/etc"}) {
            const QJsonObject failed
                = m_bench->rock(u"/read_file"_s, {{u"path"_s, QString::fromUtf16(path)}});
            QVERIFY(!succeeded(failed));
            QVERIFY(failed.value(u"error"_s).toString().contains(QString::fromUtf16(path)));
        }
    }

    void statusAndLists()
    {
        const QString base = u"/apis/envs/sandbox/v1"_s;
        const QJsonObject status = resultOf(
            m_bench->call("GET", base + u"/get_status?sandbox_id="_s + m_bench->sandboxId())
                .object);
        QCOMPARE(status.value(u"state"_s).toString(), u"running"_s);
        QVERIFY(status.value(u"host_name"_s).isString());
        QVERIFY(status.value(u"status"_s).isObject());
        QVERIFY(status.value(u"state_history"_s).toArray().size() >= 2);
        QCOMPARE(
            resultOf(m_bench->call("GET", base + u"/sandboxes"_s).object).value(u"total"_s).toInt(),
            1);
        QVERIFY(!succeeded(m_bench->call("GET", base + u"/sandboxes?page_size=2001"_s).object));
        QCOMPARE(m_bench->call("GET", base + u"/get_token?account=primary"_s)
                     .object.value(u"status"_s)
                     .toString(),
                 u"Success"_s);
        QVERIFY(
            !succeeded(m_bench->call("GET", base + u"/get_status?sandbox_id=no-such"_s).object));
    }

private:
    std::unique_ptr<ApiBench> m_bench;
};

QTEST_GUILESS_MAIN(ApiRockTest)
#include "tst_apirock.moc"
