// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A terminal with what stands around it: title, who types, questions, how it ended.
#pragma once

#include "widgets/pages/sandboxes/terminals/liveterminal.h"

#include <QPointer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace quarry::widgets {

class ActionRegistry;
class ElidedLabel;
class FindBar;
class Strip;
class TerminalView;

class TerminalPane : public QWidget
{
    Q_OBJECT
public:
    // SUBJECT names the sandbox, for readers. ACTIONS fill the context menu.
    TerminalPane(ActionRegistry &actions, const QString &subject, QWidget *parent = nullptr);

    // Borrowed; nullptr: shows nothing.
    void show(LiveTerminal *terminal);
    using QWidget::show;
    LiveTerminal *terminal() const { return m_terminal; }
    TerminalView *view() const { return m_view; }
    void find();
    void setCurrent(bool current); // of several: marked by a line
    void focusTerminal();

Q_SIGNALS:
    void activated(); // has the keyboard now
    void zoomRequested(int steps);
    void closeRequested();
    void newShellRequested();
    void restartRequested();
    void problem(const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    Strip *makeHead();
    Strip *makeEndRow();
    Strip *makePasteRow();
    void refresh();
    void askPaste(const QString &text);
    void openMenu(const QPoint &at);

    ActionRegistry &m_actions;
    const QString m_subject;
    QPointer<LiveTerminal> m_terminal;
    ElidedLabel *m_name;
    ElidedLabel *m_kind;
    QPushButton *m_takeOver;
    QPushButton *m_giveBack;
    QPushButton *m_close;
    Strip *m_head;
    Strip *m_banner;
    ElidedLabel *m_bannerText;
    TerminalView *m_view;
    FindBar *m_find;
    Strip *m_paste;
    ElidedLabel *m_pasteText;
    QPushButton *m_pasteYes;
    QString m_pasted;
    Strip *m_end;
    ElidedLabel *m_endText;
    QPushButton *m_restart;
    QPushButton *m_newShell;
    bool m_current = false;
    bool m_told = false; // that it has ended
};

} // namespace quarry::widgets
