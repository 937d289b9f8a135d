//! Whether a web or e-mail address is somebody's by the name of its user: kuramochi@…, /~kuramochi/, /users/kuramochi.
//!
//! A user's name that reads like Japanese is a person's, unless it is a word that offices and groups call themselves by, or one of the
//! row's own public names. This module does no I/O.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::persons::readings_of_surnames;
use super::romaji::{is_romaji, one_spelling, romaji, words_of_address};
use super::words::PrivacyWordFile;

/// Shortest name of a user that may be a family name, in letters.
const MIN_LETTERS: usize = 4;

/// Shortest word of a file's name that may be a family name that no table has, in letters.
const MIN_FILE_LETTERS: usize = 5;

/// Hosts of public offices, where a user is a post.
const OFFICE_HOSTS: [&str; 4] = [".lg.jp", ".go.jp", ".ed.jp", ".ac.jp"];

/// Parts of a path behind which the name of a user stands.
const USER_PARTS: [&str; 9] = ["user", "users", "member", "members", "people", "profile", "u", "id", "author"];

/// Hosts where the first part of a path is a user.
const USER_HOSTS: [&str; 8] =
    ["instagram.com", "facebook.com", "twitter.com", "x.com", "threads.net", "tiktok.com", "ameblo.jp", "note.com"];

static SURNAMES: LazyLock<HashSet<String>> = LazyLock::new(|| readings_of_surnames().filter_map(romaji).collect());

static GROUPS: LazyLock<HashSet<String>> =
    LazyLock::new(|| PrivacyWordFile::get().people.group_users.iter().map(|word| one_spelling(word)).collect());

static PUBLIC: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let words = &PrivacyWordFile::get().people;
    words.public_users.iter().chain(&words.not_roman_names).map(|word| one_spelling(word)).collect()
});

/// Whether the user of `address` is named like a person; `own` are the public names of the row in Roman letters.
pub(super) fn names_its_user(address: &str, own: &[String]) -> bool {
    let address = address.to_ascii_lowercase();
    match address.split_once("://") {
        Some((_, rest)) => is_user_of_web(rest, own),
        None => address.split_whitespace().any(|part| {
            part.split_once('@').map_or_else(
                || part.contains('/') && is_user_of_web(part, own),
                |(user, host)| {
                    let is_office = OFFICE_HOSTS.iter().any(|end| host.ends_with(end));
                    let is_host = host.split('.').next().is_some_and(|name| name == user);
                    !is_office && !is_host && is_person(user, own)
                },
            )
        }),
    }
}

/// Whether the address of a page is a user's own.
fn is_user_of_web(rest: &str, own: &[String]) -> bool {
    let mut parts = rest.split(['/', '?', '#', '=']);
    let host = parts.next().unwrap_or_default();
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let has_users = USER_HOSTS.iter().any(|known| host == *known || host.ends_with(&format!(".{known}")));
    let is_user = |(at, part): (usize, &&str)| {
        let is_marked = part.starts_with(['~', '@']) || part.starts_with("%7e");
        let is_behind = at.checked_sub(1).is_some_and(|before| USER_PARTS.contains(&parts[before]));
        // Where everybody has a page of their own, so have offices: one word says too little.
        let is_first = has_users && at == 0 && has_parts(part);
        (is_marked || is_behind || is_first) && is_person(part.trim_start_matches("%7e"), own)
    };
    // kuramochi.example.jp, but not www.example.jp
    let labels: Vec<&str> = host.split('.').collect();
    let first = labels.first().filter(|_| labels.len() > 2 && !OFFICE_HOSTS.iter().any(|end| host.ends_with(end)));
    let is_host =
        first.is_some_and(|label| SURNAMES.contains(&one_spelling(label)) && !own_has(own, &one_spelling(label)));
    is_host || parts.iter().enumerate().any(is_user)
}

/// Whether the name of a user is like a person's: its words read like Japanese, none is an office's, and not all are a group's or the
/// row's own.
fn is_person(user: &str, own: &[String]) -> bool {
    let words: Vec<String> = words_of_address(user).into_iter().filter(|word| word.len() > 1).collect();
    if words.iter().any(|word| SURNAMES.contains(word) && !own_has(own, word)) {
        return !words.iter().any(|word| PUBLIC.contains(word));
    }
    let is_public = |word: &String| PUBLIC.contains(word) || !GROUPS.contains(word) && holds_public(word);
    let is_group = |word: &String| GROUPS.contains(word) || own_has(own, word) || !is_romaji(word);
    let letters: usize = words.iter().map(String::len).sum();
    letters >= MIN_LETTERS && !words.iter().any(is_public) && !words.iter().all(is_group)
}

/// Whether the name of a user has more than one word, or is a family name of the table.
fn has_parts(user: &str) -> bool {
    let words = words_of_address(user);
    words.len() > 1 || words.iter().any(|word| SURNAMES.contains(word))
}

/// Whether `word` is made of two words by which offices and groups call themselves: ajisaikai, himawarisalon.
fn holds_public(word: &str) -> bool {
    let cuts = word.char_indices().skip(1).map(|(at, _)| word.split_at(at));
    let mut pairs = cuts.filter(|(first, _)| PUBLIC.contains(*first) || GROUPS.contains(*first));
    pairs.any(|(_, second)| PUBLIC.contains(second) || GROUPS.contains(second))
}

fn own_has(own: &[String], word: &str) -> bool {
    word.len() >= MIN_LETTERS && own.iter().any(|name| name.contains(word))
}

/// Whether `word`, of the name of a file, is like a person's name. Files are called by words of any language (hole, menu), so that a
/// word that is no known family name counts only where it is long and spelled as Japanese is.
pub(super) fn is_like_a_user(word: &str) -> bool {
    let folded = word.to_ascii_lowercase();
    let is_known = || words_of_address(&folded).iter().any(|part| SURNAMES.contains(part));
    let is_japanese = || folded.len() >= MIN_FILE_LETTERS && !folded.contains('l');
    is_person(&folded, &[]) && (is_known() || is_japanese())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_of_an_address_is_told_from_offices_and_groups() {
        for address in [
            "kuramochi@example.jp",
            "kuramochi.hanae@example.jp",
            "hanae-kuramochi1955@example.jp",
            "https://example.jp/~kuramochi/",
            "https://example.jp/users/kuramochi",
            "https://www.instagram.com/kuramochi_hanae",
            "https://takahashi.example.jp/",
        ] {
            assert!(names_its_user(address, &[]), "{address}");
        }
        for address in [
            "info@example.jp",
            "salon@example.jp",
            "himawari@example.jp",
            "fukushi-ka@example.jp",
            "npo.egao@example.or.jp",
            "kuramochi@city.example.lg.jp",
            "ajisai@ajisai.example.jp",
            "https://example.jp/salon/",
            "https://www.instagram.com/himawari_salon",
            "https://example.jp/kuramochi/map",
            "https://www.example.jp/",
        ] {
            assert!(!names_its_user(address, &[]), "{address}");
        }
        assert!(!names_its_user("https://www.instagram.com/tsukushi_mura", &["tukusimura".to_owned()]));
    }

    #[test]
    fn the_names_of_files_are_told_from_persons() {
        for word in ["kuramochi", "Yarimizu", "yamada", "Mori"] {
            assert!(is_like_a_user(word), "{word}");
        }
        for word in ["hole", "Hotel", "menu", "museum", "library", "salon", "kominkan"] {
            assert!(!is_like_a_user(word), "{word}");
        }
    }
}
