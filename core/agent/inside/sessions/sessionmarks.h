// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Finds our marks in what a terminal shows, and takes them out.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::agent {

// A mark is ESC _ KIND NONCE ESC \ — an application program command (ECMA-48 8.3.2), which
// terminals do not show. KIND is S where a command's output starts and E where it ends. Capitals
// and digits only: a terminal that maps to upper case (stty olcuc) leaves them alone.
std::string sessionMark(char kind, std::string_view nonce);

// Takes the stream in any pieces. Knows the marks of the current nonce and of the one before it,
// whose second end may come late; both are taken out, only the current one's are told.
class MarkFinder
{
public:
    struct Piece {
        enum class Kind { Text, Start, End };
        Kind kind = Kind::Text;
        std::string text; // of Text
    };

    void setNonce(std::string_view nonce);
    // What BYTES are made of, in order. A piece of a mark at the end is kept for the next time.
    void feed(std::string_view bytes, std::vector<Piece> &out);
    // What was kept, as text: nothing more will come soon.
    void flush(std::vector<Piece> &out);

private:
    struct Match {
        std::size_t length = 0; // of the whole mark; 0: none here
        bool partial = false; // the bytes end before it could be told
        bool current = false;
        bool start = false;
    };
    Match matchAt(std::string_view bytes) const;

    std::string m_marks[4]; // start and end of the current nonce, then of the one before
    std::string m_kept;
};

} // namespace quarry::agent
