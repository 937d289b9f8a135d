//! Years of the Japanese era, as papers write them beside the calendar's. This module does no I/O.

use super::link_worker_messages::catalogue;

/// The year before the first one of 令和.
const BEFORE_REIWA: i32 = 2018;

/// 「令和8」 for 2026, 「令和元」 for 2019; the calendar's year for one before this era, of which no paper is made.
pub fn era_year(year: i32) -> String {
    let messages = catalogue("common");
    match year - BEFORE_REIWA {
        ..1 => year.to_string(),
        1 => messages.text("era.first").to_owned(),
        number => messages.fill("era.year", &[("year", &number.to_string())]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_told_in_its_era() {
        assert_eq!([2019, 2020, 2026, 2031].map(era_year), ["令和元", "令和2", "令和8", "令和13"]);
        assert_eq!(era_year(2018), "2018");
    }
}
