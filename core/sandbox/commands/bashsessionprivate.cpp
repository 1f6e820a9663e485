// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/commands/bashsessionprivate.h"

#include <QAbstractEventDispatcher>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace quarry::sandbox {

namespace {

constexpr int StartGuardMs = 15000;
constexpr int InterruptGuardMs = 30000;
constexpr int CloseGuardMs = 8000;
constexpr int QuietMs = 500;
constexpr double StartupSecondsMin = 5;
constexpr qint64 TypedMax = 1 << 20;

int toMilliseconds(double seconds)
{
    return int(std::clamp(std::ceil(seconds * 1000), 1.0, 2.0e9));
}

QString secondsText(double seconds)
{
    return QString::number(seconds, 'g', 6) + QStringLiteral(" s");
}

QByteArray shellQuoted(const QString &text)
{
    return '\'' + text.toUtf8().replace('\'', "'\\''") + '\'';
}

// What Enter sends is a carriage return; the terminal makes of it what its settings say.
QByteArray asTyped(QByteArray command)
{
    command.replace("\r\n", "\n");
    return command.replace('\n', '\r') + '\r';
}

Error closedError()
{
    return {
        ErrorCode::WrongState, QStringLiteral("The session was closed while its command ran."), {}};
}

} // namespace

BashSession::Private::Private(BashSession *owner, agent::AgentClient &agent, SessionSpec spec_)
    : spec(std::move(spec_)), m_owner(owner), m_agent(&agent)
{
    m_programGrace.setSingleShot(true);
    QObject::connect(&m_programGrace, &QTimer::timeout, owner, [this] { refuseOrdinary(); });
    m_guard.setSingleShot(true);
    QObject::connect(&m_guard, &QTimer::timeout, owner, [this] {
        failed({ErrorCode::Timeout,
                QStringLiteral("The session does not answer any more and was given up."),
                {}});
    });
}

BashSession::Private::~Private()
{
    if (m_session)
        m_session->disconnect(m_owner);
    const Error gone{ErrorCode::Cancelled, QStringLiteral("The session is gone."), {}};
    if (m_current)
        later<RunResult>(m_current->takeCallback(), gone);
    for (const CallPointer &call : m_queue)
        later<RunResult>(call->takeCallback(), gone);
    later<QByteArray>(std::exchange(m_started, {}), gone);
    for (Callback<void> &done : m_closed)
        later<void>(std::move(done), Result<void>());
    delete m_session; // the agent hangs up
}

template <typename T>
void BashSession::Private::later(Callback<T> callback, Result<T> value)
{
    if (!callback)
        return;
    QMetaObject::invokeMethod(
        QAbstractEventDispatcher::instance(), // this thread's: the session may be going
        [callback = std::move(callback), value = std::move(value)]() mutable {
            callback(std::move(value));
        },
        Qt::QueuedConnection);
}

void BashSession::Private::start(Callback<QByteArray> done)
{
    for (auto entry = spec.env.cbegin(); entry != spec.env.cend(); ++entry) {
        if (!entry.key().isEmpty() && !entry.key().contains(u'=')
            && !entry.key().contains(QChar::Null) && !entry.value().contains(QChar::Null))
            continue;
        setOver(QStringLiteral("The session could not start."));
        later<QByteArray>(
            std::move(done),
            Error{ErrorCode::InvalidArgument,
                  QStringLiteral("\"%1\" in env is not a name and value that a process can have.")
                      .arg(entry.key()),
                  {}});
        return;
    }
    if (!m_agent) {
        setOver(QStringLiteral("The sandbox is gone."));
        later<QByteArray>(std::move(done), Error{ErrorCode::ConnectionLost, endReason, {}});
        return;
    }
    m_started = std::move(done);
    if (!spec.recordingFile.isEmpty())
        m_recording = std::make_unique<terminal::AsciicastWriter>(spec.recordingFile, spec.columns,
                                                                  spec.rows, spec.name);
    connectSession();
    m_guard.start(StartGuardMs);
}

