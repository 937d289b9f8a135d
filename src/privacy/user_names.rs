//! Whether a web or e-mail address is somebody's by the name of its user: kuramochi@…, /~kuramochi/, /users/kuramochi.
//!
//! A user's name that reads like Japanese is a person's, unless it is a word that offices and groups call themselves by, or one of the
//! row's own public names. This module does no I/O.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::persons::{is_family_reading, readings_of_surnames};
use super::romaji::{is_romaji, one_spelling, romaji, words_of_address};
use super::words::PrivacyWordFile;

/// Shortest name of a user that may be a family name, in letters.
const MIN_LETTERS: usize = 4;

/// Shortest family or given name within a word of a file's name, in letters.
const MIN_PART_LETTERS: usize = 3;

/// Hosts of public offices, where a user is a post.
const OFFICE_HOSTS: [&str; 4] = [".lg.jp", ".go.jp", ".ed.jp", ".ac.jp"];

/// How files end that somebody has made.
const FILE_ENDS: [&str; 12] = ["pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "jpg", "jpeg", "png", "html", "htm"];

/// Parts of a path behind which the name of a user stands.
const USER_PARTS: [&str; 9] = ["user", "users", "member", "members", "people", "profile", "u", "id", "author"];

/// Hosts where the first part of a path is a user.
const USER_HOSTS: [&str; 8] =
    ["instagram.com", "facebook.com", "twitter.com", "x.com", "threads.net", "tiktok.com", "ameblo.jp", "note.com"];

static SURNAMES: LazyLock<HashSet<String>> = LazyLock::new(|| readings_of_surnames().filter_map(romaji).collect());

static GIVEN: LazyLock<HashSet<String>> =
    LazyLock::new(|| PrivacyWordFile::get().given.kana.iter().filter_map(|name| romaji(name)).collect());

static GROUPS: LazyLock<HashSet<String>> =
    LazyLock::new(|| PrivacyWordFile::get().people.group_users.iter().map(|word| one_spelling(word)).collect());

static OFFICES: LazyLock<HashSet<String>> =
    LazyLock::new(|| PrivacyWordFile::get().people.public_users.iter().map(|word| one_spelling(word)).collect());

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
    // menu_kuramochi.pdf, but not www.example.jp/kuramochi/map
    let file = parts
        .iter()
        .filter(|part| part.rsplit_once('.').is_some_and(|(name, end)| !name.is_empty() && FILE_ENDS.contains(&end)));
    let is_of_person = |part: &&&str| part.rsplit_once('.').is_some_and(|(name, _)| is_file_of_family(name, own));
    if !OFFICE_HOSTS.iter().any(|end| host.ends_with(end)) && file.into_iter().any(|part| is_of_person(&part)) {
        return true;
    }
    // kuramochi.example.jp, but not www.example.jp
    let labels: Vec<&str> = host.split('.').collect();
    let first = labels.first().filter(|_| labels.len() > 2 && !OFFICE_HOSTS.iter().any(|end| host.ends_with(end)));
    first.is_some_and(|label| is_of_family(label, own)) || parts.iter().enumerate().any(is_user)
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

/// Whether a part of the name of a host is a family name and none of the others a word of offices and groups: yarimizu-asa.
fn is_of_family(label: &str, own: &[String]) -> bool {
    let words = words_of_address(label);
    let is_known = |word: &String| SURNAMES.contains(word) || !GROUPS.contains(word) && is_family_reading(word);
    let is_family = |word: &String| is_known(word) && !own_has(own, word);
    words.iter().any(is_family) && !words.iter().any(|word| PUBLIC.contains(word))
}

/// Whether a word of the name of a file is a family name and none of the others a word of offices: `haruyama_menu`.
fn is_file_of_family(name: &str, own: &[String]) -> bool {
    let words = words_of_address(name);
    let is_family = |word: &String| {
        word.len() >= MIN_LETTERS
            && !GROUPS.contains(word)
            && !PUBLIC.contains(word)
            && is_family_reading(word)
            && !own_has(own, word)
    };
    words.iter().any(is_family) && !words.iter().any(|word| OFFICES.contains(word))
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

/// Whether `word`, of the name of a file, is like a person's name. Files are called by words of any language (hole, ikigai), so that
/// only what is read like a family name of a table counts, with a given name behind it or before it.
pub(super) fn is_like_a_user(word: &str) -> bool {
    let folded = word.to_ascii_lowercase();
    let is_family = |part: &str| SURNAMES.contains(part) || !GROUPS.contains(part) && is_family_reading(part);
    let is_full = |word: &str| {
        let cuts = (1..word.len()).filter(|at| word.is_char_boundary(*at)).map(|at| word.split_at(at));
        let mut cuts = cuts.filter(|(first, last)| first.len() >= MIN_PART_LETTERS && last.len() >= MIN_PART_LETTERS);
        cuts.any(|(first, last)| is_family(first) && GIVEN.contains(last) || GIVEN.contains(first) && is_family(last))
    };
    let is_named = |part: &String| is_family(part) || is_full(part);
    is_person(&folded, &[]) && words_of_address(&folded).iter().any(is_named)
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
            "https://yarimizu-asa.example.jp/",
            "https://kuramochi.example.com/",
            "https://example.jp/files/kuramochi_menu.pdf",
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
        for word in ["kuramochi", "Yarimizu", "yamada", "Mori", "yarimizuhanako"] {
            assert!(is_like_a_user(word), "{word}");
        }
        for word in [
            "hole",
            "Hotel",
            "menu",
            "museum",
            "library",
            "salon",
            "kominkan",
            "seikatsu",
            "ikigai",
            "tanoshimi",
            "sansaku",
            "ayumi",
        ] {
            assert!(!is_like_a_user(word), "{word}");
        }
    }
}
