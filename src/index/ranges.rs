//! Sets of places as sorted ranges of indices (run-length encoding).
//!
//! Encoded features lie in the order of the places, so that a range is one slice of the arena, however many places it has. This
//! module does no I/O.

use std::ops::Range;

/// Indices of places in ascending order, with consecutive ones merged into ranges.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlaceRanges(Vec<Range<usize>>);

impl PlaceRanges {
    /// A set of one range.
    pub fn one(range: Range<usize>) -> Self {
        Self(if range.is_empty() { Vec::new() } else { vec![range] })
    }

    /// Merges consecutive indices of `sorted`, which must ascend; a repeated index counts once.
    pub fn from_sorted(sorted: impl IntoIterator<Item = usize>) -> Self {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for at in sorted {
            match runs.last_mut() {
                Some(run) if at < run.end => {}
                Some(run) if at == run.end => run.end += 1,
                _ => runs.push(at..at + 1),
            }
        }
        Self(runs)
    }

    /// Sorts and merges ranges that do not overlap.
    pub(super) fn from_disjoint(mut ranges: Vec<Range<usize>>) -> Self {
        ranges.retain(|range| !range.is_empty());
        ranges.sort_unstable_by_key(|range| range.start);
        let mut runs: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
        for range in ranges {
            match runs.last_mut() {
                Some(run) if run.end == range.start => run.end = range.end,
                _ => runs.push(range),
            }
        }
        Self(runs)
    }

    /// Number of places.
    pub fn len(&self) -> usize {
        self.0.iter().map(ExactSizeIterator::len).sum()
    }

    /// Whether there are no places.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The ranges, in ascending order.
    pub fn ranges(&self) -> &[Range<usize>] {
        &self.0
    }

    /// The indices one by one, in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().cloned().flatten()
    }

    /// The `limit` places after the first `offset`.
    #[must_use]
    pub fn page(&self, offset: usize, limit: usize) -> Self {
        let mut skip = offset;
        let mut left = limit;
        let mut page = Vec::new();
        for run in &self.0 {
            let start = run.start + skip.min(run.len());
            skip = skip.saturating_sub(run.len());
            let end = run.end.min(start.saturating_add(left));
            left -= end - start;
            if start < end {
                page.push(start..end);
            }
        }
        Self(page)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_merged_and_repeats_taken_once() {
        let runs = PlaceRanges::from_sorted([1, 2, 2, 3, 7, 9, 10]);
        assert_eq!(runs.ranges(), [1..4, 7..8, 9..11]);
        assert_eq!(runs.len(), 6);
    }

    #[test]
    fn a_page_is_the_same_places_as_skipping_and_taking_one_by_one() {
        let runs = PlaceRanges::from_sorted([0, 1, 2, 5, 6, 9, 12, 13, 14, 15]);
        for offset in 0..12 {
            for limit in [0, 1, 2, 3, 5, 100, usize::MAX] {
                let page: Vec<usize> = runs.page(offset, limit).iter().collect();
                let expected: Vec<usize> = runs.iter().skip(offset).take(limit).collect();
                assert_eq!(page, expected, "{offset} {limit}");
            }
        }
    }
}
