// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A question below a terminal that holds nothing up: what is not answered is denied.
#pragma once

#include "widgets/common/strip.h"

#include <functional>

class QPushButton;

namespace quarry::widgets {

class ElidedLabel;

class QuestionRow : public Strip
{
    Q_OBJECT
public:
    QuestionRow(const QString &yes, const QString &no, QWidget *parent = nullptr);

    // Shows and announces TEXT; a question before it is forgotten.
    void ask(const QString &text, std::function<void()> yes);
    void focusYes();
    void drop();

Q_SIGNALS:
    void answered();
    void denied(); // by a person; answered() follows

private:
    ElidedLabel *m_text;
    QPushButton *m_yes;
    std::function<void()> m_act;
};

} // namespace quarry::widgets
