// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Serves StreamKind::Connect: a TCP or unix-socket connection made in here.
#pragma once

#include "agent/inside/loop/inputqueue.h"
#include "agent/inside/loop/outputpump.h"
#include "agent/wire/callmessages.h"

#include <sys/socket.h>

namespace quarry::agent {

class ConnectHandler : public StreamHandler
{
public:
    ConnectHandler(Stream &stream, Services &services, ConnectRequest request);
    ~ConnectHandler() override;

    void start();
    void data(std::uint8_t channel, Bytes bytes) override;
    void ended() override;
    void writable() override;

private:
    struct Address {
        sockaddr_storage storage{};
        socklen_t size = 0;
    };
    bool resolve();
    void tryNext();
    void pending();
    void established();
    void directionEnded(int errnoValue);
    void fail(int errnoValue);

    Services &m_services;
    ConnectRequest m_request;
    std::vector<Address> m_addresses; // still to be tried, last first
    int m_socket = -1;                // until established()
    std::unique_ptr<InputQueue> m_input;
    std::unique_ptr<OutputPump> m_output;
    std::vector<std::uint8_t> m_early; // came before the connection stood; bounded by the window
    bool m_endedEarly = false;
    int m_directions = 2; // still open
};

std::unique_ptr<StreamHandler> makeConnectHandler(Stream &stream, Services &services,
                                                  Decoder request);

} // namespace quarry::agent
