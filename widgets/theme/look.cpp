// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/look.h"

#include "widgets/theme/resources.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMetaEnum>

namespace quarry::widgets {

namespace {

QJsonObject readTokens()
{
    initResources();
    QFile file(QStringLiteral(":/quarry/theme/tokens.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the design tokens are not compiled in");
    return QJsonDocument::fromJson(file.readAll()).object();
}

// "BorderStrong" is "borderStrong" in the tokens.
template <typename Enum>
QString tokenName(Enum value)
{
    QString name = QString::fromLatin1(QMetaEnum::fromType<Enum>().valueToKey(int(value)));
    name[0] = name[0].toLower();
    return name;
}

QColor colorOf(const QJsonValue &value)
{
    return QColor(value.toString());
}

TerminalColors terminalColors(const QJsonObject &tokens)
{
    TerminalColors colors;
    colors.foreground = colorOf(tokens[u"fg"]);
    colors.background = colorOf(tokens[u"bg"]);
    colors.cursor = colorOf(tokens[u"cursor"]);
    colors.cursorText = colorOf(tokens[u"cursorText"]);
    colors.selection = colorOf(tokens[u"selection"]);
    const QJsonArray ansi = tokens[u"ansi"].toArray();
    for (size_t i = 0; i < colors.ansi.size(); ++i)
        colors.ansi[i] = colorOf(ansi.at(qsizetype(i)));
    return colors;
}

} // namespace

Look::Look(Scheme scheme) : m_scheme(scheme)
{
    static const QJsonObject tokens = readTokens();
    const QString name = scheme == Scheme::Light ? QStringLiteral("light") : QStringLiteral("dark");

    const QJsonObject tones = tokens[u"color"].toObject()[name].toObject();
    for (size_t i = 0; i < m_tones.size(); ++i)
        m_tones[i] = colorOf(tones[tokenName(Tone(i))]);
    const QJsonObject states = tokens[u"state"].toObject();
    for (size_t i = 0; i < m_states.size(); ++i) {
        const QJsonObject state = states[tokenName(State(i))].toObject()[name].toObject();
        m_states[i] = colorOf(state[u"fg"]);
        m_softStates[i] = colorOf(state[u"bg"]);
    }
    const QJsonArray chart = tokens[u"chart"].toObject()[name].toArray();
    for (const QJsonValue &color : chart)
        m_chart.append(colorOf(color));
    m_terminal = terminalColors(tokens[u"terminal"].toObject()[name].toObject());
}

QPalette Look::palette() const
{
    QPalette palette;
    const auto set
        = [&](QPalette::ColorRole role, Tone tone) { palette.setColor(role, color(tone)); };
    set(QPalette::Window, Tone::Window);
    set(QPalette::WindowText, Tone::Text);
    set(QPalette::Base, Tone::Surface);
    set(QPalette::AlternateBase, Tone::Raised);
    set(QPalette::Text, Tone::Text);
    set(QPalette::PlaceholderText, Tone::TextSecondary);
    set(QPalette::Button, Tone::Raised);
    set(QPalette::ButtonText, Tone::Text);
    set(QPalette::BrightText, Tone::OnAccent);
    set(QPalette::Light, Tone::Raised);
    set(QPalette::Midlight, Tone::Hover);
    set(QPalette::Mid, Tone::Border);
    set(QPalette::Dark, Tone::BorderStrong);
    set(QPalette::Shadow, Tone::BorderStrong);
    set(QPalette::Highlight, Tone::Selection);
    set(QPalette::HighlightedText, Tone::OnSelection);
    set(QPalette::Link, Tone::Link);
    set(QPalette::LinkVisited, Tone::Link);
    set(QPalette::ToolTipBase, Tone::Tooltip);
    set(QPalette::ToolTipText, Tone::OnTooltip);
    palette.setColor(QPalette::Inactive, QPalette::Highlight, color(Tone::SelectionInactive));
    palette.setColor(QPalette::Inactive, QPalette::HighlightedText, color(Tone::Text));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, color(Tone::TextDisabled));
    return palette;
}

} // namespace quarry::widgets
