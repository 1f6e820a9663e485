// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The configuration: defaults, the user's file, a file of --config, the environment, flags; the
// last word wins, and every value knows where it came from. Keys are "section.key" as the contract
// lists them.
#pragma once

#include "base/result.h"

#include <QHash>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>

namespace quarry::config {

// Where the parts come from. Pure data, so that a test may say all of it.
struct Sources {
    QString userFile;   // empty: none; one that does not exist is skipped
    QString configFile; // of --config; empty: none; one that does not exist is an error
    QMap<QString, QString> environment;
    QMap<QString, QString> flags; // key of the schema -> text, lists by comma
    QMap<QString, QString> flagNames; // key -> how the user wrote it, for messages: "--listen"
};

// Sources of this process: $XDG_CONFIG_HOME/quarry/config.{json,yaml,yml} and the environment.
Sources systemSources();

enum class OriginKind { Default, UserFile, ConfigFile, Environment, Flag };

class Config
{
public:
    // Every fault of every source together, a line each, naming file (or variable, or flag), key
    // and the nearest right one.
    static Result<Config> load(const Sources &sources);

    // Values by key. Asking for a key of another type, or one that is not in the schema, is a bug.
    QString text(const QString &key) const;
    QStringList list(const QString &key) const;
    qint64 number(const QString &key) const; // bytes, seconds and counts
    double real(const QString &key) const;
    bool flag(const QString &key) const;
    QJsonObject object(const QString &key) const; // "images.aliases", "models"

    // "default", "/path/config.yaml", "QUARRY_DATA", "--data".
    QString origin(const QString &key) const;
    OriginKind originKind(const QString &key) const;
    QStringList keys() const;
    // As the schema's read() gave it.
    QJsonValue value(const QString &key) const;
    // The value as text, for a person.
    QString shown(const QString &key) const;

    // The file of --config without Quarry's own keys: an AgentFlow server's. Empty: none.
    const QJsonObject &agentFlow() const { return m_agentFlow; }
    // What is odd but no fault: unknown QUARRY_ variables.
    const QStringList &warnings() const { return m_warnings; }

private:
    struct Value {
        QJsonValue value;
        QString origin;
        OriginKind kind = OriginKind::Default;
    };
    friend class Loader;

    QHash<QString, Value> m_values;
    QJsonObject m_agentFlow;
    QStringList m_warnings;
};

} // namespace quarry::config
