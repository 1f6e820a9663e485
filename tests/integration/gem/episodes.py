#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""episodes.py QUARRY: what was acknowledged is on disk after kill -9, and episodes verify, travel and fork."""
import json
import pathlib
import subprocess
import sys
import tempfile
import threading

from gemclient import OWN, Gem
from quarryserver import Server

RUNNING = 100


def play_until(gem, envs, acknowledged, enough):
    while True:
        for env in envs:
            try:
                answer = gem.post("/step", sandbox_id=env, action="random_action")
            except (OSError, json.JSONDecodeError, AssertionError):
                return
            acknowledged[env].append(answer["reward"])
            if answer["terminated"] or sum(map(len, acknowledged.values())) > 4 * RUNNING:
                enough.set()
            if answer["terminated"]:
                return


def survives_kill(program, data):
    server = Server(program, data=data)
    gem = Gem(server)
    envs = [gem.make("game:Game2048-v0-hard") for _ in range(RUNNING)]
    for number, env in enumerate(envs):
        gem.post("/reset", sandbox_id=env, seed=number)
    acknowledged = {env: [] for env in envs}
    enough = threading.Event()
    threads = [threading.Thread(target=play_until, args=(gem, envs[i::4], acknowledged, enough)) for i in range(4)]
    for thread in threads:
        thread.start()
    assert enough.wait(120)
    server.kill()
    for thread in threads:
        thread.join()
    return acknowledged


def main():
    program = sys.argv[1]
    with tempfile.TemporaryDirectory(prefix="quarry-test-") as data:
        acknowledged = survives_kill(program, data)
        with Server(program, data=data) as server:
            gem = Gem(server)
            listed = gem.own("GET", "/episodes?page_size=2000")
            assert listed["total"] == RUNNING, listed["total"]
            for info in listed["items"]:
                rewards = acknowledged[info["sandbox_id"]]
                # The last answer may have been on its way.
                assert len(rewards) <= info["steps"] <= len(rewards) + 1 and not info["live"], info
                items = gem.own("GET", f"/episodes/{info['id']}/steps?from=1&count=2000")["items"]
                assert [item["reward"] for item in items][:len(rewards)] == rewards, info
            info = max(listed["items"], key=lambda item: item["steps"])
            other = next(item for item in listed["items"] if item is not info)
            assert gem.own("POST", f"/episodes/{info['id']}/verify", {})["equal"]

            # Out, changed, and in again.
            status, lines = server.call("GET", f"{OWN}/episodes/{info['id']}/export")
            assert status == 200 and lines.count(b"\n") == info["steps"] + 1
            file = pathlib.Path(data, "out.jsonl")
            file.write_bytes(lines)
            done = subprocess.run([program, "env", "verify", str(file)], capture_output=True, text=True, timeout=60)
            assert done.returncode == 0 and "all equal" in done.stdout, done
            changed = [json.loads(line) for line in lines.splitlines()]
            changed[2]["reward"] = 0.75
            file.write_text("".join(json.dumps(line) + "\n" for line in changed))
            done = subprocess.run([program, "env", "verify", str(file)], capture_output=True, text=True, timeout=60)
            assert done.returncode == 1 and "step 2 differs" in done.stdout, done
            imported = upload(server, file.read_bytes())
            found = gem.own("POST", f"/episodes/{imported['items'][0]['id']}/verify", {})
            assert found["equal"] is False and found["first_difference"] == 2, found
            for bad in (b"", b"{}", b"nonsense", lines[:-30], lines.splitlines(True)[1],
                        lines.replace(b'"step":2', b'"step":9', 1)):
                upload(server, bad, status=400)

            # A branch stands where it left, and goes on by itself.
            branch = gem.own("POST", f"/episodes/{info['id']}/fork", {"step": 3}, status=201)["sandbox_id"]
            third = gem.own("GET", f"/episodes/{info['id']}/steps?from=3&count=1")["items"][0]
            fourth = gem.own("GET", f"/episodes/{info['id']}/steps?from=4&count=1")["items"][0]
            again = gem.post("/step", sandbox_id=branch, action=fourth["action"])
            assert again["info"]["board"] == fourth["info"]["board"] and third["step"] == 3
            gem.own("POST", f"/episodes/{info['id']}/fork", {"step": 10**6}, status=400)
            gem.own("GET", "/episodes/none", status=404)

            # A file that was damaged is told, and harms no other.
            path = pathlib.Path(data, "episodes", info["sandbox_id"] + ".episodes")
            bytes_now = bytearray(path.read_bytes())
            bytes_now[len(bytes_now) // 2] ^= 0x5a
            path.write_bytes(bytes_now)
            status, answer = gem.ask("GET", f"{OWN}/episodes/{info['id']}/steps?from=0&count=2000")
            assert status == 200 and answer["damaged"] and len(answer["items"]) < info["steps"] + 1, (status, answer)
            assert gem.own("POST", f"/episodes/{other['id']}/verify", {})["equal"]
    print("passed")


def upload(server, body, status=201):
    import http.client
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("POST", OWN + "/episodes/import", body, {"Content-Type": "application/jsonl"})
    answer = connection.getresponse()
    data = json.loads(answer.read())
    connection.close()
    assert answer.status == status, (body[:80], answer.status, data)
    return data


main()
