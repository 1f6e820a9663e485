# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Memory of the idle server, of a sandbox, and of the server after much output."""
import multiprocessing
import pathlib
import re

from figures import milliseconds
from quarryserver import Server, descendants

SANDBOXES = 16
FLOOD = "head -c 200000000 /dev/zero | tr '\\0' x"


def of_process(pid, name, file="smaps_rollup"):
    try:
        text = pathlib.Path(f"/proc/{pid}/{file}").read_text()
    except OSError:
        return 0.0
    found = re.search(rf"^{name}:\s+(\d+) kB", text, re.M)
    return int(found[1]) / 1024 if found else 0.0


def proportional(pid):
    return sum(of_process(each, "Pss") for each in [pid] + [child for child, _ in descendants(pid)])


def flood(bench):
    """200 MB of output of one command, and what others wait meanwhile."""
    with bench.sandbox() as sandbox:
        other, waits = bench.caller(), []
        # Apart from this program: reading so much at once would make its own threads wait.
        run = multiprocessing.Process(target=bench.caller().post, args=("/execute",),
                                      kwargs={"sandbox_id": sandbox, "command": ["bash", "-c", FLOOD]})
        run.start()
        while run.is_alive():
            waits.append(milliseconds(other.raw, "GET", f"/is_alive?sandbox_id={sandbox}", None))
        run.join()
        bench.figure("200 MB of output, longest other answer", max(waits), 20.0, "the bound we set", "ms")
        bench.figure("200 MB of output, peak RSS of the server",
                     of_process(bench.server.pid, "VmHWM", "status"), 200.0, "the output itself", "MiB")


def run(bench):
    with Server(bench.program) as server:
        idle = of_process(server.pid, "Rss")
        before = proportional(server.pid)
        names = [server.rock("/start", {"image": "host", "memory": "64m"})["sandbox_id"] for _ in range(SANDBOXES)]
        each = (proportional(server.pid) - before) / SANDBOXES
        for name in names:
            server.rock("/stop", {"sandbox_id": name})
    if bench.rocklet():
        peer = of_process(bench.rocklet_pid(), "Rss")
        bench.figure("idle server, RSS", idle, peer, "rocklet, one for each of ROCK's sandboxes", "MiB")
        bench.figure("each sandbox, PSS with the server's share", each, peer, "rocklet", "MiB")
    else:
        bench.figure("idle server, RSS", idle, None, "", "MiB")
        bench.figure("each sandbox, PSS with the server's share", each, None, "", "MiB")
    flood(bench)
