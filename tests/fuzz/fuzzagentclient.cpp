// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes of an agent gone mad into the engine's side, with one stream of every kind open. An odd
// first byte puts a valid hello ahead.
#include "agent/client/agentclient.h"
#include "agent/client/agentconnection.h"
#include "agent/client/agentfilereader.h"
#include "agent/client/agentfilewriter.h"
#include "agent/client/agentprocess.h"
#include "agent/client/agentsession.h"

#include <QAbstractEventDispatcher>
#include <QCoreApplication>

#include <cstdlib>
#include <sys/socket.h>
#include <unistd.h>

using namespace quarry;
using namespace quarry::agent;

namespace {

void handleEvents()
{
    QAbstractEventDispatcher *events = QAbstractEventDispatcher::instance();
    while (events->processEvents(QEventLoop::AllEvents)) {
    }
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

void openStreams(AgentClient &client, QObject &context)
{
    AgentProcess *process = client.spawn({{"true"}});
    QObject::connect(process, &AgentProcess::output, process,
                     [process](AgentProcess::Channel, const QByteArray &data) {
                         process->consume(data.size());
                     });
    auto *reader = new AgentFileReader(&client, "/a", 0, -1, &client);
    QObject::connect(reader, &AgentFileReader::dataArrived, reader,
                     [reader](const QByteArray &data) { reader->consume(data.size()); });
    auto *writer = new AgentFileWriter(&client, "/b", {}, &client);
    writer->write(QByteArray(1000, 'x'));
    writer->commit();
    QObject::connect(writer, &AgentFileWriter::failed, writer, &QObject::deleteLater);
    new AgentConnection(&client, "localhost", 80, &client);
    new AgentSession(&client, SessionOpen{}, &client);
    client.stat("/a", true, &context, [](const Result<FileInfo> &) { });
    client.list("/a", 0, &context, [](const Result<FileList> &) { });
    client.statistics(&context, [](const Result<Statistics> &) { });
    client.processes(&context, [](const Result<ProcessList> &) { });
    client.signalProcess({7, 1, 9}, &context, [](const Result<void> &) { });
    client.rename("/a", "/b", &context, [](const Result<void> &) { });
}

void write(int fd, Bytes bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = send(fd, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (count < 0 && errno != EAGAIN)
            return;
        bytes = bytes.subspan(count > 0 ? std::size_t(count) : 0);
        std::uint8_t sent[4096];
        while (recv(fd, sent, sizeof sent, MSG_DONTWAIT) > 0) {
        }
        handleEvents();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static int argc = 1;
    static char name[] = "fuzz";
    static char *argv[] = {name, nullptr};
    static QCoreApplication application(argc, argv);
    int ends[2];
    if (size == 0 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return 0;
    bool lost = false;
    QObject context;
    {
        AgentClient client{UniqueFd(ends[0])};
        QObject::connect(&client, &AgentClient::lost, &context, [&lost] { lost = true; });
        client.start({}, [](const Result<void> &) { });
        openStreams(client, context);
        if (data[0] & 1) {
            Encoder hello;
            Hello{}.encode(hello);
            std::uint8_t header[frameHeaderSize];
            writeHeader({FrameType::Hello, 0, std::uint32_t(hello.size())}, header);
            write(ends[1], header);
            write(ends[1], hello.bytes());
        }
        const Bytes bytes(data + 1, size - 1);
        write(ends[1], bytes.first(bytes.size() / 2));
        write(ends[1], bytes.subspan(bytes.size() / 2));
        close(ends[1]);
        handleEvents();
        if (!lost)
            abort(); // an ended stream loses the agent
    }
    handleEvents();
    return 0;
}
