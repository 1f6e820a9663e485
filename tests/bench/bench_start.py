# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From nothing to a sandbox: its first command's output, the SDK's start(), and many at once."""
import json
import os
import subprocess
import threading
import time

from barebwrap import BareBwrap
from figures import in_turn, milliseconds

MANY = 64
SDK = """
import asyncio, json, logging, time
logging.disable(logging.CRITICAL)
from rock.sdk.sandbox.client import Sandbox
from rock.sdk.sandbox.config import SandboxConfig

async def main(url):
    times = []
    for _ in range(12):
        box = Sandbox(SandboxConfig(base_url=url, image="host", memory="512m", cpus=1))
        began = time.perf_counter()
        await box.start()
        times.append((time.perf_counter() - began) * 1000)
        await box.stop()
        await box.delete()
    print(json.dumps(times[2:]))

import sys
asyncio.run(main(sys.argv[1]))
"""


def first_output(bench):
    started = []

    def own():
        caller = bench.caller()
        started.append(caller.post("/start", image="host", memory="512m", cpus=1)["sandbox_id"])
        caller.post("/execute", sandbox_id=started[-1], command=["echo", "up"])

    with BareBwrap() as bare:
        mine, other = in_turn(20, own, bare.run)
    for sandbox in started:
        bench.remove(sandbox)
    bench.times("start to the first command's output", mine, other, "bwrap with the same overlay")


def sdk_start(bench):
    if bench.python is None:
        return
    out = subprocess.run([bench.python, "-c", SDK, bench.server.url], capture_output=True, text=True, check=True,
                         timeout=300, env={**os.environ, "ROCK_LOGGING_LEVEL": "ERROR"}).stdout
    bench.times("start() of rl-rock", json.loads(out), [3000.0], "its poll, when the first is too early")


def many(bench):
    names, lock = [], threading.Lock()

    def one():
        name = bench.start("64m")
        with lock:
            names.append(name)

    def all_at_once(target):
        threads = [threading.Thread(target=target) for _ in range(MANY)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    mine = milliseconds(all_at_once, one)
    alive = len(names)
    for name in names:
        bench.remove(name)
    if alive != MANY:
        raise RuntimeError(f"only {alive} of {MANY} sandboxes live")
    with BareBwrap() as bare:
        began = time.perf_counter()
        for _ in range(MANY):
            bare.run()
        other = (time.perf_counter() - began) * 1000
    bench.figure(f"{MANY} at once, all alive", mine, other, f"bwrap with the same overlay, {MANY} in a row", "ms")


def run(bench):
    first_output(bench)
    sdk_start(bench)
    many(bench)
