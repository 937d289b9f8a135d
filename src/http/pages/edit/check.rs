//! What is told while somebody types: the next dates of a schedule or that it is not understood, and where an address may be.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{EditResult, body, json as answer, run_plain};
use crate::editor::now_in_japan;
use crate::http::InternalState;
use crate::model::Schedule;
use crate::model::place_row::parted;
use crate::schedule::{ScheduleContext, Timetable};

/// Dates that are shown.
const DATES: usize = 5;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CheckBody {
    #[serde(default)]
    schedule: Option<String>,
    #[serde(default)]
    address: Option<String>,
}

/// Handler: what is known of typed texts. Nothing is stored.
pub(in crate::http) async fn check(State(internal): State<InternalState>, request: Request) -> EditResult {
    let CheckBody { schedule, address } = body(request).await?;
    let schedule = schedule.map(|text| checked_schedule(&internal, &text));
    let address = match address {
        None => None,
        Some(text) => Some(run_plain(&internal, move |editor| Ok(editor.candidates(&text)?)).await?),
    };
    let candidates = address.map(|found| {
        let candidate = |it: &crate::editor::AddressCandidate| {
            json!({
                "town": it.town, "lon": it.site.position.lon(), "lat": it.site.position.lat(),
                "precision": it.site.precision.code(), "sure": it.is_sure,
            })
        };
        found.iter().map(candidate).collect::<Vec<_>>()
    });
    Ok(answer(StatusCode::OK, &json!({ "schedule": schedule, "address": candidates })))
}

fn checked_schedule(internal: &InternalState, text: &str) -> Value {
    let now = now_in_japan();
    let context = ScheduleContext::of_city(&internal.app().snapshot().city, now.date());
    let texts = parted(text).into_iter().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let schedules: Vec<Schedule> = texts.map(|text| Schedule { text }).collect();
    let timetable = Timetable::read(&schedules, &context);
    let unread: Vec<&str> = timetable.readings().iter().filter_map(|reading| reading.unread.as_deref()).collect();
    json!({ "next": timetable.next(now, DATES), "not_understood": unread })
}
