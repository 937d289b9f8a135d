//! Where a text names somebody whom no column announces: 「（代表 山田花子）」, 「会長：山田」, 「山田様方」, 「山田さんへ」.
//!
//! It needs no list of names: a role, a form of address or a house number says that a name stands beside it. Whatever could as
//! well be something else is no mention. This module does no I/O.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::name::{NameLikelihood, is_kana, is_name_space, is_ordinary, is_role, is_surname, likelihood};
use crate::privacy::words::{PeopleWords, PrivacyWordFile, masked};
use crate::text::{fold, is_kanji};

/// Separators between a role and a name.
const SEPARATORS: &str = " \u{3000}:：・＝=／/のは";

/// Opening and closing brackets.
const BRACKETS: [(char, char); 6] = [('（', '）'), ('(', ')'), ('【', '】'), ('［', '］'), ('[', ']'), ('〔', '〕')];

/// What a person is looked for beside, by its first character.
type MarkIndex = HashMap<char, Vec<(&'static str, MentionKind)>>;

/// Titles, forms of address and homes.
static MARKS: LazyLock<MarkIndex> = LazyLock::new(|| {
    let words = &PrivacyWordFile::get().people;
    let lists = [
        (&words.titles, MentionKind::WithRole),
        (&words.homes, MentionKind::Home),
        (&words.address_forms, MentionKind::Addressed),
    ];
    let mut marks = MarkIndex::new();
    for (mark, kind) in lists.into_iter().flat_map(|(list, kind)| list.iter().map(move |word| (word.as_str(), kind))) {
        marks.entry(mark.chars().next().unwrap_or_default()).or_default().push((mark, kind));
    }
    marks.values_mut().for_each(|marks| marks.sort_by_key(|(mark, _)| usize::MAX - mark.len()));
    marks
});

/// Ends of a clause.
const CLAUSE_ENDS: &str = "。\n；;";

/// How far behind 自宅 its address may stand, in characters.
const HOME_CHARS: usize = 18;

/// Longest run of characters that is looked at as a name.
const RUN_CHARS: usize = 6;

/// Last characters of words for people, whose form of address names nobody: 患者さん, 隊員さん.
const PEOPLE_ENDINGS: &str = "婦者員師屋士生手客母父親兄姉弟妹娘孫隊長主方人民会社園所署館店課係室局婆爺供達等各諸皆何";

/// How a text names somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MentionKind {
    /// In a bracket behind an organisation; the text is whole without it.
    Bracketed,
    /// A private home.
    Home,
    /// With a form of address.
    Addressed,
    /// Behind a role.
    WithRole,
}

/// A person named in a text, as a range of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PersonMention {
    /// Its first byte.
    pub(crate) start: usize,
    /// Behind its last byte.
    pub(crate) end: usize,
    /// How the person is named.
    pub(crate) kind: MentionKind,
}

/// The persons named in `text`, in no order.
pub(crate) fn persons_in(text: &str) -> Vec<PersonMention> {
    let words = &PrivacyWordFile::get().people;
    let mut found = bracketed(text, words);
    found.extend(behind_titles(text, words));
    found.extend(with_forms(text, words));
    found
}

/// `text` without the brackets that name a person, and what stood in them.
pub(crate) fn without_bracketed_persons(text: &str) -> (String, Vec<String>) {
    let groups = bracketed(text, &PrivacyWordFile::get().people);
    let (mut kept, mut persons, mut from) = (String::with_capacity(text.len()), Vec::new(), 0);
    for group in groups {
        kept.push_str(&text[from..group.start]);
        persons.push(text[group.start..group.end].trim_matches(is_bracket).trim().to_owned());
        from = group.end;
    }
    kept.push_str(&text[from..]);
    (kept.trim().to_owned(), persons)
}

/// A sentence without the brackets and clauses that name a person; `None` if nothing is left.
pub(in crate::privacy) fn without_persons(text: &str) -> Option<String> {
    let (text, _) = without_bracketed_persons(text);
    let mentions = persons_in(&text);
    if mentions.is_empty() && !gives_a_home(&text) {
        return (!text.is_empty()).then_some(text);
    }
    let (mut kept, mut at) = (String::new(), 0);
    for clause in text.split_inclusive(|c| CLAUSE_ENDS.contains(c)) {
        let range = at..at + clause.len();
        let is_named = mentions.iter().any(|mention| mention.start < range.end && mention.end > range.start);
        if !is_named && !gives_a_home(clause) {
            kept.push_str(clause);
        }
        at = range.end;
    }
    (!kept.trim().is_empty()).then(|| kept.trim().to_owned())
}

