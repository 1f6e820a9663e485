// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The sandboxes, for the command palette: by id and image.
#pragma once

#include "widgets/common/palettesource.h"
#include "widgets/models/sandboxmodel.h"

#include <functional>

namespace quarry::widgets {

class SandboxSource : public QObject, public PaletteSource
{
    Q_OBJECT
public:
    // MODEL lives as long. GO is called with the id of the one that is chosen.
    SandboxSource(const SandboxModel &model, std::function<void(const QString &id)> go);

    QString group() const override;
    QStringList names() const override;
    PaletteEntry entry(qsizetype index) const override;

private:
    const SandboxModel &m_model;
    std::function<void(const QString &)> m_go;
    mutable QStringList m_names; // made when asked after a change
    mutable bool m_fresh = false;
};

} // namespace quarry::widgets
