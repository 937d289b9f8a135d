//! Columns whose second thing stands in brackets, in the heading and in the cells: 「団体名（ふりがな）」, 「会場（住所）」.
//!
//! Only where the brackets hold what their heading says: 「東公民館（2階）」 below 「会場（住所）」 stays whole. This module does no I/O.

use super::{ENOUGH, put_apart};
use crate::import::columns::{CellKind, Field, HeadingTable, is_secret, kind_of};
use crate::import::file::is_blank;
use crate::import::table::ListTable;

/// Takes the column at `at` apart, if heading and cells have a second thing in brackets; whether it did.
pub(super) fn take_apart(table: &mut ListTable, at: usize, columns: &HeadingTable) -> bool {
    let Some((outer, inner, field)) = headings(&table.headings[at], columns) else { return false };
    // A column of its own is the better one.
    let has_own = |other: &String| *other != table.headings[at] && columns.field_of_words(other) == Some(field);
    if table.headings.iter().any(has_own) {
        return false;
    }
    let cells = table.records.iter().filter_map(|record| record.cells.get(at)).filter(|cell| !is_blank(cell));
    let (mut all, mut apart) = (0, 0);
    for cell in cells {
        all += 1;
        apart += usize::from(parts(cell, field).is_some());
    }
    if all == 0 || apart * 10 < all * ENOUGH {
        return false;
    }
    put_apart(table, at, vec![outer, inner], |cell, _| parts(cell, field).unwrap_or_else(|| vec![cell.to_owned()]));
    true
}

/// The heading before the brackets, that in them, and the field of the second; `None` if not both are known, or not public.
fn headings(heading: &str, columns: &HeadingTable) -> Option<(String, String, Field)> {
    let (outer, inner) = in_brackets(heading)?;
    if is_secret(heading) || outer.is_empty() {
        return None;
    }
    let inner = inner.strip_prefix("よみ").map_or(inner, |_| "ふりがな");
    let first = columns.field_or_name(outer)?;
    let second = columns.field_of_words(inner)?;
    let is_of_place = matches!(
        first,
        Field::ActivityName
            | Field::Name
            | Field::GroupName
            | Field::VenueName
            | Field::Organization
            | Field::Phone
            | Field::Address
    );
    let can_be = match second {
        Field::Kana => first.is_name(),
        Field::Address | Field::Phone | Field::VenueName => is_of_place && first != second,
        Field::Fax => first == Field::Phone,
        Field::Person => first.is_name() || first == Field::Organization,
        _ => false,
    };
    can_be.then(|| (outer.to_owned(), inner.to_owned(), second))
}

/// What stands before the brackets at the end of `text`, and in them.
fn in_brackets(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let inner = text.strip_suffix(['）', ')', '］', ']', '】'])?;
    let mut depth = 0_u32;
    for (at, c) in inner.char_indices().rev() {
        match c {
            '）' | ')' | '］' | ']' | '】' => depth += 1,
            '（' | '(' | '［' | '[' | '【' if depth > 0 => depth -= 1,
            '（' | '(' | '［' | '[' | '【' => {
                return Some((text[..at].trim(), inner[at + c.len_utf8()..].trim()));
            }
            _ => {}
        }
    }
    None
}

/// The two things of a cell; `None` if it has no brackets at its end, or something else in them than `field`.
fn parts(cell: &str, field: Field) -> Option<Vec<String>> {
    let (outer, inner) = in_brackets(cell)?;
    let is_such = match field {
        Field::Kana => is_kana(inner),
        Field::Address => kind_of(inner) == CellKind::Address,
        Field::Phone | Field::Fax => kind_of(inner) == CellKind::Phone,
        // A floor or a room is no house of its own.
        Field::VenueName => !inner.contains(char::is_numeric),
        _ => true,
    };
    (is_such && !outer.is_empty() && !inner.is_empty()).then(|| vec![outer.to_owned(), inner.to_owned()])
}

fn is_kana(text: &str) -> bool {
    text.chars().all(|c| {
        matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fc}' | '\u{ff66}'..='\u{ff9f}') || c.is_whitespace()
    })
}

#[cfg(test)]
mod tests {
    use crate::import::columns::HeadingTable;
    use crate::import::table::tables;

    fn rows(text: &str) -> Vec<String> {
        let read = tables(text.as_bytes(), &HeadingTable::standard()).tables.remove(0);
        std::iter::once(&read.headings)
            .chain(read.records.iter().map(|r| &r.cells))
            .map(|cells| cells.join("|"))
            .collect()
    }

    #[test]
    fn what_stands_in_brackets_is_a_column_of_its_own() {
        assert_eq!(
            rows("団体名（ふりがな）,活動内容\nこだまの会（こだまのかい）,朗読\nつばさ（ツバサ）,手話\n"),
            ["団体名|活動内容|ふりがな", "こだまの会|朗読|こだまのかい", "つばさ|手話|ツバサ"]
        );
        assert_eq!(
            rows(
                "サロン名,\"会場\n（住所）\"\n日なた,\"東公民館\n（花里市東町1-2）\"\nすみれ,西会館（花里市西町3-4）\n"
            ),
            ["サロン名|会場|住所", "日なた|東公民館|花里市東町1-2", "すみれ|西会館|花里市西町3-4"]
        );
    }

    #[test]
    fn other_brackets_stay_with_their_cell() {
        assert_eq!(
            rows("サロン名,会場（住所）\n日なた,東公民館（2階）\nすみれ,西会館（大広間）\n"),
            ["サロン名|会場（住所）", "日なた|東公民館（2階）", "すみれ|西会館（大広間）"]
        );
        assert_eq!(
            rows("サロン名（ふりがな）,会場\n日なた（毎週）,東公民館\nすみれ（月曜組）,西会館\n")[0],
            "サロン名（ふりがな）|会場"
        );
    }
}
