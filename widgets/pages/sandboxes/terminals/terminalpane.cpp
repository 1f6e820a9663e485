// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/format.h"
#include "widgets/pages/sandboxes/terminals/terminalpane.h"

#include "widgets/common/accessiblerole.h"
#include "widgets/common/actionregistry.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/strip.h"
#include "widgets/pages/sandboxes/terminals/findbar.h"
#include "widgets/terminal/terminalview.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/measures.h"
#include "widgets/theme/style.h"

#include <QEvent>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QVBoxLayout>

namespace quarry::widgets {

namespace {

QPushButton *smallButton(const QString &text, const QString &icon, ButtonKind kind)
{
    auto *button = new QPushButton(text);
    button->setAccessibleName(text);
    if (!icon.isEmpty())
        button->setIcon(themedIcon(icon));
    setButtonKind(button, kind);
    setSmallButton(button);
    return button;
}

} // namespace

TerminalPane::TerminalPane(ActionRegistry &actions, const QString &subject, QWidget *parent)
    : QWidget(parent), m_actions(actions), m_subject(subject), m_name(new ElidedLabel),
      m_kind(new ElidedLabel),
      m_takeOver(smallButton(tr("Take over"), QStringLiteral("take-over"), ButtonKind::Normal)),
      m_giveBack(smallButton(tr("Give back"), QStringLiteral("give-back"), ButtonKind::Normal)),
      m_close(smallButton({}, QStringLiteral("close"), ButtonKind::Flat)), m_head(makeHead()),
      m_banner(new Strip(measures::RowDense, Tone::AccentSoft, Strip::NoLine)),
      m_bannerText(new ElidedLabel), m_view(new TerminalView), m_find(new FindBar(m_view)),
      m_paste(makePasteRow()), m_end(makeEndRow())
{
    m_bannerText->setType(Type::Small);
    m_bannerText->setTone(Tone::Link);
    m_banner->add(m_bannerText, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 1, 0, 0);
    column->setSpacing(0);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_head, m_banner})
        column->addWidget(widget);
    column->addWidget(m_view, 1);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_paste, m_end, m_find})
        column->addWidget(widget);
    m_view->installEventFilter(this);
    connect(m_view, &TerminalView::typed, this, [this](const QByteArray &bytes) {
        if (m_terminal)
            m_terminal->type(bytes);
    });
    connect(m_view, &TerminalView::gridResized, this, [this](int columns, int rows) {
        if (m_terminal)
            m_terminal->resize(columns, rows);
    });
    connect(m_view, &TerminalView::pasteQuestioned, this, &TerminalPane::askPaste);
    connect(m_view, &TerminalView::menuRequested, this, &TerminalPane::openMenu);
    connect(m_view, &TerminalView::zoomRequested, this, &TerminalPane::zoomRequested);
    connect(m_takeOver, &QPushButton::clicked, this, [this] {
        if (m_terminal)
            m_terminal->takeOver();
        focusTerminal();
    });
    connect(m_giveBack, &QPushButton::clicked, this, [this] {
        if (m_terminal)
            m_terminal->giveBack();
    });
    connect(m_close, &QPushButton::clicked, this, &TerminalPane::closeRequested);
    refresh();
}

Strip *TerminalPane::makeHead()
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
    head->add(sign);
    head->add(m_name);
    head->add(m_kind, 1);
    for (QWidget *button : {m_takeOver, m_giveBack, m_close})
        head->add(button);
    return head;
}

Strip *TerminalPane::makePasteRow()
{
    auto *row = new Strip(measures::ToolBar, Tone::Raised, Strip::LineAbove);
    m_pasteText = new ElidedLabel;
    m_pasteText->setType(Type::Small);
    m_pasteYes = smallButton(tr("Paste"), {}, ButtonKind::Primary);
    auto *no = smallButton(tr("Do not paste"), {}, ButtonKind::Normal);
    row->add(m_pasteText, 1);
    row->add(m_pasteYes);
    row->add(no);
    const auto done = [this, row](bool paste) {
        const QString text = std::exchange(m_pasted, {});
        row->hide();
        focusTerminal();
        if (paste)
            m_view->pasteText(text);
    };
    connect(m_pasteYes, &QPushButton::clicked, this, [done] { done(true); });
    connect(no, &QPushButton::clicked, this, [done] { done(false); });
    row->hide();
    return row;
}

