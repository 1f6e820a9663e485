// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One start, from the request to the agent's first word or to a clean failure.
#pragma once

#include "runtime/bubblewrap/bubblewrapinstance.h"

#include <QSocketNotifier>
#include <QTimer>

namespace quarry::runtime {

class InstanceStart : public QObject
{
    Q_OBJECT
public:
    InstanceStart(std::shared_ptr<BubblewrapShared> shared, InstanceSpec spec,
                  SandboxRuntime::Progress progress, Callback<std::unique_ptr<Instance>> done,
                  QObject *parent = nullptr);
    ~InstanceStart() override; // without an answer: kills what there is

    QString id() const { return m_parts.spec.id; }
    void begin();
    // The callback gets ERROR when all is cleaned up.
    void fail(const Error &error);

Q_SIGNALS:
    void finished(); // the callback has been called

private:
    void launched(Result<Launched> &result);
    void readStream();
    void noteArrived(const QString &name, const QString &text);
    void processGone();
    void cleanUp();
    void succeed();

    std::shared_ptr<BubblewrapShared> m_shared;
    InstanceParts m_parts;
    SandboxRuntime::Progress m_progress;
    Callback<std::unique_ptr<Instance>> m_done;
    std::unique_ptr<QSocketNotifier> m_streamWatch;
    QTimer m_deadline;
    QString m_phase = QStringLiteral("limits");
    std::optional<Error> m_failure;
    bool m_answered = false;
    bool m_launching = false;
};

} // namespace quarry::runtime
