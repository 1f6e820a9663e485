// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the window has to tell a person without being asked: never a message box.
#pragma once

#include "widgets/theme/look.h"

#include <QList>
#include <QObject>

#include <functional>

namespace quarry::widgets {

using NoticeId = quint64; // 0 is none

enum class NoticeKind { Info, Success, Warning, Failure };

struct Notice {
    NoticeKind kind = NoticeKind::Info;
    QString text; // one sentence
    QString actionText; // "Choose port"; empty: no action
    std::function<void()> action; // the notice closes when it is taken
};

// The notices that are open, oldest first. The window shows and announces them; pages post them.
class Notices : public QObject
{
    Q_OBJECT
public:
    explicit Notices(QObject *parent = nullptr);

    // The same kind and text as one that is open gives that one's id and shows nothing twice. More
    // than MaxOpen: the oldest closes.
    static constexpr qsizetype MaxOpen = 4;
    NoticeId post(Notice notice);
    void close(NoticeId id);
    // Closes it and does its action.
    void act(NoticeId id);

    qsizetype count() const { return m_open.size(); }
    // A default one where there is none with this id.
    Notice notice(NoticeId id) const;

Q_SIGNALS:
    void posted(quarry::widgets::NoticeId id);
    void closed(quarry::widgets::NoticeId id);

private:
    struct Open {
        NoticeId id;
        Notice notice;
    };
    QList<Open> m_open;
    NoticeId m_last = 0;
};

} // namespace quarry::widgets
