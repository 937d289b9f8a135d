//! The open connections of one address, and which of them wait for their client (slow loris, slow readers).
//!
//! A connection waits for its client while a request is received and while a write is blocked. It may wait for long while
//! there is room, for less where connections are crowded, and where none is free the one that has waited longest is closed for
//! the next client. So those who are quick are served, however many are slow.

use std::collections::{BTreeMap, HashMap};
use std::net::{IpAddr, Ipv6Addr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

/// How long a request (its head and its body) may take to arrive while there is room; also how long an idle connection stays.
pub(in crate::http) const REQUEST_TIMEOUT: Duration = Duration::from_secs(15);
/// The same, while more than half of the connections are open.
pub(in crate::http) const CROWDED_REQUEST_TIMEOUT: Duration = Duration::from_secs(2);
/// The same, while no connection is free and another client may be waiting for one.
const FULL_REQUEST_TIMEOUT: Duration = Duration::from_millis(500);
/// How long a write may be blocked while there is room.
pub(in crate::http) const WRITE_TIMEOUT: Duration = Duration::from_secs(30);
/// The same, while connections are crowded.
pub(in crate::http) const CROWDED_WRITE_TIMEOUT: Duration = Duration::from_secs(3);

/// How many connections an address may have.
#[derive(Debug, Clone, Copy)]
pub(in crate::http) struct ConnectionLimits {
    /// In all.
    pub(in crate::http) open: usize,
    /// Of one peer address.
    pub(in crate::http) per_peer: usize,
}

/// What a connection waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ClientWait {
    /// That the client sends its next request.
    Request,
    /// That the client reads what was written.
    Reading,
}

/// How much room there is for more connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Room {
    Crowded,
    Full,
}

impl ClientWait {
    fn limit(self, room: Room) -> Duration {
        match (self, room) {
            (Self::Request, Room::Crowded) => CROWDED_REQUEST_TIMEOUT,
            (Self::Request, Room::Full) => FULL_REQUEST_TIMEOUT,
            (Self::Reading, _) => CROWDED_WRITE_TIMEOUT,
        }
    }
}

/// The connections of one address.
#[derive(Debug)]
pub(in crate::http) struct Connections {
    limits: ConnectionLimits,
    slots: Arc<Semaphore>,
    next_id: AtomicU64,
    table: Mutex<ConnectionTable>,
}

/// Connections that wait, the longest wait first, and the number of open ones of each peer address.
#[derive(Debug, Default)]
struct ConnectionTable {
    waiting: BTreeMap<WaitKey, WaitingConnection>,
    by_peer: HashMap<IpAddr, usize>,
}

/// Since when a connection waits, and its number.
type WaitKey = (Instant, u64);

#[derive(Debug)]
struct WaitingConnection {
    wait: ClientWait,
    peer: IpAddr,
    close: Arc<Notify>,
}

impl Connections {
    pub(in crate::http) fn new(limits: ConnectionLimits) -> Arc<Self> {
        let slots = Arc::new(Semaphore::new(limits.open));
        Arc::new(Self { limits, slots, next_id: AtomicU64::default(), table: Mutex::default() })
    }

    /// A free slot for the next connection. Where there is none, closes the connection that has waited longest for its client.
    pub(in crate::http) async fn slot(&self) -> OwnedSemaphorePermit {
        loop {
            if let Ok(slot) = Arc::clone(&self.slots).try_acquire_owned() {
                return slot;
            }
            self.close_longest_wait(None);
            let freed = Arc::clone(&self.slots).acquire_owned();
            if let Ok(slot) = tokio::time::timeout(Duration::from_millis(20), freed).await {
                return slot.expect("the semaphore is never closed");
            }
        }
    }

    /// Counts a new connection; `None` where its peer has enough of them, none of which has waited for long.
    pub(in crate::http) fn admit(self: &Arc<Self>, peer: IpAddr, slot: OwnedSemaphorePermit) -> Option<OpenConnection> {
        let peer = counted_address(peer);
        let open = self.table().by_peer.get(&peer).copied().unwrap_or(0);
        if open >= self.limits.per_peer && !self.close_longest_wait(Some(peer)) {
            return None;
        }
        *self.table().by_peer.entry(peer).or_default() += 1;
        let id = self.next_id.fetch_add(1, Ordering::Relaxed);
        let (close, state) = (Arc::default(), Mutex::default());
        let watch = Arc::new(ConnectionWatch { connections: Arc::clone(self), id, peer, close, state });
        watch.waits_for_request();
        Some(OpenConnection { watch, _slot: slot })
    }

