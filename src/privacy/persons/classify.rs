//! Named-entity classification: offices against persons in the words of a contact; in doubt, a person.
//!
//! A person's name that reaches the public cannot be called back; an office that only link workers see can be fixed by a
//! better heading. This module does no I/O.

use unicode_normalization::UnicodeNormalization as _;

use super::known_words::{begins_like_an_office, is_office, is_ordinary, is_role, is_surname};
use super::name::{NameLikelihood, likelihood};
use super::name_dictionary::is_noun;
use crate::privacy::words::PrivacyWordFile;
use crate::text::fold;

/// Separators between the words of a contact.
const SEPARATORS: &str = " \u{3000}\n\r\t/／、,，・:：;；()（）【】「」[]";

/// The words of a contact, classified.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ContactParts {
    /// Offices, as written.
    pub(crate) office: Option<String>,
    /// Persons and their roles, as written; roles alone if there is no office.
    pub(crate) person: Option<String>,
    /// Whether `person` holds a name, or words that may be a name.
    pub(crate) named: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NameKind {
    Office,
    Role,
    Person,
    /// Neither: 平日, 直通.
    Ordinary,
    /// Possibly a person, possibly an office.
    Unknown,
}

/// Context that helps to classify the words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PersonHints<'a> {
    /// Names that are public anyway: of the place, its group, its building, its municipality.
    pub(crate) public_names: &'a [String],
    /// Whether the heading asks for an office (担当課, 連絡先名称).
    pub(crate) office_heading: bool,
}

/// Classifies the words of `text` as offices or persons. Telephone numbers have been removed before.
pub(crate) fn classify_contact(text: &str, hints: PersonHints<'_>) -> ContactParts {
    let is_public = |text: &str| hints.public_names.iter().any(|name| !name.is_empty() && *name == fold(text));
    if is_public(text) || begins_like_an_office(&fold(text)) && !has_name_behind(text, hints) {
        return ContactParts { office: Some(text.to_owned()), ..ContactParts::default() };
    }
    let words = words_of(text);
    let kinds: Vec<NameKind> = words.iter().map(|w| kind(w, hints)).collect();
    let of = |wanted: &[NameKind]| {
        let words: Vec<&str> = words.iter().zip(&kinds).filter(|(_, k)| wanted.contains(k)).map(|(w, _)| *w).collect();
        (!words.is_empty()).then(|| words.join(" "))
    };
    if !kinds.is_empty() && kinds.iter().all(|k| *k == NameKind::Ordinary) {
        return ContactParts::default();
    }
    let named = kinds.iter().any(|k| matches!(k, NameKind::Person | NameKind::Unknown));
    if kinds.iter().all(|k| matches!(k, NameKind::Office | NameKind::Ordinary)) {
        return ContactParts { office: Some(text.to_owned()).filter(|t| !t.is_empty()), ..ContactParts::default() };
    }
    if !kinds.contains(&NameKind::Office) {
        return ContactParts { office: None, person: Some(text.to_owned()), named };
    }
    if named {
        return ContactParts {
            office: of(&[NameKind::Office]),
            person: of(&[NameKind::Role, NameKind::Person, NameKind::Unknown]),
            named,
        };
    }
    ContactParts { office: Some(text.to_owned()), ..ContactParts::default() }
}

/// Splits a contact into words; 「（株）島原観光」 stays one.
fn words_of(text: &str) -> Vec<&str> {
    let is_bracket = |c: char| "()（）".contains(c);
    let coarse = text.split(|c: char| SEPARATORS.contains(c) && !is_bracket(c)).filter(|w| !w.is_empty());
    let fine = coarse.flat_map(|word| {
        let whole = begins_like_an_office(&fold(word));
        word.split(move |c| !whole && is_bracket(c)).filter(|w| !w.is_empty())
    });
    fine.collect()
}

fn kind(word: &str, hints: PersonHints<'_>) -> NameKind {
    let folded = fold(word);
    if is_role(&folded) {
        return NameKind::Role;
    }
    if hints.public_names.contains(&folded) || is_office(&folded) {
        return NameKind::Office;
    }
    // 「前々日まで」 says until when one calls.
    if is_ordinary(&folded) || is_noun(&folded) || folded.ends_with("まで") {
        return NameKind::Ordinary;
    }
    let length = folded.chars().count();
    let honorifics = &PrivacyWordFile::get().people.honorifics;
    let honoured = honorifics.iter().any(|h| folded.ends_with(h.as_str()) && length > h.chars().count());
    if honoured {
        return NameKind::Person;
    }
    let is_named_so = hints.office_heading && is_part_of_a_public_name(word, &folded, hints);
    if is_named_so || hints.office_heading && !could_be_a_name(word) { NameKind::Office } else { NameKind::Unknown }
}

