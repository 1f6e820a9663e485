// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/rail.h"

#include "widgets/common/accessiblerole.h"
#include "widgets/shell/railitem.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/measures.h"
#include "widgets/theme/style.h"

#include <QPainter>
#include <QVBoxLayout>

namespace quarry::widgets {

namespace {
constexpr int LogoSize = 28;
constexpr int LogoTop = 8;
constexpr int ItemsTop = 48;
} // namespace

Rail::Rail(QWidget *parent) : QWidget(parent), m_top(new QVBoxLayout), m_bottom(new QVBoxLayout)
{
    setAccessibleRole(this, QAccessible::Grouping);
    setAccessibleName(tr("Pages"));
    setFixedWidth(measures::RailWidth);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, ItemsTop, 1, measures::SpaceXs);
    column->setSpacing(0);
    m_top->setSpacing(0);
    m_bottom->setSpacing(0);
    column->addLayout(m_top);
    column->addStretch();
    column->addLayout(m_bottom);
}

void Rail::addItem(const QString &id, const QString &title, const QString &icon, bool atBottom)
{
    auto *item = new RailItem(title, icon, this);
    (atBottom ? m_bottom : m_top)->addWidget(item);
    m_items.insert(id, item);
    connect(item, &QAbstractButton::toggled, this, [this, id](bool on) {
        if (on)
            Q_EMIT chosen(id);
    });
}

void Rail::setBadge(const QString &id, const Badge &badge)
{
    if (RailItem *item = m_items.value(id))
        item->setBadge(badge);
}

void Rail::setCurrent(const QString &id)
{
    if (RailItem *item = m_items.value(id))
        item->setChecked(true);
}

void Rail::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), look().color(Tone::Rail));
    painter.fillRect(width() - 1, 0, 1, height(), look().color(Tone::Border));
    const QRectF logo((measures::RailWidth - LogoSize) / 2.0, LogoTop, LogoSize, LogoSize);
    paintIcon(painter, logo, QStringLiteral("quarry"), Qt::black);
}

} // namespace quarry::widgets
