// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/bubblewrap/mappedworker.h"

#include <QElapsedTimer>
#include <QFile>
#include <QList>

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace quarry::runtime {

namespace {

constexpr int tickMilliseconds = 200; // how often LINE is asked whether to go on
constexpr qsizetype lineMax = 65536;
constexpr qint64 memoryMax = qint64(2)
    << 30; // of address space: libarchive's filters may take a lot

// Reads a pipe in lines; a line without end is cut at lineMax.
class LineReader
{
public:
    explicit LineReader(UniqueFd fd) : m_fd(std::move(fd))
    {
        fcntl(m_fd.get(), F_SETFL, O_NONBLOCK);
    }

    // -1 at the end: poll passes it over.
    int fd() const { return m_fd.get(); }
    QList<QByteArray> take()
    {
        QList<QByteArray> lines;
        char buffer[16384];
        ssize_t n;
        while ((n = read(m_fd.get(), buffer, sizeof buffer)) > 0) {
            m_text.append(buffer, n);
            qsizetype end;
            while ((end = m_text.indexOf('\n')) >= 0) {
                lines.append(m_text.left(end));
                m_text.remove(0, end + 1);
            }
            if (m_text.size() > lineMax)
                m_text.truncate(lineMax);
        }
        if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) {
            m_fd.reset();
            if (!m_text.isEmpty())
                lines.append(std::exchange(m_text, {}));
        }
        return lines;
    }

private:
    UniqueFd m_fd;
    QByteArray m_text;
};

// One worker from its start to its end.
class Run
{
public:
    Run(Launched launched, UniqueFd output)
        : m_launched(std::move(launched)), m_output(std::move(output)),
          m_errors(std::move(m_launched.errors)), m_status(std::move(m_launched.status))
    {
    }
    ~Run()
    {
        if (m_reaped)
            return;
        kill();
        pollfd ended{m_launched.pidFd.get(), POLLIN, 0};
        while (poll(&ended, 1, -1) < 0 && errno == EINTR) {
        }
        reap(m_launched.pidFd.get());
    }

    Result<QByteArray> toEnd(const WorkerHost::Line &line)
    {
        while (!m_reaped) {
            if (!step(line)) {
                return {ErrorCode::Cancelled, QStringLiteral("The work was cancelled")};
            }
        }
        const int code = m_waitStatus;
        if (code == 0)
            return m_last;
        if (!m_told.isEmpty())
            return workerError(m_told);
        return {ErrorCode::Internal, QStringLiteral("The worker %1").arg(describeEnd(code))};
    }

private:
    void kill() { syscall(SYS_pidfd_send_signal, m_launched.pidFd.get(), SIGKILL, nullptr, 0); }

    // Waits for something to happen or for a tick; false: LINE wants no more.
    bool step(const WorkerHost::Line &line)
    {
        pollfd files[] = {{m_launched.pidFd.get(), POLLIN, 0},
                          {m_output.fd(), POLLIN, 0},
                          {m_errors.fd(), POLLIN, 0},
                          {m_status.fd(), POLLIN, 0}};
        poll(files, std::size(files), tickMilliseconds);
        const bool ended = files[0].revents != 0;
        bool wanted = takeOutput(line);
        for (const QByteArray &text : m_errors.take())
            m_told = text.trimmed().isEmpty() ? m_told : text;
        for (const QByteArray &text : m_status.take()) {
            if (text.startsWith("error\t"))
                m_told = text.mid(6).replace('\t', ": ");
        }
        if (ended) {
            m_waitStatus = reap(m_launched.pidFd.get());
            m_reaped = true;
        }
        if (wanted && m_sinceLine.elapsed() >= tickMilliseconds) {
            wanted = !line || line(QByteArray());
            m_sinceLine.restart();
        }
        return wanted || m_reaped;
    }

    // Every line but the last is progress: one is held back until the next comes.
    bool takeOutput(const WorkerHost::Line &line)
    {
        bool wanted = true;
        for (const QByteArray &text : m_output.take()) {
            if (!m_last.isEmpty() && line) {
                wanted = line(m_last) && wanted;
                m_sinceLine.restart();
            }
            m_last = text;
        }
        return wanted;
    }

    Launched m_launched;
    LineReader m_output;
    LineReader m_errors;
    LineReader m_status;
    QElapsedTimer m_sinceLine = [] {
        QElapsedTimer timer;
        timer.start();
        return timer;
    }();
    QByteArray m_last;
    QByteArray m_told;
    bool m_reaped = false;
    int m_waitStatus = -1;
};

Result<UniqueFd> openFile(const QString &path, int flags)
{
    UniqueFd file(open(QFile::encodeName(path).constData(), flags | O_CLOEXEC, 0600));
    if (!file)
        return systemError(QStringLiteral("Cannot open %1").arg(path), errno);
    return file;
}

Result<LaunchFiles> openFiles(const WorkerTask &task, UniqueFd &output)
{
    LaunchFiles files;
    if (!task.inputFile.isEmpty()) {
        auto input = openFile(task.inputFile, O_RDONLY);
        if (!input)
            return input.error();
        files.standardInput = std::move(*input);
    }
    if (!task.outputFile.isEmpty()) {
        auto target = openFile(task.outputFile, O_WRONLY | O_CREAT | O_TRUNC);
        if (!target)
            return target.error();
        files.five = std::move(*target);
    }
    int ends[2];
    if (pipe2(ends, O_CLOEXEC))
        return systemError(QStringLiteral("No pipe for a worker"), errno);
    output.reset(ends[0]);
    files.standardOutput.reset(ends[1]);
    return files;
}

} // namespace

