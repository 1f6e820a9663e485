# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A `quarry serve` of a test's own, its HTTP client, and what of it is left in the machine."""
import atexit
import http.client
import json
import os
import pathlib
import signal
import subprocess
import tempfile
import threading
import uuid

ROCK = "/apis/envs/sandbox/v1"
START_SECONDS = 60


def clean_environment(folder, **more):
    """This process's environment without Quarry's own variables, FOLDER in place of the user's folders."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QUARRY_")}
    return {**kept, "XDG_CONFIG_HOME": folder, "XDG_DATA_HOME": folder, "XDG_RUNTIME_DIR": folder, **more}


class Server:
    """On a free port with folders of its own. Ended by end() or kill(), or as a context."""

    def __init__(self, quarry, data=None, user=None, arguments=()):
        self.folder = tempfile.TemporaryDirectory(prefix="quarry-test-", ignore_cleanup_errors=True)
        self.data = data or self.folder.name + "/data"
        # Travels in the environment: a process of this server is known by it wherever it has gone.
        self.mark = "mark" + uuid.uuid4().hex
        environment = clean_environment(self.folder.name, TEST_MARK=self.mark)
        identity = {}
        if user is not None:
            os.chown(self.folder.name, user, user)
            identity = {"user": user, "group": user, "extra_groups": []}
        self.process = subprocess.Popen(
            [quarry, "serve", "--json", "--listen", "127.0.0.1:0", "--data", self.data, *arguments],
            stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, env=environment, cwd="/", **identity)
        atexit.register(self.process.kill)  # a test that failed leaves none, and so ends
        self.pid = self.process.pid
        self.events = []
        late = threading.Timer(START_SECONDS, self.process.kill)
        late.start()
        try:
            self._listening()
        finally:
            late.cancel()

    def _listening(self):
        for line in self.process.stdout:
            self.events.append(json.loads(line))
            if self.events[-1]["event"] == "listening":
                self.url = self.events[-1]["addresses"][0]
                self.socket = self.events[-1]["socket"]
                self.port = int(self.url.rsplit(":", 1)[1])
                return
        raise SystemExit(f"the server did not come up: {self.events}")

    def call(self, method, path, body=None, headers=None, timeout=60):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, None if body is None else json.dumps(body),
                               {"Content-Type": "application/json", **(headers or {})})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def rock(self, route, body=None, timeout=60):
        status, data = self.call("GET" if body is None else "POST", ROCK + route, body, timeout=timeout)
        out = json.loads(data)
        assert status == 200 and out["status"] == "Success", (route, status, out)
        return out["result"]

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        self.end()

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(60)
        assert code == 0, f"the server ended with {code}"

    def kill(self):
        self.process.kill()
        self.process.wait()


def processes_with(mark):
    """Pids whose environment or command line holds MARK."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
            text = (entry / "environ").read_bytes() + (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if state not in "ZX" and mark.encode() in text:
            found.append(int(entry.name))
    return found


def descendants(pid):
    """{(pid, start time)} of everything below PID."""
    parents = {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                rest = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents.setdefault(int(rest[1]), []).append((int(entry.name), rest[19]))
    found, todo = set(), [pid]
    while todo:
        for child in parents.get(todo.pop(), []):
            found.add(child)
            todo.append(child[0])
    return found


def still_alive(pairs):
    alive = []
    for pid, start in pairs:
        try:
            rest = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if rest[19] == start and rest[0] not in "ZX":
            alive.append(pid)
    return alive


def cgroups():
    return {folder for folder, _, _ in os.walk("/sys/fs/cgroup")}


def mounts_naming(path):
    """Mount points with PATH in any mount namespace."""
    seen, found = set(), []
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            space = os.readlink(entry / "ns/mnt")
            if space in seen:
                continue
            seen.add(space)
            found += [line for line in (entry / "mountinfo").read_text().splitlines() if path in line]
        except OSError:
            continue
    return found
