// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Netlink, as far as a sandbox's network needs it.
#pragma once

#include <cstdint>
#include <vector>

namespace quarry::launcher {

struct Address {
    int family = 0; // AF_INET or AF_INET6
    uint8_t bytes[16] = {};
    uint8_t length() const;
};

// Every address of this network namespace but the loopback's.
std::vector<Address> ownAddresses();

// Brings "lo" up. False and errno.
bool raiseLoopback();

// Makes every one of ADDRESSES that is not this namespace's own unreachable from it: a rule ahead
// of all routing tables, which holds whatever interface a packet is bound to. False and errno.
bool blockAddresses(const std::vector<Address> &addresses);

} // namespace quarry::launcher
