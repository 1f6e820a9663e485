// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/images/worker.h"

#include "runtime/images/content/imagesource.h"
#include "runtime/images/layer.h"
#include "runtime/images/content/layerexport.h"
#include "runtime/images/content/treecopy.h"
#include "runtime/images/workerchannel.h"

#include <QFile>
#include <QJsonDocument>

#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <limits>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace quarry::runtime {

namespace {

constexpr int exportDescriptor = 3;
constexpr int measureSeconds = 10;

// The words after the job's name: folders in order, and --options with a value each.
struct Arguments {
    QStringList words;
    QList<std::pair<QString, QString>> options;

    static Result<Arguments> parse(const QStringList &arguments, const QStringList &known)
    {
        Arguments parsed;
        for (qsizetype i = 1; i < arguments.size(); ++i) {
            const QString &argument = arguments.at(i);
            if (!argument.startsWith("--"_L1)) {
                parsed.words.append(argument);
                continue;
            }
            if (!known.contains(argument) || i + 1 == arguments.size())
                return {ErrorCode::InvalidArgument,
                        u"\"%1\" is no option of this job, or lacks its value."_s.arg(argument)};
            parsed.options.append({argument, arguments.at(++i)});
        }
        return parsed;
    }

    Result<qint64> number(QLatin1StringView option, qint64 otherwise) const
    {
        for (const auto &[name, value] : options) {
            bool valid = true;
            const qint64 number = name == option ? value.toLongLong(&valid) : 1;
            if (!valid || number < 1)
                return {ErrorCode::InvalidArgument,
                        u"\"%1\" wants a positive number, not \"%2\"."_s.arg(name, value)};
            if (name == option)
                return number;
        }
        return otherwise;
    }

