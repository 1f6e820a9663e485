// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/images/host/hostfiles.h"

namespace quarry::runtime {

namespace {

// The accounts that every Debian system has (its package base-passwd), and apt's own.
constexpr char accounts[] = "root:0:0:/root:/bin/bash\n"
                            "daemon:1:1:/usr/sbin:/usr/sbin/nologin\n"
                            "bin:2:2:/bin:/usr/sbin/nologin\n"
                            "sys:3:3:/dev:/usr/sbin/nologin\n"
                            "sync:4:65534:/bin:/bin/sync\n"
                            "games:5:60:/usr/games:/usr/sbin/nologin\n"
                            "man:6:12:/var/cache/man:/usr/sbin/nologin\n"
                            "lp:7:7:/var/spool/lpd:/usr/sbin/nologin\n"
                            "mail:8:8:/var/mail:/usr/sbin/nologin\n"
                            "news:9:9:/var/spool/news:/usr/sbin/nologin\n"
                            "uucp:10:10:/var/spool/uucp:/usr/sbin/nologin\n"
                            "proxy:13:13:/bin:/usr/sbin/nologin\n"
                            "www-data:33:33:/var/www:/usr/sbin/nologin\n"
                            "backup:34:34:/var/backups:/usr/sbin/nologin\n"
                            "list:38:38:/var/list:/usr/sbin/nologin\n"
                            "irc:39:39:/run/ircd:/usr/sbin/nologin\n"
                            "_apt:42:65534:/nonexistent:/usr/sbin/nologin\n"
                            "nobody:65534:65534:/nonexistent:/usr/sbin/nologin\n";

constexpr char groups[]
    = "root:0 daemon:1 bin:2 sys:3 adm:4 tty:5 disk:6 lp:7 mail:8 news:9 uucp:10 man:12 "
      "proxy:13 kmem:15 dialout:20 fax:21 voice:22 cdrom:24 floppy:25 tape:26 sudo:27 "
      "audio:29 dip:30 www-data:33 backup:34 operator:37 list:38 irc:39 src:40 shadow:42 "
      "utmp:43 video:44 sasl:45 plugdev:46 staff:50 games:60 users:100 nogroup:65534";

QByteArray passwd()
{
    QByteArray text;
    for (const QByteArray &line : QByteArray(accounts).trimmed().split('\n')) {
        const QByteArrayList parts = line.split(':');
        text += parts[0] + ":x:" + parts[1] + ':' + parts[2] + ':' + parts[0] + ':' + parts[3] + ':'
            + parts[4] + '\n';
    }
    return text;
}

// No account has a password; root gets everywhere without one.
QByteArray shadow()
{
    QByteArray text;
    for (const QByteArray &line : QByteArray(accounts).trimmed().split('\n'))
        text += line.first(line.indexOf(':')) + ":*:19000:0:99999:7:::\n";
    return text;
}

QByteArray group(const char *between, bool withId)
{
    QByteArray text;
    for (const QByteArray &entry : QByteArray(groups).split(' ')) {
        const QByteArrayList parts = entry.split(':');
        text += parts[0] + between + (withId ? parts[1] + ':' : QByteArray(":")) + '\n';
    }
    return text;
}

QList<GeneratedFile> generate()
{
    // The host's own PAM set-up may ask directories and daemons that a sandbox does not have.
    const QByteArray unixSession = "session required pam_unix.so\n";
    return {
        {"etc/passwd", 0644, passwd()},
        {"etc/group", 0644, group(":x:", true)},
        {"etc/shadow", 0640, shadow()},
        {"etc/gshadow", 0640, group(":*:", false)},
        {"etc/subuid", 0644, ""},
        {"etc/subgid", 0644, ""},
        {"etc/hostname", 0644, "sandbox\n"},
        {"etc/hosts", 0644,
         "127.0.0.1\tlocalhost sandbox\n::1\tlocalhost ip6-localhost ip6-loopback\n"},
        {"etc/resolv.conf", 0644, ""},
        {"etc/host.conf", 0644, "multi on\n"},
        {"etc/nsswitch.conf", 0644,
         "passwd: files\ngroup: files\nshadow: files\ngshadow: files\nhosts: files dns\nnetworks: "
         "files\n"
         "protocols: db files\nservices: db files\nethers: db files\nrpc: db files\n"},
        {"etc/environment", 0644, ""},
        {"etc/fstab", 0644, ""},
        {"etc/machine-id", 0444, ""},
        {"etc/pam.d/common-auth", 0644, "auth sufficient pam_unix.so\nauth required pam_deny.so\n"},
        {"etc/pam.d/common-account", 0644, "account required pam_unix.so\n"},
        {"etc/pam.d/common-password", 0644, "password required pam_unix.so yescrypt\n"},
        {"etc/pam.d/common-session", 0644, unixSession},
        {"etc/pam.d/common-session-noninteractive", 0644, unixSession},
        {"etc/security/limits.conf", 0644, ""},
        {"etc/security/pam_env.conf", 0644, ""},
        {"etc/security/access.conf", 0644, ""},
        {"etc/security/group.conf", 0644, ""},
        {"etc/security/time.conf", 0644, ""},
        {"etc/security/namespace.conf", 0644, ""},
        {"var/lib/dpkg/statoverride", 0644, ""}, // the host's may name groups that are not here
        {"root/.bashrc", 0644, "PS1='\\u@\\h:\\w\\$ '\n"},
        {"root/.profile", 0644,
         "if [ -n \"$BASH_VERSION\" ] && [ -f ~/.bashrc ]; then\n    . ~/.bashrc\nfi\n"},
    };
}

} // namespace

const QByteArrayList &copiedPaths()
{
    static const QByteArrayList paths{
        // who and where the system is
        "etc/debian_version",
        "etc/os-release",
        "etc/lsb-release",
        "etc/issue",
        "etc/localtime",
        "etc/timezone",
        "etc/locale.alias",
        "etc/locale.gen",
        "etc/default/locale",
        "etc/default/useradd",
        "etc/login.defs",
        "etc/adduser.conf",
        "etc/deluser.conf",
        "etc/shells",
        "etc/skel",
        "etc/pam.d",
        "etc/pam.conf",
        // how programs are found, linked and started
        "etc/alternatives",
        "etc/ld.so.cache",
        "etc/ld.so.conf",
        "etc/ld.so.conf.d",
        "etc/profile",
        "etc/bash.bashrc",
        "etc/bash_completion",
        "etc/inputrc",
        "etc/terminfo",
        "etc/magic",
        "etc/magic.mime",
        "etc/manpath.config",
        "etc/mailcap",
        "etc/mime.types",
        "etc/services",
        "etc/protocols",
        "etc/rpc",
        "etc/ethertypes",
        "etc/networks",
        "etc/gai.conf",
        "etc/mke2fs.conf",
        "etc/xattr.conf",
        "etc/libaudit.conf",
        // certificates everybody trusts; never /etc/ssl/private
        "etc/ssl/certs",
        "etc/ssl/openssl.cnf",
        "etc/ca-certificates",
        "etc/ca-certificates.conf",
        // languages, fonts and graphics
        "etc/fonts",
        "etc/perl",
        "etc/python3",
        "etc/python3.11",
        "etc/python3.12",
        "etc/python3.13",
        "etc/java-11-openjdk",
        "etc/java-17-openjdk",
        "etc/java-21-openjdk",
        "etc/X11",
        "etc/xdg",
        "etc/vulkan",
        "etc/glvnd",
        "etc/OpenCL",
        "etc/gtk-2.0",
        "etc/gtk-3.0",
        "etc/dconf",
        "etc/vim",
        "etc/groff",
        "etc/emacs",
        "etc/ghostscript",
        "etc/texmf",
        "etc/ImageMagick-6",
        "etc/sgml",
        "etc/xml",
        "etc/dictionaries-common",
        "etc/dbus-1",
        "etc/maven",
        "etc/gprofng.rc",
        "etc/gdb",
        "etc/lynx",
        "etc/nanorc",
        // packages; what needs a password is left out by its content
        "etc/apt/apt.conf",
        "etc/apt/apt.conf.d",
        "etc/apt/keyrings",
        "etc/apt/preferences",
        "etc/apt/preferences.d",
        "etc/apt/sources.list",
        "etc/apt/sources.list.d",
        "etc/apt/trusted.gpg",
        "etc/apt/trusted.gpg.d",
        "etc/dpkg",
        "etc/debconf.conf",
        "etc/ucf.conf",
        "var/lib/dpkg/status",
        "var/lib/dpkg/available",
        "var/lib/dpkg/alternatives",
        "var/lib/dpkg/arch",
        "var/lib/dpkg/diversions",
        "var/lib/dpkg/triggers",
        "var/lib/apt/extended_states",
        "var/lib/python",
        "var/lib/ucf",
        "var/lib/pam",
        "var/lib/misc",
        "var/lib/sgml-base",
        "var/lib/xml-core",
        "var/lib/shells.state",
    };
    return paths;
}

const QList<GeneratedFile> &generatedFiles()
{
    static const QList<GeneratedFile> files = generate();
    return files;
}

const QList<SkeletonFolder> &skeletonFolders()
{
    static const QList<SkeletonFolder> folders{
        {"usr", 0755},
        {"proc", 0755},
        {"sys", 0755},
        {"dev", 0755},
        {"run", 0755},
        {"run/lock", 01777},
        {"tmp", 01777},
        {"home", 0755},
        {"opt", 0755},
        {"srv", 0755},
        {"mnt", 0755},
        {"media", 0755},
        {"boot", 0755},
        {"root", 0700},
        {"etc", 0755},
        {"etc/profile.d", 0755},
        {"etc/cron.d", 0755},
        {"etc/cron.daily", 0755},
        {"etc/init.d", 0755},
        {"etc/rc0.d", 0755},
        {"etc/rc1.d", 0755},
        {"etc/rc2.d", 0755},
        {"etc/rc3.d", 0755},
        {"etc/rc4.d", 0755},
        {"etc/rc5.d", 0755},
        {"etc/rc6.d", 0755},
        {"etc/rcS.d", 0755},
        {"etc/logrotate.d", 0755},
        {"etc/opt", 0755},
        {"etc/security/limits.d", 0755},
        {"etc/security/namespace.d", 0755},
        {"etc/ssl/private", 0700},
        {"etc/sudoers.d", 0755},
        {"var", 0755},
        {"var/backups", 0755},
        {"var/cache/apt/archives/partial", 0755},
        {"var/cache/debconf", 0755},
        {"var/cache/man", 0755},
        {"var/cache/ldconfig", 0700},
        {"var/lib/apt/lists/partial", 0755},
        {"var/lib/apt/mirrors/partial", 0755},
        {"var/lib/apt/periodic", 0755},
        {"var/lib/dpkg/info", 0755},
        {"var/lib/dpkg/parts", 0755},
        {"var/lib/dpkg/updates", 0755},
        {"var/lib/dpkg/triggers", 0755},
        {"var/lib/dpkg/alternatives", 0755},
        {"var/lib/systemd", 0755},
        {"var/local", 0755},
        {"var/log/apt", 0755},
        {"var/mail", 0755},
        {"var/opt", 0755},
        {"var/spool/cron", 0755},
        {"var/tmp", 01777},
    };
    return folders;
}

} // namespace quarry::runtime
