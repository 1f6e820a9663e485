// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A stand-in for "quarry worker" in the runtime's own tests: who it is, what it sees, and how it
// ends.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

static int owners(const char *folder)
{
    struct stat info;
    const std::string made = std::string(folder) + "/made";
    if (stat(folder, &info) || mkdir(made.c_str(), 0755) || chown(made.c_str(), 5, 5))
        return perror("io"), 1;
    puts("{\"step\":1}");
    printf("uid %d owner %d\n", int(getuid()), int(info.st_uid));
    return 0;
}

static int copy()
{
    char buffer[4096];
    const ssize_t n = read(0, buffer, sizeof buffer);
    if (n < 0 || write(3, buffer, size_t(n)) != n)
        return 1;
    puts("copied");
    return 0;
}

int main(int argc, char **argv)
{
    const std::string job = argc > 2 ? argv[2] : "";
    if (job == "owners")
        return owners(argv[3]);
    if (job == "copy")
        return copy();
    if (job == "wipe")
        return system((std::string("rm -rf ") + argv[3] + "/*").c_str()) == 0 ? 0 : 1;
    if (job == "hang")
        return pause();
    fputs("noise\nnot_found: there is no such job\n", stderr);
    return 1;
}
