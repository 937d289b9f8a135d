//! Telephone number extraction: the numbers in a text, and the words around them. This module does no I/O.

use super::cell::is_dash;

/// Labels of a telephone number.
const LABELS: [&str; 15] = [
    "電話番号",
    "電話",
    "携帯電話",
    "携帯",
    "自宅",
    "連絡先",
    "問い合わせ先",
    "問合せ先",
    "tel",
    "TEL",
    "Tel",
    "☎",
    "☏",
    "ＴＥＬ",
    "℡",
];

/// Labels of a fax number.
const FAX_LABELS: [&str; 7] = ["FAX", "Fax", "fax", "ＦＡＸ", "ファックス", "ファクス", "ﾌｧｯｸｽ"];

/// A telephone number found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import) struct Phone {
    /// The number, as written.
    pub(in crate::import) text: String,
    /// Whether it is labelled as a fax number.
    pub(in crate::import) fax: bool,
    /// Whether it is a mobile number, which is treated as a person's own.
    pub(in crate::import) mobile: bool,
}

/// Extracts the telephone numbers of `text`, and returns the rest of it without their labels.
pub(in crate::import) fn split(text: &str) -> (Vec<Phone>, String) {
    let written: Vec<char> = text.chars().collect();
    let narrow: Vec<char> = written.iter().map(|c| narrow_char(*c)).collect();
    let (mut phones, mut rest, mut at) = (Vec::new(), String::new(), 0);
    while at < narrow.len() {
        let Some(end) = number_at(&narrow, at) else {
            rest.push(written[at]);
            at += 1;
            continue;
        };
        let fax = take_label(&mut rest, &FAX_LABELS);
        take_label(&mut rest, &LABELS);
        let digits: String = narrow[at..end].iter().filter(|c| c.is_ascii_digit()).collect();
        let text: String = written[at..end].iter().collect();
        let mut text = text.trim();
        if let Some(inner) = text.strip_prefix(['(', '（']).filter(|inner| !inner.contains([')', '）'])) {
            // The bracket is not the number's: 「社協（079-662-0160）」.
            rest.push('（');
            text = inner;
        }
        phones.push(Phone { text: text.to_owned(), fax, mobile: is_mobile(&digits) });
        rest.push(' ');
        at = end;
    }
    (phones, without_labels(&rest))
}

fn is_mobile(digits: &str) -> bool {
    digits.len() == 11 && ["070", "080", "090"].iter().any(|prefix| digits.starts_with(prefix))
}

/// The number of digits of a complete number with the prefix of `digits`.
fn full_length(digits: &str) -> usize {
    let eleven = ["050", "070", "080", "090", "0800"].iter().any(|prefix| digits.starts_with(prefix));
    if eleven { 11 } else { 10 }
}

/// The end of a telephone number that begins at `at`.
fn number_at(text: &[char], at: usize) -> Option<usize> {
    let starts = text[at] == '0' || text[at] == '(' && text.get(at + 1) == Some(&'0');
    let inside = at > 0 && (text[at - 1].is_ascii_digit() || text[at - 1] == '-');
    if !starts || inside {
        return None;
    }
    let mut digits = String::new();
    for (i, &c) in text.iter().enumerate().skip(at) {
        let spaced = c == ' ' && text.get(i + 1).is_some_and(char::is_ascii_digit);
        if c.is_ascii_digit() {
            digits.push(c);
        } else if !(c == '-' || c == '(' || c == ')' || spaced) {
            return None;
        }
        if digits.len() >= 4 && digits.len() == full_length(&digits) {
            return text.get(i + 1).is_none_or(|next| !next.is_ascii_digit()).then_some(i + 1);
        }
    }
    None
}

fn narrow_char(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '（' => '(',
        '）' => ')',
        '　' => ' ',
        c if is_dash(c) => '-',
        c => c,
    }
}

/// Characters between a label and its number at most.
const LABEL_DISTANCE: usize = 16;

