//! Pages as files of a site: which pages there are, their routes (`/places/x?lang=en`) and the names of their files
//! (`/places/x.en.html`).
//!
//! Pages name each other by routes. When a page is whole, [`relative_links`] makes each a link to a file, relative to the page, so
//! that the same bytes work behind the server, as files and below any path. This module does no I/O.

mod links;

pub use self::links::{LinkTargets, public_address, relative_links};

use percent_encoding::percent_decode_str;

use crate::gaps::quality::QualityFlaw;
use crate::index::Snapshot;
use crate::model::{CategoryId, City, DistrictId, Language, Month, PlaceId};
use crate::publish::file_format::FileFormat;
use crate::publish::messages::offered_languages;
use crate::text::percent::form_encoded;

/// Above so many places there is no file per place: the list shows them.
const PLACE_PAGES_MAX: usize = 20_000;

/// Whether each place has a file of its own.
pub fn has_place_pages(snapshot: &Snapshot) -> bool {
    snapshot.places.len() <= PLACE_PAGES_MAX
}

/// The ending of the files of pages.
pub const PAGE_ENDING: &str = ".html";

/// The sheets to fill in, as their addresses name them.
const SHEETS: [&str; 3] = ["referral", "assessment", "report"];

/// A page that is a file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SitePage {
    /// The list with its map.
    List,
    /// The same without banner and foot, for frames of other sites.
    Embed,
    /// A month, or the current one.
    Month(Option<Month>),
    /// One place.
    Place(PlaceId),
    /// The places of a category.
    Category(CategoryId),
    /// The places of a district.
    District(DistrictId),
    /// The list on paper.
    PrintList,
    /// A district's leaflet.
    PrintDistrict(DistrictId),
    /// One place on paper.
    PrintPlace(PlaceId),
    /// The leaflet for the doors of a 大字, or the choice of one.
    Door(Option<String>),
    /// The directory, of a district or of all.
    LinkWorkers(Option<DistrictId>),
    /// The guide.
    Guide,
    /// Persons to practise with.
    Practice,
    /// Cases to read.
    Stories,
    /// The choice of sheets.
    Sheets,
    /// One sheet, by its name in addresses.
    Sheet(&'static str),
    /// The planners' page.
    Plan,
    /// The planners' paper.
    PlanReport,
    /// The places of which something is missing; `None` where nobody says what.
    WorkList(Option<QualityFlaw>),
    /// What hosts show for addresses that they do not have.
    Missing,
}

impl SitePage {
    /// The path of its file in a language, not percent-encoded.
    pub fn path(&self, language: Language) -> String {
        let name = self.segments().join("/");
        match language {
            Language::Ja => format!("/{name}{PAGE_ENDING}"),
            other => format!("/{name}.{}{PAGE_ENDING}", other.code()),
        }
    }

    /// The same, percent-encoded for a link.
    fn encoded_path(&self, language: Language) -> String {
        let path = self.path(language);
        path.split('/').map(form_encoded).collect::<Vec<_>>().join("/")
    }

    /// The address of a page that has no route beside its file: of a category or district; `None` for any other.
    pub fn only_address(&self, language: Language) -> Option<String> {
        matches!(self, Self::Category(_) | Self::District(_)).then(|| self.encoded_path(language))
    }

    /// Whether its file is the one address of what it shows: not of what stands at any address or in a frame, or is computed.
    pub fn is_canonical(&self) -> bool {
        !matches!(self, Self::Missing | Self::Embed) && !self.is_of_planners()
    }

    /// The languages that it is written in: link workers' pages are in Japanese only.
    pub fn languages(&self) -> Vec<Language> {
        match self {
            Self::LinkWorkers(_) | Self::Guide | Self::Practice | Self::Stories | Self::Sheets | Self::Sheet(_) => {
                vec![Language::Ja]
            }
            Self::Plan | Self::PlanReport | Self::WorkList(_) => vec![Language::Ja, Language::En],
            _ => offered_languages().collect(),
        }
    }

    /// How many folders below the root its file lies.
    pub fn depth(&self) -> usize {
        self.segments().len() - 1
    }

