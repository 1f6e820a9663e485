// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The terminal widget: keys and mouse to bytes, bytes to what is painted, copied, found and read.
#include "widgets/terminal/terminalview.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace quarry;
using namespace quarry::widgets;

class TerminalViewTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void keysBecomeBytes_data();
    void keysBecomeBytes();
    void windowKeepsItsKeys_data();
    void windowKeepsItsKeys();
    void readOnlyTypesNothing();
    void mouseIsReported();
    void dragSelects();
    void doubleClickSelectsAWord();
    void blockIsSelectedWithAlt();
    void severalLinesAreAsked();
    void bracketedPasteCannotEndItself();
    void searchFindsAndFollows();
    void linksAreFound();
    void unsafeTargetsAreNotOpened();
    void commandsAreMarked();
    void paintingIsOfWhatChanged();
    void paintingDoesNotGrowWithScrollback();
    void floodIsFedInSlices();
    void hiddenOneIsNotPainted();
    void readersFindTheScreen();
    void anotherSizeReachesTheProgram();

private:
    void feed(const QByteArray &bytes);
    QPoint at(int row, int column, int dx = 1) const;
    QByteArray typed() const;

    std::unique_ptr<TerminalSurface> m_surface;
    std::unique_ptr<TerminalView> m_view;
    std::unique_ptr<QSignalSpy> m_typed;
};

void TerminalViewTest::init()
{
    m_surface = std::make_unique<TerminalSurface>(80, 24);
    m_view = std::make_unique<TerminalView>();
    m_view->resize(700, 420);
    m_view->setSurface(m_surface.get());
    m_typed = std::make_unique<QSignalSpy>(m_view.get(), &TerminalView::typed);
    m_view->show();
    m_view->activateWindow();
    m_view->setFocus();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
}

void TerminalViewTest::cleanup()
{
    m_typed.reset();
    m_view.reset();
    m_surface.reset();
}

void TerminalViewTest::feed(const QByteArray &bytes)
{
    const quint64 flushes = m_view->flushes();
    m_surface->receive(bytes);
    QVERIFY(
        QTest::qWaitFor([&] { return m_surface->pending() == 0 && m_view->flushes() > flushes; }));
    QVERIFY(QTest::qWaitFor([&] {
        QCoreApplication::processEvents();
        return m_view->search().isDone();
    }));
}

QPoint TerminalViewTest::at(int row, int column, int dx) const
{
    const std::uint64_t line = m_surface->emulator().screen().history().end() + std::uint64_t(row);
    const QRect rect = m_view->cellRect(line, column);
    return {rect.left() + dx, rect.center().y()};
}

QByteArray TerminalViewTest::typed() const
{
    QByteArray all;
    for (const QList<QVariant> &call : *m_typed)
        all += call.first().toByteArray();
    return all;
}

void TerminalViewTest::keysBecomeBytes_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("bytes");
    const Qt::KeyboardModifiers none = Qt::NoModifier;
    const Qt::KeyboardModifiers control = Qt::ControlModifier;
    QTest::newRow("letter") << int(Qt::Key_A) << none << QStringLiteral("a") << QByteArray("a");
    QTest::newRow("umlaut") << int(Qt::Key_Adiaeresis) << none << QStringLiteral("ä")
                            << QByteArray("\xc3\xa4");
    QTest::newRow("return") << int(Qt::Key_Return) << none << QStringLiteral("\r")
                            << QByteArray("\r");
    QTest::newRow("tab") << int(Qt::Key_Tab) << none << QStringLiteral("\t") << QByteArray("\t");
    QTest::newRow("ctrl-c") << int(Qt::Key_C) << control << QStringLiteral("\x03")
                            << QByteArray("\x03");
    QTest::newRow("ctrl-w") << int(Qt::Key_W) << control << QStringLiteral("\x17")
                            << QByteArray("\x17");
    QTest::newRow("alt-b") << int(Qt::Key_B) << Qt::KeyboardModifiers(Qt::AltModifier)
                           << QStringLiteral("b")
                           << QByteArray("\x1b"
                                         "b");
    QTest::newRow("up") << int(Qt::Key_Up) << none << QString() << QByteArray("\x1b[A");
    QTest::newRow("f5") << int(Qt::Key_F5) << none << QString() << QByteArray("\x1b[15~");
}

