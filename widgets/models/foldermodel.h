// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One folder of a sandbox at a time.
#pragma once

#include "widgets/models/folderentry.h"
#include "widgets/models/sandboxfiles.h"

#include <QAbstractTableModel>

#include <memory>
#include <optional>
#include <vector>

namespace quarry::widgets {

// The folder is listed page by page, and put in order on another thread; what was shown stays until
// the new is there as a whole, so that nothing jumps and no slot takes long at any size. A filter
// or another order comes the same way, as a reset.
class FolderModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        NameColumn,
        SizeColumn,
        ModifiedColumn,
        KindColumn,
        ModeColumn,
        OwnerColumn,
        ColumnCount
    };
    // Of more than MOST entries the rest is not listed: see isCut().
    static constexpr size_t EntriesMax = 200'000;
    explicit FolderModel(QObject *parent = nullptr, size_t most = EntriesMax);

    // opened() or failed() follows, unless another open() comes before.
    void open(const SandboxFiles &files, const QByteArray &path);
    // The same folder again.
    void reload();
    // Shows nothing, and waits for nothing.
    void clear();
    // Each word must be in the name, as it is shown.
    void setFilter(const QString &text);
    void sort(int column, Qt::SortOrder order) override;

    // Of what is shown.
    const QByteArray &path() const { return m_path; }
    bool isCut() const { return m_cut; } // the folder has more than is shown
    qsizetype count() const { return qsizetype(m_entries->size()); } // without the filter
    const FolderEntry &entry(int row) const { return (*m_entries)[size_t(m_rows[row])]; }
    QByteArray pathOf(int row) const;
    // The rows of NAMES, in no order; those that are not shown are left out.
    QList<int> rowsOf(const QList<QByteArray> &names) const;
    // The first row from FROM on, around the end, whose name begins with TEXT; -1: none.
    int findPrefix(const QString &text, int from) const;

    // The times of what is shown are relative to now.
    void tick();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    // Of a name alone: renameAsked(), and no change until the folder is listed again.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    // So many entries have come so far.
    void arriving(qsizetype count);
    void opened();
    void failed(const QByteArray &path, const quarry::Error &error);
    void renameAsked(const QByteArray &name, const QByteArray &newName);

private:
    using Entries = std::vector<FolderEntry>;
    struct Arranged {
        std::shared_ptr<const Entries> entries;
        QList<int> rows;
    };
    struct Listing { // that is under way
        QByteArray path;
        std::shared_ptr<std::vector<agent::FileInfo>> found;
        bool cut = false;
    };

    void nextPage(quint64 serial, quint64 cursor);
    void takePage(quint64 serial, Result<agent::FileList> page);
    void finishListing();
    void rearrange();
    void show(Arranged arranged);
    QString text(const FolderEntry &entry, int column) const;

    size_t m_most;
    std::optional<SandboxFiles> m_files;
    std::optional<Listing> m_listing;
    Arrangement m_arrangement;
    quint64 m_listSerial = 0; // an answer to an earlier one comes too late
    quint64 m_arrangeSerial = 0;

    QByteArray m_path;
    std::shared_ptr<const Entries> m_entries = std::make_shared<Entries>();
    QList<int> m_rows;
    bool m_cut = false;
};

} // namespace quarry::widgets
