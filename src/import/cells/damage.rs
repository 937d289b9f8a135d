//! Detection of values that Excel has destroyed. This module does no I/O.

use super::cell::{RecordCells, SheetContext, is_damaged, is_formula_error, one_line};
use crate::import::columns::Field;
use crate::import::{ListProblem, ProblemKind};
use crate::model::PREFECTURES;
use crate::text::fold;

/// Prefectures whose codes begin with a zero.
const WITH_LEADING_ZERO: usize = 9;

/// Adds a problem for every cell that Excel has destroyed, in the columns that are used.
pub(in crate::import) fn note(row: &mut RecordCells<'_>) {
    for (i, text) in row.record.cells.iter().enumerate() {
        let heading = row.sheet.table.headings.get(i).map(String::as_str);
        let text = text.trim();
        if is_damaged(text) && row.sheet.is_used(i) {
            let kind = if is_formula_error(text) { ProblemKind::FormulaError } else { ProblemKind::ExcelDamage };
            row.problem(heading, kind, &[("value", text)]);
        }
    }
}

/// Reports municipal codes that lost their leading zero to Excel, verified by check digit and prefecture. One problem per
/// column, since a list is mostly of one municipality.
pub(in crate::import) fn lost_zeros_of_codes(sheet: &SheetContext<'_>) -> Vec<ListProblem> {
    let headings = sheet.table.headings.iter().enumerate();
    headings.filter(|(_, heading)| is_municipal_code(heading)).filter_map(|(i, _)| lost_zero(sheet, i)).collect()
}

fn is_municipal_code(heading: &str) -> bool {
    let folded = fold(heading);
    let bodies = ["市区町村こ-ど", "市町村こ-ど", "公共団体こ-ど", "localgov_code"];
    bodies.iter().any(|body| folded.contains(body) || folded.contains(&body.replace('-', "ー")))
}

fn lost_zero(sheet: &SheetContext<'_>, column: usize) -> Option<ListProblem> {
    let record = sheet.table.records.iter().find(|r| r.cells.get(column).is_some_and(|c| !c.trim().is_empty()))?;
    let code = record.cells.get(column)?.trim();
    let repaired = format!("0{code}");
    let prefecture =
        code.bytes().next().and_then(|b| PREFECTURES[..WITH_LEADING_ZERO].get(usize::from(b.wrapping_sub(b'1'))))?;
    let stated = [Field::AddressPrefecture, Field::Address].into_iter().flat_map(|f| sheet.columns_of(f));
    let is_there = stated.filter_map(|i| record.cells.get(*i)).any(|text| one_line(text).starts_with(prefecture));
    let heading = sheet.table.headings.get(column).map(String::as_str);
    let values = [("value", code), ("repaired", &*repaired)];
    (is_there && has_check_digit(&repaired))
        .then(|| ListProblem::new(record.row, heading, ProblemKind::ExcelDamage, &values))
}

fn has_check_digit(code: &str) -> bool {
    let digits: Option<Vec<u32>> = code.chars().map(|c| c.to_digit(10)).collect();
    let Some(digits) = digits.filter(|d| d.len() == 6) else { return false };
    let sum: u32 = digits.iter().zip([6, 5, 4, 3, 2]).map(|(digit, weight)| digit * weight).sum();
    let check = if sum < 11 { 11 - sum } else { (11 - sum % 11) % 10 };
    digits[5] == check % 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_of_a_municipality_is_known() {
        for code in ["282227", "072028", "092011", "131083", "022063"] {
            assert!(has_check_digit(code), "{code}");
        }
        assert!(!has_check_digit("028222") && !has_check_digit("28222") && !has_check_digit("28222x"));
    }

    #[test]
    fn headings_of_municipal_codes_are_known_in_every_generation() {
        for heading in [
            "都道府県コード又は市区町村コード",
            "全国地方公共団体コード",
            "全国地方公共団体ｺｰﾄﾞ",
            "localgov_code",
            "市区町村コード",
        ] {
            assert!(is_municipal_code(heading), "{heading}");
        }
        assert!(!is_municipal_code("POIコード"));
    }
}
