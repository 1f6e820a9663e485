// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/files/fileeditor.h"

#include "base/escapedname.h"
#include "base/pool.h"
#include "widgets/common/actionregistry.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/format.h"
#include "widgets/common/notices.h"
#include "widgets/common/question.h"
#include "widgets/common/strip.h"
#include "widgets/patterns/emptystate.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/measures.h"

#include <QPlainTextDocumentLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QTextDocument>
#include <QVBoxLayout>

namespace quarry::widgets {

namespace {

constexpr int TabStop = 4; // characters

// Not toPlainText(), which takes a no-break space for a space.
QString textOf(const QTextDocument &document)
{
    return document.toRawText().replace(QChar::ParagraphSeparator, u'\n');
}

} // namespace

// A mebibyte takes too long to become a document for the thread that paints.
struct FileEditor::Loaded {
    FileText format;
    std::shared_ptr<QTextDocument> document; // null for what is not shown as text
};

FileEditor::Loaded FileEditor::load(const QByteArray &bytes, QThread *owner)
{
    Loaded loaded{decodeText(bytes), {}};
    FileText &format = loaded.format;
    if (format.kind == FileText::Kind::Binary || format.kind == FileText::Kind::LongLines)
        return loaded;
    loaded.document.reset(new QTextDocument, [](QTextDocument *each) { each->deleteLater(); });
    loaded.document->setDocumentLayout(new QPlainTextDocumentLayout(loaded.document.get()));
    loaded.document->setPlainText(format.text);
    // A document that has changed a character already would change it in the file.
    if (format.kind == FileText::Kind::Editable && textOf(*loaded.document) != format.text) {
        format.kind = FileText::Kind::ReadOnly;
        format.reason = tr("it has characters that would be lost");
    }
    // Neither the margin nor the text is a change to take back.
    loaded.document->setUndoRedoEnabled(false);
    loaded.document->setDocumentMargin(measures::SpaceS);
    loaded.document->setUndoRedoEnabled(true);
    loaded.document->setModified(false);
    format.text.clear();
    loaded.document->moveToThread(owner);
    return loaded;
}

FileEditor::FileEditor(const SandboxFiles &files, ActionRegistry &actions, Notices &notices,
                       QWidget *parent)
    : QWidget(parent), m_files(files), m_notices(notices), m_name(new ElidedLabel),
      m_state(new ElidedLabel), m_edit(new QPlainTextEdit),
      m_message(new EmptyState(QStringLiteral("file"), {}, {})), m_stack(new QStackedWidget)
{
    layOut(actions);
    connect(m_edit, &QPlainTextEdit::modificationChanged, this, &FileEditor::showState);
}

void FileEditor::layOut(ActionRegistry &actions)
{
    m_name->setType(Type::MonoSmall);
    m_name->setElide(Qt::ElideMiddle);
    m_state->setType(Type::Small);
    m_state->setTone(Tone::TextSecondary);
    auto *head = new Strip(measures::ToolBar);
    head->add(m_name, 2);
    head->add(m_state, 1);
    for (const char *id : {"file.save", "file.revert"})
        setSmallButton(
            head->addAction(actions.action(QString::fromLatin1(id)), ActionButton::Text));
    setSmallButton(head->addAction(actions.action(QStringLiteral("file.close")),
                                   ActionButton::IconOnly, ButtonKind::Flat));

    m_edit->setFont(themeFont(Type::Mono));
    m_edit->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_edit->setFrameShape(QFrame::NoFrame);

    auto *download = new QPushButton(themedIcon(QStringLiteral("download")), tr("Download…"));
    download->setAccessibleName(tr("Download this file"));
    connect(download, &QPushButton::clicked, this, [this] { Q_EMIT downloadAsked(m_path); });
    auto *row = new QWidget;
    auto *across = new QHBoxLayout(row);
    across->setContentsMargins(0, 0, 0, 0);
    across->addWidget(download);
    across->addStretch();
    m_message->addRow(row);

    m_stack->addWidget(m_edit);
    m_stack->addWidget(m_message);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(head);
    column->addWidget(m_stack, 1);
}

void FileEditor::open(const QByteArray &path)
{
    m_path = path;
    m_loaded = false;
    m_saving = false;
    m_name->setText(escapedName(path));
    m_edit->setAccessibleName(tr("Text of %1").arg(escapedName(path)));
    m_edit->setReadOnly(true);
    showState();
    m_files.read(path, ReadMax, this,
                 [this, serial = ++m_serial](const Result<sandbox::FileContent> &content) {
                     if (serial == m_serial)
                         take(content);
                 });
}

void FileEditor::take(const Result<sandbox::FileContent> &content)
{
    if (!content) {
        const bool large = content.error().code == ErrorCode::LimitExceeded;
        showMessage(
            large ? tr("Too large to open here") : tr("This file cannot be shown"),
            large ? tr("Files up to %1 open here. Download it to see it.").arg(formatBytes(ReadMax))
                  : content.error().message);
        return;
    }
    m_stamp = sandbox::FileStamp::of(content->info);
    m_size = content->bytes.size();
    runInPool<Loaded>(
        *QThreadPool::globalInstance(), this,
        [bytes = content->bytes, thread = thread()]() -> Result<Loaded> {
            return load(bytes, thread);
        },
        [this, serial = m_serial](const Result<Loaded> &loaded) {
            if (serial == m_serial)
                show(*loaded);
        });
}

void FileEditor::show(const Loaded &loaded)
{
    m_format = loaded.format;
    if (!loaded.document) {
        showMessage(tr("Not for an editor"),
                    tr("%1 cannot be shown as text: %2. It has %3.")
                        .arg(escapedName(m_path), m_format.reason, formatBytes(m_size)));
        return;
    }
    // The one before goes once the edit has let go of it.
    m_document = loaded.document;
    m_document->setDefaultFont(m_edit->font());
    m_edit->setDocument(m_document.get());
    m_edit->setTabStopDistance(TabStop * QFontMetricsF(m_edit->font()).horizontalAdvance(u' '));
    m_edit->setReadOnly(m_format.kind != FileText::Kind::Editable);
    m_loaded = true;
    m_stack->setCurrentWidget(m_edit);
    showState();
}

void FileEditor::showMessage(const QString &title, const QString &sentence)
{
    m_edit->clear();
    m_edit->document()->setModified(false);
    m_message->setTexts(title, sentence);
    m_stack->setCurrentWidget(m_message);
    showState();
}

bool FileEditor::isModified() const
{
    return m_loaded && m_edit->document()->isModified();
}

bool FileEditor::canSave() const
{
    return isModified() && !m_saving;
}

void FileEditor::showState()
{
    QStringList parts;
    if (m_saving)
        parts.append(tr("saving…"));
    else if (isModified())
        parts.append(tr("changed, not saved"));
    if (m_loaded && m_format.kind == FileText::Kind::ReadOnly)
        parts.append(tr("read-only: %1").arg(m_format.reason));
    if (m_loaded && m_format.turnsDirection)
        parts.append(tr("has marks that turn the direction of text"));
    if (m_loaded && m_format.crlf)
        parts.append(tr("CRLF"));
    m_state->setText(parts.join(QStringLiteral(" · ")));
    Q_EMIT changed();
}

void FileEditor::save(std::function<void()> saved)
{
    if (canSave())
        write(m_stamp, saved);
}

void FileEditor::write(std::optional<sandbox::FileStamp> expected,
                       const std::function<void()> &done)
{
    m_saving = true;
    showState();
    const int revision = m_edit->document()->revision();
    m_files.write({.path = m_path,
                   .bytes = m_format.encode(textOf(*m_edit->document())),
                   .expected = expected},
                  this,
                  [this, done, revision, serial = m_serial](const Result<agent::FileInfo> &info) {
                      if (serial != m_serial)
                          return;
                      m_saving = false;
                      if (!info) {
                          askConflict(info.error(), done);
                      } else {
                          m_stamp = sandbox::FileStamp::of(*info);
                          // What was typed meanwhile is not in the file.
                          if (m_edit->document()->revision() == revision)
                              m_edit->document()->setModified(false);
                          Q_EMIT saved(m_path);
                          if (done)
                              done();
                      }
                      showState();
                  });
}

void FileEditor::askConflict(const Error &error, const std::function<void()> &saved)
{
    const QString conflict = error.details.value(QStringLiteral("conflict")).toString();
    if (conflict.isEmpty()) {
        m_notices.post({.kind = NoticeKind::Failure,
                        .text = tr("Not saved: %1").arg(error.message),
                        .actionText = {},
                        .action = {}});
        return;
    }
    const bool removed = conflict == QStringLiteral("removed");
    Question question;
    question.title = tr("Save file");
    question.text = error.message;
    question.detail = removed ? tr("Saving makes it again.")
                              : tr("Saving replaces what is there now. Loading it gives up what "
                                   "you changed.");
    question.choices.append({removed ? tr("Save it again") : tr("Overwrite"), true,
                             [this, saved] { write({}, saved); }});
    if (!removed)
        question.choices.append({tr("Load it"), true, [this] { open(m_path); }});
    ask(window(), this, question);
}

void FileEditor::revert()
{
    if (!isModified()) {
        open(m_path);
        return;
    }
    Question question;
    question.title = tr("Revert file");
    question.text = tr("Give up what you changed in %1?").arg(escapedName(m_path));
    question.choices = {{tr("Revert"), true, [this] { open(m_path); }}};
    ask(window(), this, question);
}

void FileEditor::leave(const std::function<void()> &then)
{
    if (!isModified()) {
        then();
        return;
    }
    Question question;
    question.title = tr("Close file");
    question.text = tr("%1 was changed and is not saved.").arg(escapedName(m_path));
    question.choices
        = {{tr("Save"), false, [this, then] { save(then); }}, {tr("Discard"), true, then}};
    ask(window(), this, question);
}

} // namespace quarry::widgets
