// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/responsereader.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>

#include <array>
#include <cstdint>
#include <limits>

namespace quarry::client {

using namespace Qt::StringLiterals;

namespace beast = boost::beast;
namespace beasthttp = boost::beast::http;

namespace {

Error broken(const boost::system::error_code &code)
{
    return {ErrorCode::ConnectionLost,
            u"The engine's answer is not whole: %1."_s.arg(QString::fromStdString(code.message())),
            {}};
}

} // namespace

struct ResponseReader::Parts {
    beasthttp::response_parser<beasthttp::buffer_body> parser;
    std::array<char, 64 * 1024> room;
};

ResponseReader::ResponseReader() : m_parts(std::make_unique<Parts>())
{
    m_parts->parser.eager(true);
    m_parts->parser.header_limit(64 * 1024);
    // Not boost::none: some versions then refuse every length.
    m_parts->parser.body_limit(std::numeric_limits<std::uint64_t>::max());
}

ResponseReader::~ResponseReader() = default;
ResponseReader::ResponseReader(ResponseReader &&) noexcept = default;
ResponseReader &ResponseReader::operator=(ResponseReader &&) noexcept = default;

Result<void> ResponseReader::take(QByteArray &buffer, const Sink &sink)
{
    qsizetype used = 0;
    int idle = 0; // Beast moves from one state to the next without taking a byte
    while (used < buffer.size() && !m_parts->parser.is_done()) {
        auto &body = m_parts->parser.get().body();
        body.data = m_parts->room.data();
        body.size = m_parts->room.size();
        body.more = true;
        boost::system::error_code code;
        const std::size_t count = m_parts->parser.put(
            boost::asio::buffer(buffer.constData() + used, size_t(buffer.size() - used)), code);
        used += qsizetype(count);
        const qsizetype filled = qsizetype(m_parts->room.size() - body.size);
        if (m_parts->parser.is_header_done() && filled > 0) {
            if (Result<void> taken = sink(QByteArrayView(m_parts->room.data(), filled)); !taken)
                return taken;
        }
        if (code == beasthttp::error::need_more)
            break;
        if (code && code != beasthttp::error::need_buffer)
            return broken(code);
        idle = count == 0 && filled == 0 ? idle + 1 : 0;
        if (idle > 4)
            return Error{ErrorCode::Internal, u"The engine's answer cannot be read."_s, {}};
    }
    buffer.remove(0, used);
    return {};
}

Result<void> ResponseReader::takeEnd()
{
    boost::system::error_code code;
    if (!m_parts->parser.is_done())
        m_parts->parser.put_eof(code);
    if (code || !m_parts->parser.is_done())
        return Error{ErrorCode::ConnectionLost,
                     u"The engine closed the connection in the middle of its answer."_s,
                     {}};
    return {};
}

bool ResponseReader::hasHead() const
{
    return m_parts->parser.is_header_done();
}

bool ResponseReader::isDone() const
{
    return m_parts->parser.is_done();
}

int ResponseReader::status() const
{
    return int(m_parts->parser.get().result_int());
}

std::optional<qint64> ResponseReader::contentLength() const
{
    const auto length = m_parts->parser.content_length();
    return length ? std::optional(qint64(*length)) : std::nullopt;
}

bool ResponseReader::keepsConnection() const
{
    return m_parts->parser.is_done() && m_parts->parser.keep_alive();
}

} // namespace quarry::client