void BashSession::Private::connectSession()
{
    agent::SessionOpen open;
    open.user = spec.user.toStdString();
    open.cwd = spec.cwd.toStdString();
    for (auto entry = spec.env.cbegin(); entry != spec.env.cend(); ++entry)
        open.environment.push_back((entry.key() + u'=' + entry.value()).toStdString());
    open.rows = std::uint16_t(std::clamp(spec.rows, 1, int(agent::sessionSizeMax)));
    open.columns = std::uint16_t(std::clamp(spec.columns, 1, int(agent::sessionSizeMax)));

    using agent::AgentSession;
    m_session = new AgentSession(m_agent, open, m_owner);
    QObject::connect(m_session, &AgentSession::started, m_owner, [this] {
        RunSpec run;
        run.command = startupCommand();
        run.timeoutSeconds = std::max(StartupSecondsMin, spec.startupSeconds);
        auto call = std::make_unique<BashSessionCall>(
            0, run, ExpectMatcher(), spec.outputMax,
            [this](Result<RunResult> result) { startupDone(std::move(result)); });
        QObject::connect(&call->timeLimit, &QTimer::timeout, m_owner,
                         [this] { limitReached(0, BashSessionCall::Limit::Time); });
        call->timeLimit.start(toMilliseconds(*run.timeoutSeconds));
        m_guard.stop();
        begin(std::move(call));
    });
    QObject::connect(m_session, &AgentSession::shown, m_owner,
                     [this](const QByteArray &bytes) { shown(bytes); });
    QObject::connect(m_session, &AgentSession::begun, m_owner,
                     [this](quint32 unit) { begun(unit); });
    QObject::connect(m_session, &AgentSession::finished, m_owner,
                     [this](quint32 unit, int code) { finished(unit, code); });
    QObject::connect(
        m_session, &AgentSession::refused, m_owner,
        [this](quint32 unit, int code, const QByteArray &words) { refused(unit, code, words); });
    QObject::connect(m_session, &AgentSession::ended, m_owner,
                     [this](int code, const QString &why) { ended(code, why); });
    QObject::connect(m_session, &AgentSession::failed, m_owner,
                     [this](const Error &error) { failed(error); });
}

QByteArray BashSession::Private::startupCommand() const
{
    QByteArray command(":\n");
    for (const QString &path : spec.startupSource) {
        // Without a slash bash would look along PATH.
        const QString file = path.contains(u'/') ? path : QStringLiteral("./") + path;
        command += "\\builtin . " + shellQuoted(file) + '\n';
    }
    return command;
}

void BashSession::Private::startupDone(Result<RunResult> result)
{
    const Callback<QByteArray> done = std::exchange(m_started, {});
    if (result && !result->timedOut && !result->sessionEnded && !result->syntaxError) {
        m_ready = true;
        if (done)
            done(result->output.join());
        return;
    }
    Error error = result
        ? Error{ErrorCode::CommandFailed,
                QStringLiteral("The session could not start: ") + result->failureReason,
                {}}
        : result.error();
    if (result && result->timedOut) {
        error = {ErrorCode::Timeout,
                 QStringLiteral("The startup files took longer than %1.")
                     .arg(secondsText(std::max(StartupSecondsMin, spec.startupSeconds))),
                 {}};
    }
    if (result)
        error.details.insert(QStringLiteral("output"),
                             QString::fromUtf8(lastBytes(result->output, 4096)));
    const QPointer<BashSession> guard(m_owner);
    if (m_session)
        m_session->hangUp();
    setOver(QStringLiteral("The session could not start."));
    if (guard && done)
        done(error);
}

