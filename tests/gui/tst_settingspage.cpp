// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The settings' page: every key has a control, edits go to the person's file, what cannot be
// changed says why.
#include "pagecheck.h"

#include "config/schema.h"
#include "widgets/common/actionregistry.h"
#include "widgets/models/settingsstore.h"
#include "widgets/pages/settings/findingmodel.h"
#include "widgets/pages/settings/settingspage.h"
#include "widgets/pages/settings/settingtexts.h"
#include "widgets/theme/theme.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace quarry;
using namespace quarry::widgets;
using namespace quarry::widgets::test;
using namespace Qt::StringLiterals;

class TestSettingsPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(SchemeChoice::Light); }
    void init();
    void cleanup();
    void everyKeyHasATextAndAGroup();
    void everyControlIsNamed();
    void searchFindsByNameAndKey();
    void editGoesToTheFile();
    void wrongValueIsToldAndNotWritten();
    void othersValuesAreReadOnly();
    void doctorSaysWhatHelps();
    void themeAtOnce();

private:
    QListWidget *groups() const
    {
        return named<QListWidget>(m_page.get(), u"Groups of settings"_s);
    }
    QLineEdit *entry(const QString &key, const QString &label) const
    {
        named<QLineEdit>(m_page.get(), u"Search settings"_s)->setText(key);
        return named<QLineEdit>(m_page.get(), label);
    }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ActionRegistry> m_registry;
    std::unique_ptr<SettingsStore> m_store;
    std::unique_ptr<SettingsPage> m_page;
};

void TestSettingsPage::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_registry = std::make_unique<ActionRegistry>();
    config::Sources sources;
    sources.environment.insert(u"QUARRY_SANDBOX_POOL"_s, u"7"_s);
    sources.flags.insert(u"data.path"_s, u"/there"_s);
    sources.flagNames.insert(u"data.path"_s, u"--data"_s);
    m_store = std::make_unique<SettingsStore>(sources, *config::Config::load(sources),
                                              m_folder->filePath(u"config.json"_s));
    m_page = std::make_unique<SettingsPage>(*m_store, *m_theme, *m_registry, [] {
        return Diagnosis{{{u"overlay"_s, true, true, u"kernel"_s, {}},
                          {u"bubblewrap"_s, false, true, u"not there"_s, u"install it"_s}},
                         u"profile quarry {}"_s};
    });
    m_page->resize(1300, 800);
    m_page->show();
}

void TestSettingsPage::cleanup()
{
    m_page.reset();
    m_store.reset();
    m_registry.reset();
    m_theme->setChoice(SchemeChoice::Light);
}

void TestSettingsPage::everyKeyHasATextAndAGroup()
{
    const QList<SettingGroup> all = settingGroups();
    for (const config::Key &key : config::schema()) {
        QVERIFY2(settingText(key.name).label != key.name, qPrintable(key.name));
        const auto in = std::count_if(all.begin(), all.end(), [&](const SettingGroup &group) {
            return !group.prefix.isEmpty() && key.name.startsWith(group.prefix);
        });
        QVERIFY2(in == 1, qPrintable(key.name));
    }
}

void TestSettingsPage::everyControlIsNamed()
{
    QVERIFY(groups());
    for (int i = 0; i < groups()->count(); ++i) {
        groups()->setCurrentRow(i);
        QCOMPARE(nameless(m_page.get()), QStringList());
    }
}

void TestSettingsPage::searchFindsByNameAndKey()
{
    QVERIFY(entry(u"max_body"_s, u"Largest body"_s));
    QVERIFY(!entry(u"max_body"_s, u"Largest upload"_s));
    entry(u"theme"_s, {});
    QVERIFY(says(m_page.get(), u"takes effect at once"_s));
    entry(u"nothing like this"_s, {});
    QVERIFY(says(m_page.get(), u"No setting has these words"_s));
    entry({}, {});
    QVERIFY(!says(m_page.get(), u"No setting has these words"_s));
}

void TestSettingsPage::editGoesToTheFile()
{
    QLineEdit *memory = entry(u"sandbox.memory"_s, u"Memory"_s);
    QVERIFY(memory);
    QCOMPARE(memory->text(), u"8g"_s);
    QVERIFY(says(m_page.get(), u"default"_s));
    QSignalSpy changed(m_store.get(), &SettingsStore::changed);
    memory->setText(u"3g"_s);
    QTest::keyClick(memory, Qt::Key_Return);
    QVERIFY(changed.wait());
    QCOMPARE(m_store->config().number(u"sandbox.memory"_s), qint64(3) << 30);
    QTRY_VERIFY(says(m_page.get(), u"next start of Quarry"_s));
    QVERIFY(says(m_page.get(), u"file"_s));
    QAbstractButton *reset = button(m_page.get(), u"Reset Memory to the default"_s);
    QVERIFY(reset);
    reset->click();
    QVERIFY(changed.wait());
    QCOMPARE(memory->text(), u"8g"_s);
}

void TestSettingsPage::wrongValueIsToldAndNotWritten()
{
    QLineEdit *memory = entry(u"sandbox.memory"_s, u"Memory"_s);
    memory->setText(u"much"_s);
    QTest::keyClick(memory, Qt::Key_Return);
    QVERIFY(says(m_page.get(), u"must be a size"_s));
    QVERIFY(!QFile::exists(m_store->file()));
}

void TestSettingsPage::othersValuesAreReadOnly()
{
    const QLineEdit *pool = entry(u"sandbox.pool"_s, u"Kept ready"_s);
    QVERIFY(pool->isReadOnly());
    QCOMPARE(pool->text(), u"7"_s);
    QVERIFY(says(m_page.get(), u"QUARRY_SANDBOX_POOL"_s));
    QVERIFY(entry(u"data.path"_s, u"Data folder"_s)->isReadOnly());
    QVERIFY(says(m_page.get(), u"--data"_s));
}

void TestSettingsPage::doctorSaysWhatHelps()
{
    QSignalSpy examined(m_page->findChild<DoctorPane *>(), &DoctorPane::examined);
    groups()->setCurrentRow(groups()->count() - 1);
    QVERIFY(examined.wait());
    const auto *table = named<QTableView>(m_page.get(), u"Doctor"_s);
    QVERIFY(table);
    QAbstractItemModelTester tester(table->model(),
                                    QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto first = [&](int column) { return table->model()->index(0, column).data(); };
    QCOMPARE(first(FindingModel::StateColumn).toString(), u"fails"_s);
    QCOMPARE(first(FindingModel::HelpColumn).toString(), u"install it"_s);
    QVERIFY(says(m_page.get(), u"cannot run sandboxes yet"_s));
    QVERIFY(button(m_page.get(), u"Copy AppArmor profile"_s));
    QCOMPARE(groups()->item(groups()->count() - 1)->text(), u"Doctor 1"_s);
}

void TestSettingsPage::themeAtOnce()
{
    QComboBox *choice = nullptr;
    for (auto *each : m_page->findChildren<QComboBox *>()) {
        if (each->isVisible())
            choice = each;
    }
    QVERIFY(choice);
    QTest::keyClick(choice, Qt::Key_Down);
    QCOMPARE(m_theme->choice(), SchemeChoice::Dark);
}

QTEST_MAIN(TestSettingsPage)
#include "tst_settingspage.moc"
