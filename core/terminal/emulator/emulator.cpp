// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// From sequences to what they do.
#include "terminal/emulator/emulator.h"

#include "terminal/emulator/rendition.h"

namespace quarry::terminal {

Emulator::Emulator(int columns, int rows, Options options)
    : m_options(options), m_screen(columns, rows, options.history)
{
}

void Emulator::feed(std::span<const std::uint8_t> bytes)
{
    m_parser.feed(bytes, *this);
    if (m_screen.takeBell() && m_options.listener)
        m_options.listener->rang();
}

void Emulator::feed(std::string_view bytes)
{
    feed(
        {static_cast<const std::uint8_t *>(static_cast<const void *>(bytes.data())), bytes.size()});
}

void Emulator::resize(int columns, int rows)
{
    m_screen.resize(columns, rows);
}

std::string Emulator::takeReplies()
{
    return std::exchange(m_replies, {});
}

Parser::TextStop Emulator::text(const std::uint8_t *at, const std::uint8_t *end)
{
    return m_screen.text(at, end);
}

void Emulator::control(std::uint8_t code)
{
    m_screen.control(code);
}

void Emulator::escape(char intermediate, char final)
{
    m_screen.breakText();
    switch (intermediate) {
    case 0:
        plainEscape(final);
        break;
    case '(':
    case ')':
    case '*':
    case '+':
        m_screen.charsets().designate(intermediate - '(', final);
        break;
    case '-':
    case '.':
    case '/': // sets of 96 characters: only ASCII's half is used here
        m_screen.charsets().designate(intermediate - ',', 'B');
        break;
    case '#':
        if (final == '8')
            m_screen.fillWith(U'E');
        break;
    default:
        break;
    }
}

void Emulator::plainEscape(char final)
{
    switch (final) {
    case '6':
        m_screen.backIndex();
        break;
    case '9':
        m_screen.forwardIndex();
        break;
    case '7':
        m_screen.saveCursor();
        break;
    case '8':
        m_screen.restoreCursor();
        break;
    case '=':
    case '>':
        m_input.keypad = final == '=';
        break;
    case 'D':
        m_screen.lineFeed();
        break;
    case 'E':
        m_screen.lineFeed();
        m_screen.carriageReturn();
        break;
    case 'H':
        m_screen.tabs().set(m_screen.cursor().column, true);
        break;
    case 'M':
        m_screen.reverseLineFeed();
        break;
    case 'N':
    case 'O':
        m_screen.charsets().shiftOnce(final == 'N' ? 2 : 3);
        break;
    case 'n':
    case 'o':
        m_screen.charsets().lock(final == 'n' ? 2 : 3);
        break;
    case 'Z':
        reportAttributes(0, 0);
        break;
    case 'c':
        reset();
        break;
    default:
        break;
    }
}

void Emulator::csi(const Sequence &sequence)
{
    m_screen.breakText();
    if (sequence.prefix == 0 && sequence.intermediate == 0) {
        if (sequence.final == 'm')
            applyRendition(sequence.parameters);
        else if (!moveCursor(sequence) && !edit(sequence))
            otherCsi(sequence);
        return;
    }
    otherCsi(sequence);
}

bool Emulator::moveCursor(const Sequence &sequence)
{
    const Parameters &given = sequence.parameters;
    const int count = given.valueOr(0, 1);
    switch (sequence.final) {
    case 'A':
        m_screen.moveUp(count);
        return true;
    case 'B':
        m_screen.moveDown(count);
        return true;
    case 'C':
        m_screen.moveRight(count);
        return true;
    case 'D':
        m_screen.moveLeft(count);
        return true;
    case 'E':
    case 'F':
        if (sequence.final == 'E')
            m_screen.moveDown(count);
        else
            m_screen.moveUp(count);
        m_screen.carriageReturn();
        return true;
    case 'G':
    case '`':
        m_screen.moveToColumn(count - 1);
        return true;
    case 'H':
    case 'f':
        m_screen.moveTo(count - 1, given.valueOr(1, 1) - 1);
        return true;
    case 'I':
        m_screen.tab(count);
        return true;
    case 'Z':
        m_screen.backTab(count);
        return true;
    case 'a':
        m_screen.moveToColumn(m_screen.cursor().column - m_screen.originColumn() + count);
        return true;
    case 'd':
        m_screen.moveToRow(count - 1);
        return true;
    case 'e':
        m_screen.moveToRow(m_screen.cursor().row - m_screen.originRow() + count);
        return true;
    default:
        return false;
    }
}

bool Emulator::edit(const Sequence &sequence)
{
    const int count = sequence.parameters.valueOr(0, 1);
    switch (sequence.final) {
    case '@':
        m_screen.insertCharacters(count);
        return true;
    case 'J':
    case 'K':
        erase(sequence);
        return true;
    case 'L':
        m_screen.insertLines(count);
        return true;
    case 'M':
        m_screen.deleteLines(count);
        return true;
    case 'P':
        m_screen.deleteCharacters(count);
        return true;
    case 'S':
        m_screen.scrollUp(count);
        return true;
    case 'T':
        if (sequence.parameters.count() <= 1) // five are mouse highlighting
            m_screen.scrollDown(count);
        return true;
    case '^':
        m_screen.scrollDown(count);
        return true;
    case 'X':
        m_screen.eraseCharacters(count);
        return true;
    case 'b':
        m_screen.repeat(count);
        return true;
    default:
        return false;
    }
}

void Emulator::otherCsi(const Sequence &sequence)
{
    const Parameters &given = sequence.parameters;
    switch (sequence.code()) {
    case Sequence::code('?', 0, 'J'):
    case Sequence::code('?', 0, 'K'):
        erase(sequence);
        break;
    case Sequence::code(0, 0, 'c'):
    case Sequence::code('>', 0, 'c'):
    case Sequence::code('=', 0, 'c'):
        reportAttributes(sequence.prefix, given.value(0));
        break;
    case Sequence::code('>', 0, 'q'):
        if (given.value(0) == 0)
            reply("\x1bP>|Quarry\x1b\\");
        break;
    case Sequence::code(0, 0, 'g'):
        clearTabs(given.value(0));
        break;
    case Sequence::code(0, 0, 'h'):
    case Sequence::code(0, 0, 'l'):
        setAnsiModes(given, sequence.final == 'h');
        break;
    case Sequence::code('?', 0, 'h'):
    case Sequence::code('?', 0, 'l'):
        setDecModes(given, sequence.final == 'h');
        break;
    case Sequence::code('?', 0, 's'):
        saveModes(given);
        break;
    case Sequence::code('?', 0, 'r'):
        restoreModes(given);
        break;
    case Sequence::code(0, 0, 'n'):
        reportStatus(given.value(0));
        break;
    case Sequence::code('?', 0, 'n'):
        reportDecStatus(given.value(0));
        break;
    case Sequence::code(0, 0, 'r'):
        m_screen.setMargins(given.valueOr(0, 1) - 1, given.valueOr(1, m_screen.rows()));
        break;
    case Sequence::code(0, 0, 's'):
        if (m_screen.hasSideMargins())
            m_screen.setSideMargins(given.valueOr(0, 1) - 1, given.valueOr(1, m_screen.columns()));
        else if (given.count() == 0)
            m_screen.saveCursor();
        break;
    case Sequence::code(0, 0, 'u'):
        m_screen.restoreCursor();
        break;
    case Sequence::code(0, 0, 't'):
        windowOperation(given);
        break;
    case Sequence::code(0, ' ', 'q'):
        setCursorShape(given.value(0));
        break;
    case Sequence::code(0, '!', 'p'):
        softReset();
        break;
    case Sequence::code(0, '"', 'q'):
        m_screen.pen().set(Protected, given.value(0) == 1);
        break;
    case Sequence::code(0, '$', 'p'):
    case Sequence::code('?', '$', 'p'):
        reportMode(sequence);
        break;
    case Sequence::code(0, '*', 'y'):
        reportChecksum(given);
        break;
    case Sequence::code(0, '\'', '}'):
        m_screen.insertColumns(given.valueOr(0, 1));
        break;
    case Sequence::code(0, '\'', '~'):
        m_screen.deleteColumns(given.valueOr(0, 1));
        break;
    default:
        break;
    }
}

void Emulator::erase(const Sequence &sequence)
{
    const bool selective = sequence.prefix == '?';
    const int kind = sequence.parameters.value(0);
    if (kind == 3 && sequence.final == 'J' && !selective)
        m_screen.history().clear();
    if (kind > 2)
        return;
    static constexpr Screen::Extent extents[]
        = {Screen::Extent::ToEnd, Screen::Extent::ToStart, Screen::Extent::All};
    if (sequence.final == 'J')
        m_screen.eraseInDisplay(extents[kind], selective);
    else
        m_screen.eraseInLine(extents[kind], selective);
}

void Emulator::applyRendition(const Parameters &parameters)
{
    Style &pen = m_screen.pen();
    const Colour before = pen.extra() == 0 ? Colour() : m_screen.extra().underline;
    Colour underline = before;
    terminal::applyRendition(parameters, pen, underline);
    if (underline == before)
        return;
    Extra extra = m_screen.extra();
    extra.underline = underline;
    m_screen.setExtra(extra);
}

void Emulator::setCursorShape(int kind)
{
    if (kind > 6)
        return;
    m_look.shape = kind < 3 ? CursorShape::Block
        : kind < 5          ? CursorShape::Underline
                            : CursorShape::Bar;
    m_look.blinks = kind == 0 || kind % 2 == 1;
}

void Emulator::clearTabs(int kind)
{
    if (kind == 0)
        m_screen.tabs().set(m_screen.cursor().column, false);
    else if (kind == 3)
        m_screen.tabs().clearAll();
}

void Emulator::softReset()
{
    m_screen.softReset();
    m_look.visible = true;
    m_input.cursorKeys = false;
    m_input.keypad = false;
}

void Emulator::reset()
{
    m_screen.reset();
    m_input = InputModes();
    m_look = CursorLook();
    m_titles.clear();
    m_savedModes.clear();
    m_reverseVideo = false;
    m_synchronized = false;
    m_allowsColumnMode = false;
}

} // namespace quarry::terminal
