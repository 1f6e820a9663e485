#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""crowd.py QUARRY: 1,000 environments at once in batches; what each costs; and that idle ones are closed."""
import json
import sys
import tempfile

from gemclient import Gem
from quarryserver import Server

MANY = 1000
GAMES = ("Mastermind", "Minesweeper", "Game2048", "TowerofHanoi", "Wordle", "FifteenPuzzle", "GuessTheNumber", "Hangman")


def resident(pid):
    with open(f"/proc/{pid}/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * 4096


def main():
    with Server(sys.argv[1]) as server:
        gem = Gem(server)
        warm = gem.make()
        gem.play(warm, 2)
        before = resident(server.pid)
        envs = [gem.make(f"game:{GAMES[i % len(GAMES)]}-v0-hard") for i in range(MANY)]
        items = gem.own("POST", "/gem/reset_batch", {"items": [{"sandbox_id": env, "seed": i} for i, env in enumerate(envs)]})
        assert len(items["items"]) == MANY and not any("detail" in item for item in items["items"])
        for turn in range(1, 4):
            items = gem.own("POST", "/gem/step_batch",
                            {"items": [{"sandbox_id": env, "action": "random_action"} for env in envs]})["items"]
            assert all("ended" in item.get("detail", "") or item["info"]["board"]["turn"] == turn for item in items), items[:3]
        each = (resident(server.pid) - before) / MANY
        print(f"{each:.0f} bytes an environment, the allocator's slack included")
        assert gem.own("GET", "/gem/environments")["total"] == MANY + 1
        for env in envs:
            gem.post("/close", sandbox_id=env)
        assert gem.own("GET", "/episodes?page_size=1")["total"] == MANY + 1
    with tempfile.NamedTemporaryFile("w", suffix=".json") as config:
        json.dump({"quarry": {"gem": {"idle_timeout": 1}}}, config)
        config.flush()
        with Server(sys.argv[1], arguments=("--config", config.name)) as server:
            gem = Gem(server)
            gem.make()
            # Closed by the server's own clock: the list empties itself.
            for _ in range(200_000):
                if gem.own("GET", "/gem/environments")["total"] == 0:
                    break
            else:
                raise AssertionError("an idle environment stays open")
    print("passed")


main()
