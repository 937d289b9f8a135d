//! Row numbers of lists as an audience sees them: counted over the rows that it sees, so that a row for staff alone that is
//! inserted above moves none of them (side channel). This module does no I/O.

use std::collections::HashMap;

use crate::model::Source;

/// Gives each of `sources`, those of all places that an audience sees, the rank of its row among those of its list and sheet.
pub(crate) fn number_visible_rows<'s>(sources: impl Iterator<Item = &'s mut Source>) {
    let mut all: Vec<&mut Source> = sources.collect();
    all.sort_by(|a, b| (&a.list, &a.sheet, a.row).cmp(&(&b.list, &b.sheet, b.row)));
    let mut last: HashMap<(String, Option<String>), (u32, u32)> = HashMap::new();
    for source in all {
        let (row, rank) = last.entry((source.list.clone(), source.sheet.clone())).or_default();
        if *row != source.row {
            (*row, *rank) = (source.row, *rank + 1);
        }
        source.row = *rank;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(rows: &[(&str, u32)]) -> Vec<u32> {
        let source = |&(list, row): &(&str, u32)| Source { list: list.to_owned(), row, ..Source::default() };
        let mut sources: Vec<Source> = rows.iter().map(source).collect();
        number_visible_rows(sources.iter_mut());
        sources.into_iter().map(|source| source.row).collect()
    }

    #[test]
    fn rows_are_counted_in_their_order_within_each_list() {
        assert_eq!(numbered(&[("a", 9), ("b", 4), ("a", 2), ("a", 5), ("b", 4)]), [3, 1, 1, 2, 1]);
    }

    #[test]
    fn a_row_that_is_not_seen_moves_no_other() {
        let before = [("a", 2), ("a", 3), ("b", 2)];
        let after = [("a", 2), ("a", 4), ("b", 7)];
        assert_eq!(numbered(&before), numbered(&after));
    }
}
