//! Sheets of men and of women: a city may give each sex a sheet, and neither is the population. This module does no I/O.

use super::layout::TableLayout;
use super::measure::CountedSex;
use super::words::{WORDS, heading_key};
use crate::import::file::CellSheet;
use crate::import::{ListProblem, ProblemKind};

/// A sheet with its heading.
pub(super) type SheetTable<'a> = (&'a CellSheet, TableLayout);

/// A sheet to read, and the one that counts the other sex where two make one population.
pub(super) struct SheetGroup<'a> {
    pub(super) first: SheetTable<'a>,
    pub(super) other_sex: Option<SheetTable<'a>>,
}

/// The order in which sheets are read: those of both sexes first; where there is none, men and women together.
///
/// # Errors
///
/// If only one sex is there.
pub(super) fn groups<'a>(tables: Vec<SheetTable<'a>>, file: &str) -> Result<Vec<SheetGroup<'a>>, ListProblem> {
    let alone = |table| SheetGroup { first: table, other_sex: None };
    let (one_sex, both): (Vec<_>, Vec<_>) =
        tables.into_iter().map(|table| (sex_of(&table, file), table)).partition(|(sex, _)| *sex != CountedSex::Both);
    if !both.is_empty() || one_sex.is_empty() {
        return Ok(both.into_iter().chain(one_sex).map(|(_, table)| alone(table)).collect());
    }
    let (mut men, mut women): (Vec<_>, Vec<_>) = one_sex.into_iter().partition(|(sex, _)| *sex == CountedSex::Male);
    if men.is_empty() || women.is_empty() {
        return Err(ListProblem::new(0, None, ProblemKind::OneSexOnly, &[]));
    }
    let pair = SheetGroup { first: men.remove(0).1, other_sex: Some(women.remove(0).1) };
    Ok(std::iter::once(pair).chain(men.into_iter().chain(women).map(|(_, table)| alone(table))).collect())
}

/// The sex that a sheet counts by its name, the words above its heading or the name of its file; both where its headings say so.
fn sex_of((sheet, layout): &SheetTable<'_>, file: &str) -> CountedSex {
    let sexes: Vec<CountedSex> =
        layout.blocks.iter().flat_map(|block| block.measures.keys().map(|it| it.sex)).collect();
    let has_sex_column = layout.blocks.iter().any(|block| !block.of(super::words::ColumnRole::Sex).is_empty());
    let has_both = sexes.contains(&CountedSex::Male) && sexes.contains(&CountedSex::Female);
    if has_both || has_sex_column {
        return CountedSex::Both;
    }
    let above = sheet.rows.iter().take_while(|row| row.number < layout.heading_row);
    let titles = above.flat_map(|row| row.cells.iter().map(|(_, text)| text.as_str()));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let names = sheet.name.as_deref().into_iter().chain([stem]).chain(titles);
    names.map(named_sex).find(|sex| *sex != CountedSex::Both).unwrap_or(CountedSex::Both)
}

/// The sex that is a word of its own in a name: 人口（男）, 女, 人口・女性; not that of 男木町.
fn named_sex(name: &str) -> CountedSex {
    let words = &WORDS.measures;
    let parts = name.split(|c: char| c.is_whitespace() || "()（）[]［］【】_＿-－・/／,、".contains(c));
    let parts: Vec<String> = parts.map(|part| heading_key(part).replace("人口", "").replace("の部", "")).collect();
    let has = |of: &[String]| parts.iter().any(|part| of.contains(part));
    match (has(&words.male), has(&words.female)) {
        (true, false) => CountedSex::Male,
        (false, true) => CountedSex::Female,
        _ => CountedSex::Both,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sex_is_a_word_of_its_own() {
        for (name, sex) in [
            ("男", CountedSex::Male),
            ("女", CountedSex::Female),
            ("女性", CountedSex::Female),
            ("男性人口", CountedSex::Male),
            ("町丁別年齢別人口（女）", CountedSex::Female),
            ("人口_男", CountedSex::Male),
            ("男女計", CountedSex::Both),
            ("男・女", CountedSex::Both),
            ("男木町", CountedSex::Both),
            ("女木島の人口", CountedSex::Both),
            ("Sheet1", CountedSex::Both),
        ] {
            assert_eq!(named_sex(name), sex, "{name}");
        }
    }
}
