// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/python/findinterpreter.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace quarry::gem {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds patience{120}; // a busy machine's first import
constexpr qint64 keptMax = 1 << 20; // bytes of the file

// Changes with what is installed.
QString stampOf(const QString &program, const QString &package)
{
    QStringList times;
    for (const QString &path : {program, package, QFileInfo(package).path()})
        times.append(QString::number(QFileInfo(path).lastModified().toMSecsSinceEpoch()));
    return times.join(u' ');
}

QStringList textsOf(const QJsonValue &list)
{
    QStringList found;
    for (const QJsonValue &one : list.toArray())
        found.append(one.toString());
    return found;
}

QJsonObject objectOf(const QString &asked, const Interpreter &found)
{
    return {{u"asked"_s, asked},
            {u"stamp"_s, stampOf(asked, found.package)},
            {u"program"_s, found.program},
            {u"python"_s, found.pythonVersion},
            {u"gem"_s, found.gemVersion},
            {u"package"_s, found.package},
            {u"missing"_s, QJsonArray::fromStringList(found.missing)},
            {u"ids"_s, QJsonArray::fromStringList(found.ids)},
            {u"folders"_s, QJsonArray::fromStringList(found.folders)}};
}

std::optional<Interpreter> kept(const QString &path, const QString &asked)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QJsonObject object = QJsonDocument::fromJson(file.read(keptMax)).object();
    Interpreter found;
    found.program = object.value("program"_L1).toString();
    found.pythonVersion = object.value("python"_L1).toString();
    found.gemVersion = object.value("gem"_L1).toString();
    found.package = object.value("package"_L1).toString();
    found.missing = textsOf(object.value("missing"_L1));
    found.ids = textsOf(object.value("ids"_L1));
    found.folders = textsOf(object.value("folders"_L1));
    const bool holds = object.value("asked"_L1) == asked && !found.ids.isEmpty()
        && QFileInfo(found.program).isExecutable()
        && object.value("stamp"_L1) == stampOf(asked, found.package);
    return holds ? std::optional(found) : std::nullopt;
}

// A search that cannot be kept is done again.
void keep(const QString &path, const QString &asked, const Interpreter &found)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return;
    file.write(QJsonDocument(objectOf(asked, found)).toJson(QJsonDocument::Compact));
    file.commit();
}

} // namespace

Result<Interpreter> findInterpreter(const QString &configured, const QString &dataFolder,
                                    const std::atomic<bool> *cancelled)
{
    const QString program = interpreterProgram(configured, dataFolder);
    const QString path = dataFolder + u"/gem-python.json"_s;
    if (const std::optional<Interpreter> found = kept(path, program); found && !program.isEmpty())
        return *found;
    Result<Interpreter> found = program.isEmpty()
        ? Error{ErrorCode::Unsupported, u"There is no Python with the package gem."_s, {}}
        : examineInterpreter(program, patience, cancelled);
    if (found) {
        keep(path, program, *found);
        return found;
    }
    Error error = found.error();
    if (error.code == ErrorCode::Cancelled)
        return error;
    error.code = ErrorCode::Unsupported;
    error.message += u" This brings one: "_s + installCommand(configured, dataFolder);
    return error;
}

} // namespace quarry::gem
