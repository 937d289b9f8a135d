//! Encoding detection among `Shift_JIS`, EUC-JP and ISO-2022-JP, for bytes that are not UTF-8.
//!
//! A statistical guess is right on whole files and wrong on a few words, so the decidable cases come first: text that only
//! one encoding can decode is in that one, and where both can, the one that gives the vocabulary of a list rather than
//! half-width kana. This module does no I/O.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, EUC_JP, Encoding as Encoder, ISO_2022_JP, SHIFT_JIS};

use crate::import::Encoding;

/// Characters that are frequent in the headings and addresses of lists.
const LIST_CHARS: &str = "名称住所在地電話番号緯経度施設団体会場開催日時間曜月火水木金土市町村区大字内容対象者備考連絡先代表氏参加費種別\
                        利用可能公民館集地域活動説明一覧県";

/// Decodes `bytes` and names the encoding; what cannot be decoded becomes U+FFFD.
pub fn decode(bytes: &[u8]) -> (String, Option<Encoding>) {
    if is_iso_2022_jp(bytes) {
        return (ISO_2022_JP.decode_without_bom_handling(bytes).0.into_owned(), None);
    }
    let (encoding, name) = if is_euc(bytes) { (EUC_JP, Encoding::EucJp) } else { (SHIFT_JIS, Encoding::ShiftJis) };
    (encoding.decode_without_bom_handling(bytes).0.into_owned(), Some(name))
}

/// Whether `bytes` are ASCII with the escape sequences of ISO-2022-JP.
pub fn is_iso_2022_jp(bytes: &[u8]) -> bool {
    bytes.is_ascii() && bytes.windows(3).any(|w| w.starts_with(b"\x1B$") && b"@B".contains(&w[2]))
}

/// Whether EUC-JP is the right decoding.
fn is_euc(bytes: &[u8]) -> bool {
    let (sjis, euc) = (DecodedCounts::of(bytes, SHIFT_JIS), DecodedCounts::of(bytes, EUC_JP));
    if sjis.lost.abs_diff(euc.lost) * 10 > sjis.lost.max(euc.lost) {
        return euc.lost < sjis.lost;
    }
    if sjis.likely.abs_diff(euc.likely) > bytes.len() / 100 {
        return euc.likely > sjis.likely;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(b"jp"), Utf8Detection::Deny) == EUC_JP
}

/// What a decoding of the whole file gives, counted without keeping its text.
#[derive(Debug, Default)]
struct DecodedCounts {
    /// Characters that were lost.
    lost: usize,
    /// Characters that are frequent in lists. Half-width kana do not count: EUC-JP decoded as `Shift_JIS` is full of them.
    likely: usize,
}

impl DecodedCounts {
    fn of(bytes: &[u8], encoding: &'static Encoder) -> Self {
        let mut decoder = encoding.new_decoder_without_bom_handling();
        let (mut counts, mut at) = (Self::default(), 0);
        let mut buffer = String::with_capacity(64 * 1024);
        loop {
            buffer.clear();
            let (result, read, _) = decoder.decode_to_string(&bytes[at..], &mut buffer, true);
            at += read;
            buffer.chars().for_each(|c| counts.add(c));
            if result == CoderResult::InputEmpty {
                return counts;
            }
        }
    }

    fn add(&mut self, c: char) {
        let is_likely = matches!(c, 'ぁ'..='ん' | 'ァ'..='ー') || (c > '一' && LIST_CHARS.contains(c));
        self.lost += usize::from(c == '\u{FFFD}');
        self.likely += usize::from(is_likely);
    }
}
