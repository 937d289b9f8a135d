//! What people read holds no character that a terminal obeys (escape injection). This module does no I/O.

use std::borrow::Cow;
use std::fmt::Write as _;

/// How [`printable`] writes a character that must not reach a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EscapeStyle {
    /// For people: `<U+202E>`.
    Visible,
    /// Within a string of JSON, of which the value stays the same: `\u202e`.
    Json,
}

/// `text` without the characters that a terminal obeys or does not show: control characters (C0, C1), those of the direction
/// of writing (bidi) and those of no width. Line breaks and tabs stay. This is the one edge to what people read.
pub fn printable(text: &str, style: EscapeStyle) -> Cow<'_, str> {
    if !text.contains(is_unprintable) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_unprintable(c) { escape(&mut out, c, style) } else { out.push(c) }
    }
    Cow::Owned(out)
}

fn escape(out: &mut String, c: char, style: EscapeStyle) {
    let code = u32::from(c);
    // Writing to a string cannot fail.
    let _ = match style {
        EscapeStyle::Visible => write!(out, "<U+{code:04X}>"),
        EscapeStyle::Json => c.encode_utf16(&mut [0; 2]).iter().try_for_each(|unit| write!(out, "\\u{unit:04x}")),
    };
}

/// Not among them: variation selectors, which choose between forms of a kanji in names.
fn is_unprintable(c: char) -> bool {
    let invisible = matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}');
    invisible || c.is_control() && !matches!(c, '\n' | '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_obeys_is_printed() {
        for (text, shown) in [
            ("囲碁サロン\t毎週\n次", "囲碁サロン\t毎週\n次"),
            ("\u{1b}[2J", "<U+001B>[2J"),
            ("\u{9b}31m", "<U+009B>31m"),
            ("\u{1b}]0;題\u{7}", "<U+001B>]0;題<U+0007>"),
            ("前\r後", "前<U+000D>後"),
            ("\u{202e}txt.exe", "<U+202E>txt.exe"),
            ("\u{2066}a\u{2069}", "<U+2066>a<U+2069>"),
            ("ひだ\u{200b}まり", "ひだ<U+200B>まり"),
            ("\u{feff}\u{7f}\0", "<U+FEFF><U+007F><U+0000>"),
            ("\u{e0041}", "<U+E0041>"),
            ("葛\u{e0100}城の辻\u{fe00}", "葛\u{e0100}城の辻\u{fe00}"),
        ] {
            assert_eq!(printable(text, EscapeStyle::Visible), shown, "{text:?}");
        }
    }
}
