//! `GET /places/{id}.ics`: the calendar of one place. Those of categories and districts are in `places`, beside their other files.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;

use super::download::{DownloadName, describe};
use crate::editor::now_in_japan;
use crate::http::params::shortened;
use crate::http::server::respond;
use crate::http::{AppState, HttpProblem};
use crate::model::{Audience, PlaceId};
use crate::publish::calendar::{CalendarScope, NoCalendar, calendar};
use crate::publish::file_format::FileFormat;

/// The calendar of the place, or why there is none. Any site may read it: the address is a page's too, which has no CORS.
pub(in crate::http) async fn of_place(
    app: &AppState,
    headers: &HeaderMap,
    id: PlaceId,
) -> Result<Response, HttpProblem> {
    let snapshot = app.snapshot();
    let _turn = app.shared.in_flight.turn().await?;
    let scope = CalendarScope::Place(id);
    let bytes = calendar(&snapshot, &scope, now_in_japan().date()).map_err(|reason| no_calendar(&scope, reason))?;
    let mut response = respond::hashed(app, headers, FileFormat::Calendar.media(), bytes);
    let name = DownloadName { categories: &[], districts: &[] };
    describe(response.headers_mut(), &snapshot, FileFormat::Calendar, name);
    if app.audience == Audience::Public {
        response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    Ok(response)
}

fn no_calendar(scope: &CalendarScope, reason: NoCalendar) -> HttpProblem {
    let CalendarScope::Place(id) = scope else { return HttpProblem::NotFound };
    let id = shortened(&id.0);
    match reason {
        NoCalendar::NoPlace => HttpProblem::NoSuch { what: "place", id, hint: "/places.geojson lists them" },
        NoCalendar::NoDates => {
            HttpProblem::NoSuch { what: "calendar", id, hint: "the place has no dates that can be read" }
        }
        NoCalendar::TooMany => HttpProblem::FormatTooSmall { reason: reason.to_string() },
    }
}
