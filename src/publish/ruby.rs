//! Ruby text (furigana): a line of [`RubySegment`]s, base text with an optional reading.
//!
//! Our own words come from `web/lang/link-worker/handout.json`, where a reading stands beside its characters: `{処方箋|しょほうせん}`;
//! `{name}` is filled in. What a list says is never read as that notation. No reading is ever made up here. This module does
//! no I/O.

use serde::Serialize;

use crate::publish::link_worker_messages::texts;

/// A ruby segment: base text, with its reading in hiragana where one is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RubySegment {
    /// The base text.
    pub text: String,
    /// Their reading; `None` where they need none or nobody knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reading: Option<String>,
}

/// A line of words.
pub type RubyText = Vec<RubySegment>;

impl RubySegment {
    /// Letters without a reading.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), reading: None }
    }

    /// Letters with their reading.
    pub fn read(text: impl Into<String>, reading: impl Into<String>) -> Self {
        Self { text: text.into(), reading: Some(reading.into()) }
    }
}

/// Words as a list wrote them, without readings.
pub fn plain(text: &str) -> RubyText {
    if text.is_empty() { Vec::new() } else { vec![RubySegment::plain(text)] }
}

/// The base text of `words`, without readings.
pub fn base_text(words: &[RubySegment]) -> String {
    words.iter().map(|ruby| ruby.text.as_str()).collect()
}

/// `text` with `reading` over the first occurrence of `part` in it; `text` alone where it is not there.
pub fn reading_over(text: &str, part: &str, reading: Option<&str>) -> RubyText {
    let found = reading.filter(|_| !part.is_empty()).and_then(|reading| Some((text.split_once(part)?, reading)));
    let Some(((before, after), reading)) = found else { return plain(text) };
    let mut words = plain(before);
    words.push(RubySegment::read(part, reading));
    words.extend(plain(after));
    words
}

/// The message under `key` as ruby text, with `{name}` filled in. One pass, so that a value with braces stays as it is.
pub fn ruby_message(key: &str, values: &[(&str, RubyText)]) -> RubyText {
    let mut words = RubyText::new();
    let mut rest = texts("handout").text(key);
    while let Some((before, after)) = rest.split_once('{') {
        words.extend(plain(before));
        let Some((inside, behind)) = after.split_once('}') else { break };
        if let Some((text, reading)) = inside.split_once('|') {
            words.push(RubySegment::read(text, reading));
        } else if let Some((_, value)) = values.iter().find(|(name, _)| *name == inside) {
            words.extend(value.iter().cloned());
        }
        rest = behind;
    }
    words.extend(plain(rest));
    joined(words)
}

/// Merges neighbouring segments without readings.
fn joined(words: RubyText) -> RubyText {
    let mut joined = RubyText::with_capacity(words.len());
    for ruby in words {
        match joined.last_mut().filter(|last| last.reading.is_none() && ruby.reading.is_none()) {
            Some(last) => last.text += &ruby.text,
            None => joined.push(ruby),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::is_hiragana;

    #[test]
    fn every_reading_of_our_words_is_hiragana_over_kanji() {
        for (key, text) in texts("handout").all() {
            for (inside, _) in text.split('{').skip(1).filter_map(|after| after.split_once('}')) {
                let Some((letters, reading)) = inside.split_once('|') else { continue };
                assert!(!reading.is_empty() && reading.chars().all(is_hiragana), "{key}: {reading}");
                assert!(letters.chars().all(|c| crate::text::is_kanji(c) || c == '々'), "{key}: {letters}");
            }
        }
    }

    #[test]
    fn a_value_that_looks_like_our_notation_stays_as_it_is() {
        let words = ruby_message("way.near", &[("from", plain("{嘘|うそ}{from}"))]);
        assert!(base_text(&words).starts_with("{嘘|うそ}{from}"), "{words:?}");
        assert!(words.iter().all(|ruby| ruby.reading.as_deref() != Some("うそ")));
    }

    #[test]
    fn a_reading_stands_over_its_part_only() {
        let words = reading_over("市内の大谷12", "大谷", Some("おおたに"));
        assert_eq!(
            words,
            [RubySegment::plain("市内の"), RubySegment::read("大谷", "おおたに"), RubySegment::plain("12")]
        );
        assert_eq!(reading_over("中瀬12", "大谷", Some("おおたに")), [RubySegment::plain("中瀬12")]);
        assert_eq!(reading_over("大谷", "大谷", None), [RubySegment::plain("大谷")]);
    }
}
