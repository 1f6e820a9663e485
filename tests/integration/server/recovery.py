#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""recovery.py QUARRY: kill -9 of a server with 16 busy sandboxes; nothing of them is left, and nothing is lost."""
import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from quarryserver import Server, cgroups, descendants, mounts_naming, processes_with, still_alive

COUNT = 16
TREE = "(setsid bash -c 'trap \"\" TERM HUP INT; sleep 7000' &); (while :; do :; sleep 1; done) & echo > /root/busy; wait"


def until(condition, seconds, what):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.05)


def quiet(function, *arguments):
    try:
        function(*arguments)
    except Exception:  # the server dies under these calls, as intended
        pass


def main():
    quarry = sys.argv[1]
    groups_before = cgroups()
    first = Server(quarry)
    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(lambda _: first.rock("/start", {"image": "host", "memory": "256m"})["sandbox_id"], range(COUNT)))
    for sid in ids:
        first.rock("/write_file", {"sandbox_id": sid, "path": "/root/kept", "content": sid})
        call = {"sandbox_id": sid, "command": ["bash", "-c", TREE], "timeout": 600}
        threading.Thread(target=quiet, args=(first.rock, "/execute", call, 600), daemon=True).start()
        first.rock("/create_session", {"sandbox_id": sid, "session": "s"})
        call = {"sandbox_id": sid, "session": "s", "command": "sleep 7000", "timeout": 600}
        threading.Thread(target=quiet, args=(first.rock, "/run_in_session", call, 600), daemon=True).start()
    for sid in ids:
        until(lambda: first.rock("/execute", {"sandbox_id": sid, "command": "test -e /root/busy; echo $?"})["stdout"] == "0\n",
              30, f"{sid} never became busy")
    family = descendants(first.pid)
    assert len(family) >= COUNT * 4, f"only {len(family)} processes"

    first.kill()
    until(lambda: not still_alive(family), 15, f"alive after the kill: {still_alive(family)[:5]}")
    second = Server(quarry, data=first.data)
    until(lambda: not processes_with(first.mark), 5, "processes with the first server's mark")
    left = {g for g in cgroups() - groups_before if "quarry" in g and any(sid in g for sid in ids)}
    assert not left, f"cgroups left: {sorted(left)[:3]}"
    assert not mounts_naming(first.data), mounts_naming(first.data)[:3]

    for sid in ids:
        status = second.rock(f"/get_status?sandbox_id={sid}&include_all_states=true")
        assert status["state"] == "stopped", status
        assert any("engine" in entry["event"] for entry in status["state_history"]), status["state_history"]
    second.rock("/restart", {"sandbox_id": ids[0]})
    until(lambda: second.rock(f"/is_alive?sandbox_id={ids[0]}")["is_alive"], 30, "the restarted one never lives")
    assert second.rock("/read_file", {"sandbox_id": ids[0], "path": "/root/kept"})["content"] == ids[0]
    second.rock("/stop", {"sandbox_id": ids[0]})
    for sid in ids:
        second.rock("/delete", {"sandbox_id": sid})
    until(lambda: not os.listdir(first.data + "/sandboxes"), 15, f"folders left: {os.listdir(first.data + '/sandboxes')[:3]}")
    second.end()
    # Other tests run beside this one: only what bears the pid of one of these two servers is theirs.
    own = (f"quarry-{first.pid}-", f"quarry-{second.pid}-")
    until(lambda: not [g for g in cgroups() - groups_before if any(name in g for name in own)], 5, "cgroups left after the end")
    print("passed")


main()
