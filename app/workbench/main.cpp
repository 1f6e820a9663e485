// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secondstart.h"
#include "service/versioninfo.h"
#include "workbench.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QTextStream>

using namespace quarry;
using namespace Qt::StringLiterals;

namespace {

// The flags that `quarry serve` has too, where they mean the same.
config::Sources sourcesOf(const QCommandLineParser &flags)
{
    config::Sources sources = config::systemSources();
    sources.configFile = flags.value(u"config"_s);
    const auto take = [&](const QString &flag, const QString &key) {
        if (!flags.isSet(flag))
            return;
        sources.flags.insert(key, flags.values(flag).join(u','));
        sources.flagNames.insert(key, u"--"_s + flag);
    };
    take(u"data"_s, u"data.path"_s);
    take(u"listen"_s, u"server.listen"_s);
    return sources;
}

int complain(const QString &message)
{
    QTextStream(stderr) << "quarry-workbench: " << message << '\n';
    return 2;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"quarry"_s);
    QApplication::setApplicationDisplayName(u"Quarry"_s);
    QApplication::setApplicationVersion(service::programVersion());
    QApplication::setDesktopFileName(u"quarry-workbench"_s);
    QApplication::setQuitOnLastWindowClosed(false);

    QCommandLineParser flags;
    flags.setApplicationDescription(u"The Quarry workbench: sandboxes and live terminals."_s);
    flags.addHelpOption();
    flags.addVersionOption();
    flags.addOption({u"data"_s, u"The data folder."_s, u"DIR"_s});
    flags.addOption({u"config"_s, u"A configuration, JSON or YAML."_s, u"FILE"_s});
    flags.addOption(
        {u"listen"_s, u"Where the server listens when it is started."_s, u"HOST:PORT"_s});
    flags.process(application);

    const config::Sources sources = sourcesOf(flags);
    const Result<config::Config> config = config::Config::load(sources);
    if (!config)
        return complain(config.error().message);
    const Result<service::Settings> settings = service::settingsOf(*config);
    if (!settings)
        return complain(settings.error().message);
    if (workbench::SecondStart::handOver(settings->dataFolder))
        return 0;
    service::raiseDescriptorLimit();
    workbench::Workbench workbench(*settings, sources, *config);
    workbench.start();
    return QApplication::exec();
}
