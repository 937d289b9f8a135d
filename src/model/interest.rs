//! The thesaurus of interests, from `data/interests.csv`: terms, synonyms, broader and related terms.
//!
//! 囲碁 finds 碁会; ボードゲーム is near it; 科学 reaches 天文 and 実験教室. Traits (屋外, 手先, 体力) describe what an
//! activity requires of a person, so that the finder can avoid what somebody dislikes. This module does no I/O.

use std::collections::{BTreeMap, HashMap};

use crate::text::fold;

/// A concept of the thesaurus: an activity or topic.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Interest {
    /// Its preferred term.
    pub term: String,
    /// Its reading in hiragana.
    pub reading: String,
    /// Synonyms, including words so close that whoever likes one likes the other.
    pub synonyms: Vec<String>,
    /// Its broader terms.
    pub broader: Vec<String>,
    /// Related terms: who likes this may like those.
    pub neighbours: Vec<String>,
    /// The axes of Positive Health that it supports: 身体, 心, 生きがい, 暮らし, つながり, 日常.
    pub axes: Vec<String>,
    /// What it requires or involves: 屋外, 手先, 体力, 人前, 飲酒, 動物, 静か, 座る …
    pub traits: Vec<String>,
}

/// How close one interest is to another, the closest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Closeness {
    /// The same concept, or a narrower one.
    Same,
    /// A related concept, or one with the same broader term.
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
    /// The interests that each folded word means.
    by_word: HashMap<String, Vec<usize>>,
    /// Folded words by their first two characters, the longest first, for search in running text.
    by_start: HashMap<[char; 2], Vec<(Vec<char>, usize)>>,
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
            neighbours[i].sort_unstable();
            neighbours[i].dedup();
        }
        if let Some(i) = (0..interests.len()).find(|&i| above(&broader, i).contains(&i)) {
            return Err(ThesaurusError::Circle(interests[i].term.clone()));
        }
        let (by_word, by_start) = words(&interests);
        Ok(Self { interests, by_word, by_start, broader, narrower, neighbours })
    }

    /// All interests in the order of the file.
    pub fn all(&self) -> &[Interest] {
        &self.interests
    }

    /// The interests with `word` as term, reading or synonym, compared folded, as indices into [`all`](Self::all).
    pub fn meant_by(&self, word: &str) -> &[usize] {
        self.by_word.get(&fold(word)).map_or(&[], Vec::as_slice)
    }

    /// What a person who likes `interest` may like: the interest and every narrower one are [`Closeness::Same`]; its
    /// related and broader terms, and what else is below those, are [`Closeness::Near`].
    pub fn around(&self, interest: usize) -> BTreeMap<usize, Closeness> {
        let mut around: BTreeMap<usize, Closeness> = BTreeMap::new();
        for same in self.kinds_of(interest) {
            around.insert(same, Closeness::Same);
        }
        let near = self.neighbours[interest].iter().copied().flat_map(|n| self.kinds_of(n));
        let wider = self.broader[interest].iter().copied().filter(|&b| !self.broader[b].is_empty());
        let siblings = wider.flat_map(|b| std::iter::once(b).chain(self.narrower[b].iter().copied()));
        for other in near.chain(siblings) {
            around.entry(other).or_insert(Closeness::Near);
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

    /// The interests whose words occur in running text, each with the folded word, in the order of the text.
    ///
    /// The longest match wins. One-character words and two-character hiragana words are skipped, because they are
    /// ambiguous in running text (本 in 本日, いも in 思いもよらず); Latin words match whole words only.
    pub fn occurring_in(&self, text: &str) -> Vec<(usize, String)> {
        let chars: Vec<char> = fold(text).chars().collect();
        let mut found: Vec<(usize, String)> = Vec::new();
        let mut at = 0;
        while at + 1 < chars.len() {
            let words = self.by_start.get(&[chars[at], chars[at + 1]]);
            let longest = words.and_then(|words| words.iter().find(|(word, _)| stands_at(word, &chars, at)));
            let Some((word, _)) = longest else {
                at += 1;
                continue;
            };
            let text: String = word.iter().collect();
            for &interest in &self.by_word[&text] {
                if !found.iter().any(|(known, _)| *known == interest) {
                    found.push((interest, text.clone()));
                }
            }
            at += word.len();
        }
        found
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

type TermsByWord = HashMap<String, Vec<usize>>;
type TermsByStart = HashMap<[char; 2], Vec<(Vec<char>, usize)>>;

fn words(interests: &[Interest]) -> (TermsByWord, TermsByStart) {
    let mut by_word = TermsByWord::new();
    for (i, interest) in interests.iter().enumerate() {
        for word in [&interest.term, &interest.reading].into_iter().chain(&interest.synonyms) {
            let meant = by_word.entry(fold(word)).or_default();
            if !meant.contains(&i) {
                meant.push(i);
            }
        }
        // 「ナス・キュウリ」 covers two things; each part is a word of its own, too.
        for part in interest.term.split('・').filter(|part| *part != interest.term) {
            let meant = by_word.entry(fold(part)).or_default();
            if !meant.contains(&i) {
                meant.push(i);
            }
        }
    }
    by_word.remove("");
    let mut by_start = TermsByStart::new();
    for (word, meant) in by_word.iter().filter(|(word, _)| means_something_in_a_text(word)) {
        let chars: Vec<char> = word.chars().collect();
        by_start.entry([chars[0], chars[1]]).or_default().push((chars, meant[0]));
    }
    for words in by_start.values_mut() {
        words.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    }
    (by_word, by_start)
}

fn means_something_in_a_text(word: &str) -> bool {
    let chars = word.chars().count();
    let hiragana = word.chars().all(|c| ('\u{3041}'..='\u{309f}').contains(&c) || c == 'ー');
    chars >= 2 && !(hiragana && chars == 2)
}

fn stands_at(word: &[char], chars: &[char], at: usize) -> bool {
    let end = at + word.len();
    if chars.get(at..end) != Some(word) {
        return false;
    }
    let latin = |c: Option<&char>| c.is_some_and(char::is_ascii_alphanumeric);
    let apart = |inside: Option<&char>, outside: Option<&char>| !(latin(inside) && latin(outside));
    apart(word.first(), at.checked_sub(1).and_then(|before| chars.get(before))) && apart(word.last(), chars.get(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interest(term: &str, reading: &str, synonyms: &str, broader: &str, neighbours: &str) -> Interest {
        let list = |text: &str| text.split(';').filter(|t| !t.is_empty()).map(str::to_owned).collect::<Vec<_>>();
        Interest {
            term: term.into(),
            reading: reading.into(),
            synonyms: list(synonyms),
            broader: list(broader),
            neighbours: list(neighbours),
            ..Interest::default()
        }
    }

    fn small() -> Thesaurus {
        Thesaurus::new(vec![
            interest("遊び", "あそび", "", "", ""),
            interest("盤上の遊び", "ばんじょうのあそび", "ボードゲーム", "遊び", ""),
            interest("囲碁", "いご", "碁;碁会", "盤上の遊び", "将棋"),
            interest("将棋", "しょうぎ", "", "盤上の遊び", ""),
            interest("科学", "かがく", "理科", "", "天文"),
            interest("天文", "てんもん", "星空", "科学", ""),
            interest("いも", "いも", "AA", "", ""),
        ])
        .unwrap()
    }

    fn terms(t: &Thesaurus, found: impl IntoIterator<Item = usize>) -> Vec<&str> {
        found.into_iter().map(|i| t.all()[i].term.as_str()).collect()
    }

    #[test]
    fn a_synonym_and_a_reading_mean_the_term() {
        let t = small();
        for word in ["囲碁", "碁会", "いご", "イゴ", " 碁 "] {
            assert_eq!(terms(&t, t.meant_by(word).iter().copied()), ["囲碁"], "{word}");
        }
        assert!(t.meant_by("ない言葉").is_empty());
    }

    #[test]
    fn kinds_are_the_same_and_neighbours_are_near() {
        let t = small();
        let igo = t.around(t.meant_by("囲碁")[0]);
        let board = t.meant_by("ボードゲーム")[0];
        assert_eq!(igo[&t.meant_by("囲碁")[0]], Closeness::Same);
        assert_eq!(igo[&t.meant_by("将棋")[0]], Closeness::Near);
        assert_eq!(igo[&board], Closeness::Near);
        assert_eq!(t.around(board)[&t.meant_by("囲碁")[0]], Closeness::Same);
        assert_eq!(t.around(t.meant_by("科学")[0])[&t.meant_by("天文")[0]], Closeness::Same);
    }

    #[test]
    fn words_are_found_in_running_text_but_not_inside_others() {
        let t = small();
        let found = |text: &str| terms(&t, t.occurring_in(text).into_iter().map(|(i, _)| i));
        assert_eq!(found("毎週、碁会と星空の観察をします"), ["囲碁", "天文"]);
        assert!(found("思いもよらない").is_empty());
        assert!(found("AAA 会員").is_empty());
        assert_eq!(found("AA のつどい"), ["いも"]);
    }

    #[test]
    fn a_thesaurus_that_does_not_hold_together_is_refused_by_name() {
        let twice = Thesaurus::new(vec![interest("碁", "", "", "", ""), interest("碁", "", "", "", "")]);
        assert_eq!(twice.unwrap_err(), ThesaurusError::Twice("碁".into()));
        let unknown = Thesaurus::new(vec![interest("碁", "", "", "遊び", "")]).unwrap_err();
        assert_eq!(unknown.to_string(), "「碁」 names 「遊び」, which is no term of its own");
        let circle = Thesaurus::new(vec![interest("a", "", "", "b", ""), interest("b", "", "", "a", "")]);
        assert_eq!(circle.unwrap_err(), ThesaurusError::Circle("a".into()));
    }
}
