// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/manpage.h"

#include "cli/help.h"
#include "cli/parser.h"

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

// Text as it is: a backslash, a hyphen, and a dot or quote that begins a line mean something to
// man.
QString escaped(QString text)
{
    text.replace(u'\\', u"\\e"_s).replace(u'-', u"\\-"_s);
    if (text.startsWith(u'.') || text.startsWith(u'\''))
        text.prepend(u"\\&"_s);
    return text;
}

QString paragraphs(const QString &text)
{
    QString out;
    for (const QString &paragraph : text.split(u'\n', Qt::SkipEmptyParts))
        out += u".PP\n"_s + escaped(paragraph) + u'\n';
    return out;
}

QString flagRows(const QList<Flag> &flags)
{
    QString out;
    for (const Flag &flag : flags)
        out += u".TP\n\\fB%1\\fR\n%2\n"_s.arg(escaped(flagName(flag)), escaped(flagHelp(flag)));
    return out;
}

QString section(const CommandSpec &command)
{
    QString out = u".SS %1\n%2\n"_s.arg(escaped(usageOf(command)), escaped(command.summary));
    out += paragraphs(command.text) + flagRows(command.flags);
    out += u".PP\n.nf\n"_s;
    for (const QString &example : command.examples)
        out += escaped(example) + u'\n';
    return out + u".fi\n"_s;
}

} // namespace

QString manPage(const QList<CommandSpec> &commands, const QString &version)
{
    QString out = u".TH QUARRY 1 \"\" \"Quarry %1\" \"User Commands\"\n"
                  ".SH NAME\n"
                  "quarry \\- sandboxes, bash sessions and files on this machine\n"
                  ".SH SYNOPSIS\n"
                  "\\fBquarry\\fR \\fICOMMAND\\fR [\\fIFLAGS\\fR]\n"
                  ".SH DESCRIPTION\n"
                  "Sandboxes for agents without Docker and without root, from the command line and "
                  "over HTTP.\n"
                  ".SH COMMANDS\n"_s.arg(version);
    for (const CommandSpec &command : commands) {
        if (!command.hidden)
            out += section(command);
    }
    out += u".SH FLAGS OF EVERY COMMAND\n"_s + flagRows(commonFlags());
    return out
        + u".SH EXIT STATUS\n"
          "0 done, 1 failed, 2 wrong usage, 130 interrupted; of exec the command's own, 124 when "
          "it was timed out, 125 when the sandbox could not start.\n"
          ".SH FILES\n"
          "\\fI~/.config/quarry/config.yaml\\fR, \\fI~/.config/quarry/config.json\\fR: settings.\n"
          ".br\n"
          "\\fI~/.local/share/quarry\\fR: the data folder.\n"
          ".SH SEE ALSO\n"
          "\\fBquarry\\-workbench\\fR(1)\n"_s;
}

} // namespace quarry::cli
