//! What an edition of counted needs adds to those before it.
//!
//! A number that was published is not taken back, and months come in order: disclosure control releases needs as they come, and a
//! cell that shrank, or that grew behind the newest month, would move numbers that planners have seen. This module does no I/O.

use std::collections::BTreeMap;

use super::CountedRow;
use crate::import::{ListProblem, ProblemKind};
use crate::model::Month;
use crate::model::unmet_need::CountedNeeds;

/// What is added, and the rows that are left out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NeedAdditions {
    /// Gains of cells, in the order of their months.
    pub added: Vec<CountedNeeds>,
    /// Rows that cannot be added, and why.
    pub problems: Vec<ListProblem>,
}

/// What `rows`, an edition of one list, add to what was imported of this list (`of_list`). `newest` is the newest month of any list.
pub fn additions(rows: &[CountedRow], of_list: &[CountedNeeds], newest: Option<Month>) -> NeedAdditions {
    let mut before: BTreeMap<_, u32> = BTreeMap::new();
    for cell in of_list {
        *before.entry(key(cell)).or_default() += cell.count;
    }
    let mut additions = NeedAdditions::default();
    for CountedRow { row, needs } in rows {
        let had = before.get(&key(needs)).copied().unwrap_or_default();
        let values = [("value", &*needs.count.to_string()), ("had", &*had.to_string())];
        if needs.count < had {
            additions.problems.push(ListProblem::new(*row, None, ProblemKind::UnmetCountLowered, &values));
        } else if needs.count > had && newest.is_some_and(|newest| needs.month < newest) {
            let newest = newest.map(|month| month.to_string()).unwrap_or_default();
            let values = [("value", &*needs.month.to_string()), ("newest", &*newest)];
            additions.problems.push(ListProblem::new(*row, None, ProblemKind::UnmetPeriodPassed, &values));
        } else if needs.count > had {
            additions.added.push(CountedNeeds { count: needs.count - had, ..needs.clone() });
        }
    }
    // Within a month by content, so that the order of the file says nothing.
    additions.added.sort_by(|a, b| (a.month, key(a)).cmp(&(b.month, key(b))));
    additions
}

/// Identity of a cell.
fn key(cell: &CountedNeeds) -> (Month, Option<&str>, Option<&str>, &'static str) {
    let district = cell.district.as_ref().map(|id| id.0.as_str());
    (cell.month, district, cell.interest.as_deref(), cell.reason.code())
}
