// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/desktopscheme.h"

#include <QGuiApplication>
#include <QStyleHints>

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

namespace quarry::widgets {

namespace {

constexpr auto AppearanceGroup = "org.freedesktop.appearance";
constexpr auto SchemeKey = "color-scheme";

Scheme paletteScheme()
{
    const QPalette palette = QGuiApplication::palette();
    return palette.color(QPalette::Window).lightness()
            < palette.color(QPalette::WindowText).lightness()
        ? Scheme::Dark
        : Scheme::Light;
}

// The portal's values: 0 no preference, 1 dark, 2 light.
Scheme portalScheme(const QVariant &value)
{
    return value.toUInt() == 1 ? Scheme::Dark : Scheme::Light;
}

} // namespace

DesktopScheme::DesktopScheme(QObject *parent) : QObject(parent), m_scheme(paletteScheme())
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    const auto *hints = QGuiApplication::styleHints();
    const auto translate = [](Qt::ColorScheme scheme) {
        return scheme == Qt::ColorScheme::Dark ? Scheme::Dark : Scheme::Light;
    };
    if (hints->colorScheme() != Qt::ColorScheme::Unknown) {
        m_scheme = translate(hints->colorScheme());
        connect(hints, &QStyleHints::colorSchemeChanged, this,
                [this, translate](Qt::ColorScheme scheme) { take(translate(scheme)); });
        return;
    }
#endif
    askPortal();
}

void DesktopScheme::askPortal()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    qRegisterMetaType<QDBusVariant>(); // the slot's, which the header only declares
    const QString service = QStringLiteral("org.freedesktop.portal.Desktop");
    const QString path = QStringLiteral("/org/freedesktop/portal/desktop");
    const QString interface = QStringLiteral("org.freedesktop.portal.Settings");
    // From whoever sends it: to name the portal here would wait for the bus to tell who that is.
    // clang-format off
    bus.connect(QString(), path, interface, QStringLiteral("SettingChanged"), this,
                SLOT(portalSettingChanged(QString,QString,QDBusVariant)));
    // clang-format on
    QDBusMessage call
        = QDBusMessage::createMethodCall(service, path, interface, QStringLiteral("Read"));
    call << QString::fromLatin1(AppearanceGroup) << QString::fromLatin1(SchemeKey);
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (!reply.isValid())
            return;
        // The value comes in a variant within the variant.
        const QVariant value = reply.value().variant();
        take(portalScheme(value.canConvert<QDBusVariant>() ? value.value<QDBusVariant>().variant()
                                                           : value));
    });
}

void DesktopScheme::portalSettingChanged(const QString &group, const QString &key,
                                         const QDBusVariant &value)
{
    if (group == QLatin1String(AppearanceGroup) && key == QLatin1String(SchemeKey))
        take(portalScheme(value.variant()));
}

void DesktopScheme::take(Scheme scheme)
{
    if (scheme == m_scheme)
        return;
    m_scheme = scheme;
    Q_EMIT schemeChanged();
}

} // namespace quarry::widgets
