// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Below the terminals: the current one's size and length, and the way from command to command.
#pragma once

#include "widgets/common/strip.h"

#include <QPointer>

class QAction;

namespace quarry::widgets {

class ElidedLabel;
class TerminalFrame;
class TerminalView;

class TerminalFoot : public Strip
{
    Q_OBJECT
public:
    // NEXTCOMMAND lives as long.
    explicit TerminalFoot(const QAction *nextCommand, QWidget *parent = nullptr);

    // Borrowed; may be nullptr.
    void follow(TerminalFrame *frame);

private:
    void refresh();

    ElidedLabel *m_text;
    QPointer<TerminalView> m_view;
};

} // namespace quarry::widgets
