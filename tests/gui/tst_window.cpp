// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gallery.h"

#include "widgets/common/actionregistry.h"
#include "widgets/common/activitymodel.h"
#include "widgets/common/notices.h"
#include "widgets/common/segments.h"
#include "widgets/patterns/listdetailpage.h"
#include "widgets/patterns/tableview.h"
#include "widgets/shell/activitypanel.h"
#include "widgets/shell/rail.h"
#include "widgets/theme/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSplitter>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace quarry::widgets;

class TestWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(SchemeChoice::Light); }
    void init();
    void cleanup();
    void emptyWindow();
    void pagesByKeyboard();
    void railByArrows();
    void segmentsByArrows();
    void pagesAreMadeOnce();
    void railForReaders();
    void partsByF6();
    void tabGoesInReadingOrder();
    void filterByKeyboard();
    void noticesForReaders();
    void activityPanel();
    void everyActionHasANameOnce();
    void everyControlHasAName();
    void smallerIsRefused();
    void stateIsRemembered();
    void rubbishStateIsIgnored();
    void closeGuard();
    void badge();

private:
    void show();
    static QAccessibleInterface *readerOf(QObject *object)
    {
        return QAccessible::queryAccessibleInterface(object);
    }
    QPushButton *button(const QString &name) const
    {
        for (auto *each : m_window->findChildren<QPushButton *>()) {
            if (each->isVisible() && readerOf(each)->text(QAccessible::Name) == name)
                return each;
        }
        return nullptr;
    }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Window> m_window;
};

void TestWindow::show()
{
    m_window
        = std::make_unique<Window>(m_theme.get(), m_folder->filePath(QStringLiteral("state.ini")));
    fillGallery(*m_window);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestWindow::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    show();
}

void TestWindow::cleanup()
{
    m_window.reset();
    m_theme->setChoice(SchemeChoice::Light);
}

void TestWindow::emptyWindow()
{
    Window window(m_theme.get(), m_folder->filePath(QStringLiteral("other.ini")));
    window.show();
    QCOMPARE(window.windowTitle(), QStringLiteral("Quarry"));
    QCOMPARE(window.currentPage(), QString());
    window.actions()->action(QStringLiteral("window.filter"))->trigger();
    window.actions()->action(QStringLiteral("window.nextPart"))->trigger();
    window.showPage(QStringLiteral("unknown"));
    window.close();
}

void TestWindow::pagesByKeyboard()
{
    QCOMPARE(m_window->currentPage(), QStringLiteral("overview"));
    QCOMPARE(m_window->windowTitle(), QStringLiteral("Overview – Quarry"));
    button(QStringLiteral("New sandbox"))->setFocus();
    QTest::keyClick(m_window.get(), Qt::Key_2, Qt::ControlModifier);
    QCOMPARE(m_window->currentPage(), QStringLiteral("sandboxes"));
    QVERIFY(m_window->page(QStringLiteral("sandboxes"))->findChild<TableView *>()->hasFocus());
    QCOMPARE(m_window->windowTitle(), QStringLiteral("Sandboxes – Quarry"));
    QTest::keyClick(m_window.get(), Qt::Key_4, Qt::ControlModifier);
    QCOMPARE(m_window->currentPage(), QStringLiteral("settings"));
    QTest::keyClick(m_window.get(), Qt::Key_9, Qt::ControlModifier);
    QCOMPARE(m_window->currentPage(), QStringLiteral("settings"));
}

void TestWindow::railByArrows()
{
    auto *rail = m_window->findChild<Rail *>();
    const auto press = [](Qt::Key key) { QTest::keyClick(QApplication::focusWidget(), key); };
    for (QPushButton *item : rail->findChildren<QPushButton *>()) {
        if (item->isChecked())
            item->setFocus();
    }
    press(Qt::Key_Down);
    QCOMPARE(m_window->currentPage(), QStringLiteral("sandboxes"));
    press(Qt::Key_Down);
    press(Qt::Key_Down);
    QCOMPARE(m_window->currentPage(), QStringLiteral("settings"));
    QVERIFY(rail->isAncestorOf(QApplication::focusWidget()));
    press(Qt::Key_Up);
    QCOMPARE(m_window->currentPage(), QStringLiteral("server"));
}

