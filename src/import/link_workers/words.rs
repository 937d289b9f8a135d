//! Word lists of `words.toml`, folded for matching. This module does no I/O.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::Layer;
use crate::text::{ascii_numerals, fold};

/// `words.toml`, its words in the order of the file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkWorkerWordFile {
    /// Words that state the layer.
    pub layer: LayerWords,
    /// Words for roles.
    pub roles: RoleWords,
    /// Words for offices.
    pub offices: OfficeWords,
    /// Words for the whole municipality.
    pub whole: WordList,
    /// Suffixes of the name of an area.
    pub area: WordEndings,
    /// Words for a vacant post.
    pub vacant: WordList,
}

/// Words that state the layer, by layer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayerWords {
    /// Layer 1, anywhere in the text.
    pub one: Vec<String>,
    /// Layer 2, anywhere in the text.
    pub two: Vec<String>,
    /// Layer 1, only as the whole cell.
    pub one_whole: Vec<String>,
    /// Layer 2, only as the whole cell.
    pub two_whole: Vec<String>,
}

/// Words for roles, by layer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleWords {
    /// Health connectors (layer 1).
    pub one: Vec<String>,
    /// Community connectors (layer 2).
    pub two: Vec<String>,
    /// Roles of either layer.
    pub other: Vec<String>,
}

/// Words for offices, by kind.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficeWords {
    /// Offices of health connectors (layer 1).
    pub one: Vec<String>,
    /// Offices of community connectors (layer 2).
    pub two: Vec<String>,
    /// Offices in which somebody works at a desk.
    pub desks: Vec<String>,
    /// Associations of volunteers.
    pub volunteers: Vec<String>,
    /// Values that mean no office.
    pub none: Vec<String>,
}

/// A list of words of one kind.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordList {
    /// The words, as the file writes them.
    pub words: Vec<String>,
}

/// A list of suffixes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordEndings {
    /// The suffixes, as the file writes them.
    pub endings: Vec<String>,
}

/// A word as written, with its key for matching.
#[derive(Debug, Clone)]
pub(super) struct WordEntry {
    pub(super) written: String,
    pub(super) key: String,
}

/// The words as keys, ready for matching.
#[derive(Debug)]
pub(super) struct LinkWorkerWords {
    layer: [Vec<WordEntry>; 2],
    layer_whole: [Vec<WordEntry>; 2],
    roles: [Vec<WordEntry>; 2],
    other_roles: Vec<WordEntry>,
    offices: [Vec<WordEntry>; 2],
    desks: Vec<WordEntry>,
    volunteers: Vec<WordEntry>,
    no_office: Vec<WordEntry>,
    whole: Vec<WordEntry>,
    pub(super) endings: Vec<WordEntry>,
    vacant: Vec<WordEntry>,
}

/// The layer that a text states or implies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RoleStatement {
    Layer(Layer),
    /// Both layers, so that it is undecided.
    Both,
    Nothing,
}

static WORDS: LazyLock<LinkWorkerWords> = LazyLock::new(|| LinkWorkerWords::new(file()));

/// The table as it is written, for documentation.
///
/// # Panics
///
/// Never: a test reads it.
pub fn file() -> LinkWorkerWordFile {
    toml::from_str(include_str!("words.toml")).expect("the tests read words.toml")
}

/// The key of a text for matching: folded, with kanji numerals as digits.
pub(super) fn key(text: &str) -> String {
    ascii_numerals(&fold(text))
}

