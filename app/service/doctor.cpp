// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/doctor.h"

#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>

namespace quarry::service {

using namespace Qt::StringLiterals;

QList<runtime::Finding> examineMachine(const Settings &settings)
{
    QString folder = settings.dataFolder;
    while (!QFileInfo::exists(folder) && folder.contains(u'/') && folder.size() > 1)
        folder = QFileInfo(folder).path();
    return runtime::examineMachine({folder, settings.engine.programFolder,
                                    settings.engine.uidRange.first,
                                    settings.engine.uidRange.second});
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
