// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/patterns/tableview.h"

#include "widgets/common/actionregistry.h"
#include "widgets/theme/measures.h"
#include "widgets/theme/style.h"
#include "widgets/theme/stylepainters.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QSettings>

#include <algorithm>
#include <memory>

namespace quarry::widgets {

TableView::TableView(const QString &name, QWidget *parent) : QTableView(parent)
{
    setAccessibleName(name);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    setAutoScroll(true);
    viewport()->setMouseTracking(true);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setRowHeight(measures::RowDense);

    QHeaderView *header = horizontalHeader();
    header->setAccessibleName(tr("Columns of %1").arg(name));
    header->setSectionsMovable(true);
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setMinimumSectionSize(32);
    header->setFixedHeight(measures::TableHeader);
    header->setSortIndicator(-1, Qt::AscendingOrder); // until somebody sorts
    setSortingEnabled(true);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this, [this](const QPoint &at) {
        const std::unique_ptr<QMenu> menu(makeColumnsMenu(this));
        menu->exec(horizontalHeader()->mapToGlobal(at));
    });
    connect(this, &QAbstractItemView::doubleClicked, this,
            [this](const QModelIndex &index) { Q_EMIT rowActivated(index.row()); });
}

void TableView::setColumns(const QList<TableColumn> &columns)
{
    Q_ASSERT(model() && model()->columnCount() == columns.size());
    for (int i = 0; i < columns.size(); ++i) {
        const TableColumn &column = columns[i];
        setItemDelegateForColumn(i, new CellDelegate(column.kind, this));
        setColumnWidth(i, column.width);
        setColumnHidden(i, !column.shown);
        if (column.stretch)
            horizontalHeader()->setSectionResizeMode(i, QHeaderView::Stretch);
    }
}

void TableView::setRowHeight(int pixels)
{
    verticalHeader()->setMinimumSectionSize(pixels);
    verticalHeader()->setDefaultSectionSize(pixels);
}

void TableView::setActions(ActionRegistry *actions, const QString &context)
{
    m_actions = actions;
    m_context = context;
}

QMenu *TableView::makeColumnsMenu(QWidget *parent)
{
    auto *menu = new QMenu(tr("Columns"), parent);
    const int shown = horizontalHeader()->count() - horizontalHeader()->hiddenSectionCount();
    for (int i = 0; i < horizontalHeader()->count(); ++i) {
        const QString title = model()->headerData(i, Qt::Horizontal).toString();
        QAction *action = menu->addAction(title);
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(i));
        action->setEnabled(isColumnHidden(i) || shown > 1);
        connect(action, &QAction::toggled, this, [this, i](bool on) { setColumnHidden(i, !on); });
    }
    return menu;
}

QList<int> TableView::selectedRows() const
{
    QList<int> rows;
    if (!selectionModel())
        return rows;
    // By its ranges: selectedRows() asks for each row, and a table may have very many.
    for (const QItemSelectionRange &range : selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.append(row);
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

bool TableView::isFirstShown(int column) const
{
    const QHeaderView *header = horizontalHeader();
    for (int i = header->visualIndex(column) - 1; i >= 0; --i) {
        if (!header->isSectionHidden(header->logicalIndex(i)))
            return false;
    }
    return true;
}

bool TableView::isLastShown(int column) const
{
    const QHeaderView *header = horizontalHeader();
    for (int i = header->visualIndex(column) + 1; i < header->count(); ++i) {
        if (!header->isSectionHidden(header->logicalIndex(i)))
            return false;
    }
    return true;
}

void TableView::saveState(QSettings &settings, const QString &key) const
{
    settings.setValue(key, horizontalHeader()->saveState());
}

void TableView::restoreState(const QSettings &settings, const QString &key)
{
    const QByteArray state = settings.value(key).toByteArray();
    if (!state.isEmpty())
        horizontalHeader()->restoreState(state);
}

void TableView::copySelection() const
{
    QStringList lines;
    for (const int row : selectedRows()) {
        QStringList cells;
        for (int visual = 0; visual < horizontalHeader()->count(); ++visual) {
            const int column = horizontalHeader()->logicalIndex(visual);
            if (!isColumnHidden(column))
                cells.append(model()->index(row, column).data().toString());
        }
        lines.append(cells.join(u'\t'));
    }
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

void TableView::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (!hasFocus())
        return;
    QRect ring = viewport()->rect();
    if (currentIndex().isValid()) {
        ring.setTop(rowViewportPosition(currentIndex().row()));
        ring.setHeight(rowHeight(currentIndex().row()));
    }
    QPainter painter(viewport());
    paintFace(painter, ring, 0, {}, look().color(Tone::Focus), measures::FocusRing);
}

void TableView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
        return;
    }
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && event->modifiers() == Qt::NoModifier && currentIndex().isValid()) {
        Q_EMIT rowActivated(currentIndex().row());
        return;
    }
    QTableView::keyPressEvent(event);
}

QModelIndex TableView::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    const bool isEdge = action == MoveHome || action == MoveEnd;
    return QTableView::moveCursor(action, isEdge ? modifiers | Qt::ControlModifier : modifiers);
}

void TableView::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    if (m_actions)
        m_actions->fillMenu(&menu, m_context);
    if (!menu.isEmpty())
        menu.addSeparator();
    QAction *copy = menu.addAction(tr("Copy rows"), this, &TableView::copySelection);
    copy->setEnabled(!selectedRows().isEmpty());
    QPoint at = event->globalPos();
    if (event->reason() == QContextMenuEvent::Keyboard && currentIndex().isValid())
        at = viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft());
    menu.exec(at);
}

bool TableView::viewportEvent(QEvent *event)
{
    switch (event->type()) {
    case QEvent::MouseMove:
        setHovered(rowAt(static_cast<QMouseEvent *>(event)->position().toPoint().y()));
        break;
    case QEvent::Leave:
    case QEvent::Wheel:
        setHovered(-1);
        break;
    default:
        break;
    }
    return QTableView::viewportEvent(event);
}

void TableView::setHovered(int row)
{
    if (row == m_hovered)
        return;
    const int before = std::exchange(m_hovered, row);
    updateRow(before);
    updateRow(row);
}

void TableView::updateRow(int row)
{
    if (row >= 0 && model() && row < model()->rowCount())
        viewport()->update(0, rowViewportPosition(row), viewport()->width(), rowHeight(row));
}

void TableView::focusInEvent(QFocusEvent *event)
{
    QTableView::focusInEvent(event);
    if (!currentIndex().isValid() && model() && model()->rowCount() > 0
        && event->reason() != Qt::MouseFocusReason) {
        const int column = horizontalHeader()->logicalIndexAt(1);
        selectionModel()->setCurrentIndex(model()->index(0, std::max(0, column)),
                                          QItemSelectionModel::NoUpdate);
    }
    if (event->reason() != Qt::MouseFocusReason)
        scrollTo(currentIndex()); // the keyboard goes on from what is seen
    viewport()->update();
}

void TableView::focusOutEvent(QFocusEvent *event)
{
    QTableView::focusOutEvent(event);
    viewport()->update();
}

void TableView::selectionChanged(const QItemSelection &now, const QItemSelection &before)
{
    QTableView::selectionChanged(now, before);
    Q_EMIT selectedRowsChanged();
}

void TableView::currentChanged(const QModelIndex &now, const QModelIndex &before)
{
    QTableView::currentChanged(now, before);
    updateRow(before.row());
    updateRow(now.row());
}

} // namespace quarry::widgets