void TerminalViewTest::keysBecomeBytes()
{
    QFETCH(int, key);
    QFETCH(Qt::KeyboardModifiers, modifiers);
    QFETCH(QString, text);
    QTest::sendKeyEvent(QTest::Click, m_view.get(), Qt::Key(key), text, modifiers);
    QTEST(typed(), "bytes");
}

void TerminalViewTest::windowKeepsItsKeys_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
    QTest::addColumn<bool>("terminals");
    const Qt::KeyboardModifiers control = Qt::ControlModifier;
    QTest::newRow("ctrl-k") << int(Qt::Key_K) << control << false;
    QTest::newRow("ctrl-3") << int(Qt::Key_3) << control << false;
    QTest::newRow("f6") << int(Qt::Key_F6) << Qt::KeyboardModifiers() << false;
    QTest::newRow("ctrl-shift-t") << int(Qt::Key_T) << (control | Qt::ShiftModifier) << false;
    QTest::newRow("ctrl-plus") << int(Qt::Key_Plus) << control << false;
    QTest::newRow("ctrl-n") << int(Qt::Key_N) << control << true;
    QTest::newRow("ctrl-q") << int(Qt::Key_Q) << control << true;
    QTest::newRow("tab") << int(Qt::Key_Tab) << Qt::KeyboardModifiers() << true;
    QTest::newRow("escape") << int(Qt::Key_Escape) << Qt::KeyboardModifiers() << true;
}

void TerminalViewTest::windowKeepsItsKeys()
{
    QFETCH(int, key);
    QFETCH(Qt::KeyboardModifiers, modifiers);
    QKeyEvent event(QEvent::ShortcutOverride, key, modifiers);
    event.ignore();
    QCoreApplication::sendEvent(m_view.get(), &event);
    QTEST(event.isAccepted(), "terminals");
}

void TerminalViewTest::readOnlyTypesNothing()
{
    m_view->setInteractive(false);
    m_typed->clear();
    QTest::keyClicks(m_view.get(), QStringLiteral("rm"));
    QGuiApplication::clipboard()->setText(QStringLiteral("text"));
    m_view->paste();
    QCOMPARE(typed(), QByteArray());
}

void TerminalViewTest::mouseIsReported()
{
    feed("\x1b[?1000h\x1b[?1006h");
    m_typed->clear();
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, at(2, 4));
    QCOMPARE(typed(), QByteArray("\x1b[<0;5;3M\x1b[<0;5;3m"));
    m_typed->clear();
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, Qt::ShiftModifier, at(2, 4));
    QCOMPARE(typed(), QByteArray());
}

void TerminalViewTest::dragSelects()
{
    feed("hello world\r\nsecond line");
    QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, at(0, 6));
    QTest::mouseMove(m_view->viewport(), at(1, 6));
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, at(1, 6));
    QCOMPARE(m_view->selectedText(), QStringLiteral("world\nsecond"));
    m_view->copy();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("world\nsecond"));
    feed("\rover"); // what was selected is another text now
    QVERIFY(!m_view->selection());
}

void TerminalViewTest::doubleClickSelectsAWord()
{
    feed("see /tmp/a-b.txt now");
    QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, at(0, 8));
    QCOMPARE(m_view->selectedText(), QStringLiteral("/tmp/a-b.txt"));
}

void TerminalViewTest::blockIsSelectedWithAlt()
{
    feed("abcdef\r\nghijkl");
    QTest::mousePress(m_view->viewport(), Qt::LeftButton, Qt::AltModifier, at(0, 1));
    QTest::mouseMove(m_view->viewport(), at(1, 3));
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, Qt::AltModifier, at(1, 3));
    QCOMPARE(m_view->selectedText(), QStringLiteral("bc\nhi"));
}

