// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/bubblewrap/machine.h"

#include "runtime/bubblewrap/bubblewraphost.h"
#include "runtime/bubblewrap/trial.h"
#include "runtime/kernelfiles.h"

#include <QProcess>

#include <unistd.h>

namespace quarry::runtime {

namespace {

constexpr int versionMilliseconds = 3000;

const QString &appArmorSwitch()
{
    static const QString path
        = QStringLiteral("/proc/sys/kernel/apparmor_restrict_unprivileged_userns");
    return path;
}

Finding finding(const QString &part, const Capability &capability, const QString &good,
                const QString &fix, bool needed)
{
    Finding one{part, capability.available, needed, good, QString()};
    if (!capability.available) {
        one.detail = capability.reason;
        one.fix = fix;
    }
    return one;
}

Finding bubblewrap(const BubblewrapHost &host)
{
    Capability found{!host.bubblewrap.isEmpty(), QStringLiteral("bwrap is not installed")};
    QString version;
    if (found.available) {
        QProcess process;
        process.start(host.bubblewrap, {QStringLiteral("--version")});
        found.available = process.waitForFinished(versionMilliseconds) && process.exitCode() == 0;
        found.reason = QStringLiteral("%1 does not run").arg(host.bubblewrap);
        version = QString::fromUtf8(process.readAllStandardOutput()).trimmed()
            + QStringLiteral(", ") + host.bubblewrap;
    }
    return finding(QStringLiteral("bubblewrap"), found, version,
                   QStringLiteral("install the package bubblewrap"), true);
}

Finding programs(const BubblewrapHost &host)
{
    const bool there = !host.launcher.isEmpty() && !host.agent.isEmpty();
    return finding(QStringLiteral("quarry-launcher and quarry-agent"),
                   {there, QStringLiteral("not in %1").arg(host.settings.programFolder)},
                   host.settings.programFolder,
                   QStringLiteral("install or build Quarry as a whole"), true);
}

QString namespaceFix(const BubblewrapHost &host)
{
    if (!host.root && numberFile(appArmorSwitch()) == 1)
        return QStringLiteral("AppArmor forbids user namespaces here. Write this to "
                              "/etc/apparmor.d/quarry and run "
                              "\"apparmor_parser -r /etc/apparmor.d/quarry\" as root:\n%1")
            .arg(appArmorProfile(host.bubblewrap, host.launcher));
    return QStringLiteral(
        "sysctl user.max_user_namespaces=15000 kernel.unprivileged_userns_clone=1");
}

Capability asCapability(const Result<void> &tried)
{
    return {tried.ok(), tried.ok() ? QString() : tried.error().message};
}

// What a whole sandbox needs, tried by starting one that only says hello.
void addTrials(QList<Finding> &findings, const BubblewrapHost &host)
{
    Capability any = host.capabilities.value(QStringLiteral("sandboxes"));
    if (any.available)
        any = asCapability(tryNamespaces(host));
    findings.append(finding(QStringLiteral("user namespaces"), any,
                            host.root ? QStringLiteral("made by root, with uids of their own")
                                      : QStringLiteral("an ordinary user may make them"),
                            namespaceFix(host), true));
    if (any.available)
        any = asCapability(trySandbox(host, NetworkMode::None));
    findings.append(finding(
        host.root ? QStringLiteral("overlay and idmapped mounts in the data folder")
                  : QStringLiteral("overlay in the data folder"),
        any, QStringLiteral("%1 carries the layers of sandboxes").arg(host.settings.dataFolder),
        QStringLiteral("choose a folder on ext4, xfs or btrfs with --data"), true));
    Capability user = host.capabilities.value(QStringLiteral("network_user"));
    if (user.available && any.available)
        user = asCapability(trySandbox(host, NetworkMode::User));
    findings.append(finding(
        QStringLiteral("network user"), user, QStringLiteral("pasta, %1").arg(host.pasta),
        QStringLiteral("install the package passt; /dev/net/tun must exist and be mode 0666"),
        false));
}

void addLimits(QList<Finding> &findings, const BubblewrapHost &host)
{
    const QList<std::tuple<const char *, const char *, const char *>> limits{
        {"memory limit", "memory", "memory"},
        {"processor limit", "cpus", "cpu"},
        {"process limit", "pids", "pids"}};
    for (const auto &[part, capability, controller] : limits) {
        const auto group = host.groups.controller(QLatin1String(controller));
        findings.append(finding(
            QLatin1String(part), host.capabilities.value(QLatin1String(capability)),
            QStringLiteral("cgroup version %1").arg(group.version),
            QStringLiteral(
                "run as root, or by: systemd-run --user --scope -p Delegate=yes quarry serve"),
            false));
    }
    findings.append(finding(
        QStringLiteral("disk limit"), host.capabilities.value(QStringLiteral("disk")), QString(),
        QStringLiteral("put the data folder on a file system of its own size"), false));
}

QString rangeText(const BubblewrapHost &host)
{
    if (host.root)
        return QStringLiteral("65536 for each sandbox out of %1–%2")
            .arg(host.settings.uidFirst)
            .arg(host.settings.uidLast);
    return QStringLiteral("%1 from %2 (/etc/subuid)")
        .arg(host.ranges.uids.count)
        .arg(host.ranges.uids.first);
}

} // namespace

QList<Finding> examineMachine(const MachineSettings &settings)
{
    const BubblewrapHost host = BubblewrapHost::find(settings);
    QList<Finding> findings{bubblewrap(host), programs(host)};
    const QByteArray actions
        = readKernelFile(QStringLiteral("/proc/sys/kernel/seccomp/actions_avail"));
    findings.append(finding(QStringLiteral("system call filter (seccomp)"),
                            {!host.filter.isEmpty() && actions.contains("errno"),
                             QStringLiteral("the kernel has no seccomp filters")},
                            QStringLiteral("%1 instructions").arg(host.filter.size() / 8),
                            QStringLiteral("a kernel with CONFIG_SECCOMP_FILTER"), true));
    addTrials(findings, host);
    findings.append(finding(QStringLiteral("a range of uids"),
                            host.capabilities.value(QStringLiteral("users")), rangeText(host),
                            QStringLiteral("install the package uidmap; usermod --add-subuids "
                                           "100000-165535 --add-subgids 100000-165535 USER"),
                            false));
    findings.append(finding(QStringLiteral("network host"),
                            host.capabilities.value(QStringLiteral("network_host")),
                            QStringLiteral("under a uid other than the server's"),
                            QStringLiteral("a range of uids, see above"), false));
    addLimits(findings, host);
    for (const QString &runtime :
         {QStringLiteral("docker runtime"), QStringLiteral("qemu and kvm machines")}) {
        findings.append(finding(
            runtime,
            {false, QStringLiteral("not part of this version: every sandbox runs on bubblewrap")},
            QString(), QStringLiteral("nothing to do"), false));
    }
    host.groups.removeEngineFolders();
    return findings;
}

QString appArmorProfile(const QString &bubblewrapPath, const QString &launcherPath)
{
    QString text = QStringLiteral("abi <abi/4.0>,\ninclude <tunables/global>\n");
    const QList<QPair<QString, QString>> profiles{
        {QStringLiteral("quarry-bwrap"), bubblewrapPath},
        {QStringLiteral("quarry-launcher"), launcherPath}};
    for (const auto &[name, path] : profiles)
        text += QStringLiteral("\nprofile %1 \"%2\" flags=(unconfined) {\n  userns,\n}\n")
                    .arg(name, path);
    return text;
}

} // namespace quarry::runtime