    /// The page and language of the file at `path`, which is percent-encoded; `None` where no page of `snapshot` has that file. An id may
    /// look as if it named a language: the longest id that there is wins.
    pub fn of_file(path: &str, snapshot: &Snapshot) -> Option<(Self, Language)> {
        let name = path.strip_suffix(PAGE_ENDING)?;
        let own = |name: &str, language| {
            let page = Self::of_segments(&decoded(name)?)?;
            (page.languages().contains(&language) && page.exists(snapshot)).then_some((page, language))
        };
        let other = Language::ALL.into_iter().filter(|it| *it != Language::Ja);
        let named = || other.filter_map(|it| Some((name.strip_suffix(it.code())?.strip_suffix('.')?, it)));
        own(name, Language::Ja).or_else(|| named().find_map(|(name, language)| own(name, language)))
    }

    /// The page at the path of a file or a route, percent-encoded, and its language: the one that the file is in, else `wanted` where
    /// there is that.
    pub fn at(path: &str, wanted: Language, snapshot: &Snapshot) -> Option<(Self, Language)> {
        if path.ends_with(PAGE_ENDING) {
            return Self::of_file(path, snapshot);
        }
        let page = Self::of_route(path)?;
        let language = if page.languages().contains(&wanted) { wanted } else { Language::Ja };
        Some((page, language))
    }

    /// Whether it is a paper for residents.
    pub fn is_paper(&self) -> bool {
        matches!(self, Self::PrintList | Self::PrintDistrict(_) | Self::PrintPlace(_) | Self::Door(_))
    }

    /// The page at a route, the path of which is percent-encoded; which of them there are a snapshot knows.
    fn of_route(path: &str) -> Option<Self> {
        let segments = if path == "/" { vec!["index".to_owned()] } else { decoded(path)? };
        let page = Self::of_segments(&segments)?;
        // These have files, but no routes of their own.
        let is_file_only = matches!(page, Self::Category(_) | Self::District(_) | Self::Missing);
        (!is_file_only && (page != Self::List || path == "/")).then_some(page)
    }

    /// Whether `snapshot` has it.
    pub fn exists(&self, snapshot: &Snapshot) -> bool {
        match self {
            Self::Place(id) | Self::PrintPlace(id) => snapshot.by_id(id).is_some(),
            Self::Category(id) => snapshot.categories.by_id(id).is_some(),
            Self::District(id) | Self::PrintDistrict(id) | Self::LinkWorkers(Some(id)) => {
                snapshot.districts.by_id(id).is_some()
            }
            Self::Door(Some(town)) => snapshot.land.towns.iter().any(|label| label.whole == *town),
            Self::WorkList(flaw) => flaw.is_some() && snapshot.population.is_some(),
            _ => true,
        }
    }

    /// Whether it is one of planners' pages, which compute.
    pub fn is_of_planners(&self) -> bool {
        matches!(self, Self::Plan | Self::PlanReport | Self::WorkList(_))
    }

    fn of_segments(segments: &[String]) -> Option<Self> {
        let parts: Vec<&str> = segments.iter().map(String::as_str).collect();
        Some(match parts.as_slice() {
            ["index"] => Self::List,
            ["embed"] => Self::Embed,
            ["month"] => Self::Month(None),
            ["month", month] => Self::Month(Some(month.parse().ok()?)),
            // With the ending of a format it is another file of the place.
            ["places", id] if FileFormat::of_file(id).is_none() => Self::Place(PlaceId((*id).to_owned())),
            ["categories", id] => Self::Category(CategoryId((*id).to_owned())),
            ["districts", id] => Self::District(DistrictId((*id).to_owned())),
            ["print"] => Self::PrintList,
            ["print", "districts", id] => Self::PrintDistrict(DistrictId((*id).to_owned())),
            ["print", "places", id] => Self::PrintPlace(PlaceId((*id).to_owned())),
            ["print", "door"] => Self::Door(None),
            ["print", "door", town] => Self::Door(Some((*town).to_owned())),
            ["link-workers"] => Self::LinkWorkers(None),
            ["link-workers", id] => Self::LinkWorkers(Some(DistrictId((*id).to_owned()))),
            ["guide"] => Self::Guide,
            ["guide", "practice"] => Self::Practice,
            ["guide", "stories"] => Self::Stories,
            ["sheets"] => Self::Sheets,
            ["sheets", sheet] => Self::Sheet(SHEETS.into_iter().find(|it| it == sheet)?),
            ["plan"] => Self::Plan,
            ["plan", "report"] => Self::PlanReport,
            ["plan", "work-list"] => Self::WorkList(None),
            ["plan", "work-list", code] => Self::WorkList(Some(QualityFlaw::from_code(code)?)),
            ["404"] => Self::Missing,
            _ => return None,
        })
    }

