// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/terminals/findbar.h"

#include "widgets/common/format.h"
#include "widgets/common/iconentry.h"
#include "widgets/terminal/terminalview.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/measures.h"

#include <QKeyEvent>
#include <QLabel>

namespace quarry::widgets {

namespace {

QPushButton *button(const QString &text, const QString &name, const QString &icon = {})
{
    auto *made = new QPushButton(text);
    made->setAccessibleName(name);
    made->setToolTip(name);
    if (!icon.isEmpty())
        made->setIcon(themedIcon(icon));
    setButtonKind(made, ButtonKind::Flat);
    setSmallButton(made);
    return made;
}

} // namespace

FindBar::FindBar(TerminalView *view, QWidget *parent)
    : Strip(measures::ToolBar, Tone::Raised, LineAbove, parent), m_view(view),
      m_entry(new IconEntry(QStringLiteral("search"))), m_count(new QLabel),
      m_case(button(tr("Aa"), tr("Match case"))),
      m_regex(button(tr(".*"), tr("Regular expression")))
{
    m_entry->setAccessibleName(tr("Find in terminal"));
    m_entry->setPlaceholderText(tr("Find"));
    m_case->setCheckable(true);
    m_regex->setCheckable(true);
    m_count->setFont(themeFont(Type::Small));
    auto *previous = button({}, tr("Previous match"), QStringLiteral("chevron-up"));
    auto *next = button({}, tr("Next match"), QStringLiteral("chevron-down"));
    auto *done = button({}, tr("Close find"), QStringLiteral("close"));
    add(m_entry, 1);
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_case, m_regex, m_count, previous, next, done})
        add(widget);
    connect(m_entry, &QLineEdit::textChanged, this, &FindBar::search);
    connect(m_case, &QPushButton::toggled, this, &FindBar::search);
    connect(m_regex, &QPushButton::toggled, this, &FindBar::search);
    connect(previous, &QPushButton::clicked, this, [this] { choose(false); });
    connect(next, &QPushButton::clicked, this, [this] { choose(true); });
    connect(done, &QPushButton::clicked, this, &FindBar::close);
    connect(&view->search(), &TerminalSearch::changed, this, &FindBar::showCount);
    connect(&view->search(), &TerminalSearch::chosen, this, &FindBar::showCount);
    hide();
}

void FindBar::open()
{
    show();
    const QString selected = m_view->selectedText();
    if (!selected.isEmpty() && !selected.contains(QLatin1Char('\n')))
        m_entry->setText(selected);
    m_entry->setFocus(Qt::ShortcutFocusReason);
    m_entry->selectAll();
    search();
}

void FindBar::close()
{
    m_view->search().start({}, terminal::Search::Kind::Literal, Qt::CaseInsensitive);
    m_view->setFocus(Qt::OtherFocusReason);
    hide();
}

void FindBar::search()
{
    m_view->search().start(m_entry->text(),
                           m_regex->isChecked() ? terminal::Search::Kind::Regex
                                                : terminal::Search::Kind::Literal,
                           m_case->isChecked() ? Qt::CaseSensitive : Qt::CaseInsensitive);
}

void FindBar::choose(bool next)
{
    const std::uint64_t line = m_view->topLine();
    m_view->search().choose(next, line);
}

void FindBar::showCount()
{
    const TerminalSearch &search = m_view->search();
    const QString error = search.error();
    const auto count = qint64(search.matches().size());
    if (!search.isActive())
        m_count->clear();
    else if (!error.isEmpty())
        m_count->setText(error);
    else if (search.current() >= 0)
        m_count->setText(tr("%1 of %2").arg(formatCount(search.current() + 1), formatCount(count)));
    else if (count == 0)
        m_count->setText(search.isDone() ? tr("nothing found") : tr("searching"));
    else
        m_count->setText(tr("%n found", nullptr, int(count)));
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        choose(event->modifiers() & Qt::ShiftModifier);
    else
        Strip::keyPressEvent(event);
}

} // namespace quarry::widgets
