// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Where the parts of a sandbox's layer folder lie: the one place that knows.
#pragma once

#include <QString>

namespace quarry::runtime {

// The upper and work folders of the overlay over `/` and, for images that stand on the host, of the
// second one over `/usr`. imageNote says which image the layer was made for.
struct LayerPaths {
    explicit LayerPaths(const QString &folder)
        : rootUpper(folder + QStringLiteral("/root/upper")),
          rootWork(folder + QStringLiteral("/root/work")),
          usrUpper(folder + QStringLiteral("/usr/upper")),
          usrWork(folder + QStringLiteral("/usr/work")),
          imageNote(folder + QStringLiteral("/image.json"))
    {
    }

    QString rootUpper;
    QString rootWork;
    QString usrUpper;
    QString usrWork;
    QString imageNote;
};

} // namespace quarry::runtime
