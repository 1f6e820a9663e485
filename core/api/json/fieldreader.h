// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the fields of a JSON object (or of a query) and remembers every fault, so that all are
// told.
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>
#include <utility>

namespace quarry::api {

class FieldReader
{
public:
    explicit FieldReader(QJsonObject fields) : m_fields(std::move(fields)) { }
    // Values of a query, all of them text.
    static FieldReader ofQuery(const QList<std::pair<QString, QString>> &query);

    // Null counts as absent everywhere.
    bool has(const QString &name) const;

    // Text as it is; text without white space at its ends that must not be blank.
    QString text(const QString &name);
    QString name(const QString &name);
    QString optionalText(const QString &name, const QString &otherwise = {});
    std::optional<QString> optionalName(const QString &name);
    // The words that are allowed.
    QString choice(const QString &name, const QStringList &words, const QString &otherwise);

    // Numbers may come as text ("2"), as booleans may ("true"): clients of ROCK send both.
    std::optional<double> number(const QString &name);
    std::optional<double> positive(const QString &name);       // above 0
    std::optional<qint64> wholeNumber(const QString &name, qint64 least, qint64 most);
    bool flag(const QString &name, bool otherwise = false);
    // "8g", "512m" or a number of bytes; above 0.
    std::optional<qint64> size(const QString &name, qint64 most);

    QStringList textList(const QString &name, bool required = false);
    QMap<QString, QString> textMap(const QString &name);
    // An object inside; its faults are named "name.field".
    FieldReader object(const QString &name);
    QJsonValue value(const QString &name) const { return m_fields.value(name); }

    void addFault(const QString &name, const QString &what);
    void take(FieldReader &other); // its faults
    bool good() const { return m_faults.isEmpty(); }
    // "sandbox_id: missing; timeout: must be a number"
    QString faults() const { return m_faults.join(QStringLiteral("; ")); }

private:
    QJsonObject m_fields;
    QString m_prefix;
    QStringList m_faults;
};

// What keeps TEXT from being a sandbox's id: 1–64 of A-Za-z0-9._-, not starting with a dot.
bool isSandboxId(const QString &text);
// The OCI grammar of references: [host[:port]/]path[:tag][@digest].
bool isImageReference(const QString &text);

} // namespace quarry::api
