// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a screen reader finds in a terminal: the rows in view as text, the cursor as caret, the
// selection, and where each character is.
#pragma once

#include "widgets/terminal/screentext.h"

#include <QAccessibleWidget>

namespace quarry::widgets {

class TerminalView;

class TerminalViewAccessible : public QAccessibleWidget, public QAccessibleTextInterface
{
public:
    // Tells Qt of it; any number of calls.
    static void install();
    // Events for readers, put together as the paint is. Without a reader they cost nothing.
    static void contentChanged(TerminalView *view);
    static void selectionChanged(TerminalView *view);
    static void interactiveChanged(TerminalView *view);

    explicit TerminalViewAccessible(TerminalView *view);

    QAccessible::State state() const override;
    void *interface_cast(QAccessible::InterfaceType type) override;
    QString text(QAccessible::Text kind) const override;

    void selection(int index, int *start, int *end) const override;
    int selectionCount() const override;
    void addSelection(int start, int end) override;
    void removeSelection(int index) override;
    void setSelection(int index, int start, int end) override;
    int cursorPosition() const override;
    void setCursorPosition(int) override { }
    QString text(int start, int end) const override;
    int characterCount() const override;
    QRect characterRect(int offset) const override;
    int offsetAtPoint(const QPoint &point) const override;
    void scrollToSubstring(int, int) override { }
    QString attributes(int offset, int *start, int *end) const override;

private:
    TerminalView *view() const;
    const ScreenText &shown() const;
    void tellChange();

    // As it was read last; made anew after each change of the view.
    mutable ScreenText m_shown;
    mutable quint64 m_flush = ~quint64(0);
    mutable quint64 m_top = 0;
    QString m_told;
    int m_toldCaret = -1;
};

} // namespace quarry::widgets
