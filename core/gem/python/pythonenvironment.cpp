// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/python/pythonenvironment.h"

#include <QPointer>

namespace quarry::gem {

using namespace Qt::StringLiterals;

namespace {

PythonReset readReset(const QJsonObject &answer)
{
    return {answer.value("observation"_L1).toString(), answer.value("info"_L1).toObject()};
}

PythonStep readStep(const QJsonObject &answer)
{
    return {answer.value("observation"_L1).toString(), answer.value("reward"_L1).toDouble(),
            answer.value("terminated"_L1).toBool(), answer.value("truncated"_L1).toBool(),
            answer.value("info"_L1).toObject()};
}

QString readAction(const QJsonObject &answer)
{
    return answer.value("action"_L1).toString();
}

} // namespace

PythonEnvironment::PythonEnvironment(sandbox::Launched launched, const QString &python,
                                     const QList<QByteArray> &variables, Release release)
    : m_launched(std::move(launched)), m_release(std::move(release)),
      m_bridge(new Bridge(m_launched.agent.get(), python, variables))
{
    connect(m_bridge.get(), &Bridge::ended, this,
            [this](const Error &error) { Q_EMIT ended(explained(error)); });
}

PythonEnvironment::~PythonEnvironment()
{
    m_bridge.reset();
    m_launched.agent.reset();
    m_release(std::move(m_launched));
}

template <typename T>
void PythonEnvironment::ask(QJsonObject request, std::chrono::milliseconds deadline,
                            Callback<T> done, T (*read)(const QJsonObject &answer))
{
    const QPointer<PythonEnvironment> self(this);
    m_bridge->call(std::move(request), deadline,
                   [self, read, done = std::move(done)](Result<QJsonObject> answer) {
                       if (answer)
                           done(read(*answer));
                       else
                           done(self ? self->explained(answer.error()) : answer.error());
                   });
}

// The kernel's reason, which the interpreter cannot tell any more.
Error PythonEnvironment::explained(Error error) const
{
    if (error.code == ErrorCode::ConnectionLost && m_launched.instance
        && m_launched.instance->oomKills() > 0)
        error.message += u" It had used up the memory that it may have."_s;
    return error;
}

void PythonEnvironment::make(const QString &id, const QJsonObject &parameters, Callback<void> done)
{
    m_bridge->call({{u"call"_s, u"make"_s}, {u"id"_s, id}, {u"parameters"_s, parameters}},
                   Bridge::callDeadline,
                   [done = std::move(done)](const Result<QJsonObject> &answer) {
                       if (answer) {
                           done({});
                           return;
                       }
                       Error error = answer.error();
                       if (error.details.value("exception"_L1) == "UnknownEnvironment"_L1)
                           error.code = ErrorCode::NotFound;
                       done(error);
                   });
}

void PythonEnvironment::reset(std::optional<quint32> seed, Callback<PythonReset> done,
                              std::chrono::milliseconds deadline)
{
    const QJsonValue value = seed ? QJsonValue(qint64(*seed)) : QJsonValue();
    ask<PythonReset>({{u"call"_s, u"reset"_s}, {u"seed"_s, value}}, deadline, std::move(done),
                     readReset);
}

void PythonEnvironment::step(const QByteArray &action, Callback<PythonStep> done,
                             std::chrono::milliseconds deadline)
{
    ask<PythonStep>({{u"call"_s, u"step"_s}, {u"action"_s, QString::fromUtf8(action)}}, deadline,
                    std::move(done), readStep);
}

void PythonEnvironment::sampleAction(Callback<QString> done, std::chrono::milliseconds deadline)
{
    ask<QString>({{u"call"_s, u"sample"_s}}, deadline, std::move(done), readAction);
}

} // namespace quarry::gem
