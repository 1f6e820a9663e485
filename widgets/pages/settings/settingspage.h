// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The page of everything that can be set, with its source and default, and of what the machine can
// do.
#pragma once

#include "widgets/common/page.h"
#include "widgets/pages/settings/doctorpane.h"

#include <QHash>

class QListWidget;
class QScrollArea;
class QStackedWidget;
class QVBoxLayout;

namespace quarry::widgets {

class FilterEntry;
class SettingRow;
class SettingsStore;
class Theme;
class ThemeRow;

class SettingsPage : public Page
{
    Q_OBJECT
public:
    // All live as long.
    SettingsPage(SettingsStore &store, Theme &theme, ActionRegistry &actions,
                 std::function<Diagnosis()> examine, QWidget *parent = nullptr);

    QList<QWidget *> parts() override;
    bool focusFilter() override;
    void saveState(QSettings &settings) const override;
    void restoreState(const QSettings &settings) override;

private:
    QWidget *makeSide();
    QWidget *makeList(ActionRegistry &actions);
    void fillGroups();
    void showGroup();
    void showRows(const QStringList &keys, bool withTheme, const QString &title);
    void search(const QString &text);
    void showCounts();
    SettingRow *row(const QString &key);

    SettingsStore &m_store;
    FilterEntry *m_search;
    QListWidget *m_groups;
    QStackedWidget *m_stack;
    ElidedLabel *m_title;
    ElidedLabel *m_file;
    QScrollArea *m_scroll;
    QVBoxLayout *m_rows;
    ElidedLabel *m_nothing;
    ThemeRow *m_theme;
    DoctorPane *m_doctor;
    QHash<QString, SettingRow *> m_made; // when first shown
};

} // namespace quarry::widgets
