//! What a phrase of a wish means: terms of the thesaurus, the specific before the general.
//!
//! A phrase may be a word or whole plain sentences, which are parted at their marks. In 「子を亡くした人と話す」 the grief
//! decides and not the talk; 「カラオケは苦手」 is something to avoid. This module does no I/O.

use std::borrow::Cow;

use super::avoidance::AVOIDANCE_TABLE;
use super::signs::SIGNS;
use super::spoken::written;
use crate::model::Thesaurus;
use crate::text::fold;

/// The marks at which sentences are parted; blanks part Japanese clauses as well.
const MARKS: [char; 12] = ['、', '。', '，', '．', '！', '？', '!', '?', '\n', '\u{3000}', '；', ';'];
/// Words for people of the family, of whom a phrase may speak.
const FAMILY: [&str; 17] = [
    "息子",
    "娘",
    "夫",
    "妻",
    "主人",
    "母",
    "父",
    "両親",
    "祖母",
    "祖父",
    "兄",
    "弟",
    "姉",
    "妹",
    "孫",
    "家族",
    "連れ合い",
];
/// What makes a family member the one of whom a phrase speaks.
const OF_FAMILY: [&str; 4] = ["が", "の", "は", "も"];

/// How a clause ends that says of several things that there are none.
const NOTHING: [&str; 6] = ["ない", "無い", "なし", "ありません", "いない", "おらん"];
/// Characters of such a thing at most: a longer one is a sentence.
const LONGEST_THING: usize = 8;

/// A phrase of a wish.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent properties of the words, none a state of another")]
pub(super) struct UnderstoodPhrase {
    /// The phrase as written.
    pub(super) text: String,
    /// The terms that it means, as numbers in the thesaurus.
    pub(super) terms: Vec<usize>,
    /// Its words that no term explains.
    pub(super) unknown: Vec<String>,
    /// Whether it speaks of somebody of the family.
    pub(super) of_family: bool,
    /// Whether it says what the person would do for others.
    pub(super) offers_help: bool,
    /// Whether it is a sentence with nothing but a general trouble in it: 「同じ立場の人と話したい」 is no wish for every
    /// group. Where nothing else fits, desks are shown and the term is offered.
    pub(super) is_idle: bool,
    /// Whether it is what one likes to do, of a clause whose other phrase, the one before, says what one is.
    pub(super) is_second_half: bool,
}

impl UnderstoodPhrase {
    /// What one is, or is troubled by, and what one likes to do are two phrases, though one clause says both: 「車いすだけど体を動かし
    /// たい」. What answers both then comes before what answers one.
    fn apart(self, thesaurus: &Thesaurus) -> Vec<Self> {
        let is_pursuit = |it: &usize| thesaurus.all()[*it].is_pursuit();
        let (liked, own): (Vec<usize>, Vec<usize>) = self.terms.iter().partition(|it| is_pursuit(it));
        if liked.is_empty() || own.is_empty() {
            return vec![self];
        }
        vec![Self { terms: own, ..self.clone() }, Self { terms: liked, is_second_half: true, ..self }]
    }
}

/// The phrases of the words that were written: each word whole if it is known, else parted at its marks.
pub(super) fn phrases_of(words: &[String], thesaurus: &Thesaurus) -> Vec<UnderstoodPhrase> {
    words
        .iter()
        .flat_map(|word| clauses_of(word, thesaurus))
        .flat_map(|text| phrase(&text, thesaurus).apart(thesaurus))
        .collect()
}

/// The phrases of what is liked, and those that say what is disliked.
pub(super) fn likes_and_dislikes(
    words: &[String],
    thesaurus: &Thesaurus,
) -> (Vec<UnderstoodPhrase>, Vec<UnderstoodPhrase>) {
    phrases_of(words, thesaurus).into_iter().partition(|phrase| !is_dislike(phrase, thesaurus))
}

