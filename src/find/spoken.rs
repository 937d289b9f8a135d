//! Spoken and western Japanese of a wish as the thesaurus writes it: 「家内がぼけてしもうて」 is 「妻がぼけてしまって」.
//!
//! Two rules and a table, `spoken.toml`. Nothing that is shown is changed. This module does no I/O.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::is_kanji;

/// Kana before which ん denies: 動かん, 行けん, 食べん.
const DENIED: &str = "かがさざただなばぱまらわけげせぜてでねべめれえ";
/// What follows a ん that denies; anything else makes it a part of a word.
const BEHIND_DENIAL: [&str; 24] = [
    "日",
    "時",
    "人",
    "こと",
    "とき",
    "ほど",
    "まま",
    "ばか",
    "よう",
    "けど",
    "けれど",
    "から",
    "ので",
    "のや",
    "ねん",
    "くて",
    "なっ",
    "なる",
    "し",
    "わ",
    "と",
    "で",
    "の",
    "ま",
];

static FORMS: LazyLock<SpokenForms> = LazyLock::new(SpokenForms::built_in);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SpokenFile {
    people: BTreeMap<String, String>,
    endings: BTreeMap<String, String>,
}

/// The table, the longest form first.
struct SpokenForms(Vec<(Vec<char>, String)>);

impl SpokenForms {
    fn built_in() -> Self {
        let file: SpokenFile = toml::from_str(include_str!("spoken.toml")).expect("spoken.toml is checked by a test");
        let all = file.people.into_iter().chain(file.endings);
        let mut forms: Vec<(Vec<char>, String)> =
            all.map(|(spoken, written)| (spoken.chars().collect(), written)).collect();
        forms.sort_by_key(|(spoken, _)| std::cmp::Reverse(spoken.len()));
        Self(forms)
    }

    fn at<'a>(&'a self, text: &[char]) -> Option<(usize, &'a str)> {
        let found = self.0.iter().find(|(spoken, _)| text.starts_with(spoken));
        found.map(|(spoken, written)| (spoken.len(), written.as_str()))
    }
}

/// `text` as the thesaurus would write it; the same text where nothing in it is spoken.
pub(super) fn written(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut written = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        // A form begins behind something: 「てる」 alone is none.
        if let Some((length, form)) = FORMS.at(&chars[at..]) {
            written.push_str(form);
            at += length;
        } else if denies(&chars, at) {
            written.push_str("ない");
            at += 1;
        } else if softened(&chars, at) {
            written.push('く');
            at += 1;
        } else {
            written.push(chars[at]);
            at += 1;
        }
    }
    without_inflected_denial(&written)
}

/// Whether the ん at `at` denies a verb.
fn denies(chars: &[char], at: usize) -> bool {
    let is_verb = at > 0 && DENIED.contains(chars[at - 1]);
    let rest: String = chars[at + 1..].iter().take(3).collect();
    chars[at] == 'ん' && is_verb && (rest.is_empty() || BEHIND_DENIAL.iter().any(|end| rest.starts_with(end)))
}

/// Whether the う at `at` stands for the く of an adjective: 痛うて, 悪うて.
fn softened(chars: &[char], at: usize) -> bool {
    chars[at] == 'う' && at > 0 && is_kanji(chars[at - 1]) && chars.get(at + 1) == Some(&'て')
}

/// 「動かないようになった」 is 「動かなくなった」.
fn without_inflected_denial(text: &str) -> String {
    text.replace("ないようにな", "なくな").replace("ないな", "なくな")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spoken_words_are_read_as_the_thesaurus_writes_them() {
        for (spoken, expected) in [
            ("家内がぼけてしもうて", "妻がぼけてしまって"),
            ("去年嫁はんに死なれてから", "去年妻に死なれてから"),
            ("昼間から飲んどる", "昼間から飲んでいる"),
            ("ごはんも作れへん", "ごはんも作れない"),
            ("右手が動かんけど", "右手が動かないけど"),
            ("家内をひとりで置いて出られん", "妻をひとりで置いて出られない"),
            ("膝が痛うて歩けん", "膝が痛くて歩けない"),
            ("話し相手がおらん", "話し相手がいない"),
            ("人と話すのはしんどい", "人と話すのはつらい"),
            ("買い物に行けんようになった", "買い物に行けなくなった"),
            ("さびしゅうてかなわん", "さびしくてかなわない"),
            ("夜ねられへん", "夜ねられない"),
            ("眠れなくなっちゃった", "眠れなくなってしまった"),
            ("ひとりで暮らしとる", "ひとりで暮らしている"),
        ] {
            assert_eq!(written(spoken), expected);
        }
    }

    #[test]
    fn what_is_written_already_stays() {
        for text in
            ["囲碁", "かんたんな料理", "みんなで歌う", "ほんを読む", "パンづくり", "お茶とおしゃべり", "けん玉", "天文"]
        {
            assert_eq!(written(text), text);
        }
    }
}
