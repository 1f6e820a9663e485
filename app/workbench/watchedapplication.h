// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The application of debug builds: names what held the event loop for longer than a person
// forgives.
#pragma once

#include <QApplication>

namespace quarry::workbench {

class WatchedApplication : public QApplication
{
public:
    using QApplication::QApplication;

    bool notify(QObject *receiver, QEvent *event) override;

private:
    int m_depth = 0; // events within events are the outer one's time
};

} // namespace quarry::workbench