fn clauses_of<'a>(word: &'a str, thesaurus: &Thesaurus) -> Vec<Cow<'a, str>> {
    if !thesaurus.meant_by(word).is_empty() {
        return vec![Cow::Borrowed(word)];
    }
    let clauses = word.split(MARKS).map(str::trim).filter(|clause| !clause.is_empty());
    let clauses: Vec<Cow<'a, str>> = clauses.flat_map(each_of_several).collect();
    if clauses.is_empty() { vec![Cow::Borrowed(word)] } else { clauses }
}

/// 「仕事も住むところもない」 says two things: 「仕事もない」 and 「住むところもない」. Any other clause says one.
fn each_of_several(clause: &str) -> Vec<Cow<'_, str>> {
    let Some(end) = NOTHING.iter().find(|end| clause.ends_with(**end)) else { return vec![Cow::Borrowed(clause)] };
    let things: Vec<&str> = clause[..clause.len() - end.len()].split('も').filter(|thing| !thing.is_empty()).collect();
    let are_things = things.len() > 1 && things.iter().all(|thing| thing.chars().count() <= LONGEST_THING);
    if !are_things || !clause[..clause.len() - end.len()].ends_with('も') {
        return vec![Cow::Borrowed(clause)];
    }
    things.into_iter().map(|thing| Cow::Owned(format!("{thing}も{end}"))).collect()
}

fn phrase(text: &str, thesaurus: &Thesaurus) -> UnderstoodPhrase {
    let as_said = terms_of(text, thesaurus);
    let terms = if as_said.is_empty() { terms_of(&written(text), thesaurus) } else { as_said };
    let unknown = if terms.is_empty() { thesaurus.unknown_words(text) } else { Vec::new() };
    let of_family =
        FAMILY.iter().any(|who| OF_FAMILY.iter().any(|particle| text.contains(&format!("{who}{particle}"))));
    let giving = AVOIDANCE_TABLE.giving_terms();
    let offers_help = terms.iter().any(|it| is_below(thesaurus, *it, giving));
    let is_vague = |it: &usize| !thesaurus.all()[*it].is_pursuit() && thesaurus.all()[*it].is_general();
    let is_idle = thesaurus.meant_by(text).is_empty() && !terms.is_empty() && terms.iter().all(is_vague);
    let text = text.to_owned();
    UnderstoodPhrase { text, terms, unknown, of_family, offers_help, is_idle, is_second_half: false }
}

/// Whether a term is one of `wide` or directly below one.
fn is_below(thesaurus: &Thesaurus, term: usize, wide: &[String]) -> bool {
    let names = |it: &usize| wide.contains(&thesaurus.all()[*it].term);
    names(&term) || thesaurus.broader_of(term).iter().any(names)
}

/// The terms that a phrase means: as a whole, else the most specific ones that stand in it.
pub(super) fn terms_of(text: &str, thesaurus: &Thesaurus) -> Vec<usize> {
    let meant = thesaurus.meant_by(text);
    if !meant.is_empty() {
        return meant.to_vec();
    }
    specific(thesaurus, thesaurus.occurring_in(text))
}

/// Without general terms beside others, and without terms that stand above others.
fn specific(thesaurus: &Thesaurus, mut terms: Vec<usize>) -> Vec<usize> {
    let all = thesaurus.all();
    if terms.iter().any(|it| !all[*it].is_general()) {
        terms.retain(|it| !all[*it].is_general());
    }
    let whole = terms.clone();
    let is_above = |wide: usize| {
        let kinds = thesaurus.kinds_of(wide);
        whole.iter().any(|other| *other != wide && kinds.contains(other))
    };
    terms.retain(|it| !is_above(*it));
    terms
}

/// Whether a phrase says that something is disliked: 「カラオケは苦手」. What weighs on a person is no dislike.
fn is_dislike(phrase: &UnderstoodPhrase, thesaurus: &Thesaurus) -> bool {
    let known = phrase.terms.iter().all(|it| thesaurus.all()[*it].is_pursuit());
    known
        && (SIGNS.is_dislike(&phrase.text) || SIGNS.is_dislike(&written(&phrase.text)))
        && (!phrase.terms.is_empty() || AVOIDANCE_TABLE.chip_in(&fold(&phrase.text)).is_some())
}
