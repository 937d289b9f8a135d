//! Ruby (furigana) alignment: distributes the reading of a name over its characters.
//!
//! Kana in the name recur in the reading; what lies between them is the reading of the kanji between them. If exactly one
//! alignment exists, each run of kanji gets its own reading; otherwise the whole reading goes over the whole name. There is no
//! dictionary and no guess. This module does no I/O.

use unicode_normalization::UnicodeNormalization as _;

use crate::publish::ruby::{RubySegment, RubyText, plain};
use crate::text::{hiragana_char, is_hiragana, is_kanji, is_spoken_otherwise};

/// The longest name in characters that gets furigana: bounds the search, and real names are shorter.
const LONGEST: usize = 80;

/// A run of characters of one kind in a name.
#[derive(Debug, Clone, PartialEq)]
enum AlignmentRun {
    /// Characters that need a reading: kanji, digits, Latin.
    Read(String),
    /// Kana as written, and as hiragana.
    Kana(String, Vec<char>),
    /// Spaces, brackets and punctuation: not spoken.
    Silent(String),
}

/// Aligns the `reading` in kana with `name`; plain text if the name needs no reading or the reading is not kana.
pub fn align(name: &str, reading: &str) -> RubyText {
    let sounds: Option<Vec<char>> = reading.trim().nfkc().map(hiragana_char).collect();
    let is_sound = |c: &char| is_hiragana(*c) || is_silent(*c);
    let Some(sounds) = sounds.filter(|it| it.iter().all(is_sound) && it.iter().any(|c| is_hiragana(*c))) else {
        return plain(name);
    };
    let runs = runs(name);
    let is_read = |run: &AlignmentRun| matches!(run, AlignmentRun::Read(_));
    if name.chars().count().max(sounds.len()) > LONGEST || !runs.iter().any(is_read) {
        return plain(name);
    }
    let spoken: Vec<char> = sounds.iter().copied().filter(|c| !is_silent(*c)).collect();
    let align_runs = |runs: &[AlignmentRun], sounds: &[char]| {
        unique_alignment(runs, sounds).map(|shares| ruby_of_runs(runs, &shares, sounds))
    };
    let without_brackets = || align_runs(&brackets_unspoken(&runs), &spoken);
    align_runs(&runs, &sounds)
        .or_else(|| align_runs(&runs, &spoken))
        .or_else(without_brackets)
        .unwrap_or_else(|| vec![RubySegment::read(name, spoken.iter().collect::<String>())])
}

/// Whether a character is not spoken: a space, a bracket or punctuation.
fn is_silent(c: char) -> bool {
    c.is_whitespace()
        || "「」『』（）()［］[]【】〈〉《》<>＜＞".contains(c)
        || "・･、。，．,.!?！？/／&＆-‐–—―~〜～:：;；\"'“”’…☆★♪○●◎".contains(c)
}

/// Splits a name into runs.
fn runs(name: &str) -> Vec<AlignmentRun> {
    let mut runs: Vec<AlignmentRun> = Vec::new();
    let chars: Vec<char> = name.chars().collect();
    for (at, &c) in chars.iter().enumerate() {
        let kana = spoken_kana(c, [at.checked_sub(1).map(|before| chars[before]), chars.get(at + 1).copied()]);
        match (runs.last_mut(), kana) {
            (Some(AlignmentRun::Kana(text, sounds)), Some(kana)) => {
                text.push(c);
                sounds.push(kana);
            }
            (_, Some(kana)) => runs.push(AlignmentRun::Kana(c.to_string(), vec![kana])),
            (Some(AlignmentRun::Silent(text)), None) if is_silent(c) => text.push(c),
            (_, None) if is_silent(c) => runs.push(AlignmentRun::Silent(c.to_string())),
            (Some(AlignmentRun::Read(text)), None) => text.push(c),
            (_, None) => runs.push(AlignmentRun::Read(c.to_string())),
        }
    }
    runs
}

