//! Parts of names and of texts that the redaction of one place looks at. This module does no I/O.

use super::persons::{DictionaryName, PersonMention, end_of_family, family, given, reading_of_surname};
use super::telephone::without_own_telephones;
use super::words::PrivacyWordFile;
use crate::text::fold;

/// How many cuts behind two characters of a name are tried where the family name is unknown, and the longest name that is cut.
const FAMILY_CUTS: usize = 3;
const MAX_UNCUT_CHARS: usize = 6;

/// Whether the words of a name end behind the person that is named.
pub(super) fn ends_there(text: &str, mention: &PersonMention) -> bool {
    text[mention.end..].chars().next().is_none_or(|c| !c.is_alphanumeric())
}

/// `text` without the bracket with which it ends, unless that says whose a number is; `None` where nothing else is.
pub(super) fn without_last_bracket(text: &str) -> Option<&str> {
    let inner = text.trim_end().strip_suffix(['）', ')'])?;
    let kept = inner[..inner.rfind(['（', '('])?].trim_end();
    (!kept.is_empty() && !kept.ends_with(char::is_numeric)).then_some(kept)
}

/// Whether `words` are a name of the dictionary with its form of address, and no god, trade or town: 「美也子先生」.
pub(super) fn is_name_with_form(words: &str) -> bool {
    let forms = &PrivacyWordFile::get().people.address_forms;
    // 「会津松平氏庭園」: in the name of a place, a 氏 is of history.
    let living = forms.iter().filter(|form| *form != "氏");
    let bare = living.into_iter().find_map(|form| words.strip_suffix(form.as_str())).map(fold);
    bare.is_some_and(|bare| {
        let names = [family(&bare), given(&bare)];
        let is_single = || words.ends_with("先生") && family(&bare).is_some_and(|name| !name.is_word);
        let is_long = bare.chars().nth(1).is_some();
        is_long && names.into_iter().flatten().any(DictionaryName::is_clear) || !is_long && is_single()
    })
}

/// Whether `rest`, behind a name, is what somebody has at home: 「柳沢果織の畑」.
pub(super) fn is_owned(rest: &str) -> bool {
    let own = &PrivacyWordFile::get().people.own_spoken;
    let rest = fold(rest);
    own.iter().any(|thing| thing.starts_with('の') && rest == *thing)
}

/// Whether `venue` is nothing but a family name of the table, of two characters or more.
pub(super) fn is_lone_family(venue: &str) -> bool {
    let folded = fold(venue.trim());
    folded.chars().count() >= 2 && reading_of_surname(&folded).is_some()
}

/// Whether a folded address is an account of one person by its form: a mobile carrier's mail, a messenger's link to a friend.
pub(super) fn is_personal_account(folded: &str) -> bool {
    let carriers = &PrivacyWordFile::get().people.mobile_mail;
    let is_friend = folded.contains("line.me/ti/p/") && !folded.contains("/ti/p/@");
    is_friend || carriers.iter().any(|domain| folded.contains('@') && folded.trim_end().ends_with(domain.as_str()))
}

pub(super) fn is_kana_of_word(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | 'ー')
}

pub(super) fn without_own_numbers(text: &str) -> Option<String> {
    let kept = without_own_telephones(text);
    (!kept.trim().is_empty()).then_some(kept)
}

/// 山田太郎 → 山, 山田, 山田太 … 太郎, 郎.
pub(super) fn parts_of(word: &str) -> impl Iterator<Item = &str> {
    let ends = word.char_indices().map(|(i, _)| i).skip(1);
    ends.flat_map(move |i| [&word[..i], &word[i..]]).chain([word])
}

/// The family name of the `words` of a person, or what may be it: of 「鴫原久夫」, of which no word is known, 鴫原.
pub(super) fn families_of(words: &[String]) -> Vec<String> {
    let [whole] = words else {
        return words.first().filter(|word| word.chars().count() >= 2).cloned().into_iter().collect();
    };
    let length = whole.chars().count();
    if let Some(end) = end_of_family(whole) {
        return Some(&whole[..end])
            .filter(|family| family.chars().count() >= 2)
            .map(str::to_owned)
            .into_iter()
            .collect();
    }
    let ends = whole.char_indices().map(|(at, _)| at).enumerate().skip(2).take(FAMILY_CUTS);
    let cuts = ends.map(|(_, at)| whole[..at].to_owned()).take_while(|_| length <= MAX_UNCUT_CHARS);
    std::iter::once(whole.clone()).filter(|_| length >= 2).chain(cuts).collect()
}

pub(super) fn contains_any(folded: &str, names: &[String]) -> bool {
    names.iter().any(|name| folded.contains(name.as_str()))
}
