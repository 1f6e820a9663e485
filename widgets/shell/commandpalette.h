// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Ctrl+K: every action and every object by a few letters.
#pragma once

#include <QList>
#include <QPointer>
#include <QWidget>

class QListView;

namespace quarry::widgets {

class ElidedLabel;
class IconEntry;
class PaletteModel;
class PaletteSource;

// A child that covers its parent while it is open, so that every screen reader finds it. The
// keyboard stays in the entry; the arrows move the selection, Return runs it, Escape and a click
// beside it close. Closing gives the focus back to who had it.
class CommandPalette : public QWidget
{
    Q_OBJECT
public:
    explicit CommandPalette(QWidget *parent);

    // SOURCES must outlive the palette or be taken out by another call.
    void setSources(const QList<PaletteSource *> &sources);
    void open(const QString &query = {});
    void close();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void search();
    void place();
    void move(int steps);
    void run();
    void tellCurrent();
    bool handleKey(int key);
    QWidget *makeFoot();

    QList<PaletteSource *> m_sources;
    PaletteModel *m_model;
    QWidget *m_panel;
    IconEntry *m_entry;
    ElidedLabel *m_count;
    QListView *m_list;
    ElidedLabel *m_prefixes;
    QPointer<QWidget> m_focusBefore;
};

} // namespace quarry::widgets
