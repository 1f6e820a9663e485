// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One request beside the table it was chosen in: what was asked and answered, as text.
#pragma once

#include "widgets/models/requests.h"

#include <QWidget>

class QAction;
class QBoxLayout;
class QPlainTextEdit;

namespace quarry::widgets {

class ElidedLabel;
class Strip;

class RequestDetail : public QWidget
{
    Q_OBJECT
public:
    explicit RequestDetail(QWidget *parent = nullptr);

    // At the right of the head.
    void addAction(QAction *action);
    using QWidget::addAction;
    void show(const RequestRecord &record);
    using QWidget::show;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    // A text with its caption.
    struct Body {
        QWidget *whole;
        ElidedLabel *caption;
        QPlainTextEdit *text;
    };
    Body addBody(const QString &name);

    Strip *m_head;
    ElidedLabel *m_title;
    QBoxLayout *m_bodies; // beside each other where there is room
    Body m_request;
    Body m_answer;
};

} // namespace quarry::widgets
