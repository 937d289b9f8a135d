//! Ranking and grouping: every place within twice the reach gets a score and a group; the best of each group form the
//! response. Places that the wish cannot tell apart are scored and counted together, and only those in the response looked at.
//!
//! This module does no I/O.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::alike::ComparedTimes;
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

/// Places that the wish cannot tell apart, by name, with the score that each of them has.
#[derive(Debug, Clone, Copy)]
struct ScoredRun<'a> {
    rows: &'a [PlaceFeatures],
    distance: Option<Metres>,
    score: Score,
}

/// One of them.
#[derive(Debug, Clone, Copy)]
struct ScoredPlace<'a> {
    row: &'a PlaceFeatures,
    distance: Option<Metres>,
    score: Score,
}

/// Sort key of places: matches first, then by falling score, then by name.
type RankOrder = (FitLevel, i32, u32);

impl ScoredRun<'_> {
    /// Sort key of its first place.
    fn order(&self) -> RankOrder {
        (self.score.level, -self.score.points, self.rows[0].by_name)
    }
}

impl<'a> ScoredPlace<'a> {
    /// As a run of one.
    fn alone(self) -> ScoredRun<'a> {
        ScoredRun { rows: std::slice::from_ref(self.row), distance: self.distance, score: self.score }
    }
}