    /// Closes the connections that have waited too long for a crowd. Called every now and then.
    pub(in crate::http) fn close_slow_ones(&self) {
        let open = self.limits.open - self.slots.available_permits();
        let is_crowded = open > self.limits.open / 2;
        let mut table = self.table();
        let ConnectionTable { waiting, by_peer } = &mut *table;
        let now = Instant::now();
        waiting.retain(|(since, _), connection| {
            let of_peer = by_peer.get(&connection.peer).copied().unwrap_or(0);
            let crowded = is_crowded || of_peer > self.limits.per_peer / 2;
            let stays = !crowded || now.duration_since(*since) < connection.wait.limit(Room::Crowded);
            if !stays {
                connection.close.notify_one();
            }
            stays
        });
    }

    /// Closes the connection (of `peer`, if given) that has waited longest for its client, and returns whether there was one.
    fn close_longest_wait(&self, peer: Option<IpAddr>) -> bool {
        let now = Instant::now();
        let mut table = self.table();
        let found = table.waiting.iter().find(|((since, _), connection)| {
            let of_peer = peer.is_none_or(|peer| connection.peer == peer);
            of_peer && now.duration_since(*since) >= connection.wait.limit(Room::Full)
        });
        let Some(key) = found.map(|(key, _)| *key) else { return false };
        if let Some(connection) = table.waiting.remove(&key) {
            connection.close.notify_one();
        }
        true
    }

    fn table(&self) -> MutexGuard<'_, ConnectionTable> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The address by which connections are counted: of IPv6 the network of 64 bits, which one household has.
fn counted_address(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from(u128::from(address) >> 64 << 64)),
        address @ IpAddr::V4(_) => address,
    }
}

/// An open connection: holds its slot and its place in the table until it is dropped.
#[derive(Debug)]
pub(in crate::http) struct OpenConnection {
    watch: Arc<ConnectionWatch>,
    _slot: OwnedSemaphorePermit,
}

impl OpenConnection {
    /// The watch, for those who read from and write to the connection.
    pub(in crate::http) fn watch(&self) -> Arc<ConnectionWatch> {
        Arc::clone(&self.watch)
    }
}

impl Drop for OpenConnection {
    fn drop(&mut self) {
        self.watch.change(|state| *state = WaitState { is_closed: true, listed: state.listed, ..WaitState::default() });
        let mut table = self.watch.connections.table();
        if let Some(open) = table.by_peer.get_mut(&self.watch.peer) {
            *open -= 1;
            if *open == 0 {
                table.by_peer.remove(&self.watch.peer);
            }
        }
    }
}

/// Notes when a connection waits for its client.
#[derive(Debug)]
pub(in crate::http) struct ConnectionWatch {
    connections: Arc<Connections>,
    id: u64,
    peer: IpAddr,
    close: Arc<Notify>,
    state: Mutex<WaitState>,
}

#[derive(Debug, Default)]
struct WaitState {
    request_since: Option<Instant>,
    reading_since: Option<Instant>,
    /// Under which time the connection stands in the table.
    listed: Option<Instant>,
    is_closed: bool,
}

impl ConnectionWatch {
    /// The client has its answer: its next request may come.
    pub(in crate::http) fn waits_for_request(&self) {
        self.change(|state| state.request_since = Some(Instant::now()));
    }

    /// A whole request has arrived: the client now waits for us.
    pub(in crate::http) fn has_request(&self) {
        self.change(|state| state.request_since = None);
    }

    /// A write is blocked since `since`; `None` when it goes on.
    pub(in crate::http) fn waits_for_reading(&self, since: Option<Instant>) {
        self.change(|state| state.reading_since = since);
    }

    /// Resolves when the connection must be closed for others.
    pub(in crate::http) async fn must_close(&self) {
        self.close.notified().await;
    }

