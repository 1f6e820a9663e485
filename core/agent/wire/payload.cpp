// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/wire/payload.h"

namespace quarry::agent {

Payload::Payload(std::vector<std::uint8_t> &&taken)
{
    auto kept = std::make_shared<const std::vector<std::uint8_t>>(std::move(taken));
    bytes = Bytes(*kept);
    owner = std::move(kept);
}

} // namespace quarry::agent
