// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/doctor.h"

#include "gem/python/interpreter.h"

#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>

namespace quarry::service {

using namespace Qt::StringLiterals;

namespace {

runtime::Finding examinePython(const Settings &settings)
{
    runtime::Finding finding{.part = u"gem (Python)"_s, .needed = false, .detail = {}, .fix = {}};
    const QString program = gem::interpreterProgram(settings.engine.gemPython, settings.dataFolder);
    const QString command = gem::installCommand(settings.engine.gemPython, settings.dataFolder);
    if (program.isEmpty()) {
        finding.detail = u"not installed: only the native environments can be played"_s;
        finding.fix = command;
        return finding;
    }
    const Result<gem::Interpreter> found = gem::examineInterpreter(program);
    finding.works = found.ok() && found->missing.isEmpty();
    if (!finding.works)
        finding.fix = command;
    if (!found.ok()) {
        finding.detail = found.error().message;
        return finding;
    }
    finding.detail
        = u"gem %1 by Python %2, %3"_s.arg(found->gemVersion, found->pythonVersion, program);
    if (!found->missing.isEmpty())
        finding.detail
            += u"; without %1 some environments cannot be made"_s.arg(found->missing.join(u", "_s));
    return finding;
}

} // namespace

QList<runtime::Finding> examineMachine(const Settings &settings)
{
    QString folder = settings.dataFolder;
    while (!QFileInfo::exists(folder) && folder.contains(u'/') && folder.size() > 1)
        folder = QFileInfo(folder).path();
    QList<runtime::Finding> findings = runtime::examineMachine(
        {folder, settings.engine.programFolder, settings.engine.uidRange.first,
         settings.engine.uidRange.second});
    findings.append(examinePython(settings));
    return findings;
}

bool isFit(const QList<runtime::Finding> &findings)
{
    return std::all_of(findings.cbegin(), findings.cend(), [](const runtime::Finding &finding) {
        return finding.works || !finding.needed;
    });
}

QString appArmorAdvice(const QList<runtime::Finding> &findings, const Settings &settings)
{
    const bool forbidden
        = std::any_of(findings.cbegin(), findings.cend(), [](const runtime::Finding &finding) {
              return !finding.works && finding.part.contains(u"namespace"_s)
                  && (finding.detail + finding.fix).contains(u"apparmor"_s, Qt::CaseInsensitive);
          });
    if (!forbidden)
        return {};
    const QString bubblewrap = QStandardPaths::findExecutable(u"bwrap"_s);
    return runtime::appArmorProfile(bubblewrap.isEmpty() ? u"/usr/bin/bwrap"_s : bubblewrap,
                                    settings.engine.programFolder + u"/quarry-launcher"_s);
}

} // namespace quarry::service
