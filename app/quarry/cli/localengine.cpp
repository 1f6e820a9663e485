// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/localengine.h"

#include "base/pool.h"

#include <QDir>

#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

Result<void> makePrivate(const QString &path)
{
    const QString parent = path.section(u'/', 0, -2);
    if (!parent.isEmpty() && !QDir().mkpath(parent))
        return systemError(u"Cannot make the folder "_s + parent, errno);
    if (::mkdir(QFile::encodeName(path).constData(), 0700) != 0 && errno != EEXIST)
        return systemError(u"Cannot make the folder "_s + path, errno);
    return {};
}

} // namespace

LocalEngine::LocalEngine(service::Settings settings, QObject *parent)
    : QObject(parent), m_settings(std::move(settings)), m_sweeper(m_settings)
{
}

LocalEngine::~LocalEngine()
{
    if (!m_engine)
        return;
    const QString folder = m_engine->dataFolder();
    m_engine.reset();
    QDir(folder).removeRecursively();
}

void LocalEngine::open(Callback<void> done)
{
    m_opened = std::move(done);
    for (const QString &path : {m_settings.dataFolder, m_settings.dataFolder + u"/run"_s}) {
        if (const Result<void> made = makePrivate(path); !made) {
            answerLater<void>(this, m_opened, made.error());
            return;
        }
    }
    m_state = State::Opening;
    m_sweeper.start([this](const QStringList &) { openOwn(); });
}

void LocalEngine::openOwn()
{
    if (m_closed) {
        m_closed();
        return;
    }
    m_engine = std::make_unique<engine::Engine>(service::ownEngineSettings(
        m_settings, m_settings.dataFolder + u"/run/"_s + QString::number(::getpid())));
    m_engine->open([this](const Result<QString> &result) { opened(result); });
}

void LocalEngine::opened(const Result<QString> &result)
{
    m_state = result ? State::Open : State::Failed;
    if (m_closed)
        close(std::move(m_closed));
    else
        m_opened(result ? Result<void>() : Result<void>(result.error()));
}

void LocalEngine::close(std::function<void()> done)
{
    if (m_state == State::Opening)
        m_closed = std::move(done); // opening ends first, and soon
    else if (m_state == State::Open)
        m_engine->close([done = std::move(done)](const Result<void> &) { done(); });
    else
        QMetaObject::invokeMethod(this, std::move(done), Qt::QueuedConnection);
}

} // namespace quarry::cli
