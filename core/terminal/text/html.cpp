// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal/text/html.h"

#include "terminal/text/spans.h"

#include <cstdio>

namespace quarry::terminal {

namespace {

std::string hex(std::uint32_t rgb)
{
    char text[8];
    std::snprintf(text, sizeof text, "#%06x", rgb & 0xffffffU);
    return text;
}

void appendEscaped(std::string_view text, std::string &out)
{
    for (const char byte : text) {
        if (byte == '&')
            out += "&amp;";
        else if (byte == '<')
            out += "&lt;";
        else if (byte == '>')
            out += "&gt;";
        else if (byte == '"')
            out += "&quot;";
        else
            out += byte;
    }
}

bool isSafeLink(std::string_view link)
{
    return link.starts_with("https://") || link.starts_with("http://")
        || link.starts_with("mailto:");
}

std::string decorationOf(const Style &style)
{
    static constexpr const char *kinds[] = {"", "", " double", " wavy", " dotted", " dashed"};
    std::string lines;
    if (style.underline() != Underline::None)
        lines += " underline";
    if (style.has(Strike))
        lines += " line-through";
    if (style.has(Overline))
        lines += " overline";
    return lines.empty() ? lines
                         : ";text-decoration:" + lines.substr(1)
            + (int(style.underline()) < 6 ? kinds[int(style.underline())] : "");
}

std::string cssOf(const Style &style, const Palette &palette)
{
    Colour foreground = style.foreground;
    if (style.has(Bold) && foreground.kind() == Colour::Kind::Indexed && foreground.index() < 8)
        foreground = Colour::indexed(std::uint8_t(foreground.index() + 8));
    std::uint32_t front = palette.of(foreground, palette.foreground);
    std::uint32_t back = palette.of(style.background, palette.background);
    if (style.has(Inverse))
        std::swap(front, back);
    if (style.has(Conceal))
        front = back;
    std::string css = "color:" + hex(front);
    if (back != palette.background)
        css += ";background:" + hex(back);
    if (style.has(Bold))
        css += ";font-weight:bold";
    if (style.has(Faint))
        css += ";opacity:0.6";
    if (style.has(Italic))
        css += ";font-style:italic";
    return css + decorationOf(style);
}

void appendRun(const RowView &row, int from, int to, const Palette &palette, std::string &out)
{
    const Cell &cell = row.cells[std::size_t(from)];
    std::string text;
    row.appendUtf8(from, to, text);
    const std::string &link = row.extra(cell).link;
    const bool linked = isSafeLink(link);
    const bool styled = cell.style.foreground != Colour() || cell.style.background != Colour()
        || (cell.style.bits & 0xffffU) != 0;
    if (linked) {
        out += "<a href=\"";
        appendEscaped(link, out);
        out += "\">";
    }
    if (styled)
        out += "<span style=\"" + cssOf(cell.style, palette) + "\">";
    appendEscaped(text, out);
    out += styled ? "</span>" : "";
    out += linked ? "</a>" : "";
}

} // namespace

std::uint32_t Palette::of(Colour colour, std::uint32_t otherwise) const
{
    switch (colour.kind()) {
    case Colour::Kind::Default:
        return otherwise;
    case Colour::Kind::Indexed:
        return indexed[colour.index()];
    case Colour::Kind::Rgb:
        return std::uint32_t(colour.red()) << 16 | std::uint32_t(colour.green()) << 8
            | colour.blue();
    }
    return otherwise;
}

Palette Palette::standard()
{
    static constexpr std::uint32_t basic[]
        = {0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
           0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff};
    Palette palette;
    std::copy(std::begin(basic), std::end(basic), palette.indexed.begin());
    const auto level = [](std::uint32_t step) { return step == 0 ? 0 : 55 + step * 40; };
    for (std::uint32_t i = 0; i < 216; ++i)
        palette.indexed[16 + i] = level(i / 36) << 16 | level(i / 6 % 6) << 8 | level(i % 6);
    for (std::uint32_t i = 0; i < 24; ++i)
        palette.indexed[232 + i] = (8 + i * 10) * 0x010101U;
    return palette;
}

std::string selectedHtml(Lines &lines, const Selection &selection, const Palette &palette)
{
    std::string out = "<pre style=\"color:" + hex(palette.foreground)
        + ";background:" + hex(palette.background) + "\">";
    forEachSpan(lines, selection, [&](const RowView &row, const SelectedSpan &span) {
        for (int from = span.from; from < span.to;) {
            int to = from + 1;
            const Style &style = row.cells[std::size_t(from)].style;
            while (to < span.to && row.cells[std::size_t(to)].style == style)
                ++to;
            appendRun(row, from, to, palette, out);
            from = to;
        }
        if (span.endsLine)
            out += '\n';
        return out.size() < MaximumCopy;
    });
    return out + "</pre>";
}

} // namespace quarry::terminal
