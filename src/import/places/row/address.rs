//! The address of a row, as written or joined from its parts. This module does no I/O.

use crate::import::ProblemKind;
use crate::import::cells::cell::{Cell, RecordCells, join, one_line};
use crate::import::columns::{CellKind, Field, kind_of};

/// The columns of an address in parts, in order.
const PARTS: [Field; 4] = [Field::AddressPrefecture, Field::AddressCity, Field::AddressTown, Field::AddressNumber];

/// Reads the address; a part that Excel turned into a date is left out, with the problem reported.
pub(super) fn address(row: &mut RecordCells<'_>) -> Option<String> {
    let whole = row.first(Field::Address).filter(|cell| sound(row, *cell)).map(|c| one_line(c.text));
    let address = match whole {
        Some(whole) => {
            let whole = with_city(row, whole);
            with_number(row, whole)
        }
        None => from_parts(row).or_else(|| of_venue(row))?,
    };
    // 「住所2」 and 「建物名」 may both be there.
    let buildings = row.cells(Field::AddressBuilding).map(|cell| one_line(cell.text));
    Some(buildings.fold(address, |address, building| {
        let is_number = building.starts_with(char::is_numeric) && !address.contains(char::is_numeric);
        match address.contains(&building) {
            true => address,
            false if is_number => format!("{address}{building}"),
            false => format!("{address} {building}"),
        }
    }))
}

/// The address that stands where the building should, in a list without addresses: 「八鹿町八鹿800 旧郵便局」.
fn of_venue(row: &RecordCells<'_>) -> Option<String> {
    let fields = [Field::Address, Field::AddressTown, Field::AddressNumber, Field::AddressCity];
    let venue = row.first(Field::VenueName).filter(|_| !fields.iter().any(|field| row.sheet.has(*field)))?;
    let text = one_line(venue.text);
    let front = text.split([' ', '(', '（', '、']).next()?;
    let is_town = || row.sheet.known.gazetteer.is_some_and(|gazetteer| gazetteer.is_town(front));
    let is_numbered = front.chars().any(char::is_numeric) && !front.contains('第');
    (is_numbered && (kind_of(front) == CellKind::Address || is_town())).then_some(text)
}

/// Joins the parts; prefecture and city alone are no address.
fn from_parts(row: &mut RecordCells<'_>) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for field in PARTS {
        for cell in row.cells(field).collect::<Vec<_>>() {
            // Published lists have whole addresses in the column of the municipality.
            if sound(row, cell) && !parts.iter().any(|part| part.ends_with(cell.text)) {
                parts.push(cell.text);
            }
        }
    }
    let finer = row.first(Field::AddressTown).or(row.first(Field::AddressNumber)).is_some();
    let long = row.first(Field::AddressCity).is_some_and(|c| c.text.bytes().any(|b| b.is_ascii_digit()));
    if finer || long { join(parts.into_iter(), "").map(|a| one_line(&a)) } else { None }
}

/// Puts the municipality in front, if the list has it in a column of its own.
fn with_city(row: &RecordCells<'_>, address: String) -> String {
    let names_one = address.chars().take(10).any(|c| "都道府県市区町村郡".contains(c));
    match row.first(Field::AddressCity) {
        Some(city) if !names_one && !city.text.bytes().any(|b| b.is_ascii_digit()) => format!("{}{address}", city.text),
        _ => address,
    }
}

/// Puts the house number behind, if the list has it in a column of its own.
fn with_number(row: &mut RecordCells<'_>, address: String) -> String {
    let goes_on = !address.contains(char::is_numeric) || address.ends_with("丁目");
    match row.first(Field::AddressNumber).filter(|number| goes_on && !address.ends_with(number.text)) {
        Some(number) if sound(row, number) => format!("{address}{}", one_line(number.text)),
        _ => address,
    }
}

/// Whether the cell is not a date that Excel made of 「1-2」.
fn sound(row: &mut RecordCells<'_>, cell: Cell<'_>) -> bool {
    let is_date = is_excel_date(cell.text);
    if is_date {
        row.warn(cell, ProblemKind::ExcelDamage);
    }
    !is_date
}

/// 「1月2日」, 「2024-01-02」, 「2-Jan」: dates that Excel makes of house numbers.
fn is_excel_date(text: &str) -> bool {
    let short = text.split_once('-').is_some_and(|(a, b)| {
        let digits = |s: &str| (1..=2).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
        let month = |s: &str| s.len() == 3 && s.bytes().all(|b| b.is_ascii_alphabetic());
        digits(a) && month(b) || month(a) && digits(b)
    });
    let month_and_day = text.strip_suffix('日').and_then(|t| t.split_once('月')).is_some_and(|(m, d)| {
        [m, d].iter().all(|n| (1..=2).contains(&n.chars().count()) && n.chars().all(|c| c.is_ascii_digit()))
    });
    let iso = text.len() >= 8 && (text.contains('/') || text.matches('-').count() == 2);
    short || month_and_day || iso && text.starts_with(['1', '2']) && crate::import::cells::dates::date(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_house_number_that_became_a_date_is_known() {
        for text in ["1月2日", "2024-01-02", "2024/1/2", "2-Jan", "Jan-02", "12月31日"] {
            assert!(is_excel_date(text), "{text}");
        }
        for text in ["1-2", "八鹿1675", "1675-1", "2番地3", "1丁目2-3", "2024", "12-3-4"] {
            assert!(!is_excel_date(text), "{text}");
        }
    }
}
