// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/seccomp.h"

#include "base/uniquefd.h"

#include <cerrno>
#include <memory>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace quarry::runtime {

namespace {

constexpr const char *refused[] = {
    // kernel keys, extensions, tracing
    "keyctl", "add_key", "request_key", "bpf", "perf_event_open", "userfaultfd", "lookup_dcookie",
    // replacing or extending the kernel
    "kexec_load", "kexec_file_load", "init_module", "finit_module", "delete_module",
    "create_module", "get_kernel_syms", "query_module", "reboot",
    // mounts and namespaces
    "mount", "umount", "umount2", "pivot_root", "fsopen", "fsconfig", "fsmount", "fspick",
    "open_tree", "open_tree_attr", "move_mount", "mount_setattr", "setns", "swapon", "swapoff",
    "quotactl", "quotactl_fd", "open_by_handle_at", "name_to_handle_at", "nfsservctl",
    // clocks
    "settimeofday", "stime", "clock_settime", "clock_settime64", "clock_adjtime", "clock_adjtime64",
    // raw I/O, accounting, memory of others
    "iopl", "ioperm", "acct", "syslog", "vhangup", "uselib", "ustat", "sysfs", "_sysctl", "vm86",
    "vm86old", "mbind", "migrate_pages", "move_pages", "set_mempolicy", "set_mempolicy_home_node",
    "get_mempolicy", "kcmp", "process_madvise", "fanotify_init",
    // asynchronous I/O that walks past this filter
    "io_uring_setup", "io_uring_enter", "io_uring_register"};

constexpr unsigned namespaceFlags[] = {CLONE_NEWNS,   CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC,
                                       CLONE_NEWUSER, CLONE_NEWPID,    CLONE_NEWNET};

constexpr int netlinkFamily = AF_NETLINK;
constexpr unsigned netlinkAudit = 9; // NETLINK_AUDIT

struct FilterDeleter {
    void operator()(void *filter) const { seccomp_release(filter); }
};
using Filter = std::unique_ptr<void, FilterDeleter>;

// A call that no architecture of the filter has is not a fault.
bool refuse(const Filter &filter, int action, const char *name,
            const std::vector<scmp_arg_cmp> &when = {})
{
    const int call = seccomp_syscall_resolve_name(name);
    if (call == __NR_SCMP_ERROR)
        return true; // newer than the library: the kernel's own checks remain
    const int error
        = seccomp_rule_add_array(filter.get(), uint32_t(action), call, unsigned(when.size()),
                                 when.empty() ? nullptr : when.data());
    return error == 0 || error == -EDOM;
}

bool addNamespaceRules(const Filter &filter)
{
    bool done = refuse(filter, SCMP_ACT_ERRNO(ENOSYS), "clone3");
    for (const unsigned flag : namespaceFlags) {
        const scmp_arg_cmp set = SCMP_A0(SCMP_CMP_MASKED_EQ, flag, flag);
        done = done && refuse(filter, SCMP_ACT_ERRNO(EPERM), "clone", {set});
        done = done && refuse(filter, SCMP_ACT_ERRNO(EPERM), "unshare", {set});
    }
    // A new time namespace: the flag shares its bit with an exit signal of clone.
    constexpr unsigned newTime = 0x80;
    return done
        && refuse(filter, SCMP_ACT_ERRNO(EPERM), "unshare",
                  {SCMP_A0(SCMP_CMP_MASKED_EQ, newTime, newTime)});
}

bool addSocketRules(const Filter &filter)
{
    // The old i386 entry hides its arguments: programs fall back on the calls of their own.
    bool done = refuse(filter, SCMP_ACT_ERRNO(ENOSYS), "socketcall");
    // Only what programs use: unix, IPv4, IPv6, netlink (but audit, refused as by a
    // kernel without it: su and useradd then go on); packet sockets serve nobody
    // here.
    for (int family = 3; family < AF_MAX + 8; ++family) {
        if (family == AF_INET6 || family == netlinkFamily)
            continue;
        done = done
            && refuse(filter, SCMP_ACT_ERRNO(EAFNOSUPPORT), "socket",
                      {SCMP_A0(SCMP_CMP_EQ, scmp_datum_t(family))});
    }
    return done
        && refuse(filter, SCMP_ACT_ERRNO(EPROTONOSUPPORT), "socket",
                  {SCMP_A0(SCMP_CMP_EQ, scmp_datum_t(netlinkFamily)),
                   SCMP_A2(SCMP_CMP_EQ, netlinkAudit)});
}

bool addArgumentRules(const Filter &filter)
{
    // Typing into a terminal from outside it; the upper half of the request is not looked at.
    bool done = true;
    for (const unsigned request : {unsigned(TIOCSTI), 0x541cu /* TIOCLINUX */}) {
        done = done
            && refuse(filter, SCMP_ACT_ERRNO(EPERM), "ioctl",
                      {SCMP_A1(SCMP_CMP_MASKED_EQ, 0xffffffffu, request)});
    }
    return done;
}

bool addArchitectures(const Filter &filter)
{
    if (seccomp_arch_native() != SCMP_ARCH_X86_64)
        return true;
    for (const uint32_t architecture : {SCMP_ARCH_X86, SCMP_ARCH_X32}) {
        const int error = seccomp_arch_add(filter.get(), architecture);
        if (error != 0 && error != -EEXIST)
            return false;
    }
    return true;
}

QByteArray exportFilter(const Filter &filter)
{
    const UniqueFd file(memfd_create("filter", MFD_CLOEXEC));
    if (!file || seccomp_export_bpf(filter.get(), file.get()) != 0)
        return {};
    const off_t size = lseek(file.get(), 0, SEEK_END);
    QByteArray program(qsizetype(size), Qt::Uninitialized);
    if (size <= 0 || pread(file.get(), program.data(), size_t(size), 0) != size)
        return {};
    return program;
}

} // namespace

Result<QByteArray> compileSeccompFilter()
{
    const Filter filter(seccomp_init(SCMP_ACT_ALLOW));
    bool done = filter && addArchitectures(filter);
    // The tree of comparisons is a quarter of the linear filter's cost.
    done = done && seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_OPTIMIZE, 2) == 0;
    for (const char *name : refused)
        done = done && refuse(filter, SCMP_ACT_ERRNO(EPERM), name);
    done = done && addNamespaceRules(filter) && addSocketRules(filter) && addArgumentRules(filter);
    QByteArray program = done ? exportFilter(filter) : QByteArray();
    if (program.isEmpty())
        return {ErrorCode::Internal, QStringLiteral("The system call filter could not be built")};
    return program;
}

} // namespace quarry::runtime
