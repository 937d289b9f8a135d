//! The HTTP face: turns requests into calls of the domain and results into bytes.
//!
//! `routes` is the one table of routes; `api` and `pages` hold the handlers, one file per resource or page; `server` holds what
//! no single resource decides. Handlers parse, call one pure function on a [`Snapshot`](crate::index::Snapshot) and frame its
//! result. They hold no rules, and they never touch the database.

mod api;
mod pages;
mod params;
mod problem;
mod routes;
mod server;
mod state;

pub use problem::HttpProblem;
pub use routes::{ROUTES, Route, RouteAccess, internal_router, public_router};
pub use server::clock::now_in_japan;
pub use server::limits::hide_panic_messages;
pub use server::serve::{serve, serve_internal};
pub use state::{AppState, CityContent, InternalState};
