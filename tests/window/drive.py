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
from app import App
from audits import layout, names, reach, same_names
from desk import Desk
from processes import descendants
from terms import BUTTONS, ENTRIES, TABLES, TB, Broken, Missing

__all__ = ["App", "BUTTONS", "Broken", "Desk", "ENTRIES", "Missing", "TABLES", "TB", "descendants", "layout", "names", "reach", "same_names"]
