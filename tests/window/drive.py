# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives a desktop program as a person does: keys and mouse (xdotool), what a screen reader hears (AT-SPI over D-Bus), what is on the screen (X11).

    desk = Desk()                              a private X server, session bus, accessibility bus and window manager
    app = desk.start(["./program"], home=None) its own HOME and XDG folders; app.started has the start times
    app.wait("push button", "New sandbox").click(); app.keys("ctrl+k"); app.type("stop"); app.text_of(node)
    names(app), reach(app), layout(app)        audits; each returns a list of faults, empty when all is well
    app.memory(), app.idle(10), with app.stalls() as s: …, app.key_to_pixel(box, "x")

Needs: xvfb openbox xdotool dbus at-spi2-core python3-gi, a C compiler with libx11-dev libxtst-dev libxdamage-dev libxfixes-dev. Run with /usr/bin/python3.
AT-SPI is spoken directly over D-Bus (no libatspi): no cache that can be stale, a deadline on every call, several desks in one process, calls in flight together.
"""
import atexit
import collections
import ctypes
import json
import os
import re
import shutil
import signal
import struct
import subprocess
import tempfile
import time
import zlib

from gi.repository import Gio, GLib

HERE = os.path.dirname(os.path.abspath(__file__))
ROLES = """invalid,accelerator label,alert,animation,arrow,calendar,canvas,check box,check menu item,color chooser,column header,combo box,date editor,desktop icon,
desktop frame,dial,dialog,directory pane,drawing area,file chooser,filler,focus traversable,font chooser,frame,glass pane,html container,icon,image,internal frame,
label,layered pane,list,list item,menu,menu bar,menu item,option pane,page tab,page tab list,panel,password text,popup menu,progress bar,push button,radio button,
radio menu item,root pane,row header,scroll bar,scroll pane,separator,slider,spin button,split pane,status bar,table,table cell,table column header,table row header,
tearoff menu item,terminal,text,toggle button,tool bar,tool tip,tree,tree table,unknown,viewport,window,extended,header,footer,paragraph,ruler,application,autocomplete,
editbar,embedded,entry,chart,caption,document frame,heading,page,section,redundant object,form,link,input method window,table row,tree item,document spreadsheet,
document presentation,document text,document web,document email,comment,list box,grouping,image map,notification,info bar,level bar,title bar,block quote,audio,video,
definition,article,landmark,log,marquee,math,rating,timer,static""".replace("\n", "").split(",")
STATES = """invalid active armed busy checked collapsed defunct editable enabled expandable expanded focusable focused has-tooltip horizontal iconified modal multi-line
multiselectable opaque pressed resizable selectable selected sensitive showing single-line stale transient vertical visible manages-descendants indeterminate required
truncated animated invalid-entry autocompletion selectable-text default visited checkable has-popup read-only""".split()
A, T, C, X, TB, V = ("org.a11y.atspi." + n for n in ("Accessible", "Action", "Component", "Text", "Table", "Value"))
BUTTONS = {"push button", "toggle button", "check box", "radio button", "menu item", "check menu item", "radio menu item", "link", "page tab", "list item", "tree item"}
ENTRIES = {"text", "entry", "password text", "spin button", "editbar"}
TABLES = {"table", "tree", "tree table", "list", "list box"}
CONTROLS = BUTTONS | ENTRIES | TABLES | {"combo box", "slider", "terminal", "page tab list", "menu", "dial"}
FRAMES = {"frame", "dialog", "window", "popup menu", "alert", "file chooser"}
INSIDE = {"list item", "tree item", "table cell", "table row", "table column header", "table row header", "column header", "row header", "page tab"}  # reached with arrows


class Missing(Exception):
    """Something that should be in the window is not, or not in time."""


class Broken(Exception):
    """The desk itself (X server, bus) failed: no verdict about the program."""


def probe_program():
    """Builds xprobe once per user and source."""
    source = os.path.join(HERE, "xprobe.c")
    mark = f"{zlib.crc32(open(source, 'rb').read()):08x}"
    out = os.path.join(tempfile.gettempdir(), f"xprobe-{os.getuid()}-{mark}")
    if not os.access(out, os.X_OK):
        fresh = f"{out}.{os.getpid()}"
        r = subprocess.run(["cc", "-O2", source, "-o", fresh, "-lX11", "-lXtst", "-lXdamage", "-lXfixes"], capture_output=True, text=True)
        if r.returncode:
            raise Broken("xprobe does not build (libx11-dev libxtst-dev libxdamage-dev libxfixes-dev?): " + r.stderr[:300])
        os.replace(fresh, out)
    return out


def needed():
    """Names of what is not installed."""
    lack = [p for p in ("Xvfb", "openbox", "xdotool", "dbus-daemon", "cc") if not shutil.which(p)]
    return lack + [p for p in ("/usr/libexec/at-spi-bus-launcher",) if not os.path.exists(p)]


def proc_table():
    out = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                rest = open(f"/proc/{name}/stat", "rb").read().rpartition(b")")[2].split()
                out[int(name)] = (int(rest[1]), rest[0].decode())
            except (OSError, IndexError):
                pass
    return out


def descendants(pid):
    table, out, todo = proc_table(), [], [pid]
    while todo:
        p = todo.pop()
        kids = [k for k, (parent, _) in table.items() if parent == p]
        out += kids
        todo += kids
    return out


def within(outer, inner, slack=1):
    return inner[0] >= outer[0] - slack and inner[1] >= outer[1] - slack and inner[0] + inner[2] <= outer[0] + outer[2] + slack and inner[1] + inner[3] <= outer[1] + outer[3] + slack


def overlap(a, b):
    w = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    h = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return (w, h) if w > 0 and h > 0 else (0, 0)


class Picture:
    """Pixels of a part of the screen, BGRX."""

    def __init__(self, box, raw):
        self.box, self.raw = tuple(box), raw

    def __eq__(self, other):
        return self.box == other.box and self.raw == other.raw

    def rgb(self, x, y):
        i = (y * self.box[2] + x) * 4
        return self.raw[i + 2], self.raw[i + 1], self.raw[i]

    def colours(self, step=3):
        """{(r,g,b): share} over a sample of the pixels."""
        n = collections.Counter(self.raw[i:i + 3] for i in range(0, len(self.raw) - 3, 4 * step))
        total = sum(n.values())
        return {(k[2], k[1], k[0]): v / total for k, v in n.most_common(4000)}

    def luminance(self):
        c = self.colours(7)
        return sum((0.2126 * r + 0.7152 * g + 0.0722 * b) * s for (r, g, b), s in c.items()) / 255

    def changed(self, other):
        """Share of differing pixels."""
        if self.box != other.box:
            return 1.0
        n = sum(1 for i in range(0, len(self.raw), 16) if self.raw[i:i + 3] != other.raw[i:i + 3])
        return n / max(1, len(self.raw) // 16)

    def save(self, path):
        w, h = self.box[2:]
        rows = bytearray()
        for y in range(h):
            line = self.raw[y * w * 4:(y + 1) * w * 4]
            rgb = bytearray(w * 3)
            rgb[0::3], rgb[1::3], rgb[2::3] = line[2::4], line[1::4], line[0::4]
            rows += b"\0" + rgb

        def chunk(kind, data):
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        with open(path, "wb") as f:
            f.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(bytes(rows), 6)) + chunk(b"IEND", b""))
        return path


OPENBOX = """<?xml version="1.0"?><openbox_config xmlns="http://openbox.org/3.4/rc"><focus><focusNew>yes</focusNew><followMouse>no</followMouse></focus>
<placement><policy>Smart</policy><center>yes</center></placement><keyboard><keybind key="A-F4"><action name="Close"/></keybind></keyboard>
<mouse><context name="Client"><mousebind button="Left" action="Press"><action name="Focus"/><action name="Raise"/></mousebind>
<mousebind button="Right" action="Press"><action name="Focus"/><action name="Raise"/></mousebind></context></mouse></openbox_config>"""


class Desk:
    def __init__(self, size=(1600, 1000), accessible=True, bus=True, manager=True):
        lack = needed()
        if lack:
            raise Broken("not installed: " + " ".join(lack))
        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER: programs started through xprobe come back to us
        self.size, self.probe = size, probe_program()
        self.top = tempfile.mkdtemp(prefix="desk-")
        os.chmod(self.top, 0o700)
        self.helpers, self.apps, self.events, self.bus = [], [], collections.deque(maxlen=5000), None
        self.env = {k: v for k, v in os.environ.items() if not re.match(r"QT_|QUARRY_|XDG_|GTK|DBUS|DISPLAY|WAYLAND|AT_SPI|SESSION_|LANGUAGE|LC_|LANG|XAUTH|DESKTOP|GNOME|KDE", k)}
        run = os.path.join(self.top, "run")
        os.mkdir(run, 0o700)
        self.env.update(LANG="C.UTF-8", XDG_RUNTIME_DIR=run, HOME=self.top, TMPDIR=self.top)
        atexit.register(self.close)
        OPEN.add(self)
        try:
            self._display()
            if bus:
                self._buses(accessible)
            if manager:
                conf = os.path.join(self.top, "openbox.xml")
                open(conf, "w").write(OPENBOX)
                self._helper("openbox", ["openbox", "--sm-disable", "--config-file", conf])
                self._until(lambda: b"window id" in subprocess.run(["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"], env=self.env, capture_output=True).stdout if shutil.which("xprop") else time.sleep(0.4) or True, 10, "window manager")
        except Exception:
            self.close()
            raise

    def _helper(self, name, argv, **more):
        log = open(os.path.join(self.top, name + ".log"), "ab")
        p = subprocess.Popen(argv, env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, cwd=self.top, **more)
        self.helpers.append((name, p))
        return p

    def _until(self, ready, seconds, what):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if ready():
                return
            self.alive()
            time.sleep(0.03)
        raise Broken(f"{what} did not come up in {seconds} s")

    def _display(self):
        r, w = os.pipe()
        p = self._helper("Xvfb", ["Xvfb", "-displayfd", str(w), "-screen", "0", f"{self.size[0]}x{self.size[1]}x24", "-nolisten", "tcp", "-noreset", "-dpi", "96"], pass_fds=(w,))
        os.close(w)
        with os.fdopen(r) as f:
            number = f.readline().strip()
        if not number:
            raise Broken(f"Xvfb did not start (exit {p.poll()}): {open(os.path.join(self.top, 'Xvfb.log')).read()[-300:]}")
        self.env["DISPLAY"] = ":" + number

    def _buses(self, accessible):
        path = os.path.join(self.env["XDG_RUNTIME_DIR"], "bus")
        self.env["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=" + path
        self._helper("dbus", ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--address=unix:path=" + path])
        self._until(lambda: os.path.exists(path), 10, "session bus")
        self._helper("at-spi", ["/usr/libexec/at-spi-bus-launcher", "--launch-immediately"])
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.session = Gio.DBusConnection.new_for_address_sync(self.env["DBUS_SESSION_BUS_ADDRESS"], flags, None, None)
        self.session.set_exit_on_close(False)

        def address():
            try:
                # asking an unowned name would make the session bus start a second launcher
                if not self.session.call_sync("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "NameHasOwner", GLib.Variant("(s)", ("org.a11y.Bus",)), None, 0, 3000, None).unpack()[0]:
                    return False
                self.a11y = self.session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, 0, 3000, None).unpack()[0]
                return True
            except GLib.Error:
                return False
        self._until(address, 15, "accessibility bus")
        self.accessible(accessible)
        self.bus = Gio.DBusConnection.new_for_address_sync(self.a11y, flags, None, None)
        self.bus.set_exit_on_close(False)
        for kind in ("Object", "Window", "Focus"):
            self.bus.signal_subscribe(None, "org.a11y.atspi.Event." + kind, None, None, None, 0, self._event)
        # Qt sends an event only when somebody has registered for its kind, and reads the register once, at its start and on change
        for kind in ("object:state-changed:focused", "object:text-changed", "object:announcement", "window:"):
            self.bus.call_sync("org.a11y.atspi.Registry", "/org/a11y/atspi/registry", "org.a11y.atspi.Registry", "RegisterEvent", GLib.Variant("(sass)", (kind, [], "")), None, 0, 5000, None)

    def accessible(self, on):
        """As a screen reader's start does; a Qt 6.4 program looks at it only when it starts."""
        self.session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Set", GLib.Variant("(ssv)", ("org.a11y.Status", "IsEnabled", GLib.Variant("b", on))), None, 0, 3000, None)

    def _event(self, _bus, sender, path, iface, member, parameters):
        p = parameters.unpack()
        self.events.append((time.monotonic(), sender, path, member, p[0], p[1], p[2], p[3]))

    def pump(self, seconds=0.0):
        """Takes in the events that have come."""
        end = time.monotonic() + seconds
        main = GLib.MainContext.default()
        while True:
            while main.iteration(False):
                pass
            if time.monotonic() >= end:
                return
            time.sleep(0.004)

    def alive(self):
        for name, p in self.helpers:
            if p.poll() is not None:
                raise Broken(f"the desk's {name} ended (exit {p.returncode})")

    def run(self, *argv, seconds=20, **more):
        return subprocess.run(argv, env=self.env, capture_output=True, timeout=seconds, **more)

    def xprobe(self, *args, seconds=60):
        r = self.run(self.probe, *map(str, args), seconds=seconds)
        return json.loads(r.stdout or b"null")

    def grab(self, box=None):
        x, y, w, h = box or (0, 0, *self.size)
        x, y = max(0, x), max(0, y)
        w, h = min(w, self.size[0] - x), min(h, self.size[1] - y)
        if w < 1 or h < 1:
            return Picture((x, y, 0, 0), b"")
        return Picture((x, y, w, h), self.run(self.probe, "grab", str(x), str(y), str(w), str(h)).stdout)

    def shot(self, path, box=None):
        return self.grab(box).save(path)

    def clipboard(self, selection="clipboard"):
        """Text of the clipboard; the program must still run, X has no store of its own."""
        try:
            return self.run("xclip", "-o", "-selection", selection, seconds=3).stdout.decode(errors="replace")
        except subprocess.TimeoutExpired:
            return ""

    def home(self):
        return tempfile.mkdtemp(prefix="home-", dir=self.top)

    def start(self, argv, home=None, env=None, accessible=True, seconds=30, must=True):
        return App(self, argv, home, env, accessible, seconds, must)

    def close(self):
        atexit.unregister(self.close)
        for a in list(self.apps):
            a.kill()
        for _, p in reversed(self.helpers):
            try:
                os.killpg(p.pid, signal.SIGKILL)
            except OSError:
                pass
            try:
                p.wait(5)
            except subprocess.TimeoutExpired:
                pass
        self.helpers = []
        # dconf, registryd and such were started by the buses: they carry this desk's folder in their environment; what a killed program left
        # behind came to us, the subreaper
        OPEN.discard(self)
        keep = {os.getpid(), *(p for d in OPEN for _, h in d.helpers for p in (h.pid, *descendants(h.pid))), *(p for d in OPEN for a in d.apps for p in (a.pid, *descendants(a.pid or 0)))}
        stray = set() if OPEN else set(descendants(os.getpid()))
        for pid in {*proc_table()} - keep:
            try:
                if pid in stray or self.top.encode() in open(f"/proc/{pid}/environ", "rb").read():
                    os.kill(pid, signal.SIGKILL)
            except OSError:
                pass
        reap()
        for line in open("/proc/self/mounts").read().splitlines()[::-1]:
            if line.split()[1].startswith(self.top + "/"):
                subprocess.run(["umount", "-l", line.split()[1]], capture_output=True)
        if self.top + "/" not in open("/proc/self/mounts").read():  # never remove through a mount
            shutil.rmtree(self.top, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def reap():
    """Orphans come to us as the subreaper; Popen's own children are left to Popen."""
    mine = {p.pid for p in subprocess._active} if hasattr(subprocess, "_active") else set()
    for pid, (parent, state) in proc_table().items():
        if parent == os.getpid() and state == "Z" and pid not in mine and pid in ORPHANS:
            try:
                ORPHANS[pid] = os.waitpid(pid, os.WNOHANG)[1]
            except OSError:
                pass


ORPHANS, OPEN = {}, set()


class Node:
    """One accessible thing. What is kept was true when it was read; refresh() reads again."""

    def __init__(self, app, ref, parent=None):
        self.app, self.ref, self.parent, self.kids = app, tuple(ref), parent, []
        self.role, self.states, self.name, self.about, self.box, self.faces, self.label = "?", set(), "", "", None, (), ""

    def __repr__(self):
        return f"{self.role} “{self.name[:60]}”" + (f" labelled “{self.label}”" if self.label else "") + (f" at {self.box[0]},{self.box[1]} {self.box[2]}×{self.box[3]}" if self.box else "")

    def __eq__(self, other):
        return isinstance(other, Node) and self.ref == other.ref

    def __hash__(self):
        return hash(self.ref)

    def has(self, *states):
        return all(s in self.states for s in states)

    def refresh(self):
        self.app.read([self])
        return self

    def up(self):
        n = self.parent
        while n:
            yield n
            n = n.parent

    def walk(self):
        yield self
        for k in self.kids:
            yield from k.walk()

    def call(self, face, method, args=None, seconds=3):
        return self.app.call(self.ref, face, method, args, seconds)

    @property
    def centre(self):
        return self.box[0] + self.box[2] // 2, self.box[1] + self.box[3] // 2

    def click(self, button=1, count=1):
        """With the mouse, in the middle."""
        self.refresh()
        if not self.box or not self.has("showing"):
            raise Missing(f"{self} cannot be clicked: it is not showing")
        self.app.click(*self.centre, button=button, count=count)
        return self

    def actions(self):
        n = self.app.prop(self.ref, T, "NActions") if T in self.faces or not self.faces else 0
        return [self.call(T, "GetName", GLib.Variant("(i)", (i,)))[0] for i in range(n)]

    def act(self, *wanted):
        """By its accessible action, as a screen reader's user does."""
        have = self.actions()
        for w in wanted or ("Press", "Toggle", "ShowMenu", "SetFocus"):
            if w in have:
                self.call(T, "DoAction", GLib.Variant("(i)", (have.index(w),)))
                return self
        raise Missing(f"{self} has no action {wanted or 'to press it'}; it has {have}")

    def text(self):
        if X not in self.faces:
            return self.name
        return self.call(X, "GetText", GLib.Variant("(ii)", (0, -1)))[0]

    def caret(self):
        return self.app.prop(self.ref, X, "CaretOffset")

    def value(self):
        return self.app.prop(self.ref, V, "CurrentValue")

    # tables: never ask a big one for its children (Qt makes an object for each cell); ask cell by cell, many calls in flight
    def shape(self):
        return self.app.prop(self.ref, TB, "NRows"), self.app.prop(self.ref, TB, "NColumns")

    def headers(self):
        rows, columns = self.shape()
        return [r[0] if r else "" for r in self.app.many([(self.ref, TB, "GetColumnDescription", GLib.Variant("(i)", (c,))) for c in range(columns)])]

    def cells(self, rows=None, columns=None):
        """[[text]] of the rows (a range or a number of rows from the top; 200 by default)."""
        n, m = self.shape()
        rows = list(range(min(n, 200)) if rows is None else range(min(n, rows)) if isinstance(rows, int) else [r for r in rows if 0 <= r < n])
        columns = list(range(m)) if columns is None else columns
        refs = self.app.many([(self.ref, TB, "GetAccessibleAt", GLib.Variant("(ii)", (r, c))) for r in rows for c in columns])
        refs = [r[0] if r and not r[0][1].endswith("/null") else None for r in refs]
        names = iter(self.app.many([(r, "org.freedesktop.DBus.Properties", "Get", GLib.Variant("(ss)", (A, "Name"))) for r in refs if r]))
        flat = [(next(names) or ("",))[0] if r else "" for r in refs]
        k = len(columns)
        return [flat[i * k:(i + 1) * k] for i in range(len(rows))] if k else []

    def cell(self, row, column):
        ref = self.call(TB, "GetAccessibleAt", GLib.Variant("(ii)", (row, column)))[0]
        return Node(self.app, ref, self).refresh()

    def children(self, most=500):
        """Reads the children, also of a table or list; at most so many."""
        count = self.app.prop(self.ref, A, "ChildCount")
        if count > most:
            raise Missing(f"{self} has {count} children: not read")
        out = [Node(self.app, r, self) for r in self.call(A, "GetChildren", None, 10)[0]]
        self.app.read(out)
        return out


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
            self.attach(10 if must else 2)

    def attach(self, seconds=10):
        """Finds the program on the accessibility bus by its process id."""
        end = time.monotonic() + seconds
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
    def call(self, ref, face, method, args=None, seconds=3):
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

    def many(self, calls, seconds=10, window=400):
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

    def wait(self, role=None, name=None, seconds=5, **more):
        return self.until(lambda: self.find(role, name, **more), seconds, f"no {role if isinstance(role, str) else 'control' if role else 'element'} named like /{name}/")

    def until(self, ready, seconds=5, why="not so", every=0.05):
        """The first true result of ready(); Missing after the deadline, with the last complaint."""
        end, last = time.monotonic() + seconds, ""
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
                raise Missing(f"{why() if callable(why) else why} within {seconds} s" + (f" ({last})" if last else ""))
            time.sleep(every)

    def gone(self, node, seconds=5):
        self.until(lambda: not node.refresh().has("showing"), seconds, f"{node} is still there")

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

    def resize(self, w, h, seconds=3):
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


# ---- audits --------------------------------------------------------------------------------------------------------------

def clear(text):
    """A name that can be spoken: at least two letters or digits together."""
    return bool(re.search(r"\w\w", text or ""))


def names(app, tree=None):
    """Visible controls without a spoken name."""
    out = []
    for n in (tree or app.tree()).walk():
        if n.role not in CONTROLS | {"dialog", "frame", "chart", "image", "progress bar"} or not n.box or n.role in ("page tab list", "image", "progress bar"):
            continue
        if n.role in INSIDE and n.parent and n.parent.role in TABLES:
            continue
        if n.parent and n.parent.role in {"combo box", "spin button"}:
            continue
        if not clear(n.label if n.role == "combo box" else n.name or n.label) and not (n.role == "combo box" and clear(n.about)):
            near = next((u.name for u in n.up() if clear(u.name)), "")
            out.append(f"{n} has no name" + (f", only the tip or description “{n.about}”" if clear(n.about) else "") + (f" (in “{near}”)" if near else ""))
    return out


def tab_walk(app, back=False, most=120, leave=("F6", "ctrl+Tab"), look=False):
    """Presses Tab until the focus has come round. Returns (stops in order, closed ring?, stops where Tab did not leave, stops whose focus cannot be seen)."""
    key = "shift+Tab" if back else "Tab"
    stops, traps, dim, before = [], [], [], None
    app.keys(key, gap=0.15)  # styles show the focus only once a key has moved it
    for _ in range(most):
        here = app.focused()
        if here is None:
            app.keys(key, gap=0.05)
            continue
        if look and before is not None and before[0] != here:
            node, pic = before
            if node.box and not pic.changed(app.desk.grab(pic.box)) > 0:
                dim.append(node)
        before = None
        if here in stops:
            if here == stops[0]:
                return stops, True, traps, dim
            if here == stops[-1]:
                traps.append(here)
                for way in leave:
                    app.keys(way, gap=0.08)
                    if app.focused() != here:
                        break
                else:
                    return stops, False, traps, dim
                if app.focused() in stops:
                    return stops, True, traps, dim
                continue
            return stops, True, traps, dim  # a ring that leaves out the start
        stops.append(here)
        if look and here.box:
            x, y, w, h = here.box
            w, h = min(w, 500), min(h, 300)
            before = (here, app.desk.grab((x - 4, y - 4, w + 8, h + 8)))
        app.keys(key, gap=0.05)
        end = time.monotonic() + 0.4
        while time.monotonic() < end and app.focused(walk=False) == here:
            time.sleep(0.01)
    return stops, False, traps, dim


def reach(app, look=True, arrows=12, restore=lambda: None, leave=("F6", "ctrl+Tab", "ctrl+Page_Down")):
    """Faults of keyboard reach: focusable things that Tab and arrows never come to, a ring that does not close, focus that cannot be seen; and
    the buttons that take no focus at all (they need another way: the caller knows it, for example the palette). In a modal dialog: of the dialog.
    restore: called after arrow keys were tried, which may have switched a page."""
    faults = []
    tree = app.tree()
    if any(k.has("active") for k in tree.kids):
        tree.kids = [k for k in tree.kids if k.has("active")]
    stops, ring, traps, dim = tab_walk(app, look=look)
    if not ring:
        faults.append(f"Tab does not come round: {len(stops)} stops, last {stops[-1] if stops else 'none'}")
    hard = [t for t in traps if t.role not in ("terminal",) and "multi-line" not in t.states]
    faults += [f"Tab does not leave {t}" for t in hard]
    faults += [f"focus is not visible on {n}" for n in dim]
    reached = set(stops)
    owners = {n: n for n in tree.walk()}
    parent = {k: n for n in tree.walk() for k in n.kids}

    def wanted():
        for n in owners:
            if n.has("focusable", "showing", "enabled") and n.box and n.role in CONTROLS | INSIDE and n not in reached:
                p = parent.get(n)
                if n.role in INSIDE and p is not None and (p in reached or any(s in reached for s in p.kids) or p.role in TABLES and p not in owners):
                    continue
                if p is not None and p.role in {"combo box", "spin button"} | TABLES and (p in reached or any(parent.get(s) == p for s in reached)):
                    continue
                if p is not None and p.role == "page tab list" and n.role == "push button":
                    continue  # the bar's own scroll arrows
                if n.role in {"combo box", "spin button"} and any(parent.get(s) == n for s in reached):
                    continue
                yield n
    left = list(wanted())
    if left:  # rails, radio groups and tool bars move with the arrows
        groups = {parent.get(n) for n in left}
        for stop in stops:
            if parent.get(stop) in groups and stop.has("focusable"):
                for key in ("Down", "Up", "Right", "Left"):
                    try:
                        stop.call(C, "GrabFocus")
                    except Missing:
                        break
                    time.sleep(0.05)
                    for _ in range(arrows):
                        app.keys(key, gap=0.03)
                        f = app.focused(walk=False)
                        if f is None or parent.get(f) not in groups:
                            break
                        reached.add(f)
        restore()
        left = list(wanted())
    if left:  # the keys that move between the parts of the window
        for key in leave:
            for _ in range(arrows):
                app.keys(key, gap=0.06)
                f = app.focused(walk=False)
                if f is None or not left:
                    break
                reached.add(f)
                left = list(wanted())
        restore()
        left = list(wanted())
    faults += [f"no key reaches {n}" for n in left]
    mute = [n for n in owners if n.role in {"push button", "toggle button", "check box", "radio button", "link", "combo box"} and n.has("showing", "enabled") and n.box and not n.has("focusable")
            and not (parent.get(n) is not None and parent[n].role in {"scroll bar", "page tab list", "combo box", "spin button", "text", "entry"})]
    return faults, mute, stops


def layout(app, tree=None):
    """Controls that stick out of the window or are cut, and neighbours that lie on each other."""
    tree = tree or app.tree()
    out = []
    tops = {n: n for n in tree.kids}
    for top in tops:
        if not top.box:
            continue
        leaves = []
        for n in top.walk():
            if n is top or not n.box:
                continue
            solid = n.role in (CONTROLS | {"label", "heading", "static", "progress bar", "scroll bar"}) - {"list item", "tree item", "table cell"}
            if not solid or (n.parent and n.parent.role in TABLES | {"menu", "popup menu"}):
                continue
            if n.role in ("label", "static", "heading") and not n.name:
                continue
            rolled = next((u for u in n.up() if u.role in ("viewport", "scroll pane") or (u.kids and any(k.role == "scroll bar" for k in u.kids))), None)
            if not within(top.box, n.box, 2) and rolled is None:
                out.append(f"{n} sticks out of its window {top.box[2]}×{top.box[3]}")
                continue
            if rolled is not None and overlap(rolled.box or top.box, n.box) == (0, 0):
                continue
            if n.role in CONTROLS - {"slider", "page tab list"} and (n.box[2] < 12 or n.box[3] < 10) and n.role != "text":
                out.append(f"{n} is too small to see")
            for u in n.up():
                if u.box and u.role in ("filler", "panel", "grouping", "dialog", "layered pane", "tool bar", "split pane", "page tab list") and rolled is None and not within(u.box, n.box, 3):
                    out.append(f"{n} is cut by its container {u.role} {u.box[2]}×{u.box[3]}")
                    break
            leaves.append(n)
        for i, a in enumerate(leaves):
            for b in leaves[i + 1:]:
                if a in b.up() or b in a.up():
                    continue
                w, h = overlap(a.box, b.box)
                if w > 3 and h > 3:
                    rolls = [next((u for u in n.up() if u.role in ("viewport", "scroll pane")), None) for n in (a, b)]
                    if rolls[0] != rolls[1]:
                        continue
                    # a button inside an entry (clear, reveal) is meant
                    if {a.role, b.role} & ENTRIES and (within(a.box, b.box, 0) or within(b.box, a.box, 0)) and {a.role, b.role} & {"push button"}:
                        continue
                    out.append(f"{a} and {b} lie on each other by {w}×{h}")
    return out


def same_names(tree):
    """Buttons that sound alike in one window: a hint, not a fault."""
    seen = collections.Counter((n.role, n.name) for n in tree.walk() if n.role in ("push button", "toggle button") and n.box and clear(n.name))
    return [f"{c}× {role} “{name}”" for (role, name), c in seen.items() if c > 1]
