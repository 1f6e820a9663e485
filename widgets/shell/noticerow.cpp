// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/noticerow.h"

#include "widgets/common/accessiblerole.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/theme/buttonkind.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/measures.h"
#include "widgets/theme/statemark.h"
#include "widgets/theme/style.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace quarry::widgets {

namespace {

constexpr int Height = 33;
constexpr int EdgeWidth = 3;
constexpr int SignLeft = 12;
constexpr int RowTextLeft = 32;

struct Face {
    QColor ground, edge;
};

Face faceOf(NoticeKind kind)
{
    const Look &colors = look();
    switch (kind) {
    case NoticeKind::Info:
        return {colors.color(Tone::AccentSoft), colors.color(Tone::Accent)};
    case NoticeKind::Success:
        return {colors.stateSoft(State::Success), colors.state(State::Success)};
    case NoticeKind::Warning:
        return {colors.stateSoft(State::Warning), colors.state(State::Warning)};
    case NoticeKind::Failure:
        return {colors.stateSoft(State::Failed), colors.state(State::Failed)};
    }
    Q_UNREACHABLE();
}

State stateOf(NoticeKind kind)
{
    switch (kind) {
    case NoticeKind::Success:
        return State::Success;
    case NoticeKind::Failure:
        return State::Failed;
    default:
        return State::Warning;
    }
}

} // namespace

NoticeRow::NoticeRow(const Notice &notice, QWidget *parent) : QWidget(parent), m_kind(notice.kind)
{
    const bool urgent = m_kind == NoticeKind::Warning || m_kind == NoticeKind::Failure;
    setAccessibleRole(this, urgent ? QAccessible::AlertMessage : QAccessible::Notification);
    setAccessibleName(notice.text);
    setFixedHeight(Height);

    auto *text = new ElidedLabel(notice.text);
    text->setType(Type::Small);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(RowTextLeft, 0, measures::SpaceS, 1);
    row->setSpacing(measures::SpaceS);
    row->addWidget(text, 1);
    if (!notice.actionText.isEmpty()) {
        auto *action = new QPushButton(notice.actionText);
        setSmallButton(action);
        connect(action, &QPushButton::clicked, this, &NoticeRow::actionRequested);
        row->addWidget(action);
    }
    auto *close = new QPushButton;
    close->setIcon(themedIcon(QStringLiteral("close")));
    close->setAccessibleName(tr("Close"));
    close->setAccessibleDescription(notice.text);
    close->setToolTip(tr("Close"));
    setButtonKind(close, ButtonKind::Flat);
    setSmallButton(close);
    connect(close, &QPushButton::clicked, this, &NoticeRow::closeRequested);
    row->addWidget(close);
}

void NoticeRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Face face = faceOf(m_kind);
    painter.fillRect(rect(), face.ground);
    painter.fillRect(0, 0, EdgeWidth, height() - 1, face.edge);
    painter.fillRect(0, height() - 1, width(), 1, look().color(Tone::Border));
    if (m_kind == NoticeKind::Info) {
        const QRectF sign(SignLeft, (height() - measures::IconSmall) / 2.0, measures::IconSmall,
                          measures::IconSmall);
        paintIcon(painter, sign, QStringLiteral("info"), look().color(Tone::Text));
    } else {
        const QRectF sign(SignLeft, (height() - measures::StateMark) / 2.0, measures::StateMark,
                          measures::StateMark);
        paintStateMark(painter, sign, stateOf(m_kind), face.edge, face.ground);
    }
}

} // namespace quarry::widgets
