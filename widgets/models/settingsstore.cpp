// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/settingsstore.h"

#include "base/pool.h"
#include "config/edit.h"

namespace quarry::widgets {

SettingsStore::SettingsStore(config::Sources sources, config::Config config, QString newFile,
                             QObject *parent)
    : QObject(parent), m_sources(std::move(sources)), m_config(std::move(config)),
      m_newFile(std::move(newFile))
{
    m_pool.setMaxThreadCount(1);
}

SettingsStore::~SettingsStore()
{
    m_pool.waitForDone();
}

QString SettingsStore::file() const
{
    return m_sources.userFile.isEmpty() ? m_newFile : m_sources.userFile;
}

bool SettingsStore::canSet(const QString &key) const
{
    const config::OriginKind kind = m_config.originKind(key);
    return kind == config::OriginKind::Default || kind == config::OriginKind::UserFile;
}

void SettingsStore::set(const QString &key, const std::optional<QJsonValue> &value,
                        Callback<void> done)
{
    m_sources.userFile = file();
    runInPool<config::Config>(
        m_pool, this,
        [sources = m_sources, key, value]() -> Result<config::Config> {
            if (const Result<void> edited = config::editFile(sources.userFile, key, value); !edited)
                return edited.error();
            return config::Config::load(sources);
        },
        [this, done = std::move(done)](const Result<config::Config> &config) {
            if (!config) {
                done(config.error());
                return;
            }
            m_config = *config;
            Q_EMIT changed();
            done({});
        });
}

} // namespace quarry::widgets
