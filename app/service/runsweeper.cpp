// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/runsweeper.h"

#include <QDir>

#include <cerrno>
#include <csignal>
#include <unistd.h>

namespace quarry::service {

using namespace Qt::StringLiterals;

QStringList deadRunFolders(const QString &dataFolder)
{
    const QString run = dataFolder + u"/run/"_s;
    QStringList dead;
    for (const QString &name : QDir(run).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        bool number = false;
        const pid_t pid = name.toInt(&number);
        // One of our own pid is of an earlier program: we have made none yet.
        if (number && pid > 0 && (pid == ::getpid() || (::kill(pid, 0) != 0 && errno == ESRCH)))
            dead << run + name;
    }
    return dead;
}

engine::EngineSettings ownEngineSettings(const Settings &settings, const QString &folder)
{
    engine::EngineSettings own = settings.engine;
    own.imagesFolder = settings.dataFolder + u"/images"_s;
    own.dataFolder = folder;
    own.gemFolder = settings.dataFolder;
    own.deleteOnExit = true;
    own.throwAway = true;
    return own;
}

RunSweeper::RunSweeper(Settings settings, QObject *parent)
    : QObject(parent), m_settings(std::move(settings))
{
}

void RunSweeper::start(std::function<void(const QStringList &removed)> done)
{
    m_done = std::move(done);
    m_dead = deadRunFolders(m_settings.dataFolder);
    QMetaObject::invokeMethod(this, &RunSweeper::next, Qt::QueuedConnection);
}

void RunSweeper::next()
{
    if (m_dead.isEmpty()) {
        m_done(m_removed);
        return;
    }
    m_engine = std::make_unique<engine::Engine>(ownEngineSettings(m_settings, m_dead.first()));
    m_engine->open([this](const Result<QString> &opened) {
        if (opened)
            m_engine->close([this](const Result<void> &) { closed(true); });
        else // in use, or beyond its engine: then its files go all the same
            closed(opened.error().code != ErrorCode::WrongState);
    });
}

void RunSweeper::closed(bool removable)
{
    // Not here: the engine's own callback is running.
    QMetaObject::invokeMethod(
        this,
        [this, removable] {
            m_engine.reset();
            const QString folder = m_dead.takeFirst();
            if (removable && QDir(folder).removeRecursively())
                m_removed << u"removed folder %1 of a program that has ended"_s.arg(folder);
            next();
        },
        Qt::QueuedConnection);
}

} // namespace quarry::service
