//! Telephone numbers whose area code stands in a column of its own: 「0790」 beside 「00-0001」. This module does no I/O.

use super::ListTable;
use crate::import::columns::{Field, HeadingTable};

/// The heading of area codes.
const AREA_CODE: &str = "市外局番";

/// Digits of a telephone number without its area code at most.
const LOCAL_DIGITS: usize = 8;

/// Digits of a whole one.
const WHOLE_DIGITS: usize = 10;

/// Puts the area code before the numbers in the column to its right. The column itself stays as it is.
pub(super) fn join(table: &mut ListTable, columns: &HeadingTable) {
    let is_number = |heading: &String| {
        matches!(columns.field_of_words(heading), Some(Field::Phone | Field::Fax | Field::OfficePhone))
    };
    let pairs = table.headings.windows(2).enumerate();
    let joined: Vec<usize> =
        pairs.filter(|(_, pair)| pair[0].contains(AREA_CODE) && is_number(&pair[1])).map(|(at, _)| at).collect();
    for record in &mut table.records {
        for &at in &joined {
            let digits = |text: &str| text.chars().filter(|c| c.is_numeric()).count();
            let code = record.cells[at].trim().trim_matches(['(', ')', '（', '）', '-']).to_owned();
            let local = &record.cells[at + 1];
            let is_code = code.starts_with(['0', '０']) && (2..=5).contains(&digits(&code));
            if is_code && digits(local) <= LOCAL_DIGITS && digits(local) + digits(&code) == WHOLE_DIGITS {
                record.cells[at + 1] = format!("{code}-{}", local.trim());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::table::tables;

    #[test]
    fn a_number_gets_its_area_code_once() {
        let columns = HeadingTable::standard();
        let text =
            "名称,市外局番,電話番号\nA会,0790,00-0001\nB会,（0790）,00-0002\nC会,0790,0790-00-0003\nD会,,00-0004\n";
        let read = tables(text.as_bytes(), &columns);
        let numbers: Vec<&str> = read.tables[0].records.iter().map(|record| record.cells[2].as_str()).collect();
        assert_eq!(numbers, ["0790-00-0001", "0790-00-0002", "0790-00-0003", "00-0004"]);
    }
}
