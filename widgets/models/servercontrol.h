// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The server of the window's engine, on and off. What it is made of is the program's.
#pragma once

#include <QObject>
#include <QStringList>

namespace quarry::widgets {

class ServerControl : public QObject
{
    Q_OBJECT
public:
    enum class State { Off, Starting, On, Stopping };
    Q_ENUM(State)

    using QObject::QObject;

    virtual State state() const = 0;
    virtual QStringList addresses() const = 0; // "http://127.0.0.1:8080", while on
    virtual QString error() const = 0; // why the last start failed; empty: it did not
    virtual QString tokenFile() const = 0;
    // Nothing happens in another state than off, and on.
    virtual void start() = 0;
    virtual void stop() = 0;

Q_SIGNALS:
    void changed();
};

} // namespace quarry::widgets
