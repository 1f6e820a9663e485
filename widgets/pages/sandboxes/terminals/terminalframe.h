// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A terminal with what stands around it: title, who types, questions, how it ended.
#pragma once

#include "widgets/pages/sandboxes/terminals/liveterminal.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace quarry::widgets {

class ActionRegistry;
class ElidedLabel;
class FindBar;
class QuestionRow;
class Strip;
class TerminalView;

class TerminalFrame : public QWidget
{
    Q_OBJECT
public:
    // TERMINAL and ACTIONS, which fill the context menu, live as long. SUBJECT names the sandbox,
    // for readers.
    TerminalFrame(LiveTerminal &terminal, ActionRegistry &actions, const QString &subject,
                  QWidget *parent = nullptr);

    LiveTerminal *terminal() const { return &m_terminal; }
    TerminalView *view() const { return m_view; }
    void find();
    void focusTerminal();

Q_SIGNALS:
    void activated(); // has the keyboard now
    void zoomRequested(int steps);
    void closeRequested();
    void newShellRequested();
    void restartRequested();
    void problem(const QString &text);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    Strip *makeHead();
    Strip *makeEndRow();
    void refresh();
    void tellMissed();
    void askPaste(const QString &text);
    void askClipboard(const QString &text);
    void openMenu(const QPoint &at);

    void follow();

    LiveTerminal &m_terminal;
    ActionRegistry &m_actions;
    const QString m_subject;
    ElidedLabel *m_name;
    ElidedLabel *m_kind;
    QPushButton *m_missed;
    QPushButton *m_takeOver;
    QPushButton *m_giveBack;
    QPushButton *m_close;
    Strip *m_head;
    Strip *m_banner;
    ElidedLabel *m_bannerText;
    TerminalView *m_view;
    FindBar *m_find;
    QuestionRow *m_paste;
    QuestionRow *m_clipboard;
    bool m_clipboardDenied = false;
    Strip *m_end;
    ElidedLabel *m_endText;
    QPushButton *m_restart;
    QPushButton *m_newShell;
    std::uint64_t m_missedLine = 0;
    bool m_told; // that it has ended
};

} // namespace quarry::widgets
