// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Real sandboxes: what they see, what holds them, and that nothing is left of them. Run as root,
// the program runs itself once more as an ordinary user.
#include "sandboxbench.h"

#include "runtime/bubblewrap/mappedworker.h"
#include "runtime/kernelfiles.h"

#include <QDir>
#include <QElapsedTimer>
#include <QNetworkInterface>
#include <QProcess>
#include <QTcpServer>
#include <QTest>
#include <QtEndian>

#include <csignal>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace quarry;
using namespace quarry::runtime;

class Bubblewrap : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void rootInsideOnly();
    void fileSystem();
    void layerSurvives();
    void refusals();
    void networkNone();
    void networkUser();
    void networkHost();
    void binds();
    void limitsHold();
    void processLimitHolds();
    void agentDeathIsTold();
    void stopKillsAll();
    void destroyingIsAStop();
    void failuresAreClear();
    void cancelledStart();
    void manyAtOnce();
    void diesWithItsEngine();
    void sweepsDeadEngines();
    void workers();
    void workersEnd();
    void examination();
    void ordinaryUser();

private:
    std::unique_ptr<SandboxBench> m_bench;
    bool m_root = geteuid() == 0;
};

void Bubblewrap::init()
{
    m_bench = std::make_unique<SandboxBench>();
    QVERIFY(m_bench->isReady());
    if (!m_bench->can("sandboxes"))
        QSKIP(qPrintable(m_bench->reason("sandboxes")));
}

void Bubblewrap::cleanup()
{
    m_bench.reset();
}

