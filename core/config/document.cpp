// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/document.h"

#include <yaml-cpp/yaml.h>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <cerrno>

namespace quarry::config {

using namespace Qt::StringLiterals;

namespace {

constexpr int depthMax = 64;
constexpr int valuesMax = 100'000;

// YAML 1.2's core schema for plain scalars; a quoted one is a text.
QJsonValue scalar(const YAML::Node &node)
{
    const QString text = QString::fromStdString(node.Scalar());
    if (node.Tag() == "!")
        return text;
    const QString word = text.toLower();
    if (text.isEmpty() || text == u"~"_s || word == u"null"_s)
        return QJsonValue::Null;
    if (word == u"true"_s || word == u"false"_s)
        return word == u"true"_s;
    static const QRegularExpression number(u"^[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?$"_s);
    if (number.match(text).hasMatch())
        return text.toDouble();
    return text;
}

// An alias may stand for a large tree many times over: VALUES bounds them all.
QJsonValue convert(const YAML::Node &node, int depth, int *values)
{
    if (depth > depthMax)
        throw std::runtime_error("nested too deeply");
    if (++*values > valuesMax)
        throw std::runtime_error("too many values");
    switch (node.Type()) {
    case YAML::NodeType::Sequence: {
        QJsonArray array;
        for (const YAML::Node &item : node)
            array.append(convert(item, depth + 1, values));
        return array;
    }
    case YAML::NodeType::Map: {
        QJsonObject object;
        for (const auto &entry : node)
            object.insert(QString::fromStdString(entry.first.as<std::string>()),
                          convert(entry.second, depth + 1, values));
        return object;
    }
    case YAML::NodeType::Scalar:
        return scalar(node);
    default:
        return QJsonValue::Null;
    }
}

Error wrong(const QString &path, const QString &what)
{
    return {ErrorCode::InvalidArgument, u"%1: %2"_s.arg(path, what), {{u"path"_s, path}}};
}

} // namespace

Result<QJsonObject> readDocument(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return wrong(path, u"cannot be read: %1"_s.arg(file.errorString()));
    return parseDocument(path, file.read(documentMax + 1));
}

bool isJson(const QString &path, const QByteArray &bytes)
{
    const bool yaml = path.endsWith(u".yaml"_s) || path.endsWith(u".yml"_s);
    return bytes.trimmed().startsWith('{') && !yaml;
}

Result<QJsonObject> parseDocument(const QString &path, const QByteArray &bytes)
{
    if (bytes.size() > documentMax)
        return wrong(path, u"is larger than %1 bytes"_s.arg(documentMax));
    QJsonValue root;
    if (isJson(path, bytes)) {
        QJsonParseError fault;
        const QJsonDocument document = QJsonDocument::fromJson(bytes, &fault);
        if (document.isNull()) {
            const qsizetype line = bytes.left(fault.offset).count('\n') + 1;
            return wrong(path, u"line %1: %2"_s.arg(line).arg(fault.errorString()));
        }
        root = document.object();
    } else {
        try {
            int values = 0;
            root = convert(YAML::Load(bytes.toStdString()), 0, &values);
        } catch (const std::exception &fault) {
            return wrong(path, QString::fromUtf8(fault.what()));
        }
    }
    if (root.isNull())
        return QJsonObject();
    if (!root.isObject())
        return wrong(path, u"must be a group of keys at the top"_s);
    return root.toObject();
}

QJsonValue expanded(const QJsonValue &value, const QMap<QString, QString> &environment,
                    QStringList *unset)
{
    if (value.isArray()) {
        QJsonArray array;
        const QJsonArray items = value.toArray();
        for (const QJsonValue &item : items)
            array.append(expanded(item, environment, unset));
        return array;
    }
    if (value.isObject()) {
        QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            it.value() = expanded(it.value(), environment, unset);
        return object;
    }
    if (!value.isString())
        return value;
    static const QRegularExpression variable(u"\\$\\{([A-Za-z_][A-Za-z0-9_]*)(:-([^}]*))?\\}"_s);
    const QString text = value.toString();
    QString result;
    qsizetype from = 0;
    for (auto it = variable.globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        result += text.mid(from, match.capturedStart() - from);
        from = match.capturedEnd();
        const QString set = environment.value(match.captured(1));
        if (!set.isEmpty())
            result += set;
        else if (match.hasCaptured(2))
            result += match.captured(3);
        else if (environment.contains(match.captured(1)))
            continue;
        else {
            unset->append(match.captured(1));
            result += match.captured(0);
        }
    }
    return result + text.mid(from);
}

} // namespace quarry::config
