# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A private X server, session bus, accessibility bus and window manager."""
import atexit
import collections
import ctypes
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import zlib

from gi.repository import Gio, GLib

from picture import Picture
from processes import OPEN, descendants, proc_table, reap
from terms import PATIENCE, Broken

HERE = os.path.dirname(os.path.abspath(__file__))


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
                self._until(lambda: b"window id" in subprocess.run(["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"], env=self.env, capture_output=True).stdout if shutil.which("xprop") else time.sleep(0.4) or True, "window manager")
        except Exception:
            self.close()
            raise

    def _helper(self, name, argv, **more):
        log = open(os.path.join(self.top, name + ".log"), "ab")
        p = subprocess.Popen(argv, env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, cwd=self.top, **more)
        self.helpers.append((name, p))
        return p

    def _until(self, ready, what):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if ready():
                return
            self.alive()
            time.sleep(0.03)
        raise Broken(f"{what} did not come up in {PATIENCE} s")

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
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION

        def answers():
            try:  # the socket is there before anybody listens at it
                self.session = Gio.DBusConnection.new_for_address_sync(self.env["DBUS_SESSION_BUS_ADDRESS"], flags, None, None)
                return True
            except GLib.Error:
                return False
        self._until(answers, "session bus")
        self.session.set_exit_on_close(False)
        self._helper("at-spi", ["/usr/libexec/at-spi-bus-launcher", "--launch-immediately"])

        def address():
            try:
                # asking an unowned name would make the session bus start a second launcher
                if not self.session.call_sync("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "NameHasOwner", GLib.Variant("(s)", ("org.a11y.Bus",)), None, 0, 3000, None).unpack()[0]:
                    return False
                self.a11y = self.session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, 0, 3000, None).unpack()[0]
                return True
            except GLib.Error:
                return False
        self._until(address, "accessibility bus")
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

    def start(self, argv, home=None, env=None, accessible=True, seconds=PATIENCE, must=True):
        from app import App  # which needs a desk
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
