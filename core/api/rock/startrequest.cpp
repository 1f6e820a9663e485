// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/rock/startrequest.h"

namespace quarry::api::rock {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 maxMemory = qint64(64) << 40;
constexpr qint64 maxDisk = qint64(1) << 50;
constexpr double maxCpus = 1024;
constexpr qint64 maxSeconds = qint64(100) * 365 * 86400;

std::optional<double> cpus(FieldReader &fields, const QString &name)
{
    const std::optional<double> value = fields.positive(name);
    if (value && *value > maxCpus)
        fields.addFault(name, u"must be at most 1024"_s);
    return value;
}

// limit_cpus is what the sandbox may use at most, cpus what it asks for.
void readLimits(FieldReader &fields, sandbox::SandboxRequest &request)
{
    FieldReader resources = fields.object(u"resources"_s);
    request.cpus = cpus(fields, u"cpus"_s);
    const std::optional<double> reference = cpus(resources, u"cpu"_s);
    const std::optional<double> plural = cpus(resources, u"cpus"_s);
    if (!request.cpus)
        request.cpus = reference ? reference : plural;
    const std::optional<double> limit = cpus(fields, u"limit_cpus"_s);
    if (limit && request.cpus && *limit < *request.cpus)
        fields.addFault(u"limit_cpus"_s, u"must not be below cpus"_s);
    else if (limit)
        request.cpus = limit;

    request.memory = fields.size(u"memory"_s, maxMemory);
    const std::optional<qint64> memory = resources.size(u"memory"_s, maxMemory);
    if (!request.memory)
        request.memory = memory;
    request.disk = fields.size(u"disk"_s, maxDisk);
    const std::optional<qint64> disk = resources.size(u"disk"_s, maxDisk);
    if (!request.disk)
        request.disk = disk;
    fields.take(resources);
}

void readDeadlines(FieldReader &fields, sandbox::SandboxRequest &request)
{
    const std::optional<qint64> old = fields.wholeNumber(u"auto_clear_time"_s, 0, maxSeconds / 60);
    const std::optional<qint64> minutes
        = fields.wholeNumber(u"auto_clear_time_minutes"_s, 0, maxSeconds / 60);
    if (minutes || old)
        request.idleSeconds = (minutes ? *minutes : *old) * 60;
    request.autoDeleteSeconds = fields.wholeNumber(u"auto_delete_seconds"_s, 0, maxSeconds);
    fields.wholeNumber(u"auto_archive_seconds"_s, 0, maxSeconds);
    const std::optional<double> startup = fields.positive(u"startup_timeout"_s);
    if (startup)
        request.startupSeconds = qint64(qMin(qMax(*startup, 1.0), 86400.0));
}

void refuseWhatCannotBe(FieldReader &fields)
{
    const std::optional<double> gpus = fields.number(u"num_gpus"_s);
    if (gpus && *gpus != 0)
        fields.addFault(u"num_gpus"_s, u"GPUs cannot be given to a sandbox here"_s);
    if (fields.flag(u"use_kata_runtime"_s))
        fields.addFault(u"use_kata_runtime"_s,
                        u"there is no Kata runtime here, and nothing weaker is taken for it"_s);
    const QString system = fields.optionalText(u"image_os"_s).trimmed().toLower();
    if (!system.isEmpty() && system != "linux"_L1)
        fields.addFault(u"image_os"_s, u"only linux can be run here"_s);
}

} // namespace

sandbox::SandboxRequest startRequest(FieldReader &fields, const http::Request &request)
{
    sandbox::SandboxRequest wanted;
    wanted.image = fields.name(u"image"_s);
    wanted.id = fields.optionalName(u"sandbox_id"_s).value_or(QString());
    if (!wanted.id.isEmpty() && !isSandboxId(wanted.id))
        fields.addFault(u"sandbox_id"_s,
                        u"must be 1 to 64 of A-Z a-z 0-9 . _ - and not start with a dot"_s);
    readLimits(fields, wanted);
    readDeadlines(fields, wanted);
    refuseWhatCannotBe(fields);
    wanted.userId = QString::fromUtf8(request.fields.value("X-User-Id"));
    wanted.experimentId = QString::fromUtf8(request.fields.value("X-Experiment-Id"));
    wanted.nameSpace = QString::fromUtf8(request.fields.value("X-Namespace"));
    return wanted;
}

} // namespace quarry::api::rock
