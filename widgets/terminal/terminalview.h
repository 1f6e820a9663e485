// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Shows a terminal and takes what a person types into it.
//
// Paints what has changed only: the first bytes after 10 ms of quiet at once, a stream every 40 ms
// at most. Knows nothing of where the output comes from. The picture is the emulator's screen and
// its scrollback; lines are numbered as the history does.
#pragma once

#include "terminal/text/selection.h"
#include "terminal/input/mouse.h"
#include "widgets/terminal/cellpainter.h"
#include "widgets/terminal/commandmarks.h"
#include "widgets/terminal/terminalfont.h"
#include "widgets/terminal/terminallinks.h"
#include "widgets/terminal/terminalpalette.h"
#include "widgets/terminal/terminalsearch.h"
#include "widgets/terminal/terminalsurface.h"

#include <QAbstractScrollArea>
#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>

#include <memory>
#include <optional>

namespace quarry::widgets {

class TerminalView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    static constexpr int ZoomMin = 6; // pixels of the letters
    static constexpr int ZoomMax = 48;
    static constexpr int ZoomDefault = 12;

    explicit TerminalView(QWidget *parent = nullptr);
    ~TerminalView() override;

    // Borrowed; nullptr shows an empty ground.
    void setSurface(TerminalSurface *surface);
    TerminalSurface *surface() const { return m_surface; }
    // Whether typing goes to the program, and the program's screen takes the size of the view.
    void setInteractive(bool on);
    bool isInteractive() const { return m_interactive; }
    void setZoom(int pixels);
    int zoom() const { return m_zoom; }

    int visibleRows() const;
    int visibleColumns() const;
    std::uint64_t topLine() const { return m_top; }
    bool isAtBottom() const { return m_following; }
    void scrollToBottom();
    void scrollToLine(std::uint64_t line); // in the middle
    // Where a cell is drawn, in the viewport; empty when it is not in view.
    QRect cellRect(std::uint64_t line, int column) const;

    const std::optional<terminal::Selection> &selection() const { return m_selection; }
    void setSelection(const std::optional<terminal::Selection> &selection);
    QString selectedText() const;
    void copy() const;
    void copyAsHtml() const;
    void selectAll();
    // Asks by pasteQuestioned() before text of several lines goes to the program.
    void paste();
    void pasteText(const QString &text); // without a question

    TerminalSearch &search() { return m_search; }
    void showMatch(const terminal::Match &match);
    // To the prompt of the command before or after what is in view.
    void goToCommand(bool next);

    quint64 paintedRows() const { return m_paintedRows; } // so far
    quint64 flushes() const { return m_flushes; }

    QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;

Q_SIGNALS:
    void typed(const QByteArray &bytes);
    // A size that the program should know, columns and rows.
    void gridResized(int columns, int rows);
    void pasteQuestioned(const QString &text);
    void menuRequested(const QPoint &globalPosition);
    void zoomRequested(int steps);
    void selectionChanged();
    void flushed(); // what is shown is new

protected:
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    friend class TerminalViewAccessible;
    enum class Grain { Character, Word, Line, Block };

    // terminalview.cpp
    void surfaceChanged();
    void flush();
    void damaged(const terminal::Damage &damage);
    void updateGutter();
    void fitGrid();
    void updateScrollBars();
    std::uint64_t bottomTop() const;
    void makeFont();
    void updateLine(std::uint64_t line);
    void ring();
    void restartBlink();
    const terminal::Emulator &emulator() const { return m_surface->emulator(); }
    std::uint64_t cursorLine() const;

    // terminalpaint.cpp
    void paintRows(QPainter &painter, const QRect &dirty);
    void paintGutter(QPainter &painter, int first, int last);
    void paintCursor(QPainter &painter);
    void paintPreedit(QPainter &painter);
    std::vector<CellSpan> spansOf(std::uint64_t line) const;

    // terminalmouse.cpp
    terminal::Position cellAt(const QPoint &at) const;
    terminal::Position boundaryAt(const QPoint &at) const;
    bool reportsMouse(Qt::KeyboardModifiers modifiers) const;
    bool report(terminal::MouseAction action, terminal::MouseButton button, const QPoint &at,
                Qt::KeyboardModifiers modifiers);
    void beginSelection(const QPoint &at, Grain grain);
    void extendSelection(const QPoint &at);
    void dragScroll();
    void hover(const QPoint &at, Qt::KeyboardModifiers modifiers);
    void send(const QByteArray &bytes);

    QPointer<TerminalSurface> m_surface;
    TerminalSearch m_search;
    std::unique_ptr<TerminalFont> m_font;
    TerminalPalette m_palette;
    qreal m_scale = 0;
    int m_zoom = ZoomDefault;
    bool m_interactive = true;
    bool m_following = true; // shows the end
    std::uint64_t m_top = 0;
    std::uint64_t m_cursorLine = 0; // as it was painted
    std::optional<terminal::Mark> m_lastMark; // when the gutter was painted

    QElapsedTimer m_sinceChange;
    QTimer m_quiet;
    QTimer m_limit;
    QTimer m_synchronized;
    QTimer m_blink;
    QTimer m_bell;
    bool m_cursorOn = true;
    QString m_preedit;

    std::optional<terminal::Selection> m_selection;
    terminal::Selection m_anchor;
    Grain m_grain = Grain::Character;
    bool m_selecting = false;
    Qt::MouseButton m_reported = Qt::NoButton; // held down, and told to the program
    QPoint m_mouse;
    QTimer m_dragScroll;
    QElapsedTimer m_sinceDouble;
    QPoint m_wheel;
    std::optional<TerminalLink> m_link; // under the pointer
    bool m_linkActive = false; // Ctrl is held

    quint64 m_paintedRows = 0;
    quint64 m_flushes = 0;
};

} // namespace quarry::widgets
