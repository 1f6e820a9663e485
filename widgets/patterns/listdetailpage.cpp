// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/patterns/listdetailpage.h"

#include "widgets/patterns/detailpane.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/patterns/emptystate.h"
#include "widgets/common/filterentry.h"
#include "widgets/common/strip.h"
#include "widgets/patterns/tableview.h"
#include "widgets/theme/measures.h"

#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

namespace quarry::widgets {

namespace {

constexpr auto SplitterKey = "splitter";
constexpr auto ColumnsKey = "columns";
constexpr auto TabKey = "tab";

} // namespace

ListDetailPage::ListDetailPage(const QString &name, const QString &filterName, QWidget *parent)
    : Page(parent), m_stack(new QStackedWidget(this)), m_splitter(new QSplitter),
      m_tools(new Strip(measures::ToolBar)), m_filter(new FilterEntry(filterName, tr("Filter"))),
      m_table(new TableView(name)),
      m_foot(new Strip(measures::StatusStrip, Tone::Surface, Strip::LineAbove)),
      m_footLeft(new ElidedLabel), m_footRight(new ElidedLabel), m_detail(new DetailPane)
{
    for (ElidedLabel *label : {m_footLeft, m_footRight}) {
        label->setType(Type::Small);
        label->setTone(Tone::TextSecondary);
    }
    m_filter->setTarget(m_table);
    m_foot->add(m_footLeft, 1);
    m_foot->add(m_footRight);

    auto *list = new QWidget;
    list->setMinimumWidth(measures::ListMin);
    auto *column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_tools);
    column->addWidget(m_table, 1);
    column->addWidget(m_foot);

    m_detail->setMinimumWidth(measures::TabbedDetailMin);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(list);
    m_splitter->addWidget(m_detail);
    list->lower(); // QSplitter puts the last one first, for readers
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({664, 700});

    m_stack->addWidget(m_splitter);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_stack);
}

void ListDetailPage::setFoot(const QString &left, const QString &right)
{
    m_footLeft->setText(left);
    m_footRight->setText(right);
}

void ListDetailPage::setEmptyState(EmptyState *empty)
{
    m_stack->addWidget(empty);
}

void ListDetailPage::setEmpty(bool empty)
{
    m_stack->setCurrentIndex(empty && m_stack->count() > 1 ? 1 : 0);
}

void ListDetailPage::setDetailShown(bool shown)
{
    m_detail->setVisible(shown);
}

QList<QWidget *> ListDetailPage::parts()
{
    if (m_stack->currentIndex() == 1)
        return {m_stack->currentWidget()};
    QList<QWidget *> parts{m_table};
    if (m_detail->isVisible()) {
        parts.append(m_detail->tabs()->tabBar());
        if (QWidget *content = m_detail->tabs()->currentWidget())
            parts.append(content);
    }
    return parts;
}

bool ListDetailPage::focusFilter()
{
    if (m_stack->currentIndex() == 1)
        return false;
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
    return true;
}

void ListDetailPage::saveState(QSettings &settings) const
{
    settings.setValue(QLatin1String(SplitterKey), m_splitter->saveState());
    settings.setValue(QLatin1String(TabKey), m_detail->currentTab());
    m_table->saveState(settings, QLatin1String(ColumnsKey));
}

void ListDetailPage::restoreState(const QSettings &settings)
{
    m_splitter->restoreState(settings.value(QLatin1String(SplitterKey)).toByteArray());
    m_splitter->setChildrenCollapsible(false);
    m_detail->showTab(settings.value(QLatin1String(TabKey)).toString());
    m_table->restoreState(settings, QLatin1String(ColumnsKey));
}

} // namespace quarry::widgets
