// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The one switch of the workbench's look: light, dark, or as the desktop has it.
#pragma once

#include "widgets/theme/look.h"

#include <QObject>
#include <QPointer>

namespace quarry::widgets {

class DesktopScheme;
class Style;

enum class SchemeChoice { Desktop, Light, Dark };

// Sets the application's style, palette and font, and sets them again at every switch. One object
// with the application's life, made right after it.
class Theme : public QObject
{
    Q_OBJECT
public:
    explicit Theme(SchemeChoice choice = SchemeChoice::Desktop, QObject *parent = nullptr);

    SchemeChoice choice() const { return m_choice; }
    void setChoice(SchemeChoice choice);
    // What is shown now.
    Scheme scheme() const { return m_scheme; }

Q_SIGNALS:
    // The style has the new colours; widgets get their palette with the next events.
    void schemeChanged();

private:
    Scheme wanted() const;
    void follow();
    void apply();

    DesktopScheme *m_desktop;
    QPointer<Style> m_style; // the application's
    SchemeChoice m_choice;
    Scheme m_scheme;
};

} // namespace quarry::widgets
