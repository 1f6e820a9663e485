// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The terminals of one sandbox, followed as they come and go.
#pragma once

#include "engine/enginehost.h"
#include "sandbox/terminals/terminal.h"

#include <QObject>

#include <memory>

namespace quarry::widgets {

struct TerminalEntry {
    std::weak_ptr<sandbox::Terminal> terminal; // used on the engine's thread alone
    sandbox::Terminal::Kind kind = sandbox::Terminal::Kind::Shell;
    QString name;
    bool ended = false; // when it was listed

    bool isSame(const TerminalEntry &other) const
    {
        return !terminal.owner_before(other.terminal) && !other.terminal.owner_before(terminal);
    }
};

class TerminalWatch;

class TerminalList : public QObject
{
    Q_OBJECT
public:
    // HOST must live as long.
    TerminalList(engine::EngineHost &host, const QString &sandboxId, QObject *parent = nullptr);
    ~TerminalList() override;

    const QList<TerminalEntry> &entries() const { return m_entries; } // oldest first
    // Of a running sandbox.
    void openShell(int columns, int rows, Callback<TerminalEntry> done);

Q_SIGNALS:
    void changed();

private:
    engine::EngineHost &m_host;
    const QString m_id;
    TerminalWatch *m_watch; // on the engine's thread
    QList<TerminalEntry> m_entries;
};

// The half of a TerminalList on the engine's thread.
class TerminalWatch : public QObject
{
    Q_OBJECT
public:
    TerminalWatch() = default;

    static QList<TerminalEntry> listed(engine::Engine &engine, const QString &id);
    void begin(engine::Engine &engine, const QString &id);

Q_SIGNALS:
    void told(const QList<quarry::widgets::TerminalEntry> &entries);
};

} // namespace quarry::widgets
