// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/help.h"

#include "cli/parser.h"

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype width = 100;

// Breaks at spaces; every line but the first starts with INDENT spaces, the first with FIRST.
QString wrapped(const QString &text, const QString &first, qsizetype indent)
{
    QString out;
    QString line = first;
    bool fresh = true;
    for (const QString &word : text.split(u' ', Qt::SkipEmptyParts)) {
        if (!fresh && line.size() + 1 + word.size() > width) {
            out += line + u'\n';
            line = QString(indent, u' ');
            fresh = true;
        }
        line += fresh ? word : u' ' + word;
        fresh = false;
    }
    return out + line + u'\n';
}

// Rows of a name and its explanation, in two columns.
QString rows(const QList<QPair<QString, QString>> &entries)
{
    qsizetype left = 0;
    for (const auto &entry : entries) {
        if (entry.first.size() <= 34)
            left = std::max(left, entry.first.size());
    }
    QString out;
    for (const auto &[name, text] : entries) {
        QString first = u"  "_s + name;
        if (name.size() > left) {
            out += first + u'\n';
            first.clear();
        }
        out += wrapped(text, first.leftJustified(left + 4), left + 4);
    }
    return out;
}

QString exampleLines(const QStringList &examples)
{
    QString out = examples.size() > 1 ? u"\nExamples:\n"_s : u"\nExample:\n"_s;
    for (const QString &example : examples)
        out += u"  "_s + example + u'\n';
    return out;
}

} // namespace

QString flagName(const Flag &flag)
{
    QString name = flag.letter.isEmpty() ? flag.name : flag.letter + u", "_s + flag.name;
    if (flag.kind == Kind::Choice)
        name += u' ' + flag.choices.join(u'|');
    else if (flag.kind != Kind::Switch)
        name += u' ' + flag.value;
    return name;
}

QString flagHelp(const Flag &flag)
{
    return flag.repeated ? flag.help + u"; may be repeated"_s : flag.help;
}

QString usageOf(const CommandSpec &command)
{
    QString usage = u"quarry %1 [FLAGS]"_s.arg(command.name());
    for (const Word &word : command.words)
        usage += word.optional ? u" [%1]"_s.arg(word.name) : u' ' + word.name;
    return command.takesCommand ? usage + u" -- CMD [ARG...]"_s : usage;
}

QString helpOf(const CommandSpec &command)
{
    QString out = u"Usage: %1\n\n"_s.arg(usageOf(command)) + wrapped(command.summary, {}, 0);
    for (const QString &paragraph : command.text.split(u'\n', Qt::SkipEmptyParts))
        out += u'\n' + wrapped(paragraph, {}, 0);
    QList<QPair<QString, QString>> flags;
    for (const Flag &flag : command.flags + commonFlags())
        flags << qMakePair(flagName(flag), flagHelp(flag));
    return out + u"\nFlags:\n"_s + rows(flags) + exampleLines(command.examples);
}

QString helpOfGroup(const QList<CommandSpec> &commands, const QStringList &group)
{
    const QString name = (QStringList{u"quarry"_s} + group).join(u' ');
    QString out = u"Usage: %1 COMMAND [FLAGS]\n"_s.arg(name);
    QList<QPair<QString, QString>> entries;
    QStringList examples;
    for (const CommandSpec &command : commands) {
        if (command.hidden || command.path.mid(0, group.size()) != group)
            continue;
        entries << qMakePair(command.path.mid(group.size()).join(u' '), command.summary);
        if (group.isEmpty() ? command.path.size() == 1 : examples.size() < 3)
            examples << command.examples.first();
    }
    if (group.isEmpty())
        out += u"\nSandboxes, bash sessions and files on this machine, from the command line and over HTTP.\n"_s;
    out += u"\nCommands:\n"_s + rows(entries);
    out += u"\n\"%1 COMMAND --help\" explains one with an example.\n"_s.arg(name);
    return out + exampleLines(examples);
}

} // namespace quarry::cli
