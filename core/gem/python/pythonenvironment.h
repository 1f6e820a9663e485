// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One environment of the real package gem: an interpreter of its own in a sandbox of its own.
#pragma once

#include "gem/python/bridge.h"
#include "runtime/runtime.h"
#include "sandbox/launch.h"

#include <optional>

namespace quarry::gem {

// What gem gives, its words included.
struct PythonReset {
    QString observation;
    QJsonObject info; // what JSON cannot carry stands in it as its Python repr
};
struct PythonStep {
    QString observation;
    double reward = 0; // finite
    bool terminated = false;
    bool truncated = false;
    QJsonObject info;
};

// Made by PythonGem::make(). Lives on the engine's thread. Calls are done in their order, one at a
// time; each answers within DEADLINE, with the errors of Bridge::call(), which harm no other
// environment.
class PythonEnvironment : public QObject
{
    Q_OBJECT
public:
    // RELEASE gets, from the destructor, what is left to be stopped.
    using Release = std::function<void(sandbox::Launched left)>;
    PythonEnvironment(sandbox::Launched launched, const QString &python,
                      const QList<QByteArray> &variables, Release release);
    ~PythonEnvironment() override; // kills all of it

    // NotFound for an id that the package does not have.
    void make(const QString &id, const QJsonObject &parameters, Callback<void> done);

    // Without a seed the package's own draws go on.
    void reset(std::optional<quint32> seed, Callback<PythonReset> done,
               std::chrono::milliseconds deadline = Bridge::callDeadline);
    // What is not UTF-8 in ACTION becomes U+FFFD.
    void step(const QByteArray &action, Callback<PythonStep> done,
              std::chrono::milliseconds deadline = Bridge::callDeadline);
    // An action that the game can read, though not always a legal one; it takes nothing from the
    // episode's random stream. CommandFailed for environments that know no such thing.
    void sampleAction(Callback<QString> done,
                      std::chrono::milliseconds deadline = Bridge::callDeadline);

    // Kills all of it: calls under way and later ones get Cancelled.
    void cancel() { m_bridge->cancel(); }
    // The interpreter is gone: every call fails.
    bool isOver() const { return m_bridge->isOver(); }

Q_SIGNALS:
    void ended(const quarry::Error &error);

private:
    template <typename T>
    void ask(QJsonObject request, std::chrono::milliseconds deadline, Callback<T> done,
             T (*read)(const QJsonObject &answer));
    Error explained(Error error) const;

    sandbox::Launched m_launched;
    Release m_release;
    std::unique_ptr<Bridge> m_bridge;
};

} // namespace quarry::gem
