// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Serves StreamKind::FileRead.
#pragma once

#include "agent/inside/loop/stream.h"
#include "agent/wire/filemessages.h"

namespace quarry::agent {

class FileReadHandler : public StreamHandler
{
public:
    FileReadHandler(Stream &stream, Services &services, FileReadRequest request);
    ~FileReadHandler() override;

    void start();
    void writable() override { pump(); }

private:
    void pump();
    void pumpLater();

    Services &m_services;
    FileReadRequest m_request;
    std::string m_path;
    int m_fd = -1;
    bool m_pumping = false;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

std::unique_ptr<StreamHandler> makeFileReadHandler(Stream &stream, Services &services,
                                                   Decoder request);

} // namespace quarry::agent
