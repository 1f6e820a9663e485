// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the keys of the configuration are called, and in which group they stand.
#pragma once

#include <QList>
#include <QString>

namespace quarry::widgets {

struct SettingText {
    QString key; // of the configuration
    QString label;
    QString hint; // what it is for; may be empty
};

struct SettingGroup {
    QString name;
    QString prefix; // of the keys; empty: it has none
};

// In the page's order, translated. Each key of the schema has a text; one without would be shown by
// its key.
QList<SettingGroup> settingGroups();
SettingText settingText(const QString &key);
// When a change of KEY takes effect.
QString settingEffect(const QString &key);

} // namespace quarry::widgets