void TestWindow::segmentsByArrows()
{
    m_window->showPage(QStringLiteral("sandboxes"));
    auto *segments = m_window->findChild<Segments *>();
    QSignalSpy changed(segments, &Segments::currentChanged);
    segments->findChild<QPushButton *>()->setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Right);
    QCOMPARE(segments->current(), 0); // arrows only look
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QCOMPARE(segments->current(), 1);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Left);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Left);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QCOMPARE(segments->current(), 0);
    QCOMPARE(changed.size(), 2);
    segments->setText(0, QStringLiteral("All 7"));
    QCOMPARE(readerOf(QApplication::focusWidget())->text(QAccessible::Name),
             QStringLiteral("All 7"));
}

void TestWindow::pagesAreMadeOnce()
{
    QVERIFY(!m_window->page(QStringLiteral("sandboxes")));
    m_window->showPage(QStringLiteral("sandboxes"));
    Page *page = m_window->page(QStringLiteral("sandboxes"));
    QVERIFY(page);
    m_window->showPage(QStringLiteral("overview"));
    QVERIFY(!page->isVisible());
    m_window->showPage(QStringLiteral("sandboxes"));
    QCOMPARE(m_window->page(QStringLiteral("sandboxes")), page);
}

void TestWindow::railForReaders()
{
    QAccessibleInterface *rail = readerOf(m_window->findChild<Rail *>());
    QCOMPARE(rail->text(QAccessible::Name), QStringLiteral("Pages"));
    QCOMPARE(rail->role(), QAccessible::Grouping);
    QCOMPARE(rail->childCount(), 4);
    QAccessibleInterface *item = rail->child(1);
    QCOMPARE(item->text(QAccessible::Name), QStringLiteral("Sandboxes, 14 running"));
    QVERIFY(item->state().checkable);
    QVERIFY(!item->state().checked);
    QAccessibleActionInterface *actions = item->actionInterface();
    const QStringList names = actions->actionNames();
    const QString press = names.contains(QAccessibleActionInterface::toggleAction())
        ? QAccessibleActionInterface::toggleAction()
        : QAccessibleActionInterface::pressAction();
    QVERIFY(names.contains(press));
    actions->doAction(press);
    QCOMPARE(m_window->currentPage(), QStringLiteral("sandboxes"));
    QVERIFY(item->state().checked);
    QVERIFY(!rail->child(0)->state().checked);
    actions->doAction(press);
    QVERIFY(item->state().checked);
}

void TestWindow::partsByF6()
{
    m_window->showPage(QStringLiteral("sandboxes"));
    auto *table = m_window->page(QStringLiteral("sandboxes"))->findChild<TableView *>();
    auto *rail = m_window->findChild<Rail *>();
    table->setFocus();
    QTest::keyClick(m_window.get(), Qt::Key_F6);
    QVERIFY(QApplication::focusWidget() != table);
    QVERIFY(!rail->isAncestorOf(QApplication::focusWidget()));
    int steps = 1;
    while (QApplication::focusWidget() != table && steps < 10) {
        QTest::keyClick(m_window.get(), Qt::Key_F6);
        ++steps;
    }
    QCOMPARE(steps, 5); // table, tabs, content, status, rail
    QTest::keyClick(m_window.get(), Qt::Key_F6, Qt::ShiftModifier);
    QVERIFY(rail->isAncestorOf(QApplication::focusWidget()));
}

