// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Asks for the seed of a new episode.
#pragma once

#include <QDialog>

#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace quarry::widgets {

class NewEpisodeDialog : public QDialog
{
    Q_OBJECT
public:
    explicit NewEpisodeDialog(const QString &envId, QWidget *parent = nullptr);

Q_SIGNALS:
    // Nothing: a fair seed is to be drawn.
    void seedChosen(std::optional<quint32> seed);

private:
    void check();
    void choose();

    QLineEdit *m_seed;
    QLabel *m_fault;
    QPushButton *m_start;
};

} // namespace quarry::widgets