void TerminalViewTest::severalLinesAreAsked()
{
    QSignalSpy asked(m_view.get(), &TerminalView::pasteQuestioned);
    QGuiApplication::clipboard()->setText(QStringLiteral("one\ntwo\n"));
    m_typed->clear();
    m_view->paste();
    QCOMPARE(asked.size(), 1);
    QCOMPARE(typed(), QByteArray());
    QGuiApplication::clipboard()->setText(QStringLiteral("one"));
    m_view->paste();
    QCOMPARE(asked.size(), 1);
    QCOMPARE(typed(), QByteArray("one"));
}

void TerminalViewTest::bracketedPasteCannotEndItself()
{
    feed("\x1b[?2004h");
    m_typed->clear();
    m_view->pasteText(QStringLiteral("a\x1b[201~b"));
    QVERIFY(typed().startsWith("\x1b[200~"));
    QVERIFY(typed().endsWith("\x1b[201~"));
    QCOMPARE(typed().count("\x1b[201~"), 1);
}

void TerminalViewTest::searchFindsAndFollows()
{
    feed("needle one\r\nhay\r\n");
    m_view->search().start(QStringLiteral("NEEDLE"), terminal::Search::Kind::Literal,
                           Qt::CaseInsensitive);
    QVERIFY(QTest::qWaitFor([&] { return m_view->search().matches().size() == 1; }));
    for (int i = 0; i < 200; ++i)
        m_surface->receive("hay\r\n");
    feed("another needle\r\n");
    QVERIFY(QTest::qWaitFor([&] { return m_view->search().matches().size() == 2; }));
    m_view->search().choose(true, 0);
    QCOMPARE(m_view->search().current(), 0);
    QVERIFY(m_view->topLine() < 20);
    m_view->search().choose(false, 0);
    QCOMPARE(m_view->search().current(), 1);
}

void TerminalViewTest::linksAreFound()
{
    feed("go (https://example.org/a_(b)). \x1b]8;;https://other.org/\x1b\\here\x1b]8;;\x1b\\");
    terminal::Lines lines(m_surface->emulator());
    const auto link = linkAt(lines, {0, 6});
    QVERIFY(link);
    QCOMPARE(link->target, QStringLiteral("https://example.org/a_(b)"));
    QCOMPARE(linkAt(lines, {0, 34})->target, QStringLiteral("https://other.org/"));
    QVERIFY(!linkAt(lines, {0, 1}));
}

void TerminalViewTest::unsafeTargetsAreNotOpened()
{
    QVERIFY(isSafeTarget(QStringLiteral("https://example.org")));
    QVERIFY(!isSafeTarget(QStringLiteral("file:///etc/passwd")));
    QVERIFY(!isSafeTarget(QStringLiteral("javascript:alert(1)")));
    QVERIFY(!isSafeTarget(QStringLiteral("ssh://host")));
}

void TerminalViewTest::commandsAreMarked()
{
    QSignalSpy ended(m_surface.get(), &TerminalSurface::commandEnded);
    feed("\x1b]133;A\x1b\\$ false\r\n\x1b]133;C\x1b\\");
    QVERIFY(m_surface->isCommandRunning());
    feed("\x1b]133;D;1\x1b\\\x1b]133;A\x1b\\$ \r\n\x1b]133;A\x1b\\$ sleep\r\n\x1b]133;C\x1b\\");
    QCOMPARE(ended.size(), 1);
    const auto marks = commandsIn(m_surface->emulator().marks(), 0, 100);
    QCOMPARE(marks.size(), size_t(2)); // the empty line is none
    QCOMPARE(marks[0].exitCode, 1);
    QVERIFY(marks[0].state == CommandMark::State::Ended);
    QVERIFY(marks[1].state == CommandMark::State::Running);
    QCOMPARE(*promptBefore(m_surface->emulator().marks(), marks[1].line), std::uint64_t(1));
}

void TerminalViewTest::paintingIsOfWhatChanged()
{
    feed("\x1b[?25l" + QByteArray("text\r\n").repeated(20));
    QCoreApplication::processEvents();
    const quint64 before = m_view->paintedRows();
    feed("\x1b[3;1Hx\x1b[3;1H");
    QVERIFY(QTest::qWaitFor([&] { return m_view->paintedRows() > before; }));
    QVERIFY2(m_view->paintedRows() - before <= 9, // the row, the cursor's old and new one
             qPrintable(QString::number(m_view->paintedRows() - before)));
}

