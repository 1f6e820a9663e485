// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/envpython.h"

#include "cli/context.h"
#include "cli/localengine.h"
#include "commands/envscreen.h"
#include "service/signalwatch.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QSocketNotifier>

#include <unistd.h>

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

// Each line of standard input is an action, the next one read when it has been answered.
class PythonPlay : public QObject
{
public:
    PythonPlay(service::Settings settings, gem::EnvironmentSpec spec, quint32 seed,
               Context &context)
        : m_local(std::move(settings)), m_spec(std::move(spec)), m_seed(seed), m_context(context),
          m_input(STDIN_FILENO, QSocketNotifier::Read)
    {
        m_input.setEnabled(false);
        connect(&m_input, &QSocketNotifier::activated, this, [this] { read(); });
        connect(&context.signalWatch(), &service::SignalWatch::interrupted, this, [this] {
            fail({ErrorCode::Cancelled, u"Interrupted."_s, {}}, exitcode::interrupted);
        });
    }

    void start()
    {
        m_local.open([this](const Result<void> &opened) {
            if (!opened)
                fail(opened.error(), exitcode::failed);
            else if (!m_closing)
                service().make(m_spec, [this](const Result<QString> &made) { begin(made); });
        });
    }

private:
    gem::EnvironmentService &service() { return m_local.engine().gem(); }

    void begin(const Result<QString> &made)
    {
        if (!made) {
            fail(made.error(), exitcode::failed);
            return;
        }
        m_id = *made;
        service().reset(m_id, m_seed, [this](const Result<std::string> &given) { tell(given); });
    }

    void tell(const Result<std::string> &given)
    {
        if (m_closing)
            return;
        if (!given) {
            fail(given.error(), exitcode::failed);
            return;
        }
        const QJsonObject object
            = QJsonDocument::fromJson(QByteArray::fromStdString(*given)).object();
        if (m_context.json())
            m_context.printLine(object);
        else
            m_context.print(object.value("observation"_L1).toString() + u'\n'
                            + object.value("info"_L1)["suffix"_L1].toString() + u'\n');
        m_turns += object.contains("reward"_L1);
        m_reward += object.value("reward"_L1).toDouble();
        const bool over
            = object.value("terminated"_L1).toBool() || object.value("truncated"_L1).toBool();
        if (over && !m_context.json())
            m_context.print(u"reward %1 in %2 turns\n"_s.arg(m_reward).arg(m_turns));
        if (over)
            close(exitcode::done);
        else
            playLine();
    }

    void read()
    {
        char bytes[4096];
        const ssize_t count = ::read(STDIN_FILENO, bytes, sizeof bytes);
        m_input.setEnabled(false);
        m_atEnd = count <= 0;
        m_typed.append(bytes, std::max<qsizetype>(count, 0));
        playLine();
    }

    // The next line that is there, or waits for one.
    void playLine()
    {
        const qsizetype end = m_typed.indexOf('\n');
        if (end < 0 && !m_atEnd) {
            m_input.setEnabled(true);
            return;
        }
        const QByteArray line = (end < 0 ? m_typed : m_typed.left(end)).trimmed();
        m_typed = end < 0 ? QByteArray() : m_typed.mid(end + 1);
        if (end < 0 && line.isEmpty())
            close(exitcode::done);
        else
            service().step(m_id, line == "random_action" ? line : boxed(line),
                           [this](const Result<std::string> &given) { tell(given); });
    }

    void fail(const Error &error, int code)
    {
        if (!m_closing)
            close(m_context.fail(error, code));
    }

    void close(int code)
    {
        m_closing = true;
        m_input.setEnabled(false);
        m_local.close([code] {
            QMetaObject::invokeMethod(
                qApp, [code] { QCoreApplication::exit(code); }, Qt::QueuedConnection);
        });
    }

    LocalEngine m_local;
    gem::EnvironmentSpec m_spec;
    quint32 m_seed;
    Context &m_context;
    QSocketNotifier m_input;
    QString m_id;
    QByteArray m_typed;
    double m_reward = 0;
    int m_turns = 0;
    bool m_atEnd = false; // of the input
    bool m_closing = false;
};

} // namespace

int playPython(Context &context, const Arguments &arguments, const gem::EnvironmentSpec &spec,
               quint32 seed)
{
    const Result<service::Settings> settings = settingsFrom(arguments);
    if (!settings)
        return context.fail(settings.error(), exitcode::wrongUsage);
    const QStringList ids = pythonIds(*settings);
    if (!ids.contains(spec.envId) && !gem::isOfThePackage(spec.envId))
        return context.fail(gem::unknownEnvironment(spec.envId, ids));
    service::raiseDescriptorLimit();
    PythonPlay play(*settings, spec, seed, context);
    play.start();
    return QCoreApplication::exec();
}

} // namespace quarry::cli
