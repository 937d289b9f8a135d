//! Disclosure control: which counts are released, and what an attacker can infer from all of them.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::gaps::disclosure::MonthPeriod;
use crate::model::unmet_need::*;
use crate::model::{
    BATCH_SIZE, District, DistrictId, DistrictTable, Interest, Month, Position, Thesaurus, TravelMode, UnmetNeed,
};

fn month(number: u16) -> Month {
    "2027-12".parse::<Month>().unwrap().back(24 - number)
}

fn id(district: &str) -> Option<DistrictId> {
    (!district.is_empty()).then(|| DistrictId(district.to_owned()))
}

/// 趣味 with 囲碁 and 将棋 (a kind of 囲碁, for depth), 音楽 with 合唱.
fn thesaurus() -> Thesaurus {
    let interest = |(term, broader): (&str, &str)| {
        let broader = Some(broader.to_owned()).filter(|it| !it.is_empty()).into_iter().collect();
        Interest { term: term.to_owned(), broader, ..Interest::default() }
    };
    let terms = [("趣味", ""), ("囲碁", "趣味"), ("将棋", "囲碁"), ("音楽", ""), ("合唱", "音楽")];
    Thesaurus::new(terms.map(interest).to_vec()).unwrap()
}

fn districts() -> DistrictTable {
    let centre = Position::new(134.7, 35.4).unwrap();
    let district = |id: &str| District {
        id: DistrictId(id.into()),
        name: id.into(),
        former_town: None,
        kana: None,
        boundary: None,
        centre: Some(centre),
        ..District::default()
    };
    DistrictTable::new(vec![district("a"), district("b"), district("c")])
}

/// Numbers the batches as the store does, in the order of arrival.
fn number_batches(needs: Vec<UnmetNeed>) -> Vec<StoredNeed> {
    let mut count: BTreeMap<_, u32> = BTreeMap::new();
    let number = |unmet: UnmetNeed| {
        let before = count.entry((unmet.district.clone(), unmet.reason)).or_default();
        *before += 1;
        StoredNeed { report: unmet, batch: (*before - 1) / BATCH_SIZE }
    };
    needs.into_iter().map(number).collect()
}

fn need(district: &str, reason: UnmetReason, interests: &[&str], at: u16) -> UnmetNeed {
    let interests = interests.iter().map(|it| (*it).to_owned()).collect();
    UnmetNeed { month: month(at), district: id(district), interests, travel: vec![TravelMode::Bus], reason }
}

/// The tables of every period that can be requested up to the end of a month.
fn all_tables(stored: &[StoredNeed], until: u16) -> Vec<UnmetTable> {
    let (districts, thesaurus) = (districts(), thesaurus());
    let periods = (0..=until).flat_map(|last| (0..=last).map(move |first| (Some(month(first)), month(last))));
    let always = (0..=until).map(|last| (None, month(last)));
    let table = |(first, last)| UnmetTable::new(stored, &districts, &thesaurus, MonthPeriod { first, last });
    periods.chain(always).map(table).collect()
}

fn numbers(table: &UnmetTable) -> Vec<u32> {
    let districts = table.districts.iter().flat_map(|row| row.reasons.iter().chain(row.groups.values()).copied());
    let interests = table.interests.iter().flat_map(|it| it.terms.iter().map(|term| term.1).chain([it.count]));
    let ways = table.ways.iter().map(|way| way.1);
    districts.chain(interests).chain(ways).chain(table.months.iter().map(|it| it.1)).chain([table.total()]).collect()
}

#[test]
fn the_third_of_a_district_and_a_reason_brings_three_in_its_month() {
    let mut needs = vec![need("a", UnmetReason::NoRide, &["囲碁"], 0), need("a", UnmetReason::NoRide, &["囲碁"], 1)];
    needs.push(need("a", UnmetReason::Full, &["囲碁"], 1));
    needs.push(need("b", UnmetReason::NoRide, &["囲碁"], 1));
    let released = |needs: &[UnmetNeed]| {
        let period = MonthPeriod { first: None, last: month(9) };
        UnmetTable::new(&number_batches(needs.to_vec()), &districts(), &thesaurus(), period)
    };
    assert!(numbers(&released(&needs)).iter().all(|number| *number == 0));
    needs.push(need("a", UnmetReason::NoRide, &["将棋"], 4));
    let table = released(&needs);
    assert_eq!(table.districts[0].reasons[UnmetReason::NoRide as usize], 3);
    assert_eq!((table.total(), table.months.as_slice()), (3, [(month(4), 3)].as_slice()));
    assert_eq!(table.ways[2], (TravelMode::Bus, 3));
    assert_eq!((table.interests[0].name.as_str(), table.interests[0].count), ("趣味", 3));
    assert!(table.interests[0].terms.is_empty(), "囲碁 twice, 将棋 once: {table:?}");
    assert_eq!(table.districts[0].shown(&MapChoice::Group("趣味".into())), 3);
}

