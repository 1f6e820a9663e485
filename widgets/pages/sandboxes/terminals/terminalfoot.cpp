// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/terminals/terminalfoot.h"

#include "widgets/common/elidedlabel.h"
#include "widgets/common/format.h"
#include "widgets/common/keyhint.h"
#include "widgets/pages/sandboxes/terminals/terminalframe.h"
#include "widgets/terminal/terminalview.h"
#include "widgets/theme/measures.h"

#include <QAction>

#include <chrono>

namespace quarry::widgets {

namespace {
constexpr std::chrono::milliseconds RefreshAfter(250);
}

TerminalFoot::TerminalFoot(const QAction *nextCommand, QWidget *parent)
    : Strip(measures::StatusStrip, Tone::Surface, Strip::LineAbove, parent), m_text(new ElidedLabel)
{
    auto *hint = new ElidedLabel(nextCommand->text());
    for (ElidedLabel *label : {m_text, hint}) {
        label->setType(Type::Small);
        label->setTone(Tone::TextSecondary);
    }
    m_soon.setSingleShot(true);
    m_soon.setInterval(RefreshAfter); // a label costs more than a screenful of cells
    connect(&m_soon, &QTimer::timeout, this, &TerminalFoot::refresh);
    add(m_text, 1);
    addYielding(hint);
    addYielding(new KeyHint(nextCommand->shortcut()));
}

void TerminalFoot::follow(TerminalFrame *frame)
{
    TerminalView *view = frame ? frame->view() : nullptr;
    if (m_view == view)
        return;
    if (m_view)
        m_view->disconnect(this);
    m_view = view;
    if (view)
        connect(view, &TerminalView::flushed, this, [this] {
            if (!m_soon.isActive())
                m_soon.start();
        });
    refresh();
}

void TerminalFoot::refresh()
{
    if (!m_view || !m_view->surface()) {
        m_text->setText({});
        return;
    }
    const terminal::Screen &screen = m_view->surface()->emulator().screen();
    const qint64 length = m_view->surface()->lineCount();
    m_text->setText(tr("%1 × %2 · %3")
                        .arg(screen.columns())
                        .arg(screen.rows())
                        .arg(counted(length, tr("1 line"), tr("%1 lines"))));
}

} // namespace quarry::widgets
