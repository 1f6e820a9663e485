// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What serves a stream inside: the handler, and the sender that it is given.
#pragma once

#include "agent/wire/messages.h"
#include "agent/wire/payload.h"

#include <functional>
#include <memory>

namespace quarry::agent {

class Services;

// A handler's own end of its stream. Outlives the handler. Nothing is sent after finish() or
// fail().
class Stream
{
public:
    virtual ~Stream() = default;

    // How many data bytes may be sent now without much waiting in memory. 0: wait for
    // StreamHandler::writable(), which comes once after this has answered 0.
    virtual std::size_t sendable() = 0;
    // In order. More than sendable() is kept, but then memory is yours to bound.
    virtual void send(std::uint8_t channel, Payload payload) = 0;
    // In order with the data, outside the credit, at most payloadMax bytes.
    virtual void sendMessage(Encoder &&message) = 0;
    virtual void sendEnd() = 0; // no more data from us

    // COUNT of the data bytes given to data() are dealt with: the engine may send as many more.
    virtual void consume(std::size_t count) = 0;

    // The stream is over, after all that was sent before. The handler is destroyed soon after the
    // call returns and is not called again.
    virtual void finish() = 0;
    virtual void fail(Failure failure) = 0;
};

// Destroyed when the stream is over: by its own finish() or fail(), or because the engine closed
// the stream or went away (then without any other call: stop what was started).
class StreamHandler
{
public:
    virtual ~StreamHandler() = default;

    // Bytes are valid during the call. Each must be consume()d, then or later; at most streamWindow
    // are ever unconsumed.
    virtual void data(std::uint8_t channel, Bytes bytes);
    virtual void message(Decoder message);
    virtual void ended(); // the engine sends no more data
    virtual void writable();

protected:
    explicit StreamHandler(Stream &stream) : m_stream(stream) { }
    Stream &m_stream;
};

// Makes the handler of a stream just opened. REQUEST is the Open frame's payload behind the kind.
// May call stream.fail() at once and return nothing. Handlers whose message is malformed call
// stream.fail(Failure::of(Failure::Kind::Invalid, …)).
using HandlerFactory
    = std::function<std::unique_ptr<StreamHandler>(Stream &, Services &, Decoder request)>;

} // namespace quarry::agent
