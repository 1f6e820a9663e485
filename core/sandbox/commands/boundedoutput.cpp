// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/commands/boundedoutput.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace quarry::sandbox {

namespace {

constexpr qsizetype MarkMax = 64;

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

QByteArray stripped(QByteArray bytes)
{
    qsizetype end = bytes.size();
    while (end > 0 && isSpace(bytes.at(end - 1)))
        --end;
    qsizetype begin = 0;
    while (begin < end && isSpace(bytes.at(begin)))
        ++begin;
    bytes.truncate(end);
    bytes.remove(0, begin);
    return bytes;
}

BoundedOutput::BoundedOutput(qint64 limit) : m_limit(std::max<qint64>(limit, 16))
{
    m_oldest = tailBegin();
}

void BoundedOutput::append(QByteArrayView bytes)
{
    m_total += bytes.size();
    const qsizetype fits = std::min(bytes.size(), m_limit - m_bytes.size());
    m_bytes.append(bytes.first(fits));
    bytes = bytes.sliced(fits);
    while (!bytes.isEmpty()) {
        const qsizetype size = std::min(bytes.size(), m_limit - m_oldest);
        std::copy_n(bytes.begin(), size, m_bytes.begin() + m_oldest);
        bytes = bytes.sliced(size);
        m_oldest = m_oldest + size == m_limit ? tailBegin() : m_oldest + size;
    }
}

QByteArray BoundedOutput::last(qsizetype bytes) const
{
    if (m_total <= m_limit)
        return m_bytes.right(bytes);
    const QByteArrayView ring = QByteArrayView(m_bytes).sliced(tailBegin());
    const QByteArrayView newer = ring.first(m_oldest - tailBegin());
    const QByteArrayView older = ring.sliced(newer.size());
    QByteArray text
        = older.last(std::clamp<qsizetype>(bytes - newer.size(), 0, older.size())).toByteArray();
    return text.append(newer.last(std::min(bytes, newer.size())));
}

QByteArray BoundedOutput::take()
{
    if (m_total > m_limit)
        join();
    m_total = 0;
    m_oldest = tailBegin();
    return std::exchange(m_bytes, {});
}

// Head, mark and the ring in its order, moved as two whole pieces of which the smaller steps aside.
void BoundedOutput::join()
{
    m_bytes.resize(m_limit + MarkMax);
    char *bytes = m_bytes.data();
    const QByteArrayView head(bytes, tailBegin());
    QByteArrayView older(bytes + m_oldest, m_limit - m_oldest);
    QByteArrayView newer(bytes + tailBegin(), m_oldest - tailBegin());
    const qsizetype broken
        = brokenBegin(older.first(std::min<qsizetype>(older.size(), 3)).toByteArray()
                      + newer.first(std::min<qsizetype>(newer.size(), 3)).toByteArray());
    newer = newer.sliced(std::max<qsizetype>(0, broken - older.size()));
    older = older.sliced(std::min(broken, older.size()));

    const qsizetype from = head.size() - brokenEnd(head);
    const qint64 cut = m_total - from - older.size() - newer.size();
    const QByteArray mark
        = "\n[\xe2\x80\xa6 " + QByteArray::number(cut) + " bytes cut \xe2\x80\xa6]\n";
    char *tail = bytes + from + mark.size();
    if (older.size() < newer.size()) {
        const QByteArray aside = older.toByteArray();
        memmove(tail + older.size(), newer.data(), newer.size());
        memcpy(tail, aside.data(), aside.size());
    } else {
        const QByteArray aside = newer.toByteArray();
        memmove(tail, older.data(), older.size());
        memcpy(tail + older.size(), aside.data(), aside.size());
    }
    memcpy(bytes + from, mark.data(), mark.size());
    m_bytes.truncate(from + mark.size() + older.size() + newer.size());
}

} // namespace quarry::sandbox
