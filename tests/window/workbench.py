# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The workbench in the words of its contract, driven by keys and read over AT-SPI."""
import json
import os
import re
import socket
import subprocess

from drive import BUTTONS, ENTRIES, TABLES, TB, Desk, Missing

PAGES = ("Overview", "Sandboxes", "GEM", "Server", "Settings")
TABS = ("Overview", "Terminals", "Files", "Processes", "Statistics", "Log", "History")
SMALL = (1000, 640)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Workbench:
    """A started program with a home of its own."""

    def __init__(self, desk, program, home=None, accessible=True, size=(1440, 900)):
        self.desk, self.program = desk, program
        self.home = home or desk.home()
        config = self.home + "/.config/quarry"
        if not os.path.exists(config):
            os.makedirs(config, mode=0o700)
            with open(config + "/config.json", "w") as f:
                json.dump({"server": {"listen": [f"127.0.0.1:{free_port()}"]}}, f)
        self.app = desk.start([program], self.home, accessible=accessible)
        self.app.resize(*size)

    def quarry(self, *arguments):
        """What the command line beside it says of the same engine."""
        program = os.path.join(os.path.dirname(self.program), "quarry")
        return subprocess.run([program, *arguments], env=self.app.env, capture_output=True, text=True, timeout=60)

    def go(self, page):
        self.app.front()
        self.app.keys(f"ctrl+{PAGES.index(page) + 1}")
        self.app.until(lambda: self.app.find(BUTTONS, rf"^{page}\b", where=lambda n: n.has("checked")),
                       f"Ctrl+{PAGES.index(page) + 1} does not show {page}")

    def action(self, name):
        """Runs it from the palette."""
        self.app.front()
        self.app.keys("ctrl+k")
        entry = self.app.until(lambda: (lambda f: f if f and f.role in ENTRIES else None)(self.app.focused()), "no palette")
        self.app.type(name)

        def chosen():
            lists = [n for n in self.app.all(TABLES | {"menu"}, inside=entry.parent) if n.box]
            texts = [k.name for n in lists for k in n.children() if k.has("selected")]
            return next((t for t in texts if t.lower().startswith(name.lower())), None)
        self.app.until(chosen, f"“{name}” is not the palette's best result")
        self.app.keys("Return")

    def table(self):
        return self.app.wait(TABLES, r"^Sandboxes\b", where=lambda n: TB in n.faces)

    def rows(self):
        """[(state, id)]"""
        table = self.table()
        heads = table.headers()
        return [tuple(r) for r in table.cells(50, [heads.index("State"), heads.index("Id")])]

    def state(self, ident):
        return next((state for state, found in self.rows() if found == ident), "")

    def create(self):
        """A sandbox with the keyboard alone; its id."""
        self.go("Sandboxes")
        before = {ident for _, ident in self.rows()} if self.app.find(TABLES, r"^Sandboxes\b") else set()
        self.action("New sandbox")
        self.app.wait(ENTRIES | {"combo box"}, r"^Image")
        self.app.keys("Return")

        def running():
            try:
                return next((i for s, i in self.rows() if i not in before and s.startswith("running")), None)
            except Missing:
                return None
        return self.app.until(running, "the new sandbox does not run")

    def tab(self, name):
        self.app.wait({"page tab", "radio button"}, rf"^{name}\b",
                      where=lambda n: n.box[0] > self.app.frame()[0] + 300).click()

    def terminals(self):
        return self.app.all("terminal")

    def shell(self):
        before = set(self.terminals())
        self.action("Open shell")

        def fresh():
            focused = self.app.focused()
            return focused if focused and focused.role == "terminal" and focused not in before else None
        terminal = self.app.until(fresh, "no new terminal has the keyboard")
        self.app.until(lambda: re.search(r"[#$]\s*$", terminal.text().rstrip("\n ")), "the shell shows no prompt")
        return terminal

    def enter(self, terminal, line, pattern):
        """Types a line and gives the screen once PATTERN is on it."""
        self.app.type(line + "\n")
        return self.app.until(lambda: (lambda t: t if re.search(pattern, t, re.M) else None)(terminal.text()),
                              lambda: f"/{pattern}/ does not come: {terminal.text()[-300:]!r}")

    def words(self):
        return " ".join(self.app.words())


__all__ = ["Desk", "Missing", "PAGES", "SMALL", "TABS", "Workbench"]
