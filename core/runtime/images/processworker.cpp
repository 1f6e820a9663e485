// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/images/processworker.h"

#include "base/uniquefd.h"

#include <QFile>

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <vector>

using namespace Qt::StringLiterals;

namespace quarry::runtime {

namespace {

constexpr int pollMilliseconds = 100;
constexpr qsizetype longestLine = 64 * 1024;

struct Pipe {
    UniqueFd read;
    UniqueFd write;

    bool open()
    {
        std::array<int, 2> ends;
        if (::pipe2(ends.data(), O_CLOEXEC) != 0)
            return false;
        read = UniqueFd(ends[0]);
        write = UniqueFd(ends[1]);
        return true;
    }
};

class FileActions
{
public:
    FileActions() { ::posix_spawn_file_actions_init(&m_actions); }
    ~FileActions() { ::posix_spawn_file_actions_destroy(&m_actions); }
    FileActions(const FileActions &) = delete;
    FileActions &operator=(const FileActions &) = delete;
    void give(int fd, int as) { ::posix_spawn_file_actions_adddup2(&m_actions, fd, as); }
    posix_spawn_file_actions_t *get() { return &m_actions; }

private:
    posix_spawn_file_actions_t m_actions;
};

// Above the numbers that the worker gets: dup2 onto itself would keep close-on-exec.
UniqueFd openHigh(const QString &path, int flags)
{
    const UniqueFd fd(::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC, 0600));
    return UniqueFd(fd ? ::fcntl(fd.get(), F_DUPFD_CLOEXEC, 10) : -1);
}

// One running worker, reaped when this goes.
class Child
{
public:
    ~Child() { end(SIGKILL); }

    Result<void> start(const QStringList &command, const WorkerTask &task)
    {
        Pipe out;
        Pipe err;
        if (!out.open() || !err.open())
            return systemError(u"A worker could not be started"_s, errno);
        const UniqueFd input
            = openHigh(task.inputFile.isEmpty() ? u"/dev/null"_s : task.inputFile, O_RDONLY);
        if (!input)
            return systemError(task.inputFile, errno);
        UniqueFd output;
        if (!task.outputFile.isEmpty()) {
            output = openHigh(task.outputFile, O_WRONLY | O_CREAT | O_TRUNC);
            if (!output)
                return systemError(task.outputFile, errno);
        }
        const UniqueFd outHigh(::fcntl(out.write.get(), F_DUPFD_CLOEXEC, 10));
        const UniqueFd errHigh(::fcntl(err.write.get(), F_DUPFD_CLOEXEC, 10));
        FileActions actions;
        actions.give(input.get(), STDIN_FILENO);
        actions.give(outHigh.get(), STDOUT_FILENO);
        actions.give(errHigh.get(), STDERR_FILENO);
        if (output)
            actions.give(output.get(), STDERR_FILENO + 1);
        if (const int failed = spawn(command, actions); failed != 0)
            return systemError(command.first(), failed);
        m_out = std::move(out.read);
        m_err = std::move(err.read);
        return {};
    }

    // Until both streams have ended, or LINE has refused: false.
    bool serve(const WorkerHost::Line &line)
    {
        while (m_out || m_err) {
            std::array<pollfd, 2> polled{pollfd{m_out.get(), POLLIN, 0},
                                         pollfd{m_err.get(), POLLIN, 0}};
            ::poll(polled.data(), polled.size(), pollMilliseconds);
            if (polled[0].revents != 0)
                readInto(m_out, m_pending);
            if (polled[1].revents != 0)
                readInto(m_err, m_errors);
            if (!takeLines(line) || !line({}))
                return false;
            if (m_errors.size() > longestLine)
                m_errors.remove(0, m_errors.size() - longestLine);
        }
        return true;
    }

    // The exit code, or minus the signal.
    int end(int signal)
    {
        if (m_pid <= 0)
            return m_status;
        if (signal != 0)
            ::kill(m_pid, signal);
        int status = 0;
        while (::waitpid(m_pid, &status, 0) < 0 && errno == EINTR) {
        }
        m_pid = 0;
        m_status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
        return m_status;
    }

    QByteArray lastLine() const { return m_last; }
    QByteArray lastError() const { return m_errors.trimmed().split('\n').last(); }

private:
    int spawn(const QStringList &command, FileActions &actions)
    {
        std::vector<QByteArray> words;
        for (const QString &word : command)
            words.push_back(QFile::encodeName(word));
        std::vector<char *> arguments;
        for (QByteArray &word : words)
            arguments.push_back(word.data());
        arguments.push_back(nullptr);
        return ::posix_spawn(&m_pid, arguments[0], actions.get(), nullptr, arguments.data(),
                             environ);
    }

    static void readInto(UniqueFd &fd, QByteArray &buffer)
    {
        std::array<char, 16384> bytes;
        const ssize_t got = ::read(fd.get(), bytes.data(), bytes.size());
        if (got > 0)
            buffer.append(bytes.data(), got);
        else if (got == 0 || errno != EINTR)
            fd.reset();
    }

    bool takeLines(const WorkerHost::Line &line)
    {
        for (qsizetype end = m_pending.indexOf('\n'); end >= 0; end = m_pending.indexOf('\n')) {
            if (!m_last.isEmpty() && !line(m_last))
                return false;
            m_last = m_pending.first(end);
            m_pending.remove(0, end + 1);
        }
        return m_pending.size() <= longestLine;
    }

    pid_t m_pid = 0;
    int m_status = 0;
    UniqueFd m_out;
    UniqueFd m_err;
    QByteArray m_pending;
    QByteArray m_last;
    QByteArray m_errors;
};

} // namespace

Result<QByteArray> ProcessWorker::run(const WorkerTask &task, const Line &line)
{
    QStringList command = m_command;
    for (QString argument : task.arguments) {
        for (qsizetype place = 0; place < task.places.size(); ++place)
            argument.replace(u"{%1}"_s.arg(place), task.places.at(place).path);
        command.append(argument);
    }
    Child child;
    if (const Result<void> started = child.start(command, task); !started)
        return started.error();
    const bool served
        = child.serve([&line](const QByteArray &text) { return !line || line(text); });
    if (!served) {
        child.end(SIGKILL);
        return {ErrorCode::Cancelled, u"The work on the image was cancelled."_s};
    }
    const int code = child.end(0);
    if (code < 0)
        return {ErrorCode::Internal, u"The worker was ended by signal %1."_s.arg(-code)};
    if (code != 0)
        return workerError(child.lastError());
    return child.lastLine();
}

} // namespace quarry::runtime
