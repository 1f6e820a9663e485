# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""measure.py PROGRAM [ROWS]: what a person feels, at the X server itself; one JSON object of figures."""
import json
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from workbench import Desk, Workbench

FLOOD = 50_000_000


def started(desk, program, out):
    """Start to usable, memory and processor of an idle window, without a screen reader as most people run it."""
    w = Workbench(desk, program, accessible=False)
    w.app.quit()
    w = Workbench(desk, program, w.home, accessible=False)
    out["start to usable window ms"] = w.app.started["usable"]
    w.app.settle(5)
    idle = w.app.idle(10)
    out["idle RSS MiB"] = w.app.memory()["rss"]
    out["idle processor %"] = idle["cpu"]
    w.app.quit()


def terminal(desk, program, out):
    w = Workbench(desk, program)
    w.create()
    t = w.shell()
    w.enter(t, "clear; PS1='$ '; echo ready-$((1+1))", r"^ready-2")
    w.app.settle(2)
    out["key to pixel, median ms"] = w.app.key_to_pixel(t.box, "x", 40, 70)["median"]
    w.app.keys("ctrl+u")
    w.enter(t, f"head -c {FLOOD * 3 // 4} /dev/urandom | base64 -w 99 > /tmp/big; echo made-$((1+1))", r"^made-2")
    w.app.type("clear; time cat /tmp/big; echo drained-$((1+1))")
    with w.app.stalls(8) as stalls:
        w.app.keys("Return")
        w.app.until(lambda: re.search(r"^drained-2", t.text(), re.M), "cat does not end")
    took = re.search(r"real\s+(\d+)m([\d.]+)s", t.text())
    out["cat of 50 MB s"] = int(took[1]) * 60 + float(took[2])
    out["longest stall under that flood ms"] = stalls.result["longest_net"]
    w.app.kill()


def many(desk, program, out, rows):
    """The table at ROWS sandboxes, which were made and stopped."""
    home = desk.home()
    w = Workbench(desk, program, home, accessible=False)
    w.app.quit()
    fill(desk, program, home, rows)
    w = Workbench(desk, program, home, accessible=False)
    a = w.app
    a.keys("ctrl+2")
    a.settle(5)
    x, y, width, height = a.frame()
    middle = x + 300, y + height // 2
    worst = 0
    for step in (lambda: a.wheel(*middle, 20), lambda: a.keys("End", "Home", *["Next"] * 10),
                 lambda: (a.keys("ctrl+f"), a.type("zq", delay=60), a.keys("ctrl+a", "BackSpace"))):
        with a.stalls(4) as stalls:
            step()
            time.sleep(0.5)
        worst = max(worst, stalls.result["longest_net"])
    out[f"longest stall at {rows} sandboxes ms"] = worst
    out[f"RSS at {rows} sandboxes MiB"] = a.memory()["rss"]
    a.quit()


def fill(desk, program, home, rows):
    """By what every client can do: the command line beside the program, ten at a time."""
    quarry = os.path.join(os.path.dirname(program), "quarry")
    env = {**desk.env, "HOME": home, "XDG_DATA_HOME": home + "/.local/share", "XDG_CONFIG_HOME": home + "/.config"}
    server = subprocess.Popen([quarry, "serve", "--json", "--listen", "127.0.0.1:0"], env=env, stdout=subprocess.PIPE)
    server.stdout.readline()

    def one(number):
        name = f"row-{number}"
        for words in (["start", "--image", "host", "--memory", "64m", "--name", name], ["stop", name]):
            subprocess.run([quarry, "sandbox", *words], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                           check=True)
    try:
        with ThreadPoolExecutor(10) as pool:
            list(pool.map(one, range(rows)))
    finally:
        server.terminate()
        server.wait(60)


def main():
    program, rows = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    out = {}
    with Desk() as desk:
        started(desk, program, out)
        terminal(desk, program, out)
        many(desk, program, out, rows)
    print(json.dumps(out))


if __name__ == "__main__":
    main()
