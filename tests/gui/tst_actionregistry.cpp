// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/actionbutton.h"
#include "widgets/common/actionregistry.h"

#include <QAccessible>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace quarry::widgets;

class TestActionRegistry : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void runs();
    void refusesTheSameId();
    void refusesTheSameShortcut();
    void shortcutsOfParts();
    void forgetsWithTheOwner();
    void fillsMenus();
    void buttonFollows();
};

void TestActionRegistry::runs()
{
    ActionRegistry registry;
    QObject owner;
    int runs = 0;
    QSignalSpy added(&registry, &ActionRegistry::added);
    QAction *action = registry.add({QStringLiteral("sandbox.stop"), QStringLiteral("Stop sandbox")},
                                   &owner, [&] { ++runs; });
    QCOMPARE(added.size(), 1);
    QCOMPARE(registry.action(QStringLiteral("sandbox.stop")), action);
    QCOMPARE(ActionRegistry::contextOf(action), QStringLiteral("sandbox"));
    action->trigger();
    QCOMPARE(runs, 1);
    registry.setEnabled(QStringLiteral("sandbox.stop"), false, QStringLiteral("it has ended"));
    action->trigger();
    QCOMPARE(runs, 1);
    QCOMPARE(ActionRegistry::disabledReason(action), QStringLiteral("it has ended"));
    registry.setEnabled(QStringLiteral("sandbox.stop"), true);
    QCOMPARE(ActionRegistry::disabledReason(action), QString());
    registry.setEnabled(QStringLiteral("unknown"), true);
    registry.setSubject(QStringLiteral("sandbox"), QStringLiteral("sb-1"));
    QCOMPARE(registry.subject(QStringLiteral("sandbox")), QStringLiteral("sb-1"));
}

void TestActionRegistry::refusesTheSameId()
{
    ActionRegistry registry;
    QObject owner;
    registry.add({QStringLiteral("a.b"), QStringLiteral("One")}, &owner, [] { });
    QTest::ignoreMessage(QtWarningMsg, "two actions with the id a.b");
    QVERIFY(!registry.add({QStringLiteral("a.b"), QStringLiteral("Two")}, &owner, [] { }));
    QCOMPARE(registry.actions().size(), 1);
}

void TestActionRegistry::refusesTheSameShortcut()
{
    ActionRegistry registry;
    QObject owner;
    const QKeySequence keys(Qt::CTRL | Qt::Key_N);
    registry.add({QStringLiteral("a.b"), QStringLiteral("One"), {}, {}, keys}, &owner, [] { });
    QTest::ignoreMessage(QtWarningMsg, "the shortcut of a.c is taken");
    const QAction *second = registry.add(
        {QStringLiteral("a.c"), QStringLiteral("Two"), {}, {}, keys}, &owner, [] { });
    QVERIFY(second->shortcut().isEmpty());
}

// Del is each part's own, and nobody's elsewhere.
void TestActionRegistry::shortcutsOfParts()
{
    ActionRegistry registry;
    QWidget window;
    QLineEdit outside(&window);
    QWidget files(&window);
    QPushButton inside(&files);
    QWidget processes(&window);
    int deleted = 0;
    int killed = 0;
    const auto add = [&](const char *id, QWidget *scope, int &runs) {
        return registry.add({.id = QString::fromLatin1(id),
                             .text = QString::fromLatin1(id),
                             .shortcut = QKeySequence(Qt::Key_F7),
                             .scope = scope},
                            &window, [&runs] { ++runs; });
    };
    QVERIFY(!add("file.delete", &files, deleted)->shortcut().isEmpty());
    QVERIFY(!add("process.kill", &processes, killed)->shortcut().isEmpty());
    QTest::ignoreMessage(QtWarningMsg, "the shortcut of file.again is taken");
    QVERIFY(add("file.again", &files, deleted)->shortcut().isEmpty());
    QTest::ignoreMessage(QtWarningMsg, "the shortcut of all.other is taken");
    QVERIFY(add("all.other", nullptr, deleted)->shortcut().isEmpty());
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    outside.setFocus();
    QTest::keyClick(&outside, Qt::Key_F7);
    QCOMPARE(deleted + killed, 0);
    inside.setFocus();
    QTest::keyClick(&inside, Qt::Key_F7);
    QCOMPARE(deleted, 1);
    QCOMPARE(killed, 0);
}

void TestActionRegistry::forgetsWithTheOwner()
{
    ActionRegistry registry;
    auto owner = std::make_unique<QObject>();
    registry.add({QStringLiteral("a.b"), QStringLiteral("One")}, owner.get(), [] { });
    owner.reset();
    QVERIFY(registry.actions().isEmpty());
    QVERIFY(!registry.action(QStringLiteral("a.b")));
}

void TestActionRegistry::fillsMenus()
{
    ActionRegistry registry;
    QObject owner;
    registry.add({QStringLiteral("s.delete"), QStringLiteral("Delete"), {}, {}, {}, true}, &owner,
                 [] { });
    registry.add({QStringLiteral("s.stop"), QStringLiteral("Stop")}, &owner, [] { });
    registry.add({QStringLiteral("other.stop"), QStringLiteral("Stop all")}, &owner, [] { });
    QMenu menu;
    registry.fillMenu(&menu, QStringLiteral("s"));
    QCOMPARE(menu.actions().size(), 3);
    QCOMPARE(menu.actions()[0]->text(), QStringLiteral("Stop"));
    QVERIFY(menu.actions()[1]->isSeparator());
    QCOMPARE(menu.actions()[2]->text(), QStringLiteral("Delete"));
    QMenu nothing;
    registry.fillMenu(&nothing, QStringLiteral("none"));
    QVERIFY(nothing.isEmpty());
}

void TestActionRegistry::buttonFollows()
{
    ActionRegistry registry;
    auto owner = std::make_unique<QObject>();
    int runs = 0;
    QAction *action = registry.add({QStringLiteral("s.stop"), QStringLiteral("Stop sandbox"),
                                    QStringLiteral("Stop"), QStringLiteral("stop"),
                                    QKeySequence(QStringLiteral("Ctrl+."))},
                                   owner.get(), [&] { ++runs; });
    ActionButton icon(action, ActionButton::IconOnly);
    ActionButton text(action);
    QCOMPARE(icon.text(), QString());
    QCOMPARE(text.text(), QStringLiteral("Stop"));
    QCOMPARE(QAccessible::queryAccessibleInterface(&icon)->text(QAccessible::Name),
             QStringLiteral("Stop sandbox"));
    QVERIFY(icon.toolTip().contains(QStringLiteral("Ctrl+.")));
    icon.click();
    QCOMPARE(runs, 1);
    registry.setEnabled(QStringLiteral("s.stop"), false, QStringLiteral("it has ended"));
    QVERIFY(!icon.isEnabled());
    QVERIFY(icon.toolTip().contains(QStringLiteral("it has ended")));
    owner.reset();
    QVERIFY(!text.isEnabled());
}

QTEST_MAIN(TestActionRegistry)
#include "tst_actionregistry.moc"
