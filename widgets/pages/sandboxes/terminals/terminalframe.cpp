// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/format.h"
#include "widgets/pages/sandboxes/terminals/terminalframe.h"

#include "widgets/common/accessiblerole.h"
#include "widgets/common/actionregistry.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/strip.h"
#include "widgets/pages/sandboxes/terminals/findbar.h"
#include "widgets/pages/sandboxes/terminals/questionrow.h"
#include "widgets/pages/sandboxes/terminals/smallbutton.h"
#include "widgets/terminal/terminalview.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/measures.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

namespace quarry::widgets {

namespace {
constexpr qsizetype ShownMax = 40; // characters of a text in a question
}

TerminalFrame::TerminalFrame(LiveTerminal &terminal, ActionRegistry &actions,
                             const QString &subject, QWidget *parent)
    : QWidget(parent), m_terminal(terminal), m_actions(actions), m_subject(subject),
      m_name(new ElidedLabel), m_kind(new ElidedLabel),
      m_missed(smallButton({}, QStringLiteral("chevron-up"), ButtonKind::Flat)),
      m_takeOver(smallButton(tr("Take over"), QStringLiteral("take-over"), ButtonKind::Normal)),
      m_giveBack(smallButton(tr("Give back"), QStringLiteral("give-back"), ButtonKind::Normal)),
      m_close(smallButton({}, QStringLiteral("close"), ButtonKind::Flat)), m_head(makeHead()),
      m_banner(new Strip(measures::RowDense, Tone::AccentSoft, Strip::NoLine)),
      m_bannerText(new ElidedLabel), m_view(new TerminalView), m_find(new FindBar(m_view)),
      m_paste(new QuestionRow(tr("Paste"), tr("Do not paste"))),
      m_clipboard(new QuestionRow(tr("Allow copy"), tr("Deny copy"))), m_end(makeEndRow()),
      m_told(terminal.hasEnded())
{
    m_bannerText->setType(Type::Small);
    m_bannerText->setTone(Tone::Link);
    m_banner->add(m_bannerText, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_head, m_banner})
        column->addWidget(widget);
    column->addWidget(m_view, 1);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_paste, m_clipboard, m_end, m_find})
        column->addWidget(widget);
    m_view->installEventFilter(this);
    connect(m_missed, &QPushButton::clicked, this, [this] {
        m_view->scrollToLine(m_missedLine);
        m_missed->hide();
        focusTerminal();
    });
    connect(m_view, &TerminalView::typed, this, [this](const QByteArray &bytes) {
        m_missed->hide();
        m_terminal.type(bytes);
    });
    connect(m_view, &TerminalView::gridResized, this,
            [this](int columns, int rows) { m_terminal.resize(columns, rows); });
    connect(m_view, &TerminalView::pasteQuestioned, this, &TerminalFrame::askPaste);
    connect(m_paste, &QuestionRow::answered, this, &TerminalFrame::focusTerminal);
    connect(m_clipboard, &QuestionRow::denied, this, [this] { m_clipboardDenied = true; });
    connect(m_clipboard, &QuestionRow::answered, this, &TerminalFrame::focusTerminal);
    connect(m_view, &TerminalView::menuRequested, this, &TerminalFrame::openMenu);
    connect(m_view, &TerminalView::zoomRequested, this, &TerminalFrame::zoomRequested);
    connect(m_takeOver, &QPushButton::clicked, this, [this] {
        m_terminal.takeOver();
        focusTerminal();
    });
    connect(m_giveBack, &QPushButton::clicked, this, [this] { m_terminal.giveBack(); });
    connect(m_close, &QPushButton::clicked, this, &TerminalFrame::closeRequested);
    follow();
}

Strip *TerminalFrame::makeHead()
{
    auto *head = new Strip(measures::RowNormal, Tone::Raised);
    auto *sign = new QLabel;
    sign->setPixmap(themedIcon(QStringLiteral("terminal"), Tone::TextSecondary)
                        .pixmap(measures::IconSmall, measures::IconSmall));
    m_name->setType(Type::Small, QFont::DemiBold);
    m_kind->setType(Type::Small);
    m_kind->setTone(Tone::TextSecondary);
    m_close->setAccessibleName(tr("Close terminal"));
    m_close->setToolTip(tr("Close terminal"));
    m_missed->hide();
    head->add(sign);
    head->add(m_name);
    head->add(m_kind, 1);
    for (QWidget *button : {m_missed, m_takeOver, m_giveBack, m_close})
        head->add(button);
    return head;
}

