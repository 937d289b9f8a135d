//! The list of files of a site. Nothing is made before its bytes are asked for. This module does no I/O.

use super::pages::site_pages;
use super::write::{file_view, write_page};
use super::{SiteSource, browser_files};
use crate::model::Language;
use crate::publish::embedded::{EmbeddedAsset, site_assets};
use crate::publish::formats::FormatError;
use crate::publish::html::assets::asset;
use crate::publish::html::categories_css;
use crate::publish::html::plan::{self, GapTableFile, PlanQuery};
use crate::publish::media_types::{HTML, media_of};
use crate::publish::messages::offered_languages;
use crate::publish::page_file::SitePage;
use crate::publish::resources::{JSON, Resource, place_calendars, resources};
use crate::publish::search_data::search_data;

/// A file of the site.
#[derive(Debug, Clone)]
pub struct SiteFile {
    /// The path from the root on, not percent-encoded.
    pub path: String,
    /// The media type.
    pub media: &'static str,
    content: SiteFileContent,
}

#[derive(Debug, Clone)]
enum SiteFileContent {
    Data(Box<Resource>),
    Page(SitePage, Language),
    Asset(&'static EmbeddedAsset),
    Search(Language),
    Generated(fn(SiteSource<'_>) -> Vec<u8>),
}

/// Why the bytes of a file cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum SiteFileError {
    /// A workbook cannot hold the places.
    #[error("{path}: {source}")]
    Format {
        /// The file.
        path: String,
        /// Why.
        source: FormatError,
    },
    /// The source does not have the page.
    #[error("{0} is of no page of this snapshot")]
    NoPage(String),
}

impl SiteFile {
    fn page(page: SitePage, language: Language) -> Self {
        Self { path: page.path(language), media: HTML, content: SiteFileContent::Page(page, language) }
    }

    fn generated(path: &str, write: fn(SiteSource<'_>) -> Vec<u8>) -> Option<Self> {
        let media = media_of(path)?;
        Some(Self { path: path.to_owned(), media, content: SiteFileContent::Generated(write) })
    }

    /// The bytes of the file; `source` is the one that lists it.
    ///
    /// # Errors
    ///
    /// If a workbook cannot hold the places, or the source does not list the file.
    pub fn bytes(&self, source: SiteSource<'_>) -> Result<Vec<u8>, SiteFileError> {
        let of_format = |error| SiteFileError::Format { path: self.path.clone(), source: error };
        match &self.content {
            SiteFileContent::Data(resource) => {
                resource.bytes(source.snapshot, source.month.first_day()).map_err(of_format)
            }
            SiteFileContent::Page(page, language) => {
                let written = write_page(source, page, &file_view(page, *language), page.depth());
                written.map(String::into_bytes).ok_or_else(|| SiteFileError::NoPage(self.path.clone()))
            }
            SiteFileContent::Asset(asset) => Ok(asset.bytes.to_vec()),
            SiteFileContent::Search(language) => Ok(search_data(source.snapshot, source.month, *language).into_bytes()),
            SiteFileContent::Generated(write) => Ok(write(source)),
        }
    }
}

/// Every file of the site, in the order in which a reader meets them: pages, what pages need, data.
pub fn site_files(source: SiteSource<'_>) -> impl Iterator<Item = SiteFile> + '_ {
    let pages = site_pages(source);
    let files = pages.flat_map(|page| {
        let languages = page.languages();
        languages.into_iter().map(move |language| SiteFile::page(page.clone(), language))
    });
    let data = resources(source.snapshot).chain(place_calendars(source.snapshot, source.month.first_day()));
    let data = data.map(|resource| SiteFile {
        path: resource.path.clone(),
        media: resource.media,
        content: SiteFileContent::Data(Box::new(resource)),
    });
    files.chain(shell(source)).chain(tables_of_planners(source)).chain(assets()).chain(data)
}

/// The file at `path` that is neither page nor data of places; `language` chooses that of the search data where its name does not.
pub fn site_file_at(path: &str, language: Option<Language>, source: SiteSource<'_>) -> Option<SiteFile> {
    let path = match language {
        Some(language) if path == search_path(Language::Ja) => search_path(language),
        _ => path.to_owned(),
    };
    shell(source).find(|file| file.path == path)
}

/// What pages need to be shown and to search.
fn shell(source: SiteSource<'_>) -> impl Iterator<Item = SiteFile> {
    let has_address = source.snapshot.city.public_url.is_some();
    let colours = SiteFile::generated("/categories.css", |it| categories_css(&it.snapshot.categories).into_bytes());
    let search = offered_languages().map(|language| SiteFile {
        path: search_path(language),
        media: JSON,
        content: SiteFileContent::Search(language),
    });
    let for_browsers = [
        SiteFile::generated("/manifest.webmanifest", browser_files::manifest),
        SiteFile::generated("/service-worker.js", browser_files::service_worker),
        SiteFile::generated("/robots.txt", browser_files::robots),
        SiteFile::generated("/sitemap.xml", browser_files::sitemap).filter(|_| has_address),
    ];
    colours.into_iter().chain(search).chain(for_browsers.into_iter().flatten())
}

/// Planners' numbers without any choice, where they can be computed.
fn tables_of_planners(source: SiteSource<'_>) -> impl Iterator<Item = SiteFile> {
    let csv = SiteFile::generated("/plan.csv", |it| plan_table(it, GapTableFile::Csv));
    let xlsx = SiteFile::generated("/plan.xlsx", |it| plan_table(it, GapTableFile::Xlsx));
    let change = SiteFile::generated("/plan/change.csv", |it| plan_change(it).unwrap_or_default());
    let change = change.filter(|_| plan_change(source).is_some());
    let has_numbers = source.planner.is_some();
    csv.into_iter().chain(xlsx).filter(move |_| has_numbers).chain(change)
}

fn plan_table(source: SiteSource<'_>, file: GapTableFile) -> Vec<u8> {
    let query = PlanQuery::parse(&[], source.snapshot, source.month.first_day());
    source.planner.and_then(|data| plan::gap_table(data, &query, file).ok()).unwrap_or_default()
}

/// What changed since the first day of which numbers are kept; `None` where none are.
fn plan_change(source: SiteSource<'_>) -> Option<Vec<u8>> {
    let query = PlanQuery::parse(&[], source.snapshot, source.month.first_day());
    plan::change_csv(source.planner?, &query)
}

/// Scripts, styles and icons.
fn assets() -> impl Iterator<Item = SiteFile> {
    site_assets().filter_map(|it| {
        Some(SiteFile { path: asset(it.name), media: media_of(it.name)?, content: SiteFileContent::Asset(it) })
    })
}

/// The path of the search data in a language.
pub fn search_path(language: Language) -> String {
    match language {
        Language::Ja => "/search.json".to_owned(),
        other => format!("/search.{}.json", other.code()),
    }
}
