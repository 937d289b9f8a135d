//! Puts every place within twice the reach into its group, and the best of each group into the answer.
//!
//! This module does no I/O.

use std::collections::BTreeMap;

use super::answer::{Answer, Group, LeftOut, LeftOutGroup, LeftOutPlace, Placeless, UnderstoodWish};
use super::avoidance::WORDS;
use super::exclude::Out;
use super::features::{Kind, Row};
use super::hit::{Shown, named, whole_metres};
use super::prepared_wish::Asked;
use super::score::Suit;
use super::sentences::say;
use crate::model::{AccessFact, Metres};

/// So many places of a reason are named.
const OPENABLE: usize = 50;

/// A place with its number.
#[derive(Debug, Clone, Copy)]
struct Scored<'a> {
    row: &'a Row,
    distance: Option<Metres>,
    suit: Suit,
}

impl Scored<'_> {
    /// What answers to the wish first, the higher number first, then by name.
    fn order(&self) -> (bool, i32, u32) {
        (!self.suit.matches, -self.suit.score, self.row.by_name)
    }
}

/// Where a place that is not left out goes, in the order of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Fits,
    Others,
    Farther,
    Placeless(Kind),
}

/// All places within twice the reach.
#[derive(Debug)]
struct Gathered<'a> {
    asked: &'a Asked<'a>,
    groups: BTreeMap<Place, Vec<Scored<'a>>>,
    out: BTreeMap<Out, Vec<Scored<'a>>>,
}

/// Answers a wish.
pub(super) fn answer(asked: &Asked<'_>) -> Answer {
    let mut gathered = Gathered { asked, groups: BTreeMap::new(), out: BTreeMap::new() };
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

impl<'a> Gathered<'a> {
    fn take(&mut self, row: &'a Row, distance: Option<Metres>) {
        let suit = self.asked.suits(row, distance);
        let scored = Scored { row, distance, suit };
        match self.asked.excludes(row) {
            Some(out) => self.out.entry(out).or_default().push(scored),
            None => self.groups.entry(self.place(&scored)).or_default().push(scored),
        }
    }

    fn place(&self, scored: &Scored<'_>) -> Place {
        let row = scored.row;
        if row.kind != Kind::Placed {
            return Place::Placeless(row.kind);
        }
        let near = self.asked.reach.metres_where(row.is(AccessFact::PickUp));
        match scored.distance {
            Some(distance) if distance.0 > near => Place::Farther,
            None if self.asked.reach.only_pick_up() && !row.is(AccessFact::PickUp) => Place::Farther,
            _ if scored.suit.matches => Place::Fits,
            _ => Place::Others,
        }
    }

    fn answer(mut self) -> Answer {
        let asked = self.asked;
        let fits = self.group(Place::Fits);
        let others = self.group(Place::Others);
        let farther = self.group(Place::Farther);
        let placeless = Placeless {
            phone: self.group(Place::Placeless(Kind::Phone)),
            visits: self.group(Place::Placeless(Kind::Visits)),
            online: self.group(Place::Placeless(Kind::Online)),
            roaming: self.group(Place::Placeless(Kind::Roaming)),
            unlocated: self.group(Place::Placeless(Kind::Unlocated)),
        };
        Answer {
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
    fn group(&mut self, place: Place) -> Group {
        let mut all = self.groups.remove(&place).unwrap_or_default();
        let limit = self.asked.wish.limit;
        let (mut hits, mut looked_at, mut over) = (Vec::new(), 0, 0);
        while hits.len() < limit && looked_at < all.len() {
            let wanted = (limit - hits.len()).min(all.len() - looked_at);
            Self::best_first(&mut all[looked_at..], wanted);
            for scored in &all[looked_at..looked_at + wanted] {
                if self.is_over(scored.row) {
                    over += 1;
                    self.out.entry(Out::Over).or_default().push(*scored);
                } else {
                    hits.push(Shown::new(self.asked, scored.row, scored.distance).hit(scored.suit));
                }
            }
            looked_at += wanted;
        }
        Group { count: all.len() - over, hits }
    }

    fn is_over(&self, row: &Row) -> bool {
        self.asked.times(row).is_over()
    }

    /// Brings the best `count` to the front, in order.
    fn best_first(all: &mut [Scored<'_>], count: usize) {
        if count < all.len() {
            all.select_nth_unstable_by_key(count, Scored::order);
        }
        all[..count].sort_unstable_by_key(Scored::order);
    }

    fn left_out(&mut self) -> LeftOut {
        let out = std::mem::take(&mut self.out);
        let count: usize = out.values().map(Vec::len).sum();
        let groups: Vec<LeftOutGroup> = out.into_iter().map(|(out, all)| self.left_out_group(out, all)).collect();
        let reasons: Vec<&str> = groups.iter().map(|group| group.text.as_str()).collect();
        let values: [(&str, &str); 2] = [("count", &count.to_string()), ("reasons", &reasons.join("、"))];
        let text = say("left_out", if count == 0 { "none" } else { "all" }, &values);
        LeftOut { count, text, groups }
    }

    fn left_out_group(&self, out: Out, mut all: Vec<Scored<'a>>) -> LeftOutGroup {
        let shown = all.len().min(OPENABLE);
        Self::best_first(&mut all, shown);
        let places = all[..shown].iter().map(|scored| {
            let (id, name) = named(self.asked, scored.row);
            LeftOutPlace { id, name, matches: scored.suit.matches, distance_m: scored.distance.map(whole_metres) }
        });
        let places = places.collect();
        let (what, label) = match out {
            Out::Avoid(chip) => (Some(WORDS.chip(chip).name.clone()), WORDS.chip(chip).label.clone()),
            Out::AvoidWord(word) => (Some(self.asked.avoid.words[word].word.clone()), String::new()),
            _ => (None, String::new()),
        };
        let word = what.clone().unwrap_or_default();
        let values = [("count", all.len().to_string()), ("label", label), ("word", word)];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        LeftOutGroup { reason: out.key(), what, text: say("left_out", out.key(), &values), count: all.len(), places }
    }
}
