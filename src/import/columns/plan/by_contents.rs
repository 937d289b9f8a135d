//! Columns without a meaning, by what stands in them: coordinates, contacts, addresses, times, readings, persons.
//!
//! A column is given a field only if no filled column has it, and the best column of a kind is taken, not the first. A
//! column of persons or of their own telephones is private. This module does no I/O.

use super::{Basis, Planning};
use crate::import::columns::Field;
use crate::import::columns::profile::{CellKind, ColumnProfile};
use crate::import::columns::taken_apart::{cleaned, names_a_place};

/// Percent of cells from which a column is of a kind.
const ENOUGH: u32 = 70;
/// The same for names of persons: in doubt a column is private.
const ENOUGH_PERSONS: u32 = 50;

/// Kinds of cells, the fields of which a filled column rules the kind out, and the field.
const KINDS: [(&[CellKind], &[Field], Field); 9] = [
    (&[CellKind::LonLat], &[Field::LonLat, Field::Lat, Field::Lon], Field::LonLat),
    (&[CellKind::Lat], &[Field::LonLat, Field::Lat], Field::Lat),
    (&[CellKind::Lon], &[Field::LonLat, Field::Lon], Field::Lon),
    (&[CellKind::Email], &[Field::Email], Field::Email),
    (&[CellKind::Url], &[Field::Url], Field::Url),
    (&[CellKind::Phone, CellKind::Mobile], &[Field::Phone, Field::PersonPhone], Field::Phone),
    (&[CellKind::Address], &[Field::Address, Field::AddressTown, Field::AddressNumber], Field::Address),
    (&[CellKind::Weekday], &[Field::Weekdays, Field::Schedule], Field::Weekdays),
    (&[CellKind::When, CellKind::Weekday], &[Field::Schedule], Field::Schedule),
];

/// How much of a column, in percent, is what a field holds.
type PercentOf = fn(&ColumnProfile) -> u32;

/// Headings of hours in a part of the day.
const PARTS_OF_DAY: [&str; 9] = ["午前", "午後", "夜間", "夜", "朝", "昼", "午前の部", "午後の部", "夜の部"];

/// Fewest cells by which a column is taken for one of venues.
const FEWEST_VENUES: u32 = 3;