/// The number of places of `runs`.
fn count_of(runs: &[ScoredRun<'_>]) -> usize {
    runs.iter().map(|run| run.rows.len()).sum()
}

/// The places of `runs`, the best first. Takes linear time to begin with, then little for each place.
fn best_first(mut runs: Vec<ScoredRun<'_>>) -> impl Iterator<Item = ScoredPlace<'_>> {
    let firsts = runs.iter().enumerate().map(|(at, run)| Reverse((run.order(), at)));
    let mut next: BinaryHeap<Reverse<(RankOrder, usize)>> = firsts.collect();
    std::iter::from_fn(move || {
        let Reverse((_, at)) = next.pop()?;
        let ScoredRun { rows, distance, score } = runs[at];
        let (row, rest) = rows.split_first()?;
        if !rest.is_empty() {
            runs[at].rows = rest;
            next.push(Reverse((runs[at].order(), at)));
        }
        Some(ScoredPlace { row, distance, score })
    })
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
    groups: BTreeMap<AnswerGroup, Vec<ScoredRun<'a>>>,
    excluded: BTreeMap<ExclusionReason, Vec<ScoredRun<'a>>>,
}

/// Ranks all places for a wish.
pub(super) fn rank_places(prepared: &PreparedWish<'_>) -> FindAnswer {
    let mut ranking = Ranking { prepared, groups: BTreeMap::new(), excluded: BTreeMap::new() };
    let rows = &prepared.finder.rows;
    match &prepared.from {
        None => rows.placed().iter().for_each(|row| ranking.add(std::slice::from_ref(row), None)),
        Some(from) => {
            rows.within(from.position, prepared.reach.horizon(), |row, distance| {
                ranking.add(std::slice::from_ref(row), Some(distance));
            });
        }
    }
    let times = if prepared.wish.free.is_empty() { ComparedTimes::None } else { ComparedTimes::All };
    rows.placeless().visit(times, &prepared.places_by_text(), |rows| ranking.add(rows, None));
    ranking.into_answer()
}

impl<'a> Ranking<'a> {
    /// Scores places that the wish cannot tell apart and files them under their group or their reason for exclusion.
    fn add(&mut self, rows: &'a [PlaceFeatures], distance: Option<Metres>) {
        let any = &rows[0];
        let score = self.prepared.score_of(any, distance);
        let scored = ScoredRun { rows, distance, score };
        match self.prepared.exclusion_reason(any, distance) {
            Some(reason) => self.excluded.entry(reason).or_default().push(scored),
            None => self.groups.entry(self.group_of(&scored)).or_default().push(scored),
        }
    }

    /// The group of places that are not excluded.
    fn group_of(&self, scored: &ScoredRun<'_>) -> AnswerGroup {
        let row = &scored.rows[0];
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

    /// Brings the best place of each phrase to the front of a group of runs of one, so that no liking hides another.
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
        let is_covered = |it: &ScoredRun<'_>| {
            let phrases = it.score.phrases;
            it.score.only_wider && phrases & !direct == 0
                || it.score.only_liked && phrases != 0 && phrases & !halves == 0
        };
        let (covered, left): (Vec<ScoredRun<'a>>, _) = std::mem::take(fits).into_iter().partition(is_covered);
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
        let fitting = |group: &AnswerGroup, all: &Vec<ScoredRun<'_>>| {
            matches!(group, AnswerGroup::Fits)
                || matches!(group, AnswerGroup::Placeless(_)) && all.iter().any(|it| it.score.fits())
        };
        if !self.prepared.has_words() || self.groups.iter().any(|(group, all)| !all.is_empty() && fitting(group, all)) {
            return;
        }
        let is_desk = |scored: &ScoredRun<'_>| scored.rows[0].has(PlaceFeatures::DESK);
        let sources =
            |group: &AnswerGroup| matches!(group, AnswerGroup::Others | AnswerGroup::Near | AnswerGroup::Placeless(_));
        let mut desks: Vec<ScoredRun<'a>> = Vec::new();
        for (_, all) in self.groups.iter_mut().filter(|(group, _)| sources(group)) {
            let (taken, left): (Vec<ScoredRun<'a>>, _) = std::mem::take(all).into_iter().partition(is_desk);
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
        let fitting = |all: &Vec<ScoredRun<'_>>| all.iter().filter(|it| it.score.fits()).map(|it| it.rows.len()).sum();
        let farther_fits = farther_fits.map_or(0, fitting);
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
        let all = self.groups.remove(&group).unwrap_or_default();
        let (limit, count) = (self.prepared.wish.limit, count_of(&all));
        let (mut hits, mut over) = (Vec::new(), 0);
        let mut best = best_first(all);
        while hits.len() < limit
            && let Some(scored) = best.next()
        {
            if self.is_over(scored.row) {
                over += 1;
                self.excluded.entry(ExclusionReason::Over).or_default().push(scored.alone());
            } else {
                hits.push(HitWriter::new(self.prepared, scored.row, scored.distance).write(scored.score));
            }
        }
        HitGroup { count: count - over, hits }
    }

    /// Whether all dates of a place are past.
    fn is_over(&self, row: &PlaceFeatures) -> bool {
        self.prepared.times(row).is_over()
    }

    /// Writes the excluded places, grouped by reason.
    fn take_excluded(&mut self) -> Excluded {
        let by_reason = std::mem::take(&mut self.excluded);
        let count: usize = by_reason.values().map(|all| count_of(all)).sum();
        let groups: Vec<ExcludedGroup> =
            by_reason.into_iter().map(|(reason, all)| self.excluded_group(reason, all)).collect();
        let reasons: Vec<&str> = groups.iter().map(|group| group.text.as_str()).collect();
        let values: [(&str, &str); 2] = [("count", &count.to_string()), ("reasons", &reasons.join("、"))];
        let text = fill_sentence("left_out", if count == 0 { "none" } else { "all" }, &values);
        Excluded { count, text, groups }
    }

    /// Writes the places excluded for one reason, the best first.
    fn excluded_group(&self, reason: ExclusionReason, all: Vec<ScoredRun<'a>>) -> ExcludedGroup {
        let count = count_of(&all);
        let places = best_first(all).take(OPENABLE).map(|scored| {
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
        let values = [("count", count.to_string()), ("label", label), ("word", word)];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        ExcludedGroup {
            reason: reason.key(),
            what,
            text: fill_sentence("left_out", reason.key(), &values),
            count,
            places,
        }
    }
}

#[cfg(test)]
mod tests;
