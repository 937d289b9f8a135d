//! The weekdays of a text that is not understood whole, where it names them and leaves none open: 「毎週水曜、かねの音が鳴ったら」 is
//! on no Tuesday, whatever the rest means. It says when a place certainly does not meet, never when it does. This module does no I/O.

use chrono::Weekday;

use super::lex::{ScheduleWord, Token, TokenKind, tokens};

/// Words after which other days than the named ones are possible.
const OPEN: [&str; 26] = [
    "ほか",
    "他",
    "不定",
    "相談",
    "随時",
    "変",
    "など",
    "等",
    "又は",
    "または",
    "もしくは",
    "日程",
    "都合",
    "応じ",
    "いつでも",
    "個別",
    "臨時",
    "別",
    "当番",
    "カレンダー",
    "広報",
    "回覧",
    "知らせ",
    "確認",
    "問",
    "以外",
];

/// On which days after Monday a text may mean a meeting, where it names all of them; `None` where any day is possible.
pub fn named_weekdays(text: &str) -> Option<[bool; 7]> {
    let tokens: Vec<Token> = tokens(text).into_iter().filter(|token| token.kind != TokenKind::Space).collect();
    let chars: Vec<char> = text.chars().collect();
    let mut days = [false; 7];
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::Weekday { day, full } => {
                let beside = |other: Option<&Token>| other.is_some_and(|it| joins_days(it.kind));
                if !full && !beside(tokens.get(at + 1)) && !beside(at.checked_sub(1).and_then(|at| tokens.get(at))) {
                    return None;
                }
                add(&mut days, range_before(&tokens[..at]).unwrap_or(day), day);
            }
            TokenKind::Unknown => {
                let unknown: String = chars[token.from..token.to].iter().collect();
                if OPEN.iter().any(|word| unknown.contains(word)) {
                    return None;
                }
            }
            kind if leaves_days_alone(kind) => {}
            _ => return None,
        }
    }
    days.contains(&true).then_some(days)
}

/// Whether a token stands between weekdays of one list.
fn joins_days(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Comma(_) | TokenKind::To | TokenKind::Weekday { .. })
}

/// The weekday from which a range reaches to the next token: 月〜金.
fn range_before(before: &[Token]) -> Option<Weekday> {
    match before {
        [.., Token { kind: TokenKind::Weekday { day, .. }, .. }, Token { kind: TokenKind::To, .. }] => Some(*day),
        _ => None,
    }
}

/// Adds the days from `first` to `last`.
fn add(days: &mut [bool; 7], first: Weekday, last: Weekday) {
    let mut day = first;
    loop {
        days[day.num_days_from_monday() as usize] = true;
        if day == last {
            return;
        }
        day = day.succ();
    }
}

/// Whether a token says nothing of other days.
fn leaves_days_alone(kind: TokenKind) -> bool {
    use ScheduleWord::{
        About, Booking, EvenMonths, EveryMonth, EveryWeek, Fortnight, Harmless, Held, Label, Last, Noon, OddMonths,
        PartOfDay, Reception, SomeWeeks, Starts, Week,
    };
    let harmless_word = |word| {
        matches!(
            word,
            EveryWeek
                | EveryMonth
                | Fortnight
                | SomeWeeks
                | EvenMonths
                | OddMonths
                | Week
                | Held
                | Label
                | Harmless
                | About
                | Noon
                | Booking
                | Reception
                | PartOfDay
                | Starts
                | Last
        )
    };
    match kind {
        TokenKind::Word(word) => harmless_word(word),
        TokenKind::Break
        | TokenKind::Comma(_)
        | TokenKind::To
        | TokenKind::Until
        | TokenKind::Open
        | TokenKind::Close
        | TokenKind::Colon
        | TokenKind::Particle(_)
        | TokenKind::Clock(_)
        | TokenKind::AmPm(_)
        | TokenKind::Nth(_)
        | TokenKind::Duration
        | TokenKind::Amount
        | TokenKind::Phone => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Option<String> {
        let days = named_weekdays(text)?;
        Some("月火水木金土日".chars().zip(days).filter(|(_, named)| *named).map(|(day, _)| day).collect())
    }

    #[test]
    fn days_are_named_where_no_other_is_possible() {
        for (text, expected) in [
            ("毎週水曜 かねの音が鳴ったら", Some("水")),
            ("第2・第4火曜日 お茶がわいたら", Some("火")),
            ("月〜金曜 みんながそろうころ", Some("月火水木金")),
            ("火・木曜 ゆっくり始めます", Some("火木")),
            ("毎週土曜 13:00〜 ひだまりの間", Some("土")),
            ("毎週水曜 ほか", None),
            ("毎週水曜（変わることがあります）", None),
            ("水曜または相談", None),
            ("水曜以外", None),
            ("水曜 12月24日", None),
            ("祝日と水曜", None),
            ("水曜は休み", None),
            ("平日 おやつの時間", None),
            ("おやつの時間", None),
            ("", None),
        ] {
            assert_eq!(named(text).as_deref(), expected, "{text}");
        }
    }
}
