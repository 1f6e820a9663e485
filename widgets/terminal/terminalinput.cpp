// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Keys and mouse of the view.
#include "widgets/terminal/keymap.h"
#include "widgets/terminal/terminalmeasures.h"
#include "widgets/terminal/terminalview.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDesktopServices>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QStyleHints>
#include <QToolTip>
#include <QUrl>

#include <algorithm>
#include <cmath>

namespace quarry::widgets {

using terminal::MouseAction;
using terminal::Position;
using terminal::Selection;

namespace {
constexpr int LinesPerNotch = 3;
constexpr int Notch = 120;
} // namespace

// ---- keys

bool TerminalView::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && m_interactive && m_surface) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (isTerminalKey(*key)) {
            key->accept();
            return true;
        }
    }
    return QAbstractScrollArea::event(event);
}

// Tab is the program's, while there is one that reads it.
bool TerminalView::focusNextPrevChild(bool next)
{
    return m_interactive && m_surface ? false : QAbstractScrollArea::focusNextPrevChild(next);
}

void TerminalView::send(const QByteArray &bytes)
{
    if (bytes.isEmpty() || !m_interactive)
        return;
    scrollToBottom();
    restartBlink();
    Q_EMIT typed(bytes);
}

void TerminalView::keyPressEvent(QKeyEvent *event)
{
    if (!m_surface) {
        event->ignore();
        return;
    }
    const bool page = event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown;
    const bool scrolls = event->modifiers() & Qt::ShiftModifier || !m_interactive;
    if (page && scrolls) {
        verticalScrollBar()->triggerAction(event->key() == Qt::Key_PageUp
                                               ? QScrollBar::SliderPageStepSub
                                               : QScrollBar::SliderPageStepAdd);
        return;
    }
    if (event->key() == Qt::Key_Control)
        hover(m_mouse, event->modifiers() | Qt::ControlModifier);
    const QByteArray bytes
        = m_interactive ? bytesOf(*event, emulator().inputModes()) : QByteArray();
    if (bytes.isEmpty()) {
        event->ignore();
        return;
    }
    send(bytes);
}

void TerminalView::inputMethodEvent(QInputMethodEvent *event)
{
    m_preedit = m_interactive ? event->preeditString() : QString();
    if (!event->commitString().isEmpty())
        send(event->commitString().toUtf8());
    viewport()->update();
    event->accept();
}

QVariant TerminalView::inputMethodQuery(Qt::InputMethodQuery query) const
{
    switch (query) {
    case Qt::ImEnabled:
        return m_interactive;
    case Qt::ImCursorRectangle:
        return m_surface ? cellRect(cursorLine(), emulator().screen().cursor().column)
                               .translated(viewport()->pos())
                         : QRect();
    case Qt::ImHints:
        return int(Qt::ImhNoAutoUppercase | Qt::ImhNoPredictiveText);
    default:
        return QAbstractScrollArea::inputMethodQuery(query);
    }
}

void TerminalView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    restartBlink();
    viewport()->update();
    if (m_surface && m_interactive)
        Q_EMIT typed(QByteArray::fromStdString(encodeFocus(true, emulator().inputModes())));
}

void TerminalView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    restartBlink();
    viewport()->update();
    if (m_surface && m_interactive)
        Q_EMIT typed(QByteArray::fromStdString(encodeFocus(false, emulator().inputModes())));
}

// ---- mouse

Position TerminalView::cellAt(const QPoint &at) const
{
    const QSizeF cell = m_font->cell();
    const int row = int(std::floor((at.y() - terminalmeasures::Top) / cell.height()));
    const int column = int(std::floor((at.x() - terminalmeasures::Gutter) / cell.width()));
    const std::uint64_t line = m_top + std::uint64_t(std::clamp(row, 0, visibleRows() - 1));
    return {
        std::min(line, terminal::Lines(emulator()).end() - 1),
        std::clamp(column + horizontalScrollBar()->value(), 0, emulator().screen().columns() - 1)};
}

// The nearest edge between two cells.
Position TerminalView::boundaryAt(const QPoint &at) const
{
    const qreal width = m_font->cell().width();
    const auto column = int(std::floor((at.x() - terminalmeasures::Gutter) / width + 0.5));
    return {cellAt(at).line,
            std::clamp(column + horizontalScrollBar()->value(), 0, emulator().screen().columns())};
}

