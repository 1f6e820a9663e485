// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Serves StreamKind::Processes: reads /proc some at a time, so that a thousand processes hold
// nobody up.
#pragma once

#include "agent/inside/loop/services.h"
#include "agent/inside/loop/stream.h"
#include "agent/wire/processmessages.h"

#include <map>

namespace quarry::agent {

class ListHandler : public StreamHandler
{
public:
    ListHandler(Stream &stream, Services &services);
    ~ListHandler() override;

    void readSome();

private:
    void send();

    Services &m_services;
    std::vector<pid_t> m_pids;
    std::size_t m_next = 0; // of m_pids
    std::map<uid_t, std::string> m_users;
    ProcessList m_list;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

std::unique_ptr<StreamHandler> makeListHandler(Stream &stream, Services &services, Decoder request);

} // namespace quarry::agent
