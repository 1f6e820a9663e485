// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a session writes to its bash: pure functions from a command to shell text.
#pragma once

#include <string>
#include <string_view>

namespace quarry::agent {

// Where one command reports to.
struct SessionReport {
    std::string nonce;    // capitals and digits
    std::string reportPath; // the FIFO; free of characters that mean something to the shell
};

// The command as bash gets it: one that ends all of its lines in "\r\n" loses the returns.
std::string normalizedCommand(std::string text);

// Nothing but blank lines and comments, of which bash would make a syntax error inside braces.
bool isBlankCommand(std::string_view text);

// Certainly free of syntax errors: simple commands of words, plain quotes and plain variables,
// joined by ; && || | or newlines. False only means that bash must be asked.
bool isPlainCommand(std::string_view text);

// Better read from a file: bash takes a pipe byte by byte, and runs out of stack over a list of
// some ten thousand commands between braces.
bool isLargeCommand(std::string_view text);

// What the shell reads first.
std::string sessionPreamble();

// One parse unit that runs TEXT with $? = LASTCODE and the terminal as its input, then reports;
// after it the same report again, for an interrupt makes bash drop the rest of a unit.
std::string sessionUnit(std::string_view text, const SessionReport &report, int lastCode);

// Only the report, as one line.
std::string sessionTail(const SessionReport &report);

// The report again for a shell that could not give it: a function or `enable -n` hides our
// builtins.
std::string sessionRepair(const SessionReport &report);

} // namespace quarry::agent