MappedWorker::MappedWorker(MachineSettings settings)
    : m_settings(std::move(settings)),
      m_launcher(m_settings.programFolder + QStringLiteral("/quarry-launcher")),
      m_program(m_settings.programFolder + QStringLiteral("/quarry"))
{
    if (geteuid() == 0)
        m_slices
            = std::make_unique<UidSlices>(sliceFolder(), m_settings.uidFirst, m_settings.uidLast);
    else
        m_ranges = ownSubordinateRanges();
}

MappedWorker::~MappedWorker() = default;

Result<LaunchSpec> MappedWorker::order(const WorkerTask &task, std::shared_ptr<UidSlice> &slice)
{
    if (m_slices) {
        const std::lock_guard<std::mutex> guard(m_sliceLock);
        auto taken = m_slices->take();
        if (!taken)
            return taken.error();
        slice = *taken;
    }
    LaunchSpec spec;
    spec.add("worker");
    addIdentity(spec, slice.get(), m_ranges);
    spec.add("program", m_program);
    spec.add("memory", QByteArray::number(memoryMax));
    spec.add("env", QByteArray("PATH=/usr/bin:/bin"));
    spec.add("env", QByteArray("LANG=C.UTF-8"));
    for (const WorkerPlace &place : task.places)
        spec.add(place.readOnly ? "place-ro" : "place", place.path);
    for (const QString &argument : task.arguments)
        spec.add("argument", argument);
    if (spec.broken())
        return {ErrorCode::InvalidArgument, QStringLiteral("A path of a worker holds a NUL")};
    return spec;
}

Result<QByteArray> MappedWorker::run(const WorkerTask &task, const Line &line)
{
    std::shared_ptr<UidSlice> slice;
    const auto spec = order(task, slice);
    if (!spec)
        return spec.error();
    UniqueFd output;
    auto files = openFiles(task, output);
    if (!files)
        return files.error();
    auto launched = launch(QFile::encodeName(m_launcher), spec->bytes(), std::move(*files));
    if (!launched)
        return launched.error();
    return Run(std::move(*launched), std::move(output)).toEnd(line);
}

} // namespace quarry::runtime
