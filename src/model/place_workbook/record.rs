//! What the hidden sheet of a workbook says of it: which places went out when, for whom, and by which names. This module does no I/O.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

use super::id_key;
use crate::model::Audience;

/// The record of a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkbookRecord {
    /// The version of its format.
    pub format: u32,
    /// The database that it was written from, by its random name.
    pub database: String,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// Whose view it is.
    pub audience: Audience,
    /// What was chosen, in words; empty for everything.
    pub extent: String,
    /// The rows that went out; none in a workbook for reading.
    pub rows: Vec<RecordedRow>,
}

/// A row as it went out, with the texts that do not follow from the revision alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedRow {
    /// Its identity as written.
    pub id: String,
    /// Its category by name.
    pub category: String,
    /// Its district by name.
    pub district: String,
}

/// The keys of the rows above those of places.
const KEYS: [&str; 5] = ["format", "database", "at", "audience", "extent"];

impl WorkbookRecord {
    /// The record as rows of texts, the first of each a key.
    pub fn to_cells(&self) -> Vec<[String; 3]> {
        let Self { format, database, at, audience, extent, rows } = self;
        let at = at.to_rfc3339_opts(SecondsFormat::Secs, true);
        let values = [format.to_string(), database.clone(), at, id_key(*audience), extent.clone()];
        let head = KEYS.into_iter().zip(values).map(|(key, value)| [key.to_owned(), value, String::new()]);
        let row = |row: &RecordedRow| [row.id.clone(), row.category.clone(), row.district.clone()];
        head.chain(rows.iter().map(row)).collect()
    }

    /// Reads what [`to_cells`](Self::to_cells) wrote; `None` where the rows above those of places are not all there.
    pub fn of_cells(cells: impl IntoIterator<Item = [String; 3]>) -> Option<Self> {
        let (mut head, mut rows) = (std::array::from_fn::<Option<String>, 5, _>(|_| None), Vec::new());
        for [first, second, third] in cells {
            match KEYS.iter().position(|key| *key == first) {
                Some(at) => head[at] = Some(second),
                None if first.is_empty() => {}
                None => rows.push(RecordedRow { id: first, category: second, district: third }),
            }
        }
        let [format, database, at, audience, extent] = head;
        let audience = audience?;
        Some(Self {
            format: format?.trim().parse().ok()?,
            database: database?,
            at: at?.trim().parse().ok()?,
            audience: Audience::ALL.into_iter().find(|it| id_key(*it) == audience)?,
            extent: extent.unwrap_or_default(),
            rows,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_comes_back() {
        for audience in Audience::ALL {
            let row =
                |id: &str| RecordedRow { id: id.to_owned(), category: "分類".to_owned(), district: String::new() };
            let record = WorkbookRecord {
                format: 1,
                database: "a1".to_owned(),
                at: "2026-11-22T01:02:03Z".parse().unwrap(),
                audience,
                extent: String::new(),
                rows: vec![row("a.1.b"), row("c.2.d")],
            };
            assert_eq!(WorkbookRecord::of_cells(record.to_cells()), Some(record));
        }
        assert_eq!(WorkbookRecord::of_cells([["a.1.b".to_owned(), String::new(), String::new()]]), None);
    }
}
