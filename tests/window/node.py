# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One accessible thing."""
from gi.repository import GLib

from terms import TB, A, Missing, T, V, X


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

    def call(self, face, method, args=None):
        return self.app.call(self.ref, face, method, args)

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
        out = [Node(self.app, r, self) for r in self.call(A, "GetChildren")[0]]
        self.app.read(out)
        return out