impl LinkWorkerWords {
    pub(super) fn get() -> &'static Self {
        &WORDS
    }

    fn new(file: LinkWorkerWordFile) -> Self {
        let keyed = |words: Vec<String>| -> Vec<WordEntry> {
            words.into_iter().map(|written| WordEntry { key: key(&written), written }).collect()
        };
        Self {
            layer: [keyed(file.layer.one), keyed(file.layer.two)],
            layer_whole: [keyed(file.layer.one_whole), keyed(file.layer.two_whole)],
            roles: [keyed(file.roles.one), keyed(file.roles.two)],
            other_roles: keyed(file.roles.other),
            offices: [keyed(file.offices.one), keyed(file.offices.two)],
            desks: keyed(file.offices.desks),
            volunteers: keyed(file.offices.volunteers),
            no_office: keyed(file.offices.none),
            whole: keyed(file.whole.words),
            endings: keyed(file.area.endings),
            vacant: keyed(file.vacant.words),
        }
    }

    /// The layer that a cell in a column of layers states.
    pub(super) fn layer_in_cell(&self, text: &str) -> RoleStatement {
        let key = key(text);
        let is = |words: &[WordEntry]| words.iter().any(|word| word.key == key);
        match [is(&self.layer_whole[0]), is(&self.layer_whole[1])] {
            [true, _] => RoleStatement::Layer(Layer::One),
            [_, true] => RoleStatement::Layer(Layer::Two),
            _ => self.layer_in_text(text),
        }
    }

    /// The layer that any text states explicitly; nothing if a role beside it has layers of its own.
    pub(super) fn layer_in_text(&self, text: &str) -> RoleStatement {
        let key = key(text);
        if self.other_roles.iter().filter(|word| word.key.chars().count() >= 8).any(|word| key.contains(&word.key)) {
            return RoleStatement::Nothing;
        }
        // 11層 is not 1層.
        let stands = |word: &WordEntry| {
            let starts = key.match_indices(word.key.as_str()).map(|(at, _)| at);
            starts.into_iter().any(|at| {
                let digit_before = key[..at].ends_with(|c: char| c.is_ascii_digit());
                !(digit_before && word.key.starts_with(|c: char| c.is_ascii_digit()))
            })
        };
        let [one, two] = [&self.layer[0], &self.layer[1]].map(|words| words.iter().any(stands));
        // 「1・2層」, 「1〜2層」
        let run = ["1・2層", "1.2層", "1,2層", "1-2層", "1~2層", "1/2層", "1と2層", "12層"];
        if (one && two) || run.iter().any(|both| key.contains(&self::key(both))) {
            return RoleStatement::Both;
        }
        match [one, two] {
            [true, _] => RoleStatement::Layer(Layer::One),
            [_, true] => RoleStatement::Layer(Layer::Two),
            _ => RoleStatement::Nothing,
        }
    }

    /// The layer that a role implies.
    pub(super) fn layer_of_role(&self, text: &str) -> RoleStatement {
        by_longest(&key(text), &self.roles)
    }

    /// The layer that an office implies.
    pub(super) fn layer_of_office(&self, text: &str) -> RoleStatement {
        by_longest(&key(text), &self.offices)
    }

    /// The longest known role in `text`, as the table writes it.
    pub(super) fn role_in(&self, text: &str) -> Option<&str> {
        let key = key(text);
        // Of spellings with one key, the first of the table.
        let words = self.roles.iter().flatten().rev().filter(|word| key.contains(&word.key));
        words.max_by_key(|word| word.key.chars().count()).map(|word| word.written.as_str())
    }

    /// Whether `text` is a role, apart from surrounding signs.
    pub(super) fn is_role(&self, text: &str) -> bool {
        let key = key(text);
        let other = |word: &WordEntry| key.ends_with(word.key.as_str());
        self.roles.iter().flatten().any(|word| key.contains(&word.key)) || self.other_roles.iter().any(other)
    }

    /// Whether somebody works at a desk in this office.
    pub(super) fn is_desk(&self, office: &str) -> bool {
        let key = key(office);
        let has = |words: &[WordEntry]| words.iter().any(|word| key.contains(&word.key));
        has(&self.desks) && !has(&self.volunteers)
    }

    /// Whether this is an association of volunteers.
    pub(super) fn is_volunteers(&self, office: &str) -> bool {
        let key = key(office);
        self.volunteers.iter().any(|word| key.contains(&word.key))
    }

    /// Whether `office` means that there is none.
    pub(super) fn is_no_office(&self, office: &str) -> bool {
        is_one(office, &self.no_office)
    }

    /// Whether `area` is the whole municipality called `city`.
    pub(super) fn is_whole(&self, area: &str, city: &str) -> bool {
        let (area, city) = (key(area), key(city));
        let area = area.trim_matches(|c| "()".contains(c));
        let is_word = |text: &str| self.whole.iter().any(|word| word.key == text);
        let behind_city = area.strip_prefix(city.as_str()).filter(|_| !city.is_empty());
        // 養父市, 養父市内, 養父市全域
        let is_city = behind_city.is_some_and(|rest| {
            rest.is_empty() || rest == "内" || is_word(rest) || is_word(rest.trim_start_matches('内'))
        });
        is_word(area) || is_city
    }

    /// Whether `person` means that the post is vacant.
    pub(super) fn is_vacant(&self, person: &str) -> bool {
        is_one(person.trim_matches(|c| "()（）【】[]".contains(c)), &self.vacant)
    }
}

