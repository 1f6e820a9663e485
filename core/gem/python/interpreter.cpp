// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/python/interpreter.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QStandardPaths>

#include <algorithm>

namespace quarry::gem {

using namespace Qt::StringLiterals;

namespace {

constexpr int lookEvery = 100; // ms

// The last line is the answer, whatever the package prints before it.
const QString question = uR"(import importlib.metadata, importlib.util, json, sys
def version(name):
    try:
        return importlib.metadata.version(name)
    except Exception:
        return ""
import os
import gem
import gem.envs.registration
wanted = ("pandas", "nltk", "reasoning_gym")
print("\n" + json.dumps({
    "program": sys.executable, "python": sys.version.split()[0], "gem": version("gem-llm"),
    "ids": sorted(gem.envs.registration.ENV_REGISTRY), "package": os.path.dirname(gem.__file__),
    "missing": [name for name in wanted if importlib.util.find_spec(name) is None],
    "folders": [sys.prefix, sys.base_prefix]})))"_s;

QStringList texts(const QJsonValue &list)
{
    QStringList found;
    for (const QJsonValue &one : list.toArray())
        found.append(one.toString());
    return found;
}

bool isWithin(const QString &path, const QString &folder)
{
    return path == folder || path.startsWith(folder.endsWith(u'/') ? folder : folder + u'/');
}

// Both as they are named and as they are: links inside a virtual environment name either.
QStringList foldersToShow(const QStringList &named)
{
    QStringList all;
    for (const QString &folder : named) {
        all.append(QDir::cleanPath(folder));
        all.append(QFileInfo(folder).canonicalFilePath());
    }
    std::sort(all.begin(), all.end()); // outer ones before those inside them
    QStringList shown;
    for (const QString &folder : all) {
        const auto covers = [&](const QString &one) { return isWithin(folder, one); };
        const bool absolute = folder.startsWith(u'/') && folder.size() > 1;
        if (absolute && !isWithin(folder, u"/usr"_s)
            && std::none_of(shown.begin(), shown.end(), covers))
            shown.append(folder);
    }
    return shown;
}

QString lastLines(const QByteArray &text)
{
    const QStringList lines = QString::fromUtf8(text).trimmed().split(u'\n');
    return lines.mid(std::max<qsizetype>(0, lines.size() - 3)).join(u'\n');
}

Result<Interpreter> understand(const QString &program, const QByteArray &output)
{
    const QByteArray line = output.trimmed().split('\n').last();
    const QJsonObject answer = QJsonDocument::fromJson(line).object();
    if (answer.isEmpty())
        return {ErrorCode::Unsupported, u"%1 does not answer as Python does."_s.arg(program)};
    Interpreter found;
    found.program = answer.value("program"_L1).toString(program); // PROGRAM may only lead to it
    found.pythonVersion = answer.value("python"_L1).toString();
    found.gemVersion = answer.value("gem"_L1).toString();
    found.missing = texts(answer.value("missing"_L1));
    found.ids = texts(answer.value("ids"_L1));
    found.package = answer.value("package"_L1).toString();
    found.folders = foldersToShow(texts(answer.value("folders"_L1)));
    return found;
}

QString installFolder(const QString &configured, const QString &dataFolder)
{
    if (configured.isEmpty())
        return dataFolder + u"/gem-venv"_s;
    return QDir::cleanPath(QDir(configured).absolutePath());
}

QString quoted(QString path)
{
    return u'\'' + path.replace(u'\'', u"'\\''"_s) + u'\'';
}

QString packagesBy(const QString &pip)
{
    return u"%1 install numpy msgspec nltk pandas reasoning-gym==0.1.23 && %1 install --no-deps gem-llm"_s
        .arg(pip);
}

} // namespace

QString interpreterProgram(const QString &configured, const QString &dataFolder)
{
    const QString folder = installFolder(configured, dataFolder);
    const QFileInfo info(folder);
    if (info.isDir()) {
        const QString program = folder + u"/bin/python"_s;
        return QFileInfo(program).isExecutable() || !configured.isEmpty() ? program : QString();
    }
    if (configured.isEmpty())
        return {};
    if (configured.contains(u'/'))
        return info.absoluteFilePath();
    const QString found = QStandardPaths::findExecutable(configured);
    return found.isEmpty() ? configured : found;
}

Result<Interpreter> examineInterpreter(const QString &program, std::chrono::milliseconds deadline,
                                       const std::atomic<bool> *cancelled)
{
    QProcess process;
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(program, {u"-B"_s, u"-c"_s, question});
    if (!process.waitForStarted())
        return {ErrorCode::NotFound,
                u"%1 cannot be started: %2."_s.arg(program, process.errorString())};
    QDeadlineTimer late(deadline);
    const auto isCancelled = [cancelled] { return cancelled && *cancelled; };
    while (!process.waitForFinished(lookEvery) && !late.hasExpired() && !isCancelled()
           && process.state() != QProcess::NotRunning) {
    }
    if (process.state() != QProcess::NotRunning) {
        process.kill();
        process.waitForFinished(1000);
        if (isCancelled())
            return {ErrorCode::Cancelled, u"The search for gem was given up."_s};
        return {ErrorCode::Timeout,
                u"%1 did not import gem within %2 s."_s.arg(program).arg(double(deadline.count())
                                                                         / 1000)};
    }
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        return {
            ErrorCode::Unsupported,
            u"%1 cannot import gem: %2"_s.arg(program, lastLines(process.readAllStandardError()))};
    return understand(program, process.readAllStandardOutput());
}

QString installCommand(const QString &configured, const QString &dataFolder)
{
    const QString program = interpreterProgram(configured, dataFolder);
    const QString folder = installFolder(configured, dataFolder);
    if (!program.isEmpty() && QFileInfo(program).isExecutable())
        return packagesBy(quoted(program) + u" -m pip"_s);
    return u"python3 -m venv %1 && "_s.arg(quoted(folder))
        + packagesBy(quoted(folder + u"/bin/pip"_s));
}

} // namespace quarry::gem
