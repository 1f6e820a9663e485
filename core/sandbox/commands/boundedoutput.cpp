// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/commands/boundedoutput.h"

#include <algorithm>
#include <utility>

namespace quarry::sandbox {

namespace {

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

// As much of BYTES as the last piece of TEXT, or a new one, takes; the rest is left in BYTES.
void appendPiece(QByteArrayList &text, QByteArrayView &bytes, qsizetype pieceMax)
{
    if (text.isEmpty() || text.last().size() >= pieceMax)
        text.append(QByteArray());
    const qsizetype size = std::min(bytes.size(), pieceMax - text.last().size());
    text.last().append(bytes.first(size));
    bytes = bytes.sliced(size);
}

QByteArray firstBytes(const QByteArrayList &text, qsizetype count)
{
    QByteArray first;
    for (auto piece = text.begin(); piece != text.end() && first.size() < count; ++piece)
        first.append(QByteArrayView(*piece).first(std::min(count - first.size(), piece->size())));
    return first;
}

} // namespace

QByteArray lastBytes(const QByteArrayList &text, qsizetype count)
{
    QByteArray last;
    for (auto piece = text.rbegin(); piece != text.rend() && last.size() < count; ++piece)
        last.prepend(QByteArrayView(*piece).last(std::min(count - last.size(), piece->size())));
    return last;
}

void removeFront(QByteArrayList &text, qsizetype bytes)
{
    while (!text.isEmpty() && text.first().size() <= bytes) {
        bytes -= text.first().size();
        text.removeFirst();
    }
    if (!text.isEmpty())
        text.first().remove(0, bytes);
}

QByteArrayList stripped(QByteArrayList text)
{
    while (!text.isEmpty()) {
        QByteArray &piece = text.last();
        qsizetype end = piece.size();
        while (end > 0 && isSpace(piece.at(end - 1)))
            --end;
        piece.truncate(end);
        if (end > 0)
            break;
        text.removeLast();
    }
    while (!text.isEmpty()) {
        const QByteArray &piece = text.first();
        const auto begin = std::find_if_not(piece.begin(), piece.end(), isSpace) - piece.begin();
        const bool blank = begin == piece.size();
        removeFront(text, begin);
        if (!blank)
            break;
    }
    return text;
}

BoundedOutput::BoundedOutput(qint64 limit) : m_limit(std::max<qint64>(limit, 16)) { }

void BoundedOutput::append(QByteArrayView bytes)
{
    qsizetype room = std::max<qint64>(0, headMax() - m_total);
    m_total += bytes.size();
    room = std::min(room, bytes.size());
    for (QByteArrayView head = bytes.first(room); !head.isEmpty();)
        appendPiece(m_head, head, OutputPieceMax);
    appendTail(bytes.sliced(room));
}

void BoundedOutput::appendTail(QByteArrayView bytes)
{
    const qsizetype pieceMax = std::min<qint64>(OutputPieceMax, tailMax());
    while (!bytes.isEmpty()) {
        const qsizetype before = bytes.size();
        appendPiece(m_tail, bytes, pieceMax);
        m_tailSize += before - bytes.size();
        // The oldest piece is filled anew: memory that is there already.
        if (m_tailSize - m_tail.first().size() >= tailMax()) {
            QByteArray oldest = m_tail.takeFirst();
            m_tailSize -= oldest.size();
            oldest.resize(0);
            if (m_tail.last().size() >= pieceMax)
                m_tail.append(std::move(oldest));
        }
    }
}

QByteArray BoundedOutput::last(qsizetype bytes) const
{
    if (m_total > m_limit)
        return lastBytes(m_tail, std::min<qint64>(bytes, tailMax()));
    return lastBytes(m_head, bytes - m_tailSize) + lastBytes(m_tail, bytes);
}

QByteArrayList BoundedOutput::take()
{
    if (m_total > m_limit)
        cut();
    m_total = 0;
    m_tailSize = 0;
    QByteArrayList text = std::exchange(m_head, {});
    text.append(std::exchange(m_tail, {}));
    return text;
}

// The tail is cut to its size and the mark set before it.
void BoundedOutput::cut()
{
    removeFront(m_tail, m_tailSize - tailMax());
    const qsizetype brokenHead = brokenEnd(m_head.last());
    const qsizetype brokenTail = brokenBegin(firstBytes(m_tail, 3));
    m_head.last().chop(brokenHead);
    removeFront(m_tail, brokenTail);
    const qint64 cut = m_total - m_limit + brokenHead + brokenTail;
    m_head.append("\n[\xe2\x80\xa6 " + QByteArray::number(cut) + " bytes cut \xe2\x80\xa6]\n");
}

} // namespace quarry::sandbox
