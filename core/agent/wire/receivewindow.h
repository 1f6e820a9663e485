// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The credit that a receiver has given for one stream: what may still come, and what to grant.
#pragma once

#include "agent/wire/frame.h"

#include <algorithm>

namespace quarry::agent {

class ReceiveWindow
{
public:
    // COUNT data bytes came. False: more than was granted, a violation.
    bool receive(std::size_t count)
    {
        if (count > m_open)
            return false;
        m_open -= static_cast<std::uint32_t>(count);
        return true;
    }

    // COUNT of those are dealt with. What to grant now; 0 while it is too little for a frame.
    std::uint32_t consume(std::size_t count)
    {
        m_owed += static_cast<std::uint32_t>(std::min<std::size_t>(count, unconsumed()));
        if (m_owed < grantStep)
            return 0;
        const std::uint32_t grant = m_owed;
        m_open += grant;
        m_owed = 0;
        return grant;
    }

    std::uint32_t unconsumed() const { return streamWindow - m_open - m_owed; }

private:
    static constexpr std::uint32_t grantStep = streamWindow / 4;
    std::uint32_t m_open = streamWindow;
    std::uint32_t m_owed = 0;
};

} // namespace quarry::agent
