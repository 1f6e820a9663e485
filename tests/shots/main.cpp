// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// quarry-shots FOLDER: pictures of every page. QT_SCALE_FACTOR=2 for those of sharper screens.
#include "studio.h"

#include <QApplication>
#include <QDir>
#include <QTextStream>

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    const QString folder = application.arguments().value(1);
    QTextStream errors(stderr);
    if (folder.isEmpty() || !QDir().mkpath(folder)) {
        errors << "usage: quarry-shots FOLDER\n";
        return 2;
    }
    quarry::shots::Studio studio;
    if (const QString problem = studio.open(); !problem.isEmpty()) {
        errors << "quarry-shots: " << problem << '\n';
        return 1;
    }
    const QStringList written = studio.shoot(folder);
    for (const QString &path : written)
        QTextStream(stdout) << path << '\n';
    return written.contains(QString()) ? 1 : 0;
}
