// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/foldermodel.h"

#include "base/clock.h"
#include "base/escapedname.h"
#include "base/pool.h"
#include "copy/copyplan.h"
#include "widgets/common/format.h"
#include "widgets/common/tableroles.h"

#include <QSet>

#include <chrono>
#include <iterator>

namespace quarry::widgets {

namespace {

constexpr std::chrono::hours datedAfter{30 * 24};

QString iconOf(FolderEntry::Type type)
{
    switch (type) {
    case FolderEntry::Type::Folder:
        return QStringLiteral("folder");
    case FolderEntry::Type::File:
        return QStringLiteral("file");
    case FolderEntry::Type::Link:
        return QStringLiteral("link");
    default:
        return QStringLiteral("info");
    }
}

// Of long ago a date says more than a count of days.
QString modifiedText(const QDateTime &time)
{
    const QDateTime now = utcNow();
    return std::chrono::abs(std::chrono::milliseconds(time.msecsTo(now))) < datedAfter
        ? formatRelative(time, now)
        : formatExact(time).section(u' ', 0, 0);
}

bool isFigure(int column)
{
    return column == FolderModel::SizeColumn || column == FolderModel::ModifiedColumn;
}

} // namespace

FolderModel::FolderModel(QObject *parent, size_t most) : QAbstractTableModel(parent), m_most(most)
{
}

void FolderModel::open(const SandboxFiles &files, const QByteArray &path)
{
    m_files = files;
    m_listing = Listing{path, std::make_shared<std::vector<agent::FileInfo>>()};
    nextPage(++m_listSerial, 0);
}

void FolderModel::reload()
{
    if (m_files && !m_listing)
        open(*m_files, m_path);
}

void FolderModel::clear()
{
    m_files.reset();
    m_listing.reset();
    ++m_listSerial;
    ++m_arrangeSerial;
    m_path.clear();
    m_cut = false;
    show({std::make_shared<Entries>(), {}});
}

void FolderModel::nextPage(quint64 serial, quint64 cursor)
{
    m_files->list(m_listing->path, cursor, this, [this, serial](Result<agent::FileList> page) {
        if (serial == m_listSerial)
            takePage(serial, std::move(page));
    });
}

void FolderModel::takePage(quint64 serial, Result<agent::FileList> page)
{
    if (!page) {
        const QByteArray path = m_listing->path;
        m_listing.reset();
        Q_EMIT failed(path, page.error());
        return;
    }
    std::vector<agent::FileInfo> &found = *m_listing->found;
    const size_t room = m_most - found.size();
    m_listing->cut = page->entries.size() > room;
    if (m_listing->cut)
        page->entries.resize(room);
    found.insert(found.end(), std::make_move_iterator(page->entries.begin()),
                 std::make_move_iterator(page->entries.end()));
    Q_EMIT arriving(qsizetype(found.size()));
    if (page->next != 0 && !m_listing->cut)
        nextPage(serial, page->next);
    else
        finishListing();
}

void FolderModel::finishListing()
{
    // Freed where it is used last: so many take a while.
    runInPool<Arranged>(
        *QThreadPool::globalInstance(), this,
        [found = std::move(m_listing->found), how = m_arrangement]() -> Result<Arranged> {
            const auto entries = std::make_shared<Entries>();
            entries->reserve(found->size());
            for (const agent::FileInfo &info : *found) {
                // What is no name cannot be asked for either.
                if (copy::isPlainName(
                        QByteArrayView(info.name.data(), qsizetype(info.name.size()))))
                    entries->push_back(folderEntry(info));
            }
            return Arranged{entries, arranged(*entries, how)};
        },
        [this, serial = m_listSerial, arrangement = m_arrangeSerial](Result<Arranged> result) {
            if (serial != m_listSerial)
                return;
            m_path = m_listing->path;
            m_cut = m_listing->cut;
            m_listing.reset();
            show(std::move(*result));
            Q_EMIT opened();
            if (arrangement != m_arrangeSerial)
                rearrange(); // it was asked for meanwhile
        });
}

void FolderModel::setFilter(const QString &text)
{
    m_arrangement.filter = text;
    rearrange();
}

void FolderModel::sort(int column, Qt::SortOrder order)
{
    static constexpr std::array orders{EntryOrder::Name, EntryOrder::Size, EntryOrder::Modified,
                                       EntryOrder::Kind, EntryOrder::Mode, EntryOrder::Owner};
    if (column < 0 || column >= ColumnCount)
        return;
    m_arrangement.by = orders[size_t(column)];
    m_arrangement.descending = order == Qt::DescendingOrder;
    rearrange();
}

void FolderModel::rearrange()
{
    const quint64 serial = ++m_arrangeSerial;
    if (m_entries->empty())
        return;
    runInPool<Arranged>(
        *QThreadPool::globalInstance(), this,
        [entries = m_entries, how = m_arrangement]() -> Result<Arranged> {
            return Arranged{entries, arranged(*entries, how)};
        },
        [this, serial](Result<Arranged> result) {
            if (serial == m_arrangeSerial && result->entries == m_entries)
                show(std::move(*result));
        });
}

void FolderModel::show(Arranged arranged)
{
    beginResetModel();
    std::shared_ptr<const Entries> before = std::exchange(m_entries, std::move(arranged.entries));
    m_rows = std::move(arranged.rows);
    endResetModel();
    QThreadPool::globalInstance()->start(
        [before = std::move(before)]() mutable { before.reset(); });
}

QByteArray FolderModel::pathOf(int row) const
{
    return copy::joined(m_path, entry(row).name);
}

QList<int> FolderModel::rowsOf(const QList<QByteArray> &names) const
{
    const QSet<QByteArray> wanted(names.cbegin(), names.cend());
    QList<int> rows;
    for (int row = 0; row < m_rows.size() && rows.size() < wanted.size(); ++row) {
        if (wanted.contains(entry(row).name))
            rows.append(row);
    }
    return rows;
}

int FolderModel::findPrefix(const QString &text, int from) const
{
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        const int row = int((from + i) % m_rows.size());
        if (entry(row).shown.startsWith(text, Qt::CaseInsensitive))
            return row;
    }
    return -1;
}