impl Planning<'_> {
    /// Gives the columns of unmistakable kinds their fields.
    pub(super) fn contacts_and_times(&mut self) {
        self.persons();
        for (kinds, taken_by, field) in KINDS {
            if self.has_filled(taken_by) {
                continue;
            }
            let open = self.open();
            let share = |profile: &ColumnProfile| match field {
                Field::Address => profile.address_percent(),
                _ => profile.percent(kinds),
            };
            let best = open.into_iter().map(|at| (at, share(&self.profiles[at])));
            let best = best
                .filter(|(_, percent)| *percent >= ENOUGH)
                .rev()
                .max_by_key(|(at, percent)| (self.profiles[*at].filled, *percent));
            if let Some((at, percent)) = best {
                let field = self.kept_private(at, field).map(|field| self.closed_or(at, field));
                self.take(at, field, Basis::Contents, percent);
            }
        }
        self.times();
        self.prices();
        self.ages();
        self.bookings();
        self.towns();
    }

    /// Days below 「休館」 are those on which nothing takes place.
    fn closed_or(&self, at: usize, field: Field) -> Field {
        let is_of_days = matches!(field, Field::Weekdays | Field::Schedule);
        if is_of_days && says_closed(&self.headings[at]) { Field::ClosedDays } else { field }
    }

    /// A column of 大字 that the gazetteer has, or of addresses that only it shows to be some, where no other column tells where
    /// a place is and another can give it its name.
    fn towns(&mut self) {
        let taken = [Field::Address, Field::AddressTown, Field::AddressNumber, Field::LonLat, Field::Lat];
        if self.has_filled(&taken) || self.is_list_of_persons() {
            return;
        }
        // 「位置」 and 「ところ」 say so themselves, and need less of it.
        let says_where =
            |at: usize| ["位置", "所", "ところ", "地番"].iter().any(|word| self.headings[at].contains(word));
        let enough = |at: usize| if says_where(at) { ENOUGH / 2 } else { ENOUGH };
        let is_of_towns = |at: &usize| self.profiles[*at].town_percent() >= enough(*at);
        let best = self.open().into_iter().filter(is_of_towns).rev().max_by_key(|&at| self.profiles[at].filled);
        let Some(at) = best.filter(|&at| self.has_name_beside(at)) else { return };
        let is_numbered = self.profiles[at].numbered_percent() * 2 >= enough(at);
        let field = if is_numbered { Field::Address } else { Field::AddressTown };
        self.take(at, Some(field), Basis::Contents, self.profiles[at].town_percent());
    }

    /// Whether another column than that at `at` names the places, or could.
    fn has_name_beside(&self, at: usize) -> bool {
        let names = [Field::Name, Field::ActivityName, Field::GroupName, Field::VenueName];
        self.has_filled(&names) || self.names_by_contents().into_iter().any(|(other, _)| other != at)
    }

    /// What may be a person's own stays private: a mobile number, and in a list of persons every contact.
    fn kept_private(&self, at: usize, field: Field) -> Option<Field> {
        let profile = &self.profiles[at];
        let is_own = profile.percent(&[CellKind::Mobile]) * 2 > profile.percent(&[CellKind::Phone, CellKind::Mobile]);
        let of_persons = self.is_list_of_persons();
        match field {
            Field::Phone if is_own || of_persons => Some(Field::PersonPhone),
            Field::Address | Field::Email | Field::Lat | Field::Lon | Field::LonLat if of_persons => None,
            field => Some(field),
        }
    }

    /// Whether the list has persons and no other name.
    fn is_list_of_persons(&self) -> bool {
        let has_persons = self.has_filled(&[Field::Person]);
        let names = [Field::Name, Field::ActivityName, Field::GroupName, Field::VenueName];
        has_persons && !self.has_filled(&names) && self.names_by_contents().is_empty()
    }

    /// Columns of persons' names are private, by whatever unknown, assumed or general heading they stand.
    fn persons(&mut self) {
        for at in 0..self.columns.len() {
            let column = &self.columns[at];
            let is_assumed =
                column.field.is_none() || column.basis == Basis::Words || column.field.is_some_and(is_free_text);
            let percent = self.profiles[at].percent(&[CellKind::Person]);
            let is_private = matches!(column.field, Some(Field::Person | Field::PersonPhone));
            if is_assumed
                && column.basis != Basis::Given
                && !is_private
                && !names_a_group(&self.headings[at])
                && column.filled > 0
                && percent >= if column.field == Some(Field::Organization) { ENOUGH } else { ENOUGH_PERSONS }
            {
                self.take(at, Some(Field::Person), Basis::Contents, percent);
            }
        }
    }

    /// Two columns of times of day: the earlier is the start.
    fn times(&mut self) {
        let of_days = [Field::Schedule, Field::Weekdays];
        let says_hours = (0..self.columns.len()).any(|at| {
            self.columns[at].field.is_some_and(|field| of_days.contains(&field) && self.profiles[at].span_percent() > 0)
        });
        // Days in one column, hours in another that no heading explains.
        if self.has_filled(&of_days) && !says_hours && !self.has_filled(&[Field::StartTime, Field::EndTime]) {
            let mut hours = self.open();
            hours.retain(|&at| self.profiles[at].span_percent() >= ENOUGH);
            // 「午前」 and 「午後」 hold hours of one day; of other headings one is enough.
            let is_part = |at: &usize| PARTS_OF_DAY.contains(&cleaned(&self.headings[*at]).as_str());
            if hours.first().is_some_and(is_part) {
                hours.retain(is_part);
            } else {
                hours.truncate(1);
            }
            for at in hours {
                self.take(at, Some(Field::Schedule), Basis::Contents, self.profiles[at].span_percent());
            }
        }
        if self.has_filled(&[Field::StartTime, Field::EndTime]) || says_hours {
            return;
        }
        let mut times: Vec<usize> = self.open();
        times.retain(|&at| self.profiles[at].percent(&[CellKind::Time]) >= ENOUGH);
        times.sort_by_key(|&at| self.profiles[at].mean_minutes());
        if let [start, end] = times[..] {
            for (at, field) in [(start, Field::StartTime), (end, Field::EndTime)] {
                let percent = self.profiles[at].percent(&[CellKind::Time]);
                self.take(at, Some(field), Basis::Contents, percent);
            }
        }
    }

    /// Columns of prices, one for each kind of person, where no heading says what one pays.
    fn prices(&mut self) {
        if self.has_filled(&[Field::Cost]) {
            return;
        }
        for at in self.open() {
            let percent = self.profiles[at].percent(&[CellKind::Price]);
            if percent >= ENOUGH {
                self.take(at, Some(Field::Cost), Basis::Contents, percent);
            }
        }
    }

    /// A column of ages that says from when to when one may come: 「0歳～就学前」. The ages of persons are numbers.
    fn ages(&mut self) {
        if self.has_filled(&[Field::Eligibility]) || self.is_list_of_persons() {
            return;
        }
        let is_of_ages = |at: &usize| {
            ["年齢", "学年", "年代", "月齢"].iter().any(|word| self.headings[*at].contains(word))
                && self.profiles[*at].age_range_percent() >= ENOUGH
        };
        if let Some(at) = self.open().into_iter().find(is_of_ages) {
            self.take(at, Some(Field::Eligibility), Basis::Contents, self.profiles[at].age_range_percent());
        }
    }

    /// A column about how to take part that says of most rows whether to book: 「利用方法」 with 「要予約」, 「予約不要」 below.
    fn bookings(&mut self) {
        const WAYS: [&str; 6] = ["方法", "仕方", "しかた", "には", "手続", "手順"];
        if self.has_filled(&[Field::BookingNeeded]) {
            return;
        }
        let is_of_bookings = |at: &usize| {
            WAYS.iter().any(|word| self.headings[*at].contains(word)) && self.profiles[*at].booking_percent() >= ENOUGH
        };
        if let Some(at) = self.open().into_iter().find(is_of_bookings) {
            self.take(at, Some(Field::BookingNeeded), Basis::Contents, self.profiles[at].booking_percent());
        }
    }

    fn is_beside_a_name(&self, at: usize) -> bool {
        let names = [Field::Name, Field::ActivityName, Field::GroupName];
        let is_name =
            |other: usize| self.columns.get(other).and_then(|it| it.field).is_some_and(|f| names.contains(&f));
        is_name(at + 1) || at.checked_sub(1).is_some_and(is_name)
    }

    /// What can be said only when the name is known: its reading, the districts, the text.
    pub(super) fn rest(&mut self) {
        let tests: [(Field, PercentOf); 3] = [
            (Field::VenueName, ColumnProfile::hall_percent),
            (Field::Kana, |profile| profile.percent(&[CellKind::Kana])),
            (Field::District, ColumnProfile::area_percent),
        ];
        for (field, percent_of) in tests {
            if self.has_filled(&[field]) {
                continue;
            }
            // A reading stands beside its name; katakana elsewhere is as often a person from abroad.
            // One or two cells that sound like a house may say where the key is.
            let may_be = |at: &usize| match field {
                Field::Kana => self.is_beside_a_name(*at),
                Field::VenueName => self.columns[*at].filled >= FEWEST_VENUES,
                _ => true,
            };
            let best = self.open().into_iter().filter(may_be).map(|at| (at, percent_of(&self.profiles[at])));
            if let Some((at, percent)) =
                best.filter(|(_, percent)| *percent >= ENOUGH).max_by_key(|(_, percent)| *percent)
            {
                self.take(at, Some(field), Basis::Contents, percent);
            }
        }
    }
}

