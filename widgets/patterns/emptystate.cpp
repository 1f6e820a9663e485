// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/patterns/emptystate.h"

#include "widgets/common/actionbutton.h"
#include "widgets/common/codeblock.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/keyhint.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/measures.h"
#include "widgets/theme/style.h"

#include <QAction>
#include <QHBoxLayout>
#include <QPainter>

namespace quarry::widgets {

namespace {

constexpr int ColumnWidth = 480;

class BigIcon : public QWidget
{
public:
    explicit BigIcon(const QString &icon) : m_icon(icon)
    {
        setFixedSize(measures::IconEmpty, measures::IconEmpty);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintIcon(painter, rect(), m_icon, look().color(Tone::TextSecondary));
    }

private:
    QString m_icon;
};

class Line : public QWidget
{
public:
    Line() { setFixedHeight(1); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter(this).fillRect(rect(), look().color(Tone::Border));
    }
};

} // namespace

EmptyState::EmptyState(const QString &icon, const QString &title, const QString &sentence,
                       QWidget *parent)
    : QWidget(parent), m_title(new QLabel(this)), m_sentence(new QLabel(this)),
      m_buttons(new QHBoxLayout), m_column(new QVBoxLayout), m_holder(new QWidget(this))
{
    m_title->setTextFormat(Qt::PlainText);
    m_title->setFont(themeFont(Type::Display, QFont::DemiBold));
    m_title->setWordWrap(true);
    m_sentence->setTextFormat(Qt::RichText);
    m_sentence->setWordWrap(true);
    m_sentence->setForegroundRole(QPalette::PlaceholderText);
    setTexts(title, sentence);
    m_buttons->setSpacing(measures::SpaceS);

    m_column->setSpacing(0);
    m_column->addWidget(new BigIcon(icon));
    m_column->addSpacing(measures::SpaceL);
    m_column->addWidget(m_title);
    m_column->addSpacing(measures::SpaceXs);
    m_column->addWidget(m_sentence);
    m_column->addSpacing(measures::SpaceL);
    m_column->addLayout(m_buttons);

    m_holder->setMaximumWidth(ColumnWidth);
    m_holder->setMinimumWidth(240);
    m_holder->setLayout(m_column);
    m_column->setContentsMargins(measures::SpaceXs, 0, measures::SpaceXs, 0);
    auto *across = new QHBoxLayout;
    across->addStretch(1);
    across->addWidget(m_holder, 1000);
    across->addStretch(1);
    auto *down = new QVBoxLayout(this);
    down->addStretch(5);
    down->addLayout(across);
    down->addStretch(6); // a little above the middle looks like the middle
}

ActionButton *EmptyState::addAction(QAction *action)
{
    const bool first = m_buttons->count() == 0;
    auto *button = new ActionButton(action, ActionButton::Text, this);
    button->setKind(first ? ButtonKind::Primary : ButtonKind::Normal);
    if (first) {
        m_buttons->addWidget(button);
        m_buttons->addStretch();
        if (!action->shortcut().isEmpty())
            m_buttons->addWidget(new KeyHint(action->shortcut(), this));
    } else {
        int at = 0;
        while (at < m_buttons->count() && m_buttons->itemAt(at)->widget())
            ++at;
        m_buttons->insertWidget(at, button);
    }
    // Of another language they may be wider than the prose.
    m_holder->setMaximumWidth(
        std::max(ColumnWidth, m_buttons->minimumSize().width() + 2 * measures::SpaceXs));
    return button;
}

void EmptyState::addShellLine(const QString &command)
{
    auto *label = new ElidedLabel(tr("The same from a shell"), this);
    label->setType(Type::Small);
    label->setTone(Tone::TextSecondary);
    auto *block = new CodeBlock(tr("shell command"), this);
    block->setCode(command);
    m_column->addSpacing(measures::SpaceL + measures::SpaceS);
    m_column->addWidget(new Line);
    m_column->addSpacing(measures::SpaceM);
    m_column->addWidget(label);
    m_column->addSpacing(measures::SpaceS);
    m_column->addWidget(block);
    m_column->addSpacing(measures::SpaceS);
}

void EmptyState::addRow(QWidget *widget)
{
    m_column->addSpacing(measures::SpaceS);
    m_column->addWidget(widget);
}

void EmptyState::setTexts(const QString &title, const QString &sentence)
{
    m_title->setText(title);
    // Prose has more room between its lines than labels have.
    m_sentence->setText(
        QStringLiteral("<p style='line-height:125%'>%1</p>").arg(sentence.toHtmlEscaped()));
}

void EmptyState::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), look().color(Tone::Surface));
}

} // namespace quarry::widgets
