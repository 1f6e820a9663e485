// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "rowsmodel.h"
#include "widgets/common/actionregistry.h"
#include "widgets/patterns/tableview.h"
#include "widgets/theme/style.h"
#include "widgets/theme/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QMenu>
#include <QSettings>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace quarry::widgets;

class TestTableView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(SchemeChoice::Light); }
    void init();
    void cleanup() { m_table.reset(); }
    void tellsFullValues();
    void copiesFullValues();
    void showsTheFocus();
    void keyboard();
    void homeAndEndAreRows();
    void sortsByItsHeader();
    void columnsAreChosenAndRemembered();
    void paintsHostileText();

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<TableView> m_table;
    RowsModel *m_model = nullptr;
};

void TestTableView::init()
{
    m_table = std::make_unique<TableView>(QStringLiteral("Sandboxes"));
    m_model = new RowsModel({{State::Failed,
                              QStringLiteral("failed · killed by signal 9"),
                              QStringLiteral("sb-18b9c2d4-7e50-4a1f-03fe"),
                              QStringLiteral("host"),
                              QStringLiteral("1.4 of 2.0"),
                              {},
                              QStringLiteral("12 m"),
                              .7,
                              -1},
                             {State::Running,
                              QStringLiteral("running"),
                              QStringLiteral("sb-2"),
                              QStringLiteral("a\nb\u202eevil<b>"),
                              {},
                              {},
                              {},
                              -1,
                              -1}},
                            m_table.get());
    m_table->setModel(m_model);
    m_table->setColumns({{CellKind::State, 100},
                         {CellKind::Id, 80},
                         {CellKind::Text, 100, true},
                         {CellKind::Meter, 80},
                         {CellKind::Figures, 60},
                         {CellKind::Figures, 60, false, false}});
    m_table->resize(500, 200);
    m_table->show();
    m_table->activateWindow();
    m_table->setFocus();
    QVERIFY(QTest::qWaitForWindowActive(m_table.get()));
}

void TestTableView::tellsFullValues()
{
    QAccessibleInterface *table = QAccessible::queryAccessibleInterface(m_table.get());
    QVERIFY(table);
    QCOMPARE(table->role(), QAccessible::Table);
    QCOMPARE(table->text(QAccessible::Name), QStringLiteral("Sandboxes"));
    QAccessibleTableInterface *cells = table->tableInterface();
    QVERIFY(cells);
    QCOMPARE(cells->cellAt(0, 1)->text(QAccessible::Name),
             QStringLiteral("sb-18b9c2d4-7e50-4a1f-03fe"));
    QCOMPARE(cells->cellAt(0, 3)->text(QAccessible::Name), QStringLiteral("1.4 of 2.0"));
    QCOMPARE(cells->columnDescription(0), QStringLiteral("State"));
}

void TestTableView::copiesFullValues()
{
    m_table->selectAll();
    QTest::keySequence(m_table.get(), QKeySequence::Copy);
    const QStringList lines = QApplication::clipboard()->text().split(u'\n');
    QCOMPARE(lines.first(),
             QStringLiteral(
                 "failed · killed by signal 9\tsb-18b9c2d4-7e50-4a1f-03fe\thost\t1.4 of 2.0\t"));
}

void TestTableView::showsTheFocus()
{
    QVERIFY(m_table->currentIndex().isValid());
    const QColor focus = look().color(Tone::Focus);
    const QImage image = m_table->viewport()->grab().toImage();
    QCOMPARE(image.pixelColor(0, 12), focus);
    RowsModel empty({});
    m_table->setModel(&empty);
    QCOMPARE(m_table->viewport()->grab().toImage().pixelColor(0, 60), focus);
    m_table->clearFocus();
    QVERIFY(m_table->viewport()->grab().toImage().pixelColor(0, 60) != focus);
    m_table->setModel(nullptr);
}

void TestTableView::keyboard()
{
    QSignalSpy activated(m_table.get(), &TableView::rowActivated);
    QTest::keyClick(m_table.get(), Qt::Key_Down);
    QCOMPARE(m_table->selectedRows(), QList<int>{1});
    QTest::keyClick(m_table.get(), Qt::Key_Return);
    QCOMPARE(activated.size(), 1);
    QCOMPARE(activated[0][0].toInt(), 1);
}

void TestTableView::homeAndEndAreRows()
{
    m_table->selectRow(0);
    QTest::keyClick(m_table.get(), Qt::Key_End);
    QCOMPARE(m_table->selectedRows(), QList<int>{m_model->rowCount() - 1});
    QTest::keyClick(m_table.get(), Qt::Key_Home);
    QCOMPARE(m_table->selectedRows(), QList<int>{0});
}

void TestTableView::sortsByItsHeader()
{
    QSortFilterProxyModel sorted;
    sorted.setSourceModel(m_model);
    TableView table(QStringLiteral("Sorted"));
    table.setModel(&sorted);
    table.resize(900, 300);
    table.show();
    QCOMPARE(sorted.mapToSource(sorted.index(0, 0)).row(), 0);
    const QHeaderView *header = table.horizontalHeader();
    const auto click = [&](int column) {
        QTest::mouseClick(
            header->viewport(), Qt::LeftButton, {},
            QPoint(header->sectionViewportPosition(column) + 20, header->height() / 2));
    };
    click(2);
    const int first = sorted.mapToSource(sorted.index(0, 0)).row();
    click(2);
    QVERIFY(sorted.mapToSource(sorted.index(0, 0)).row() != first);
    QCOMPARE(header->sortIndicatorSection(), 2);
}

void TestTableView::columnsAreChosenAndRemembered()
{
    QVERIFY(m_table->isColumnHidden(5));
    QVERIFY(m_table->isLastShown(4));
    const std::unique_ptr<QMenu> menu(m_table->makeColumnsMenu(nullptr));
    menu->actions()[5]->trigger();
    menu->actions()[1]->trigger();
    QVERIFY(!m_table->isColumnHidden(5));
    QVERIFY(m_table->isColumnHidden(1));
    m_table->horizontalHeader()->moveSection(0, 2);
    QVERIFY(m_table->isFirstShown(2));

    const QTemporaryDir folder;
    QSettings settings(folder.filePath(QStringLiteral("state.ini")), QSettings::IniFormat);
    m_table->saveState(settings, QStringLiteral("columns"));
    cleanup();
    init();
    QVERIFY(m_table->isColumnHidden(5));
    m_table->restoreState(settings, QStringLiteral("columns"));
    QVERIFY(!m_table->isColumnHidden(5));
    QVERIFY(m_table->isColumnHidden(1));
    QCOMPARE(m_table->horizontalHeader()->visualIndex(0), 2);
    settings.setValue(QStringLiteral("columns"), QByteArray("rubbish"));
    m_table->restoreState(settings, QStringLiteral("columns"));
    QVERIFY(m_table->isColumnHidden(1));
}

void TestTableView::paintsHostileText()
{
    RowsModel rows({{State::Running,
                     QString(1'000'000, u'x'),
                     QString(100'000, u'\u202e'),
                     QStringLiteral("\x1b[31m\r\n\t"),
                     QString(5000, u'9'),
                     {},
                     {},
                     1e300,
                     -1}});
    m_table->setModel(&rows);
    QVERIFY(!m_table->grab().isNull());
    m_table->setModel(nullptr);
}

QTEST_MAIN(TestTableView)
#include "tst_tableview.moc"
