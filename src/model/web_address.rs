//! Web addresses as lists have them, made fit to be shown and linked. This module does no I/O.
//!
//! A list may have an address with a name and password (`https://user:password@host/`), which is a secret, and which can show
//! one host and lead to another; or with characters that turn the direction of writing, which show another address than the one
//! that is opened (spoofing).

/// Whether `c` turns the direction of writing (Unicode Bidirectional Algorithm). Japanese needs none of them.
pub fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `text` if it is a web address that a page may link to: its first word, without name and password and without characters
/// that nobody sees.
pub fn web_address(text: &str) -> Option<String> {
    let word = text.split_whitespace().next().unwrap_or_default();
    let word: String = word.chars().filter(|c| !(c.is_control() || is_bidi_control(*c) || is_zero_width(*c))).collect();
    let (scheme, rest) = word.split_once("://")?;
    if !["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return None;
    }
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len()));
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    (!host.is_empty()).then(|| format!("{scheme}://{host}{path}"))
}

/// Cleans a stored address: one that a page may link to as [`web_address`] does, any other as text.
pub fn clean_address(address: &mut String) {
    match web_address(address) {
        Some(clean) => *address = clean,
        None => without_credentials(address),
    }
}

/// Removes names and passwords from all addresses in `text`, and the characters that turn the direction of writing.
pub fn without_credentials(text: &mut String) {
    if text.contains(is_bidi_control) {
        text.retain(|c| !is_bidi_control(c));
    }
    let mut from = 0;
    while let Some(start) = text[from..].find("://").map(|at| from + at + "://".len()) {
        if let Some(length) = credentials(&text[start..]) {
            text.replace_range(start..start + length, "");
        }
        from = start;
    }
}

/// Length of `user:password@` at the start of `rest`, which follows `://`.
fn credentials(rest: &str) -> Option<usize> {
    let is_part = |c: char| c.is_ascii_graphic() && !"/?#\\<>\"".contains(c);
    let authority = &rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())];
    let (credentials, _) = authority.rsplit_once('@')?;
    credentials.contains(':').then_some(credentials.len() + 1)
}

/// Whether `c` takes no room and may stand in no address.
fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{00ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_web_address_has_neither_password_nor_hidden_characters() {
        for (written, shown) in [
            ("https://example.jp/", Some("https://example.jp/")),
            ("HTTP://example.jp", Some("HTTP://example.jp")),
            ("https://user:password@example.jp/a", Some("https://example.jp/a")),
            ("https://user@example.jp", Some("https://example.jp")),
            ("https://city.example.jp:443@evil.example/", Some("https://evil.example/")),
            ("https://a@b@example.jp?x=1", Some("https://example.jp?x=1")),
            ("https://example.jp/@35.1,134.2", Some("https://example.jp/@35.1,134.2")),
            ("https://example.jp?to=a@b.example", Some("https://example.jp?to=a@b.example")),
            ("https://example.jp/\u{202e}gpj.exe", Some("https://example.jp/gpj.exe")),
            ("https://exa\u{200b}mple.jp\u{2066}", Some("https://example.jp")),
            ("https://u:p\u{ff20}example.jp/", Some("https://u:p\u{ff20}example.jp/")),
            ("https://user:pass\\@example.jp", Some("https://user:pass\\@example.jp")),
            ("https://user:p@", None),
            ("https://", None),
            ("javascript:alert(1)", None),
            ("ftp://a:b@example.jp", None),
            ("example.jp", None),
            ("", None),
        ] {
            assert_eq!(web_address(written).as_deref(), shown, "{written:?}");
        }
    }

    #[test]
    fn in_a_sentence_passwords_go_and_nothing_else_does() {
        for (written, shown) in [
            ("資料は https://kanri:himitsu@example.jp/a を見る", "資料は https://example.jp/a を見る"),
            ("ftp://u:p@h と https://u:p@h/x", "ftp://h と https://h/x"),
            ("https://u:p://v:w@h", "https://u:p://h"),
            ("http://example.jpまたはa@example.jp", "http://example.jpまたはa@example.jp"),
            ("http://example.jp a@example.jp", "http://example.jp a@example.jp"),
            ("連絡はa:b@example.jp", "連絡はa:b@example.jp"),
            ("https://user@example.jp", "https://user@example.jp"),
            ("会場\u{202e}山\u{2069}田", "会場山田"),
            ("://", "://"),
            ("://:@", "://"),
        ] {
            let mut text = written.to_owned();
            without_credentials(&mut text);
            assert_eq!(text, shown, "{written:?}");
        }
    }
}