    /// Changes the state, then the table accordingly.
    fn change(&self, change: impl FnOnce(&mut WaitState)) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.is_closed {
            return;
        }
        change(&mut state);
        let reading = state.reading_since.map(|since| (since, ClientWait::Reading));
        let wait = reading.or(state.request_since.map(|since| (since, ClientWait::Request)));
        let mut table = self.connections.table();
        if let Some(listed) = state.listed.take() {
            table.waiting.remove(&(listed, self.id));
        }
        if let Some((since, wait)) = wait {
            let connection = WaitingConnection { wait, peer: self.peer, close: Arc::clone(&self.close) };
            table.waiting.insert((since, self.id), connection);
            state.listed = Some(since);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

    fn connections(open: usize, per_peer: usize) -> Arc<Connections> {
        Connections::new(ConnectionLimits { open, per_peer })
    }

    async fn open(connections: &Arc<Connections>, peer: IpAddr) -> Option<OpenConnection> {
        connections.admit(peer, connections.slot().await)
    }

    /// Whether the connection has been told to close.
    async fn is_closed(connection: &OpenConnection) -> bool {
        tokio::time::timeout(Duration::from_millis(1), connection.watch.must_close()).await.is_ok()
    }

    #[tokio::test(start_paused = true)]
    async fn where_none_is_free_the_longest_wait_ends_and_who_is_served_stays() {
        let all = connections(3, 9);
        let served = open(&all, HERE).await.unwrap();
        served.watch.has_request();
        let slow = open(&all, HERE).await.unwrap();
        let slower = open(&all, HERE).await.unwrap();
        slow.watch.waits_for_request();
        let next = tokio::spawn({
            let all = Arc::clone(&all);
            async move { open(&all, HERE).await.unwrap() }
        });
        slow.watch.must_close().await;
        drop(slow);
        let next = next.await.unwrap();
        assert!(!is_closed(&served).await && !is_closed(&next).await && !is_closed(&slower).await);
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_request_has_fifteen_seconds_with_room_and_two_in_a_crowd() {
        let all = connections(8, 9);
        let mut slow = vec![open(&all, HERE).await.unwrap()];
        tokio::time::advance(REQUEST_TIMEOUT).await;
        all.close_slow_ones();
        assert!(!is_closed(&slow[0]).await, "there is room; the transport's own timeout ends it");
        for _ in 0..4 {
            slow.push(open(&all, HERE).await.unwrap());
        }
        all.close_slow_ones();
        assert!(is_closed(&slow[0]).await && !is_closed(&slow[1]).await);
        tokio::time::advance(CROWDED_REQUEST_TIMEOUT).await;
        slow[2].watch.has_request();
        slow[3].watch.has_request();
        slow[3].watch.waits_for_reading(Some(Instant::now()));
        all.close_slow_ones();
        assert!(is_closed(&slow[1]).await && !is_closed(&slow[2]).await && !is_closed(&slow[3]).await);
        tokio::time::advance(CROWDED_WRITE_TIMEOUT).await;
        all.close_slow_ones();
        assert!(!is_closed(&slow[2]).await && is_closed(&slow[3]).await);
    }

    #[tokio::test(start_paused = true)]
    async fn one_peer_has_its_bound_and_others_are_not_concerned() {
        let all = connections(9, 2);
        let first = open(&all, HERE).await.unwrap();
        let _second = open(&all, HERE).await.unwrap();
        assert!(open(&all, HERE).await.is_none());
        assert!(open(&all, IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7))).await.is_some());
        tokio::time::advance(FULL_REQUEST_TIMEOUT).await;
        let third = open(&all, HERE).await;
        assert!(third.is_some() && is_closed(&first).await, "the longest wait of the same peer ends");
        drop((first, third));
        assert!(all.table().waiting.len() == 1 && all.table().by_peer[&HERE] == 1);
    }

    #[test]
    fn an_ipv6_household_is_one_peer() {
        let same = |a: &str, b: &str| counted_address(a.parse().unwrap()) == counted_address(b.parse().unwrap());
        assert!(same("2001:db8:1:2::1", "2001:db8:1:2:ffff::9") && !same("2001:db8:1:2::1", "2001:db8:1:3::1"));
        assert!(same("::ffff:192.0.2.7", "192.0.2.7") && !same("192.0.2.7", "192.0.2.8"));
    }
}
