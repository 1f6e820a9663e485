#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""completions.py QUARRY FOLDER: the completions in FOLDER know the commands and flags of --help, and no others."""
import pathlib
import re
import shutil
import subprocess
import sys

FLAG = re.compile(r"^  (?:-\w, )?(--[a-z-]+)", re.M)


def text_of(program, *words):
    return subprocess.run([program, *words, "--help"], capture_output=True, text=True, timeout=60, check=True).stdout


def commands_of(program):
    """{command: flags}, as --help tells."""
    listed = text_of(program).split("Commands:\n", 1)[1].split("\n\n", 1)[0]
    names = re.findall(r"^  ([a-z]+(?: [a-z]+)?)(?:  |$)", listed, re.M)
    assert len(names) > 10, f"--help lists too few commands: {names}"
    return {name: set(FLAG.findall(text_of(program, *name.split()).split("Flags:\n", 1)[1])) for name in names}


def bash_commands(folder, commands):
    """What the completion of bash offers, by running it."""
    script = f"source {folder}/quarry.bash; COMP_WORDS=(quarry $1 --); COMP_CWORD=$2; _quarry; echo ${{COMPREPLY[*]}}"
    offered = {}
    for name in commands:
        at = str(len(name.split()) + 1)
        out = subprocess.run(["bash", "-c", script, "bash", name, at], capture_output=True, text=True, timeout=60,
                             check=True)
        offered[name] = set(out.stdout.split())
    known = re.findall(r"^    '([a-z ]+)'\) echo", (folder / "quarry.bash").read_text(), re.M)
    return {**{name: set() for name in known}, **offered}


def zsh_commands(folder):
    text = (folder / "_quarry").read_text()
    blocks = re.findall(r"^    '([a-z ]+)'\)\n(.*?)^        ;;", text, re.M | re.S)
    return {name: set(re.findall(r"['{,](--[a-z-]+)[\[}]", block)) for name, block in blocks}


def fish_commands(folder):
    found = {}
    for name, flag in re.findall(r"'__quarry_is ([a-z ]+)'(?: -s \w)? -l ([a-z-]+)", (folder / "quarry.fish").read_text()):
        found.setdefault(name, set()).add("--" + flag)
    return found


def differences(shell, offered, wanted):
    for name in sorted(offered.keys() | wanted.keys()):
        extra, missing = offered.get(name, set()) - wanted.get(name, set()), wanted.get(name, set()) - offered.get(name, set())
        if name not in wanted:
            yield f"{shell}: there is no command {name}"
        elif extra or missing:
            yield f"{shell}: {name} has not {sorted(extra)}, and misses {sorted(missing)}"


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    wanted = commands_of(program)
    faults = [*differences("bash", bash_commands(folder, wanted), wanted),
              *differences("zsh", zsh_commands(folder), wanted), *differences("fish", fish_commands(folder), wanted)]
    for shell, name in (("bash", "quarry.bash"), ("zsh", "_quarry"), ("fish", "quarry.fish")):
        if shutil.which(shell) and subprocess.run([shell, "-n", folder / name], check=False).returncode:
            faults.append(f"{name} is not {shell}'s syntax")
    print("\n".join(faults) or "passed")
    sys.exit(1 if faults else 0)


main()
