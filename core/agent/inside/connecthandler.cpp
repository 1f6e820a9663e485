// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/connecthandler.h"

#include "agent/inside/loop/loop.h"
#include "agent/inside/loop/services.h"

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/un.h>
#include <unistd.h>

namespace quarry::agent {

namespace {

template <typename T>
void copyAddress(const T &address, sockaddr_storage &storage, socklen_t &size)
{
    std::memcpy(&storage, &address, sizeof address);
    size = sizeof address;
}

const sockaddr *generic(const sockaddr_storage &storage)
{
    return static_cast<const sockaddr *>(static_cast<const void *>(&storage));
}

} // namespace

ConnectHandler::ConnectHandler(Stream &stream, Services &services, ConnectRequest request)
    : StreamHandler(stream), m_services(services), m_request(std::move(request))
{
}

ConnectHandler::~ConnectHandler()
{
    if (m_socket < 0)
        return;
    m_services.loop.unwatch(m_socket);
    close(m_socket);
}

void ConnectHandler::start()
{
    if (!resolve()) {
        m_stream.fail(Failure::of(
            Failure::Kind::Invalid,
            '"' + m_request.host
                + "\" is neither a numeric address nor \"localhost\" nor the path of a socket."));
        return;
    }
    tryNext();
}

// No names but these: a static program has no resolver, and only the sandbox itself is meant.
bool ConnectHandler::resolve()
{
    const bool local = m_request.host == "localhost";
    Address address;
    if (m_request.host.starts_with('/')) {
        sockaddr_un path{};
        path.sun_family = AF_UNIX;
        if (m_request.host.size() >= sizeof path.sun_path)
            return false;
        std::memcpy(path.sun_path, m_request.host.data(), m_request.host.size());
        copyAddress(path, address.storage, address.size);
        m_addresses.push_back(address);
        return true;
    }
    sockaddr_in6 six{};
    six.sin6_family = AF_INET6;
    six.sin6_port = htons(m_request.port);
    if (inet_pton(AF_INET6, local ? "::1" : m_request.host.c_str(), &six.sin6_addr) == 1) {
        copyAddress(six, address.storage, address.size);
        m_addresses.push_back(address);
    }
    sockaddr_in four{};
    four.sin_family = AF_INET;
    four.sin_port = htons(m_request.port);
    if (inet_pton(AF_INET, local ? "127.0.0.1" : m_request.host.c_str(), &four.sin_addr) == 1) {
        copyAddress(four, address.storage, address.size);
        m_addresses.push_back(address);
    }
    return !m_addresses.empty();
}

void ConnectHandler::tryNext()
{
    const Address address = m_addresses.back();
    m_addresses.pop_back();
    m_socket = socket(address.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (m_socket < 0) {
        fail(errno);
        return;
    }
    if (connect(m_socket, generic(address.storage), address.size) == 0) {
        established();
    } else if (errno == EINPROGRESS) {
        m_services.loop.watch(m_socket, EPOLLOUT, [this](std::uint32_t) { pending(); });
    } else {
        fail(errno);
    }
}

void ConnectHandler::pending()
{
    int reason = 0;
    socklen_t size = sizeof reason;
    getsockopt(m_socket, SOL_SOCKET, SO_ERROR, &reason, &size);
    m_services.loop.unwatch(m_socket);
    if (reason != 0)
        fail(reason);
    else
        established();
}

void ConnectHandler::fail(int errnoValue)
{
    if (m_socket >= 0)
        close(std::exchange(m_socket, -1));
    if (!m_addresses.empty()) {
        tryNext();
        return;
    }
    const bool path = m_request.host.starts_with('/');
    m_stream.fail(
        Failure::system(errnoValue,
                        "cannot connect to "
                            + (path ? m_request.host
                                    : m_request.host + " port " + std::to_string(m_request.port))));
}

void ConnectHandler::established()
{
    const int reading = fcntl(m_socket, F_DUPFD_CLOEXEC, 10); // both directions are watched apart
    if (reading < 0) {
        m_addresses.clear();
        fail(errno);
        return;
    }
    m_stream.sendMessage(Encoder());
    const int writing = std::exchange(m_socket, -1);
    m_output = std::make_unique<OutputPump>(
        m_services, m_stream, std::uint8_t(0), reading, [] {},
        [this](int reason) {
            if (reason == 0)
                m_stream.sendEnd();
            directionEnded(reason);
        });
    m_input = std::make_unique<InputQueue>(
        m_services, m_stream, writing,
        [this](int reason) { directionEnded(reason == EPIPE ? 0 : reason); },
        [](int fd) { shutdown(fd, SHUT_WR); });
    if (!m_early.empty())
        m_input->write(std::exchange(m_early, {}));
    if (m_endedEarly)
        m_input->closeAfter();
}

void ConnectHandler::directionEnded(int errnoValue)
{
    if (errnoValue != 0)
        m_stream.fail(Failure::system(errnoValue, "the connection to " + m_request.host));
    else if (--m_directions == 0)
        m_stream.finish();
}

void ConnectHandler::data(std::uint8_t, Bytes bytes)
{
    if (m_input)
        m_input->write(bytes);
    else
        m_early.insert(m_early.end(), bytes.begin(), bytes.end());
}

void ConnectHandler::ended()
{
    m_endedEarly = true;
    if (m_input)
        m_input->closeAfter();
}

void ConnectHandler::writable()
{
    if (m_output)
        m_output->pump();
}

std::unique_ptr<StreamHandler> makeConnectHandler(Stream &stream, Services &services,
                                                  Decoder request)
{
    ConnectRequest target;
    if (!ConnectRequest::decode(request, target)) {
        stream.fail(Failure::of(Failure::Kind::Invalid, "The request to connect is malformed."));
        return nullptr;
    }
    auto handler = std::make_unique<ConnectHandler>(stream, services, std::move(target));
    handler->start();
    return handler;
}

} // namespace quarry::agent
