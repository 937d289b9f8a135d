//! Longest-match scanning: applies the table of phrases to a text.
//!
//! Sentence by sentence, from left to right, the longest word at each position; matched words are not scanned again.
//! Time depends on the length of the text, not of the table. This module does no I/O.

use serde::{Deserialize, Serialize};

use super::{Answers, PhraseEntry, PhraseMeaning, Phrases};
use crate::text::fold;

/// Kind of text: the same words mean more in a column of remarks than in a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScannedText {
    /// Short remarks (備考, 配慮, 対象), and columns of single facts.
    Remarks,
    /// Keywords.
    Keywords,
    /// Whole sentences (説明, アクセス方法).
    Sentences,
    /// Cost in free text.
    Cost,
    /// Schedule in free text.
    Schedule,
    /// Capacity in free text.
    Capacity,
}

impl ScannedText {
    /// How many kinds there are.
    pub const COUNT: usize = Self::Capacity as usize + 1;
}

/// A phrase found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPhrase {
    /// What the phrase states.
    pub meaning: PhraseMeaning,
    /// The source words, as written.
    pub words: String,
}

/// One folded sentence, mapped back to the words as written.
struct SentenceSpan<'t> {
    chars: Vec<char>,
    /// The parts between commas: the index of its first character, and the part as written.
    parts: Vec<(usize, &'t str)>,
}

impl Phrases {
    /// Finds every statement of `text`, in order of appearance; contradictions included.
    pub fn find(&self, text: &str, kind: ScannedText) -> Vec<FoundPhrase> {
        let ends = ['。', '\n', ';', '；', '※', '●', '■', '!', '！', '\r'];
        text.split(ends).flat_map(|sentence| self.find_in_sentence(&SentenceSpan::new(sentence), kind)).collect()
    }

    fn find_in_sentence(&self, sentence: &SentenceSpan<'_>, kind: ScannedText) -> Vec<FoundPhrase> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < sentence.chars.len() {
            let Some((length, entry)) = self.longest_at(&sentence.chars, at, kind) else {
                at += 1;
                continue;
            };
            let end = at + length;
            let (meanings, read_to) = self.meanings_of(entry, &sentence.chars, end, kind);
            let words = sentence.written(at, read_to);
            found.extend(meanings.into_iter().map(|meaning| FoundPhrase { meaning, words: words.clone() }));
            at = end.max(read_to);
        }
        found
    }

    fn longest_at(&self, chars: &[char], at: usize, kind: ScannedText) -> Option<(usize, &PhraseEntry)> {
        let words = self.by_first_char.get(&chars[at])?;
        words.iter().filter(|(word, _)| chars[at..].starts_with(word) && stands_alone(word, chars, at)).find_map(
            |(word, entry)| {
                let entry = &self.entries[*entry];
                let counts = match entry {
                    PhraseEntry::Phrase { only, .. } => only.is_empty() || only.contains(&kind),
                    PhraseEntry::Noun { .. } => true,
                };
                counts.then_some((word.len(), entry))
            },
        )
    }

    /// The meanings of a table word that ends at `end`, and how far its answer was read.
    fn meanings_of(
        &self,
        entry: &PhraseEntry,
        chars: &[char],
        end: usize,
        kind: ScannedText,
    ) -> (Vec<PhraseMeaning>, usize) {
        let answers = self.answers();
        match entry {
            PhraseEntry::Phrase { meaning: None, .. } => (Vec::new(), end),
            PhraseEntry::Phrase { meaning: Some(meaning), opposite, .. } => {
                let (meaning, to) = apply_negation(answers, *meaning, *opposite, (chars, end));
                (meaning.into_iter().collect(), to)
            }
            PhraseEntry::Noun { fact, bare, also } => {
                let (answer, to) = self.answer_after(chars, end);
                let alone = *bare && matches!(kind, ScannedText::Remarks | ScannedText::Keywords);
                let yes = answer.or_else(|| (alone && self.is_bare(chars, end)).then_some(true));
                let mut meanings: Vec<PhraseMeaning> =
                    yes.into_iter().map(|yes| PhraseMeaning::Fact(*fact, yes)).collect();
                if yes == Some(true) {
                    meanings.extend(also.iter().map(|fact| PhraseMeaning::Fact(*fact, true)));
                }
                (meanings, to)
            }
        }
    }

    /// The answer after a noun (「はありません」), and where it ends.
    fn answer_after(&self, chars: &[char], end: usize) -> (Option<bool>, usize) {
        let answers = self.answers();
        if longest(&answers.unsure, &chars[end..]).is_some() {
            return (None, end);
        }
        let at = skip_particles(answers, chars, end);
        if longest(&answers.unsure, &chars[at..]).is_some() {
            return (None, end);
        }
        let (yes, no) = (closed(&answers.assert, chars, at), closed(&answers.deny, chars, at));
        if no.is_some() && no >= yes {
            return (Some(false), no.map_or(end, |length| at + length));
        }
        let Some(length) = yes else {
            return counted(answers, chars, at).map_or((None, end), |(yes, to)| (Some(yes), to));
        };
        let after = at + length;
        if longest(&answers.unsure, &chars[after..]).is_some() {
            return (None, after);
        }
        match negation(answers, chars, after) {
            Some(to) => (Some(false), to),
            None => (Some(true), after),
        }
    }

    /// Whether a noun that ends at `end` stands alone: at the end, or in a list that no denial ends.
    fn is_bare(&self, chars: &[char], end: usize) -> bool {
        let Some(next) = chars.get(end) else { return true };
        if !"、()と".contains(*next) {
            return false;
        }
        let rest = &chars[end + 1..];
        let denied = (0..rest.len()).any(|i| longest(&self.answers().deny, &rest[i..]).is_some());
        let own = !rest.is_empty()
            && self
                .longest_at(rest, 0, ScannedText::Remarks)
                .is_some_and(|(_, e)| matches!(e, PhraseEntry::Phrase { .. }));
        !denied || own
    }
}

