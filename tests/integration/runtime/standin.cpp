// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A stand-in for the agent in the runtime's own tests: says "R", then runs each line that it reads
// with /bin/sh and answers with its output, its exit code as "\n=CODE\n" and a NUL. Ends with its
// stream.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

static void answer(int fd, const std::string &command)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC))
        _exit(3);
    const pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], 1);
        dup2(ends[1], 2);
        execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
        _exit(127);
    }
    close(ends[1]);
    char buffer[4096];
    ssize_t n;
    while ((n = read(ends[0], buffer, sizeof buffer)) > 0) {
        if (write(fd, buffer, size_t(n)) < 0)
            _exit(2);
    }
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    char text[32];
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    snprintf(text, sizeof text, "\n=%d\n", code);
    if (write(fd, text, strlen(text) + 1) < 0)
        _exit(2);
}

int main(int argc, char **argv)
{
    const int fd = argc > 2 ? atoi(argv[2]) : -1;
    fcntl(fd, F_SETFD, FD_CLOEXEC);
    fcntl(fd, F_SETFL, 0);
    const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    dup2(null, 2);
    setenv("HOME", "/root", 0);
    if (write(fd, "R", 1) != 1)
        return 2;
    std::string line;
    char byte;
    while (read(fd, &byte, 1) == 1) {
        if (byte != '\n') {
            line.push_back(byte);
            continue;
        }
        answer(fd, line);
        line.clear();
    }
    return 0;
}
