// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the server has to say, on standard error and in the data folder.
#pragma once

#include <QFile>
#include <QMutex>
#include <QString>

namespace quarry::cli {

// Takes Qt's messages (qInfo() and up, from any thread) for as long as it lives; one at a time. A
// line that cannot be written is dropped: a log never fails the work.
class Log
{
public:
    Log();
    ~Log();
    Log(const Log &) = delete;
    Log &operator=(const Log &) = delete;

    // From now on also to FOLDER/quarry.log: 4 MiB, and the three before it.
    void openFile(const QString &folder);
    // Informations go to the file alone.
    void setQuiet(bool quiet) { m_quiet = quiet; }

    void write(QtMsgType type, const QString &category, const QString &text);

private:
    void rotate();

    QMutex m_mutex;
    QString m_folder;
    QFile m_file;
    bool m_quiet = false;
};

} // namespace quarry::cli
