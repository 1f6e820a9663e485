// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/settings/themerow.h"

#include "widgets/common/elidedlabel.h"
#include "widgets/pages/settings/settingrow.h"
#include "widgets/theme/measures.h"
#include "widgets/theme/theme.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>

namespace quarry::widgets {

ThemeRow::ThemeRow(Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_choice(new QComboBox)
{
    m_choice->addItem(tr("As the desktop"), int(SchemeChoice::Desktop));
    m_choice->addItem(tr("Light"), int(SchemeChoice::Light));
    m_choice->addItem(tr("Dark"), int(SchemeChoice::Dark));
    m_choice->setAccessibleName(tr("Theme"));
    auto *name = new QLabel(tr("Theme"));
    name->setFont(themeFont(Type::Small, QFont::Medium));
    name->setBuddy(m_choice);
    auto *from = new ElidedLabel(tr("takes effect at once"));
    auto *fallback = new ElidedLabel(tr("As the desktop"));
    for (ElidedLabel *label : {from, fallback}) {
        label->setType(Type::Small);
        label->setTone(Tone::TextSecondary);
    }
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(measures::SpaceM, 6, measures::SpaceM, 7);
    grid->setHorizontalSpacing(measures::SpaceM);
    grid->setColumnMinimumWidth(0, settingcolumns::Name);
    grid->setColumnMinimumWidth(1, settingcolumns::Value);
    grid->setColumnMinimumWidth(2, settingcolumns::From);
    grid->setColumnStretch(3, 1);
    grid->addWidget(name, 0, 0);
    grid->addWidget(m_choice, 0, 1);
    grid->addWidget(from, 0, 2);
    grid->addWidget(fallback, 0, 3);
    connect(m_choice, &QComboBox::activated, this,
            [this](int at) { m_theme.setChoice(SchemeChoice(m_choice->itemData(at).toInt())); });
    const auto follow
        = [this] { m_choice->setCurrentIndex(m_choice->findData(int(m_theme.choice()))); };
    connect(&m_theme, &Theme::schemeChanged, this, follow);
    follow();
}

// The theme may have been chosen elsewhere without a change of colours.
void ThemeRow::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_choice->setCurrentIndex(m_choice->findData(int(m_theme.choice())));
}

} // namespace quarry::widgets
