// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/games/sokobansearch.h"

#include <algorithm>
#include <cstdlib>

namespace quarry::gem {

namespace {

constexpr int mostFloor = (SokobanGrid::mostSide - 2) * (SokobanGrid::mostSide - 2);
constexpr int mostStates = 300000;
constexpr int mostDepth = 299; // of states on the way, the first included
constexpr std::uint8_t noPlace = 255;

// A place of the boxes is a bit for each floor cell, and above these a bit for each box that has
// not moved: GEM tells a moved box on its old place from one that never left.
static_assert(mostFloor + mostSokobanBoxes < 64);

// The search of one room. Floor cells are numbered in row order; boxes by their targets, likewise.
class ReversePlay
{
public:
    ReversePlay(const SokobanGrid &fixed, const SokobanGrid &state, SokobanSeen &seen);

    int run();
    void writeBest(SokobanGrid &out) const;

private:
    struct Frame {
        std::uint64_t boxes;
        std::size_t place; // of BOXES in m_seen
        std::uint8_t player;
        std::uint8_t direction; // the next to try
        std::uint8_t pulled; // the box that was pulled on the way here, or noPlace
        std::uint8_t pulledFrom;
    };

    void layOut(const SokobanGrid &fixed, const SokobanGrid &state);
    void enterFirst();
    bool goOn(); // false when the search is over
    void pull(std::uint8_t from, std::uint8_t to);
    void undoPull(const Frame &frame);
    std::size_t placeOf(std::uint64_t boxes);
    void judge(std::uint64_t boxes, std::uint8_t player);

    const SokobanGrid &m_fixed;
    SokobanSeen &m_seen;
    int m_floorCount = 0;
    int m_boxCount = 0;
    std::array<std::uint8_t, mostFloor> m_cellOf;
    std::array<std::array<std::uint8_t, 4>, mostFloor> m_next; // noPlace: a wall
    std::array<std::uint8_t, mostFloor> m_boxAt; // its number, or noPlace
    std::array<std::array<std::uint8_t, mostFloor>, mostSokobanBoxes>
        m_distance; // to the box's target
    std::uint64_t m_targets = 0;
    std::uint8_t m_firstPlayer = 0;

    std::array<Frame, mostDepth> m_stack;
    int m_depth = 0;
    int m_states = 0;
    int m_pulls = 0;
    int m_distances = 0;

