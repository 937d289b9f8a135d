//! The form in which anybody says what is wrong or missing, on both addresses and without an account. Nothing tells who sent it: no address
//! is stored, and nothing of it is logged.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use chrono::{TimeDelta, Utc};

use super::account::page;
use super::{FormTexts, missing};
use crate::http::params::path_parameters;
use crate::http::server::admission::is_of_our_page;
use crate::http::server::client::ClientAddress;
use crate::http::server::form::FormFields;
use crate::http::{AppState, HttpProblem};
use crate::index::{Snapshot, VisiblePlace};
use crate::model::place_row::{PlaceColumn, PlaceRow};
use crate::model::web_address::is_bidi_control;
use crate::model::{IpNetwork, PlaceId, Suggestion};
use crate::publish::html::PageView;
use crate::publish::html::suggest::{SuggestionFault, SuggestionForm, TRAP, enough_page, suggestion_page, thanks_page};

type SuggestResult = Result<Response, HttpProblem>;

/// After how long a client may try again, in seconds.
const RETRY_AFTER: TimeDelta = TimeDelta::hours(1);

/// Handler: the form for a new place.
pub(in crate::http) async fn show(State(app): State<AppState>, uri: Uri, headers: HeaderMap) -> Response {
    let form = SuggestionForm::default();
    page(StatusCode::OK, suggestion_page(&app.snapshot(), &form, &view_of(&uri, &headers)))
}

/// Handler: takes a new place in.
pub(in crate::http) async fn send(State(app): State<AppState>, request: Request) -> SuggestResult {
    take(&app, None, request).await
}

/// Handler: the form for a place.
pub(in crate::http) async fn show_of_place(
    State(app): State<AppState>,
    id: Result<Path<String>, PathRejection>,
    uri: Uri,
    headers: HeaderMap,
) -> SuggestResult {
    let snapshot = app.snapshot();
    let Some(listed) = snapshot.by_id(&PlaceId(path_parameters(id)?)) else { return Ok(missing(&app, &headers)) };
    let texts = public_texts(&snapshot, listed);
    let form = SuggestionForm { place: Some(listed), texts: Some(&texts), ..SuggestionForm::default() };
    Ok(page(StatusCode::OK, suggestion_page(&snapshot, &form, &view_of(&uri, &headers))))
}

/// Handler: takes what somebody says of a place in.
pub(in crate::http) async fn send_of_place(
    State(app): State<AppState>,
    id: Result<Path<String>, PathRejection>,
    request: Request,
) -> SuggestResult {
    take(&app, Some(PlaceId(path_parameters(id)?)), request).await
}

async fn take(app: &AppState, id: Option<PlaceId>, request: Request) -> SuggestResult {
    let snapshot = app.snapshot();
    let view = view_of(request.uri(), request.headers());
    let listed = match &id {
        None => None,
        Some(id) => match snapshot.by_id(id) {
            Some(listed) => Some(listed),
            None => return Ok(missing(app, request.headers())),
        },
    };
    let is_ours = is_of_our_page(request.headers());
    let trusted: Vec<IpNetwork> = snapshot.city.trusted_proxies.iter().filter_map(|it| IpNetwork::parse(it)).collect();
    let ClientAddress(from) = ClientAddress::of(&request, &trusted);
    let sent = FormFields::read(request).await?;
    let texts: FormTexts =
        Suggestion::FIELDS.iter().map(|column| (column.key().to_owned(), clean(sent.text(column.key())))).collect();
    let (remark, contact) = (clean(sent.text("remark")), clean(sent.text("contact")));
    let form = SuggestionForm { place: listed, texts: Some(&texts), remark: &remark, contact: &contact, fault: None };
    let answered =
        |status, fault| page(status, suggestion_page(&snapshot, &SuggestionForm { fault: Some(fault), ..form }, &view));
    if !is_ours {
        return Ok(answered(StatusCode::FORBIDDEN, SuggestionFault::OtherPage));
    }
    let is_long = |text: &String| text.chars().count() > Suggestion::MOST_CHARACTERS;
    if texts.values().chain([&remark, &contact]).any(is_long) {
        return Ok(answered(StatusCode::UNPROCESSABLE_ENTITY, SuggestionFault::TooLong));
    }
    let known = listed.map(|listed| public_texts(&snapshot, listed)).unwrap_or_default();
    let is_other = |(key, text): &(&String, &String)| {
        !text.is_empty() && known.get(*key).is_none_or(|known| known.trim() != text.as_str())
    };
    let fields: FormTexts = texts.iter().filter(is_other).map(|(key, text)| (key.clone(), text.clone())).collect();
    let contact_given = Some(contact.clone()).filter(|it| !it.is_empty());
    let suggestion = Suggestion { place: id, fields, remark: remark.clone(), contact: contact_given };
    if suggestion.is_empty() {
        return Ok(answered(StatusCode::UNPROCESSABLE_ENTITY, SuggestionFault::Empty));
    }
    let thanks = || page(StatusCode::OK, thanks_page(&snapshot, &form, &view));
    if !sent.text(TRAP).is_empty() {
        // A machine learns nothing from the answer.
        return Ok(thanks());
    }
    let intake = app.suggestions()?;
    let enough = || {
        let mut response = page(StatusCode::TOO_MANY_REQUESTS, enough_page(&snapshot, &form, &view)).into_response();
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(RETRY_AFTER.num_seconds()));
        response
    };
    let now = Utc::now();
    if !intake.bound.admit(from, now) {
        return Ok(enough());
    }
    let stored = tokio::task::spawn_blocking(move || intake.editor.suggest(&suggestion, now)).await;
    match stored.map_err(|_| HttpProblem::Internal)? {
        Ok(true) => Ok(thanks()),
        Ok(false) => Ok(enough()),
        Err(error) => {
            tracing::error!(%error, "a suggestion could not be stored");
            Err(HttpProblem::NotStored { reason: "the database cannot be written" })
        }
    }
}

/// A text as it is kept: without blanks around it, control characters and those that turn the direction of writing.
fn clean(text: &str) -> String {
    let kept = text.replace("\r\n", "\n");
    let kept: String = kept.chars().filter(|c| *c == '\n' || !(c.is_control() || is_bidi_control(*c))).collect();
    kept.trim().to_owned()
}

/// The texts of a place that everybody sees here.
fn public_texts(snapshot: &Snapshot, listed: &VisiblePlace) -> FormTexts {
    let place = &listed.place;
    let district = listed.district.as_ref().and_then(|id| snapshot.districts.by_id(id)).map(|it| it.name.as_str());
    let row = PlaceRow { place, category: "", district, licence: None, is_private: listed.private, is_sample: false };
    let text = |column: PlaceColumn| (column.key().to_owned(), row.text(column).into_owned());
    Suggestion::FIELDS.map(text).into()
}

fn view_of(uri: &Uri, headers: &HeaderMap) -> PageView {
    let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(uri).unwrap_or_default();
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let PageView { lang, lang_chosen, .. } = PageView::parse(&pairs, accepted);
    PageView { lang, lang_chosen, ..PageView::default() }
}