#[test]
fn needs_of_a_district_that_is_no_more_and_of_none_stand_in_a_row_of_their_own() {
    let mut needs = vec![need("gone", UnmetReason::Full, &[], 0); 3];
    needs.extend(vec![need("", UnmetReason::Full, &["昔の語"], 0); 4]);
    let period = MonthPeriod { first: None, last: month(0) };
    let table = UnmetTable::new(&number_batches(needs), &districts(), &thesaurus(), period);
    let last = table.districts.last().unwrap();
    assert_eq!((last.district.as_ref(), last.total()), (None, 6));
    assert_eq!(table.interests[0].terms, [("昔の語".to_owned(), 3)]);
}

fn any_need() -> impl Strategy<Value = UnmetNeed> {
    let district = prop::sample::select(vec!["", "a", "b", "c"]);
    let reason = prop::sample::select(vec![UnmetReason::Full, UnmetReason::NoRide]);
    let interests =
        prop::collection::btree_set(prop::sample::select(vec!["趣味", "囲碁", "将棋", "音楽", "合唱"]), 0..3);
    let travel = prop::collection::btree_set(prop::sample::select(TravelMode::ALL.to_vec()), 0..3);
    (district, reason, interests, travel, 0u16..6).prop_map(|(district, reason, interests, travel, at)| {
        let interests: Vec<&str> = interests.into_iter().collect();
        UnmetNeed { travel: travel.into_iter().collect(), ..need(district, reason, &interests, at) }
    })
}

/// Needs in the order of arrival.
fn any_needs(most: usize) -> impl Strategy<Value = Vec<UnmetNeed>> {
    prop::collection::vec(any_need(), 0..most).prop_map(|mut needs| {
        needs.sort_by_key(|need| need.month);
        needs
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_number_in_any_table_is_one_or_two(needs in any_needs(90)) {
        for table in all_tables(&number_batches(needs), 6) {
            for number in numbers(&table) {
                prop_assert!(number % BATCH_SIZE == 0, "{number} in {table:?}");
            }
        }
    }

    /// Differencing attack: tables after every single need reveal nothing of suppressed needs. With others in their
    /// place, or none, all tables of all days are the same.
    #[test]
    fn nothing_told_on_any_day_depends_on_a_need_that_waits(needs in any_needs(30), others in any_needs(30)) {
        for day in 0..=needs.len() {
            let stored = number_batches(needs[..day].to_vec());
            let size = |it: &StoredNeed| stored.iter().filter(|other| (&other.report.district, other.report.reason, other.batch) == (&it.report.district, it.report.reason, it.batch)).count();
            let (whole, waiting): (Vec<StoredNeed>, Vec<StoredNeed>) = stored.iter().cloned().partition(|it| size(it) == BATCH_SIZE as usize);
            let tables = all_tables(&stored, 6);
            prop_assert_eq!(&tables, &all_tables(&whole, 6));
            let disguised = waiting.iter().zip(others.iter().cycle()).map(|(it, other)| {
                let unmet = UnmetNeed { interests: other.interests.clone(), travel: other.travel.clone(), ..it.report.clone() };
                StoredNeed { report: unmet, batch: it.batch }
            });
            let disguised: Vec<StoredNeed> = whole.iter().cloned().chain(disguised).collect();
            prop_assert_eq!(&tables, &all_tables(&disguised, 6));
        }
    }

    #[test]
    fn the_order_in_which_needs_are_read_back_does_not_matter(needs in any_needs(60)) {
        let mut stored = number_batches(needs);
        let tables = all_tables(&stored, 6);
        stored.sort();
        prop_assert_eq!(tables, all_tables(&stored, 6));
    }
}

/// An attacker's candidates: per cell, every suppressed number that fits the released counts.
type Guesses = BTreeMap<String, BTreeSet<i64>>;

/// The cells of the exhaustive attack: terms of the city, groups of districts, and groups of districts by reason.
const CELLS: [(&str, &str, Option<UnmetReason>); 9] = [
    ("囲碁", "", None),
    ("将棋", "", None),
    ("", "a", None),
    ("", "b", None),
    ("", "c", None),
    ("", "a", Some(UnmetReason::Full)),
    ("", "a", Some(UnmetReason::NoRide)),
    ("", "b", Some(UnmetReason::Full)),
    ("", "b", Some(UnmetReason::NoRide)),
];

/// All released counts of interests at the end of each of three months; every period, quarters too, is a difference of these.
fn all_released(ledger: &NeedLedger) -> Vec<u32> {
    let released = |at: u16, (term, of, reason): (&str, &str, Option<UnmetReason>)| {
        let group = || "趣味".to_owned();
        let count = match reason {
            _ if !term.is_empty() => ledger.terms.get(term),
            None => ledger.groups.get(&(id(of), group())),
            Some(reason) => ledger.cells.get(&(id(of), reason, group())),
        };
        count.map_or(0, |released| released.until(month(at)))
    };
    (0..3).flat_map(|at| CELLS.map(|cell| released(at, cell))).collect()
}

/// The suppressed remainder of every cell at the end.
fn suppressed(stored: &[StoredNeed], released: &[u32]) -> Vec<(String, i64)> {
    let held = |((term, of, reason), released): (&(&str, &str, Option<UnmetReason>), &u32)| {
        let is_of = |it: &UnmetNeed| match *reason {
            _ if !term.is_empty() => it.interests.iter().any(|have| have == term),
            reason => {
                it.district == id(of) && !it.interests.is_empty() && reason.is_none_or(|it_is| it.reason == it_is)
            }
        };
        let all = i64::try_from(stored.iter().filter(|it| is_of(&it.report)).count()).unwrap();
        (format!("{term} {of} {reason:?}"), all - i64::from(*released))
    };
    CELLS.iter().zip(&released[2 * CELLS.len()..]).map(held).collect()
}

/// Every batch of three needs with these interests, without their order.
fn batches(one: &[&'static [&'static str]]) -> Vec<[&'static [&'static str]; 3]> {
    let mut all = Vec::new();
    for (i, a) in one.iter().enumerate() {
        for (j, b) in one.iter().enumerate().skip(i) {
            all.extend(one.iter().skip(j).map(|c| [*a, *b, *c]));
        }
    }
    all
}