#define START(name, specification)                                                                 \
    auto name##Result = m_bench->start(specification);                                             \
    QVERIFY2(name##Result.ok(),                                                                    \
             qPrintable(name##Result.ok() ? QString() : name##Result.error().message));            \
    std::unique_ptr<Instance> name = std::move(*name##Result);                                     \
    Shell name##Shell(name->takeAgentStream())

void Bubblewrap::rootInsideOnly()
{
    START(one, m_bench->spec(QStringLiteral("q-root")));
    QVERIFY(oneShell.run("id -u; hostname; echo $HOME; pwd").startsWith("0\nsandbox\n/root\n"));
    const QByteArray status = oneShell.run("cat /proc/self/status");
    QVERIFY(status.contains("NoNewPrivs:\t1") && status.contains("Seccomp:\t2"));
    const QByteArray seen = readKernelFile(QStringLiteral("/proc/%1/status").arg(one->agentPid()));
    const QByteArray uid = seen.mid(seen.indexOf("Uid:\t") + 5, 12).split('\t').first();
    if (m_root)
        QVERIFY2(uid.toUInt() >= m_bench->settings().uidFirst
                     && uid.toUInt() % 65536 == m_bench->settings().uidFirst % 65536,
                 uid.constData());
    else
        QCOMPARE(uid.toUInt(), geteuid());
    // pid 1 is the agent, and nothing of the engine is to be seen.
    QVERIFY(oneShell.run("tr '\\0' ' ' </proc/1/cmdline").startsWith("/dev/quarry-agent --fd 5"));
    QVERIFY(!oneShell.run("cat /proc/1/environ | tr '\\0' '\\n'").contains("QUARRY_"));
    QCOMPARE(oneShell.run("ls /proc/self/fd | wc -l"), QByteArray("4\n\n=0\n"));
    const QByteArray users = oneShell.run("chown 5:7 /root && stat -c %u:%g /root");
    if (m_bench->can("users"))
        QVERIFY2(users.startsWith("5:7"), users.constData());
    QVERIFY(m_bench->stop(*one).ok());
}

void Bubblewrap::fileSystem()
{
    InstanceSpec spec = m_bench->spec(QStringLiteral("q-files"));
    START(one, spec);
    QVERIFY(oneShell.run("touch /etc/x /root/x /tmp/x /run/x").endsWith("=0\n"));
    QVERIFY(oneShell.run("ls /dev").contains("null"));
    for (const QByteArray &path :
         {QByteArray("/dev/x"), QByteArray("/proc/sys/kernel/core_pattern"),
          QByteArray("/proc/sysrq-trigger")})
        QVERIFY2(!oneShell.run("echo x >" + path).endsWith("=0\n"), path.constData());
    QVERIFY(!oneShell.run("cat /proc/keys").endsWith("=0\n")
            || oneShell.run("cat /proc/keys").startsWith("\n=0"));
    // /dev/shm takes data, but not more than its share of memory.
    QVERIFY(oneShell.run("head -c 1000000 /dev/zero >/dev/shm/x").endsWith("=0\n"));
    QVERIFY(!oneShell.run("head -c 100000000 /dev/zero >/dev/shm/y").endsWith("=0\n"));
    QVERIFY(oneShell.run("ls " + m_bench->settings().dataFolder.toUtf8()).contains("No such file"));
    QVERIFY(!oneShell.run("cat /proc/mounts").contains(m_bench->settings().dataFolder.toUtf8()));
    if (m_root) {
        QVERIFY(oneShell.run("touch /usr/bin/q-new && rm /usr/bin/env && ls /usr/bin/q-new")
                    .endsWith("=0\n"));
        QVERIFY(QFile::exists(QStringLiteral("/usr/bin/env"))
                && !QFile::exists(QStringLiteral("/usr/bin/q-new")));
        // On disk owners count from 0.
        QCOMPARE(QFileInfo(spec.layerFolder + QStringLiteral("/root/upper/etc/x")).ownerId(), 0u);
    }
    QVERIFY(m_bench->stop(*one).ok());
}

void Bubblewrap::layerSurvives()
{
    const InstanceSpec spec = m_bench->spec(QStringLiteral("q-again"));
    for (const char *expected : {"=0\n", "one\ntwo\n"}) {
        START(one, spec);
        QVERIFY(oneShell
                    .run(expected[0] == '=' ? "echo one >/tmp/f; echo two >/run/f"
                                            : "cat /tmp/f /run/f")
                    .contains(expected));
        QVERIFY(m_bench->stop(*one).ok());
    }
}

void Bubblewrap::refusals()
{
    START(one, m_bench->spec(QStringLiteral("q-refuse")));
    for (const char *line : {"mount -t tmpfs x /tmp", "unshare -U true", "unshare -m true",
                             "mknod /tmp/d c 1 8", "dmesg", "date -s 2001-01-01",
                             "nsenter -t 1 -m true", "swapon /tmp/x", "ip link add d type dummy"})
        QVERIFY2(!oneShell.run(line).endsWith("=0\n"), line);
    QVERIFY(m_bench->stop(*one).ok());
}

void Bubblewrap::networkNone()
{
    START(one, m_bench->spec(QStringLiteral("q-none")));
    const QByteArray devices = oneShell.run("cut -d: -f1 /proc/net/dev | tail -n +3");
    QCOMPARE(devices.simplified(), QByteArray("lo =0"));
    QVERIFY(oneShell.run("ping -c1 -W1 127.0.0.1 2>&1 || cat /proc/net/if_inet6")
                .contains("00000000000000000000000000000001")
            || oneShell.run("cat /proc/net/fib_trie").contains("127.0.0.1"));
    QCOMPARE(one->statistics().networkBytes, 0);
    QVERIFY(m_bench->stop(*one).ok());
}

void Bubblewrap::networkUser()
{
    if (!m_bench->can("network_user")) {
        InstanceSpec spec = m_bench->spec(QStringLiteral("q-user"));
        spec.network = NetworkMode::User;
        const auto refused = m_bench->start(spec);
        QVERIFY(!refused.ok() && refused.error().code == ErrorCode::Unsupported);
        QSKIP(qPrintable(m_bench->reason("network_user")));
    }
    QTcpServer server; // on every address of the host, v4 and v6
    QVERIFY(server.listen(QHostAddress::Any));
    InstanceSpec spec = m_bench->spec(QStringLiteral("q-user"));
    spec.network = NetworkMode::User;
    START(one, spec);
    const QByteArray port = QByteArray::number(server.serverPort());
    QByteArrayList targets{"127.0.0.1", "::1", "127.0.0.2"};
    for (const QHostAddress &address : QNetworkInterface::allAddresses())
        targets.append(address.toString().section(u'%', 0, 0).toLatin1());
    const QByteArray gateway
        = oneShell.run("awk '$2==\"00000000\"{print $3}' /proc/net/route").left(8);
    if (gateway.size() == 8) {
        const quint32 raw = gateway.toUInt(nullptr, 16);
        targets.append(QHostAddress(qFromBigEndian(raw)).toString().toLatin1());
    }
    for (const QByteArray &target : targets) {
        const QByteArray said
            = oneShell.run("timeout 1 bash -c '</dev/tcp/" + target + "/" + port + "' 2>&1");
        QVERIFY2(!said.endsWith("=0\n"), target + " is reached: " + said);
    }
    QVERIFY(!server.hasPendingConnections());
    QVERIFY(!oneShell.run("cat /etc/resolv.conf").contains("127.0.0.53"));
    QVERIFY(oneShell.run("cat /proc/net/route").contains("\t00000000\t"));
    QVERIFY(m_bench->stop(*one).ok());
    QVERIFY(
        QTest::qWaitFor([] { return SandboxBench::remains(QStringLiteral("q-user")).isEmpty(); }));
}

void Bubblewrap::networkHost()
{
    InstanceSpec spec = m_bench->spec(QStringLiteral("q-host"));
    spec.network = NetworkMode::Host;
    if (!m_bench->can("network_host")) {
        QVERIFY(!m_bench->start(spec).ok());
        QSKIP(qPrintable(m_bench->reason("network_host")));
    }
    START(one, spec);
    const QByteArray seen = readKernelFile(QStringLiteral("/proc/%1/status").arg(one->agentPid()));
    const QByteArray uid = seen.mid(seen.indexOf("Uid:\t") + 5, 12).split('\t').first();
    QVERIFY2(uid.toUInt() != geteuid() && uid.toUInt() != 0, uid.constData());
    // The server's uid is not to be had inside either.
    QVERIFY(!oneShell.run("awk '{print $2}' /proc/self/uid_map")
                 .split('\n')
                 .contains(QByteArray::number(geteuid())));
    QVERIFY(oneShell.run("touch /etc/x /root/x && id -u").contains("0\n\n=0"));
    QVERIFY(oneShell.run("touch /usr/local/bin/x; cat /proc/net/dev").contains("eth0")
            || QNetworkInterface::allInterfaces().size() < 2);
    QVERIFY(m_bench->stop(*one).ok());
}

void Bubblewrap::binds()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("given")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("from outside") > 0);
    file.close();
    InstanceSpec spec = m_bench->spec(QStringLiteral("q-bind"));
    spec.binds = {{folder.path(), QStringLiteral("/mnt/deep/rw"), false},
                  {folder.path(), QStringLiteral("/ro"), true},
                  {file.fileName(), QStringLiteral("/etc/single"), true}};
    START(one, spec);
    QVERIFY(oneShell.run("cat /mnt/deep/rw/given /ro/given /etc/single; echo new >/mnt/deep/rw/new")
                .endsWith("=0\n"));
    QVERIFY(QFile::exists(folder.filePath(QStringLiteral("new"))));
    QCOMPARE(QFileInfo(folder.filePath(QStringLiteral("new"))).ownerId(), geteuid());
    QVERIFY(!oneShell.run("echo x >/ro/x").endsWith("=0\n"));
    QVERIFY(m_bench->stop(*one).ok());
}

void Bubblewrap::limitsHold()
{
    if (!m_bench->can("memory"))
        QSKIP(qPrintable(m_bench->reason("memory")));
    InstanceSpec spec = m_bench->spec(QStringLiteral("q-limits"));
    spec.limits.memory = 64 << 20;
    spec.limits.cpus = 0.5;
    spec.requireLimits = true;
    START(one, spec);
    bool told = false;
    connect(one.get(), &Instance::outOfMemory, this, [&] { told = true; });
    QVERIFY(one->effectiveLimits().value(QStringLiteral("memory")).enforced);
    QCOMPARE(one->oomKills(), 0);
    const QByteArray eaten = oneShell.run("head -c 300000000 /dev/zero | tail | wc -c");
    QVERIFY2(!eaten.startsWith("300000000"), eaten.constData());
    QVERIFY(one->oomKills() > 0);
    QVERIFY(QTest::qWaitFor([&] { return told; }));
    const InstanceStatistics now = one->statistics();
    QVERIFY(now.memoryBytes > 0 && now.memoryBytes <= 64 << 20);
    QVERIFY(now.cpuNanoseconds > 0 && now.processes > 0);
    QVERIFY(m_bench->stop(*one).ok());
}

void Bubblewrap::processLimitHolds()
{
    InstanceSpec spec = m_bench->spec(QStringLiteral("q-pids"));
    spec.limits.pids = 40;
    START(one, spec);
    const QByteArray made
        = oneShell.run("i=0; while [ $i -lt 200 ]; do sleep 50 >/dev/null 2>&1 & i=$((i+1)); done "
                       "2>/dev/null; ls /proc | grep -c '^[0-9]'");
    if (m_bench->can("pids") || !m_root)
        QVERIFY2(made.isEmpty() || made.toInt() <= 45, made.constData());
    const EffectiveLimit limit = one->effectiveLimits().value(QStringLiteral("pids"));
    QCOMPARE(limit.enforced, m_bench->can("pids"));
    QCOMPARE(limit.reason.isEmpty(), limit.enforced);
    QVERIFY(m_bench->stop(*one).ok());
}

void Bubblewrap::agentDeathIsTold()
{
    START(one, m_bench->spec(QStringLiteral("q-dies")));
    QString reason;
    connect(one.get(), &Instance::ended, this, [&](const QString &text) { reason = text; });
    oneShell.run("kill -9 -1; kill -9 1"); // pid 1 is out of reach from inside
    oneShell.close();                      // but ends with its stream
    QVERIFY(QTest::qWaitFor([&] { return !reason.isEmpty(); }));
    QCOMPARE(one->agentPid(), 0);
    QVERIFY(m_bench->stop(*one).ok());
    QVERIFY(SandboxBench::remains(one->id()).isEmpty());
}

void Bubblewrap::stopKillsAll()
{
    START(one, m_bench->spec(QStringLiteral("q-stop")));
    oneShell.run("for i in 1 2 3 4 5; do setsid sh -c 'trap \"\" TERM HUP INT; sleep 1000' "
                 ">/dev/null 2>&1 & done");
    bool ended = false;
    connect(one.get(), &Instance::ended, this, [&] { ended = true; });
    const qint64 pid = one->agentPid();
    QVERIFY(m_bench->stop(*one).ok());
    QVERIFY(!ended);
    QVERIFY(kill(pid_t(pid), 0) != 0); // reaped by bwrap, not by a stranger
    QVERIFY(SandboxBench::remains(one->id()).isEmpty());
    QVERIFY(m_bench->stop(*one).ok()); // once more does no harm
}

void Bubblewrap::destroyingIsAStop()
{
    {
        START(one, m_bench->spec(QStringLiteral("q-drop")));
    }
    QVERIFY(
        QTest::qWaitFor([] { return SandboxBench::remains(QStringLiteral("q-drop")).isEmpty(); }));
}

void Bubblewrap::failuresAreClear()
{
    InstanceSpec spec = m_bench->spec(QStringLiteral("q-fail"));
    spec.image.rootLowers = {QStringLiteral("/nowhere-at-all")};
    auto result = m_bench->start(spec);
    QVERIFY(!result.ok() && result.error().code == ErrorCode::NotFound);
    QVERIFY2(result.error().message.contains(QStringLiteral("/nowhere-at-all")),
             qPrintable(result.error().message));
    QVERIFY(SandboxBench::remains(spec.id).isEmpty());

    spec = m_bench->spec(QStringLiteral("q-fail2"));
    spec.layerFolder = QStringLiteral("/proc");
    result = m_bench->start(spec);
    QVERIFY(!result.ok());

    spec = m_bench->spec(QStringLiteral("q-fail3"));
    spec.limits.disk = 1 << 30;
    spec.requireLimits = true;
    result = m_bench->start(spec);
    QVERIFY(!result.ok() && result.error().code == ErrorCode::LimitExceeded);
}

void Bubblewrap::cancelledStart()
{
    const InstanceSpec spec = m_bench->spec(QStringLiteral("q-cancel"));
    std::optional<Error> error;
    bool inside = true;
    m_bench->runtime().start(spec, {}, [&](Result<std::unique_ptr<Instance>> result) {
        QVERIFY(!inside);
        QVERIFY(!result.ok());
        error = result.error();
    });
    m_bench->runtime().cancelStart(spec.id);
    inside = false;
    QVERIFY(QTest::qWaitFor([&] { return error.has_value(); }, 20000));
    QVERIFY(error->code == ErrorCode::Cancelled);
    QCOMPARE(SandboxBench::remains(spec.id), QStringList());
}

void Bubblewrap::manyAtOnce()
{
    constexpr int count = 64;
    std::vector<std::unique_ptr<Instance>> all;
    int failed = 0;
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < count; ++i) {
        m_bench->runtime().start(m_bench->spec(QStringLiteral("q-many-%1").arg(i)), {},
                                 [&](Result<std::unique_ptr<Instance>> result) {
                                     if (result.ok())
                                         all.push_back(std::move(*result));
                                     else
                                         ++failed;
                                 });
    }
    QVERIFY(QTest::qWaitFor([&] { return int(all.size()) + failed == count; }, 60000));
    qInfo("%d at once alive after %lld ms", count, timer.elapsed());
    QCOMPARE(failed, 0);
    int stopped = 0;
    timer.restart();
    for (const auto &one : all)
        one->stop(30000, [&](Result<void> result) { stopped += result.ok(); });
    QVERIFY(QTest::qWaitFor([&] { return stopped == count; }, 60000));
    qInfo("all stopped after %lld ms", timer.elapsed());
}

