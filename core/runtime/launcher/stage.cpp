// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage.h"

#include "mountcalls.h"
#include "report.h"

#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace quarry::launcher {

namespace {

constexpr uint32_t tunMajor = 10;
constexpr uint32_t tunMinor = 200;

// A folder of the host that every uid can reach; what lies below it is not needed any more.
std::string findStage()
{
    for (const char *path : {"/mnt", "/media", "/srv", "/tmp"}) {
        struct stat info;
        if (stat(path, &info) == 0 && S_ISDIR(info.st_mode))
            return path;
    }
    fail("unsupported", "none of /mnt, /media, /srv and /tmp is a folder");
}

bool isFolder(const std::string &path)
{
    struct stat info;
    return stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

void makeFolder(const std::string &path, mode_t mode)
{
    if (mkdir(path.c_str(), mode) && errno != EEXIST)
        failErrno("cannot make " + path);
}

void makeFile(const std::string &path)
{
    const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0)
        failErrno("cannot make " + path);
    close(fd);
}

void writeResolvConf(int root, const std::string &text)
{
    const int etc = openInRoot(root, "etc", O_PATH | O_DIRECTORY);
    if (etc < 0)
        return;
    unlinkat(etc, "resolv.conf", 0);
    const int fd
        = openat(etc, "resolv.conf", O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (fd < 0 || write(fd, text.data(), text.size()) != ssize_t(text.size()))
        note("network", std::string("/etc/resolv.conf could not be written: ") + strerror(errno));
    if (fd >= 0)
        close(fd);
    close(etc);
}

// Gives FOLDER and all below it that is on its own file system to uid and gid 1; takes ownership of
// FOLDER.
void giveTree(int folder, dev_t device)
{
    DIR *list = fdopendir(folder);
    if (!list)
        failErrno("cannot read the image's root");
    while (const dirent *entry = readdir(list)) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
            continue;
        struct stat info;
        if (fstatat(folder, entry->d_name, &info, AT_SYMLINK_NOFOLLOW) || info.st_dev != device)
            continue;
        if (info.st_uid == 0
            && fchownat(folder, entry->d_name, 1, info.st_gid ? info.st_gid : 1,
                        AT_SYMLINK_NOFOLLOW))
            failErrno("cannot give a file of the image to the sandbox");
        if (S_ISDIR(info.st_mode)) {
            const int next
                = openat(folder, entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
            if (next >= 0)
                giveTree(next, device);
        }
    }
    closedir(list);
}

} // namespace

Stage::Stage(const Spec &spec, int idmap) : m_spec(spec), m_idmap(idmap), m_path(findStage())
{
    if (unshare(CLONE_NEWNS))
        failErrno("cannot make a mount namespace");
    if (mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr))
        failErrno("cannot make the mounts private");
    for (size_t i = 0; i < spec.places.size(); ++i)
        takePlace(spec.places[i], "p" + std::to_string(i));
    if (spec.worker)
        return;
    take(spec.layer, "layer", false);
    takeAll(spec.rootLowers, "root");
    takeAll(spec.usrLowers, "usr");
    const int agent = cloneTree(spec.agent, false);
    if (agent < 0 || !hardenTree(agent, true))
        failErrno("cannot use the agent " + spec.agent);
    m_trees.push_back({agent, "agent", false});
}

void Stage::take(const std::string &source, const std::string &name, bool readOnly)
{
    const int tree = cloneTree(source, false);
    if (tree < 0)
        failErrno("cannot use " + source);
    if (m_idmap >= 0 && !idmapTree(tree, m_idmap, false))
        fail("unsupported",
             "the file system of " + source + " has no idmapped mounts (" + strerror(errno)
                 + "): choose another data folder with --data");
    if (!hardenTree(tree, readOnly))
        failErrno("cannot mount " + source);
    m_trees.push_back({tree, name, true});
}

void Stage::takeAll(const std::vector<std::string> &lowers, const std::string &name)
{
    for (size_t i = 0; i < lowers.size(); ++i)
        take(lowers[i], name + std::to_string(i), true);
}

void Stage::takePlace(const Place &place, const std::string &name)
{
    int tree = cloneTree(place.source, true);
    if (tree < 0)
        failErrno("cannot use " + place.source);
    if (m_idmap >= 0 && !idmapTree(tree, m_idmap, true)) {
        close(tree);
        tree = cloneTree(place.source, false);
        if (tree < 0)
            failErrno("cannot use " + place.source);
        note("bind",
             "what is mounted below " + place.source + " is left out: its owners cannot be mapped");
        if (!idmapTree(tree, m_idmap, false))
            note("bind",
                 "the owners of " + place.source + " cannot be mapped: they show as nobody");
    }
    if (!hardenTree(tree, place.readOnly))
        failErrno("cannot mount " + place.source);
    auto &list = m_spec.worker ? m_trees : m_binds;
    list.push_back({tree, name, isFolder(place.source)});
}

