//! E-mail and web addresses in a cell of contacts, and what else stands there. This module does no I/O.

use crate::import::cells::cell::narrow;

/// Extracts the e-mail and web addresses of `text`, and returns the rest. Each may follow a label without a space
/// (「メール：」), stand in brackets, or touch the next one.
pub(super) fn take_addresses(text: &str) -> (Vec<String>, String) {
    let narrowed = narrow(text);
    let (mut found, mut rest) = (Vec::new(), String::new());
    for word in narrowed.split(|c: char| c.is_whitespace() || "、,;<>()[]【】「」|".contains(c)) {
        let (label, address) = address_in(word).unwrap_or((word, ""));
        if address.is_empty() {
            rest.push_str(word);
        } else {
            found.push(address.to_owned());
            rest.push_str(label);
        }
        rest.push(' ');
    }
    if found.is_empty() {
        return (found, text.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    (found, rest.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn is_address_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || "@._-+:/~%?=&#!$'*".contains(c)
}

/// The address at the end of a word, with what stands before it: 「HP：www.…」, 「MAIL:…@…」.
fn address_in(word: &str) -> Option<(&str, &str)> {
    let begins = ["https://", "http://", "www."].iter().filter_map(|scheme| find_ignoring_case(word, scheme)).min();
    if let Some(at) = begins {
        let (label, address) = word.split_at(at);
        let end = address.find(|c: char| !is_address_char(c)).unwrap_or(address.len());
        return address.contains('.').then_some((label, &address[..end]));
    }
    let at = word.find('@')?;
    let is_local = |c: char| c.is_ascii_alphanumeric() || "._-+".contains(c);
    let start = at - word[..at].chars().rev().take_while(|c| is_local(*c)).map(char::len_utf8).sum::<usize>();
    let end = at + 1 + word[at + 1..].chars().take_while(|c| c.is_ascii_alphanumeric() || ".-".contains(*c)).count();
    let whole = start < at && word[at + 1..end].contains('.');
    whole.then_some((&word[..start], &word[start..end]))
}

fn find_ignoring_case(text: &str, word: &str) -> Option<usize> {
    text.to_ascii_lowercase().find(word)
}
