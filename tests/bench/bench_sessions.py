# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bash sessions: create, a short command, much output."""
import itertools

from figures import in_turn

LARGE = "head -c 5000000 /dev/zero | tr '\\0' x | fold -w 99"


def sides(bench, sandbox):
    yield bench.caller(), {"sandbox_id": sandbox}
    if peer := bench.rocklet():
        yield peer, {"sandbox_id": "bench"}


def run(bench):
    with bench.sandbox() as sandbox:
        creates, echoes, larges = [], [], []
        for caller, fields in sides(bench, sandbox):
            names = (f"bench{number}" for number in itertools.count())

            def create(caller=caller, fields=fields, names=names):
                caller.post("/create_session", session=next(names), session_type="bash", startup_source=[], **fields)

            def command(text, caller=caller, fields=fields):
                caller.post("/run_in_session", session="bench0", action_type="bash", command=text, check="silent",
                            timeout=120, **fields)

            creates.append(create)
            echoes.append(lambda command=command: command("echo hi"))
            larges.append(lambda command=command: command(LARGE))
        for name, functions, count in (("session create", creates, 15), ("session echo", echoes, 40),
                                       ("session 5 MB of output", larges, 2)):
            own, *peer = in_turn(count, *functions)
            bench.times(name, own, peer[0] if peer else None, "rocklet")
