// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A whole and its parts: a bar with a legend below.
#pragma once

#include <QList>
#include <QString>
#include <QWidget>

namespace quarry::widgets {

class ShareBar : public QWidget
{
    Q_OBJECT
public:
    struct Part {
        QString name;
        QString value; // "1.4 GiB"
        double share = 0; // 0…1 of the whole
    };

    // NAME is what a reader hears; the parts are its description.
    explicit ShareBar(const QString &name, QWidget *parent = nullptr);

    // In the order of the plots' colours; eight at most.
    void setParts(const QList<Part> &parts);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QList<Part> m_parts;
};

} // namespace quarry::widgets
