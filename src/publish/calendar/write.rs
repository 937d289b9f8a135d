//! Writes events as iCalendar. This module does no I/O.
//!
//! What a feed needs of the format is lines, and lines are written here: the crate `icalendar`, which reads them back in tests, folds
//! the last part of a long line to 76 octets, stamps every component that it writes with the current time, and gives it a random `UID`.

use std::collections::HashMap;

use chrono::{NaiveDateTime, NaiveTime};

use super::events::{DatedEvent, DatedEvents};
use crate::index::{Snapshot, VisiblePlace};
use crate::model::{Language, Precision};
use crate::publish::messages::page_messages;
use crate::schedule::Moment;

/// The time zone of every date: Japan has had no summer time since 1951.
const TIME_ZONE: &str = "BEGIN:VTIMEZONE\r\nTZID:Asia/Tokyo\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0900\r\n\
     TZOFFSETTO:+0900\r\nTZNAME:JST\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";
/// The longest line in octets, its end apart (RFC 5545, 3.1).
const LONGEST_LINE: usize = 75;

/// The calendar called `title`.
pub(super) fn calendar(snapshot: &Snapshot, title: &str, description: Option<&str>, events: &DatedEvents) -> Vec<u8> {
    let mut lines = Lines(String::new());
    lines.add("BEGIN", "VCALENDAR");
    lines.add("PRODID", concat!("-//tsunagari//", env!("CARGO_PKG_VERSION"), "//JA"));
    lines.add("VERSION", "2.0");
    lines.add("CALSCALE", "GREGORIAN");
    lines.add("METHOD", "PUBLISH");
    lines.add("X-WR-CALNAME", &escaped(title));
    if let Some(description) = description {
        lines.add("X-WR-CALDESC", &escaped(description));
    }
    lines.add("X-WR-TIMEZONE", "Asia/Tokyo");
    lines.add("REFRESH-INTERVAL;VALUE=DURATION", "P1D");
    lines.0.push_str(TIME_ZONE);
    let stamp = events.window().first().and_time(NaiveTime::MIN);
    let mut properties = HashMap::new();
    for event in events.iter() {
        let of_place =
            properties.entry(event.place).or_insert_with(|| PlaceProperties::new(snapshot, event.place, stamp));
        of_place.add_event(event, &mut lines);
    }
    lines.add("END", "VCALENDAR");
    lines.0.into_bytes()
}

/// The properties that all events of a place have.
struct PlaceProperties {
    /// Before the dates.
    stamp: String,
    /// Behind the dates, as folded lines.
    texts: String,
    /// What is left and right of the day and number in a `UID`.
    uid: (String, String),
}

impl PlaceProperties {
    /// `stamp` is when a place was revised that no history tells of, UTC.
    fn new(snapshot: &Snapshot, place: usize, stamp: NaiveDateTime) -> Self {
        let listed = &snapshot.places[place];
        let facts = &listed.place.facts;
        let stamp = listed.times_revised.map_or(stamp, |it| it.naive_utc());
        let mut texts = Lines(String::new());
        texts.add("SUMMARY", &escaped(&summary(listed)));
        texts.add("DESCRIPTION", &escaped(&description(listed)));
        let location: Vec<&str> = [&facts.venue, &facts.address].into_iter().flatten().map(String::as_str).collect();
        if !location.is_empty() {
            texts.add("LOCATION", &escaped(&location.join(" ")));
        }
        // Programs lead people to this point: the middle of a 大字 would lead them astray.
        if let Some(site) = facts.site.filter(|site| site.precision == Precision::Door) {
            texts.add("GEO", &format!("{};{}", site.position.lat(), site.position.lon()));
        }
        if let Some(url) = &snapshot.city.public_url {
            texts.add("URL", &format!("{}/places/{}", url.trim_end_matches('/'), listed.place.id.0));
        }
        let uid = (listed.place.id.0.clone(), format!("@{}.tsunagari", snapshot.city.code));
        Self { stamp: stamp.format("%Y%m%dT%H%M%SZ").to_string(), texts: texts.0, uid }
    }

