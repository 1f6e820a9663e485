// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// quarry serve: what it says, where it listens, how it ends.
#include "programrun.h"
#include "support/parts.h"

#include <QDir>
#include <QJsonArray>
#include <QTcpServer>

#include <array>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace quarry::test;
using namespace Qt::StringLiterals;

class ServeTest : public QObject
{
    Q_OBJECT

private:
    static QStringList arguments(const QString &data, const QStringList &more = {})
    {
        return QStringList{u"serve"_s,       u"--json"_s, u"--listen"_s,
                           u"127.0.0.1:0"_s, u"--data"_s, data}
        + more;
    }
    static QJsonObject listening(QProcess &process)
    {
        QByteArray line;
        while (!line.endsWith('\n') && process.waitForReadyRead(60'000))
            line += process.readLine();
        return QJsonDocument::fromJson(line).object();
    }
    static void end(QProcess &process, int signal, int code)
    {
        ::kill(pid_t(process.processId()), signal);
        QCOMPARE(Program::outcomeOf(process).code, code);
    }

private Q_SLOTS:
    void itTellsWhereItListens()
    {
        Program program;
        QProcess process;
        program.start(process, arguments(program.data()));
        const QJsonObject event = listening(process);
        QCOMPARE(event.value("event"_L1).toString(), u"listening"_s);
        QCOMPARE(event.value("pid"_L1).toInteger(), process.processId());
        QCOMPARE(event.value("addresses"_L1).toArray().size(), 1);
        QVERIFY(event.value("addresses"_L1)[0].toString().startsWith(u"http://127.0.0.1:"_s));
        const QString socket = event.value("socket"_L1).toString();
        struct stat info = {};
        QCOMPARE(::stat(QFile::encodeName(socket).constData(), &info), 0);
        QVERIFY(S_ISSOCK(info.st_mode));
        QCOMPARE(info.st_mode & 0777, 0600u);
        end(process, SIGTERM, 0);
        QVERIFY(!QFileInfo::exists(socket));
        QVERIFY(QFileInfo::exists(program.data() + u"/logs/quarry.log"_s));
    }

    void ctrlCIsAnInterruption()
    {
        Program program;
        QProcess process;
        program.start(process, arguments(program.data()));
        QVERIFY(!listening(process).isEmpty());
        end(process, SIGINT, 130);
    }

    void longPathsGetALinkToTheSocket()
    {
        Program program;
        QProcess process;
        const QString data = program.data() + u'/' + QString(100, u'd');
        program.start(process, arguments(data));
        const QString socket = listening(process).value("socket"_L1).toString();
        QVERIFY(socket.startsWith(program.temporary()));
        QCOMPARE(QFileInfo(data + u"/quarry.sock"_s).symLinkTarget(), socket);
        program.set("QUARRY_DATA", data);
        QCOMPARE(program.run({u"sandbox"_s, u"ls"_s}).code, 0);
        end(process, SIGTERM, 0);
        QVERIFY(!QFileInfo(data + u"/quarry.sock"_s).isSymLink());
    }

    void aBusyPortIsNamedWithItsHolder()
    {
        QTcpServer holder;
        QVERIFY(holder.listen(QHostAddress::LocalHost));
        Program program;
        const QString address = u"127.0.0.1:%1"_s.arg(holder.serverPort());
        const Outcome outcome = program.run({u"serve"_s, u"--listen"_s, address});
        QCOMPARE(outcome.code, 1);
        QVERIFY(outcome.err.contains(QByteArray::number(holder.serverPort())));
        QVERIFY2(outcome.err.contains(QByteArray::number(::getpid())), outcome.err.constData());
        QVERIFY(outcome.err.count('\n') <= 6);
        QVERIFY(outcome.out.isEmpty());
        const QList<QJsonObject> lines
            = jsonLines(program.run({u"serve"_s, u"--json"_s, u"--listen"_s, address}).out);
        QCOMPARE(lines.last().value("code"_L1).toString(), u"already_exists"_s);
    }

    void badAddressesAreRefused()
    {
        Program program;
        for (const QString &bad : {u"127.0.0.1:99999"_s, u"127.0.0.1:-1"_s, u"nonsense"_s,
                                   u"127.0.0.1:http:"_s, u"192.0.2.77:0"_s}) {
            const Outcome outcome = program.run({u"serve"_s, u"--json"_s, u"--listen"_s, bad});
            QVERIFY(outcome.code == 1);
            QVERIFY2(outcome.err.contains(bad.section(u':', 0, 0).toUtf8()),
                     outcome.err.constData());
            QVERIFY(!jsonLines(outcome.out).isEmpty());
        }
    }

    void oneEngineOwnsADataFolder()
    {
        Program program;
        QProcess process;
        program.start(process, arguments(program.data()));
        QVERIFY(!listening(process).isEmpty());
        const Outcome second = program.run(arguments(program.data()));
        QCOMPARE(second.code, 1);
        QVERIFY2(second.err.contains(QByteArray::number(process.processId())),
                 second.err.constData());
        QCOMPARE(program.run({u"sandbox"_s, u"ls"_s}).code,
                 0); // the first one's socket is still there
        process.kill();
        QVERIFY(process.waitForFinished());
        QProcess third;
        program.start(third, arguments(program.data()));
        QVERIFY(!listening(third).isEmpty());
        end(third, SIGTERM, 0);
    }

    void fewDescriptorsAreEnough()
    {
        Program program;
        QProcess process;
        process.setChildProcessModifier([] {
            const rlimit few{64, 64};
            ::setrlimit(RLIMIT_NOFILE, &few);
        });
        program.start(process, arguments(program.data()));
        QVERIFY(!listening(process).isEmpty());
        QCOMPARE(program.run({u"sandbox"_s, u"ls"_s, u"--json"_s}).code, 0);
        end(process, SIGTERM, 0);
    }

    void theServiceManagerIsTold()
    {
        Program program;
        const QString path = program.temporary() + u"/notify"_s;
        const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        sockaddr_un address = {};
        address.sun_family = AF_UNIX;
        qstrncpy(address.sun_path, QFile::encodeName(path).constData(), sizeof address.sun_path);
        QCOMPARE(::bind(socket, static_cast<const sockaddr *>(static_cast<const void *>(&address)),
                        sizeof address),
                 0);
        program.set("NOTIFY_SOCKET", path);
        QProcess process;
        program.start(process, arguments(program.data()));
        QVERIFY(!listening(process).isEmpty());
        const auto told = [socket] {
            std::array<char, 64> text{};
            const ssize_t size = ::recv(socket, text.data(), text.size(), 0);
            return QByteArray(text.data(), std::max<ssize_t>(size, 0));
        };
        QCOMPARE(told(), QByteArray("READY=1"));
        end(process, SIGTERM, 0);
        QCOMPARE(told(), QByteArray("STOPPING=1"));
        ::close(socket);
    }

    void anIdleServerIsSmall()
    {
        Program program;
        QProcess process;
        program.start(process, arguments(program.data()));
        QVERIFY(!listening(process).isEmpty());
        QFile status(u"/proc/%1/status"_s.arg(process.processId()));
        QVERIFY(status.open(QIODevice::ReadOnly));
        const QByteArray text = status.readAll();
        const qint64 kib
            = text.mid(text.indexOf("VmRSS:") + 6).trimmed().split(' ').first().toLongLong();
        qInfo("idle: %lld KiB", kib);
#if defined(NDEBUG) && !defined(__SANITIZE_ADDRESS__)
        QVERIFY(kib > 0 && kib < 40 * 1024);
#else
        QVERIFY(kib > 0);
#endif
        end(process, SIGTERM, 0);
    }
};

QTEST_GUILESS_MAIN(ServeTest)
#include "servetest.moc"
