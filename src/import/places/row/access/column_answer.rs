//! The answer of a column to its fact: yes, no or unknown, by its words, its number or its ending. This module does no I/O.

use std::sync::LazyLock;

use crate::import::cells::cell::Cell;
use crate::import::places::phrases::{FoundPhrase, PhraseMeaning, Phrases};
use crate::model::AccessFact;
use crate::text::fold;
use serde::Deserialize;

/// The words of `column_answer.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerWords {
    until: Vec<String>,
    ways: Vec<String>,
    booking: Vec<String>,
    no_booking: Vec<String>,
    toilets: Vec<String>,
    accessible_toilets: Vec<String>,
    of_toilets: Vec<String>,
    denials: Vec<String>,
}

static WORDS: LazyLock<AnswerWords> = LazyLock::new(|| {
    toml::from_str(include_str!("column_answer.toml")).expect("column_answer.toml is part of the program and tested")
});

/// The answer of a column to its fact.
pub(in crate::import::places::row) fn answer_of_column(
    phrases: &Phrases,
    fact: AccessFact,
    cell: Cell<'_>,
    found: &[FoundPhrase],
) -> Option<bool> {
    let direct = answer(phrases, cell.text).or_else(|| number(fact, cell.text));
    match (fact, is_inverted(fact, cell.heading)) {
        (AccessFact::StepFree, _) if direct == Some(false) && cell.heading.contains("情報") => return None,
        (AccessFact::BookingNeeded, _) if cell.text.starts_with('可') => return None,
        (AccessFact::Strenuous, _) if effort(cell.text).is_some() => return effort(cell.text),
        (AccessFact::BookingNeeded, _) if direct.is_none() && asks_for_booking(cell) => return Some(true),
        (_, turned) if direct.is_some() => return direct.map(|yes| yes != turned),
        _ => {}
    }
    let answers: Vec<bool> = found
        .iter()
        .filter_map(|f| if let PhraseMeaning::Fact(f, yes) = f.meaning { (f == fact).then_some(yes) } else { None })
        .collect();
    match answers.first() {
        Some(first) if answers.iter().all(|yes| yes == first) => Some(*first),
        Some(_) => None,
        None => counted(fact, cell.text)
            .or_else(|| found.is_empty().then(|| ending(cell.text))?)
            .or_else(|| (fact == AccessFact::Toilet && is_kind_of_toilet(cell.text)).then_some(true)),
    }
}

/// Whether `text` holds one of `words`.
fn has_one<S: AsRef<str>>(words: &[S], text: &str) -> bool {
    words.iter().any(|word| text.contains(word.as_ref()))
}

/// Whether a cell of a column of bookings says by when or by what way to book: 「前日15時まで」, 「電話予約」, 「LINEで申込み」.
fn asks_for_booking(cell: Cell<'_>) -> bool {
    let text = cell.text;
    let has = |words: &[String]| has_one(words, text);
    // 「12月3日」 below 「申込締切」.
    let is_day = ["締切", "締め切り", "〆切", "期限", "期間"].iter().any(|word| cell.heading.contains(word))
        && text.chars().any(char::is_numeric);
    let is_deadline =
        is_day || has(&WORDS.until) && (text.contains("まで") || text.contains('〆') || text.contains("締"));
    // 「1月20日までに電話」
    let is_deadline = is_deadline || text.contains("までに") && (has(&WORDS.ways) || has(&WORDS.booking));
    let by_way =
        has(&WORDS.ways) && (has(&WORDS.booking) || ["から", "にて", "で", "へ"].iter().any(|end| text.ends_with(end)));
    (is_deadline || by_way) && !has(&WORDS.no_booking)
}

/// 「洋式・手すり」, 「和式のみ」, 「車いす用」 in a column of toilets.
fn is_kind_of_toilet(text: &str) -> bool {
    let has = |words: &[String]| has_one(words, text);
    let is_doubtful =
        has_one(&["相談", "不明", "確認"], text) || has(&WORDS.denials) && !has_one(&["洋式", "和式"], text);
    !is_doubtful && (has(&WORDS.toilets) || has(&WORDS.accessible_toilets) || has(&WORDS.of_toilets))
}

