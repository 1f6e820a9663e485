// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Control groups, version 1 or 2, found controller by controller.
//
// Every engine has one folder in each hierarchy, "quarry-PID-START-TAG" (START the engine's start
// time in kernel ticks, TAG from its data folder), and each instance a group in it. By the name a
// later engine sees that its owner is dead.
#pragma once

#include "base/result.h"

#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

namespace quarry::runtime {

// "quarry-PID-START-TAG" of this process for a data folder.
QString engineMark(const QString &dataFolder);
// Whether NAME is such a mark whose process is gone.
bool isDeadMark(const QString &name);

class ControlGroups
{
public:
    struct Controller {
        QString folder;  // the engine's; empty: not usable
        int version = 0; // of the hierarchy
        QString reason;  // why it is not usable
    };

    // Looks at this process's groups and makes the engine's folders. Some milliseconds.
    static ControlGroups detect(const QString &mark);

    // "memory", "cpu", "pids" and "cpuacct".
    Controller controller(const QString &name) const { return m_controllers.value(name); }

    // The folders of one instance, each once.
    QStringList groupsOf(const QString &id) const;
    QString group(const QString &controller, const QString &id) const; // empty: none
    // For an instance that is being killed: at its limit thousands of processes wait for the kernel
    // to free memory one process at a time, and die no faster.
    void liftMemoryLimit(const QString &id) const;
    // Removes the engine's folders; those that still hold groups stay.
    void removeEngineFolders() const;

    // Every folder of dead engines in the hierarchies of this machine that this user may change.
    static QStringList deadFolders();

private:
    QMap<QString, Controller> m_controllers;
};

struct MountedHierarchy {
    QString mountPoint;
    QString root; // the part of the hierarchy that is mounted there
    int version = 1;
    QStringList controllers; // of version 1
};
// From the text of /proc/self/mountinfo.
QList<MountedHierarchy> mountedHierarchies(const QByteArray &mountInfo);
// The folder of this process in HIERARCHY, from the text of /proc/self/cgroup.
QString ownFolder(const MountedHierarchy &hierarchy, const QByteArray &cgroupFile);

// Tries once to remove the groups at FOLDERS, killing what still is in them. Gives those that
// remain.
QStringList removeGroups(const QStringList &folders);
// The pids in a group.
QList<qint64> processesOf(const QString &folder);

} // namespace quarry::runtime
