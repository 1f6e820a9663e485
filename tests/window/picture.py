# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pixels of a part of the screen."""
import collections
import struct
import zlib


class Picture:
    """Pixels of a part of the screen, BGRX."""

    def __init__(self, box, raw):
        self.box, self.raw = tuple(box), raw

    def __eq__(self, other):
        return self.box == other.box and self.raw == other.raw

    def rgb(self, x, y):
        i = (y * self.box[2] + x) * 4
        return self.raw[i + 2], self.raw[i + 1], self.raw[i]

    def colours(self, step=3):
        """{(r,g,b): share} over a sample of the pixels."""
        n = collections.Counter(self.raw[i:i + 3] for i in range(0, len(self.raw) - 3, 4 * step))
        total = sum(n.values())
        return {(k[2], k[1], k[0]): v / total for k, v in n.most_common(4000)}

    def luminance(self):
        c = self.colours(7)
        return sum((0.2126 * r + 0.7152 * g + 0.0722 * b) * s for (r, g, b), s in c.items()) / 255

    def changed(self, other):
        """Share of differing pixels."""
        if self.box != other.box:
            return 1.0
        n = sum(1 for i in range(0, len(self.raw), 16) if self.raw[i:i + 3] != other.raw[i:i + 3])
        return n / max(1, len(self.raw) // 16)

    def save(self, path):
        w, h = self.box[2:]
        rows = bytearray()
        for y in range(h):
            line = self.raw[y * w * 4:(y + 1) * w * 4]
            rgb = bytearray(w * 3)
            rgb[0::3], rgb[1::3], rgb[2::3] = line[2::4], line[1::4], line[0::4]
            rows += b"\0" + rgb

        def chunk(kind, data):
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        with open(path, "wb") as f:
            f.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(bytes(rows), 6)) + chunk(b"IEND", b""))
        return path
