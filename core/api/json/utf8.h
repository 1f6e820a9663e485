// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// UTF-8 as it comes, split anywhere.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <utility>

namespace quarry::api {

struct Utf8Scan {
    qsizetype valid = 0;     // bytes of whole, well-formed characters at the start
    qsizetype bad = 0;       // bytes behind them that can never be part of one (1–3); 0: none
    bool incomplete = false; // what follows the valid bytes may become a character with more bytes
};

// The longest good start of TEXT (Unicode 15, table 3-7; a bad piece is the maximal subpart).
Utf8Scan scanUtf8(QByteArrayView text);

// Writes a character (not half of a surrogate pair, at most 0x10ffff) as UTF-8, up to four bytes,
// and gives the end.
char *writeUtf8(char *out, char32_t character);
void appendUtf8(QByteArray &out, char32_t character);

// Cuts a stream into good runs and bad pieces, keeping up to three bytes from one call to the next.
class Utf8Splitter
{
public:
    // GOOD and BAD take a QByteArrayView.
    template <typename Good, typename Bad>
    void push(QByteArrayView data, Good &&good, Bad &&bad)
    {
        if (!m_kept.isEmpty())
            data = completeKept(data, good, bad);
        while (!data.isEmpty()) {
            const Utf8Scan scan = scanUtf8(data);
            if (scan.valid > 0)
                good(data.first(scan.valid));
            data = data.sliced(scan.valid);
            if (scan.incomplete) {
                m_kept = data.toByteArray();
                return;
            }
            if (scan.bad > 0) {
                bad(data.first(scan.bad));
                data = data.sliced(scan.bad);
            }
        }
    }

    // At the end: what is incomplete is bad.
    template <typename Bad>
    void finish(Bad &&bad)
    {
        if (!m_kept.isEmpty())
            bad(QByteArrayView(std::exchange(m_kept, {})));
    }

    // Whether the last bytes may still become a character.
    bool isIncomplete() const { return !m_kept.isEmpty(); }

private:
    // Adds bytes to what was kept until that is decided; what is left of DATA.
    template <typename Good, typename Bad>
    QByteArrayView completeKept(QByteArrayView data, Good &&good, Bad &&bad)
    {
        while (!m_kept.isEmpty() && !data.isEmpty()) {
            m_kept.append(data.front());
            const Utf8Scan scan = scanUtf8(m_kept);
            if (scan.incomplete) {
                data = data.sliced(1);
                continue;
            }
            const QByteArray kept = std::exchange(m_kept, {});
            // The byte that ended a bad piece is not of it, and may itself be anything.
            if (scan.bad == 0 || scan.bad == kept.size())
                data = data.sliced(1);
            if (scan.bad == 0)
                good(QByteArrayView(kept));
            else
                bad(QByteArrayView(kept).first(scan.bad));
        }
        return data;
    }

    QByteArray m_kept;
};

} // namespace quarry::api
