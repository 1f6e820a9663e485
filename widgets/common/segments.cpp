// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/segments.h"

#include "widgets/common/accessiblerole.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/measures.h"
#include "widgets/theme/style.h"
#include "widgets/theme/stylepainters.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>

namespace quarry::widgets {

namespace {

// A part of the frame that Segments draws.
class SegmentButton : public QPushButton
{
public:
    using QPushButton::QPushButton;

    QSize sizeHint() const override
    {
        const QFontMetrics metrics(themeFont(Type::Small, QFont::Medium));
        return {metrics.horizontalAdvance(text()) + 20, measures::Control - 2};
    }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    // Arrows only look: what a list shows changes with Space or Return, not on the way.
    void keyPressEvent(QKeyEvent *event) override
    {
        const int key = event->key();
        if (key == Qt::Key_Left || key == Qt::Key_Up)
            focusNeighbour(-1);
        else if (key == Qt::Key_Right || key == Qt::Key_Down)
            focusNeighbour(1);
        else if (key == Qt::Key_Return || key == Qt::Key_Enter)
            click();
        else
            QPushButton::keyPressEvent(event);
    }
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Look &colors = look();
        if (isChecked()) {
            painter.fillRect(rect().adjusted(0, 1, 0, -1), colors.color(Tone::AccentSoft));
            painter.fillRect(QRect(0, height() - 3, width(), 2), colors.color(Tone::Accent));
        } else if (underMouse()) {
            painter.fillRect(rect().adjusted(0, 1, 0, -1), colors.color(Tone::Hover));
        }
        painter.setFont(themeFont(Type::Small, isChecked() ? QFont::Medium : QFont::Normal));
        painter.setPen(colors.color(isEnabled() ? Tone::Text : Tone::TextDisabled));
        painter.drawText(rect(), Qt::AlignCenter, text());
    }

private:
    void focusNeighbour(int step)
    {
        const QList<QAbstractButton *> all = group()->buttons();
        const qsizetype next = all.indexOf(this) + step;
        if (next >= 0 && next < all.size())
            all[next]->setFocus(step > 0 ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    }
};

} // namespace

Segments::Segments(const QString &name, const QStringList &texts, QWidget *parent)
    : QWidget(parent), m_group(new QButtonGroup(this))
{
    setAccessibleRole(this, QAccessible::Grouping);
    setAccessibleName(name);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(1, 0, 1, 0);
    row->setSpacing(1);
    for (const QString &text : texts) {
        auto *button = new SegmentButton(text, this);
        button->setCheckable(true);
        button->setAutoExclusive(true);
        m_group->addButton(button, int(m_group->buttons().size()));
        row->addWidget(button);
    }
    setCurrent(0);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int id, bool on) {
        if (on)
            Q_EMIT currentChanged(id);
    });
}

int Segments::current() const
{
    return m_group->checkedId();
}

void Segments::setCurrent(int index)
{
    if (QAbstractButton *button = m_group->button(index))
        button->setChecked(true);
}

void Segments::setText(int index, const QString &text)
{
    QAbstractButton *button = m_group->button(index);
    if (button && button->text() != text) {
        button->setText(text);
        button->updateGeometry();
    }
}

void Segments::setNames(const QStringList &names)
{
    const auto buttons = m_group->buttons();
    for (qsizetype i = 0; i < std::min(names.size(), buttons.size()); ++i)
        buttons[i]->setAccessibleName(names[i]);
}

void Segments::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Look &colors = look();
    paintFace(painter, rect(), measures::RadiusControl, colors.color(Tone::Raised),
              colors.color(Tone::Border));
    const auto buttons = m_group->buttons();
    for (qsizetype i = 1; i < buttons.size(); ++i)
        painter.fillRect(buttons[i]->x() - 1, 1, 1, height() - 2, colors.color(Tone::Border));
}

} // namespace quarry::widgets
