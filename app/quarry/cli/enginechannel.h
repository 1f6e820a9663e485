// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A program in a sandbox of a running engine.
#pragma once

#include "cli/commandchannel.h"
#include "client/execstream.h"

namespace quarry::cli {

class EngineChannel : public CommandChannel
{
    Q_OBJECT
public:
    explicit EngineChannel(client::Upgraded connection, QObject *parent = nullptr);

    void sendInput(const QByteArray &bytes) override { m_stream.sendInput(bytes); }
    void endInput() override { m_stream.endInput(); }
    qint64 inputQueued() const override { return m_stream.bytesQueued(); }
    void resize(int rows, int columns) override { m_stream.resize(rows, columns); }
    void consume(Stream stream, qint64 count) override;

private:
    void take(Stream stream, const QByteArray &bytes);

    client::ExecStream m_stream;
    qint64 m_unconsumed = 0; // of both streams: they share the connection
};

} // namespace quarry::cli
