# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A `quarry serve` of a test's own: free port, own data folder, stopped and looked after at the end."""
import json
import os
import pathlib
import selectors
import shutil
import subprocess
import tempfile
import time

START_SECONDS = 30
STOP_SECONDS = 30


class ServerError(Exception):
    """The server did not start, or did not end as it should."""


def clean_environment(home):
    """This process's environment without Quarry's variables, with HOME's folders for what is kept or looked up."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("QUARRY_")}
    runtime = pathlib.Path(home) / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    return {**kept, "XDG_CONFIG_HOME": f"{home}/config", "XDG_DATA_HOME": f"{home}/share",
            "XDG_RUNTIME_DIR": str(runtime)}


class Server:
    """with Server(PROGRAM) as server: server.url …"""

    def __init__(self, program, *arguments, on_exit="delete"):
        self.home = tempfile.mkdtemp(prefix="quarry-test-")
        self.data = f"{self.home}/data"
        self._log = open(f"{self.home}/stderr", "w+b")
        self.process = subprocess.Popen(
            [program, "serve", "--json", "--listen", "127.0.0.1:0", "--data", self.data, *arguments],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self._log,
            env={**clean_environment(self.home), "QUARRY_SANDBOX_ON_EXIT": on_exit})
        try:
            self.event = self._listening()
        except BaseException:
            self.process.kill()
            self.process.wait()
            self._remove()
            raise
        self.url = self.event["addresses"][0]
        self.pid = self.process.pid

    def log(self):
        """What the server has said on its standard error."""
        self._log.flush()
        return pathlib.Path(self._log.name).read_text(errors="replace")

    def _listening(self):
        deadline = time.monotonic() + START_SECONDS
        text = b""
        with selectors.DefaultSelector() as ready:
            ready.register(self.process.stdout, selectors.EVENT_READ)
            while (left := deadline - time.monotonic()) > 0:
                if not ready.select(left):
                    break
                piece = os.read(self.process.stdout.fileno(), 65536)
                if not piece:
                    raise ServerError(f"ended with {self.process.wait()} before it listened: {self.log()[-2000:]}")
                text += piece
                for line in text.split(b"\n")[:-1]:
                    event = json.loads(line)
                    if event.get("event") == "listening":
                        return event
        raise ServerError(f"does not listen after {START_SECONDS} s: {self.log()[-2000:]}")

    def stop(self):
        """SIGTERM; raises when it does not end with 0 in time."""
        try:
            self.process.terminate()
            try:
                code = self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired as late:
                self.process.kill()
                self.process.wait()
                raise ServerError(f"does not end within {STOP_SECONDS} s of SIGTERM: {self.log()[-2000:]}") from late
            if code != 0:
                raise ServerError(f"ended with {code} after SIGTERM: {self.log()[-2000:]}")
        finally:
            self._remove()

    def _remove(self):
        self.process.stdout.close()
        self._log.close()
        shutil.rmtree(self.home, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        self.stop()
