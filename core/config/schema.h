// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Every key that the configuration knows, its type and its default.
#pragma once

#include <QJsonValue>
#include <QList>
#include <QString>
#include <QStringList>

namespace quarry::config {

enum class Type {
    Text,
    List,     // texts; in the environment and in flags by comma
    Listen,   // a list of HOST:PORT
    Size,     // bytes: a number, or "8g"
    Duration, // seconds: a number, or "90s", "30m", "6h", "2d"
    Count,    // a whole number, 0 or more
    Real,     // a number above 0
    Flag,     // true or false
    Choice,   // one of choices
    Range,    // "FIRST-LAST"
    Object,   // checked by who reads it
};

struct Key {
    QString name; // "server.listen"
    Type type;
    QJsonValue fallback; // sizes and durations in bytes and seconds
    QStringList choices;
};

const QList<Key> &schema();
const Key *findKey(const QString &name); // null: no such key

// TEXT or number as the type wants it, or the sentence that says what it must be.
struct Read {
    QJsonValue value;
    QString fault; // empty: value is good
};
Read read(const Key &key, const QJsonValue &given);
// The same for what comes as text only: environment and flags.
Read readText(const Key &key, const QString &text);

// A good value as readText() takes it, in the largest unit that it has whole: "8g", "6h". Objects
// have no such text.
QString writeText(const Key &key, const QJsonValue &value);

// QUARRY_SECTION_KEY.
QString environmentName(const Key &key);

} // namespace quarry::config
