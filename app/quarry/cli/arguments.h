// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The flags and words of one call, already checked against their command.
#pragma once

#include "cli/commandspec.h"

#include <QHash>

#include <optional>

namespace quarry::cli {

class Arguments
{
public:
    bool has(const QString &flag) const { return m_values.contains(flag); }
    // The last value, empty when the flag was not given.
    QString text(const QString &flag, const QString &fallback = {}) const;
    QStringList list(const QString &flag) const { return m_values.value(flag); }
    std::optional<qint64> size(const QString &flag) const;   // Kind::Size
    std::optional<double> number(const QString &flag) const; // Kind::Number
    std::optional<int> whole(const QString &flag) const;     // Kind::Whole

    // The N-th word; empty when an optional one is absent.
    QString word(int n) const { return m_words.value(n); }
    const QStringList &words() const { return m_words; }
    // The program and its arguments, in the bytes that they came in.
    const QList<QByteArray> &command() const { return m_command; }

    void add(const QString &flag, const QString &value) { m_values[flag] << value; }
    void addWord(const QString &word) { m_words << word; }
    void setCommand(QList<QByteArray> command) { m_command = std::move(command); }

private:
    QHash<QString, QStringList> m_values;
    QStringList m_words;
    QList<QByteArray> m_command;
};

} // namespace quarry::cli