// Shift gives the mouse to the person.
bool TerminalView::reportsMouse(Qt::KeyboardModifiers modifiers) const
{
    return m_surface && m_interactive && !(modifiers & Qt::ShiftModifier)
        && emulator().inputModes().mouse != terminal::MouseTracking::Off;
}

bool TerminalView::report(MouseAction action, terminal::MouseButton button, const QPoint &at,
                          Qt::KeyboardModifiers modifiers)
{
    if (!reportsMouse(modifiers))
        return false;
    const Position cell = cellAt(at);
    const std::uint64_t first = emulator().screen().history().end();
    if (cell.line < first)
        return true;
    const std::string bytes = encodeMouse(
        {action, button, int(cell.line - first), cell.column, keyModifiers(modifiers)},
        emulator().inputModes());
    if (!bytes.empty())
        Q_EMIT typed(QByteArray::fromStdString(bytes));
    return true;
}

void TerminalView::mousePressEvent(QMouseEvent *event)
{
    if (!m_surface)
        return;
    const QPoint at = event->position().toPoint();
    const Qt::KeyboardModifiers modifiers = event->modifiers();
    if (event->button() == Qt::LeftButton && modifiers & Qt::ControlModifier) {
        hover(at, modifiers);
        if (m_link && isSafeTarget(m_link->target)) {
            QDesktopServices::openUrl(QUrl(m_link->target, QUrl::StrictMode));
            return;
        }
    }
    if (report(MouseAction::Press, mouseButton(event->button()), at, modifiers)) {
        m_reported = event->button();
        return;
    }
    if (event->button() == Qt::MiddleButton && QGuiApplication::clipboard()->supportsSelection()) {
        const QString text = QGuiApplication::clipboard()->text(QClipboard::Selection);
        if (text.trimmed().contains(QLatin1Char('\n')))
            Q_EMIT pasteQuestioned(text);
        else
            pasteText(text);
    }
    if (event->button() != Qt::LeftButton)
        return;
    const bool third = m_sinceDouble.isValid()
        && m_sinceDouble.elapsed() < QGuiApplication::styleHints()->mouseDoubleClickInterval();
    if (modifiers & Qt::ShiftModifier && m_selection) {
        m_selecting = true;
        extendSelection(at);
    } else {
        beginSelection(at,
                       third                             ? Grain::Line
                           : modifiers & Qt::AltModifier ? Grain::Block
                                                         : Grain::Character);
    }
}

void TerminalView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QPoint at = event->position().toPoint();
    if (!m_surface
        || report(MouseAction::Press, mouseButton(event->button()), at, event->modifiers()))
        return;
    if (event->button() == Qt::LeftButton) {
        m_sinceDouble.restart();
        beginSelection(at, Grain::Word);
    }
}

void TerminalView::beginSelection(const QPoint &at, Grain grain)
{
    terminal::Lines lines(emulator());
    m_grain = grain;
    m_selecting = true;
    switch (grain) {
    case Grain::Word:
        m_anchor = Selection::word(lines, cellAt(at));
        break;
    case Grain::Line:
        m_anchor = Selection::line(lines, cellAt(at));
        break;
    default:
        m_anchor = {boundaryAt(at), boundaryAt(at), {}};
    }
    const bool whole = grain == Grain::Word || grain == Grain::Line;
    setSelection(whole ? std::optional(m_anchor) : std::nullopt);
}

void TerminalView::extendSelection(const QPoint &at)
{
    terminal::Lines lines(emulator());
    if (m_grain == Grain::Character || m_grain == Grain::Block) {
        const auto kind = m_grain == Grain::Block ? Selection::Kind::Block : Selection::Kind::Text;
        setSelection(Selection::between(m_anchor.begin, boundaryAt(at), kind));
        return;
    }
    const Selection here = m_grain == Grain::Word ? Selection::word(lines, cellAt(at))
                                                  : Selection::line(lines, cellAt(at));
    setSelection(Selection{std::min(m_anchor.begin, here.begin), std::max(m_anchor.end, here.end),
                           Selection::Kind::Text});
}

