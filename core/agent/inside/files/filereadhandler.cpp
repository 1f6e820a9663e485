// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/files/filereadhandler.h"

#include "agent/inside/files/fileinfo.h"
#include "agent/inside/loop/loop.h"
#include "agent/inside/loop/services.h"

#include <cerrno>
#include <fcntl.h>
#include <limits>
#include <unistd.h>

namespace quarry::agent {

namespace {

constexpr int readsATurn = 8;

} // namespace

FileReadHandler::FileReadHandler(Stream &stream, Services &services, FileReadRequest request)
    : StreamHandler(stream), m_services(services), m_request(std::move(request)),
      m_path(services.absolute(m_request.path))
{
}

FileReadHandler::~FileReadHandler()
{
    *m_alive = false;
    if (m_fd >= 0)
        close(m_fd);
}

void FileReadHandler::start()
{
    struct stat status{};
    // Looked at before it is opened: opening a device may do something.
    if (stat(m_path.c_str(), &status) != 0) {
        m_stream.fail(Failure::system(errno, quotedPath(m_path)));
        return;
    }
    if (S_ISREG(status.st_mode)) {
        m_fd = open(m_path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
        if (m_fd < 0 || fstat(m_fd, &status) != 0) {
            m_stream.fail(Failure::system(errno, quotedPath(m_path)));
            return;
        }
    }
    if (!S_ISREG(status.st_mode)) {
        m_stream.fail(notRegular(m_path, status));
        return;
    }
    if (m_request.offset > std::uint64_t(std::numeric_limits<off_t>::max())
        || lseek(m_fd, off_t(m_request.offset), SEEK_SET) < 0) {
        m_stream.fail(Failure::of(Failure::Kind::Invalid,
                                  "The place to read from lies beyond any file's end."));
        return;
    }
    Encoder info;
    toFileInfo(status, m_request.path).encode(info);
    m_stream.sendMessage(std::move(info));
    pump();
}

void FileReadHandler::pump()
{
    for (int i = 0; i < readsATurn; ++i) {
        const std::size_t room = m_stream.sendable();
        if (room == 0)
            return; // writable() comes
        const std::size_t wanted = std::size_t(std::min<std::uint64_t>(m_request.length, room));
        const std::span<std::uint8_t> space = m_services.buffer.space(wanted);
        const ssize_t count = space.empty() ? 0 : read(m_fd, space.data(), space.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            m_stream.fail(Failure::system(errno, quotedPath(m_path)));
            return;
        }
        if (count == 0) {
            m_stream.sendEnd();
            m_stream.finish();
            return;
        }
        m_request.length -= std::uint64_t(count);
        m_stream.send(0, m_services.buffer.take(std::size_t(count)));
    }
    pumpLater();
}

void FileReadHandler::pumpLater()
{
    if (std::exchange(m_pumping, true))
        return;
    m_services.loop.defer([this, alive = m_alive] {
        if (!*alive)
            return;
        m_pumping = false;
        pump();
    });
}

std::unique_ptr<StreamHandler> makeFileReadHandler(Stream &stream, Services &services,
                                                   Decoder request)
{
    FileReadRequest read;
    if (!FileReadRequest::decode(request, read)) {
        stream.fail(
            Failure::of(Failure::Kind::Invalid, "The request to read a file is malformed."));
        return nullptr;
    }
    auto handler = std::make_unique<FileReadHandler>(stream, services, std::move(read));
    handler->start();
    return handler;
}

} // namespace quarry::agent
