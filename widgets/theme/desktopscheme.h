// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Whether the desktop wants light or dark programs.
#pragma once

#include "widgets/theme/look.h"

#include <QObject>

class QDBusVariant;

namespace quarry::widgets {

// From Qt where it knows (6.5 on), else from the desktop portal's setting
// org.freedesktop.appearance/color-scheme, asked without waiting; without a portal from the
// palette that the platform gave the application. To be made before a palette is set.
class DesktopScheme : public QObject
{
    Q_OBJECT
public:
    explicit DesktopScheme(QObject *parent = nullptr);

    Scheme scheme() const { return m_scheme; }

Q_SIGNALS:
    void schemeChanged();

private Q_SLOTS:
    void portalSettingChanged(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void askPortal();
    void take(Scheme scheme);

    Scheme m_scheme;
};

} // namespace quarry::widgets
