// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/page.h"

namespace quarry::widgets {

void Page::saveState(QSettings &) const { }

void Page::restoreState(const QSettings &) { }

void Page::setSubtitle(const QString &subtitle)
{
    if (m_subtitle == subtitle)
        return;
    m_subtitle = subtitle;
    Q_EMIT subtitleChanged();
}

} // namespace quarry::widgets
