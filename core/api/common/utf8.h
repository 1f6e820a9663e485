// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// UTF-8 as it comes, split anywhere.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <functional>

namespace quarry::api {

struct Utf8Scan {
    qsizetype valid = 0;     // bytes of whole, well-formed characters at the start
    qsizetype bad = 0;       // bytes behind them that can never be part of one (1–3); 0: none
    bool incomplete = false; // what follows the valid bytes may become a character with more bytes
};

// The longest good start of TEXT (Unicode 15, table 3-7; a bad piece is the maximal subpart).
Utf8Scan scanUtf8(QByteArrayView text);

// Cuts a stream into good runs and bad pieces, keeping up to three bytes from one call to the next.
class Utf8Splitter
{
public:
    using Take = std::function<void(QByteArrayView)>;

    void push(QByteArrayView data, const Take &good, const Take &bad);
    // At the end: what is incomplete is bad.
    void finish(const Take &bad);

private:
    QByteArrayView completeKept(QByteArrayView data, const Take &good, const Take &bad);

    QByteArray m_kept;
};

} // namespace quarry::api
