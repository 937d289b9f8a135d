//! The thesaurus of interests, from `data/interests.csv`: what people like to do, and what weighs on them.
//!
//! 囲碁 finds 碁会; ボードゲーム is near it; 科学 reaches 天文 and 実験教室. 借金 finds a desk for 借金 or for money in general,
//! and no other trouble. Traits (屋外, 手先, 体力) describe what an activity requires of a person, so that the finder can
//! avoid what somebody dislikes. This module does no I/O.

mod running_text;
mod vocabulary;

use std::collections::{BTreeMap, HashMap};

use self::running_text::RunningText;
use self::vocabulary::Vocabulary;

pub use self::vocabulary::TermOccurrence;

/// What sort of term it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum InterestKind {
    /// Something to like or to do.
    #[default]
    Pursuit,
    /// Something that weighs on a person.
    Trouble,
    /// What a person is to others: a parent, a carer, a newcomer.
    Role,
    /// What a person lives with: an illness, a disability.
    Condition,
}

impl InterestKind {
    /// Every kind with its name in `interests.csv`.
    pub const NAMED: [(&'static str, Self); 4] =
        [("pursuit", Self::Pursuit), ("trouble", Self::Trouble), ("role", Self::Role), ("condition", Self::Condition)];
}

/// The trait of a term that counts only where nothing more specific stands beside it.
const GENERAL: &str = "一般";

/// A concept of the thesaurus: an activity or topic.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Interest {
    /// Its preferred term.
    pub term: String,
    /// Its reading in hiragana.
    pub reading: String,
    /// Synonyms, including words so close that whoever likes one likes the other.
    pub synonyms: Vec<String>,
    /// Synonyms that mean it only as a whole phrase, because they are everyday words in running text (仕事, 話す).
    pub whole_phrases: Vec<String>,
    /// Its broader terms.
    pub broader: Vec<String>,
    /// Related terms: who likes this may like those.
    pub neighbours: Vec<String>,
    /// The axes of Positive Health that it supports: 身体, 心, 生きがい, 暮らし, つながり, 日常.
    pub axes: Vec<String>,
    /// What it requires or involves: 屋外, 手先, 体力, 人前, 飲酒, 動物, 静か, 座る …
    pub traits: Vec<String>,
    /// Whether it is a pursuit or something that weighs on a person.
    pub kind: InterestKind,
}

impl Interest {
    /// Whether it is something to like or to do.
    pub fn is_pursuit(&self) -> bool {
        self.kind == InterestKind::Pursuit
    }

    /// Whether it counts only where nothing more specific stands beside it.
    pub fn is_general(&self) -> bool {
        self.has_trait(GENERAL)
    }

    /// Whether it has the trait `name`.
    pub fn has_trait(&self, name: &str) -> bool {
        self.traits.iter().any(|own| own == name)
    }
}

/// How close one interest is to another, the closest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Closeness {
    /// The same concept, or a narrower one.
    Same,
    /// The wider trouble: a desk for money in general, for somebody in debt.
    Wider,
    /// A related pursuit, which is no fit.
    Near,
}

/// Why a thesaurus is invalid.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ThesaurusError {
    /// Two rows have the same term.
    #[error("「{0}」 stands twice as a term")]
    Twice(String),
    /// A row refers to a term that no row defines.
    #[error("「{term}」 names 「{unknown}」, which is no term of its own")]
    Unknown {
        /// The term of the row.
        term: String,
        /// The undefined term.
        unknown: String,
    },
    /// The broader terms form a cycle.
    #[error("「{0}」 is broader than itself by way of others")]
    Circle(String),
}

/// The thesaurus, indexed by term, reading and synonym.
#[derive(Debug, Clone, Default)]
pub struct Thesaurus {
    interests: Vec<Interest>,
    vocabulary: Vocabulary,
    broader: Vec<Vec<usize>>,
    narrower: Vec<Vec<usize>>,
    neighbours: Vec<Vec<usize>>,
}

impl Thesaurus {
    /// Validates and indexes `interests`.
    ///
    /// # Errors
    ///
    /// If a term is duplicated, refers to one that does not exist, or is broader than itself.
    pub fn new(interests: Vec<Interest>) -> Result<Self, ThesaurusError> {
        let mut numbers = HashMap::new();
        for (i, interest) in interests.iter().enumerate() {
            if numbers.insert(interest.term.clone(), i).is_some() {
                return Err(ThesaurusError::Twice(interest.term.clone()));
            }
        }
        let broader = linked(&interests, &numbers, |i| &i.broader)?;
        let narrower = reversed(&broader);
        let mut neighbours = linked(&interests, &numbers, |i| &i.neighbours)?;
        for (i, back) in reversed(&neighbours).into_iter().enumerate() {
            neighbours[i].extend(back);
            // Whoever has a trouble may like something; nobody who likes something has therefore a trouble.
            neighbours[i].retain(|&other| interests[other].is_pursuit());
            neighbours[i].sort_unstable();
            neighbours[i].dedup();
        }
        if let Some(i) = (0..interests.len()).find(|&i| above(&broader, i).contains(&i)) {
            return Err(ThesaurusError::Circle(interests[i].term.clone()));
        }
        let vocabulary = Vocabulary::new(&interests);
        Ok(Self { interests, vocabulary, broader, narrower, neighbours })
    }

    /// All interests in the order of the file.
    pub fn all(&self) -> &[Interest] {
        &self.interests
    }

