//! Puts every place within twice the reach into its group, and the best of each group into the answer.
//!
//! This module does no I/O.

use std::collections::BTreeMap;

use super::answer::{Excluded, ExcludedGroup, ExcludedPlace, FindAnswer, HitGroup, UnderstoodWish, Unlocated};
use super::avoidance::WORDS;
use super::exclude::ExclusionReason;
use super::features::{AvoidanceKind, PlaceFeatures};
use super::hit::{HitWriter, named, whole_metres};
use super::prepared_wish::PreparedWish;
use super::score::Score;
use super::sentences::say;
use crate::model::{AccessFact, Metres};

/// So many places of a reason are named.
const OPENABLE: usize = 50;

/// A place with its number.
#[derive(Debug, Clone, Copy)]
struct ScoredPlace<'a> {
    row: &'a PlaceFeatures,
    distance: Option<Metres>,
    suit: Score,
}

impl ScoredPlace<'_> {
    /// What answers to the wish first, the higher number first, then by name.
    fn order(&self) -> (bool, i32, u32) {
        (!self.suit.matches, -self.suit.score, self.row.by_name)
    }
}

/// Where a place that is not left out goes, in the order of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum RankedPlace {
    Fits,
    Others,
    Farther,
    Placeless(AvoidanceKind),
}

/// All places within twice the reach.
#[derive(Debug)]
struct Ranking<'a> {
    asked: &'a PreparedWish<'a>,
    groups: BTreeMap<RankedPlace, Vec<ScoredPlace<'a>>>,
    out: BTreeMap<ExclusionReason, Vec<ScoredPlace<'a>>>,
}

/// Answers a wish.
pub(super) fn answer(asked: &PreparedWish<'_>) -> FindAnswer {
    let mut gathered = Ranking { asked, groups: BTreeMap::new(), out: BTreeMap::new() };
    let rows = &asked.finder.rows;
    match &asked.from {
        None => rows.placed().iter().for_each(|row| gathered.take(row, None)),
        Some(from) => {
            rows.within(from.position, asked.reach.horizon_m(), |row, distance| gathered.take(row, Some(distance)));
        }
    }
    rows.placeless().iter().for_each(|row| gathered.take(row, None));
    gathered.answer()
}

impl<'a> Ranking<'a> {
    fn take(&mut self, row: &'a PlaceFeatures, distance: Option<Metres>) {
        let suit = self.asked.suits(row, distance);
        let scored = ScoredPlace { row, distance, suit };
        match self.asked.excludes(row) {
            Some(out) => self.out.entry(out).or_default().push(scored),
            None => self.groups.entry(self.place(&scored)).or_default().push(scored),
        }
    }

    fn place(&self, scored: &ScoredPlace<'_>) -> RankedPlace {
        let row = scored.row;
        if row.kind != AvoidanceKind::Placed {
            return RankedPlace::Placeless(row.kind);
        }
        let near = self.asked.reach.metres_where(row.is(AccessFact::PickUp));
        match scored.distance {
            Some(distance) if distance.0 > near => RankedPlace::Farther,
            None if self.asked.reach.only_pick_up() && !row.is(AccessFact::PickUp) => RankedPlace::Farther,
            _ if scored.suit.matches => RankedPlace::Fits,
            _ => RankedPlace::Others,
        }
    }

    fn answer(mut self) -> FindAnswer {
        let asked = self.asked;
        let fits = self.group(RankedPlace::Fits);
        let others = self.group(RankedPlace::Others);
        let farther = self.group(RankedPlace::Farther);
        let placeless = Unlocated {
            phone: self.group(RankedPlace::Placeless(AvoidanceKind::Phone)),
            visits: self.group(RankedPlace::Placeless(AvoidanceKind::Visits)),
            online: self.group(RankedPlace::Placeless(AvoidanceKind::Online)),
            roaming: self.group(RankedPlace::Placeless(AvoidanceKind::Roaming)),
            unlocated: self.group(RankedPlace::Placeless(AvoidanceKind::Unlocated)),
        };
        FindAnswer {
            version: asked.finder.snapshot.version.clone(),
            at: asked.now.format("%Y-%m-%dT%H:%M").to_string(),
            understood: UnderstoodWish {
                from: asked.from.clone(),
                likes: asked.likes.words.clone(),
                avoid: asked.avoid_words.clone(),
                can_give: asked.giving.as_ref().map(|it| it.words.words.clone()).unwrap_or_default(),
            },
            reach: asked.reach.clone(),
            fits,
            others,
            farther,
            placeless,
            left_out: self.left_out(),
        }
    }

    /// The best places of a group. Those that turn out to be over when their dates are looked at are left out after all: dates
    /// are read only of places that would be shown.
    fn group(&mut self, place: RankedPlace) -> HitGroup {
        let mut all = self.groups.remove(&place).unwrap_or_default();
        let limit = self.asked.wish.limit;
        let (mut hits, mut looked_at, mut over) = (Vec::new(), 0, 0);
        while hits.len() < limit && looked_at < all.len() {
            let wanted = (limit - hits.len()).min(all.len() - looked_at);
            Self::best_first(&mut all[looked_at..], wanted);
            for scored in &all[looked_at..looked_at + wanted] {
                if self.is_over(scored.row) {
                    over += 1;
                    self.out.entry(ExclusionReason::Over).or_default().push(*scored);
                } else {
                    hits.push(HitWriter::new(self.asked, scored.row, scored.distance).hit(scored.suit));
                }
            }
            looked_at += wanted;
        }
        HitGroup { count: all.len() - over, hits }
    }

    fn is_over(&self, row: &PlaceFeatures) -> bool {
        self.asked.times(row).is_over()
    }

    /// Brings the best `count` to the front, in order.
    fn best_first(all: &mut [ScoredPlace<'_>], count: usize) {
        if count < all.len() {
            all.select_nth_unstable_by_key(count, ScoredPlace::order);
        }
        all[..count].sort_unstable_by_key(ScoredPlace::order);
    }

    fn left_out(&mut self) -> Excluded {
        let out = std::mem::take(&mut self.out);
        let count: usize = out.values().map(Vec::len).sum();
        let groups: Vec<ExcludedGroup> = out.into_iter().map(|(out, all)| self.left_out_group(out, all)).collect();
        let reasons: Vec<&str> = groups.iter().map(|group| group.text.as_str()).collect();
        let values: [(&str, &str); 2] = [("count", &count.to_string()), ("reasons", &reasons.join("、"))];
        let text = say("left_out", if count == 0 { "none" } else { "all" }, &values);
        Excluded { count, text, groups }
    }

    fn left_out_group(&self, out: ExclusionReason, mut all: Vec<ScoredPlace<'a>>) -> ExcludedGroup {
        let shown = all.len().min(OPENABLE);
        Self::best_first(&mut all, shown);
        let places = all[..shown].iter().map(|scored| {
            let (id, name) = named(self.asked, scored.row);
            ExcludedPlace { id, name, matches: scored.suit.matches, distance_m: scored.distance.map(whole_metres) }
        });
        let places = places.collect();
        let (what, label) = match out {
            ExclusionReason::Avoid(chip) => (Some(WORDS.chip(chip).name.clone()), WORDS.chip(chip).label.clone()),
            ExclusionReason::AvoidWord(word) => (Some(self.asked.avoid.words[word].word.clone()), String::new()),
            _ => (None, String::new()),
        };
        let word = what.clone().unwrap_or_default();
        let values = [("count", all.len().to_string()), ("label", label), ("word", word)];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        ExcludedGroup { reason: out.key(), what, text: say("left_out", out.key(), &values), count: all.len(), places }
    }
}
