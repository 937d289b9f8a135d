//! Encoding detection: the bytes of a text file → its characters.
//!
//! The order proved right on real files: byte order mark, NULs (UTF-16 without a mark), strict UTF-8, a statistical guess
//! between the Japanese encodings on the whole file, and last mojibake repair (text that was decoded wrongly and saved as
//! UTF-8). Nothing is folded or trimmed here: lost characters stay U+FFFD, so that the table can report their row. This
//! module does no I/O.

mod japanese;
mod mojibake;

use encoding_rs::{UTF_16BE, UTF_16LE};

use crate::import::Encoding;

/// Bytes sampled to distinguish UTF-16 without a byte order mark from text with a few stray NULs.
const UTF16_SAMPLE: usize = 64 * 1024;

/// The decoded text of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodedText {
    /// The text without byte order marks and NULs; U+FFFD stands for each lost character.
    pub text: String,
    /// The detected encoding; `None` for ISO-2022-JP, which has no name in the report.
    pub encoding: Option<Encoding>,
    /// Whether mojibake was repaired: the text had been decoded wrongly and saved as UTF-8.
    pub recovered: bool,
}

/// Decodes `bytes` as text. Never fails: bytes that no encoding explains become U+FFFD.
pub fn decode(bytes: &[u8]) -> DecodedText {
    let (text, encoding) = decode_text(bytes);
    let (text, recovered) = match mojibake::repair(&text) {
        Some(right) => (right, true),
        None => (text, false),
    };
    DecodedText { text: without_byte_order_marks(text), encoding, recovered }
}

/// The characters of `bytes` and the detected encoding.
fn decode_text(bytes: &[u8]) -> (String, Option<Encoding>) {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return (String::from_utf8_lossy(rest).into_owned(), Some(Encoding::Utf8));
    }
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        let encoding = if bytes[0] == 0xFF { UTF_16LE } else { UTF_16BE };
        return (encoding.decode_without_bom_handling(&bytes[2..]).0.into_owned(), Some(Encoding::Utf16));
    }
    if let Some(text) = utf16_without_byte_order_mark(bytes) {
        return (text, Some(Encoding::Utf16));
    }
    match std::str::from_utf8(bytes) {
        // ISO-2022-JP uses only the bytes of ASCII.
        Ok(_) if japanese::is_iso_2022_jp(bytes) => japanese::decode(bytes),
        Ok(text) => (text.to_owned(), Some(Encoding::Utf8)),
        Err(_) if mostly_utf8(bytes) => (String::from_utf8_lossy(bytes).into_owned(), Some(Encoding::Utf8)),
        Err(_) => japanese::decode(bytes),
    }
}

/// Detects UTF-16 without a byte order mark: commas and line breaks have a NUL always on the same side.
fn utf16_without_byte_order_mark(bytes: &[u8]) -> Option<String> {
    let sample = &bytes[..bytes.len().min(UTF16_SAMPLE)];
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let encoding = match (even, odd) {
        (e, o) if o > 8 * e && o > 0 => UTF_16LE,
        (e, o) if e > 8 * o && e > 0 => UTF_16BE,
        _ => return None,
    };
    let text = encoding.decode_without_bom_handling(bytes).0;
    looks_like_text(&text).then(|| text.into_owned())
}

/// Whether nine of ten characters at the start of `text` are common in Japanese lists.
fn looks_like_text(text: &str) -> bool {
    let (mut usual, mut all) = (0_usize, 0_usize);
    for character in text.chars().take(4096) {
        all += 1;
        let plain = matches!(character, '\t' | '\n' | '\r' | ' '..='~');
        let japanese =
            matches!(u32::from(character), 0x2010..=0x26FF | 0x3000..=0x30FF | 0x4E00..=0x9FFF | 0xFF01..=0xFFEF);
        usual += usize::from(plain || japanese);
    }
    all > 0 && usual * 10 >= all * 9
}

/// Whether `bytes` are UTF-8 with a few damaged bytes rather than another encoding. Japanese UTF-8 is full of three-byte
/// sequences, which hardly ever arise by chance.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut right, mut wrong) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().map(|c| [0, 0, 1, 3, 4][c.len_utf8()]).sum::<usize>();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    right >= 4 * wrong
}

