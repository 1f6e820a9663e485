// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One setting: its name, its control, where its value comes from, its default.
#pragma once

#include "config/schema.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace quarry::widgets {

class ElidedLabel;
class SettingsStore;

// The columns of the rows and of the head above them, in pixels.
namespace settingcolumns {
inline constexpr int Name = 208;
inline constexpr int Value = 250;
inline constexpr int From = 100;
} // namespace settingcolumns

class SettingRow : public QWidget
{
    Q_OBJECT
public:
    // STORE lives as long.
    SettingRow(const QString &key, SettingsStore &store, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *makeControl();
    void refresh();
    void showFrom();
    void commit(const QString &text);
    void write(const std::optional<QJsonValue> &value);
    void tell(const QString &text, bool fault);

    const config::Key &m_key;
    SettingsStore &m_store;
    QString m_label, m_hint;
    QWidget *m_control; // one of the three below, or a label
    QLineEdit *m_entry = nullptr;
    QComboBox *m_choice = nullptr;
    QCheckBox *m_flag = nullptr;
    ElidedLabel *m_from;
    ElidedLabel *m_default;
    QPushButton *m_reset;
    QLabel *m_message;
    bool m_refreshing = false;
    bool m_fault = false;
};

} // namespace quarry::widgets
