// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/gem/gemactions.h"

#include "widgets/common/actionregistry.h"
#include "widgets/pages/gem/episodestate.h"
#include "widgets/pages/gem/openepisode.h"

namespace quarry::widgets {

GemActions::GemActions(ActionRegistry &actions, const GemCommands &commands, QWidget *scope)
    : QObject(scope), m_actions(actions)
{
    const auto add
        = [&](const char *id, const QString &text, const QString &shortText, const char *icon,
              const std::function<void()> &run, const char *keys = "", bool inPage = true) {
              m_actions.add({.id = QStringLiteral("gem.") + QLatin1String(id),
                             .text = text,
                             .shortText = shortText,
                             .icon = QLatin1String(icon),
                             .shortcut = QKeySequence(QLatin1String(keys)),
                             .danger = false,
                             .scope = inPage ? scope : nullptr},
                            this, run);
          };
    add("new", tr("New episode…"), tr("New"), "add", commands.begin, "Ctrl+Shift+N");
    add("play", tr("Play by hand"), tr("Play"), "keyboard", commands.play, "Ctrl+Shift+Y");
    add("takeOver", tr("Take over episode"), tr("Take over"), "take-over", commands.takeOver);
    add("giveBack", tr("Give back episode"), tr("Give back"), "give-back", commands.giveBack);
    add("sameSeed", tr("Same seed again"), tr("Same seed"), "restart", commands.sameSeed,
        "Ctrl+Shift+S");
    add("fork", tr("Fork here"), {}, "fork", commands.fork, "Ctrl+Shift+B");
    add("verify", tr("Verify episode"), tr("Verify"), "success", commands.verify);
    add("export", tr("Export as JSON Lines…"), tr("Export"), "download", commands.exportLines);
    add("import", tr("Import episodes…"), tr("Import"), "upload", commands.importLines, "", false);
    add("compare", tr("Compare the two chosen episodes"), tr("Compare"), "split-v",
        commands.compare);
    add("close", tr("Close environment"), tr("Close"), "stop", commands.close);
    add("previous", tr("Previous step"), {}, "chevron-left", commands.previous, "Alt+Left");
    add("playback", tr("Play or pause"), {}, "play", commands.playback, "Ctrl+Space");
    add("next", tr("Next step"), {}, "step", commands.next, "Alt+Right");
}

void GemActions::set(const char *id, bool on, const QString &reason)
{
    m_actions.setEnabled(QStringLiteral("gem.") + QLatin1String(id), on, reason);
}

void GemActions::refresh(const OpenEpisode &episode, bool twoChosen, bool hasKind)
{
    const bool open = episode.isOpen();
    const bool live = open && episode.info().isLive;
    const bool native = open && episode.isNative();
    const QString none = tr("no episode is open");
    m_actions.setSubject(QStringLiteral("gem"), open ? episode.info().id : QString());
    set("new", hasKind, tr("choose an environment first"));
    const QString notNative = tr("only native episodes can be played again");
    set("play", (native || (open && goesOn(episode.info()))) && !episode.isTaken(),
        !open                   ? none
            : episode.isTaken() ? tr("you play already")
                                : notNative);
    set("takeOver", live && !episode.isTaken(),
        !open       ? none
            : !live ? tr("its environment is closed")
                    : tr("you play already"));
    set("giveBack", live && episode.isTaken(), open ? tr("nobody took it over") : none);
    set("close", live, open ? tr("its environment is closed") : none);
    for (const char *id : {"sameSeed", "export", "previous", "playback", "next"})
        set(id, open, none);
    for (const char *id : {"fork", "verify"})
        set(id, native, open ? notNative : none);
    set("compare", open && twoChosen, tr("choose a second episode with Ctrl and a click"));
}

} // namespace quarry::widgets