    fn add_event(&self, event: &DatedEvent, lines: &mut Lines) {
        lines.add("BEGIN", "VEVENT");
        // Stays the same when a place is renamed and when the server starts again.
        let (place, city) = &self.uid;
        lines.add("UID", &format!("{place}-{}-{}{city}", event.day.format("%Y%m%d"), event.number));
        lines.add("DTSTAMP", &self.stamp);
        lines.add_moment("DTSTART", event.occurrence.start);
        if let Some(end) = event.occurrence.end {
            lines.add_moment("DTEND", end);
        }
        lines.0.push_str(&self.texts);
        lines.add("END", "VEVENT");
    }
}

fn summary(listed: &VisiblePlace) -> String {
    let name = &listed.place.facts.name;
    if listed.sample { page_messages(Language::Ja).fill("calendar.sample", &[("title", name)]) } else { name.clone() }
}

/// The times as written, since the words may say more than the dates, then what one must know before going.
fn description(listed: &VisiblePlace) -> String {
    let messages = page_messages(Language::Ja);
    let facts = &listed.place.facts;
    let sample = listed.sample.then(|| messages.text("sample.place").to_owned());
    let times = facts.schedule.iter().map(|it| it.text.clone());
    let labelled = |key: &'static str, value: Option<&str>| value.map(|it| format!("{}：{it}", messages.text(key)));
    let details = [
        labelled("detail.cost", facts.cost.as_deref()),
        labelled("detail.bring", facts.bring.as_deref()),
        labelled("detail.phone", facts.contact.phone.as_deref()),
    ];
    sample.into_iter().chain(times).chain(details.into_iter().flatten()).collect::<Vec<_>>().join("\n")
}

/// A value of the type `TEXT` (RFC 5545, 3.3.11). Control characters, which no value may hold, become spaces.
fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' | ';' | ',' => written.extend(['\\', c]),
            '\r' if rest.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => written.push_str("\\n"),
            c if c.is_control() => written.push(' '),
            c => written.push(c),
        }
    }
    written
}

/// Content lines, each closed by CRLF and folded between characters.
struct Lines(String);

impl Lines {
    fn add(&mut self, name: &str, value: &str) {
        let (mut width, text) = (0, &mut self.0);
        for c in name.chars().chain([':']).chain(value.chars()) {
            if width + c.len_utf8() > LONGEST_LINE {
                text.push_str("\r\n ");
                width = 1;
            }
            text.push(c);
            width += c.len_utf8();
        }
        text.push_str("\r\n");
    }

    /// A local time in Japan, or a whole day where no time is written.
    fn add_moment(&mut self, name: &str, moment: Moment) {
        match moment {
            Moment::Day(day) => self.add(&format!("{name};VALUE=DATE"), &day.format("%Y%m%d").to_string()),
            Moment::Time(time) => {
                self.add(&format!("{name};TZID=Asia/Tokyo"), &time.format("%Y%m%dT%H%M%S").to_string());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_folded_between_characters_and_never_longer_than_75_octets() {
        for value in ["x".repeat(300), "あ".repeat(100), format!("x{}", "😀".repeat(50)), " ".repeat(200)] {
            for start in 0..8 {
                let mut lines = Lines(String::new());
                let value = format!("{}{value}", "y".repeat(start));
                lines.add("SUMMARY", &value);
                assert!(lines.0.split("\r\n").all(|line| line.len() <= LONGEST_LINE), "{}", lines.0);
                assert_eq!(lines.0.replace("\r\n ", ""), format!("SUMMARY:{value}\r\n"));
            }
        }
    }

    #[test]
    fn what_has_a_meaning_in_a_text_is_escaped() {
        for (text, written) in [
            ("1;2,3\\4", r"1\;2\,3\\4"),
            ("a\r\nb\rc\nd", r"a\nb\nc\nd"),
            ("a\u{0}b\u{7f}c\u{85}d\te", "a b c d e"),
            ("行\u{2028}行", r"行\n行"),
        ] {
            assert_eq!(escaped(text), written);
        }
    }
}
