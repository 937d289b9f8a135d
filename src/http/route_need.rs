//! What a route needs on the internal address. This module does no I/O.

use crate::model::AccountRole;

/// What a route needs on the internal address, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RouteNeed {
    /// Nothing: signing in, health checks, files of pages.
    Nobody,
    /// A link worker's account, or being on the city's network where `link_workers_need_account` is `false`.
    LinkWorkers,
    /// An account of this role or a higher one, whatever the settings.
    Account(AccountRole),
}

impl RouteNeed {
    /// The lowest role that may request the route; `None` where no account is needed.
    pub fn lowest_role(self) -> Option<AccountRole> {
        match self {
            Self::Nobody => None,
            Self::LinkWorkers => Some(AccountRole::LinkWorker),
            Self::Account(role) => Some(role),
        }
    }

    /// That role as `docs/accounts.md` writes it.
    pub fn name(self) -> &'static str {
        self.lowest_role().map_or("none", AccountRole::code)
    }
}
