// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The colours of the workbench, as resources/theme/tokens.json gives them: sRGB, opaque.
#pragma once

#include <QColor>
#include <QList>
#include <QObject>
#include <QPalette>

#include <array>

namespace quarry::widgets {
Q_NAMESPACE

enum class Scheme { Light, Dark };

// What a colour is for. The names are those of the tokens.
enum class Tone {
    Window, // behind tool bars, head and foot
    Surface, // behind content
    Raised, // buttons, table headers, menus
    Sunken, // code
    Rail,
    Hover,
    Border,
    BorderStrong, // of what takes input
    Gridline,
    Text,
    TextSecondary,
    TextDisabled,
    Accent,
    AccentHover,
    AccentPressed,
    OnAccent,
    AccentSoft,
    Link,
    Selection,
    SelectionInactive,
    OnSelection,
    Focus,
    Tooltip,
    OnTooltip,
    MatchFind,
    OnMatchFind,
    Bar, // of use against a limit
    BarTrack,
};
Q_ENUM_NS(Tone)

// What something is doing. Always shown as shape and word, the colour is a third sign.
enum class State { Running, Waiting, Failed, Stopped, Success, Warning };
Q_ENUM_NS(State)

struct TerminalColors {
    QColor foreground, background, cursor, cursorText, selection;
    std::array<QColor, 16> ansi;
};

// One scheme's colours. A value; cheap enough to copy at a switch, passed by reference elsewhere.
class Look
{
public:
    // From the tokens that are compiled in.
    explicit Look(Scheme scheme);

    Scheme scheme() const { return m_scheme; }
    QColor color(Tone tone) const { return m_tones[size_t(tone)]; }
    // Ink on window, surface, selection and on stateSoft().
    QColor state(State state) const { return m_states[size_t(state)]; }
    // Behind a badge or a notice.
    QColor stateSoft(State state) const { return m_softStates[size_t(state)]; }
    // Up to eight series of one plot, in the order to use them.
    const QList<QColor> &chart() const { return m_chart; }
    const TerminalColors &terminal() const { return m_terminal; }

    QPalette palette() const;

private:
    Scheme m_scheme;
    std::array<QColor, size_t(Tone::BarTrack) + 1> m_tones;
    std::array<QColor, size_t(State::Warning) + 1> m_states;
    std::array<QColor, size_t(State::Warning) + 1> m_softStates;
    QList<QColor> m_chart;
    TerminalColors m_terminal;
};

} // namespace quarry::widgets
