// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The page of the embedded HTTP server: off, with the button that starts it; on, with what is asked
// of it.
#pragma once

#include "widgets/common/page.h"
#include "widgets/models/servercontrol.h"

class QSplitter;
class QStackedWidget;

namespace quarry::widgets {

class ActionButton;
class ActionRegistry;
class ClientModel;
class ElidedLabel;
class EmptyState;
class ErrorModel;
class FilterEntry;
class RequestDetail;
class RequestFilter;
class RequestModel;
class Segments;
class ServerSide;
class TableView;
class TimePlot;

class ServerPage : public Page
{
    Q_OBJECT
public:
    // All live as long.
    ServerPage(ServerControl &control, ActionRegistry &actions, const QString &dataFolder,
               QWidget *parent = nullptr);

    QList<QWidget *> parts() override;
    bool focusFilter() override;
    void saveState(QSettings &settings) const override;
    void restoreState(const QSettings &settings) override;

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *makeOff(ActionRegistry &actions);
    QWidget *makeRequests(ActionRegistry &actions);
    void addRequestActions(ActionRegistry &actions);
    void stateChanged();
    void take(const RequestBatch &batch);
    void addRate(double rate);
    void showCounts();
    QList<RequestRecord> chosenRecords() const;
    void chosen(ActionRegistry &actions);
    void copyCurl() const;
    void replay();
    void showReplayed(const QList<RequestRecord> &records);

    ServerControl &m_control;
    RequestModel *m_requests;
    RequestFilter *m_filterModel;
    ErrorModel *m_errors;
    ClientModel *m_clients;
    QStackedWidget *m_stack;
    QSplitter *m_splitter;
    QSplitter *m_listSplitter;
    EmptyState *m_off;
    ActionButton *m_freePort = nullptr; // the way out of a busy one
    TimePlot *m_plot;
    TableView *m_table;
    FilterEntry *m_filter;
    Segments *m_groups;
    ElidedLabel *m_counts;
    ElidedLabel *m_foot;
    RequestDetail *m_detail;
    QAction *m_pause = nullptr;
    int m_replays = 0; // whose requests are to come
    ServerSide *m_side;
    QDateTime m_since; // of the start
    ServerControl::State m_shown = ServerControl::State::Off;
    QList<double> m_rates; // a second each, newest last
    qint64 m_total = 0;
    qint64 m_unshown = 0; // since they came faster than they are listed, or the page was hidden
    qint64 m_second = 0; // requests of the second that runs
    qint64 m_secondMs = 0;
};

} // namespace quarry::widgets
