// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The page of GEM's environments and of the episodes that were played in them.
#pragma once

#include "widgets/common/page.h"
#include "widgets/pages/gem/gemwork.h"
#include "widgets/pages/gem/openepisode.h"

class QSplitter;

namespace quarry::widgets {

class ActionRegistry;
class ElidedLabel;
class EpisodeLists;
class EpisodeStage;
class GemActions;
class LiveCount;
class StepFactsPane;
class StepStrip;

class GemPage : public Page
{
    Q_OBJECT
public:
    struct Parts {
        engine::EngineHost &host;
        ActionRegistry &actions;
        ActivityModel &activity;
        Notices &notices;
        LiveCount &live;
    };
    // All of PARTS live as long.
    explicit GemPage(const Parts &parts, QWidget *parent = nullptr);

    // Chooses it, and opens it.
    void showEpisode(const gem::EpisodeInfo &info);
    void goTo(qsizetype step);
    qsizetype step() const { return m_step; }
    const OpenEpisode &episode() const { return m_episode; }

    QList<QWidget *> parts() override;
    bool focusFilter() override;
    void saveState(QSettings &settings) const override;
    void restoreState(const QSettings &settings) override;

protected:
    void showEvent(QShowEvent *event) override;

private:
    void makeActions();
    void askPackage();
    void makeLayout();
    void chosen();
    void open(const QString &id);
    void opened();
    void grown();
    void changed();
    void refresh();
    void showEmpty();
    void showCount();
    void playByHand();
    void askSeed();
    void askExport();
    void askImport();
    void compare();
    void compared();

    Parts m_parts;
    OpenEpisode m_episode;
    OpenEpisode m_other; // to compare with
    GemWork m_work;
    GemActions *m_actions = nullptr;
    EpisodeLists *m_lists = nullptr;
    EpisodeStage *m_stage = nullptr;
    StepFactsPane *m_facts = nullptr;
    StepStrip *m_strip = nullptr;
    ElidedLabel *m_stripNote = nullptr;
    QSplitter *m_splitter = nullptr;
    qsizetype m_step = 0;
    QString m_openId; // asked for
    QString m_chosenId; // in the list
};

} // namespace quarry::widgets
