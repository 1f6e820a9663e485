// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The configuration as it stands, and the way to change what a person's file says.
#pragma once

#include "config/config.h"

#include <QObject>
#include <QThreadPool>

namespace quarry::widgets {

class SettingsStore : public QObject
{
    Q_OBJECT
public:
    // CONFIG is what SOURCES gave at the start. NEWFILE is made where the person has no file yet.
    SettingsStore(config::Sources sources, config::Config config, QString newFile,
                  QObject *parent = nullptr);
    ~SettingsStore() override; // waits for a write that has begun

    const config::Config &config() const { return m_config; }
    // Where set() writes.
    QString file() const;
    // Whether the value can be changed there: it comes from the file or is the default.
    bool canSet(const QString &key) const;

    // Writes VALUE, as the schema reads it, or takes the key out of the file; on another thread,
    // one after the other. DONE comes after changed(), or with why not.
    void set(const QString &key, const std::optional<QJsonValue> &value, Callback<void> done);

Q_SIGNALS:
    void changed();

private:
    config::Sources m_sources;
    config::Config m_config;
    QString m_newFile;
    QThreadPool m_pool; // one thread: writes keep their order
};

} // namespace quarry::widgets
