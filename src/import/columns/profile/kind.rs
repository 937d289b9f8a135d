//! The kind of one cell: number, telephone, address, weekday, word …; one kind each, the surest first.
//!
//! This module does no I/O.

use super::address::is_address;
use super::person::could_be_a_person;
use crate::import::cells::spelling::narrow;
use crate::import::cells::{dates, times};

/// Characters from which a cell is a text and no name.
const SENTENCE_CHARS: usize = 40;
/// Letters beside a telephone number at most: 「（代表）」, 「内線」.
const LETTERS_BESIDE: usize = 8;

/// The kind of one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CellKind {
    /// A number that is none of the following.
    Number,
    /// A latitude of Japan.
    Lat,
    /// A longitude of Japan.
    Lon,
    /// Both in one cell.
    LonLat,
    /// A telephone number.
    Phone,
    /// A mobile number, which is a person's own.
    Mobile,
    /// A postal code.
    Postal,
    /// An e-mail address.
    Email,
    /// A web address.
    Url,
    /// A date.
    Date,
    /// A time of day.
    Time,
    /// Words about when: 毎週月曜 10時.
    When,
    /// Weekdays alone.
    Weekday,
    /// A mark: ○, ×, 有, 無.
    Mark,
    /// What something costs: 300円, 無料.
    Price,
    /// An address.
    Address,
    /// A text in katakana alone.
    Kana,
    /// A private person's name.
    Person,
    /// A text of some length.
    Sentence,
    /// Latin letters with digits.
    Code,
    /// Any other short text.
    Word,
}

/// The kind of `cell`, which is trimmed and not blank.
pub fn kind_of(cell: &str) -> CellKind {
    // No kind but text is that long, and folding it would cost time.
    if cell.len() > 400 {
        return CellKind::Sentence;
    }
    let text = narrow(cell);
    let text = text.trim();
    written_for_machines(text)
        .or_else(|| is_mark(text).then_some(CellKind::Mark))
        .or_else(|| is_price(text).then_some(CellKind::Price))
        .or_else(|| number(text))
        .or_else(|| when(text))
        .or_else(|| phone_with_words(text))
        .unwrap_or_else(|| words(text))
}

fn written_for_machines(text: &str) -> Option<CellKind> {
    let is_web = text.contains("://") || text.starts_with("www.");
    if is_web && !text.contains(' ') {
        return Some(CellKind::Url);
    }
    let (user, host) = text.split_once('@')?;
    (!user.is_empty() && host.contains('.') && text.is_ascii() && !text.contains(' ')).then_some(CellKind::Email)
}

fn is_mark(text: &str) -> bool {
    let words =
        ["有", "無", "有り", "無し", "あり", "なし", "可", "不可", "要", "不要", "はい", "いいえ", "true", "false"];
    let lower = text.to_lowercase();
    lower.chars().count() == 1 && lower.chars().all(|c| "○〇◯×✕✖△▲●◎✓✔レxyn-".contains(c))
        || words.contains(&lower.as_str())
}

/// Whether `text` is an amount of money, or says that there is none to pay.
fn is_price(text: &str) -> bool {
    const WORDS: [&str; 6] = ["無料", "有料", "実費", "無償", "free", "実費負担"];
    let outside = text.split('(').next().unwrap_or(text).trim();
    let is_amount = || {
        let (before, _) = outside.split_once('円').or_else(|| outside.split_once("yen"))?;
        let number = before.trim_end().trim_end_matches(|c: char| c.is_ascii_digit() || c == ',');
        let has_number = number.len() < before.trim_end().len();
        Some(has_number && number.chars().count() <= 6 && outside.chars().count() <= 16)
    };
    WORDS.contains(&outside.to_lowercase().as_str()) || is_amount().unwrap_or(false)
}

/// Numbers of every kind: coordinates, telephones, postal codes, dates, times.
fn number(text: &str) -> Option<CellKind> {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    if digits == 0 {
        return None;
    }
    if let Some(kind) = coordinates(text) {
        return Some(kind);
    }
    let is_plain = text.chars().all(|c| c.is_ascii_digit() || " -()+.,/:".contains(c));
    let bare = text.strip_prefix('〒').unwrap_or(text).trim();
    if bare.len() == 8 && digits == 7 && bare.as_bytes()[3] == b'-' {
        return Some(CellKind::Postal);
    }
    if is_plain && let Some(kind) = phone(text) {
        return Some(kind);
    }
    if text.contains([':', '時']) && times::time(text).is_some() {
        return Some(CellKind::Time);
    }
    if text.chars().count() <= 16 && text.contains(['/', '-', '年', '.']) && dates::date(text).is_some() {
        return Some(CellKind::Date);
    }
    is_plain.then_some(CellKind::Number)
}

/// A telephone of nine to eleven digits that begins with a zero.
fn phone(text: &str) -> Option<CellKind> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let is_phone = digits.starts_with('0') && (9..=11).contains(&digits.len()) && !text.contains(['.', ':', ',', '/']);
    let is_own = digits.len() == 11 && ["070", "080", "090"].iter().any(|start| digits.starts_with(start));
    is_phone.then_some(if is_own { CellKind::Mobile } else { CellKind::Phone })
}

/// A telephone with a few words beside it: 「（代表）079-662-0160」.
fn phone_with_words(text: &str) -> Option<CellKind> {
    let first = text.split(['\n', '/', '、', ';', ',']).find(|part| part.contains(|c: char| c.is_ascii_digit()))?;
    let letters = first.chars().filter(|c| c.is_alphabetic()).count();
    if letters > LETTERS_BESIDE {
        return None;
    }
    let mut runs = first.split(|c: char| !(c.is_ascii_digit() || "-()".contains(c)));
    runs.find_map(|run| phone(run.trim_matches(['(', ')', '-'])))
}