/// The same runs with all text in brackets as silent: 「針金アート（見本）」.
fn brackets_unspoken(runs: &[AlignmentRun]) -> Vec<AlignmentRun> {
    let mut silent: Vec<AlignmentRun> = Vec::new();
    let mut depth = 0usize;
    for run in runs {
        let (AlignmentRun::Read(text) | AlignmentRun::Kana(text, _) | AlignmentRun::Silent(text)) = run;
        let opens = text.chars().filter(|c| "（(［[【".contains(*c)).count();
        let closes = text.chars().filter(|c| "）)］]】".contains(*c)).count();
        let run = if depth > 0 || opens > 0 { AlignmentRun::Silent(text.clone()) } else { run.clone() };
        depth = (depth + opens).saturating_sub(closes);
        match (silent.last_mut(), run) {
            (Some(AlignmentRun::Silent(before)), AlignmentRun::Silent(text)) => *before += &text,
            (_, run) => silent.push(run),
        }
    }
    silent
}

/// A kana as hiragana, if it is spoken as written. The ヶ of a place name is not (it is が, か or こ) and joins the kanji before it.
fn spoken_kana(c: char, around: [Option<char>; 2]) -> Option<char> {
    let between_kanji = around.iter().all(|it| it.is_some_and(is_kanji));
    if is_spoken_otherwise(c, between_kanji) {
        return None;
    }
    let mut normal = std::iter::once(c).nfkc();
    let (first, rest) = (normal.next()?, normal.next());
    hiragana_char(first).filter(|kana| is_hiragana(*kana) && rest.is_none())
}

/// The ranges of `sounds` that belong to each run, if the alignment is unique.
fn unique_alignment(runs: &[AlignmentRun], sounds: &[char]) -> Option<Vec<(usize, usize)>> {
    let mut search = AlignmentSearch {
        runs,
        sounds,
        dead_ends: vec![false; (runs.len() + 1) * (sounds.len() + 1)],
        path: Vec::new(),
        found: Vec::new(),
    };
    search.search(0, 0);
    if search.found.len() == 1 { search.found.pop() } else { None }
}

/// Enumerates alignments and stops at the second; only a unique alignment is used.
struct AlignmentSearch<'a> {
    runs: &'a [AlignmentRun],
    sounds: &'a [char],
    /// Memoised dead ends, by run and position.
    dead_ends: Vec<bool>,
    path: Vec<(usize, usize)>,
    found: Vec<Vec<(usize, usize)>>,
}

impl AlignmentSearch<'_> {
    /// Depth-first search over the runs from `run` on, with the sounds from `at` on.
    fn search(&mut self, run: usize, at: usize) {
        let state = run * (self.sounds.len() + 1) + at;
        if self.found.len() > 1 || self.dead_ends[state] {
            return;
        }
        let before = self.found.len();
        match self.runs.get(run) {
            None if at == self.sounds.len() => self.found.push(self.path.clone()),
            None => {}
            Some(it) => {
                for end in self.ends(it, at) {
                    self.path.push((at, end));
                    self.search(run + 1, end);
                    self.path.pop();
                }
            }
        }
        self.dead_ends[state] = self.found.len() == before;
    }

    /// The possible ends of the reading of `run` if it begins at `at`.
    fn ends(&self, run: &AlignmentRun, at: usize) -> Vec<usize> {
        let rest = &self.sounds[at..];
        match run {
            AlignmentRun::Kana(_, kana) if rest.starts_with(kana) => vec![at + kana.len()],
            AlignmentRun::Kana(..) => Vec::new(),
            AlignmentRun::Silent(_) => vec![at + rest.iter().take_while(|c| is_silent(**c)).count()],
            AlignmentRun::Read(_) => (at + 1..=at + rest.iter().take_while(|c| !is_silent(**c)).count()).collect(),
        }
        .into_iter()
        .map(|end| self.past_spaces(run, end))
        .collect()
    }

    /// Skips spaces in the reading, which the name need not have.
    fn past_spaces(&self, run: &AlignmentRun, end: usize) -> usize {
        let spaces = || self.sounds[end..].iter().take_while(|c| c.is_whitespace()).count();
        if matches!(run, AlignmentRun::Silent(_)) { end } else { end + spaces() }
    }
}

