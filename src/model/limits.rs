//! Bounds on what is read from a list, from `[limits]` in `data/city.toml`. This module does no I/O.

use serde::{Deserialize, Serialize};

/// Bounds on one file and on the process that reads it. What exceeds one is refused, by the name of the bound.
///
/// The defaults leave a city's list room to grow tenfold and keep reading under `memory_mb`, whatever the bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReadingLimits {
    /// Memory of the process that reads, in MB.
    pub memory_mb: u64,
    /// Processor time of that process per file, in seconds.
    pub cpu_seconds: u64,
    /// Size of a list in MB.
    pub file_mb: u64,
    /// Size of a workbook's parts after decompression, in MB.
    pub unpacked_mb: u64,
    /// Text of all cells of a list, in MB.
    pub text_mb: u64,
    /// Sheets of a workbook.
    pub sheets: usize,
    /// Rows that are not empty, of all sheets together; features of a `GeoJSON` file.
    pub rows: usize,
    /// Columns that are not empty, of one sheet.
    pub columns: usize,
    /// Cells of all sheets together: of each sheet, rows times columns.
    pub cells: usize,
    /// Characters of one cell; 32,767 is Excel's own bound.
    pub cell_characters: usize,
    /// JSON values of one feature or entry.
    pub nodes: usize,
    /// Corners of all outlines of a file.
    pub points: usize,
    /// Rings of all outlines of a file: outer ones, holes and lines.
    pub rings: usize,
    /// 大字 and 小字 of a gazetteer.
    pub towns: usize,
    /// Places, keywords, roles and times of one edition of a list: each is redacted per audience whenever a snapshot is built.
    pub values: usize,
}

impl Default for ReadingLimits {
    fn default() -> Self {
        Self {
            memory_mb: 512,
            cpu_seconds: 10,
            file_mb: 64,
            unpacked_mb: 128,
            text_mb: 16,
            sheets: 200,
            rows: 50_000,
            columns: 1_000,
            cells: 2_000_000,
            cell_characters: 32_767,
            nodes: 20_000,
            points: 500_000,
            rings: 50_000,
            towns: 300_000,
            values: 1_000_000,
        }
    }
}

impl ReadingLimits {
    /// `file_mb` in bytes.
    pub fn file_bytes(&self) -> usize {
        bytes(self.file_mb)
    }

    /// `unpacked_mb` in bytes.
    pub fn unpacked_bytes(&self) -> usize {
        bytes(self.unpacked_mb)
    }

    /// `text_mb` in bytes.
    pub fn text_bytes(&self) -> usize {
        bytes(self.text_mb)
    }
}

fn bytes(mb: u64) -> usize {
    usize::try_from(mb).unwrap_or(usize::MAX).saturating_mul(1 << 20)
}
