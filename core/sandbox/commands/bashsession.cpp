// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/commands/bashsession.h"

#include "sandbox/commands/bashsessionprivate.h"

namespace quarry::sandbox {

BashSession::BashSession(agent::AgentClient &agent, SessionSpec spec, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, agent, std::move(spec)))
{
}

BashSession::~BashSession() = default;

void BashSession::start(Callback<QByteArray> done)
{
    d->start(std::move(done));
}

quint64 BashSession::run(const RunSpec &spec, Callback<RunResult> done)
{
    return d->run(spec, std::move(done));
}

void BashSession::cancel(quint64 call, bool interrupt)
{
    d->cancel(call, interrupt);
}

void BashSession::close(Callback<void> done)
{
    d->close(std::move(done));
}

const QString &BashSession::name() const
{
    return d->spec.name;
}

bool BashSession::ended() const
{
    return d->isOver;
}

QString BashSession::endReason() const
{
    return d->endReason;
}

bool BashSession::busy() const
{
    return d->busy();
}

void BashSession::write(const QByteArray &typed)
{
    d->write(typed);
}

void BashSession::resize(int rows, int columns)
{
    d->resize(rows, columns);
}

int BashSession::rows() const
{
    return d->spec.rows;
}

int BashSession::columns() const
{
    return d->spec.columns;
}

Result<void> BashSession::takeOver()
{
    return d->takeOver();
}

void BashSession::giveBack()
{
    d->giveBack();
}

bool BashSession::takenOver() const
{
    return d->isTaken;
}

void BashSession::endRecording(const QString &reason)
{
    d->endRecording(reason);
}

} // namespace quarry::sandbox
