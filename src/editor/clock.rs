//! Wall clock in Japan Standard Time, where the places are.

use chrono::{FixedOffset, NaiveDate, NaiveDateTime, Utc};

/// The current local time in Japan (UTC+9), independent of the server's time zone.
///
/// # Panics
///
/// Never: nine hours are a zone.
pub fn now_in_japan() -> NaiveDateTime {
    Utc::now().with_timezone(&FixedOffset::east_opt(9 * 3600).expect("nine hours are a zone")).naive_local()
}

/// The current day in Japan.
pub fn today_in_japan() -> NaiveDate {
    now_in_japan().date()
}