Strip *TerminalPane::makeEndRow()
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
    connect(m_restart, &QPushButton::clicked, this, &TerminalPane::restartRequested);
    connect(m_newShell, &QPushButton::clicked, this, &TerminalPane::newShellRequested);
    row->hide();
    return row;
}

void TerminalPane::show(LiveTerminal *terminal)
{
    if (m_terminal == terminal)
        return;
    if (m_terminal)
        m_terminal->disconnect(this);
    m_terminal = terminal;
    m_told = terminal && terminal->hasEnded();
    m_pasted.clear();
    m_paste->hide();
    refresh(); // before the view takes the screen, which it may give another size
    m_view->setSurface(terminal ? terminal->surface() : nullptr);
    if (!terminal)
        return;
    connect(terminal, &LiveTerminal::stateChanged, this, &TerminalPane::refresh);
    connect(terminal, &LiveTerminal::refused, this, &TerminalPane::problem);
    connect(terminal->surface(), &TerminalSurface::titleChanged, this, &TerminalPane::refresh);
    connect(terminal->surface(), &TerminalSurface::commandEnded, this, [this](int code) {
        announce(m_view,
                 code < 0 ? tr("Command ended") : tr("Command ended with code %1").arg(code));
    });
}

void TerminalPane::refresh()
{
    using Source = LiveTerminal::Source;
    LiveTerminal *terminal = m_terminal;
    const Source source = terminal ? terminal->source() : Source::Shell;
    const bool ended = terminal && terminal->hasEnded();
    const bool watching = terminal && source == Source::Session && terminal->isReadOnly() && !ended;
    m_view->setInteractive(terminal && !terminal->isReadOnly() && !ended);
    QStringList kind;
    if (source == Source::Session)
        kind.append(tr("session"));
    else
        kind.append(source == Source::Recording ? tr("recording") : tr("your shell"));
    if (watching)
        kind.append(tr("read-only"));
    if (terminal && terminal->isTakenOver())
        kind.append(tr("taken over by you"));
    if (ended && source != Source::Recording)
        kind.append(tr("ended"));
    if (terminal && !terminal->surface()->title().isEmpty())
        kind.append(terminal->surface()->title());
    m_name->setText(terminal ? terminal->name() : QString());
    m_kind->setText(kind.join(QStringLiteral(" · ")));
    m_takeOver->setVisible(watching);
    m_giveBack->setVisible(terminal && terminal->isTakenOver());
    m_close->setEnabled(terminal && (source != Source::Session || ended));
    m_banner->setVisible(watching);
    m_bannerText->setText(tr("An agent types here. Take over to type yourself; its calls wait "
                             "until you give back."));
    m_end->setVisible(ended);
    m_endText->setText(ended ? terminal->endReason() : QString());
    m_newShell->setVisible(ended);
    m_restart->setVisible(ended);
    m_view->setAccessibleName(
        terminal ? tr("%1 %2, sandbox %3").arg(kind.first(), terminal->name(), m_subject)
                 : tr("No terminal"));
    if (ended && !std::exchange(m_told, true))
        announce(m_view, terminal->endReason());
}

void TerminalPane::find()
{
    m_find->open();
}

void TerminalPane::setCurrent(bool current)
{
    if (std::exchange(m_current, current) != current)
        update();
}

void TerminalPane::focusTerminal()
{
    m_view->setFocus(Qt::OtherFocusReason);
}

void TerminalPane::askPaste(const QString &text)
{
    m_pasted = text;
    m_pasteText->setText(tr("Paste %1 lines? The first begins with “%2”")
                             .arg(formatCount(text.trimmed().count(QLatin1Char('\n')) + 1),
                                  text.trimmed().section(QLatin1Char('\n'), 0, 0).left(40)));
    m_paste->show();
    m_pasteYes->setFocus(Qt::OtherFocusReason);
    announce(m_paste, m_pasteText->text());
}

void TerminalPane::openMenu(const QPoint &at)
{
    QMenu menu;
    m_actions.fillMenu(&menu, QStringLiteral("terminal"));
    menu.exec(at);
}

bool TerminalPane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view && event->type() == QEvent::FocusIn)
        Q_EMIT activated();
    return QWidget::eventFilter(watched, event);
}

void TerminalPane::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), look().color(Tone::Surface));
    painter.fillRect(0, 0, width(), 1, look().color(m_current ? Tone::Accent : Tone::Border));
}

} // namespace quarry::widgets
