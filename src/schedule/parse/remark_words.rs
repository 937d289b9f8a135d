//! The table `remarks.toml`: which remarks cannot change a date, and when days off without fixed days can fall.
//!
//! This module does no I/O.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::schedule::rule::Season;

/// The table as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RemarkWords {
    unsettling: Vec<String>,
    topics: Vec<String>,
    weather: Vec<String>,
    moving: Vec<String>,
    fillers: Vec<String>,
    tails: Vec<String>,
    span: Vec<VagueSpan>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct VagueSpan {
    words: Vec<String>,
    days: Vec<[String; 2]>,
}

pub(super) static REMARKS: LazyLock<RemarkWords> =
    LazyLock::new(|| toml::from_str(include_str!("../remarks.toml")).expect("the file in the program is valid"));

impl RemarkWords {
    /// Whether the words can change no date.
    pub(super) fn settles(&self, text: &str) -> bool {
        // 「カレーの日」 says what takes place.
        !contains(&self.unsettling, text.trim_end().strip_suffix("の日").unwrap_or(text))
    }

    /// Whether words about booking say nothing of a change: 「連絡がなければ中止」.
    pub(super) fn settles_booking(text: &str) -> bool {
        !["中止", "休", "変更", "場合", "なければ", "ないとき"].iter().any(|word| text.contains(word))
    }

    /// Whether the words are about something else than dates: 「会場は…」.
    pub(super) fn has_topic(&self, text: &str) -> bool {
        self.topics.iter().any(|topic| text.starts_with(topic.as_str()))
    }

    /// Whether the words are about the weather of the day, and no other day takes its place.
    pub(super) fn is_of_weather(&self, text: &str) -> bool {
        self.names_weather(text) && !contains(&self.moving, text)
    }

    /// Whether the words are about the weather of the day, whatever it does to the dates.
    pub(super) fn names_weather(&self, text: &str) -> bool {
        contains(&self.weather, text) && !text.contains('雪')
    }

    /// Whether the words say that something moves to another day.
    pub(super) fn moves(&self, text: &str) -> bool {
        contains(&self.moving, text)
    }

    /// Whether the words behind 「休み」 leave it as it is.
    pub(super) fn is_tail(&self, text: &str) -> bool {
        text.is_empty() || self.tails.iter().any(|tail| tail == text)
    }

    /// The parts of the year in which days off named like this can fall; `None` if that may be any day.
    pub(super) fn spans(&self, text: &str) -> Option<Vec<Season>> {
        let mut rest = text;
        let mut spans = Vec::new();
        while !rest.is_empty() {
            let named = self.span.iter().flat_map(|span| span.words.iter().map(move |word| (word, span)));
            let longest = named.filter(|(word, _)| rest.starts_with(word.as_str())).max_by_key(|(word, _)| word.len());
            if let Some((word, span)) = longest {
                spans.extend(span.days.iter().map(season).collect::<Option<Vec<_>>>()?);
                rest = &rest[word.len()..];
                continue;
            }
            let filler = self.fillers.iter().filter(|word| rest.starts_with(word.as_str())).map(String::len).max()?;
            rest = &rest[filler..];
        }
        (!spans.is_empty()).then_some(spans)
    }
}

fn contains(words: &[String], text: &str) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

fn season([from, to]: &[String; 2]) -> Option<Season> {
    super::parse_season(&format!("{from}〜{to}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_span_is_a_part_of_the_year() {
        for span in &REMARKS.span {
            assert!(span.days.iter().all(|days| season(days).is_some()), "{span:?}");
        }
    }

    #[test]
    fn days_off_fall_in_their_span_or_anywhere() {
        assert!(REMARKS.spans("お盆").is_some());
        assert_eq!(REMARKS.spans("小学校の夏休み期間中").map(|s| s.len()), Some(1));
        assert_eq!(REMARKS.spans("お盆、正月").map(|s| s.len()), Some(2));
        assert!(REMARKS.spans("祭りとお盆").is_none());
        assert_eq!(REMARKS.spans("小学校の休業中は").map(|s| s.len()), Some(4));
        assert!(REMARKS.spans("学校が使えないとき").is_none());
    }
}
