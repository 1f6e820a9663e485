// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/bubblewrap/bubblewraphost.h"

#include "runtime/kernelfiles.h"
#include "runtime/seccomp.h"

#include <QFileInfo>
#include <QStandardPaths>

#include <sys/utsname.h>
#include <unistd.h>

namespace quarry::runtime {

namespace {

Capability yes(const QString &reserve = {})
{
    return {true, reserve};
}

Capability no(const QString &reason)
{
    return {false, reason};
}

QString programIn(const QString &folder, const char *name)
{
    const QFileInfo file(folder + u'/' + QLatin1String(name));
    return file.isExecutable() && file.isFile() ? file.absoluteFilePath() : QString();
}

bool kernelBefore(int major, int minor)
{
    utsname name{};
    uname(&name);
    const QList<QByteArray> parts = QByteArray(name.release).split('.');
    const int hasMajor = parts.value(0).toInt();
    return hasMajor < major || (hasMajor == major && parts.value(1).toInt() < minor);
}

Capability sandboxes(const BubblewrapHost &host)
{
    if (host.bubblewrap.isEmpty())
        return no(QStringLiteral("bwrap is not installed (package bubblewrap)"));
    if (host.launcher.isEmpty() || host.agent.isEmpty())
        return no(QStringLiteral("quarry-launcher and quarry-agent are not in %1")
                      .arg(host.settings.programFolder));
    if (host.filter.isEmpty())
        return no(QStringLiteral("the system call filter could not be built"));
    if (numberFile(QStringLiteral("/proc/sys/user/max_user_namespaces")) == 0)
        return no(
            QStringLiteral("user namespaces are switched off (sysctl user.max_user_namespaces)"));
    if (host.root && kernelBefore(5, 19))
        return no(QStringLiteral("a server run as root needs Linux 5.19 or newer for idmapped "
                                 "overlays; run it as an ordinary user"));
    if (!host.root && kernelBefore(5, 11))
        return no(QStringLiteral("overlays of an ordinary user need Linux 5.11 or newer"));
    if (!host.root && numberFile(QStringLiteral("/proc/sys/kernel/unprivileged_userns_clone")) == 0)
        return no(QStringLiteral(
            "user namespaces are for root only (sysctl kernel.unprivileged_userns_clone=1)"));
    return yes();
}

Capability userNetwork(const BubblewrapHost &host)
{
    if (host.pasta.isEmpty())
        return no(QStringLiteral("pasta is not installed (package passt)"));
    const char *tun = "/dev/net/tun";
    if (access(tun, F_OK) != 0)
        return no(QStringLiteral("there is no /dev/net/tun (modprobe tun)"));
    if (!host.root && access(tun, R_OK | W_OK) != 0)
        return no(QStringLiteral("/dev/net/tun is not for this user (chmod 0666 /dev/net/tun)"));
    return yes();
}

Capabilities capabilitiesOf(const BubblewrapHost &host)
{
    Capabilities all;
    const auto set = [&](const char *name, const Capability &capability) {
        all.insert(QLatin1String(name), capability);
    };
    const Capability any = sandboxes(host);
    const bool ranges = host.root || host.ranges.uids.count > 0;
    const auto unless
        = [&](const Capability &capability) { return any.available ? capability : any; };
    set("sandboxes", any);
    set("users", unless(ranges ? yes() : no(host.ranges.reason)));
    set("network_none", any);
    set("network_user", unless(userNetwork(host)));
    set("network_host",
        unless(ranges
                   ? yes()
                   : no(QStringLiteral(
                            "a sandbox in the host's network needs a uid other than the server's: ")
                        + host.ranges.reason)));
    const QList<QPair<const char *, const char *>> limits{
        {"memory", "memory"}, {"cpus", "cpu"}, {"pids", "pids"}};
    for (const auto &[name, controller] : limits) {
        const auto found = host.groups.controller(QLatin1String(controller));
        set(name, unless(found.folder.isEmpty() ? no(found.reason) : yes()));
    }
    set("disk",
        no(QStringLiteral(
            "disk use is counted, not enforced: the kernel has no quota for a folder here")));
    set("commit", any);
    return all;
}

} // namespace

QByteArray sliceFolder()
{
    return "/run/quarry";
}

BubblewrapHost BubblewrapHost::find(const MachineSettings &settings)
{
    BubblewrapHost host;
    host.settings = settings;
    host.root = geteuid() == 0;
    host.bubblewrap = QStandardPaths::findExecutable(QStringLiteral("bwrap"));
    host.pasta = QStandardPaths::findExecutable(QStringLiteral("pasta"));
    host.launcher = programIn(settings.programFolder, "quarry-launcher");
    host.agent = programIn(settings.programFolder, "quarry-agent");
    if (const auto filter = compileSeccompFilter())
        host.filter = *filter;
    if (!host.root)
        host.ranges = ownSubordinateRanges();
    host.machine = machineSize();
    host.mark = engineMark(settings.dataFolder);
    host.groups = ControlGroups::detect(host.mark);
    host.capabilities = capabilitiesOf(host);
    return host;
}

void addIdentity(LaunchSpec &spec, const UidSlice *slice, const OwnRanges &ranges)
{
    if (slice) {
        spec.addRange("uids", slice->first(), UidSlice::size);
    } else if (ranges.uids.count > 0) {
        spec.addRange("sub-uids", ranges.uids.first, ranges.uids.count);
        spec.addRange("sub-gids", ranges.gids.first, ranges.gids.count);
    }
}

} // namespace quarry::runtime
