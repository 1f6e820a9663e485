// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/config.h"

#include "base/nearest.h"
#include "config/document.h"
#include "config/schema.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QProcessEnvironment>
#include <QStandardPaths>

namespace quarry::config {

using namespace Qt::StringLiterals;

namespace {

// Of AgentFlow's own server file: known at its top, and none of Quarry's business here.
const QStringList agentFlowKeys{u"server"_s, u"resources"_s, u"apis"_s,
                                u"warmup"_s, u"tools"_s,     u"security"_s};

// Whether the file of --config is an AgentFlow server's, with Quarry's own keys under "quarry". One
// that holds nothing but Quarry's sections is taken as if it were the user's file.
bool isAgentFlow(const QJsonObject &document)
{
    const QJsonObject server = document.value(u"server"_s).toObject();
    for (const QString &key : {u"url"_s, u"host"_s, u"port"_s, u"title"_s, u"description"_s,
                               u"cleanup_interval"_s, u"log_level"_s}) {
        if (server.contains(key))
            return true;
    }
    for (const QString &key :
         {u"quarry"_s, u"resources"_s, u"apis"_s, u"warmup"_s, u"tools"_s, u"security"_s}) {
        if (document.contains(key))
            return true;
    }
    return false;
}

bool isRemark(const QString &key)
{
    return key.startsWith(u"_comment"_s) || key == u"$schema"_s;
}

} // namespace

// Reads source after source into one Config and gathers what is wrong.
class Loader
{
public:
    explicit Loader(const Sources &sources) : m_sources(sources) { }

    Result<Config> load();

private:
    void defaults();
    void file(const QString &path, bool whole);
    void group(const QString &path, OriginKind kind, const QString &prefix,
               const QJsonObject &object);
    void environment();
    void flags();
    void set(const Key &key, const Read &value, const QString &origin, OriginKind kind);
    void unknown(const QString &where, const QString &prefix, const QString &name);

    const Sources &m_sources;
    Config m_config;
    QStringList m_faults;
};

Result<Config> Loader::load()
{
    defaults();
    if (!m_sources.userFile.isEmpty() && QFile::exists(m_sources.userFile))
        file(m_sources.userFile, true);
    if (!m_sources.configFile.isEmpty())
        file(m_sources.configFile, false);
    environment();
    flags();
    if (!m_faults.isEmpty())
        return {ErrorCode::InvalidArgument, m_faults.join(u'\n')};
    return m_config;
}

void Loader::defaults()
{
    for (const Key &key : schema())
        m_config.m_values.insert(key.name, {key.fallback, u"default"_s, OriginKind::Default});
}

// WHOLE: all of it is Quarry's. Otherwise Quarry's keys stand under "quarry", and the rest is
// AgentFlow's.
void Loader::file(const QString &path, bool whole)
{
    auto document = readDocument(path);
    if (!document) {
        m_faults.append(document.error().message);
        return;
    }
    QJsonObject own = *document;
    if (!whole && isAgentFlow(*document)) {
        const QJsonValue part = document->value(u"quarry"_s);
        if (!part.isObject() && !part.isUndefined() && !part.isNull())
            m_faults.append(u"%1: quarry must be a group of keys"_s.arg(path));
        own = part.toObject();
        m_config.m_agentFlow = *document;
        m_config.m_agentFlow.remove(u"quarry"_s);
        for (const QString &key : m_config.m_agentFlow.keys()) {
            if (!agentFlowKeys.contains(key) && !isRemark(key))
                unknown(path, {}, key);
        }
    }
    QStringList unset;
    own = expanded(own, m_sources.environment, &unset).toObject();
    for (const QString &name : std::as_const(unset))
        m_faults.append(u"%1: the variable %2 is not set"_s.arg(path, name));
    group(path, whole ? OriginKind::UserFile : OriginKind::ConfigFile, {}, own);
}

void Loader::group(const QString &path, OriginKind kind, const QString &prefix,
                   const QJsonObject &object)
{
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QString name = prefix + it.key();
        if (isRemark(it.key()))
            continue;
        if (const Key *key = findKey(name)) {
            set(*key, read(*key, it.value()), path, kind);
            continue;
        }
        const auto &keys = schema();
        const bool isGroup = std::any_of(keys.begin(), keys.end(), [&](const Key &key) {
            return key.name.startsWith(name + u'.');
        });
        if (!isGroup)
            unknown(path, prefix, it.key());
        else if (it.value().isNull())
            continue; // a heading with nothing below it
        else if (!it.value().isObject())
            m_faults.append(u"%1: %2 must be a group of keys"_s.arg(path, name));
        else
            group(path, kind, name + u'.', it.value().toObject());
    }
}

