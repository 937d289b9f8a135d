//! Text prepared for the search of words: folded characters that still know their script and where words may part.
//!
//! Japanese puts no spaces between words, but a change of script and a mark of punctuation do part them. Folding alone
//! forgets both (キルト and できると become alike). This module does no I/O.

use unicode_normalization::UnicodeNormalization as _;

use crate::text::{fold, is_kanji};

/// The script of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CharScript {
    Kanji,
    Hiragana,
    Katakana,
    /// Latin letters and digits.
    Latin,
    Mark,
}

/// Particles that may follow a noun.
pub(super) const PARTICLES: [char; 10] = ['を', 'に', 'の', 'は', 'が', 'と', 'で', 'も', 'や', 'へ'];

/// Numbers in kanji, and what they count: 一回, 三度, 毎週.
const NUMERALS: &str = "一二三四五六七八九十百数何毎半";
const COUNTERS: &str = "回度日週月年晩朝夜時分人枚曲冊杯本台点番";
/// Words for when something is, which no particle parts from the next word.
const TIMES: [&str; 22] = [
    "昔",
    "今",
    "今日",
    "明日",
    "昨日",
    "最近",
    "近頃",
    "今度",
    "時々",
    "以前",
    "将来",
    "普段",
    "現在",
    "去年",
    "昨年",
    "今年",
    "来年",
    "一日中",
    "一晩中",
    "本当",
    "一番",
    "全然",
];

/// The beginnings of longer particles behind a noun: 絵ばかり, 畑だけ.
const LONG_PARTICLES: [&str; 9] = ["ばかり", "ばっかり", "だけ", "など", "なんか", "より", "まで", "から", "くらい"];

/// How a clause ends that takes something back, and how far from it that may stand.
const DENIALS: [&str; 8] = ["ません", "なし", "ぬき", "抜き", "禁止", "以外", "しない", "お断り"];
const LONGEST_DENIAL: usize = 9;

/// The folded characters of a text.
#[derive(Debug, Default)]
pub(super) struct RunningText {
    pub(super) chars: Vec<char>,
    scripts: Vec<CharScript>,
    /// Whether something that was folded away stood before the character: a blank, a mark of punctuation.
    breaks: Vec<bool>,
}

impl RunningText {
    /// Folds `text` run by run, so that no script is forgotten.
    pub(super) fn new(text: &str) -> Self {
        let mut read = Self::default();
        let (mut run, mut script, mut parted) = (String::new(), CharScript::Mark, false);
        for c in text.nfkc() {
            let own = script_of(c, script);
            if own != script && !run.is_empty() {
                parted = read.push_run(&run, script, parted);
                run.clear();
            }
            script = own;
            run.push(c);
        }
        read.push_run(&run, script, parted);
        read
    }

    /// Appends a run of one script; returns whether the next run stands apart from what was written last.
    fn push_run(&mut self, run: &str, script: CharScript, parted: bool) -> bool {
        let before = self.chars.len();
        self.chars.extend(fold(run).chars());
        let count = self.chars.len() - before;
        self.scripts.extend(std::iter::repeat_n(script, count));
        self.breaks.extend((0..count).map(|nth| nth == 0 && parted));
        count == 0 && (parted || script == CharScript::Mark)
    }

    pub(super) fn script(&self, at: usize) -> Option<CharScript> {
        self.scripts.get(at).copied()
    }

    /// Whether a word may begin at `at`: the script changes there, or a mark stands before.
    pub(super) fn begins(&self, at: usize) -> bool {
        at == 0 || self.breaks.get(at).copied().unwrap_or(true) || self.script(at) != self.script(at - 1)
    }

    /// Whether a word may end before `at`.
    pub(super) fn ends(&self, at: usize) -> bool {
        at >= self.chars.len() || self.begins(at)
    }

    /// Whether a word may end before `at` because a particle follows.
    pub(super) fn ends_or_particle(&self, at: usize) -> bool {
        self.ends(at) || PARTICLES.contains(&self.chars[at])
    }

    /// Whether a noun of one character may end before `at`: what follows is no kanji and no ending of a verb.
    pub(super) fn ends_noun(&self, at: usize) -> bool {
        match self.script(at) {
            Some(CharScript::Kanji) => self.breaks[at],
            Some(CharScript::Hiragana) => {
                self.breaks[at] || PARTICLES.contains(&self.chars[at]) || self.begins_with_any(at, &LONG_PARTICLES)
            }
            _ => true,
        }
    }

