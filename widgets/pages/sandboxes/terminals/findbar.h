// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The row in which a person looks for text in a terminal.
#pragma once

#include "widgets/common/strip.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace quarry::widgets {

class TerminalView;

class FindBar : public Strip
{
    Q_OBJECT
public:
    explicit FindBar(TerminalView *view, QWidget *parent = nullptr);

    // Shows itself, and takes the keyboard.
    void open();
    void close();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void search();
    void showCount();
    void choose(bool next);

    TerminalView *m_view;
    QLineEdit *m_entry;
    QLabel *m_count;
    QPushButton *m_case;
    QPushButton *m_regex;
};

} // namespace quarry::widgets
