# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Python packages of the tests, in a virtual environment of the build folder."""
import fcntl
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys

PIP_SECONDS = 900


class Missing(Exception):
    """A part of the machine that the test needs is not there."""


def environment(folder, requirements, alone=()):
    """The python of the environment FOLDER, which holds what the file REQUIREMENTS names, and the packages ALONE
    without what they ask for.

    Made when absent or when the file has changed; several programs may ask at once."""
    folder, requirements = pathlib.Path(folder), pathlib.Path(requirements)
    wanted = hashlib.sha256(requirements.read_bytes() + "".join((sys.version, *alone)).encode()).hexdigest()
    stamp, python = folder / "complete", folder / "bin/python"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with open(f"{folder}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if stamp.exists() and stamp.read_text() == wanted:
            return python
        shutil.rmtree(folder, ignore_errors=True)
        install = [python, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
        for command in ([sys.executable, "-m", "venv", folder], [*install, "-r", requirements],
                        *([*install, "--no-deps", package] for package in alone)):
            try:
                done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                      stderr=subprocess.STDOUT, timeout=PIP_SECONDS, text=True, check=False)
            except subprocess.TimeoutExpired as late:
                raise Missing(f"{command[2]}: not done within {PIP_SECONDS} s") from late
            if done.returncode:
                raise Missing(f"cannot install {requirements.name}: {done.stdout.strip()[-800:]}")
        stamp.write_text(wanted)
    return python


def end_without(reason):
    """Ends this test: skipped (77), or failed where parts are required, as in CI."""
    required = os.environ.get("TEST_PARTS") == "required"
    print(f"{'a part is missing' if required else 'skipped'}: {reason}", flush=True)
    sys.exit(1 if required else 77)
