// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gallery.h"

#include "widgets/common/notices.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>

#include <memory>

using namespace quarry::widgets;

namespace {

// Every text a third longer and marked, as a long language is.
class PseudoTranslator : public QTranslator
{
public:
    bool isEmpty() const override { return false; }
    QString translate(const char *, const char *source, const char *, int) const override
    {
        const QString text = QString::fromUtf8(source);
        if (text.contains(u"Ctrl+"))
            return text;
        return QStringLiteral("[%1%2]").arg(text, QString(text.size() / 3, u'~'));
    }
};

} // namespace

class TestWindowLayout : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void nothingIsClipped_data();
    void nothingIsClipped();
    void everyTextIsTranslated();

private:
    std::unique_ptr<Theme> m_theme;
    PseudoTranslator m_translator;
};

void TestWindowLayout::initTestCase()
{
    m_theme = std::make_unique<Theme>(SchemeChoice::Light);
    QApplication::installTranslator(&m_translator);
}

void TestWindowLayout::nothingIsClipped_data()
{
    QTest::addColumn<QString>("page");
    for (const char *page : {"overview", "sandboxes", "server", "settings"})
        QTest::newRow(page) << QString::fromLatin1(page);
}

// Every visible control is whole within its parents and lies on no sibling.
void TestWindowLayout::nothingIsClipped()
{
    QFETCH(QString, page);
    const QTemporaryDir folder;
    Window window(m_theme.get(), folder.filePath(QStringLiteral("state.ini")));
    fillGallery(window);
    window.notices()->post(
        {NoticeKind::Failure, QString(300, u'x'), QStringLiteral("Choose another port"), {}});
    window.showPage(page);
    window.resize(1000, 640);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QCOMPARE(window.size(), QSize(1000, 640));
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest); // of texts that came late
    const auto visible = [](const QWidget *widget) {
        return widget->isVisible() && !widget->inherits("QFocusFrame") && !widget->size().isEmpty();
    };
    for (QWidget *widget : window.findChildren<QWidget *>()) {
        QWidget *parent = widget->parentWidget();
        if (!visible(widget) || parent->inherits("QAbstractScrollArea")
            || parent->inherits("QTabBar") || widget->inherits("QSplitterHandle")
            || parent->objectName().startsWith(u"qt_") || parent->inherits("QLineEdit")
            || parent->inherits("QAbstractSpinBox"))
            continue;
        const QString what
            = QStringLiteral("%1 '%2' %3 in %4")
                  .arg(QLatin1String(widget->metaObject()->className()), widget->accessibleName())
                  .arg(QDebug::toString(widget->geometry()), QDebug::toString(parent->size()));
        QVERIFY2(parent->rect().contains(widget->geometry()), qPrintable(what));
        const QSize least = widget->minimumSizeHint().boundedTo(widget->maximumSize());
        QVERIFY2(least.width() <= widget->width() + 1 && least.height() <= widget->height() + 1,
                 qPrintable(what + QDebug::toString(least)));
        for (const QWidget *sibling : parent->findChildren<QWidget *>(Qt::FindDirectChildrenOnly)) {
            if (sibling == widget || !visible(sibling) || parent->inherits("QTabWidget")
                || parent->inherits("QAbstractScrollArea") || sibling->inherits("QSplitterHandle")
                || parent->inherits("QLineEdit"))
                continue;
            QVERIFY2(!sibling->geometry().intersects(widget->geometry()),
                     qPrintable(what + QStringLiteral(" under ")
                                + QLatin1String(sibling->metaObject()->className())));
        }
    }
}

void TestWindowLayout::everyTextIsTranslated()
{
    const QTemporaryDir folder;
    Window window(m_theme.get(), folder.filePath(QStringLiteral("state.ini")));
    window.show();
    for (const QWidget *widget : window.findChildren<QWidget *>()) {
        for (const char *property :
             {"text", "title", "placeholderText", "accessibleName", "toolTip"}) {
            const QString text = widget->property(property).toString();
            bool word = false; // units and figures are not words
            for (const QChar c : text)
                word = word || c.isLetter();
            if (word && !text.contains(u"Ctrl+"))
                QVERIFY2(text.contains(u'['), qPrintable(text));
        }
    }
    for (const QAction *action : window.findChildren<QAction *>()) {
        if (!action->text().isEmpty() && !action->objectName().isEmpty()
            && !action->objectName().startsWith(u'_'))
            QVERIFY2(action->text().startsWith(u'['), qPrintable(action->text()));
    }
}

QTEST_MAIN(TestWindowLayout)
#include "tst_windowlayout.moc"
