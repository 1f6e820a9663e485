// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "watchedapplication.h"

#include <QElapsedTimer>
#include <QEvent>
#include <QMetaEnum>
#include <QPointer>
#include <QScopedValueRollback>
#include <QThread>

namespace quarry::workbench {

namespace {
constexpr qint64 TooLongMilliseconds = 50;
}

bool WatchedApplication::notify(QObject *receiver, QEvent *event)
{
    if (m_depth > 0 || QThread::currentThread() != thread())
        return QApplication::notify(receiver, event);
    const QScopedValueRollback<int> inside(m_depth, 1);
    const QPointer<QObject> guard(receiver);
    const char *name = receiver->metaObject()->className();
    const QEvent::Type type = event->type();
    QElapsedTimer clock;
    clock.start();
    const bool handled = QApplication::notify(receiver, event);
    if (clock.elapsed() > TooLongMilliseconds)
        qWarning("the event loop stood for %lld ms: %s of %s \"%s\"", clock.elapsed(),
                 QMetaEnum::fromType<QEvent::Type>().valueToKey(type), name,
                 guard ? qPrintable(guard->objectName()) : "");
    return handled;
}

} // namespace quarry::workbench
