// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A place for a terminal: of several beside and below each other.
#pragma once

#include <QWidget>

class QStackedLayout;

namespace quarry::widgets {

class LiveTerminal;
class TerminalFrame;

// What was shown here before stays behind what is shown, with its scroll position and selection,
// until another place shows it or it is deleted.
class TerminalPane : public QWidget
{
    Q_OBJECT
public:
    explicit TerminalPane(QWidget *parent = nullptr);

    // FRAME becomes this one's; nullptr shows nothing.
    void show(TerminalFrame *frame);
    using QWidget::show;
    TerminalFrame *frame() const; // nullptr: shows nothing
    LiveTerminal *terminal() const; // of the frame
    void setCurrent(bool current); // of several: marked by a line
    void focusTerminal();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QStackedLayout *m_stack;
    QWidget *m_nothing;
    bool m_current = false;
};

} // namespace quarry::widgets
