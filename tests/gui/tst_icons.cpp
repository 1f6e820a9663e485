// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/icons.h"
#include "widgets/theme/resources.h"
#include "widgets/theme/theme.h"

#include <QDir>
#include <QImage>
#include <QTest>

using namespace quarry::widgets;

class TestIcons : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyIconPaints();
    void isSharpAtEveryScale();
    void followsTheTheme();
    void unknownNameIsEmpty();

private:
    static QColor strongest(const QPixmap &pixmap);
};

// The pixel that is painted most.
QColor TestIcons::strongest(const QPixmap &pixmap)
{
    const QImage image = pixmap.toImage();
    QColor found(Qt::transparent);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, y).alpha() > found.alpha())
                found = image.pixelColor(x, y);
        }
    }
    return found;
}

void TestIcons::everyIconPaints()
{
    initResources();
    const QDir folder(QStringLiteral(":/quarry/icons"));
    const QStringList files = folder.entryList({QStringLiteral("*.svg")});
    QVERIFY(files.size() > 40);
    for (const QString &file : files) {
        const QPixmap pixmap = themedIcon(file.chopped(4)).pixmap(16, 16);
        QVERIFY2(strongest(pixmap).alpha() > 100, qPrintable(file));
    }
}

void TestIcons::isSharpAtEveryScale()
{
    for (const qreal scale : {1.0, 1.5, 2.0}) {
        const QPixmap pixmap = themedIcon(QStringLiteral("add")).pixmap(QSize(16, 16), scale);
        QCOMPARE(pixmap.size(), (QSizeF(16, 16) * scale).toSize());
    }
}

void TestIcons::followsTheTheme()
{
    Theme theme(SchemeChoice::Light);
    const QIcon icon = themedIcon(QStringLiteral("running"), Tone::Accent);
    const auto near = [](const QColor &a, const QColor &b) {
        return qAbs(a.red() - b.red()) < 12 && qAbs(a.green() - b.green()) < 12
            && qAbs(a.blue() - b.blue()) < 12;
    };
    QVERIFY(near(strongest(icon.pixmap(32, 32)), Look(Scheme::Light).color(Tone::Accent)));
    theme.setChoice(SchemeChoice::Dark);
    QVERIFY(near(strongest(icon.pixmap(32, 32)), Look(Scheme::Dark).color(Tone::Accent)));
    QVERIFY(near(strongest(icon.pixmap({32, 32}, QIcon::Disabled)),
                 Look(Scheme::Dark).color(Tone::TextDisabled)));
}

void TestIcons::unknownNameIsEmpty()
{
    QTest::ignoreMessage(QtWarningMsg, "no icon named nothing");
    QCOMPARE(strongest(themedIcon(QStringLiteral("nothing")).pixmap(16, 16)).alpha(), 0);
}

QTEST_MAIN(TestIcons)
#include "tst_icons.moc"
