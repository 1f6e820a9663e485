// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// quarry doctor
#include "cli/arguments.h"
#include "cli/configuration.h"
#include "cli/context.h"
#include "cli/table.h"
#include "commands/commands.h"
#include "service/doctor.h"

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

QString verdict(const runtime::Finding &finding)
{
    if (finding.works)
        return u"works"_s;
    return finding.needed ? u"CANNOT"_s : u"missed"_s;
}

void showParts(Context &context, const QList<runtime::Finding> &findings)
{
    qsizetype width = 0;
    for (const runtime::Finding &finding : findings)
        width = std::max(width, finding.part.size());
    for (const runtime::Finding &finding : findings) {
        if (context.json()) {
            context.printLine({{u"part"_s, finding.part},
                               {u"works"_s, finding.works},
                               {u"needed"_s, finding.needed},
                               {u"detail"_s, finding.detail},
                               {u"fix"_s, finding.fix}});
            continue;
        }
        context.print(u"%1  %2  %3\n"_s.arg(finding.part.leftJustified(width), verdict(finding),
                                            tame(finding.detail)));
        if (!finding.works && !finding.fix.isEmpty())
            context.print(QString(width + 2, u' ') + u"        help: "_s + tame(finding.fix)
                          + u'\n');
    }
}

void showAppArmor(Context &context, const QString &profile)
{
    if (profile.isEmpty())
        return;
    if (context.json())
        context.printLine(
            {{u"part"_s, u"apparmor profile"_s}, {u"works"_s, false}, {u"text"_s, profile}});
    else
        context.print(u"\nPut these lines into /etc/apparmor.d/quarry, and run "
                      "\"sudo apparmor_parser -r /etc/apparmor.d/quarry\":\n\n"_s
                      + profile + u'\n');
}

void showConfiguration(Context &context, const config::Config &config)
{
    Table table({u"KEY"_s, u"VALUE"_s, u"FROM"_s});
    for (const QString &key : config.keys()) {
        const QString value
            = key == "data.path"_L1 ? service::dataFolder(config) : config.shown(key);
        if (context.json())
            context.printLine(
                {{u"setting"_s, key}, {u"value"_s, value}, {u"from"_s, config.origin(key)}});
        table.add({key, value.isEmpty() ? u"-"_s : value, config.origin(key)});
    }
    if (!context.json())
        context.print(u"\nConfiguration\n"_s + table.text());
}

int run(Context &context, const Arguments &arguments)
{
    const Result<config::Config> config = loadConfiguration(arguments);
    if (!config)
        return context.fail(config.error());
    const Result<service::Settings> settings = service::settingsOf(*config);
    if (!settings)
        return context.fail(settings.error());
    const QList<runtime::Finding> findings = service::examineMachine(*settings);
    showParts(context, findings);
    showAppArmor(context, service::appArmorAdvice(findings, *settings));
    for (const QString &warning : config->warnings())
        context.warn(warning);
    showConfiguration(context, *config);
    const bool fit = service::isFit(findings);
    if (context.json())
        context.done({}, fit);
    else
        context.print(fit ? u"\nThis machine can run sandboxes.\n"_s
                          : u"\nThis machine cannot run sandboxes yet.\n"_s);
    return fit ? exitcode::done : exitcode::failed;
}

} // namespace

CommandSpec doctorCommand()
{
    return {
        .path = {u"doctor"_s},
        .summary = u"Say what this machine can do, part by part, and what would help."_s,
        .text
        = u"Each part is really tried. After them comes the configuration, and where each value came from."_s,
        .flags
        = {{u"--config"_s, Kind::Text, u"FILE"_s, u"a configuration to look at too"_s}, dataFlag()},
        .examples = {u"quarry doctor"_s},
        .run = run};
}

} // namespace quarry::cli
