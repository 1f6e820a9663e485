// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One page in the rail: icon, name, badge.
#pragma once

#include "widgets/shell/rail.h"

#include <QPushButton>

namespace quarry::widgets {

// A push button to every reader, so that it has the action Press or Toggle.
class RailItem : public QPushButton
{
    Q_OBJECT
public:
    RailItem(const QString &title, const QString &icon, QWidget *parent);

    void setBadge(const Badge &badge);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void paintBadge(QPainter &painter) const;

    QString m_icon;
    Badge m_badge;
};

} // namespace quarry::widgets
