// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Requests and forms of any bytes: no crash, no endless loop, and the same result however the bytes
// are split. The input's first byte chooses the parser, the second where it is split.
#include "http/message/headscanner.h"
#include "http/message/multipart.h"
#include "http/message/requestreader.h"

#include <cstdlib>

using namespace quarry;
using namespace quarry::http;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

// What a parser made of its input; equal for every way to split it.
struct Outcome {
    QByteArray text;
    bool failed = false;

    bool operator==(const Outcome &) const = default;
};

class RequestRun
{
public:
    void feed(QByteArrayView piece)
    {
        m_input += piece;
        if (!m_headDone && !m_outcome.failed && !m_input.isEmpty())
            readHead();
        while (m_headDone && !m_outcome.failed && !m_reader.isDone() && !m_input.isEmpty()) {
            const BodyStep step = m_reader.readBody(m_input);
            require(step.consumed >= 0 && step.consumed <= m_input.size());
            m_outcome.failed = step.rejection.has_value();
            if (!m_outcome.failed)
                m_outcome.text += step.data;
            m_input.remove(0, step.consumed);
            if (step.consumed == 0)
                break;
        }
    }

    Outcome outcome() const
    {
        // Half a request may be refused a byte earlier or later.
        return {m_outcome.text, m_outcome.failed || !m_headDone || !m_reader.isDone()};
    }

private:
    void readHead()
    {
        const HeadScanner::Found found = m_scanner.scan(m_input);
        m_outcome.failed = found.rejection.has_value();
        if (m_outcome.failed || found.size == 0)
            return;
        Request request;
        m_outcome.failed
            = m_reader.readHead(QByteArrayView(m_input).first(found.size), request).has_value();
        m_input.remove(0, found.size);
        m_headDone = true;
        if (m_outcome.failed)
            return;
        require(!(request.chunked && request.contentLength));
        require(request.minorVersion == 0 || request.fields.count("host") == 1);
        require(request.rawPath == "*" || request.rawPath.startsWith('/')
                || request.method == "OPTIONS");
        m_outcome.text = request.method + ' ' + request.rawPath + ' ' + request.host + '\n';
    }

    Limits m_limits;
    HeadScanner m_scanner{m_limits};
    RequestReader m_reader{m_limits};
    QByteArray m_input;
    bool m_headDone = false;
    Outcome m_outcome;
};

class FormRun : public MultipartSink
{
public:
    void feed(QByteArrayView piece)
    {
        if (!m_outcome.failed)
            m_outcome.failed = !m_parser.push(piece);
    }
    Outcome outcome()
    {
        m_outcome.failed = m_outcome.failed || !m_parser.finish();
        return m_outcome;
    }

    Result<void> partBegan(const MultipartPart &part) override
    {
        m_outcome.text += '[' + part.name.toUtf8() + ']';
        return {};
    }
    Result<void> partData(QByteArrayView data) override
    {
        m_outcome.text += data;
        return {};
    }
    Result<void> partEnded() override
    {
        m_outcome.text += '/';
        return {};
    }

private:
    MultipartParser m_parser{"B", *this};
    Outcome m_outcome;
};

template <typename Run>
void compareSplits(QByteArrayView bytes, qsizetype at)
{
    Run whole;
    whole.feed(bytes);
    Run halves;
    halves.feed(bytes.first(at));
    halves.feed(bytes.sliced(at));
    Run single;
    for (qsizetype i = 0; i < bytes.size(); ++i)
        single.feed(bytes.sliced(i, 1));
    const Outcome expected = whole.outcome();
    for (const Outcome &other : {halves.outcome(), single.outcome()}) {
        require(other.failed == expected.failed);
        require(other.failed || other.text == expected.text);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 2)
        return 0;
    const QByteArray input(static_cast<const char *>(static_cast<const void *>(data)),
                           qsizetype(size));
    const QByteArrayView bytes = QByteArrayView(input).sliced(2);
    const qsizetype at = bytes.isEmpty() ? 0 : data[1] % bytes.size();
    if (data[0] % 2 == 0) {
        compareSplits<RequestRun>(bytes, at);
    } else {
        compareSplits<FormRun>(bytes, at);
        const auto boundary = MultipartParser::boundaryOf(bytes);
        require(!boundary || (!boundary->isEmpty() && boundary->size() <= 70));
    }
    return 0;
}
