//! Districts that a list names and nobody knows: told once for the list, with counts, not once per row. This module does no I/O.

use std::collections::BTreeSet;

use super::CheckedHeadings;
use crate::import::regions::written_districts;
use crate::import::{ImportedPlace, ListProblem, ProblemKind};
use crate::model::district::bare_key;
use crate::model::{City, DistrictTable};

/// The one notice on the districts of a list of which none is known; `None` where one is, or where the list names none.
pub(super) fn unknown(
    places: &[ImportedPlace],
    headings: &CheckedHeadings,
    districts: &DistrictTable,
    city: &City,
) -> Option<ListProblem> {
    let written = || places.iter().filter_map(|place| place.facts.district_written.as_deref());
    let rows: Vec<&str> = written().map(str::trim).filter(|written| !written.is_empty()).collect();
    let column = headings.district.as_deref();
    if districts.all().is_empty() {
        let made: BTreeSet<String> =
            written_districts::districts(rows.iter().copied(), city).iter().map(|it| bare_key(&it.name)).collect();
        let of_them = rows.iter().filter(|row| made.contains(&bare_key(row))).count();
        return (!made.is_empty()).then(|| told(ProblemKind::DistrictsOfList, column, (made.len(), of_them)));
    }
    let is_known = |row: &&str| districts.named(row).is_some() || districts.former_town_of(row).is_some();
    let names: BTreeSet<String> = rows.iter().map(|row| bare_key(row)).collect();
    // One name that is unknown is told with its rows, as any other value.
    let is_worth_it = names.len() > 1 && !rows.iter().any(is_known);
    is_worth_it.then(|| told(ProblemKind::UnknownDistricts, column, (names.len(), rows.len())))
}

fn told(kind: ProblemKind, column: Option<&str>, (names, rows): (usize, usize)) -> ListProblem {
    ListProblem::new(0, column, kind, &[("count", &names.to_string()), ("rows", &rows.to_string())])
}
