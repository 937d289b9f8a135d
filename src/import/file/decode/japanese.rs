//! Encoding detection among `Shift_JIS`, EUC-JP and ISO-2022-JP, for bytes that are not UTF-8.
//!
//! A statistical guess is right on whole files and wrong on a few words, so the decidable cases come first: text that only
//! one encoding can decode is in that one, and where both can, the one that gives the vocabulary of a list rather than
//! half-width kana. This module does no I/O.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{EUC_JP, ISO_2022_JP, SHIFT_JIS};

use crate::import::Encoding;

/// Characters that are frequent in the headings and addresses of lists.
const LIST_CHARS: &str = "名称住所在地電話番号緯経度施設団体会場開催日時間曜月火水木金土市町村区大字内容対象者備考連絡先代表氏参加費種別\
                        利用可能公民館集地域活動説明一覧県";

/// Decodes `bytes` and names the encoding; what cannot be decoded becomes U+FFFD.
pub fn decode(bytes: &[u8]) -> (String, Option<Encoding>) {
    if is_iso_2022_jp(bytes) {
        return (ISO_2022_JP.decode_without_bom_handling(bytes).0.into_owned(), None);
    }
    let shift_jis = SHIFT_JIS.decode_without_bom_handling(bytes).0;
    let euc = EUC_JP.decode_without_bom_handling(bytes).0;
    if is_euc(bytes, &shift_jis, &euc) {
        (euc.into_owned(), Some(Encoding::EucJp))
    } else {
        (shift_jis.into_owned(), Some(Encoding::ShiftJis))
    }
}

/// Whether `bytes` are ASCII with the escape sequences of ISO-2022-JP.
pub fn is_iso_2022_jp(bytes: &[u8]) -> bool {
    bytes.is_ascii() && bytes.windows(3).any(|w| w.starts_with(b"\x1B$") && b"@B".contains(&w[2]))
}

/// Whether EUC-JP is the right decoding.
fn is_euc(bytes: &[u8], shift_jis: &str, euc: &str) -> bool {
    let lost = |text: &str| text.chars().filter(|&c| c == '\u{FFFD}').count();
    let (lost_sjis, lost_euc) = (lost(shift_jis), lost(euc));
    if lost_sjis.abs_diff(lost_euc) * 10 > lost_sjis.max(lost_euc) {
        return lost_euc < lost_sjis;
    }
    let (likely_sjis, likely_euc) = (count_list_chars(shift_jis), count_list_chars(euc));
    if likely_sjis.abs_diff(likely_euc) > bytes.len() / 100 {
        return likely_euc > likely_sjis;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(b"jp"), Utf8Detection::Deny) == EUC_JP
}

/// Counts the characters of `text` that are frequent in lists. Half-width kana do not count: EUC-JP decoded
/// as `Shift_JIS` is full of them.
fn count_list_chars(text: &str) -> usize {
    text.chars().filter(|&c| matches!(c, 'ぁ'..='ん' | 'ァ'..='ー') || (c > '一' && LIST_CHARS.contains(c))).count()
}