void FolderModel::tick()
{
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, ModifiedColumn), index(rowCount() - 1, ModifiedColumn));
}

int FolderModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int FolderModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

Qt::ItemFlags FolderModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index) | Qt::ItemIsDropEnabled;
    if (index.isValid())
        flags |= Qt::ItemIsDragEnabled;
    if (index.isValid() && index.column() == NameColumn)
        flags |= Qt::ItemIsEditable;
    return flags;
}

QString FolderModel::text(const FolderEntry &entry, int column) const
{
    switch (column) {
    case NameColumn:
        return entry.type == FolderEntry::Type::Link
            ? QStringLiteral("%1 → %2").arg(entry.shown, entry.target)
            : entry.shown;
    case SizeColumn:
        return entry.type == FolderEntry::Type::File ? formatBytes(entry.size) : QString();
    case ModifiedColumn:
        return modifiedText(entry.modifiedTime());
    case KindColumn:
        return kindText(entry.type);
    case ModeColumn:
        return modeText(entry.mode);
    case OwnerColumn:
        return QStringLiteral("%1:%2").arg(entry.uid).arg(entry.gid);
    default:
        return {};
    }
}

QVariant FolderModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const FolderEntry &entry = this->entry(index.row());
    const int column = index.column();
    if (role == Qt::DisplayRole)
        return text(entry, column);
    if (role == Qt::TextAlignmentRole && isFigure(column))
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::EditRole && column == NameColumn)
        return entry.shown;
    if (role == IconRole && column == NameColumn)
        return iconOf(entry.type);
    if (role == Qt::ToolTipRole && column == ModifiedColumn)
        return formatExact(entry.modifiedTime());
    return {};
}

bool FolderModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role == Qt::EditRole && index.isValid() && index.column() == NameColumn) {
        const QByteArray &name = entry(index.row()).name;
        const QByteArray wanted = fromEscapedName(value.toString());
        if (wanted != name)
            Q_EMIT renameAsked(name, wanted);
    }
    return false;
}

QVariant FolderModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (isFigure(section) ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    const QStringList titles{tr("Name"), tr("Size"), tr("Modified"),
                             tr("Kind"), tr("Mode"), tr("Owner")};
    return titles.value(section);
}

} // namespace quarry::widgets
