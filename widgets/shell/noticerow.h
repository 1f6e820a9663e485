// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One notice: its sign and sentence, its action, Close.
#pragma once

#include "widgets/common/notices.h"

#include <QWidget>

namespace quarry::widgets {

class NoticeRow : public QWidget
{
    Q_OBJECT
public:
    NoticeRow(const Notice &notice, QWidget *parent);

Q_SIGNALS:
    void closeRequested();
    void actionRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    NoticeKind m_kind;
};

} // namespace quarry::widgets
