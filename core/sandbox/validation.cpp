// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/validation.h"

#include <algorithm>
#include <cmath>

namespace quarry::sandbox {

using namespace Qt::StringLiterals;

namespace {

constexpr double cpusMax = 1024;
constexpr qint64 memoryMax = qint64(64) << 40; // 64 TiB
constexpr qint64 diskMax = qint64(1) << 50;    // 1 PiB
constexpr int pidsMax = 4 << 20;               // the kernel's own
constexpr qint64 secondsMax = qint64(10) * 366 * 86400;

Result<void> within(const QString &field, double value, double most)
{
    if (std::isfinite(value) && value > 0 && value <= most)
        return {};
    return {ErrorCode::InvalidArgument,
            u"%1 must be above 0 and at most %2, not %3."_s.arg(field)
                .arg(most, 0, 'g', 16)
                .arg(value, 0, 'g', 16)};
}

Result<void> seconds(const QString &field, qint64 value)
{
    if (value >= 0 && value <= secondsMax)
        return {};
    return {
        ErrorCode::InvalidArgument,
        u"%1 must be between 0 and %2 seconds, not %3."_s.arg(field).arg(secondsMax).arg(value)};
}

bool isVariable(const QString &name)
{
    return !name.isEmpty() && !name.contains(u'=') && !name.contains(QChar(0));
}

} // namespace

bool isSandboxId(const QString &id)
{
    return !id.isEmpty() && id.size() <= 64 && id[0] != u'.'
        && std::all_of(id.begin(), id.end(), [](QChar c) {
               return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z')
                   || (c >= u'0' && c <= u'9') || c == u'.' || c == u'_' || c == u'-';
           });
}

Result<void> checkRequest(const SandboxRequest &request)
{
    if (!request.id.isEmpty() && !isSandboxId(request.id)) {
        return {
            ErrorCode::InvalidArgument,
            u"sandbox_id must be 1 to 64 of A-Z a-z 0-9 . _ - and not start with a dot, not \"%1\"."_s
                .arg(request.id.left(80))};
    }
    QList<Result<void>> checks;
    if (request.memory)
        checks.append(within(u"memory"_s, double(*request.memory), double(memoryMax)));
    if (request.cpus)
        checks.append(within(u"cpus"_s, *request.cpus, cpusMax));
    if (request.disk)
        checks.append(within(u"disk"_s, double(*request.disk), double(diskMax)));
    if (request.pids)
        checks.append(within(u"pids"_s, *request.pids, pidsMax));
    if (request.idleSeconds)
        checks.append(seconds(u"the idle time"_s, *request.idleSeconds));
    if (request.autoStopSeconds)
        checks.append(seconds(u"the time until the stop"_s, *request.autoStopSeconds));
    if (request.autoDeleteSeconds)
        checks.append(seconds(u"the time until the deletion"_s, *request.autoDeleteSeconds));
    checks.append(within(u"startup_timeout"_s, double(request.startupSeconds), double(secondsMax)));
    for (const Result<void> &check : std::as_const(checks)) {
        if (!check)
            return check;
    }
    for (auto it = request.env.begin(); it != request.env.end(); ++it) {
        if (!isVariable(it.key()) || it.value().contains(QChar(0)))
            return {ErrorCode::InvalidArgument,
                    u"\"%1\" cannot be an environment variable."_s.arg(it.key())};
    }
    for (const Bind &bind : request.binds) {
        if (!bind.source.startsWith(u'/') || !bind.target.startsWith(u'/')
            || bind.source.contains(QChar(0)) || bind.target.contains(QChar(0))) {
            return {ErrorCode::InvalidArgument,
                    u"A bound folder needs absolute paths on both sides, not %1:%2."_s.arg(
                        bind.source, bind.target)};
        }
    }
    return {};
}

} // namespace quarry::sandbox
