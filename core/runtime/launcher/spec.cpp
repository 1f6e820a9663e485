// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec.h"

#include "report.h"

#include <cerrno>
#include <charconv>
#include <functional>
#include <map>
#include <unistd.h>

namespace quarry::launcher {

namespace {

constexpr size_t sizeMax = 4u << 20;

std::string readAll()
{
    std::string text;
    char buffer[16384];
    for (;;) {
        const ssize_t n = read(specFd, buffer, sizeof buffer);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            failErrno("cannot read what to start");
        if (n == 0)
            return text;
        if (text.size() + size_t(n) > sizeMax)
            fail("limit_exceeded",
                 "what to start takes more than 4 MiB: fewer variables are needed");
        text.append(buffer, size_t(n));
    }
}

uint64_t number(const std::string &text)
{
    uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        fail("internal", "not a number: " + text);
    return value;
}

Range range(const std::string &text)
{
    const size_t colon = text.find(':');
    if (colon == std::string::npos)
        fail("internal", "not a range: " + text);
    const uint64_t first = number(text.substr(0, colon));
    const uint64_t count = number(text.substr(colon + 1));
    if (first > UINT32_MAX || count > UINT32_MAX || first + count > UINT32_MAX)
        fail("internal", "a range beyond the uids that there are: " + text);
    return {uint32_t(first), uint32_t(count)};
}

Network network(const std::string &text)
{
    if (text == "none")
        return Network::None;
    if (text == "user")
        return Network::User;
    if (text == "host")
        return Network::Host;
    fail("internal", "no such network: " + text);
}

// "FILE LIMIT VALUE"; the limit's name may be empty.
GroupSetting setting(const std::string &text)
{
    const size_t one = text.find(' ');
    const size_t two = one == std::string::npos ? one : text.find(' ', one + 1);
    if (two == std::string::npos)
        fail("internal", "not a group's setting: " + text);
    return {text.substr(0, one), text.substr(two + 1), text.substr(one + 1, two - one - 1)};
}

using Setter = std::function<void(Spec &, const std::string &)>;

Setter textOf(std::string Spec::*member)
{
    return [member](Spec &spec, const std::string &value) { spec.*member = value; };
}

Setter rangeOf(Range Spec::*member)
{
    return [member](Spec &spec, const std::string &value) { spec.*member = range(value); };
}

Setter numberOf(uint64_t Spec::*member)
{
    return [member](Spec &spec, const std::string &value) { spec.*member = number(value); };
}

std::map<std::string, Setter> setters()
{
    return {
        {"worker", [](Spec &s, const std::string &) { s.worker = true; }},
        {"uids", rangeOf(&Spec::uids)},
        {"sub-uids", rangeOf(&Spec::subUids)},
        {"sub-gids", rangeOf(&Spec::subGids)},
        {"group", [](Spec &s, const std::string &v) { s.groups.push_back({v, {}}); }},
        {"group-set",
         [](Spec &s, const std::string &v) {
             if (s.groups.empty())
                 fail("internal", "a setting without its group");
             s.groups.back().settings.push_back(setting(v));
         }},
        {"processes", numberOf(&Spec::processMax)},
        {"memory", numberOf(&Spec::memoryMax)},
        {"layer", textOf(&Spec::layer)},
        {"root-lower", [](Spec &s, const std::string &v) { s.rootLowers.push_back(v); }},
        {"usr-lower", [](Spec &s, const std::string &v) { s.usrLowers.push_back(v); }},
        {"network", [](Spec &s, const std::string &v) { s.network = network(v); }},
        {"mark", textOf(&Spec::mark)},
        {"program", textOf(&Spec::program)},
        {"agent", textOf(&Spec::agent)},
        {"pasta", textOf(&Spec::pasta)},
        {"resolv-conf", textOf(&Spec::resolvConf)},
        {"hostname", textOf(&Spec::hostname)},
        {"env", [](Spec &s, const std::string &v) { s.environment.push_back(v); }},
        {"place", [](Spec &s, const std::string &v) { s.places.push_back({false, v, {}}); }},
        {"place-ro", [](Spec &s, const std::string &v) { s.places.push_back({true, v, {}}); }},
        {"target",
         [](Spec &s, const std::string &v) {
             if (s.places.empty())
                 fail("internal", "a target without its source");
             s.places.back().target = v;
         }},
        {"argument", [](Spec &s, const std::string &v) { s.arguments.push_back(v); }},
    };
}

} // namespace

Spec readSpec()
{
    const std::string text = readAll();
    close(specFd);
    const auto table = setters();
    Spec spec;
    size_t at = 0;
    const auto next = [&] {
        const size_t end = text.find('\0', at);
        if (end == std::string::npos)
            fail("internal", "what to start is cut off");
        std::string piece = text.substr(at, end - at);
        at = end + 1;
        return piece;
    };
    while (at < text.size()) {
        const std::string key = next();
        const auto setter = table.find(key);
        if (setter == table.end())
            fail("internal", "no such key: " + key);
        setter->second(spec, next());
    }
    return spec;
}

} // namespace quarry::launcher
