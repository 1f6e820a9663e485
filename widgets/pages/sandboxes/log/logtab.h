// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The tab of the API calls made on the chosen sandbox, the newest first. It follows them while it
// is seen; what came meanwhile is there when it is seen again.
#pragma once

#include "engine/enginehost.h"
#include "widgets/models/calllog.h"

#include <QStackedWidget>

class QSettings;
class QSplitter;

namespace quarry::widgets {

class ActionRegistry;
class ElidedLabel;
class FilterEntry;
class RequestDetail;
class RequestFilter;
class RequestModel;
class Segments;
class ServerControl;
class TableView;

class LogTab : public QStackedWidget
{
    Q_OBJECT
public:
    struct Parts {
        engine::EngineHost &host;
        CallLog &log; // on the engine's thread
        const ServerControl &server;
        ActionRegistry &actions;
    };
    // All of PARTS live as long. Adds the action call.copyCurl.
    explicit LogTab(const Parts &parts, QWidget *parent = nullptr);

    void show(const sandbox::SandboxInfo &info);
    using QWidget::show;

    void saveState(QSettings &settings) const;
    void restoreState(const QSettings &settings);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *makeList();
    void watch(const QString &id);
    void take(quint64 ticket, const QList<RequestRecord> &calls, qint64 total);
    void chosen();
    void showFoot();
    QList<RequestRecord> chosenRecords() const;

    Parts m_parts;
    RequestModel *m_model;
    RequestFilter *m_filterModel;
    TableView *m_table;
    FilterEntry *m_filter;
    Segments *m_groups;
    ElidedLabel *m_foot;
    RequestDetail *m_detail;
    QSplitter *m_splitter;
    QString m_id;
    quint64 m_ticket = 0; // of the last watch
    qint64 m_total = 0;
};

} // namespace quarry::widgets
