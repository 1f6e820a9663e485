// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Serves StreamKind::FileWrite: into a file beside the target, renamed over it at the end.
#pragma once

#include "agent/inside/loop/stream.h"
#include "agent/wire/filemessages.h"

#include <sys/stat.h>

namespace quarry::agent {

class FileWriteHandler : public StreamHandler
{
public:
    FileWriteHandler(Stream &stream, Services &services, FileWriteRequest request);
    ~FileWriteHandler() override; // without ended(): leaves nothing

    void start();
    void data(std::uint8_t channel, Bytes bytes) override;
    void ended() override;

private:
    bool openTarget();
    bool openTemporary();
    bool fail(int errnoValue);

    FileWriteRequest m_request;
    std::string m_path;   // absolute, as asked for
    std::string m_target; // what links lead to
    std::string m_temporary;
    int m_fd = -1;
    bool m_exists = false;
    struct stat m_old{}; // when it exists
    std::uint64_t m_written = 0;
};

std::unique_ptr<StreamHandler> makeFileWriteHandler(Stream &stream, Services &services,
                                                    Decoder request);

} // namespace quarry::agent
