//! A bound on how often one client may send something, without an account. The map is bounded, whoever fills it, and forgets addresses
//! after the time that it counts. The caller passes the time. This module does no I/O.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::model::household_of;

/// Most addresses that are remembered; one more takes the place of the one that was idle longest.
const MOST_ENTRIES: usize = 10_000;

/// Counts what each client has sent lately.
#[derive(Debug)]
pub(in crate::http) struct ClientBound {
    most: usize,
    within: TimeDelta,
    sent: Mutex<HashMap<IpAddr, VecDeque<DateTime<Utc>>>>,
}

impl ClientBound {
    /// Accepts `most` of one client `within` a time.
    pub(in crate::http) fn new(most: usize, within: TimeDelta) -> Self {
        Self { most, within, sent: Mutex::default() }
    }

    /// Counts one more of a client; `false` if it has sent enough.
    pub(in crate::http) fn admit(&self, address: IpAddr, now: DateTime<Utc>) -> bool {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        sent.retain(|_, times| times.back().is_some_and(|last| now - *last < self.within));
        let key = household_of(address);
        if sent.len() >= MOST_ENTRIES && !sent.contains_key(&key) {
            let idle = sent.iter().min_by_key(|(_, times)| times.back().copied()).map(|(address, _)| *address);
            idle.map(|address| sent.remove(&address));
        }
        let times = sent.entry(key).or_default();
        while times.front().is_some_and(|first| now - *first >= self.within) {
            times.pop_front();
        }
        if times.len() >= self.most {
            return false;
        }
        times.push_back(now);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_may_send_so_many_in_a_time_and_others_as_many() {
        let bound = ClientBound::new(2, TimeDelta::hours(1));
        let at = |minutes: i64| DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes);
        let (one, other): (IpAddr, IpAddr) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        assert_eq!([0, 10, 20, 59].map(|it| bound.admit(one, at(it))), [true, true, false, false]);
        assert!(bound.admit(other, at(20)));
        assert_eq!([60, 61, 70].map(|it| bound.admit(one, at(it))), [true, false, true], "each hour anew");
        let (first, second): (IpAddr, IpAddr) = ("2001:db8::1".parse().unwrap(), "2001:db8::2".parse().unwrap());
        assert_eq!([first, second, first].map(|it| bound.admit(it, at(0))), [true, true, false], "one household");
    }

    #[test]
    fn the_map_is_bounded_whoever_fills_it() {
        let bound = ClientBound::new(1, TimeDelta::hours(1));
        for n in 0..u32::try_from(MOST_ENTRIES).unwrap() + 10 {
            assert!(bound.admit(IpAddr::V4(n.into()), DateTime::UNIX_EPOCH + TimeDelta::milliseconds(n.into())));
        }
        assert_eq!(bound.sent.lock().unwrap().len(), MOST_ENTRIES);
    }
}
