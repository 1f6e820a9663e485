// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A language that nobody speaks: every word of the window goes through tr(), and there is room for
// words that are longer.
#include "config/config.h"
#include "widgets/common/actionregistry.h"
#include "workbench.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>

using namespace quarry;
using namespace Qt::StringLiterals;

namespace {

constexpr QChar open(u'⟦');
constexpr QChar close(u'⟧');

// Every letter with a mark on it, in brackets, and longer by a third.
QString pseudo(const QString &text)
{
    static const QString plain = u"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"_s;
    static const QString marked = u"áƀçðéƒğĥíĵķłɱñöþɋŕšţúṽŵẋýžÁƁÇÐÉƑĞĤÍĴĶŁṀÑÖÞɊŔŠŢÚṼŴẊÝŽ"_s;
    QString out = open;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const qsizetype at = plain.indexOf(text.at(i));
        const bool place = i > 0 && text.at(i - 1) == u'%';
        out += at < 0 || place ? text.at(i) : marked.at(at);
    }
    return out + QString(text.size() / 3, u'~') + close;
}

class PseudoTranslator : public QTranslator
{
public:
    bool isEmpty() const override { return false; }
    QString translate(const char *, const char *source, const char *, int) const override
    {
        const QString text = QString::fromUtf8(source);
        static const QRegularExpression keys(u"^(Ctrl|Shift|Alt|Meta)\\+|^F\\d+$"_s);
        return text.contains(keys) ? text : pseudo(text);
    }
};

// TEXT without what was translated, however it is nested.
QString untranslated(const QString &text)
{
    QString out;
    int depth = 0;
    for (const QChar c : text) {
        depth += int(c == open);
        if (depth == 0)
            out += c;
        depth -= int(c == close);
    }
    return out;
}

// What no translator changes: names of things, units, keys, addresses, paths, code.
bool isWords(QString text)
{
    static const QRegularExpression fixed(
        u"https?://\\S+|[~/]\\S*|\\b[\\w-]+([._:][\\w-]+)+\\b|--\\S+|\\$\\S+|<[^>]*>|"
        "\\b(Quarry|Python|ROCK|curl|quarry|AgentFlow|GEM|CPU|CPUs|TLS|API|KiB|MiB|GiB|TiB|kB|MB|GB|"
        "ms|min|bwrap|bubblewrap|pasta|host|token|auto|none|user|localhost|Ctrl|Shift|Alt|F\\d+|Esc|"
        "Return|Tab|Del|Ins|Home|End|Up|Down|Left|Right|PgUp|PgDown)\\b"_s);
    text.remove(fixed);
    static const QRegularExpression word(u"[A-Za-z]{3,}"_s);
    return text.contains(word);
}

QString described(const QWidget *widget)
{
    QStringList way;
    for (const QWidget *each = widget; each && way.size() < 4; each = each->parentWidget())
        way.prepend(QString::fromLatin1(each->metaObject()->className()));
    return way.join(u" > "_s);
}

QStringList textsOf(QWidget *widget)
{
    QStringList texts{widget->toolTip(), widget->accessibleName(), widget->windowTitle()};
    if (const auto *label = qobject_cast<QLabel *>(widget))
        texts << label->text();
    if (const auto *button = qobject_cast<QAbstractButton *>(widget))
        texts << button->text();
    if (const auto *entry = qobject_cast<QLineEdit *>(widget))
        texts << entry->placeholderText();
    if (const auto *bar = qobject_cast<QTabBar *>(widget)) {
        for (int i = 0; i < bar->count(); ++i)
            texts << bar->tabText(i) << bar->tabToolTip(i);
    }
    if (const auto *header = qobject_cast<QHeaderView *>(widget); header && header->model()) {
        for (int i = 0; i < header->count(); ++i)
            texts << header->model()
                         ->headerData(i, header->orientation(), Qt::DisplayRole)
                         .toString();
    }
    return texts;
}

} // namespace

class TestTranslation : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyWordOfAPage_data();
    void everyWordOfAPage();
    void everyWordOfAnAction();
    void cleanupTestCase();

private:
    QTemporaryDir m_folder{u"/var/tmp/quarry-translation-XXXXXX"_s};
    PseudoTranslator m_translator;
    std::unique_ptr<workbench::Workbench> m_workbench;
};

void TestTranslation::initTestCase()
{
    QVERIFY(m_folder.isValid());
    qputenv("XDG_CONFIG_HOME", m_folder.filePath(u"config"_s).toUtf8());
    QVERIFY(QCoreApplication::installTranslator(&m_translator));
    config::Sources sources = config::systemSources();
    sources.flags.insert(u"data.path"_s, m_folder.filePath(u"data"_s));
    const Result<config::Config> config = config::Config::load(sources);
    QVERIFY(config.ok());
    const Result<service::Settings> settings = service::settingsOf(*config);
    QVERIFY(settings.ok());
    m_workbench = std::make_unique<workbench::Workbench>(*settings, sources, *config);
    m_workbench->window().resize(1440, 900);
    m_workbench->window().show(); // the engine is not needed for words
}

void TestTranslation::cleanupTestCase()
{
    m_workbench.reset();
}

void TestTranslation::everyWordOfAPage_data()
{
    QTest::addColumn<QString>("page");
    for (const QString &page : m_workbench->window().pageIds())
        QTest::addRow("%s", qPrintable(page)) << page;
}

void TestTranslation::everyWordOfAPage()
{
    QFETCH(QString, page);
    widgets::Window &window = m_workbench->window();
    window.showPage(page);
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QCoreApplication::processEvents();
    QStringList faults;
    for (QWidget *widget : window.findChildren<QWidget *>()) {
        // Hidden ones too: they show sooner or later.
        for (const QString &text : textsOf(widget)) {
            if (isWords(untranslated(text)))
                faults << u"not translated: \"%1\" in %2"_s.arg(text.left(100), described(widget));
        }
        const auto *button = qobject_cast<QAbstractButton *>(widget);
        if (button && button->isVisible() && !button->text().isEmpty()
            && button->width() + 1 < button->minimumSizeHint().width())
            faults << u"clipped: \"%1\" in %2"_s.arg(button->text(), described(button));
    }
    faults.removeDuplicates();
    QVERIFY2(faults.isEmpty(), qPrintable(u"\n"_s + faults.join(u'\n')));
}

void TestTranslation::everyWordOfAnAction()
{
    QStringList faults;
    for (const QAction *action : m_workbench->window().actions()->actions()) {
        if (isWords(untranslated(action->text())) || isWords(untranslated(action->toolTip())))
            faults << action->text();
    }
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
}

QTEST_MAIN(TestTranslation)
#include "tst_translation.moc"
