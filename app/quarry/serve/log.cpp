// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "serve/log.h"

#include "base/clock.h"
#include "cli/context.h"

#include <QDir>
#include <QLoggingCategory>

#include <atomic>
#include <unistd.h>

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 fileMax = 4 << 20;
constexpr int filesKept = 3;
constexpr qsizetype lineMax = 8 * 1024;

// Qt hands its messages to a plain function.
std::atomic<Log *> current{nullptr};

void takeMessage(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    if (Log *log = current.load())
        log->write(type, QString::fromLatin1(context.category), text);
}

QString levelName(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return u"debug"_s;
    case QtInfoMsg:
        return u"info"_s;
    case QtWarningMsg:
        return u"warning"_s;
    case QtCriticalMsg:
    case QtFatalMsg:
        break;
    }
    return u"error"_s;
}

// Texts of sandboxes and clients may come along: no line breaks, no control characters.
QString tame(QString text)
{
    text.truncate(lineMax);
    for (QChar &c : text) {
        if (c.category() == QChar::Other_Control)
            c = u' ';
    }
    return text;
}

} // namespace

Log::Log()
{
    current = this;
    qInstallMessageHandler(takeMessage);
}

Log::~Log()
{
    qInstallMessageHandler(nullptr);
    current = nullptr;
}

void Log::openFile(const QString &folder)
{
    const QMutexLocker lock(&m_mutex);
    m_folder = folder;
    QDir().mkpath(folder);
    m_file.setFileName(folder + u"/quarry.log"_s);
    if (m_file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered))
        m_file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
}

void Log::write(QtMsgType type, const QString &category, const QString &text)
{
    if (type == QtDebugMsg)
        return;
    const QString line = tame(text);
    const QMutexLocker lock(&m_mutex);
    if (type != QtInfoMsg || !m_quiet)
        writeAll(STDERR_FILENO,
                 (u"quarry: "_s + (type == QtInfoMsg ? QString() : levelName(type) + u": "_s) + line
                  + u'\n')
                     .toUtf8());
    if (!m_file.isOpen())
        return;
    if (m_file.size() > fileMax)
        rotate();
    m_file.write(
        (toRfc3339(utcNow()) + u' ' + levelName(type) + u' ' + category + u": "_s + line + u'\n')
            .toUtf8());
}

void Log::rotate()
{
    const QString name = m_folder + u"/quarry.log"_s;
    m_file.close();
    QFile::remove(name + u'.' + QString::number(filesKept));
    for (int i = filesKept; i > 1; --i)
        QFile::rename(name + u'.' + QString::number(i - 1), name + u'.' + QString::number(i));
    QFile::rename(name, name + u".1"_s);
    if (m_file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered))
        m_file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
}

} // namespace quarry::cli