void TestWindow::tabGoesInReadingOrder()
{
    m_window->showPage(QStringLiteral("sandboxes"));
    QTest::keySequence(m_window.get(), QKeySequence::Find);
    const auto name = [] { return readerOf(QApplication::focusWidget())->text(QAccessible::Name); };
    QStringList names;
    for (int i = 0; i < 40 && (names.isEmpty() || name() != names.first()); ++i) {
        names.append(name());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    QCOMPARE(names,
             (QStringList{QStringLiteral("Filter sandboxes"), QStringLiteral("All 30"),
                          QStringLiteral("Sandboxes"), QStringLiteral("Copy full id"),
                          QStringLiteral("Commit sandbox"), QStringLiteral("Stop sandbox"),
                          QStringLiteral("Overview"), QStringLiteral("Copy address"),
                          QStringLiteral("Python client"), QStringLiteral("Copy Python client"),
                          QStringLiteral("Activity"), QStringLiteral("Sandboxes, 14 running"),
                          QStringLiteral("Command palette"), QStringLiteral("Copy address"),
                          QStringLiteral("New sandbox"), QStringLiteral("Stop sandbox"),
                          QStringLiteral("Delete sandbox")}));
}

void TestWindow::filterByKeyboard()
{
    m_window->showPage(QStringLiteral("sandboxes"));
    QTest::keySequence(m_window.get(), QKeySequence::Find);
    QWidget *entry = QApplication::focusWidget();
    QCOMPARE(entry->accessibleName(), QStringLiteral("Filter sandboxes"));
    auto *table = m_window->page(QStringLiteral("sandboxes"))->findChild<TableView *>();
    const int all = table->model()->rowCount();
    QTest::keyClicks(entry, QStringLiteral("text2sql"));
    QCOMPARE(table->model()->rowCount(), 1);
    QTest::keyClick(entry, Qt::Key_Escape);
    QCOMPARE(table->model()->rowCount(), all);
    QTest::keyClick(entry, Qt::Key_Down);
    QVERIFY(table->hasFocus());
}

void TestWindow::noticesForReaders()
{
    int actions = 0;
    m_window->notices()->post({NoticeKind::Failure, QStringLiteral("Port 8080 is in use."),
                               QStringLiteral("Choose port"), [&] { ++actions; }});
    bool found = false;
    for (QWidget *widget : m_window->findChildren<QWidget *>()) {
        QAccessibleInterface *reader = readerOf(widget);
        if (reader && reader->role() == QAccessible::AlertMessage)
            found = found || reader->text(QAccessible::Name) == u"Port 8080 is in use.";
    }
    QVERIFY(found);
    QVERIFY(button(QStringLiteral("Close")));
    button(QStringLiteral("Choose port"))->click();
    QCOMPARE(actions, 1);
    QCOMPARE(m_window->notices()->count(), 0);
    m_window->notices()->post({NoticeKind::Info, QStringLiteral("Hello."), {}, {}});
    m_window->showPage(QStringLiteral("sandboxes"));
    button(QStringLiteral("Close"))->setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QCOMPARE(m_window->notices()->count(), 0);
    QCOMPARE(readerOf(QApplication::focusWidget())->text(QAccessible::Name),
             QStringLiteral("New sandbox"));
}

void TestWindow::activityPanel()
{
    auto *panel = m_window->findChild<ActivityPanel *>();
    QVERIFY(!panel->isVisible());
    QTest::keyClick(m_window.get(), Qt::Key_J, Qt::ControlModifier);
    QVERIFY(panel->isVisible());
    auto *table = panel->findChild<TableView *>();
    QVERIFY(table->hasFocus());
    int cancels = 0;
    m_window->activity()->begin(
        {QStringLiteral("Upload"), {}, ActivityUnit::Items, [&] { ++cancels; }, {}});
    table->selectRow(0);
    button(QStringLiteral("Cancel selected activity"))->click();
    QCOMPARE(cancels, 1);
    QVERIFY(!button(QStringLiteral("Cancel selected activity"))->isEnabled());
    QTest::keyClick(m_window.get(), Qt::Key_J, Qt::ControlModifier);
    QVERIFY(!panel->isVisible());
    QVERIFY(QApplication::focusWidget());
}

void TestWindow::everyActionHasANameOnce()
{
    QSet<QString> names;
    for (const QAction *action : m_window->actions()->actions()) {
        QVERIFY(!action->text().isEmpty());
        QVERIFY2(!names.contains(action->text()), qPrintable(action->text()));
        names.insert(action->text());
    }
    for (const char *name : {"Dark theme", "Light theme", "Filter", "Quit", "Overview", "Sandboxes",
                             "Server", "Settings"})
        QVERIFY2(names.contains(QLatin1String(name)), name);
}

void TestWindow::everyControlHasAName()
{
    for (const char *page : {"overview", "sandboxes", "server"})
        m_window->showPage(QLatin1String(page));
    for (QWidget *widget : m_window->findChildren<QWidget *>()) {
        if (widget->focusPolicy() == Qt::NoFocus || widget->inherits("QScrollBar")
            || widget->inherits("QStackedWidget") || widget->inherits("QSplitter"))
            continue;
        if (widget->objectName().startsWith(u"qt_")
            || widget->parentWidget()->inherits("QAbstractSpinBox")
            || widget->inherits("QComboBoxListView"))
            continue;
        QAccessibleInterface *reader = readerOf(widget);
        QVERIFY(reader);
        QVERIFY2(!reader->text(QAccessible::Name).isEmpty(), widget->metaObject()->className());
    }
}

void TestWindow::smallerIsRefused()
{
    m_window->resize(500, 300);
    QVERIFY(m_window->width() >= 1000);
    QVERIFY(m_window->height() >= 640);
    for (const char *page : {"overview", "sandboxes", "server", "settings"}) {
        m_window->showPage(QLatin1String(page));
        QCoreApplication::processEvents();
        QVERIFY2(m_window->minimumSizeHint().width() <= 1000, page);
        QVERIFY2(m_window->minimumSizeHint().height() <= 640, page);
    }
}

void TestWindow::stateIsRemembered()
{
    m_window->resize(1200, 700);
    m_window->showPage(QStringLiteral("sandboxes"));
    auto *page = static_cast<ListDetailPage *>(m_window->page(QStringLiteral("sandboxes")));
    page->findChild<QSplitter *>()->setSizes({500, 624});
    const QList<int> sizes = page->findChild<QSplitter *>()->sizes();
    page->table()->setColumnHidden(5, true);
    m_theme->setChoice(SchemeChoice::Dark);
    QTest::keyClick(m_window.get(), Qt::Key_J, Qt::ControlModifier);
    QVERIFY(m_window->close());
    m_window.reset();
    m_theme->setChoice(SchemeChoice::Light);

    show();
    QCOMPARE(m_window->size(), QSize(1200, 700));
    QCOMPARE(m_window->currentPage(), QStringLiteral("sandboxes"));
    page = static_cast<ListDetailPage *>(m_window->page(QStringLiteral("sandboxes")));
    QCOMPARE(page->findChild<QSplitter *>()->sizes(), sizes);
    QVERIFY(page->table()->isColumnHidden(5));
    QCOMPARE(m_theme->scheme(), Scheme::Dark);
    QVERIFY(m_window->findChild<ActivityPanel *>()->isVisible());
}

void TestWindow::rubbishStateIsIgnored()
{
    m_window.reset();
    QFile file(m_folder->filePath(QStringLiteral("state.ini")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[window]\ngeometry=rubbish\nsplitter=7\npage=nowhere\ntheme=pink\n\xff\xfe[[[");
    file.close();
    show();
    QCOMPARE(m_window->currentPage(), QStringLiteral("overview"));
    QVERIFY(m_window->width() >= 1000);
}

void TestWindow::closeGuard()
{
    QSignalSpy closed(m_window.get(), &Window::closed);
    int asked = 0;
    m_window->setCloseGuard([&] {
        ++asked;
        return false;
    });
    QVERIFY(!m_window->close());
    QVERIFY(m_window->isVisible());
    QCOMPARE(asked, 1);
    m_window->closeNow();
    QVERIFY(!m_window->isVisible());
    QCOMPARE(asked, 1);
    QCOMPARE(closed.size(), 1);
}

void TestWindow::badge()
{
    QAccessibleInterface *rail = readerOf(m_window->findChild<Rail *>());
    m_window->setBadge(QStringLiteral("sandboxes"), {1, State::Failed, QStringLiteral("1 failed")});
    QCOMPARE(rail->child(1)->text(QAccessible::Name), QStringLiteral("Sandboxes, 1 failed"));
    m_window->setBadge(QStringLiteral("sandboxes"), {});
    QCOMPARE(rail->child(1)->text(QAccessible::Name), QStringLiteral("Sandboxes"));
    m_window->setBadge(QStringLiteral("unknown"), {1, State::Failed, {}});
}

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