void TerminalView::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_surface)
        return;
    m_mouse = event->position().toPoint();
    if (m_selecting) {
        extendSelection(m_mouse);
        const bool outside = m_mouse.y() < 0 || m_mouse.y() > viewport()->height();
        if (outside && !m_dragScroll.isActive())
            m_dragScroll.start();
        else if (!outside)
            m_dragScroll.stop();
        return;
    }
    report(MouseAction::Move, mouseButton(m_reported), m_mouse, event->modifiers());
    hover(m_mouse, event->modifiers());
}

void TerminalView::dragScroll()
{
    const qreal height = m_font->cell().height();
    const int beyond = m_mouse.y() < 0 ? m_mouse.y() : m_mouse.y() - viewport()->height();
    const int lines = int(beyond / height) + (beyond < 0 ? -1 : 1);
    verticalScrollBar()->setValue(verticalScrollBar()->value() + lines);
    extendSelection(m_mouse);
}

void TerminalView::mouseReleaseEvent(QMouseEvent *event)
{
    if (!m_surface)
        return;
    if (event->button() == m_reported && m_reported != Qt::NoButton) {
        m_reported = Qt::NoButton;
        report(MouseAction::Release, mouseButton(event->button()), event->position().toPoint(),
               event->modifiers());
        return;
    }
    m_dragScroll.stop();
    if (!m_selecting || event->button() != Qt::LeftButton)
        return;
    m_selecting = false;
    if (m_selection && m_selection->isEmpty())
        setSelection({});
    if (m_selection && QGuiApplication::clipboard()->supportsSelection())
        QGuiApplication::clipboard()->setText(selectedText(), QClipboard::Selection);
}

void TerminalView::wheelEvent(QWheelEvent *event)
{
    if (!m_surface)
        return;
    if (event->modifiers() & Qt::ControlModifier) {
        Q_EMIT zoomRequested(event->angleDelta().y() > 0 ? 1 : -1);
        return;
    }
    m_wheel += event->angleDelta();
    const int notches = m_wheel.y() * LinesPerNotch / Notch;
    if (notches == 0)
        return;
    m_wheel.ry() -= notches * Notch / LinesPerNotch;
    const bool up = notches > 0;
    const QPoint at = event->position().toPoint();
    if (reportsMouse(event->modifiers())) {
        const int clicks = std::max(1, std::abs(notches) / LinesPerNotch);
        for (int i = 0; i < clicks; ++i)
            report(MouseAction::Press,
                   up ? terminal::MouseButton::WheelUp : terminal::MouseButton::WheelDown, at,
                   event->modifiers());
        return;
    }
    const terminal::InputModes &modes = emulator().inputModes();
    if (emulator().screen().isAlternate() && modes.alternateScroll && m_interactive) {
        const std::string key = encodeKey(up ? terminal::Key::Up : terminal::Key::Down, {}, modes);
        QByteArray bytes;
        for (int i = 0; i < std::abs(notches); ++i)
            bytes += QByteArray::fromStdString(key);
        Q_EMIT typed(bytes);
        return;
    }
    verticalScrollBar()->setValue(verticalScrollBar()->value() - notches);
}

void TerminalView::contextMenuEvent(QContextMenuEvent *event)
{
    if (event->reason() == QContextMenuEvent::Mouse && reportsMouse(event->modifiers()))
        return;
    Q_EMIT menuRequested(event->globalPos());
}

// ---- links

void TerminalView::hover(const QPoint &at, Qt::KeyboardModifiers modifiers)
{
    terminal::Lines lines(emulator());
    const std::optional<TerminalLink> link = linkAt(lines, cellAt(at));
    const bool active = link && modifiers & Qt::ControlModifier;
    if (link == m_link && active == m_linkActive)
        return;
    if (m_link)
        updateLine(m_link->line);
    m_link = link;
    m_linkActive = active;
    if (link)
        updateLine(link->line);
    const bool pointer = active || reportsMouse(modifiers);
    viewport()->setCursor(active        ? Qt::PointingHandCursor
                              : pointer ? Qt::ArrowCursor
                                        : Qt::IBeamCursor);
}

bool TerminalView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        if (m_surface)
            hover(help->pos(), {});
        if (m_link) {
            const QString where = m_link->target.toHtmlEscaped();
            QToolTip::showText(
                help->globalPos(),
                isSafeTarget(m_link->target) ? tr("%1<br>Ctrl+click opens it").arg(where) : where,
                viewport());
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

} // namespace quarry::widgets
