// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The left side of the page: environments, and the episodes of the chosen one.
#pragma once

#include "widgets/pages/gem/episodemodel.h"

#include <QWidget>

class QSettings;
class QSplitter;

namespace quarry::widgets {

class ActionRegistry;
class ElidedLabel;
class FilterEntry;
class KindFilter;
class KindModel;
class Strip;
class TableView;

class EpisodeLists : public QWidget
{
    Q_OBJECT
public:
    EpisodeLists(engine::EngineHost &host, ActionRegistry &actions, QWidget *parent = nullptr);

    QString kind() const;
    void showKind(const QString &envId);
    void addPackageIds(const QStringList &ids);
    // Selects it once it is listed.
    void showEpisode(const QString &id);
    // Those that are selected, as the table has them.
    QList<gem::EpisodeInfo> chosen() const;

    TableView *kinds() const { return m_kinds; }
    TableView *episodes() const { return m_episodes; }
    FilterEntry *filter() const { return m_filter; }
    EpisodeModel &model() const { return *m_model; }

    void saveState(QSettings &settings) const;
    void restoreState(const QSettings &settings);

Q_SIGNALS:
    void kindChanged();
    void choiceChanged();

private:
    int rowOfKind(const QString &envId) const;
    void filterKinds(const QString &text);
    void kindChosen();
    void totalChanged();

    EpisodeModel *m_model;
    KindModel *m_kindModel;
    KindFilter *m_kindFilter;
    FilterEntry *m_filter;
    TableView *m_kinds;
    TableView *m_episodes;
    ElidedLabel *m_count;
    Strip *m_head;
    QSplitter *m_splitter;
    QString m_wanted; // an episode to be selected when it comes
};

} // namespace quarry::widgets
