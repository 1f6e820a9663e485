// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/patterns/propertylist.h"

#include "widgets/common/elidedlabel.h"
#include "widgets/theme/buttonkind.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/measures.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>

namespace quarry::widgets {

PropertyList::PropertyList(QWidget *parent) : QWidget(parent), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(measures::SpaceM, measures::SpaceM, measures::SpaceM,
                               measures::SpaceM);
    m_grid->setHorizontalSpacing(measures::SpaceL);
    m_grid->setVerticalSpacing(measures::SpaceXs);
    m_grid->setColumnStretch(1, 1);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void PropertyList::add(const QString &id, const QString &label, Face face, const QString &copyName)
{
    const int row = m_grid->rowCount();
    auto *name = new ElidedLabel(label, this);
    name->setType(Type::Small);
    name->setTone(Tone::TextSecondary);
    auto *value = new ElidedLabel(QStringLiteral("–"), this);
    value->setType(face == Mono ? Type::Mono : Type::Small);
    value->setElide(face == Mono ? Qt::ElideMiddle : Qt::ElideRight);
    name->setBuddy(value);
    auto *cell = new QHBoxLayout;
    cell->setSpacing(measures::SpaceXs);
    cell->addWidget(value);
    QPushButton *button = nullptr;
    if (!copyName.isEmpty()) {
        button = new QPushButton(this);
        button->setIcon(themedIcon(QStringLiteral("copy"), Tone::TextSecondary));
        button->setAccessibleName(copyName);
        button->setToolTip(copyName);
        setButtonKind(button, ButtonKind::Flat);
        setSmallButton(button);
        button->setFixedSize(20, 20);
        button->setEnabled(false);
        connect(button, &QPushButton::clicked, this,
                [this, id] { QGuiApplication::clipboard()->setText(this->value(id)); });
        cell->addWidget(button);
    }
    cell->addStretch();
    m_grid->addWidget(name, row, 0);
    m_grid->addLayout(cell, row, 1);
    m_grid->setRowMinimumHeight(row, 20);
    m_lines.insert(id, {name, value, button, row});
}

void PropertyList::setValue(const QString &id, const QString &value, const QString &tip)
{
    const auto line = m_lines.constFind(id);
    if (line == m_lines.constEnd())
        return;
    line->value->setText(value.isEmpty() ? QStringLiteral("–") : value);
    line->value->setToolTip(tip.toHtmlEscaped());
    line->value->setProperty("value", value);
    if (line->copy)
        line->copy->setEnabled(!value.isEmpty());
}

void PropertyList::setShown(const QString &id, bool shown)
{
    const auto line = m_lines.constFind(id);
    if (line == m_lines.constEnd())
        return;
    line->name->setVisible(shown);
    line->value->setVisible(shown);
    if (line->copy)
        line->copy->setVisible(shown);
    m_grid->setRowMinimumHeight(line->row, shown ? 20 : 0);
}

QString PropertyList::value(const QString &id) const
{
    const auto line = m_lines.constFind(id);
    return line == m_lines.constEnd() ? QString() : line->value->property("value").toString();
}

} // namespace quarry::widgets
