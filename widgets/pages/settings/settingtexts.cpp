// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/settings/settingtexts.h"

#include <QCoreApplication>

#include <algorithm>

namespace quarry::widgets {

namespace {

struct SettingTexts {
    Q_DECLARE_TR_FUNCTIONS(SettingTexts)
public:
    static QList<SettingText> all();
    static QList<SettingGroup> groups();
    static QString effect(const QString &key);
};

QList<SettingText> SettingTexts::all()
{
    return {
        {QStringLiteral("server.listen"), tr("Addresses"),
         tr("where the server listens, by comma")},
        {QStringLiteral("server.socket"), tr("Unix socket"), tr("empty: in the data folder")},
        {QStringLiteral("server.auth"), tr("Who needs the token"),
         tr("auto: everybody but you on this machine")},
        {QStringLiteral("server.token_file"), tr("Token file"),
         tr("empty: \"token\" in the data folder")},
        {QStringLiteral("server.tls_cert"), tr("TLS certificate"), tr("a file in PEM")},
        {QStringLiteral("server.tls_key"), tr("TLS key"), tr("a file in PEM")},
        {QStringLiteral("server.hosts"), tr("Further host names"),
         tr("under which the server may be called")},
        {QStringLiteral("server.cors"), tr("Web origins"), tr("whose pages may call")},
        {QStringLiteral("server.error_codes"), tr("Error codes"),
         tr("as the reference or the upstream has them")},
        {QStringLiteral("server.max_body"), tr("Largest body"), {}},
        {QStringLiteral("server.max_upload"), tr("Largest upload"), {}},
        {QStringLiteral("server.max_header"), tr("Largest header"), {}},
        {QStringLiteral("server.json_depth"), tr("JSON depth"), tr("levels of nesting")},
        {QStringLiteral("server.max_connections"), tr("Connections at once"), {}},
        {QStringLiteral("server.idle_timeout"), tr("Idle connections close after"), {}},
        {QStringLiteral("server.header_timeout"), tr("Header must come within"), {}},
        {QStringLiteral("server.session_ttl"), tr("Unused tool sessions end after"), {}},
        {QStringLiteral("sandbox.runtime"), tr("Runtime"), tr("what isolates a sandbox")},
        {QStringLiteral("sandbox.image"), tr("Image"), tr("of a sandbox that names none")},
        {QStringLiteral("sandbox.network"), tr("Network"), tr("of a sandbox that asks for none")},
        {QStringLiteral("sandbox.memory"), tr("Memory"), {}},
        {QStringLiteral("sandbox.cpus"), tr("CPUs"), {}},
        {QStringLiteral("sandbox.disk"), tr("Disk"), {}},
        {QStringLiteral("sandbox.pids"), tr("Processes"), {}},
        {QStringLiteral("sandbox.idle_timeout"), tr("Stop when idle for"), {}},
        {QStringLiteral("sandbox.on_exit"), tr("When Quarry ends"), tr("stop keeps the files")},
        {QStringLiteral("sandbox.max"), tr("Sandboxes at once"), tr("0: as many as fit")},
        {QStringLiteral("sandbox.pool"), tr("Kept ready"), tr("sandboxes that wait for a start")},
        {QStringLiteral("sandbox.uid_range"), tr("User ids"),
         tr("of the sandboxes, when run by root")},
        {QStringLiteral("sandbox.require_limits"), tr("Require limits"),
         tr("refuse a start whose limits cannot be kept")},
        {QStringLiteral("sandbox.output_max"), tr("Largest output of a call"), {}},
        {QStringLiteral("images.aliases"), tr("Image aliases"),
         tr("names that stand for an image")},
        {QStringLiteral("models"), tr("Models"), tr("chat models by name")},
        {QStringLiteral("gem.engine"), tr("GEM engine"), {}},
        {QStringLiteral("gem.python"), tr("Python of GEM"),
         tr("empty: gem-venv in the data folder")},
        {QStringLiteral("gem.fifteen_reset"), tr("Reset of the fifteen puzzle"), {}},
        {QStringLiteral("gem.record"), tr("Record episodes"), {}},
        {QStringLiteral("gem.timeout"), tr("Python environments answer within"), {}},
        {QStringLiteral("gem.idle_timeout"), tr("Idle environments end after"), {}},
        {QStringLiteral("data.path"), tr("Data folder"), tr("empty: $XDG_DATA_HOME/quarry")},
        {QStringLiteral("data.keep.size"), tr("Keep at most"), tr("of logs and recordings")},
        {QStringLiteral("data.keep.days"), tr("Keep days"), tr("of logs and recordings")},
    };
}

QList<SettingGroup> SettingTexts::groups()
{
    return {{tr("Appearance"), {}},
            {tr("Server"), QStringLiteral("server.")},
            {tr("Sandboxes"), QStringLiteral("sandbox.")},
            {tr("Images"), QStringLiteral("images.")},
            {tr("Models"), QStringLiteral("models")},
            {tr("GEM"), QStringLiteral("gem.")},
            {tr("Storage"), QStringLiteral("data.")},
            {tr("Doctor"), {}}};
}

QString SettingTexts::effect(const QString &key)
{
    const bool server
        = key.startsWith(QLatin1String("server.")) && key != QLatin1String("server.socket");
    return server ? tr("saved; takes effect at the next start of the server")
                  : tr("saved; takes effect at the next start of Quarry");
}

} // namespace

QList<SettingGroup> settingGroups()
{
    return SettingTexts::groups();
}

SettingText settingText(const QString &key)
{
    const QList<SettingText> all = SettingTexts::all();
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const SettingText &text) { return text.key == key; });
    return found == all.end() ? SettingText{key, key, {}} : *found;
}

QString settingEffect(const QString &key)
{
    return SettingTexts::effect(key);
}

} // namespace quarry::widgets
