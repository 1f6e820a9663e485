// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/localengine.h"

#include "base/pool.h"

#include <QDir>

#include <cerrno>
#include <csignal>
#include <sys/stat.h>
#include <unistd.h>

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

// The data folder with its 0700 comes before anything in it.
Result<void> makePrivate(const QString &path)
{
    if (QDir().mkpath(path.section(u'/', 0, -2)) && (::mkdir(QFile::encodeName(path).constData(), 0700) == 0 || errno == EEXIST))
        return {};
    return systemError(u"Cannot make the folder "_s + path, errno);
}

} // namespace

QStringList deadRunFolders(const QString &runFolder)
{
    QStringList dead;
    for (const QString &name : QDir(runFolder).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        bool number = false;
        const pid_t pid = name.toInt(&number);
        // One of our own pid is of an earlier program: we have made none yet.
        if (number && pid > 0 && (pid == ::getpid() || (::kill(pid, 0) != 0 && errno == ESRCH)))
            dead << runFolder + u'/' + name;
    }
    return dead;
}

LocalEngine::LocalEngine(Settings settings, QObject *parent)
    : QObject(parent), m_settings(std::move(settings)), m_runFolder(m_settings.dataFolder + u"/run"_s)
{
}

LocalEngine::~LocalEngine()
{
    if (!m_engine)
        return;
    const QString folder = m_engine->dataFolder();
    m_engine.reset();
    QDir(folder).removeRecursively();
    QDir().rmdir(m_runFolder); // when it was the last
}

void LocalEngine::open(Callback<void> done)
{
    m_opened = std::move(done);
    for (const QString &path : {m_settings.dataFolder, m_runFolder}) {
        if (const Result<void> made = makePrivate(path); !made) {
            answerLater<void>(this, m_opened, made.error());
            return;
        }
    }
    m_dead = deadRunFolders(m_runFolder);
    sweepNext();
}

void LocalEngine::sweepNext()
{
    if (m_sweeper) {
        const QString folder = m_sweeper->dataFolder();
        m_sweeper.reset();
        QDir(folder).removeRecursively();
    }
    if (m_closing)
        return;
    if (m_dead.isEmpty()) {
        openOwn();
        return;
    }
    engine::EngineSettings settings = m_settings.engine;
    settings.imagesFolder = m_settings.dataFolder + u"/images"_s;
    settings.dataFolder = m_dead.takeFirst();
    settings.deleteOnExit = true;
    settings.throwAway = true;
    m_sweeper = std::make_unique<engine::Engine>(settings, this);
    m_sweeper->open([this](const Result<QString> &opened) {
        if (!opened) { // another program is at it, or it is beyond us
            m_sweeper.release()->deleteLater();
            sweepNext();
            return;
        }
        m_sweeper->close([this](const Result<void> &) {
            QMetaObject::invokeMethod(this, &LocalEngine::sweepNext, Qt::QueuedConnection);
        });
    });
}

void LocalEngine::openOwn()
{
    engine::EngineSettings settings = m_settings.engine;
    settings.imagesFolder = m_settings.dataFolder + u"/images"_s;
    settings.dataFolder = m_runFolder + u'/' + QString::number(::getpid());
    settings.deleteOnExit = true;
    settings.throwAway = true;
    m_engine = std::make_unique<engine::Engine>(settings);
    m_engine->open([this](const Result<QString> &opened) {
        m_isOpen = opened.ok();
        m_opened(opened ? Result<void>() : Result<void>(opened.error()));
    });
}

void LocalEngine::close(std::function<void()> done)
{
    m_closing = true;
    if (m_isOpen)
        m_engine->close([done = std::move(done)](const Result<void> &) { done(); });
    else
        QMetaObject::invokeMethod(this, std::move(done), Qt::QueuedConnection);
}

} // namespace quarry::cli
