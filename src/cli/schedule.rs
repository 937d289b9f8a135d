//! `schedule`: parses a phrase such as 「第2・4木曜 13:30〜15:00」 and prints its next dates. Uses no database.

use chrono::{Datelike as _, Local};

use super::args::ScheduleArgs;
use super::output::json;
use super::{CommandContext, ExitStatus, Failure, StdoutWriter};
use crate::schedule;
use crate::schedule::{Moment, Occurrence, PhraseAnswer, ScheduleContext};

/// Prints the rule and next dates of the phrase, or the part that is not understood.
pub fn run(context: &CommandContext, phrase: &ScheduleArgs, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    let from = phrase.from.unwrap_or_else(|| Local::now().date_naive());
    let answer = schedule::answer(&phrase.phrase, &schedule_context(context, from)?, from, phrase.count.into());
    if phrase.json {
        out.line(&json(&answer)?)?;
    } else {
        out.line(&message(context, &answer))?;
    }
    Ok(ExitStatus::Fine)
}

/// The municipality's settings for the turn of the year, where there is a `city.toml`.
fn schedule_context(context: &CommandContext, today: chrono::NaiveDate) -> Result<ScheduleContext, Failure> {
    if context.data.find("city.toml").is_none() {
        return Ok(ScheduleContext::new(today));
    }
    Ok(ScheduleContext::of_city(&context.load_config()?.city, today))
}

fn message(context: &CommandContext, answer: &PhraseAnswer) -> String {
    if let (Some(part), None) = (&answer.unread, &answer.rule) {
        return context.messages.fill("schedule.unread", &[("text", &answer.text), ("part", part)]);
    }
    let rule = answer.rule.as_deref().unwrap_or_default();
    let mut lines = vec![context.messages.fill("schedule.read", &[("text", &answer.text), ("rule", rule)])];
    lines.extend(answer.next.iter().map(|occurrence| day(context, occurrence)));
    if let Some(part) = &answer.unread {
        lines.push(context.messages.fill("schedule.open", &[("part", part)]));
    } else if answer.next.is_empty() {
        lines.push(context.messages.fill("schedule.no_more", &[]));
    }
    lines.join("\n")
}

/// The line of one date.
fn day(context: &CommandContext, occurrence: &Occurrence) -> String {
    let date = occurrence.start.date();
    let names = context.messages.optional("schedule.weekdays");
    let weekday = names.split(' ').nth(date.weekday().num_days_from_monday() as usize).unwrap_or_default();
    let clock = |moment: Moment| match moment {
        Moment::Day(_) => String::new(),
        Moment::Time(time) => time.format("%H:%M").to_string(),
    };
    let end = occurrence.end.map(|end| format!("–{}", clock(end))).unwrap_or_default();
    let time = clock(occurrence.start) + &end;
    let line =
        context.messages.fill("schedule.day", &[("date", &date.to_string()), ("weekday", weekday), ("time", &time)]);
    line.trim_end().to_owned()
}
