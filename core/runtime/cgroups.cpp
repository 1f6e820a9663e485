// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/cgroups.h"

#include "runtime/kernelfiles.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QSet>

#include <cerrno>
#include <csignal>
#include <sys/stat.h>
#include <unistd.h>

namespace quarry::runtime {

namespace {

const QStringList &wantedControllers()
{
    static const QStringList names{QStringLiteral("memory"), QStringLiteral("cpu"),
                                   QStringLiteral("pids")};
    return names;
}

// In mountinfo a blank is written as \040.
QString unescaped(QByteArray text)
{
    return QString::fromLocal8Bit(
        text.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\"));
}

ControlGroups::Controller unusable(const QString &reason)
{
    return {QString(), 0, reason};
}

bool makeFolder(const QString &path)
{
    return mkdir(QFile::encodeName(path).constData(), 0755) == 0 || errno == EEXIST;
}

ControlGroups::Controller detectOld(const MountedHierarchy &hierarchy, const QByteArray &cgroupFile,
                                    const QString &mark)
{
    const QString folder = ownFolder(hierarchy, cgroupFile) + u'/' + mark;
    if (makeFolder(folder))
        return {folder, 1, QString()};
    return unusable(QStringLiteral("no control group can be made in %1: %2")
                        .arg(QFileInfo(folder).path(), QString::fromLocal8Bit(strerror(errno))));
}

QSet<QString> words(const QString &file)
{
    const QList<QByteArray> list = readKernelFile(file).simplified().split(' ');
    QSet<QString> result;
    for (const QByteArray &word : list) {
        if (!word.isEmpty()) // an empty file splits into one empty word
            result.insert(QString::fromLatin1(word));
    }
    return result;
}

// Hands the wanted controllers on to the groups below FOLDER; gives those that are.
QSet<QString> handDown(const QString &folder)
{
    const QString control = folder + QStringLiteral("/cgroup.subtree_control");
    for (const QString &name : wantedControllers()) {
        if (!words(control).contains(name))
            writeKernelFile(control, '+' + name.toLatin1());
    }
    return words(control);
}

// The engine's folder in a version 2 hierarchy: beside or above its own group, as near as one can
// be made that processes may enter and that has the controllers.
struct Unified {
    QString folder;
    QSet<QString> controllers;
};

Unified detectUnified(const MountedHierarchy &hierarchy, const QByteArray &cgroupFile,
                      const QString &mark)
{
    Unified best;
    for (QString base = ownFolder(hierarchy, cgroupFile); base.startsWith(hierarchy.mountPoint);
         base = QFileInfo(base).path()) {
        const QString folder = base + u'/' + mark;
        const bool enterable
            = access(QFile::encodeName(base + QStringLiteral("/cgroup.procs")).constData(), W_OK)
            == 0;
        if (!enterable || !makeFolder(folder))
            break;
        handDown(base);
        const QSet<QString> controllers = handDown(folder);
        if (best.folder.isEmpty() || controllers.size() > best.controllers.size()) {
            if (!best.folder.isEmpty())
                QDir().rmdir(best.folder);
            best = {folder, controllers};
        } else {
            QDir().rmdir(folder);
        }
        if (best.controllers.contains(QStringLiteral("memory")) || base == hierarchy.mountPoint)
            break;
    }
    return best;
}

quint64 startTicks(qint64 pid)
{
    const QByteArray stat = readKernelFile(QStringLiteral("/proc/%1/stat").arg(pid));
    // The name of the program, in brackets, may hold anything.
    const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    return fields.size() > 19 ? fields[19].toULongLong() : 0;
}

} // namespace

QString engineMark(const QString &dataFolder)
{
    const QByteArray hash
        = QCryptographicHash::hash(dataFolder.toUtf8(), QCryptographicHash::Sha256).toHex();
    return QStringLiteral("quarry-%1-%2-%3")
        .arg(getpid())
        .arg(startTicks(getpid()))
        .arg(QString::fromLatin1(hash.left(8)));
}

bool isDeadMark(const QString &name)
{
    const QStringList parts = name.split(u'-');
    if (parts.size() != 4 || parts[0] != QLatin1String("quarry"))
        return false;
    bool pidOk = false;
    bool startOk = false;
    const qint64 pid = parts[1].toLongLong(&pidOk);
    const quint64 start = parts[2].toULongLong(&startOk);
    return pidOk && startOk && pid > 0 && startTicks(pid) != start;
}

QList<MountedHierarchy> mountedHierarchies(const QByteArray &mountInfo)
{
    QList<MountedHierarchy> found;
    for (const QByteArray &line : mountInfo.split('\n')) {
        const qsizetype dash = line.indexOf(" - ");
        const QList<QByteArray> head = line.left(dash).split(' ');
        const QList<QByteArray> tail = line.mid(dash + 3).split(' ');
        if (dash < 0 || head.size() < 5 || tail.size() < 3 || !tail[0].startsWith("cgroup"))
            continue;
        MountedHierarchy one;
        one.root = unescaped(head[3]);
        one.mountPoint = unescaped(head[4]);
        one.version = tail[0] == "cgroup2" ? 2 : 1;
        for (const QByteArray &option : tail[2].split(','))
            one.controllers.append(QString::fromLatin1(option));
        found.append(one);
    }
    return found;
}

QString ownFolder(const MountedHierarchy &hierarchy, const QByteArray &cgroupFile)
{
    for (const QByteArray &line : cgroupFile.split('\n')) {
        const qsizetype one = line.indexOf(':');
        const qsizetype two = line.indexOf(':', one + 1);
        if (one < 0 || two < 0)
            continue;
        const QByteArray names = line.mid(one + 1, two - one - 1);
        bool fits = hierarchy.version == 2 && names.isEmpty();
        for (const QByteArray &name : names.split(','))
            fits = fits
                || (hierarchy.version == 1 && !name.isEmpty()
                    && hierarchy.controllers.contains(QString::fromLatin1(name)));
        if (!fits)
            continue;
        QString path = QString::fromLocal8Bit(line.mid(two + 1));
        if (hierarchy.root != QLatin1String("/") && path.startsWith(hierarchy.root))
            path = path.mid(hierarchy.root.size());
        const QString folder = QDir::cleanPath(hierarchy.mountPoint + u'/' + path);
        // In a container the path may be one of the host's, which is not seen here.
        return QFileInfo(folder).isDir() && folder.startsWith(hierarchy.mountPoint)
            ? folder
            : hierarchy.mountPoint;
    }
    return hierarchy.mountPoint;
}

ControlGroups ControlGroups::detect(const QString &mark)
{
    const QByteArray own = readKernelFile(QStringLiteral("/proc/self/cgroup"));
    ControlGroups groups;
    const auto hierarchies
        = mountedHierarchies(readKernelFile(QStringLiteral("/proc/self/mountinfo")));
    for (const MountedHierarchy &hierarchy : hierarchies) {
        if (hierarchy.version != 2)
            continue;
        // Without a controller a group is not worth it: joining one of version 2 takes
        // milliseconds.
        const Unified unified = detectUnified(hierarchy, own, mark);
        if (!unified.folder.isEmpty() && unified.controllers.isEmpty())
            QDir().rmdir(unified.folder);
        for (const QString &name : wantedControllers()) {
            if (unified.controllers.contains(name))
                groups.m_controllers.insert(name, {unified.folder, 2, QString()});
            else if (words(hierarchy.mountPoint + QStringLiteral("/cgroup.controllers"))
                         .contains(name))
                groups.m_controllers.insert(
                    name,
                    unusable(
                        QStringLiteral("this program may not use the %1 controller (start it by "
                                       "systemd-run --user --scope -p Delegate=yes)")
                            .arg(name)));
        }
    }
    for (const MountedHierarchy &hierarchy : hierarchies) {
        for (const QString &name : {QStringLiteral("memory"), QStringLiteral("cpu"),
                                    QStringLiteral("pids"), QStringLiteral("cpuacct")}) {
            if (hierarchy.version == 1 && hierarchy.controllers.contains(name)
                && groups.controller(name).folder.isEmpty())
                groups.m_controllers.insert(name, detectOld(hierarchy, own, mark));
        }
    }
    for (const QString &name : wantedControllers()) {
        if (!groups.m_controllers.contains(name))
            groups.m_controllers.insert(
                name, unusable(QStringLiteral("no %1 control groups are mounted").arg(name)));
    }
    return groups;
}

QString ControlGroups::group(const QString &controller, const QString &id) const
{
    const QString folder = m_controllers.value(controller).folder;
    return folder.isEmpty() ? QString() : folder + u'/' + id;
}

QStringList ControlGroups::groupsOf(const QString &id) const
{
    QStringList list;
    for (auto it = m_controllers.keyBegin(); it != m_controllers.keyEnd(); ++it) {
        const QString folder = group(*it, id);
        if (!folder.isEmpty() && !list.contains(folder))
            list.append(folder);
    }
    return list;
}

void ControlGroups::liftMemoryLimit(const QString &id) const
{
    const QString folder = group(QStringLiteral("memory"), id);
    if (folder.isEmpty())
        return;
    if (controller(QStringLiteral("memory")).version == 2) {
        writeKernelFile(folder + QStringLiteral("/memory.max"), "max");
        return;
    }
    writeKernelFile(folder + QStringLiteral("/memory.memsw.limit_in_bytes"), "-1");
    writeKernelFile(folder + QStringLiteral("/memory.limit_in_bytes"), "-1");
}

void ControlGroups::removeEngineFolders() const
{
    for (const Controller &one : m_controllers) {
        if (!one.folder.isEmpty())
            QDir().rmdir(one.folder);
    }
}

QStringList ControlGroups::deadFolders()
{
    QStringList dead;
    const QByteArray own = readKernelFile(QStringLiteral("/proc/self/cgroup"));
    for (const MountedHierarchy &hierarchy :
         mountedHierarchies(readKernelFile(QStringLiteral("/proc/self/mountinfo")))) {
        for (QString base = ownFolder(hierarchy, own); base.startsWith(hierarchy.mountPoint);
             base = QFileInfo(base).path()) {
            for (const QString &name :
                 QDir(base).entryList({QStringLiteral("quarry-*")}, QDir::Dirs)) {
                const QString folder = base + u'/' + name;
                if (isDeadMark(name) && QFileInfo(folder).ownerId() == geteuid()
                    && !dead.contains(folder))
                    dead.append(folder);
            }
        }
    }
    return dead;
}

QList<qint64> processesOf(const QString &folder)
{
    QList<qint64> pids;
    for (const QByteArray &line :
         readKernelFile(folder + QStringLiteral("/cgroup.procs")).split('\n')) {
        if (!line.isEmpty())
            pids.append(line.toLongLong());
    }
    return pids;
}

QStringList removeGroups(const QStringList &folders)
{
    QStringList left;
    for (const QString &folder : folders) {
        const QByteArray path = QFile::encodeName(folder);
        if (rmdir(path.constData()) == 0 || errno == ENOENT)
            continue;
        writeKernelFile(folder + QStringLiteral("/cgroup.kill"), "1");
        for (const qint64 pid : processesOf(folder)) {
            if (pid > 1)
                kill(pid_t(pid), SIGKILL);
        }
        left.append(folder);
    }
    return left;
}

} // namespace quarry::runtime
