# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Processes of the desk, and those that come back to it."""
import os
import subprocess

ORPHANS, OPEN = {}, set()


def proc_table():
    out = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                rest = open(f"/proc/{name}/stat", "rb").read().rpartition(b")")[2].split()
                out[int(name)] = (int(rest[1]), rest[0].decode())
            except (OSError, IndexError):
                pass
    return out


def descendants(pid):
    table, out, todo = proc_table(), [], [pid]
    while todo:
        p = todo.pop()
        kids = [k for k, (parent, _) in table.items() if parent == p]
        out += kids
        todo += kids
    return out


def reap():
    """Orphans come to us as the subreaper; Popen's own children are left to Popen."""
    mine = {p.pid for p in subprocess._active} if hasattr(subprocess, "_active") else set()
    for pid, (parent, state) in proc_table().items():
        if parent == os.getpid() and state == "Z" and pid not in mine and pid in ORPHANS:
            try:
                ORPHANS[pid] = os.waitpid(pid, os.WNOHANG)[1]
            except OSError:
                pass
