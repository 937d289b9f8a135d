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
use super::reach::NEEDS_NO_RIDE;
use super::score::{BEST_OF_PHRASE, FitLevel, Score};
use super::sentences::fill_sentence;
use crate::model::Metres;

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
    fn order(&self) -> (FitLevel, i32, u32) {
        (self.score.level, -self.score.points, self.row.by_name)
    }
}

/// The groups of the response for places that are not excluded, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum AnswerGroup {
    Fits,
    Near,
    Desks,
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
        match self.prepared.exclusion_reason(row, distance) {
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
        let reach = &self.prepared.reach;
        let fetched = reach.has_pick_up() && self.prepared.is_fetched(row);
        let near = reach.reach_where(fetched);
        let walks = reach.only_pick_up() && scored.distance.is_some_and(|it| it <= NEEDS_NO_RIDE);
        match scored.distance {
            Some(distance) if distance > near && !walks => AnswerGroup::Farther,
            None if reach.only_pick_up() && !fetched => AnswerGroup::Farther,
            _ => match scored.score.level {
                FitLevel::Fits => AnswerGroup::Fits,
                FitLevel::Near => AnswerGroup::Near,
                FitLevel::Neither => AnswerGroup::Others,
            },
        }
    }

    /// Brings the best place of each phrase to the front of a group, so that no liking hides another.
    fn raise_best_of_phrases(&mut self, group: AnswerGroup) {
        let Some(all) = self.groups.get_mut(&group) else { return };
        let mut best: Vec<usize> = Vec::new();
        for phrase in 0..self.prepared.likes.words.len() {
            let answering = (0..all.len()).filter(|at| all[*at].score.phrases & (1 << phrase) != 0);
            best.extend(answering.min_by_key(|at| all[*at].order()));
        }
        best.sort_unstable();
        best.dedup();
        for at in best {
            all[at].score.points += BEST_OF_PHRASE;
        }
    }

    /// What is only for a wider condition comes near where something else is for the very thing, and so does what answers half of a
    /// clause where something else answers all of it.
    fn lower_the_wider(&mut self) {
        let Some(fits) = self.groups.get_mut(&AnswerGroup::Fits) else { return };
        let direct = fits.iter().filter(|it| !it.score.only_wider).fold(0, |all, it| all | it.score.phrases);
        let found: Vec<u32> = fits.iter().map(|it| it.score.phrases).collect();
        let halves = self.prepared.likes.half_answers(&found);
        let is_covered = |it: &ScoredPlace<'_>| {
            let phrases = it.score.phrases;
            it.score.only_wider && phrases & !direct == 0
                || it.score.only_liked && phrases != 0 && phrases & !halves == 0
        };
        let (covered, left): (Vec<ScoredPlace<'a>>, _) = std::mem::take(fits).into_iter().partition(is_covered);
        *fits = left;
        let lowered = covered.into_iter().map(|mut it| {
            it.score.level = FitLevel::Near;
            it
        });
        self.groups.entry(AnswerGroup::Near).or_default().extend(lowered);
    }

    /// Where nothing fits: desks that listen to anybody come before everything else. What was left out stays so, or a
    /// word to avoid could make a place appear.
    fn gather_desks(&mut self) {
        let fitting = |group: &AnswerGroup, all: &Vec<ScoredPlace<'_>>| {
            matches!(group, AnswerGroup::Fits)
                || matches!(group, AnswerGroup::Placeless(_)) && all.iter().any(|it| it.score.fits())
        };
        if !self.prepared.has_words() || self.groups.iter().any(|(group, all)| !all.is_empty() && fitting(group, all)) {
            return;
        }
        let is_desk = |scored: &ScoredPlace<'_>| scored.row.has(PlaceFeatures::DESK);
        let sources =
            |group: &AnswerGroup| matches!(group, AnswerGroup::Others | AnswerGroup::Near | AnswerGroup::Placeless(_));
        let mut desks: Vec<ScoredPlace<'a>> = Vec::new();
        for (_, all) in self.groups.iter_mut().filter(|(group, _)| sources(group)) {
            let (taken, left): (Vec<ScoredPlace<'a>>, _) = std::mem::take(all).into_iter().partition(is_desk);
            desks.extend(taken);
            *all = left;
        }
        if !desks.is_empty() {
            self.groups.insert(AnswerGroup::Desks, desks);
        }
    }

    /// Writes the response.
    fn into_answer(mut self) -> FindAnswer {
        let prepared = self.prepared;
        self.lower_the_wider();
        self.raise_best_of_phrases(AnswerGroup::Fits);
        self.gather_desks();
        let farther_fits = self.groups.get(&AnswerGroup::Farther);
        let farther_fits = farther_fits.map_or(0, |all| all.iter().filter(|it| it.score.fits()).count());
        let fits = self.take_group(AnswerGroup::Fits);
        let near = self.take_group(AnswerGroup::Near);
        let desks = self.take_group(AnswerGroup::Desks);
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
                likes: prepared.likes.all_words().into_iter().chain(prepared.facts_said.iter().cloned()).collect(),
                company: prepared.company,
                avoid: prepared.avoid_words.clone(),
                can_give: prepared.giving.as_ref().map(|it| it.words.all_words()).unwrap_or_default(),
            },
            reach: prepared.reach.clone(),
            offered: if fits.count == 0 { prepared.terms_to_offer() } else { Vec::new() },
            farther_fits: if prepared.has_words() { farther_fits } else { 0 },
            fits,
            near,
            desks,
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
            let by_day = reason == ExclusionReason::NeverFree && scored.row.kind == LocationKind::Phone;
            let calls_by_day = by_day && (scored.score.fits() || scored.row.has(PlaceFeatures::DESK));
            let distance_m = scored.distance.map(whole_metres);
            ExcludedPlace { id, name, matches: scored.score.fits(), calls_by_day, distance_m }
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
