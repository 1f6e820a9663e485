// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/notices.h"

#include <algorithm>

namespace quarry::widgets {

Notices::Notices(QObject *parent) : QObject(parent) { }

NoticeId Notices::post(Notice notice)
{
    for (const Open &open : m_open) {
        if (open.notice.kind == notice.kind && open.notice.text == notice.text)
            return open.id;
    }
    const NoticeId id = ++m_last;
    m_open.append({id, std::move(notice)});
    Q_EMIT posted(id);
    if (m_open.size() > MaxOpen)
        close(m_open.first().id);
    return id;
}

void Notices::close(NoticeId id)
{
    const auto removed = m_open.removeIf([id](const Open &open) { return open.id == id; });
    if (removed > 0)
        Q_EMIT closed(id);
}

void Notices::act(NoticeId id)
{
    const auto action = notice(id).action;
    close(id);
    if (action)
        action();
}

Notice Notices::notice(NoticeId id) const
{
    const auto found = std::find_if(m_open.begin(), m_open.end(),
                                    [id](const Open &open) { return open.id == id; });
    return found == m_open.end() ? Notice{} : found->notice;
}

} // namespace quarry::widgets
