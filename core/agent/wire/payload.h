// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes on their way out, shared with whoever owns them, so that nothing is copied to be sent.
#pragma once

#include "agent/wire/codec.h"

#include <memory>

namespace quarry::agent {

struct Payload {
    std::shared_ptr<const void> owner;
    Bytes bytes;

    Payload() = default;
    Payload(std::shared_ptr<const void> owner_, Bytes bytes_)
        : owner(std::move(owner_)), bytes(bytes_)
    {
    }
    explicit Payload(std::vector<std::uint8_t> &&taken);
    explicit Payload(Encoder &&encoder) : Payload(encoder.take()) { }
};

} // namespace quarry::agent
