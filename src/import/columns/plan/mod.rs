//! Column plan: which column of a list is which field, decided from headings and contents together.
//!
//! First the words of each heading, then its contents: they overrule a heading that they contradict, give the columns
//! without a meaning theirs, and choose the name where no heading does. Every decision carries its basis and how sure it
//! is, so that the report can say it. This module does no I/O.

mod address_parts;
mod by_contents;
mod contradictions;
mod name;
mod respondents;

pub(in crate::import) use contradictions::says_telephone;

use super::fold::folded;
use super::profile::ColumnProfile;
use super::{Field, HeadingTable};

/// What a decision rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The city or the user said so.
    Given,
    /// The heading stands in the table of headings.
    Heading,
    /// The heading was taken apart.
    Words,
    /// The cells below, whatever the heading says.
    Contents,
}

/// What one column was taken for.
#[derive(Debug, Clone)]
pub struct ColumnDecision {
    /// The field; `None` if the column is not used and only staff see it.
    pub field: Option<Field>,
    /// What that rests on.
    pub basis: Basis,
    /// How sure it is, in percent.
    pub sure: u32,
    /// Rows with a filled cell.
    pub filled: u32,
}

/// What every column of a table was taken for, in order.
#[derive(Debug, Clone, Default)]
pub struct ColumnPlan {
    /// One decision per column.
    pub columns: Vec<ColumnDecision>,
}

impl ColumnPlan {
    /// The fields of the columns, in order.
    pub fn fields(&self) -> Vec<Option<Field>> {
        self.columns.iter().map(|column| column.field).collect()
    }

    /// Whether any column gives a row its name.
    pub fn has_name(&self) -> bool {
        self.columns.iter().any(|column| column.field.is_some_and(Field::is_name))
    }
}

/// A table being planned.
struct Planning<'a> {
    table: &'a HeadingTable,
    headings: &'a [String],
    profiles: &'a [ColumnProfile],
    columns: Vec<ColumnDecision>,
}

impl HeadingTable {
    /// Plans the columns under `headings`, of which `profiles` says what stands in them; both in order of column.
    ///
    /// In lists of link workers headings alone decide: what stands there is about persons.
    pub fn plan(&self, headings: &[String], profiles: &[ColumnProfile]) -> ColumnPlan {
        let by_heading = |field: Option<Field>, profile: &ColumnProfile| ColumnDecision {
            field,
            basis: Basis::Heading,
            sure: if field.is_some() { 100 } else { 0 },
            filled: profile.filled,
        };
        if self.are_of_workers() {
            let fields = self.fields(headings);
            let columns = fields.into_iter().zip(profiles).map(|(field, profile)| by_heading(field, profile)).collect();
            return ColumnPlan { columns };
        }
        let are_told_apart = !is_one_word_numbered(headings);
        let field_of =
            |heading: &String| self.field_of_whole(heading).filter(|_| are_told_apart || self.is_own(heading));
        let strict = headings.iter().zip(profiles);
        let columns = strict.map(|(heading, profile)| by_heading(field_of(heading), profile)).collect();
        let mut planning = Planning { table: self, headings, profiles, columns };
        planning.given();
        if are_told_apart {
            planning.by_words();
        }
        planning.address_parts();
        planning.respondents();
        planning.overrule();
        planning.days_that_are_no_dates();
        planning.contacts_and_times();
        planning.name();
        planning.addresses_of_venues();
        planning.rest();
        ColumnPlan { columns: planning.columns }
    }
}

/// Whether all columns are called by one word with a number, as programs number them (HP001, HP002): it says nothing of any of them.
fn is_one_word_numbered(headings: &[String]) -> bool {
    const FEWEST: usize = 3;
    let stem = |heading: &str| folded(heading).whole.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    let Some(first) = headings.first().map(|heading| stem(heading)) else { return false };
    let is_numbered = |heading: &String| folded(heading).whole.ends_with(|c: char| c.is_ascii_digit());
    headings.len() >= FEWEST && headings.iter().all(|heading| is_numbered(heading) && stem(heading) == first)
}

impl Planning<'_> {
    /// Marks the columns whose meaning was given.
    fn given(&mut self) {
        for (column, heading) in self.columns.iter_mut().zip(self.headings) {
            if self.table.is_own(heading) {
                column.basis = Basis::Given;
            }
        }
    }

    /// Takes apart the headings that the table does not know.
    fn by_words(&mut self) {
        for (column, heading) in self.columns.iter_mut().zip(self.headings) {
            if column.field.is_none()
                && column.basis != Basis::Given
                && let Some(field) = self.table.field_of_words(heading)
            {
                *column = ColumnDecision { field: Some(field), basis: Basis::Words, sure: 85, ..*column };
            }
        }
    }

    fn take(&mut self, at: usize, field: Option<Field>, basis: Basis, sure: u32) {
        let column = &mut self.columns[at];
        *column = ColumnDecision { field, basis, sure: sure.clamp(1, 100), ..*column };
    }

    /// Whether a column with filled cells has one of `fields`.
    fn has_filled(&self, fields: &[Field]) -> bool {
        self.columns.iter().any(|column| column.filled > 0 && column.field.is_some_and(|f| fields.contains(&f)))
    }

    /// Columns without a field that hold something and of which something may be assumed.
    fn open(&self) -> Vec<usize> {
        let is_open = |&at: &usize| {
            let is_known = self.columns[at].field.is_some() || self.columns[at].basis == Basis::Given;
            !is_known && self.columns[at].filled > 0 && !self.table.is_closed(&self.headings[at])
        };
        (0..self.columns.len()).filter(is_open).collect()
    }
}

#[cfg(test)]
mod tests;
