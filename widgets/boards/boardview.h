// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The board of one step, to be looked at and, where arrows are moves, to be played.
#pragma once

#include "widgets/boards/boardscene.h"

#include <QWidget>

namespace quarry::widgets {

// A reader finds a picture called "Board", described in words. What has no picture is left to
// setPlainText().
class BoardView : public QWidget
{
    Q_OBJECT
public:
    explicit BoardView(QWidget *parent = nullptr);

    void setScene(const BoardScene &scene);
    const BoardScene &scene() const { return m_scene; }
    // Shown in place of a picture: the text board, or why there is none.
    void setPlainText(const QString &text);
    // While a person plays: the arrows are moves in the games that have them.
    void setPlayed(bool played);
    static bool hasArrows(const QString &game);

    QSize sizeHint() const override { return {420, 420}; }
    QSize minimumSizeHint() const override { return {120, 120}; }

Q_SIGNALS:
    // "\boxed{up}"
    void moveChosen(const QString &action);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void describe();

    BoardScene m_scene;
    QString m_text;
    bool m_played = false;
};

} // namespace quarry::widgets