Strip *TerminalFrame::makeEndRow()
{
    auto *row = new Strip(measures::ToolBar, Tone::Raised, Strip::LineAbove);
    m_endText = new ElidedLabel;
    m_endText->setType(Type::Small);
    m_restart
        = smallButton(tr("Start the sandbox again"), QStringLiteral("restart"), ButtonKind::Normal);
    m_newShell = smallButton(tr("New shell"), QStringLiteral("terminal"), ButtonKind::Normal);
    row->add(m_endText, 1);
    row->add(m_restart);
    row->add(m_newShell);
    connect(m_restart, &QPushButton::clicked, this, &TerminalFrame::restartRequested);
    connect(m_newShell, &QPushButton::clicked, this, &TerminalFrame::newShellRequested);
    row->hide();
    return row;
}

void TerminalFrame::follow()
{
    TerminalSurface *surface = m_terminal.surface();
    connect(&m_terminal, &LiveTerminal::stateChanged, this, &TerminalFrame::refresh);
    connect(&m_terminal, &LiveTerminal::refused, this, &TerminalFrame::problem);
    connect(surface, &TerminalSurface::titleChanged, this, &TerminalFrame::refresh);
    connect(surface, &TerminalSurface::clipboardRequested, this, &TerminalFrame::askClipboard);
    connect(surface, &TerminalSurface::commandEnded, this, [this](int code) {
        announce(m_view,
                 code < 0 ? tr("Command ended") : tr("Command ended with code %1").arg(code));
    });
    refresh(); // before the view takes the screen, which it may give another size
    m_view->setSurface(surface);
}

void TerminalFrame::refresh()
{
    using Source = LiveTerminal::Source;
    const Source source = m_terminal.source();
    const bool ended = m_terminal.hasEnded();
    const bool watching = source == Source::Session && m_terminal.isReadOnly() && !ended;
    m_view->setInteractive(!m_terminal.isReadOnly() && !ended);
    QStringList kind;
    if (source == Source::Session)
        kind.append(tr("session"));
    else
        kind.append(source == Source::Recording ? tr("recording") : tr("your shell"));
    if (watching)
        kind.append(tr("read-only"));
    if (m_terminal.isTakenOver())
        kind.append(tr("taken over by you"));
    if (ended && source != Source::Recording)
        kind.append(tr("ended"));
    if (const QString title = m_terminal.surface()->title(); !title.isEmpty())
        kind.append(title);
    m_name->setText(m_terminal.name());
    m_kind->setText(kind.join(QStringLiteral(" · ")));
    m_takeOver->setVisible(watching);
    m_giveBack->setVisible(m_terminal.isTakenOver());
    m_close->setEnabled(source != Source::Session || ended);
    m_banner->setVisible(watching);
    m_bannerText->setText(tr("An agent types here. Take over to type yourself; its calls wait "
                             "until you give back."));
    m_end->setVisible(ended);
    m_endText->setText(ended ? m_terminal.endReason() : QString());
    m_view->setAccessibleName(
        tr("%1 %2, sandbox %3").arg(kind.first(), m_terminal.name(), m_subject));
    if (ended && !std::exchange(m_told, true))
        announce(m_view, m_terminal.endReason());
}

void TerminalFrame::tellMissed()
{
    const LiveTerminal::Missed missed = m_terminal.lookBack();
    m_missedLine = missed.line;
    const QString text = counted(missed.commands, tr("1 command while you were away"),
                                 tr("%1 commands while you were away"));
    m_missed->setText(text);
    m_missed->setAccessibleName(text);
    m_missed->setVisible(missed.commands > 0);
}

void TerminalFrame::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    tellMissed();
}

void TerminalFrame::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_terminal.lookAway();
}

void TerminalFrame::find()
{
    m_find->open();
}

void TerminalFrame::focusTerminal()
{
    m_view->setFocus(Qt::OtherFocusReason);
}

void TerminalFrame::askPaste(const QString &text)
{
    m_paste->ask(tr("Paste %1 lines? The first begins with “%2”")
                     .arg(formatCount(text.trimmed().count(QLatin1Char('\n')) + 1),
                          text.trimmed().section(QLatin1Char('\n'), 0, 0).left(ShownMax)),
                 [this, text] { m_view->pasteText(text); });
    m_paste->focusYes();
}

// The keyboard stays where it is, and the text is the one that was asked for: output must not
// choose what a person says yes to.
void TerminalFrame::askClipboard(const QString &text)
{
    if (m_clipboardDenied || m_clipboard->isVisible() || !isVisible())
        return;
    m_clipboard->ask(tr("A program wants to put %1 on the clipboard: “%2”")
                         .arg(counted(text.size(), tr("a character"), tr("%1 characters")),
                              text.simplified().left(ShownMax)),
                     [text] { QGuiApplication::clipboard()->setText(text); });
}

void TerminalFrame::openMenu(const QPoint &at)
{
    QMenu menu;
    m_actions.fillMenu(&menu, QStringLiteral("terminal"));
    menu.exec(at);
}

bool TerminalFrame::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view && event->type() == QEvent::FocusIn)
        Q_EMIT activated();
    return QWidget::eventFilter(watched, event);
}

} // namespace quarry::widgets
