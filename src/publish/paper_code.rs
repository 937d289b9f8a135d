//! What the code of a paper says besides being random: the numbers of a district and a kind of place in the tables of the city.
//!
//! The page that prints a paper makes its code (`web/handout/paper-code.js`), and the page of results reads it again, both offline: no
//! code is ever sent here. This module only numbers the rows, and gives a check number of the tables, by which a code of other tables is
//! recognised. This module does no I/O.

use serde::Serialize;

use crate::index::Snapshot;
use crate::model::{CategoryId, DistrictId};

/// What two characters of a code can say: 25 × 25.
const VALUES: usize = 625;

/// The tables that codes refer to.
#[derive(Debug, Clone, Copy)]
pub struct PaperCodeTables<'a>(&'a Snapshot);

/// What a page puts into a code: row numbers from 1, or 0 for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PaperCodeParts {
    /// The check number of the tables.
    pub tables: usize,
    /// The row of the district from which the person starts.
    pub district: usize,
    /// The row of the kind of place, if all places of the paper are of one kind.
    pub kind: usize,
}

impl<'a> PaperCodeTables<'a> {
    /// The tables of `snapshot`.
    pub fn of(snapshot: &'a Snapshot) -> Self {
        Self(snapshot)
    }

    /// A number that changes when a row is added, removed or moved.
    pub fn check(self) -> usize {
        let mut hasher = blake3::Hasher::new();
        let districts = self.0.districts.all().iter().map(|district| &district.id.0);
        let kinds = self.0.categories.all().iter().map(|category| &category.id.0);
        // Between the two tables stands an id that no row has.
        for id in districts.chain([&String::new()]).chain(kinds) {
            hasher.update(id.as_bytes());
            hasher.update(b"\0");
        }
        let hash = hasher.finalize();
        usize::from(u16::from_le_bytes([hash.as_bytes()[0], hash.as_bytes()[1]])) % VALUES
    }

    /// The numbers of a district and of the kinds of the places of a paper.
    pub fn parts(self, district: Option<&DistrictId>, kinds: &[&CategoryId]) -> PaperCodeParts {
        let districts = self.0.districts.all();
        let at_district = district.and_then(|id| districts.iter().position(|it| it.id == *id));
        let one = kinds.first().filter(|first| kinds.iter().all(|kind| kind == *first));
        let categories = self.0.categories.all();
        let at_kind = one.and_then(|id| categories.iter().position(|it| it.id == **id));
        let number = |at: Option<usize>| at.map(|at| at + 1).filter(|number| *number < VALUES).unwrap_or(0);
        PaperCodeParts { tables: self.check(), district: number(at_district), kind: number(at_kind) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::SnapshotInput;
    use crate::model::{Audience, Category, CategoryTable, District, DistrictTable};

    fn snapshot(districts: &[&str], kinds: &[&str]) -> Snapshot {
        let district = |id: &&str| District { id: DistrictId((*id).to_owned()), ..District::default() };
        let kind = |id: &&str| Category { id: CategoryId((*id).to_owned()), ..Category::default() };
        let input = SnapshotInput {
            districts: DistrictTable::new(districts.iter().map(district).collect()),
            categories: CategoryTable::new(kinds.iter().map(kind).collect()),
            ..SnapshotInput::default()
        };
        Snapshot::build(&input, Audience::LinkWorkers)
    }

    #[test]
    fn other_tables_have_another_check_number() {
        let check = |districts: &[&str], kinds: &[&str]| PaperCodeTables::of(&snapshot(districts, kinds)).check();
        let usual = check(&["a", "b"], &["c"]);
        assert!(usual < VALUES);
        assert_eq!(usual, check(&["a", "b"], &["c"]));
        for other in [check(&["b", "a"], &["c"]), check(&["a"], &["b", "c"]), check(&["ab"], &["c"])] {
            assert_ne!(usual, other);
        }
    }

    #[test]
    fn a_kind_is_told_only_where_all_places_are_of_it() {
        let snapshot = snapshot(&["a", "b"], &["salon", "art"]);
        let tables = PaperCodeTables::of(&snapshot);
        let id = |id: &str| CategoryId(id.to_owned());
        let numbers = |district: Option<&str>, kinds: &[&str]| {
            let (district, kinds) = (district.map(|id| DistrictId(id.to_owned())), kinds.iter().map(|it| id(it)));
            let kinds: Vec<CategoryId> = kinds.collect();
            let parts = tables.parts(district.as_ref(), &kinds.iter().collect::<Vec<_>>());
            (parts.district, parts.kind)
        };
        assert_eq!(numbers(Some("b"), &["art", "art"]), (2, 2));
        assert_eq!(numbers(None, &["art", "salon"]), (0, 0));
        assert_eq!(numbers(Some("gone"), &["gone"]), (0, 0));
        assert_eq!(numbers(None, &[]), (0, 0));
    }
}
