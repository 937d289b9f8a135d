//! Mojibake repair: recovers a `Shift_JIS` list that was opened as Western text and saved as UTF-8.
//!
//! Every byte became one character of Latin-1 or Windows-1252, so the original bytes can be recovered exactly, as long as
//! nothing has folded or trimmed the text. This module does no I/O.

use encoding_rs::{EUC_JP, SHIFT_JIS, UTF_8, WINDOWS_1252};

/// Repairs `text`; `None` if nothing suggests mojibake.
pub fn repair(text: &str) -> Option<String> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    if !looks_western(text) {
        return None;
    }
    let bytes = bytes_of(text)?;
    [SHIFT_JIS, UTF_8, EUC_JP]
        .into_iter()
        .filter_map(|encoding| encoding.decode_without_bom_handling_and_without_replacement(&bytes))
        .map(std::borrow::Cow::into_owned)
        .find(|right| is_japanese(right))
}

/// Whether enough characters beyond ASCII, and nearly all of them, are what bytes decoded as Western text give.
fn looks_western(text: &str) -> bool {
    let (mut western, mut other) = (0_usize, 0_usize);
    for character in text.chars().filter(|c| !c.is_ascii()) {
        if byte_of(character).is_some() {
            western += 1;
        } else {
            other += 1;
        }
    }
    western >= 4 && other == 0
}

/// The bytes that were decoded as `text`; `None` if a character is outside Latin-1 and Windows-1252.
fn bytes_of(text: &str) -> Option<Vec<u8>> {
    text.chars().map(byte_of).collect()
}

/// The byte that Latin-1 or Windows-1252 displays as this character.
fn byte_of(character: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(u32::from(character)) {
        return Some(byte);
    }
    let mut buffer = [0; 4];
    let (bytes, _, unmappable) = WINDOWS_1252.encode(character.encode_utf8(&mut buffer));
    (!unmappable).then(|| bytes[0])
}

/// Whether most characters beyond ASCII are kana, kanji or their punctuation, and none is a control character.
fn is_japanese(text: &str) -> bool {
    let (mut japanese, mut other) = (0_usize, 0_usize);
    for character in text.chars().filter(|c| !c.is_ascii()) {
        match u32::from(character) {
            0x3000..=0x30FF | 0x4E00..=0x9FFF | 0xFF01..=0xFF5E => japanese += 1,
            0x80..=0x9F => return false,
            _ => other += 1,
        }
    }
    japanese >= 2 && japanese >= 2 * other
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "名称,住所\r\n喫茶①ソ,能登町～表示ﾃｽﾄ\r\n";

    #[test]
    fn shift_jis_saved_through_latin_1_comes_back_exactly() {
        let through: String = SHIFT_JIS.encode(LIST).0.iter().map(|&b| char::from(b)).collect();
        assert_eq!(repair(&through).as_deref(), Some(LIST));
    }

    #[test]
    fn shift_jis_saved_through_windows_1252_comes_back_exactly() {
        let bytes = SHIFT_JIS.encode(LIST).0;
        let through = WINDOWS_1252.decode_without_bom_handling(&bytes).0;
        assert_eq!(repair(&through).as_deref(), Some(LIST));
    }

    #[test]
    fn utf8_saved_twice_comes_back_too() {
        let through = WINDOWS_1252.decode_without_bom_handling(LIST.as_bytes()).0;
        assert_eq!(repair(&through).as_deref(), Some(LIST));
    }

    #[test]
    fn western_words_in_a_list_are_left_alone() {
        assert_eq!(repair("name,note\nCafé Zürich,señor à côté\n"), None);
        assert_eq!(repair("名称\nCafé\n"), None);
        assert_eq!(repair("名称\nサロン\n"), None);
    }
}
