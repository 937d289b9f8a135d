//! The lexer: normalizes characters, joins digits to times and dates, and finds the words of `words.toml`.
//!
//! A token keeps its span in the source text, so that the part not understood can be shown verbatim. Anything else
//! becomes [`TokenKind::Unknown`]; nothing is dropped silently. This module does no I/O.

mod english;
mod fold;
mod number;
mod programme;
mod words;

use chrono::Weekday;

pub(super) use number::weekday_of_unit;
pub(super) use words::ScheduleWord;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// White space inside a sentence.
    Space,
    /// The end of a sentence or line.
    Break,
    /// A mark that joins members of a list: ・ 、 , / & と 及び.
    Comma(TokenJoint),
    /// From … to: 〜 - から.
    To,
    /// まで.
    Until,
    Open,
    Close,
    Colon,
    /// は の に で が を も.
    Particle(char),
    /// A number that belongs to nothing yet.
    Number(u32),
    Clock(ClockTime),
    AmPm(DayHalf),
    /// A day, with the year if given.
    Date {
        year: Option<i32>,
        month: u32,
        day: u32,
    },
    Year(i32),
    /// 令和8年度: April to March.
    FiscalYear(i32),
    Month(u32),
    /// 2月末.
    MonthEnd(u32),
    /// 15日.
    Day(u32),
    /// 第2.
    Nth(u32),
    Weekday {
        day: Weekday,
        /// Written with 曜.
        full: bool,
    },
    /// 月2回, 全5回.
    Count {
        per: PerUnit,
        times: u32,
    },
    /// 1回, without a unit.
    Times(u32),
    /// 90分, 2時間.
    Duration,
    /// 100円, 20名.
    Amount,
    Phone,
    Word(ScheduleWord),
    Unknown,
}

/// How members of a list are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenJoint {
    /// ・ & と 及び: members of one list.
    Tight,
    /// 、 , /: members of a list or parts of a sentence.
    Loose,
}

/// A time of day as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ClockTime {
    pub minutes: u16,
    /// Cannot be meant for the afternoon without saying so: 09:00, 13:00, 正午.
    pub sure: bool,
    /// Written with a colon.
    pub colon: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DayHalf {
    Morning,
    Afternoon,
    /// 夜 7時: after noon, but not every hour.
    Evening,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PerUnit {
    Week,
    Month,
    Year,
    InAll,
}

/// A token with its span in the source text, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: TokenKind,
    pub from: usize,
    pub to: usize,
}

/// The tokens of a text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let (chars, places) = fold::fold(text);
    let mut lexer = Lexer { chars: &chars, at: 0, tokens: Vec::new() };
    while lexer.at < chars.len() {
        let (kind, length) = lexer.token();
        let end = lexer.at + length;
        let (from, to) = (places[lexer.at], places[end - 1] + 1);
        lexer.push(Token { kind, from, to });
        lexer.at = end;
    }
    lexer.tokens
}

/// The text with its characters normalized, without spaces.
pub(super) fn folded(text: &str) -> String {
    fold::fold(text).0.into_iter().filter(|c| !c.is_whitespace()).collect()
}

struct Lexer<'a> {
    chars: &'a [char],
    at: usize,
    tokens: Vec<Token>,
}