// In a process of its own: starts a sandbox, says its agent's pid, and waits for its end.
static int playEngine()
{
    SandboxBench bench;
    InstanceSpec spec = bench.spec(QStringLiteral("q-engine"));
    auto one = bench.start(spec);
    if (!one.ok())
        return 1;
    Shell shell((*one)->takeAgentStream());
    shell.run("(setsid sleep 1000 & setsid sh -c 'trap \"\" TERM; sleep 1000' &) >/dev/null 2>&1");
    printf("%lld\n", (*one)->agentPid());
    fflush(stdout);
    return QCoreApplication::exec();
}

void Bubblewrap::diesWithItsEngine()
{
    QProcess engine;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("TMPDIR"),
                       m_bench->settings().dataFolder); // it cannot clean up itself
    engine.setProcessEnvironment(environment);
    engine.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--engine")});
    QVERIFY(engine.waitForReadyRead(60000));
    const pid_t pid = pid_t(engine.readLine().trimmed().toInt());
    QVERIFY(pid > 1 && ::kill(pid, 0) == 0);
    engine.kill();
    QVERIFY(engine.waitForFinished());
    // It may be a zombie until the machine's first process looks.
    const QString status = QStringLiteral("/proc/%1/stat").arg(pid);
    QVERIFY(QTest::qWaitFor(
        [&] { return ::kill(pid, 0) != 0 || readKernelFile(status).contains(") Z "); }, 10000));
    // What cannot end by itself is swept.
    bool done = false;
    SweepReport report;
    m_bench->runtime().sweep(false, [&](Result<SweepReport> result) {
        report = *result;
        done = true;
    });
    QVERIFY(QTest::qWaitFor([&] { return done; }, 20000));
    QVERIFY2(report.failed.isEmpty(), qPrintable(report.failed.join(u' ')));
    QCOMPARE(SandboxBench::remains(QStringLiteral("q-engine")), QStringList());
}

