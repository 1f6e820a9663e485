#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""cycles.py QUARRY: a hundred sandboxes started, used, stopped and deleted cost what ten did."""
import os
import pathlib
import sys
import time

from quarryserver import Server, cgroups, descendants, mounts_naming


def figures(server):
    status = pathlib.Path(f"/proc/{server.pid}/status").read_text()
    rss = int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])
    return {
        "rss": rss,
        "descriptors": len(os.listdir(f"/proc/{server.pid}/fd")),
        "children": len(descendants(server.pid)),
        "mounts": len(mounts_naming(server.data)),
        "cgroups": len([group for group in cgroups() if f"quarry-{server.pid}-" in group]),
        "files": sum(len(names) for folder, _, names in os.walk(server.data) if "quarry.db" not in folder),
    }


def cycle(server, number):
    sid = server.rock("/start", {"image": "host", "memory": "256m"})["sandbox_id"]
    out = server.rock("/execute", {"sandbox_id": sid, "command": ["echo", str(number)]})
    assert out["stdout"] == f"{number}\n", out
    if number % 10 == 0:
        server.rock("/create_session", {"sandbox_id": sid, "session": "s"})
        server.rock("/run_in_session", {"sandbox_id": sid, "session": "s", "command": "sleep 900 & echo x"})
    server.rock("/stop", {"sandbox_id": sid})
    server.rock("/delete", {"sandbox_id": sid})


def grown(early, late):
    return [f"{each} grow: {early[each]} to {late[each]}"
            for each in ("descriptors", "children", "mounts", "cgroups", "files") if late[each] > early[each] + 2]


def settled(server, early):
    """The figures once the last sandbox's remains are gone, which nothing waits for; a leak stays."""
    end = time.monotonic() + 20
    while grown(early, late := figures(server)) and time.monotonic() < end:
        time.sleep(0.05)
    return late


def main():
    server = Server(sys.argv[1])
    for number in range(10):
        cycle(server, number)
    early = figures(server)
    for number in range(10, 100):
        cycle(server, number)
    late = settled(server, early)
    server.end()
    print(early, late)
    assert late["rss"] <= early["rss"] * 1.1 + 4096, "memory grows"
    assert not grown(early, late), grown(early, late)
    print("passed")


main()