void Loader::unknown(const QString &where, const QString &prefix, const QString &name)
{
    QStringList candidates = prefix.isEmpty() ? agentFlowKeys : QStringList();
    for (const Key &key : schema()) {
        if (key.name.startsWith(prefix))
            candidates.append(key.name.mid(prefix.size()).section(u'.', 0, 0));
    }
    candidates.removeDuplicates();
    const QString near = nearest(name, candidates);
    m_faults.append(u"%1: there is no key %2%3%4"_s.arg(
        where, prefix, name,
        near.isEmpty() ? QString() : u"; did you mean %1%2?"_s.arg(prefix, near)));
}

void Loader::environment()
{
    QStringList names;
    for (const Key &key : schema()) {
        const QString name = environmentName(key);
        names.append(name);
        const auto given = m_sources.environment.constFind(name);
        if (given != m_sources.environment.constEnd() && !given->isEmpty())
            set(key, readText(key, *given), name, OriginKind::Environment);
    }
    for (auto it = m_sources.environment.begin(); it != m_sources.environment.end(); ++it) {
        if (!it.key().startsWith(u"QUARRY_"_s) || names.contains(it.key()))
            continue;
        const QString near = nearest(it.key(), names);
        m_config.m_warnings.append(u"the variable %1 means nothing%2"_s.arg(
            it.key(), near.isEmpty() ? QString() : u"; did you mean %1?"_s.arg(near)));
    }
}

void Loader::flags()
{
    for (auto it = m_sources.flags.begin(); it != m_sources.flags.end(); ++it) {
        const Key *key = findKey(it.key());
        Q_ASSERT(key);
        set(*key, readText(*key, it.value()), m_sources.flagNames.value(it.key(), it.key()),
            OriginKind::Flag);
    }
}

void Loader::set(const Key &key, const Read &value, const QString &origin, OriginKind kind)
{
    if (value.fault.isEmpty())
        m_config.m_values.insert(key.name, {value.value, origin, kind});
    else
        m_faults.append(u"%1: %2 %3"_s.arg(origin, key.name, value.fault));
}

Sources systemSources()
{
    Sources sources;
    const QString folder
        = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/quarry"_s;
    for (const QString &name : {u"config.json"_s, u"config.yaml"_s, u"config.yml"_s}) {
        const QString path = folder + u'/' + name;
        if (sources.userFile.isEmpty() && QFile::exists(path))
            sources.userFile = path;
    }
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QStringList names = environment.keys();
    for (const QString &name : names)
        sources.environment.insert(name, environment.value(name));
    return sources;
}

Result<Config> Config::load(const Sources &sources)
{
    return Loader(sources).load();
}

QString Config::text(const QString &key) const
{
    return m_values[key].value.toString();
}

QStringList Config::list(const QString &key) const
{
    QStringList items;
    const QJsonArray array = m_values[key].value.toArray();
    for (const QJsonValue &item : array)
        items.append(item.toString());
    return items;
}

qint64 Config::number(const QString &key) const
{
    return m_values[key].value.toInteger();
}

double Config::real(const QString &key) const
{
    return m_values[key].value.toDouble();
}

bool Config::flag(const QString &key) const
{
    return m_values[key].value.toBool();
}

QJsonObject Config::object(const QString &key) const
{
    return m_values[key].value.toObject();
}

QString Config::origin(const QString &key) const
{
    return m_values[key].origin;
}

OriginKind Config::originKind(const QString &key) const
{
    return m_values[key].kind;
}

QJsonValue Config::value(const QString &key) const
{
    return m_values[key].value;
}

QStringList Config::keys() const
{
    QStringList names;
    for (const Key &key : schema())
        names.append(key.name);
    return names;
}

QString Config::shown(const QString &key) const
{
    const QJsonValue value = m_values[key].value;
    if (value.isArray())
        return list(key).join(u", "_s);
    if (value.isObject())
        return value.toObject().keys().join(u", "_s);
    if (value.isBool())
        return value.toBool() ? u"true"_s : u"false"_s;
    if (value.isDouble())
        return QString::number(value.toDouble(), 'g', 15);
    return value.toString();
}

} // namespace quarry::config
