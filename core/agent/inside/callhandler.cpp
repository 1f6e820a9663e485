// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/callhandler.h"

#include "agent/inside/files/fileinfo.h"
#include "agent/inside/files/folderlist.h"
#include "agent/inside/loop/loop.h"
#include "agent/inside/loop/services.h"
#include "agent/inside/processes/statistics.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace quarry::agent {

namespace {

constexpr int removedATurn = 256;

int errnoOf(int result)
{
    return result == 0 ? 0 : errno;
}

} // namespace

CallHandler::CallHandler(Stream &stream, Services &services, CallRequest request)
    : StreamHandler(stream), m_services(services), m_request(std::move(request)),
      m_path(services.absolute(m_request.path))
{
}

CallHandler::~CallHandler()
{
    *m_alive = false;
}

template <typename T>
void CallHandler::reply(const T &value)
{
    Encoder encoded;
    value.encode(encoded);
    m_stream.sendMessage(std::move(encoded));
    m_stream.finish();
}

void CallHandler::finish(int errnoValue, const std::string &path)
{
    if (errnoValue != 0) {
        m_stream.fail(Failure::system(errnoValue, quotedPath(path)));
        return;
    }
    m_stream.sendMessage(Encoder());
    m_stream.finish();
}

void CallHandler::answer()
{
    using Kind = CallRequest::Kind;
    switch (m_request.kind) {
    case Kind::Stat:
        status();
        break;
    case Kind::List:
        list();
        break;
    case Kind::Rename:
        finish(errnoOf(rename(m_path.c_str(), m_services.absolute(m_request.other).c_str())),
               m_path);
        break;
    case Kind::Remove:
        remove();
        break;
    case Kind::MakeFolder:
        makeFolder();
        break;
    case Kind::ChangeMode:
        finish(errnoOf(chmod(m_path.c_str(), static_cast<mode_t>(m_request.number & 07777))),
               m_path);
        break;
    case Kind::Statistics:
        reply(readStatistics());
        break;
    }
}

void CallHandler::status()
{
    struct stat found{};
    const int flags = m_request.flag ? 0 : AT_SYMLINK_NOFOLLOW;
    if (fstatat(AT_FDCWD, m_path.c_str(), &found, flags) != 0) {
        m_stream.fail(Failure::system(errno, quotedPath(m_path)));
        return;
    }
    FileInfo info = toFileInfo(found, m_request.path);
    if (info.type == FileInfo::Type::Link)
        info.target = linkTarget(AT_FDCWD, m_path);
    reply(info);
}

void CallHandler::list()
{
    FileList page;
    if (const int reason = listFolder(m_path, m_request.number, page))
        m_stream.fail(Failure::system(reason, quotedPath(m_path)));
    else
        reply(page);
}

void CallHandler::makeFolder()
{
    const auto mode = static_cast<mode_t>(m_request.number & 07777);
    if (m_request.flag)
        finish(makeFolders(m_path, mode), m_path);
    else
        finish(errnoOf(mkdir(m_path.c_str(), mode)), m_path);
}

void CallHandler::remove()
{
    if (!m_request.flag) {
        finish(errnoOf(::remove(m_path.c_str())), m_path);
        return;
    }
    m_remover = std::make_unique<TreeRemover>(m_path);
    removeSome();
}

void CallHandler::removeSome()
{
    switch (m_remover->step(removedATurn)) {
    case TreeRemover::Result::Done:
        finish(0, m_path);
        return;
    case TreeRemover::Result::Failed:
        finish(m_remover->errorNumber(), m_remover->failedPath());
        return;
    case TreeRemover::Result::More:
        m_services.loop.defer([this, alive = m_alive] {
            if (*alive)
                removeSome();
        });
    }
}

std::unique_ptr<StreamHandler> makeCallHandler(Stream &stream, Services &services, Decoder request)
{
    CallRequest call;
    if (!CallRequest::decode(request, call)) {
        stream.fail(Failure::of(Failure::Kind::Invalid, "The request is malformed."));
        return nullptr;
    }
    auto handler = std::make_unique<CallHandler>(stream, services, std::move(call));
    handler->answer();
    return handler;
}

} // namespace quarry::agent
