// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Uploads and downloads under way, as activities.
#pragma once

#include "widgets/common/activitymodel.h"
#include "widgets/models/filetransfer.h"

#include <QObject>

#include <functional>

class QWidget;

namespace quarry::widgets {

class Notices;

// They go on whatever is shown; a person is asked before files are written over.
class Transfers : public QObject
{
    Q_OBJECT
public:
    struct Parts {
        engine::EngineHost &host;
        ActivityModel &activity;
        Notices &notices;
    };
    // All of PARTS live as long; questions are asked over DIALOGPARENT.
    Transfers(const Parts &parts, QWidget *dialogParent);

    // CAME, if given, is told that all has come, instead of the person. What is given back ends,
    // and goes, by itself.
    FileTransfer *start(const QString &sandboxId, const sandbox::CopyRequest &request,
                        std::function<void()> came = {});

Q_SIGNALS:
    // The names in FOLDER of the sandbox that have come, or some of them.
    void uploaded(const QString &sandboxId, const QByteArray &folder,
                  const QList<QByteArray> &names);
    void openAsked(const QString &sandboxId, const QByteArray &folder);

private:
    void askExisting(FileTransfer *transfer, ActivityId activity, const QStringList &some,
                     qint64 count);
    void finish(ActivityId activity, const QString &text, const sandbox::CopyRequest &request,
                const sandbox::CopySummary &summary, const std::function<void()> &came);
    void fail(ActivityId activity, const QString &text, const Error &error,
              const sandbox::CopySummary &summary);

    Parts m_parts;
    QWidget *m_dialogParent;
};

} // namespace quarry::widgets
