//! Columns that hold persons by their headings, though the program reads nothing from them: 運転手, 鍵当番. This module does no I/O.

use super::family::is_possible_family;
use super::without_form;
use crate::privacy::persons::known_words::{is_role, is_surname};
use crate::privacy::persons::lone_name::{ALONE, is_probably_a_name};
use crate::privacy::persons::name::{NameLikelihood, likelihood};
use crate::privacy::persons::other_scripts::is_name_in_another_script;
use crate::privacy::words::PrivacyWordFile;
use crate::text::fold;

/// Whether a heading asks for a person: a role, what somebody is charged with, or a word that ends like one for people.
pub(in crate::privacy) fn asks_for_a_person(heading: &str) -> bool {
    let words = &PrivacyWordFile::get().people;
    let bare = heading.trim().trim_end_matches(|c: char| c.is_numeric() || "（）()①②③".contains(c));
    let bare = ["氏名", "の名前", "名"].iter().find_map(|end| bare.strip_suffix(end)).unwrap_or(bare);
    let charged = words.contact_labels.iter().chain(&words.before_names).any(|label| label == bare);
    // Of 対象者 and 参加者 more than one is meant.
    let is_for_many = ["対象", "参加", "利用", "来場", "応募"].iter().any(|word| bare.contains(word));
    let is_roman = words.roman_labels.contains(&heading.trim().to_lowercase());
    !is_for_many
        && (is_roman
            || is_role(&fold(bare))
            || charged
            || bare.ends_with(['者', '員', '師', '手', '役', '係', '長', '主']))
}

/// Whether a part of such a column is written like a name.
pub(in crate::privacy) fn is_person_in_column(part: &str) -> bool {
    let words = &PrivacyWordFile::get().people;
    // 「管理人：百々」
    let part = part.rsplit([':', '：']).next().unwrap_or(part).trim();
    let bare = without_form(part, words);
    is_surname(&fold(bare))
        || likelihood(bare) == NameLikelihood::Certain
        || is_probably_a_name(bare, ALONE)
        || is_possible_family(bare, words)
        || is_name_in_another_script(bare)
}
