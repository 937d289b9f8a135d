//! Telephone number extraction: the numbers in a text, and the words around them. This module does no I/O.

use super::telephones_in;
use crate::privacy::words::PrivacyWordFile;

/// A telephone number found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WrittenTelephone {
    /// The number, as written.
    pub(crate) text: String,
    /// Whether it is labelled as a fax number.
    pub(crate) fax: bool,
    /// Whether it is a private person's own: a mobile number, or one that words beside it claim.
    pub(crate) own: bool,
}

/// Extracts the telephone numbers of `text`, and returns the rest of it without their labels.
pub(crate) fn split_telephones(text: &str) -> (Vec<WrittenTelephone>, String) {
    let written: Vec<char> = text.chars().collect();
    let labels = &PrivacyWordFile::get().numbers;
    let (mut phones, mut rest, mut at) = (Vec::new(), String::new(), 0);
    for number in telephones_in(&written) {
        rest.extend(&written[at..number.start]);
        let fax = take_label(&mut rest, &labels.fax_labels);
        take_label(&mut rest, &labels.labels);
        let text: String = written[number.start..number.end].iter().collect();
        let mut text = text.trim();
        if let Some(inner) = text.strip_prefix(['(', '（']).filter(|inner| !inner.contains([')', '）'])) {
            // The bracket is not the number's: 「社協（079-662-0160）」.
            rest.push('（');
            text = inner;
        }
        phones.push(WrittenTelephone { text: text.to_owned(), fax, own: number.own });
        rest.push(' ');
        at = number.end;
    }
    rest.extend(&written[at..]);
    (phones, without_labels(&rest))
}

/// Removes one of `labels` from the end of `text`.
fn take_label(text: &mut String, labels: &[String]) -> bool {
    let trimmed = text.trim_end_matches(|c: char| c.is_whitespace() || ":：.．=".contains(c));
    let Some(label) = labels.iter().find(|label| trimmed.ends_with(label.as_str())) else { return false };
    text.truncate(trimmed.len() - label.len());
    true
}

/// Removes labels that stand alone, and empty brackets.
fn without_labels(text: &str) -> String {
    let text = text.replace("()", " ").replace("（）", " ").replace("( )", " ").replace("（ ）", " ");
    let kept = text.split_whitespace().filter(|word| {
        let word = word.trim_matches(|c: char| ":：/／、,・()（）代表".contains(c));
        let labels = &PrivacyWordFile::get().numbers;
        !word.is_empty() && !labels.labels.iter().chain(&labels.fax_labels).any(|label| label == word)
    });
    kept.collect::<Vec<_>>().join(" ")
}

/// Restores the leading zero that Excel dropped, if `text` is digits alone: nine of them, or ten of a mobile number.
pub(crate) fn with_leading_zero(text: &str) -> Option<String> {
    use unicode_normalization::UnicodeNormalization as _;
    let digits: String = text.nfkc().collect();
    let plain = digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
    let mobile = digits.len() == 10 && ["50", "60", "70", "80", "90"].iter().any(|prefix| digits.starts_with(prefix));
    (plain && (digits.len() == 9 || mobile)).then(|| format!("0{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> (Vec<String>, String) {
        let (phones, rest) = split_telephones(text);
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
        let (phones, _) = split_telephones("TEL 090-1234-5678 FAX 079-662-0161");
        assert!(phones[0].own && !phones[0].fax && phones[1].fax && !phones[1].own);
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
