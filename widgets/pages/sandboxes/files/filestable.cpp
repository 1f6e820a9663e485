// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/files/filestable.h"

#include "widgets/common/format.h"
#include "widgets/theme/measures.h"
#include "widgets/theme/style.h"
#include "widgets/theme/stylepainters.h"

#include <QApplication>
#include <QDrag>
#include <QDragEnterEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QPainter>
#include <QScrollBar>
#include <QUrl>

#include <algorithm>

namespace quarry::widgets {

namespace {

constexpr qsizetype rememberedMax = 1000; // rows

// The name's editor, with a name of its own for readers.
class NameDelegate : public CellDelegate
{
public:
    explicit NameDelegate(QObject *parent) : CellDelegate(CellKind::Icon, parent) { }

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &,
                          const QModelIndex &) const override
    {
        auto *entry = new QLineEdit(parent);
        entry->setAccessibleName(FilesTable::tr("New name"));
        return entry;
    }
};

// What hangs on the pointer.
QPixmap dragSign(const QString &text, const QWidget &of)
{
    const QSize size(of.fontMetrics().horizontalAdvance(text) + 2 * measures::SpaceS,
                     of.fontMetrics().height() + measures::SpaceS);
    QPixmap sign(size * of.devicePixelRatioF());
    sign.setDevicePixelRatio(of.devicePixelRatioF());
    sign.fill(Qt::transparent);
    QPainter painter(&sign);
    paintFace(painter, QRect(QPoint(), size), measures::RadiusControl, look().color(Tone::Raised),
              look().color(Tone::Border));
    painter.setFont(of.font());
    painter.setPen(look().color(Tone::Text));
    painter.drawText(QRect(QPoint(), size), Qt::AlignCenter, text);
    return sign;
}

QStringList localPaths(const QMimeData *data)
{
    QStringList paths;
    for (const QUrl &url : data->urls()) {
        if (!url.isLocalFile())
            return {};
        paths.append(url.toLocalFile());
    }
    return paths;
}

} // namespace

FilesTable::FilesTable(FolderModel *model, QWidget *parent)
    : TableView(tr("Files"), parent), m_model(model)
{
    connect(model, &QAbstractItemModel::modelAboutToBeReset, this, &FilesTable::remember);
    setModel(model);
    // After the view's own.
    connect(model, &QAbstractItemModel::modelReset, this, &FilesTable::restore);
    setColumns({{CellKind::Icon, 180, true},
                {CellKind::Figures, 76},
                {CellKind::Figures, 88},
                {CellKind::Text, 60},
                {CellKind::Id, 84},
                {CellKind::Text, 90, false, false}});
    setItemDelegateForColumn(FolderModel::NameColumn, new NameDelegate(this));
    sortByColumn(FolderModel::NameColumn, Qt::AscendingOrder);
    setDragDropMode(DragDrop);
    setDropIndicatorShown(false);
}

QList<QByteArray> FilesTable::selectedNames() const
{
    QList<QByteArray> names;
    for (const int row : selectedRows())
        names.append(m_model->entry(row).name);
    return names;
}

void FilesTable::editName()
{
    if (currentIndex().isValid())
        edit(m_model->index(currentIndex().row(), FolderModel::NameColumn));
}

void FilesTable::remember()
{
    m_path = m_model->path();
    m_scroll = verticalScrollBar()->value();
    m_currentName
        = currentIndex().isValid() ? m_model->entry(currentIndex().row()).name : QByteArray();
    if (!m_wanted.isEmpty())
        return;
    for (const int row : selectedRows()) {
        if (m_wanted.size() == rememberedMax)
            break;
        m_wanted.append(m_model->entry(row).name);
    }
}

void FilesTable::restore()
{
    const QList<QByteArray> wanted = std::exchange(m_wanted, {});
    const bool same = m_model->path() == m_path;
    const QList<int> rows = m_model->rowsOf(wanted);
    QItemSelection selection;
    for (const int row : rows)
        selection.select(m_model->index(row, 0), m_model->index(row, FolderModel::ColumnCount - 1));
    int current = m_model->rowsOf(same ? QList<QByteArray>{m_currentName} : wanted.mid(0, 1))
                      .value(0, rows.value(0, -1));
    if (current < 0 && m_model->rowCount() > 0)
        current = 0;
    if (current >= 0)
        selectionModel()->setCurrentIndex(m_model->index(current, FolderModel::NameColumn),
                                          QItemSelectionModel::NoUpdate);
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    if (same)
        verticalScrollBar()->setValue(m_scroll);
    else if (!rows.isEmpty())
        scrollTo(m_model->index(rows.first(), FolderModel::NameColumn), PositionAtCenter);
    Q_EMIT selectedRowsChanged();
}

// As the base does it, but by the model: that would ask for the text of every row.
void FilesTable::keyboardSearch(const QString &search)
{
    const bool begins
        = !m_sinceTyped.isValid() || m_sinceTyped.elapsed() > QApplication::keyboardInputInterval();
    m_sinceTyped.start();
    m_typed = begins ? search : m_typed + search;
    const bool again
        = std::all_of(m_typed.cbegin(), m_typed.cend(), [&](QChar c) { return c == m_typed[0]; });
    const int from = std::max(0, currentIndex().row() + int(again));
    const int row = m_model->findPrefix(again ? m_typed.left(1) : m_typed, from);
    if (row >= 0)
        selectionModel()->setCurrentIndex(m_model->index(row, FolderModel::NameColumn),
                                          QItemSelectionModel::ClearAndSelect
                                              | QItemSelectionModel::Rows);
}

void FilesTable::paintEvent(QPaintEvent *event)
{
    TableView::paintEvent(event);
    if (!m_target)
        return;
    QRect place = viewport()->rect();
    if (*m_target >= 0) {
        place.setTop(rowViewportPosition(*m_target));
        place.setHeight(rowHeight(*m_target));
    }
    QPainter painter(viewport());
    paintFace(painter, place, 0, {}, look().color(Tone::Accent), measures::FocusRing);
}

int FilesTable::folderAt(const QPoint &at) const
{
    const int row = rowAt(at.y());
    return row >= 0 && m_model->entry(row).isFolder() ? row : -1;
}

void FilesTable::setTarget(std::optional<int> row)
{
    if (row == m_target)
        return;
    m_target = row;
    viewport()->update();
}

void FilesTable::startDrag(Qt::DropActions)
{
    Q_EMIT dragAsked();
}

void FilesTable::drag(const QList<QUrl> &urls)
{
    auto *files = new QMimeData;
    files->setUrls(urls);
    auto *drag = new QDrag(this); // deletes itself after the drop
    drag->setMimeData(files);
    const QString sign
        = urls.size() == 1 ? urls.first().fileName() : tr("%1 items").arg(formatCount(urls.size()));
    drag->setPixmap(dragSign(oneLine(sign, 60), *this));
    drag->exec(Qt::CopyAction);
}

void FilesTable::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->source() != this && !localPaths(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void FilesTable::dragMoveEvent(QDragMoveEvent *event)
{
    setTarget(folderAt(event->position().toPoint()));
    event->setDropAction(Qt::CopyAction);
    event->accept();
}

void FilesTable::dragLeaveEvent(QDragLeaveEvent *)
{
    setTarget({});
}

void FilesTable::dropEvent(QDropEvent *event)
{
    setTarget({});
    event->setDropAction(Qt::CopyAction);
    event->accept();
    const QStringList paths = localPaths(event->mimeData());
    if (!paths.isEmpty())
        Q_EMIT dropped(paths, folderAt(event->position().toPoint()));
}

} // namespace quarry::widgets