impl Lexer<'_> {
    /// Adds a token; adjacent unknown characters, spaces and breaks are merged.
    fn push(&mut self, token: Token) {
        let merges = matches!(token.kind, TokenKind::Unknown | TokenKind::Space | TokenKind::Break);
        match self.tokens.last_mut() {
            Some(last) if merges && last.kind == token.kind => last.to = token.to,
            _ => self.tokens.push(token),
        }
    }

    /// The next token and its length in characters, at least 1.
    fn token(&self) -> (TokenKind, usize) {
        let rest = &self.chars[self.at..];
        programme::part_of_programme(rest)
            .or_else(|| mark(rest[0]).map(|kind| (kind, 1)))
            .or_else(|| day_and_half(rest))
            .or_else(|| about_people(rest))
            .or_else(|| first_of_month(rest))
            .or_else(|| self.departure())
            .or_else(|| english::word(rest, self.at.checked_sub(1).map(|before| self.chars[before])))
            // 「2週間に1回」 is a word, though it begins with a number.
            .or_else(|| words::word(rest).filter(|_| number::begins(rest)))
            .or_else(|| self.number())
            .or_else(|| half_of_day(rest))
            .or_else(|| words::word(rest))
            .or_else(|| weekday(rest).filter(|_| !self.is_a_day_of_something()))
            .or_else(|| particle(rest))
            .unwrap_or((TokenKind::Unknown, 1))
    }

    /// 「休館の日」, 「開館する日」: 日 after a word is a day, not Sunday.
    fn is_a_day_of_something(&self) -> bool {
        let bare = self.chars[self.at] == '日' && self.chars.get(self.at + 1) != Some(&'曜');
        let before = self.tokens.last().map(|t| t.kind);
        let of_weeks = |w| {
            matches!(
                w,
                ScheduleWord::EveryWeek
                    | ScheduleWord::EveryMonth
                    | ScheduleWord::Fortnight
                    | ScheduleWord::Holiday
                    | ScheduleWord::Last
                    | ScheduleWord::EvenMonths
                    | ScheduleWord::OddMonths
            )
        };
        bare && match before {
            Some(TokenKind::Word(word)) => !of_weeks(word),
            Some(TokenKind::Particle(_) | TokenKind::Unknown) => true,
            _ => false,
        }
    }

    /// 「10時発」, 「11:30着」: when a bus or a walk sets out, and when it is there.
    fn departure(&self) -> Option<(TokenKind, usize)> {
        let word = match self.chars[self.at] {
            '発' => ScheduleWord::Starts,
            '着' => ScheduleWord::Reception,
            _ => return None,
        };
        let of_a_clock = matches!(self.tokens.last().map(|token| token.kind), Some(TokenKind::Clock(_)));
        let is_whole = self.chars.get(self.at + 1).is_none_or(|c| !c.is_alphanumeric());
        (of_a_clock && is_whole).then_some((TokenKind::Word(word), 1))
    }

    fn number(&self) -> Option<(TokenKind, usize)> {
        let last = self.tokens.iter().rev().find(|t| t.kind != TokenKind::Space).map(|t| t.kind);
        number::number(&self.chars[self.at..], last, self.tokens.last().map(|t| t.kind))
    }
}

fn mark(ch: char) -> Option<TokenKind> {
    Some(match ch {
        ' ' => TokenKind::Space,
        '\n' | '。' | ';' | '※' | '●' | '○' | '◎' | '■' | '□' | '◆' | '◇' | '★' | '☆' | '*' | '▼' | '▲' | '♪' | '!' => {
            TokenKind::Break
        }
        '・' | '&' | '+' => TokenKind::Comma(TokenJoint::Tight),
        '、' | ',' | '/' | '|' => TokenKind::Comma(TokenJoint::Loose),
        '~' | '-' => TokenKind::To,
        '(' | '[' | '【' | '「' | '『' | '〔' | '<' | '《' | '〈' => TokenKind::Open,
        ')' | ']' | '】' | '」' | '』' | '〕' | '>' | '》' | '〉' => TokenKind::Close,
        ':' | '=' => TokenKind::Colon,
        _ => return None,
    })
}

/// 「毎朝 6時」 is every day, then 朝6時; 「月の第2水曜」 every month, not Monday.
fn day_and_half(rest: &[char]) -> Option<(TokenKind, usize)> {
    let daily = matches!(rest, ['毎', '朝' | '晩' | '夜' | '夕', ..]);
    let monthly = matches!(rest, ['月', 'の', '第', ..] | ['月', 'の', '最', '終' | '初', ..]);
    let word = if daily { ScheduleWord::Daily } else { ScheduleWord::EveryMonth };
    (daily || monthly).then_some((TokenKind::Word(word), if daily { 1 } else { 2 }))
}

/// 「最初の日曜日」 of a month.
fn first_of_month(rest: &[char]) -> Option<(TokenKind, usize)> {
    let is_first = starts_with(rest, "最初の") && rest.get(3).is_some_and(|c| words::weekday(*c).is_some());
    (is_first && rest.get(4) == Some(&'曜')).then_some((TokenKind::Nth(1), 3))
}

