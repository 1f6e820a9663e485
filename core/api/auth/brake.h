// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Slows down who sends wrong tokens, without making others wait.
#pragma once

#include <QByteArray>
#include <QHash>

#include <chrono>

namespace quarry::api {

class Brake
{
public:
    // How long the answer to one more failure of WHO is to be held back: it doubles from 50 ms to
    // 800 ms with each, and is forgotten after 15 s without one.
    std::chrono::milliseconds fail(const QByteArray &who, qint64 nowMs);

private:
    struct Record {
        int failures = 0;
        qint64 last = 0;
    };
    QHash<QByteArray, Record> m_records; // bounded
};

} // namespace quarry::api
