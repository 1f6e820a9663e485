// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/bubblewrap/launchorder.h"

#include "runtime/resolvconf.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

namespace quarry::runtime {

namespace {

constexpr int ownProcesses = 2; // bwrap and the agent stand in the group too
constexpr qint64 cpuPeriod = 100000; // microseconds
constexpr qint64 cpuQuotaMin = 1000;

Error invalid(const QString &message)
{
    return {ErrorCode::InvalidArgument, message, {}};
}

Result<void> checkBind(const Bind &bind)
{
    if (!QDir::isAbsolutePath(bind.source) || !QFileInfo::exists(bind.source))
        return invalid(
            QStringLiteral(
                "The folder %1 that is to be bound does not exist, or is not named from the root")
                .arg(bind.source));
    const QString target = QDir::cleanPath(bind.target);
    if (!QDir::isAbsolutePath(bind.target) || target == QLatin1String("/")
        || bind.target.contains(QLatin1String("..")))
        return invalid(
            QStringLiteral(
                "%1 is no place for %2: an absolute path below / without \"..\" is needed")
                .arg(bind.target, bind.source));
    for (const char *taken : {"/proc", "/dev"}) {
        if (target == QLatin1String(taken) || target.startsWith(QLatin1String(taken) + u'/'))
            return invalid(QStringLiteral("%1 cannot be bound to %2, which is the sandbox's own")
                               .arg(bind.source, bind.target));
    }
    return {};
}

// Makes the group of CONTROLLER known to the launcher, once for controllers that share a folder.
class GroupOrders
{
public:
    GroupOrders(const ControlGroups &groups, QString id) : m_groups(groups), m_id(std::move(id)) { }

