// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Rows that hold every word of what a person types, in any case and order.
#pragma once

#include <QSortFilterProxyModel>
#include <QStringList>

#include <algorithm>

namespace quarry::widgets {

class WordFilter : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setText(const QString &text)
    {
        m_words = text.split(u' ', Qt::SkipEmptyParts);
        invalidateFilter();
    }

protected:
    bool hasWords() const { return !m_words.isEmpty(); }
    template <typename Has>
    bool everyWord(Has has) const
    {
        return std::all_of(m_words.begin(), m_words.end(), has);
    }

private:
    QStringList m_words;
};

// For the words of a WordFilter.
inline bool holds(const QString &text, const QString &word)
{
    return text.contains(word, Qt::CaseInsensitive);
}

} // namespace quarry::widgets