/// 「おおむね65歳以上」, said of people.
fn about_people(rest: &[char]) -> Option<(TokenKind, usize)> {
    let word = ["おおむね", "概ね", "およそ"].iter().find(|word| starts_with(rest, word))?;
    let begin = word.chars().count();
    match number::number(&rest[begin..], None, None)? {
        (TokenKind::Amount, length) => Some((TokenKind::Amount, begin + length)),
        _ => None,
    }
}

fn half_of_day(rest: &[char]) -> Option<(TokenKind, usize)> {
    const HALVES: [(&str, DayHalf); 14] = [
        ("早朝", DayHalf::Morning),
        ("午前", DayHalf::Morning),
        ("午后", DayHalf::Afternoon),
        ("午後", DayHalf::Afternoon),
        ("朝", DayHalf::Morning),
        ("夜", DayHalf::Evening),
        ("夕方", DayHalf::Evening),
        ("夕", DayHalf::Evening),
        ("晩", DayHalf::Evening),
        ("AM", DayHalf::Morning),
        ("am", DayHalf::Morning),
        ("A.M.", DayHalf::Morning),
        ("PM", DayHalf::Afternoon),
        ("pm", DayHalf::Afternoon),
    ];
    // 「午後の部 1時半～」 says it as 「午後1時半～」 does.
    const PARTS: [(&str, DayHalf); 4] = [
        ("午前の部", DayHalf::Morning),
        ("午後の部", DayHalf::Afternoon),
        ("朝の部", DayHalf::Morning),
        ("夜の部", DayHalf::Evening),
    ];
    if let Some((word, half)) = PARTS.iter().find(|(word, _)| starts_with(rest, word)) {
        let length = word.chars().count();
        let length = length + rest[length..].iter().take_while(|c| matches!(c, ' ' | ':' | 'は')).count();
        return number::is_clock(&rest[length..]).then_some((TokenKind::AmPm(*half), length));
    }
    let (word, half) = HALVES.iter().find(|(word, _)| starts_with(rest, word))?;
    let length = word.chars().count();
    let spaces = rest[length..].iter().take_while(|c| **c == ' ').count();
    number::is_clock(&rest[length + spaces..]).then_some((TokenKind::AmPm(*half), length))
}

fn weekday(rest: &[char]) -> Option<(TokenKind, usize)> {
    if let Some((day, length)) = words::kana_weekday(rest) {
        return Some((TokenKind::Weekday { day, full: true }, length));
    }
    let day = words::weekday(rest[0])?;
    let (full, length) = match rest {
        [_, '曜', '日', ..] if rest.get(3) != Some(&'曜') => (true, 3),
        [_, '曜', ..] => (true, 2),
        _ => (false, 1),
    };
    Some((TokenKind::Weekday { day, full }, length))
}

fn particle(rest: &[char]) -> Option<(TokenKind, usize)> {
    const JOINING: [(&str, TokenKind); 10] = [
        ("以降", TokenKind::To),
        ("から", TokenKind::To),
        ("より", TokenKind::To),
        ("まで", TokenKind::Until),
        ("および", TokenKind::Comma(TokenJoint::Tight)),
        ("及び", TokenKind::Comma(TokenJoint::Tight)),
        ("ならびに", TokenKind::Comma(TokenJoint::Tight)),
        ("並びに", TokenKind::Comma(TokenJoint::Tight)),
        ("そして", TokenKind::Comma(TokenJoint::Loose)),
        ("と", TokenKind::Comma(TokenJoint::Tight)),
    ];
    if let Some((word, kind)) = JOINING.iter().find(|(word, _)| starts_with(rest, word)) {
        return Some((*kind, word.chars().count()));
    }
    matches!(rest[0], 'は' | 'の' | 'に' | 'で' | 'が' | 'を' | 'も').then_some((TokenKind::Particle(rest[0]), 1))
}

fn starts_with(chars: &[char], word: &str) -> bool {
    let mut rest = chars.iter();
    word.chars().all(|c| rest.next() == Some(&c))
}
