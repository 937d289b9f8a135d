//! Downloads: which format a request wants, by `f` or `Accept`, and what the answer says of itself.
//!
//! This module does no I/O.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::http::HttpProblem;
use crate::http::params::{encode, shortened};
use crate::index::Snapshot;
use crate::model::{CategoryId, DistrictId};
use crate::publish::file_format::FileFormat;
use crate::publish::formats::PlaceFormat;
use crate::publish::licence::licence_address;

/// The format of an answer that none is requested of.
const GEOJSON: FileFormat = FileFormat::Places(PlaceFormat::Geojson);

/// The format of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::http) struct ChosenFormat {
    pub(in crate::http) format: FileFormat,
    /// Whether `Accept` decided, so that caches must tell the answers apart.
    pub(in crate::http) by_accept: bool,
}

impl ChosenFormat {
    /// The format that `f` names, else the one that `Accept` likes best, else GeoJSON.
    ///
    /// # Errors
    ///
    /// If `f` names none.
    pub(in crate::http) fn of(f: Option<&str>, headers: &HeaderMap) -> Result<Self, HttpProblem> {
        let Some(f) = f else { return Ok(Self { format: accepted(headers), by_accept: true }) };
        let found = FileFormat::all().find(|format| format.name() == f);
        let names = || FileFormat::all().map(FileFormat::name).collect::<Vec<_>>().join(", ");
        let reason = || match f {
            "html" => "pages for people are at `/`, which has parameters of its own".to_owned(),
            _ => format!("{:?} is none of {}", shortened(f), names()),
        };
        let format = found.ok_or_else(|| HttpProblem::BadParameter { name: "f", reason: reason() })?;
        Ok(Self { format, by_accept: false })
    }
}

/// The format of which `Accept` has the highest quality value; GeoJSON of equals, and where none is named: an answer that was not
/// accepted is better than a 406.
fn accepted(headers: &HeaderMap) -> FileFormat {
    let ranges: Vec<&str> = headers.get_all(header::ACCEPT).iter().filter_map(|it| it.to_str().ok()).collect();
    let mut best = (GEOJSON, 0.0);
    for format in FileFormat::all() {
        let weight =
            ranges.iter().flat_map(|line| line.split(',')).map(|range| weight(range, format)).fold(0.0, f32::max);
        if weight > best.1 {
            best = (format, weight);
        }
    }
    best.0
}

/// The quality value that a range such as `text/csv;q=0.5` has for a format. `*/*` and such say nothing of a download.
fn weight(range: &str, format: FileFormat) -> f32 {
    let mut parts = range.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default();
    let own = format.media().split(';').next().unwrap_or_default();
    let is_json = format == GEOJSON && name.eq_ignore_ascii_case("application/json");
    let is_other = format == FileFormat::Places(PlaceFormat::JsonLines)
        && ["application/geo+json-seq", "application/jsonl"].iter().any(|other| name.eq_ignore_ascii_case(other));
    if !name.eq_ignore_ascii_case(own) && !is_json && !is_other {
        return 0.0;
    }
    let quality = parts.find_map(|parameter| parameter.strip_prefix("q=").or_else(|| parameter.strip_prefix("Q=")));
    quality.map_or(1.0, |value| value.trim().parse().unwrap_or(0.0))
}

/// What a downloaded file is named after.
#[derive(Debug, Clone, Copy)]
pub(in crate::http) struct DownloadName<'a> {
    pub(in crate::http) categories: &'a [CategoryId],
    pub(in crate::http) districts: &'a [DistrictId],
}

/// Says what the answer is: its licence, and for a download under which name to keep it.
pub(in crate::http) fn describe(
    headers: &mut HeaderMap,
    snapshot: &Snapshot,
    format: FileFormat,
    name: DownloadName<'_>,
) {
    let licence = snapshot.city.licence.as_deref().and_then(licence_address);
    if let Some(link) = licence.and_then(|at| HeaderValue::from_str(&format!("<{at}>; rel=\"license\"")).ok()) {
        headers.insert(header::LINK, link);
    }
    if format == GEOJSON {
        return;
    }
    let file = encode(&file_name(snapshot, format, name));
    let plain = format!("places.{}", format.ending());
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{file}");
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
}

/// The city's name, with the one category and the one district that the places are of.
fn file_name(snapshot: &Snapshot, format: FileFormat, name: DownloadName<'_>) -> String {
    let category = match name.categories {
        [one] => snapshot.categories.by_id(one).map(|it| it.name.japanese()),
        _ => None,
    };
    let district = match name.districts {
        [one] => snapshot.districts.by_id(one).map(|it| it.name.as_str()),
        _ => None,
    };
    let city = Some(snapshot.city.name.as_str()).filter(|city| !city.is_empty()).or(Some("places"));
    let parts: Vec<&str> = [city, category, district].into_iter().flatten().collect();
    format!("{}.{}", parts.join("_"), format.ending())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(accept: &str) -> FileFormat {
        let headers = HeaderMap::from_iter([(header::ACCEPT, accept.parse().unwrap())]);
        ChosenFormat::of(None, &headers).unwrap().format
    }

    #[test]
    fn the_best_accepted_format_is_chosen_and_geojson_where_none_is() {
        for (accept, format) in [
            ("text/csv", PlaceFormat::Csv),
            ("text/csv;q=0.5, application/x-ndjson", PlaceFormat::JsonLines),
            ("application/geo+json, text/csv", PlaceFormat::Geojson),
            ("application/json;q=0.1, text/csv; q=0.2", PlaceFormat::Csv),
            ("*/*", PlaceFormat::Geojson),
            ("text/html, */*;q=0.8", PlaceFormat::Geojson),
            ("text/csv;q=0", PlaceFormat::Geojson),
            ("TEXT/CSV; charset=utf-8", PlaceFormat::Csv),
            ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", PlaceFormat::Xlsx),
        ] {
            assert_eq!(chosen(accept), FileFormat::Places(format), "{accept}");
        }
        assert_eq!(chosen("text/calendar"), FileFormat::Calendar);
    }

    #[test]
    fn f_wins_and_what_it_does_not_name_is_refused_by_name() {
        let headers = HeaderMap::from_iter([(header::ACCEPT, "text/csv".parse().unwrap())]);
        assert_eq!(ChosenFormat::of(Some("xlsx"), &headers).unwrap().format, FileFormat::Places(PlaceFormat::Xlsx));
        assert_eq!(ChosenFormat::of(Some("ics"), &headers).unwrap().format, FileFormat::Calendar);
        for f in ["html", "CSV", "", "pdf"] {
            let problem = ChosenFormat::of(Some(f), &headers).unwrap_err();
            assert!(matches!(problem, HttpProblem::BadParameter { name: "f", .. }), "{f}");
        }
    }
}
