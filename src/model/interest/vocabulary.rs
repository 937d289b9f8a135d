//! The words of the thesaurus, and where they stand in running text.
//!
//! Words match as words: a change of script parts them, a word of one character stands alone, kana inside of other kana
//! is none, and an ending may be inflected (亡くした finds 亡くして, 眠れない finds 眠れず). This takes the place of a
//! morphological analyser (ARCHITECTURE.md, "What we chose differently"). This module does no I/O.

use std::collections::HashMap;

use super::Interest;
use super::running_text::{CharScript, PARTICLES, RunningText};
use crate::text::fold;

/// The longest reading that must stand alone: longer ones are unmistakable.
const LONG_KANA: usize = 4;
/// Particles that are written for each other: 体力がいる, 体力のいる; 免許を返す, 免許も返す.
const ALIKE: [char; 5] = ['の', 'が', 'は', 'も', 'を'];
/// The ends of words that are inflected.
const INFLECTED: [char; 12] = ['る', 'い', 'た', 'う', 'く', 'す', 'む', 'ぶ', 'ぐ', 'つ', 'だ', 'ぬ'];
/// How a word in ない may end otherwise.
const NEGATIVE_ENDS: [&str; 5] = ["なく", "なかった", "ず", "ません", "なさ"];
/// The shortest stem that is searched for by itself.
const SHORTEST_STEM: usize = 3;

/// A word of the thesaurus in running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TermOccurrence<'a> {
    /// The terms that the word means.
    pub interests: &'a [usize],
    /// The first character of the word in the folded text, and how many there are.
    pub start: usize,
    /// The number of characters.
    pub len: usize,
}

/// What a word is made of, which decides where it is a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WordForm {
    Katakana,
    Hiragana,
    /// The reading of a term: kana that must stand alone.
    Reading,
    Other,
}

#[derive(Debug, Clone)]
struct SearchedWord {
    chars: Vec<char>,
    form: WordForm,
    /// Whether an ending must follow: the word is a stem.
    stem: bool,
    /// How many kanji it begins and ends with.
    kanji: (usize, usize),
    interests: Vec<usize>,
}

/// The words of all terms.
#[derive(Debug, Clone, Default)]
pub(super) struct Vocabulary {
    /// The interests that each folded word means as a whole phrase.
    by_word: HashMap<String, Vec<usize>>,
    /// Words by their first character, the longest first.
    by_start: HashMap<char, Vec<SearchedWord>>,
}

impl Vocabulary {
    pub(super) fn new(interests: &[Interest]) -> Self {
        let mut vocabulary = Self::default();
        for (at, interest) in interests.iter().enumerate() {
            vocabulary.add(&interest.term, at, forms_of(&interest.term, false));
            for word in &interest.synonyms {
                vocabulary.add(word, at, forms_of(word, false));
            }
            for phrase in &interest.whole_phrases {
                vocabulary.add(phrase, at, Vec::new());
            }
            // 「ナス・キュウリ」 covers two things; each part is a word of its own, too.
            for part in interest.term.split('・').filter(|part| *part != interest.term && part.chars().count() > 1) {
                vocabulary.add(part, at, forms_of(part, false));
            }
        }
        for (at, interest) in interests.iter().enumerate().filter(|(_, it)| !it.reading.is_empty()) {
            let is_spelling = vocabulary.by_word.get(&fold(&interest.reading)).is_some_and(|it| !it.contains(&at));
            if !is_spelling {
                vocabulary.add(&interest.reading, at, forms_of(&interest.reading, true));
            }
        }
        vocabulary.by_word.remove("");
        for words in vocabulary.by_start.values_mut() {
            words.sort_by(|a, b| b.chars.len().cmp(&a.chars.len()).then_with(|| a.chars.cmp(&b.chars)));
        }
        vocabulary
    }

    /// Registers a word of the term number `at`, and the forms under which running text is searched for it.
    fn add(&mut self, word: &str, at: usize, forms: Vec<SearchedWord>) {
        let meant = self.by_word.entry(fold(word)).or_default();
        if !meant.contains(&at) {
            meant.push(at);
        }
        for form in forms {
            self.register(form, at);
        }
    }

    fn register(&mut self, mut word: SearchedWord, at: usize) {
        let Some(first) = word.chars.first() else { return };
        let words = self.by_start.entry(*first).or_default();
        let known = words.iter_mut().find(|it| it.chars == word.chars && it.form == word.form && it.stem == word.stem);
        match known {
            Some(known) if known.interests.contains(&at) => {}
            Some(known) => known.interests.push(at),
            None => {
                word.interests.push(at);
                words.push(word);
            }
        }
    }

    /// The interests that a whole phrase means.
    pub(super) fn meant_by(&self, phrase: &str) -> &[usize] {
        self.by_word.get(&fold(phrase)).map_or(&[], Vec::as_slice)
    }

    /// Every folded word with what it means.
    pub(super) fn words(&self) -> impl Iterator<Item = (&str, &[usize])> {
        self.by_word.iter().map(|(word, meant)| (word.as_str(), meant.as_slice()))
    }

    /// The words that stand in `text`, in its order; of overlapping ones the longest.
    pub(super) fn occurring_in<'a>(&'a self, text: &RunningText) -> Vec<TermOccurrence<'a>> {
        let mut found = Vec::new();
        let mut start = 0;
        while start < text.chars.len() {
            let words = self.by_start.get(&text.chars[start]);
            let Some(word) = words.and_then(|words| words.iter().find(|word| word.stands_at(text, start))) else {
                start += 1;
                continue;
            };
            found.push(TermOccurrence { interests: &word.interests, start, len: word.chars.len() });
            start += word.chars.len();
        }
        found
    }
}

