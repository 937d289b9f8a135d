//! The lists of the municipal standard (自治体標準オープンデータセット): 公共施設一覧 and イベント一覧, and what has no column in them.
//!
//! The columns are those of the published templates (`columns.toml`), exactly and in their order. A rough position leaves 緯度 and
//! 経度 empty, days and hours of the week stand only where one statement says all of them, and the words of the schedule stand always.
//! Whatever a list has no column for is in [`MunicipalFile::Unmapped`], place by place. This module does no I/O.

mod cells;
mod columns;
mod encoding;
mod unmapped;

use chrono::NaiveDate;
use csv::{Terminator, WriterBuilder};

use cells::{MunicipalRow, WeeklyHours, weekly_hours};
use columns::{COLUMNS, MunicipalColumn};
pub use encoding::MunicipalEncoding;

use super::calendar::{CalendarWindow, DatedEvent, every_event};
use super::formats::{FormatError, PlaceTable};
use crate::index::Snapshot;
use crate::model::City;
use crate::schedule::{ScheduleContext, Timetable};
use crate::text::formula::guarded;

/// The media type of the lists in UTF-8.
pub const CSV: &str = "text/csv; charset=utf-8; header=present";
/// The most rows of a list: what a spreadsheet opens, its heading apart.
const MOST_ROWS: usize = 1_048_575;

/// A file of the municipal standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MunicipalFile {
    /// 公共施設一覧: a row per place.
    Facilities,
    /// イベント一覧: a row per date of the window of calendars.
    Events,
    /// What has no column in them, place by place.
    Unmapped,
}

impl MunicipalFile {
    /// Every file.
    pub const ALL: [Self; 3] = [Self::Facilities, Self::Events, Self::Unmapped];

    /// Its name: `{code}_public_facility.csv`, as the standard says; without the code where `city.toml` has none.
    pub fn name(self, city: &City) -> String {
        let stem = match self {
            Self::Facilities => "public_facility",
            Self::Events => "event",
            Self::Unmapped => return "unmapped.csv".to_owned(),
        };
        if city.code.is_empty() { format!("{stem}.csv") } else { format!("{}_{stem}.csv", city.code) }
    }

    /// The bytes of the file as of `today`, of which they depend on the month alone. What has no column is always in UTF-8.
    ///
    /// # Errors
    ///
    /// If there are more rows than a spreadsheet opens.
    pub fn bytes(
        self,
        snapshot: &Snapshot,
        today: NaiveDate,
        encoding: MunicipalEncoding,
    ) -> Result<Vec<u8>, FormatError> {
        let lists = MunicipalLists::new(snapshot, today)?;
        Ok(match self {
            Self::Facilities => encoding.encode(&lists.facilities()),
            Self::Events => encoding.encode(&lists.events()),
            Self::Unmapped => MunicipalEncoding::Utf8.encode(&unmapped::table(&lists, encoding)),
        })
    }
}

/// What both lists are written from.
struct MunicipalLists<'a> {
    snapshot: &'a Snapshot,
    table: PlaceTable<'a>,
    context: ScheduleContext,
    events: Vec<DatedEvent>,
}

impl<'a> MunicipalLists<'a> {
    fn new(snapshot: &'a Snapshot, today: NaiveDate) -> Result<Self, FormatError> {
        let window = CalendarWindow::around(today);
        let places: Vec<usize> = (0..snapshot.places.len()).collect();
        let events: Vec<DatedEvent> = every_event(snapshot, &places, window).take(MOST_ROWS + 1).collect();
        if events.len() > MOST_ROWS || places.len() > MOST_ROWS {
            return Err(FormatError::TooManyMunicipalRows);
        }
        let context = ScheduleContext::of_city(&snapshot.city, window.anchor());
        Ok(Self { snapshot, table: PlaceTable::new(snapshot), context, events })
    }

    fn facilities(&self) -> String {
        let mut file = CsvFile::new(&COLUMNS.facilities);
        for place in 0..self.snapshot.places.len() {
            file.add(self.facility(place).iter().map(String::as_str));
        }
        file.text()
    }

    fn events(&self) -> String {
        let mut file = CsvFile::new(&COLUMNS.events);
        for (number, event) in self.events.iter().enumerate() {
            file.add(self.event(number, event).iter().map(String::as_str));
        }
        file.text()
    }

    /// The cells of a place in the list of facilities.
    fn facility(&self, place: usize) -> Vec<String> {
        let schedule = &self.snapshot.places[place].place.facts.schedule;
        let weekly = weekly_hours(&Timetable::read(schedule, &self.context));
        self.cells(&COLUMNS.facilities, place, (place, weekly, None))
    }

    /// The cells of an occurrence in the list of events.
    fn event(&self, number: usize, event: &DatedEvent) -> Vec<String> {
        self.cells(&COLUMNS.events, event.place, (number, None, Some(event)))
    }

    fn cells(
        &self,
        columns: &[MunicipalColumn],
        place: usize,
        (before, weekly, event): (usize, Option<WeeklyHours>, Option<&DatedEvent>),
    ) -> Vec<String> {
        let place = self.table.row(place);
        let row = MunicipalRow { city: &self.snapshot.city, number: before + 1, place: &place, weekly, event };
        columns.iter().map(|column| column.from.map(|from| row.text(from).into_owned()).unwrap_or_default()).collect()
    }
}

/// A file of comma-separated values (RFC 4180) under construction.
struct CsvFile(csv::Writer<Vec<u8>>);

impl CsvFile {
    fn new(columns: &[MunicipalColumn]) -> Self {
        Self::with_headings(columns.iter().map(|column| column.heading.as_str()))
    }

    fn with_headings<'h>(headings: impl Iterator<Item = &'h str>) -> Self {
        let mut file = Self(WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new()));
        file.add(headings);
        file
    }

    /// A row, in which no cell is a formula.
    fn add<'c>(&mut self, cells: impl Iterator<Item = &'c str>) {
        let cells = cells.map(|cell| guarded(cell).into_owned());
        self.0.write_record(cells).expect("memory takes what is written");
    }

    fn text(self) -> String {
        let bytes = self.0.into_inner().expect("memory takes what is written");
        String::from_utf8(bytes).expect("cells are texts")
    }
}