    QByteArrayList paths(QLatin1StringView option) const
    {
        QByteArrayList found;
        for (const auto &[name, value] : options) {
            if (name == option)
                found.append(QFile::encodeName(value));
        }
        return found;
    }
};

Result<Arguments> parseFor(const QStringList &arguments, qsizetype words, const QStringList &known)
{
    Result<Arguments> parsed = Arguments::parse(arguments, known);
    if (parsed && parsed->words.size() != words)
        return {ErrorCode::InvalidArgument,
                u"\"%1\" wants %2 paths."_s.arg(arguments.first()).arg(words)};
    return parsed;
}

// What a failed job has made goes too; what it could not remove, the next sweep will.
void leaveNothing(const QByteArray &folder)
{
    qint64 removed = 0;
    for (const char *part : {"root", "usr"}) {
        const UniqueFd parent(::open(folder.constData(), O_PATH | O_DIRECTORY | O_CLOEXEC));
        if (parent && !removeTree(parent.get(), part, removed))
            return;
    }
}

Result<QJsonObject> unpack(const QStringList &arguments, WorkerChannel &channel)
{
    const Result<Arguments> parsed = parseFor(arguments, 2, {u"--max-bytes"_s, u"--max-entries"_s});
    if (!parsed)
        return parsed.error();
    const Result<qint64> bytes
        = parsed->number("--max-bytes"_L1, std::numeric_limits<qint64>::max());
    const Result<qint64> entries
        = parsed->number("--max-entries"_L1, std::numeric_limits<qint64>::max());
    if (!bytes || !entries)
        return !bytes ? bytes.error() : entries.error();
    const QByteArray folder = QFile::encodeName(parsed->words.at(1));
    const Tick tick
        = [&channel](qint64 done, qint64 count) { return channel.progress(done, count); };
    const UnpackLimits limits{*bytes, *entries};
    Result<QJsonObject> result = QJsonObject();
    if (parsed->words.first() == "-"_L1) {
        struct stat st;
        if (::fstat(STDIN_FILENO, &st) == 0)
            channel.setTotal(st.st_size);
        result = unpackArchive(STDIN_FILENO, folder, limits, tick);
    } else {
        const QByteArray source = QFile::encodeName(parsed->words.first());
        if (const Result<TreeSize> size = measureTree(source, 2000); size && size->complete)
            channel.setTotal(size->bytes);
        result = unpackFolder(source, folder, limits, tick);
    }
    if (!result)
        leaveNothing(folder);
    return result;
}

Result<void> commitPart(const QString &from, const QByteArray &to, WorkerChannel &channel,
                        qint64 &bytes, qint64 &files)
{
    const QByteArray source = QFile::encodeName(from);
    struct stat st;
    if (::stat(source.constData(), &st) != 0 && errno == ENOENT)
        return {};
    if (::mkdir(to.constData(), 0755) != 0)
        return systemError(QFile::decodeName(to), errno);
    const Tick tick
        = [&](qint64 done, qint64 count) { return channel.progress(bytes + done, files + count); };
    constexpr qint64 unlimited = std::numeric_limits<qint64>::max();
    const Result<TreeCopyResult> copied = copyTree(
        source, to, {.layer = true, .maxBytes = unlimited, .maxEntries = unlimited}, tick);
    if (!copied)
        return copied.error();
    bytes += copied->bytes;
    files += copied->entries;
    return {};
}

Result<QJsonObject> commitLayer(const QStringList &arguments, WorkerChannel &channel)
{
    const Result<Arguments> parsed = parseFor(arguments, 2, {});
    if (!parsed)
        return parsed.error();
    const LayerPaths layer(parsed->words.first());
    const QByteArray folder = QFile::encodeName(parsed->words.at(1));
    qint64 total = 0;
    for (const QString &part : {layer.rootUpper, layer.usrUpper}) {
        const Result<TreeSize> size = measureTree(QFile::encodeName(part), 2000);
        total += size && size->complete ? size->bytes : 0;
    }
    channel.setTotal(total);
    qint64 bytes = 0;
    qint64 files = 0;
    Result<void> done = commitPart(layer.rootUpper, folder + "/root", channel, bytes, files);
    if (done)
        done = commitPart(layer.usrUpper, folder + "/usr", channel, bytes, files);
    if (!done) {
        leaveNothing(folder);
        return done.error();
    }
    return QJsonObject{{u"bytes"_s, bytes}, {u"files"_s, files}};
}

Result<QJsonObject> measure(const QStringList &arguments)
{
    const Result<Arguments> parsed = parseFor(arguments, 1, {u"--seconds"_s});
    if (!parsed)
        return parsed.error();
    const Result<qint64> seconds = parsed->number("--seconds"_L1, measureSeconds);
    if (!seconds)
        return seconds.error();
    const int milliseconds = int(std::min<qint64>(*seconds, 3600) * 1000);
    const Result<TreeSize> size
        = measureTree(QFile::encodeName(parsed->words.first()), milliseconds);
    if (!size)
        return size.error();
    return QJsonObject{
        {u"bytes"_s, size->bytes}, {u"files"_s, size->files}, {u"complete"_s, size->complete}};
}

Result<QJsonObject> deleteTree(const QStringList &arguments, WorkerChannel &channel)
{
    const Result<Arguments> parsed = parseFor(arguments, 1, {});
    if (!parsed)
        return parsed.error();
    const QByteArray folder = QFile::encodeName(parsed->words.first());
    qint64 removed = 0;
    const Result<void> emptied = emptyTree(
        folder, removed, [&channel](qint64, qint64 count) { return channel.progress(0, count); });
    if (!emptied)
        return emptied.error();
    // A place of the runtime's is a mount, which its caller removes.
    if (::rmdir(folder.constData()) != 0 && errno != ENOENT && errno != EBUSY && errno != EACCES
        && errno != EPERM && errno != EROFS)
        return systemError(QFile::decodeName(folder), errno);
    return QJsonObject{{u"files"_s, removed}};
}

Result<QJsonObject> exportImage(const QStringList &arguments, WorkerChannel &channel)
{
    const Result<Arguments> parsed = parseFor(arguments, 0, {u"--host"_s, u"--root"_s, u"--usr"_s});
    if (!parsed)
        return parsed.error();
    ExportSource source;
    source.rootLayers = parsed->paths("--root"_L1);
    source.usrLayers = parsed->paths("--usr"_L1);
    const QByteArrayList heads = parsed->paths("--host"_L1);
    if (!heads.isEmpty())
        source.head = QJsonDocument::fromJson(heads.first()).object();
    if (source.rootLayers.isEmpty() && source.usrLayers.isEmpty() && source.head.isEmpty())
        return {ErrorCode::InvalidArgument, u"\"export\" wants at least one layer."_s};
    qint64 total = 0;
    for (const QByteArray &path : source.rootLayers + source.usrLayers) {
        const Result<TreeSize> size = measureTree(path, 2000);
        total += size && size->complete ? size->bytes : 0;
    }
    channel.setTotal(total);
    qint64 bytes = 0;
    const Result<void> written
        = exportLayers(source, exportDescriptor, [&](qint64 done, qint64 count) {
              bytes = done;
              return channel.progress(done, count);
          });
    if (!written)
        return written.error();
    return QJsonObject{{u"bytes"_s, bytes}};
}

Result<QJsonObject> dispatch(const QStringList &arguments, WorkerChannel &channel)
{
    const QString job = arguments.value(0);
    if (job == "unpack"_L1)
        return unpack(arguments, channel);
    if (job == "commit"_L1)
        return commitLayer(arguments, channel);
    if (job == "measure"_L1)
        return measure(arguments);
    if (job == "delete"_L1)
        return deleteTree(arguments, channel);
    if (job == "export"_L1)
        return exportImage(arguments, channel);
    return {ErrorCode::InvalidArgument, u"The worker knows no job \"%1\"."_s.arg(job)};
}

// Deep trees hold a descriptor or two for each folder on the way.
void raiseDescriptorLimit()
{
    struct rlimit limit;
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= limit.rlim_max)
        return;
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 65536);
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

