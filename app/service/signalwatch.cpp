// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/signalwatch.h"

#include <QSocketNotifier>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/eventfd.h>

namespace quarry::service {

namespace {

// All that a handler may touch: a signal has no other way to reach an object.
std::atomic<int> eventsOut{-1};
std::atomic<int> interruptionOut{-1};
std::atomic<int> firstSignal{0};

constexpr std::array interrupting{SIGINT, SIGTERM, SIGHUP};

void handle(int number)
{
    const int saved = errno;
    if (number != SIGWINCH) {
        int none = 0;
        if (!firstSignal.compare_exchange_strong(none, number))
            ::_exit(128 + number);
        const quint64 one = 1;
        [[maybe_unused]] const auto told = ::write(interruptionOut.load(), &one, sizeof one);
    }
    const char byte = char(number);
    [[maybe_unused]] const auto told = ::write(eventsOut.load(), &byte, 1);
    errno = saved;
}

void doNothing(int) { }

void install(int number, void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    ::sigemptyset(&action.sa_mask);
    ::sigaction(number, &action, nullptr);
}

bool isIgnored(int number)
{
    struct sigaction action = {};
    return ::sigaction(number, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

} // namespace

SignalWatch::SignalWatch(QObject *parent) : QObject(parent)
{
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0) {
        m_events.reset(ends[0]);
        m_eventsIn.reset(ends[1]);
    }
    m_interruption.reset(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    eventsOut = m_eventsIn.get();
    interruptionOut = m_interruption.get();
    firstSignal = 0;
    if (m_events) {
        auto *notifier = new QSocketNotifier(m_events.get(), QSocketNotifier::Read, this);
        connect(notifier, &QSocketNotifier::activated, this, &SignalWatch::takeEvents);
    }
    for (int number : interrupting) {
        // "nohup" asks for a life beyond the terminal's.
        if (number != SIGHUP || !isIgnored(number))
            install(number, handle);
    }
    install(SIGWINCH, handle);
    install(SIGPIPE, doNothing);
}

SignalWatch::~SignalWatch()
{
    for (int number : interrupting)
        install(number, SIG_DFL);
    install(SIGWINCH, SIG_DFL);
    install(SIGPIPE, SIG_DFL);
    eventsOut = -1;
    interruptionOut = -1;
}

int SignalWatch::received() const
{
    return firstSignal.load();
}

void SignalWatch::takeEvents()
{
    std::array<char, 64> bytes;
    const ssize_t count = ::read(m_events.get(), bytes.data(), bytes.size());
    bool resized = false;
    for (ssize_t i = 0; i < count; ++i) {
        if (bytes[size_t(i)] == SIGWINCH)
            resized = true;
        else
            Q_EMIT interrupted(bytes[size_t(i)]);
    }
    if (resized)
        Q_EMIT windowResized();
}

} // namespace quarry::service
