//! Prints a rule as OSM `opening_hours` where that can express it, else in an extended notation that OSM parsers
//! reject.
//!
//! OSM reads rules in turn, and a later one replaces all earlier ones on its days. What is printed is therefore compared with
//! the rule on every day of four years, leap day included, before it is called OSM. Our own notation puts what OSM cannot say
//! in braces: `{every 14 days from 2026-12-01} 13:30-15:00`, `Mo {PH: next day} off`, `We {no time}`. This module does no I/O.

use std::fmt;

use chrono::{Datelike as _, NaiveDate, Weekday};

use super::rule::{
    DayPattern, HolidayMove, HolidayRule, MonthDays, NthWeeks, Rule, RulePattern, Season, Session, Shift, TimeSlot,
    Weekdays,
};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/// Start of the four years over which the printed form is compared with the rule.
const SAMPLE_FROM: (i32, u32, u32) = (2026, 1, 1);
const SAMPLE_DAYS: usize = 1_461;

impl Rule {
    /// The rule as OSM `opening_hours`; `None` if that cannot say it: no hours, fortnights, days that move past a holiday, the
    /// last day of the month, a first or last day, open days.
    pub fn opening_hours(&self) -> Option<String> {
        let lines = self.lines();
        let whole = self.from.is_none() && self.until.is_none() && self.open.is_empty();
        let sayable = whole && lines.iter().all(OsmLine::is_osm);
        (sayable && self.agrees(&lines)).then(|| joined(&lines))
    }

    /// The rules in OSM's order: weekdays that leave out holidays, then those, other sessions, and days off last.
    fn lines(&self) -> Vec<OsmLine> {
        let never = |s: &&Session| matches!(s.when.days, DayPattern::Weekly { holidays: HolidayRule::Never, .. });
        let open = |s: &Session| OsmLine { when: s.when.clone(), hours: Some(s.hours.clone()) };
        let off = |p: &RulePattern| OsmLine { when: p.clone(), hours: None };
        let mut lines: Vec<OsmLine> =
            self.sessions.iter().filter(never).map(open).map(OsmLine::with_holidays).collect();
        if !lines.is_empty() {
            lines.push(off(&DayPattern::HOLIDAYS.into()));
        }
        lines.extend(self.sessions.iter().filter(|s| !never(s)).map(open));
        let closures =
            self.closures.iter().map(off).filter(|l| lines.iter().all(|other| other.hours.is_some() || other != l));
        let closures: Vec<OsmLine> = closures.collect();
        lines.extend(closures);
        lines.into_iter().flat_map(OsmLine::by_season).collect()
    }

    /// Whether the lines, read as OSM does, mean the same as the rule.
    fn agrees(&self, lines: &[OsmLine]) -> bool {
        let (year, month, day) = SAMPLE_FROM;
        let start = NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
        start.iter_days().take(SAMPLE_DAYS).all(|day| {
            let read: Vec<TimeSlot> =
                lines.iter().rev().find(|l| l.when.has(day)).and_then(|l| l.hours.clone()).unwrap_or_default();
            let mut meant: Vec<TimeSlot> = self.sessions_on(day).flat_map(|s| s.hours.clone()).collect();
            meant.sort_unstable();
            meant.dedup();
            read == meant
        })
    }
}

impl fmt::Display for Rule {
    /// The rule as OSM `opening_hours` if that can say it, else in our own notation.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(osm) = self.opening_hours() {
            return f.write_str(&osm);
        }
        match (self.from, self.until) {
            (Some(from), Some(until)) => write!(f, "{{{from} to {until}}} ")?,
            (Some(from), None) => write!(f, "{{from {from}}} ")?,
            (None, Some(until)) => write!(f, "{{until {until}}} ")?,
            (None, None) => {}
        }
        let open = self.sessions.iter().map(|s| {
            let except: Vec<String> = s.except.iter().map(selector).collect();
            let except = if except.is_empty() { String::new() } else { format!(" {{except {}}}", except.join(", ")) };
            let hours = if s.hours.is_empty() { "{no time}".to_owned() } else { times(&s.hours) };
            format!("{}{except} {hours}", selector(&s.when))
        });
        let off = self.closures.iter().map(|c| format!("{} off", selector(c)));
        let unsettled = self.open.iter().map(|o| format!("{} {{open}}", selector(&o.days)));
        f.write_str(&open.chain(off).chain(unsettled).collect::<Vec<_>>().join("; "))
    }
}

