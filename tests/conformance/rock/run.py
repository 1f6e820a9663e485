#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""run.py QUARRY TOPIC VENV: the tests of test_TOPIC.py with the SDK of VENV, against a server of their own."""
import os
import pathlib
import subprocess
import sys

from pipvenv import Missing, end_without, environment
from quarryserver import Server

HERE = pathlib.Path(__file__).parent
TOPIC_SECONDS = 540


def main():
    program, topic, folder = sys.argv[1:]
    try:
        python = environment(folder, HERE / "requirements.txt")
    except Missing as missing:
        end_without(missing)
    with Server(program) as server:
        settings = {**os.environ, "ROCK_BASE_URL": server.url, "ROCK_LOGGING_LEVEL": "ERROR", "PYTHONWARNINGS": "ignore"}
        done = subprocess.run([python, "-m", "unittest", "-v", f"test_{topic}"], cwd=HERE, env=settings,
                              timeout=TOPIC_SECONDS, check=False)
    sys.exit(1 if done.returncode else 0)


if __name__ == "__main__":
    main()
