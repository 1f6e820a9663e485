// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The runtime's parts that need no sandbox.
#include "runtime/bubblewrap/launchorder.h"
#include "runtime/cgroups.h"
#include "runtime/limits.h"
#include "runtime/bubblewrap/machine.h"
#include "runtime/resolvconf.h"
#include "runtime/seccomp.h"
#include "runtime/subids.h"
#include "runtime/uidslices.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace quarry;
using namespace quarry::runtime;

class RuntimeParts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void subordinateRanges();
    void nameServers();
    void hierarchiesAndOwnFolder();
    void marks();
    void slicesAreExclusive();
    void limitsAreCappedAndTold();
    void requiredLimitsRefuse();
    void filterCompiles();
    void specsAreChecked_data();
    void specsAreChecked();
    void orderTellsLimitsAndPlaces();
    void appArmorNamesBothPaths();
};

void RuntimeParts::subordinateRanges()
{
    const QByteArray file
        = "dev:100000:65536\nann:165536:65536\n1001:300000:131072\nbad:x:1\nann:1\n\nroot:0:5\n";
    QCOMPARE(subordinateRange(file, QStringLiteral("ann"), 7).first, 165536u);
    QCOMPARE(subordinateRange(file, QStringLiteral("dev"), 1001).first, 300000u); // the larger one
    QCOMPARE(subordinateRange(file, QStringLiteral("eve"), 9).count, 0u);
    QCOMPARE(subordinateRange("eve:4294967295:65536", QStringLiteral("eve"), 9).count, 0u);
    QCOMPARE(subordinateRange("root:0:5", QStringLiteral("root"), 0).count,
             0u); // never the host's root
}

void RuntimeParts::nameServers()
{
    QCOMPARE(reachableNameServers("# x\nnameserver 127.0.0.53\nsearch a b\nnameserver 10.0.0.1\n"),
             QByteArray("search a b\nnameserver 10.0.0.1\n"));
    QVERIFY(
        reachableNameServers("nameserver 127.0.0.53\nnameserver ::1\noptions edns0\n").isEmpty());
    QVERIFY(reachableNameServers("").isEmpty());
    QVERIFY(!upstreamResolvConf().isEmpty());
}

void RuntimeParts::hierarchiesAndOwnFolder()
{
    const QByteArray info
        = "30 20 0:25 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory\n"
          "31 20 0:26 / /sys/fs/cgroup/cpu\\040x rw - cgroup cgroup rw,cpu,cpuacct\n"
          "32 20 0:27 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n"
          "33 20 0:28 / /tmp rw - tmpfs tmpfs rw\n";
    const auto found = mountedHierarchies(info);
    QCOMPARE(found.size(), 3);
    QCOMPARE(found[1].mountPoint, QStringLiteral("/sys/fs/cgroup/cpu x"));
    QVERIFY(found[1].controllers.contains(QStringLiteral("cpuacct")));
    QCOMPARE(found[2].version, 2);

    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("a/b")));
    MountedHierarchy old{folder.path(), QStringLiteral("/"), 1, {QStringLiteral("memory")}};
    QCOMPARE(ownFolder(old, "5:cpu:/x\n4:memory:/a/b\n0::/a\n"),
             folder.filePath(QStringLiteral("a/b")));
    QCOMPARE(ownFolder(old, "4:memory:/unseen\n"), folder.path());
    QCOMPARE(ownFolder(old, "4:memory:/../../etc\n"), folder.path());
    MountedHierarchy unified{folder.path(), QStringLiteral("/"), 2, {}};
    QCOMPARE(ownFolder(unified, "4:memory:/a/b\n0::/a\n"), folder.filePath(QStringLiteral("a")));
    MountedHierarchy part{
        folder.path(), QStringLiteral("/docker/1"), 1, {QStringLiteral("memory")}};
    QCOMPARE(ownFolder(part, "4:memory:/docker/1/a\n"), folder.filePath(QStringLiteral("a")));
}

void RuntimeParts::marks()
{
    const QString own = engineMark(QStringLiteral("/data"));
    QVERIFY(!isDeadMark(own));
    QStringList parts = own.split(u'-');
    parts[2] = QStringLiteral("1"); // the same pid, another process
    QVERIFY(isDeadMark(parts.join(u'-')));
    for (const char *text : {"quarry-launcher", "quarry-0-0-x", "quarry-a-1-x", "other-1-1-x", ""})
        QVERIFY2(!isDeadMark(QLatin1String(text)), text);
}

void RuntimeParts::slicesAreExclusive()
{
    const QTemporaryDir folder;
    const QByteArray path = folder.path().toUtf8();
    UidSlices one(path, 1000000, 1000000 + 2 * 65536 - 1);
    UidSlices two(path, 1000000, 1000000 + 2 * 65536 - 1);
    auto a = one.take();
    auto b = two.take();
    QVERIFY(a.ok() && b.ok());
    QVERIFY((*a)->first() != (*b)->first());
    const auto full = one.take();
    QVERIFY(!full.ok() && full.error().code == ErrorCode::LimitExceeded);
    const quint32 freed = (*a)->first();
    a = std::shared_ptr<UidSlice>();
    const auto again = two.take();
    QVERIFY(again.ok());
    QCOMPARE((*again)->first(), freed);
    QFile stale(folder.filePath(QStringLiteral("uids-5")));
    QVERIFY(stale.open(QIODevice::WriteOnly));
    UidSlices::removeUnused(path);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 2); // those in use
    b = std::shared_ptr<UidSlice>();
    UidSlices none(path, 5, 4);
    QVERIFY(!none.take().ok());
}

