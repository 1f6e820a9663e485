// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/parser.h"

#include "base/nearest.h"
#include "base/sizes.h"

#include <cmath>

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

QString suggestion(const QString &word, const QStringList &candidates)
{
    const QString near = nearest(word, candidates);
    return near.isEmpty() ? QString() : u"; did you mean \"%1\"?"_s.arg(near);
}

QString checkBind(const QString &value)
{
    const QStringList parts = value.split(u':');
    const bool shaped
        = parts.size() == 2 || (parts.size() == 3 && (parts[2] == "ro"_L1 || parts[2] == "rw"_L1));
    if (shaped && !parts[0].isEmpty() && parts[1].startsWith(u'/'))
        return {};
    return u"is not SRC:DST or SRC:DST:ro with an absolute DST"_s;
}

// Empty when VALUE is fine, else what it is not.
QString checkValue(const Flag &flag, const QString &value)
{
    bool fine = true;
    switch (flag.kind) {
    case Kind::Switch:
        return {};
    case Kind::Text:
        return value.isEmpty() ? u"is empty"_s : QString();
    case Kind::Size:
        return parseSize(value) ? QString() : u"is not a size (like 512m or 8g)"_s;
    case Kind::Number: {
        const double number = value.toDouble(&fine);
        return fine && number > 0 && std::isfinite(number) ? QString()
                                                           : u"is not a number above zero"_s;
    }
    case Kind::Whole:
        return value.toInt(&fine) >= 0 && fine ? QString()
                                               : u"is not a whole number of zero or more"_s;
    case Kind::Choice:
        if (flag.choices.contains(value))
            return {};
        return u"is not one of %1"_s.arg(flag.choices.join(u", "_s))
            + suggestion(value, flag.choices);
    case Kind::Pair:
        return value.indexOf(u'=') > 0 ? QString() : u"is not NAME=VALUE"_s;
    case Kind::Bind:
        return checkBind(value);
    }
    return {};
}

// One call being read, word by word.
class Reader
{
public:
    Reader(const QList<CommandSpec> &commands, const QList<QByteArray> &words)
        : m_commands(commands), m_words(words)
    {
    }

    Parsed read()
    {
        if (!findCommand())
            return std::move(m_result);
        while (m_at < m_words.size() && m_result.what == Parsed::What::Run && !m_done)
            readOne();
        if (m_result.what == Parsed::What::Run)
            checkComplete();
        return std::move(m_result);
    }

private:
    QString word() const { return QString::fromUtf8(m_words[m_at]); }

    void wrong(const QString &text)
    {
        m_result.what = Parsed::What::Wrong;
        m_result.error = text;
    }

    QStringList nextNames() const
    {
        QStringList names;
        const qsizetype depth = m_result.group.size();
        for (const CommandSpec &command : m_commands) {
            if (command.hidden || command.path.size() <= depth
                || command.path.mid(0, depth) != m_result.group)
                continue;
            if (!names.contains(command.path[depth]))
                names << command.path[depth];
        }
        return names;
    }

    bool isGroup(const QStringList &path) const
    {
        return std::any_of(m_commands.cbegin(), m_commands.cend(), [&](const CommandSpec &command) {
            return command.path.size() > path.size() && command.path.mid(0, path.size()) == path;
        });
    }

    // Follows the words down to a command; false when the result stands already.
    bool findCommand()
    {
        while (m_at < m_words.size()) {
            const QString name = word();
            if (name == "--help"_L1 || name == "-h"_L1 || (name == "help"_L1 && m_at == 0)) {
                m_result.what = Parsed::What::Help;
                return false;
            }
            if (name == "--version"_L1 && m_at == 0) {
                m_result.what = Parsed::What::Version;
                return false;
            }
            const QStringList path = m_result.group + QStringList{name};
            for (const CommandSpec &command : m_commands) {
                if (command.path == path) {
                    m_result.command = &command;
                    m_flags = command.flags + commonFlags();
                    ++m_at;
                    return true;
                }
            }
            if (!isGroup(path)) {
                unknownCommand(name);
                return false;
            }
            m_result.group = path;
            ++m_at;
        }
        const QString what = m_result.group.isEmpty()
            ? u"A command"_s
            : u"A command of \"%1\""_s.arg(m_result.group.join(u' '));
        wrong(what + u" is missing: "_s + nextNames().join(u", "_s) + u'.');
        return false;
    }

