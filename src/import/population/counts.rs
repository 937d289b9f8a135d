//! The numbers of one row: people of an age and over, from columns that say so or from classes that add up to it.
//!
//! A number is hidden if any cell that it needs is. Nothing is worked out by subtraction. This module does no I/O.

use std::collections::{BTreeMap, HashMap};

use super::cell::PopulationCell;
use super::measure::{AgeSpan, CountedSex, Measure};
use crate::import::ProblemKind;
use crate::model::{AgeCounts, PeopleCount};

/// An age beyond which a class without an upper end adds nobody: a last class of 100歳 is one.
const LAST_AGE: u32 = 99;

/// People may differ by this and be equal, where files have decimals.
const SAME: f64 = 1e-6;

/// How the numbers of a table are put together, once per table.
#[derive(Debug)]
pub(super) struct CountPlan {
    /// By age: the column that says so, or the classes that add up to people of that age and over.
    over: BTreeMap<u32, Vec<AgeSpan>>,
    /// The classes that add up to everybody, with those of unknown age.
    everybody: Vec<AgeSpan>,
}

/// What e-Stat did to a row whose numbers would show single people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MergedRow {
    /// Nothing.
    No,
    /// Its numbers include those of others.
    Receives,
    /// Its hidden numbers are counted in another row.
    Gives,
}

/// The cells of one row by what they count.
pub(super) type RowCells = HashMap<Measure, PopulationCell>;

impl CountPlan {
    /// The plan for a table with these columns.
    pub(super) fn new<'a>(measures: &(impl Iterator<Item = &'a Measure> + Clone)) -> Self {
        let has = |sex, ages| measures.clone().any(|measure| *measure == Measure { sex, ages });
        let is_counted =
            |ages| has(CountedSex::Both, ages) || has(CountedSex::Male, ages) && has(CountedSex::Female, ages);
        let mut classes: Vec<AgeSpan> = measures.clone().map(|measure| measure.ages).collect();
        classes.sort_unstable();
        classes.dedup();
        classes.retain(|ages| is_counted(*ages));
        let next = next_classes(&classes);
        let ages: Vec<u32> = classes.iter().filter_map(|class| first_age(*class)).collect();
        let of_age = |age: u32| {
            let printed = AgeSpan::Years(age, None);
            let spans = if classes.contains(&printed) { Some(vec![printed]) } else { chain(&next, age) };
            spans.map(|spans| (age, spans))
        };
        let mut over: BTreeMap<u32, Vec<AgeSpan>> =
            ages.into_iter().filter(|age| *age > 0).filter_map(of_age).collect();
        let mut everybody = chain(&next, 0).unwrap_or_default();
        if is_counted(AgeSpan::Unknown) && !everybody.is_empty() {
            everybody.push(AgeSpan::Unknown);
        }
        let all = if is_counted(AgeSpan::All) { vec![AgeSpan::All] } else { everybody.clone() };
        over.insert(0, all);
        Self { over, everybody }
    }

    /// The numbers of a row, and what to report of it.
    pub(super) fn counts(&self, mut cells: RowCells, merged: MergedRow) -> (AgeCounts, Option<ProblemKind>) {
        if merged == MergedRow::Gives {
            let hidden = cells.values_mut().filter(|cell| **cell == PopulationCell::Hidden);
            hidden.for_each(|cell| *cell = PopulationCell::Number(0.0));
        }
        let mut problem = sexes_disagree(&cells).then_some(ProblemKind::SumDisagrees);
        if merged == MergedRow::No && self.classes_disagree(&cells) {
            let uses_dashes = self.everybody.iter().any(|ages| has_dash(&cells, *ages));
            problem = Some(if uses_dashes { ProblemKind::DashIsNotZero } else { ProblemKind::SumDisagrees });
            if uses_dashes {
                let dashes = cells.values_mut().filter(|cell| **cell == PopulationCell::Dash);
                dashes.for_each(|cell| *cell = PopulationCell::Hidden);
            }
        }
        let sum = |spans: &Vec<AgeSpan>| match spans.as_slice() {
            [] => None,
            spans => spans.iter().map(|ages| people(&cells, *ages)).sum::<Option<f64>>(),
        };
        let over = self.over.iter().map(|(age, spans)| (*age, sum(spans).map(PeopleCount)));
        (AgeCounts(over.collect()), problem)
    }

    /// Whether the classes are all known and do not add up to the printed total.
    fn classes_disagree(&self, cells: &RowCells) -> bool {
        let total = people(cells, AgeSpan::All);
        let classes: Option<f64> = self.everybody.iter().map(|ages| people(cells, *ages)).sum();
        match (total, classes) {
            (Some(total), Some(classes)) if !self.everybody.is_empty() => (total - classes).abs() > SAME,
            _ => false,
        }
    }
}

