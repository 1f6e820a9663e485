// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the command palette can find: actions, pages, sandboxes, settings, …
#pragma once

#include <QString>
#include <QStringList>

#include <functional>

namespace quarry::widgets {

// One line of the palette.
struct PaletteEntry {
    QString icon;
    QString name;
    QString detail; // what it applies to, or what the object is doing
    QString shortcut;
    bool enabled = true;
    // Keeps ids, not pointers: it may be called after the object has gone.
    std::function<void()> run;
};

// One kind of things. Asked on the GUI's thread while a person types: it must not wait, and may be
// asked for names of tens of thousands of objects.
class PaletteSource
{
public:
    virtual ~PaletteSource() = default;

    // The heading above its results, translated.
    virtual QString group() const = 0;
    // A query that begins with it is for this source alone; null: none.
    virtual QChar prefix() const { return {}; }
    // Of everything it has; strings that are stored, not made, so that the list is cheap.
    virtual QStringList names() const = 0;
    // Of the name at INDEX, right after names() and before control returns to the event loop.
    virtual PaletteEntry entry(qsizetype index) const = 0;
};

} // namespace quarry::widgets