    /// The folders and the name of its file, without language and ending.
    fn segments(&self) -> Vec<String> {
        let own = |parts: &[&str]| parts.iter().map(|part| (*part).to_owned()).collect();
        match self {
            Self::List => own(&["index"]),
            Self::Embed => own(&["embed"]),
            Self::Month(None) => own(&["month"]),
            Self::Month(Some(month)) => own(&["month", &month.to_string()]),
            Self::Place(id) => own(&["places", &id.0]),
            Self::Category(id) => own(&["categories", &id.0]),
            Self::District(id) => own(&["districts", &id.0]),
            Self::PrintList => own(&["print"]),
            Self::PrintDistrict(id) => own(&["print", "districts", &id.0]),
            Self::PrintPlace(id) => own(&["print", "places", &id.0]),
            Self::Door(None) => own(&["print", "door"]),
            Self::Door(Some(town)) => own(&["print", "door", town]),
            Self::LinkWorkers(None) => own(&["link-workers"]),
            Self::LinkWorkers(Some(id)) => own(&["link-workers", &id.0]),
            Self::Guide => own(&["guide"]),
            Self::Practice => own(&["guide", "practice"]),
            Self::Stories => own(&["guide", "stories"]),
            Self::Sheets => own(&["sheets"]),
            Self::Sheet(sheet) => own(&["sheets", sheet]),
            Self::Plan => own(&["plan"]),
            Self::PlanReport => own(&["plan", "report"]),
            Self::WorkList(None) => own(&["plan", "work-list"]),
            Self::WorkList(Some(flaw)) => own(&["plan", "work-list", flaw.code()]),
            Self::Missing => own(&["404"]),
        }
    }
}

/// The whole address of a page's file, where the city has said what the site's is.
pub fn public_url(city: &City, page: &SitePage, language: Language) -> Option<String> {
    let path = page.encoded_path(language);
    let path = if path == "/index.html" { "/" } else { &path };
    city.public_url.as_ref().map(|url| format!("{url}{path}"))
}

/// The segments of a percent-encoded path.
fn decoded(path: &str) -> Option<Vec<String>> {
    let segment = |it: &str| percent_decode_str(it).decode_utf8().ok().map(std::borrow::Cow::into_owned);
    path.strip_prefix('/')?.split('/').map(segment).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::SnapshotInput;
    use crate::model::{Audience, Facts, Place, Source};

    fn snapshot(ids: &[&str]) -> Snapshot {
        let place = |id: &&str| Place {
            id: PlaceId((*id).to_owned()),
            facts: Facts { name: "集い".to_owned(), ..Facts::default() },
            source: Source::default(),
            verification: None,
        };
        let places = ids.iter().map(place).collect();
        Snapshot::build(&SnapshotInput { places, ..SnapshotInput::default() }, Audience::Public)
    }

    #[test]
    fn every_file_is_read_back_as_its_page_and_language() {
        let snapshot = snapshot(&["abc0000000", "あ b%/2"]);
        let of_place = |id: &str| SitePage::Place(PlaceId(id.to_owned()));
        let months = SitePage::Month(Some("2026-12".parse().unwrap()));
        for page in [SitePage::List, months, SitePage::Guide, SitePage::Sheet("report"), of_place("abc0000000")] {
            for language in page.languages() {
                let path = page.encoded_path(language);
                assert_eq!(SitePage::of_file(&path, &snapshot), Some((page.clone(), language)), "{path}");
            }
        }
    }

    #[test]
    fn what_is_no_page_of_the_snapshot_has_no_file() {
        let snapshot = snapshot(&["abc0000000"]);
        for path in [
            "/places/none.html",
            "/places/abc0000000",
            "/guide.en.html",
            "/index.de.html",
            "/index.ja.html",
            "/x.html",
            "/sheets/other.html",
            "/month/2026-13.html",
            "/print/door/nowhere.html",
            "/.html",
            "/places/.html",
        ] {
            assert_eq!(SitePage::of_file(path, &snapshot), None, "{path}");
        }
    }

    #[test]
    fn an_id_that_looks_like_a_language_is_an_id_where_there_is_one() {
        let page = |path, snapshot| SitePage::of_file(path, &snapshot);
        let id = |id: &str| SitePage::Place(PlaceId(id.to_owned()));
        assert_eq!(page("/places/a.en.html", snapshot(&["a"])), Some((id("a"), Language::En)));
        assert_eq!(page("/places/a.en.html", snapshot(&["a", "a.en"])), Some((id("a.en"), Language::Ja)));
    }
}
