// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json/fieldreader.h"

#include "base/sizes.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <cmath>

namespace quarry::api {

using namespace Qt::StringLiterals;

FieldReader FieldReader::ofQuery(const QList<std::pair<QString, QString>> &query)
{
    QJsonObject fields;
    for (const auto &[name, value] : query)
        fields.insert(name, value);
    return FieldReader(std::move(fields));
}

bool FieldReader::has(const QString &name) const
{
    const QJsonValue value = m_fields.value(name);
    return !value.isUndefined() && !value.isNull();
}

void FieldReader::addFault(const QString &name, const QString &what)
{
    m_faults.append(m_prefix + name + u": "_s + what);
}

void FieldReader::take(FieldReader &other)
{
    m_faults.append(std::exchange(other.m_faults, {}));
}

QString FieldReader::text(const QString &name)
{
    if (!has(name))
        addFault(name, u"missing"_s);
    else
        return optionalText(name);
    return {};
}

QString FieldReader::name(const QString &name)
{
    const std::optional<QString> text = optionalName(name);
    if (!text && !has(name))
        addFault(name, u"missing"_s);
    return text.value_or(QString());
}

QString FieldReader::optionalText(const QString &name, const QString &otherwise)
{
    if (!has(name))
        return otherwise;
    const QJsonValue value = m_fields.value(name);
    if (!value.isString()) {
        addFault(name, u"must be text"_s);
        return otherwise;
    }
    const QString text = value.toString();
    if (text.contains(QChar(u'\0'))) {
        addFault(name, u"must not hold a NUL character"_s);
        return otherwise;
    }
    return text;
}

std::optional<QString> FieldReader::optionalName(const QString &name)
{
    if (!has(name))
        return {};
    const qsizetype before = m_faults.size();
    const QString text = optionalText(name).trimmed();
    if (m_faults.size() > before)
        return {};
    if (text.isEmpty()) {
        addFault(name, u"must not be blank"_s);
        return {};
    }
    return text;
}

QString FieldReader::choice(const QString &name, const QStringList &words, const QString &otherwise)
{
    const QString word = optionalText(name, otherwise);
    if (words.contains(word))
        return word;
    addFault(name, u"must be one of "_s + words.join(u", "_s));
    return otherwise;
}

std::optional<double> FieldReader::number(const QString &name)
{
    if (!has(name))
        return {};
    const QJsonValue value = m_fields.value(name);
    bool good = value.isDouble();
    const double number
        = value.isString() ? value.toString().trimmed().toDouble(&good) : value.toDouble();
    if (good && std::isfinite(number))
        return number;
    addFault(name, u"must be a number"_s);
    return {};
}

std::optional<double> FieldReader::positive(const QString &name)
{
    const std::optional<double> value = number(name);
    if (!value || *value > 0)
        return value;
    addFault(name, u"must be above 0"_s);
    return {};
}

std::optional<qint64> FieldReader::wholeNumber(const QString &name, qint64 least, qint64 most)
{
    const std::optional<double> value = number(name);
    if (!value)
        return {};
    if (std::trunc(*value) != *value)
        addFault(name, u"must be a whole number"_s);
    else if (*value < double(least) || *value > double(most))
        addFault(name, u"must be from %1 to %2"_s.arg(least).arg(most));
    else
        return qint64(*value);
    return {};
}

bool FieldReader::flag(const QString &name, bool otherwise)
{
    if (!has(name))
        return otherwise;
    const QJsonValue value = m_fields.value(name);
    if (value.isBool())
        return value.toBool();
    const QString word
        = value.isDouble() ? QString::number(value.toDouble()) : value.toString().toLower();
    if (word == "true"_L1 || word == "1"_L1 || word == "yes"_L1 || word == "on"_L1)
        return true;
    if (word == "false"_L1 || word == "0"_L1 || word == "no"_L1 || word == "off"_L1)
        return false;
    addFault(name, u"must be true or false"_s);
    return otherwise;
}

std::optional<qint64> FieldReader::size(const QString &name, qint64 most)
{
    if (!has(name))
        return {};
    const QJsonValue value = m_fields.value(name);
    if (!value.isString() && !value.isDouble()) {
        addFault(name, u"must be a size, like \"8g\""_s);
        return {};
    }
    const Result<qint64> bytes = value.isString() ? parseSize(value.toString())
        : value.toDouble() >= 1 && value.toDouble() < 4e18
        ? Result<qint64>(qint64(value.toDouble()))
        : Result<qint64>(ErrorCode::InvalidArgument, u"must be above 0"_s);
    if (!bytes)
        addFault(name, bytes.error().message);
    else if (*bytes <= 0 || *bytes > most)
        addFault(name, u"must be above 0 and at most "_s + formatSize(most));
    else
        return *bytes;
    return {};
}

QStringList FieldReader::textList(const QString &name, bool required)
{
    if (!has(name)) {
        if (required)
            addFault(name, u"missing"_s);
        return {};
    }
    const QJsonValue value = m_fields.value(name);
    QStringList list;
    bool good = value.isArray();
    for (const QJsonValue &item : value.toArray()) {
        good = good && item.isString() && !item.toString().contains(QChar(u'\0'));
        list.append(item.toString());
    }
    if (good)
        return list;
    addFault(name, u"must be a list of texts"_s);
    return {};
}

QMap<QString, QString> FieldReader::textMap(const QString &name)
{
    if (!has(name))
        return {};
    const QJsonValue value = m_fields.value(name);
    if (!value.isObject()) {
        addFault(name, u"must be an object of texts"_s);
        return {};
    }
    QMap<QString, QString> map;
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QString text = it.value().toString();
        if (!it.value().isString() || text.contains(QChar(u'\0')))
            addFault(name + u'.' + it.key(), u"must be text"_s);
        else if (it.key().isEmpty() || it.key().contains(u'=') || it.key().contains(QChar(u'\0')))
            addFault(name, u"\"%1\" is not a name"_s.arg(it.key()));
        map.insert(it.key(), text);
    }
    return map;
}

FieldReader FieldReader::object(const QString &name)
{
    const QJsonValue value = m_fields.value(name);
    if (has(name) && !value.isObject())
        addFault(name, u"must be an object"_s);
    FieldReader inner(value.toObject());
    inner.m_prefix = m_prefix + name + u'.';
    return inner;
}

bool isSandboxId(const QString &text)
{
    static const QRegularExpression form(u"\\A[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}\\z"_s);
    return form.match(text).hasMatch();
}

bool isImageReference(const QString &text)
{
    static const QRegularExpression form(
        u"\\A(?:(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-"
        u"z0-9])?)*"
        "(?::[0-9]{1,5})?/)?"
        "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*"
        "(?::[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?"
        "(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9A-Fa-f]{32,})?\\z"_s);
    return text.size() <= 512 && form.match(text).hasMatch();
}

} // namespace quarry::api
