# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A started program: what a screen reader hears, what a person does, what it costs."""
import json
import os
import re
import signal
import subprocess
import time

from gi.repository import GLib

from node import Node
from processes import ORPHANS, descendants, reap
from terms import A, C, ENTRIES, FRAMES, INSIDE, PATIENCE, ROLES, STATES, TABLES, Missing, X


class Stalls:
    """How long the event loop did not answer while the block ran: _NET_WM_PING every few ms, a process of its own."""

    def __init__(self, app, every, seconds):
        self.app, self.every, self.seconds, self.result = app, every, seconds, {}

    def __enter__(self):
        w = self.app.window()
        self.proc = subprocess.Popen([self.app.desk.probe, "ping", str(w), str(self.app.pid), str(self.every), str(self.seconds)], env=self.app.desk.env, stdout=subprocess.PIPE, preexec_fn=lambda: os.nice(-5) if os.geteuid() == 0 else None)
        time.sleep(0.05)
        self.began = time.monotonic()
        return self

    def __exit__(self, kind, *_):
        left = self.seconds - (time.monotonic() - self.began)
        try:
            out = self.proc.communicate(timeout=max(0, left) + 20)[0]
            self.result = json.loads(out)
        except (subprocess.TimeoutExpired, ValueError):
            self.proc.kill()
            self.proc.communicate()
            if kind is None:
                raise Missing("the window no longer answers pings")


