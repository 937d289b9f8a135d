//! A schedule in the words of a language: a parsed rule becomes 「2か月に1かい、はじめの 日ようび」 or "every first Sunday of even months".
//!
//! The words stand in the catalogues (`schedule.…` in `web/lang/`). What a rule says beyond them is not left out: such a rule has no
//! words, and the list's own stay. The Japanese words parse back to the same dates, which a test holds for every rule it can make. This
//! module does no I/O.

mod days;
mod hours;
mod seasons;

use chrono::{Datelike as _, NaiveDate};

use crate::model::{Language, Messages, Schedule, capitalised};
use crate::publish::messages::page_messages;
use crate::schedule::rule::{DayPattern, RulePattern, Session};
use crate::schedule::{Rule, ScheduleContext, Timetable};

/// What is said of the schedules of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpokenSchedule {
    /// The days and hours in words.
    pub text: String,
    /// Whether the words say all that the list does; else the list's own belong beside them.
    pub is_whole: bool,
}

/// The schedules of a place in words; `None` where no text of them has any, or the language is the list's own.
pub fn spoken_schedule(schedules: &[Schedule], context: &ScheduleContext, lang: Language) -> Option<SpokenSchedule> {
    if lang == Language::Ja {
        return None;
    }
    let timetable = Timetable::read(schedules, context);
    let words: Vec<Option<String>> =
        timetable.readings().iter().map(|it| rule_words(it.rule.as_ref()?, lang)).collect();
    let is_whole = timetable.is_understood() && words.iter().all(Option::is_some);
    let said: Vec<String> = words.into_iter().flatten().collect();
    let text = said.join(page_messages(lang).text("schedule.between"));
    (!said.is_empty()).then_some(SpokenSchedule { text, is_whole })
}

/// A rule in words; `None` where the catalogue has none for a part of it, or where any of its days may not be meant (隔月 without a
/// month): the words would promise too much. Single days that it leaves open (小学校の休業中は休み) are not among them.
pub fn rule_words(rule: &Rule, lang: Language) -> Option<String> {
    if rule.has_open_session() {
        return None;
    }
    let words = RuleWords { messages: page_messages(lang) };
    let sessions: Option<Vec<String>> = rule.sessions.iter().map(|session| words.session(session)).collect();
    let closures: Option<Vec<String>> = rule.closures.iter().map(|days| words.closure(days)).collect();
    let sessions = sessions.filter(|it| !it.is_empty())?;
    let mut closures = closures?;
    closures.dedup();
    let off = (!closures.is_empty()).then(|| words.fill("schedule.off", &[("what", &words.listed(&closures))]));
    let bounds = [("schedule.from", rule.from), ("schedule.until", rule.until)];
    let bounds = bounds.into_iter().filter_map(|(key, day)| Some(words.fill(key, &[("date", &words.date(day?))])));
    let parts: Vec<String> = sessions.into_iter().chain(off).chain(bounds).collect();
    Some(capitalised(&parts.join(words.text("schedule.between"))))
}

/// The catalogue of a language, as far as it is about schedules.
struct RuleWords {
    messages: &'static Messages,
}

impl RuleWords {
    fn text(&self, key: &'static str) -> &'static str {
        self.messages.text(key)
    }

    fn fill(&self, key: &'static str, values: &[(&str, &str)]) -> String {
        self.messages.fill(key, values)
    }

    /// The text number `at` of a message that lists several, parted by commas.
    fn nth(&self, key: &'static str, at: u32) -> &'static str {
        self.text(key).split(',').nth(at as usize).unwrap_or_default()
    }

    /// 「月・水・金」, "Monday, Wednesday and Friday".
    fn listed<S: AsRef<str>>(&self, words: &[S]) -> String {
        let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
        let Some((last, first)) = words.split_last().filter(|(_, first)| !first.is_empty()) else {
            return words.concat();
        };
        [&first.join(self.text("schedule.comma")), self.text("schedule.and"), last].concat()
    }

    /// A day of one year.
    fn date(&self, day: NaiveDate) -> String {
        let month = self.nth("schedule.months", day.month0());
        let values = [("year", day.year().to_string()), ("month", month.to_owned()), ("day", day.day().to_string())];
        self.fill("schedule.date", &values.each_ref().map(|(name, value)| (*name, value.as_str())))
    }

    /// Days and hours.
    fn session(&self, session: &Session) -> Option<String> {
        let mut days = self.days(&session.when)?;
        if !session.except.is_empty() {
            let except: Option<Vec<String>> = session.except.iter().map(|it| self.closure(it)).collect();
            days = self.fill("schedule.except", &[("days", &days), ("what", &self.listed(&except?))]);
        }
        let hours = self.hours(&session.hours);
        Some(if hours.is_empty() { days } else { self.fill("schedule.session", &[("days", &days), ("hours", &hours)]) })
    }

    /// Days off.
    fn closure(&self, days: &RulePattern) -> Option<String> {
        if days.shift.is_none() && days.days == DayPattern::EVERY {
            return self.season_alone(&days.seasons);
        }
        self.days(days)
    }
}

#[cfg(test)]
mod tests;
