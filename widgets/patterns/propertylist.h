// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Labels and values, one a line, each value to be copied.
#pragma once

#include <QHash>
#include <QWidget>

class QGridLayout;
class QLabel;

namespace quarry::widgets {

class ElidedLabel;

// Values are plain text and may come from a sandbox.
class PropertyList : public QWidget
{
    Q_OBJECT
public:
    enum Face { Plain, Mono };

    explicit PropertyList(QWidget *parent = nullptr);

    // Adds a line at the end; ID is for setValue() alone. COPYNAME ("Copy address") gives it a
    // button of that name.
    void add(const QString &id, const QString &label, Face face = Plain,
             const QString &copyName = {});
    // An empty value is shown as a dash. TIP is for what the value shortens.
    void setValue(const QString &id, const QString &value, const QString &tip = {});
    QString value(const QString &id) const;
    // A line that has no meaning now is left out.
    void setShown(const QString &id, bool shown);

private:
    struct Line {
        ElidedLabel *name;
        ElidedLabel *value;
        QWidget *copy;
        int row;
    };

    QGridLayout *m_grid;
    QHash<QString, Line> m_lines;
};

} // namespace quarry::widgets
