//! Ranking and grouping: every place within twice the reach gets a score and a group; the best of each group form the
//! response.
//!
//! This module does no I/O.

use std::collections::BTreeMap;

use super::answer::{Excluded, ExcludedGroup, ExcludedPlace, FindAnswer, HitGroup, UnderstoodWish, Unlocated};
use super::avoidance::AVOIDANCE_TABLE;
use super::exclude::ExclusionReason;
use super::features::{LocationKind, PlaceFeatures};
use super::hit::{HitWriter, public_name_of, whole_metres};
use super::prepared_wish::PreparedWish;
use super::score::Score;
use super::sentences::fill_sentence;
use crate::model::{AccessFact, Metres};

/// The most places listed per exclusion reason.
const OPENABLE: usize = 50;

#[derive(Debug, Clone, Copy)]
struct ScoredPlace<'a> {
    row: &'a PlaceFeatures,
    distance: Option<Metres>,
    score: Score,
}

impl ScoredPlace<'_> {
    /// Sort key: matches first, then by falling score, then by name.
    fn order(&self) -> (bool, i32, u32) {
        (!self.score.matches, -self.score.score, self.row.by_name)
    }
}

/// The groups of the response for places that are not excluded, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum AnswerGroup {
    Fits,
    Others,
    Farther,
    Placeless(LocationKind),
}

/// The places within twice the reach, by group and by exclusion reason.
#[derive(Debug)]
struct Ranking<'a> {
    prepared: &'a PreparedWish<'a>,
    groups: BTreeMap<AnswerGroup, Vec<ScoredPlace<'a>>>,
    excluded: BTreeMap<ExclusionReason, Vec<ScoredPlace<'a>>>,
}

/// Ranks all places for a wish.
pub(super) fn rank_places(prepared: &PreparedWish<'_>) -> FindAnswer {
    let mut ranking = Ranking { prepared, groups: BTreeMap::new(), excluded: BTreeMap::new() };
    let rows = &prepared.finder.rows;
    match &prepared.from {
        None => rows.placed().iter().for_each(|row| ranking.add_place(row, None)),
        Some(from) => {
            rows.within(from.position, prepared.reach.horizon(), |row, distance| {
                ranking.add_place(row, Some(distance));
            });
        }
    }
    rows.placeless().iter().for_each(|row| ranking.add_place(row, None));
    ranking.into_answer()
}

impl<'a> Ranking<'a> {
    /// Scores a place and files it under its group or its reason for exclusion.
    fn add_place(&mut self, row: &'a PlaceFeatures, distance: Option<Metres>) {
        let score = self.prepared.score_of(row, distance);
        let scored = ScoredPlace { row, distance, score };
        match self.prepared.exclusion_reason(row) {
            Some(reason) => self.excluded.entry(reason).or_default().push(scored),
            None => self.groups.entry(self.group_of(&scored)).or_default().push(scored),
        }
    }

    /// The group of a place that is not excluded.
    fn group_of(&self, scored: &ScoredPlace<'_>) -> AnswerGroup {
        let row = scored.row;
        if row.kind != LocationKind::Placed {
            return AnswerGroup::Placeless(row.kind);
        }
        let near = self.prepared.reach.reach_where(row.is(AccessFact::PickUp));
        match scored.distance {
            Some(distance) if distance > near => AnswerGroup::Farther,
            None if self.prepared.reach.only_pick_up() && !row.is(AccessFact::PickUp) => AnswerGroup::Farther,
            _ if scored.score.matches => AnswerGroup::Fits,
            _ => AnswerGroup::Others,
        }
    }

