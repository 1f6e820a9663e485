# SPDX-FileCopyrightText: The Quarry authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The terminal core by kind of output, beside alacritty_terminal (built by cargo), libvterm and tmux."""
import itertools
import os
import pathlib
import random
import shutil
import subprocess
import tempfile
import time

HERE = pathlib.Path(__file__).parent
SIZES = [(100, 30), (220, 60)]
BYTES = 16_000_000
SLOW_BYTES = 1_000_000  # of what libvterm crawls through
ROUNDS = 3  # of all programs in turn, the best counts: a neighbour's burst must not hit one alone


def plain():
    for i in itertools.count():
        yield b"[%5d] Building CXX object core/terminal/CMakeFiles/t.dir/file_%04d.cpp.o and more\r\n" % (i, i % 1000)


def coloured():
    for i in itertools.count():
        yield (b"\x1b[32m2026-01-01T00:00:%02d\x1b[0m \x1b[1;34mINFO\x1b[0m agent step=\x1b[38;5;208m%d\x1b[0m "
               b"tool=\x1b[33mbash\x1b[0m finished ok in 12 ms\r\n" % (i % 60, i))


def wide():
    line = "日志 ログ журнал 漢字かな交じり文 한국어 🙂🚀 全角ＡＢＣ naïve 👨\u200d👩\u200d👧 ✅ ok\r\n".encode()
    while True:
        yield line


def yes():
    while True:
        yield b"y\r\n" * 1000


def noise():
    source = random.Random(1)
    while True:
        yield source.randbytes(65536)


def redraw():
    for i in itertools.count():
        rows = (b"\x1b[%d;1H\x1b[48;5;%dm%5d root  20   0 \x1b[1m%6d\x1b[22m S  %2d.%d \x1b[32m||||||||\x1b[39m"
                b"      /usr/bin/some-process --flag\x1b[0m\x1b[K"
                % (y, (i + y) & 255, i, y * i, i % 100, y % 10) for y in range(1, 31))
        yield b"\x1b[H" + b"".join(rows)


def region():
    lines = b"".join(b"log line %d in a region, some text\r\n" % i for i in range(40))
    while True:
        yield b"\x1b[3;20r\x1b[20;1H" + lines + b"\x1b[r\x1b[24;1Hstatus"


KINDS = {"plain log": plain, "coloured log": coloured, "CJK and emoji": wide, "yes": yes, "random bytes": noise,
         "full-screen redraw": redraw, "scroll region": region}


def write_streams(folder):
    files = {}
    for name, make in KINDS.items():
        files[name] = folder / name.replace(" ", "-")
        with files[name].open("wb") as out:
            for part in make():
                out.write(part)
                if out.tell() >= BYTES:
                    break
    return files


def rates(command, size, files, folder):
    """{kind: MB/s} of a program that prints a rate for each file."""
    out = subprocess.run([*command, *map(str, size), *files.values()], cwd=folder, capture_output=True, text=True,
                         check=True).stdout.split()
    return dict(zip(files, map(float, out)))


def alacritty(folder):
    """The program that measures alacritty_terminal, or the reason why there is none."""
    if not shutil.which("cargo"):
        return None, "no cargo"
    peer = folder / "alacritty"
    shutil.copytree(HERE / "alacritty", peer)
    target = os.environ.get("CARGO_TARGET_DIR", str(folder / "target"))
    built = subprocess.run(["cargo", "build", "--quiet", "--release", "--target-dir", target], cwd=peer,
                           capture_output=True, text=True)
    if built.returncode != 0:
        return None, "cargo cannot build it: " + (built.stderr.strip().splitlines() or ["?"])[-1]
    return pathlib.Path(target) / "release" / "alacritty-rate", None


def tmux_rates(size, files, folder):
    """tmux, by cat in a detached pane; with the pty and two processes between."""
    if not shutil.which("tmux"):
        return {}
    out = {}
    base = ["tmux", "-f", "/dev/null", "-S", str(folder / "tmux")]
    for name, file in files.items():
        began = time.perf_counter()
        subprocess.run([*base, "new-session", "-d", "-x", str(size[0]), "-y", str(size[1]),
                        f"stty raw; cat '{file}'; tmux -S '{folder / 'tmux'}' wait-for -S done"], check=True)
        try:
            subprocess.run([*base, "wait-for", "done"], check=True, timeout=120)
            out[name] = file.stat().st_size / (time.perf_counter() - began) / 1e6
        except subprocess.TimeoutExpired:
            pass
        subprocess.run([*base, "kill-server"], capture_output=True)
    return out


def run(bench):
    program = bench.program.parent.parent / "tests" / "bench_vt"
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        files = write_streams(folder)
        small = {}
        for kind, file in files.items():
            small[kind] = folder / ("small-" + file.name)
            small[kind].write_bytes(file.read_bytes()[:SLOW_BYTES])
        peer_program, why_not = alacritty(folder)
        if why_not:
            print(f"alacritty_terminal: {why_not}")
        for size in SIZES:
            turns = {"own": [program, "memory"], "disk": [program, "disk"]}
            if peer_program:
                turns["peer"] = [peer_program]
            rounds = [{who: rates(command, size, files, folder) for who, command in turns.items()}
                      for _ in range(ROUNDS)]
            best = {who: {kind: max(each[who][kind] for each in rounds) for kind in files} for who in turns}
            own, disk = best["own"], best["disk"]
            peers = {"alacritty_terminal": best.get("peer", {}),
                     "libvterm": rates([program, "libvterm"], size, small, folder),
                     "tmux": tmux_rates(size, files, folder)}
            for kind in files:
                what = f"{kind} {size[0]}x{size[1]}"
                for peer, figures in peers.items():
                    bench.figure(what, own[kind], figures.get(kind), peer + " (more is better)", "MB/s")
                bench.figure(what + ", on disk", disk[kind], peers["alacritty_terminal"].get(kind),
                             "alacritty_terminal (more is better)", "MB/s")
