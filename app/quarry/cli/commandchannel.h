// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A program that runs in a sandbox, however it is reached.
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QObject>

namespace quarry::cli {

class CommandChannel : public QObject
{
    Q_OBJECT
public:
    enum class Stream { Output, Error };
    Q_ENUM(Stream)

    using QObject::QObject;

    virtual void sendInput(const QByteArray &bytes) = 0;
    virtual void endInput() = 0;
    virtual qint64 inputQueued() const = 0;
    virtual void resize(int rows, int columns) = 0;
    // COUNT bytes of output are dealt with: so much more may come.
    virtual void consume(Stream stream, qint64 count) = 0;

Q_SIGNALS:
    void received(quarry::cli::CommandChannel::Stream stream, const QByteArray &bytes);
    void inputTaken(); // inputQueued() has fallen
    // One of these two, once, after the last output. 128+n is signal n.
    void exited(int code);
    void failed(const quarry::Error &error);
};

} // namespace quarry::cli
