// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/window.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QStandardPaths>

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("quarry"));
    QApplication::setApplicationDisplayName(QStringLiteral("Quarry"));
    QApplication::setApplicationVersion(QStringLiteral(QUARRY_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("quarry-workbench"));

    quarry::widgets::Theme theme;
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + QStringLiteral("/quarry");
    QDir().mkpath(folder);
    quarry::widgets::Window window(&theme, folder + QStringLiteral("/workbench.ini"));
    window.show();
    return QApplication::exec();
}
