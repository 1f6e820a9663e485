// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Folders of a real sandbox as the window's thread has them.
#include "runningsandbox.h"
#include "support/parts.h"
#include "widgets/common/tableroles.h"
#include "widgets/models/foldermodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace quarry;
using namespace quarry::widgets;
using namespace Qt::StringLiterals;

class FolderModelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void showsWhatIsThere();
    void showsOddNames();
    void arranges();
    void takesAHundredThousand();
    void cutsWhatIsTooMuch();
    void saysWhyNot();
    void lateAnswersAreDropped();
    void renamesAndRemoves();
    void stoppedSandboxIsTold(); // the last

private:
    bool open(const QByteArray &path);
    QString cell(int row, int column) const
    {
        return m_model->index(row, column).data().toString();
    }
    QStringList names() const;
    SandboxFiles files() { return {m_sandbox.host(), test::RunningSandbox::id()}; }

    test::RunningSandbox m_sandbox;
    std::unique_ptr<FolderModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void FolderModelTest::initTestCase()
{
    QUARRY_NEEDS(m_sandbox.start());
}

void FolderModelTest::init()
{
    m_model = std::make_unique<FolderModel>();
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void FolderModelTest::cleanup()
{
    m_tester.reset();
    m_model.reset();
}

bool FolderModelTest::open(const QByteArray &path)
{
    QSignalSpy opened(m_model.get(), &FolderModel::opened);
    QSignalSpy failed(m_model.get(), &FolderModel::failed);
    m_model->open(files(), path);
    (void)QTest::qWaitFor([&] { return !opened.isEmpty() || !failed.isEmpty(); }, 60'000);
    if (!failed.isEmpty())
        qWarning("%s", qPrintable(failed.first().last().value<Error>().message));
    return !opened.isEmpty();
}

QStringList FolderModelTest::names() const
{
    QStringList all;
    for (int row = 0; row < m_model->rowCount(); ++row)
        all.append(m_model->entry(row).shown);
    return all;
}

void FolderModelTest::showsWhatIsThere()
{
    m_sandbox.shell("mkdir -p /root/t/sub; cd /root/t; head -c 1500 /dev/zero > f; chmod 640 f;"
                    "ln -s /etc link; mkfifo pipe; truncate -s 3G huge; touch .hidden");
    QVERIFY(open("/root/t"));
    QCOMPARE(names(),
             (QStringList{u"sub"_s, u".hidden"_s, u"f"_s, u"huge"_s, u"link"_s, u"pipe"_s}));
    QCOMPARE(cell(0, FolderModel::KindColumn), u"folder"_s);
    QCOMPARE(cell(0, FolderModel::SizeColumn), QString());
    QCOMPARE(cell(2, FolderModel::SizeColumn), u"1.5 KiB"_s);
    QCOMPARE(cell(2, FolderModel::ModeColumn), u"rw-r-----"_s);
    QCOMPARE(cell(2, FolderModel::OwnerColumn), u"0:0"_s);
    QCOMPARE(cell(3, FolderModel::SizeColumn), u"3.0 GiB"_s);
    QCOMPARE(cell(4, FolderModel::NameColumn), u"link → /etc"_s);
    QCOMPARE(cell(5, FolderModel::KindColumn), u"FIFO"_s);
    const QModelIndex modified = m_model->index(2, FolderModel::ModifiedColumn);
    QVERIFY(!modified.data().toString().isEmpty());
    QVERIFY(modified.data(Qt::ToolTipRole).toString().startsWith(u"20"_s));
    QCOMPARE(m_model->pathOf(2), QByteArray("/root/t/f"));
    QCOMPARE(m_model->index(0, 0).data(IconRole).toString(), u"folder"_s);
    m_model->tick();
    m_model->clear();
    QCOMPARE(m_model->rowCount(), 0);
}

void FolderModelTest::showsOddNames()
{
    m_sandbox.shell("mkdir -p /root/odd; cd /root/odd; echo 1 > $'a\\nb'; echo 2 > $'\\xff'; "
                    "echo 3 > $'\\u202egpj'; echo 4 > '<b>x'; ln -s $'to\\n' $'from\\t'");
    QVERIFY(open("/root/odd"));
    QCOMPARE(m_model->rowCount(), 5);
    QVERIFY(names().contains(u"a\\nb"_s) && names().contains(u"\\xff"_s)
            && names().contains(u"\\u202egpj"_s));
    for (int row = 0; row < 5; ++row) {
        const QString text = cell(row, FolderModel::NameColumn);
        QVERIFY(!text.contains(u'\n') && !text.contains(QChar(0x202e)));
        const Result<sandbox::FileContent> content
            = test::RunningSandbox::wait<sandbox::FileContent>(
                [&](auto done) { files().read(m_model->pathOf(row), 100, this, std::move(done)); });
        // By its real bytes; the link leads nowhere.
        QCOMPARE(content.ok(), m_model->entry(row).type == FolderEntry::Type::File);
    }
}

void FolderModelTest::arranges()
{
    m_sandbox.shell(
        "mkdir -p /root/sort/z; cd /root/sort; for i in 1 2 10; do "
        "head -c $((20 - i)) /dev/zero > step$i; done; touch -d 2001-02-03T12:00 step2");
    QVERIFY(open("/root/sort"));
    const QStringList byName{u"z"_s, u"step1"_s, u"step2"_s, u"step10"_s};
    QCOMPARE(names(), byName);
    m_model->sort(FolderModel::SizeColumn, Qt::AscendingOrder);
    QTRY_COMPARE(names(), (QStringList{u"z"_s, u"step10"_s, u"step2"_s, u"step1"_s}));
    m_model->sort(FolderModel::ModifiedColumn, Qt::AscendingOrder);
    QTRY_COMPARE(names().value(1), u"step2"_s);
    QCOMPARE(cell(1, FolderModel::ModifiedColumn), u"2001-02-03"_s);
    m_model->setFilter(u"1 step"_s);
    QTRY_COMPARE(m_model->rowCount(), 2);
    QCOMPARE(m_model->count(), 4);
    QVERIFY(open("/root/sort")); // it stays filtered and sorted
    QCOMPARE(m_model->rowCount(), 2);
    m_model->setFilter({});
    m_model->sort(FolderModel::NameColumn, Qt::AscendingOrder);
    QTRY_COMPARE(names(), byName);
    QCOMPARE(m_model->findPrefix(u"STEP"_s, 0), 1);
    QCOMPARE(m_model->findPrefix(u"step"_s, 2), 2);
    QCOMPARE(m_model->findPrefix(u"z"_s, 2), 0);
    QCOMPARE(m_model->findPrefix(u"no"_s, 0), -1);
    QCOMPARE(m_model->rowsOf({"step10", "gone", "z"}), (QList<int>{0, 3}));
}

void FolderModelTest::takesAHundredThousand()
{
    m_tester.reset(); // it looks at every row
    m_sandbox.shell("mkdir -p /root/many; cd /root/many; seq 100000 | xargs touch");
    QSignalSpy arriving(m_model.get(), &FolderModel::arriving);
    QSignalSpy resets(m_model.get(), &QAbstractItemModel::modelReset);
    QVERIFY(open("/root/many"));
    QCOMPARE(m_model->rowCount(), 100'000);
    QVERIFY(!m_model->isCut());
    QVERIFY(arriving.size() > 10); // in chunks
    QCOMPARE(resets.size(), 1); // and shown once
    QCOMPARE(cell(9, FolderModel::NameColumn), u"10"_s);
    m_model->sort(FolderModel::NameColumn, Qt::DescendingOrder);
    QCOMPARE(cell(9, FolderModel::NameColumn), u"10"_s); // not here, and not at once
    QTRY_COMPARE_WITH_TIMEOUT(cell(0, FolderModel::NameColumn), u"100000"_s, 60'000);
}

void FolderModelTest::cutsWhatIsTooMuch()
{
    m_sandbox.shell("mkdir -p /root/some; cd /root/some; seq 1000 | xargs touch");
    FolderModel small(nullptr, 999);
    QSignalSpy opened(&small, &FolderModel::opened);
    small.open(files(), "/root/some");
    QVERIFY(opened.wait(60'000));
    QVERIFY(small.isCut());
    QCOMPARE(small.rowCount(), 999);
    FolderModel enough(nullptr, 1000);
    QSignalSpy all(&enough, &FolderModel::opened);
    enough.open(files(), "/root/some");
    QVERIFY(all.wait(60'000));
    QVERIFY(!enough.isCut());
}

void FolderModelTest::saysWhyNot()
{
    QSignalSpy failed(m_model.get(), &FolderModel::failed);
    for (const QByteArray path : {"/root/no\nsuch", "/etc/passwd"}) {
        m_model->open(files(), path);
        QVERIFY(failed.wait(60'000));
        QCOMPARE(failed.last().first().toByteArray(), path);
        const auto error = failed.last().last().value<Error>();
        QVERIFY(error.code == ErrorCode::NotFound);
        QVERIFY(!error.message.contains(u'\n'));
    }
    QCOMPARE(m_model->rowCount(), 0);
}

void FolderModelTest::lateAnswersAreDropped()
{
    m_sandbox.shell("mkdir -p /root/one /root/two; touch /root/one/a /root/two/b");
    m_model->open(files(), "/root/one");
    QVERIFY(open("/root/two"));
    QCOMPARE(names(), QStringList{u"b"_s});
    QSignalSpy opened(m_model.get(), &FolderModel::opened);
    m_model->open(files(), "/root/one");
    m_model->clear();
    QVERIFY(!opened.wait(500));
    QCOMPARE(m_model->rowCount(), 0);
}

void FolderModelTest::renamesAndRemoves()
{
    m_sandbox.shell("mkdir -p /root/r/full/of; cd /root/r; echo 1 > a; echo 2 > b");
    const auto done = [this](auto ask) {
        const Result<void> result = test::RunningSandbox::wait<void>(ask);
        return result ? QString() : result.error().message;
    };
    const QString taken = done(
        [&](auto answer) { files().rename("/root/r/a", "/root/r/b", this, std::move(answer)); });
    QVERIFY2(taken.contains(u"/root/r/b is there already"_s), qPrintable(taken));
    QCOMPARE(m_sandbox.shell("cat /root/r/a /root/r/b"), QByteArray("1\n2\n"));
    QCOMPARE(done([&](auto answer) {
                 files().rename("/root/r/a", "/root/r/\xff\n", this, std::move(answer));
             }),
             QString());
    QVERIFY(!done([&](auto answer) {
                 files().makeFolder("/root/r/b", this, std::move(answer));
             }).isEmpty());
    QCOMPARE(done([&](auto answer) {
                 files().remove({"/root/r/\xff\n", "/root/r/full"}, this, std::move(answer));
             }),
             QString());
    QCOMPARE(m_sandbox.shell("ls /root/r"), QByteArray("b\n"));
    QVERIFY(!done([&](auto answer) {
                 files().remove({"/root/r/gone", "/root/r/b"}, this, std::move(answer));
             }).isEmpty());
    QCOMPARE(m_sandbox.shell("ls /root/r"), QByteArray("b\n"));
}

void FolderModelTest::stoppedSandboxIsTold()
{
    QVERIFY(open("/root"));
    m_sandbox.stop();
    QSignalSpy failed(m_model.get(), &FolderModel::failed);
    m_model->reload();
    QVERIFY(failed.wait(60'000));
    QVERIFY(!failed.first().last().value<Error>().message.isEmpty());
}

QTEST_GUILESS_MAIN(FolderModelTest)
#include "tst_foldermodel.moc"