void Bubblewrap::sweepsDeadEngines()
{
    // A group whose name tells of a process that never was.
    if (!m_bench->can("pids"))
        QSKIP(qPrintable(m_bench->reason("pids")));
    QString folder;
    for (const MountedHierarchy &one :
         mountedHierarchies(readKernelFile(QStringLiteral("/proc/self/mountinfo")))) {
        if (one.version == 2 || one.controllers.contains(QStringLiteral("pids")))
            folder = ownFolder(one, readKernelFile(QStringLiteral("/proc/self/cgroup")))
                + QStringLiteral("/quarry-4194303-1-00000000");
    }
    QVERIFY(QDir().mkpath(folder + QStringLiteral("/some")));
    for (const bool dry : {true, false}) {
        std::optional<SweepReport> report;
        m_bench->runtime().sweep(dry, [&](Result<SweepReport> result) { report = *result; });
        QVERIFY(QTest::qWaitFor([&] { return report.has_value(); }, 20000));
        QVERIFY(report->items.join(u'\n').contains(folder));
        QCOMPARE(QDir(folder).exists(), dry);
    }
}

void Bubblewrap::workers()
{
    MappedWorker worker(m_bench->settings());
    const QTemporaryDir folder;
    QByteArrayList lines;
    const auto collect = [&](const QByteArray &line) {
        if (!line.isEmpty())
            lines.append(line);
        return true;
    };
    const auto seen = worker.run(
        {{QStringLiteral("owners"), QStringLiteral("{0}")}, {{folder.path(), false}}, {}, {}},
        collect);
    if (m_bench->can("users")) {
        QVERIFY2(seen.ok(), qPrintable(seen.ok() ? QString() : seen.error().message));
        QCOMPARE(*seen, QByteArray("uid 0 owner 0"));
        QCOMPARE(lines, QByteArrayList{"{\"step\":1}"});
        const uint owner = QFileInfo(folder.filePath(QStringLiteral("made"))).ownerId();
        QVERIFY(m_root ? owner == 5
                       : owner != geteuid()); // 0-based on disk for root, a subuid otherwise
        QVERIFY(worker
                    .run({{QStringLiteral("wipe"), QStringLiteral("{0}")},
                          {{folder.path(), false}},
                          {},
                          {}},
                         {})
                    .ok());
        QVERIFY(QDir(folder.path()).isEmpty());
    }
    const QString input = folder.filePath(QStringLiteral("in"));
    QFile file(input);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("text") == 4);
    file.close();
    chmod(QFile::encodeName(input).constData(), 0600);
    const QString output = folder.filePath(QStringLiteral("out"));
    const auto copied = worker.run({{QStringLiteral("copy")}, {}, input, output}, {});
    QVERIFY2(copied.ok(), qPrintable(copied.ok() ? QString() : copied.error().message));
    QCOMPARE(readKernelFile(output), QByteArray("text"));
    const auto readOnly = worker.run(
        {{QStringLiteral("owners"), QStringLiteral("{0}")}, {{folder.path(), true}}, {}, {}}, {});
    QVERIFY(!readOnly.ok());
}

