// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// OSC and DCS strings: titles, links, folders, marks and the clipboard. Each is checked and cut to
// size before it is kept or handed on.
#include "terminal/emulator/emulator.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace quarry::terminal {

namespace {

constexpr std::size_t MaximumTitle = 1024;
constexpr std::size_t MaximumLink = 2048;
constexpr std::size_t MaximumLinkId = 256;
constexpr std::size_t MaximumPath = 4096;

// Valid UTF-8 without controls, and at most so many bytes.
std::string cleaned(std::string_view bytes, std::size_t maximum)
{
    std::string out;
    Utf8Decoder decoder;
    const auto add = [&out](char32_t code) {
        char utf8[4];
        if (code >= 0x20 && (code < 0x7f || code >= 0xa0))
            out.append(utf8, std::size_t(encodeUtf8(code, utf8)));
    };
    for (std::size_t i = 0; i < bytes.size() && out.size() + 4 <= maximum;) {
        const Utf8Decoder::Step step = decoder.take(std::uint8_t(bytes[i]));
        if (step != Utf8Decoder::Step::Broken)
            ++i;
        if (step != Utf8Decoder::Step::More)
            add(decoder.code());
    }
    return out;
}

// Takes what is before the separator off the text.
std::string_view takeUntil(std::string_view &text, char separator)
{
    const std::size_t at = std::min(text.find(separator), text.size());
    const std::string_view part = text.substr(0, at);
    text.remove_prefix(std::min(at + 1, text.size()));
    return part;
}

int hexDigit(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    const char lower = char(digit | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string percentDecoded(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hexDigit(text[i + 1]) >= 0
            && hexDigit(text[i + 2]) >= 0) {
            out += char(hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2]));
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

std::optional<std::string> base64Decoded(std::string_view text)
{
    static constexpr std::string_view alphabet
        = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    std::uint32_t bits = 0;
    int count = 0;
    while (!text.empty() && text.back() == '=')
        text.remove_suffix(1);
    for (const char letter : text) {
        const std::size_t value = alphabet.find(letter);
        if (value == std::string_view::npos)
            return std::nullopt;
        bits = bits << 6 | std::uint32_t(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            out += char(bits >> count & 0xff);
        }
    }
    return out;
}

} // namespace

void Emulator::osc(std::string_view text)
{
    m_screen.breakText();
    const std::string_view number = takeUntil(text, ';');
    int code = -1;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), code);
    if (error != std::errc() || end != number.data() + number.size())
        return;
    switch (code) {
    case 0:
    case 2:
        setTitle(text);
        break;
    case 7:
        setFolder(text);
        break;
    case 8:
        setLink(text);
        break;
    case 52:
        requestClipboard(text);
        break;
    case 133:
        mark(text);
        break;
    default:
        break;
    }
}

void Emulator::dcs(const Sequence &sequence, std::string_view text)
{
    m_screen.breakText();
    if (sequence.code() == Sequence::code(0, '$', 'q'))
        reportSetting(text);
}

void Emulator::setTitle(std::string_view text)
{
    m_title = cleaned(text, MaximumTitle);
    if (m_options.listener)
        m_options.listener->titleChanged(m_title);
}

// OSC 8: parameters as key=value with colons between, then a URI of printable ASCII; none ends the
// link.
void Emulator::setLink(std::string_view text)
{
    std::string_view parameters = takeUntil(text, ';');
    Extra extra = m_screen.extra();
    extra.link.clear();
    extra.linkId.clear();
    const auto printable = [](char byte) { return byte > 0x20 && byte < 0x7f; };
    if (text.size() <= MaximumLink && std::all_of(text.begin(), text.end(), printable))
        extra.link = text;
    while (!parameters.empty() && !extra.link.empty()) {
        std::string_view one = takeUntil(parameters, ':');
        if (takeUntil(one, '=') == "id")
            extra.linkId = cleaned(one, MaximumLinkId);
    }
    m_screen.setExtra(extra);
}

void Emulator::setFolder(std::string_view uri)
{
    constexpr std::string_view scheme = "file://";
    if (!m_options.listener || uri.size() > MaximumPath || !uri.starts_with(scheme))
        return;
    uri.remove_prefix(scheme.size());
    const std::size_t slash = uri.find('/');
    if (slash == std::string_view::npos)
        return;
    const std::string path = percentDecoded(uri.substr(slash));
    if (cleaned(path, MaximumPath + 4) == path)
        m_options.listener->folderChanged(cleaned(uri.substr(0, slash), MaximumTitle), path);
}

// To set only: what is on the clipboard is never told.
void Emulator::requestClipboard(std::string_view text)
{
    takeUntil(text, ';');
    if (!m_options.listener || text == "?")
        return;
    if (const std::optional<std::string> bytes = base64Decoded(text))
        m_options.listener->clipboardRequested(*bytes);
}

void Emulator::mark(std::string_view text)
{
    static constexpr std::string_view letters = "ABCD";
    const std::string_view letter = takeUntil(text, ';');
    const std::size_t kind = letter.size() == 1 ? letters.find(letter[0]) : std::string_view::npos;
    if (kind == std::string_view::npos)
        return;
    int exitCode = -1;
    if (MarkKind(kind) == MarkKind::End) {
        const std::string_view number = takeUntil(text, ';');
        const auto result = std::from_chars(number.data(), number.data() + number.size(), exitCode);
        if (result.ec != std::errc() || exitCode < 0 || exitCode > 255)
            exitCode = -1;
    }
    const std::uint64_t line = m_screen.addMark(MarkKind(kind), exitCode);
    if (m_options.listener)
        m_options.listener->marked(MarkKind(kind), line, exitCode);
}

} // namespace quarry::terminal
