# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of 50 MiB in and out."""
import random

from figures import milliseconds

MEBIBYTES = 50
TEXT = "".join(random.Random(1).choices("abcdefghij klmnop\n", k=1 << 20)) * MEBIBYTES
BYTES = random.Random(2).randbytes(1 << 20) * MEBIBYTES
ROUNDS = 3


def measure(caller, sandbox, path):
    """{what: the best of ROUNDS, in MiB/s}"""
    calls = {
        "write_file": lambda: caller.post("/write_file", path=path, content=TEXT, sandbox_id=sandbox),
        "read_file": lambda: caller.post("/read_file", path=path, sandbox_id=sandbox),
        "upload": lambda: caller.upload(sandbox, path + ".up", BYTES),
    }
    out = {name: MEBIBYTES * 1000 / min(milliseconds(call) for _ in range(ROUNDS)) for name, call in calls.items()}
    caller.post("/execute", command=["rm", path, path + ".up"], sandbox_id=sandbox)
    return out


def run(bench):
    with bench.sandbox() as sandbox:
        own = measure(bench.caller(), sandbox, "/tmp/quarry-bench-file")
    rocklet = bench.rocklet()
    peer = measure(rocklet, "bench", "/tmp/quarry-bench-file") if rocklet else {}
    for name, rate in own.items():
        bench.figure(f"{name} {MEBIBYTES} MiB", rate, peer.get(name), "rocklet (more is better)", "MiB/s")