fn first_age(class: AgeSpan) -> Option<u32> {
    match class {
        AgeSpan::Years(from, _) => Some(from),
        AgeSpan::All | AgeSpan::Unknown => None,
    }
}

/// By the age at which classes that reach the end begin: the finest of them, which the next one follows.
fn next_classes(classes: &[AgeSpan]) -> BTreeMap<u32, AgeSpan> {
    let mut years: Vec<(u32, Option<u32>)> = classes
        .iter()
        .filter_map(|class| if let AgeSpan::Years(from, to) = class { Some((*from, *to)) } else { None })
        .collect();
    // From the oldest on, so that what follows is known; of one age the finest last, which then stays.
    years.sort_by_key(|(from, to)| std::cmp::Reverse((*from, to.unwrap_or(u32::MAX))));
    let mut next = BTreeMap::new();
    for (from, to) in years {
        if to.is_none_or(|to| to >= LAST_AGE || next.contains_key(&(to + 1))) {
            next.insert(from, AgeSpan::Years(from, to));
        }
    }
    next
}

/// The finest classes that follow each other from `age` to the end; `None` if there is a gap.
fn chain(next: &BTreeMap<u32, AgeSpan>, age: u32) -> Option<Vec<AgeSpan>> {
    let mut spans = vec![*next.get(&age)?];
    while let Some(AgeSpan::Years(_, Some(to))) = spans.last() {
        match next.get(&(to + 1)) {
            Some(class) => spans.push(*class),
            None => break,
        }
    }
    Some(spans)
}

/// The people of these ages: the printed number of both sexes, else men and women. `None` if that is hidden.
fn people(cells: &RowCells, ages: AgeSpan) -> Option<f64> {
    let of = |sex| cells.get(&Measure { sex, ages }).copied();
    match of(CountedSex::Both) {
        Some(cell) => number(cell),
        None => Some(number(of(CountedSex::Male)?)? + number(of(CountedSex::Female)?)?),
    }
}

fn number(cell: PopulationCell) -> Option<f64> {
    match cell {
        PopulationCell::Number(number) => Some(number),
        PopulationCell::Dash => Some(0.0),
        PopulationCell::Hidden | PopulationCell::Negative => None,
    }
}

fn has_dash(cells: &RowCells, ages: AgeSpan) -> bool {
    let of = |sex| cells.get(&Measure { sex, ages }) == Some(&PopulationCell::Dash);
    [CountedSex::Both, CountedSex::Male, CountedSex::Female].into_iter().any(of)
}

