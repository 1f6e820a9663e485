// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A few lines to paste into a shell or a program, with a button that copies them.
#pragma once

#include <QWidget>

class QPlainTextEdit;

namespace quarry::widgets {

class CodeBlock : public QWidget
{
    Q_OBJECT
public:
    // NAME tells a reader what it is ("Shell command"); the button is called "Copy NAME".
    explicit CodeBlock(const QString &name, QWidget *parent = nullptr);

    // As high as it has lines, wrapped where they are too long, up to MaxLines.
    static constexpr int MaxLines = 16;
    void setCode(const QString &code);
    QString code() const;
    void copy() const;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void fit();

    QPlainTextEdit *m_text;
};

} // namespace quarry::widgets
