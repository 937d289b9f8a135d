//! Throttling of sign-ins: against guessing of passwords, and against work that anybody could cause. Each map is bounded, whoever fills
//! it. The caller passes the time. This module does no I/O.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::model::household_of;

/// Failures of a name from an address until it must wait.
const FREE_FAILURES: u32 = 5;
/// The first wait, which doubles with each further failure.
const FIRST_WAIT: TimeDelta = TimeDelta::minutes(1);
/// The longest wait of a name from an address.
const LONGEST_WAIT: TimeDelta = TimeDelta::minutes(15);
/// For how long failures of a name from an address are remembered.
const REMEMBERED: TimeDelta = TimeDelta::hours(24);
/// Most failures from an address, and in which time.
const OF_AN_ADDRESS: (usize, TimeDelta) = (30, TimeDelta::minutes(15));
/// Most failures of a name, and in which time.
const OF_A_NAME: (usize, TimeDelta) = (100, TimeDelta::hours(1));
/// Most entries of a map; one more takes the place of the one that was idle longest.
const MOST_ENTRIES: usize = 10_000;

/// A name as it was typed, shortened to its digest: what is typed there may be a password.
type NameKey = [u8; 16];

/// Who tries: a name from an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SignInAttempt {
    name: NameKey,
    address: IpAddr,
    at: DateTime<Utc>,
}

/// Counts failures. An attempt counts as one from its beginning, so that many at once are not all tried; success takes it back.
#[derive(Debug, Default)]
pub struct SignInThrottle(Mutex<Failures>);

#[derive(Debug, Default)]
struct Failures {
    pairs: HashMap<(NameKey, IpAddr), Backoff>,
    addresses: HashMap<IpAddr, VecDeque<DateTime<Utc>>>,
    names: HashMap<NameKey, VecDeque<DateTime<Utc>>>,
}

/// Failures of a name from an address.
#[derive(Debug, Clone, Copy)]
struct Backoff {
    failures: u32,
    last: DateTime<Utc>,
    until: DateTime<Utc>,
}

impl SignInThrottle {
    /// Begins an attempt of `name` from `address`.
    ///
    /// # Errors
    ///
    /// The time to wait, for the right password too; the attempt then does not count.
    pub fn begin(&self, name: &str, address: IpAddr, now: DateTime<Utc>) -> Result<SignInAttempt, TimeDelta> {
        let hash = blake3::hash(name.as_bytes());
        let name = hash.as_bytes().first_chunk().copied().unwrap_or_default();
        let attempt = SignInAttempt { name, address: household_of(address), at: now };
        let mut failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(wait) = failures.wait(&attempt) {
            return Err(wait);
        }
        failures.add(&attempt);
        Ok(attempt)
    }

    /// Takes an attempt back that was none of guessing: the password was right.
    pub fn succeeded(&self, attempt: &SignInAttempt) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take_back(attempt);
    }
}

impl Failures {
    /// How long an attempt must wait, if it must.
    fn wait(&mut self, attempt: &SignInAttempt) -> Option<TimeDelta> {
        let now = attempt.at;
        let pair = self.pairs.get(&(attempt.name, attempt.address)).map(|it| it.until - now);
        let address = self.addresses.get_mut(&attempt.address).and_then(|it| window_wait(it, OF_AN_ADDRESS, now));
        let name = self.names.get_mut(&attempt.name).and_then(|it| window_wait(it, OF_A_NAME, now));
        [pair, address, name].into_iter().flatten().filter(|wait| *wait > TimeDelta::zero()).max()
    }

    fn add(&mut self, attempt: &SignInAttempt) {
        let now = attempt.at;
        let key = (attempt.name, attempt.address);
        let new = Backoff { failures: 0, last: now, until: now };
        let pair = entry(&mut self.pairs, key, new, |it| it.last);
        if now - pair.last > REMEMBERED {
            *pair = new;
        }
        pair.failures = pair.failures.saturating_add(1);
        pair.last = now;
        if pair.failures >= FREE_FAILURES {
            // Five doublings are beyond the longest wait.
            let doubled = FIRST_WAIT * (1 << (pair.failures - FREE_FAILURES).min(5));
            pair.until = now + doubled.min(LONGEST_WAIT);
        }
        let last = |times: &VecDeque<DateTime<Utc>>| times.back().copied().unwrap_or_default();
        entry(&mut self.addresses, attempt.address, VecDeque::new(), last).push_back(now);
        entry(&mut self.names, attempt.name, VecDeque::new(), last).push_back(now);
    }

    fn take_back(&mut self, attempt: &SignInAttempt) {
        self.pairs.remove(&(attempt.name, attempt.address));
        let windows = [self.addresses.get_mut(&attempt.address), self.names.get_mut(&attempt.name)];
        for times in windows.into_iter().flatten() {
            if let Some(at) = times.iter().rposition(|at| *at == attempt.at) {
                times.remove(at);
            }
        }
        self.addresses.retain(|_, times| !times.is_empty());
        self.names.retain(|_, times| !times.is_empty());
    }
}

