//! What stands behind the name of a 大字: 丁目, house number, 小字, or something that makes it another name.
//!
//! This module does no I/O.

use super::key::{AddressKey, Breaks};
use super::town::TownPlace;
use crate::model::Position;

/// Keys that may follow the name of a 大字.
const BEHIND_A_TOWN: &[&str] = &["字", "地先", "地内", "無番地", "番外地", "付近", "ほが", "他", "区内"];

/// Words of a landmark, which の joins to the name of a 大字: 加保の県道ぞい, 関宮の個人の店.
const LANDMARKS: &[&str] = &[
    "前",
    "先",
    "裏",
    "横",
    "隣",
    "道",
    "沿",
    "ぞい",
    "店",
    "街",
    "駅",
    "停",
    "会館",
    "会堂",
    "会所",
    "公民館",
    "公園",
    "広場",
    "学校",
    "神社",
    "教会",
    "港",
    "土手",
    "河川敷",
    "個人",
    "事務所",
    "役場",
    "役所",
    "支所",
    "センター",
    "せんたー",
    "施設",
    "畑",
    "農園",
    "体育館",
    "病院",
    "図書館",
    "団地",
    "近く",
    "周辺",
    "各地",
    "全域",
];

/// Keys behind a name of which there is no 丁目.
const LOTS: &[&str] = &["字", "番外地", "無番地"];

/// Keys that make a number that of a storey.
const STOREYS: &[&str] = &["f", "階"];

/// Keys that make directions of a name although a gap precedes them: 中央町 から徒歩5分.
const DIRECTIONS: &[&str] = &["から", "がら", "より", "まで"];

/// Kanji that count plots in some prefectures: 甲123.
const PLOT_KANJI: &str = "甲乙丙丁戊己庚辛壬癸";

/// Keys that may follow a number in kanji behind a name; before anything else it is part of a longer name (建屋三谷).
const BEHIND_A_NUMERAL: &[&str] = &["番", "号", "丁", "地割"];

/// Keys that make a number part of a longer name: 東堀通11番町, 南1条.
const NAMES_GO_ON: &[&str] = &[
    "番町", "番丁", "条", "線", "町", "村", "軒", "本", "つ", "が", "里", "谷", "坪", "の町", "の丁", "番組", "番通",
    "号線", "反", "割", "島", "川", "木", "山", "田", "原", "野", "沢", "ツ", "日", "枚", "石", "宮", "丸",
];

/// The text behind a name, as far as its numbers go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct HouseNumber {
    /// Whether a name can end here.
    pub(super) may_end: bool,
    /// The first number.
    pub(super) first: Option<u32>,
    /// Whether the first number is written as 丁目.
    pub(super) is_chome: bool,
    /// How many numbers are joined: 3 in 2-2-45.
    pub(super) joined: u32,
    /// Whether it is written as a lot rather than as a 丁目: 番地, 字.
    pub(super) is_lot: bool,
}

impl HouseNumber {
    /// Reads on from `end`, where a name of one character at least ends.
    pub(super) fn behind(key: &AddressKey, end: usize) -> Self {
        let is_parted = key.breaks(end).any();
        let rest = key.rest(end);
        if is_parted && DIRECTIONS.iter().any(|word| rest.starts_with(word)) {
            return Self::default();
        }
        let at = if rest.starts_with('-') && key.is_digit(end + 1) { end + 1 } else { end };
        let is_storey = |to: usize| STOREYS.iter().any(|word| key.rest(to).starts_with(word));
        let Some((first, to)) = key.number(at).filter(|(_, to)| !(is_parted && is_storey(*to))) else {
            let is_lot = key.breaks(end).has(Breaks::AZA) || LOTS.iter().any(|word| rest.starts_with(word));
            return Self { may_end: is_parted || may_follow(key, end), is_lot, ..Self::default() };
        };
        let goes_on = end > 0 && key.is_digit(end - 1) && key.is_numeral(end - 1) == key.is_numeral(at);
        if at == end && goes_on && !is_parted {
            return Self::default();
        }
        let behind = key.rest(to);
        let is_number = !key.breaks(to).any() && NAMES_GO_ON.iter().any(|word| behind.starts_with(word));
        let is_numeral = at == end && !is_parted && key.is_numeral(at);
        let may_end = !is_number && (!is_numeral || may_follow_numeral(key, to));
        let is_chome = !key.breaks(to).any() && is_chome(key, to);
        let is_lot = ["番地", "番外地"].iter().any(|word| behind.starts_with(word));
        Self { may_end, first: Some(first), is_chome, joined: joined(key, to), is_lot }
    }
}

