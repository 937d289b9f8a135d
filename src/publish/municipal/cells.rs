//! The text of a cell of a municipal list. This module does no I/O.

use std::borrow::Cow;

use super::columns::{BARRIER_FREE, COLUMNS, MunicipalSource};
use crate::model::place_row::{PlaceColumn, PlaceRow, answer_text};
use crate::model::{City, Precision};
use crate::publish::calendar::DatedEvent;
use crate::schedule::rule::{DayPattern, HolidayRule, TimeSlot, Weekdays};
use crate::schedule::{Moment, Timetable};
use crate::text::katakana;

/// Days of the week and hours.
pub(super) type WeeklyHours = (Weekdays, TimeSlot);

/// A row of a municipal list.
pub(super) struct MunicipalRow<'a> {
    pub(super) city: &'a City,
    /// Its number, from 1.
    pub(super) number: usize,
    pub(super) place: &'a PlaceRow<'a>,
    /// The times of the place, where one weekly statement says all of them.
    pub(super) weekly: Option<WeeklyHours>,
    /// The occurrence of a list of events.
    pub(super) event: Option<&'a DatedEvent>,
}

impl<'a> MunicipalRow<'a> {
    pub(super) fn text(&self, source: MunicipalSource) -> Cow<'a, str> {
        let facts = &self.place.place.facts;
        match source {
            MunicipalSource::Code => Cow::Borrowed(&self.city.code),
            MunicipalSource::Number => self.number.to_string().into(),
            MunicipalSource::Prefecture => Cow::Borrowed(&self.city.prefecture),
            MunicipalSource::City => Cow::Borrowed(&self.city.name),
            MunicipalSource::Katakana => facts.kana.as_deref().map(katakana).unwrap_or_default().into(),
            MunicipalSource::DoorLatitude => self.at_door(PlaceColumn::Latitude),
            MunicipalSource::DoorLongitude => self.at_door(PlaceColumn::Longitude),
            MunicipalSource::Telephone => self.telephone().0.into(),
            MunicipalSource::Extension => self.telephone().1.into(),
            MunicipalSource::BarrierFree => self.barrier_free().into(),
            MunicipalSource::VenueOrName => Cow::Borrowed(facts.venue.as_deref().unwrap_or(&facts.name)),
            MunicipalSource::Place(column) => self.place.text(column),
            MunicipalSource::Weekdays | MunicipalSource::Opens | MunicipalSource::Closes => self.weekly(source).into(),
            MunicipalSource::FirstDay | MunicipalSource::LastDay | MunicipalSource::Begins | MunicipalSource::Ends => {
                self.date(source).into()
            }
        }
    }

    fn at_door(&self, column: PlaceColumn) -> Cow<'a, str> {
        let site = self.place.place.facts.site.filter(|site| site.precision == Precision::Door);
        site.map_or(Cow::Borrowed(""), |_| self.place.text(column))
    }

    /// The number, and its extension where the words have one and nothing else behind it.
    fn telephone(&self) -> (&'a str, &'a str) {
        let text = self.place.place.facts.contact.phone.as_deref().unwrap_or_default().trim();
        let parted = text.split_once(&COLUMNS.extension).and_then(|(number, behind)| {
            let number = number.trim_end_matches(|c: char| c.is_whitespace() || "(（、,".contains(c));
            let extension = behind.trim_matches(|c: char| c.is_whitespace() || ")）:：".contains(c));
            let is_number = !extension.is_empty() && extension.chars().all(|c| c.is_ascii_digit() || c == '-');
            (is_number && !number.is_empty()).then_some((number, extension))
        });
        parted.unwrap_or((text, ""))
    }

    fn barrier_free(&self) -> String {
        let known = BARRIER_FREE.iter().filter_map(|fact| {
            let answer = self.place.place.facts.access.get(fact)?;
            Some(format!("{} {}", PlaceColumn::Access(*fact).heading(), answer_text(*fact, answer)))
        });
        known.map(|it| it.trim().to_owned()).collect::<Vec<_>>().join("；")
    }

    fn weekly(&self, source: MunicipalSource) -> String {
        let Some((weekdays, hours)) = self.weekly else { return String::new() };
        match source {
            MunicipalSource::Weekdays => {
                weekdays.iter().map(|day| COLUMNS.weekdays[day.num_days_from_monday() as usize].as_str()).collect()
            }
            MunicipalSource::Opens => clock(hours.from),
            _ => hours.to.map(clock).unwrap_or_default(),
        }
    }

    fn date(&self, source: MunicipalSource) -> String {
        let Some(DatedEvent { occurrence, .. }) = self.event else { return String::new() };
        let end = occurrence.end.unwrap_or(occurrence.start);
        let time = |moment: Moment| match moment {
            Moment::Day(_) => String::new(),
            Moment::Time(time) => time.format("%H:%M").to_string(),
        };
        match source {
            MunicipalSource::FirstDay => occurrence.start.date().to_string(),
            MunicipalSource::LastDay => end.date().to_string(),
            MunicipalSource::Begins => time(occurrence.start),
            _ => occurrence.end.map(time).unwrap_or_default(),
        }
    }
}

/// The days and hours of a place, where one weekly statement says all of them: no holidays, seasons or days off apart.
pub(super) fn weekly_hours(timetable: &Timetable) -> Option<WeeklyHours> {
    if !timetable.is_understood() || timetable.readings().len() != 1 {
        return None;
    }
    match timetable.rules().next()?.plain_session()? {
        (DayPattern::Weekly { weekdays, holidays: HolidayRule::AsAnyDay }, Some(hours)) => Some((*weekdays, hours)),
        _ => None,
    }
}

/// Minutes after midnight as a time of day: `13:30`.
fn clock(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}
