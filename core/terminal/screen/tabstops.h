// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Where tabs stop: every eighth column until a program says otherwise.
#pragma once

#include <vector>

namespace quarry::terminal {

class TabStops
{
public:
    explicit TabStops(int columns) { resize(columns); }

    void resize(int columns)
    {
        const auto size = std::size_t(columns);
        for (std::size_t i = m_stops.size(); i < size; ++i)
            m_stops.push_back(i % 8 == 0 && i > 0);
        m_stops.resize(size);
    }
    void reset()
    {
        const int columns = int(m_stops.size());
        m_stops.clear();
        resize(columns);
    }
    void set(int column, bool on) { m_stops[std::size_t(column)] = on; }
    void clearAll() { m_stops.assign(m_stops.size(), false); }

    // The next stop before `limit`, or the last column before it.
    int next(int column, int limit) const
    {
        for (int i = column + 1; i < limit; ++i) {
            if (m_stops[std::size_t(i)])
                return i;
        }
        return limit - 1 > column ? limit - 1 : column;
    }
    int previous(int column, int limit) const
    {
        for (int i = column - 1; i > limit; --i) {
            if (m_stops[std::size_t(i)])
                return i;
        }
        return limit < column ? limit : column;
    }

private:
    std::vector<bool> m_stops;
};

} // namespace quarry::terminal
