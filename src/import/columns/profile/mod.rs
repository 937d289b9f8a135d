//! Column profiles: what stands below a heading, as shares of kinds of cells.
//!
//! Enough cells are looked at to know a column, spread over the whole list; more would cost time in proportion to the
//! list and change nothing. This module does no I/O.

mod address;
mod kind;
mod person;

use std::collections::{BTreeMap, HashSet};

use crate::import::cells::spelling::{is_blank, narrow};
use crate::import::cells::times;
use address::ends_like_an_address;
pub use address::is_area;
pub use kind::{CellKind, kind_of};

/// Filled cells that are looked at per column.
const SAMPLE: usize = 240;

/// Percent of unmistakable addresses in a column from which 「下野田3」 is one too.
const SURE_ADDRESSES: u32 = 30;

/// What stands in one column.
#[derive(Debug, Clone, Default)]
pub struct ColumnProfile {
    /// Rows with a filled cell, in the whole list.
    pub filled: u32,
    /// Rows of the list.
    pub rows: u32,
    sampled: u32,
    distinct: u32,
    chars: u32,
    kinds: BTreeMap<CellKind, u32>,
    /// Cells named like a part of a municipality (第一地区).
    areas: u32,
    /// Cells named like a building in which people meet.
    halls: u32,
    /// Cells that are a 大字 of the municipality, with or without a house number.
    towns: u32,
    /// Cells that may be addresses beside others that are.
    like_addresses: u32,
    /// Cells that say from when to when on a day.
    spans: u32,
    /// Cells that say for which ages: 「0歳～就学前」, 「60歳以上」.
    age_ranges: u32,
    /// Cells that say whether to book.
    bookings: u32,
    /// The middle of the times of day, in minutes; tells the start from the end.
    minutes: u32,
}

impl ColumnProfile {
    /// The profile of a column with these cells, one per row.
    pub fn of<'a>(cells: impl Iterator<Item = &'a str>) -> Self {
        Self::with_towns(cells, &|_| false)
    }

    /// The profile of a column with these cells, of which `is_town` says whether one is a 大字 of the municipality.
    pub fn with_towns<'a>(cells: impl Iterator<Item = &'a str>, is_town: &dyn Fn(&str) -> bool) -> Self {
        let (mut filled, mut rows) = (Vec::new(), 0_u32);
        for cell in cells {
            rows = rows.saturating_add(1);
            let cell = cell.trim();
            if !is_blank(cell) {
                filled.push(cell);
            }
        }
        let mut profile = Self { filled: count(filled.len()), rows, ..Self::default() };
        let step = filled.len().div_ceil(SAMPLE).max(1);
        let mut seen = HashSet::new();
        for cell in filled.iter().step_by(step) {
            profile.add(cell, seen.insert(*cell));
            profile.towns += u32::from(is_town(cell));
        }
        profile
    }

    fn add(&mut self, cell: &str, is_new: bool) {
        self.sampled += 1;
        self.distinct += u32::from(is_new);
        self.chars = self.chars.saturating_add(count(cell.chars().count()));
        let kind = kind_of(cell);
        if let CellKind::Time = kind {
            let minutes = times::time(cell).map_or(0, |time| time.0);
            self.minutes = self.minutes.saturating_add(minutes);
        }
        self.areas += u32::from(is_area(cell));
        self.halls += u32::from(is_hall(cell));
        self.spans += u32::from(has_hours(&narrow(cell)));
        self.bookings += u32::from(["予約", "申込", "申し込"].iter().any(|word| cell.contains(word)));
        self.age_ranges += u32::from(is_age_range(&narrow(cell)));
        self.like_addresses += u32::from(kind != CellKind::Address && ends_like_an_address(&narrow(cell)));
        *self.kinds.entry(kind).or_default() += 1;
    }

    /// The share of cells of any of `kinds`, in percent of the filled ones.
    pub fn percent(&self, kinds: &[CellKind]) -> u32 {
        let of_these: u32 = kinds.iter().filter_map(|kind| self.kinds.get(kind)).sum();
        of_these * 100 / self.sampled.max(1)
    }

    /// Addresses in percent of the filled cells, with those that only their neighbours show to be one.
    pub fn address_percent(&self) -> u32 {
        let sure = self.percent(&[CellKind::Address]);
        let with_doubtful = self.like_addresses * 100 / self.sampled.max(1) + sure;
        if sure >= SURE_ADDRESSES { with_doubtful } else { sure }
    }

    /// Distinct values in percent of the filled cells.
    pub fn distinct_percent(&self) -> u32 {
        self.distinct * 100 / self.sampled.max(1)
    }

    /// Cells named like a part of a municipality, in percent.
    pub fn area_percent(&self) -> u32 {
        self.areas * 100 / self.sampled.max(1)
    }

    /// Cells that say from when to when on a day, in percent.
    pub fn span_percent(&self) -> u32 {
        self.spans * 100 / self.sampled.max(1)
    }

    /// Cells that say whether to book, in percent.
    pub fn booking_percent(&self) -> u32 {
        self.bookings * 100 / self.sampled.max(1)
    }

    /// Cells that say for which ages, in percent.
    pub fn age_range_percent(&self) -> u32 {
        self.age_ranges * 100 / self.sampled.max(1)
    }

    /// Cells named like a building in which people meet, in percent.
    pub fn hall_percent(&self) -> u32 {
        self.halls * 100 / self.sampled.max(1)
    }

    /// Cells that are a 大字 of the municipality, in percent.
    pub fn town_percent(&self) -> u32 {
        self.towns * 100 / self.sampled.max(1)
    }

    /// Cells that end in a number as a house number would, in percent.
    pub fn numbered_percent(&self) -> u32 {
        let addresses = self.kinds.get(&CellKind::Address).copied().unwrap_or(0);
        (addresses + self.like_addresses) * 100 / self.sampled.max(1)
    }

    /// Filled cells in percent of the rows.
    pub fn filled_percent(&self) -> u32 {
        u32::try_from(u64::from(self.filled) * 100 / u64::from(self.rows.max(1))).unwrap_or(100)
    }

    /// The mean length of a cell in characters.
    pub fn mean_chars(&self) -> u32 {
        self.chars / self.sampled.max(1)
    }

    /// The mean time of day in minutes, of a column of times.
    pub fn mean_minutes(&self) -> u32 {
        self.minutes / self.kinds.get(&CellKind::Time).copied().unwrap_or(1).max(1)
    }

    /// Whether no cell is filled.
    pub fn is_empty(&self) -> bool {
        self.filled == 0
    }
}

