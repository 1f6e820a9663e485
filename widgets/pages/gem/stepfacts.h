// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The right side of the page: what the player was told, the return so far, and the info.
#pragma once

#include "widgets/pages/gem/openepisode.h"

#include <QWidget>

class QPlainTextEdit;
class QSplitter;
class QTabWidget;

namespace quarry::widgets {

class ActionRegistry;
class ElidedLabel;
class InfoModel;
class StepPlot;

class StepFactsPane : public QWidget
{
    Q_OBJECT
public:
    explicit StepFactsPane(ActionRegistry &actions, QWidget *parent = nullptr);

    void showView(qsizetype step, const StepView &view);
    void clear();
    StepPlot *plot() const { return m_plot; }
    // Beside the plot: what the second line is, or what a comparison found.
    void setNote(const QString &note);
    QTabWidget *tabs() const { return m_tabs; }

private:
    QTabWidget *m_tabs;
    QPlainTextEdit *m_observation;
    QPlainTextEdit *m_raw;
    ElidedLabel *m_note;
    StepPlot *m_plot;
    InfoModel *m_info;
};

} // namespace quarry::widgets