/// Whether a landmark stands behind a name of several characters that ends at `end`, or the name is said again: 千町 千町公会堂.
pub(super) fn is_followed_by_a_landmark(key: &AddressKey, at: usize, end: usize) -> bool {
    let is_said_again = (at..end.saturating_sub(1))
        .any(|from| key.breaks(end).any() && key.rest(end).starts_with(key.slice(from, end)));
    let word = key.word(end);
    let is_landmark = || word.starts_with('の') && LANDMARKS.iter().any(|landmark| word.contains(landmark));
    end - at >= 2 && (is_said_again || is_landmark())
}

/// Whether 丁目 follows the number that ends at `to`; some cities write 丁.
fn is_chome(key: &AddressKey, to: usize) -> bool {
    let behind = key.rest(to);
    behind.starts_with('丁') && !behind.starts_with("丁町")
}

/// Whether a number in kanji that ends at `to` is a house number.
fn may_follow_numeral(key: &AddressKey, to: usize) -> bool {
    let rest = key.rest(to);
    key.breaks(to).any()
        || BEHIND_A_NUMERAL.iter().any(|word| rest.starts_with(word))
        || rest.starts_with(['-', 'の']) && key.is_digit(to + 1)
}

/// How many numbers are joined, the first of which ends at `to`: by dashes or の, from the second on by 番 too.
fn joined(key: &AddressKey, mut to: usize) -> u32 {
    let mut count = 1;
    loop {
        let rest = key.rest(to);
        let words: &[&str] =
            if count == 1 { &["-", "の"] } else { &["-", "の", "番地の", "番地", "番の", "番"] };
        let word = words.iter().filter(|word| rest.starts_with(**word)).max_by_key(|word| word.len());
        let next = word.and_then(|word| key.number(to + word.chars().count()));
        let Some((_, end)) = next else { return count };
        (count, to) = (count + 1, end);
    }
}

/// Whether a name can end before the character at `end`, which is no digit: 字, a letter of a plot, の and a number.
fn may_follow(key: &AddressKey, end: usize) -> bool {
    let rest = key.rest(end);
    let Some(first) = rest.chars().next() else { return true };
    let is_letter = PLOT_KANJI.contains(first) || matches!(first, 'あ'..='ん');
    let counts = |at: usize| key.is_digit(at) || key.rest(at).starts_with('-') && key.is_digit(at + 1);
    let is_plot =
        is_letter && (counts(end + 1) || first != 'の' && key.rest(end + 1).starts_with('の') && key.is_digit(end + 2));
    let is_allotment = || {
        let number = key.number(end + 1).filter(|_| first == '第');
        number.is_some_and(|(_, to)| key.rest(to).starts_with("地割"))
    };
    is_plot || is_allotment() || BEHIND_A_TOWN.iter().any(|sign| rest.starts_with(sign))
}

/// The longest 小字 of `place` at `end` whose name ends at a valid boundary.
pub(super) fn small_area(key: &AddressKey, place: &TownPlace, end: usize) -> Option<Position> {
    let skipped = usize::from(key.rest(end).starts_with('字'));
    let froms = [end + skipped, end];
    froms.into_iter().skip(usize::from(skipped == 0)).find_map(|from| {
        name_ends(key, from, place.longest_small).find_map(|to| {
            let position = place.small_area(key, from, to)?;
            let is_name = (from..to).any(|at| !key.is_digit(at)) || is_numbered_area(key, from, to);
            (is_name && HouseNumber::behind(key, to).may_end).then_some(position)
        })
    })
}

/// Whether a number is the name of a 小字 and no house number: in kanji, behind 字 or before a number in digits.
fn is_numbered_area(key: &AddressKey, from: usize, to: usize) -> bool {
    let is_kanji = (from..to).all(|at| key.is_numeral(at));
    let is_behind_aza = key.breaks(from).has(Breaks::AZA) || from > 0 && key.slice(from - 1, from) == "字";
    is_kanji && (is_behind_aza || key.is_digit(to) && !key.is_numeral(to))
}

/// The ends of a name of at most `longest` characters at `from`, the farthest first. No name goes on behind a bracket that
/// opens, or in a second item.
pub(super) fn name_ends(key: &AddressKey, from: usize, longest: usize) -> impl Iterator<Item = usize> {
    let farthest = key.len().min(from + longest);
    let limit = (from + 1..farthest).find(|&at| key.breaks(at).has(Breaks::OPEN | Breaks::AND)).unwrap_or(farthest);
    (from + 1..=limit).rev()
}
