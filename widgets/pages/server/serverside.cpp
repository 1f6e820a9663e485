// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/server/serverside.h"

#include "widgets/common/actionregistry.h"
#include "widgets/common/codeblock.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/format.h"
#include "widgets/common/segments.h"
#include "widgets/common/statelabel.h"
#include "widgets/common/strip.h"
#include "widgets/pages/server/clientmodel.h"
#include "widgets/pages/server/errormodel.h"
#include "widgets/pages/server/snippets.h"
#include "widgets/patterns/propertylist.h"
#include "widgets/patterns/tableview.h"
#include "widgets/theme/measures.h"

#include <QVBoxLayout>

namespace quarry::widgets {

namespace {

constexpr int MaxAddresses = 3;
constexpr int HeadHeight = 28;
constexpr int ClientRows = 5;
constexpr int ErrorRows = 5;

Strip *makeHeading(const QString &text)
{
    auto *strip = new Strip(HeadHeight);
    auto *label = new ElidedLabel(text);
    label->setType(Type::Small, QFont::DemiBold);
    strip->add(label, 1);
    return strip;
}

QString addressId(int i)
{
    return QStringLiteral("address%1").arg(i);
}

QString callers(ServerAccess access)
{
    switch (access) {
    case ServerAccess::OwnUserFree:
        return ServerSide::tr("you on this machine; others with the token");
    case ServerAccess::EverybodyByToken:
        return ServerSide::tr("whoever has the token");
    case ServerAccess::Open:
        break;
    }
    return ServerSide::tr("everybody who reaches the address");
}

} // namespace

ServerSide::ServerSide(ServerControl &control, ActionRegistry &actions, const Models &models,
                       const QString &dataFolder, QWidget *parent)
    : QWidget(parent), m_control(control), m_dataFolder(dataFolder),
      m_state(new StateLabel(StateLabel::Badge)), m_facts(new PropertyList),
      m_clients(new TableView(tr("Clients"))), m_errors(new TableView(tr("Errors by code"))),
      m_languages(new Segments(tr("Language of the lines"), {tr("ROCK"), tr("curl"), tr("Shell")})),
      m_snippet(new CodeBlock(tr("Lines that call the server")))
{
    auto *content = new QWidget;
    auto *inner = new QVBoxLayout(content);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(0);
    addFacts(inner);
    addClients(inner, models.clients);
    addErrors(inner, models.errors);
    addSnippets(inner);
    inner->addStretch();
    auto *scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead(actions));
    column->addWidget(scroll, 1);
}

QWidget *ServerSide::makeHead(ActionRegistry &actions)
{
    auto *head = new Strip(measures::ToolBar);
    head->add(m_state);
    head->addStretch();
    head->addAction(actions.action(QStringLiteral("server.stop")), ActionButton::Text);
    return head;
}

void ServerSide::addFacts(QLayout *column)
{
    for (int i = 0; i < MaxAddresses; ++i)
        m_facts->add(addressId(i), i == 0 ? tr("Address") : tr("Address %1").arg(i + 1),
                     PropertyList::Mono,
                     i == 0 ? tr("Copy address") : tr("Copy address %1").arg(i + 1));
    m_facts->add(QStringLiteral("callers"), tr("May call"));
    m_facts->add(QStringLiteral("token"), tr("Token file"), PropertyList::Mono,
                 tr("Copy path of the token file"));
    m_facts->add(QStringLiteral("connections"), tr("Connections"));
    m_facts->add(QStringLiteral("body"), tr("Body"));
    m_facts->add(QStringLiteral("header"), tr("Header"));
    m_facts->add(QStringLiteral("idle"), tr("Idle"));
    column->addWidget(m_facts);
}

void ServerSide::addClients(QLayout *column, ClientModel *clients)
{
    column->addWidget(makeHeading(tr("Clients")));
    m_clients->setModel(clients);
    m_clients->setColumns({{CellKind::Text, 150, true},
                           {CellKind::Id, 90},
                           {CellKind::Figures, 72},
                           {CellKind::Figures, 56},
                           {CellKind::Figures, 72}});
    m_clients->setSortingEnabled(false);
    m_clients->setFixedHeight(measures::TableHeader + ClientRows * measures::RowDense);
    column->addWidget(m_clients);
}

void ServerSide::addErrors(QLayout *column, ErrorModel *errors)
{
    column->addWidget(makeHeading(tr("Errors by code")));
    m_errors->setModel(errors);
    m_errors->setColumns(
        {{CellKind::State, 70}, {CellKind::Text, 200, true}, {CellKind::Figures, 80}});
    m_errors->setSortingEnabled(false);
    m_errors->setFixedHeight(measures::TableHeader + ErrorRows * measures::RowDense);
    column->addWidget(m_errors);
}

void ServerSide::addSnippets(QLayout *column)
{
    Strip *head = makeHeading(tr("Connect"));
    head->add(m_languages);
    auto *framed = new QWidget;
    auto *box = new QVBoxLayout(framed);
    box->setContentsMargins(measures::SpaceM, measures::SpaceM, measures::SpaceM, measures::SpaceM);
    box->addWidget(m_snippet);
    column->addWidget(head);
    column->addWidget(framed);
    connect(m_languages, &Segments::currentChanged, this, &ServerSide::showSnippet);
}

// Empty where callers like this one need none.
QString ServerSide::neededToken() const
{
    return m_control.access() == ServerAccess::EverybodyByToken ? m_control.tokenFile() : QString();
}

void ServerSide::showSnippet()
{
    const QString address = m_control.addresses().value(0);
    switch (m_languages->current()) {
    case 0:
        m_snippet->setCode(pythonSnippet(address, neededToken()));
        return;
    case 1:
        m_snippet->setCode(curlSnippet(address, neededToken()));
        return;
    default:
        m_snippet->setCode(shellSnippet(m_dataFolder));
    }
}

void ServerSide::showState(const QDateTime &since)
{
    const auto set = [this](const char *id, const QString &value) {
        m_facts->setValue(QString::fromLatin1(id), value);
    };
    if (m_control.state() == ServerControl::State::Stopping)
        m_state->setState(State::Waiting, tr("stopping"));
    else
        m_state->setState(State::Running,
                          tr("on since %1").arg(since.toLocalTime().toString(u"HH:mm")));
    const QStringList addresses = m_control.addresses();
    for (int i = 0; i < MaxAddresses; ++i) {
        m_facts->setValue(addressId(i), addresses.value(i));
        m_facts->setShown(addressId(i), i == 0 || i < addresses.size());
    }
    set("callers", callers(m_control.access()));
    set("token", m_control.tokenFile());
    const ServerLimits limits = m_control.limits();
    set("body",
        tr("at most %1; uploads %2").arg(formatBytes(limits.body), formatBytes(limits.upload)));
    set("header", tr("at most %1").arg(formatBytes(limits.header)));
    set("idle", tr("closed after %1").arg(formatDuration(limits.idle)));
    showConnections(0);
    showSnippet();
}

void ServerSide::showConnections(int open)
{
    m_facts->setValue(
        QStringLiteral("connections"),
        tr("%1 of %2").arg(formatCount(open), formatCount(m_control.limits().connections)));
}

} // namespace quarry::widgets
