// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal/emulator/rendition.h"

#include <optional>

namespace quarry::terminal {

namespace {

constexpr int ByIndex = 5;
constexpr int ByRgb = 2;

int endOfSubs(const Parameters &parameters, int index)
{
    int end = index + 1;
    while (parameters.isSub(end))
        ++end;
    return end;
}

std::optional<Colour> rgb(const Parameters &parameters, int first)
{
    const int red = parameters.value(first);
    const int green = parameters.value(first + 1);
    const int blue = parameters.value(first + 2);
    if (red > 255 || green > 255 || blue > 255)
        return std::nullopt;
    return Colour::rgb(std::uint8_t(red), std::uint8_t(green), std::uint8_t(blue));
}

std::optional<Colour> indexed(const Parameters &parameters, int at)
{
    const int value = parameters.value(at);
    return value > 255 ? std::nullopt : std::optional(Colour::indexed(std::uint8_t(value)));
}

// The colour behind 38, 48 or 58 at `index`; moves index to the last parameter that belongs to it.
std::optional<Colour> takeColour(const Parameters &parameters, int &index)
{
    const int first = index;
    const int end = endOfSubs(parameters, first);
    if (end > first + 1) { // colons: 38:5:n, 38:2:r:g:b or 38:2:space:r:g:b
        index = end - 1;
        const int kind = parameters.value(first + 1);
        if (kind == ByIndex && end >= first + 3)
            return indexed(parameters, first + 2);
        if (kind == ByRgb && end >= first + 5)
            return rgb(parameters, end >= first + 6 ? first + 3 : first + 2);
        return std::nullopt;
    }
    const int kind = parameters.value(first + 1);
    const int count = kind == ByIndex ? 2 : kind == ByRgb ? 4 : 1;
    index = first + count;
    if (count == 1 || index >= parameters.count())
        return std::nullopt;
    return kind == ByIndex ? indexed(parameters, first + 2) : rgb(parameters, first + 2);
}

void setColour(const Parameters &parameters, int &index, Colour &target)
{
    if (const std::optional<Colour> colour = takeColour(parameters, index))
        target = *colour;
}

void setUnderline(const Parameters &parameters, int &index, Style &style)
{
    int kind = 1;
    if (parameters.isSub(index + 1)) {
        kind = parameters.value(index + 1);
        index = endOfSubs(parameters, index) - 1;
    }
    if (kind <= int(Underline::Dashed))
        style.setUnderline(Underline(kind));
}

Attribute attributeOf(int code)
{
    switch (code) {
    case 1:
        return Bold;
    case 2:
        return Faint;
    case 3:
    case 23:
        return Italic;
    case 5:
    case 6:
    case 25:
        return Blink;
    case 7:
    case 27:
        return Inverse;
    case 8:
    case 28:
        return Conceal;
    case 9:
    case 29:
        return Strike;
    default:
        return Overline; // 53, 55
    }
}

// True for the codes that are a colour by themselves.
bool applyPlainColour(int code, Style &style)
{
    if (code >= 30 && code <= 37)
        style.foreground = Colour::indexed(std::uint8_t(code - 30));
    else if (code >= 40 && code <= 47)
        style.background = Colour::indexed(std::uint8_t(code - 40));
    else if (code >= 90 && code <= 97)
        style.foreground = Colour::indexed(std::uint8_t(code - 90 + 8));
    else if (code >= 100 && code <= 107)
        style.background = Colour::indexed(std::uint8_t(code - 100 + 8));
    else
        return false;
    return true;
}

void reset(Style &style, Colour &underline)
{
    const std::uint32_t kept = style.bits & ~(Style::AttributeMask & ~std::uint32_t(Protected))
        & ~(7U << Style::UnderlineShift);
    style = Style();
    style.bits = kept; // neither protection nor links are rendition
    underline = Colour();
}

} // namespace

void applyRendition(const Parameters &parameters, Style &style, Colour &underline)
{
    if (parameters.count() == 0)
        reset(style, underline);
    for (int i = 0; i < parameters.count(); ++i) {
        const int code = parameters.value(i);
        if (applyPlainColour(code, style))
            continue;
        switch (code) {
        case 0:
            reset(style, underline);
            break;
        case 4:
            setUnderline(parameters, i, style);
            break;
        case 21:
            style.setUnderline(Underline::Double);
            break;
        case 24:
            style.setUnderline(Underline::None);
            break;
        case 22:
            style.set(Bold, false);
            style.set(Faint, false);
            break;
        case 38:
            setColour(parameters, i, style.foreground);
            break;
        case 39:
            style.foreground = Colour();
            break;
        case 48:
            setColour(parameters, i, style.background);
            break;
        case 49:
            style.background = Colour();
            break;
        case 58:
            setColour(parameters, i, underline);
            break;
        case 59:
            underline = Colour();
            break;
        case 1:
        case 2:
        case 3:
        case 5:
        case 6:
        case 7:
        case 8:
        case 9:
        case 53:
            style.set(attributeOf(code), true);
            break;
        case 23:
        case 25:
        case 27:
        case 28:
        case 29:
        case 55:
            style.set(attributeOf(code), false);
            break;
        default:
            break;
        }
        i = endOfSubs(parameters, i) - 1;
    }
}

std::string renditionOf(const Style &style, Colour underline)
{
    std::string out = "0";
    const auto colour = [&out](Colour value, int base) {
        const auto number = [](int part) { return std::to_string(part); };
        if (value.kind() == Colour::Kind::Rgb)
            out += ';' + number(base + 8) + ":2::" + number(value.red()) + ':'
                + number(value.green()) + ':' + number(value.blue());
        else if (value.kind() == Colour::Kind::Indexed && (value.index() >= 16 || base == 50))
            out += ';' + number(base + 8) + ":5:" + number(value.index());
        else if (value.kind() == Colour::Kind::Indexed)
            out += ';'
                + number(value.index() < 8 ? base + value.index() : base + 60 + value.index() - 8);
    };
    static constexpr struct {
        Attribute attribute;
        const char *code;
    } codes[] = {{Bold, ";1"},    {Faint, ";2"},   {Italic, ";3"}, {Blink, ";5"},
                 {Inverse, ";7"}, {Conceal, ";8"}, {Strike, ";9"}, {Overline, ";53"}};
    for (const auto &[attribute, code] : codes) {
        if (style.has(attribute))
            out += code;
    }
    if (style.underline() == Underline::Single)
        out += ";4";
    else if (style.underline() != Underline::None)
        out += ";4:" + std::to_string(int(style.underline()));
    colour(style.foreground, 30);
    colour(style.background, 40);
    colour(underline, 50);
    return out;
}

} // namespace quarry::terminal
