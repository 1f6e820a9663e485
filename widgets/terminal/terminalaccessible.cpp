// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/terminal/terminalaccessible.h"

#include "widgets/terminal/terminalview.h"

#include <algorithm>

namespace quarry::widgets {

namespace {

QAccessibleInterface *create(const QString &, QObject *object)
{
    auto *view = qobject_cast<TerminalView *>(object);
    return view ? new TerminalViewAccessible(view) : nullptr;
}

TerminalViewAccessible *of(TerminalView *view)
{
    return QAccessible::isActive()
        ? dynamic_cast<TerminalViewAccessible *>(QAccessible::queryAccessibleInterface(view))
        : nullptr;
}

} // namespace

void TerminalViewAccessible::install()
{
    static const bool installed = [] {
        QAccessible::installFactory(create);
        return true;
    }();
    Q_UNUSED(installed)
}

void TerminalViewAccessible::contentChanged(TerminalView *view)
{
    if (auto *self = of(view))
        self->tellChange();
}

void TerminalViewAccessible::selectionChanged(TerminalView *view)
{
    if (auto *self = of(view)) {
        int start = 0, end = 0;
        self->selection(0, &start, &end);
        QAccessibleTextSelectionEvent event(view, start, end);
        QAccessible::updateAccessibility(&event);
    }
}

void TerminalViewAccessible::interactiveChanged(TerminalView *view)
{
    if (!QAccessible::isActive())
        return;
    QAccessible::State changed;
    changed.readOnly = true;
    QAccessibleStateChangeEvent event(view, changed);
    QAccessible::updateAccessibility(&event);
}

TerminalViewAccessible::TerminalViewAccessible(TerminalView *view)
    : QAccessibleWidget(view, QAccessible::Terminal)
{
}

TerminalView *TerminalViewAccessible::view() const
{
    return static_cast<TerminalView *>(widget());
}

QAccessible::State TerminalViewAccessible::state() const
{
    QAccessible::State state = QAccessibleWidget::state();
    state.focusable = true;
    state.multiLine = true;
    state.readOnly = !view()->isInteractive();
    state.editable = view()->isInteractive();
    state.selectableText = true;
    return state;
}

void *TerminalViewAccessible::interface_cast(QAccessible::InterfaceType type)
{
    if (type == QAccessible::TextInterface)
        return static_cast<QAccessibleTextInterface *>(this);
    return QAccessibleWidget::interface_cast(type);
}

QString TerminalViewAccessible::text(QAccessible::Text kind) const
{
    if (kind == QAccessible::Value)
        return shown().text;
    return QAccessibleWidget::text(kind);
}

const ScreenText &TerminalViewAccessible::shown() const
{
    TerminalView *terminal = view();
    if (!terminal->surface()) {
        m_shown = {};
        return m_shown;
    }
    if (m_flush != terminal->flushes() || m_top != terminal->topLine()) {
        m_flush = terminal->flushes();
        m_top = terminal->topLine();
        quarry::terminal::Lines lines(terminal->surface()->emulator());
        m_shown = screenText(lines, m_top, terminal->visibleRows());
    }
    return m_shown;
}

// One removed and one inserted part, between what is alike at both ends.
void TerminalViewAccessible::tellChange()
{
    m_flush = ~quint64(0);
    const QString now = shown().text;
    if (now != m_told) {
        const qsizetype least = std::min(now.size(), m_told.size());
        qsizetype head = 0;
        while (head < least && now[head] == m_told[head])
            ++head;
        qsizetype tail = 0;
        while (tail < least - head
               && now[now.size() - 1 - tail] == m_told[m_told.size() - 1 - tail])
            ++tail;
        QAccessibleTextUpdateEvent event(view(), int(head),
                                         m_told.mid(head, m_told.size() - head - tail),
                                         now.mid(head, now.size() - head - tail));
        m_told = now;
        event.setCursorPosition(cursorPosition());
        QAccessible::updateAccessibility(&event);
    }
    if (const int caret = cursorPosition(); caret != m_toldCaret) {
        m_toldCaret = caret;
        QAccessibleTextCursorEvent event(view(), caret);
        QAccessible::updateAccessibility(&event);
    }
}

void TerminalViewAccessible::selection(int index, int *start, int *end) const
{
    *start = *end = 0;
    const auto &selected = view()->selection();
    if (index != 0 || !selected)
        return;
    const auto offset = [this](quarry::terminal::Position at) {
        const std::uint64_t top = view()->topLine();
        return at.line < top ? 0 : shown().offsetOf(int(at.line - top), at.column);
    };
    *start = offset(selected->begin);
    *end = offset(selected->end);
}

int TerminalViewAccessible::selectionCount() const
{
    return view()->selection() ? 1 : 0;
}

void TerminalViewAccessible::addSelection(int start, int end)
{
    setSelection(0, start, end);
}

void TerminalViewAccessible::removeSelection(int)
{
    view()->setSelection({});
}

void TerminalViewAccessible::setSelection(int, int start, int end)
{
    const ScreenText &screen = shown();
    const auto place = [&](int offset) -> quarry::terminal::Position {
        if (screen.cells.empty())
            return {view()->topLine(), 0};
        const bool behind = offset >= int(screen.cells.size());
        const QPoint at = behind ? screen.cells.back() + QPoint(1, 0)
                                 : screen.cells[size_t(std::max(0, offset))];
        return {view()->topLine() + std::uint64_t(at.y()), at.x()};
    };
    view()->setSelection(quarry::terminal::Selection::between(place(start), place(end)));
}

int TerminalViewAccessible::cursorPosition() const
{
    if (!view()->surface())
        return 0;
    const std::uint64_t line = view()->cursorLine();
    if (line < view()->topLine())
        return 0;
    return shown().offsetOf(int(line - view()->topLine()),
                            view()->emulator().screen().cursor().column);
}

QString TerminalViewAccessible::text(int start, int end) const
{
    const QString &all = shown().text;
    if (end < 0)
        end = int(all.size());
    return all.mid(start, end - start);
}

int TerminalViewAccessible::characterCount() const
{
    return int(shown().text.size());
}

QRect TerminalViewAccessible::characterRect(int offset) const
{
    const ScreenText &screen = shown();
    if (offset < 0 || offset > int(screen.cells.size()) || screen.cells.empty())
        return {};
    const QPoint at = offset < int(screen.cells.size()) ? screen.cells[size_t(offset)]
                                                        : screen.cells.back() + QPoint(1, 0);
    const QRect rect = view()->cellRect(view()->topLine() + std::uint64_t(at.y()), at.x());
    return {view()->viewport()->mapToGlobal(rect.topLeft()), rect.size()};
}

int TerminalViewAccessible::offsetAtPoint(const QPoint &point) const
{
    const QPoint at = view()->viewport()->mapFromGlobal(point);
    if (!view()->surface() || !view()->viewport()->rect().contains(at))
        return -1;
    const quarry::terminal::Position cell = view()->cellAt(at);
    return shown().offsetOf(int(cell.line - view()->topLine()), cell.column);
}

QString TerminalViewAccessible::attributes(int offset, int *start, int *end) const
{
    *start = offset;
    *end = characterCount();
    return {};
}

} // namespace quarry::widgets
