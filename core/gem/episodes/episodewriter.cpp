// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/episodes/episodewriter.h"

#include <QFile>
#include <QJsonDocument>

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace quarry::gem {

using namespace Qt::StringLiterals;

namespace {
constexpr int nativeFormat = 1;
constexpr int pythonFormat = 2; // has records of kinds that the first does not know
} // namespace

QByteArray headOf(const EnvironmentSpec &spec)
{
    QJsonObject head{{u"format"_s, spec.python ? pythonFormat : nativeFormat},
                     {u"env_id"_s, spec.envId},
                     {u"engine"_s, spec.python ? u"python"_s : u"native"_s},
                     {u"parameters"_s, spec.parameters}};
    if (spec.wheelFifteen)
        head.insert(u"fifteen_reset"_s, u"wheel"_s);
    return QJsonDocument(head).toJson(QJsonDocument::Compact);
}

std::optional<EnvironmentSpec> specOf(QByteArrayView head)
{
    const QJsonObject object = QJsonDocument::fromJson(head.toByteArray()).object();
    const bool python = object.value("engine"_L1) == "python"_L1;
    if (object.value("format"_L1).toInt() != (python ? pythonFormat : nativeFormat))
        return {};
    return EnvironmentSpec{object.value("env_id"_L1).toString(),
                           object.value("parameters"_L1).toObject(),
                           object.value("fifteen_reset"_L1) == "wheel"_L1, python};
}

EpisodeWriter::EpisodeWriter(QString path, EnvironmentSpec spec)
    : m_path(std::move(path)), m_spec(std::move(spec))
{
}

Result<void> EpisodeWriter::start(const StartRecord &start)
{
    QByteArray bytes;
    if (m_size == 0)
        appendRecord(bytes, RecordKind::Head, {headOf(m_spec)});
    const qint64 at = m_size + bytes.size();
    appendStart(bytes, start);
    const Result<void> written = append(bytes);
    if (written)
        m_start = at;
    return written;
}

Result<void> EpisodeWriter::step(const StepRecord &step)
{
    QByteArray bytes;
    bytes.reserve(step.action.size() + 32);
    appendStep(bytes, step);
    return append(bytes);
}

Result<void> EpisodeWriter::openFile()
{
    if (m_file)
        return {};
    m_file = UniqueFd(::open(QFile::encodeName(m_path).constData(),
                             O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
    return m_file ? Result<void>() : systemError(m_path, errno);
}

Result<void> EpisodeWriter::append(QByteArrayView bytes)
{
    if (const Result<void> opened = openFile(); !opened)
        return opened;
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t count
            = ::write(m_file.get(), bytes.data() + done, size_t(bytes.size() - done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0) {
            const int fault = count < 0 ? errno : ENOSPC;
            // Half a record would end what can be read of the file.
            if (done > 0 && ::ftruncate(m_file.get(), m_size) != 0)
                closeFile();
            return systemError(m_path, fault);
        }
        done += count;
    }
    m_size += bytes.size();
    return {};
}

} // namespace quarry::gem