/// Whether `text`, a venue or an address, is a private home: 山田宅, 会長宅, 自宅, 12番地 山田方.
pub(in crate::privacy) fn is_home(text: &str) -> bool {
    let words = &PrivacyWordFile::get().numbers;
    let folded = masked(&fold(text), &words.not_own);
    let is_own = ["自宅", "個人宅", "じたく"].iter().any(|word| folded.contains(word));
    is_own || persons_in(text).iter().any(|mention| mention.kind == MentionKind::Home)
}

/// Whether a clause gives the address of a home: 「自宅（広谷123）で」. Times, sums and dates are no house number.
fn gives_a_home(clause: &str) -> bool {
    let folded = masked(&fold(clause), &PrivacyWordFile::get().numbers.not_own);
    folded.match_indices("自宅").any(|(at, word)| {
        let behind: String = folded[at + word.len()..].chars().take(HOME_CHARS).collect();
        let mut numbers = behind.split(|c: char| !c.is_ascii_digit() && c != '-').filter(|run| !run.is_empty());
        let is_house = |run: &str| {
            let next = behind.split_once(run).and_then(|(_, next)| next.chars().next());
            next.is_none_or(|c| !"時分円人名回日月年:~〜週歳才代%".contains(c))
                && run.chars().any(|c| c.is_ascii_digit())
        };
        numbers.any(is_house)
    })
}

/// The brackets that hold a role with a name, or a family name and a given name.
fn bracketed(text: &str, words: &PeopleWords) -> Vec<PersonMention> {
    let mut found: Vec<PersonMention> = Vec::new();
    for (open, close) in BRACKETS {
        for (start, _) in text.match_indices(open) {
            let inner = start + open.len_utf8();
            let Some(length) = text[inner..].find(close) else { continue };
            let content = &text[inner..inner + length];
            if content.split(['、', ',', '，', '／', '/', '\n', ';', '；']).any(|part| is_person(part.trim(), words))
            {
                found.push(PersonMention {
                    start,
                    end: inner + length + close.len_utf8(),
                    kind: MentionKind::Bracketed,
                });
            }
        }
    }
    found.sort_by_key(|group| group.start);
    found.dedup_by(|next, before| next.start < before.end);
    found
}

/// Whether `part`, the words of a bracket, names a person.
fn is_person(part: &str, words: &PeopleWords) -> bool {
    let part = without_form(part, words);
    let title = words.titles.iter().find(|title| part.starts_with(title.as_str()));
    let behind =
        title.and_then(|title| name_behind(&part[title.len()..], words, Context { bracketed: true, job: false }));
    // 「山田花子代表」
    let before = words.titles.iter().find_map(|title| part.strip_suffix(title.as_str()));
    let is_named = |name: &str| likelihood(name) == NameLikelihood::Certain || is_surname(&fold(name));
    behind.is_some() || likelihood(part) == NameLikelihood::Certain || before.is_some_and(is_named)
}

fn without_form<'t>(part: &'t str, words: &PeopleWords) -> &'t str {
    words.address_forms.iter().find_map(|form| part.strip_suffix(form.as_str())).unwrap_or(part)
}

/// Names behind a title outside of brackets.
fn behind_titles(text: &str, words: &PeopleWords) -> Vec<PersonMention> {
    let (mut found, mut free_from) = (Vec::new(), 0);
    for (start, title, _) in marks_in(text).filter(|(_, _, kind)| *kind == MentionKind::WithRole) {
        let from = start + title.len();
        if start < free_from {
            continue;
        }
        free_from = from;
        let context = Context { bracketed: false, job: words.jobs.iter().any(|job| job == title) };
        if let Some(length) = name_behind(&text[from..], words, context) {
            found.push(PersonMention { start, end: from + length, kind: MentionKind::WithRole });
        }
    }
    found
}

/// Where a title stands.
#[derive(Debug, Clone, Copy)]
struct Context {
    bracketed: bool,
    /// Whether the title is also what somebody does, so that more words about it may follow: 講師 料理研究家.
    job: bool,
}

/// The length of the separator and the name with which `rest` begins, if a person's name stands there.
fn name_behind(rest: &str, words: &PeopleWords, context: Context) -> Option<usize> {
    let Context { bracketed, job } = context;
    let separator: String = rest.chars().take_while(|c| SEPARATORS.contains(*c)).take(4).collect();
    let behind = &rest[separator.len()..];
    let (name, length) = name_run(behind);
    let form = words.address_forms.iter().find(|form| behind[length..].starts_with(form.as_str()));
    let kind = likelihood(&name);
    let is_open = behind[length..]
        .chars()
        .next()
        .is_some_and(|c| is_kanji(c) || is_kana(c) && !"でへにがはのまをとか".contains(c));
    let chars = name.chars().filter(|c| !is_name_space(*c)).count();
    let loose = separator.contains(['の', 'は']);
    let is_name = match kind {
        _ if is_known(&name) => false,
        NameLikelihood::Certain => true,
        _ if form.is_some() => kind == NameLikelihood::Possible || is_surname(&fold(&name)),
        NameLikelihood::No => false,
        _ if loose || is_open && !bracketed => false,
        _ if separator.is_empty() => bracketed && chars >= 3,
        _ => chars >= 3 && !job || bracketed || separator.contains([':', '：', '・']) || is_surname(&fold(&name)),
    };
    is_name.then(|| separator.len() + length + form.map_or(0, String::len))
}

