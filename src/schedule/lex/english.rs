//! Days in English, as lists for residents from abroad have them: Tue, Mondays, 2nd Saturday, weekdays. This module does no I/O.

use chrono::Weekday;

use super::{ScheduleWord, TokenJoint, TokenKind};

/// The longest word, in letters, with the digit of an ordinal.
const LONGEST: usize = 10;

/// The token of an English word at the beginning of `rest`, and its length. `before` is the character before it.
///
/// 「every 2nd Saturday」 may be every other one, so that 「every」 stays unknown before an ordinal.
pub(super) fn word(rest: &[char], before: Option<char>) -> Option<(TokenKind, usize)> {
    let is_of_word = |c: &char| c.is_ascii_alphanumeric();
    let is_letter = |at: usize| rest.get(at).is_some_and(char::is_ascii_alphabetic);
    let begins = is_letter(0) || is_letter(1) && is_of_word(&rest[0]);
    if !begins || before.is_some_and(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    let length = rest.iter().take(LONGEST + 1).take_while(|c| is_of_word(c)).count();
    let word: String = rest[..length].iter().collect::<String>().to_ascii_lowercase();
    let kind = match word.as_str() {
        "1st" => TokenKind::Nth(1),
        "2nd" => TokenKind::Nth(2),
        "3rd" => TokenKind::Nth(3),
        "4th" => TokenKind::Nth(4),
        "5th" => TokenKind::Nth(5),
        "daily" | "everyday" => TokenKind::Word(ScheduleWord::Daily),
        "weekdays" => TokenKind::Word(ScheduleWord::Workday),
        "and" => TokenKind::Comma(TokenJoint::Tight),
        "every" if is_before_weekday(&rest[length..]) => TokenKind::Word(ScheduleWord::EveryWeek),
        word => TokenKind::Weekday { day: weekday(word)?, full: true },
    };
    Some((kind, length))
}

/// Whether a weekday follows the spaces.
fn is_before_weekday(rest: &[char]) -> bool {
    let word: String = rest.iter().skip_while(|c| **c == ' ').take_while(|c| c.is_ascii_alphabetic()).collect();
    rest.first() == Some(&' ') && weekday(&word.to_ascii_lowercase()).is_some()
}

/// The weekday that `word`, in small letters, is: mon, monday, mondays.
fn weekday(word: &str) -> Option<Weekday> {
    let days: [(Weekday, &[&str]); 7] = [
        (Weekday::Mon, &["mon", "monday"]),
        (Weekday::Tue, &["tue", "tues", "tuesday"]),
        (Weekday::Wed, &["wed", "wednesday"]),
        (Weekday::Thu, &["thu", "thur", "thurs", "thursday"]),
        (Weekday::Fri, &["fri", "friday"]),
        (Weekday::Sat, &["sat", "saturday"]),
        (Weekday::Sun, &["sun", "sunday"]),
    ];
    let one = word.strip_suffix("days").map(|stem| format!("{stem}day"));
    let word = one.as_deref().unwrap_or(word);
    days.iter().find(|(_, names)| names.contains(&word)).map(|(day, _)| *day)
}
