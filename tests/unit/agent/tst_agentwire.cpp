// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Frames, the codec, credit and the fair queue.
#include "agent/wire/callmessages.h"
#include "agent/wire/processmessages.h"
#include "agent/wire/framereader.h"
#include "agent/wire/outbox.h"
#include "agent/wire/receivewindow.h"
#include "agent/wire/spawnmessages.h"

#include <QTest>

#include <cstring>

using namespace quarry::agent;

namespace {

std::vector<std::uint8_t> frame(FrameType type, std::uint32_t stream,
                                const std::vector<std::uint8_t> &payload)
{
    std::uint8_t header[frameHeaderSize];
    writeHeader({type, stream, std::uint32_t(payload.size())}, header);
    std::vector<std::uint8_t> bytes(header, header + frameHeaderSize);
    bytes.insert(bytes.end(), payload.begin(), payload.end());
    return bytes;
}

void feed(FrameReader &reader, Bytes bytes)
{
    while (!bytes.empty()) {
        const auto space = reader.space();
        const std::size_t count = std::min(space.size(), bytes.size());
        std::memcpy(space.data(), bytes.data(), count);
        reader.filled(count);
        bytes = bytes.subspan(count);
    }
}

struct Sent {
    FrameType type;
    std::uint32_t stream;
    std::size_t size;
};

// Everything that the outbox lets go, through a reader.
std::vector<Sent> drain(Outbox &outbox, std::size_t step = 1 << 20)
{
    FrameReader reader;
    std::vector<Sent> result;
    for (auto vectors = outbox.gather(); !vectors.empty(); vectors = outbox.gather()) {
        const std::size_t count = std::min(step, vectors[0].iov_len);
        feed(reader, {static_cast<const std::uint8_t *>(vectors[0].iov_base), count});
        outbox.sent(count);
        FrameHeader header;
        Bytes payload;
        while (reader.next(header, payload) == FrameReader::Result::Frame)
            result.push_back({header.type, header.stream, payload.size()});
    }
    return result;
}

Payload bytesOf(std::size_t size)
{
    return Payload(std::vector<std::uint8_t>(size, 'x'));
}

} // namespace

class AgentWireTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void framesSplitAnywhere();
    void largestFrameInSmallPieces();
    void readerRefuses();
    void decoderStaysInBounds();
    void messagesCutAnywhere();
    void falseCountsAllocateNothing();
    void windowGrants();
    void outboxHonoursCredit();
    void outboxTakesTurns();
    void outboxClosesInOrder();
    void outboxTellsRoom();
};

void AgentWireTest::framesSplitAnywhere()
{
    std::vector<std::uint8_t> stream = frame(FrameType::Data, 7, {1, 2, 3});
    const auto second = frame(FrameType::End, 8, {});
    const auto third = frame(dataType(3), 9, std::vector<std::uint8_t>(300, 5));
    stream.insert(stream.end(), second.begin(), second.end());
    stream.insert(stream.end(), third.begin(), third.end());
    for (std::size_t cut = 0; cut <= stream.size(); ++cut) {
        FrameReader reader;
        std::vector<std::uint32_t> seen;
        std::size_t bytes = 0;
        for (const Bytes part : {Bytes(stream).first(cut), Bytes(stream).subspan(cut)}) {
            feed(reader, part);
            FrameHeader header;
            Bytes payload;
            while (reader.next(header, payload) == FrameReader::Result::Frame) {
                seen.push_back(header.stream);
                bytes += payload.size();
            }
        }
        QCOMPARE(seen, (std::vector<std::uint32_t>{7, 8, 9}));
        QCOMPARE(bytes, std::size_t(303));
    }
}

