# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""package.py PROGRAM REQUIREMENTS VENV: runs the test PROGRAM with the real package gem in VENV."""
import os
import subprocess
import sys

from pipvenv import Missing, end_without, environment

SECONDS = 540


def main():
    program, requirements, folder = sys.argv[1:]
    try:
        environment(folder, requirements, alone=("gem-llm==0.1.0",))
    except Missing as missing:
        end_without(missing)
    done = subprocess.run([program], env={**os.environ, "GEM_VENV": folder}, timeout=SECONDS, check=False)
    sys.exit(1 if done.returncode else 0)


if __name__ == "__main__":
    main()
