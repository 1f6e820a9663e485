// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The Files tab over a real sandbox, by keyboard and by drops.
#include "gui/pagecheck.h"
#include "runningsandbox.h"
#include "support/parts.h"
#include "widgets/common/actionregistry.h"
#include "widgets/common/activitymodel.h"
#include "widgets/common/notices.h"
#include "widgets/pages/sandboxes/files/dragout.h"
#include "widgets/pages/sandboxes/files/fileeditor.h"
#include "widgets/pages/sandboxes/files/filestab.h"
#include "widgets/pages/sandboxes/files/filestable.h"
#include "widgets/pages/sandboxes/files/folderview.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QDrag>
#include <QDropEvent>
#include <QFileDialog>
#include <QInputDialog>
#include <QMessageBox>
#include <QMimeData>
#include <QSettings>
#include <QSignalSpy>
#include <QWindow>

using namespace quarry;
using namespace quarry::widgets;
using namespace quarry::widgets::test;
using namespace Qt::StringLiterals;

class FilesTabTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void everythingHasAName();
    void goesThroughFolders();
    void typesAhead();
    void namesThatAreNoText();
    void makesRenamesAndDeletes();
    void copiesAsAUserWouldPaste();
    void editsAFile();
    void editorConflict();
    void editorKeepsWhatItCannotSave();
    void unsavedIsAskedFor();
    void uploadsWhatIsDropped();
    void downloadsATree();
    void givesFilesAway();
    void aLateDragOffersADownload();
    void overwritingIsAsked();
    void tellsFailures();
    void choiceSurvivesARefresh();
    void stateIsRemembered();
    void stoppedSandboxSaysSo(); // the last

private:
    FilesTable *table() const { return m_tab->view()->table(); }
    FolderModel &model() const { return m_tab->view()->model(); }
    bool go(const QByteArray &folder);
    bool choose(const QByteArray &name);
    bool shows(const QByteArray &name) const { return !model().rowsOf({name}).isEmpty(); }
    QString text() const { return m_tab->editor()->edit()->toPlainText(); }
    bool open(const QByteArray &path);
    // In place of the open file's text, as a person does it.
    void type(const QString &text) const;
    // After a dialog, which has taken the keyboard.
    bool focusTable() const;
    void trigger(const char *action) { m_actions.action(QString::fromLatin1(action))->trigger(); }
    // The dialog that has come, or null.
    template <typename T>
    T *dialog() const;
    bool press(const QString &button) const;
    bool answerName(const QString &name) const;
    void drop(const QString &path, int row = -1) const;

    quarry::test::RunningSandbox m_sandbox;
    std::unique_ptr<Theme> m_theme;
    ActionRegistry m_actions;
    std::unique_ptr<ActivityModel> m_activity;
    std::unique_ptr<Notices> m_notices;
    QTemporaryDir m_here;
    std::unique_ptr<FilesTab> m_tab;
};

void FilesTabTest::initTestCase()
{
    QUARRY_NEEDS(m_sandbox.start());
    m_theme = std::make_unique<Theme>(SchemeChoice::Light);
    m_actions.add({.id = u"sandbox.restart"_s, .text = u"Restart sandbox"_s}, this, [] { });
    m_sandbox.shell("mkdir -p /root/work/sub; cd /root/work; printf 'one\\ntwo\\n' > text; "
                    "printf 'a\\r\\nb\\r\\n' > crlf; chmod 751 crlf; printf 'gr\\xfcn' > latin; "
                    "head -c 2000000 /dev/zero > big; ln -s sub way; ln -s text alias; "
                    "for i in 1 2 10; do echo $i > step$i; done");
}

void FilesTabTest::init()
{
    m_notices = std::make_unique<Notices>();
    m_activity = std::make_unique<ActivityModel>();
    m_tab = std::make_unique<FilesTab>(
        FilesTab::Parts{m_sandbox.host(), m_actions, *m_activity, *m_notices});
    m_tab->resize(700, 700);
    m_tab->show();
    m_tab->show(m_sandbox.info());
    m_tab->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_tab.get()));
    QVERIFY(go("/root/work"));
    table()->setFocus();
}

void FilesTabTest::cleanup()
{
    m_tab.reset();
    m_activity.reset();
    m_notices.reset();
}

