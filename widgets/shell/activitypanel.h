// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Everything under way and what became of it, at the bottom of the window.
#pragma once

#include <QWidget>

class QPushButton;
class QSettings;

namespace quarry::widgets {

class ActivityModel;
class TableView;

class ActivityPanel : public QWidget
{
    Q_OBJECT
public:
    // MODEL must live as long.
    explicit ActivityPanel(ActivityModel *model, QWidget *parent = nullptr);

    void saveState(QSettings &settings) const;
    void restoreState(const QSettings &settings);

Q_SIGNALS:
    void closeRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void cancelSelected();
    void updateButtons();

    ActivityModel *m_model;
    TableView *m_table;
    QPushButton *m_cancel;
};

} // namespace quarry::widgets