QByteArray toLine(const Error &error)
{
    QString message = error.message;
    message.replace(u'\n', u' ');
    return (toString(error.code) + ": "_L1 + message + u'\n').toUtf8();
}

} // namespace

int runWorker(const QStringList &arguments, int progressFd)
{
    ::signal(SIGPIPE, SIG_IGN); // a reader that has gone is seen at the next line
    ::umask(0);
    raiseDescriptorLimit();
    WorkerChannel channel(progressFd);
    const Result<QJsonObject> result = dispatch(arguments, channel);
    if (result)
        return channel.answer(*result) ? 0 : 1;
    const QByteArray line = toLine(result.error());
    ::fwrite(line.constData(), 1, size_t(line.size()), stderr);
    return 1;
}

Error workerError(const QByteArray &line)
{
    static const QList<ErrorCode> codes{ErrorCode::InvalidArgument,
                                        ErrorCode::NotFound,
                                        ErrorCode::AlreadyExists,
                                        ErrorCode::WrongState,
                                        ErrorCode::PermissionDenied,
                                        ErrorCode::LimitExceeded,
                                        ErrorCode::NoSpace,
                                        ErrorCode::Unsupported,
                                        ErrorCode::Timeout,
                                        ErrorCode::Cancelled,
                                        ErrorCode::CommandFailed,
                                        ErrorCode::ConnectionLost,
                                        ErrorCode::Io,
                                        ErrorCode::Internal};
    const QString text = QString::fromUtf8(line.trimmed());
    for (const ErrorCode code : codes) {
        const QString prefix = toString(code) + ": "_L1;
        if (text.startsWith(prefix))
            return {code, text.sliced(prefix.size()), {}};
    }
    return {
        ErrorCode::Internal, text.isEmpty() ? u"The worker ended without an answer."_s : text, {}};
}

} // namespace quarry::runtime