bool FilesTabTest::go(const QByteArray &folder)
{
    QSignalSpy opened(&model(), &FolderModel::opened);
    m_tab->view()->go(folder);
    return opened.wait(60'000) && model().path() == folder;
}

bool FilesTabTest::choose(const QByteArray &name)
{
    const int row = model().rowsOf({name}).value(0, -1);
    if (row >= 0)
        table()->selectRow(row);
    return row >= 0;
}

bool FilesTabTest::open(const QByteArray &path)
{
    m_tab->openFile(path);
    return QTest::qWaitFor(
        [&] { return m_tab->editor() && !m_tab->editor()->edit()->isReadOnly(); }, 60'000);
}

void FilesTabTest::type(const QString &text) const
{
    m_tab->editor()->edit()->selectAll();
    m_tab->editor()->edit()->insertPlainText(text);
}

bool FilesTabTest::focusTable() const
{
    m_tab->activateWindow();
    table()->setFocus();
    return QTest::qWaitForWindowActive(m_tab.get());
}

template <typename T>
T *FilesTabTest::dialog() const
{
    T *found = nullptr;
    (void)QTest::qWaitFor(
        [&] {
            for (QWidget *each : QApplication::topLevelWidgets()) {
                if (auto *that = qobject_cast<T *>(each); that && that->isVisible())
                    found = that;
            }
            return found != nullptr;
        },
        60'000);
    return found;
}

bool FilesTabTest::press(const QString &name) const
{
    auto *box = dialog<QMessageBox>();
    if (!box)
        return false;
    for (QAbstractButton *each : box->buttons()) {
        if (each->text().remove(u'&') == name) {
            each->click();
            return true;
        }
    }
    return false;
}

bool FilesTabTest::answerName(const QString &name) const
{
    auto *ask = dialog<QInputDialog>();
    if (!ask)
        return false;
    ask->setTextValue(name);
    ask->accept();
    return true;
}

void FilesTabTest::drop(const QString &path, int row) const
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    const int y = row < 0 ? table()->viewport()->height() - 2
                          : table()->rowViewportPosition(row) + table()->rowHeight(row) / 2;
    QDragEnterEvent enter({20, y}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(table()->viewport(), &enter);
    QVERIFY(enter.isAccepted());
    QDragMoveEvent move({20, y}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(table()->viewport(), &move);
    QDropEvent event(QPointF(20, y), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(table()->viewport(), &event);
}

void FilesTabTest::everythingHasAName()
{
    QVERIFY(open("/root/work/text"));
    QCOMPARE(nameless(m_tab.get()), QStringList());
    QVERIFY(named<QTableView>(m_tab.get(), u"Files"_s));
    QVERIFY(named<QLineEdit>(m_tab.get(), u"Folder"_s));
    for (const QAction *action : m_actions.actionsOf(u"file"_s))
        QVERIFY(!action->text().isEmpty() && !ActionRegistry::iconName(action).isEmpty());
}

void FilesTabTest::goesThroughFolders()
{
    QVERIFY(choose("sub"));
    QTest::keyClick(table(), Qt::Key_Return);
    QTRY_COMPARE(model().path(), QByteArray("/root/work/sub"));
    QTest::keyClick(table(), Qt::Key_Up, Qt::AltModifier);
    QTRY_COMPARE(model().path(), QByteArray("/root/work"));
    QTRY_COMPARE(table()->selectedNames(), QList<QByteArray>{"sub"}); // where it came from
    // A link to a folder leads there.
    QVERIFY(choose("way"));
    QTest::keyClick(table(), Qt::Key_Return);
    QTRY_COMPARE(model().path(), QByteArray("/root/work/way"));
    // By hand, relative.
    auto *path = named<QLineEdit>(m_tab.get(), u"Folder"_s);
    path->setText(u".././sub"_s);
    QTest::keyClick(path, Qt::Key_Return);
    QTRY_COMPARE(model().path(), QByteArray("/root/work/sub"));
    QCOMPARE(path->text(), u"/root/work/sub"_s);
    // To a file: its folder, and the file.
    path->setText(u"/root/work/text"_s);
    QTest::keyClick(path, Qt::Key_Return);
    QTRY_COMPARE(model().path(), QByteArray("/root/work"));
    QTRY_VERIFY(m_tab->editor() && text() == u"one\ntwo\n"_s);
    // One that is gone is told, with a way out.
    path->setText(u"/root/work/gone/deep"_s);
    QTest::keyClick(path, Qt::Key_Return);
    QTRY_VERIFY(says(m_tab.get(), u"No such folder"_s));
    trigger("file.up");
    trigger("file.up");
    QTRY_COMPARE(model().path(), QByteArray("/root/work"));
    QTRY_VERIFY(table()->isVisible());
}

void FilesTabTest::typesAhead()
{
    table()->setCurrentIndex(model().index(0, 0));
    QTest::keyClicks(table(), u"step1"_s);
    QCOMPARE(table()->selectedNames(), QList<QByteArray>{"step1"});
    auto *filter = named<QLineEdit>(m_tab.get(), u"Filter files"_s);
    QTest::keyClicks(filter, u"step"_s);
    QTRY_COMPARE(model().rowCount(), 3);
    QTRY_VERIFY(says(m_tab.get(), u"1 of 3 selected"_s));
    QTest::keyClick(filter, Qt::Key_Escape);
    QTRY_VERIFY(model().rowCount() > 3);
}

void FilesTabTest::namesThatAreNoText()
{
    m_sandbox.shell("mkdir -p /root/odd; cd /root/odd; echo inside > $'\\xff\\n\\u202e'");
    QVERIFY(go("/root/odd"));
    const QByteArray name = "\xff\n\u202e";
    QVERIFY(choose(name));
    QTest::keyClick(table(), Qt::Key_Return);
    QTRY_VERIFY(m_tab->editor() && text() == u"inside\n"_s);
    trigger("file.close");
    // Renamed by its bytes, to what is typed.
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_F2);
    auto *entry = table()->findChild<QLineEdit *>();
    QVERIFY(entry);
    QCOMPARE(entry->text(), u"\\xff\\n\\u202e"_s);
    QVERIFY(!nameOf(entry).isEmpty());
    entry->setText(u"pl\\x41in"_s);
    QTest::keyClick(entry, Qt::Key_Return);
    QTRY_VERIFY(shows("plAin"));
    QTRY_COMPARE(table()->selectedNames(), QList<QByteArray>{"plAin"});
    QCOMPARE(m_sandbox.shell("cat /root/odd/plAin"), QByteArray("inside\n"));
}

void FilesTabTest::makesRenamesAndDeletes()
{
    m_sandbox.shell("rm -rf /root/made; mkdir /root/made");
    QVERIFY(go("/root/made"));
    trigger("file.newFolder");
    QVERIFY(answerName(u"new one"_s));
    QTRY_VERIFY(shows("new one"));
    QTRY_COMPARE(table()->selectedNames(), QList<QByteArray>{"new one"});
    trigger("file.newFolder");
    QVERIFY(answerName(u"new one"_s)); // is there
    QTRY_COMPARE(m_notices->count(), 1);
    trigger("file.newFile");
    QVERIFY(answerName(u"../escape"_s)); // no name
    QTRY_COMPARE(m_notices->count(), 2);
    trigger("file.newFile");
    QVERIFY(answerName(u"file"_s));
    QTRY_VERIFY(shows("file"));
    QTRY_VERIFY(m_tab->editor() && m_tab->editor()->path() == "/root/made/file");
    m_sandbox.shell("cd '/root/made/new one'; mkdir deep; echo 12345 > a; echo 1 > deep/b");
    QVERIFY(choose("new one"));
    QVERIFY(focusTable());
    QTest::keyClick(table(), Qt::Key_Delete);
    auto *question = dialog<QMessageBox>();
    QVERIFY(question);
    QVERIFY2(question->text().contains(u"2 files"_s) && question->text().contains(u"2 folders"_s)
                 && question->text().contains(u"8 B"_s),
             qPrintable(question->text()));
    question->reject();
    QTest::qWait(0);
    QVERIFY(m_sandbox.shell("ls /root/made").contains("new one"));
    QVERIFY(focusTable());
    QTest::keyClick(table(), Qt::Key_Delete);
    QVERIFY(press(u"Delete"_s));
    QTRY_VERIFY(!shows("new one"));
    QCOMPARE(m_sandbox.shell("ls /root/made"), QByteArray("file\n"));
}

void FilesTabTest::copiesAsAUserWouldPaste()
{
    QVERIFY(choose("sub"));
    trigger("file.copyPath");
    QCOMPARE(QApplication::clipboard()->text(), u"/root/work/sub"_s);
    trigger("file.copyCommand");
    QCOMPARE(QApplication::clipboard()->text(), u"quarry sandbox cp -r mine:/root/work/sub ."_s);
}

void FilesTabTest::editsAFile()
{
    QVERIFY(open("/root/work/crlf"));
    QCOMPARE(text(), u"a\nb\n"_s);
    FileEditor *editor = m_tab->editor();
    QVERIFY(!editor->isModified() && !editor->edit()->document()->isUndoAvailable());
    QVERIFY(!m_actions.action(u"file.save"_s)->isEnabled());
    editor->edit()->setFocus();
    QTest::keyClicks(editor->edit(), u"new "_s);
    QTRY_VERIFY(editor->isModified());
    QCOMPARE(m_tab->unsaved(), 1);
    QSignalSpy saved(editor, &FileEditor::saved);
    QTest::keyClick(editor->edit(), Qt::Key_S, Qt::ControlModifier);
    QVERIFY(saved.wait(60'000));
    QVERIFY(!editor->isModified());
    QCOMPARE(m_sandbox.shell("cat /root/work/crlf"), QByteArray("new a\r\nb\r\n"));
    QCOMPARE(m_sandbox.shell("stat -c %a /root/work/crlf"), QByteArray("751\n"));
    // Once more, over what was saved.
    QTest::keyClicks(editor->edit(), u"x"_s);
    QTest::keyClick(editor->edit(), Qt::Key_S, Qt::ControlModifier);
    QVERIFY(saved.wait(60'000));
    // Delete is the text's here.
    QTest::keyClick(editor->edit(), Qt::Key_Delete);
    QVERIFY(editor->isModified());
    trigger("file.revert");
    QVERIFY(press(u"Revert"_s));
    QTRY_VERIFY(!editor->edit()->isReadOnly() && !editor->isModified());
    QCOMPARE(text(), u"new xa\nb\n"_s);
}

void FilesTabTest::editorConflict()
{
    m_sandbox.shell("printf first > /root/work/shared");
    QVERIFY(open("/root/work/shared"));
    FileEditor *editor = m_tab->editor();
    type(u"mine"_s);
    m_sandbox.shell("printf theirs > /root/work/shared");
    QSignalSpy saved(editor, &FileEditor::saved);
    trigger("file.save");
    auto *question = dialog<QMessageBox>();
    QVERIFY(question);
    QVERIFY(question->text().contains(u"changed meanwhile"_s));
    question->reject();
    QTest::qWait(0);
    QCOMPARE(m_sandbox.shell("cat /root/work/shared"), QByteArray("theirs"));
    QVERIFY(editor->isModified());
    trigger("file.save");
    QVERIFY(press(u"Overwrite"_s));
    QVERIFY(saved.wait(60'000));
    QCOMPARE(m_sandbox.shell("cat /root/work/shared"), QByteArray("mine"));
    // Gone meanwhile.
    type(u"again"_s);
    m_sandbox.shell("rm /root/work/shared");
    trigger("file.save");
    QVERIFY(press(u"Save it again"_s));
    QVERIFY(saved.wait(60'000));
    QCOMPARE(m_sandbox.shell("cat /root/work/shared"), QByteArray("again"));
}

void FilesTabTest::editorKeepsWhatItCannotSave()
{
    m_tab->openFile("/root/work/latin");
    QTRY_VERIFY(m_tab->editor() && says(m_tab.get(), u"it is not UTF-8"_s));
    QVERIFY(m_tab->editor()->edit()->isReadOnly());
    m_tab->openFile("/root/work/big");
    QTRY_VERIFY(says(m_tab.get(), u"Too large to open here"_s));
    QVERIFY(button(m_tab.get(), u"Download this file"_s));
    m_sandbox.shell("head -c 5000 /dev/zero > /root/work/zeros");
    m_tab->openFile("/root/work/zeros");
    QTRY_VERIFY(says(m_tab.get(), u"cannot be shown as text"_s));
    m_tab->openFile("/root/work/none");
    QTRY_VERIFY(says(m_tab.get(), u"This file cannot be shown"_s));
    m_sandbox.shell("mkfifo /root/work/pipe");
    m_tab->openFile("/root/work/pipe");
    QTRY_VERIFY(says(m_tab.get(), u"is a FIFO"_s));
}

void FilesTabTest::unsavedIsAskedFor()
{
    m_sandbox.shell("printf 1 > /root/work/u1; printf 2 > /root/work/u2");
    QVERIFY(open("/root/work/u1"));
    type(u"changed"_s);
    m_tab->openFile("/root/work/u2");
    auto *question = dialog<QMessageBox>();
    QVERIFY(question);
    question->reject();
    QTest::qWait(0);
    QCOMPARE(m_tab->editor()->path(), QByteArray("/root/work/u1"));
    // Another sandbox is looked at meanwhile: nothing is lost.
    sandbox::SandboxInfo other = m_sandbox.info();
    other.id = u"other"_s;
    other.state = sandbox::State::Stopped;
    m_tab->show(other);
    QVERIFY(!m_tab->editor());
    QCOMPARE(m_tab->unsaved(), 1);
    m_tab->show(m_sandbox.info());
    QCOMPARE(text(), u"changed"_s);
    trigger("file.close");
    QVERIFY(press(u"Save"_s));
    QTRY_VERIFY(!m_tab->editor());
    QCOMPARE(m_sandbox.shell("cat /root/work/u1"), QByteArray("changed"));
    // Deleted with its sandbox.
    QVERIFY(open("/root/work/u2"));
    type(u"x"_s);
    m_tab->forget(quarry::test::RunningSandbox::id());
    QCOMPARE(m_tab->unsaved(), 0);
}

void FilesTabTest::uploadsWhatIsDropped()
{
    m_sandbox.shell("rm -rf /root/up; mkdir -p /root/up/box");
    QVERIFY(go("/root/up"));
    QVERIFY(QDir(m_here.path()).mkpath(u"tree/deep"_s));
    QFile file(m_here.path() + u"/tree/deep/f"_s);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(700'000, 'f'));
    file.close();
    drop(m_here.path() + u"/tree"_s);
    QTRY_VERIFY_WITH_TIMEOUT(shows("tree"), 60'000);
    QTRY_COMPARE(m_activity->underWay(), 0);
    QCOMPARE(m_sandbox.shell("stat -c %s /root/up/tree/deep/f"), QByteArray("700000\n"));
    // Onto a folder: into it.
    drop(file.fileName(), model().rowsOf({"box"}).value(0));
    QTRY_COMPARE_WITH_TIMEOUT(m_activity->rowCount(), 2, 60'000);
    QTRY_COMPARE_WITH_TIMEOUT(m_activity->underWay(), 0, 60'000);
    QCOMPARE(m_sandbox.shell("ls /root/up/box"), QByteArray("f\n"));
    // What is no file is not taken.
    QMimeData words;
    words.setText(u"words"_s);
    QDragEnterEvent enter({20, 20}, Qt::CopyAction, &words, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(table()->viewport(), &enter);
    QVERIFY(!enter.isAccepted());
}

void FilesTabTest::downloadsATree()
{
    m_sandbox.shell("mkdir -p /root/work/down/deep; echo 1 > /root/work/down/deep/f");
    QVERIFY(go("/root/work"));
    QVERIFY(choose("down"));
    trigger("file.download");
    auto *ask = dialog<QFileDialog>();
    QVERIFY(ask);
    Q_EMIT ask->fileSelected(m_here.path());
    ask->close();
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(m_here.path() + u"/down/deep/f"_s), 60'000);
    QTRY_COMPARE(m_activity->underWay(), 0);
    QCOMPARE(m_notices->count(), 1); // says that it is done
}

void FilesTabTest::givesFilesAway()
{
    QVERIFY(choose("text"));
    QWindow *window = m_tab->windowHandle();
    const QPoint inTable(20, table()->visualRect(table()->currentIndex()).center().y());
    const QPoint from = table()->viewport()->mapTo(m_tab.get(), inTable);
    QByteArray came;
    QList<QUrl> urls;
    // Queued: it comes while the drag is under way.
    connect(
        m_tab->findChild<DragOut *>(), &DragOut::ready, this,
        [&](const QList<QUrl> &ready) {
            urls = ready;
            QFile file(ready.value(0).toLocalFile());
            came = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
            QTest::mouseRelease(window, Qt::LeftButton, {}, from + QPoint(0, 40));
        },
        Qt::QueuedConnection);
    QTest::mousePress(window, Qt::LeftButton, {}, from);
    for (int moved = 10; moved <= 40; moved += 10)
        QTest::mouseMove(window, from + QPoint(0, moved));
    QTRY_COMPARE_WITH_TIMEOUT(came, QByteArray("one\ntwo\n"), 60'000);
    QCOMPARE(urls.value(0).fileName(), u"text"_s);
    QTRY_VERIFY(!table()->findChild<QDrag *>());
    QCOMPARE(m_activity->rowCount(), 1); // and not dropped on itself
    QCOMPARE(m_notices->count(), 0);
    m_tab.reset();
    QVERIFY(!QFile::exists(urls.first().toLocalFile()));
}

void FilesTabTest::aLateDragOffersADownload()
{
    QVERIFY(choose("text"));
    QSignalSpy posted(m_notices.get(), &Notices::posted);
    Q_EMIT table()->dragAsked();
    QTest::mouseRelease(table()->viewport(), Qt::LeftButton);
    QCOMPARE(posted.size(), 1);
    QTRY_COMPARE_WITH_TIMEOUT(m_activity->underWay(), 0, 60'000);
    QCOMPARE(posted.size(), 1); // the rest is not fetched, and nothing failed
    m_notices->act(posted.first().first().value<NoticeId>());
    QVERIFY(dialog<QFileDialog>());
    dialog<QFileDialog>()->reject();
}

void FilesTabTest::overwritingIsAsked()
{
    m_sandbox.shell("rm -rf /root/over; mkdir /root/over; printf old > /root/over/f");
    QVERIFY(go("/root/over"));
    QFile file(m_here.path() + u"/f"_s);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("new");
    file.close();
    drop(file.fileName());
    auto *question = dialog<QMessageBox>();
    QVERIFY(question);
    QVERIFY(question->informativeText().contains(u"/root/over/f"_s));
    question->reject();
    QTRY_COMPARE(m_activity->underWay(), 0);
    QCOMPARE(m_sandbox.shell("cat /root/over/f"), QByteArray("old"));
    drop(file.fileName());
    QVERIFY(press(u"Overwrite"_s));
    QTRY_COMPARE(m_activity->underWay(), 0);
    QCOMPARE(m_sandbox.shell("cat /root/over/f"), QByteArray("new"));
}

void FilesTabTest::tellsFailures()
{
    drop(m_here.path() + u"/none"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_notices->count(), 1, 60'000);
    QTRY_COMPARE(m_activity->underWay(), 0);
}

void FilesTabTest::choiceSurvivesARefresh()
{
    QVERIFY(choose("step10"));
    m_sandbox.shell("touch /root/work/aaa");
    QSignalSpy opened(&model(), &FolderModel::opened);
    QTest::keyClick(table(), Qt::Key_F5);
    QVERIFY(opened.wait(60'000));
    QVERIFY(shows("aaa"));
    QCOMPARE(table()->selectedNames(), QList<QByteArray>{"step10"});
    QCOMPARE(model().entry(table()->currentIndex().row()).name, QByteArray("step10"));
}

void FilesTabTest::stateIsRemembered()
{
    QSettings settings(m_here.path() + u"/state.ini"_s, QSettings::IniFormat);
    table()->setColumnHidden(FolderModel::OwnerColumn, false);
    m_tab->saveState(settings);
    table()->setColumnHidden(FolderModel::OwnerColumn, true);
    m_tab->restoreState(settings);
    QVERIFY(!table()->isColumnHidden(FolderModel::OwnerColumn));
}

void FilesTabTest::stoppedSandboxSaysSo()
{
    QVERIFY(open("/root/work/text"));
    type(u"not saved"_s);
    m_sandbox.stop();
    m_tab->show(m_sandbox.info());
    QVERIFY(says(m_tab.get(), u"Not running"_s));
    QVERIFY(button(m_tab.get(), u"Restart sandbox"_s));
    QVERIFY(!m_actions.action(u"file.upload"_s)->isEnabled());
    // What was typed stays, and saving says why not.
    QCOMPARE(text(), u"not saved"_s);
    trigger("file.save");
    QTRY_COMPARE(m_notices->count(), 1);
    QVERIFY(m_tab->editor()->isModified());
}

QTEST_MAIN(FilesTabTest)
#include "tst_filestab.moc"
