# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands: in a running sandbox, and in a throw-away one."""
import subprocess

from barebwrap import BareBwrap
from figures import in_turn
from quarryserver import clean_environment


def run(bench):
    with bench.sandbox() as sandbox:
        own = bench.caller()
        functions = [lambda: own.post("/execute", sandbox_id=sandbox, command=["true"])]
        if peer := bench.rocklet():
            functions.append(lambda: peer.post("/execute", sandbox_id="bench", command=["true"]))
        mine, *others = in_turn(200, *functions)
        bench.times("execute true", mine, others[0] if others else None, "rocklet, which isolates nothing")

    environment = clean_environment(bench.server.folder.name)
    command = [bench.program, "exec", "--data", bench.server.folder.name + "/exec", "--", "true"]
    with BareBwrap() as bare:
        mine, other = in_turn(20, lambda: subprocess.run(command, env=environment, check=True, cwd="/"), bare.run)
    bench.times("quarry exec -- true", mine, other, "bwrap with the same overlay")
