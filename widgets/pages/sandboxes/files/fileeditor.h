// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One small file of a sandbox, open to be read and changed.
#pragma once

#include "widgets/models/filetext.h"
#include "widgets/models/sandboxfiles.h"

#include <QWidget>

#include <functional>
#include <memory>
#include <optional>

class QPlainTextEdit;
class QStackedWidget;
class QTextDocument;

namespace quarry::widgets {

class ActionRegistry;
class ElidedLabel;
class EmptyState;
class Notices;

// Shows text up to ReadMax; saves it as it was: line ends, mark at the beginning, mode. What would
// not come back as it was is read-only, and what is no text is offered for download.
class FileEditor : public QWidget
{
    Q_OBJECT
public:
    static constexpr qint64 ReadMax = 1 << 20; // bytes

    // ACTIONS has file.save, file.revert and file.close already. Both live as long.
    FileEditor(const SandboxFiles &files, ActionRegistry &actions, Notices &notices,
               QWidget *parent = nullptr);

    // What is shown now is given up, changed or not.
    void open(const QByteArray &path);
    const QByteArray &path() const { return m_path; }
    const SandboxFiles &files() const { return m_files; }
    bool isModified() const;
    bool canSave() const;
    // SAVED is called when the text stands in the file.
    void save(std::function<void()> saved = {});
    // The file as it is now; asks when something would be lost.
    void revert();
    // THEN is called when nothing would be lost any more, or a person does not mind.
    void leave(const std::function<void()> &then);
    QPlainTextEdit *edit() const { return m_edit; }

Q_SIGNALS:
    void changed(); // what can be done with it
    void saved(const QByteArray &path);
    void downloadAsked(const QByteArray &path);

private:
    void layOut(ActionRegistry &actions);
    struct Loaded;
    static Loaded load(const QByteArray &bytes, QThread *owner);
    void take(const Result<sandbox::FileContent> &content);
    void show(const Loaded &loaded);
    using QWidget::show;
    void showMessage(const QString &title, const QString &sentence);
    void write(std::optional<sandbox::FileStamp> expected, const std::function<void()> &saved);
    void askConflict(const Error &error, const std::function<void()> &saved);
    void showState();

    SandboxFiles m_files;
    Notices &m_notices;
    QByteArray m_path;
    FileText m_format;
    sandbox::FileStamp m_stamp; // of the text that was read or saved last
    qint64 m_size = 0; // of what was read
    quint64 m_serial = 0; // of the last open
    bool m_loaded = false;
    bool m_saving = false;
    ElidedLabel *m_name;
    ElidedLabel *m_state;
    std::shared_ptr<QTextDocument> m_document; // that the edit shows
    QPlainTextEdit *m_edit;
    EmptyState *m_message;
    QStackedWidget *m_stack;
};

} // namespace quarry::widgets
