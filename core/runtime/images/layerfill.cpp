// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/images/layerfill.h"

#include "base/uniquefd.h"
#include "runtime/images/layer.h"

#include <QDir>
#include <QFile>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace quarry::runtime {

namespace {

Result<void> makeFolder(const QString &path, mode_t mode)
{
    const QByteArray name = QFile::encodeName(path);
    if (::mkdir(name.constData(), mode) != 0)
        return errno == EEXIST ? Result<void>() : systemError(path, errno);
    if (::chmod(name.constData(), mode) != 0) // the process may have a narrow umask
        return systemError(path, errno);
    return {};
}

Result<void> makeFolders(const QString &top, const QString &below)
{
    const QStringList parts = below.split(u'/', Qt::SkipEmptyParts);
    QString path = top;
    for (const QString &part : parts) {
        path += u'/' + part;
        if (const Result<void> made = makeFolder(path, 0755); !made)
            return made;
    }
    return {};
}

Result<void> writeFile(const QString &path, const QByteArray &content, mode_t mode)
{
    const UniqueFd fd(::open(QFile::encodeName(path).constData(),
                             O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!fd)
        return systemError(path, errno);
    const ssize_t written = ::write(fd.get(), content.constData(), size_t(content.size()));
    if (written != content.size() || ::fchmod(fd.get(), mode) != 0)
        return systemError(path, written < 0 ? errno : ENOSPC);
    return {};
}

Result<void> makeLink(const char *target, const QString &path)
{
    if (::symlink(target, QFile::encodeName(path).constData()) != 0 && errno != EEXIST)
        return systemError(path, errno);
    return {};
}

bool isFolder(const QString &path)
{
    struct stat st;
    return ::lstat(QFile::encodeName(path).constData(), &st) == 0 && S_ISDIR(st.st_mode);
}

// In an ordinary user's namespace the host's folders belong to nobody, and only those that the
// upper layer has already can be written to.
Result<void> openHostFolders(const QString &hostRoot, const QString &upper)
{
    for (const QLatin1StringView folder :
         {"bin"_L1, "sbin"_L1, "lib"_L1, "lib/node_modules"_L1, "share"_L1, "include"_L1, "src"_L1,
          "local"_L1, "local/bin"_L1, "local/etc"_L1, "local/games"_L1, "local/include"_L1,
          "local/lib"_L1, "local/sbin"_L1, "local/share"_L1, "local/share/man"_L1,
          "local/src"_L1}) {
        if (!isFolder(hostRoot + "/usr/"_L1 + folder))
            continue;
        if (const Result<void> made = makeFolders(upper, folder); !made)
            return made;
    }
    // Where pip installs to, for each Python of the host.
    const QDir libraries(hostRoot + "/usr/lib"_L1);
    for (const QString &python : libraries.entryList({u"python3.*"_s}, QDir::Dirs)) {
        if (const Result<void> made
            = makeFolders(upper, "local/lib/"_L1 + python + "/dist-packages"_L1);
            !made)
            return made;
    }
    return {};
}

// pip as the host has it: installed, or as the wheel that venv uses.
QByteArray pipScript(const QString &hostRoot)
{
    QByteArray library;
    if (!isFolder(hostRoot + "/usr/lib/python3/dist-packages/pip"_L1)) {
        const QDir wheels(hostRoot + "/usr/share/python-wheels"_L1);
        const QString wheel = wheels.entryList({u"pip-*.whl"_s}, QDir::Files).value(0);
        if (wheel.isEmpty())
            return "#!/bin/sh\necho 'pip: this machine has no pip; install its package "
                   "python3-pip' >&2\nexit 1\n";
        library = "PYTHONPATH=/usr/share/python-wheels/" + wheel.toUtf8()
            + "${PYTHONPATH:+:$PYTHONPATH} ";
    }
    return "#!/bin/sh\n" + library + "exec /usr/bin/python3 -m pip \"$@\"\n";
}

Result<void> addPython(const QString &hostRoot, const QString &version, const LayerPaths &layer)
{
    const QString bin = layer.usrUpper + "/local/bin"_L1;
    if (const Result<void> made = makeFolders(layer.usrUpper, u"local/bin"_s); !made)
        return made;
    if (const Result<void> made
        = makeFolders(layer.usrUpper, "local/lib/python"_L1 + version + "/dist-packages"_L1);
        !made)
        return made;
    for (const QLatin1StringView name : {"/python"_L1, "/python3"_L1}) {
        if (const Result<void> linked = makeLink("/usr/bin/python3", bin + name); !linked)
            return linked;
    }
    const QByteArray pip = pipScript(hostRoot);
    for (const QLatin1StringView name : {"/pip"_L1, "/pip3"_L1}) {
        if (const Result<void> written = writeFile(bin + name, pip, 0755); !written)
            return written;
    }
    // PEP 668 keeps pip off a distribution's Python; in a sandbox there is nothing to protect.
    QByteArray settings = "[global]\nbreak-system-packages = true\nroot-user-action = ignore\n"
                          "disable-pip-version-check = true\n";
    if (QFile::exists(hostRoot + "/etc/ssl/certs/ca-certificates.crt"_L1))
        settings += "cert = /etc/ssl/certs/ca-certificates.crt\n";
    if (const Result<void> made = makeFolders(layer.rootUpper, u"etc"_s); !made)
        return made;
    return writeFile(layer.rootUpper + "/etc/pip.conf"_L1, settings, 0644);
}

} // namespace

Result<void> fillLayer(const Image &image, const QString &hostRoot, const QString &folder)
{
    const LayerPaths layer(folder);
    QList<std::pair<QString, mode_t>> folders{
        {folder + "/root"_L1, 0755}, {layer.rootUpper, 0755}, {layer.rootWork, 0700}};
    if (image.kind == ImageKind::Host)
        folders += {{folder + "/usr"_L1, 0755}, {layer.usrUpper, 0755}, {layer.usrWork, 0700}};
    for (const auto &[path, mode] : std::as_const(folders)) {
        if (const Result<void> made = makeFolder(path, mode); !made)
            return made;
    }
    if (image.kind == ImageKind::Rootfs)
        return {};
    if (::geteuid() != 0) {
        if (const Result<void> opened = openHostFolders(hostRoot, layer.usrUpper); !opened)
            return opened;
    }
    if (!image.python.isEmpty())
        return addPython(hostRoot, image.python, layer);
    return {};
}

} // namespace quarry::runtime
