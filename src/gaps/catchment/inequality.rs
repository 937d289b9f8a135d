//! How evenly accessibility is shared among people: mean, Gini coefficient, the tenth who have least. This module does no I/O.

use serde::Serialize;

use crate::gaps::ExactNumber;
use crate::gaps::number::share;

/// How accessibility is shared.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AccessibilitySummary {
    /// Supply per person over everybody; `None` without people.
    pub mean: Option<ExactNumber>,
    /// `Σ Σ P_i P_k |A_i − A_k| ÷ (2 P² mean)`: 0 is even, near 1 all with one; `None` if the mean is 0.
    pub gini: Option<ExactNumber>,
    /// The tenth of the people who have least.
    pub worst_tenth: WorstTenth,
    /// People who have none.
    pub none: ExactNumber,
}

/// The tenth of the people who have least, of whom the last area is taken in part.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WorstTenth {
    /// Their supply per person; `None` without people.
    pub mean: Option<ExactNumber>,
    /// Their share of all accessibility; `None` if the mean is 0.
    pub share: Option<ExactNumber>,
}

/// Sums up areas, each with its accessibility and people, by sorting them: pairs would be 2.5 × 10⁹ for 50,000 areas.
pub(super) fn summary(mut areas: Vec<(f64, f64)>) -> AccessibilitySummary {
    areas.sort_by(|a, b| a.0.total_cmp(&b.0));
    let people: f64 = areas.iter().map(|(_, people)| people).sum();
    let total: f64 = areas.iter().map(|(accessibility, people)| accessibility * people).sum();
    let (mut below, mut pairs, mut left, mut of_tenth) = (0.0, 0.0, people / 10.0, 0.0);
    for (accessibility, count) in &areas {
        let with = below + accessibility * count;
        pairs += count * (below + with);
        below = with;
        let taken = left.min(*count);
        of_tenth += accessibility * taken;
        left -= taken;
    }
    let has_any = total > 0.0 && people > 0.0;
    AccessibilitySummary {
        mean: share(total, people),
        gini: has_any.then(|| ExactNumber((1.0 - pairs / (people * total)).max(0.0))),
        worst_tenth: WorstTenth { mean: share(of_tenth, people / 10.0), share: share(of_tenth, total) },
        none: ExactNumber(areas.iter().filter(|(accessibility, _)| *accessibility <= 0.0).map(|(_, p)| p).sum()),
    }
}

/// The median, of an even number of values the mean of the middle two; 1 of none.
pub(super) fn median_or_one(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match (values.get(middle), values.len() % 2) {
        (None, _) => 1.0,
        (Some(value), 1) => *value,
        (Some(value), _) => f64::midpoint(values[middle - 1], *value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_gini_by_sorting_is_the_one_by_pairs(
            areas in proptest::collection::vec((0.0_f64..2.0, 0_u32..50), 1..40),
        ) {
            let areas: Vec<(f64, f64)> = areas.into_iter().map(|(a, people)| (a, f64::from(people))).collect();
            let people: f64 = areas.iter().map(|(_, p)| p).sum();
            let mean = areas.iter().map(|(a, p)| a * p).sum::<f64>() / people;
            let pairs: f64 = areas.iter().flat_map(|(a, p)| areas.iter().map(move |(b, q)| p * q * (a - b).abs())).sum();
            let found = summary(areas.clone());
            match found.gini {
                Some(gini) => prop_assert!((gini.0 - pairs / (2.0 * people * people * mean)).abs() < 1e-9),
                None => prop_assert!(people == 0.0 || mean == 0.0),
            }
        }
    }

    #[test]
    fn the_worst_tenth_takes_the_last_area_in_part() {
        let found = summary(vec![(0.0025, 20.0), (0.0, 20.0), (0.01, 360.0)]);
        assert!((found.worst_tenth.mean.unwrap().0 - 0.00125).abs() < 1e-12);
        assert_eq!(found.none, ExactNumber(20.0));
        let nobody = summary(vec![(1.0, 0.0)]);
        assert_eq!((nobody.mean, nobody.gini), (None, None));
    }

    #[test]
    fn a_median_of_nothing_is_one() {
        for (values, median) in [(vec![], 1.0), (vec![3.0], 3.0), (vec![2.0, 1.0], 1.5)] {
            assert!((median_or_one(values) - median).abs() < 1e-12);
        }
    }
}