void TerminalViewTest::paintingDoesNotGrowWithScrollback()
{
    const auto cost = [&] {
        QCoreApplication::processEvents();
        const quint64 before = m_view->paintedRows();
        feed("one more line\r\n");
        m_view->viewport()->repaint();
        return m_view->paintedRows() - before;
    };
    feed(QByteArray("line\r\n").repeated(100));
    const quint64 small = cost();
    feed(QByteArray("line\r\n").repeated(9000));
    const quint64 large = cost();
    QVERIFY(large <= small + quint64(m_view->visibleRows()));
    QVERIFY(large <= 3 * quint64(m_view->visibleRows()));
}

void TerminalViewTest::floodIsFedInSlices()
{
    // Whoever else uses the event loop has his turn between two slices.
    int turns = 0;
    QTimer other;
    connect(&other, &QTimer::timeout, this, [&] { ++turns; });
    other.start(0);
    const QByteArray flood = QByteArray("\x1b[31mcoloured\x1b[0m text\r\n").repeated(500'000);
    const quint64 slices = m_surface->slices();
    const quint64 flushes = m_view->flushes();
    m_surface->receive(flood);
    QVERIFY(QTest::qWaitFor([&] { return m_surface->pending() == 0; }, 60'000));
    const quint64 fed = m_surface->slices() - slices;
    QVERIFY2(fed >= 3, qPrintable(QString::number(fed)));
    QVERIFY2(turns >= int(fed) - 1, qPrintable(QString::number(turns)));
    QVERIFY(m_view->flushes() - flushes <= fed + 1);
}

void TerminalViewTest::hiddenOneIsNotPainted()
{
    m_view->hide();
    const quint64 painted = m_view->paintedRows();
    const quint64 flushes = m_view->flushes();
    m_surface->receive(QByteArray("line\r\n").repeated(1000));
    QVERIFY(QTest::qWaitFor([&] { return m_surface->pending() == 0; }));
    QCoreApplication::processEvents();
    QCOMPARE(m_view->paintedRows(), painted);
    QCOMPARE(m_view->flushes(), flushes);
}

void TerminalViewTest::readersFindTheScreen()
{
    QAccessible::setActive(true);
    m_view->setAccessibleName(QStringLiteral("shell"));
    QAccessibleInterface *reader = QAccessible::queryAccessibleInterface(m_view.get());
    QVERIFY(reader && reader->role() == QAccessible::Terminal);
    QVERIFY(reader->state().multiLine && reader->state().focusable && !reader->state().readOnly);
    QAccessibleTextInterface *text = reader->textInterface();
    QVERIFY(text);
    feed("one  \r\n\r\nthr\xc3\xa4"
         "e");
    const QString all = text->text(0, text->characterCount());
    QVERIFY2(all.startsWith(QStringLiteral("one\n\nthräe\n")), qPrintable(all));
    QCOMPARE(text->cursorPosition(), 10);
    QVERIFY(text->characterRect(6).left() > text->characterRect(5).left());
    QCOMPARE(text->offsetAtPoint(text->characterRect(6).center()), 6);
    m_view->setSelection(terminal::Selection{{2, 1}, {2, 3}, {}});
    int start = 0, end = 0;
    text->selection(0, &start, &end);
    QCOMPARE(text->text(start, end), QStringLiteral("hr"));
    m_view->setInteractive(false);
    QVERIFY(reader->state().readOnly);
}

void TerminalViewTest::anotherSizeReachesTheProgram()
{
    QSignalSpy resized(m_view.get(), &TerminalView::gridResized);
    m_view->resize(500, 300);
    QVERIFY(QTest::qWaitFor([&] { return !resized.isEmpty(); }));
    QCOMPARE(m_surface->emulator().screen().columns(), m_view->visibleColumns());
    QCOMPARE(m_surface->emulator().screen().rows(), m_view->visibleRows());
    m_view->setInteractive(false);
    resized.clear();
    m_view->resize(600, 300);
    QCoreApplication::processEvents();
    QVERIFY(resized.isEmpty());
}

QTEST_MAIN(TerminalViewTest)
#include "tst_terminalview.moc"