/// The forms under which a word is searched: itself, and stems of an inflected one.
fn forms_of(word: &str, reading: bool) -> Vec<SearchedWord> {
    let text = RunningText::new(word);
    let scripts: Vec<CharScript> = (0..text.chars.len()).filter_map(|at| text.script(at)).collect();
    let all = |script| scripts.iter().all(|it| *it == script);
    let form = match () {
        () if reading => WordForm::Reading,
        () if all(CharScript::Hiragana) => WordForm::Hiragana,
        () if all(CharScript::Katakana) => WordForm::Katakana,
        () => WordForm::Other,
    };
    let kanji = |it: &&CharScript| **it == CharScript::Kanji;
    let edges = (scripts.iter().take_while(kanji).count(), scripts.iter().rev().take_while(kanji).count());
    let make = |chars: &[char], stem: bool| SearchedWord {
        chars: chars.to_vec(),
        form,
        stem,
        kanji: (edges.0, if chars.len() == text.chars.len() { edges.1 } else { 0 }),
        interests: Vec::new(),
    };
    let mut forms = vec![make(&text.chars, false)];
    let inflected =
        matches!(form, WordForm::Other | WordForm::Hiragana) && scripts.last() == Some(&CharScript::Hiragana);
    let Some((last, stem)) = text.chars.split_last() else { return forms };
    if inflected && INFLECTED.contains(last) && stem.len() >= SHORTEST_STEM {
        if let Some(before) = stem.strip_suffix(&['な']).filter(|_| *last == 'い') {
            let ends = NEGATIVE_ENDS.iter().map(|end| before.iter().copied().chain(end.chars()).collect::<Vec<char>>());
            forms.extend(ends.map(|chars| make(&chars, false)));
        } else {
            forms.push(make(stem, true));
        }
    }
    forms
}

impl SearchedWord {
    /// Whether this word stands in `text` at `start`, as a word.
    fn stands_at(&self, text: &RunningText, start: usize) -> bool {
        let end = start + self.chars.len();
        let Some(there) = text.chars.get(start..end) else { return false };
        let alike = |at: usize, own: char, other: char| own == other || self.is_particle(at) && ALIKE.contains(&other);
        if !self.chars.iter().zip(there).enumerate().all(|(at, (own, other))| alike(at, *own, *other)) {
            return false;
        }
        if self.stem && (text.script(end) != Some(CharScript::Hiragana) || text.ends(end) && !self.ends_in_kanji()) {
            return false;
        }
        match self.form {
            WordForm::Katakana => self.katakana_stands(text, start, end),
            WordForm::Reading => text.begins(start) && text.ends_or_particle(end) && self.chars.len() > 2,
            WordForm::Hiragana => self.hiragana_stands(text, start, end),
            WordForm::Other => self.other_stands(text, start, end),
        }
    }

    /// Whether the character at `at` is a particle within the word, behind a noun.
    fn is_particle(&self, at: usize) -> bool {
        at > 0
            && at + 1 < self.chars.len()
            && ALIKE.contains(&self.chars[at])
            && crate::text::is_kanji(self.chars[at - 1])
    }

    fn ends_in_kanji(&self) -> bool {
        self.chars.last().is_some_and(|c| crate::text::is_kanji(*c))
    }

    /// Katakana: at one end of its run at least; in hiragana only as the whole word.
    fn katakana_stands(&self, text: &RunningText, start: usize, end: usize) -> bool {
        let (begins, ends) = (text.begins(start), text.ends(end));
        match text.script(start) {
            Some(CharScript::Katakana) if self.chars.len() > 2 => begins || ends,
            Some(CharScript::Katakana) => begins && ends,
            _ => self.chars.len() > 2 && begins && text.ends_or_particle(end),
        }
    }

    /// Hiragana: short words stand by themselves or beside particles.
    fn hiragana_stands(&self, text: &RunningText, start: usize, end: usize) -> bool {
        match self.chars.len() {
            0 | 1 => false,
            2 => text.begins_or_subject(start) && text.ends_or_particle(end),
            3 => text.begins_or_particle(start),
            LONG_KANA.. => text.script(start) == Some(CharScript::Hiragana) || text.begins(start),
        }
    }

    /// Words with kanji or Latin letters: no part of a longer word that means something else.
    fn other_stands(&self, text: &RunningText, start: usize, end: usize) -> bool {
        let latin = |at: usize| text.script(at) == Some(CharScript::Latin);
        let in_latin = latin(start) && start > 0 && latin(start - 1) && !text.begins(start);
        if in_latin || latin(end - 1) && latin(end) && !text.ends(end) {
            return false;
        }
        let before = text.kanji_before(start);
        match self.kanji {
            _ if self.chars.len() == 1 => before == 0 && text.ends_noun(end),
            // 「電話を聞く」 has no 話を聞く.
            (1, _) if before > 0 && PARTICLES.contains(&self.chars[1]) => false,
            (_, 1) if text.kanji_follows(end) => false,
            // 「地域猫食堂」 has no 域猫: kanji pair up from one end.
            (first, _) if first > 0 && before % 2 == 1 => !text.kanji_follows(end),
            _ => true,
        }
    }
}
