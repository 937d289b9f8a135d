//! Downloads: which format a request wants, by `f` or `Accept`, and what the answer says of itself.
//!
//! This module does no I/O.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::http::HttpProblem;
use crate::http::params::shortened;
use crate::index::Snapshot;
use crate::model::{CategoryId, DistrictId};
use crate::publish::file_format::FileFormat;
use crate::publish::formats::PlaceFormat;
use crate::publish::licence::licence_address;
use crate::publish::ogc::HTML;
use crate::text::percent::percent_encoded;

/// The value of `f` for a page.
pub(in crate::http) const PAGE: &str = "html";

/// The form of an answer: data, or a page for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::http) enum AnswerForm {
    Data(FileFormat),
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
        offered: &[FileFormat],
    ) -> Result<Self, HttpProblem> {
        let Some(f) = f else { return Ok(Self { form: accepted(headers, offered), by_accept: true }) };
        if f == PAGE {
            return Ok(Self { form: AnswerForm::Page, by_accept: false });
        }
        let found = offered.iter().find(|format| format.name() == f);
        let reason = || {
            if f == FileFormat::Calendar.name() {
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
fn accepted(headers: &HeaderMap, offered: &[FileFormat]) -> AnswerForm {
    let data = offered.iter().map(|format| (AnswerForm::Data(*format), quality_of(headers, &names_of(*format))));
    let forms: Vec<_> = data.chain([(AnswerForm::Page, quality_of(headers, &[HTML]))]).collect();
    let best = forms.iter().map(|(_, quality)| *quality).fold(0.0, f32::max);
    forms.iter().find(|(_, quality)| *quality >= best).map_or(AnswerForm::Page, |(form, _)| *form)
}

/// The media types by which clients call a format.
fn names_of(format: FileFormat) -> Vec<&'static str> {
    let others: &[&str] = match format {
        FileFormat::Places(PlaceFormat::Geojson) => &["application/json"],
        FileFormat::Places(PlaceFormat::JsonLines) => &["application/geo+json-seq", "application/jsonl"],
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
    format: FileFormat,
    name: DownloadName<'_>,
) {
    put_licence(headers, snapshot);
    if format == FileFormat::Places(PlaceFormat::Geojson) {
        return;
    }
    let file = percent_encoded(&file_name(snapshot, format, name));
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

    fn chosen(accept: &str) -> AnswerForm {
        let headers = HeaderMap::from_iter([(header::ACCEPT, accept.parse().unwrap())]);
        ChosenFormat::of(None, &headers, &FileFormat::all().collect::<Vec<_>>()).unwrap().form
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
            assert_eq!(chosen(accept), AnswerForm::Data(FileFormat::Places(format)), "{accept}");
        }
        for browser in ["text/html, */*;q=0.8", "text/html,application/xhtml+xml,application/json;q=0.9"] {
            assert_eq!(chosen(browser), AnswerForm::Page, "{browser}");
        }
    }

    #[test]
    fn f_wins_and_what_it_does_not_name_is_refused_by_name() {
        let headers = HeaderMap::from_iter([(header::ACCEPT, "text/csv".parse().unwrap())]);
        let offered: Vec<FileFormat> = FileFormat::all().collect();
        let of = |f| ChosenFormat::of(Some(f), &headers, &offered);
        assert_eq!(of("xlsx").unwrap().form, AnswerForm::Data(FileFormat::Places(PlaceFormat::Xlsx)));
        assert_eq!(of("ics").unwrap().form, AnswerForm::Data(FileFormat::Calendar));
        assert!(ChosenFormat::of(Some("ics"), &headers, &offered[..1]).is_err(), "not everything has calendars");
        assert_eq!(of("html").unwrap().form, AnswerForm::Page);
        for f in ["CSV", "", "pdf"] {
            let problem = of(f).unwrap_err();
            assert!(matches!(problem, HttpProblem::BadParameter { name: "f", .. }), "{f}");
        }
    }
}
