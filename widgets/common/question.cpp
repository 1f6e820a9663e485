// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/question.h"

#include <QLabel>
#include <QMessageBox>
#include <QPushButton>

namespace quarry::widgets {

void ask(QWidget *parent, QObject *context, const Question &question,
         std::function<void()> cancelled)
{
    auto *box = new QMessageBox(parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIcon(QMessageBox::NoIcon);
    box->setWindowTitle(question.title);
    box->setText(question.text);
    box->setInformativeText(question.detail);
    // The box's own setting does not reach the detail.
    for (QLabel *label : box->findChildren<QLabel *>())
        label->setTextFormat(Qt::PlainText);
    for (const Choice &choice : question.choices) {
        QPushButton *button = box->addButton(
            choice.text, choice.destroys ? QMessageBox::DestructiveRole : QMessageBox::AcceptRole);
        QObject::connect(button, &QPushButton::clicked, context, choice.run);
        if (!box->defaultButton() && !question.choices.first().destroys)
            box->setDefaultButton(button);
    }
    QPushButton *cancel = box->addButton(QMessageBox::Cancel);
    box->setEscapeButton(cancel);
    if (!box->defaultButton())
        box->setDefaultButton(cancel);
    QObject::connect(context, &QObject::destroyed, box, &QObject::deleteLater);
    if (cancelled)
        QObject::connect(box, &QDialog::rejected, context, cancelled);
    box->open();
}

} // namespace quarry::widgets