/// Whether a cell says from when to when: 19:30~21:30, 毎週月曜 10時~12時.
fn has_hours(cell: &str) -> bool {
    cell.matches(':').count() + cell.matches('時').count() >= 2
}

/// Whether a cell says for which ages: 「0歳～就学前」, 「小学1～3年」, 「60歳以上」, 「どなたでも」.
fn is_age_range(cell: &str) -> bool {
    const AGES: [&str; 12] =
        ["歳", "才", "年生", "か月", "ヶ月", "カ月", "就学", "乳幼児", "小学", "中学", "高校", "成人"];
    const RANGES: [&str; 10] = ["~", "〜", "-", "以上", "以下", "未満", "まで", "から", "前", "児"];
    let has = |words: &[&str]| words.iter().any(|word| cell.contains(word));
    has(&AGES) && has(&RANGES) || ["どなたでも", "誰でも", "制限なし"].iter().any(|word| cell.contains(word))
}

/// Whether `cell` is named like a building in which people meet, with or without a room: 八鹿公民館, 市民センター 和室.
fn is_hall(cell: &str) -> bool {
    const HALLS: [&str; 20] = [
        "公民館",
        "会館",
        "センター",
        "ホール",
        "体育館",
        "集会所",
        "集会場",
        "公園",
        "プラザ",
        "図書館",
        "学校",
        "広場",
        "集会室",
        "コミセン",
        "支所",
        "庁舎",
        "公会堂",
        "交流館",
        "の家",
        "会議室",
    ];
    let building = cell.split(['(', '（', ' ', '\u{3000}']).next().unwrap_or(cell);
    HALLS.iter().any(|hall| building.ends_with(hall)) && building.chars().count() <= 20
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_known_by_what_most_of_its_cells_are() {
        let cells = ["079-662-0160", "079-662-0161", "", "内線のみ"];
        let profile = ColumnProfile::of(cells.into_iter());
        assert_eq!((profile.filled, profile.rows), (3, 4));
        assert_eq!(profile.percent(&[CellKind::Phone]), 66);
        assert_eq!(profile.distinct_percent(), 100);
    }

    #[test]
    fn a_long_column_is_sampled_from_its_beginning_to_its_end() {
        let cells: Vec<String> =
            (0..100_000).map(|n| if n < 50_000 { "○".into() } else { format!("広場{n}") }).collect();
        let profile = ColumnProfile::of(cells.iter().map(String::as_str));
        assert_eq!(profile.filled, 100_000);
        assert!((45..=55).contains(&profile.percent(&[CellKind::Mark])), "{profile:?}");
    }
}
