// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/terminals/questionrow.h"

#include "widgets/common/accessiblerole.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/pages/sandboxes/terminals/smallbutton.h"
#include "widgets/theme/measures.h"

#include <QPushButton>

#include <utility>

namespace quarry::widgets {

QuestionRow::QuestionRow(const QString &yes, const QString &no, QWidget *parent)
    : Strip(measures::ToolBar, Tone::Raised, Strip::LineAbove, parent), m_text(new ElidedLabel),
      m_yes(smallButton(yes, {}, ButtonKind::Primary))
{
    auto *refusal = smallButton(no, {}, ButtonKind::Normal);
    m_text->setType(Type::Small);
    add(m_text, 1);
    add(m_yes);
    add(refusal);
    connect(m_yes, &QPushButton::clicked, this, [this] {
        const auto act = std::exchange(m_act, nullptr);
        drop();
        Q_EMIT answered();
        if (act)
            act();
    });
    connect(refusal, &QPushButton::clicked, this, [this] {
        drop();
        Q_EMIT denied();
        Q_EMIT answered();
    });
    hide();
}

void QuestionRow::ask(const QString &text, std::function<void()> yes)
{
    m_act = std::move(yes);
    m_text->setText(text);
    show();
    announce(this, text);
}

void QuestionRow::focusYes()
{
    m_yes->setFocus(Qt::OtherFocusReason);
}

void QuestionRow::drop()
{
    m_act = nullptr;
    hide();
}

} // namespace quarry::widgets
