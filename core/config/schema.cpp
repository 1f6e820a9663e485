// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/schema.h"

#include "base/nearest.h"
#include "base/sizes.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace quarry::config {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 mebi = 1 << 20;
constexpr qint64 gibi = 1 << 30;

QList<Key> makeSchema()
{
    const QJsonArray listen{u"127.0.0.1:8080"_s, u"127.0.0.1:18890"_s};
    const QStringList networks{u"none"_s, u"user"_s, u"host"_s};
    return {
        {u"server.listen"_s, Type::Listen, listen, {}},
        {u"server.socket"_s, Type::Text, u""_s, {}},
        {u"server.auth"_s, Type::Choice, u"auto"_s, {u"auto"_s, u"token"_s, u"none"_s}},
        {u"server.token_file"_s, Type::Text, u""_s, {}},
        {u"server.tls_cert"_s, Type::Text, u""_s, {}},
        {u"server.tls_key"_s, Type::Text, u""_s, {}},
        {u"server.hosts"_s, Type::List, QJsonArray(), {}},
        {u"server.cors"_s, Type::List, QJsonArray(), {}},
        {u"server.error_codes"_s, Type::Choice, u"reference"_s, {u"reference"_s, u"upstream"_s}},
        {u"server.max_body"_s, Type::Size, 64 * mebi, {}},
        {u"server.max_upload"_s, Type::Size, 10 * gibi, {}},
        {u"server.max_header"_s, Type::Size, 16 * 1024, {}},
        {u"server.json_depth"_s, Type::Count, 64, {}},
        {u"server.max_connections"_s, Type::Count, 1024, {}},
        {u"server.idle_timeout"_s, Type::Duration, 75, {}},
        {u"server.header_timeout"_s, Type::Duration, 10, {}},
        {u"server.session_ttl"_s, Type::Duration, 300, {}},
        {u"sandbox.runtime"_s, Type::Choice, u"bubblewrap"_s, {u"bubblewrap"_s}},
        {u"sandbox.image"_s, Type::Text, u"host"_s, {}},
        {u"sandbox.network"_s, Type::Choice, u"none"_s, networks},
        {u"sandbox.memory"_s, Type::Size, 8 * gibi, {}},
        {u"sandbox.cpus"_s, Type::Real, 2, {}},
        {u"sandbox.disk"_s, Type::Size, 50 * gibi, {}},
        {u"sandbox.pids"_s, Type::Count, 4096, {}},
        {u"sandbox.idle_timeout"_s, Type::Duration, 6 * 3600, {}},
        {u"sandbox.on_exit"_s, Type::Choice, u"stop"_s, {u"stop"_s, u"delete"_s}},
        {u"sandbox.max"_s, Type::Count, 0, {}},
        {u"sandbox.pool"_s, Type::Count, 2, {}},
        {u"sandbox.uid_range"_s, Type::Range, u"1879048192-2147483647"_s, {}},
        {u"sandbox.require_limits"_s, Type::Flag, false, {}},
        {u"sandbox.output_max"_s, Type::Size, 32 * mebi, {}},
        {u"images.aliases"_s, Type::Object, QJsonObject(), {}},
        {u"models"_s, Type::Object, QJsonObject(), {}},
        {u"gem.engine"_s, Type::Choice, u"auto"_s, {u"auto"_s, u"native"_s, u"python"_s}},
        {u"gem.python"_s, Type::Text, u""_s, {}},
        {u"gem.fifteen_reset"_s, Type::Choice, u"commit"_s, {u"commit"_s, u"wheel"_s}},
        {u"gem.record"_s, Type::Choice, u"all"_s, {u"all"_s, u"actions"_s, u"off"_s}},
        {u"gem.timeout"_s, Type::Duration, 60, {}},
        {u"gem.idle_timeout"_s, Type::Duration, 3600, {}},
        {u"data.path"_s, Type::Text, u""_s, {}},
        {u"data.keep.size"_s, Type::Size, 5 * gibi, {}},
        {u"data.keep.days"_s, Type::Count, 30, {}},
    };
}

Read fault(const QString &text)
{
    return {{}, text};
}

Read readList(const QJsonValue &given)
{
    QJsonArray items;
    const QJsonArray array = given.isArray() ? given.toArray() : QJsonArray{given};
    for (const QJsonValue &item : array) {
        if (!item.isString())
            return fault(u"must be a list of texts"_s);
        items.append(item);
    }
    return {items, {}};
}

Read readListen(const QJsonValue &given)
{
    const Read items = readList(given);
    if (!items.fault.isEmpty())
        return items;
    static const QRegularExpression form(u"^(?:\\[[0-9A-Fa-f:.]+\\]|[^\\s:\\[\\]]+):(\\d{1,5})$"_s);
    const QJsonArray addresses = items.value.toArray();
    for (const QJsonValue &address : addresses) {
        const auto match = form.match(address.toString());
        if (!match.hasMatch() || match.captured(1).toInt() > 65535)
            return fault(u"must hold addresses such as 127.0.0.1:8080 or [::1]:0, not \"%1\""_s.arg(
                address.toString()));
    }
    return addresses.isEmpty() ? fault(u"must hold at least one address"_s) : items;
}

Read readSize(const QJsonValue &given)
{
    if (given.isDouble() && given.toDouble() >= 1 && given.toDouble() < 4e18)
        return {given.toInteger(), {}};
    const auto size = parseSize(given.toString());
    return size.ok() ? Read{*size, {}} : fault(u"must be a size such as 512m or 8g"_s);
}

