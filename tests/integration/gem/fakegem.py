# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A virtual environment whose package `gem` does what an action says."""
import pathlib
import subprocess
import sys

REGISTRATION = '''
import json, os, subprocess, sys, time
class Env:
    def __init__(self, wait=0, fail=""):
        time.sleep(wait)
        if fail:
            raise RuntimeError(fail)
        self.turn = 0
    def reset(self, seed=None):
        self.turn = 0
        return "seed %s" % seed, {"suffix": "at the start", "turn": 0, "odd": {1, 1}}
    def step(self, action):
        self.turn += 1
        do = json.loads(action)
        if "sleep" in do: time.sleep(do["sleep"])
        if "raise" in do: raise ValueError(do["raise"])
        if "exit" in do: os._exit(do["exit"])
        if "kill" in do: os.kill(os.getpid(), do["kill"])
        if "child" in do: subprocess.Popen(["sleep", "1000"], start_new_session=True, env={**os.environ, "BY": sys.executable})
        if "print" in do: print(do["print"])
        text = do.get("say", "turn %d" % self.turn) * do.get("times", 1)
        return text, do.get("reward", 0.5), do.get("end", False), False, {"suffix": "next?", "turn": self.turn}
ENV_REGISTRY = {"rg:fake": Env, "fake:one": Env}
'''
PACKAGE = '''
from gem.envs.registration import *
__version__ = "7.5"
def make(id, **parameters): return ENV_REGISTRY[id](**parameters)
'''


def install(folder):
    """The environment at FOLDER."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True, timeout=120)
    package = next(pathlib.Path(folder, "lib").glob("python*")) / "site-packages/gem"
    (package / "envs").mkdir(parents=True)
    (package / "__init__.py").write_text(PACKAGE)
    (package / "envs/__init__.py").write_text("")
    (package / "envs/registration.py").write_text(REGISTRATION)
