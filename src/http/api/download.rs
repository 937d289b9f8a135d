//! Downloads: which format a request wants, by `f` or `Accept`, and what the answer says of itself.
//!
//! This module does no I/O.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::http::HttpProblem;
use crate::http::params::{encode, shortened};
use crate::index::Snapshot;
use crate::model::{CategoryId, DistrictId};
use crate::publish::formats::PlaceFormat;
use crate::publish::ogc::HTML;

/// The value of `f` for a page.
pub(in crate::http) const PAGE: &str = "html";

/// The form of an answer: data, or a page for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::http) enum AnswerForm {
    Data(PlaceFormat),
    Page,
}

/// The format of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::http) struct ChosenFormat {
    pub(in crate::http) form: AnswerForm,
    /// Whether `Accept` decided, so that caches must tell the answers apart.
    pub(in crate::http) by_accept: bool,
}

impl ChosenFormat {
    /// Of `offered`, the format that `f` names, else the one that `Accept` likes best, else the first; a page is always offered.
    ///
    /// # Errors
    ///
    /// If `f` names none.
    pub(in crate::http) fn of(
        f: Option<&str>,
        headers: &HeaderMap,
        offered: &[PlaceFormat],
    ) -> Result<Self, HttpProblem> {
        let Some(f) = f else { return Ok(Self { form: accepted(headers, offered), by_accept: true }) };
        if f == PAGE {
            return Ok(Self { form: AnswerForm::Page, by_accept: false });
        }
        let found = offered.iter().find(|format| format.name() == f);
        let reason = || {
            if f == "ics" {
                return "there are no calendars at this address".to_owned();
            }
            let names = offered.iter().map(|format| format.name()).chain([PAGE]);
            format!("{:?} is none of {}", shortened(f), names.collect::<Vec<_>>().join(", "))
        };
        let format = *found.ok_or_else(|| HttpProblem::BadParameter { name: "f", reason: reason() })?;
        Ok(Self { form: AnswerForm::Data(format), by_accept: false })
    }
}

/// The form of which `Accept` has the highest quality value; the earlier of equals, and the first where none is named: an answer that
/// was not accepted is better than a 406.
fn accepted(headers: &HeaderMap, offered: &[PlaceFormat]) -> AnswerForm {
    let data = offered.iter().map(|format| (AnswerForm::Data(*format), quality_of(headers, &names_of(*format))));
    let forms: Vec<_> = data.chain([(AnswerForm::Page, quality_of(headers, &[HTML]))]).collect();
    let best = forms.iter().map(|(_, quality)| *quality).fold(0.0, f32::max);
    forms.iter().find(|(_, quality)| *quality >= best).map_or(AnswerForm::Page, |(form, _)| *form)
}

/// The media types by which clients call a format.
fn names_of(format: PlaceFormat) -> Vec<&'static str> {
    let others: &[&str] = match format {
        PlaceFormat::Geojson => &["application/json"],
        PlaceFormat::JsonLines => &["application/geo+json-seq", "application/jsonl"],
        _ => &[],
    };
    let own = format.media().split(';').next().unwrap_or_default();
    std::iter::once(own).chain(others.iter().copied()).collect()
}

/// The highest quality value that `Accept` gives one of these media types; 0 where it names none. `*/*` and such say nothing.
pub(in crate::http) fn quality_of(headers: &HeaderMap, media: &[&str]) -> f32 {
    let lines = headers.get_all(header::ACCEPT).iter().filter_map(|it| it.to_str().ok());
    lines.flat_map(|line| line.split(',')).map(|range| weight(range, media)).fold(0.0, f32::max)
}

