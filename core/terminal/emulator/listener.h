// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a program asks of, or tells, the terminal's owner. Nothing is done by the terminal itself;
// every text comes from the program, is valid UTF-8 without control characters, and at most a few
// KiB long (the clipboard's bytes: at most 192 KiB, of any kind). Called from Emulator::feed(),
// which must not be re-entered.
#pragma once

#include "terminal/screen/marks.h"

#include <cstdint>
#include <string>

namespace quarry::terminal {

class Listener
{
public:
    virtual ~Listener() = default;
    // At most once a feed().
    virtual void rang() { }
    virtual void titleChanged(const std::string &title) { (void)title; }
    // The path of a file:// URI (OSC 7), and its host, which may be another machine's.
    virtual void folderChanged(const std::string &host, const std::string &path)
    {
        (void)host;
        (void)path;
    }
    // OSC 52: the program would like to put this on the clipboard. The user decides.
    virtual void clipboardRequested(const std::string &bytes) { (void)bytes; }
    // In `line`, numbered as the history does; of an End, what the command returned, or -1.
    virtual void marked(MarkKind kind, std::uint64_t line, int exitCode)
    {
        (void)kind;
        (void)line;
        (void)exitCode;
    }
};

} // namespace quarry::terminal
