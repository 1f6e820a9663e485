// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gallery.h"

#include "widgets/common/actionregistry.h"
#include "widgets/common/notices.h"
#include "widgets/patterns/tableview.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTest>
#include <QToolTip>

using namespace quarry::widgets;

namespace {

void take(QWidget &widget, const QDir &folder, const QString &name)
{
    QTest::qWait(50);
    widget.grab().save(folder.filePath(name + QStringLiteral(".png")));
}

void takeAll(Window &window, const QDir &folder, const QString &scheme)
{
    const auto run
        = [&](const char *id) { window.actions()->action(QLatin1String(id))->trigger(); };
    for (const char *page : {"overview", "sandboxes", "server", "settings"}) {
        window.showPage(QLatin1String(page));
        if (auto *table = window.findChild<TableView *>(QString(), Qt::FindChildrenRecursively);
            table && QLatin1String(page) == QLatin1String("sandboxes"))
            window.page(QStringLiteral("sandboxes"))->findChild<TableView *>()->setFocus();
        take(window, folder, QStringLiteral("%1-%2").arg(QLatin1String(page), scheme));
    }
    window.showPage(QStringLiteral("sandboxes"));
    run("window.palette");
    window.findChild<QLineEdit *>();
    for (QLineEdit *entry : window.findChildren<QLineEdit *>()) {
        if (entry->accessibleName() == u"Command palette")
            entry->setText(QStringLiteral("sto"));
    }
    take(window, folder, QStringLiteral("palette-%1").arg(scheme));
    run("window.palette");
    window.notices()->post({NoticeKind::Info,
                            QStringLiteral("2 sandboxes have no owner since the restart."),
                            QStringLiteral("Clean up"),
                            {}});
    window.notices()->post({NoticeKind::Success,
                            QStringLiteral("Image webshop:fixed is ready, 1.4 GiB."),
                            QStringLiteral("Use it"),
                            {}});
    window.notices()->post({NoticeKind::Warning,
                            QStringLiteral("sb-63fd…b8c4 ends in 40 s."),
                            QStringLiteral("Extend"),
                            {}});
    window.notices()->post({NoticeKind::Failure,
                            QStringLiteral("The server could not bind 127.0.0.1:8080: in use."),
                            QStringLiteral("Choose port"),
                            {}});
    run("window.activity");
    take(window, folder, QStringLiteral("notices-%1").arg(scheme));
    run("window.activity");
    for (NoticeId id = 1; id < 20; ++id)
        window.notices()->close(id);
    QMenu menu;
    window.actions()->fillMenu(&menu, QStringLiteral("sandbox"));
    menu.popup({0, 0});
    menu.setActiveAction(menu.actions().at(1));
    take(menu, folder, QStringLiteral("menu-%1").arg(scheme));
    menu.close();
    window.showPage(QStringLiteral("server"));
    auto *combo = window.page(QStringLiteral("server"))->findChild<QComboBox *>();
    combo->showPopup();
    QTest::qWait(50);
    if (QWidget *popup = QApplication::activePopupWidget())
        take(*popup, folder, QStringLiteral("combo-%1").arg(scheme));
    combo->hidePopup();
    QToolTip::showText({10, 10},
                       QStringLiteral("sb-18b9c2d4-7e50-4a1f-03fe<br>memory 3.5 of 4.0 GiB (88 %)"),
                       &window);
    QTest::qWait(50);
    for (QWidget *top : QApplication::topLevelWidgets()) {
        if (top->inherits("QTipLabel"))
            take(*top, folder, QStringLiteral("tip-%1").arg(scheme));
    }
    window.showPage(QStringLiteral("overview"));
    window.resize(1000, 640);
    window.showPage(QStringLiteral("sandboxes"));
    take(window, folder, QStringLiteral("small-%1").arg(scheme));
    window.resize(1440, 900);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    Theme theme(SchemeChoice::Light);
    Window window(&theme, QDir::temp().filePath(QStringLiteral("quarry-gallery.ini")));
    fillGallery(window);
    window.resize(1440, 900);
    window.show();
    if (argc < 2)
        return QApplication::exec();
    const QDir folder(QString::fromLocal8Bit(argv[1]));
    folder.mkpath(QStringLiteral("."));
    theme.setChoice(SchemeChoice::Light);
    takeAll(window, folder, QStringLiteral("light"));
    theme.setChoice(SchemeChoice::Dark);
    takeAll(window, folder, QStringLiteral("dark"));
    return 0;
}
