//! What the municipal lists have no column for, place by place. This module does no I/O.

use super::columns::{COLUMNS, MunicipalColumn};
use super::encoding::MunicipalEncoding;
use super::{CsvFile, MunicipalFile, MunicipalLists};
use crate::model::place_row::PlaceColumn;
use crate::model::{Precision, Status};

/// The columns that are the lists' own matter and nothing that a place says.
const LEFT_OUT: [PlaceColumn; 2] = [PlaceColumn::Id, PlaceColumn::Name];

/// The list of what is in no column, with what `encoding` does not have.
pub(super) fn table(lists: &MunicipalLists<'_>, encoding: MunicipalEncoding) -> String {
    let mut file = CsvFile::with_headings(COLUMNS.unmapped.headings.iter().map(String::as_str));
    for place in 0..lists.snapshot.places.len() {
        let row = UnmappedRows { lists, place, encoding };
        row.add(MunicipalFile::Facilities, &COLUMNS.facilities, &lists.facility(place), &mut file);
    }
    // The texts of all dates of a place are the same.
    let mut seen = vec![false; lists.snapshot.places.len()];
    for event in &lists.events {
        if !std::mem::replace(&mut seen[event.place], true) {
            let row = UnmappedRows { lists, place: event.place, encoding };
            row.add(MunicipalFile::Events, &COLUMNS.events, &lists.event(0, event), &mut file);
        }
    }
    for (place, _) in seen.iter().enumerate().filter(|(_, is_there)| !**is_there) {
        UnmappedRows { lists, place, encoding }.add_undated(&mut file);
    }
    file.text()
}

/// The rows of one place.
struct UnmappedRows<'a> {
    lists: &'a MunicipalLists<'a>,
    place: usize,
    encoding: MunicipalEncoding,
}

impl UnmappedRows<'_> {
    /// What the place has that is in none of `columns`, and what of its `cells` cannot be encoded.
    fn add(&self, of: MunicipalFile, columns: &[MunicipalColumn], cells: &[String], file: &mut CsvFile) {
        let row = self.lists.table.row(self.place);
        let is_covered = |column: PlaceColumn| columns.iter().any(|it| it.from.is_some_and(|from| from.covers(column)));
        for column in PlaceColumn::public().filter(|column| !LEFT_OUT.contains(column)) {
            let value = row.text(column);
            let is_rough = matches!(column, PlaceColumn::Latitude | PlaceColumn::Longitude) && !self.is_at_door();
            if value.is_empty() || is_covered(column) && !is_rough {
                continue;
            }
            self.add_row(
                of,
                column.heading(),
                &value,
                if is_rough { &COLUMNS.unmapped.rough } else { &COLUMNS.unmapped.no_column },
                file,
            );
        }
        for (column, cell) in columns.iter().zip(cells) {
            let missing = self.encoding.missing(cell);
            if !missing.is_empty() {
                self.add_row(of, &column.heading, &missing, &COLUMNS.unmapped.no_character, file);
            }
        }
    }

    /// That a place is in no row of the list of events.
    fn add_undated(&self, file: &mut CsvFile) {
        let facts = &self.lists.snapshot.places[self.place].place.facts;
        let why = if facts.status == Status::Active { &COLUMNS.unmapped.no_dates } else { &COLUMNS.unmapped.not_held };
        let row = self.lists.table.row(self.place);
        let words = row.text(PlaceColumn::Schedule);
        self.add_row(MunicipalFile::Events, PlaceColumn::Schedule.heading(), &words, why, file);
    }

    fn is_at_door(&self) -> bool {
        let site = self.lists.snapshot.places[self.place].place.facts.site;
        site.is_some_and(|site| site.precision == Precision::Door)
    }

    fn add_row(&self, of: MunicipalFile, item: &str, value: &str, why: &str, file: &mut CsvFile) {
        let place = &self.lists.snapshot.places[self.place].place;
        let name = of.name(&self.lists.snapshot.city);
        file.add([name.as_str(), &place.id.0, &place.facts.name, item, value, why].into_iter());
    }
}