fn coordinates(text: &str) -> Option<CellKind> {
    if let Some(kind) = degrees(text) {
        return Some(kind);
    }
    let (first, second) = text.split_once([',', ' ', '/'])?;
    let inner = |part: &str| degrees(part.trim().trim_matches(['(', ')', '[', ']']));
    match (inner(first), inner(second)) {
        (Some(CellKind::Lat), Some(CellKind::Lon)) | (Some(CellKind::Lon), Some(CellKind::Lat)) => {
            Some(CellKind::LonLat)
        }
        _ => None,
    }
}

/// A latitude or longitude of Japan, decimal or in degrees, minutes and seconds.
fn degrees(text: &str) -> Option<CellKind> {
    let text = text.trim_start_matches(['N', 'E', '北', '緯', '東', '経']);
    let (whole, rest) = text.split_once(['.', '°', '度'])?;
    let digits = rest.chars().filter(char::is_ascii_digit).count();
    let is_fine = rest.chars().all(|c| c.is_ascii_digit() || "′″'\".度分秒 ".contains(c));
    let degrees: u32 = whole.parse().ok()?;
    match (degrees, is_fine && digits >= 3) {
        (20..=45, true) => Some(CellKind::Lat),
        (122..=153, true) => Some(CellKind::Lon),
        _ => None,
    }
}

/// Weekdays, or words about time.
fn when(text: &str) -> Option<CellKind> {
    let is_day = |c: char| "月火水木金土日祝".contains(c);
    let others = "曜第毎週回・、,。~〜-/()1234567 とや及び";
    if text.chars().any(is_day) && text.chars().all(|c| is_day(c) || others.contains(c)) {
        let is_number = text.chars().all(|c| c == '日' || c == '月' || c.is_ascii_digit());
        return (!is_number || text.chars().count() == 1).then_some(CellKind::Weekday);
    }
    let chars = text.chars().count();
    let says =
        ["曜", "毎週", "毎月", "毎日", "隔週", "平日", "年中無休", "随時", "不定期"].iter().any(|w| text.contains(w));
    let hours = text.matches(':').count() + text.matches('時').count();
    let spans = hours >= 2 && text.contains(['~', '〜', '-', 'か', 'ま']);
    (chars <= SENTENCE_CHARS * 2 && (says && !text.ends_with('会') || spans)).then_some(CellKind::When)
}

fn words(text: &str) -> CellKind {
    let chars = text.chars().count();
    let is_kana = |c: char| ('\u{30A1}'..='\u{30FA}').contains(&c) || "ー・ ".contains(c);
    if chars >= 3 && text.chars().all(is_kana) {
        CellKind::Kana
    } else if is_address(text) {
        CellKind::Address
    } else if chars > SENTENCE_CHARS
        || text.contains('。')
        || ["ます", "です", "ください"].iter().any(|e| text.ends_with(e))
    {
        CellKind::Sentence
    } else if could_be_a_person(text) {
        CellKind::Person
    } else if text.is_ascii() && text.contains(|c: char| c.is_ascii_digit()) && !text.contains(' ') {
        CellKind::Code
    } else {
        CellKind::Word
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_cell_is_known_by_its_look() {
        for (cell, kind) in [
            ("12", CellKind::Number),
            ("35.4012", CellKind::Lat),
            ("134.7701", CellKind::Lon),
            ("35.4012, 134.7701", CellKind::LonLat),
            ("35°24′10.5″", CellKind::Lat),
            ("079-662-0160", CellKind::Phone),
            ("（079）662-0160", CellKind::Phone),
            ("０７９－６６２－０１６０（代表）", CellKind::Phone),
            ("090-1234-5678", CellKind::Mobile),
            ("667-0021", CellKind::Postal),
            ("〒667-0021", CellKind::Postal),
            ("a@example.jp", CellKind::Email),
            ("https://example.jp/a", CellKind::Url),
            ("2026-04-01", CellKind::Date),
            ("令和8年4月1日", CellKind::Date),
            ("13:30", CellKind::Time),
            ("13時半", CellKind::Time),
            ("毎週月曜 10時～11時", CellKind::When),
            ("10:00～11:30", CellKind::When),
            ("月・水・金", CellKind::Weekday),
            ("第2火曜", CellKind::Weekday),
            ("○", CellKind::Mark),
            ("なし", CellKind::Mark),
            ("１回300円（材料代込み）", CellKind::Price),
            ("無料", CellKind::Price),
            ("兵庫県養父市八鹿町八鹿1675", CellKind::Address),
            ("八鹿町八鹿１６７５－２", CellKind::Address),
            ("ヒダマリサロン", CellKind::Kana),
            ("山田 花子", CellKind::Person),
            ("お茶を飲みながら話します。", CellKind::Sentence),
            ("A-12", CellKind::Code),
            ("ひだまりサロン", CellKind::Word),
            ("八鹿公民館", CellKind::Word),
        ] {
            assert_eq!(kind_of(cell), kind, "{cell}");
        }
    }

    #[test]
    fn what_only_looks_alike_is_something_else() {
        for (cell, kind) in [
            ("1月", CellKind::Word),
            ("三日月会", CellKind::Word),
            ("第1公民館", CellKind::Word),
            ("日の出の会", CellKind::Word),
            ("カフェ", CellKind::Kana),
            ("100", CellKind::Number),
            ("8.5", CellKind::Number),
            ("会場は3階です", CellKind::Sentence),
            ("無料塾まなび", CellKind::Word),
            ("百円市の会", CellKind::Word),
        ] {
            assert_eq!(kind_of(cell), kind, "{cell}");
        }
    }
}
