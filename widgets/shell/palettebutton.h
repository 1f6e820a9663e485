// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The box in the top bar that looks like the palette's entry and opens it.
#pragma once

#include <QPushButton>

class QAction;

namespace quarry::widgets {

class PaletteButton : public QPushButton
{
    Q_OBJECT
public:
    explicit PaletteButton(QAction *action, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_keys;
};

} // namespace quarry::widgets
