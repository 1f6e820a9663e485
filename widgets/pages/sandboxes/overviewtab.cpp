// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/overviewtab.h"

#include "base/clock.h"
#include "widgets/common/format.h"
#include "widgets/models/sandboxstate.h"
#include "widgets/patterns/propertylist.h"

#include <QVBoxLayout>

namespace quarry::widgets {

namespace {

QString limitText(const sandbox::LimitInfo &limit, const QString &amount)
{
    if (limit.effective <= 0)
        return {};
    if (limit.enforced && limit.reason.isEmpty())
        return amount;
    return OverviewTab::tr("%1, not as asked: %2").arg(amount, limit.reason);
}

} // namespace

OverviewTab::OverviewTab(QWidget *parent) : QScrollArea(parent), m_list(new PropertyList)
{
    m_list->add(QStringLiteral("state"), tr("State"));
    m_list->add(QStringLiteral("image"), tr("Image"), PropertyList::Mono, tr("Copy image"));
    m_list->add(QStringLiteral("servedBy"), tr("Served by"));
    m_list->add(QStringLiteral("network"), tr("Network"));
    m_list->add(QStringLiteral("memory"), tr("Memory"));
    m_list->add(QStringLiteral("cpus"), tr("CPUs"));
    m_list->add(QStringLiteral("disk"), tr("Disk"));
    m_list->add(QStringLiteral("processes"), tr("Processes"));
    m_list->add(QStringLiteral("created"), tr("Created"));
    m_list->add(QStringLiteral("started"), tr("Started"));
    m_list->add(QStringLiteral("stopped"), tr("Stopped"));
    m_list->add(QStringLiteral("deadline"), tr("Stops"));
    m_list->add(QStringLiteral("owner"), tr("Owner"));
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->addWidget(m_list);
    column->addStretch();
    setWidget(content);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("About this sandbox"));
}

void OverviewTab::show(const sandbox::SandboxInfo &info,
                       const std::optional<sandbox::SandboxStatistics> &use)
{
    const QDateTime now = utcNow();
    const auto set = [this](const char *id, const QString &value, const QString &tip = {}) {
        m_list->setValue(QString::fromLatin1(id), value, tip);
    };
    const auto time = [&](const char *id, const QDateTime &when) {
        set(id, when.isValid() ? formatRelative(when, now) : QString(),
            when.isValid() ? formatExact(when) : QString());
    };
    const auto of = [](const QString &used, const QString &limit) {
        return limit.isEmpty() ? used : tr("%1 of %2").arg(used, limit);
    };
    const auto limit
        = [&info](const char *name) { return info.limits.value(QString::fromLatin1(name)); };
    set("state", sandboxState(info, now).text);
    set("image", info.image);
    set("servedBy", info.servedBy);
    set("network", sandbox::toString(info.network));
    const QString memory
        = limitText(limit("memory"), formatBytes(qint64(limit("memory").effective)));
    set("memory", use ? of(formatBytes(use->memoryBytes), memory) : memory);
    const double cores = limit("cpus").effective;
    const QString cpus = limitText(limit("cpus"), QString::number(cores, 'f', 1));
    set("cpus", use ? of(QString::number(use->cpuPercent / 100 * cores, 'f', 1), cpus) : cpus);
    const QString disk = limitText(limit("disk"), formatBytes(qint64(limit("disk").effective)));
    set("disk", use ? of(formatBytes(use->diskBytes), disk) : disk);
    const QString pids = limitText(limit("pids"), formatCount(qint64(limit("pids").effective)));
    set("processes", use ? of(formatCount(use->processes), pids) : pids);
    time("created", info.createTime);
    time("started", info.startTime);
    time("stopped", info.stopTime);
    time("deadline", info.autoStopTime);
    set("owner", info.userId);
}

} // namespace quarry::widgets
