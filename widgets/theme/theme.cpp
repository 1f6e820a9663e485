// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/theme.h"

#include "widgets/theme/desktopscheme.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/style.h"

#include <QApplication>
#include <QToolTip>

namespace quarry::widgets {

Theme::Theme(SchemeChoice choice, QObject *parent)
    : QObject(parent), m_desktop(new DesktopScheme(this)), m_choice(choice), m_scheme(wanted())
{
    m_style = new Style(Look(m_scheme));
    QApplication::setStyle(m_style);
    QApplication::setFont(themeFont(Type::Body));
    QToolTip::setFont(themeFont(Type::Small));
    apply();
    connect(m_desktop, &DesktopScheme::schemeChanged, this, &Theme::follow);
}

Scheme Theme::wanted() const
{
    switch (m_choice) {
    case SchemeChoice::Light:
        return Scheme::Light;
    case SchemeChoice::Dark:
        return Scheme::Dark;
    case SchemeChoice::Desktop:
        break;
    }
    return m_desktop->scheme();
}

void Theme::setChoice(SchemeChoice choice)
{
    m_choice = choice;
    follow();
}

void Theme::follow()
{
    if (wanted() == m_scheme || !m_style)
        return;
    m_scheme = wanted();
    m_style->setLook(Look(m_scheme));
    apply();
    Q_EMIT schemeChanged();
}

void Theme::apply()
{
    const QPalette palette = m_style->look().palette();
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
}

} // namespace quarry::widgets