    int m_bestScore = -1;
    std::uint64_t m_bestBoxes = 0;
    std::uint8_t m_bestPlayer = 0;
};

ReversePlay::ReversePlay(const SokobanGrid &fixed, const SokobanGrid &state, SokobanSeen &seen)
    : m_fixed(fixed), m_seen(seen)
{
    m_seen.clear();
    layOut(fixed, state);
}

void ReversePlay::layOut(const SokobanGrid &fixed, const SokobanGrid &state)
{
    std::array<std::uint8_t, SokobanGrid::mostSide * SokobanGrid::mostSide> numberOf;
    numberOf.fill(noPlace);
    std::array<int, mostSokobanBoxes> targetCells{};
    for (int cell = 0; cell < fixed.count(); ++cell) {
        if (fixed.cells[cell] == SokobanWall)
            continue;
        const auto number = std::uint8_t(m_floorCount++);
        numberOf[cell] = number;
        m_cellOf[number] = std::uint8_t(cell);
        m_boxAt[number] = noPlace;
        if (state.cells[cell] == SokobanPlayer)
            m_firstPlayer = number;
        if (fixed.cells[cell] == SokobanTarget) {
            m_targets |= std::uint64_t(1) << number;
            m_boxAt[number] = std::uint8_t(m_boxCount);
            targetCells[m_boxCount++] = cell;
        }
    }
    const auto directions = fixed.directions();
    for (int number = 0; number < m_floorCount; ++number) {
        const int cell = m_cellOf[number];
        for (int direction = 0; direction < 4; ++direction)
            m_next[number][direction] = numberOf[cell + directions[direction]];
        for (int box = 0; box < m_boxCount; ++box) {
            const int target = targetCells[box];
            m_distance[box][number]
                = std::uint8_t(std::abs(cell / fixed.columns - target / fixed.columns)
                               + std::abs(cell % fixed.columns - target % fixed.columns));
        }
    }
}

int ReversePlay::run()
{
    enterFirst();
    while (goOn()) {
    }
    return m_bestScore;
}

void ReversePlay::enterFirst()
{
    const std::uint64_t unmoved = ((std::uint64_t(1) << m_boxCount) - 1) << m_floorCount;
    Frame &first = m_stack[0];
    first = {m_targets | unmoved, 0, m_firstPlayer, 0, noPlace, 0};
    first.place = m_seen.find(first.boxes);
    m_seen.playersAt(first.place) = std::uint64_t(1) << m_firstPlayer;
    m_states = 1;
    judge(first.boxes, m_firstPlayer);
}

bool ReversePlay::goOn()
{
    Frame &frame = m_stack[m_depth];
    if (frame.direction == 4 || m_depth + 1 == mostDepth) {
        undoPull(frame);
        return m_depth-- > 0;
    }
    const int direction = frame.direction++;
    const std::uint8_t ahead = m_next[frame.player][direction];
    if (ahead == noPlace || m_boxAt[ahead] != noPlace)
        return true;
    const std::uint8_t behind = m_next[frame.player][direction ^ 1];
    const bool pulls = behind != noPlace && m_boxAt[behind] != noPlace;
    const std::uint64_t player = std::uint64_t(1) << ahead;

    Frame &next = m_stack[m_depth + 1];
    if (!pulls) {
        std::uint64_t &players = m_seen.playersAt(frame.place);
        if (players & player)
            return true;
        players |= player;
        next = {frame.boxes, frame.place, ahead, 0, noPlace, 0};
    } else {
        const std::uint8_t box = m_boxAt[behind];
        const std::uint64_t boxes
            = ((frame.boxes & ~(std::uint64_t(1) << behind)) | std::uint64_t(1) << frame.player)
            & ~(std::uint64_t(1) << (m_floorCount + box));
        const std::size_t place = placeOf(boxes);
        std::uint64_t &players = m_seen.playersAt(place);
        if (players & player)
            return true;
        players |= player;
        pull(behind, frame.player);
        ++m_pulls;
        next = {boxes, place, ahead, 0, box, behind};
    }
    ++m_depth;
    judge(next.boxes, ahead);
    return ++m_states < mostStates;
}

void ReversePlay::pull(std::uint8_t from, std::uint8_t to)
{
    const std::uint8_t box = m_boxAt[from];
    m_boxAt[from] = noPlace;
    m_boxAt[to] = box;
    m_distances += m_distance[box][to] - m_distance[box][from];
}

void ReversePlay::undoPull(const Frame &frame)
{
    if (frame.pulled == noPlace)
        return;
    pull(m_stack[m_depth - 1].player, frame.pulledFrom);
    --m_pulls;
}

std::size_t ReversePlay::placeOf(std::uint64_t boxes)
{
    const unsigned moves = m_seen.moves();
    const std::size_t place = m_seen.find(boxes);
    if (m_seen.moves() != moves) {
        for (int i = 0; i <= m_depth; ++i)
            m_stack[i].place = m_seen.find(m_stack[i].boxes);
    }
    return place;
}

void ReversePlay::judge(std::uint64_t boxes, std::uint8_t player)
{
    const bool covered = ((boxes | std::uint64_t(1) << player) & m_targets) != 0;
    const int score = covered ? 0 : m_pulls * m_distances;
    if (score > m_bestScore) {
        m_bestScore = score;
        m_bestBoxes = boxes;
        m_bestPlayer = player;
    }
}

void ReversePlay::writeBest(SokobanGrid &out) const
{
    out = m_fixed;
    for (int number = 0; number < m_floorCount; ++number) {
        if (m_bestBoxes >> number & 1)
            out.cells[m_cellOf[number]] = SokobanBox;
    }
    out.cells[m_cellOf[m_bestPlayer]] = SokobanPlayer;
}

} // namespace

void SokobanSeen::clear()
{
    if (m_used > 0)
        std::fill(m_entries.begin(), m_entries.end(), Entry());
    m_used = 0;
}

std::size_t SokobanSeen::slot(std::uint64_t boxes) const
{
    const std::size_t mask = m_entries.size() - 1;
    std::size_t at = std::size_t((boxes * 0x9E3779B97F4A7C15U) >> m_shift);
    while (m_entries[at].boxes != boxes && m_entries[at].boxes != 0)
        at = (at + 1) & mask;
    return at;
}

std::size_t SokobanSeen::find(std::uint64_t boxes)
{
    std::size_t at = slot(boxes);
    if (m_entries[at].boxes != 0)
        return at;
    if (2 * ++m_used > m_entries.size()) {
        grow();
        at = slot(boxes);
    }
    m_entries[at].boxes = boxes;
    return at;
}

void SokobanSeen::grow()
{
    std::vector<Entry> old(4 * m_entries.size());
    old.swap(m_entries);
    m_shift -= 2;
    ++m_moves;
    for (const Entry &entry : old) {
        if (entry.boxes != 0)
            m_entries[slot(entry.boxes)] = entry;
    }
}

int playSokobanBackwards(const SokobanGrid &fixed, const SokobanGrid &state, SokobanSeen &seen,
                         SokobanGrid &best)
{
    ReversePlay play(fixed, state, seen);
    const int score = play.run();
    play.writeBest(best);
    return score;
}

} // namespace quarry::gem