/// Word boundary check: two kana are a word only if no other kana precedes them: 「いす」, but not in 「アイス」.
fn stands_alone(word: &[char], chars: &[char], at: usize) -> bool {
    let is_kana = |c: char| ('\u{3041}'..='\u{3096}').contains(&c) || c == '-';
    word.len() > 2 || !is_kana(word[0]) || at == 0 || !is_kana(chars[at - 1])
}

/// `meaning` after negation: inverted, dropped because of a doubt, or unchanged.
fn apply_negation(
    answers: &Answers,
    meaning: PhraseMeaning,
    opposite: bool,
    (chars, end): (&[char], usize),
) -> (Option<PhraseMeaning>, usize) {
    if longest(&answers.unsure, &chars[end..]).is_some() {
        return (None, end);
    }
    match (negation(answers, chars, end), meaning) {
        (None, meaning) => (Some(meaning), end),
        (Some(to), PhraseMeaning::Fact(fact, yes)) if opposite => (Some(PhraseMeaning::Fact(fact, !yes)), to),
        (Some(to), _) => (None, to),
    }
}

/// The end of a negation that follows directly.
fn negation(answers: &Answers, chars: &[char], end: usize) -> Option<usize> {
    let at = skip_particles(answers, chars, end);
    // 「です」 before it does not connect: 「無料ですが駐車場はありません」.
    longest(&answers.negations, &chars[at..])
        .filter(|_| chars[end..at].iter().all(|c| !"、,:".contains(*c)))
        .map(|n| at + n)
}

fn skip_particles(answers: &Answers, chars: &[char], mut at: usize) -> usize {
    while let Some(length) = longest(&answers.particles, &chars[at..]) {
        at += length;
    }
    at
}

/// The length of the longest of `words` that is a prefix of `chars`.
fn longest(words: &[String], chars: &[char]) -> Option<usize> {
    let begins = |word: &&String| {
        let mut rest = chars.iter();
        word.chars().all(|c| rest.next() == Some(&c))
    };
    words.iter().filter(begins).map(|word| word.chars().count()).filter(|n| *n > 0).max()
}

