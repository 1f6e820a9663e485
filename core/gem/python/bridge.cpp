// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/python/bridge.h"

#include "base/pool.h"
#include "gem/python/bridgetext.h"

#include <QJsonDocument>
#include <QPointer>

namespace quarry::gem {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype wordsKept = 4096; // bytes of what it wrote to its error channel
constexpr qsizetype linesTold = 6;

agent::SpawnSpec bridgeProgram(const QString &python, const QList<QByteArray> &environment)
{
    agent::SpawnSpec program;
    program.arguments = {python.toUtf8(), "-B", "-c",
                         QByteArray(bridgeText.data(), qsizetype(bridgeText.size()))};
    program.environment = environment;
    program.input = true;
    return program;
}

QString howItEnded(const agent::ExitStatus &status)
{
    return status.signal != 0 ? u"was ended by signal %1"_s.arg(status.signal)
                              : u"ended by itself with code %1"_s.arg(status.code);
}

} // namespace

Bridge::Bridge(agent::AgentClient *agent, const QString &python,
               const QList<QByteArray> &environment, QObject *parent)
    : QObject(parent), m_process(new agent::AgentProcess(agent, bridgeProgram(python, environment)))
{
    using agent::AgentProcess;
    connect(m_process.get(), &AgentProcess::output, this, &Bridge::takeOutput);
    connect(m_process.get(), &AgentProcess::failed, this, [this](const Error &error) {
        end(ErrorCode::ConnectionLost, u"The interpreter is lost: %1"_s.arg(error.message));
    });
    connect(m_process.get(), &AgentProcess::finished, this,
            [this](const agent::ExitStatus &status) {
                end(ErrorCode::ConnectionLost, u"The interpreter %1"_s.arg(howItEnded(status)));
            });
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        end(ErrorCode::Timeout,
            u"There was no answer within %1 s, and the interpreter was killed"_s.arg(
                double(m_calls.front().deadline.count()) / 1000));
    });
}

Bridge::~Bridge()
{
    // Whom these answers reach may have no event loop to come back to.
    const std::deque<Call> calls = std::exchange(m_calls, {});
    m_process.reset();
    for (const Call &call : calls)
        call.done(Error{ErrorCode::Cancelled, u"The environment has been closed."_s, {}});
}

void Bridge::call(QJsonObject request, std::chrono::milliseconds deadline,
                  Callback<QJsonObject> done)
{
    if (m_end) {
        answerLater<QJsonObject>(this, std::move(done), *m_end);
        return;
    }
    m_calls.push_back({request.value("call"_L1).toString(),
                       QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n', deadline,
                       std::move(done)});
    if (m_calls.size() == 1)
        sendNext();
}

void Bridge::cancel()
{
    end(ErrorCode::Cancelled, u"The environment has been closed"_s);
}

void Bridge::sendNext()
{
    m_errors.clear(); // what is told of an end belongs to its call
    m_process->write(std::exchange(m_calls.front().line, {}));
    m_deadline.start(m_calls.front().deadline);
}

void Bridge::takeOutput(agent::AgentProcess::Channel channel, const QByteArray &data)
{
    if (m_end)
        return;
    m_process->consume(data.size());
    if (channel == agent::AgentProcess::Channel::Error) {
        m_errors = (m_errors + data.right(wordsKept)).right(wordsKept);
        return;
    }
    m_output += data;
    if (data.contains('\n'))
        takeAnswers();
    else if (m_output.size() > answerMax)
        end(ErrorCode::LimitExceeded, u"The answer is longer than %1 MB"_s.arg(answerMax >> 20));
}

void Bridge::takeAnswers()
{
    const QPointer<Bridge> self(this); // an answer may be the end of this
    while (self && !m_end) {
        const qsizetype length = m_output.indexOf('\n');
        if (length < 0)
            return;
        const QByteArray line = m_output.left(length);
        m_output.remove(0, length + 1);
        answer(line);
    }
}

void Bridge::answer(const QByteArray &line)
{
    const QJsonDocument document = QJsonDocument::fromJson(line);
    if (m_calls.empty() || !document.isObject()) {
        end(ErrorCode::ConnectionLost, u"The interpreter said something that is no answer"_s);
        return;
    }
    m_deadline.stop();
    const Callback<QJsonObject> done = std::move(m_calls.front().done);
    m_calls.pop_front();
    if (!m_calls.empty())
        sendNext();
    const QJsonObject object = document.object();
    const QString exception = object.value("error"_L1).toString();
    if (exception.isEmpty())
        done(object);
    else
        done(Error{ErrorCode::CommandFailed,
                   u"%1: %2"_s.arg(exception, object.value("detail"_L1).toString()),
                   {{u"exception"_s, exception}}});
}

void Bridge::end(ErrorCode code, const QString &what)
{
    if (m_end)
        return;
    const QString during = m_calls.empty() ? QString() : u" (call: %1)"_s.arg(m_calls.front().name);
    m_end = Error{code, what + during + u'.' + lastWords(), {}};
    m_deadline.stop();
    m_process->kill();
    m_output.clear();
    const QPointer<Bridge> self(this);
    const std::deque<Call> calls = std::exchange(m_calls, {});
    const Error error = *m_end;
    Q_EMIT ended(error);
    for (const Call &call : calls)
        call.done(self ? *m_end : error);
}

QString Bridge::lastWords() const
{
    QList<QByteArray> lines = m_errors.trimmed().split('\n');
    if (lines.size() > linesTold)
        lines.remove(0, lines.size() - linesTold);
    const QString words = QString::fromUtf8(lines.join('\n')).trimmed();
    return words.isEmpty() ? QString() : u" Its last words:\n"_s + words;
}

} // namespace quarry::gem
