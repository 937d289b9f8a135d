//! The clock on the wall: what day and hour it is where the places are.

use chrono::{FixedOffset, NaiveDateTime, Utc};

/// Now, as clocks in Japan show it, whatever the server's own zone is.
///
/// # Panics
///
/// Never: nine hours are a zone.
pub fn now_in_japan() -> NaiveDateTime {
    Utc::now().with_timezone(&FixedOffset::east_opt(9 * 3600).expect("nine hours are a zone")).naive_local()
}
