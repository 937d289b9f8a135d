//! Numbers of three digits, and the hours that stand beside a telephone. This module does no I/O.

use chrono::NaiveDate;

use crate::import::cells::cell::narrow;
use crate::schedule::{self, ScheduleContext};

/// Numbers of advice lines that are the same all over Japan, and no part of another number.
const SHORT_NUMBERS: [&str; 10] = ["188", "189", "110", "119", "171", "#7119", "#7111", "#8000", "#9110", "#8891"];

/// A number that all of Japan knows, if it stands alone in `words`, and the other words.
pub(super) fn short_number(words: &str) -> Option<(String, String)> {
    let is_end = |c: char| c.is_whitespace() || "()（）「」、,/／:：".contains(c);
    let parts: Vec<&str> = words.split(is_end).filter(|part| !part.is_empty()).collect();
    let number = *parts.iter().find(|part| SHORT_NUMBERS.contains(&narrow(part).as_str()))?;
    let rest: Vec<&str> = parts.iter().copied().filter(|part| *part != number).collect();
    Some((number.to_owned(), rest.join(" ")))
}

/// Whether the words beside a number say when somebody is there, and nothing else.
pub(super) fn says_hours(words: &str) -> bool {
    let has_time = words.contains(['時', ':', '：']) && words.chars().any(char::is_numeric);
    // Dates do not matter, so that any day will do for today.
    has_time && schedule::read(words, &ScheduleContext::new(NaiveDate::default())).rule.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_number_stands_alone() {
        assert_eq!(short_number("消費生活の窓口 188"), Some(("188".to_owned(), "消費生活の窓口".to_owned())));
        assert_eq!(short_number("（＃８０００）"), Some(("＃８０００".to_owned(), String::new())));
        assert_eq!(short_number("内線1881"), None);
        assert_eq!(short_number("119番地"), None);
    }

    #[test]
    fn hours_beside_a_number_are_no_person() {
        for words in ["（平日9～17時）", "平日 8:30～17:15", "（月〜金 9時〜16時）", "毎週水曜 13:00〜15:00"]
        {
            assert!(says_hours(words), "{words}");
        }
        for words in ["山田", "（山田 9時から）", "夜間は会長宅", "平日", "係 9"] {
            assert!(!says_hours(words), "{words}");
        }
    }
}
