// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The foot of the window: the newest of what is under way, how many notices, the activity panel.
#pragma once

#include <QWidget>

class QAction;

namespace quarry::widgets {

class ActivityModel;
class ElidedLabel;
class Meter;
class Notices;
class StateLabel;

class StatusStrip : public QWidget
{
    Q_OBJECT
public:
    // The models must live as long. ACTIVITY opens and closes the panel.
    StatusStrip(ActivityModel *model, Notices *notices, QAction *activity,
                QWidget *parent = nullptr);

private:
    void showActivity();
    void showNotices();

    ActivityModel *m_model;
    Notices *m_notices;
    StateLabel *m_mark;
    ElidedLabel *m_what;
    Meter *m_bar;
    ElidedLabel *m_progress;
    QWidget *m_countLine;
    ElidedLabel *m_count;
    ElidedLabel *m_noticeCount;
};

} // namespace quarry::widgets
