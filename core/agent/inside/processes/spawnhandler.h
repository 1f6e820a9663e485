// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Serves StreamKind::Spawn: a program, its input and output, its end.
#pragma once

#include "agent/inside/processes/child.h"
#include "agent/inside/loop/inputqueue.h"
#include "agent/inside/loop/loop.h"
#include "agent/inside/loop/outputpump.h"
#include "agent/wire/spawnmessages.h"

namespace quarry::agent {

class SpawnHandler : public StreamHandler
{
public:
    SpawnHandler(Stream &stream, Services &services, std::uint32_t requestSize);
    ~SpawnHandler() override; // kills the tree unless the program has ended

    void takeRequest(Bytes part);

    void data(std::uint8_t channel, Bytes bytes) override;
    void message(Decoder message) override;
    void ended() override;
    void writable() override;

private:
    struct Ends; // the program's side of its descriptors
    void start(const SpawnRequest &request);
    bool openEnds(const SpawnRequest &request, Ends &ends);
    bool openPipes(const SpawnRequest &request, Ends &ends);
    bool openPty(const SpawnRequest &request, Ends &ends);
    void addPump(std::uint8_t channel, int fd);
    void started(pid_t pid);
    void exited(int status);
    void checkEnd();
    bool look();
    std::uint64_t outputTotal() const;
    void finishNow();

    Services &m_services;
    std::size_t m_requestSize;
    std::vector<std::uint8_t> m_request; // until it is whole
    std::unique_ptr<Child> m_child;
    std::unique_ptr<InputQueue> m_input;
    std::vector<std::unique_ptr<OutputPump>> m_pumps;
    bool m_terminal = false;
    bool m_inputEnds = false; // the engine was faster than the start
    std::optional<int> m_status;
    std::uint64_t m_totalAtExit = 0;
    Loop::TimerId m_lingerTimer = 0;
    int m_lingers = 0;
    int m_quietLooks = 0; // in a row
    std::uint64_t m_ticksAtExit = 0;
};

std::unique_ptr<StreamHandler> makeSpawnHandler(Stream &stream, Services &services,
                                                Decoder request);

} // namespace quarry::agent
