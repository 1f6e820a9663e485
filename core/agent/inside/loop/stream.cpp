// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/loop/stream.h"

namespace quarry::agent {

void StreamHandler::data(std::uint8_t, Bytes bytes)
{
    m_stream.consume(bytes.size());
}

void StreamHandler::message(Decoder) { }

void StreamHandler::ended() { }

void StreamHandler::writable() { }

} // namespace quarry::agent
