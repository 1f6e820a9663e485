#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""check.py ROOT: the rooms' arrows (rooms.json), licence headers, lengths of files, and where Qt may be.

Prints a line for every fault and exits 1 when there is one."""
import json
import pathlib
import re
import sys

LONGEST = 600
SOURCES = {".h", ".cpp"}
HEADED = SOURCES | {".py", ".cmake", ".sh"}
WITHOUT_QT = ("core/agent/wire/", "core/agent/inside/", "core/runtime/launcher/", "core/terminal/cells/",
              "core/terminal/parser/", "core/terminal/input/", "core/terminal/history/", "core/terminal/screen/",
              "core/terminal/emulator/", "core/gem/random/", "core/gem/environment/", "core/gem/words/",
              "core/gem/games/")
WINDOWS = re.compile(r"Qt(Gui|Widgets)|Q(Widget|Image|Pixmap|Painter|Color|Font|Icon|Window|Clipboard|(Gui)?Application$)")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def room_of(path, rooms):
    """The longest room that PATH lies in: a path below core/, or one that starts with widgets/."""
    return max((r for r in rooms if path == r or path.startswith(r + "/")), key=len, default=None)


def faults_of(name, text, rooms):
    lines = text.count("\n")
    if lines > LONGEST:
        yield f"{name}: {lines} lines, more than {LONGEST}"
    head = text[:400]
    if "SPDX-FileCopyrightText:" not in head or "SPDX-License-Identifier: GPL-3.0-or-later" not in head:
        yield f"{name}: no SPDX header"
    if pathlib.PurePath(name).suffix not in SOURCES:
        return
    if name.startswith("app/quarry/") and any(h.startswith("widgets/") for _, h in INCLUDE.findall(text)):
        yield f"{name}: the command line uses no widgets"
    if not name.startswith(("core/", "widgets/")):
        return
    room = room_of(name.removeprefix("core/"), rooms)
    if room is None:
        yield f"{name}: in no room of rooms.json"
        return
    for kind, header in INCLUDE.findall(text):
        if kind == "<" and re.match(r"Q[A-Z]|Qt", header):
            if name.startswith(WITHOUT_QT):
                yield f"{name}: includes <{header}>, but this part has no Qt"
            elif name.startswith("core/") and WINDOWS.match(header):
                yield f"{name}: includes <{header}>, but core has no windows"
        elif ".." in header.split("/"):
            yield f"{name}: includes by way of .. ({header}), which hides the room"
        else:
            target = room_of(header, rooms)
            if target and target != room and target not in rooms[room]:
                yield f"{name}: {room} may not use {target} ({header})"


def check(root):
    rooms = json.loads((pathlib.Path(__file__).parent / "rooms.json").read_text())
    for top in ("core", "app", "tests", "cmake", "widgets"):
        for path in sorted((root / top).rglob("*")):
            if path.is_file() and (path.suffix in HEADED or path.name == "CMakeLists.txt"):
                name = path.relative_to(root).as_posix()
                yield from faults_of(name, path.read_text(errors="replace"), rooms)


if __name__ == "__main__":
    found = list(check(pathlib.Path(sys.argv[1])))
    print("\n".join(found) or "no faults")
    sys.exit(1 if found else 0)
