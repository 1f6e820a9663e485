// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The engine: owns the services, and is the only door for the API, the command line and the window.
//
// Lives on one thread with an event loop and never blocks it. One engine owns a data folder.
#pragma once

#include "base/result.h"
#include "engine/imageservice.h"
#include "gem/live/environmentservice.h"
#include "runtime/runtime.h"
#include "sandbox/sandboxservice.h"

#include <QJsonObject>
#include <QObject>

#include <memory>

namespace quarry::engine {

struct EngineSettings {
    QString dataFolder; // made when absent, mode 0700
    QString imagesFolder; // shared by any number of programs; empty: "images" in the data folder
    QString programFolder; // where quarry-agent, quarry-launcher and quarry lie
    sandbox::SandboxDefaults sandbox;
    gem::GemSettings gem; // its folder is the engine's to say
    QString gemPython; // gem.python
    QString gemFolder; // where gem-venv is looked for; empty: the data folder
    QMap<QString, QString> imageAliases;
    QPair<quint32, quint32> uidRange{1879048192u, 2147483647u};
    bool deleteOnExit = false;
    bool throwAway = false; // ends soon: does nothing ahead of need
};

class Engine : public QObject
{
    Q_OBJECT
public:
    explicit Engine(EngineSettings settings, QObject *parent = nullptr);
    ~Engine() override;

    // Takes the data folder (WrongState names the pid that has it), opens the database, recovers.
    // The text says what recovery did; empty: nothing to do.
    void open(Callback<QString> done);
    // Ends every sandbox and lets the folder go. Called once, after open.
    void close(Callback<void> done);

    // Only between open and close.
    sandbox::SandboxService &sandboxes();
    ImageService &images();
    gem::EnvironmentService &gem();
    const runtime::SandboxRuntime &runtime() const;

    QString dataFolder() const;
    QDateTime startTime() const;

private:
    struct Parts;

    Result<void> makeParts();
    void prepareImages(Callback<QString> done);
    void recoverSandboxes(const QStringList &told, Callback<QString> done);
    void recoverPython(const QString &told, Callback<QString> done);
    void warm();

    std::unique_ptr<Parts> m_parts;
};

} // namespace quarry::engine
