// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gallery.h"

#include "widgets/common/actionregistry.h"
#include "widgets/common/palettesource.h"
#include "widgets/shell/commandpalette.h"
#include "widgets/shell/palettemodel.h"
#include "widgets/theme/theme.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QApplication>
#include <QLineEdit>
#include <QListView>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace quarry::widgets;

namespace {

class Source : public PaletteSource
{
public:
    Source(QString group, QChar prefix, QStringList names, int disabled = -1)
        : m_group(std::move(group)), m_prefix(prefix), m_names(std::move(names)),
          m_disabled(disabled)
    {
    }
    QString group() const override { return m_group; }
    QChar prefix() const override { return m_prefix; }
    QStringList names() const override { return m_names; }
    PaletteEntry entry(qsizetype index) const override
    {
        return {{}, m_names[index],      QStringLiteral("detail"),
                {}, index != m_disabled, [this, index] { ran = index; }};
    }

    mutable qsizetype ran = -1;

private:
    QString m_group;
    QChar m_prefix;
    QStringList m_names;
    int m_disabled;
};

} // namespace

class TestCommandPalette : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(SchemeChoice::Light); }
    void init();
    void cleanup();
    void modelGroupsAndRanks();
    void modelStaysSmall();
    void prefixAsksOneSource();
    void opensWithTheKeyboard();
    void returnRuns();
    void disabledIsNotRun();
    void escapeGivesTheFocusBack();
    void arrowsPassHeadings();
    void tellsWholeLines();

private:
    CommandPalette *palette() const { return m_window->findChild<CommandPalette *>(); }
    QLineEdit *entry() const { return palette()->findChild<QLineEdit *>(); }
    QListView *list() const { return palette()->findChild<QListView *>(); }
    void open() const { QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier); }
    QString current() const { return list()->currentIndex().data().toString(); }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Window> m_window;
};

void TestCommandPalette::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_window
        = std::make_unique<Window>(m_theme.get(), m_folder->filePath(QStringLiteral("state.ini")));
    fillGallery(*m_window);
    m_window->showPage(QStringLiteral("sandboxes"));
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestCommandPalette::cleanup()
{
    m_window.reset();
}

void TestCommandPalette::modelGroupsAndRanks()
{
    PaletteModel model;
    const QAbstractItemModelTester tester(&model);
    Source actions(QStringLiteral("Actions"), u'>',
                   {QStringLiteral("Stop server"), QStringLiteral("Stop sandbox"),
                    QStringLiteral("Open shell")},
                   0);
    Source objects(QStringLiteral("Objects"), u'#',
                   {QStringLiteral("sandbox"), QStringLiteral("sb-1")});
    model.search({&actions, &objects}, QStringLiteral("sandbox"));
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(model.index(0).data().toString(), QStringLiteral("Objects")); // the better match first
    QVERIFY(!model.isEntry(0));
    QCOMPARE(model.entry(1).name, QStringLiteral("sandbox"));
    QCOMPARE(model.entry(3).name, QStringLiteral("Stop sandbox"));
    QCOMPARE(model.firstEntry(), 1);

    model.search({&actions, &objects}, QStringLiteral("stop"));
    QCOMPARE(model.entry(1).name, QStringLiteral("Stop sandbox")); // what can be done first
    QCOMPARE(model.entry(2).name, QStringLiteral("Stop server"));
    model.search({&actions, &objects}, QStringLiteral("zzz"));
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.firstEntry(), -1);
    QCOMPARE(model.entry(0).name, QString());
}

