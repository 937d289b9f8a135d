//! Japan's national holidays (国民の祝日に関する法律), by the law's own rules with its changes.
//!
//! Computed, not listed: fixed days, Monday holidays, the equinoxes by the usual formula, substitute holidays (振替休日), days
//! between two holidays (国民の休日), and the days moved or added for 2019, 2020 and 2021. Equinoxes of years to come are a
//! forecast until the government announces them each February, and a law not yet made cannot be known.
//! `scripts/check-holidays` compares the table with two independent sources. This module does no I/O.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use chrono::{Datelike as _, NaiveDate, Weekday};

/// The years the table covers; outside them no rule that depends on holidays is evaluated.
pub const YEARS: std::ops::RangeInclusive<i32> = 2000..=2099;

/// What the law is, is the same for every list of a process: it is set once, before the first schedule is read.
static TABLE: OnceLock<BTreeSet<NaiveDate>> = OnceLock::new();

fn table() -> &'static BTreeSet<NaiveDate> {
    TABLE.get_or_init(|| with_announced(&BTreeSet::new()))
}

/// Puts announced holidays in the place of the computed ones, for every year of which there are any. Returns whether it did:
/// only before the first use of the table.
pub fn announce(days: &BTreeSet<NaiveDate>) -> bool {
    TABLE.set(with_announced(days)).is_ok()
}

fn with_announced(days: &BTreeSet<NaiveDate>) -> BTreeSet<NaiveDate> {
    let years: BTreeSet<i32> = days.iter().map(NaiveDate::year).collect();
    let computed = YEARS.filter(|year| !years.contains(year)).flat_map(of_year);
    computed.chain(days.iter().copied().filter(|day| YEARS.contains(&day.year()))).collect()
}

/// Whether the day is a national holiday, a substitute holiday, or a day between two; `false` outside [`YEARS`].
///
/// ```
/// use chrono::NaiveDate;
/// use tsunagari::schedule::holidays::is_holiday;
///
/// let between_two = NaiveDate::from_ymd_opt(2026, 9, 22).unwrap();
/// assert!(is_holiday(between_two));
/// ```
pub fn is_holiday(date: NaiveDate) -> bool {
    table().contains(&date)
}

/// All holidays of [`YEARS`], in order.
pub fn all() -> impl Iterator<Item = NaiveDate> {
    table().iter().copied()
}

fn of_year(year: i32) -> BTreeSet<NaiveDate> {
    let mut named: BTreeSet<NaiveDate> = fixed(year).into_iter().filter_map(|(m, d)| day(year, m, d)).collect();
    named.extend(moved(year));
    let mut holidays = named.clone();
    holidays.extend(substitutes(&named));
    holidays.extend(between(&named).filter(|d| !holidays.contains(d)).collect::<Vec<_>>());
    holidays
}

fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}

fn monday(year: i32, month: u32, nth: u8) -> Option<NaiveDate> {
    NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Mon, nth)
}

/// The holidays on the same day every year, with the years in which the law knew them.
fn fixed(year: i32) -> Vec<(u32, u32)> {
    let mut days = vec![(1, 1), (2, 11), (4, 29), (5, 3), (5, 5), (11, 3), (11, 23)];
    days.push((3, equinox(year, 20.8431)));
    days.push((9, equinox(year, 23.2488)));
    if year >= 2007 {
        days.push((5, 4));
    }
    match year {
        ..=2018 => days.push((12, 23)),
        2019 => days.extend([(5, 1), (10, 22)]),
        2020.. => days.push((2, 23)),
    }
    days
}

/// The Monday holidays, and what was moved for the Olympic years.
fn moved(year: i32) -> Vec<NaiveDate> {
    let (marine, sports, mountain) = match year {
        2020 => (day(2020, 7, 23), day(2020, 7, 24), day(2020, 8, 10)),
        2021 => (day(2021, 7, 22), day(2021, 7, 23), day(2021, 8, 8)),
        _ => (
            if year <= 2002 { day(year, 7, 20) } else { monday(year, 7, 3) },
            monday(year, 10, 2),
            (year >= 2016).then(|| day(year, 8, 11)).flatten(),
        ),
    };
    let aged = if year <= 2002 { day(year, 9, 15) } else { monday(year, 9, 3) };
    [monday(year, 1, 2), marine, sports, mountain, aged].into_iter().flatten().collect()
}

/// The day of the month of an equinox, right from 1980 to 2099.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a day of the month, 19 to 24")]
fn equinox(year: i32, base: f64) -> u32 {
    let years = year - 1980;
    (base + 0.242_194 * f64::from(years) - f64::from(years.div_euclid(4))).floor() as u32
}

/// For a holiday on a Sunday, the first day after it that is none (振替休日; before 2007 always the Monday, which is the same
/// day in every year the table covers).
fn substitutes(named: &BTreeSet<NaiveDate>) -> impl Iterator<Item = NaiveDate> {
    named.iter().filter(|d| d.weekday() == Weekday::Sun).filter_map(|d| d.iter_days().find(|d| !named.contains(d)))
}

/// The days between two holidays (国民の休日); before 2007 not on a Sunday.
fn between(named: &BTreeSet<NaiveDate>) -> impl Iterator<Item = NaiveDate> {
    let open = |d: &NaiveDate| d.year() >= 2007 || d.weekday() != Weekday::Sun;
    let follows = |d: &NaiveDate| d.succ_opt().is_some_and(|next| named.contains(&next));
    named.iter().filter_map(NaiveDate::succ_opt).filter(|d| !named.contains(d)).filter(follows).filter(open)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holidays(year: i32) -> Vec<String> {
        of_year(year).iter().map(|d| d.format("%m-%d").to_string()).collect()
    }

    #[test]
    fn the_year_2026_has_its_eighteen_days_off() {
        let announced = "01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12 11-03 11-23";
        assert_eq!(holidays(2026).join(" "), announced);
    }

    #[test]
    fn announced_days_replace_their_whole_year_and_no_other() {
        let announced: BTreeSet<NaiveDate> =
            [(2030, 1, 1), (2030, 6, 15), (1999, 1, 1)].map(|(y, m, d)| day(y, m, d).unwrap()).into();
        let table = with_announced(&announced);
        let of = |year| table.iter().filter(|day| day.year() == year).count();
        assert_eq!((of(2030), of(1999)), (2, 0));
        assert_eq!(table.iter().filter(|day| day.year() == 2029).copied().collect::<BTreeSet<_>>(), of_year(2029));
    }

    #[test]
    fn a_sunday_holiday_stays_one_and_its_monday_is_one_too() {
        assert!(is_holiday(day(2027, 3, 21).unwrap()));
        assert!(is_holiday(day(2027, 3, 22).unwrap()));
    }

    #[test]
    fn the_year_of_the_enthronement_had_ten_days_off_in_a_row() {
        assert!((27..=30).all(|d| d < 29 || is_holiday(day(2019, 4, d).unwrap())));
        assert!((1..=6).all(|d| is_holiday(day(2019, 5, d).unwrap())));
        assert!(!is_holiday(day(2019, 12, 23).unwrap()));
    }

    #[test]
    fn before_2007_the_fourth_of_may_was_a_day_between_two_unless_a_sunday() {
        assert!(is_holiday(day(2005, 5, 4).unwrap()));
        assert!(!is_holiday(day(2003, 5, 4).unwrap()));
    }
}