/// Whether a column of toilets names one for wheelchairs; `None` where it says nothing or denies it.
pub(super) fn is_accessible_toilet(text: &str) -> Option<bool> {
    let has = |words: &[String]| has_one(words, text);
    (has(&WORDS.accessible_toilets) && !has(&WORDS.denials) && !has_one(&["相談", "不明", "確認"], text))
        .then_some(true)
}

/// Whether the heading asks for a toilet for wheelchairs: a no below it says nothing of other toilets.
pub(super) fn asks_for_accessible_toilet(heading: &str) -> bool {
    let has = |words: &[&str]| has_one(words, heading);
    has(&["トイレ", "便所", "手洗"])
        && (has_one(&WORDS.accessible_toilets, heading) || has(&["障害者", "障がい者", "身障者"]))
}

/// Whether a yes under this heading is a no to the fact: 「段差: あり」, 「屋内: ○」.
pub(super) fn is_inverted(fact: AccessFact, heading: &str) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| heading.contains(word));
    match fact {
        AccessFact::StepFree => {
            has(&["段差", "階段"]) && !has(&["段差なし", "段差無", "解消", "バリアフリー", "スロープ", "エレベーター"])
        }
        AccessFact::Outdoor => has(&["屋内", "室内"]) && !has(&["屋外", "野外", "戸外", "屋内外"]),
        _ => false,
    }
}

/// Physical strain: 「軽い」, 「きつい」.
fn effort(text: &str) -> Option<bool> {
    let begins = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
    match (begins(&["軽", "弱", "低", "小", "楽", "少"]), begins(&["重", "強", "高", "大", "きつ"])) {
        (true, false) => Some(false),
        (false, true) => Some(true),
        _ => None,
    }
}

/// `0` and `1`, and counts of countable things.
pub(super) fn number(fact: AccessFact, text: &str) -> Option<bool> {
    let number: u32 = fold(text).parse().ok()?;
    let is_counted =
        matches!(fact, AccessFact::Parking | AccessFact::Toilet | AccessFact::Chairs | AccessFact::MenCome);
    (number <= 1 || is_counted).then_some(number > 0)
}

/// 「約24台」, 「3名」 in a column of countable things.
fn counted(fact: AccessFact, text: &str) -> Option<bool> {
    let counters: &[char] = match fact {
        AccessFact::Parking => &['台'],
        AccessFact::Chairs => &['脚', '席'],
        AccessFact::MenCome => &['人', '名'],
        AccessFact::Toilet => &['基', '棟', 'か', '箇', 'ヶ'],
        _ => return None,
    };
    let folded = fold(text).replace(',', "");
    let counts: Vec<u64> = folded.split(counters).rev().skip(1).filter_map(trailing_number).collect();
    counts.iter().max().map(|most| *most > 0)
}

/// 「洋式あり」, 「専用なし」: the answer at the end of a short cell.
fn ending(text: &str) -> Option<bool> {
    let folded = fold(text);
    let ends = |words: &[&str]| folded.chars().count() <= 12 && words.iter().any(|word| folded.ends_with(word));
    match (ends(&["あり", "有り", "有"]), ends(&["なし", "無し", "無"])) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// The direct answer of a cell: a word for yes or no, alone or followed by a remark, a number or a new line.
pub(in crate::import::places::row) fn answer(phrases: &Phrases, text: &str) -> Option<bool> {
    let ends = |c: char| c.is_whitespace() || "。（(、，,:：;；・/／※【".contains(c);
    let head = text.split(ends).next().unwrap_or_default();
    let (answers, rest, head) = (phrases.answers(), &text[head.len()..], fold(head));
    let word = head.trim_end_matches(|c: char| c.is_ascii_digit() || "台脚席人名基".contains(c));
    let word = if word.is_empty() { &*head } else { word };
    let open = ["相談", "場合", "一部", "時期による", "不明"].iter().any(|doubt| rest.contains(doubt));
    let is_one_of = |words: &[String]| words.iter().any(|w| *w == head || *w == word);
    match (is_one_of(&answers.yes), is_one_of(&answers.no)) {
        (yes, no) if yes == no || open => None,
        (yes, _) => Some(yes),
    }
}

pub(super) fn trailing_number(text: &str) -> Option<u64> {
    let start =
        text.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
    text[start..].parse().ok()
}
