// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The form that makes an image of a sandbox's files, with the same as lines for a shell.
#pragma once

#include "engine/enginehost.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace quarry::widgets {

class CodeBlock;

class CommitDialog : public QDialog
{
    Q_OBJECT
public:
    // HOST names the images that are there, so that a free name is offered.
    CommitDialog(engine::EngineHost &host, const QString &sandbox, QWidget *parent = nullptr);

    QString image() const;
    // What was refused, shown in the form until it is changed.
    void showError(const QString &message);

Q_SIGNALS:
    void commitRequested(const QString &image);

private:
    void typed();

    QString m_sandbox;
    QStringList m_taken; // names of images
    QLineEdit *m_image;
    QLabel *m_note;
    QPushButton *m_commit;
    CodeBlock *m_shellLine;
    CodeBlock *m_curlLine;
};

// The first of "NAME:1", "NAME:2", … that is not TAKEN; NAME is made of the sandbox's id. Pure.
QString freeImageName(const QString &sandbox, const QStringList &taken);

} // namespace quarry::widgets