/// A batch of the exhaustive attack: its district, reason and month.
type LayoutBatch = (&'static str, UnmetReason, u16);

/// Per set of released counts, every remainder that may be suppressed.
fn all_candidates(one: &[&'static [&'static str]], layout: &[(&str, UnmetReason, u16)]) -> BTreeMap<Vec<u32>, Guesses> {
    let (batches, thesaurus) = (batches(one), thesaurus());
    let mut fits: BTreeMap<Vec<u32>, Guesses> = BTreeMap::new();
    for n in 0..batches.len().pow(u32::try_from(layout.len()).unwrap()) {
        let mut rest = n;
        let mut needs = Vec::new();
        for (district, reason, at) in layout {
            needs.extend(batches[rest % batches.len()].map(|interests| need(district, *reason, interests, *at)));
            rest /= batches.len();
        }
        let stored = number_batches(needs);
        let released = all_released(&NeedLedger::new(&stored, &thesaurus));
        for (cell, held) in suppressed(&stored, &released) {
            fits.entry(released.clone()).or_default().entry(cell).or_default().insert(held);
        }
    }
    fits
}

/// Exhaustive attack: with every table of every month and the algorithm known, every possible city is tried. The
/// released counts always fit a city without any suppressed need, so nobody can prove that a cell hides one or two.
#[test]
fn whatever_is_told_no_held_back_number_of_one_or_two_can_be_proven() {
    let one_term: &[&[&str]] = &[&[], &["囲碁"], &["趣味"]];
    let two_terms: &[&[&str]] = &[&[], &["囲碁"], &["将棋"], &["囲碁", "将棋"], &["趣味"]];
    let (full, ride) = (UnmetReason::Full, UnmetReason::NoRide);
    let layouts: [(_, &[LayoutBatch]); 10] = [
        (one_term, &[("a", full, 0), ("b", full, 0), ("a", full, 1), ("b", full, 2)]),
        (one_term, &[("a", full, 0), ("a", full, 1), ("b", full, 1), ("c", full, 2)]),
        (one_term, &[("a", full, 0), ("b", full, 1), ("c", full, 2)]),
        (one_term, &[("a", full, 0), ("b", full, 0), ("c", full, 0)]),
        (two_terms, &[("a", full, 0), ("b", full, 1)]),
        (two_terms, &[("a", full, 0), ("a", full, 1)]),
        (one_term, &[("a", full, 0), ("a", ride, 0), ("a", full, 1)]),
        (one_term, &[("a", full, 0), ("a", ride, 1), ("b", ride, 1)]),
        (one_term, &[("a", full, 0), ("b", ride, 0), ("a", ride, 2)]),
        (two_terms, &[("a", full, 0), ("a", ride, 0)]),
    ];
    for (one, layout) in layouts {
        let fits = all_candidates(one, layout);
        assert!(fits.len() > 3, "the attacker sees different cities: {}", fits.len());
        for (released, guesses) in &fits {
            for (cell, possible) in guesses {
                assert!(possible.contains(&0), "{layout:?} {released:?}: {cell} hides one of {possible:?}");
            }
        }
    }
}

