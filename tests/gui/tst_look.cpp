// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/figures.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/look.h"
#include "widgets/theme/measures.h"
#include "widgets/theme/style.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QMetaEnum>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace quarry::widgets;

// WCAG 2.1, relative luminance and contrast ratio.
static double luminance(const QColor &color)
{
    const auto part = [](double value) {
        return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * part(color.redF()) + 0.7152 * part(color.greenF())
        + 0.0722 * part(color.blueF());
}

static double contrast(const QColor &a, const QColor &b)
{
    const double one = luminance(a);
    const double other = luminance(b);
    return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

class TestLook : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyColourIsThere_data();
    void everyColourIsThere();
    void contrastOfText_data();
    void contrastOfText();
    void contrastOfSigns_data();
    void contrastOfSigns();
    void measuresAreTheTokens();
    void switchesLive();
    void figuresHaveOneWidth();
    void showsTheFocusOfAScrollArea();
};

static void bothSchemes()
{
    QTest::addColumn<int>("scheme");
    QTest::newRow("light") << int(Scheme::Light);
    QTest::newRow("dark") << int(Scheme::Dark);
}

void TestLook::everyColourIsThere_data()
{
    bothSchemes();
}

void TestLook::everyColourIsThere()
{
    QFETCH(int, scheme);
    const Look look{Scheme(scheme)};
    for (int i = 0; i < QMetaEnum::fromType<Tone>().keyCount(); ++i)
        QVERIFY2(look.color(Tone(i)).isValid(), QMetaEnum::fromType<Tone>().key(i));
    for (int i = 0; i < QMetaEnum::fromType<State>().keyCount(); ++i) {
        QVERIFY(look.state(State(i)).isValid());
        QVERIFY(look.stateSoft(State(i)).isValid());
    }
    QCOMPARE(look.chart().size(), 8);
    for (const QColor &color : look.terminal().ansi)
        QVERIFY(color.isValid());
}

void TestLook::contrastOfText_data()
{
    bothSchemes();
}

void TestLook::contrastOfText()
{
    QFETCH(int, scheme);
    const Look look{Scheme(scheme)};
    const auto check = [](const QColor &ink, const QColor &ground, const char *what) {
        QVERIFY2(contrast(ink, ground) >= 4.5, what);
    };
    using enum Tone;
    for (const Tone ground :
         {Window, Surface, Raised, Sunken, Rail, Hover, Selection, SelectionInactive}) {
        check(look.color(Text), look.color(ground), "text");
        check(look.color(TextSecondary), look.color(ground), "secondary text");
    }
    for (const Tone ground : {Window, Surface, Sunken, AccentSoft})
        check(look.color(Link), look.color(ground), "link");
    for (const Tone ground : {Accent, AccentHover, AccentPressed})
        check(look.color(OnAccent), look.color(ground), "on accent");
    check(look.color(Text), look.color(AccentSoft), "chosen segment");
    check(look.color(OnSelection), look.color(Selection), "selection");
    check(look.color(OnTooltip), look.color(Tooltip), "tool tip");
    check(look.color(OnMatchFind), look.color(MatchFind), "match");
    for (int i = 0; i < QMetaEnum::fromType<State>().keyCount(); ++i) {
        const QColor ink = look.state(State(i));
        for (const Tone ground : {Surface, Window, Selection})
            check(ink, look.color(ground), "state");
        check(ink, look.stateSoft(State(i)), "badge");
        check(look.color(Text), look.stateSoft(State(i)), "notice");
    }
    check(look.terminal().foreground, look.terminal().background, "terminal");
    check(look.terminal().foreground, look.terminal().selection, "terminal selection");
    for (size_t i = 0; i < 16; ++i) {
        if (i != 0 || Scheme(scheme) == Scheme::Light) // black is dark on dark
            check(look.terminal().ansi[i], look.terminal().background, "ansi");
    }
}

void TestLook::contrastOfSigns_data()
{
    bothSchemes();
}

void TestLook::contrastOfSigns()
{
    QFETCH(int, scheme);
    const Look look{Scheme(scheme)};
    using enum Tone;
    for (const Tone ground : {Window, Surface, Raised, Sunken, Rail, Selection})
        QVERIFY(contrast(look.color(Focus), look.color(ground)) >= 3);
    for (const Tone ground : {Window, Surface})
        QVERIFY(contrast(look.color(BorderStrong), look.color(ground)) >= 3);
    for (const QColor &color : look.chart())
        QVERIFY(contrast(color, look.color(Surface)) >= 3);
    QVERIFY(contrast(look.terminal().cursor, look.terminal().background) >= 3);
}

void TestLook::measuresAreTheTokens()
{
    Look{Scheme::Light}; // makes the resources readable
    QFile file(QStringLiteral(":/quarry/theme/tokens.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject tokens = QJsonDocument::fromJson(file.readAll()).object();
    const QJsonObject size = tokens[u"size"].toObject();
    const QJsonObject space = tokens[u"space"].toObject();
    QCOMPARE(measures::SpaceXs, space[u"xs"].toInt());
    QCOMPARE(measures::SpaceL, space[u"l"].toInt());
    QCOMPARE(measures::RowDense, size[u"rowDense"].toInt());
    QCOMPARE(measures::RailWidth, size[u"railWidth"].toInt());
    QCOMPARE(measures::RailItem, size[u"railItem"].toInt());
    QCOMPARE(measures::TopBar, size[u"topBar"].toInt());
    QCOMPARE(measures::ToolBar, size[u"toolBar"].toInt());
    QCOMPARE(measures::TabBar, size[u"tabBar"].toInt());
    QCOMPARE(measures::StatusStrip, size[u"statusStrip"].toInt());
    QCOMPARE(measures::MinWindowWidth, size[u"minWindowWidth"].toInt());
    QCOMPARE(measures::MinWindowHeight, size[u"minWindowHeight"].toInt());
    QCOMPARE(measures::PaletteWidth, size[u"paletteWidth"].toInt());
    const QJsonObject type = tokens[u"type"].toObject()[u"size"].toObject();
    QCOMPARE(themeFont(Type::Body).pixelSize(), type[u"body"].toInt());
    QCOMPARE(themeFont(Type::Small).pixelSize(), type[u"small"].toInt());
    QCOMPARE(themeFont(Type::MonoSmall).pixelSize(), type[u"monoSmall"].toInt());
}

void TestLook::switchesLive()
{
    Theme theme(SchemeChoice::Light);
    QWidget window;
    auto *label = new QLabel(QStringLiteral("text"), &window);
    window.resize(200, 100);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QCOMPARE(label->palette().color(QPalette::WindowText), Look(Scheme::Light).color(Tone::Text));

    QSignalSpy switched(&theme, &Theme::schemeChanged);
    theme.setChoice(SchemeChoice::Dark);
    QCOMPARE(switched.size(), 1);
    QCOMPARE(theme.scheme(), Scheme::Dark);
    QCOMPARE(look().scheme(), Scheme::Dark);
    QTRY_COMPARE(label->palette().color(QPalette::WindowText),
                 Look(Scheme::Dark).color(Tone::Text));
    QCOMPARE(window.grab().toImage().pixelColor(190, 90), Look(Scheme::Dark).color(Tone::Window));
    theme.setChoice(SchemeChoice::Dark);
    QCOMPARE(switched.size(), 1);
    theme.setChoice(SchemeChoice::Light);
    QCOMPARE(switched.size(), 2);
    QTRY_COMPARE(window.grab().toImage().pixelColor(190, 90),
                 Look(Scheme::Light).color(Tone::Window));
}

void TestLook::figuresHaveOneWidth()
{
    const QFont font = themeFont(Type::Small);
    QCOMPARE(figuresWidth(font, QStringLiteral("111")), figuresWidth(font, QStringLiteral("888")));
    QCOMPARE(figuresWidth(font, QStringLiteral("1.1 GiB")),
             figuresWidth(font, QStringLiteral("4.0 GiB")));
    QCOMPARE(figuresWidth(font, QString()), 0.0);
}

void TestLook::showsTheFocusOfAScrollArea()
{
    const Theme theme(SchemeChoice::Light);
    QWidget window;
    auto *button = new QPushButton(QStringLiteral("first"), &window);
    auto *area = new QScrollArea(&window);
    area->setFocusPolicy(Qt::TabFocus);
    area->setGeometry(20, 50, 100, 60);
    window.resize(200, 120);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    button->setFocus();
    const QRect around(10, 40, 120, 75);
    const QImage without = window.grab(around).toImage();
    area->setFocus(Qt::TabFocusReason);
    QVERIFY(window.grab(around).toImage() != without);
}

QTEST_MAIN(TestLook)
#include "tst_look.moc"