fn is_one(text: &str, words: &[WordEntry]) -> bool {
    let key = key(text);
    words.iter().any(|word| word.key == key)
}

/// The layer of the longest word in `key`; both if each layer has a word outside of the other's.
fn by_longest(key: &str, words: &[Vec<WordEntry>; 2]) -> RoleStatement {
    let longest = |words: &[WordEntry]| {
        let found = words.iter().filter(|word| key.contains(word.key.as_str()));
        found.max_by_key(|word| word.key.len()).map(|word| word.key.clone())
    };
    match [longest(&words[0]), longest(&words[1])] {
        [Some(_), None] => RoleStatement::Layer(Layer::One),
        [None, Some(_)] => RoleStatement::Layer(Layer::Two),
        [Some(one), Some(two)] if one.contains(&two) => RoleStatement::Layer(Layer::One),
        [Some(one), Some(two)] if two.contains(&one) => RoleStatement::Layer(Layer::Two),
        [Some(_), Some(_)] => RoleStatement::Both,
        [None, None] => RoleStatement::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layer_is_known_however_it_is_written() {
        let words = LinkWorkerWords::get();
        for text in [
            "1層",
            "１層",
            "第1層",
            "第一層",
            "一層",
            "Ⅰ",
            "①",
            "1",
            "1層（医療・介護）",
            "健康コネクター",
            "連携役（1層）",
        ] {
            assert_eq!(words.layer_in_cell(text), RoleStatement::Layer(Layer::One), "{text}");
        }
        for text in ["2層", "第２層", "第二層", "二層", "Ⅱ", "②", "2", "地域コネクター（2層）"] {
            assert_eq!(words.layer_in_cell(text), RoleStatement::Layer(Layer::Two), "{text}");
        }
        for text in ["1層・2層", "1・2層", "第1層／第2層"] {
            assert_eq!(words.layer_in_cell(text), RoleStatement::Both, "{text}");
        }
        for text in ["3層", "11層", "", "区分なし", "第2層生活支援コーディネーター"] {
            assert_eq!(words.layer_in_cell(text), RoleStatement::Nothing, "{text}");
        }
    }

    #[test]
    fn the_layer_follows_from_the_role_where_it_can() {
        let words = LinkWorkerWords::get();
        for (role, layer) in [
            ("保健師", RoleStatement::Layer(Layer::One)),
            ("ＭＳＷ", RoleStatement::Layer(Layer::One)),
            ("主任介護支援専門員", RoleStatement::Layer(Layer::One)),
            ("訪問看護師", RoleStatement::Layer(Layer::One)),
            ("民生・児童委員", RoleStatement::Layer(Layer::Two)),
            ("主任児童委員", RoleStatement::Layer(Layer::Two)),
            ("ふれあい訪問員", RoleStatement::Layer(Layer::Two)),
            ("保健師・民生委員", RoleStatement::Both),
            ("生活支援コーディネーター", RoleStatement::Nothing),
            ("相談員", RoleStatement::Nothing),
        ] {
            assert_eq!(words.layer_of_role(role), layer, "{role}");
        }
    }

    #[test]
    fn the_whole_municipality_is_known_by_its_words_and_its_name() {
        let words = LinkWorkerWords::get();
        for area in
            ["全域", "市内全域", "養父市", "養父市内", "養父市全域", "養父市内全域", "（市内一円）", "地区を問わず"]
        {
            assert!(words.is_whole(area, "養父市"), "{area}");
        }
        for area in ["八鹿", "養父", "養父市八鹿町", "八鹿町全域"] {
            assert!(!words.is_whole(area, "養父市"), "{area}");
        }
    }

    #[test]
    fn a_volunteers_association_has_no_desk() {
        let words = LinkWorkerWords::get();
        for (office, desk) in [
            ("養父市社会福祉協議会 大屋支部", true),
            ("八鹿地域包括支援センター", true),
            ("八鹿地区民生委員児童委員協議会", false),
            ("養父市老人クラブ連合会", false),
            ("大谷区", false),
        ] {
            assert_eq!(words.is_desk(office), desk, "{office}");
        }
    }
}
