//! Numbers of the parts of a programme, before their hours: 1回目, (2), 二部, A班. This module does no I/O.

use super::number::{DigitRun, is_clock};
use super::{TokenJoint, TokenKind, starts_with};

/// 「A班10:00」.
fn class_of_programme(rest: &[char]) -> Option<(TokenKind, usize)> {
    let letter = rest.first().is_some_and(char::is_ascii_uppercase);
    let name = ["班", "組", "クラス", "コース", "グループ"].iter().find(|name| starts_with(&rest[1..], name))?;
    let end = 1 + name.chars().count();
    let gap = rest[end..].iter().take_while(|c| matches!(c, ' ' | ':' | 'は')).count();
    (letter && is_clock(&rest[end + gap..])).then_some((TokenKind::Comma(TokenJoint::Loose), end))
}

/// 「1回目10:00」, 「(2)13:00」, 「二部：11時」: the number of a part of the programme, before its hours. Without hours it may
/// be anything: 「2回目の土曜」 is no second part.
pub(super) fn part_of_programme(rest: &[char]) -> Option<(TokenKind, usize)> {
    const NAMES: [&str; 7] = ["回目", "部", "コマ目", "限目", "限", "クール", "組"];
    if let Some(class) = class_of_programme(rest) {
        return Some(class);
    }
    let bracket = usize::from(rest.first() == Some(&'('));
    let nth = usize::from(bracket == 0 && rest.first() == Some(&'第'));
    let number = DigitRun::read(rest.get(bracket + nth..)?)?;
    let end = bracket + nth + number.length;
    let name = NAMES.iter().find(|name| starts_with(&rest[end..], name)).map_or(0, |name| name.chars().count());
    let end = match bracket {
        1 => end + usize::from(rest.get(end) == Some(&')')),
        _ if name > 0 => end + name,
        _ if nth == 1 && rest.get(end) == Some(&'回') => end + 1,
        _ => return None,
    };
    (bracket == 0 || rest.get(end - 1) == Some(&')')).then_some(())?;
    let gap = rest[end..].iter().take_while(|c| matches!(c, ' ' | ':' | 'は' | '、' | ',')).count();
    let hours = &rest[end + gap..];
    let half = ["午前", "午後", "AM", "PM"].iter().find(|half| starts_with(hours, half));
    let hours = hours.get(half.map_or(0, |half| half.len() / if half.is_ascii() { 1 } else { 3 })..)?;
    let days = bracket == 1 && (hours.get(1) == Some(&'曜') || matches!(hours.first(), Some('毎' | '第')));
    (days || is_clock(hours) || begins_a_date(hours)).then_some((TokenKind::Comma(TokenJoint::Loose), end))
}

/// Whether the characters begin with a day of the year: 「第2回 12月3日」.
fn begins_a_date(rest: &[char]) -> bool {
    let year = ["令和", "R"].iter().find(|era| starts_with(rest, era)).map(|era| era.chars().count());
    let Some(month) = rest.get(year.unwrap_or(0)..).and_then(DigitRun::read) else { return false };
    let after = rest.get(year.unwrap_or(0) + month.length..).unwrap_or_default();
    match after {
        ['年', ..] => true,
        ['月' | '/', day @ ..] => DigitRun::read(day).is_some(),
        _ => false,
    }
}
