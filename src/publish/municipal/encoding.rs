//! The encodings of municipal lists: UTF-8, or `Shift_JIS` as Microsoft writes it. This module does no I/O.

use std::borrow::Cow;

use encoding_rs::SHIFT_JIS;

/// The byte order mark, by which spreadsheets know UTF-8.
const BOM: &[u8] = b"\xEF\xBB\xBF";
/// What stands for a character that `Shift_JIS` does not have (下駄).
const GETA: char = '〓';

/// An encoding of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum MunicipalEncoding {
    /// UTF-8 with a byte order mark.
    #[default]
    Utf8,
    /// `Shift_JIS` with Microsoft's extensions (CP932).
    ShiftJis,
}

impl MunicipalEncoding {
    /// The bytes of a whole file.
    pub(super) fn encode(self, text: &str) -> Vec<u8> {
        match self {
            Self::Utf8 => [BOM, text.as_bytes()].concat(),
            Self::ShiftJis => SHIFT_JIS.encode(&in_shift_jis(text)).0.into_owned(),
        }
    }

    /// The characters of a text that this encoding does not have.
    pub(super) fn missing(self, text: &str) -> String {
        match self {
            Self::Utf8 => String::new(),
            Self::ShiftJis => text.chars().filter(|c| counterpart(*c).is_none()).collect(),
        }
    }
}

fn in_shift_jis(text: &str) -> String {
    text.chars().map(|c| counterpart(c).unwrap_or(GETA)).collect()
}

/// The character that `Shift_JIS` writes for `c`: itself, or the one that Unicode's tables pair with the same bytes.
fn counterpart(c: char) -> Option<char> {
    let twin = match c {
        '〜' => '～',
        '—' => '―',
        '‖' => '∥',
        '−' => '－',
        '¢' => '￠',
        '£' => '￡',
        '¬' => '￢',
        '¥' => '￥',
        '‾' => '￣',
        '\u{a0}' => ' ',
        other => other,
    };
    let mut buffer = [0; 4];
    let (bytes, _, is_missing) = SHIFT_JIS.encode(twin.encode_utf8(&mut buffer));
    let is_kept = !is_missing && SHIFT_JIS.decode_without_bom_handling(&bytes) == (Cow::Owned(twin.to_string()), false);
    is_kept.then_some(twin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_shift_jis_has_is_kept_and_the_rest_is_named() {
        for (text, kept, missing) in [
            ("体操の会 13:30〜15:00", "体操の会 13:30～15:00", ""),
            ("①Ⅲ㈱髙﨑", "①Ⅲ㈱髙﨑", ""),
            ("¥500—−", "￥500―－", ""),
            ("😀の会", "〓の会", "😀"),
            ("𠮷野の café", "〓野の caf〓", "𠮷é"),
            ("ｶﾅ ~\\|", "ｶﾅ ~\\|", ""),
        ] {
            let bytes = MunicipalEncoding::ShiftJis.encode(text);
            assert_eq!(SHIFT_JIS.decode_without_bom_handling(&bytes).0, kept, "{text}");
            assert_eq!(MunicipalEncoding::ShiftJis.missing(text), missing, "{text}");
            assert_eq!(MunicipalEncoding::Utf8.missing(text), "");
        }
    }
}
