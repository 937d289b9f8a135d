//! `GET /collections/places/items` and `/collections/places/items/{id}`: filtered, paged features in the form of OGC API –
//! Features.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::response::Response;

use super::places::{known_category, known_district, path_parameters};
use crate::editor::now_in_japan;
use crate::http::params::{QueryParams, encode, parse_number, shortened};
use crate::http::server::body::BodySlices;
use crate::http::server::prepared::{GEOJSON, PreparedResponses};
use crate::http::server::respond;
use crate::http::{AppState, HttpProblem};
use crate::index::Filter;
use crate::index::filter::conditions::{MeetingWish, PlaceFact};
use crate::model::{PlaceId, Position};
use crate::publish::geojson::{self, CollectionLink, CollectionPage};

/// Page size where the client gives none.
const DEFAULT_LIMIT: usize = 100;
/// Largest page size.
const MAX_LIMIT: usize = 10_000;
/// Longest search text `q`, in characters.
const MAX_QUERY: usize = 200;

const KNOWN: &[&str] = &["bbox", "limit", "offset", "category", "district", "town", "q", "when", "fact"];
const ITEMS: &str = "/collections/places/items";

/// Handler: one page of the places that match the filter in the query.
pub(in crate::http) async fn list(State(app): State<AppState>, request: Request) -> Result<Response, HttpProblem> {
    let params = QueryParams::read(request.uri(), KNOWN)?;
    let responses = app.prepared_responses();
    let filter = filter(&params, &responses)?;
    let limit = params.limit(DEFAULT_LIMIT, MAX_LIMIT)?;
    let offset = params.number("offset", "a whole number, 0 or more")?.unwrap_or(0);
    let snapshot = &responses.snapshot;
    let write = || {
        let answer = snapshot.answer(&filter);
        let (matching, unknown) = (answer.certain, answer.unknown.len());
        let links = links(&responses, &params, (offset, limit), matching.len());
        let unknown = filter.has_conditions().then_some(unknown);
        let page = CollectionPage { places: matching.page(offset, limit), matched: matching.len(), unknown, links };
        responses.places(geojson::page_header(&page), &page.places)
    };
    let Some(today) = filter.today.filter(|_| filter.depends_on_day()) else {
        return Ok(respond::generated(&app, request.headers(), (&responses, GEOJSON), write));
    };
    let tag = format!("{}-{today}", snapshot.version);
    Ok(respond::generated_as(&app, request.headers(), (&tag, GEOJSON), write))
}

/// Handler: one place as a feature.
pub(in crate::http) async fn show(
    State(app): State<AppState>,
    id: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let id = PlaceId(path_parameters(id)?);
    QueryParams::read(request.uri(), &[])?;
    let responses = app.prepared_responses();
    let no_such = || HttpProblem::NoSuch { what: "place", id: shortened(&id.0), hint: "/places.geojson lists them" };
    let place = responses.snapshot.position_of(&id).ok_or_else(no_such)?;
    let write = || {
        let self_link = link(&responses, "self", &format!("{ITEMS}/{}", encode(&id.0)));
        let links = [self_link, link(&responses, "collection", ITEMS)];
        BodySlices::generated(geojson::feature(&responses.snapshot, place, &links))
    };
    Ok(respond::generated(&app, request.headers(), (&responses, GEOJSON), write))
}

fn filter(params: &QueryParams, responses: &PreparedResponses) -> Result<Filter, HttpProblem> {
    let text = params.one("q")?.unwrap_or_default();
    if text.chars().count() > MAX_QUERY {
        return Err(HttpProblem::BadParameter { name: "q", reason: format!("longer than {MAX_QUERY} characters") });
    }
    let as_parameter = |name, problem: HttpProblem| HttpProblem::BadParameter { name, reason: problem.to_string() };
    let category = |id| known_category(responses, id).map_err(|it| as_parameter("category", it));
    let district = |id| known_district(responses, id).map_err(|it| as_parameter("district", it));
    Ok(Filter {
        categories: params.list("category").into_iter().map(category).collect::<Result<_, _>>()?,
        districts: params.list("district").into_iter().map(district).collect::<Result<_, _>>()?,
        towns: params.list("town").into_iter().map(str::to_owned).collect(),
        bbox: params.one("bbox")?.map(bbox).transpose()?,
        query: text.to_owned(),
        when: when(params)?,
        facts: params.list("fact").into_iter().map(fact).collect::<Result<_, _>>()?,
        today: Some(now_in_japan().date()),
        ..Filter::default()
    })
}

/// Parses `when`: codes of days of the week, parts of the day and days to come.
fn when(params: &QueryParams) -> Result<MeetingWish, HttpProblem> {
    let mut wish = MeetingWish::default();
    match params.list("when").into_iter().find(|code| !wish.add(code)) {
        None => Ok(wish),
        Some(unknown) => {
            let reason = format!(
                "{:?} is none of mon … sun, weekday, weekend, morning, afternoon, evening, today, tomorrow, week",
                shortened(unknown)
            );
            Err(HttpProblem::BadParameter { name: "when", reason })
        }
    }
}

fn fact(code: &str) -> Result<PlaceFact, HttpProblem> {
    let known = || PlaceFact::all().map(PlaceFact::code).collect::<Vec<_>>().join(", ");
    let reason = || format!("{:?} is none of {}", shortened(code), known());
    PlaceFact::from_code(code).ok_or_else(|| HttpProblem::BadParameter { name: "fact", reason: reason() })
}

/// Parses `bbox`: four numbers, or six, of which the heights are ignored.
fn bbox(text: &str) -> Result<[f64; 4], HttpProblem> {
    let bad = |reason: String| HttpProblem::BadParameter { name: "bbox", reason };
    let must = "a number of degrees";
    let numbers: Vec<f64> = text.split(',').map(|it| parse_number("bbox", it, must)).collect::<Result<_, _>>()?;
    let ([west, south, east, north] | [west, south, _, east, north, _]) = *numbers else {
        return Err(bad(format!("{} numbers instead of four: west,south,east,north", numbers.len())));
    };
    for (lon, lat) in [(west, south), (east, north)] {
        Position::new(lon, lat).map_err(|error| bad(error.to_string()))?;
    }
    if south > north {
        return Err(bad(format!(
            "south ({south}) is greater than north ({north}); the order is west,south,east,north"
        )));
    }
    Ok([west, south, east, north])
}

fn links(
    responses: &PreparedResponses,
    params: &QueryParams,
    (offset, limit): (usize, usize),
    matched: usize,
) -> Vec<CollectionLink> {
    let at = |rel, offset| link(responses, rel, &address(params, offset, limit));
    let mut links = vec![at("self", offset)];
    if offset.saturating_add(limit) < matched {
        links.push(at("next", offset + limit));
    }
    if offset > 0 {
        links.push(at("prev", offset.min(matched).saturating_sub(limit)));
    }
    links
}

/// URL of this list at another offset.
fn address(params: &QueryParams, offset: usize, limit: usize) -> String {
    let others = params.all().filter(|(name, _)| !["limit", "offset"].contains(name));
    let others: Vec<String> = others.map(|(name, value)| format!("&{name}={}", encode(value))).collect();
    format!("{ITEMS}?limit={limit}&offset={offset}{}", others.concat())
}

/// A link to `path`, absolute where the city has set `public_url`.
fn link(responses: &PreparedResponses, rel: &'static str, path: &str) -> CollectionLink {
    let host = responses.snapshot.city.public_url.as_deref().unwrap_or_default().trim_end_matches('/');
    CollectionLink { href: format!("{host}{path}"), rel, media: GEOJSON }
}
