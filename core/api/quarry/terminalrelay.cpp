// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/quarry/terminalrelay.h"

#include "api/json/fieldreader.h"

#include <QJsonDocument>
#include <QWebSocket>

#include <chrono>
#include <utility>

namespace quarry::api::own {

using namespace Qt::StringLiterals;
using sandbox::Terminal;
using sandbox::TerminalViewer;

namespace {

constexpr qint64 highWater = 256 * 1024;
constexpr qsizetype pieceMax = 64 * 1024;
constexpr quint64 messageMax = 256 * 1024;
constexpr std::chrono::seconds pingEvery(30);

} // namespace

QJsonObject terminalObject(const Terminal &terminal)
{
    const sandbox::TerminalState &state = terminal.state();
    return {{u"name"_s, terminal.name()},
            {u"kind"_s, terminal.kind() == Terminal::Kind::Shell ? u"shell"_s : u"session"_s},
            {u"rows"_s, state.rows},
            {u"cols"_s, state.columns},
            {u"read_only"_s, state.readOnly},
            {u"taken_over"_s, state.takenOver},
            {u"ended"_s, state.ended},
            {u"reason"_s, state.endReason},
            {u"exit_code"_s, state.exitCode ? QJsonValue(*state.exitCode) : QJsonValue()}};
}

TerminalRelay::TerminalRelay(QWebSocket *socket, std::unique_ptr<TerminalViewer> viewer,
                             std::shared_ptr<void> inUse)
    : m_socket(socket), m_viewer(std::move(viewer)), m_inUse(std::move(inUse))
{
    m_socket->setParent(this);
    m_socket->setMaxAllowedIncomingFrameSize(messageMax);
    m_socket->setMaxAllowedIncomingMessageSize(messageMax);
    connect(m_socket, &QWebSocket::disconnected, this, &QObject::deleteLater);
    connect(m_socket, &QWebSocket::bytesWritten, this, &TerminalRelay::pump);
    connect(m_socket, &QWebSocket::textMessageReceived, this, &TerminalRelay::takeText);
    connect(m_socket, &QWebSocket::binaryMessageReceived, this, [this](const QByteArray &typed) {
        if (const Result<void> written = m_viewer->terminal().write(typed); !written)
            refuse(written.error());
    });
    connect(m_socket, &QWebSocket::pong, this, [this] { m_answered = true; });
    connect(&m_pings, &QTimer::timeout, this, &TerminalRelay::checkPeer);
    connect(m_viewer.get(), &TerminalViewer::readyRead, this, &TerminalRelay::pump);
    connect(m_viewer.get(), &TerminalViewer::stateChanged, this, &TerminalRelay::tellState);
    m_pings.start(pingEvery);
    tellState();
}

TerminalRelay::~TerminalRelay() = default;

void TerminalRelay::pump()
{
    while (!m_ending && !m_viewer->atEnd() && m_socket->bytesToWrite() < highWater) {
        const QByteArray bytes = m_viewer->read(pieceMax);
        if (const qint64 skipped = m_viewer->takeSkipped(); skipped > 0)
            tell({{u"type"_s, u"skipped"_s}, {u"bytes"_s, skipped}});
        m_socket->sendBinaryMessage(bytes);
    }
    const sandbox::TerminalState &state = m_viewer->terminal().state();
    if (!state.ended || !m_viewer->atEnd() || std::exchange(m_ending, true))
        return;
    QJsonObject last{{u"type"_s, u"ended"_s}, {u"reason"_s, state.endReason}};
    if (state.exitCode)
        last.insert(u"exit_code"_s, *state.exitCode);
    tell(last);
    m_socket->close();
}

void TerminalRelay::takeText(const QString &message)
{
    const QJsonDocument document = QJsonDocument::fromJson(message.toUtf8());
    Terminal &terminal = m_viewer->terminal();
    FieldReader fields(document.object());
    const QString type
        = fields.choice(u"type"_s, {u"resize"_s, u"take_over"_s, u"give_back"_s}, QString());
    Result<void> done;
    if (type == "resize"_L1) {
        const auto rows = fields.wholeNumber(u"rows"_s, 1, 1000);
        const auto columns = fields.wholeNumber(u"cols"_s, 1, 1000);
        if (!rows)
            fields.addFault(u"rows"_s, u"missing"_s);
        if (!columns)
            fields.addFault(u"cols"_s, u"missing"_s);
        if (fields.good())
            terminal.resize(int(*rows), int(*columns));
    } else if (type == "take_over"_L1) {
        done = terminal.takeOver();
    } else if (type == "give_back"_L1) {
        done = terminal.giveBack();
    }
    if (!fields.good())
        refuse({ErrorCode::InvalidArgument, fields.faults(), {}});
    else if (!done)
        refuse(done.error());
}

void TerminalRelay::tellState()
{
    QJsonObject object = terminalObject(m_viewer->terminal());
    object.insert(u"type"_s, u"state"_s);
    tell(object);
    pump();
}

void TerminalRelay::tell(const QJsonObject &message)
{
    m_socket->sendTextMessage(
        QString::fromUtf8(QJsonDocument(message).toJson(QJsonDocument::Compact)));
}

void TerminalRelay::refuse(const Error &error)
{
    tell({{u"type"_s, u"error"_s}, {u"message"_s, error.message}});
}

void TerminalRelay::checkPeer()
{
    if (!std::exchange(m_answered, false)) {
        m_socket->abort();
        deleteLater();
        return;
    }
    m_socket->ping();
}

} // namespace quarry::api::own
