# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults of names, keyboard reach and layout; each gives a list, empty when all is well."""
import collections
import re
import time

from terms import C, CONTROLS, ENTRIES, INSIDE, TABLES, Missing, overlap, within


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
