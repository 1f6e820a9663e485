# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Steps over HTTP on one kept connection: one at a time beside an answer of nothing, and batches beside single ones.

The client writes prepared requests and does not read the answers' JSON, so what is measured is the server."""
import json
import socket
import statistics
import tempfile

from figures import Caller, in_turn, milliseconds
from quarryserver import Server

GEM = "/apis/v1/envs/gem"
MANY = 256
ROUNDS = 400
# Legal for ever: the player walks to and fro.
KIND, MOVES = "game:Sokoban-v0-easy", ("up", "down", "left", "right")


class Wire:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def request(self, path, body=None):
        data = b"" if body is None else json.dumps(body).encode()
        method = "GET" if body is None else "POST"
        return f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data

    def ask(self, request):
        self.socket.sendall(request)
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self.socket.recv(1 << 20)
        head, _, rest = answer.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head
        parts, missing = [rest], int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0]) - len(rest)
        while missing > 0:
            parts.append(self.socket.recv(1 << 20))
            missing -= len(parts[-1])
        return b"".join(parts)


def run(bench):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as config:
        json.dump({"quarry": {"gem": {"record": "actions"}}}, config)
        config.flush()
        with Server(bench.program, arguments=("--config", config.name)) as server:
            measure(bench, server)


def measure(bench, server):
    caller, wire = Caller(server.port), Wire(server.port)
    envs = [caller.post(GEM + "/make", env_id=KIND, parameters={"max_turns": 10000})["sandbox_id"] for _ in range(MANY)]
    caller.post("/api/quarry/v1/gem/reset_batch", items=[{"sandbox_id": env, "seed": 1} for env in envs])
    single = [wire.request(GEM + "/step", {"sandbox_id": envs[0], "action": "\\boxed{%s}" % move}) for move in MOVES]
    batch = [wire.request("/api/quarry/v1/gem/step_batch",
                          {"items": [{"sandbox_id": env, "action": "\\boxed{%s}" % move} for env in envs]}) for move in MOVES]
    nothing = wire.request("/health")
    turn = iter(range(10**9))
    own, limit = in_turn(4 * ROUNDS, lambda: wire.ask(single[next(turn) % 4]), lambda: wire.ask(nothing))
    bench.times("gem step over HTTP", own, limit, "GET /health, the same server")
    taken = [milliseconds(wire.ask, batch[turn % 4]) for turn in range(ROUNDS)]
    assert b"detail" not in wire.ask(batch[0])
    bench.figure(f"gem steps in batches of {MANY}", MANY / statistics.median(taken), 1 / statistics.median(own),
                 "one at a time (more is better)", "k/s")
