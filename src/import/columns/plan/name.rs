//! The column of the name: by the table, by the ending of a heading, by what stands in the columns.
//!
//! Without a name a row is no place, so that this is decided last of all fields and by all that is known. This module
//! does no I/O.

use std::sync::LazyLock;

use super::{Basis, ColumnDecision, Planning};
use crate::import::columns::Field;
use crate::import::columns::profile::CellKind;
use crate::import::columns::taken_apart::{cleaned, names_a_kind, names_a_place, names_a_room};
use serde::Deserialize;

/// The words of `name.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NameWords {
    never_names: Vec<String>,
    places_of_events: Vec<String>,
    owners: Vec<String>,
    offices: Vec<String>,
    buildings: Vec<String>,
}

static NAME_WORDS: LazyLock<NameWords> =
    LazyLock::new(|| toml::from_str(include_str!("name.toml")).expect("name.toml is part of the program and tested"));

/// Percent of rows in which a column must be filled to beat one that is hardly filled at all.
const FILLED: u32 = 50;
/// Percent of rows up to which a column of names counts as empty beside another.
const HARDLY: u32 = 5;
/// Percent of short words from which a column can be one of names, and of different ones among them.
const WORDS: u32 = 80;
const DISTINCT: u32 = 50;
/// Mean characters of a name at most.
const NAME_CHARS: u32 = 26;

/// Fields that name the place itself.
const NAMES: [Field; 3] = [Field::ActivityName, Field::Name, Field::GroupName];