void AgentWireTest::largestFrameInSmallPieces()
{
    std::vector<std::uint8_t> payload(payloadMax);
    for (std::size_t i = 0; i < payload.size(); ++i)
        payload[i] = static_cast<std::uint8_t>(i * 31);
    const auto bytes = frame(FrameType::Data, 1, payload);
    FrameReader reader;
    FrameHeader header;
    Bytes read;
    for (std::size_t i = 0; i < bytes.size(); i += 1000) {
        QVERIFY(reader.next(header, read) == FrameReader::Result::NeedMore);
        feed(reader, Bytes(bytes).subspan(i, std::min<std::size_t>(1000, bytes.size() - i)));
    }
    QVERIFY(reader.next(header, read) == FrameReader::Result::Frame);
    QVERIFY(std::equal(read.begin(), read.end(), payload.begin(), payload.end()));
}

void AgentWireTest::readerRefuses()
{
    FrameHeader header;
    Bytes payload;
    FrameReader tooLong;
    std::uint8_t bytes[frameHeaderSize];
    writeHeader({FrameType::Data, 1, std::uint32_t(payloadMax) + 1}, bytes);
    feed(tooLong, bytes);
    QVERIFY(tooLong.next(header, payload) == FrameReader::Result::TooLong);
    FrameReader unknown;
    writeHeader({static_cast<FrameType>(0x77), 1, 0}, bytes);
    feed(unknown, bytes);
    QVERIFY(unknown.next(header, payload) == FrameReader::Result::UnknownType);
}

void AgentWireTest::decoderStaysInBounds()
{
    Encoder encoder;
    encoder.u8(1).u16(2).u32(3).u64(4).i32(-5).i64(-6).string("text");
    Decoder decoder(encoder.bytes());
    QCOMPARE(decoder.u8(), std::uint8_t(1));
    QCOMPARE(decoder.u16(), std::uint16_t(2));
    QCOMPARE(decoder.u32(), 3u);
    QCOMPARE(decoder.u64(), std::uint64_t(4));
    QCOMPARE(decoder.i32(), -5);
    QCOMPARE(decoder.i64(), std::int64_t(-6));
    QCOMPARE(decoder.string(4), std::string("text"));
    QVERIFY(decoder.finished());
    QCOMPARE(decoder.u32(), 0u);
    QVERIFY(!decoder.ok());
    Decoder longer(Bytes(encoder.bytes()).subspan(27));
    QVERIFY(longer.string(3).empty());
    QVERIFY(!longer.ok());
}

void AgentWireTest::messagesCutAnywhere()
{
    SpawnRequest request;
    request.arguments = {"sh", "-c", "true"};
    request.environment = {"A=1"};
    request.limits = {{7, 1, 2}};
    request.uid = 5;
    Encoder encoder;
    request.encode(encoder);
    SpawnRequest decoded;
    QVERIFY(SpawnRequest::decode(Decoder(encoder.bytes()), decoded));
    QCOMPARE(decoded.arguments, request.arguments);
    QVERIFY(decoded.uid == 5u && !decoded.gid);
    for (std::size_t size = 0; size < encoder.size(); ++size) {
        SpawnRequest cut;
        QVERIFY(!SpawnRequest::decode(Decoder(Bytes(encoder.bytes()).first(size)), cut));
    }
    encoder.u8(0);
    QVERIFY(!SpawnRequest::decode(Decoder(encoder.bytes()), decoded));
}

void AgentWireTest::falseCountsAllocateNothing()
{
    Encoder encoder;
    encoder.u32(0xffffffffU).u32(0xffffffffU);
    QVERIFY(Decoder(encoder.bytes()).strings(0xffffffffU).empty());
    Encoder list;
    list.u64(0).u32(0xffffffffU);
    FileList files;
    QVERIFY(!FileList::decode(Decoder(list.bytes()), files));
    ProcessList processes;
    Encoder many;
    many.u32(1).u64(1).u32(0xffffffffU);
    QVERIFY(!ProcessList::decode(Decoder(many.bytes()), processes));
    ProcessList most;
    most.processes.resize(processesMax, {1, 1, 1, 1, 'S', 1, 1, 1, "user", "name", "command"});
    Encoder whole;
    most.encode(whole);
    QVERIFY(ProcessList::decode(Decoder(whole.bytes()), processes));
    QCOMPARE(processes.processes.size(), processesMax);
    most.processes.emplace_back();
    Encoder more;
    most.encode(more);
    QVERIFY(!ProcessList::decode(Decoder(more.bytes()), processes));
    ProcessList longText;
    longText.processes.emplace_back().command.assign(processCommandMax + 1, 'x');
    Encoder text;
    longText.encode(text);
    QVERIFY(!ProcessList::decode(Decoder(text.bytes()), processes));
}

