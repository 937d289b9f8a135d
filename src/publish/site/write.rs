//! A page of the site as HTML. This module does no I/O.

use super::SiteSource;
use crate::index::Filter;
use crate::model::Language;
use crate::publish::html::paper::{PaperContext, door_paper, list_paper, place_paper};
use crate::publish::html::places::{CategoryOrDistrict, list_page, not_found_file, place_page, table_page};
use crate::publish::html::plan::{self, PlanQuery, WorkListChoice};
use crate::publish::html::{
    PageView, SheetForm, SheetTables, directory_page, guide_page, month, practice_page, sheet_page, sheets_page,
    stories_page,
};
use crate::publish::page_file::{LinkTargets, SitePage, has_place_pages, relative_links};

/// The state of a page as it is in its file: in a language, without any choice.
pub fn file_view(page: &SitePage, lang: Language) -> PageView {
    let embedded = *page == SitePage::Embed;
    PageView { lang, lang_chosen: true, embedded, ..PageView::default() }
}

/// The page in the state of `view`, its links relative to a file `depth` folders below the root; `None` where the source does not have
/// it. A file has [`file_view`] and the depth of its page.
pub fn write_page(source: SiteSource<'_>, page: &SitePage, view: &PageView, depth: usize) -> Option<String> {
    let targets = LinkTargets { depth, place_pages: has_place_pages(source.snapshot) };
    html(source, page, view).map(|html| relative_links(&html, targets))
}

/// The directory where the query names a district that there is not.
pub fn write_directory_without(source: SiteSource<'_>, district: &str, depth: usize) -> String {
    let targets = LinkTargets { depth, place_pages: true };
    relative_links(&directory_page(source.snapshot, Some(district)), targets)
}

fn html(source: SiteSource<'_>, page: &SitePage, view: &PageView) -> Option<String> {
    let SiteSource { snapshot, month: current, .. } = source;
    let paper = |view| PaperContext { snapshot, view, month: current };
    Some(match page {
        SitePage::List | SitePage::Embed => list_page(snapshot, view, current),
        SitePage::Place(id) => place_page(snapshot, snapshot.by_id(id)?, view, current),
        SitePage::Category(id) => {
            table_page(snapshot, CategoryOrDistrict::Category(snapshot.categories.by_id(id)?), view, current)
        }
        SitePage::District(id) => {
            table_page(snapshot, CategoryOrDistrict::District(snapshot.districts.by_id(id)?), view, current)
        }
        SitePage::Month(month) => {
            let months = month::months_from(current);
            let month = month.map(|month| months.contains(&month).then_some(month).ok_or(())).transpose().ok()?;
            month::month_page(snapshot, view, (month, current))
        }
        SitePage::PrintList => list_paper(&paper(view)),
        SitePage::PrintDistrict(id) => {
            let filter = Filter { districts: vec![id.clone()], ..Filter::default() };
            list_paper(&paper(&PageView { filter, ..view.clone() }))
        }
        SitePage::PrintPlace(id) => place_paper(&paper(view), snapshot.by_id(id)?),
        SitePage::Door(town) => door_paper(&paper(view), town.as_deref().unwrap_or_default()),
        SitePage::LinkWorkers(district) => directory_page(snapshot, district.as_ref().map(|it| it.0.as_str())),
        SitePage::Missing => not_found_file(snapshot, view.lang),
        SitePage::Plan | SitePage::PlanReport | SitePage::WorkList(_) => planners_page(source, page, view.lang)?,
        SitePage::Guide | SitePage::Practice | SitePage::Stories | SitePage::Sheets | SitePage::Sheet(_) => {
            link_workers_page(source, page)?
        }
    })
}

/// A page of planners without any choice.
fn planners_page(source: SiteSource<'_>, page: &SitePage, lang: Language) -> Option<String> {
    let SiteSource { snapshot, planner, month, .. } = source;
    let pairs = [("lang".to_owned(), lang.code().to_owned())];
    let query = PlanQuery::parse(&pairs, snapshot, month.first_day());
    match page {
        SitePage::Plan => Some(plan::plan_page(snapshot, planner, None, &query)),
        SitePage::PlanReport => Some(plan::plan_report(snapshot, planner, &query)),
        SitePage::WorkList(flaw) => {
            let choice = WorkListChoice { flaw: (*flaw)?, list: None, unit: None };
            plan::work_list_page(planner?, &query, &choice).ok()
        }
        _ => None,
    }
}

/// The pages for which the city writes texts or tables.
fn link_workers_page(source: SiteSource<'_>, page: &SitePage) -> Option<String> {
    let SiteSource { snapshot, content, .. } = source;
    Some(match page {
        SitePage::Guide => guide_page(snapshot, content.guide_for(snapshot), &content.institutions),
        SitePage::Practice => practice_page(snapshot, &content.practice),
        SitePage::Stories => stories_page(snapshot, &content.stories),
        SitePage::Sheets => sheets_page(snapshot),
        SitePage::Sheet(name) => {
            let sheet = SheetForm::ALL.into_iter().find(|it| it.address().ends_with(name))?;
            let tables = SheetTables { thesaurus: &content.interests, institutions: &content.institutions };
            sheet_page(snapshot, sheet, tables)
        }
        _ => return None,
    })
}
