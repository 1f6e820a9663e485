// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// quarry env play
#include "cli/arguments.h"
#include "cli/context.h"
#include "cli/terminalmode.h"
#include "commands/commands.h"
#include "commands/environments.h"
#include "commands/envpython.h"
#include "commands/envscreen.h"
#include "gem/games/registry.h"
#include "gem/episodes/stepjson.h"
#include "service/signalwatch.h"

#include <QJsonDocument>

#include <cstdio>
#include <poll.h>
#include <unistd.h>

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype typedMax = 200;
constexpr char enterScreen[] = "\033[?1049h";
constexpr char leaveScreen[] = "\033[?1049l";

struct Game {
    std::unique_ptr<gem::Environment> environment;
    EnvironmentView view;
    gem::SampleRandom random{1};

    void reset(quint32 seed)
    {
        environment->reset(seed);
        view.environment = environment.get();
        view.seed = seed;
        view.reward = 0;
        view.terminated = view.truncated = false;
        view.typed.clear();
    }
    gem::StepResult step(const QByteArray &action)
    {
        const gem::StepResult result
            = environment->step(std::string_view(action.constData(), std::size_t(action.size())));
        view.reward += result.reward;
        view.terminated = result.terminated;
        view.truncated = result.truncated;
        view.typed.clear();
        return result;
    }
    QByteArray legal()
    {
        std::string action;
        environment->appendLegalAction(random, action);
        return QByteArray::fromStdString(action);
    }
};

// At a terminal: a key at a time, the screen drawn again after each.
class Board
{
public:
    Board(Context &context, Game &game) : m_context(context), m_game(game) { }

    void play()
    {
        const TerminalMode raw;
        writeAll(STDOUT_FILENO, enterScreen);
        while (!m_left && draw())
            read();
        writeAll(STDOUT_FILENO, leaveScreen);
    }

private:
    bool draw() { return writeAll(STDOUT_FILENO, screenOf(m_game.view)); }

    void read()
    {
        pollfd entries[]
            = {{STDIN_FILENO, POLLIN, 0}, {m_context.signalWatch().descriptor(), POLLIN, 0}};
        ::poll(entries, 2, -1);
        char bytes[256];
        const ssize_t count
            = entries[0].revents != 0 ? ::read(STDIN_FILENO, bytes, sizeof bytes) : 0;
        if (count <= 0 || m_context.signalWatch().received() != 0) {
            m_left = true;
            return;
        }
        for (QByteArrayView keys(bytes, count); !keys.isEmpty() && !m_left;)
            keys = keys.sliced(takeKey(keys));
    }

    // How many of the bytes the key was.
    qsizetype takeKey(QByteArrayView keys)
    {
        if (keys.startsWith("\033[") || keys.startsWith("\033O")) {
            if (keys.size() > 2)
                arrow(keys[2]);
            return std::min<qsizetype>(3, keys.size());
        }
        const char key = keys.front();
        if (key == 3 || key == 4)
            m_left = true;
        else if (m_game.view.terminated)
            afterEnd(key);
        else
            typeKey(key);
        return 1;
    }

    void afterEnd(char key)
    {
        if (key == 'q')
            m_left = true;
        else if (key == '\r' || key == '\n')
            m_game.reset(m_game.view.seed);
        else if (key == 'n')
            m_game.reset(m_game.view.seed + 1);
    }

    void typeKey(char key)
    {
        QByteArray &typed = m_game.view.typed;
        if (key == '\t')
            typed = m_game.legal().replace("\\boxed{", "").chopped(1);
        else if (key == 127 || key == 8)
            typed.chop(1);
        else if ((key == '\r' || key == '\n') && !typed.trimmed().isEmpty())
            m_game.step(boxed(typed));
        else if (uchar(key) >= ' ' && typed.size() < typedMax)
            typed += key;
    }

    void arrow(char code)
    {
        static constexpr std::pair<char, const char *> moves[]
            = {{'A', "up"}, {'B', "down"}, {'C', "right"}, {'D', "left"}};
        if (m_game.view.terminated || !movesByArrows(gameOf(m_game.view.envId)))
            return;
        for (const auto &[key, move] : moves) {
            if (key == code)
                m_game.step(boxed(move));
        }
    }

    Context &m_context;
    Game &m_game;
    bool m_left = false;
};

// Elsewhere: an action a line, an answer each; --json gives the API's own answers.
class Lines
{
public:
    Lines(Context &context, Game &game) : m_context(context), m_game(game) { }

    void play()
    {
        std::string answer;
        m_json.appendReset(answer, *m_game.environment);
        tell(answer);
        char *line = nullptr;
        std::size_t room = 0;
        while (!m_game.view.terminated) {
            const ssize_t size = ::getline(&line, &room, stdin);
            if (size < 0)
                break;
            const QByteArray typed = QByteArray(line, size).trimmed();
            const gem::StepResult result
                = m_game.step(typed == "random_action" ? m_game.legal() : boxed(typed));
            answer.clear();
            m_json.appendStep(answer, *m_game.environment, result);
            tell(answer);
        }
        ::free(line);
    }

private:
    void tell(const std::string &answer)
    {
        const QJsonObject object
            = QJsonDocument::fromJson(QByteArray::fromStdString(answer)).object();
        if (m_context.json()) {
            m_context.printLine(object);
            return;
        }
        m_context.print(object.value("observation"_L1).toString() + u'\n'
                        + object.value("info"_L1)["suffix"_L1].toString() + u'\n');
        if (m_game.view.terminated)
            m_context.print(u"reward %1 in %2 turns\n"_s.arg(m_game.view.reward)
                                .arg(m_game.environment->turn()));
    }

    Context &m_context;
    Game &m_game;
    gem::StepJson m_json;
};

int play(Context &context, const Arguments &arguments)
{
    const Result<gem::EnvironmentSpec> spec = specFrom(arguments);
    const Result<quint32> seed = seedFrom(arguments);
    if (!spec || !seed)
        return context.fail(spec ? seed.error() : spec.error(), exitcode::wrongUsage);
    if (!gem::environmentKind(spec->envId.toStdString()))
        return playPython(context, arguments, *spec, *seed);
    auto made = gem::makeFrom(*spec);
    if (!made)
        return context.fail(made.error());
    Game game;
    game.environment = std::move(*made);
    game.view.envId = spec->envId;
    game.random = gem::SampleRandom(*seed);
    game.reset(*seed);
    if (context.onTerminal() && !context.json() && ::isatty(STDIN_FILENO))
        Board(context, game).play();
    else
        Lines(context, game).play();
    return exitcode::done;
}

} // namespace

CommandSpec envPlayCommand()
{
    return {.path = {u"env"_s, u"play"_s},
            .summary = u"Play an environment, as an agent would."_s,
            .text
            = u"At a terminal with the keys: arrows where a game has directions, else a move typed "
              u"without its box. Elsewhere each line of standard input is an action, and --json "
              u"answers as the API does. \"random_action\" plays a legal move. What is not "
              u"native is played by the Python package in a throw-away sandbox."_s,
            .flags = {seedFlag(), parameterFlag()},
            .words = {{u"ENV"_s}},
            .examples
            = {u"quarry env play game:Game2048-v0-easy"_s,
               u"printf 'up\\nleft\\n' | quarry env play --json --seed 42 game:Sokoban-v0-easy"_s},
            .run = play};
}

} // namespace quarry::cli
