// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/edit.h"

#include "config/document.h"
#include "config/jsonedit.h"
#include "config/yamledit.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

namespace quarry::config {

using namespace Qt::StringLiterals;

namespace {

// A scalar alone is no document to Qt.
QString jsonText(const QJsonValue &value)
{
    const QByteArray array = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(array.mid(1, array.size() - 2));
}

QJsonObject changed(QJsonObject object, const QStringList &path,
                    const std::optional<QJsonValue> &value)
{
    if (path.size() > 1) {
        const QJsonObject inner = object.value(path.first()).toObject();
        if (value || !inner.isEmpty())
            object.insert(path.first(), changed(inner, path.mid(1), value));
    } else if (value) {
        object.insert(path.first(), *value);
    } else {
        object.remove(path.first());
    }
    return object;
}

// A section that has become empty reads as none, or as null in YAML.
QJsonObject withoutEmpty(const QJsonObject &object)
{
    QJsonObject kept;
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QJsonValue value = it.value().isObject()
            ? QJsonValue(withoutEmpty(it.value().toObject()))
            : QJsonValue(it.value());
        if (!value.isNull() && !(value.isObject() && value.toObject().isEmpty()))
            kept.insert(it.key(), value);
    }
    return kept;
}

} // namespace

Result<QString> editedText(const QString &path, const QString &text, const QString &key,
                           const std::optional<QJsonValue> &value)
{
    const bool fresh = text.trimmed().isEmpty() && path.endsWith(u".json"_s);
    const QString whole = fresh ? u"{}\n"_s : text;
    const bool json = isJson(path, whole.toUtf8());
    const Result<QJsonObject> before = parseDocument(path, whole.toUtf8());
    if (!before)
        return before.error();
    const QStringList names = key.split(u'.');
    const QString given = value ? jsonText(*value) : QString();
    const std::optional<QString> after
        = json ? editedJson(whole, names, given) : editedYaml(whole, names, given);
    const auto wanted = withoutEmpty(changed(*before, names, value));
    const Result<QJsonObject> read = parseDocument(path, after.value_or(QString()).toUtf8());
    if (!after || !read || withoutEmpty(*read) != wanted)
        return Error{
            ErrorCode::WrongState,
            u"%1 is written in a way that cannot be changed from here; change %2 by hand."_s.arg(
                path, key),
            {}};
    return *after;
}

Result<void> editFile(const QString &path, const QString &key,
                      const std::optional<QJsonValue> &value)
{
    // A link stays one: what it names is replaced.
    const QFileInfo info(path);
    const QString target = info.isSymLink() ? info.symLinkTarget() : path;
    QFile file(target);
    QString text;
    if (file.exists()) {
        if (!file.open(QIODevice::ReadOnly) || file.size() > documentMax)
            return Error{ErrorCode::Io, u"Cannot read %1: %2."_s.arg(path, file.errorString()), {}};
        text = QString::fromUtf8(file.readAll());
        file.close();
    } else {
        const QString folder = QFileInfo(target).path();
        if (!QDir(folder).exists() && QDir().mkpath(folder))
            QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    const Result<QString> edited = editedText(path, text, key, value);
    if (!edited)
        return edited.error();
    QSaveFile save(target);
    if (!save.open(QIODevice::WriteOnly) || save.write(edited->toUtf8()) < 0 || !save.commit())
        return Error{ErrorCode::Io, u"Cannot write %1: %2."_s.arg(path, save.errorString()), {}};
    return {};
}

} // namespace quarry::config
