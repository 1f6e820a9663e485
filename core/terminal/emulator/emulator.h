// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A terminal without a window: what a program writes goes in, a screen and answers come out. It
// follows ECMA-48, DEC's VT510 and xterm ("XTerm Control Sequences"); Unicode only. Any bytes are
// safe: time is in proportion to them and memory bounded by the screen and the history. For one
// thread.
#pragma once

#include "terminal/input/modes.h"
#include "terminal/parser/parser.h"
#include "terminal/emulator/listener.h"
#include "terminal/screen/marks.h"
#include "terminal/screen/screen.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::terminal {

enum class CursorShape : std::uint8_t { Block, Underline, Bar };

struct CursorLook {
    CursorShape shape = CursorShape::Block;
    bool blinks = true;
    bool visible = true;
};

class Emulator final : private Parser::Sink
{
public:
    struct Options {
        History::Limits history;
        Listener *listener = nullptr; // outlives the emulator
        // For conformance tests: lets a program read the screen (DECRQCRA) and title, and resize.
        bool testReports = false;
    };

    Emulator(int columns, int rows) : Emulator(columns, rows, Options()) { }
    Emulator(int columns, int rows, Options options);

    void feed(std::span<const std::uint8_t> bytes);
    void feed(std::string_view bytes);
    // 1 to Screen::MaximumSize of either.
    void resize(int columns, int rows);

    const Screen &screen() const { return m_screen; }
    History &history() { return m_screen.history(); }
    Damage takeDamage() { return m_screen.takeDamage(); }
    // For the program's input: answers that depend on the terminal alone. What is over 4 KiB and
    // not taken is dropped.
    std::string takeReplies();

    const InputModes &inputModes() const { return m_input; }
    const CursorLook &cursorLook() const { return m_look; }
    const std::string &title() const { return m_title; }
    const Marks &marks() const { return m_screen.marks(); }
    bool reverseVideo() const { return m_reverseVideo; }
    // The program is in the midst of drawing (mode 2026). Whoever waits for its end sets a limit.
    bool isSynchronized() const { return m_synchronized; }

private:
    static constexpr std::size_t MaximumReplies = 4096;

    Parser::TextStop text(const std::uint8_t *at, const std::uint8_t *end) override;
    void control(std::uint8_t code) override;
    void escape(char intermediate, char final) override;
    void csi(const Sequence &sequence) override;
    void osc(std::string_view text) override;
    void dcs(const Sequence &sequence, std::string_view text) override;

    // emulator.cpp
    void plainEscape(char final);
    bool moveCursor(const Sequence &sequence);
    bool edit(const Sequence &sequence);
    void otherCsi(const Sequence &sequence);
    void erase(const Sequence &sequence);
    void setCursorShape(int kind);
    void clearTabs(int kind);
    void applyRendition(const Parameters &parameters);
    void softReset();
    void reset();

    // emulatormodes.cpp
    void setAnsiModes(const Parameters &parameters, bool on);
    void setDecModes(const Parameters &parameters, bool on);
    void setDecMode(int mode, bool on);
    void useAlternate(int mode, bool on);
    void setMouse(MouseTracking tracking, bool on);
    void setMouseEncoding(MouseEncoding encoding, bool on);
    int ansiMode(int mode) const;
    int decMode(int mode) const;
    void saveModes(const Parameters &parameters);
    void restoreModes(const Parameters &parameters);

    // emulatorreports.cpp
    void reply(std::string_view text);
    void reportStatus(int kind);
    void reportDecStatus(int kind);
    void reportPosition(const char *introducer, const char *tail);
    void reportAttributes(char prefix, int kind);
    void reportMode(const Sequence &sequence);
    void reportSetting(std::string_view what);
    void reportChecksum(const Parameters &parameters);
    void windowOperation(const Parameters &parameters);

    // emulatorstrings.cpp
    void setTitle(std::string_view text);
    void setLink(std::string_view text);
    void setFolder(std::string_view uri);
    void requestClipboard(std::string_view text);
    void mark(std::string_view text);

    const Options m_options;
    Parser m_parser;
    Screen m_screen;
    InputModes m_input;
    CursorLook m_look;
    std::string m_replies;
    std::string m_title;
    std::vector<std::string> m_titles; // pushed by XTWINOPS 22
    std::map<int, bool> m_savedModes; // of those known only
    bool m_reverseVideo = false;
    bool m_synchronized = false;
    bool m_allowsColumnMode = false; // mode 40: DECCOLM may clear the screen
};

} // namespace quarry::terminal
