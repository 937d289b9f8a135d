//! Population by small area: who lives where, by age, as a statistics bureau published it for one day.
//!
//! A number that was not published is `None`: it is never 0 and never worked out by subtraction, which would undo the
//! bureau's disclosure control. This module does no I/O.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize, Serializer};

use super::{ExactNumber, Position, Source};

/// A number of people; whole where the file's is, which sample surveys' are not.
#[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd, Deserialize)]
#[serde(transparent)]
pub struct PeopleCount(pub f64);

impl Serialize for PeopleCount {
    /// Writes whole numbers without a decimal point.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        ExactNumber(self.0).serialize(serializer)
    }
}

/// People of an age and over, by that age; 0 is everybody. `None` is hidden: the file does not say.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AgeCounts(pub BTreeMap<u32, Option<PeopleCount>>);

impl AgeCounts {
    /// People of `age` and over; `None` where that is hidden, or no number of the file.
    pub fn over(&self, age: u32) -> Option<f64> {
        self.0.get(&age).copied().flatten().map(|people| people.0)
    }
}

/// How an area came to its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JoinBasis {
    /// By a row of the aliases that the user gave.
    Alias,
    /// The middle of a grid square (JIS X 0410).
    Mesh,
    /// By its name in the gazetteer.
    Name,
    /// By the point in the file.
    Given,
    /// The centre of the district of its name.
    District,
}

impl JoinBasis {
    /// Every basis, in the order of the documentation.
    pub const ALL: [Self; 5] = [Self::Alias, Self::Mesh, Self::Name, Self::Given, Self::District];
}

/// One small area of a population table.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PopulationArea {
    /// The file and row that it was read from.
    pub source: Source,
    /// Its name; the code of a grid square.
    pub name: String,
    /// Its code, where the file gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The district as written in the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub district_written: Option<String>,
    /// Its point; `None` where nothing gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// What its point rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined: Option<JoinBasis>,
    /// Its people.
    pub people: AgeCounts,
}

/// The population of one day, from all files that were imported together.
#[derive(Debug, Clone, PartialEq)]
pub struct PopulationEdition {
    /// The day that the numbers are of.
    pub as_of: NaiveDate,
    /// The areas in the order of the files.
    pub areas: Vec<PopulationArea>,
}

impl PopulationEdition {
    /// The ages of which some area has a number of people of that age and over, ascending; 0 is everybody.
    pub fn ages(&self) -> Vec<u32> {
        let mut ages: Vec<u32> = Vec::new();
        for area in &self.areas {
            // Nearly always all areas have the same ages.
            if !area.people.0.keys().eq(&ages) {
                ages.extend(area.people.0.keys());
                ages.sort_unstable();
                ages.dedup();
            }
        }
        ages
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_whole_where_the_file_has_whole_numbers() {
        let shown = |people: f64| serde_json::to_string(&PeopleCount(people)).unwrap();
        assert_eq!([shown(12.0), shown(12.5), shown(0.0)], ["12", "12.5", "0"]);
        assert_eq!(serde_json::from_str::<PeopleCount>("12").unwrap(), PeopleCount(12.0));
    }

    #[test]
    fn a_hidden_number_and_an_unknown_age_are_both_unknown() {
        let people = AgeCounts(BTreeMap::from([(0, Some(PeopleCount(5.0))), (65, None)]));
        assert_eq!([people.over(0), people.over(65), people.over(70)], [Some(5.0), None, None]);
    }
}
