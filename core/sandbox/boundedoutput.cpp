// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/boundedoutput.h"

#include <algorithm>

namespace quarry::sandbox {

namespace {

constexpr qsizetype ChunkSize = 256 * 1024;

bool isSpace(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

bool isContinuation(char byte)
{
    return (uchar(byte) & 0xc0) == 0x80;
}

// How many bytes of the end belong to a character that is not whole.
qsizetype brokenEnd(QByteArrayView text)
{
    qsizetype back = 0;
    while (back < 3 && back < text.size() && isContinuation(text[text.size() - 1 - back]))
        ++back;
    if (back == text.size())
        return 0;
    const auto lead = uchar(text[text.size() - 1 - back]);
    const qsizetype need = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
    return need > back + 1 ? back + 1 : 0;
}

qsizetype brokenBegin(QByteArrayView text)
{
    qsizetype count = 0;
    while (count < 3 && count < text.size() && isContinuation(text[count]))
        ++count;
    return count;
}

} // namespace

QByteArray stripped(const QByteArray &bytes)
{
    const char *begin = bytes.begin();
    const char *end = bytes.end();
    while (begin != end && isSpace(*begin))
        ++begin;
    while (begin != end && isSpace(*(end - 1)))
        --end;
    return end - begin == bytes.size() ? bytes : QByteArray(begin, end - begin);
}

BoundedOutput::BoundedOutput(qint64 limit) : m_limit(std::max<qint64>(limit, 16)) { }

void BoundedOutput::append(QByteArrayView bytes)
{
    m_total += bytes.size();
    const qint64 headMax = m_limit / 2;
    const qsizetype toHead = qsizetype(std::min<qint64>(bytes.size(), headMax - m_head.size()));
    m_head.append(bytes.first(toHead));
    bytes = bytes.sliced(toHead);
    while (!bytes.isEmpty()) {
        if (m_tail.empty() || m_tail.back().size() >= ChunkSize)
            m_tail.emplace_back();
        QByteArray &chunk = m_tail.back();
        const qsizetype size = std::min(bytes.size(), ChunkSize - chunk.size());
        chunk.append(bytes.first(size));
        m_tailSize += size;
        bytes = bytes.sliced(size);
    }
    const qint64 tailMax = m_limit - headMax;
    while (!m_tail.empty() && m_tailSize - m_tail.front().size() >= tailMax) {
        m_tailSize -= m_tail.front().size();
        m_tail.pop_front();
    }
}

QByteArray BoundedOutput::last(qsizetype bytes) const
{
    QByteArray text;
    for (auto chunk = m_tail.rbegin(); chunk != m_tail.rend() && text.size() < bytes; ++chunk)
        text.prepend(*chunk);
    if (text.size() < bytes && m_head.size() + m_tailSize == m_total)
        text.prepend(m_head.right(bytes - text.size()));
    return text.right(bytes);
}

QByteArray BoundedOutput::text() const
{
    QByteArray text = m_head;
    if (m_total <= m_limit) {
        text.reserve(m_total);
        for (const QByteArray &chunk : m_tail)
            text.append(chunk);
        return text;
    }
    qint64 skip = m_tailSize - (m_limit - m_limit / 2);
    QByteArray tail;
    tail.reserve(m_limit - m_limit / 2);
    for (const QByteArray &chunk : m_tail) {
        const qint64 here = std::min<qint64>(skip, chunk.size());
        tail.append(QByteArrayView(chunk).sliced(here));
        skip -= here;
    }
    text.chop(brokenEnd(text));
    const QByteArrayView kept = QByteArrayView(tail).sliced(brokenBegin(tail));
    const qint64 cut = m_total - text.size() - kept.size();
    text.append("\n[\xe2\x80\xa6 " + QByteArray::number(cut) + " bytes cut \xe2\x80\xa6]\n");
    text.append(kept);
    return text;
}

QByteArray BoundedOutput::takeStripped()
{
    QByteArray all = text();
    m_head.clear();
    m_tail.clear();
    m_tailSize = m_total = 0;
    return stripped(all);
}

} // namespace quarry::sandbox