quint64 BashSession::Private::run(const RunSpec &run, Callback<RunResult> done)
{
    const quint64 number = ++m_lastCall;
    const auto refuse = [&](ErrorCode code, const QString &message) {
        later<RunResult>(std::move(done), Error{code, message, {}});
        return number;
    };
    if (isOver || m_closing)
        return refuse(ErrorCode::WrongState,
                      QStringLiteral("The session has ended: %1")
                          .arg(isOver ? endReason : QStringLiteral("It is being closed.")));
    if (run.command.contains('\0'))
        return refuse(ErrorCode::InvalidArgument,
                      QStringLiteral("The command holds a NUL byte, which no shell can read."));
    if (run.command.size() > qsizetype(agent::sessionTextMax))
        return refuse(ErrorCode::InvalidArgument,
                      QStringLiteral("The command is larger than 64 MiB."));
    Result<ExpectMatcher> matcher = ExpectMatcher::create(run.expect);
    if (!matcher)
        return refuse(matcher.error().code, matcher.error().message);

    auto call = std::make_unique<BashSessionCall>(number, run, std::move(*matcher), spec.outputMax,
                                                  std::move(done));
    QObject::connect(&call->timeLimit, &QTimer::timeout, m_owner,
                     [this, number] { limitReached(number, BashSessionCall::Limit::Time); });
    if (run.timeoutSeconds)
        call->timeLimit.start(toMilliseconds(*run.timeoutSeconds));
    m_queue.push_back(std::move(call));
    next();
    return number;
}

void BashSession::Private::cancel(quint64 number, bool interrupt)
{
    const Error cancelled{ErrorCode::Cancelled, QStringLiteral("The call was cancelled."), {}};
    if (m_current && m_current->number() == number) {
        later<RunResult>(m_current->takeCallback(), cancelled);
        if (interrupt && m_session && m_unit != 0)
            m_session->interrupt(m_unit);
        return;
    }
    const auto found
        = std::find_if(m_queue.begin(), m_queue.end(),
                       [number](const CallPointer &call) { return call->number() == number; });
    if (found == m_queue.end())
        return;
    later<RunResult>((*found)->takeCallback(), cancelled);
    m_queue.erase(found);
}

void BashSession::Private::close(Callback<void> done)
{
    if (isOver) {
        later<void>(std::move(done), Result<void>());
        return;
    }
    m_closed.push_back(std::move(done));
    if (std::exchange(m_closing, true))
        return;
    if (m_session)
        m_session->hangUp();
    m_guard.start(CloseGuardMs);
}

void BashSession::Private::write(const QByteArray &typed)
{
    if (!m_session || isOver || m_session->bytesQueued() + typed.size() > TypedMax)
        return;
    m_typed = true;
    m_session->type(typed);
}

void BashSession::Private::resize(int rows, int columns)
{
    if (!m_session || isOver)
        return;
    m_session->resize(rows, columns);
    if (m_recording)
        m_recording->resized(columns, rows);
}

void BashSession::Private::next()
{
    if (isTaken) {
        if (!m_current && m_unit == 0 && m_ready && !m_closing && !isOver)
            startPrompt(false);
        return;
    }
    if (m_promptUnit != 0)
        return; // it is being interrupted
    while (!m_current && m_ready && !m_closing && !isOver && !m_queue.empty()) {
        const RunSpec &run = m_queue.front()->spec();
        if (m_programRuns && !run.interactive && !run.interactiveQuit) {
            if (!m_programGrace.isActive())
                m_programGrace.start(QuietMs); // what was expected may have been its last words
            return;
        }
        CallPointer call = std::move(m_queue.front());
        m_queue.pop_front();
        begin(std::move(call));
    }
}

void BashSession::Private::refuseOrdinary()
{
    if (!m_programRuns || m_current || m_queue.empty())
        return;
    const CallPointer call = std::move(m_queue.front());
    m_queue.pop_front();
    const QPointer<BashSession> guard(m_owner);
    call->answer(Error{ErrorCode::WrongState,
                       QStringLiteral("An interactive program is still running in the session: "
                                      "leave it with is_interactive_quit, "
                                      "or close the session."),
                       {}});
    if (guard)
        next();
}

