// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The shapes that the SDK reads.
#include "api/rock/envelope.h"

#include <QJsonDocument>
#include <QTest>

using namespace quarry;
using namespace quarry::api::rock;
using namespace Qt::StringLiterals;

class EnvelopeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void success()
    {
        const QJsonObject whole = QJsonDocument::fromJson(successText("{\"a\":1}")).object();
        QCOMPARE(whole.value(u"status"_s).toString(), u"Success"_s);
        QVERIFY(whole.value(u"message"_s).isNull() && whole.value(u"error"_s).isNull());
        QCOMPARE(whole.value(u"result"_s).toObject().value(u"a"_s).toInt(), 1);
        QVERIFY(QJsonDocument::fromJson(successText("null")).object().value(u"result"_s).isNull());
    }

    void failure()
    {
        const QJsonObject whole
            = QJsonDocument::fromJson(failureText(Code::BadRequest, u"a \"quoted\"\nfault"_s,
                                                  u"invalid parameter"_s, {{u"content"_s, u""_s}}))
                  .object();
        QCOMPARE(whole.value(u"status"_s).toString(), u"Failed"_s);
        QCOMPARE(whole.value(u"message"_s).toString(), u"invalid parameter"_s);
        QCOMPARE(whole.value(u"error"_s).toString(), u"a \"quoted\"\nfault"_s);
        const QJsonObject result = whole.value(u"result"_s).toObject();
        QCOMPARE(result.value(u"code"_s).toInt(), 4000);
        QVERIFY(result.contains(u"exit_code"_s) && result.value(u"exit_code"_s).isNull());
        QCOMPARE(result.value(u"failure_reason"_s).toString(), u"a \"quoted\"\nfault"_s);
        QCOMPARE(result.value(u"content"_s).toString(), u""_s);
    }

    void codes()
    {
        QVERIFY(codeOf(ErrorCode::NotFound) == Code::BadRequest);
        QVERIFY(codeOf(ErrorCode::WrongState) == Code::BadRequest);
        QVERIFY(codeOf(ErrorCode::NoSpace) == Code::Server);
        QVERIFY(codeOf(ErrorCode::CommandFailed) == Code::Command);
    }

    void anAnswerOfATimeoutLeavesTime()
    {
        for (const double limit : {0.5, 1.0, 2.0, 30.0, 3600.0}) {
            QVERIFY(shortened(limit) < limit);
            QVERIFY(shortened(limit) > limit * 0.8);
        }
    }
};

QTEST_APPLESS_MAIN(EnvelopeTest)
#include "envelopetest.moc"
