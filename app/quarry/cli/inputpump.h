// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes from our own standard input as they come.
#pragma once

#include <QByteArray>
#include <QObject>

class QSocketNotifier;

namespace quarry::cli {

class InputPump : public QObject
{
    Q_OBJECT
public:
    explicit InputPump(int descriptor, QObject *parent = nullptr);

    // Whether more is wanted now; off until said otherwise.
    void setReading(bool on);

Q_SIGNALS:
    void received(const QByteArray &bytes); // at most 32 KiB
    void ended();                           // once; the input is over or broken

private:
    void read();

    int m_descriptor;
    bool m_over = false;
    QSocketNotifier *m_notifier;
};

} // namespace quarry::cli