/// Whether the heading says that a group or a place is named, so that what looks like persons is none.
fn names_a_group(heading: &str) -> bool {
    const GROUPS: [&str; 13] = [
        "商号",
        "店",
        "宿",
        "グループ",
        "団体",
        "サロン",
        "教室",
        "講座",
        "施設",
        "居場所",
        "クラブ",
        "サークル",
        "広場",
    ];
    names_a_place(&cleaned(heading)) && GROUPS.iter().any(|word| heading.contains(word))
}

/// Whether anything may stand in a column of `field`, a person's name too.
fn is_free_text(field: Field) -> bool {
    use Field::{
        AccessNote, AddressBuilding, Bring, Capacity, ClosedDays, Cost, Description, Directions, Eligibility,
        Interests, Note, Organization, Schedule, Tags, VenueName,
    };
    let in_words =
        matches!(field, Note | AccessNote | Description | Directions | Eligibility | Bring | Cost | Capacity);
    let in_names = matches!(field, Tags | Interests | VenueName | Organization | AddressBuilding);
    in_words || in_names || matches!(field, Schedule | ClosedDays)
}

/// Whether a heading of days says that nothing takes place on them.
fn says_closed(heading: &str) -> bool {
    ["休", "閉", "やすみ"].iter().any(|word| heading.contains(word))
}
