//! Whose a number is by the words beside it: 「会長宅 079-…」, 「079-…（自宅）」. This module does no I/O.

use crate::privacy::persons::is_owner;
use crate::privacy::words::{PrivacyWordFile, masked};
use crate::text::fold;

/// How many characters before and behind a number belong to it.
const LABEL_CHARS: usize = 16;

/// Ends of a label: what stands beyond is about something else.
const LABEL_ENDS: &str = "\n。;；、，,/／|｜";

/// For each of the numbers at `ranges`, ascending, whether the words beside it claim it as somebody's own.
pub(super) fn claimed(chars: &[char], ranges: &[(usize, usize)]) -> Vec<bool> {
    if ranges.is_empty() {
        return Vec::new();
    }
    let named = |at: usize| name_behind(chars, ranges, at).is_some();
    if !could_claim(chars) {
        return (0..ranges.len()).map(named).collect();
    }
    let label = |at: usize| {
        let (start, end) = ranges[at];
        let from = at.checked_sub(1).map_or(0, |before| ranges[before].1);
        let to = ranges.get(at + 1).map_or(chars.len(), |next| next.0);
        let before = label_before(&chars[from..start]);
        let is_bare = before.chars().all(|c| !c.is_alphanumeric());
        claims(&before) || claims(&label_behind(&chars[end..to], is_bare || at + 1 == ranges.len())) || named(at)
    };
    (0..ranges.len()).map(label).collect()
}

/// Where the bracket ends that stands right behind the number at `ranges[at]` and names its owner: 「夜間 079-…（鴫原）」.
pub(super) fn name_behind(chars: &[char], ranges: &[(usize, usize)], at: usize) -> Option<usize> {
    let (start, end) = ranges[at];
    let from = at.checked_sub(1).map_or(0, |before| ranges[before].1);
    let spaces = chars[end..].iter().take_while(|c| c.is_whitespace()).count();
    let open = end + spaces;
    let close = match chars.get(open)? {
        '（' | '(' => ['）', ')'],
        '【' => ['】', '】'],
        '[' | '［' => ['］', ']'],
        '〔' => ['〕', '〕'],
        _ => return None,
    };
    let inner: String = chars[open + 1..].iter().take(LABEL_CHARS).take_while(|c| !close.contains(c)).collect();
    let closed = open + 1 + inner.chars().count();
    chars.get(closed).filter(|c| close.contains(c))?;
    let before = label_before(&chars[from..start]);
    let outside_hours = PrivacyWordFile::get().people.private_times.iter().any(|time| before.contains(time.as_str()));
    is_owner(&inner, outside_hours).then_some(closed + 1)
}

/// Whether the folded `words` say that a number is somebody's own.
pub(in crate::privacy) fn claims(words: &str) -> bool {
    let table = &PrivacyWordFile::get().numbers;
    let text = masked(&fold(words), &table.not_own);
    table.own.iter().any(|word| text.contains(word.as_str()))
}

fn could_claim(chars: &[char]) -> bool {
    claims(&chars.iter().collect::<String>())
}

/// The words before a number, back to the last sign that ends a label; signs just before the number belong to it.
fn label_before(chars: &[char]) -> String {
    let label: Vec<char> = chars.iter().rev().take(LABEL_CHARS).copied().collect();
    let signs = label.iter().take_while(|c| !c.is_alphanumeric()).count();
    let words = label[signs..].iter().take_while(|c| !LABEL_ENDS.contains(**c));
    words.copied().collect::<Vec<_>>().into_iter().rev().collect()
}

/// The words in a bracket behind a number; all words to the end of the label where `whole`.
fn label_behind(chars: &[char], whole: bool) -> String {
    let spaces = chars.iter().take_while(|c| c.is_whitespace()).count();
    let rest = &chars[spaces..];
    match rest.first() {
        Some('(' | '（' | '[' | '［' | '【' | '〔' | '＜' | '<' | '「') => {
            let is_end = |c: &&char| !")）]］】〕＞>」".contains(**c);
            rest[1..].iter().take_while(is_end).take(LABEL_CHARS).collect()
        }
        _ if whole => rest.iter().take_while(|c| !LABEL_ENDS.contains(**c)).take(LABEL_CHARS).collect(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use crate::privacy::telephone::telephones_in;

    fn owned(text: &str) -> Vec<bool> {
        telephones_in(&text.chars().collect::<Vec<_>>()).iter().map(|number| number.own).collect()
    }

    #[test]
    fn the_words_beside_a_number_say_whose_it_is() {
        for (text, expected) in [
            ("自宅 079-660-0001", &[true][..]),
            ("会長宅：079-660-0001", &[true]),
            ("079-660-0001（自宅）", &[true]),
            ("０７９－６６０－０００１　会長宅", &[true]),
            ("社協 079-662-0160、会長宅 079-660-0001", &[false, true]),
            ("079-662-0160（事務局）／079-660-0001（代表個人）", &[false, true]),
            ("自宅に電話を 079-660-0001", &[true]),
            ("市営住宅集会所 079-662-0160", &[false]),
            ("宅配の申込み 079-662-0160", &[false]),
            ("自宅訪問もします。社協 079-662-0160", &[false]),
            ("平日:079-662-0160;土日:079-662-0161", &[false, false]),
            ("在宅介護支援センター 079-662-0160", &[false]),
            ("事務局 079-662-0160 自宅 079-660-0001", &[false, true]),
            ("夜間 0796-62-9911（鴫原）", &[true]),
            ("0796-62-9911（山田）", &[true]),
            ("うち 0796-62-9911", &[true]),
            ("わが家 0796-62-9911", &[true]),
            ("0796-62-9911（直通）", &[false]),
            ("夜間 0796-62-9911（宿直）", &[false]),
            ("夜間 0796-62-9911（守衛室）", &[false]),
            ("0796-62-9911（大代表）", &[false]),
            ("0796-62-9911（代表）", &[false]),
            ("うち3名は送迎。社協 0796-62-9911", &[false]),
            ("そのうち一度 0796-62-9911", &[false]),
            ("0796-62-9911（西部）", &[false]),
        ] {
            assert_eq!(owned(text), expected, "{text}");
        }
    }
}
