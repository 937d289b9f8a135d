//! Family names before a post that somebody holds: 「出雲路事務局長」, 「薬袋区長の許可」, 「旧姓 鯨井」.
//!
//! Before a post stands either whose it is or of what: what no table knows as a group, a part of a town or a field of work is
//! somebody's name. This module does no I/O.

use super::family::{is_family_char, is_possible_family};
use super::{MentionKind, PersonMention};
use crate::privacy::persons::known_words::{is_none, is_role, is_surname};
use crate::privacy::persons::name_characters::family_level;
use crate::privacy::words::PeopleWords;
use crate::text::{fold, is_kanji};

/// Most characters of a family name before a post.
const MOST_FAMILY_CHARS: usize = 3;

/// From which level on a word is a family name before the post of one branch of something, as of 広報部長.
const BEFORE_BRANCH: i32 = 1;

/// What stands before the name that somebody had.
const FORMER_NAMES: [&str; 2] = ["旧姓", "旧氏"];

/// The family names before a post, and behind 旧姓.
pub(super) fn with_posts(text: &str, words: &PeopleWords) -> Vec<PersonMention> {
    let posts = words.posts.iter().map(|post| (post, i32::MIN));
    let branches = words.branch_posts.iter().map(|post| (post, BEFORE_BRANCH));
    let held = posts.chain(branches).flat_map(|(post, least)| {
        text.match_indices(post.as_str()).filter_map(move |(at, _)| {
            let end = at + post.len();
            // 会長杯, 部長会: something that is called after the post.
            let goes_on = text[end..].starts_with(is_kanji) || text[end..].starts_with('々');
            let start = family_start(&text[..at], post, words).filter(|_| !goes_on)?;
            let family = fold(&text[start..at]);
            let is_likely = is_surname(&family) || family_level(&family) >= least;
            is_likely.then_some(PersonMention { start, end, kind: MentionKind::TurnedTo })
        })
    });
    let former = FORMER_NAMES.iter().flat_map(|word| text.match_indices(word)).filter_map(|(at, word)| {
        let rest = &text[at + word.len()..];
        let name = rest.trim_start_matches([' ', '\u{3000}', ':', '：', '・', 'は']);
        let length: usize = name.chars().take_while(|c| is_family_char(*c)).map(char::len_utf8).sum();
        let end = text.len() - name.len() + length;
        (length > 0).then_some(PersonMention { start: at, end, kind: MentionKind::TurnedTo })
    });
    held.chain(former).collect()
}

/// Where the family name begins that ends `text`, before `post`.
fn family_start(text: &str, post: &str, words: &PeopleWords) -> Option<usize> {
    let length: usize = text.chars().rev().take_while(|c| is_family_char(*c)).map(char::len_utf8).sum();
    let start = text.len() - length;
    let family = &text[start..];
    let folded = fold(family);
    let is_of_something = || {
        is_role(&fold(&format!("{family}{post}")))
            || is_none(&folded)
            || words.before_posts.iter().any(|word| folded.ends_with(word.as_str()))
    };
    let chars = family.chars().count();
    let is_counted = text[..start].ends_with(|c: char| c.is_numeric() || "お御各".contains(c));
    let is_name = (2..=MOST_FAMILY_CHARS).contains(&chars)
        && !is_counted
        && (is_surname(&folded) || is_possible_family(family, words) && !is_of_something());
    is_name.then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::words::PrivacyWordFile;

    fn names(text: &str) -> Vec<&str> {
        let found = with_posts(text, &PrivacyWordFile::get().people);
        found.iter().map(|mention| &text[mention.start..mention.end]).collect()
    }

    #[test]
    fn a_rare_family_name_before_a_post_is_a_person() {
        for text in ["薬袋事務局長", "薬袋区長", "鯨井班長", "鯨井館長", "雲雀谷会長", "旧姓 鯨井", "旧姓：薬袋"]
        {
            assert_eq!(names(&format!("{text}に聞く")), [text], "{text}");
        }
    }

    #[test]
    fn of_what_a_post_is_names_nobody() {
        for text in [
            "老人会長",
            "商工会長",
            "地区会長",
            "自治会長会",
            "消防団長",
            "体育部長",
            "婦人部長",
            "校区会長",
            "事務局長",
            "副会長",
            "連合会長",
            "各区長",
            "隣保班長",
            "会長杯",
            "女性部長",
            "体育指導員",
            "健康推進員",
            "交通指導員",
            "市民館長",
            "総務部長",
        ] {
            assert_eq!(names(text), Vec::<&str>::new(), "{text}");
        }
    }
}