/// Removes one of `labels` from the end of `text`.
fn take_label(text: &mut String, labels: &[&str]) -> bool {
    let is_between = |c: char| c.is_whitespace() || ":：.．=".contains(c);
    // A label stands close to its number; the whole text, searched for each number, would take quadratic time.
    let between =
        text.chars().rev().take(LABEL_DISTANCE).take_while(|&c| is_between(c)).map(char::len_utf8).sum::<usize>();
    let trimmed = &text[..text.len() - between];
    let Some(label) = labels.iter().find(|label| trimmed.ends_with(**label)) else { return false };
    text.truncate(trimmed.len() - label.len());
    true
}

/// Removes labels that stand alone, and empty brackets.
fn without_labels(text: &str) -> String {
    let text = text.replace("()", " ").replace("（）", " ").replace("( )", " ").replace("（ ）", " ");
    let kept = text.split_whitespace().filter(|word| {
        let word = word.trim_matches(|c: char| ":：/／、,・()（）代表".contains(c));
        !word.is_empty() && !LABELS.contains(&word) && !FAX_LABELS.contains(&word)
    });
    kept.collect::<Vec<_>>().join(" ")
}

/// Restores the leading zero that Excel dropped, if `text` is digits alone: nine of them, or ten of a mobile number.
pub(in crate::import) fn with_leading_zero(text: &str) -> Option<String> {
    let digits: String = text.chars().map(narrow_char).collect();
    let plain = digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
    let mobile = digits.len() == 10 && ["50", "70", "80", "90"].iter().any(|prefix| digits.starts_with(prefix));
    (plain && (digits.len() == 9 || mobile)).then(|| format!("0{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> (Vec<String>, String) {
        let (phones, rest) = split(text);
        (phones.into_iter().map(|p| p.text).collect(), rest)
    }

    #[test]
    fn numbers_are_told_from_the_words_around_them() {
        for (text, phones, rest) in [
            ("社会福祉協議会 079-662-0160", &["079-662-0160"][..], "社会福祉協議会"),
            ("山田花子 090-1234-5678", &["090-1234-5678"], "山田花子"),
            ("０７９−６６２−０１６０", &["０７９−６６２−０１６０"], ""),
            ("(0533)68-2526", &["(0533)68-2526"], ""),
            ("TEL:079-662-0160 FAX:079-662-0161", &["079-662-0160", "079-662-0161"], ""),
            ("健康課（電話079-662-0160）", &["079-662-0160"], "健康課"),
            ("0796621234", &["0796621234"], ""),
            ("03(3641)5892", &["03(3641)5892"], ""),
            ("0120-123-456", &["0120-123-456"], ""),
            ("079 662 0160", &["079 662 0160"], ""),
            ("山田 079-662-0160 / 090-1234-5678", &["079-662-0160", "090-1234-5678"], "山田"),
            ("〒667-0021", &[], "〒667-0021"),
            ("2026-04-01", &[], "2026-04-01"),
            ("08012345678901", &[], "08012345678901"),
        ] {
            assert_eq!(texts(text), (phones.iter().map(|p| (*p).to_owned()).collect(), rest.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_fax_and_a_mobile_number_are_known_as_such() {
        let (phones, _) = split("TEL 090-1234-5678 FAX 079-662-0161");
        assert!(phones[0].mobile && !phones[0].fax && phones[1].fax && !phones[1].mobile);
    }

    #[test]
    fn a_lost_zero_is_put_back_only_where_it_is_plain() {
        assert_eq!(with_leading_zero("796621234").as_deref(), Some("0796621234"));
        assert_eq!(with_leading_zero("9012345678").as_deref(), Some("09012345678"));
        for text in ["0796621234", "6620160", "79-662-0160", "1234567890", "796621234 山田"] {
            assert_eq!(with_leading_zero(text), None, "{text}");
        }
    }
}
