// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal/input/keys.h"

namespace quarry::terminal {

namespace {

int modifierParameter(KeyModifiers modifiers)
{
    return 1 + (modifiers.shift ? 1 : 0) + (modifiers.alt ? 2 : 0) + (modifiers.control ? 4 : 0)
        + (modifiers.meta ? 8 : 0);
}

// CSI letter, or SS3 letter in the application mode; with modifiers CSI 1 ; m letter.
std::string letterKey(char letter, KeyModifiers modifiers, bool application)
{
    if (modifiers.any())
        return "\x1b[1;" + std::to_string(modifierParameter(modifiers)) + letter;
    return std::string(application ? "\x1bO" : "\x1b[") + letter;
}

std::string tildeKey(int number, KeyModifiers modifiers)
{
    std::string out = "\x1b[" + std::to_string(number);
    if (modifiers.any())
        out += ';' + std::to_string(modifierParameter(modifiers));
    return out + '~';
}

std::string functionKey(int number, KeyModifiers modifiers)
{
    static constexpr int codes[] = {15, 17, 18, 19, 20, 21, 23, 24, 25, 26, 28, 29, 31, 32, 33, 34};
    if (number <= 4)
        return letterKey("PQRS"[number - 1], modifiers, true);
    return tildeKey(codes[number - 5], modifiers);
}

std::string keypadKey(Key key, KeyModifiers modifiers, const InputModes &modes)
{
    static constexpr std::string_view plain = "0123456789./*-+\r=";
    static constexpr std::string_view application = "pqrstuvwxynojmkMX";
    const auto index = std::size_t(key) - std::size_t(Key::Keypad0);
    if (!modes.keypad || modifiers.any())
        return encodeText(plain.substr(index, 1), modifiers);
    return std::string("\x1bO") + application[index];
}

std::string withAlt(const std::string &text, KeyModifiers modifiers)
{
    return modifiers.alt ? '\x1b' + text : text;
}

bool isCutFromPaste(char byte)
{
    const auto code = std::uint8_t(byte);
    return (code < 0x20 && byte != '\t' && byte != '\r' && byte != '\n') || code == 0x7f;
}

} // namespace

std::string encodeKey(Key key, KeyModifiers modifiers, const InputModes &modes)
{
    if (key >= Key::F1 && key <= Key::F20)
        return functionKey(int(key) - int(Key::F1) + 1, modifiers);
    if (key >= Key::Keypad0)
        return keypadKey(key, modifiers, modes);
    switch (key) {
    case Key::Up:
    case Key::Down:
    case Key::Right:
    case Key::Left:
        return letterKey("ABCD"[int(key) - int(Key::Up)], modifiers, modes.cursorKeys);
    case Key::Home:
        return letterKey('H', modifiers, modes.cursorKeys);
    case Key::End:
        return letterKey('F', modifiers, modes.cursorKeys);
    case Key::Insert:
        return tildeKey(2, modifiers);
    case Key::Delete:
        return tildeKey(3, modifiers);
    case Key::PageUp:
        return tildeKey(5, modifiers);
    case Key::PageDown:
        return tildeKey(6, modifiers);
    case Key::Return:
        return withAlt(modes.newline ? "\r\n" : "\r", modifiers);
    case Key::Tab:
        return modifiers.shift ? withAlt("\x1b[Z", modifiers) : withAlt("\t", modifiers);
    case Key::Backspace:
        return withAlt(modes.backarrow != modifiers.control ? "\b" : "\x7f", modifiers);
    case Key::Escape:
        return withAlt("\x1b", modifiers);
    default:
        return {};
    }
}

std::string encodeText(std::string_view text, KeyModifiers modifiers)
{
    std::string out(text);
    if (modifiers.control && out.size() == 1) {
        const char letter = out[0];
        if (letter == '?' || letter == '8')
            out = "\x7f";
        else if (letter == ' ' || letter == '2')
            out = std::string(1, '\0');
        else if (letter >= '3' && letter <= '7')
            out = char(letter - '3' + 0x1b);
        else if (letter == '/')
            out = "\x1f";
        else if (letter >= '@' && letter <= '~')
            out = char(letter & 0x1f);
    }
    return withAlt(out, modifiers);
}

std::string encodePaste(std::string_view text, const InputModes &modes)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto code = std::uint8_t(text[i]);
        if (isCutFromPaste(text[i]))
            continue;
        if (code == 0xc2 && i + 1 < text.size() && std::uint8_t(text[i + 1]) < 0xa0) {
            ++i; // a C1 control
        } else if (text[i] == '\n') {
            if (i == 0 || text[i - 1] != '\r')
                out += '\r';
        } else {
            out += text[i];
        }
    }
    return modes.bracketedPaste ? "\x1b[200~" + out + "\x1b[201~" : out;
}

std::string encodeFocus(bool focused, const InputModes &modes)
{
    if (!modes.focusEvents)
        return {};
    return focused ? "\x1b[I" : "\x1b[O";
}

} // namespace quarry::terminal
