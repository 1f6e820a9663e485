#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""faults.py QUARRY: what the GEM API says to wrong calls, and that they harm nothing."""
import concurrent.futures
import sys

from gemclient import OWN, Gem
from quarryserver import Server


def main():
    with Server(sys.argv[1]) as server:
        gem = Gem(server)

        def refused(status, words, route, **body):
            got, answer = gem.ask("POST", "/apis/v1/envs/gem" + route, body)
            assert got == status and all(word in answer["detail"] for word in words), (route, body, got, answer)

        assert "game:Sokoban-v0-easy" in gem.post("/list")["env_id"]
        refused(404, ["game:Sokoban-v0-esy", "game:Sokoban-v0-easy"], "/make", env_id="game:Sokoban-v0-esy")
        refused(400, ["env_id"], "/make")
        refused(400, ["env_id"], "/make", env_id=7)
        refused(400, ["parameters"], "/make", env_id="game:Sokoban-v0-easy", parameters=[1])
        refused(400, ["boxes"], "/make", env_id="game:Sokoban-v0-easy", parameters={"boxes": 10**6})
        refused(400, ["colour"], "/make", env_id="game:Sokoban-v0-easy", parameters={"colour": 1})
        refused(404, ["gem-none"], "/reset", sandbox_id="gem-none")
        refused(404, ["gem-none"], "/step", sandbox_id="gem-none", action="x")
        refused(404, ["gem-none"], "/close", sandbox_id="gem-none")

        env = gem.make()
        refused(409, ["eset"], "/step", sandbox_id=env, action="\\boxed{1}")
        for seed in (-1, 2**32, 10**30, 1.5, "x", [], {}):
            refused(400, ["seed"], "/reset", sandbox_id=env, seed=seed)
        gem.post("/reset", sandbox_id=env, seed=2**32 - 1)
        gem.post("/reset", sandbox_id=env, seed=None)
        refused(400, ["action"], "/step", sandbox_id=env)
        refused(400, ["action"], "/step", sandbox_id=env, action=5)
        for action in ("", "no box", "\\boxed{", "\\boxed{\\boxed{", "x" * 10_000_000, "\\boxed{" * 1_000_000):
            gem.post("/reset", sandbox_id=env, seed=5)
            answer = gem.post("/step", sandbox_id=env, action=action)
            assert answer["reward"] == -0.1 and answer["terminated"], (action[:40], answer)
        refused(409, ["ended"], "/step", sandbox_id=env, action="\\boxed{1}")
        gem.post("/reset", sandbox_id=env, seed=5)
        answer = gem.post("/step", sandbox_id=env, action="\\boxed{\\boxed{٧}}")  # nested, and an Arabic seven
        assert answer["info"]["board"]["guesses"][0][0] == 7, answer
        gem.post("/close", sandbox_id=env)
        refused(404, [env], "/close", sandbox_id=env)
        status, answer = gem.ask("POST", "/apis/v1/envs/gem/make", [1])
        assert status == 400 and answer["detail"], (status, answer)

        # Two clients at one environment: every step counts once.
        env = gem.make("game:Sokoban-v0-hard")
        gem.post("/reset", sandbox_id=env, seed=3)
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            turns = [done.result()["info"]["board"]["turn"] for done in
                     [pool.submit(gem.post, "/step", sandbox_id=env, action="\\boxed{up}") for _ in range(40)]]
        assert sorted(turns) == list(range(1, 41)), turns
        # A step that comes during a reset waits for it.
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            reset = pool.submit(gem.post, "/reset", sandbox_id=env, seed=8)
            reset.result()
            assert gem.post("/step", sandbox_id=env, action="\\boxed{up}")["info"]["board"]["turn"] == 1

        # A batch: a faulty item harms no other.
        other = gem.make()
        items = gem.own("POST", "/gem/reset_batch", {"items": [
            {"sandbox_id": env, "seed": 1}, {"sandbox_id": other}, {"sandbox_id": "none"}, {"sandbox_id": other, "seed": -1},
            {}, 7]})["items"]
        assert ["detail" in item for item in items] == [False, False, True, True, True, True], items
        items = gem.own("POST", "/gem/step_batch", {"items": [
            {"sandbox_id": env, "action": "random_action"}, {"sandbox_id": "none", "action": "x"},
            {"sandbox_id": other, "action": "\\boxed{3}"}, {"sandbox_id": other}, {"sandbox_id": other, "action": 1}]})["items"]
        assert ["detail" in item for item in items] == [False, True, False, True, True], items
        assert items[2]["info"]["board"]["turn"] == 1
        for body in ({}, {"items": 5}, {"items": {"a": 1}}, [1]):
            gem.own("POST", "/gem/step_batch", body, status=400)
        assert gem.own("POST", "/gem/step_batch", {"items": []}) == {"items": []}
        status, _ = server.call("POST", OWN + "/gem/step_batch", None)
        assert status == 400, status
    print("passed")


main()