void Bubblewrap::workersEnd()
{
    MappedWorker worker(m_bench->settings());
    const auto failed = worker.run({{QStringLiteral("what")}, {}, {}, {}}, {});
    QVERIFY(!failed.ok() && failed.error().code == ErrorCode::NotFound);
    QCOMPARE(failed.error().message, QStringLiteral("there is no such job"));
    const auto missing = worker.run({{QStringLiteral("wipe"), QStringLiteral("{0}")},
                                     {{QStringLiteral("/nowhere-at-all"), false}},
                                     {},
                                     {}},
                                    {});
    QVERIFY(!missing.ok() && missing.error().message.contains(QStringLiteral("/nowhere-at-all")));
    int asked = 0;
    const auto cancelled = worker.run({{QStringLiteral("hang")}, {}, {}, {}},
                                      [&](const QByteArray &) { return ++asked < 3; });
    QVERIFY(!cancelled.ok() && cancelled.error().code == ErrorCode::Cancelled);
    QCOMPARE(asked, 3);
}

void Bubblewrap::examination()
{
    const QList<Finding> findings = examineMachine(m_bench->settings());
    QVERIFY(findings.size() > 8);
    for (const Finding &one : findings) {
        qInfo("%s %s: %s%s", one.works ? "works " : "cannot", qPrintable(one.part),
              qPrintable(one.detail),
              qPrintable(one.fix.isEmpty() ? QString() : QStringLiteral(" | ") + one.fix));
        QVERIFY2(one.works || !one.needed, qPrintable(one.part + one.detail));
        QVERIFY(one.works == one.fix.isEmpty());
    }
    QVERIFY(QDir(m_bench->settings().dataFolder).entryList({QStringLiteral("trial-*")}).isEmpty());
}

void Bubblewrap::ordinaryUser()
{
    if (!m_root)
        return;
    const QByteArray ranges = readKernelFile(QStringLiteral("/etc/subuid"));
    const passwd *user = nullptr;
    setpwent();
    do
        user = getpwent();
    while (user && (user->pw_uid < 1000 || !ranges.contains(QByteArray(user->pw_name) + ':')));
    if (!user)
        QSKIP("this machine has no ordinary user with a range of uids (useradd -m dev)");
    QProcess again;
    again.setWorkingDirectory(QStringLiteral("/"));
    again.setProcessChannelMode(QProcess::ForwardedChannels);
    again.start(QStringLiteral("runuser"),
                {QStringLiteral("-u"), QString::fromLocal8Bit(user->pw_name), QStringLiteral("--"),
                 QCoreApplication::applicationFilePath()});
    QVERIFY(again.waitForFinished(200000));
    QCOMPARE(again.exitCode(), 0);
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (argc > 1 && qstrcmp(argv[1], "--engine") == 0)
        return playEngine();
    Bubblewrap test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_bubblewrap.moc"