/// One of OSM's rules.
#[derive(Debug, Clone, PartialEq, Eq)]
struct OsmLine {
    when: RulePattern,
    /// `None` is off.
    hours: Option<Vec<TimeSlot>>,
}

impl OsmLine {
    /// The same line as OSM reads it, which knows no weekdays without their holidays.
    fn with_holidays(mut self) -> Self {
        if let DayPattern::Weekly { holidays, .. } = &mut self.when.days {
            *holidays = HolidayRule::AsAnyDay;
        }
        self
    }

    /// A line for each part of the year: in 「Jan,Mar Tu[2]」 a reader may take `Mar Tu[2]` together and all of January.
    fn by_season(self) -> Vec<Self> {
        let DayPattern::Nth { .. } = self.when.days else { return vec![self] };
        if self.when.seasons.len() < 2 {
            return vec![self];
        }
        let of = |season: &Season| Self {
            when: RulePattern { seasons: vec![*season], ..self.when.clone() },
            hours: self.hours.clone(),
        };
        self.when.seasons.iter().map(of).collect()
    }

    fn is_osm(&self) -> bool {
        let seasons = &self.when.seasons;
        let months_only = seasons.iter().all(|s| s.from.day == 1 && s.to.day == 31);
        let days = match &self.when.days {
            DayPattern::Weekly { holidays, .. } => matches!(holidays, HolidayRule::AsAnyDay | HolidayRule::Also),
            DayPattern::Nth { .. } => true,
            // The 29th exists in February now and then; OSM readers differ.
            DayPattern::Monthly(days) => months_only && !days.last && days.iter().all(|d| d != 29),
            DayPattern::Dates(dates) => seasons.is_empty() && !dates.is_empty(),
            DayPattern::Fortnight { .. } | DayPattern::AfterHoliday => false,
        };
        let seasons = seasons.iter().all(|s| s.to.day != 31 || s.to.month != 2 || s.from.day == 1);
        days && seasons && self.when.shift.is_none() && self.hours.as_deref().is_none_or(are_osm)
    }
}

/// Whether OSM can express the hours: there, a slot without an end runs into the next.
fn are_osm(hours: &[TimeSlot]) -> bool {
    hours.split_last().is_some_and(|(_, before)| before.iter().all(|slot| slot.to.is_some()))
}

fn joined(lines: &[OsmLine]) -> String {
    let line = |l: &OsmLine| match &l.hours {
        Some(hours) => format!("{} {}", selector(&l.when), times(hours)),
        None => format!("{} off", selector(&l.when)),
    };
    lines.iter().map(line).collect::<Vec<_>>().join("; ")
}

fn selector(pattern: &RulePattern) -> String {
    let seasons = pattern.seasons.iter().map(|s| season(*s)).collect::<Vec<_>>().join(",");
    let days = match &pattern.days {
        DayPattern::Weekly { weekdays: Weekdays::ALL, holidays: HolidayRule::AsAnyDay }
            if !pattern.seasons.is_empty() =>
        {
            String::new()
        }
        DayPattern::Weekly { weekdays, holidays } => week(*weekdays, *holidays),
        DayPattern::Nth { nths, weekdays } => nth(*nths, *weekdays),
        DayPattern::Monthly(days) => return [month_days(*days, &pattern.seasons), shifted(pattern.shift)].concat(),
        DayPattern::Fortnight { anchor } => format!("{{every 14 days from {anchor}}}"),
        DayPattern::Dates(dates) => dates.iter().map(|d| date(*d)).collect::<Vec<_>>().join(","),
        DayPattern::AfterHoliday => "{day after PH}".to_owned(),
    };
    let gap = if seasons.is_empty() || days.is_empty() { "" } else { " " };
    [seasons.as_str(), gap, &days, &shifted(pattern.shift)].concat()
}