    void unknownCommand(const QString &name)
    {
        const QStringList names = nextNames();
        const QString whole = (m_result.group + QStringList{name}).join(u' ');
        if (name.startsWith(u'-')) {
            wrong(u"\"%1\" is not known here; a command comes first: %2."_s.arg(
                whole, names.join(u", "_s)));
            return;
        }
        const QString near = suggestion(name, names);
        wrong(u"\"%1\" is not a command"_s.arg(whole)
              + (near.isEmpty() ? u"; there are: %1."_s.arg(names.join(u", "_s)) : near));
    }

    void readOne()
    {
        const QString text = word();
        if (text == "--"_L1) {
            ++m_at;
            takeRest();
        } else if (text.startsWith(u'-') && text.size() > 1) {
            readFlag(text);
        } else if (m_result.arguments.words().size() < m_result.command->words.size()) {
            m_result.arguments.addWord(text);
            ++m_at;
        } else if (m_result.command->takesCommand) {
            takeRest();
        } else {
            wrong(u"\"%1\" is one word too many."_s.arg(text));
        }
    }

    void takeRest()
    {
        if (m_result.command->takesCommand) {
            m_result.arguments.setCommand(m_words.mid(m_at));
            m_done = true;
            return;
        }
        // "--" ends the flags: what follows are words, with or without a dash.
        for (; m_at < m_words.size() && m_result.what == Parsed::What::Run; ++m_at) {
            if (m_result.arguments.words().size() >= m_result.command->words.size())
                wrong(u"\"%1\" is one word too many."_s.arg(word()));
            else
                m_result.arguments.addWord(word());
        }
    }

    void readFlag(const QString &text)
    {
        const qsizetype equals = text.startsWith("--"_L1) ? text.indexOf(u'=') : -1;
        const QString name = equals < 0 ? text : text.left(equals);
        ++m_at;
        for (const Flag &flag : std::as_const(m_flags)) {
            if (flag.name == name || (!flag.letter.isEmpty() && flag.letter == name)) {
                takeFlag(flag, equals < 0 ? std::nullopt : std::optional(text.mid(equals + 1)));
                return;
            }
        }
        QStringList names;
        for (const Flag &flag : std::as_const(m_flags))
            names << flag.name;
        wrong(u"\"%1\" is not a flag of \"quarry %2\""_s.arg(name, m_result.command->name())
              + (nearest(name, names).isEmpty() ? u"."_s : suggestion(name, names)));
    }

    void takeFlag(const Flag &flag, std::optional<QString> value)
    {
        if (flag.name == "--help"_L1) {
            m_result.what = Parsed::What::Help;
            return;
        }
        if (flag.kind == Kind::Switch) {
            if (value)
                wrong(u"%1 takes no value."_s.arg(flag.name));
            else
                m_result.arguments.add(flag.name, QString());
            return;
        }
        if (!value) {
            if (m_at >= m_words.size() || m_words[m_at].startsWith("--")) {
                wrong(u"%1 needs a value: %1 %2."_s.arg(flag.name, flag.value));
                return;
            }
            value = word();
            ++m_at;
        }
        if (!flag.repeated && m_result.arguments.has(flag.name)) {
            wrong(u"%1 is given twice."_s.arg(flag.name));
            return;
        }
        const QString fault = checkValue(flag, *value);
        if (fault.isEmpty())
            m_result.arguments.add(flag.name, *value);
        else
            wrong(u"%1: \"%2\" %3"_s.arg(flag.name, *value, fault)
                  + (fault.endsWith(u'?') ? u""_s : u"."_s));
    }

    void checkComplete()
    {
        const CommandSpec &command = *m_result.command;
        for (qsizetype i = m_result.arguments.words().size(); i < command.words.size(); ++i) {
            if (!command.words[i].optional) {
                wrong(u"%1 is missing."_s.arg(command.words[i].name));
                return;
            }
        }
        const QList<QByteArray> &program = m_result.arguments.command();
        if (command.takesCommand && (program.isEmpty() || program.first().isEmpty()))
            wrong(u"The command to run is missing: it stands behind \"--\"."_s);
    }

    const QList<CommandSpec> &m_commands;
    const QList<QByteArray> &m_words;
    QList<Flag> m_flags;
    qsizetype m_at = 0;
    bool m_done = false;
    Parsed m_result;
};

} // namespace

QList<Flag> commonFlags()
{
    return {{u"--json"_s, Kind::Switch, {}, u"machine output on stdout, one JSON object a line"_s},
            {u"--help"_s, Kind::Switch, {}, u"this text"_s, {}, false, u"-h"_s}};
}

Parsed parse(const QList<CommandSpec> &commands, const QList<QByteArray> &words)
{
    return Reader(commands, words).read();
}

} // namespace quarry::cli
