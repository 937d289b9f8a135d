//! Ruby text (furigana): a line of [`RubySegment`]s, base text with an optional reading.
//!
//! Messages come from `web/lang/link-worker/handout.json`, where `{処方箋|しょほうせん}` is base text with its reading and `{name}` a
//! placeholder. Text of lists is never parsed as that notation, and no reading is guessed. This module does no I/O.

use serde::Serialize;

use crate::publish::link_worker_messages::catalogue;

/// A ruby segment: base text, with its reading in hiragana where one is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RubySegment {
    /// The base text.
    pub text: String,
    /// The reading in hiragana; `None` if the text needs none or it is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reading: Option<String>,
}

/// A line of ruby text.
pub type RubyText = Vec<RubySegment>;

impl RubySegment {
    /// Base text without a reading.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), reading: None }
    }

    /// Base text with its reading.
    pub fn read(text: impl Into<String>, reading: impl Into<String>) -> Self {
        Self { text: text.into(), reading: Some(reading.into()) }
    }
}

/// Text as a list has it, as one segment without a reading; no segment if it is empty.
pub fn plain(text: &str) -> RubyText {
    if text.is_empty() { Vec::new() } else { vec![RubySegment::plain(text)] }
}

/// The base text of `segments`, without readings.
pub fn base_text(segments: &[RubySegment]) -> String {
    segments.iter().map(|ruby| ruby.text.as_str()).collect()
}

/// `text` with `reading` over the first occurrence of `part` in it; `text` alone where it is not there.
pub fn reading_over(text: &str, part: &str, reading: Option<&str>) -> RubyText {
    let found = reading.filter(|_| !part.is_empty()).and_then(|reading| Some((text.split_once(part)?, reading)));
    let Some(((before, after), reading)) = found else { return plain(text) };
    let mut segments = plain(before);
    segments.push(RubySegment::read(part, reading));
    segments.extend(plain(after));
    segments
}

/// The message `key` as ruby text, with each `{name}` replaced by its value in one pass, so that braces inside a value stay.
pub fn ruby_message(key: &str, values: &[(&str, RubyText)]) -> RubyText {
    let mut segments = RubyText::new();
    let mut rest = catalogue("handout").text(key);
    while let Some((before, after)) = rest.split_once('{') {
        segments.extend(plain(before));
        let Some((inside, behind)) = after.split_once('}') else { break };
        if let Some((text, reading)) = inside.split_once('|') {
            segments.push(RubySegment::read(text, reading));
        } else if let Some((_, value)) = values.iter().find(|(name, _)| *name == inside) {
            segments.extend(value.iter().cloned());
        }
        rest = behind;
    }
    segments.extend(plain(rest));
    merged(segments)
}

/// Merges neighbouring segments without readings.
fn merged(segments: RubyText) -> RubyText {
    let mut merged = RubyText::with_capacity(segments.len());
    for ruby in segments {
        match merged.last_mut().filter(|last| last.reading.is_none() && ruby.reading.is_none()) {
            Some(last) => last.text += &ruby.text,
            None => merged.push(ruby),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::is_hiragana;

    #[test]
    fn every_reading_of_our_words_is_hiragana_over_kanji() {
        for (key, text) in catalogue("handout").all() {
            for (inside, _) in text.split('{').skip(1).filter_map(|after| after.split_once('}')) {
                let Some((letters, reading)) = inside.split_once('|') else { continue };
                assert!(!reading.is_empty() && reading.chars().all(is_hiragana), "{key}: {reading}");
                assert!(letters.chars().all(|c| crate::text::is_kanji(c) || c == '々'), "{key}: {letters}");
            }
        }
    }

    #[test]
    fn a_value_that_looks_like_our_notation_stays_as_it_is() {
        let segments = ruby_message("way.near", &[("from", plain("{嘘|うそ}{from}"))]);
        assert!(base_text(&segments).starts_with("{嘘|うそ}{from}"), "{segments:?}");
        assert!(segments.iter().all(|ruby| ruby.reading.as_deref() != Some("うそ")));
    }

    #[test]
    fn a_reading_stands_over_its_part_only() {
        let segments = reading_over("市内の大谷12", "大谷", Some("おおたに"));
        assert_eq!(
            segments,
            [RubySegment::plain("市内の"), RubySegment::read("大谷", "おおたに"), RubySegment::plain("12")]
        );
        assert_eq!(reading_over("中瀬12", "大谷", Some("おおたに")), [RubySegment::plain("中瀬12")]);
        assert_eq!(reading_over("大谷", "大谷", None), [RubySegment::plain("大谷")]);
    }
}
