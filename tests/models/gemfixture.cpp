// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gemfixture.h"

namespace quarry::test {

using namespace Qt::StringLiterals;
using namespace quarry::widgets;

void GemFixture::initTestCase()
{
    m_theme = std::make_unique<Theme>(SchemeChoice::Light);
    m_bench = std::make_unique<HostBench>([this](const QString &folder) { prepare(folder); });
    QUARRY_NEEDS(m_bench->problem());
}

void GemFixture::init()
{
    m_actions = std::make_unique<ActionRegistry>();
    m_activity = std::make_unique<ActivityModel>();
    m_notices = std::make_unique<Notices>();
    m_live = std::make_unique<LiveCount>(m_bench->host());
    m_page = std::make_unique<GemPage>(
        GemPage::Parts{m_bench->host(), *m_actions, *m_activity, *m_notices, *m_live});
    m_page->resize(1364, 820);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
}

void GemFixture::cleanup()
{
    m_page.reset();
    m_live.reset();
    m_notices.reset();
    m_activity.reset();
    m_actions.reset();
}

QString GemFixture::episodeOf(const QString &envId, quint32 seed, int count)
{
    QString episode;
    m_bench->host().ask<QString>(
        this,
        [=](engine::Engine &engine, const Callback<QString> &done) {
            gem::EnvironmentSpec spec;
            spec.envId = envId;
            const QString id = *engine.gem().make(spec);
            engine.gem().reset(id, seed, [=, &engine](const Result<std::string> &) {
                for (int step = 0; step < count; ++step)
                    engine.gem().step(id, "random_action", [](const Result<std::string> &) { });
                done(gem::episodeId(id, 1));
            });
        },
        [&](const Result<QString> &id) { episode = id ? *id : u"none"_s; });
    wait([&] { return !episode.isEmpty(); });
    return episode;
}

void GemFixture::clientSteps(const QString &environment, const QByteArray &action)
{
    m_bench->host().post([=](engine::Engine &engine) {
        engine.gem().step(environment, action, [](const Result<std::string> &) { });
    });
}

gem::EpisodeInfo GemFixture::infoOf(const QString &id)
{
    std::optional<gem::EpisodeInfo> info;
    m_bench->host().ask<gem::EpisodeInfo>(
        this,
        [id](engine::Engine &engine, const Callback<gem::EpisodeInfo> &done) {
            done(engine.gem().episode(id));
        },
        [&](const Result<gem::EpisodeInfo> &found) { info = found ? *found : gem::EpisodeInfo(); });
    wait([&] { return info.has_value(); });
    return *info;
}

void GemFixture::clientCloses(const QString &environment)
{
    m_bench->host().post([=](engine::Engine &engine) { (void)engine.gem().close(environment); });
}

bool GemFixture::open(const QString &id)
{
    m_page->showEpisode(infoOf(id));
    return wait([&] { return m_page->episode().isOpen() && m_page->episode().info().id == id; });
}

} // namespace quarry::test