    /// Writes the response.
    fn into_answer(mut self) -> FindAnswer {
        let prepared = self.prepared;
        let fits = self.take_group(AnswerGroup::Fits);
        let others = self.take_group(AnswerGroup::Others);
        let farther = self.take_group(AnswerGroup::Farther);
        let placeless = Unlocated {
            phone: self.take_group(AnswerGroup::Placeless(LocationKind::Phone)),
            visits: self.take_group(AnswerGroup::Placeless(LocationKind::Visits)),
            online: self.take_group(AnswerGroup::Placeless(LocationKind::Online)),
            roaming: self.take_group(AnswerGroup::Placeless(LocationKind::Roaming)),
            unlocated: self.take_group(AnswerGroup::Placeless(LocationKind::Unlocated)),
        };
        FindAnswer {
            version: prepared.finder.snapshot.version.clone(),
            at: prepared.now.format("%Y-%m-%dT%H:%M").to_string(),
            understood: UnderstoodWish {
                from: prepared.from.clone(),
                likes: prepared.likes.words.clone(),
                avoid: prepared.avoid_words.clone(),
                can_give: prepared.giving.as_ref().map(|it| it.words.words.clone()).unwrap_or_default(),
            },
            reach: prepared.reach.clone(),
            fits,
            others,
            farther,
            placeless,
            left_out: self.take_excluded(),
        }
    }

    /// The best places of a group. Dates are evaluated only for places about to be listed, so places whose dates are
    /// past are excluded here.
    fn take_group(&mut self, group: AnswerGroup) -> HitGroup {
        let mut all = self.groups.remove(&group).unwrap_or_default();
        let limit = self.prepared.wish.limit;
        let (mut hits, mut looked_at, mut over) = (Vec::new(), 0, 0);
        while hits.len() < limit && looked_at < all.len() {
            let wanted = (limit - hits.len()).min(all.len() - looked_at);
            Self::sort_best_to_front(&mut all[looked_at..], wanted);
            for scored in &all[looked_at..looked_at + wanted] {
                if self.is_over(scored.row) {
                    over += 1;
                    self.excluded.entry(ExclusionReason::Over).or_default().push(*scored);
                } else {
                    hits.push(HitWriter::new(self.prepared, scored.row, scored.distance).write(scored.score));
                }
            }
            looked_at += wanted;
        }
        HitGroup { count: all.len() - over, hits }
    }

    /// Whether all dates of a place are past.
    fn is_over(&self, row: &PlaceFeatures) -> bool {
        self.prepared.times(row).is_over()
    }

    /// Moves the best `count` to the front, sorted.
    fn sort_best_to_front(all: &mut [ScoredPlace<'_>], count: usize) {
        if count < all.len() {
            all.select_nth_unstable_by_key(count, ScoredPlace::order);
        }
        all[..count].sort_unstable_by_key(ScoredPlace::order);
    }

    /// Writes the excluded places, grouped by reason.
    fn take_excluded(&mut self) -> Excluded {
        let by_reason = std::mem::take(&mut self.excluded);
        let count: usize = by_reason.values().map(Vec::len).sum();
        let groups: Vec<ExcludedGroup> =
            by_reason.into_iter().map(|(reason, all)| self.excluded_group(reason, all)).collect();
        let reasons: Vec<&str> = groups.iter().map(|group| group.text.as_str()).collect();
        let values: [(&str, &str); 2] = [("count", &count.to_string()), ("reasons", &reasons.join("、"))];
        let text = fill_sentence("left_out", if count == 0 { "none" } else { "all" }, &values);
        Excluded { count, text, groups }
    }

    /// Writes the places excluded for one reason, the best first.
    fn excluded_group(&self, reason: ExclusionReason, mut all: Vec<ScoredPlace<'a>>) -> ExcludedGroup {
        let shown = all.len().min(OPENABLE);
        Self::sort_best_to_front(&mut all, shown);
        let places = all[..shown].iter().map(|scored| {
            let (id, name) = public_name_of(self.prepared, scored.row);
            ExcludedPlace { id, name, matches: scored.score.matches, distance_m: scored.distance.map(whole_metres) }
        });
        let places = places.collect();
        let (what, label) = match reason {
            ExclusionReason::Avoid(chip) => {
                (Some(AVOIDANCE_TABLE.chip(chip).name.clone()), AVOIDANCE_TABLE.chip(chip).label.clone())
            }
            ExclusionReason::AvoidWord(word) => (Some(self.prepared.avoid.words[word].word.clone()), String::new()),
            _ => (None, String::new()),
        };
        let word = what.clone().unwrap_or_default();
        let values = [("count", all.len().to_string()), ("label", label), ("word", word)];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        ExcludedGroup {
            reason: reason.key(),
            what,
            text: fill_sentence("left_out", reason.key(), &values),
            count: all.len(),
            places,
        }
    }
}
