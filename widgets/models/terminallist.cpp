// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/terminallist.h"

#include "sandbox/terminals/terminaltable.h"

#include <utility>

namespace quarry::widgets {

namespace {

TerminalEntry entryOf(const std::shared_ptr<sandbox::Terminal> &terminal)
{
    return {terminal, terminal->kind(), terminal->name(), terminal->state().ended};
}

} // namespace

QList<TerminalEntry> TerminalWatch::listed(engine::Engine &engine, const QString &id)
{
    QList<TerminalEntry> entries;
    if (const auto table = engine.sandboxes().terminals(id)) {
        for (const auto &terminal : (*table)->all())
            entries.append(entryOf(terminal));
    }
    return entries;
}

void TerminalWatch::begin(engine::Engine &engine, const QString &id)
{
    const auto tell = [this, &engine, id] { Q_EMIT told(listed(engine, id)); };
    connect(&engine.sandboxes(), &sandbox::SandboxService::terminalsChanged, this,
            [tell, id](const QString &changed) {
                if (changed == id)
                    tell();
            });
    tell();
}

TerminalList::TerminalList(engine::EngineHost &host, const QString &sandboxId, QObject *parent)
    : QObject(parent), m_host(host), m_id(sandboxId), m_watch(new TerminalWatch)
{
    connect(m_watch, &TerminalWatch::told, this, [this](const QList<TerminalEntry> &entries) {
        m_entries = entries;
        Q_EMIT changed();
    });
    host.moveToEngine(*m_watch);
    host.post([watch = m_watch, id = m_id](engine::Engine &engine) { watch->begin(engine, id); });
}

TerminalList::~TerminalList()
{
    m_watch->deleteLater();
}

void TerminalList::openShell(int columns, int rows, Callback<TerminalEntry> done)
{
    m_host.ask<TerminalEntry>(
        this,
        [id = m_id, columns, rows](engine::Engine &engine, const Callback<TerminalEntry> &answer) {
            sandbox::ShellSpec spec;
            spec.columns = columns;
            spec.rows = rows;
            const auto opened = engine.sandboxes().openShell(id, spec);
            answer(opened ? Result<TerminalEntry>(entryOf(*opened))
                          : Result<TerminalEntry>(opened.error()));
        },
        std::move(done));
}

} // namespace quarry::widgets
