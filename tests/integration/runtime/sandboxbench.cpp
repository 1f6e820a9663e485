// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandboxbench.h"

#include "runtime/bubblewrap/mappedworker.h"
#include "runtime/cgroups.h"
#include "runtime/kernelfiles.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTest>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>

namespace quarry::runtime {

namespace {

constexpr int patience = 60000; // milliseconds; far above what anything takes

void writeFile(const QString &path, const QByteArray &text)
{
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(text);
}

void makeSkeleton(const QString &folder)
{
    const QDir root(folder);
    for (const char *name :
         {"etc", "root", "tmp", "run", "var", "home", "usr", "proc", "dev", "sys"})
        root.mkpath(QLatin1String(name));
    chmod(QFile::encodeName(folder + QStringLiteral("/tmp")).constData(), 01777);
    for (const char *name : {"bin", "lib", "lib64", "sbin"})
        QFile::link(QStringLiteral("usr/") + QLatin1String(name),
                    folder + u'/' + QLatin1String(name));
    writeFile(folder + QStringLiteral("/etc/passwd"),
              "root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:n:/:/bin/sh\n");
    writeFile(folder + QStringLiteral("/etc/group"), "root:x:0:\nnogroup:x:65534:\n");
}

} // namespace

SandboxBench::SandboxBench()
{
    m_settings.dataFolder = m_folder.path();
    m_settings.programFolder = QStringLiteral(STANDIN_DIR);
    makeSkeleton(m_folder.filePath(QStringLiteral("skeleton")));
    m_runtime = std::make_unique<BubblewrapRuntime>(m_settings);
    m_runtime->prepare([this](Result<Capabilities>) { m_ready = true; });
    static_cast<void>(QTest::qWaitFor([this] { return m_ready; }, patience));
}

SandboxBench::~SandboxBench()
{
    // Layers hold files of other uids.
    MappedWorker worker(m_settings);
    static_cast<void>(worker.run(
        {{QStringLiteral("wipe"), QStringLiteral("{0}")}, {{m_folder.path(), false}}, {}, {}}, {}));
}

bool SandboxBench::can(const char *capability) const
{
    return m_runtime->capabilities().value(QLatin1String(capability)).available;
}

QString SandboxBench::reason(const char *capability) const
{
    return m_runtime->capabilities().value(QLatin1String(capability)).reason;
}

InstanceSpec SandboxBench::spec(const QString &id)
{
    InstanceSpec spec;
    spec.id = id;
    spec.layerFolder = m_folder.filePath(QStringLiteral("layer-") + id);
    QDir().mkpath(spec.layerFolder);
    spec.image.rootLowers = {m_folder.filePath(QStringLiteral("skeleton"))};
    spec.image.usrLowers = {QStringLiteral("/usr")};
    return spec;
}

Result<std::unique_ptr<Instance>> SandboxBench::start(const InstanceSpec &spec)
{
    std::optional<Result<std::unique_ptr<Instance>>> answer;
    m_runtime->start(spec, {},
                     [&](Result<std::unique_ptr<Instance>> result) { answer = std::move(result); });
    if (!QTest::qWaitFor([&] { return answer.has_value(); }, patience))
        qFatal("a start never answered");
    return std::move(*answer);
}

Result<void> SandboxBench::stop(Instance &instance)
{
    std::optional<Result<void>> answer;
    instance.stop(patience / 2, [&](Result<void> result) { answer = result; });
    if (!QTest::qWaitFor([&] { return answer.has_value(); }, patience))
        qFatal("a stop never answered");
    return *answer;
}

QStringList SandboxBench::remains(const QString &id)
{
    QStringList found;
    const QByteArray mark = ':' + id.toUtf8();
    for (const QString &pid :
         QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[0-9]*")}, QDir::Dirs)) {
        const QByteArray line = readKernelFile(QStringLiteral("/proc/%1/cmdline").arg(pid));
        if (line.left(line.indexOf('\0')).endsWith(mark))
            found.append(QStringLiteral("process ") + pid);
    }
    for (const MountedHierarchy &one :
         mountedHierarchies(readKernelFile(QStringLiteral("/proc/self/mountinfo")))) {
        QDirIterator groups(one.mountPoint, {id}, QDir::Dirs, QDirIterator::Subdirectories);
        while (groups.hasNext())
            found.append(groups.next());
    }
    return found;
}

Shell::Shell(UniqueFd stream) : m_stream(std::move(stream))
{
    char hello;
    fcntl(m_stream.get(), F_SETFL, 0);
    if (read(m_stream.get(), &hello, 1) != 1)
        m_stream.reset();
}

QByteArray Shell::run(const QByteArray &line)
{
    const QByteArray order = line + '\n';
    if (!m_stream || write(m_stream.get(), order.constData(), size_t(order.size())) != order.size())
        return {};
    QByteArray text;
    char buffer[4096];
    while (!text.endsWith('\0')) {
        pollfd wanted{m_stream.get(), POLLIN, 0};
        const ssize_t n
            = poll(&wanted, 1, patience) == 1 ? read(m_stream.get(), buffer, sizeof buffer) : 0;
        if (n <= 0)
            return {};
        text.append(buffer, n);
    }
    text.chop(1);
    return text;
}

} // namespace quarry::runtime
