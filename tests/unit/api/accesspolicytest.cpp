// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a configuration lets in, and the token's file.
#include "api/auth/accesspolicy.h"
#include "api/auth/brake.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace quarry;
using namespace quarry::api;
using namespace Qt::StringLiterals;

namespace {

void put(const QString &path, const QByteArray &text, mode_t mode)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    QCOMPARE(::chmod(QFile::encodeName(path).constData(), mode), 0);
}

} // namespace

class AccessPolicyTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aTokenIsMadeOnce()
    {
        const QTemporaryDir folder;
        AccessSettings settings;
        settings.dataFolder = folder.path() + u"/data"_s;
        const Result<AccessPolicy> first = accessPolicy(settings);
        QVERIFY(first.ok());
        QCOMPARE(first->token.size(), 64);
        struct stat about = {};
        QCOMPARE(::stat(QFile::encodeName(first->tokenFile).constData(), &about), 0);
        QCOMPARE(about.st_mode & 07777, mode_t(0600));
        QCOMPARE(::stat(QFile::encodeName(settings.dataFolder).constData(), &about), 0);
        QCOMPARE(about.st_mode & 07777, mode_t(0700));
        QCOMPARE(accessPolicy(settings)->token, first->token);
    }

    void looseTokenFilesAreRefused()
    {
        const QTemporaryDir folder;
        AccessSettings settings;
        settings.dataFolder = folder.path();
        settings.tokenFile = folder.path() + u"/t"_s;
        const QByteArray good(40, 'k');
        const struct {
            QByteArray text;
            mode_t mode;
            bool taken;
        } cases[] = {{good, 0644, false},
                     {good, 0640, false},
                     {good, 0620, false},
                     {"", 0600, false},
                     {"\n", 0600, false},
                     {"abc", 0600, false},
                     {QByteArray(31, 'k'), 0600, false},
                     {good + " x", 0600, false},
                     {QByteArray(5000, 'k'), 0600, false},
                     {good, 0600, true},
                     {good + "\n", 0400, true}};
        for (const auto &one : cases) {
            put(settings.tokenFile, one.text, one.mode);
            const Result<AccessPolicy> policy = accessPolicy(settings);
            QCOMPARE(policy.ok(), one.taken);
            if (one.taken)
                QCOMPARE(policy->token, good);
            else
                QVERIFY(policy.error().message.contains(u"token"_s));
            QFile::remove(settings.tokenFile);
        }
        settings.tokenFile = folder.path();
        QVERIFY(!accessPolicy(settings).ok());
    }

    void listeningElsewhereIsSaidAloud()
    {
        const QTemporaryDir folder;
        AccessSettings settings;
        settings.dataFolder = folder.path();
        for (const char16_t *host : {u"127.0.0.1", u"localhost", u"::1", u"127.0.0.2"}) {
            settings.listen = {{QString::fromUtf16(host), 8080}};
            QVERIFY(accessPolicy(settings).ok());
            QVERIFY(accessPolicy(settings)->warnings.isEmpty());
        }
        for (const char16_t *host : {u"0.0.0.0", u"::", u"192.168.1.5", u"example.org", u"127.1"}) {
            settings.listen = {{u"127.0.0.1"_s, 8080}, {QString::fromUtf16(host), 8080}};
            const Result<AccessPolicy> refused = accessPolicy(settings);
            QVERIFY(!refused.ok());
            QVERIFY(refused.error().message.contains(u"--insecure-http"_s));
            settings.insecureHttp = true;
            QCOMPARE(accessPolicy(settings)->warnings.size(), 1);
            settings.insecureHttp = false;
        }
        settings.listen.clear();
        settings.mode = AuthMode::None;
        QCOMPARE(accessPolicy(settings)->warnings.size(), 1);
        QVERIFY(accessPolicy(settings)->token.isEmpty());
    }

    void faultyNamesAreTold()
    {
        const QTemporaryDir folder;
        AccessSettings settings;
        settings.dataFolder = folder.path();
        settings.hosts = {u"http://x/"_s};
        QVERIFY(!accessPolicy(settings).ok());
        settings.hosts = {u"Box.Example.org:8080"_s};
        QCOMPARE(accessPolicy(settings)->hosts.constFirst(), QByteArray("box.example.org:8080"));
        for (const char16_t *origin : {u"*", u"example.org", u"https://example.org/", u"ftp://x"}) {
            settings.cors = {QString::fromUtf16(origin)};
            QVERIFY(!accessPolicy(settings).ok());
        }
        settings.cors = {u"https://example.org"_s};
        QVERIFY(accessPolicy(settings).ok());
        QVERIFY(authModeFromText(u"token"_s).ok());
        QVERIFY(!authModeFromText(u"Token "_s).ok());
    }

    void failuresAreSlowedDownAndForgotten()
    {
        Brake brake;
        qint64 total = 0;
        for (int i = 0; i < 25; ++i)
            total += brake.fail("uid 7", 100'000 + total).count();
        QVERIFY(total > 1000 && total < 25'000);
        QCOMPARE(brake.fail("uid 8", 100'000).count(), 50);
        QCOMPARE(brake.fail("uid 7", 100'000 + total + 20'000).count(), 50);
        for (int i = 0; i < 5000; ++i)
            QVERIFY(brake.fail(QByteArray::number(i), 200'000).count() >= 50);
    }
};

QTEST_APPLESS_MAIN(AccessPolicyTest)
#include "accesspolicytest.moc"