    /// The interests with `word` as term, reading or synonym, compared folded, as indices into [`all`](Self::all).
    pub fn meant_by(&self, word: &str) -> &[usize] {
        self.vocabulary.meant_by(word)
    }

    /// Every folded word with the interests that it means.
    pub fn words(&self) -> impl Iterator<Item = (&str, &[usize])> {
        self.vocabulary.words()
    }

    /// What suits a person whose word means `interest`: it and every narrower one are [`Closeness::Same`]; for a
    /// trouble, the wider trouble is [`Closeness::Wider`]; its neighbours and the term directly above a pursuit are
    /// [`Closeness::Near`]. A trouble is never near another one.
    pub fn around(&self, interest: usize) -> BTreeMap<usize, Closeness> {
        let own = &self.interests[interest];
        let mut around = BTreeMap::from([(interest, Closeness::Same)]);
        // A general trouble (相談) is not all that can weigh on anybody.
        if own.is_pursuit() || !own.is_general() {
            let kinds = self.kinds_of(interest).into_iter();
            let same_sort = kinds.filter(|it| self.interests[*it].is_pursuit() == own.is_pursuit());
            around.extend(same_sort.map(|it| (it, Closeness::Same)));
        }
        for &wider in &self.broader[interest] {
            let above = &self.interests[wider];
            if own.is_pursuit() && !self.broader[wider].is_empty() && !above.is_general() {
                around.entry(wider).or_insert(Closeness::Near);
            } else if !own.is_pursuit() && !above.is_pursuit() && !above.is_general() {
                around.entry(wider).or_insert(Closeness::Wider);
            }
        }
        for &neighbour in &self.neighbours[interest] {
            around.entry(neighbour).or_insert(Closeness::Near);
        }
        around
    }

    /// The terms directly above `interest`, as indices into [`all`](Self::all).
    pub fn broader_of(&self, interest: usize) -> &[usize] {
        &self.broader[interest]
    }

    /// `interest` and every narrower one, as indices into [`all`](Self::all).
    pub fn kinds_of(&self, interest: usize) -> Vec<usize> {
        let mut found = vec![interest];
        let mut next = 0;
        while let Some(&at) = found.get(next) {
            next += 1;
            let more: Vec<usize> = self.narrower[at].iter().copied().filter(|n| !found.contains(n)).collect();
            found.extend(more);
        }
        found
    }

    /// Per interest, all its broader ones, as ascending indices into [`all`](Self::all).
    pub fn above(&self) -> Vec<Vec<usize>> {
        let mut above = vec![Vec::new(); self.interests.len()];
        for wider in 0..self.interests.len() {
            for kind in self.kinds_of(wider).into_iter().filter(|kind| *kind != wider) {
                above[kind].push(wider);
            }
        }
        above
    }

    /// The interests whose words stand in running text, in its order.
    ///
    /// The longest match wins; a word is none inside of another (きると in できると, 本 in 本日).
    pub fn occurring_in(&self, text: &str) -> Vec<usize> {
        self.found_in(&RunningText::new(text), |_, _| true)
    }

    /// As [`occurring_in`](Self::occurring_in), without pursuits that the text takes back: 「お酒は出ません」.
    pub fn offered_in(&self, text: &str) -> Vec<usize> {
        let read = RunningText::new(text);
        self.found_in(&read, |interest, word| {
            !self.interests[interest].is_pursuit() || !read.is_denied_after(word.start + word.len)
        })
    }

    fn found_in(&self, text: &RunningText, counts: impl Fn(usize, &TermOccurrence<'_>) -> bool) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        for word in self.vocabulary.occurring_in(text) {
            for &interest in word.interests {
                if counts(interest, &word) && !found.contains(&interest) {
                    found.push(interest);
                }
            }
        }
        found
    }

    /// What is left of a phrase when the words of the thesaurus are taken out: its other runs of kanji, katakana or
    /// Latin letters, of two characters and more.
    pub fn unknown_words(&self, phrase: &str) -> Vec<String> {
        let text = RunningText::new(phrase);
        let mut known = vec![false; text.chars.len()];
        for word in self.vocabulary.occurring_in(&text) {
            known[word.start..word.start + word.len].fill(true);
        }
        text.content_words(&known)
    }
}

/// Per term, the indices of the terms that it refers to.
fn linked(
    interests: &[Interest],
    numbers: &HashMap<String, usize>,
    names: impl Fn(&Interest) -> &Vec<String>,
) -> Result<Vec<Vec<usize>>, ThesaurusError> {
    let number = |interest: &Interest, name: &String| {
        let unknown = || ThesaurusError::Unknown { term: interest.term.clone(), unknown: name.clone() };
        numbers.get(name).copied().ok_or_else(unknown)
    };
    interests.iter().map(|i| names(i).iter().map(|name| number(i, name)).collect()).collect()
}

fn reversed(links: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut back = vec![Vec::new(); links.len()];
    for (from, targets) in links.iter().enumerate() {
        for &to in targets {
            back[to].push(from);
        }
    }
    back
}

/// Everything reachable from `start` along `links`, without `start` unless a cycle leads back to it.
fn above(links: &[Vec<usize>], start: usize) -> Vec<usize> {
    let mut found: Vec<usize> = links[start].clone();
    let mut next = 0;
    while let Some(&at) = found.get(next) {
        next += 1;
        let more: Vec<usize> = links[at].iter().copied().filter(|n| !found.contains(n)).collect();
        found.extend(more);
    }
    found
}

#[cfg(test)]
mod tests;
