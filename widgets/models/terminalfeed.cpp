// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/terminalfeed.h"

#include "widgets/models/terminalrelay.h"

#include <utility>

namespace quarry::widgets {

TerminalFeed::TerminalFeed(engine::EngineHost &host, std::weak_ptr<sandbox::Terminal> terminal,
                           QObject *parent)
    : QObject(parent), m_relay(new TerminalRelay(std::move(terminal), Window))
{
    connect(m_relay, &TerminalRelay::received, this, &TerminalFeed::received);
    connect(m_relay, &TerminalRelay::skipped, this, &TerminalFeed::skipped);
    connect(m_relay, &TerminalRelay::refused, this, &TerminalFeed::refused);
    connect(m_relay, &TerminalRelay::stateTold, this, [this](const sandbox::TerminalState &state) {
        m_state = state;
        Q_EMIT stateChanged();
    });
    host.moveToEngine(*m_relay);
    QMetaObject::invokeMethod(m_relay, &TerminalRelay::begin);
}

TerminalFeed::~TerminalFeed()
{
    m_relay->deleteLater();
}

void TerminalFeed::consumed(qint64 bytes)
{
    QMetaObject::invokeMethod(m_relay, [relay = m_relay, bytes] { relay->grant(bytes); });
}

void TerminalFeed::type(const QByteArray &bytes)
{
    if (!bytes.isEmpty())
        QMetaObject::invokeMethod(m_relay, [relay = m_relay, bytes] { relay->type(bytes); });
}

void TerminalFeed::resize(int columns, int rows)
{
    QMetaObject::invokeMethod(m_relay,
                              [relay = m_relay, columns, rows] { relay->resize(columns, rows); });
}

void TerminalFeed::takeOver()
{
    QMetaObject::invokeMethod(m_relay, &TerminalRelay::takeOver);
}

void TerminalFeed::giveBack()
{
    QMetaObject::invokeMethod(m_relay, &TerminalRelay::giveBack);
}

void TerminalFeed::close()
{
    QMetaObject::invokeMethod(m_relay, &TerminalRelay::close);
}

} // namespace quarry::widgets
