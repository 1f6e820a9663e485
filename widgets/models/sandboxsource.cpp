// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/sandboxsource.h"

#include "base/clock.h"
#include "widgets/models/sandboxstate.h"

namespace quarry::widgets {

SandboxSource::SandboxSource(const SandboxModel &model, std::function<void(const QString &)> go)
    : m_model(model), m_go(std::move(go))
{
    const auto stale = [this] { m_fresh = false; };
    connect(&model, &SandboxModel::sandboxesChanged, this, stale);
    connect(&model, &QAbstractItemModel::modelReset, this, stale);
}

QString SandboxSource::group() const
{
    return tr("Sandboxes");
}

QStringList SandboxSource::names() const
{
    if (!m_fresh) {
        m_names.clear();
        for (int row = 0; row < m_model.rowCount(); ++row) {
            const QString id = m_model.idAt(row);
            const sandbox::SandboxInfo *info = m_model.find(id);
            m_names.append(info ? id + u' ' + info->image : id);
        }
        m_fresh = true;
    }
    return m_names;
}

PaletteEntry SandboxSource::entry(qsizetype index) const
{
    const QString id = m_model.idAt(int(index));
    const sandbox::SandboxInfo *info = m_model.find(id);
    return {.icon = QStringLiteral("sandboxes"),
            .name = m_names.value(index),
            .detail = info ? sandboxState(*info, utcNow()).text : QString(),
            .shortcut = {},
            .enabled = true,
            .run = [go = m_go, id] { go(id); }};
}

} // namespace quarry::widgets
