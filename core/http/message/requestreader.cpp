// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/message/requestreader.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/parser.hpp>

#include <limits>

namespace quarry::http {

namespace beast = boost::beast::http;
using boost::system::error_code;

namespace {

constexpr std::size_t maxChunkExtension = 256;
// The last chunk is no shorter, and no other one is.
constexpr qsizetype shortestChunk = 5;

QByteArray toBytes(boost::beast::string_view text)
{
    return QByteArray(text.data(), qsizetype(text.size()));
}

QByteArrayView toView(boost::beast::string_view text)
{
    return QByteArrayView(text.data(), qsizetype(text.size()));
}

// Beast's idea of a body: the pieces of one step, as a view when there is one, joined when there
// are more.
struct StepBody {
    struct value_type {
        QByteArrayView first;
        QByteArray joined;

        void clear()
        {
            first = {};
            joined.clear();
        }
        void add(QByteArrayView piece)
        {
            if (joined.isEmpty() && first.isEmpty()) {
                first = piece;
                return;
            }
            if (joined.isEmpty())
                joined = first.toByteArray();
            joined.append(piece);
        }
        QByteArrayView view() const { return joined.isEmpty() ? first : QByteArrayView(joined); }
    };

    class reader
    {
    public:
        template <bool IsRequest, class FieldsType>
        reader(beast::header<IsRequest, FieldsType> &, value_type &body) : m_body(body)
        {
        }
        void init(const boost::optional<std::uint64_t> &, error_code &error) { error = {}; }
        template <class Buffers>
        std::size_t put(const Buffers &buffers, error_code &error)
        {
            error = {};
            std::size_t size = 0;
            for (const boost::asio::const_buffer piece : boost::beast::buffers_range_ref(buffers)) {
                m_body.add(QByteArrayView(static_cast<const char *>(piece.data()),
                                          qsizetype(piece.size())));
                size += piece.size();
            }
            return size;
        }
        void finish(error_code &error) { error = {}; }

    private:
        value_type &m_body;
    };
};

} // namespace

struct RequestReader::Parser {
    beast::request_parser<StepBody> beast;

    explicit Parser(const Limits &limits)
    {
        beast.header_limit(std::uint32_t(limits.maxHeader) + 1); // ours is checked before
        beast.body_limit(std::numeric_limits<std::uint64_t>::max()); // ours is counted by who reads
        beast.eager(false);
        beast.on_chunk_header(checkExtension);
    }
    // The callback is kept by reference.
    std::function<void(std::uint64_t, boost::beast::string_view, error_code &)> checkExtension
        = [](std::uint64_t, boost::beast::string_view extension, error_code &error) {
              if (extension.size() > maxChunkExtension || !isFieldValue(toView(extension)))
                  error = make_error_code(beast::error::bad_chunk_extension);
          };
};

RequestReader::RequestReader(const Limits &limits)
    : m_limits(limits), m_parser(std::make_unique<Parser>(limits))
{
}

RequestReader::~RequestReader() = default;

std::optional<Rejection> RequestReader::readHead(QByteArrayView head, Request &request)
{
    if (std::optional<Rejection> rejection = checkHeadBytes(head, m_limits))
        return rejection;
    error_code error;
    const std::size_t used
        = m_parser->beast.put(boost::asio::buffer(head.data(), std::size_t(head.size())), error);
    if (error || used != std::size_t(head.size()) || !m_parser->beast.is_header_done())
        return Rejection{400, QStringLiteral("the header is malformed")};
    const auto &message = m_parser->beast.get();
    request.method = toBytes(message.method_string());
    request.target = toBytes(message.target());
    request.minorVersion = message.version() == 10 ? 0 : 1;
    for (const auto &field : message)
        request.fields.add(toBytes(field.name_string()),
                           trimmedSpace(toView(field.value())).toByteArray());
    if (std::optional<Rejection> rejection = checkFields(request))
        return rejection;
    m_parser->beast.eager(true);
    return checkTarget(request);
}

bool RequestReader::isDone() const
{
    return m_parser->beast.is_done();
}

BodyStep RequestReader::readBody(QByteArrayView input)
{
    BodyStep step;
    // Beast asserts that it is not shown the last chunk's beginning again without more of it.
    if (m_starved && input.size() < shortestChunk)
        return step;
    auto &body = m_parser->beast.get().body();
    body.clear();
    error_code error;
    step.consumed = qsizetype(
        m_parser->beast.put(boost::asio::buffer(input.data(), std::size_t(input.size())), error));
    step.data = body.view();
    step.done = m_parser->beast.is_done();
    m_starved = !step.done && step.consumed < input.size();
    if (error && error != beast::error::need_more)
        step.rejection = Rejection{400, QStringLiteral("the chunked body is malformed")};
    else if (!step.done && input.size() - step.consumed > m_limits.maxHeader)
        step.rejection = Rejection{431, QStringLiteral("the body's trailer is too long")};
    return step;
}

} // namespace quarry::http