/// Whether men and women are known and do not add up to the printed total.
fn sexes_disagree(cells: &RowCells) -> bool {
    let of = |sex| cells.get(&Measure { sex, ages: AgeSpan::All }).and_then(|cell| number(*cell));
    match (of(CountedSex::Both), of(CountedSex::Male), of(CountedSex::Female)) {
        (Some(total), Some(men), Some(women)) => (total - men - women).abs() > SAME,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads 「heading=cell」 pairs as a row.
    fn row(cells: &str) -> RowCells {
        let pairs = cells.split(' ').map(|pair| pair.split_once('=').unwrap());
        pairs.map(|(heading, cell)| (Measure::of(heading).unwrap(), PopulationCell::of(cell))).collect()
    }

    fn counts(cells: &str, merged: MergedRow) -> (Vec<(u32, Option<f64>)>, Option<ProblemKind>) {
        let cells = row(cells);
        let plan = CountPlan::new(&cells.keys());
        let (counts, problem) = plan.counts(cells.clone(), merged);
        (counts.0.into_iter().map(|(age, people)| (age, people.map(|p| p.0))).collect(), problem)
    }

    #[test]
    fn people_of_an_age_and_over_are_those_of_the_column_that_says_so_or_of_the_classes() {
        let classes = "総人口=100 0〜64歳=60 65〜74歳=25 75歳以上=15";
        assert_eq!(counts(classes, MergedRow::No).0, [(0, Some(100.0)), (65, Some(40.0)), (75, Some(15.0))]);
        let printed = "総人口=100 0〜64歳=60 65〜74歳=25 75歳以上=15 65歳以上=41";
        assert_eq!(counts(printed, MergedRow::No).0[1], (65, Some(41.0)));
        let by_sex = "0〜64歳男=1 0〜64歳女=2 65歳以上男=3 65歳以上女=4";
        assert_eq!(counts(by_sex, MergedRow::No).0, [(0, Some(10.0)), (65, Some(7.0))]);
        // Classes that overlap are not counted twice.
        let overlapping = "総人口=100 0〜14歳=10 15歳以上=90 15〜64歳=50 20歳以上=80 65歳以上=40 75歳以上=15";
        let expected = [(0, 100.0), (15, 90.0), (20, 80.0), (65, 40.0), (75, 15.0)].map(|(a, p)| (a, Some(p)));
        assert_eq!(counts(overlapping, MergedRow::No), (expected.to_vec(), None));
    }

    #[test]
    fn a_hidden_cell_hides_only_the_numbers_that_need_it() {
        let young = "総人口=100 0〜19歳=10 20〜24歳=X 25〜64歳=40 65〜79歳=30 80歳以上=10";
        let expected = [(0, Some(100.0)), (20, None), (25, Some(80.0)), (65, Some(40.0)), (80, Some(10.0))];
        assert_eq!(counts(young, MergedRow::No), (expected.to_vec(), None));
        let old = "総人口=100 0〜64歳=60 65〜79歳=30 80歳以上=X";
        assert_eq!(counts(old, MergedRow::No).0, [(0, Some(100.0)), (65, None), (80, None)]);
        assert_eq!(counts("総人口=X 男=5 女=6", MergedRow::No).0, [(0, None)]);
    }

    #[test]
    fn a_dash_is_zero_unless_the_sums_say_otherwise() {
        let fits = "総人口=30 0〜64歳=30 65歳以上=-";
        assert_eq!(counts(fits, MergedRow::No), (vec![(0, Some(30.0)), (65, Some(0.0))], None));
        let does_not = "総人口=30 0〜64歳=25 65歳以上=-";
        assert_eq!(
            counts(does_not, MergedRow::No),
            (vec![(0, Some(30.0)), (65, None)], Some(ProblemKind::DashIsNotZero))
        );
        assert_eq!(counts(does_not, MergedRow::Receives), (vec![(0, Some(30.0)), (65, Some(0.0))], None));
    }

    #[test]
    fn what_is_counted_in_another_row_counts_nothing_where_it_stands() {
        let merged = "総人口=12 0〜64歳=X 65歳以上=X";
        assert_eq!(counts(merged, MergedRow::Gives), (vec![(0, Some(12.0)), (65, Some(0.0))], None));
    }

    #[test]
    fn sums_that_disagree_are_reported_and_used_as_printed() {
        for cells in ["総人口=10 男=5 女=6", "総人口=10 0〜64歳=5 65歳以上=6"] {
            let (people, problem) = counts(cells, MergedRow::No);
            assert_eq!((people[0], problem), ((0, Some(10.0)), Some(ProblemKind::SumDisagrees)), "{cells}");
        }
    }
}