/// The quality value that a range such as `text/csv;q=0.5` has for one of these media types.
fn weight(range: &str, media: &[&str]) -> f32 {
    let mut parts = range.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default();
    if !media.iter().any(|it| name.eq_ignore_ascii_case(it)) {
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
    format: PlaceFormat,
    name: DownloadName<'_>,
) {
    put_licence(headers, snapshot);
    if format == PlaceFormat::Geojson {
        return;
    }
    let file = encode(&file_name(snapshot, format, name));
    let plain = format!("places.{}", format.ending());
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{file}");
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
}

/// The `Link` to the licence, if it can be read anywhere.
pub(in crate::http) fn put_licence(headers: &mut HeaderMap, snapshot: &Snapshot) {
    let licence = snapshot.city.licence.as_deref().and_then(licence_address);
    if let Some(link) = licence.and_then(|at| HeaderValue::from_str(&format!("<{at}>; rel=\"license\"")).ok()) {
        headers.insert(header::LINK, link);
    }
}

/// The city's name, with the one category and the one district that the places are of.
fn file_name(snapshot: &Snapshot, format: PlaceFormat, name: DownloadName<'_>) -> String {
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

/// Where a licence can be read: Creative Commons' by name, any other by its own address.
pub(in crate::http) fn licence_address(licence: &str) -> Option<String> {
    let licence = licence.trim();
    if licence.starts_with("https://") || licence.starts_with("http://") {
        return Some(licence.to_owned());
    }
    let words: Vec<String> = licence.split([' ', '_']).map(str::to_ascii_lowercase).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["cc0"] | ["cc0", "1.0"] => Some("https://creativecommons.org/publicdomain/zero/1.0/".to_owned()),
        ["cc", kind, version, rest @ ..] if is_licence(kind, version) => {
            let country = if rest.contains(&"jp") { "jp/" } else { "" };
            Some(format!("https://creativecommons.org/licenses/{kind}/{version}/{country}"))
        }
        [joined, version] => {
            let kind = joined.strip_prefix("cc-").filter(|kind| is_licence(kind, version))?;
            Some(format!("https://creativecommons.org/licenses/{kind}/{version}/"))
        }
        _ => None,
    }
}

fn is_licence(kind: &str, version: &str) -> bool {
    matches!(kind, "by" | "by-sa" | "by-nd" | "by-nc" | "by-nc-sa" | "by-nc-nd")
        && matches!(version, "4.0" | "3.0" | "2.5" | "2.1" | "2.0")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(accept: &str) -> AnswerForm {
        let headers = HeaderMap::from_iter([(header::ACCEPT, accept.parse().unwrap())]);
        ChosenFormat::of(None, &headers, &PlaceFormat::ALL).unwrap().form
    }

    #[test]
    fn the_best_accepted_format_is_chosen_and_geojson_where_none_is() {
        for (accept, format) in [
            ("text/csv", PlaceFormat::Csv),
            ("text/csv;q=0.5, application/x-ndjson", PlaceFormat::JsonLines),
            ("application/geo+json, text/csv", PlaceFormat::Geojson),
            ("application/json;q=0.1, text/csv; q=0.2", PlaceFormat::Csv),
            ("*/*", PlaceFormat::Geojson),
            ("text/csv;q=0", PlaceFormat::Geojson),
            ("TEXT/CSV; charset=utf-8", PlaceFormat::Csv),
            ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", PlaceFormat::Xlsx),
        ] {
            assert_eq!(chosen(accept), AnswerForm::Data(format), "{accept}");
        }
        for browser in ["text/html, */*;q=0.8", "text/html,application/xhtml+xml,application/json;q=0.9"] {
            assert_eq!(chosen(browser), AnswerForm::Page, "{browser}");
        }
    }

    #[test]
    fn f_wins_and_what_it_does_not_name_is_refused_by_name() {
        let headers = HeaderMap::from_iter([(header::ACCEPT, "text/csv".parse().unwrap())]);
        let of = |f| ChosenFormat::of(Some(f), &headers, &PlaceFormat::ALL);
        assert_eq!(of("xlsx").unwrap().form, AnswerForm::Data(PlaceFormat::Xlsx));
        assert_eq!(of("html").unwrap().form, AnswerForm::Page);
        for f in ["ics", "CSV", "", "pdf"] {
            let problem = of(f).unwrap_err();
            assert!(matches!(problem, HttpProblem::BadParameter { name: "f", .. }), "{f}");
        }
    }

    #[test]
    fn a_licence_has_the_address_of_its_text() {
        for (licence, address) in [
            ("CC BY 4.0", Some("https://creativecommons.org/licenses/by/4.0/")),
            ("CC-BY-SA 4.0", Some("https://creativecommons.org/licenses/by-sa/4.0/")),
            ("CC BY 2.1 JP", Some("https://creativecommons.org/licenses/by/2.1/jp/")),
            ("CC0 1.0", Some("https://creativecommons.org/publicdomain/zero/1.0/")),
            ("https://example.jp/terms", Some("https://example.jp/terms")),
            ("市の規約による", None),
        ] {
            assert_eq!(licence_address(licence).as_deref(), address, "{licence}");
        }
    }
}