/// Like [`longest`], but a single kanji counts only if no other kanji follows: 「有」, not 「有料」.
fn closed(words: &[String], chars: &[char], at: usize) -> Option<usize> {
    let is_kanji = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
    let length = longest(words, &chars[at..])?;
    let single_kanji = length == 1 && is_kanji(&chars[at]);
    (!single_kanji || !chars.get(at + 1).is_some_and(is_kanji)).then_some(length)
}

/// 「10台」, 「約20脚」: yes, unless the number is zero.
fn counted(answers: &Answers, chars: &[char], at: usize) -> Option<(bool, usize)> {
    let start = at + chars[at..].iter().take_while(|c| "約計全(".contains(**c)).count();
    let end = start + chars[start..].iter().take_while(|c| c.is_ascii_digit() || **c == ',').count();
    let counter = longest(&answers.counters, &chars[end..]).filter(|_| end > start)?;
    Some((chars[start..end].iter().any(|c| ('1'..='9').contains(c)), end + counter))
}

/// Splits a sentence after its commas; the comma in 「1,000円」 is none.
fn parts_of(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut before) = (Vec::new(), 0, ' ');
    let mut chars = text.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let next_is_digit = chars.peek().is_some_and(|(_, next)| next.is_numeric());
        if is_comma(c) && !(matches!(c, ',' | '，') && before.is_numeric() && next_is_digit) {
            let end = i + c.len_utf8();
            parts.push(&text[start..end]);
            start = end;
        }
        before = c;
    }
    parts.push(&text[start..]);
    parts
}

fn is_comma(c: char) -> bool {
    matches!(c, '、' | ',' | '，' | '・' | '･' | '/' | '／' | '　' | ' ')
}

impl<'t> SentenceSpan<'t> {
    fn new(text: &'t str) -> Self {
        let (mut chars, mut parts) = (Vec::new(), Vec::new());
        for part in parts_of(text) {
            parts.push((chars.len(), part));
            chars.extend(fold(part.trim_end_matches(is_comma)).chars());
            let ends_a_part = part.ends_with(|c: char| is_comma(c) && !c.is_whitespace());
            chars.extend(ends_a_part.then_some('、'));
        }
        Self { chars, parts }
    }

