// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/configuration.h"

#include "cli/arguments.h"
#include "service/settings.h"

#include <array>

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

struct FlagKey {
    const char *flag;
    const char *key;
};

// Flags that stand for a key of the configuration. A limit given to one sandbox is none of them.
constexpr std::array flagKeys{
    FlagKey{"--listen", "server.listen"},     FlagKey{"--socket", "server.socket"},
    FlagKey{"--auth", "server.auth"},         FlagKey{"--token-file", "server.token_file"},
    FlagKey{"--tls-cert", "server.tls_cert"}, FlagKey{"--tls-key", "server.tls_key"},
    FlagKey{"--data", "data.path"},
};

} // namespace

Result<config::Config> loadConfiguration(const Arguments &arguments)
{
    config::Sources sources = config::systemSources();
    sources.configFile = arguments.text(u"--config"_s);
    const auto take = [&](const QString &flag, const QString &key) {
        if (!arguments.has(flag))
            return;
        sources.flags.insert(key, arguments.list(flag).join(u','));
        sources.flagNames.insert(key, flag);
    };
    for (const FlagKey &entry : flagKeys)
        take(QString::fromLatin1(entry.flag), QString::fromLatin1(entry.key));
    take(u"--network"_s, u"sandbox.network"_s);
    return config::Config::load(sources);
}

Result<QString> dataFolder(const Arguments &arguments)
{
    const Result<config::Config> config = loadConfiguration(arguments);
    if (!config)
        return config.error();
    return service::dataFolder(*config);
}

} // namespace quarry::cli
