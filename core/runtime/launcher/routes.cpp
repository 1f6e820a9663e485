// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "routes.h"

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <ifaddrs.h>
#include <linux/fib_rules.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace quarry::launcher {

uint8_t Address::length() const
{
    return family == AF_INET ? 4 : 16;
}

std::vector<Address> ownAddresses()
{
    std::vector<Address> found;
    ifaddrs *list = nullptr;
    if (getifaddrs(&list))
        return found;
    for (const ifaddrs *entry = list; entry; entry = entry->ifa_next) {
        if (!entry->ifa_addr || (entry->ifa_flags & IFF_LOOPBACK))
            continue;
        Address address;
        address.family = entry->ifa_addr->sa_family;
        if (address.family == AF_INET) {
            sockaddr_in in;
            memcpy(&in, entry->ifa_addr, sizeof in);
            memcpy(address.bytes, &in.sin_addr, 4);
        } else if (address.family == AF_INET6) {
            sockaddr_in6 in;
            memcpy(&in, entry->ifa_addr, sizeof in);
            memcpy(address.bytes, &in.sin6_addr, 16);
        } else {
            continue;
        }
        found.push_back(address);
    }
    freeifaddrs(list);
    return found;
}

bool raiseLoopback()
{
    const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return false;
    ifreq request{};
    strcpy(request.ifr_name, "lo");
    request.ifr_flags = IFF_UP | IFF_RUNNING;
    const bool done = ioctl(fd, SIOCSIFFLAGS, &request) == 0;
    close(fd);
    return done;
}

namespace {

constexpr uint32_t rulePriority = 1; // right behind the table of local addresses

struct Request {
    nlmsghdr header{};
    fib_rule_hdr rule{};
    uint8_t attributes[64] = {};

    void add(uint16_t type, const void *data, uint16_t length)
    {
        rtattr attribute{};
        attribute.rta_type = type;
        attribute.rta_len = uint16_t(RTA_LENGTH(length));
        uint8_t *at = attributes + (header.nlmsg_len - NLMSG_LENGTH(sizeof rule));
        memcpy(at, &attribute, sizeof attribute);
        memcpy(at + RTA_LENGTH(0), data, length);
        header.nlmsg_len += RTA_SPACE(length);
    }
};

Request ruleFor(const Address &address)
{
    Request request;
    request.header.nlmsg_len = NLMSG_LENGTH(sizeof request.rule);
    request.header.nlmsg_type = RTM_NEWRULE;
    request.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE;
    request.rule.family = uint8_t(address.family);
    request.rule.dst_len = uint8_t(address.length() * 8);
    request.rule.action = FR_ACT_UNREACHABLE;
    request.add(FRA_DST, address.bytes, address.length());
    request.add(FRA_PRIORITY, &rulePriority, sizeof rulePriority);
    return request;
}

// 0, or the errno that the kernel answers.
int exchange(int fd, const Request &request)
{
    if (send(fd, &request, request.header.nlmsg_len, 0) < 0)
        return errno;
    alignas(nlmsghdr) char answer[4096];
    const ssize_t n = recv(fd, answer, sizeof answer, 0);
    if (n < 0)
        return errno;
    nlmsghdr header;
    nlmsgerr error;
    if (size_t(n) < NLMSG_LENGTH(sizeof error))
        return EPROTO;
    memcpy(&header, answer, sizeof header);
    memcpy(&error, answer + NLMSG_LENGTH(0), sizeof error);
    return header.nlmsg_type == NLMSG_ERROR ? -error.error : EPROTO;
}

} // namespace

bool blockAddresses(const std::vector<Address> &addresses)
{
    const int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    if (fd < 0)
        return false;
    int error = 0;
    for (const Address &address : addresses) {
        const int one = exchange(fd, ruleFor(address));
        if (one != 0 && one != EEXIST)
            error = one;
    }
    close(fd);
    errno = error;
    return error == 0;
}

} // namespace quarry::launcher
