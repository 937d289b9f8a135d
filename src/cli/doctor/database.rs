//! Findings in the database: whether it can be used, of which version it is, what it knows of the municipality.

use chrono::{DateTime, Utc};

use super::{alike, lists};
use crate::cli::CommandContext;
use crate::cli::finding::Finding;
use crate::cli::import::region_owner::{self, KnownRegions};
use crate::config::Config;
use crate::editor::{Editor, StoreError};
use crate::import::regions::official_names::OfficialNames;
use crate::model::{Area, BasemapFeature, City};
use crate::store;

/// Days after which a list that was not imported anew is probably out of date: a year, and a month for the new one to be made.
const OLD_DAYS: i64 = 396;

/// Findings in the database of `context`.
pub fn findings(context: &CommandContext, config: &Config) -> Vec<Finding> {
    let shown = context.db.display().to_string();
    let survey = match store::survey(&context.db) {
        Ok(survey) => survey,
        Err(StoreError::NotFound(_)) => return vec![Finding::note("doctor.no_database", &[("file", &shown)])],
        Err(error) => return vec![error.into()],
    };
    let mut findings = old_lists(&survey.lists, Utc::now());
    if survey.lists.is_empty() {
        findings.push(Finding::note("doctor.no_list", &[("file", &shown)]));
    }
    if survey.schema < survey.newest_schema {
        // To read it with this program would bring it up to date, which is more than a look.
        findings.push(Finding::warning("doctor.older_database", &[("file", &shown)]));
        return findings;
    }
    let opened = Editor::open(&context.db, config.city.clone(), config.categories.clone());
    match opened.and_then(|editor| of_content(&editor, config)) {
        Ok(found) => findings.extend(found),
        Err(error) => findings.push(error.into()),
    }
    findings
}

fn of_content(editor: &Editor, config: &Config) -> Result<Vec<Finding>, StoreError> {
    let (city, mut findings) = (&config.city, Vec::new());
    if editor.sample()?.is_held() {
        let finding = if city.sample { Finding::warning } else { Finding::error };
        findings.push(finding("doctor.sample_database", &[]));
    }
    let input = editor.snapshot_input()?;
    let known = KnownRegions { boundary: editor.boundary()?, towns: input.towns.clone() };
    let names = region_owner::code_of(city).map(|code| OfficialNames::of_towns(&known.towns, &code));
    findings.extend(names.and_then(|names| region_owner::of_name(&names, city)));
    findings.extend(region_owner::of_towns(&known.towns, city, &KnownRegions::default()));
    let of_boundary = |boundary| region_owner::of_boundary(boundary, &[], city, &known);
    findings.extend(known.boundary.as_ref().and_then(of_boundary));
    findings.extend(region_owner::of_districts(input.districts.all(), &[], city, &known));
    let lacks = [(known.towns.is_empty(), "doctor.no_towns"), (known.boundary.is_none(), "doctor.no_boundary")];
    findings.extend(lacks.iter().filter(|(lacks, _)| *lacks).map(|(_, key)| Finding::warning(key, &[])));
    findings.extend(of_basemap(&input.basemap, known.boundary.as_ref(), city));
    findings.extend(lists::findings(&input, &known));
    findings.extend(alike::findings(&input.places));
    Ok(findings)
}

/// Whether all of the base map lies elsewhere, as one that was imported before the outline may.
fn of_basemap(basemap: &[BasemapFeature], boundary: Option<&Area>, city: &City) -> Option<Finding> {
    let [west, south, east, north] = boundary?.bbox()?;
    let meets = |[w, s, e, n]: [f64; 4]| w <= east && e >= west && s <= north && n >= south;
    let is_elsewhere = !basemap.is_empty() && !basemap.iter().filter_map(BasemapFeature::bbox).any(meets);
    is_elsewhere.then(|| Finding::warning("doctor.basemap_of_others", &[("name", &city.name)]))
}

fn old_lists(lists: &[(String, DateTime<Utc>)], now: DateTime<Utc>) -> Vec<Finding> {
    let old = lists.iter().filter(|(_, at)| (now - *at).num_days() > OLD_DAYS);
    old.map(|(list, at)| Finding::warning("doctor.old_list", &[("list", list), ("date", &at.date_naive().to_string())]))
        .collect()
}
