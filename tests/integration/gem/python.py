#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""python.py QUARRY: Python environments over the API, each harming itself alone; their episodes; and that nothing
of them stays."""
import concurrent.futures
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import fakegem
from gemclient import OWN, Gem
from quarryserver import Server, processes_with

DEADLINE = 3  # seconds, of gem.timeout


def do(**what):
    return json.dumps(what)


class Bench:
    def __init__(self, program, folder):
        self.program, self.data = program, folder + "/data"
        self.config = folder + "/config.json"
        fakegem.install(folder + "/venv")
        self.write(python=folder + "/venv", timeout=DEADLINE)

    def write(self, **gem):
        pathlib.Path(self.config).write_text(json.dumps({"quarry": {"gem": gem}}))

    def server(self):
        return Server(self.program, data=self.data, arguments=("--config", self.config))


def refused(gem, status, words, route, **body):
    got, answer = gem.ask("POST", "/apis/v1/envs/gem" + route, body)
    assert got == status and all(word in answer["detail"] for word in words), (route, body, got, answer)


def plays(gem):
    assert {"rg:fake", "game:Sokoban-v0-easy"} <= set(gem.post("/list")["env_id"])
    kinds = {kind["env_id"]: kind["engine"] for kind in gem.own("GET", "/gem/kinds")["items"]}
    assert kinds["fake:one"] == "python" and kinds["game:Sokoban-v0-easy"] == "native", kinds
    refused(gem, 404, ["rg:fake"], "/make", env_id="rg:fak")
    refused(gem, 404, ["game:Sokoban-v0-easy"], "/make", env_id="game:Sokoban-v0-esy")
    refused(gem, 500, ["RuntimeError", "no such size"], "/make", env_id="rg:fake", parameters={"fail": "no such size"})
    env = gem.make("rg:fake")
    refused(gem, 409, ["eset"], "/step", sandbox_id=env, action=do())
    first = gem.post("/reset", sandbox_id=env, seed=4)
    assert first == {"observation": "seed 4", "info": {"suffix": "at the start", "turn": 0, "odd": "{1}"}}, first
    assert gem.post("/reset", sandbox_id=env)["observation"] == "seed None"
    answer = gem.post("/step", sandbox_id=env, action=do(print="noise", reward=0.1))
    assert answer == {"observation": "turn 1", "reward": 0.1, "terminated": False, "truncated": False,
                      "info": {"suffix": "next?", "turn": 1}}, answer
    answer = gem.post("/step", sandbox_id=env, action=do(say="ä\u2028\"\\ \x01", end=True))
    assert answer["observation"] == "ä\u2028\"\\ \x01" and answer["terminated"], answer
    refused(gem, 409, ["ended"], "/step", sandbox_id=env, action=do())
    gem.post("/close", sandbox_id=env)
    refused(gem, 404, [env], "/step", sandbox_id=env, action=do())
    return env


def fails_alone(gem):
    """An exception ends the episode; an exit, a crash and a hang end the environment; nobody else notices."""
    other = gem.make("rg:fake")
    gem.post("/reset", sandbox_id=other, seed=1)
    env = gem.make("rg:fake")
    gem.post("/reset", sandbox_id=env, seed=1)
    refused(gem, 500, ["ValueError", "oh"], "/step", sandbox_id=env, action=do(**{"raise": "oh"}))
    refused(gem, 409, ["oh"], "/step", sandbox_id=env, action=do())
    assert gem.post("/reset", sandbox_id=env, seed=2)["observation"] == "seed 2"
    for action, status, words in ((do(exit=3), 503, ["code 3"]), (do(kill=11), 503, ["signal 11"]),
                                  (do(sleep=1000), 503, [f"{DEADLINE} s"])):
        env = gem.make("rg:fake")
        gem.post("/reset", sandbox_id=env, seed=1)
        gem.post("/step", sandbox_id=env, action=do(child=1))
        refused(gem, status, words, "/step", sandbox_id=env, action=action)
        refused(gem, 409, words, "/step", sandbox_id=env, action=do())
        refused(gem, 409, words, "/reset", sandbox_id=env)
        episode = gem.own("GET", f"/episodes?sandbox_id={env}")["items"][0]
        assert words[0] in episode["reason"] and not episode["live"] and episode["steps"] == 1, episode
        gem.post("/close", sandbox_id=env)
        gem.post("/step", sandbox_id=other, action=do())


def batches(gem):
    """A slow environment delays no native one, and its own batch only."""
    slow, quick, native = gem.make("rg:fake"), gem.make("rg:fake"), gem.make()
    gem.own("POST", "/gem/reset_batch", {"items": [{"sandbox_id": env, "seed": 1} for env in (slow, quick, native)]})
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        begun = time.monotonic()
        batch = pool.submit(gem.own, "POST", "/gem/step_batch", {"items": [
            {"sandbox_id": slow, "action": do(sleep=1.5)}, {"sandbox_id": native, "action": "\\boxed{3}"},
            {"sandbox_id": quick, "action": do(**{"raise": "no"})}, {"sandbox_id": slow, "action": do()}]})
        time.sleep(0.3)
        assert gem.post("/step", sandbox_id=native, action="\\boxed{4}")["info"]["board"]["turn"] == 2
        assert time.monotonic() - begun < 1
        items = batch.result()["items"]
    assert 1.5 <= time.monotonic() - begun < DEADLINE
    assert items[0]["info"]["turn"] == 1 and items[1]["info"]["board"]["turn"] == 1 and items[3]["info"]["turn"] == 2, items
    assert "ValueError" in items[2]["detail"], items[2]
    # Closing does not wait for what is under way.
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        step = pool.submit(gem.ask, "POST", "/apis/v1/envs/gem/step", {"sandbox_id": slow, "action": do(sleep=100)})
        time.sleep(0.3)
        begun = time.monotonic()
        gem.post("/close", sandbox_id=slow)
        assert step.result()[0] == 404 and time.monotonic() - begun < 2
    return slow


def carries_episodes(server, gem, program, env, folder):
    """Read page by page, out, in again; not run again."""
    info = next(one for one in gem.own("GET", f"/episodes?sandbox_id={env}")["items"] if one["steps"] == 2)
    assert info["engine"] == "python" and info["seed"] is None and info["terminated"] and info["reward"] == 0.6, info
    items = gem.own("GET", f"/episodes/{info['id']}/steps?from=0&count=10")["items"]
    assert items[0]["initial"]["info"]["odd"] == "{1}" and items[1]["observation"] == "turn 1", items
    assert items[2]["observation"] == "ä\u2028\"\\ \x01" and items[2]["took_ms"] > 0, items
    assert gem.own("GET", f"/episodes/{info['id']}/steps?from=2&count=1")["items"] == items[2:]
    for route, body in (("verify", {}), ("fork", {"step": 1})):
        answer = gem.own("POST", f"/episodes/{info['id']}/{route}", body, status=400)
        assert "Python" in answer["detail"], answer
    status, lines = server.call("GET", f"{OWN}/episodes/{info['id']}/export")
    assert status == 200 and [json.loads(line) for line in lines.splitlines()] == items
    imported = upload(server, lines)["items"][0]
    again = gem.own("GET", f"/episodes/{imported['id']}/steps?from=0&count=10")["items"]
    assert again[1:] == items[1:] and {**again[0], "id": ""} == {**items[0], "id": ""}, again
    upload(server, lines.replace(b'"observation":"turn 1",', b""), status=400)
    file = pathlib.Path(folder, "out.jsonl")
    file.write_bytes(lines)
    done = subprocess.run([program, "env", "verify", str(file)], capture_output=True, text=True, timeout=60)
    assert done.returncode != 0 and "Python" in done.stderr, done


def upload(server, body, status=201):
    import http.client
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("POST", OWN + "/episodes/import", body, {"Content-Type": "application/jsonl"})
    answer = connection.getresponse()
    data = json.loads(answer.read())
    connection.close()
    assert answer.status == status, (answer.status, data)
    return data


def gone(what):
    """Within a moment, no process has WHAT in its command line or environment."""
    for _ in range(100):
        left = processes_with(what)
        if not left:
            return
        time.sleep(0.1)
    raise AssertionError(f"left: {left}")


def survives_kill(bench, venv):
    """kill -9 in the middle of a step: no process, no folder, and the episode is told as interrupted."""
    server = bench.server()
    gem = Gem(server)
    env = gem.make("fake:one")
    gem.post("/reset", sandbox_id=env, seed=9)
    for _ in range(5):
        gem.post("/step", sandbox_id=env, action=do(child=1))
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        step = pool.submit(lambda: gem.ask("POST", "/apis/v1/envs/gem/step", {"sandbox_id": env, "action": do(sleep=60)}))
        time.sleep(0.3)
        server.kill()
        assert step.exception() is not None
    gone(venv)
    with bench.server() as server:
        gem = Gem(server)
        episode = gem.own("GET", f"/episodes?sandbox_id={env}")["items"][0]
        assert episode["steps"] == 5 and "interrupted" in episode["reason"] and not episode["live"], episode
        assert len(gem.own("GET", f"/episodes/{episode['id']}/steps?from=1&count=9")["items"]) == 5
        assert not list(pathlib.Path(bench.data, "gem-sandboxes").glob("*"))
        # It ends with environments that live, are made, and are at work.
        busy = gem.make("rg:fake")
        gem.post("/reset", sandbox_id=busy, seed=1)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            pool.submit(gem.ask, "POST", "/apis/v1/envs/gem/step", {"sandbox_id": busy, "action": do(sleep=60)})
            pool.submit(gem.ask, "POST", "/apis/v1/envs/gem/make", {"env_id": "rg:fake", "parameters": {"wait": 60}})
            time.sleep(1)
            begun = time.monotonic()
            server.end()
            assert time.monotonic() - begun < 10
        server.end = lambda: None
    gone(venv)
    assert not list(pathlib.Path(bench.data, "gem-sandboxes").glob("*"))


def follows_settings(bench, venv):
    bench.write(python=venv, engine="native")
    with bench.server() as server:
        assert "rg:fake" not in Gem(server).post("/list")["env_id"]
        refused(Gem(server), 400, ["Python"], "/make", env_id="rg:fake")
    bench.write(python=venv, engine="python", idle_timeout=1)
    with bench.server() as server:
        gem = Gem(server)
        refused(gem, 404, ["nearest"], "/make", env_id="game:Sokoban-v0-easy")
        gem.make("rg:fake")
        for _ in range(300):
            if gem.own("GET", "/gem/environments")["total"] == 0:
                break
            time.sleep(0.1)
        gone(venv + "/bin/python")
    bench.write(python=venv + "/none")
    with bench.server() as server:
        gem = Gem(server)
        assert "game:Sokoban-v0-easy" in gem.post("/list")["env_id"]
        refused(gem, 400, ["install --no-deps gem-llm"], "/make", env_id="rg:fake")
        gem.make("game:Sokoban-v0-easy")


def main():
    program = sys.argv[1]
    with tempfile.TemporaryDirectory(prefix="quarry-gem-", dir="/var/tmp") as folder:
        bench = Bench(program, folder)
        venv = folder + "/venv"
        with bench.server() as server:
            gem = Gem(server)
            env = plays(gem)
            fails_alone(gem)
            batches(gem)
            carries_episodes(server, gem, program, env, folder)
        gone(venv)
        survives_kill(bench, venv)
        follows_settings(bench, venv)
    print("passed")


main()