void RuntimeParts::limitsAreCappedAndTold()
{
    const MachineSize machine{qint64(1) << 30, 2};
    Capabilities can{{QStringLiteral("memory"), {true, {}}},
                     {QStringLiteral("cpus"), {false, QStringLiteral("no group")}}};
    Limits asked;
    asked.memory = qint64(8) << 30;
    asked.cpus = 4;
    const auto limits = effectiveLimits(asked, false, can, machine);
    QVERIFY(limits.ok());
    const EffectiveLimit memory = limits->value(QStringLiteral("memory"));
    QVERIFY(memory.enforced && memory.effective == double(1 << 30)
            && memory.reason.contains(QStringLiteral("capped")));
    const EffectiveLimit cpus = limits->value(QStringLiteral("cpus"));
    QVERIFY(!cpus.enforced && cpus.effective == 2
            && cpus.reason.contains(QStringLiteral("no group")));
    QVERIFY(!limits->contains(QStringLiteral("pids")));
    asked.memory = 100;
    QVERIFY(!effectiveLimits(asked, false, can, machine).ok());
    asked.memory.reset();
    asked.cpus = qQNaN();
    QVERIFY(!effectiveLimits(asked, false, can, machine).ok());
}

void RuntimeParts::requiredLimitsRefuse()
{
    const MachineSize machine{qint64(1) << 30, 2};
    const Capabilities can{{QStringLiteral("memory"), {true, {}}},
                           {QStringLiteral("disk"), {false, QStringLiteral("counted")}}};
    Limits asked;
    asked.memory = 64 << 20;
    QVERIFY(effectiveLimits(asked, true, can, machine).ok());
    asked.disk = 1 << 20;
    const auto refused = effectiveLimits(asked, true, can, machine);
    QVERIFY(!refused.ok() && refused.error().code == ErrorCode::LimitExceeded);
    QVERIFY(refused.error().message.contains(QStringLiteral("disk")));
}

void RuntimeParts::filterCompiles()
{
    const auto filter = compileSeccompFilter();
    QVERIFY(filter.ok());
    QVERIFY(filter->size() % 8 == 0);
    QVERIFY2(filter->size() / 8 < 4096, "more than the kernel takes");
}

void RuntimeParts::specsAreChecked_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("target");
    QTest::addColumn<bool>("fine");
    QTest::newRow("plain") << "a-1" << "/usr" << "/mnt/x" << true;
    QTest::newRow("dot") << ".a" << "/usr" << "/x" << false;
    QTest::newRow("slash") << "a/b" << "/usr" << "/x" << false;
    QTest::newRow("long") << QString(65, u'a') << "/usr" << "/x" << false;
    QTest::newRow("no source") << "a" << "/nowhere-at-all" << "/x" << false;
    QTest::newRow("root") << "a" << "/usr" << "/" << false;
    QTest::newRow("up") << "a" << "/usr" << "/x/../.." << false;
    QTest::newRow("relative") << "a" << "/usr" << "x" << false;
    QTest::newRow("proc") << "a" << "/usr" << "/proc/x" << false;
    QTest::newRow("dev") << "a" << "/usr" << "//dev/" << false;
}

void RuntimeParts::specsAreChecked()
{
    QFETCH(QString, id);
    QFETCH(QString, source);
    QFETCH(QString, target);
    QFETCH(bool, fine);
    InstanceSpec spec;
    spec.id = id;
    spec.layerFolder = QStringLiteral("/tmp");
    spec.image.rootLowers = {QStringLiteral("/tmp")};
    spec.binds = {{source, target, false}};
    QCOMPARE(checkSpec(spec).ok(), fine);
}

void RuntimeParts::orderTellsLimitsAndPlaces()
{
    BubblewrapHost host;
    InstanceSpec spec;
    spec.id = QStringLiteral("one");
    spec.image.rootLowers = {QStringLiteral("/a"), QStringLiteral("/b")};
    spec.env.insert(QStringLiteral("K"), QStringLiteral("v"));
    const EffectiveLimits limits{{QStringLiteral("pids"), {10, 10, false, {}}}};
    const QByteArray text = launchOrder(host, spec, limits, nullptr).bytes();
    const QList<QByteArray> pieces = text.split('\0');
    QVERIFY(pieces.contains("K=v"));
    QCOMPARE(pieces.value(pieces.indexOf("processes") + 1), QByteArray("12"));
    QVERIFY(pieces.indexOf("/a") < pieces.indexOf("/b"));
    spec.env.insert(QStringLiteral("N"), QString(QChar(0)));
    QVERIFY(launchOrder(host, spec, limits, nullptr).broken());
}

void RuntimeParts::appArmorNamesBothPaths()
{
    const QString text = appArmorProfile(QStringLiteral("/usr/bin/bwrap"),
                                         QStringLiteral("/opt/q/quarry-launcher"));
    QVERIFY(text.contains(QStringLiteral("\"/usr/bin/bwrap\""))
            && text.contains(QStringLiteral("\"/opt/q/quarry-launcher\"")));
    QVERIFY(text.contains(QStringLiteral("userns,")));
}

QTEST_GUILESS_MAIN(RuntimeParts)
#include "tst_runtimeparts.moc"
