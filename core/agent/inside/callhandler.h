// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Serves StreamKind::Call: one question, one answer.
#pragma once

#include "agent/inside/loop/stream.h"
#include "agent/inside/files/treeremover.h"
#include "agent/wire/callmessages.h"

namespace quarry::agent {

class CallHandler : public StreamHandler
{
public:
    CallHandler(Stream &stream, Services &services, CallRequest request);
    ~CallHandler() override;

    void answer();

private:
    void status();
    void list();
    void remove();
    void removeSome();
    void makeFolder();
    void finish(int errnoValue, const std::string &path); // of a call without an answer but success
    template <typename T>
    void reply(const T &value);

    Services &m_services;
    CallRequest m_request;
    std::string m_path;
    std::unique_ptr<TreeRemover> m_remover;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

std::unique_ptr<StreamHandler> makeCallHandler(Stream &stream, Services &services, Decoder request);

} // namespace quarry::agent
