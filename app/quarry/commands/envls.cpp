// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// quarry env ls, show
#include "cli/arguments.h"
#include "cli/context.h"
#include "cli/table.h"
#include "commands/commands.h"
#include "commands/environments.h"
#include "gem/games/registry.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

QJsonObject toJson(const gem::EnvironmentKind &kind)
{
    QJsonArray parameters;
    for (const gem::Parameter &parameter : kind.parameters)
        parameters.append(QJsonObject{{u"name"_s, textOf(parameter.name)},
                                      {u"value"_s, parameter.value},
                                      {u"least"_s, parameter.least},
                                      {u"most"_s, parameter.most}});
    return {{u"env_id"_s, textOf(kind.id)}, {u"game"_s, textOf(kind.game)},
            {u"text"_s, textOf(kind.text)}, {u"engine"_s, u"native"_s},
            {u"drawn"_s, kind.drawn},       {u"parameters"_s, parameters}};
}

QString parametersText(const gem::EnvironmentKind &kind)
{
    QStringList parts;
    for (const gem::Parameter &parameter : kind.parameters)
        parts.append(u"%1=%2"_s.arg(textOf(parameter.name)).arg(parameter.value));
    return kind.drawn ? u"drawn from the seed"_s : parts.join(u' ');
}

int list(Context &context, const Arguments &arguments)
{
    const Result<service::Settings> settings = settingsFrom(arguments);
    if (!settings)
        return context.fail(settings.error(), exitcode::wrongUsage);
    Table table({u"ID"_s, u"PARAMETERS"_s, u"WHAT"_s});
    for (const gem::EnvironmentKind &kind : gem::environmentKinds()) {
        if (context.json())
            context.printLine(toJson(kind));
        table.add({textOf(kind.id), parametersText(kind), textOf(kind.text)});
    }
    for (const QString &id : pythonIds(*settings)) {
        if (context.json())
            context.printLine({{u"env_id"_s, id}, {u"engine"_s, u"python"_s}});
        table.add({id, {}, u"by the Python package"_s});
    }
    if (!context.json())
        context.print(table.text());
    return exitcode::done;
}

int show(Context &context, const Arguments &arguments)
{
    const Result<gem::EnvironmentSpec> spec = specFrom(arguments);
    const Result<quint32> seed = seedFrom(arguments);
    if (!spec || !seed)
        return context.fail(spec ? seed.error() : spec.error(), exitcode::wrongUsage);
    const auto made = gem::makeFrom(*spec);
    if (!made)
        return context.fail(made.error());
    const gem::EnvironmentKind &kind = *gem::environmentKind(spec->envId.toStdString());
    (*made)->reset(*seed);
    std::string rules;
    std::string board;
    (*made)->appendObservation(rules);
    (*made)->appendSuffix(board);
    if (context.json()) {
        QJsonObject object = toJson(kind);
        std::string params;
        (*made)->appendParameters(params);
        object.insert(u"params"_s,
                      QJsonDocument::fromJson(QByteArray::fromStdString(params)).object());
        object.insert(u"seed"_s, qint64(*seed));
        object.insert(u"observation"_s, textOf(rules));
        object.insert(u"suffix"_s, textOf(board));
        context.printLine(object);
        return exitcode::done;
    }
    context.print(nameValueLines({{u"id"_s, textOf(kind.id)},
                                  {u"what"_s, textOf(kind.text)},
                                  {u"seed shown"_s, QString::number(*seed)}}));
    if (!kind.parameters.empty()) {
        Table table({u"PARAMETER"_s, u">VALUE"_s, u">FROM"_s, u">TO"_s});
        for (const gem::Parameter &parameter : kind.parameters)
            table.add({textOf(parameter.name), QString::number(parameter.value),
                       QString::number(parameter.least), QString::number(parameter.most)});
        context.print(u'\n' + table.text());
    }
    context.print(u"\n%1\n\n%2\n"_s.arg(textOf(rules), textOf(board)));
    return exitcode::done;
}

} // namespace

CommandSpec envLsCommand()
{
    return {.path = {u"env"_s, u"ls"_s},
            .summary = u"List the GEM environments with their parameters."_s,
            .examples = {u"quarry env ls"_s},
            .run = list};
}

CommandSpec envShowCommand()
{
    return {.path = {u"env"_s, u"show"_s},
            .summary = u"Show an environment: parameters, rules, and how it starts."_s,
            .flags = {seedFlag(), parameterFlag()},
            .words = {{u"ENV"_s}},
            .examples = {u"quarry env show game:Sokoban-v0-easy --seed 42"_s},
            .run = show};
}

} // namespace quarry::cli
