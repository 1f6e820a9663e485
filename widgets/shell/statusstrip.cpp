// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/statusstrip.h"

#include "widgets/common/activitymodel.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/keyhint.h"
#include "widgets/common/meter.h"
#include "widgets/common/notices.h"
#include "widgets/common/statelabel.h"
#include "widgets/common/strip.h"
#include "widgets/common/tableroles.h"
#include "widgets/theme/measures.h"

#include <QAction>
#include <QVBoxLayout>

namespace quarry::widgets {

namespace {

constexpr int ProgressWidth = 80;

ElidedLabel *makeLabel()
{
    auto *label = new ElidedLabel;
    label->setType(Type::Small);
    label->setTone(Tone::TextSecondary);
    return label;
}

} // namespace

StatusStrip::StatusStrip(ActivityModel *model, Notices *notices, QAction *activity, QWidget *parent)
    : QWidget(parent), m_model(model), m_notices(notices),
      m_mark(new StateLabel(StateLabel::MarkOnly)), m_what(makeLabel()),
      m_bar(new Meter(tr("Progress"), Meter::Progress, ProgressWidth)), m_progress(makeLabel()),
      m_count(makeLabel()), m_noticeCount(makeLabel())
{
    auto *strip = new Strip(measures::StatusStrip, Tone::Window, Strip::LineAbove, this);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(strip);

    strip->setGap(measures::SpaceS);
    strip->setContentsMargins(measures::SpaceXs, 0, 0, 0);
    strip->add(m_mark);
    strip->add(m_what);
    strip->add(m_bar);
    strip->add(m_progress);
    m_countLine = strip->addSeparator();
    strip->add(m_count);
    strip->addStretch();
    strip->add(m_noticeCount);
    strip->addSeparator();
    ActionButton *button = strip->addAction(activity, ActionButton::TextOnly, ButtonKind::Flat);
    setSmallButton(button);
    button->setFixedHeight(measures::StatusStrip - 3);
    strip->add(new KeyHint(activity->shortcut()));

    connect(model, &ActivityModel::summaryChanged, this, &StatusStrip::showActivity);
    connect(notices, &Notices::posted, this, &StatusStrip::showNotices);
    connect(notices, &Notices::closed, this, &StatusStrip::showNotices);
    showActivity();
    showNotices();
}

void StatusStrip::showActivity()
{
    const int row = m_model->rowOf(m_model->current());
    const bool running = row >= 0;
    for (QWidget *part :
         {static_cast<QWidget *>(m_mark), static_cast<QWidget *>(m_bar),
          static_cast<QWidget *>(m_progress), static_cast<QWidget *>(m_count), m_countLine})
        part->setVisible(running);
    if (!running) {
        m_what->setText(tr("Nothing under way"));
        return;
    }
    const auto text = [&](int column) { return m_model->index(row, column).data().toString(); };
    const QVariant done = m_model->index(row, ActivityModel::ProgressColumn).data(MeterRole);
    m_mark->setState(State(m_model->index(row, ActivityModel::StateColumn).data(StateRole).toInt()),
                     text(ActivityModel::StateColumn));
    m_what->setText(text(ActivityModel::WhatColumn));
    m_bar->setValue(done.isValid() ? done.toDouble() : -1);
    QStringList parts;
    for (const int column : {int(ActivityModel::ProgressColumn), int(ActivityModel::RateColumn)}) {
        if (!text(column).isEmpty())
            parts.append(text(column));
    }
    if (!text(ActivityModel::LeftColumn).isEmpty())
        parts.append(tr("%1 left").arg(text(ActivityModel::LeftColumn)));
    m_progress->setText(parts.join(QStringLiteral(" · ")));
    m_count->setText(tr("%n under way", nullptr, m_model->underWay()));
    m_count->setVisible(m_model->underWay() > 1);
    m_countLine->setVisible(m_model->underWay() > 1);
}

void StatusStrip::showNotices()
{
    const int count = int(m_notices->count());
    m_noticeCount->setText(count == 0       ? tr("No notices")
                               : count == 1 ? tr("1 notice")
                                            : tr("%1 notices").arg(count));
}

} // namespace quarry::widgets
