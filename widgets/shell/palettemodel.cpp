// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/palettemodel.h"

#include "widgets/common/fuzzymatch.h"

#include <algorithm>

namespace quarry::widgets {

struct PaletteModel::Group {
    QString title;
    int score = 0;
    QList<Row> rows;
};

PaletteModel::PaletteModel(QObject *parent) : QAbstractListModel(parent) { }

PaletteModel::Group PaletteModel::makeGroup(const PaletteSource &source,
                                            const QList<RankedText> &ranked, bool searching)
{
    Group group{source.group(), ranked.isEmpty() ? 0 : ranked.first().match.score, {}};
    QList<Row> disabled;
    // More are looked at than shown: what cannot be done now gives way.
    for (const RankedText &hit : ranked.first(std::min(ranked.size(), 4 * ResultsPerSource))) {
        Row row{false, source.entry(hit.index), hit.match.positions};
        (row.entry.enabled ? group.rows : disabled).append(std::move(row));
    }
    group.rows.append(disabled);
    if (searching)
        group.rows.resize(std::min(group.rows.size(), ResultsPerSource));
    return group;
}

void PaletteModel::search(const QList<PaletteSource *> &sources, const QString &query)
{
    QString words = query.trimmed();
    QList<PaletteSource *> asked = sources;
    if (!words.isEmpty()) {
        for (PaletteSource *source : sources) {
            if (!source->prefix().isNull() && words.front() == source->prefix()) {
                asked = {source};
                words = words.sliced(1).trimmed();
                break;
            }
        }
    }
    m_found = m_searched = 0;
    QList<Group> groups;
    for (const PaletteSource *source : asked) {
        const QStringList names = source->names();
        const QList<RankedText> ranked = rank(words, names, names.size());
        m_searched += names.size();
        m_found += ranked.size();
        groups.append(makeGroup(*source, ranked, !words.isEmpty()));
    }
    if (!words.isEmpty()) {
        std::stable_sort(groups.begin(), groups.end(),
                         [](const Group &a, const Group &b) { return a.score > b.score; });
    }
    beginResetModel();
    m_rows.clear();
    for (const Group &group : groups) {
        if (group.rows.isEmpty())
            continue;
        Row heading;
        heading.heading = true;
        heading.entry.name = group.title;
        m_rows.append(heading);
        m_rows.append(group.rows);
    }
    endResetModel();
}

void PaletteModel::clear()
{
    beginResetModel();
    m_rows.clear();
    endResetModel();
}

bool PaletteModel::isEntry(int row) const
{
    return row >= 0 && row < m_rows.size() && !m_rows[row].heading;
}

int PaletteModel::firstEntry() const
{
    for (int row = 0; row < m_rows.size(); ++row) {
        if (!m_rows[row].heading)
            return row;
    }
    return -1;
}

PaletteEntry PaletteModel::entry(int row) const
{
    return isEntry(row) ? m_rows[row].entry : PaletteEntry{};
}

int PaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return row.entry.name;
    case Qt::AccessibleTextRole: {
        QStringList parts{row.entry.name};
        for (const QString &part : {row.entry.detail, row.entry.shortcut}) {
            if (!part.isEmpty())
                parts.append(part);
        }
        return parts.join(QStringLiteral(", "));
    }
    case HeadingRole:
        return row.heading;
    case IconRole:
        return row.entry.icon;
    case DetailRole:
        return row.entry.detail;
    case ShortcutRole:
        return row.entry.shortcut;
    case EnabledRole:
        return row.entry.enabled;
    case PositionsRole:
        return QVariant::fromValue(row.positions);
    default:
        return {};
    }
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return isEntry(index.row()) ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::ItemIsEnabled;
}

} // namespace quarry::widgets