fn shifted(shift: Option<Shift>) -> String {
    let Some(Shift { when, to }) = shift else { return String::new() };
    let days = week(when.weekdays, if when.holidays { HolidayRule::Also } else { HolidayRule::AsAnyDay });
    let to = match to {
        HolidayMove::Nowhere => "not".to_owned(),
        HolidayMove::NextDay => "next day".to_owned(),
        HolidayMove::NextWorkday => "next working day".to_owned(),
        HolidayMove::NextWeek => "next week".to_owned(),
        HolidayMove::PreviousDay => "day before".to_owned(),
        HolidayMove::PreviousWorkday => "working day before".to_owned(),
        HolidayMove::PreviousWeek => "week before".to_owned(),
        HolidayMove::NextNamed(day) => format!("next {}", name(day)),
        HolidayMove::PreviousNamed(day) => format!("{} before", name(day)),
        HolidayMove::Nth(n) => format!("same weekday [{n}]"),
    };
    format!(" {{{days}: {to}}}")
}

fn week(weekdays: Weekdays, holidays: HolidayRule) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut days = weekdays.iter().peekable();
    while let Some(first) = days.next() {
        let mut last = first;
        while let Some(next) = days.next_if(|d| *d == last.succ()) {
            last = next;
        }
        parts.push(if first == last { name(first).to_owned() } else { format!("{}-{}", name(first), name(last)) });
    }
    if holidays == HolidayRule::Also {
        parts.push("PH".to_owned());
    }
    let days = parts.join(",");
    match holidays {
        HolidayRule::AsAnyDay | HolidayRule::Also => days,
        HolidayRule::Never => format!("{days} {{not PH}}"),
        HolidayRule::Only => format!("{days} {{if PH}}"),
    }
}

fn nth(nths: NthWeeks, weekdays: Weekdays) -> String {
    let numbers = nths.iter().map(|n| n.to_string()).collect::<Vec<_>>().join(",");
    weekdays.iter().map(|d| format!("{}[{numbers}]", name(d))).collect::<Vec<_>>().join(",")
}

fn name(day: Weekday) -> &'static str {
    ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"][day.num_days_from_monday() as usize]
}

fn month(number: u32) -> &'static str {
    MONTHS.get(number.saturating_sub(1) as usize).copied().unwrap_or("Jan")
}

fn season(Season { from, to }: Season) -> String {
    if from.day == 1 && to.day == 31 {
        return if from.month == to.month {
            month(from.month).to_owned()
        } else {
            format!("{}-{}", month(from.month), month(to.month))
        };
    }
    let last = to.day.min(days_in(to.month));
    if (from.month, from.day) == (to.month, last) {
        return format!("{} {:02}", month(from.month), from.day);
    }
    format!("{} {:02}-{} {last:02}", month(from.month), from.day, month(to.month))
}

fn days_in(month: u32) -> u32 {
    match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Each day of each month by name, those that a month does not have left out.
fn month_days(days: MonthDays, seasons: &[Season]) -> String {
    let in_season = |m: u32| {
        let first = NaiveDate::from_ymd_opt(2026, m, 1).unwrap_or_default();
        seasons.is_empty() || seasons.iter().any(|s| s.has(first))
    };
    let months: Vec<u32> = (1..=12).filter(|m| in_season(*m)).collect();
    let of_month = |m: u32| days.iter().filter(move |d| *d <= days_in(m)).map(move |d| format!("{} {d:02}", month(m)));
    let mut all: Vec<String> = months.into_iter().flat_map(of_month).collect();
    if days.last {
        all.push("{last day of the month}".to_owned());
    }
    all.join(",")
}

fn date(day: NaiveDate) -> String {
    format!("{} {} {:02}", day.year(), month(day.month()), day.day())
}

fn times(slots: &[TimeSlot]) -> String {
    slots.iter().map(|s| time(*s)).collect::<Vec<_>>().join(",")
}

fn time(TimeSlot { from, to }: TimeSlot) -> String {
    let clock = |m: u16| format!("{:02}:{:02}", m / 60, m % 60);
    match to {
        None => format!("{}+", clock(from)),
        Some(to) if to > 1440 => format!("{}-{}", clock(from), clock(to - 1440)),
        Some(to) => format!("{}-{}", clock(from), clock(to)),
    }
}