fn is_known(name: &str) -> bool {
    let folded = fold(name);
    is_ordinary(&folded) || is_role(&folded)
}

/// The run of kanji and katakana with which `text` begins, with a given name behind a space, and its length in bytes.
fn name_run(text: &str) -> (String, usize) {
    let is_letter = |c: char| is_kanji(c) || matches!(c, '\u{30a1}'..='\u{30fa}' | '々' | 'ー');
    let family: String = text.chars().take_while(|c| is_letter(*c)).take(RUN_CHARS + 2).collect();
    let rest = &text[family.len()..];
    let space = rest.chars().next().filter(|c| is_name_space(*c) && *c != '\n');
    let Some(space) = space.filter(|_| !family.is_empty() && family.chars().count() <= 4) else {
        let length = family.len();
        return (family, length);
    };
    let given: String = rest[space.len_utf8()..].chars().take_while(|c| is_letter(*c) || is_kana(*c)).collect();
    let whole = format!("{family} {given}");
    if given.chars().count() <= 4 && likelihood(&whole) != NameLikelihood::No {
        let length = family.len() + space.len_utf8() + given.len();
        return (whole, length);
    }
    let length = family.len();
    (family, length)
}

/// Names with a form of address, and homes.
fn with_forms(text: &str, words: &PeopleWords) -> Vec<PersonMention> {
    let mut found = Vec::new();
    for (at, form, kind) in marks_in(text).filter(|(_, _, kind)| *kind != MentionKind::WithRole) {
        if let Some(start) = name_before(text, at, form, kind, words) {
            found.push(PersonMention { start, end: at + form.len(), kind });
        }
    }
    found
}

/// The titles, forms of address and homes in `text`, with the bytes at which they begin; of one byte, the longest first.
fn marks_in(text: &str) -> impl Iterator<Item = (usize, &'static str, MentionKind)> {
    let marks = move |(at, c): (usize, char)| {
        let marks = MARKS.get(&c).map_or(&[][..], Vec::as_slice).iter();
        marks.filter(move |(mark, _)| text[at..].starts_with(mark)).map(move |(mark, kind)| (at, *mark, *kind))
    };
    text.char_indices().flat_map(marks)
}

/// The start of the name that stands before the `form` at byte `at`.
fn name_before(text: &str, at: usize, form: &str, kind: MentionKind, words: &PeopleWords) -> Option<usize> {
    let is_letter = |c: &char| is_kanji(*c) || matches!(*c, '々' | '\u{30a1}'..='\u{30fa}');
    let run: Vec<char> = text[..at].chars().rev().take_while(is_letter).take(RUN_CHARS).collect();
    let name: String = run.into_iter().rev().collect();
    let start = at - name.len();
    let behind = &text[at + form.len()..];
    let window: String = text[start..at + form.len()].chars().chain(behind.chars().take(3)).collect();
    if words.not_names.iter().any(|word| word.contains(form) && window.contains(word.as_str())) {
        return None;
    }
    let is_name = match kind {
        MentionKind::Home => names_a_home(text, (start, at), form, behind),
        _ => is_addressed(&name, form, behind),
    };
    is_name.then_some(start)
}

fn is_addressed(name: &str, form: &str, behind: &str) -> bool {
    let goes_on = |signs: &str| behind.chars().next().is_some_and(|c| signs.contains(c));
    let is_word = match form {
        // さんぽ, さんか, さんご, さんすう
        "さん" => goes_on("ぽかごすぶまくぎりみち"),
        "様" => goes_on("子式々変相態"),
        "氏" => goes_on("名神子族"),
        _ => false,
    };
    let names_people = name.chars().last().is_some_and(|c| PEOPLE_ENDINGS.contains(c));
    let kanji = name.chars().all(is_kanji) && (2..=4).contains(&name.chars().count());
    !is_word
        && !is_known(name)
        && (is_surname(&fold(name)) || kanji && !names_people && likelihood(name) != NameLikelihood::No)
}

