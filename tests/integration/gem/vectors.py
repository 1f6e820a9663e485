#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vectors.py QUARRY FOLDER: golden episodes of every file in FOLDER, over the API."""
import gzip
import json
import pathlib
import sys

from gemclient import Gem
from quarryserver import Server

EPISODES = 4  # of each file: all of them, at every step, are tested without HTTP


def differs(want, got):
    for name in ("reward", "terminated", "truncated"):
        if name in want and (abs(want[name] - got[name]) > 1e-9 or isinstance(want[name], bool) != isinstance(got[name], bool)):
            return f"{name}: {got[name]} in place of {want[name]}"
    if got["info"]["board"] != want["board"]:
        return f"board: {got['info']['board']} in place of {want['board']}"
    if set(got["info"]) != {"suffix", "board"} or not isinstance(got["observation"], str):
        return f"answer: {got}"
    return None


def main():
    program, folder = sys.argv[1:3]
    files = sorted(pathlib.Path(folder).glob("*.jsonl.gz"))
    assert files, folder
    with Server(program) as server:
        gem = Gem(server)
        for path in files:
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                episodes = [json.loads(line) for line in lines]
            env = gem.make(episodes[0]["env_id"])
            for episode in episodes[::max(1, len(episodes) // EPISODES)]:
                fault = differs(episode["initial"], gem.post("/reset", sandbox_id=env, seed=episode["seed"]))
                for number, step in enumerate(episode["steps"], 1):
                    fault = fault or differs(step, gem.post("/step", sandbox_id=env, action=step["action"]))
                    assert not fault, (path.name, episode["seed"], episode["policy"], number, fault)
            gem.post("/close", sandbox_id=env)
    print("passed")


main()