/// Whether the place's own name holds `word` already, as 「清流亭（観光交流館）」 does 清流亭, and no family name begins it.
fn is_part_of_a_public_name(word: &str, folded: &str, hints: PersonHints<'_>) -> bool {
    let is_in = |name: &String| name.contains(folded);
    let begins_with_a_family = || folded.char_indices().skip(1).any(|(at, _)| is_surname(&folded[..at]));
    folded.chars().count() >= 3
        && likelihood(word) != NameLikelihood::Certain
        && hints.public_names.iter().any(is_in)
        && !is_surname(folded)
        && !begins_with_a_family()
}

/// Whether the text goes on with words that may be a person: 「社会福祉法人八鹿会　山田太郎」.
fn has_name_behind(text: &str, hints: PersonHints<'_>) -> bool {
    let narrow: String = text.nfkc().collect();
    let plain = narrow.replace("(株)", "").replace("(有)", "");
    let mut words = plain.split(|c| SEPARATORS.contains(c)).filter(|w| !w.is_empty()).skip(1).peekable();
    words.any(|word| matches!(kind(word, hints), NameKind::Person | NameKind::Unknown) && could_be_a_name(word))
}

/// Whether `word` has the length and script of a name: up to five kanji and hiragana.
pub(crate) fn could_be_a_name(word: &str) -> bool {
    let is_name_letter = |c: char| {
        ('\u{4e00}'..='\u{9fff}').contains(&c) || ('\u{3041}'..='\u{3096}').contains(&c) || "々ヶケノ".contains(c)
    };
    word.chars().count() <= 5 && word.chars().all(is_name_letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classified(text: &str, office_heading: bool) -> (Option<String>, Option<String>, bool) {
        let names = [fold("大谷サロン"), fold("養父市")];
        let who = classify_contact(text, PersonHints { public_names: &names, office_heading });
        (who.office, who.person, who.named)
    }

    #[test]
    fn offices_are_known_by_their_words() {
        for text in [
            "社会福祉協議会",
            "養父市役所 健康福祉部 社会福祉課",
            "八鹿公民館",
            "公立八鹿病院",
            "(株)やぶ",
            "株式会社やぶ",
            "NPO法人八鹿",
            "佐々町役場産業経済課",
            "（株）島原観光ビューロー",
            "大谷サロン",
            "シルバー人材センター",
            "玄海町　企画商工課",
            "社協 事務局",
            "健康増進課 健康係",
            "郷土資料室（西東京市教育委員会教育部社会教育課）",
            "社会福祉法人八鹿会 本部",
        ] {
            let (office, person, _) = classified(text, false);
            assert_eq!((office.as_deref(), person), (Some(text), None), "{text}");
        }
    }

    #[test]
    fn what_may_be_a_person_is_taken_for_one() {
        for text in [
            "山田花子",
            "山田 花子",
            "山田さん",
            "会長 山田太郎",
            "山田会長",
            "城所",
            "別所太郎",
            "オンディーナ",
            "加保区長",
            "役場の山田",
        ] {
            let (office, person, named) = classified(text, false);
            assert_eq!((office, person.as_deref(), named), (None, Some(text), true), "{text}");
        }
        let classified = classified("社会福祉協議会 担当：鈴木", false);
        assert_eq!(classified, (Some("社会福祉協議会".into()), Some("担当 鈴木".into()), true));
    }

    #[test]
    fn a_person_behind_a_company_is_not_swallowed_by_it() {
        let (office, person, named) = classified("社会福祉法人八鹿会 山田太郎", false);
        assert_eq!((office.as_deref(), person.as_deref(), named), (Some("社会福祉法人八鹿会"), Some("山田太郎"), true));
    }

    #[test]
    fn a_role_alone_names_nobody() {
        for text in ["会長", "区長", "代表 ・ 事務局", "民生委員"] {
            let (office, person, named) = classified(text, false);
            assert_eq!((office, person.is_some(), named), (None, true, false), "{text}");
        }
    }

    #[test]
    fn a_heading_that_means_an_office_helps_where_the_words_are_no_name() {
        assert_eq!(classified("オンディーナ", true).0.as_deref(), Some("オンディーナ"));
        assert_eq!(classified("山田花子", true).0, None);
    }

    #[test]
    fn a_contact_that_the_place_s_own_name_holds_is_an_office() {
        let of = |name: &str, contact: &str| {
            classify_contact(contact, PersonHints { public_names: &[fold(name)], office_heading: true }).office
        };
        for (name, contact) in [
            ("清流亭（まちの交流館）", "清流亭"),
            ("夢織人（駅ビル内）", "夢織人"),
            ("岩湯温泉御前湯", "御前湯"),
            ("花の里・雪割草", "雪割草"),
        ] {
            assert_eq!(of(name, contact).as_deref(), Some(contact), "{name}");
        }
        for (name, contact) in [
            ("山田太郎サロン", "山田太郎"),
            ("五十嵐さんの縁側", "五十嵐"),
            ("山田亭（集いの場）", "山田亭"),
            ("楠瀬の縁側", "楠瀬"),
        ] {
            assert_eq!(of(name, contact), None, "{name}");
        }
    }
}