void AgentWireTest::windowGrants()
{
    ReceiveWindow window;
    QVERIFY(window.receive(streamWindow));
    QVERIFY(!window.receive(1));
    QCOMPARE(window.consume(100), 0u);
    QCOMPARE(window.consume(streamWindow / 4), streamWindow / 4 + 100);
    QCOMPARE(window.consume(streamWindow * 2),
             streamWindow - streamWindow / 4 - 100); // never more than came
    QVERIFY(window.receive(streamWindow));
}

void AgentWireTest::outboxHonoursCredit()
{
    Outbox outbox(1 << 20, 1 << 20);
    outbox.add(1);
    outbox.queue(1, FrameType::Data, bytesOf(streamWindow + 100'000));
    std::size_t total = 0;
    for (const Sent &sent : drain(outbox)) {
        QVERIFY(sent.size <= payloadMax);
        total += sent.size;
    }
    QCOMPARE(total, std::size_t(streamWindow));
    QCOMPARE(outbox.queued(1), std::size_t(100'000));
    QVERIFY(outbox.grant(1, 1000));
    QCOMPARE(drain(outbox).front().size, std::size_t(1000));
    QVERIFY(!outbox.grant(1, streamWindow + 1));
    QVERIFY(outbox.grant(99, 5)); // an unknown stream may just have closed
}

void AgentWireTest::outboxTakesTurns()
{
    Outbox outbox(1 << 20, 1 << 20);
    outbox.add(1);
    outbox.add(2);
    outbox.queue(1, FrameType::Data, bytesOf(streamWindow));
    outbox.queue(2, FrameType::Message, bytesOf(10));
    outbox.control(FrameType::Credit, 1, bytesOf(4));
    const auto sent = drain(outbox, 777);
    QVERIFY(sent[0].type == FrameType::Credit);
    QCOMPARE(sent[1].stream, 1u);
    QCOMPARE(sent[2].stream, 2u); // behind one frame of the flood, not behind all of it
    QCOMPARE(sent.size(), std::size_t(2 + streamWindow / payloadMax));
}

void AgentWireTest::outboxClosesInOrder()
{
    Outbox outbox(1 << 20, 1 << 20);
    outbox.add(1);
    outbox.queue(1, FrameType::Data, bytesOf(streamWindow + 1));
    outbox.close(1, bytesOf(5), false);
    QVERIFY(drain(outbox).back().type == FrameType::Data);
    QVERIFY(outbox.has(1)); // one byte waits for credit, and the close behind it
    outbox.close(1, bytesOf(6), true);
    const auto sent = drain(outbox);
    QCOMPARE(sent.size(), std::size_t(1));
    QVERIFY(sent[0].type == FrameType::Close);
    QCOMPARE(sent[0].size, std::size_t(6));
    QVERIFY(!outbox.has(1));
}

void AgentWireTest::outboxTellsRoom()
{
    Outbox outbox(1000, 1500);
    outbox.add(1);
    outbox.add(2);
    QCOMPARE(outbox.room(1), std::size_t(1000));
    outbox.queue(1, FrameType::Data, bytesOf(1000));
    QCOMPARE(outbox.room(1), std::size_t(0));
    QCOMPARE(outbox.room(2), std::size_t(500)); // of the total
    drain(outbox);
    QCOMPARE(outbox.takeWoken(), (std::vector<std::uint32_t>{1}));
    QVERIFY(outbox.takeWoken().empty());
}

QTEST_GUILESS_MAIN(AgentWireTest)
#include "tst_agentwire.moc"