void TestCommandPalette::modelStaysSmall()
{
    QStringList names;
    for (int i = 0; i < 40'000; ++i)
        names.append(QStringLiteral("sb-%1").arg(i, 8, 16, QLatin1Char('0')));
    Source objects(QStringLiteral("Objects"), {}, names);
    PaletteModel model;
    model.search({&objects}, QStringLiteral("sb"));
    QCOMPARE(model.rowCount(), int(PaletteModel::ResultsPerSource) + 1);
    QCOMPARE(model.found(), 40'000);
    QCOMPARE(model.searched(), 40'000);
}

void TestCommandPalette::prefixAsksOneSource()
{
    Source actions(QStringLiteral("Actions"), u'>', {QStringLiteral("Stop sb")});
    Source objects(QStringLiteral("Objects"), u'#', {QStringLiteral("sb-1")});
    PaletteModel model;
    model.search({&actions, &objects}, QStringLiteral("# sb"));
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.entry(1).name, QStringLiteral("sb-1"));
    model.search({&actions, &objects}, QStringLiteral(">"));
    QCOMPARE(model.entry(1).name, QStringLiteral("Stop sb"));
}

void TestCommandPalette::opensWithTheKeyboard()
{
    open();
    QVERIFY(palette()->isVisible());
    QVERIFY(entry()->hasFocus());
    QVERIFY(list()->currentIndex().isValid());
    QTest::keyClicks(entry(), QStringLiteral("dark"));
    QCOMPARE(current(), QStringLiteral("Dark theme"));
    QTest::keyClick(entry(), Qt::Key_Tab);
    QVERIFY(entry()->hasFocus());
    QTest::keyClick(entry(), Qt::Key_K, Qt::ControlModifier);
    QVERIFY(!palette()->isVisible());
}

void TestCommandPalette::returnRuns()
{
    QCOMPARE(m_theme->scheme(), Scheme::Light);
    open();
    QTest::keyClicks(entry(), QStringLiteral("dark"));
    QTest::keyClick(entry(), Qt::Key_Return);
    QVERIFY(!palette()->isVisible());
    QCOMPARE(m_theme->scheme(), Scheme::Dark);
    open();
    QCOMPARE(entry()->text(), QString());
    QTest::keyClicks(entry(), QStringLiteral("settings"));
    QTest::keyClick(entry(), Qt::Key_Return);
    QCOMPARE(m_window->currentPage(), QStringLiteral("settings"));
    m_theme->setChoice(SchemeChoice::Light);
}

void TestCommandPalette::disabledIsNotRun()
{
    open();
    QTest::keyClicks(entry(), QStringLiteral("restart"));
    QCOMPARE(current(), QStringLiteral("Restart sandbox"));
    QVERIFY(list()
                ->currentIndex()
                .data(PaletteModel::DetailRole)
                .toString()
                .contains(QStringLiteral("it is running")));
    QTest::keyClick(entry(), Qt::Key_Return);
    QVERIFY(palette()->isVisible());
}

void TestCommandPalette::escapeGivesTheFocusBack()
{
    QTest::keySequence(m_window.get(), QKeySequence::Find);
    QWidget *before = QApplication::focusWidget();
    QCOMPARE(before->accessibleName(), QStringLiteral("Filter sandboxes"));
    open();
    QVERIFY(entry()->hasFocus());
    QTest::keyClick(entry(), Qt::Key_Escape);
    QVERIFY(!palette()->isVisible());
    QCOMPARE(QApplication::focusWidget(), before);
}

void TestCommandPalette::arrowsPassHeadings()
{
    open();
    QTest::keyClicks(entry(), QStringLiteral("sb"));
    QSet<QString> groups;
    for (int i = 0; i < list()->model()->rowCount(); ++i) {
        QVERIFY(!list()->currentIndex().data(PaletteModel::HeadingRole).toBool());
        groups.insert(current());
        QTest::keyClick(entry(), Qt::Key_Down);
    }
    QVERIFY(groups.size() > 3);
    QVERIFY(entry()->hasFocus());
    for (int i = 0; i < 40; ++i)
        QTest::keyClick(entry(), Qt::Key_Up);
    QCOMPARE(list()->currentIndex().row(), 1);
}

void TestCommandPalette::tellsWholeLines()
{
    open();
    QTest::keyClicks(entry(), QStringLiteral("open shell"));
    QAccessibleInterface *results = QAccessible::queryAccessibleInterface(list());
    QCOMPARE(results->role(), QAccessible::List);
    QCOMPARE(results->text(QAccessible::Name), QStringLiteral("Results"));
    bool found = false;
    for (int i = 0; i < results->childCount(); ++i)
        found = found
            || results->child(i)->text(QAccessible::Name)
                == QStringLiteral("Open shell, sb-18b9…03fe, Ctrl+Shift+T");
    QVERIFY(found);
    QCOMPARE(QAccessible::queryAccessibleInterface(entry())->text(QAccessible::Description),
             QStringLiteral("Open shell, sb-18b9…03fe, Ctrl+Shift+T"));
}

QTEST_MAIN(TestCommandPalette)
#include "tst_commandpalette.moc"
