# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The native environments beside the real GEM (the wheel on PyPI), in the same episodes, one thread each.

GEM writes its texts at every step, so its steps stand beside those with texts. Word games have words of their own
here, hence other episodes, and no peer."""
import json
import pathlib
import subprocess

from pipvenv import Missing, environment

HERE = pathlib.Path(__file__).parent
PEER = "gem-llm 0.1.0 (more is better)"
WITHOUT_PEER = ("Crosswords", "Hangman", "WordSearch", "Wordle")
KILO = 1000


def lines(*command, given=None):
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def peer_of(python, identity, episodes):
    """The real GEM's figures, or None where it cannot make that environment."""
    try:
        peer = lines(python, HERE / "gempeer.py", identity, given=episodes)[0]
    except subprocess.CalledProcessError as failed:
        print(f"{identity}: no peer: {(failed.stderr.strip().splitlines() or ['?'])[-1]}")
        return None
    if peer["other"]:
        print(f"{identity}: {peer['other']} of {peer['other'] + peer['same']} episodes paid otherwise in the peer")
    return peer


def compare(bench, program, python, identity):
    own = lines(program, "measure", identity)[0]
    name, peer = identity.removeprefix("game:"), None
    if python and not name.startswith(WITHOUT_PEER):
        episodes = subprocess.run([program, "episodes", identity], capture_output=True, text=True, check=True).stdout
        peer = peer_of(python, identity, episodes)
    bench.figure(f"{name} steps", own["steps_per_second"] / KILO, None, "without texts", "k/s")
    for what, key, theirs, unit, size in (
            ("steps with texts", "steps_with_text_per_second", "steps_with_text_per_second", "k/s", KILO),
            ("resets", "resets_per_second", "resets_per_second", "/s", 1),
            ("resets at once", "resets_at_once_per_second", "resets_per_second", "/s", 1)):
        bench.figure(f"{name} {what}", own[key] / size, peer and peer[theirs] / size, PEER, unit)


def run(bench):
    program = bench.program.parent.parent / "tests" / "quarry-gembench"
    python = None
    if bench.python:
        folder = pathlib.Path(bench.python).parent.parent.with_name("gem")
        try:
            python = environment(folder, HERE / "gem-requirements.txt", alone=("gem-llm==0.1.0",))
        except Missing as missing:
            print(f"without the real GEM: {missing}")
    for identity in subprocess.run([program, "list"], capture_output=True, text=True, check=True).stdout.split():
        compare(bench, program, python, identity)
