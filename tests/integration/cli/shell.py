#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""shell.py QUARRY: a person at terminals of a running server: leaves, comes back, watches, takes over."""
import os
import pty
import re
import select
import subprocess
import sys
import time

from quarryserver import Server

LEAVE = b"\x1d\x1d\x1d"
PATIENCE = 20


class Person:
    """At a terminal of their own, in front of one command."""

    def __init__(self, *argv):
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.execvp(argv[0], argv)
        self.seen = b""

    def sees(self, words):
        end = time.monotonic() + PATIENCE
        while words not in self.seen:
            assert self.read(end - time.monotonic()), f"{words!r} does not come: {self.seen[-600:]!r}"

    def read(self, seconds):
        if seconds <= 0 or not select.select([self.terminal], [], [], seconds)[0]:
            return False
        try:
            part = os.read(self.terminal, 65536)
        except OSError:
            return False
        self.seen += part
        return bool(part)

    def types(self, text):
        os.write(self.terminal, text)

    def code(self):
        end = time.monotonic() + PATIENCE
        while self.read(end - time.monotonic()):
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def main():
    quarry = sys.argv[1]
    server = Server(quarry)
    data = ["--data", str(server.data)]
    subprocess.run([quarry, "sandbox", "start", *data, "--image", "host", "--name", "demo"], check=True, timeout=60)

    def shell(*words):
        return Person(quarry, "sandbox", "shell", *data, *words)

    person = shell("demo", "work")
    person.sees(b"# ")
    person.types(b"x=kept; echo he''llo; stty size\r")
    person.sees(b"24 80")
    person.types(LEAVE)
    assert person.code() == 0

    person = shell("demo", "work")
    person.sees(b"hello")  # what was missed
    person.types(b"echo $x; exit 7\r")
    assert person.code() == 7
    assert b"kept" in person.seen and b"ended with code 7" in person.seen, person.seen

    lines = subprocess.run([quarry, "sandbox", "shell", *data, "demo", "agent"], input=b"y=agents; echo by agent\n",
                           capture_output=True, timeout=60, check=True)
    assert lines.stdout == b"by agent\n", lines
    person = shell("demo", "agent")
    person.sees(b"by agent")
    person.types(b"echo no\r")
    person.sees(b"take it over first")
    person.types(LEAVE)
    assert person.code() == 0

    person = shell("--take-over", "demo", "agent")
    person.sees(b"\x1b]133;A")
    person.types(b"y=${y}_changed; echo $y''!\r")  # leaving ends what still runs
    person.sees(b"agents_changed!")
    person.types(LEAVE)
    assert person.code() == 0
    lines = subprocess.run([quarry, "sandbox", "shell", *data, "demo", "agent"], input=b"echo $y\n",
                           capture_output=True, timeout=60, check=True)
    assert re.search(rb"^agents_changed$", lines.stdout, re.M), lines
    server.end()
    print("passed")


main()
