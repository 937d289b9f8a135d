//! Periods of released counts as text, for the pages of unmet needs and of results. This module does no I/O.

use crate::gaps::disclosure::MonthPeriod;
use crate::model::Month;
use crate::publish::link_worker_messages::catalogue;

/// A period as text: 「2026年4月から2027年3月まで」.
pub(super) fn period_name(period: MonthPeriod) -> String {
    let messages = catalogue("common");
    let last = month_name(period.last);
    match period.first {
        Some(first) => messages.fill("range", &[("first", &month_name(first)), ("last", &last)]),
        None => messages.fill("range.all", &[("last", &last)]),
    }
}

/// A month as text: 「2026年4月」.
pub(super) fn month_name(month: Month) -> String {
    let (year, number) = (month.year().to_string(), month.number().to_string());
    catalogue("common").fill("month", &[("year", &year), ("month", &number)])
}
