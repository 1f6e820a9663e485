#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""run.py QUARRY VENV [NAME]: the benchmarks whose name holds NAME, each figure beside that of a named peer.

Both sides of a figure are measured in the same run, turn about where that is possible. Nothing is judged: the
machine may be busy, so read the ratios. VENV gets ROCK's own in-sandbox server from PyPI (the peer "rocklet")."""
import importlib
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "support"))

from figures import Bench  # noqa: E402
from pipvenv import Missing, environment  # noqa: E402


def main():
    program, folder = (pathlib.Path(argument).absolute() for argument in sys.argv[1:3])
    wanted = sys.argv[3:]
    names = sorted(path.stem for path in HERE.glob("bench_*.py"))
    chosen = [name for name in names if not wanted or wanted[0] in name]
    if not chosen:
        sys.exit(f"no benchmark '{wanted[0]}': " + ", ".join(name.removeprefix("bench_") for name in names))
    try:
        python = environment(folder, HERE / "requirements.txt")
    except Missing as missing:
        print(f"without the peers of PyPI: {missing}", file=sys.stderr)
        python = None
    with Bench(program, python) as bench:
        for name in chosen:
            importlib.import_module(name).run(bench)


if __name__ == "__main__":
    main()
