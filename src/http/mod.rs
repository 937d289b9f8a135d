//! The HTTP server: routes, handlers and middleware.
//!
//! `routes` is the one table of routes; `api` and `pages` hold the handlers, one file per resource or page; `server` holds the
//! middleware and the transport. A handler parses the request, calls one pure function on a
//! [`Snapshot`](crate::index::Snapshot) and encodes its result. Handlers hold no rules, and they never touch the database.

mod api;
mod edit_problem;
mod page_view;
mod pages;
mod params;
mod problem;
mod released;
mod route_need;
mod routes;
mod server;
mod state;
mod upload_reader;

pub use crate::editor::now_in_japan;
pub use crate::publish::city_content::CityContent;
pub use problem::HttpProblem;
pub use route_need::RouteNeed;
pub use routes::{ROUTES, Route, RouteAccess, internal_router, public_router};
pub use server::background::{BackgroundWork, run_in_background};
pub use server::limits::hide_panic_messages;
pub use server::serve::{serve, serve_internal};
pub use server::server_limits::server_limits;
pub use state::{AppState, InternalState};
pub use upload_reader::UploadReader;
