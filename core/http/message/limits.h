// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What one client may ask of the server before it is refused.
#pragma once

#include <QtGlobal>

#include <chrono>

namespace quarry::http {

struct Limits {
    // Request line and fields, end marks included: above it 431 (414 when the target alone is).
    qsizetype maxHeader = 16 * 1024;
    int maxFields = 128;
    // Bodies that are read into memory, and bodies that are streamed: above it 413.
    qint64 maxBody = 64ll << 20;
    qint64 maxUpload = 10ll << 30;
    // Open connections, upgraded ones too. Capped below RLIMIT_NOFILE: `reservedDescriptors` (or
    // three quarters of a small limit) are left to the rest of the program.
    int maxConnections = 1024;
    int reservedDescriptors = 256;
    // Requests of one connection that may be in work at once (safe methods only; RFC 9112 9.3.2).
    int maxPipelined = 32;

    std::chrono::milliseconds idle{75'000}; // between requests
    // An idle connection older than this is closed for a new one when there is no place left.
    std::chrono::milliseconds expendableIdle{5'000};
    std::chrono::milliseconds header{10'000}; // from a request's first byte to its empty line: 408
    // A body, or an answer, may pause this long, and must move `minRate` bytes a second after that.
    std::chrono::milliseconds body{30'000}; // then 408
    std::chrono::milliseconds write{30'000}; // then the connection is cut
    int minRate = 500;
    // After an answer to a request whose body was not read: how long what still comes is thrown
    // away, so that the client gets to see the answer.
    std::chrono::milliseconds linger{30'000};
    std::chrono::milliseconds lingerIdle{5'000};
};

} // namespace quarry::http
