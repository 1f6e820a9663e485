// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// alacritty-rate COLUMNS ROWS FILE…: MB/s of each file fed to alacritty_terminal in pieces of 64 KiB, with 10,000
// lines of history; the best of three, one a line.
use alacritty_terminal::event::VoidListener;
use alacritty_terminal::grid::Dimensions;
use alacritty_terminal::term::{Config, Term};
use alacritty_terminal::vte::ansi::Processor;
use std::time::Instant;

struct Size {
    columns: usize,
    rows: usize,
}

impl Dimensions for Size {
    fn total_lines(&self) -> usize {
        self.rows
    }
    fn screen_lines(&self) -> usize {
        self.rows
    }
    fn columns(&self) -> usize {
        self.columns
    }
}

fn rate(size: &Size, bytes: &[u8]) -> f64 {
    let config = Config { scrolling_history: 10_000, ..Config::default() };
    let mut term = Term::new(config, size, VoidListener);
    let mut processor: Processor = Processor::new();
    let began = Instant::now();
    for piece in bytes.chunks(65536) {
        processor.advance(&mut term, piece);
    }
    bytes.len() as f64 / began.elapsed().as_secs_f64() / 1e6
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let size = Size { columns: arguments[0].parse().unwrap(), rows: arguments[1].parse().unwrap() };
    for path in &arguments[2..] {
        let bytes = std::fs::read(path).unwrap();
        let best = (0..3).map(|_| rate(&size, &bytes)).fold(0.0, f64::max);
        println!("{best:.1}");
    }
}