impl Planning<'_> {
    /// Settles which column names the places.
    pub(super) fn name(&mut self) {
        self.drop_empty_names();
        if !self.has_filled(&NAMES) {
            self.name_by_table();
        }
        if !self.has_filled(&NAMES) {
            self.name_by_ending();
        }
        if !self.has_filled(&NAMES) {
            self.name_by_kind();
        }
        if !self.has_filled(&NAMES) {
            self.name_by_contents();
        }
        if !self.has_filled(&NAMES) {
            self.name_by_office();
        }
        if !self.has_filled(&NAMES) {
            self.name_before_venue();
        }
        if !self.has_filled(&NAMES) && !self.has_filled(&[Field::VenueName]) {
            self.name_of_last_resort();
        }
        if !self.has_filled(&NAMES) && !self.has_filled(&[Field::VenueName]) {
            self.name_by_operator();
        }
        self.groups_in_buildings();
        self.first_leads_rooms();
    }

    /// 「学校名」 with 「使用団体」: the group that meets there is the place, the building is where, if the building says less.
    fn groups_in_buildings(&mut self) {
        let is_filled = |at: usize, field: Field| {
            let column = &self.columns[at];
            column.field == Some(field) && column.filled > 0 && column.basis != Basis::Given
        };
        let is_building = |at: &usize| {
            let heading = cleaned(&self.headings[*at]);
            is_filled(*at, Field::Name)
                && NAME_WORDS.buildings.iter().any(|building| heading.ends_with(building.as_str()))
        };
        let Some(building) = (0..self.columns.len()).find(is_building) else { return };
        let says_more = |at: &usize| {
            is_filled(*at, Field::GroupName)
                && self.profiles[*at].filled_percent() >= WORDS
                && self.profiles[*at].distinct_percent() >= self.profiles[building].distinct_percent()
        };
        if (0..self.columns.len()).any(|at| says_more(&at)) {
            self.take(building, Some(Field::VenueName), Basis::Words, 80);
        }
    }

    /// A column of names that is empty gives way to a filled one of any heading.
    fn drop_empty_names(&mut self) {
        for at in 0..self.columns.len() {
            let is_name = self.columns[at].field.is_some_and(|field| NAMES.contains(&field));
            let is_name = is_name && self.columns[at].basis != Basis::Given;
            if is_name
                && self.profiles[at].rows > 0
                && self.profiles[at].filled_percent() <= HARDLY
                && self.has_better_name(at)
            {
                self.take(at, None, Basis::Contents, 0);
            }
        }
    }

    fn has_better_name(&self, than: usize) -> bool {
        let filled = |at: &usize| *at != than && self.profiles[*at].filled_percent() >= FILLED;
        let of_table = |at: &usize| self.columns[*at].field.is_some_and(Field::is_name);
        (0..self.columns.len()).filter(filled).any(|at| of_table(&at) || self.can_be_name_by_ending(at))
    }

    /// What the table of headings says where no column is called a name: 「団体名（ふりがな）」, 「サロン」.
    fn name_by_table(&mut self) {
        let before: Vec<Option<Field>> = self.columns.iter().map(|column| column.field).collect();
        let mut fields = before.clone();
        self.table.name_among(self.headings, &mut fields);
        for at in 0..fields.len() {
            if fields[at] != before[at] && self.columns[at].filled > 0 && self.is_filled_with_words(at) {
                self.take(at, fields[at], Basis::Words, 90);
            }
        }
    }

    /// The first filled column whose heading ends like a name and is not another's.
    fn name_by_ending(&mut self) {
        let found = (0..self.columns.len()).find(|&at| self.can_be_name_by_ending(at));
        if let Some(at) = found {
            let sure = self.profiles[at].percent(&[CellKind::Word, CellKind::Kana, CellKind::Sentence]).min(95);
            self.take(at, Some(Field::Name), Basis::Words, sure);
        }
    }

    /// The first open column called by the kind of what it lists: ボランティア団体.
    fn name_by_kind(&mut self) {
        let is_named = |at: &usize| {
            let profile = &self.profiles[*at];
            names_a_kind(&cleaned(&self.headings[*at]))
                && self.is_filled_with_words(*at)
                && profile.distinct_percent() >= WORDS
                && profile.filled_percent() >= FILLED
        };
        if let Some(at) = self.open().into_iter().find(is_named) {
            self.take(at, Some(Field::Name), Basis::Words, 80);
        }
    }

    fn can_be_name_by_ending(&self, at: usize) -> bool {
        let heading = &self.headings[at];
        let column = &self.columns[at];
        let is_free = column.field.is_none() || column.basis == Basis::Words && column.field == Some(Field::VenueName);
        is_free
            && column.filled > 0
            && !self.table.is_closed(heading)
            && names_a_place(&cleaned(heading))
            && self.is_filled_with_words(at)
    }

    /// Whether most cells of the column are words that a name could be.
    fn is_filled_with_words(&self, at: usize) -> bool {
        let profile = &self.profiles[at];
        let words =
            [CellKind::Word, CellKind::Kana, CellKind::Sentence, CellKind::Address, CellKind::Code, CellKind::When];
        profile.percent(&words) >= DISTINCT && profile.filled_percent() >= 20
    }

    /// The columns of distinct short words without a meaning, with their scores, in order.
    pub(super) fn names_by_contents(&self) -> Vec<(usize, u32)> {
        let scored = self.open().into_iter().filter_map(|at| {
            let profile = &self.profiles[at];
            let words = profile.percent(&[CellKind::Word, CellKind::Kana]);
            let heading = cleaned(&self.headings[at]);
            let is_others = NAME_WORDS.never_names.iter().any(|end| heading.ends_with(end.as_str()));
            let is_name = words >= WORDS
                && !is_others
                && profile.distinct_percent() >= DISTINCT
                && (2..=NAME_CHARS).contains(&profile.mean_chars())
                && profile.filled_percent() >= FILLED
                && profile.percent(&[CellKind::Kana]) < WORDS
                && profile.area_percent() < DISTINCT;
            is_name.then_some((at, words / 2 + profile.distinct_percent() / 2))
        });
        scored.collect()
    }

    /// The first column of distinct short words, unless a later one is plainly better.
    fn name_by_contents(&mut self) {
        let names = self.names_by_contents();
        let Some(&(first, score)) = names.first() else { return };
        let (at, score) = names
            .iter()
            .copied()
            .filter(|(_, other)| *other > score + 15)
            .max_by_key(|(at, s)| (*s, usize::MAX - at))
            .unwrap_or((first, score));
        // Beside a building, a column of words names the place only if it is as distinct as the buildings are.
        let venue = (0..self.columns.len())
            .find(|&v| self.columns[v].field == Some(Field::VenueName) && self.columns[v].filled > 0);
        if let Some(venue) = venue
            && (at > venue || self.profiles[at].distinct_percent() < self.profiles[venue].distinct_percent().max(WORDS))
        {
            return;
        }
        let runner_up = names.iter().filter(|(other, _)| *other != at).map(|(_, s)| *s).max().unwrap_or(0);
        let margin = score.saturating_sub(runner_up);
        self.take(at, Some(Field::Name), Basis::Contents, 50 + margin.min(45));
    }

    /// Lists of town halls, of 大字: a column that is no name elsewhere.
    fn name_of_last_resort(&mut self) {
        let mut fields: Vec<Option<Field>> = self.columns.iter().map(|column| column.field).collect();
        let before = fields.clone();
        self.table.name_of_last_resort(self.headings, &mut fields);
        for at in 0..fields.len() {
            if fields[at] != before[at] && self.columns[at].filled > 0 {
                self.take(at, fields[at], Basis::Words, 60);
            }
        }
    }

    /// 「種目名」 or 「実施団体」 before 「会場」: what each row has of its own names it, not the building where it takes place.
    fn name_before_venue(&mut self) {
        let is_venue = |column: &ColumnDecision| column.field == Some(Field::VenueName) && column.filled > 0;
        let Some(venue) = self.columns.iter().position(is_venue) else { return };
        let takes_place =
            |heading: &str| NAME_WORDS.places_of_events.iter().any(|word| heading.contains(word.as_str()));
        if self.columns[venue].basis == Basis::Given || !takes_place(&cleaned(&self.headings[venue])) {
            return;
        }
        let (owner, kinds) = ([Field::Organization], [Field::Tags, Field::Category]);
        let of_owner = |heading: &str| NAME_WORDS.owners.iter().any(|word| heading.contains(word.as_str()));
        let is_named = |at: &usize, fields: &[Field]| {
            let (column, profile) = (&self.columns[*at], &self.profiles[*at]);
            column.field.is_some_and(|field| fields.contains(&field))
                && column.basis != Basis::Given
                && !of_owner(&cleaned(&self.headings[*at]))
                && self.is_filled_with_words(*at)
                && (2..=NAME_CHARS).contains(&profile.mean_chars())
                && profile.distinct_percent() >= WORDS.max(self.profiles[venue].distinct_percent())
                && profile.filled_percent() >= FILLED
        };
        if let Some(at) = (0..venue).find(|at| is_named(at, &owner)) {
            self.take(at, Some(Field::GroupName), Basis::Words, 75);
        } else if let Some(at) = (0..venue).find(|at| is_named(at, &kinds)) {
            self.take(at, Some(Field::ActivityName), Basis::Words, 70);
        }
    }

    /// 「相談先」 beside the troubles that one may have: whom one goes to is the place, not the building it is in.
    fn name_by_office(&mut self) {
        // Behind the building, it is only whom to ask.
        let is_venue = |column: &ColumnDecision| column.field == Some(Field::VenueName) && column.filled > 0;
        let venue = self.columns.iter().position(is_venue).unwrap_or(self.columns.len());
        let is_named = |at: &usize| {
            let profile = &self.profiles[*at];
            let heading = cleaned(&self.headings[*at]);
            self.columns[*at].field == Some(Field::ContactOffice)
                && self.columns[*at].basis != Basis::Given
                && NAME_WORDS.offices.contains(&heading)
                && profile.percent(&[CellKind::Word, CellKind::Kana]) >= WORDS
                && profile.distinct_percent() >= WORDS
                && profile.filled_percent() >= WORDS
        };
        if let Some(at) = (0..venue).find(is_named) {
            self.take(at, Some(Field::Name), Basis::Words, 75);
        }
    }

    /// A list of those who offer something: 事業者名 beside what they do names the place where nothing else does.
    fn name_by_operator(&mut self) {
        let is_named = |at: &usize| {
            let (column, profile) = (&self.columns[*at], &self.profiles[*at]);
            column.field == Some(Field::Organization)
                && column.basis != Basis::Given
                && self.is_filled_with_words(*at)
                && profile.distinct_percent() >= DISTINCT
                && profile.filled_percent() >= FILLED
        };
        if let Some(at) = (0..self.columns.len()).find(is_named) {
            self.take(at, Some(Field::GroupName), Basis::Words, 70);
        }
    }

    /// 施設名 with 室名, 棟名 or トイレ名: the first leads, the second is where in it.
    fn first_leads_rooms(&mut self) {
        let rooms: Vec<usize> = (0..self.columns.len())
            .filter(|&at| self.columns[at].filled > 0 && names_a_room(&cleaned(&self.headings[at])))
            .filter(|&at| self.columns[at].field.is_none_or(Field::is_name) && self.columns[at].basis != Basis::Given)
            .collect();
        let leads = |at: &usize| {
            self.columns[*at].filled > 0 && self.columns[*at].field.is_some_and(Field::is_name) && !rooms.contains(at)
        };
        let Some(lead) = (0..self.columns.len()).find(leads).filter(|_| !rooms.is_empty()) else { return };
        if self.columns[lead].field == Some(Field::VenueName) {
            self.take(lead, Some(Field::Name), Basis::Words, 90);
        }
        for at in rooms {
            self.take(at, Some(Field::VenueName), Basis::Words, 90);
        }
    }
}