/// Whether the name at `start..at` and the `form` behind it are a home: 山田宅, 会長宅, 12番地 山田方.
fn names_a_home(text: &str, (start, at): (usize, usize), form: &str, behind: &str) -> bool {
    let name = &text[start..at];
    let next = behind.chars().next();
    let before = text[..start].trim_end().chars().next_back();
    let is_end = next.is_none_or(|c| !is_kanji(c) && !is_kana(c) || "前横裏隣へでにはのをとま".contains(c));
    let folded = fold(name);
    let has_form = form.chars().count() > 1;
    let is_name =
        is_surname(&folded) || likelihood(name) != NameLikelihood::No && (has_form || name.chars().count() >= 2);
    match form {
        // 「12番地 山田方」, but neither 「12番地の裏の方」 nor 「1日の夕方」.
        "方" => is_end && is_name && before.is_some_and(|c| c.is_numeric() || "番地号目字".contains(c)),
        "家" => is_surname(&folded) && behind.trim().is_empty() && before.is_none(),
        "邸" => is_end && is_name && !name.starts_with('旧') && before != Some('旧'),
        _ => is_end && (is_name || is_role(&folded)),
    }
}

fn is_bracket(c: char) -> bool {
    BRACKETS.iter().any(|(open, close)| c == *open || c == *close)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_in_a_bracket_is_cut_off_and_the_group_stays() {
        for (text, expected) in [
            ("ひだまり会（代表 楠瀬ゑみ）", "ひだまり会"),
            ("ひだまり会（代表：楠瀬）", "ひだまり会"),
            ("ひだまり会(会計・鈴木)", "ひだまり会"),
            ("ひだまり会（会長葛籠ツユ）", "ひだまり会"),
            ("ひだまり会（担当 山田さん）", "ひだまり会"),
            ("ひだまり会（山田花子）", "ひだまり会"),
            ("ひだまり会【世話人　山田】", "ひだまり会"),
            ("ひだまり会（担当：福祉課）", "ひだまり会（担当：福祉課）"),
            ("ひだまり会（代表電話）", "ひだまり会（代表電話）"),
            ("ひだまり会（会計報告あり）", "ひだまり会（会計報告あり）"),
            ("ひだまり会（担当者不在）", "ひだまり会（担当者不在）"),
            ("ひだまり会（大屋）", "ひだまり会（大屋）"),
            ("体操教室（講師：未定）", "体操教室（講師：未定）"),
            ("広谷公民館（2階 会議室）", "広谷公民館（2階 会議室）"),
        ] {
            assert_eq!(without_bracketed_persons(text).0, expected, "{text}");
        }
    }

    #[test]
    fn homes_are_known_and_houses_of_the_public_are_not() {
        for text in [
            "山田宅",
            "楠瀬様方",
            "会長宅",
            "代表者宅",
            "広谷12番地 楠瀬方",
            "山田邸",
            "講師の自宅",
            "自宅",
            "見田夫妻宅",
            "山田家",
            "個人宅",
        ] {
            assert!(is_home(text), "{text}");
        }
        for text in [
            "市営住宅集会所",
            "在宅介護支援センター",
            "旧山田邸",
            "三宅公民館",
            "山の家",
            "みんなの家",
            "自宅へ訪問",
            "ご自宅、施設",
            "学校や自宅近くへも行きます",
            "いこいの家",
            "夕方",
            "大屋地区の方",
            "広谷1丁目の方",
            "緒方公民館",
            "枚方",
            "宅老所ひだまり",
            "古民家カフェ",
        ] {
            assert!(!is_home(text), "{text}");
        }
    }

    #[test]
    fn a_clause_that_names_somebody_is_left_out_and_ordinary_words_stay() {
        for (text, expected) in [
            ("問合せは会長の楠瀬さんまで。雨天中止。", Some("雨天中止。")),
            ("担当：楠瀬", None),
            ("会長 山田太郎", None),
            ("山田さん宅に集合。駐車場あり", Some("駐車場あり")),
            ("世話人 楠瀬 まつゑ", None),
            ("自宅（広谷123）で開きます。要予約", Some("要予約")),
        ] {
            assert_eq!(without_persons(text).as_deref(), expected, "{text}");
        }
        for text in [
            "皆さんお気軽に",
            "妊婦さんもどうぞ",
            "自宅へ訪問 2回まで",
            "ご自宅で10分からできます",
            "お子さんと一緒に",
            "患者さんの家族会",
            "自治会長会の集会所",
            "担当課へ連絡",
            "会計年度は4月から",
            "保健師 常駐",
            "講師 料理研究家",
            "代表電話へ",
            "看護師さんが来ます",
            "仕様が変わります",
            "大屋町さんぽの会",
            "会長が変わりました",
            "担当者が不在のことがあります",
            "市役所の方へ",
            "代表 3名まで",
            "民生委員の協力で開催",
            "職員 2名",
        ] {
            assert_eq!(without_persons(text).as_deref(), Some(text), "{text}");
        }
    }
}
