// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The narrow column of pages at the window's left.
#pragma once

#include "widgets/theme/look.h"

#include <QHash>
#include <QString>
#include <QWidget>

class QVBoxLayout;

namespace quarry::widgets {

class RailItem;

struct Badge {
    int count = 0; // 0: no badge
    State state = State::Running; // Failed has a shape of its own
    QString text; // for a reader: "14 running"
};

// One stop for Tab; the arrows move and choose.
class Rail : public QWidget
{
    Q_OBJECT
public:
    explicit Rail(QWidget *parent = nullptr);

    void addItem(const QString &id, const QString &title, const QString &icon, bool atBottom);
    void setBadge(const QString &id, const Badge &badge);
    void setCurrent(const QString &id);

Q_SIGNALS:
    void chosen(const QString &id);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QVBoxLayout *m_top;
    QVBoxLayout *m_bottom;
    QHash<QString, RailItem *> m_items;
};

} // namespace quarry::widgets
