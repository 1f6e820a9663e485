// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/desktopscheme.h"
#include "widgets/theme/theme.h"

#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace quarry::widgets;

// The settings portal as desktops have it: Read gives the value in a variant of a variant.
class FakePortal : public QObject, protected QDBusContext
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")
public:
    uint scheme = 0;

public Q_SLOTS:
    QDBusVariant Read(const QString &group, const QString &key)
    {
        if (group != u"org.freedesktop.appearance" || key != u"color-scheme")
            sendErrorReply(QStringLiteral("org.freedesktop.portal.Error.NotFound"), key);
        return QDBusVariant(QVariant::fromValue(QDBusVariant(scheme)));
    }

Q_SIGNALS:
    void SettingChanged(const QString &group, const QString &key, const QDBusVariant &value);
};

class TestDesktopScheme : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void followsThePortal();
    void themeFollows();
    void withoutAPortal();

private:
    void provide(bool on);

    QProcess m_daemon;
    FakePortal m_portal;
};

void TestDesktopScheme::initTestCase()
{
    if (QStandardPaths::findExecutable(QStringLiteral("dbus-daemon")).isEmpty()) {
        if (qEnvironmentVariableIsSet("CI"))
            QFAIL("dbus-daemon is missing");
        QSKIP("dbus-daemon is missing");
    }
    m_daemon.start(QStringLiteral("dbus-daemon"),
                   {QStringLiteral("--session"), QStringLiteral("--nofork"),
                    QStringLiteral("--print-address=1")});
    QVERIFY(m_daemon.waitForStarted());
    while (!m_daemon.canReadLine())
        QVERIFY(m_daemon.waitForReadyRead());
    const QByteArray address = m_daemon.readLine().trimmed();
    qputenv("DBUS_SESSION_BUS_ADDRESS", address);
    QDBusConnection portal
        = QDBusConnection::connectToBus(QString::fromLatin1(address), QStringLiteral("portal"));
    QVERIFY(portal.isConnected());
    QVERIFY(
        portal.registerObject(QStringLiteral("/org/freedesktop/portal/desktop"), &m_portal,
                              QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
    provide(true);
}

void TestDesktopScheme::cleanupTestCase()
{
    QDBusConnection::disconnectFromBus(QStringLiteral("portal"));
    m_daemon.terminate();
    m_daemon.waitForFinished();
}

void TestDesktopScheme::provide(bool on)
{
    QDBusConnection portal(QStringLiteral("portal"));
    const QString name = QStringLiteral("org.freedesktop.portal.Desktop");
    QVERIFY(on ? portal.registerService(name) : portal.unregisterService(name));
}

void TestDesktopScheme::followsThePortal()
{
    m_portal.scheme = 1;
    DesktopScheme desktop;
    QSignalSpy changed(&desktop, &DesktopScheme::schemeChanged);
    QCOMPARE(desktop.scheme(), Scheme::Light); // until the portal has answered
    QTRY_COMPARE(desktop.scheme(), Scheme::Dark);
    QCOMPARE(changed.size(), 1);
    const QString group = QStringLiteral("org.freedesktop.appearance");
    Q_EMIT m_portal.SettingChanged(group, QStringLiteral("contrast"), QDBusVariant(2u));
    Q_EMIT m_portal.SettingChanged(group, QStringLiteral("color-scheme"), QDBusVariant(2u));
    QTRY_COMPARE(desktop.scheme(), Scheme::Light);
    QCOMPARE(changed.size(), 2);
    // What is no number is no wish for dark.
    Q_EMIT m_portal.SettingChanged(group, QStringLiteral("color-scheme"),
                                   QDBusVariant(QStringLiteral("dark")));
    Q_EMIT m_portal.SettingChanged(group, QStringLiteral("color-scheme"), QDBusVariant(1u));
    QTRY_COMPARE(desktop.scheme(), Scheme::Dark);
    QCOMPARE(changed.size(), 3);
}

void TestDesktopScheme::themeFollows()
{
    m_portal.scheme = 1;
    Theme theme;
    QTRY_COMPARE(theme.scheme(), Scheme::Dark);
    theme.setChoice(SchemeChoice::Light);
    QCOMPARE(theme.scheme(), Scheme::Light);
    theme.setChoice(SchemeChoice::Desktop);
    QCOMPARE(theme.scheme(), Scheme::Dark);
    theme.setChoice(SchemeChoice::Light);
}

void TestDesktopScheme::withoutAPortal()
{
    provide(false);
    DesktopScheme desktop;
    QSignalSpy changed(&desktop, &DesktopScheme::schemeChanged);
    // A call of our own comes back after the one that was asked before it has failed.
    QDBusConnection::sessionBus().call(QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.DBus"), QStringLiteral("/"),
        QStringLiteral("org.freedesktop.DBus.Peer"), QStringLiteral("Ping")));
    QCoreApplication::processEvents();
    QCOMPARE(changed.size(), 0);
    QCOMPARE(desktop.scheme(), Scheme::Light);
}

QTEST_MAIN(TestDesktopScheme)
#include "tst_desktopscheme.moc"
