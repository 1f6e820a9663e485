// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/terminals/terminaltable.h"

#include "sandbox/terminals/sessionterminal.h"

#include <algorithm>
#include <utility>

namespace quarry::sandbox {

namespace {

using TerminalPointer = std::shared_ptr<Terminal>;

bool lives(const TerminalPointer &terminal)
{
    return !terminal->state().ended;
}

} // namespace

Result<TerminalPointer> TerminalTable::open(agent::AgentClient &agent, ShellSpec spec)
{
    if (spec.name.isEmpty())
        spec.name = freeName();
    if (const Result<TerminalPointer> known = find(spec.name); known && lives(*known))
        return {ErrorCode::AlreadyExists,
                QStringLiteral("Terminal \"%1\" exists already.").arg(spec.name)};
    if (std::count_if(m_terminals.cbegin(), m_terminals.cend(), lives) >= LivingMax)
        return {ErrorCode::LimitExceeded,
                QStringLiteral("%1 terminals are open already.").arg(LivingMax)};
    const auto shell = std::make_shared<ShellTerminal>(agent, spec);
    add(shell);
    return TerminalPointer(shell);
}

void TerminalTable::watch(BashSession &session)
{
    add(std::make_shared<SessionTerminal>(session));
}

void TerminalTable::add(const TerminalPointer &terminal)
{
    m_terminals.removeIf([&](const TerminalPointer &each) {
        return !lives(each) && each->name() == terminal->name();
    });
    m_terminals.append(terminal);
    auto ended
        = m_terminals.size() - std::count_if(m_terminals.cbegin(), m_terminals.cend(), lives);
    m_terminals.removeIf(
        [&](const TerminalPointer &each) { return !lives(each) && ended-- > EndedMax; });
    Q_EMIT changed();
}

Result<TerminalPointer> TerminalTable::find(const QString &name) const
{
    const auto rank = [](const TerminalPointer &terminal) {
        return 2 * int(lives(terminal)) + int(terminal->kind() == Terminal::Kind::Session);
    };
    TerminalPointer best;
    for (const TerminalPointer &each : m_terminals) {
        if (each->name() == name && (!best || rank(each) >= rank(best)))
            best = each;
    }
    if (best)
        return best;
    return {ErrorCode::NotFound, QStringLiteral("There is no terminal \"%1\".").arg(name)};
}

Result<void> TerminalTable::close(const QString &name)
{
    const Result<TerminalPointer> terminal = find(name);
    if (!terminal)
        return terminal.error();
    if (lives(*terminal))
        return (*terminal)->close();
    m_terminals.removeOne(*terminal);
    Q_EMIT changed();
    return {};
}

void TerminalTable::abandon(const QString &reason)
{
    for (const TerminalPointer &each : std::exchange(m_terminals, {}))
        each->abandon(reason);
    Q_EMIT changed();
}

QString TerminalTable::freeName() const
{
    QString name = QStringLiteral("shell");
    for (int number = 2;; ++number) {
        const Result<TerminalPointer> known = find(name);
        if (!known || !lives(*known))
            return name;
        name = QStringLiteral("shell %1").arg(number);
    }
}

} // namespace quarry::sandbox