void BashSession::Private::begin(CallPointer call)
{
    const RunSpec &run = call->spec();
    if (!m_programRuns && run.interactiveQuit) { // it has left by itself
        later<RunResult>(call->takeCallback(), RunResult());
        return;
    }
    const quint64 number = call->number();
    QTimer &silence = call->silenceLimit;
    if (run.interactive && !run.interactiveQuit && run.expect.isEmpty()) {
        silence.setInterval(QuietMs);
        QObject::connect(&silence, &QTimer::timeout, m_owner, [this] { silent(); });
    } else if (run.noOutputSeconds) {
        silence.setInterval(toMilliseconds(*run.noOutputSeconds));
        QObject::connect(&silence, &QTimer::timeout, m_owner,
                         [this, number] { limitReached(number, BashSessionCall::Limit::Silence); });
    }
    m_current = std::move(call);
    if (m_programRuns)
        feedProgram();
    else
        startUnit();
}

void BashSession::Private::startUnit()
{
    m_unit = ++m_lastUnit;
    m_collecting = false;
    m_session->run(m_unit, m_current->spec().command);
}

void BashSession::Private::feedProgram()
{
    const QByteArray typed = asTyped(m_current->spec().command);
    m_current->setSent(typed.left(typed.indexOf('\r')));
    m_collecting = true;
    m_session->type(typed);
    if (m_current->silenceLimit.interval() > 0)
        m_current->silenceLimit.start();
}

void BashSession::Private::limitReached(quint64 number, BashSessionCall::Limit limit)
{
    if (m_current && m_current->number() == number) {
        if (m_current->hit != BashSessionCall::Limit::None || m_closing || !m_session)
            return;
        m_current->hit = limit;
        m_current->silenceLimit.stop();
        m_session->interrupt(m_unit);
        m_guard.start(InterruptGuardMs);
        return;
    }
    const auto found
        = std::find_if(m_queue.begin(), m_queue.end(),
                       [number](const CallPointer &call) { return call->number() == number; });
    if (found == m_queue.end())
        return;
    const CallPointer call = std::move(*found);
    m_queue.erase(found);
    RunResult result;
    result.timedOut = true;
    result.failureReason
        = QStringLiteral("The call timed out after %1 %2; its command did not run.")
              .arg(secondsText(call->spec().timeoutSeconds.value_or(0)),
                   isTaken ? QStringLiteral("while a person has the session")
                           : QStringLiteral("behind other calls of the session"));
    call->answer(std::move(result));
}

void BashSession::Private::silent()
{
    if (!m_current || m_current->hit != BashSessionCall::Limit::None)
        return;
    m_programRuns = true;
    m_collecting = false;
    finishCurrent(RunResult());
}

void BashSession::Private::begun(quint32 unit)
{
    if (unit != m_unit || !m_current)
        return;
    m_collecting = true;
    if (m_current->silenceLimit.interval() > 0 && m_current->hit == BashSessionCall::Limit::None)
        m_current->silenceLimit.start();
}

void BashSession::Private::shown(const QByteArray &bytes)
{
    if (m_recording)
        m_recording->output(bytes);
    const QPointer<BashSession> guard(m_owner);
    Q_EMIT m_owner->rawOutputArrived(bytes);
    if (!guard || !m_current || !m_collecting)
        return;
    m_current->show(bytes);
    if (m_current->silenceLimit.isActive())
        m_current->silenceLimit.start();
    const RunSpec &run = m_current->spec();
    if (!run.interactive || run.interactiveQuit || m_current->hit != BashSessionCall::Limit::None)
        return;
    if (const std::optional<QString> text = m_current->expected()) {
        RunResult result;
        result.expectString = *text;
        m_programRuns = true;
        m_collecting = false;
        finishCurrent(std::move(result));
    }
}

void BashSession::Private::finished(quint32 unit, int code)
{
    if (unit != m_unit)
        return;
    m_unit = 0;
    m_programRuns = false;
    m_collecting = false;
    if (unit == m_promptUnit) {
        promptEnded(code);
        return;
    }
    RunResult result;
    result.exitCode = code;
    if (m_current) {
        finishCurrent(std::move(result));
        return;
    }
    m_programGrace.stop();
    next();
}

