# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""window_test.py PROGRAM: the workbench from end to end, on an X server of its own: a person's keys, a screen reader's ears."""
import os
import re
import signal
import subprocess
import sys
import unittest

from drive import BUTTONS, ENTRIES, descendants, layout, names, reach
from workbench import PAGES, SMALL, TABS, Desk, Workbench

PROGRAM = ""


class WindowTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.desk = Desk()
        self.addCleanup(self.desk.close)

    def start(self, home=None, **more):
        return Workbench(self.desk, PROGRAM, home, **more)

    def test_a_sandbox_and_a_shell_by_keyboard(self):
        w = self.start()
        w.create()
        shell = w.shell()
        w.enter(shell, "echo it-is-$((6 * 7))", r"^it-is-42")
        self.assertTrue(shell.has("focusable", "multi-line"))
        w.app.keys("ctrl+k", "Escape", gap=0.2)
        self.assertEqual(w.app.focused(), shell, "the palette gives the keyboard back")

    def test_every_control_is_named_and_lies_in_its_place(self):
        w = self.start()
        w.create()
        w.shell()
        self.assertEqual(w.app.resize(*SMALL), SMALL)
        faults = []
        for page in PAGES:
            w.go(page)
            for tab in TABS if page == "Sandboxes" else (None,):
                if tab:
                    w.tab(tab)
                w.app.settle(2)
                tree = w.app.tree()
                faults += [f"{page} {tab or ''}: {fault}" for fault in names(w.app, tree) + layout(w.app, tree)]
        self.assertEqual(faults, [])

    def test_every_control_of_a_form_is_reached(self):
        w = self.start()
        w.go("Overview")
        w.action("New sandbox")
        w.app.wait(ENTRIES | {"combo box"}, r"^Image")
        faults, _, _ = reach(w.app)
        self.assertEqual(faults, [])

    def test_a_death_is_explained(self):
        w = self.start()
        ident = w.create()
        w.shell()
        agent = list(descendants_named(w, "quarry-agent"))
        self.assertTrue(agent)
        for pid in agent:
            os.kill(pid, signal.SIGKILL)
        w.app.until(lambda: re.match(r"failed · .*killed by signal 9", w.state(ident)), lambda: f"the state says {w.state(ident)}")
        w.app.until(lambda: re.search(r"The sandbox was stopped: .*signal 9", w.words()), "the terminal does not say what ended it")

    def test_it_goes_on_without_a_window(self):
        w = self.start()
        ident = w.create()
        w.desk.run(w.desk.probe, "close", str(w.app.window()))
        w.app.wait(BUTTONS, r"^Keep running").act()
        w.app.until(lambda: not w.app.windows(), "the window stays")
        self.assertIn(ident, w.quarry("sandbox", "ls").stdout)
        second = subprocess.run([PROGRAM], env=w.app.env, cwd=w.home, capture_output=True, timeout=30)
        self.assertEqual((second.returncode, second.stderr), (0, b""))
        w.app.until(lambda: w.app.windows(), "the window does not come back")
        w.app.until(lambda: w.state(ident).startswith("running"), "the sandbox is gone")

    def test_what_a_kill_left_is_there_and_explained(self):
        w = self.start()
        ident = w.create()
        for number in (1, 2, 3):
            w.enter(w.shell(), f"touch /root/kept; echo shell-{number}-$((1 + 1))", rf"^shell-{number}-2")
        # What was printed half a second ago is on the disk.
        w.app.until(lambda: recorded(w, ident, "shell-3-2"), "the recording is not written")
        w.app.kill()
        w = self.start(w.home)
        w.go("Sandboxes")
        w.app.until(lambda: re.match(r"failed · .*ended without stopping", w.state(ident)), lambda: f"the state says {w.state(ident)}")
        w.tab("Terminals")
        tabs = w.app.until(lambda: (lambda found: found if len(found) == 3 else None)(w.app.all("page tab", r"recorded")),
                           "not three recordings")
        w.app.until(lambda: re.search(r"cut off with its sandbox", w.words()), "nothing says what ended the shell")
        for tab in tabs:
            tab.click()
            w.app.until(lambda: re.search(r"shell-\d-2", w.terminals()[0].text()), f"{tab} shows no output")
        w.app.wait(BUTTONS, r"^Start the sandbox again").act()
        w.app.until(lambda: w.state(ident).startswith("running"), lambda: f"the sandbox does not start again: {w.state(ident)}")
        w.enter(w.shell(), "ls /root", r"^kept")


def descendants_named(w, name):
    for pid in descendants(w.app.top_pid):
        try:
            if open(f"/proc/{pid}/comm").read().strip() == name:
                yield pid
        except OSError:
            pass


def recorded(w, ident, text):
    folder = f"{w.home}/.local/share/quarry/sandboxes/{ident}"
    return any(text in open(os.path.join(folder, f), errors="replace").read() for f in os.listdir(folder) if f.endswith(".cast"))


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main(verbosity=2, warnings="ignore")
