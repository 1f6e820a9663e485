#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""run.py QUARRY TOPIC VENV: the tests of test_TOPIC.py with the SDK of VENV, against a server of their own."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from pipvenv import Missing, end_without, environment
from quarryserver import Server

HERE = pathlib.Path(__file__).parent
GEM = HERE.parents[2] / "build/venv/gem"
TOPIC_SECONDS = 540


def package_gem():
    """The folder with the package gem, where it can be installed."""
    try:
        environment(GEM, HERE.parents[1] / "bench/gem-requirements.txt", alone=("gem-llm==0.1.0",))
    except Missing as missing:
        if os.environ.get("TEST_PARTS") == "required":
            end_without(missing)
        return None
    return str(GEM)


def server_of(program, config, gem):
    json.dump({"quarry": {"gem": {"python": gem or ""}}}, config)
    config.flush()
    return Server(program, arguments=("--config", config.name))


def main():
    program, topic, folder = sys.argv[1:]
    try:
        python = environment(folder, HERE / "requirements.txt")
    except Missing as missing:
        end_without(missing)
    gem = package_gem() if topic == "gem" else None
    with tempfile.NamedTemporaryFile("w", suffix=".json") as config, server_of(program, config, gem) as server:
        settings = {**os.environ, "GEM_PYTHON": gem or "", "ROCK_BASE_URL": server.url, "ROCK_LOGGING_LEVEL": "ERROR", "PYTHONWARNINGS": "ignore"}
        done = subprocess.run([python, "-m", "unittest", "-v", f"test_{topic}"], cwd=HERE, env=settings,
                              timeout=TOPIC_SECONDS, check=False)
    sys.exit(1 if done.returncode else 0)


if __name__ == "__main__":
    main()