/// Removes NULs and byte order marks, which editors leave in odd places.
fn without_byte_order_marks(mut text: String) -> String {
    if text.contains(['\u{FEFF}', '\0']) {
        text.retain(|c| c != '\u{FEFF}' && c != '\0');
    }
    text
}

#[cfg(test)]
mod tests {
    use encoding_rs::{EUC_JP, SHIFT_JIS};

    use super::*;

    const LIST: &str = "名称,住所,電話番号\r\nサロン①,養父市八鹿町国木㈱～ﾊﾝｶｸ,079-662-0000\r\n";

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_characters() {
        let cases: Vec<(Vec<u8>, Option<Encoding>)> = vec![
            (LIST.as_bytes().to_vec(), Some(Encoding::Utf8)),
            (["\u{FEFF}", LIST].concat().into_bytes(), Some(Encoding::Utf8)),
            (["\u{FEFF}\u{FEFF}", LIST].concat().into_bytes(), Some(Encoding::Utf8)),
            (SHIFT_JIS.encode(LIST).0.into_owned(), Some(Encoding::ShiftJis)),
            (utf16(LIST, false), Some(Encoding::Utf16)),
            (utf16(LIST, true), Some(Encoding::Utf16)),
            (utf16(&["\u{FEFF}", LIST].concat(), false), Some(Encoding::Utf16)),
            (utf16(&["\u{FEFF}", LIST].concat(), true), Some(Encoding::Utf16)),
        ];
        for (bytes, encoding) in cases {
            let decoded = decode(&bytes);
            assert_eq!((decoded.text.as_str(), decoded.encoding), (LIST, encoding));
            assert!(!decoded.recovered);
        }
    }

    #[test]
    fn euc_jp_and_shift_jis_are_told_apart_on_short_files_too() {
        for text in
            ["名称\nサロン\n", "名称,住所\nひだまり,大屋町\n", "団体名\nﾊﾝｶｸ\n", "会場\n公民館\n", "氏名,電話\n"]
        {
            let (euc, sjis) = (EUC_JP.encode(text).0, SHIFT_JIS.encode(text).0);
            assert_eq!(
                decode(&euc),
                DecodedText { text: text.into(), encoding: Some(Encoding::EucJp), recovered: false }
            );
            assert_eq!(
                decode(&sjis),
                DecodedText { text: text.into(), encoding: Some(Encoding::ShiftJis), recovered: false }
            );
        }
        let jis = b"\x1B$BL>>N\x1B(B\n";
        assert_eq!(decode(jis), DecodedText { text: "名称\n".into(), encoding: None, recovered: false });
    }

    #[test]
    fn a_damaged_byte_in_utf8_costs_one_letter_and_not_the_encoding() {
        let mut bytes = LIST.as_bytes().to_vec();
        let at = LIST.find('国').unwrap();
        bytes[at] = 0xFF;
        let decoded = decode(&bytes);
        assert_eq!(decoded.encoding, Some(Encoding::Utf8));
        assert!(decoded.text.starts_with("名称,住所,電話番号") && decoded.text.contains('\u{FFFD}'));
        let cut = decode(&LIST.as_bytes()[..=at]);
        assert_eq!(cut.encoding, Some(Encoding::Utf8));
        assert_eq!(cut.text.matches('\u{FFFD}').count(), 1);
    }

    #[test]
    fn a_few_nuls_do_not_make_a_file_utf16() {
        let decoded = decode("名称,住所\n\0サロン\0,国木\n".as_bytes());
        assert_eq!((decoded.text.as_str(), decoded.encoding), ("名称,住所\nサロン,国木\n", Some(Encoding::Utf8)));
        let ascii = decode(b"name,address\n\0\0\0\0\0\0abc,def\n");
        assert_eq!(ascii.text, "name,address\nabc,def\n");
    }

    #[test]
    fn characters_of_the_vendor_become_private_use_and_are_kept_for_the_report() {
        let bytes = [SHIFT_JIS.encode("名称\n冨").0.into_owned(), vec![0xF0, 0x40], b"\n".to_vec()].concat();
        let decoded = decode(&bytes);
        assert_eq!(decoded.encoding, Some(Encoding::ShiftJis));
        assert_eq!(decoded.text, "名称\n冨\u{E000}\n");
    }
}
