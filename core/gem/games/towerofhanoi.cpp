// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/games/towerofhanoi.h"

#include "gem/environment/boxed.h"
#include "gem/games/phrases.h"

#include <algorithm>
#include <cstring>

namespace quarry::gem {

namespace {

struct HanoiMove {
    std::uint8_t from = 0, to = 0;
};
constexpr HanoiMove hanoiMoves[] = {{0, 1}, {0, 2}, {1, 0}, {1, 2}, {2, 0}, {2, 1}};

constexpr char towerName(int tower)
{
    return char('A' + tower);
}

bool takeTower(BoxedReader &reader, std::uint8_t &tower)
{
    char letter = 0;
    if (!reader.letter(letter) || letter > 'C')
        return false;
    tower = std::uint8_t(letter - 'A');
    return true;
}

std::optional<HanoiMove> takeMove(BoxedReader &reader)
{
    HanoiMove move;
    if (!takeTower(reader, move.from))
        return std::nullopt;
    reader.spaces();
    if (reader.literal(","))
        reader.spaces();
    return takeTower(reader, move.to) ? std::optional(move) : std::nullopt;
}

void appendMove(std::string &out, HanoiMove move)
{
    char text[] = "\\boxed{A B}";
    text[7] = towerName(move.from);
    text[9] = towerName(move.to);
    out.append(text, sizeof text - 1);
}

// A disk with what stands between disks; four bytes are always written and LENGTH of them count.
struct DiskName {
    char text[4];
    std::uint8_t length;
};
using DiskNames = std::array<DiskName, TowerOfHanoiParameters::mostDisks + 1>;

constexpr DiskNames diskNames(std::string_view between)
{
    DiskNames names{};
    for (unsigned disk = 0; disk < names.size(); ++disk) {
        DiskName &name = names[disk];
        if (disk >= 10)
            name.text[name.length++] = '1';
        name.text[name.length++] = char('0' + disk % 10);
        for (const char c : between)
            name.text[name.length++] = c;
    }
    return names;
}
constexpr DiskNames listedDisks = diskNames(", ");
constexpr DiskNames jsonDisks = diskNames(",");

// The disks of a tower written at END, which has room for three bytes more; what stands after them
// comes back.
char *writeDisks(char *end, const std::uint8_t *disks, int count, const DiskNames &names)
{
    for (int i = 0; i < count; ++i) {
        const DiskName &name = names[disks[i]];
        std::memcpy(end, name.text, sizeof name.text);
        end += name.length;
    }
    const int between = names[0].length - 1;
    return end - (count > 0 ? between : 0);
}
static_assert(TowerOfHanoiParameters::mostDisks < 20);

} // namespace

TowerOfHanoiEnvironment::TowerOfHanoiEnvironment(const TowerOfHanoiParameters &parameters)
    : m_parameters(parameters)
{
}

void TowerOfHanoiEnvironment::begin(std::uint32_t)
{
    if (m_parameters.drawn) {
        static constexpr int choices[][2] = {{3, 10}, {4, 20}, {5, 35}};
        const auto &choice = choices[random().below(std::size(choices))];
        m_parameters.disks = choice[0];
        m_parameters.maxTurns = choice[1];
    }
    setMaxTurns(m_parameters.maxTurns);
    m_towers = {};
    m_towers[0].height = std::uint8_t(m_parameters.disks);
    for (int i = 0; i < m_parameters.disks; ++i)
        m_towers[0].disks[std::size_t(i)] = std::uint8_t(m_parameters.disks - i);
    m_said = Said::Rules;
}

bool TowerOfHanoiEnvironment::isLegal(const Tower &from, const Tower &to) const
{
    return from.height > 0 && (to.height == 0 || from.top() <= to.top());
}

Environment::Played TowerOfHanoiEnvironment::play(std::string_view action)
{
    const auto move = lastBoxed(action, takeMove);
    if (!move) {
        m_said = Said::Unreadable;
        return {Outcome::Unreadable};
    }
    m_from = move->from;
    m_to = move->to;
    Tower &from = m_towers[m_from];
    Tower &to = m_towers[m_to];
    if (!isLegal(from, to)) {
        m_said = from.height == 0 ? Said::Empty : Said::Larger;
        return {};
    }
    const std::uint8_t disk = from.disks[--from.height];
    to.disks[to.height++] = disk;
    const bool won = m_towers[2].height == m_parameters.disks;
    m_said = won ? Said::Won : Said::Moved;
    return won ? Played{Outcome::Ended, 1} : Played{};
}

double TowerOfHanoiEnvironment::rewardAtLimit(double) const
{
    return double(m_towers[2].height) / m_parameters.disks;
}

void TowerOfHanoiEnvironment::appendObservation(std::string &out) const
{
    switch (m_said) {
    case Said::Rules:
        appendText(out, "Tower of Hanoi. ", m_parameters.disks,
                   " disks stand on tower A; 1 is the smallest. Move them all to tower C, one at a "
                   "time, only ever the "
                   "top one of a tower, and never onto a smaller one. Answer with the tower to "
                   "take from and the tower "
                   "to put on in a box, for example \\boxed{A C}. ");
        return appendTurns(out, maxTurns());
    case Said::Unreadable:
        return appendUnreadable(out, "\\boxed{from to}");
    case Said::Empty:
        appendText(out, "Tower ", towerName(m_from), " is empty.");
        break;
    case Said::Larger:
        appendText(out, "The disk on ", towerName(m_from), " is larger than the one on ",
                   towerName(m_to), '.');
        break;
    case Said::Moved: {
        char text[] = "Moved a disk from A to B.";
        text[18] = towerName(m_from);
        text[23] = towerName(m_to);
        out.append(text, sizeof text - 1);
        break;
    }
    case Said::Won:
        out += "All disks are on C. You win!";
        return;
    }
    if (turn() >= maxTurns())
        out += outOfTurns;
}

void TowerOfHanoiEnvironment::appendSuffix(std::string &out) const
{
    std::array<char, 3 * 6 + TowerOfHanoiParameters::mostDisks * 4 + 8> text;
    char *end = text.data();
    for (int i = 0; i < 3; ++i) {
        const Tower &tower = m_towers[std::size_t(i)];
        end = std::copy_n("A: [", 4, end);
        end[-4] = towerName(i);
        end = writeDisks(end, tower.disks.data(), tower.height, listedDisks);
        end = std::copy_n("]\n", 2, end);
    }
    out.append(text.data(), end);
}

void TowerOfHanoiEnvironment::appendBoardKeys(std::string &out) const
{
    appendText(out, ",\"disks\":", m_parameters.disks, ",\"towers\":{");
    std::array<char, 3 * 7 + TowerOfHanoiParameters::mostDisks * 3 + 8> text;
    char *end = text.data();
    for (int i = 0; i < 3; ++i) {
        const Tower &tower = m_towers[std::size_t(i)];
        end = std::copy_n("\"A\":[", 5, end);
        end[-4] = towerName(i);
        end = writeDisks(end, tower.disks.data(), tower.height, jsonDisks);
        *end++ = ']';
        *end++ = i < 2 ? ',' : '}';
    }
    out.append(text.data(), end);
}

void TowerOfHanoiEnvironment::appendParameters(std::string &out) const
{
    appendText(out, "{\"disks\":", m_parameters.disks, ",\"max_turns\":", m_parameters.maxTurns,
               '}');
}

std::vector<std::string> TowerOfHanoiEnvironment::legalActions(std::size_t most) const
{
    std::vector<std::string> actions;
    for (const HanoiMove move : hanoiMoves) {
        if (!isOver() && actions.size() < most && isLegal(m_towers[move.from], m_towers[move.to]))
            appendMove(actions.emplace_back(), move);
    }
    return actions;
}

bool TowerOfHanoiEnvironment::appendLegalAction(SampleRandom &random, std::string &out) const
{
    while (!isOver()) { // the smallest disk can always move
        const HanoiMove move = hanoiMoves[random.below(std::size(hanoiMoves))];
        if (isLegal(m_towers[move.from], m_towers[move.to])) {
            appendMove(out, move);
            return true;
        }
    }
    return false;
}

std::unique_ptr<Environment> TowerOfHanoiEnvironment::clone() const
{
    return std::make_unique<TowerOfHanoiEnvironment>(*this);
}

} // namespace quarry::gem
