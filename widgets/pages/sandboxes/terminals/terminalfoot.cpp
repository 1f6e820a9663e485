// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/terminals/terminalfoot.h"

#include "terminal/text/lines.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/format.h"
#include "widgets/common/keyhint.h"
#include "widgets/pages/sandboxes/terminals/terminalframe.h"
#include "widgets/terminal/terminalview.h"
#include "widgets/theme/measures.h"

#include <QAction>

namespace quarry::widgets {

TerminalFoot::TerminalFoot(const QAction *nextCommand, QWidget *parent)
    : Strip(measures::StatusStrip, Tone::Surface, Strip::LineAbove, parent), m_text(new ElidedLabel)
{
    auto *hint = new ElidedLabel(nextCommand->text());
    for (ElidedLabel *label : {m_text, hint}) {
        label->setType(Type::Small);
        label->setTone(Tone::TextSecondary);
    }
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
        connect(view, &TerminalView::flushed, this, &TerminalFoot::refresh);
    refresh();
}

void TerminalFoot::refresh()
{
    if (!m_view || !m_view->surface()) {
        m_text->setText({});
        return;
    }
    const terminal::Emulator &emulator = m_view->surface()->emulator();
    const terminal::Screen &screen = emulator.screen();
    const terminal::Lines lines(emulator);
    const auto length = qint64(lines.screenBegin() - lines.begin()) + screen.cursor().row + 1;
    m_text->setText(tr("%1 × %2 · %3")
                        .arg(screen.columns())
                        .arg(screen.rows())
                        .arg(counted(length, tr("1 line"), tr("%1 lines"))));
}

} // namespace quarry::widgets
