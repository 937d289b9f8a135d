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
            interest("チェス", "ちぇす", "", "盤上の遊び", ""),
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
        assert!(!igo.contains_key(&t.meant_by("チェス")[0]), "not everything below the same wider term is near");
        assert_eq!(t.around(board)[&t.meant_by("囲碁")[0]], Closeness::Same);
        assert_eq!(t.around(t.meant_by("科学")[0])[&t.meant_by("天文")[0]], Closeness::Same);
    }

    #[test]
    fn words_are_found_in_running_text_but_not_inside_others() {
        let t = small();
        let found = |text: &str| terms(&t, t.occurring_in(text));
        assert_eq!(found("毎週、碁会と星空の観察をします"), ["囲碁", "天文"]);
        assert!(found("思いもよらない").is_empty());
        assert!(found("AAA 会員").is_empty());
        assert_eq!(found("AA のつどい"), ["いも"]);
    }

    fn troubled() -> Thesaurus {
        let trouble = |it: Interest| Interest { kind: InterestKind::Trouble, ..it };
        Thesaurus::new(vec![
            interest("おしゃべり", "", "", "", ""),
            trouble(interest("お金の相談", "", "生活に困る", "", "")),
            trouble(interest("借金", "しゃっきん", "返せない借金", "お金の相談", "おしゃべり")),
            trouble(interest("死別", "しべつ", "亡くした;眠れない夜", "", "借金")),
            interest("手芸", "しゅげい", "キルト", "", ""),
            interest("武道", "ぶどう", "", "", ""),
            interest("果樹", "", "ぶどう;話を聞く", "", ""),
        ])
        .unwrap()
    }

    #[test]
    fn a_trouble_is_answered_by_the_wider_one_and_is_near_no_other() {
        let t = troubled();
        let around = |word: &str| t.around(t.meant_by(word)[0]);
        assert_eq!(around("借金")[&t.meant_by("お金の相談")[0]], Closeness::Wider);
        assert_eq!(around("借金")[&t.meant_by("おしゃべり")[0]], Closeness::Near);
        assert!(!around("死別").contains_key(&t.meant_by("借金")[0]));
        assert_eq!(around("おしゃべり").len(), 1, "who likes to talk has no debts");
    }

    #[test]
    fn words_match_as_words_and_endings_as_endings() {
        let t = troubled();
        let found = |text: &str| terms(&t, t.occurring_in(text));
        for (text, expected) in [
            ("妻を亡くして二年", vec!["死別"]),
            ("生活に困っている方", vec!["お金の相談"]),
            ("パッチワークとキルト", vec!["手芸"]),
            ("きるとを縫う", vec!["手芸"]),
            ("できるとよい", vec![]),
            ("ぶどうを育てる", vec!["果樹"]),
            ("電話を聞く", vec![]),
            ("返せない 借金", vec!["借金"]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn what_a_clause_takes_back_is_not_offered() {
        let t = troubled();
        let offered = |text: &str| terms(&t, t.offered_in(text));
        assert_eq!(offered("キルトはしません。借金なし"), ["借金"]);
        assert_eq!(offered("キルトを縫います"), ["手芸"]);
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
