// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The page of GEM over a real engine, and a client that plays there.
#pragma once

#include "gui/pagecheck.h"
#include "hostbench.h"
#include "support/parts.h"
#include "widgets/common/actionregistry.h"
#include "widgets/common/activitymodel.h"
#include "widgets/common/notices.h"
#include "widgets/pages/gem/episodelists.h"
#include "widgets/pages/gem/gempage.h"
#include "widgets/pages/gem/livecount.h"
#include "widgets/pages/gem/stepstrip.h"
#include "widgets/theme/theme.h"

#include <QTest>

namespace quarry::test {

// Tests of the page derive from it; there is a fresh page for each of them.
class GemFixture : public QObject
{
    Q_OBJECT
protected:
    // Before the engine opens, with its data folder.
    virtual void prepare(const QString &) { }

    static bool wait(const std::function<bool()> &until) { return HostBench::wait(until); }
    engine::EngineHost &host() { return m_bench->host(); }
    widgets::GemPage &page() { return *m_page; }
    widgets::ActionRegistry &actions() { return *m_actions; }
    widgets::Notices &notices() { return *m_notices; }
    widgets::EpisodeLists &lists() const { return *m_page->findChild<widgets::EpisodeLists *>(); }
    widgets::StepStrip *strip() const { return m_page->findChild<widgets::StepStrip *>(); }
    void trigger(const char *id) { m_actions->action(QLatin1String(id))->trigger(); }

    // Plays COUNT legal actions as a client does; the episode's id.
    QString episodeOf(const QString &envId, quint32 seed, int count);
    void clientSteps(const QString &environment, const QByteArray &action);
    void clientCloses(const QString &environment);
    gem::EpisodeInfo infoOf(const QString &id);
    // Opens it and waits.
    bool open(const QString &id);
    bool shows(const QString &id, qsizetype steps)
    {
        return wait([&] {
            return m_page->episode().isOpen() && m_page->episode().info().id == id
                && m_page->episode().steps() == steps;
        });
    }

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase() { m_bench.reset(); }

private:
    std::unique_ptr<widgets::Theme> m_theme;
    std::unique_ptr<HostBench> m_bench;
    std::unique_ptr<widgets::ActionRegistry> m_actions;
    std::unique_ptr<widgets::ActivityModel> m_activity;
    std::unique_ptr<widgets::Notices> m_notices;
    std::unique_ptr<widgets::LiveCount> m_live;
    std::unique_ptr<widgets::GemPage> m_page;
};

} // namespace quarry::test
