//! The strings of an XLS workbook that have several fonts, and how long each shared string is.
//!
//! Shared strings lie in one record and its continuations, which may begin within a string. This module does no I/O.

use std::collections::HashMap;

use super::ole::u16_at;
use super::xlsx_marks::StruckString;

/// The record that continues the one before it.
const CONTINUE: u16 = 0x003C;

/// A string of several fonts.
#[derive(Debug, Default)]
pub(super) struct RichString {
    /// Its UTF-16 units.
    units: Vec<u16>,
    /// Where each font begins, in units, and its number.
    runs: Vec<(usize, u16)>,
}

impl RichString {
    /// What is struck out and what is kept; `before` is whether the font of the cell strikes out, `strikes` whether another does.
    pub(super) fn parted(&self, before: bool, strikes: impl Fn(u16) -> bool) -> StruckString {
        let ends = self.runs.iter().map(|(at, _)| *at).chain([self.units.len()]);
        let fonts = std::iter::once(before).chain(self.runs.iter().map(|(_, font)| strikes(*font)));
        let (mut string, mut from) = (StruckString::default(), 0);
        for (end, is_struck) in ends.zip(fonts) {
            let end = end.clamp(from, self.units.len());
            let part = if is_struck { &mut string.struck } else { &mut string.kept };
            part.push_str(&String::from_utf16_lossy(&self.units[from..end]));
            from = end;
        }
        string
    }
}

/// The upper bound in bytes of each shared string of the record at `at`.
pub(super) fn lengths(stream: &[u8], at: usize) -> Vec<usize> {
    let mut lengths = Vec::new();
    each(stream, at, |string| lengths.push(string.chars * 3));
    lengths
}

/// The strings of several fonts in the record at `at`, by index.
pub(super) fn rich(stream: &[u8], at: usize) -> HashMap<usize, RichString> {
    let (mut rich, mut index) = (HashMap::new(), 0);
    each(stream, at, |string| {
        if !string.rich.runs.is_empty() {
            rich.insert(index, string.rich);
        }
        index += 1;
    });
    rich
}

/// The string of several fonts of the one cell whose record begins at `at`; workbooks that other programs wrote have such cells.
pub(super) fn rich_of_cell(stream: &[u8], at: usize) -> Option<RichString> {
    let mut bytes = ByteReader::of_record(stream, at);
    // Row, column and format come first.
    bytes.skip(6)?;
    let chars = bytes.number(2)?;
    let flags = bytes.byte()?;
    let mut rich = RichString::default();
    bytes.characters(chars, flags, Some(&mut rich.units))?;
    for _ in 0..bytes.number(2)? {
        rich.runs.push((bytes.number(2)?, bytes.short()?));
    }
    Some(rich)
}

/// A string as it was read.
#[derive(Default)]
struct SharedString {
    chars: usize,
    /// Empty where the whole string has one font.
    rich: RichString,
}

fn each(stream: &[u8], at: usize, mut take: impl FnMut(SharedString)) {
    let mut bytes = ByteReader::of_record(stream, at);
    // The record counts its strings first, which nobody needs.
    if bytes.skip(8).is_some() {
        while let Some(string) = bytes.string() {
            take(string);
        }
    }
}

/// Reads a record across its continuations.
struct ByteReader<'a> {
    stream: &'a [u8],
    at: usize,
    end: usize,
}

impl<'a> ByteReader<'a> {
    /// At the beginning of the record at `at`.
    fn of_record(stream: &'a [u8], at: usize) -> Self {
        Self { stream, at: at + 4, end: at + 4 + usize::from(u16_at(stream, at + 2).unwrap_or(0)) }
    }

    /// Moves to the continuation when the record is used up.
    fn refill(&mut self) -> Option<()> {
        while self.at >= self.end {
            if u16_at(self.stream, self.end)? != CONTINUE {
                return None;
            }
            self.at = self.end + 4;
            self.end = self.at + usize::from(u16_at(self.stream, self.end + 2)?);
        }
        Some(())
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            self.refill()?;
            let step = count.min(self.end - self.at);
            self.at += step;
            count -= step;
        }
        Some(())
    }

    fn byte(&mut self) -> Option<u8> {
        self.refill()?;
        let byte = *self.stream.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn number(&mut self, bytes: u32) -> Option<usize> {
        (0..bytes).try_fold(0, |sum, place| Some(sum | usize::from(self.byte()?) << (8 * place)))
    }

    fn short(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn string(&mut self) -> Option<SharedString> {
        let chars = self.number(2)?;
        let flags = self.byte()?;
        let runs = if flags & 8 != 0 { self.number(2)? } else { 0 };
        let extra = if flags & 4 != 0 { self.number(4)? } else { 0 };
        let mut string = SharedString { chars, ..SharedString::default() };
        self.characters(chars, flags, (runs > 0).then_some(&mut string.rich.units))?;
        for _ in 0..runs {
            string.rich.runs.push((self.number(2)?, self.short()?));
        }
        self.skip(extra)?;
        Some(string)
    }

    /// Reads `left` characters, and keeps them where somebody wants them.
    fn characters(&mut self, mut left: usize, mut flags: u8, mut kept: Option<&mut Vec<u16>>) -> Option<()> {
        while left > 0 {
            if self.at >= self.end {
                // A continuation states anew how wide its characters are.
                self.refill()?;
                flags = self.byte()?;
            }
            let width = if flags & 1 != 0 { 2 } else { 1 };
            let step = left.min(((self.end - self.at) / width).max(1));
            if let Some(units) = kept.as_deref_mut() {
                let bytes = self.stream.get(self.at..self.at + step * width)?;
                units.extend(bytes.chunks(width).map(|unit| u16::from_le_bytes([unit[0], *unit.get(1).unwrap_or(&0)])));
            }
            self.at += step * width;
            left -= step;
        }
        Some(())
    }
}
