// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The form that makes a sandbox, with the same as lines for a shell.
#pragma once

#include "engine/enginehost.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;
class QDoubleSpinBox;

namespace quarry::widgets {

class CodeBlock;

class NewSandboxDialog : public QDialog
{
    Q_OBJECT
public:
    // HOST names the images and the defaults.
    NewSandboxDialog(engine::EngineHost &host, QWidget *parent = nullptr);

    void setImage(const QString &image);
    sandbox::SandboxRequest request() const;
    // What was refused, shown in the form until it is changed.
    void showError(const QString &message);

Q_SIGNALS:
    void createRequested(const quarry::sandbox::SandboxRequest &request);

private:
    void addFields();
    void showLines();

    QComboBox *m_image;
    QLineEdit *m_name;
    QSpinBox *m_memory;
    QDoubleSpinBox *m_cpus;
    QComboBox *m_network;
    QSpinBox *m_idle;
    QLabel *m_error;
    CodeBlock *m_shellLine;
    CodeBlock *m_curlLine;
};

// The equal lines. Pure.
QString shellLine(const sandbox::SandboxRequest &request);
QString curlLine(const sandbox::SandboxRequest &request);

} // namespace quarry::widgets