class App:
    def __init__(self, desk, argv, home, env, accessible, seconds, must):
        self.desk, self.argv = desk, argv
        self.home = home or desk.home()
        self.env = {**desk.env, "HOME": self.home, "XDG_CONFIG_HOME": self.home + "/.config", "XDG_DATA_HOME": self.home + "/.local/share", "XDG_CACHE_HOME": self.home + "/.cache",
                    "XDG_STATE_HOME": self.home + "/.local/state", "TMPDIR": self.home + "/tmp", **({"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"} if accessible else {}), **(env or {})}
        for k in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "TMPDIR"):
            os.makedirs(self.env[k], mode=0o700, exist_ok=True)
        self.accessible, self.root, self.sender = accessible, None, None
        self.scale = float(self.env.get("QT_SCALE_FACTOR") or 1)
        self.log = os.path.join(self.home, "stderr.log")
        desk.alive()
        if desk.bus:
            desk.accessible(accessible)
        with open(self.log, "ab") as log:
            r = subprocess.run([desk.probe, "start", str(seconds), "--", *argv], env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, timeout=seconds + 20, cwd=self.home)
        self.started = json.loads(r.stdout or b"{}")
        self.pid = self.started.get("owner") or self.started.get("pid")
        self.top_pid = self.started.get("pid")
        if self.pid:
            ORPHANS[self.pid] = ORPHANS[self.top_pid] = None
        desk.apps.append(self)
        if must and ("exit" in self.started or not self.started.get("window")):
            self.kill()
            raise Missing(f"no window within {seconds} s" + (f"; the program ended with {self.started['exit']}" if "exit" in self.started else "") + ": " + self.errors()[-300:])
        if accessible and desk.bus and self.started.get("window"):
            self.attach()

    def attach(self):
        """Finds the program on the accessibility bus by its process id."""
        end = time.monotonic() + PATIENCE
        root = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
        while time.monotonic() < end:
            for ref in self.call(root, A, "GetChildren")[0]:
                try:
                    pid = self.desk.bus.call_sync("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "GetConnectionUnixProcessID", GLib.Variant("(s)", (ref[0],)), None, 0, 2000, None).unpack()[0]
                except GLib.Error:
                    continue
                if pid == self.pid:
                    self.sender, self.root = ref[0], tuple(ref)
                    return
            time.sleep(0.05)
        raise Missing("the program is not on the accessibility bus (no AT-SPI bridge)")

    # ---- calls -----------------------------------------------------------------------------------------------------------
    def call(self, ref, face, method, args=None, seconds=PATIENCE):
        try:
            return self.desk.bus.call_sync(ref[0], ref[1], face, method, args, None, 0, int(seconds * 1000), None).unpack()
        except GLib.Error as e:
            self.desk.alive()
            if "Timeout" in e.message or e.code == 24:
                raise Missing(f"the window did not answer {method} within {seconds} s: its event loop is stuck") from None
            if not self.running():
                raise Missing(f"the program is gone: {self.errors()[-200:]}") from None
            raise Missing(f"{method}: {e.message[:160]}") from None

    def prop(self, ref, face, name):
        return self.call(ref, "org.freedesktop.DBus.Properties", "Get", GLib.Variant("(ss)", (face, name)))[0]

    def many(self, calls, seconds=PATIENCE, window=400):
        """Results in order, None where a call failed; up to `window` calls are in flight together."""
        out, left, at = [None] * len(calls), [len(calls)], [0]
        context, end = GLib.MainContext.default(), time.monotonic() + seconds

        def done(bus, result, i):
            try:
                out[i] = bus.call_finish(result).unpack()
            except GLib.Error as e:
                if "Timeout" in e.message:
                    out[i] = None
            left[0] -= 1
            push()

        def push():
            while at[0] < len(calls) and at[0] - (len(calls) - left[0]) < window:
                i = at[0]
                at[0] += 1
                ref, face, method, args = calls[i]
                self.desk.bus.call(ref[0], ref[1], face, method, args, None, 0, int(seconds * 1000), None, done, i)
        push()
        while left[0] > 0:
            context.iteration(True)
            if time.monotonic() > end + 1:
                raise Missing(f"the window did not answer within {seconds} s: its event loop is stuck")
        return out

    def read(self, nodes, extents=True):
        """Fills role, states, name, box of the nodes."""
        P = "org.freedesktop.DBus.Properties"
        calls = []
        for n in nodes:
            calls += [(n.ref, A, "GetRole", None), (n.ref, A, "GetState", None), (n.ref, P, "Get", GLib.Variant("(ss)", (A, "Name"))), (n.ref, A, "GetInterfaces", None), (n.ref, P, "Get", GLib.Variant("(ss)", (A, "Description"))),
                      (n.ref, C, "GetExtents", GLib.Variant("(u)", (0,)))]
        res = self.many(calls)
        for i, n in enumerate(nodes):
            role, state, name, faces, about, box = res[i * 6:i * 6 + 6]
            if role is None:
                n.states, n.box = {"defunct"}, None
                continue
            n.role = ROLES[role[0]] if role[0] < len(ROLES) else f"role {role[0]}"
            bits = state[0][0] | (state[0][1] << 32) if state else 0
            n.states = {s for k, s in enumerate(STATES) if bits >> k & 1}
            n.name, n.about, n.faces = (name or ("",))[0], (about or ("",))[0], tuple((faces or ((),))[0])
            k = self.scale  # Qt 6.4 tells extents in its own pixels, the mouse moves in the screen's
            n.box = tuple(round(v * k) for v in box[0]) if box and box[0][2] > 0 and box[0][3] > 0 else None
        return nodes

    def tree(self, hidden=False, big=150):
        """The top node; what is not showing is left out, and so are the children of tables and lists with more than `big` of them."""
        if not self.root:
            raise Missing("not on the accessibility bus")
        top = Node(self, self.root)
        self.read([top])
        level, extra = [top], self.popups(top)
        while level:
            counts = self.many([(n.ref, "org.freedesktop.DBus.Properties", "Get", GLib.Variant("(ss)", (A, "ChildCount"))) for n in level])
            ask = [n for n, c in zip(level, counts) if c and 0 < c[0] and (c[0] <= big or n.role not in TABLES) and c[0] < 5000]
            kids = self.many([(n.ref, A, "GetChildren", None) for n in ask])
            fresh = []
            for n, k in zip(ask, kids):
                n.kids = [Node(self, r, n) for r in (k[0] if k else []) if not r[1].endswith("/null")]
                if n is top:
                    n.kids += [x for x in extra if x not in n.kids]
                fresh += n.kids
            self.read(fresh)
            level = []
            for n in ask:
                if not hidden:
                    n.kids = [k for k in n.kids if k.has("showing") and "defunct" not in k.states]
                level += n.kids
        # Qt on Linux gives a combo box its current text as name; what it is for stands in the relation to its label
        asked = [n for n in top.walk() if n.role in ("combo box", "spin button", "slider") or n.role in ENTRIES and not n.name]
        labels = [[r for kind, refs in (res[0] if res else ()) if kind == 2 for r in refs] for res in self.many([(n.ref, A, "GetRelationSet", None) for n in asked])]
        by = {n.ref: n for n in top.walk()}
        for n, refs in zip(asked, labels):
            n.label = " ".join(by[tuple(r)].name for r in refs if tuple(r) in by)
        return top

    def popups(self, top):
        """Windows of the kind Qt::Popup (palettes, menus) are not among the application's children; the focus that went into them leads there."""
        self.desk.pump()
        out, paths = [], []
        for _, sender, path, member, detail, on, _, _ in reversed(self.desk.events):
            if sender == self.sender and member == "StateChanged" and detail == "focused" and on == 1 and path not in paths:
                paths.append(path)
                if len(paths) == 4:
                    break
        for path in paths:
            ref = (self.sender, path)
            for _ in range(40):
                try:
                    up = tuple(self.prop(ref, A, "Parent"))
                except Missing:
                    if not self.running():
                        raise
                    break
                if up[1] == self.root[1]:
                    out.append(Node(self, ref, top))
                    break
                if up[1].endswith("/null"):
                    break
                ref = up
        return list(dict.fromkeys(out))

    # ---- looking ---------------------------------------------------------------------------------------------------------
    def all(self, role=None, name=None, inside=None, where=None, hidden=False, tree=None):
        """Showing nodes; role: a name or a set; name: a regular expression searched in the accessible name, any case."""
        roles = None if role is None else {role} if isinstance(role, str) else set(role)
        rx = re.compile(name, re.I) if isinstance(name, str) else name
        top = tree or self.tree(hidden)
        if inside is not None:
            top = next((n for n in top.walk() if n == inside), None)
            if top is None:
                return []
        return [n for n in top.walk() if n is not top and (roles is None or n.role in roles) and (rx is None or rx.search(n.name) or n.label and rx.search(n.label)) and (where is None or where(n))]

    def find(self, role=None, name=None, **more):
        found = self.all(role, name, **more)
        return found[0] if found else None

    def wait(self, role=None, name=None, **more):
        return self.until(lambda: self.find(role, name, **more), f"no {role if isinstance(role, str) else 'control' if role else 'element'} named like /{name}/")

    def until(self, ready, why="not so", every=0.05):
        """The first true result of ready(); Missing after the deadline, with the last complaint."""
        end, last = time.monotonic() + PATIENCE, ""
        while True:
            try:
                out = ready()
                if out:
                    return out
            except Missing as e:
                last = str(e)
                if not self.running():
                    raise
            if time.monotonic() > end:
                raise Missing(f"{why() if callable(why) else why} within {PATIENCE} s" + (f" ({last})" if last else ""))
            time.sleep(every)

    def gone(self, node):
        self.until(lambda: not node.refresh().has("showing"), f"{node} is still there")

    def words(self, tree=None):
        """Every visible text: names, and the text of entries and terminals."""
        return [t for n in (tree or self.tree()).walk() for t in {n.name, n.text() if X in n.faces and n.role not in ("label",) else ""} if t]

    def focused(self, walk=True):
        """The node with the keyboard focus, by its last event; else by a walk (page tabs say focused also when they are not)."""
        self.desk.pump()
        for t, sender, path, member, detail, on, _, _ in reversed(self.desk.events):
            if sender == self.sender and member == "StateChanged" and detail == "focused" and on == 1:
                n = Node(self, (sender, path))
                self.read([n])
                if n.has("focused", "showing"):
                    return n
                break
        if not walk:
            return None
        found = [n for n in self.tree(big=60).walk() if n.has("focused", "showing")]
        found.sort(key=lambda n: (n.role in INSIDE, n.role in FRAMES))
        return found[0] if found else None

    def outline(self, tree=None):
        out = []

        def go(n, depth):
            out.append("  " * depth + repr(n) + " [" + " ".join(sorted(n.states - {"enabled", "sensitive", "showing", "visible"})) + "]" + (f" — {n.about}" if n.about else ""))
            for k in n.kids:
                go(k, depth + 1)
        go(tree or self.tree(), 0)
        return "\n".join(out)

    # ---- doing -----------------------------------------------------------------------------------------------------------
    def windows(self):
        """[(id, title, box)] of managed windows of this program."""
        mine = {self.pid, self.top_pid, *descendants(self.top_pid)}
        return [(w, title, tuple(box)) for w, pid, title, box in self.desk.xprobe("windows") or [] if pid in mine]

    def window(self):
        all_ = self.windows()
        if not all_:
            raise Missing("the program has no window")
        first = self.started.get("window")
        return next((w for w, _, _ in all_ if w == first), all_[0][0])

    def frame(self):
        w = self.window()
        return next(box for i, _, box in self.windows() if i == w)

    def front(self):
        """Gives the window the keyboard."""
        try:
            self.desk.run("xdotool", "windowactivate", "--sync", str(self.window()), seconds=5)
        except subprocess.TimeoutExpired:
            pass  # already in front: xdotool then waits for a change that never comes

    def keys(self, *combos, gap=0.03):
        for c in combos:
            self.desk.run("xdotool", "key", "--clearmodifiers", c)
            time.sleep(gap)
        return self

    def type(self, text, delay=8):
        """Line ends become Return."""
        for i, part in enumerate(text.split("\n")):
            if i:
                self.keys("Return")
            if part:
                self.desk.run("xdotool", "type", "--delay", str(delay), "--", part, seconds=60)
        return self

    def click(self, x, y, button=1, count=1):
        self.desk.run("xdotool", "mousemove", str(x), str(y), "click", "--repeat", str(count), "--delay", "60", str(button))
        return self

    def move(self, x, y):
        self.desk.run("xdotool", "mousemove", str(x), str(y))

    def wheel(self, x, y, notches, down=True):
        self.desk.run("xdotool", "mousemove", str(x), str(y), "click", "--repeat", str(notches), "--delay", "10", "5" if down else "4")

    def resize(self, w, h, seconds=10):
        """The size that the window then has."""
        self.desk.run("xdotool", "windowsize", str(self.window()), str(w), str(h))
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.frame()[2:] != (w, h):
            time.sleep(0.05)
        time.sleep(0.2)
        return self.frame()[2:]

    def settle(self, seconds=3, still=0.15):
        """Waits until the window's picture stays the same for a moment."""
        end, box = time.monotonic() + seconds, self.frame()
        last, since = self.desk.grab(box), time.monotonic()
        while time.monotonic() < end:
            time.sleep(0.05)
            now = self.desk.grab(box)
            if now.changed(last) > 0.0005:
                last, since = now, time.monotonic()
            elif time.monotonic() - since > still:
                return True
        return False

    def picture(self):
        return self.desk.grab(self.frame())

    def shot(self, path):
        return self.desk.shot(path)

    # ---- life ------------------------------------------------------------------------------------------------------------
    def running(self):
        try:
            state = open(f"/proc/{self.pid}/stat").read().rpartition(")")[2].split()[0]
            return state not in "ZX"
        except OSError:
            return False

    def errors(self):
        try:
            return open(self.log, errors="replace").read()
        except OSError:
            return ""

    def quit(self, seconds=10):
        """Closes the window as the frame's cross does; the exit code, or None when it does not end."""
        if self.running():
            try:
                self.desk.run(self.desk.probe, "close", str(self.window()))
            except Missing:
                os.kill(self.pid, signal.SIGTERM)
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.running():
            time.sleep(0.03)
        if self.running():
            return None
        reap()
        self.forget()
        status = ORPHANS.get(self.pid)
        return 0 if status is None else os.waitstatus_to_exitcode(status)

    def kill(self, sig=signal.SIGKILL):
        """Only the program itself; what it started is left, as by a crash."""
        try:
            os.kill(self.pid or 0, sig) if self.pid else None
        except OSError:
            pass
        end = time.monotonic() + 5
        while time.monotonic() < end and self.pid and self.running():
            time.sleep(0.01)
        reap()
        self.forget()

    def forget(self):
        if self in self.desk.apps:
            self.desk.apps.remove(self)

    # ---- measuring -------------------------------------------------------------------------------------------------------
    def memory(self):
        """MB: rss and pss of the window's process, pss and count of what it started."""
        def of(pid):
            try:
                t = open(f"/proc/{pid}/smaps_rollup").read()
                return int(re.search(r"^Rss:\s+(\d+)", t, re.M)[1]) / 1024, int(re.search(r"^Pss:\s+(\d+)", t, re.M)[1]) / 1024
            except (OSError, TypeError):
                return 0.0, 0.0
        rss, pss = of(self.pid)
        kids = [p for p in descendants(self.top_pid) if p != self.pid]
        return {"rss": round(rss, 1), "pss": round(pss, 1), "children": len(kids), "children_pss": round(sum(of(p)[1] for p in kids), 1)}

    def cpu(self):
        """(ms of processor time, voluntary switches) of all threads of the window's process so far."""
        ran = wakes = 0
        for t in os.listdir(f"/proc/{self.pid}/task"):
            try:
                ran += int(open(f"/proc/{self.pid}/task/{t}/schedstat").read().split()[0]) / 1e6
                wakes += int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", open(f"/proc/{self.pid}/task/{t}/status").read(), re.M)[1])
            except (OSError, TypeError):
                pass
        return ran, wakes

    def idle(self, seconds=10):
        """Percent of a core, wake-ups a second, repaints a second while nobody does anything."""
        a, b = self.cpu()
        t = time.monotonic()
        quiet = self.desk.xprobe("quiet", self.window(), seconds, seconds=seconds + 20)
        took = time.monotonic() - t
        c, d = self.cpu()
        return {"cpu": round((c - a) / took / 10, 2), "wakeups": round((d - b) / took, 1), "repaints": round(quiet["repaints"] / took, 1)}

    def stalls(self, seconds=3, every=10):
        return Stalls(self, every, seconds)

    def key_to_pixel(self, box, key="x", n=40, gap=60):
        x, y, w, h = box
        return self.desk.xprobe("key", self.window(), x, y, w, h, key, n, gap, seconds=n * 3 + 10)

    def round_trips(self, seconds=2, every=0.01):
        """The longest time an AT-SPI call waited: the same as stalls(), through the other door."""
        worst, end, n = 0.0, time.monotonic() + seconds, 0
        while time.monotonic() < end:
            t = time.monotonic()
            self.prop(self.root, A, "ChildCount")
            worst, n = max(worst, time.monotonic() - t), n + 1
            time.sleep(every)
        return {"calls": n, "longest": round(worst * 1e3, 1)}