/// Writes runs with their share of the sounds as ruby text.
fn ruby_of_runs(runs: &[AlignmentRun], shares: &[(usize, usize)], sounds: &[char]) -> RubyText {
    let share = |(from, to): (usize, usize)| sounds[from..to].iter().filter(|c| !is_silent(**c)).collect::<String>();
    let mut segments = RubyText::new();
    for (run, at) in runs.iter().zip(shares) {
        match run {
            AlignmentRun::Read(text) => segments.push(RubySegment::read(text, share(*at))),
            AlignmentRun::Kana(text, _) | AlignmentRun::Silent(text) => {
                match segments.last_mut().filter(|last| last.reading.is_none()) {
                    Some(last) => last.text += text,
                    None => segments.push(RubySegment::plain(text)),
                }
            }
        }
    }
    segments
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::publish::ruby::base_text;

    /// 「里さとの家いえ」 as 「里(さと)の家(いえ)」.
    fn shown(name: &str, reading: &str) -> String {
        let show =
            |ruby: RubySegment| ruby.reading.map_or(ruby.text.clone(), |reading| format!("{}({reading})", ruby.text));
        align(name, reading).into_iter().map(show).collect()
    }

    #[test]
    fn kana_in_the_name_part_the_reading() {
        for (name, reading, expected) in [
            ("ふれあいの里", "ふれあいのさと", "ふれあいの里(さと)"),
            ("大屋いきいきサロン", "オオヤイキイキサロン", "大屋(おおや)いきいきサロン"),
            ("里の家", "さとのいえ", "里(さと)の家(いえ)"),
            ("囲碁・将棋の会", "いご・しょうぎのかい", "囲碁(いご)・将棋(しょうぎ)の会(かい)"),
            ("お茶の間（八鹿）", "おちゃのま ようか", "お茶(ちゃ)の間(ま)（八鹿(ようか)）"),
            ("星を見る会", "ほしをみるかい", "星(ほし)を見(み)る会(かい)"),
            ("針金アート（見本）", "はりがねアート", "針金(はりがね)アート（見本）"),
            ("こころの電話 やぶ（見本）", "こころのでんわ やぶ", "こころの電話(でんわ) やぶ（見本）"),
            ("BIG LABO", "びっぐ らぼ", "BIG(びっぐ) LABO(らぼ)"),
            ("旭ヶ丘サロン", "あさひがおかさろん", "旭ヶ丘(あさひがおか)サロン"),
            ("ｻﾛﾝ八鹿", "さろん ようか", "ｻﾛﾝ八鹿(ようか)"),
        ] {
            assert_eq!(shown(name, reading), expected);
        }
    }

    #[test]
    fn what_is_not_clear_gets_one_reading_over_the_whole() {
        for (name, reading, expected) in [
            ("野の花の家", "ののはなののいえ", "野の花の家(ののはなののいえ)"),
            ("大谷ひろば", "おおたにこうえん", "大谷ひろば(おおたにこうえん)"),
            ("山々のの木", "やまやまのののき", "山々のの木(やまやまのののき)"),
        ] {
            assert_eq!(shown(name, reading), expected);
        }
    }

    #[test]
    fn what_is_no_reading_is_not_shown() {
        for reading in ["", " ", "大谷", "Otani", "おおたに1", "<script>", "・"] {
            assert_eq!(shown("大谷", reading), "大谷", "{reading}");
        }
        assert_eq!(shown("サロン", "さろん"), "サロン");
        assert_eq!(shown(&"谷".repeat(90), "たに"), "谷".repeat(90));
    }

    proptest! {
        #[test]
        fn nothing_of_a_name_is_lost_and_no_sound_is_added(
            name in "[大谷のサロン（） ーヶa1]{0,14}",
            reading in "[おたにのさろんー・ ]{0,20}",
        ) {
            let segments = align(&name, &reading);
            prop_assert_eq!(base_text(&segments), name);
            let read: String = segments.iter().filter_map(|it| it.reading.clone()).collect();
            prop_assert!(read.chars().all(|c| reading.contains(c)));
        }
    }
}
