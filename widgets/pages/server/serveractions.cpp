// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/server/serveractions.h"

#include "widgets/common/actionregistry.h"
#include "widgets/common/notices.h"

#include <QClipboard>
#include <QGuiApplication>

namespace quarry::widgets {

ServerActions::ServerActions(ServerControl &control, ActionRegistry &actions, Notices &notices,
                             QObject *parent)
    : QObject(parent), m_control(control), m_actions(actions), m_notices(notices)
{
    addActions();
    connect(&m_control, &ServerControl::changed, this, &ServerActions::refresh);
    connect(&m_control, &ServerControl::replayFailed, this, [this](const QString &reason) {
        m_notices.post({.kind = NoticeKind::Failure,
                        .text = tr("The request was not replayed: %1").arg(reason),
                        .actionText = {},
                        .action = {}});
    });
    refresh();
}

void ServerActions::addActions()
{
    m_actions.add({.id = QStringLiteral("server.start"),
                   .text = tr("Start server"),
                   .icon = QStringLiteral("play")},
                  this, [this] { m_control.start(); });
    m_actions.add({.id = QStringLiteral("server.startFree"),
                   .text = tr("Use a free port for the server"),
                   .shortText = tr("Use a free port"),
                   .icon = QStringLiteral("play")},
                  this, [this] { m_control.startOnFreePorts(); });
    m_actions.add({.id = QStringLiteral("server.stop"),
                   .text = tr("Stop server"),
                   .icon = QStringLiteral("stop")},
                  this, [this] { m_control.stop(); });
    m_actions.add(
        {.id = QStringLiteral("server.copyAddress"),
         .text = tr("Copy server address"),
         .icon = QStringLiteral("copy")},
        this, [this] { QGuiApplication::clipboard()->setText(m_control.addresses().value(0)); });
}

void ServerActions::refresh()
{
    const bool off = m_control.state() == ServerControl::State::Off;
    const bool on = m_control.state() == ServerControl::State::On;
    const QString runs = tr("the server is not off");
    m_actions.setEnabled(QStringLiteral("server.start"), off, runs);
    m_actions.setEnabled(QStringLiteral("server.startFree"), off, runs);
    m_actions.setEnabled(QStringLiteral("server.stop"), on, tr("the server is not on"));
    m_actions.setEnabled(QStringLiteral("server.copyAddress"), on, tr("the server is not on"));
    if (m_control.error().isEmpty())
        m_notices.close(m_notice);
    if (m_control.error() == m_told)
        return;
    m_told = m_control.error();
    if (m_told.isEmpty())
        return;
    const bool taken = m_control.portTaken();
    m_notice = m_notices.post({.kind = NoticeKind::Failure,
                               .text = m_control.error(),
                               .actionText = taken ? tr("Use a free port") : tr("Try again"),
                               .action = [this, taken] {
                                   if (taken)
                                       m_control.startOnFreePorts();
                                   else
                                       m_control.start();
                               }});
}

} // namespace quarry::widgets