/// What an insider finds out who taps `taps` times on a cell that hides `hidden` needs, and requests every table after each
/// tap: the first tap after which any number moves.
fn first_move(hidden: usize, taps: usize, today: u16) -> Option<usize> {
    let mut needs = vec![need("a", UnmetReason::NoRide, &["囲碁"], 0); hidden];
    let tables = |needs: &[UnmetNeed]| {
        let stored = number_batches(needs.to_vec());
        let always = MonthPeriod::released_in(month(today), None);
        let periods = (1..=12).map(|months| MonthPeriod::last_months(month(today), months)).chain([always]);
        periods.map(|period| UnmetTable::new(&stored, &districts(), &thesaurus(), period)).collect::<Vec<_>>()
    };
    let before = tables(&needs);
    (1..=taps).find(|_| {
        needs.push(need("a", UnmetReason::NoRide, &["囲碁"], today));
        tables(&needs) != before
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Complementary suppression: whatever is published of a district's interests by reason and quarter adds up to what is
    /// published of the district, in every period, and counts that were imported never complete what was tapped.
    #[test]
    fn margins_are_sums_of_their_cells_and_what_is_imported_moves_no_tapped_number(
        tapped in any_needs(60),
        counted in any_needs(60),
    ) {
        let (tapped, counted) = (number_batches(tapped), number_batches(counted));
        let one = |stored: &[StoredNeed]| NeedLedger::new(stored, &thesaurus());
        let record = NeedRecord { tapped: tapped.clone(), counted: counted.clone() };
        let both = NeedLedger::of_record(&record, &thesaurus());
        let (tapped, counted) = (one(&tapped), one(&counted));
        let periods = (0..7).flat_map(|last| (0..=last).map(move |first| (Some(month(first)), month(last))));
        for (first, last) in periods.chain((0..7).map(|last| (None, month(last)))) {
            for ((district, group), sum) in &both.groups {
                let cells = UnmetReason::ALL.map(|reason| both.cells.get(&(district.clone(), reason, group.clone())));
                let cells: Vec<u32> = cells.into_iter().flatten().map(|cell| cell.within(first, last)).collect();
                prop_assert!(cells.iter().all(|count| count % BATCH_SIZE == 0));
                prop_assert_eq!(cells.iter().sum::<u32>(), sum.within(first, last));
            }
            for (key, sum) in &both.needs {
                let part = |of: &NeedLedger| of.needs.get(key).map_or(0, |count| count.within(first, last));
                prop_assert_eq!(part(&tapped) + part(&counted), sum.within(first, last));
            }
        }
    }

    /// Editions of a paper count come in the order of months; nothing that was published of a month before ever moves.
    #[test]
    fn what_was_published_of_a_month_stays_when_later_months_come(needs in any_needs(60), cut in 0u16..6) {
        let until = |last: u16| number_batches(needs.iter().filter(|it| it.month <= month(last)).cloned().collect());
        let tables = |stored: &[StoredNeed]| {
            let periods = (0..=cut).flat_map(|last| (0..=last).map(move |first| (first, last)));
            let table = |(first, last)| {
                let period = MonthPeriod { first: Some(month(first)), last: month(last) };
                UnmetTable::new(stored, &districts(), &thesaurus(), period)
            };
            periods.map(table).collect::<Vec<_>>()
        };
        prop_assert_eq!(tables(&until(cut)), tables(&until(6)));
    }
}

/// An insider's own taps are no oracle: whatever a cell hides, forty taps within a month show the same, so that a guess is as
/// good as chance. (Before, the tap with which a batch was full told how many had waited.)
#[test]
fn forty_taps_of_an_insider_say_nothing_of_what_a_cell_hides() {
    for today in [1, 2, 7] {
        let seen: Vec<Option<usize>> = (0..3).map(|hidden| first_move(hidden, 40, today)).collect();
        assert_eq!(seen, [None, None, None], "in month {today}");
    }
}

/// What is tapped in one month shows once, at its turn, in threes.
#[test]
fn at_the_turn_of_the_month_whole_batches_are_released() {
    let needs = |count: usize| number_batches(vec![need("a", UnmetReason::Full, &[], 3); count]);
    let total = |count: usize, today: u16| {
        let period = MonthPeriod::released_in(month(today), None);
        UnmetTable::new(&needs(count), &districts(), &thesaurus(), period).total()
    };
    for count in 0..10 {
        assert_eq!(total(count, 3), 0);
        assert_eq!(usize::try_from(total(count, 4)).unwrap(), count / 3 * 3);
    }
}
