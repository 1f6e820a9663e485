// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/environments.h"

#include "cli/arguments.h"
#include "cli/configuration.h"
#include "gem/games/registry.h"
#include "gem/python/findinterpreter.h"

#include <QRandomGenerator>

namespace quarry::cli {

using namespace Qt::StringLiterals;

Flag parameterFlag()
{
    return {u"--param"_s, Kind::Pair,
            u"NAME=N"_s,  u"a parameter in place of the registered one (see env show)"_s,
            {},           true};
}

Flag seedFlag()
{
    return {u"--seed"_s, Kind::Text, u"N"_s, u"0 to 4294967295 (default: a fair draw)"_s};
}

Result<gem::EnvironmentSpec> specFrom(const Arguments &arguments)
{
    gem::EnvironmentSpec spec;
    spec.envId = arguments.word(0);
    for (const QString &pair : arguments.list(u"--param"_s)) {
        bool isNumber = false;
        const int value = pair.section(u'=', 1).toInt(&isNumber);
        if (!isNumber)
            return Error{ErrorCode::InvalidArgument,
                         u"--param %1: the value must be a whole number"_s.arg(pair),
                         {}};
        spec.parameters.insert(pair.section(u'=', 0, 0), value);
    }
    return spec;
}

Result<quint32> seedFrom(const Arguments &arguments)
{
    if (!arguments.has(u"--seed"_s))
        return QRandomGenerator::system()->generate();
    bool isSeed = false;
    const uint seed = arguments.text(u"--seed"_s).toUInt(&isSeed);
    if (!isSeed)
        return Error{ErrorCode::InvalidArgument,
                     u"--seed %1: must be a whole number from 0 to 4294967295"_s.arg(
                         arguments.text(u"--seed"_s)),
                     {}};
    return seed;
}

Result<service::Settings> settingsFrom(const Arguments &arguments)
{
    const Result<config::Config> config = loadConfiguration(arguments);
    return config ? service::settingsOf(*config) : config.error();
}

QStringList pythonIds(const service::Settings &settings)
{
    if (settings.engine.gem.playedBy == gem::PlayedBy::Native)
        return {};
    const Result<gem::Interpreter> found
        = gem::findInterpreter(settings.engine.gemPython, settings.dataFolder);
    QStringList ids = found ? found->ids : QStringList();
    ids.removeIf([](const QString &id) { return gem::environmentKind(id.toStdString()); });
    return ids;
}

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

} // namespace quarry::cli
