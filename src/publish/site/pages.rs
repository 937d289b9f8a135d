//! Which pages a site has. This module does no I/O.

use super::SiteSource;
use crate::gaps::quality::QualityFlaw;
use crate::model::DistrictId;
use crate::publish::html::month;
use crate::publish::page_file::{SitePage, has_place_pages};

/// Every page of the site, each once.
pub(super) fn site_pages(source: SiteSource<'_>) -> impl Iterator<Item = SitePage> + '_ {
    let snapshot = source.snapshot;
    let fixed = [
        SitePage::List,
        SitePage::Embed,
        SitePage::Month(None),
        SitePage::PrintList,
        SitePage::Door(None),
        SitePage::LinkWorkers(None),
        SitePage::Guide,
        SitePage::Practice,
        SitePage::Stories,
        SitePage::Sheets,
        SitePage::Sheet("referral"),
        SitePage::Sheet("assessment"),
        SitePage::Sheet("report"),
        SitePage::Plan,
        SitePage::PlanReport,
        SitePage::Missing,
    ];
    let work_lists = QualityFlaw::ALL.into_iter().map(|flaw| SitePage::WorkList(Some(flaw)));
    let work_lists = work_lists.filter(move |_| source.planner.is_some());
    let categories = snapshot.categories.all().iter().map(|it| SitePage::Category(it.id.clone()));
    let months = month::months_from(source.month).into_iter().map(|month| SitePage::Month(Some(month)));
    let of_district = |id: &DistrictId| {
        [SitePage::District(id.clone()), SitePage::PrintDistrict(id.clone()), SitePage::LinkWorkers(Some(id.clone()))]
    };
    let districts = snapshot.districts.all().iter().flat_map(move |it| of_district(&it.id));
    let doors = snapshot.land.towns.iter().map(|it| SitePage::Door(Some(it.whole.clone())));
    let has_pages = has_place_pages(snapshot);
    let places = snapshot
        .places
        .iter()
        .filter(move |_| has_pages)
        .flat_map(|it| [SitePage::Place(it.place.id.clone()), SitePage::PrintPlace(it.place.id.clone())]);
    fixed.into_iter().chain(work_lists).chain(months).chain(categories).chain(districts).chain(doors).chain(places)
}
