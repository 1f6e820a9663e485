// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/settings.h"

#include "service/versioninfo.h"

#include <QDir>
#include <QStandardPaths>

#include <sys/resource.h>

namespace quarry::service {

using namespace Qt::StringLiterals;

namespace {

// Collects what is wrong, so that it is told together.
class Faults
{
public:
    explicit Faults(const config::Config &config) : m_config(config) { }

    void add(const QString &key, const QString &text)
    {
        m_lines << u"%1 (from %2): %3"_s.arg(key, m_config.origin(key), text);
    }
    const QStringList &lines() const { return m_lines; }

private:
    const config::Config &m_config;
    QStringList m_lines;
};

void readAccess(const config::Config &config, Settings &settings, Faults &faults)
{
    api::AccessSettings &access = settings.access;
    if (const auto mode = api::authModeFromText(config.text(u"server.auth"_s)))
        access.mode = *mode;
    for (const QString &text : config.list(u"server.listen"_s)) {
        const Result<api::ListenAddress> address = listenAddress(text);
        if (address)
            access.listen << *address;
        else
            faults.add(u"server.listen"_s, address.error().message);
    }
    if (access.listen.isEmpty() && faults.lines().isEmpty())
        faults.add(u"server.listen"_s, u"There must be at least one address."_s);
    access.dataFolder = settings.dataFolder;
    access.tokenFile = config.text(u"server.token_file"_s);
    access.tlsCertificate = config.text(u"server.tls_cert"_s);
    access.tlsKey = config.text(u"server.tls_key"_s);
    access.hosts = config.list(u"server.hosts"_s);
    access.cors = config.list(u"server.cors"_s);
}

void readLimits(const config::Config &config, Settings &settings)
{
    http::Limits &limits = settings.limits;
    limits.maxBody = config.number(u"server.max_body"_s);
    limits.maxUpload = config.number(u"server.max_upload"_s);
    limits.maxHeader = config.number(u"server.max_header"_s);
    limits.maxConnections = int(config.number(u"server.max_connections"_s));
    limits.idle = std::chrono::seconds(config.number(u"server.idle_timeout"_s));
    limits.header = std::chrono::seconds(config.number(u"server.header_timeout"_s));
    settings.jsonDepth = int(config.number(u"server.json_depth"_s));
}

void readSandbox(const config::Config &config, Settings &settings)
{
    sandbox::SandboxDefaults &defaults = settings.engine.sandbox;
    defaults.image = config.text(u"sandbox.image"_s);
    defaults.network = sandbox::networkFromText(config.text(u"sandbox.network"_s))
                           .value_or(sandbox::Network::None);
    defaults.memory = config.number(u"sandbox.memory"_s);
    defaults.cpus = config.real(u"sandbox.cpus"_s);
    defaults.disk = config.number(u"sandbox.disk"_s);
    defaults.pids = int(config.number(u"sandbox.pids"_s));
    defaults.idleSeconds = config.number(u"sandbox.idle_timeout"_s);
    defaults.requireLimits = config.flag(u"sandbox.require_limits"_s);
    defaults.max = int(config.number(u"sandbox.max"_s));
    defaults.outputMax = config.number(u"sandbox.output_max"_s);
    settings.engine.deleteOnExit = config.text(u"sandbox.on_exit"_s) == "delete"_L1;
}

void readRuntime(const config::Config &config, Settings &settings, Faults &faults)
{
    const QStringList range = config.text(u"sandbox.uid_range"_s).split(u'-');
    settings.engine.uidRange = {range.value(0).toUInt(), range.value(1).toUInt()};
    const QString key = u"images.aliases"_s;
    const QJsonObject aliases = config.object(key);
    for (auto it = aliases.begin(); it != aliases.end(); ++it) {
        if (it.value().isString())
            settings.engine.imageAliases.insert(it.key(), it.value().toString());
        else
            faults.add(key, u"\"%1\" must name an image."_s.arg(it.key()));
    }
}

void readGem(const config::Config &config, Settings &settings)
{
    gem::GemSettings &gem = settings.engine.gem;
    const QString record = config.text(u"gem.record"_s);
    gem.batches = record == "all"_L1 ? gem::Recording::All
        : record == "actions"_L1     ? gem::Recording::Actions
                                     : gem::Recording::Off;
    gem.wheelFifteen = config.text(u"gem.fifteen_reset"_s) == "wheel"_L1;
    const QString engine = config.text(u"gem.engine"_s);
    gem.playedBy = engine == "native"_L1 ? gem::PlayedBy::Native
        : engine == "python"_L1          ? gem::PlayedBy::Python
                                         : gem::PlayedBy::Auto;
    gem.answer = std::chrono::seconds(config.number(u"gem.timeout"_s));
    gem.idle = std::chrono::seconds(config.number(u"gem.idle_timeout"_s));
    settings.engine.gemPython = config.text(u"gem.python"_s);
}

} // namespace

QString dataFolder(const config::Config &config)
{
    QString path = config.text(u"data.path"_s);
    if (path.isEmpty())
        path = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/quarry"_s;
    return QDir::cleanPath(QDir(path).absolutePath());
}

Result<Settings> settingsOf(const config::Config &config)
{
    Settings settings;
    Faults faults(config);
    settings.dataFolder = dataFolder(config);
    settings.socket = config.text(u"server.socket"_s);
    settings.engine.dataFolder = settings.dataFolder;
    settings.engine.programFolder = programFolder();
    readAccess(config, settings, faults);
    readLimits(config, settings);
    readSandbox(config, settings);
    readRuntime(config, settings, faults);
    readGem(config, settings);
    if (!faults.lines().isEmpty())
        return Error{ErrorCode::InvalidArgument, faults.lines().join(u'\n'), {}};
    return settings;
}

Result<api::ListenAddress> listenAddress(const QString &text)
{
    const qsizetype colon = text.lastIndexOf(u':');
    QString host = text.left(colon);
    bool fine = false;
    const ushort port = text.mid(colon + 1).toUShort(&fine);
    if (host.startsWith(u'[') && host.endsWith(u']'))
        host = host.mid(1, host.size() - 2);
    else
        fine = fine && !host.contains(u':');
    if (colon <= 0 || !fine || host.isEmpty())
        return Error{
            ErrorCode::InvalidArgument,
            u"\"%1\" is not HOST:PORT with a port from 0 to 65535, as 127.0.0.1:8080 or [::1]:8080."_s
                .arg(text),
            {}};
    return api::ListenAddress{host, port};
}

void raiseDescriptorLimit()
{
    rlimit limit = {};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max)
        return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace quarry::service
