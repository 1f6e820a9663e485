# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the benchmarks share: the server, its peers, and one line for each figure."""
import contextlib
import http.client
import json
import pathlib
import socket
import statistics
import subprocess
import tempfile
import time

from quarryserver import ROCK, Server

PEER_SECONDS = 60


def milliseconds(function, *arguments):
    began = time.perf_counter()
    function(*arguments)
    return (time.perf_counter() - began) * 1000


def in_turn(count, *functions):
    """The times of COUNT calls of each function, called one after the other in every round."""
    taken = [[] for _ in functions]
    for _ in range(count):
        for times, function in zip(taken, functions):
            times.append(milliseconds(function))
    return taken


def percentile(times, part):
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Caller:
    """JSON calls over one kept connection. PREFIX before every route; ROCK's envelope is taken off."""

    def __init__(self, port, prefix=""):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
        self.prefix = prefix

    def raw(self, method, route, body, kind="application/json"):
        self.connection.request(method, self.prefix + route, body, {"Content-Type": kind})
        answer = self.connection.getresponse()
        data = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{route}: {answer.status} {data[:300]}")
        return data

    def post(self, route, **fields):
        out = json.loads(self.raw("POST", route, json.dumps(fields).encode()))
        if self.prefix and out["status"] != "Success":
            raise RuntimeError(f"{route}: {out}")
        return out["result"] if self.prefix else out

    def upload(self, sandbox, target, content):
        mark = "quarry-bench-boundary"
        head = "".join(f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
                       for name, value in (("sandbox_id", sandbox), ("target_path", target)))
        head += (f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n'
                 "Content-Type: application/octet-stream\r\n\r\n")
        self.raw("POST", "/upload", head.encode() + content + f"\r\n--{mark}--\r\n".encode(),
                 f"multipart/form-data; boundary={mark}")


class Bench:
    """Starts the server, and the peers when first asked for; ends them all."""

    def __init__(self, program, python):
        self.program = program
        self.python = python
        self.server = None
        self._ends = contextlib.ExitStack()
        self._rocklet = None

    def __enter__(self):
        self.server = self._ends.enter_context(Server(self.program))
        print(f"{'':44} {'quarry':>12} {'peer':>12} {'ratio':>7}  peer", flush=True)
        return self

    def __exit__(self, *what):
        self._ends.close()

    def caller(self):
        return Caller(self.server.port, ROCK)

    def start(self, memory="512m"):
        return self.caller().post("/start", image="host", memory=memory, cpus=1)["sandbox_id"]

    def remove(self, sandbox):
        caller = self.caller()
        caller.post("/stop", sandbox_id=sandbox)
        caller.post("/delete", sandbox_id=sandbox)

    @contextlib.contextmanager
    def sandbox(self):
        name = self.start()
        try:
            yield name
        finally:
            self.remove(name)

    def rocklet(self):
        """A caller of ROCK's own in-sandbox server, which isolates nothing; None where it cannot be installed."""
        if self.python is None:
            return None
        if self._rocklet is None:
            port, folder = free_port(), self._ends.enter_context(tempfile.TemporaryDirectory())
            process = subprocess.Popen(
                [pathlib.Path(self.python).parent / "rocklet", "--host", "127.0.0.1", "--port", str(port)], cwd=folder,
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            self._ends.callback(process.wait)
            self._ends.callback(process.kill)
            deadline = time.monotonic() + PEER_SECONDS
            while True:
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError("rocklet does not start")
                time.sleep(0.05)
            self._rocklet = port, process.pid
        return Caller(self._rocklet[0])

    def rocklet_pid(self):
        return self._rocklet[1]

    def times(self, name, own, peer, peer_name, unit="ms"):
        """One line of p50 and one of p95 of two lists of times."""
        self.figure(f"{name} p50", statistics.median(own), statistics.median(peer) if peer else None, peer_name, unit)
        self.figure(f"{name} p95", percentile(own, 0.95), percentile(peer, 0.95) if peer else None, peer_name, unit)

    def figure(self, name, own, peer, peer_name, unit):
        beside = f"{peer:9.2f} {unit:>5}" if peer else f"{'-':>15}"
        ratio = f"{own / peer:7.2f}" if peer else f"{'':7}"
        print(f"{name:40} {own:9.2f} {unit:>5} {beside} {ratio}  {peer_name}", flush=True)