    /// The words as written around the characters from `start` to before `end`, from comma to comma.
    fn written(&self, start: usize, end: usize) -> String {
        let last_before = |at: usize| self.parts.partition_point(|(begin, _)| *begin <= at).saturating_sub(1);
        let (first, last) = (last_before(start), last_before(end.saturating_sub(1).max(start)));
        let words: String = self.parts[first..=last].iter().map(|(_, part)| *part).collect();
        words.trim_matches(|c: char| c.is_whitespace() || "、,，・/／".contains(c)).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AccessFact::*;
    use crate::model::{AccessFact, MeetingMode, Role, Status};

    fn facts(text: &str, kind: ScannedText) -> Vec<(AccessFact, bool)> {
        let found = Phrases::built_in().find(text, kind);
        found
            .into_iter()
            .filter_map(|f| if let PhraseMeaning::Fact(fact, yes) = f.meaning { Some((fact, yes)) } else { None })
            .collect()
    }

    #[test]
    fn remarks_say_what_a_person_would_read_in_them() {
        let cases: &[(&str, &[(AccessFact, bool)])] = &[
            (
                "椅子、段差なし、見学可、男性多め",
                &[(Chairs, true), (StepFree, true), (VisitFirst, true), (MenCome, true)],
            ),
            ("送迎あり", &[(PickUp, true)]),
            ("送迎あり（要相談）", &[]),
            ("送迎はありません", &[(PickUp, false)]),
            ("送迎なし", &[(PickUp, false)]),
            ("送迎の有無はお問い合わせください", &[]),
            ("送迎は応相談", &[]),
            ("見学不可", &[(VisitFirst, false)]),
            ("見学はできません", &[(VisitFirst, false)]),
            ("見学できます。", &[(VisitFirst, true)]),
            ("椅子はない", &[(Chairs, false)]),
            ("椅子、テーブルはありません", &[]),
            ("椅子席あり", &[(Chairs, true)]),
            ("段差が多い", &[(StepFree, false)]),
            ("段差はありません", &[(StepFree, true)]),
            ("満員", &[(Full, true)]),
            ("満員ではありません", &[(Full, false)]),
            ("定員に達したため募集停止", &[(Full, true), (Full, true)]),
            ("初回は玄関で待つ", &[(MetFirstTime, true)]),
            ("雨天中止", &[(RainCancels, true)]),
            ("雨天決行", &[(RainCancels, false)]),
            ("駐車場なし", &[(Parking, false)]),
            ("駐車スペース103台", &[(Parking, true)]),
            (
                "多目的トイレ有り;車椅子貸出有り;スロープ有り",
                &[(AccessibleToilet, true), (Toilet, true), (StepFree, true)],
            ),
            ("多目的トイレ１棟", &[(AccessibleToilet, true), (Toilet, true)]),
            ("男性歓迎、女性のみではない", &[(MenCome, true), (MenCome, true)]),
            ("女性のみ", &[(MenCome, false)]),
            ("予約不要・初心者歓迎・少人数", &[(BookingNeeded, false), (Beginners, true), (SmallGroup, true)]),
            ("要予約ではない", &[(BookingNeeded, false)]),
            ("アイスあり", &[]),
            ("車いす可", &[(Wheelchair, true)]),
            ("車いす不可", &[(Wheelchair, false)]),
            ("駐車場有料", &[]),
            ("筆談、磁気ループ", &[(HearingSupport, true), (HearingSupport, true)]),
            ("手話教室です", &[]),
            ("ひとりでも多くの方に", &[]),
            ("静かではない", &[(Quiet, false)]),
            ("力仕事なし", &[(Strenuous, false)]),
        ];
        for (text, expected) in cases {
            assert_eq!(&facts(text, ScannedText::Remarks), expected, "{text}");
        }
    }

    #[test]
    fn what_something_costs_is_free_only_where_it_says_so() {
        assert_eq!(facts("無料", ScannedText::Cost), [(FreeOfCharge, true)]);
        assert_eq!(facts("無料ではない", ScannedText::Cost), [(FreeOfCharge, false)]);
        assert_eq!(facts("大人300円、幼児無料", ScannedText::Cost), []);
        assert_eq!(facts("無料の休憩所です", ScannedText::Sentences), []);
        assert_eq!(facts("参加費無料", ScannedText::Sentences), [(FreeOfCharge, true)]);
    }

    #[test]
    fn stories_are_read_more_carefully_than_remarks() {
        assert_eq!(facts("名物は大きな椅子", ScannedText::Sentences), []);
        assert_eq!(facts("（屋内の）プールがある", ScannedText::Sentences), []);
        assert_eq!(facts("屋内", ScannedText::Remarks), [(Outdoor, false)]);
        assert_eq!(facts("椅子に座って体操します", ScannedText::Sentences), [(Chairs, true)]);
    }

    #[test]
    fn roles_status_and_mode_are_found_too() {
        let meanings = |text| {
            Phrases::built_in().find(text, ScannedText::Remarks).into_iter().map(|f| f.meaning).collect::<Vec<_>>()
        };
        assert_eq!(meanings("ボランティア募集"), [PhraseMeaning::Role(Role::Help)]);
        assert_eq!(meanings("将棋を教えてくれる方"), [PhraseMeaning::Role(Role::Teach)]);
        assert_eq!(meanings("現在、休館中"), [PhraseMeaning::Status(Status::Paused)]);
        assert_eq!(meanings("休止中ではない"), []);
        assert_eq!(meanings("電話相談のみ"), [PhraseMeaning::Mode(MeetingMode::Phone)]);
    }

    #[test]
    fn the_words_are_kept_as_they_were_written() {
        let found = Phrases::built_in().find("コーヒー100円、送迎は　ありません。見学可", ScannedText::Remarks);
        let words: Vec<&str> = found.iter().map(|f| f.words.as_str()).collect();
        assert_eq!(words, ["送迎は　ありません", "見学可"]);
    }
}