    fn begins_with_any(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|word| word.chars().eq(self.chars[at..].iter().copied().take(word.chars().count())))
    }

    /// Whether a word may begin at `at` because a particle or an お of courtesy stands before.
    pub(super) fn begins_or_particle(&self, at: usize) -> bool {
        self.begins(at) || PARTICLES.contains(&self.chars[at - 1]) || self.chars[at - 1] == 'お'
    }

    /// Whether a short word may begin at `at`: 「夫がうつで」, but not 「碁をうつと」.
    pub(super) fn begins_or_subject(&self, at: usize) -> bool {
        let noun = |at: usize| matches!(self.script(at), Some(CharScript::Kanji | CharScript::Katakana));
        let subject = || at > 1 && noun(at - 2) && !self.breaks[at - 1];
        self.begins(at) || matches!(self.chars[at - 1], 'が' | 'は' | 'も' | 'の') && subject()
    }

    /// How many kanji of the same word may stand before `at`: none where those that do are a word of their own, as 一回 and 毎日
    /// before 絵 are.
    pub(super) fn kanji_before(&self, at: usize) -> usize {
        let count = self.kanji_in_run_before(at);
        if self.is_time_or_count(at - count, at) { 0 } else { count }
    }

    /// Whether the kanji from `start` to `end` say when or how often.
    fn is_time_or_count(&self, start: usize, end: usize) -> bool {
        let Some((counter, before)) = self.chars[start..end].split_last() else { return false };
        let is_number = |c: &char| NUMERALS.contains(*c);
        let digits = || start > 0 && self.chars[start - 1].is_ascii_digit();
        let is_count = COUNTERS.contains(*counter) && before.iter().all(is_number) && (!before.is_empty() || digits());
        let word: String = self.chars[start..end].iter().collect();
        is_count || TIMES.contains(&word.as_str())
    }

    /// How many kanji of the same run stand before `at`.
    fn kanji_in_run_before(&self, at: usize) -> usize {
        let mut first = at;
        while first > 0 && self.script(first - 1) == Some(CharScript::Kanji) && (first == at || !self.breaks[first]) {
            if first == at && self.breaks.get(at).copied().unwrap_or(false) {
                break;
            }
            first -= 1;
        }
        at - first
    }

    /// Whether the clause takes back what ends at `at`: 「お酒は出ません」, 「歌は歌いません」, 「酒ぬき」.
    pub(super) fn is_denied_after(&self, at: usize) -> bool {
        let parts = |it: usize| self.breaks[it] || self.scripts[it] == CharScript::Mark;
        let end = (at..self.chars.len()).find(|it| parts(*it)).unwrap_or(self.chars.len());
        if end - at > LONGEST_DENIAL {
            return false;
        }
        let rest: String = self.chars[at..end].iter().collect();
        DENIALS.iter().any(|denial| rest.ends_with(denial))
    }

    /// The runs of kanji, katakana or Latin letters outside of `known`, of two characters and more.
    pub(super) fn content_words(&self, known: &[bool]) -> Vec<String> {
        let content = |at: usize| !known[at] && !matches!(self.scripts[at], CharScript::Hiragana | CharScript::Mark);
        let mut words: Vec<String> = Vec::new();
        let mut word = String::new();
        for at in 0..=self.chars.len() {
            let goes_on = at < self.chars.len() && content(at) && (word.is_empty() || !self.begins(at));
            if goes_on {
                word.push(self.chars[at]);
                continue;
            }
            if word.chars().count() > 1 {
                words.push(std::mem::take(&mut word));
            }
            word.clear();
            if at < self.chars.len() && content(at) {
                word.push(self.chars[at]);
            }
        }
        words
    }

    /// Whether a kanji of the same run follows at `at`.
    pub(super) fn kanji_follows(&self, at: usize) -> bool {
        self.script(at) == Some(CharScript::Kanji) && !self.breaks[at]
    }
}

/// The script of `c`; a mark of length or iteration is of the script before it.
fn script_of(c: char, before: CharScript) -> CharScript {
    match c {
        'ー' | '々' | 'ゝ' | 'ゞ' | 'ヽ' | 'ヾ' if before != CharScript::Mark => before,
        '\u{3041}'..='\u{309f}' => CharScript::Hiragana,
        '\u{30a1}'..='\u{30fa}' | 'ー' => CharScript::Katakana,
        _ if is_kanji(c) || matches!(c, '々' | '〇') => CharScript::Kanji,
        _ if c.is_alphanumeric() => CharScript::Latin,
        _ => CharScript::Mark,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_scripts_and_its_gaps() {
        let text = RunningText::new("ｷﾙﾄ、できると 絵");
        assert_eq!(text.chars.iter().collect::<String>(), "きると、できると絵");
        let begins: Vec<usize> = (0..text.chars.len()).filter(|at| text.begins(*at)).collect();
        assert_eq!(begins, [0, 3, 4, 8]);
        assert_eq!(text.script(0), Some(CharScript::Katakana));
        assert_eq!(text.script(4), Some(CharScript::Hiragana));
    }

    #[test]
    fn kanji_are_counted_within_their_run() {
        let text = RunningText::new("地域猫、食堂の");
        assert_eq!([2, 4, 6].map(|at| text.kanji_before(at)), [2, 0, 2]);
        assert!(text.kanji_follows(2) && !text.kanji_follows(3) && !text.kanji_follows(6));
    }
}
