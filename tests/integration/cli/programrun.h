// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the built program with a data folder of its own.
#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

namespace quarry::test {

struct Outcome {
    int code = -1;
    QByteArray out;
    QByteArray err;
};

class Program
{
public:
    Program()
    {
        m_environment = QProcessEnvironment::systemEnvironment();
        for (const QString &name : m_environment.keys()) {
            if (name.startsWith(QStringLiteral("QUARRY_")))
                m_environment.remove(name);
        }
        set("QUARRY_DATA", data());
        set("XDG_RUNTIME_DIR", m_runtime.path());
        set("XDG_CONFIG_HOME", m_config.path());
        set("LC_ALL", QStringLiteral("C.UTF-8"));
        set("TERM", QStringLiteral("xterm-256color"));
    }

    QString data() const { return m_data.path(); }
    QString config() const { return m_config.path(); }
    QString temporary() const { return m_runtime.path(); }
    void set(const char *name, const QString &value)
    {
        m_environment.insert(QString::fromLatin1(name), value);
    }

    void start(QProcess &process, const QStringList &arguments) const
    {
        process.setProcessEnvironment(m_environment);
        process.start(QStringLiteral(QUARRY_BIN_DIR "/quarry"), arguments);
    }

    Outcome run(const QStringList &arguments, const QByteArray &input = {}) const
    {
        QProcess process;
        start(process, arguments);
        if (!process.waitForStarted())
            return {};
        process.write(input);
        process.closeWriteChannel();
        return outcomeOf(process);
    }

    static Outcome outcomeOf(QProcess &process)
    {
        if (!process.waitForFinished(60'000))
            process.kill();
        const int code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
        return {code, process.readAllStandardOutput(), process.readAllStandardError()};
    }

private:
    QTemporaryDir m_data;
    QTemporaryDir m_runtime;
    QTemporaryDir m_config;
    QProcessEnvironment m_environment;
};

// Every line of OUTPUT as an object; an empty list when one is none.
inline QList<QJsonObject> jsonLines(const QByteArray &output)
{
    QList<QJsonObject> lines;
    for (const QByteArray &line : output.split('\n')) {
        if (line.isEmpty())
            continue;
        const QJsonDocument document = QJsonDocument::fromJson(line);
        if (!document.isObject())
            return {};
        lines << document.object();
    }
    return lines;
}

} // namespace quarry::test
