// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The pattern of most pages: a table that is filtered and sorted, and the detail of what is chosen.
#pragma once

#include "widgets/common/page.h"

class QSplitter;
class QStackedWidget;

namespace quarry::widgets {

class ActionRegistry;
class DetailPane;
class ElidedLabel;
class EmptyState;
class FilterEntry;
class Strip;
class TableView;

// Made of parts that the page fills: the tool strip and the table at the left, the detail at the
// right. The detail is there while setDetailShown(true); with the empty state the page is that
// alone.
class ListDetailPage : public Page
{
    Q_OBJECT
public:
    // NAME is the table's accessible name ("Sandboxes"), FILTERNAME the entry's ("Filter
    // sandboxes").
    ListDetailPage(const QString &name, const QString &filterName, QWidget *parent = nullptr);

    Strip *tools() const { return m_tools; }
    TableView *table() const { return m_table; }
    // Not yet in the strip: the page adds it where it belongs.
    FilterEntry *filter() const { return m_filter; }
    DetailPane *detail() const { return m_detail; }

    // Below the table: what is selected, sums.
    void setFoot(const QString &left, const QString &right);
    // Shown instead of list and detail while setEmpty(true). Taken over by the page.
    void setEmptyState(EmptyState *empty);
    void setEmpty(bool empty);
    void setDetailShown(bool shown);

    QList<QWidget *> parts() override;
    bool focusFilter() override;
    void saveState(QSettings &settings) const override;
    void restoreState(const QSettings &settings) override;

private:
    QStackedWidget *m_stack;
    QSplitter *m_splitter;
    Strip *m_tools;
    FilterEntry *m_filter;
    TableView *m_table;
    Strip *m_foot;
    ElidedLabel *m_footLeft;
    ElidedLabel *m_footRight;
    DetailPane *m_detail;
};

} // namespace quarry::widgets