/// How long to wait until fewer than `most` of `times` lie within `span`; those that no longer do are dropped.
fn window_wait(
    times: &mut VecDeque<DateTime<Utc>>,
    (most, span): (usize, TimeDelta),
    now: DateTime<Utc>,
) -> Option<TimeDelta> {
    times.retain(|at| now - *at < span);
    times.len().checked_sub(most).and_then(|over| times.get(over)).map(|oldest| *oldest + span - now)
}

/// The value of `key`; where it is new and the map is full, the one that was idle longest makes room.
fn entry<K: Copy + Eq + Hash, V>(
    map: &mut HashMap<K, V>,
    key: K,
    new: V,
    last: impl Fn(&V) -> DateTime<Utc>,
) -> &mut V {
    if map.len() >= MOST_ENTRIES && !map.contains_key(&key) {
        let idle = map.iter().min_by_key(|(_, value)| last(value)).map(|(key, _)| *key);
        idle.and_then(|key| map.remove(&key));
    }
    map.entry(key).or_insert(new)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    fn address(n: u32) -> IpAddr {
        IpAddr::from(n.to_be_bytes())
    }

    /// The seconds to wait, or 0 for an attempt, which fails.
    fn fail(throttle: &SignInThrottle, name: &str, from: u32, seconds: i64) -> i64 {
        throttle.begin(name, address(from), at(seconds)).map_or_else(|wait| wait.num_seconds(), |_| 0)
    }

    #[test]
    fn after_five_failures_a_name_waits_a_minute_from_there_doubling_to_fifteen() {
        let throttle = SignInThrottle::default();
        assert!((0..5).all(|second| fail(&throttle, "a", 1, second) == 0));
        assert_eq!(fail(&throttle, "a", 1, 4), 60);
        assert_eq!(
            (fail(&throttle, "a", 2, 5), fail(&throttle, "b", 1, 5)),
            (0, 0),
            "other addresses and names do not wait"
        );
        assert_eq!(fail(&throttle, "a", 1, 63), 1, "who waits is not made to wait longer");
        let mut now = 64;
        for wait in [120, 240, 480, 900, 900, 900] {
            assert_eq!(fail(&throttle, "a", 1, now), 0);
            assert_eq!(fail(&throttle, "a", 1, now), wait);
            now += wait;
        }
        assert_eq!(fail(&throttle, "a", 1, now + 25 * 3600), 0);
        assert_eq!(fail(&throttle, "a", 1, now + 25 * 3600), 0, "a day later it begins anew");
    }

    #[test]
    fn attempts_at_once_count_before_they_are_decided_and_a_right_one_is_taken_back() {
        let throttle = SignInThrottle::default();
        for _ in 0..3 {
            let attempts: Vec<_> = (0..9).filter_map(|_| throttle.begin("a", address(1), at(0)).ok()).collect();
            assert_eq!(attempts.len(), 5);
            throttle.succeeded(&attempts[0]);
        }
        let failures = throttle.0.lock().unwrap();
        assert_eq!((failures.pairs.len(), failures.names.values().next().unwrap().len()), (0, 12));
    }

    #[test]
    fn an_address_has_thirty_failures_in_a_quarter_of_an_hour_whatever_the_names() {
        let throttle = SignInThrottle::default();
        assert!((0..30).all(|n| fail(&throttle, &format!("name {n}"), 1, n) == 0));
        assert_eq!(fail(&throttle, "another", 1, 30), 870);
        assert_eq!(fail(&throttle, "another", 2, 30), 0);
        assert_eq!(fail(&throttle, "another", 1, 900), 0);
        assert_eq!(fail(&throttle, "another", 1, 900), 1);
    }

    #[test]
    fn a_name_has_a_hundred_failures_in_an_hour_wherever_they_come_from() {
        let throttle = SignInThrottle::default();
        assert!((0..100).all(|n| fail(&throttle, "a", n, i64::from(n)) == 0));
        assert_eq!(fail(&throttle, "a", 1000, 100), 3500);
        assert_eq!(fail(&throttle, "b", 1000, 100), 0);
        assert_eq!(fail(&throttle, "a", 1000, 3600), 0);
    }

    #[test]
    fn whoever_fills_the_maps_fills_no_memory() {
        let throttle = SignInThrottle::default();
        for n in 0..10_050 {
            fail(&throttle, &format!("name {n}"), n, i64::from(n));
        }
        let failures = throttle.0.lock().unwrap();
        let lengths = [failures.pairs.len(), failures.addresses.len(), failures.names.len()];
        assert_eq!(lengths, [MOST_ENTRIES; 3]);
        assert!(failures.addresses.contains_key(&address(10_049)) && !failures.addresses.contains_key(&address(0)));
    }

    #[test]
    fn one_customer_is_one_address() {
        let network = |text: &str| household_of(text.parse().unwrap()).to_string();
        for (address, of) in [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
            ("2001:db8:1:2:ffff::", "2001:db8:1:2::"),
            ("::1", "::1"),
        ] {
            assert_eq!(network(address), of);
        }
    }
}