    void add(const char *controller, const QStringList &settings = {})
    {
        const QString folder = m_groups.group(QLatin1String(controller), m_id);
        if (!folder.isEmpty())
            m_settings[folder] += settings;
    }
    void tell(LaunchSpec &spec) const
    {
        for (auto group = m_settings.cbegin(); group != m_settings.cend(); ++group) {
            spec.add("group", group.key());
            for (const QString &setting : group.value())
                spec.add("group-set", setting);
        }
    }

private:
    const ControlGroups &m_groups;
    QString m_id;
    QMap<QString, QStringList> m_settings;
};

QStringList memorySettings(qint64 bytes, bool old)
{
    // Memory and swap together, so that swap does not double the limit; not every kernel counts
    // swap.
    if (old)
        return {QStringLiteral("memory.limit_in_bytes memory %1").arg(bytes),
                QStringLiteral("memory.memsw.limit_in_bytes  %1").arg(bytes)};
    return {QStringLiteral("memory.max memory %1").arg(bytes),
            QStringLiteral("memory.swap.max  0")};
}

QStringList cpuSettings(double cpus, bool old)
{
    const qint64 quota = std::max(cpuQuotaMin, qint64(cpus * double(cpuPeriod)));
    if (old)
        return {QStringLiteral("cpu.cfs_period_us cpus %1").arg(cpuPeriod),
                QStringLiteral("cpu.cfs_quota_us cpus %1").arg(quota)};
    return {QStringLiteral("cpu.max cpus %1 %2").arg(quota).arg(cpuPeriod)};
}

void addGroups(LaunchSpec &order, const BubblewrapHost &host, const QString &id,
               const EffectiveLimits &limits)
{
    const auto old = [&](const char *name) {
        return host.groups.controller(QLatin1String(name)).version == 1;
    };
    const auto limit
        = [&](const char *name) { return limits.value(QLatin1String(name)).effective; };
    GroupOrders groups(host.groups, id);
    groups.add("cpuacct");
    groups.add("memory",
               limit("memory") > 0 ? memorySettings(qint64(limit("memory")), old("memory"))
                                   : QStringList());
    groups.add("cpu", limit("cpus") > 0 ? cpuSettings(limit("cpus"), old("cpu")) : QStringList());
    if (limit("pids") > 0)
        groups.add("pids",
                   {QStringLiteral("pids.max pids %1").arg(qint64(limit("pids")) + ownProcesses)});
    else
        groups.add("pids");
    groups.tell(order);
    // The least that is to be had without groups: each uid's processes, and nothing for their sum.
    if (limit("pids") > 0 && host.groups.group(QStringLiteral("pids"), id).isEmpty())
        order.add("processes", QByteArray::number(qint64(limit("pids")) + ownProcesses));
}

void addEnvironment(LaunchSpec &order, const InstanceSpec &spec)
{
    QMap<QString, QString> all{
        {QStringLiteral("PATH"),
         QStringLiteral("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")},
        {QStringLiteral("HOME"), QStringLiteral("/root")},
        {QStringLiteral("LANG"), QStringLiteral("C.UTF-8")},
        {QStringLiteral("TERM"), QStringLiteral("xterm-256color")}};
    all.insert(spec.image.env);
    all.insert(spec.env);
    for (auto variable = all.cbegin(); variable != all.cend(); ++variable)
        order.add("env", variable.key() + u'=' + variable.value());
}

const char *toText(NetworkMode mode)
{
    switch (mode) {
    case NetworkMode::User:
        return "user";
    case NetworkMode::Host:
        return "host";
    case NetworkMode::None:
        break;
    }
    return "none";
}

} // namespace

Result<void> checkSpec(const InstanceSpec &spec)
{
    static const QRegularExpression name(QStringLiteral("^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$"));
    if (!name.match(spec.id).hasMatch())
        return invalid(QStringLiteral("\"%1\" is no id of a sandbox").arg(spec.id));
    static const QRegularExpression host(QStringLiteral("^[A-Za-z0-9][A-Za-z0-9.-]{0,62}$"));
    if (!host.match(spec.hostname).hasMatch())
        return invalid(QStringLiteral("\"%1\" is no name of a host").arg(spec.hostname));
    if (spec.image.rootLowers.isEmpty() || !QFileInfo(spec.layerFolder).isDir())
        return invalid(QStringLiteral("Sandbox %1 has no image or no layer folder").arg(spec.id));
    for (auto variable = spec.env.cbegin(); variable != spec.env.cend(); ++variable) {
        if (variable.key().isEmpty() || variable.key().contains(u'=')
            || variable.key().contains(QChar(0)) || variable.value().contains(QChar(0)))
            return invalid(
                QStringLiteral("\"%1\" cannot be an environment variable").arg(variable.key()));
    }
    for (const Bind &bind : spec.binds) {
        if (const auto fine = checkBind(bind); !fine)
            return fine;
    }
    return {};
}

LaunchSpec launchOrder(const BubblewrapHost &host, const InstanceSpec &spec,
                       const EffectiveLimits &limits, const UidSlice *slice)
{
    LaunchSpec order;
    addIdentity(order, slice, host.ranges);
    addGroups(order, host, spec.id, limits);
    order.add("layer", spec.layerFolder);
    for (const QString &lower : spec.image.rootLowers)
        order.add("root-lower", lower);
    if (spec.image.kind == ImageKind::Host) {
        for (const QString &lower : spec.image.usrLowers)
            order.add("usr-lower", lower);
    }
    order.add("network", QByteArray(toText(spec.network)));
    if (spec.network != NetworkMode::None)
        order.add("resolv-conf", upstreamResolvConf());
    order.add("mark", host.mark + u':' + spec.id);
    order.add("program", host.bubblewrap);
    order.add("agent", host.agent);
    order.add("pasta", host.pasta);
    order.add("hostname", spec.hostname);
    addEnvironment(order, spec);
    for (const Bind &bind : spec.binds) {
        order.add(bind.readOnly ? "place-ro" : "place", bind.source);
        order.add("target", bind.target);
    }
    return order;
}

} // namespace quarry::runtime
