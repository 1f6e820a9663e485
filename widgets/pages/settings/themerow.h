// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The choice of the workbench's look.
#pragma once

#include <QWidget>

class QComboBox;

namespace quarry::widgets {

class Theme;

class ThemeRow : public QWidget
{
    Q_OBJECT
public:
    // THEME lives as long.
    explicit ThemeRow(Theme &theme, QWidget *parent = nullptr);

protected:
    void showEvent(QShowEvent *event) override;

private:
    Theme &m_theme;
    QComboBox *m_choice;
};

} // namespace quarry::widgets