Read readDuration(const QJsonValue &given)
{
    if (given.isDouble() && given.toDouble() >= 0 && given.toDouble() < 4e9)
        return {given.toInteger(), {}};
    static const QRegularExpression form(u"^(\\d{1,9})\\s*([smhd]?)$"_s);
    const auto match = form.match(given.toString().trimmed());
    if (!match.hasMatch())
        return fault(u"must be seconds, or a time such as 90s, 30m, 6h or 2d"_s);
    const QString unit = match.captured(2);
    const qint64 factor = unit == u"m"_s ? 60 : unit == u"h"_s ? 3600 : unit == u"d"_s ? 86400 : 1;
    return {match.captured(1).toLongLong() * factor, {}};
}

Read readRange(const QJsonValue &given)
{
    static const QRegularExpression form(u"^(\\d{1,10})\\s*[-–]\\s*(\\d{1,10})$"_s);
    const auto match = form.match(given.toString().trimmed());
    const qint64 first = match.captured(1).toLongLong();
    const qint64 last = match.captured(2).toLongLong();
    if (!match.hasMatch() || first < 65536 || last > 4294967294 || last - first + 1 < 65536)
        return fault(u"must be FIRST-LAST with at least 65536 uids between 65536 and 4294967294"_s);
    return {u"%1-%2"_s.arg(first).arg(last), {}};
}

} // namespace

const QList<Key> &schema()
{
    static const QList<Key> keys = makeSchema();
    return keys;
}

const Key *findKey(const QString &name)
{
    const auto &keys = schema();
    const auto found
        = std::find_if(keys.begin(), keys.end(), [&](const Key &key) { return key.name == name; });
    return found == keys.end() ? nullptr : &*found;
}

Read read(const Key &key, const QJsonValue &given)
{
    switch (key.type) {
    case Type::Text:
        return given.isString() ? Read{given, {}} : fault(u"must be a text"_s);
    case Type::List:
        return readList(given);
    case Type::Listen:
        return readListen(given);
    case Type::Size:
        return readSize(given);
    case Type::Duration:
        return readDuration(given);
    case Type::Range:
        return readRange(given);
    case Type::Count: {
        const double number = given.toDouble(-1);
        if (number < 0 || number > 1e9 || number != std::floor(number))
            return fault(u"must be a whole number, 0 or more"_s);
        return {given, {}};
    }
    case Type::Real:
        return given.toDouble() > 0 && given.toDouble() <= 1e6
            ? Read{given, {}}
            : fault(u"must be a number above 0"_s);
    case Type::Flag:
        return given.isBool() ? Read{given, {}} : fault(u"must be true or false"_s);
    case Type::Object:
        return given.isObject() ? Read{given, {}} : fault(u"must be a group of keys"_s);
    case Type::Choice:
        break;
    }
    if (key.choices.contains(given.toString()))
        return {given, {}};
    const QString near = nearest(given.toString(), key.choices);
    return fault(u"must be one of %1%2"_s.arg(
        key.choices.join(u", "_s), near.isEmpty() ? QString() : u"; did you mean %1?"_s.arg(near)));
}

Read readText(const Key &key, const QString &text)
{
    switch (key.type) {
    case Type::List:
    case Type::Listen: {
        QJsonArray items;
        const QStringList parts = text.split(u',', Qt::SkipEmptyParts);
        for (const QString &part : parts)
            items.append(part.trimmed());
        return read(key, items);
    }
    case Type::Count:
    case Type::Real: {
        bool good = false;
        const double number = text.trimmed().toDouble(&good);
        return read(key, good ? QJsonValue(number) : QJsonValue(text));
    }
    case Type::Flag: {
        const QString word = text.trimmed().toLower();
        if (word == u"true"_s || word == u"1"_s || word == u"yes"_s || word == u"on"_s)
            return {true, {}};
        if (word == u"false"_s || word == u"0"_s || word == u"no"_s || word == u"off"_s)
            return {false, {}};
        return fault(u"must be true or false"_s);
    }
    case Type::Object:
        return fault(u"can only be set in a file"_s);
    default:
        return read(key, text);
    }
}

QString writeText(const Key &key, const QJsonValue &value)
{
    const auto inUnits = [&](std::initializer_list<std::pair<qint64, QChar>> units) {
        const qint64 number = value.toInteger();
        for (const auto &[size, unit] : units) {
            if (number >= size && number % size == 0)
                return QString::number(number / size) + unit;
        }
        return QString::number(number);
    };
    switch (key.type) {
    case Type::List:
    case Type::Listen: {
        QStringList items;
        const QJsonArray array = value.toArray();
        for (const QJsonValue &item : array)
            items.append(item.toString());
        return items.join(u", "_s);
    }
    case Type::Size:
        return inUnits({{gibi, u'g'}, {mebi, u'm'}, {1024, u'k'}});
    case Type::Duration:
        return inUnits({{86400, u'd'}, {3600, u'h'}, {60, u'm'}, {1, u's'}});
    case Type::Count:
    case Type::Real:
        return QString::number(value.toDouble(), 'g', 15);
    case Type::Flag:
        return value.toBool() ? u"true"_s : u"false"_s;
    case Type::Object:
        return {};
    default:
        return value.toString();
    }
}

QString environmentName(const Key &key)
{
    if (key.name == u"data.path"_s)
        return u"QUARRY_DATA"_s;
    return u"QUARRY_"_s + QString(key.name).replace(u'.', u'_').toUpper();
}

} // namespace quarry::config