void BashSession::Private::refused(quint32 unit, int code, const QByteArray &words)
{
    if (unit != m_unit)
        return;
    m_unit = 0;
    if (unit == m_promptUnit)
        promptEnded(code);
    if (!m_current)
        return;
    m_current->show(words);
    RunResult result;
    result.exitCode = code;
    result.syntaxError = true;
    result.failureReason = QStringLiteral("The command has a syntax error and was not run.");
    finishCurrent(std::move(result));
}

void BashSession::Private::finishCurrent(RunResult result)
{
    const CallPointer call = std::move(m_current);
    const RunSpec &run = call->spec();
    if (!m_closing)
        m_guard.stop();
    call->timeLimit.stop();
    call->silenceLimit.stop();
    result.output = call->takeOutput();
    if (call->hit != BashSessionCall::Limit::None) {
        result.timedOut = true;
        const bool silence = call->hit == BashSessionCall::Limit::Silence;
        const QString limit
            = secondsText((silence ? run.noOutputSeconds : run.timeoutSeconds).value_or(0));
        const QString what = silence
            ? QStringLiteral(
                  "The command timed out: it printed nothing for %1, and was interrupted.")
            : QStringLiteral("The command timed out after %1 and was interrupted.");
        result.failureReason = (what.arg(limit) + u' ' + result.failureReason).trimmed();
    }
    const QPointer<BashSession> guard(m_owner);
    call->answer(std::move(result));
    if (guard)
        next();
}

void BashSession::Private::ended(int code, const QString &why)
{
    if (isOver)
        return;
    const QPointer<BashSession> guard(m_owner);
    if (m_current && !m_closing) {
        RunResult result;
        result.exitCode = code;
        result.sessionEnded = true;
        result.failureReason = why + QStringLiteral(" The session is over.");
        m_ready = false; // what waits is answered below
        finishCurrent(std::move(result));
        if (!guard)
            return;
    }
    if (!isOver) {
        failAll(closedError(),
                {ErrorCode::WrongState, QStringLiteral("The session has ended: %1").arg(why), {}});
        if (guard)
            setOver(why);
    }
}

void BashSession::Private::failed(const Error &error)
{
    if (isOver)
        return;
    const QPointer<BashSession> guard(m_owner);
    if (m_session) {
        m_session->disconnect(m_owner);
        m_session->deleteLater(); // and with it whatever still runs
    }
    if (const Callback<QByteArray> done = std::exchange(m_started, {})) {
        if (m_current)
            m_current->takeCallback(); // it was the startup
        done(error);
    }
    if (!guard)
        return;
    failAll(m_closing ? closedError() : error, error);
    if (guard)
        setOver(error.message);
}

void BashSession::Private::failAll(const Error &current, const Error &waiting)
{
    const CallPointer call = std::move(m_current);
    std::deque<CallPointer> queue;
    queue.swap(m_queue);
    if (call) {
        Error error = current;
        error.details.insert(QStringLiteral("output"),
                             QString::fromUtf8(lastBytes(call->takeOutput(), 1 << 20)));
        call->answer(std::move(error));
    }
    for (const CallPointer &left : queue)
        left->answer(waiting);
}

void BashSession::Private::endRecording(const QString &reason)
{
    if (const auto recording = std::exchange(m_recording, nullptr))
        recording->ended(reason);
}

void BashSession::Private::setOver(const QString &reason)
{
    if (std::exchange(isOver, true))
        return;
    endReason = reason;
    isTaken = false;
    m_guard.stop();
    endRecording(reason);
    std::vector<Callback<void>> closed;
    closed.swap(m_closed);
    for (Callback<void> &done : closed)
        later<void>(std::move(done), Result<void>());
    Q_EMIT m_owner->sessionEnded();
}

} // namespace quarry::sandbox