void Stage::build(bool ownTun)
{
    if (mount("tmpfs", m_path.c_str(), "tmpfs", MS_NOSUID, "mode=0755,size=1m"))
        failErrno("cannot mount on " + m_path);
    makeFolder(root(), 0755);
    makeFile(networkHandle());
    for (const Tree &tree : m_trees) {
        const std::string target = m_path + "/" + tree.name;
        if (tree.folder)
            makeFolder(target, 0755);
        else
            makeFile(target);
        if (!attachTree(tree.fd, target))
            failErrno("cannot hang a mount on " + target);
        close(tree.fd);
    }
    m_trees.clear();
    if (!ownTun)
        return;
    const std::string tun = m_path + "/tun";
    if (mknod(tun.c_str(), S_IFCHR | 0666, makedev(tunMajor, tunMinor)) || chmod(tun.c_str(), 0666)
        || mount(tun.c_str(), "/dev/net/tun", nullptr, MS_BIND, nullptr))
        failErrno("cannot prepare /dev/net/tun");
}

void Stage::overlay(const std::string &name, size_t lowers, const std::string &target)
{
    const std::string base = m_path + "/layer/" + name;
    makeFolder(base, 0755);
    makeFolder(base + "/upper", 0755);
    makeFolder(base + "/work", 0700);
    std::string options
        = "userxattr,upperdir=" + base + "/upper,workdir=" + base + "/work,lowerdir=";
    for (size_t i = 0; i < lowers; ++i)
        options += (i ? ":" : "") + m_path + "/" + name + std::to_string(i);
    if (mount("overlay", target.c_str(), "overlay", MS_NOSUID | MS_NODEV, options.c_str()) == 0)
        return;
    if (errno == EINVAL || errno == EOPNOTSUPP || errno == EREMOTE)
        fail("unsupported",
             "the file system of " + m_spec.layer
                 + " cannot carry a sandbox's files (an overlay's upper layer): "
                   "choose another data folder with --data");
    if (errno == ENODEV)
        fail("unsupported", "this kernel has no overlay file system");
    failErrno("cannot mount the overlay in " + base);
}

void Stage::mountRoot()
{
    overlay("root", m_spec.rootLowers.size(), root());
    const int top = open(root().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (top < 0)
        failErrno("cannot open the sandbox's root");
    for (const char *name : {"proc", "dev"}) {
        if (!plainFolder(top, name, 0755))
            failErrno(std::string("cannot make /") + name + " in the sandbox");
    }
    if (!m_spec.usrLowers.empty()) {
        if (!plainFolder(top, "usr", 0755))
            failErrno("cannot make /usr in the sandbox");
        overlay("usr", m_spec.usrLowers.size(), root() + "/usr");
    }
    if (!m_spec.resolvConf.empty())
        writeResolvConf(top, m_spec.resolvConf);
    close(top);
    bindPlaces();
}

void Stage::bindPlaces()
{
    // Opened anew: a descriptor from before the mounts would look below them.
    const int top = open(root().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    for (size_t i = 0; i < m_binds.size(); ++i) {
        const std::string &target = m_spec.places[i].target;
        const int fd = makeInRoot(top, target, m_binds[i].folder);
        if (fd < 0)
            failErrno("cannot make " + target + " in the sandbox");
        if (!attachTree(m_binds[i].fd, fd))
            failErrno("cannot mount " + m_spec.places[i].source + " on " + target);
        close(fd);
        close(m_binds[i].fd);
    }
    m_binds.clear();
    close(top);
}

void Stage::giveToShifted()
{
    const int top = open(root().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct stat info;
    if (top < 0 || fstat(top, &info))
        failErrno("cannot open the sandbox's root");
    if (info.st_uid != 0) { // done by an earlier start
        close(top);
        return;
    }
    if (fchown(top, 1, 1))
        failErrno("cannot give the sandbox its root");
    if (m_spec.usrLowers.empty()) {
        close(top);
        return;
    }
    giveTree(top, info.st_dev);
    const int usr = open((m_path + "/layer/usr/upper").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (usr < 0 || fstat(usr, &info) || fchown(usr, 1, 1))
        failErrno("cannot give the sandbox its /usr");
    giveTree(usr, info.st_dev);
}

} // namespace quarry::launcher
