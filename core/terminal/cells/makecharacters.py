#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""makecharacters.py > charactertable.cpp: the table of character.h from Unicode's data.

Uses the package unicodedata2 (PyPI), which follows Unicode more closely than the interpreter, where it is installed."""
import textwrap

try:
    import unicodedata2 as unicodedata
except ImportError:
    import unicodedata

END = 0x20000  # what lies above is simple, and said by character.cpp
PICTOGRAPHIC, SKIN_TONE, REGIONAL, WIDENS = 4, 8, 16, 32

# Blocks that hold pictographs (a superset of Extended_Pictographic: it only matters beside a joiner or skin tone).
PICTOGRAPHS = [(0xA9, 0xA9), (0xAE, 0xAE), (0x203C, 0x203C), (0x2049, 0x2049), (0x2122, 0x2122), (0x2139, 0x2139),
               (0x2190, 0x21FF), (0x2300, 0x23FF), (0x24C2, 0x24C2), (0x25A0, 0x27BF), (0x2900, 0x297F),
               (0x2B00, 0x2BFF), (0x3030, 0x3030), (0x303D, 0x303D), (0x3297, 0x3297), (0x3299, 0x3299),
               (0x1F000, 0x1F1E5), (0x1F200, 0x1F3FA), (0x1F400, 0x1FAFF)]
# The narrow ones with an emoji form (emoji-variation-sequences.txt).
EMOJI_FORMS = """23 2A 30-39 A9 AE 203C 2049 2122 2139 2194-2199 21A9-21AA 2328 23CF 23ED-23EF 23F1-23F2 23F8-23FA 24C2
    25AA-25AB 25B6 25C0 25FB-25FC 2600-2604 260E 2611 2618 261D 2620 2622-2623 2626 262A 262E-262F 2638-263A 2640 2642
    265F-2660 2663 2665-2666 2668 267B 267E 2692 2694-2697 2699 269B-269C 26A0 26A7 26B0-26B1 26C8 26CF 26D1 26D3 26E9
    26F0-26F1 26F4 26F7-26F9 2702 2708-2709 270C-270D 270F 2712 2714 2716 271D 2721 2733-2734 2744 2747 2763-2764 27A1
    2934-2935 2B05-2B07 1F170-1F171 1F17E-1F17F 1F321 1F324-1F32C 1F336 1F37D 1F396-1F397 1F399-1F39B 1F39E-1F39F
    1F3CB-1F3CE 1F3D4-1F3DF 1F3F3 1F3F5 1F3F7 1F43F 1F441 1F4FD 1F549-1F54A 1F56F-1F570 1F573-1F579 1F587 1F58A-1F58D
    1F590 1F5A5 1F5A8 1F5B1-1F5B2 1F5BC 1F5C2-1F5C4 1F5D1-1F5D3 1F5DC-1F5DE 1F5E1 1F5E3 1F5E8 1F5EF 1F5F3 1F5FA
    1F6CB 1F6CD-1F6CF 1F6E0-1F6E5 1F6E9 1F6F0 1F6F3"""
WIDE = [(0x3400, 0x4DBF), (0x4E00, 0x9FFF)]  # unassigned ones too (UAX #11)
JAMO = [(0x1160, 0x11FF), (0xD7B0, 0xD7FF)]  # vowels and finals, drawn into the initial
VISIBLE_FORMATS = [(0xAD, 0xAD), (0x600, 0x605), (0x6DD, 0x6DD), (0x70F, 0x70F), (0x890, 0x891), (0x8E2, 0x8E2),
                   (0x110BD, 0x110BD), (0x110CD, 0x110CD)]


def within(code, ranges):
    return any(first <= code <= last for first, last in ranges)


def parse(text):
    pairs = (part.split("-") for part in text.split())
    return [(int(pair[0], 16), int(pair[-1], 16)) for pair in pairs]


def width(code):
    char = chr(code)
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Zl", "Zp") or within(code, JAMO):
        return 0
    if category == "Cf" and not within(code, VISIBLE_FORMATS):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" or within(code, WIDE) else 1


def properties(code, forms):
    bits = width(code)
    if 0x1F3FB <= code <= 0x1F3FF:
        return bits | SKIN_TONE
    if 0x1F1E6 <= code <= 0x1F1FF:
        return 1 | REGIONAL
    return bits | (PICTOGRAPHIC if within(code, PICTOGRAPHS) else 0) | (WIDENS if within(code, forms) else 0)


def ranges(forms):
    """(first, last, properties) of the code points below END that are not just narrow."""
    runs = []
    for code in range(END):
        bits = properties(code, forms)
        if bits == 1:
            continue
        if runs and runs[-1][1] == code - 1 and runs[-1][2] == bits:
            runs[-1][1] = code
        else:
            runs.append([code, code, bits])
    return runs


def main():
    runs = [f"{{0x{first:x}, 0x{last:x}, {bits}}}," for first, last, bits in ranges(parse(EMOJI_FORMS))]
    text = textwrap.wrap(" ".join(run.replace(" ", "\0") for run in runs), 96, initial_indent="    ",
                         subsequent_indent="    ", break_on_hyphens=False)
    print("// SPDX-FileCopyrightText: The Quarry authors\n// SPDX-License-Identifier: GPL-3.0-or-later")
    print(f"// Made by makecharacters.py from Unicode {unicodedata.unidata_version}.")
    print('#include "terminal/cells/character.h"\n\nnamespace quarry::terminal {\n\n// clang-format off')
    print("const Character::Range Character::Ranges[] = {")
    print("\n".join(text).replace("\0", " "))
    print("};\n// clang-format on\n\nconst int Character::RangeCount = sizeof(Ranges) / sizeof(Ranges[0]);")
    print("\n} // namespace quarry::terminal")


main()
