// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/noticebar.h"

#include "widgets/common/accessiblerole.h"
#include "widgets/shell/noticerow.h"
#include "widgets/shell/readingorder.h"

#include <QVBoxLayout>

namespace quarry::widgets {

NoticeBar::NoticeBar(Notices *notices, QWidget *parent)
    : QWidget(parent), m_notices(notices), m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    setVisible(false);
    connect(notices, &Notices::posted, this, &NoticeBar::open);
    connect(notices, &Notices::closed, this, &NoticeBar::close);
}

void NoticeBar::open(NoticeId id)
{
    const Notice notice = m_notices->notice(id);
    auto *row = new NoticeRow(notice, this);
    connect(row, &NoticeRow::closeRequested, this, [this, id] { m_notices->close(id); });
    connect(row, &NoticeRow::actionRequested, this, [this, id] { m_notices->act(id); });
    m_rows.insert(id, row);
    m_column->addWidget(row);
    setVisible(true);
    row->show();
    announce(row, notice.text);
}

void NoticeBar::close(NoticeId id)
{
    QWidget *row = m_rows.take(id);
    if (!row)
        return;
    leavePart(row);
    m_column->removeWidget(row);
    row->hide();
    row->deleteLater();
    setVisible(!m_rows.isEmpty());
}

} // namespace quarry::widgets
