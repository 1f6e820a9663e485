// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/files/filewritehandler.h"

#include "agent/inside/files/fileinfo.h"
#include "agent/inside/loop/services.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

namespace quarry::agent {

namespace {

constexpr int linksMax = 40; // as the kernel's

std::string folderOf(const std::string &path)
{
    const std::size_t slash = path.rfind('/');
    return slash == 0 ? "/" : path.substr(0, slash);
}

// Where PATH leads when it is a link; nothing need be there. Empty with ELOOP.
std::string followLinks(std::string path)
{
    for (int i = 0; i < linksMax; ++i) {
        const std::string target = linkTarget(AT_FDCWD, path);
        if (target.empty())
            return path;
        path = target.starts_with('/') ? target : folderOf(path).append("/").append(target);
    }
    errno = ELOOP;
    return {};
}

} // namespace

FileWriteHandler::FileWriteHandler(Stream &stream, Services &services, FileWriteRequest request)
    : StreamHandler(stream), m_request(std::move(request)),
      m_path(services.absolute(m_request.path))
{
}

FileWriteHandler::~FileWriteHandler()
{
    if (m_fd >= 0)
        close(m_fd);
    if (!m_temporary.empty())
        unlink(m_temporary.c_str());
}

bool FileWriteHandler::fail(int errnoValue)
{
    m_stream.fail(Failure::system(errnoValue, quotedPath(m_path)));
    return false;
}

void FileWriteHandler::start()
{
    if (openTarget())
        openTemporary();
}

bool FileWriteHandler::openTarget()
{
    m_target = followLinks(m_path);
    if (m_target.empty())
        return fail(errno);
    if (m_target.ends_with('/'))
        return fail(EISDIR);
    m_exists = stat(m_target.c_str(), &m_old) == 0;
    if (m_exists && !S_ISREG(m_old.st_mode)) {
        m_stream.fail(notRegular(m_path, m_old));
        return false;
    }
    if (!m_exists && m_request.parents) {
        if (const int reason = makeFolders(folderOf(m_target), 0755))
            return fail(reason);
    }
    return true;
}

bool FileWriteHandler::openTemporary()
{
    std::string name = folderOf(m_target) + "/.quarry-XXXXXX";
    m_fd = mkostemp(name.data(), O_CLOEXEC);
    if (m_fd < 0)
        return fail(errno);
    m_temporary = name;
    if (m_exists && fchown(m_fd, m_old.st_uid, m_old.st_gid) != 0 && errno != EPERM)
        return fail(errno);
    const mode_t mode = m_request.mode ? *m_request.mode : m_exists ? m_old.st_mode & 07777 : 0644;
    return fchmod(m_fd, mode) == 0 || fail(errno);
}

void FileWriteHandler::data(std::uint8_t, Bytes bytes)
{
    m_stream.consume(bytes.size());
    for (Bytes rest = bytes; !rest.empty();) {
        const ssize_t count = write(m_fd, rest.data(), rest.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            fail(errno);
            return;
        }
        rest = rest.subspan(std::size_t(count));
    }
    m_written += bytes.size();
}

void FileWriteHandler::ended()
{
    const int fd = std::exchange(m_fd, -1);
    if (close(fd) != 0 || rename(m_temporary.c_str(), m_target.c_str()) != 0) {
        fail(errno);
        return;
    }
    m_temporary.clear();
    Encoder written;
    written.u64(m_written);
    m_stream.sendMessage(std::move(written));
    m_stream.finish();
}

std::unique_ptr<StreamHandler> makeFileWriteHandler(Stream &stream, Services &services,
                                                    Decoder request)
{
    FileWriteRequest write;
    if (!FileWriteRequest::decode(request, write)) {
        stream.fail(
            Failure::of(Failure::Kind::Invalid, "The request to write a file is malformed."));
        return nullptr;
    }
    auto handler = std::make_unique<FileWriteHandler>(stream, services, std::move(write));
    handler->start();
    return handler;
}

} // namespace quarry::agent
