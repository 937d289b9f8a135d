//! What signing in needs: the settings of the city, the accounts, and turns for the work of hashing passwords.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::Semaphore;

use crate::accounts::Accounts;
use crate::http::HttpProblem;
use crate::model::{City, IpNetwork, NeedsAccount};

/// How many passwords are hashed at once: each takes 19 MiB, and one thread stays free for pages.
const HASHED_AT_ONCE: usize = 2;
/// How many wait for that; more are turned away.
const MOST_WAITING: usize = 32;

/// Settings, accounts and turns.
#[derive(Debug)]
pub(in crate::http) struct SignInState {
    /// Whether the link workers' pages of today need an account.
    pub(in crate::http) link_workers_need_account: bool,
    /// Whether passwords and cookies may go over plain HTTP.
    pub(in crate::http) allow_plain_http: bool,
    /// The proxies whose `X-Forwarded-For` is believed.
    pub(in crate::http) trusted_proxies: Vec<IpNetwork>,
    accounts: Option<Arc<Accounts>>,
    turns: Semaphore,
    waiting: AtomicUsize,
}

impl SignInState {
    /// By the settings of `city`. Without `accounts` nobody can sign in.
    pub(in crate::http) fn new(city: &City, accounts: Option<Arc<Accounts>>) -> Self {
        let NeedsAccount(link_workers_need_account) = city.link_workers_need_account;
        Self {
            link_workers_need_account,
            allow_plain_http: city.allow_plain_http,
            trusted_proxies: city.trusted_proxies.iter().filter_map(|it| IpNetwork::parse(it)).collect(),
            accounts,
            turns: Semaphore::new(HASHED_AT_ONCE),
            waiting: AtomicUsize::new(0),
        }
    }

    /// The accounts, where this server has any.
    pub(in crate::http) fn accounts_if_any(&self) -> Option<&Arc<Accounts>> {
        self.accounts.as_ref()
    }

    /// Runs `work` with the accounts where waiting for a disk is allowed.
    ///
    /// # Errors
    ///
    /// [`HttpProblem::NotStored`] where this server has none.
    pub(in crate::http) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Accounts) -> T + Send + 'static,
    ) -> Result<T, HttpProblem> {
        let accounts = self.accounts.clone();
        let accounts = accounts.ok_or(HttpProblem::NotStored { reason: "this server has no accounts" })?;
        tokio::task::spawn_blocking(move || work(&accounts)).await.map_err(|_| HttpProblem::Internal)
    }

    /// As [`run`](Self::run), for what hashes a password: two at a time.
    ///
    /// # Errors
    ///
    /// [`HttpProblem::Busy`] if too many wait already.
    pub(in crate::http) async fn run_hashing<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Accounts) -> T + Send + 'static,
    ) -> Result<T, HttpProblem> {
        let before = self.waiting.fetch_add(1, Ordering::Relaxed);
        let _waiting = WaitingForTurn(&self.waiting);
        if before >= MOST_WAITING {
            return Err(HttpProblem::Busy);
        }
        let _turn = self.turns.acquire().await.map_err(|_| HttpProblem::Busy)?;
        self.run(work).await
    }
}

/// Counted until this is dropped: also where the client hangs up.
struct WaitingForTurn<'a>(&'a AtomicUsize);

impl Drop for WaitingForTurn<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn two_passwords_are_hashed_at_once_and_a_crowd_is_turned_away() {
        let accounts = Arc::new(Accounts::in_memory(&City::default()).unwrap());
        let state = Arc::new(SignInState::new(&City::default(), Some(accounts)));
        let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let one = |_: usize| {
            let (state, running, most) = (Arc::clone(&state), Arc::clone(&running), Arc::clone(&most));
            tokio::spawn(async move {
                let work = move |_: &Accounts| {
                    most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    std::thread::sleep(Duration::from_millis(5));
                    running.fetch_sub(1, Ordering::SeqCst);
                };
                state.run_hashing(work).await
            })
        };
        let all: Vec<_> = (0..MOST_WAITING + 8).map(one).collect();
        let mut refused = 0;
        for task in all {
            refused += usize::from(task.await.unwrap() == Err(HttpProblem::Busy));
        }
        assert_eq!((most.load(Ordering::SeqCst), refused), (HASHED_AT_ONCE, 8));
        assert_eq!(state.run_hashing(|_| 7).await, Ok(7));
    }
}
