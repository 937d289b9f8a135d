//! The table of districts by category: numbers in shaded cells that open the list behind them, sorted by links. This module does
//! no I/O.

use maud::{Markup, html};

use super::PlanView;
use super::answers::PlanAnswers;
use super::numbers::{decimal, distance_or_none, people};
use super::query::PlanQuery;
use crate::gaps::ReportingUnit;
use crate::gaps::table::TableCell;
use crate::model::{Category, CategoryId};
use crate::publish::html::query_value;

/// Shares of a district's people from which a cell is shaded darker.
const SHADES: [f64; 4] = [0.0, 0.25, 0.5, 0.75];

/// A row of the table.
struct GapTableRow<'a> {
    /// `None` is outside of all districts.
    district: Option<&'a ReportingUnit>,
    cells: &'a [TableCell],
    /// Known people of the age.
    people: f64,
    /// Whether the list can be filtered by it.
    is_district: bool,
}

/// Rows of towns unless all are chosen: those with most people in need.
pub(super) const SHOWN_TOWNS: usize = 30;

/// The section with the table. Of towns only some have a row, unless all are chosen, for which the page at `page` has a link.
pub(super) fn section(view: &PlanView, answers: &PlanAnswers, page: Option<&str>) -> Markup {
    let mut rows = rows(view, answers);
    let all = rows.len();
    if answers.units.are_towns() && !view.query.every_town {
        rows.truncate(SHOWN_TOWNS);
    }
    let every_town = |page| PlanQuery { every_town: true, ..view.query.clone() }.url(page, view.snapshot);
    html! {
        section class="panel" aria-labelledby="by-district" {
            h2 id="by-district" { (view.text("table.heading")) }
            p { (explanation(view)) }
            @if answers.units.are_towns() { p class="note" { (view.text("table.by_town")) } }
            @if rows.len() < all { p class="note" { (view.fill("table.shortened", &[("rows", &rows.len().to_string()), ("all", &all.to_string())]))
                @if let Some(page) = page { " " a class="no-print" href={ (every_town(page)) "#by-district" } { (view.text("table.all_towns")) } }
            } }
            @if rows.is_empty() { p { (view.text("table.none")) } }
            @else {
                div class="plan-wide" tabindex="0" role="group" aria-labelledby="by-district" { (table(view, &rows)) }
                (legend(view))
            }
            (definition(view, "gap"))
        }
    }
}

/// What a gap is, with the numbers of the municipality.
fn explanation(view: &PlanView) -> String {
    let targets = &view.snapshot.city.gaps;
    let (reach, monthly) = (super::numbers::distance(view.query.reach_m), targets.monthly.to_string());
    view.fill(
        "table.text",
        &[("reach", &reach), ("monthly", &monthly), ("age", &view.age_name(view.query.options.age))],
    )
}

/// A definition one touch away.
pub(super) fn definition(view: &PlanView, name: &str) -> Markup {
    html! {
        details class="plan-definition" {
            summary { (view.text("definition")) }
            p { (view.text_of(&format!("definition.{name}"))) }
        }
    }
}

fn rows<'a>(view: &PlanView, answers: &'a PlanAnswers) -> Vec<GapTableRow<'a>> {
    let categories = view.snapshot.categories.all().len().max(1);
    let districts = answers.units.all().iter().map(Some).chain([None]);
    // Coverage has the same order, and leaves out "in none" where nobody is.
    let row = |(at, (district, cells)): (usize, (Option<&'a ReportingUnit>, &'a [TableCell]))| {
        let known = answers.coverage.districts.get(at);
        let people = known.and_then(|it| it.coverage.first()).map_or(0.0, |it| it.reached.0 + it.not_reached.0);
        GapTableRow { district, cells, people, is_district: !answers.units.are_towns() }
    };
    let mut rows: Vec<GapTableRow> =
        districts.zip(answers.table.cells.chunks(categories)).enumerate().map(row).collect();
    rows.retain(|row| row.district.is_some() || row.people > 0.0 || row.cells.iter().any(|cell| cell.places > 0));
    if answers.units.are_towns() {
        let lacking = |row: &GapTableRow| row.cells.iter().map(|cell| cell.gap.possible.0).sum::<f64>();
        rows.sort_by(|a, b| lacking(b).total_cmp(&lacking(a)));
    }
    if let Some(at) = view.query.sort.as_ref().and_then(|id| column_of(view, id)) {
        rows.sort_by(|a, b| b.cells[at].gap.possible.0.total_cmp(&a.cells[at].gap.possible.0));
    }
    rows
}

fn row_name<'a>(view: &'a PlanView, row: &'a GapTableRow) -> &'a str {
    row.district.map_or_else(|| view.text("table.no_district"), |it| it.name.as_str())
}

fn column_of(view: &PlanView, id: &CategoryId) -> Option<usize> {
    view.snapshot.categories.all().iter().position(|category| category.id == *id)
}

fn table(view: &PlanView, rows: &[GapTableRow]) -> Markup {
    html! {
        table class="plan-table" {
            caption class="visually-hidden" { (view.text("table.heading")) }
            thead { tr {
                th scope="col" aria-sort=[view.query.sort.is_none().then_some("none")] { (view.text("table.district")) }
                th scope="col" { (view.age_name(view.query.options.age)) }
                @for category in view.snapshot.categories.all() { (column_heading(view, category)) }
            } }
            tbody { @for row in rows { tr {
                th scope="row" { (row_name(view, row)) }
                td { (people(row.people)) }
                @for cell in row.cells { (table_cell(view, row, cell)) }
            } } }
        }
    }
}

/// The heading of a category, which sorts by its gap.
fn column_heading(view: &PlanView, category: &Category) -> Markup {
    let is_here = view.query.sort.as_ref() == Some(&category.id);
    let sort = if is_here { None } else { Some(category.id.clone()) };
    let url = PlanQuery { sort, ..view.query.clone() }.url("/plan", view.snapshot) + "#by-district";
    html! {
        th scope="col" aria-sort=[is_here.then_some("descending")] {
            a href=(url) { (category.name.text(view.query.lang)) @if is_here { span aria-hidden="true" { " ▼" } } }
        }
    }
}

/// One cell: places, and the people whose needs are not met, certain to possible.
fn table_cell(view: &PlanView, row: &GapTableRow, cell: &TableCell) -> Markup {
    let shade = shade_of(row.people, cell.gap.possible.0);
    let (certain, possible) = (people(cell.gap.certain.0), people(cell.gap.possible.0));
    let gap = if certain == possible { certain } else { format!("{certain}〜{possible}") };
    let title = cell_title(view, cell);
    let places = cell.places.to_string();
    html! {
        td class={ "plan-shade-" (shade) } {
            @if cell.places > 0 && row.is_district { a href=(list_url(row, cell)) title=(title) { strong { (places) } } }
            @else { strong title=(title) { (places) } }
            @if row.people > 0.0 { br; span class="plan-gap" { (view.fill("table.gap", &[("people", &gap)])) } }
        }
    }
}

/// More about a cell, for a pointer that rests on it; the CSV has it as a table.
fn cell_title(view: &PlanView, cell: &TableCell) -> String {
    let (monthly, nearest) = (decimal(Some(cell.monthly)), distance_or_none(cell.nearest_m.mean));
    let unknown = cell.monthly_unknown.to_string();
    let per_1000 = decimal(cell.per_1000);
    view.fill(
        "table.cell",
        &[("monthly", &monthly), ("unknown", &unknown), ("nearest", &nearest), ("per_1000", &per_1000)],
    )
}

/// The list of the places that a cell counts.
fn list_url(row: &GapTableRow, cell: &TableCell) -> String {
    let district = row.district.map(|it| format!("&district={}", query_value(&it.id.0))).unwrap_or_default();
    format!("/?category={}{district}", query_value(&cell.category.0))
}

/// The shade of a cell, 0 to 4, by the share of the district's people.
fn shade_of(everybody: f64, gap: f64) -> usize {
    if everybody <= 0.0 {
        return 0;
    }
    SHADES.iter().filter(|from| gap / everybody > **from).count()
}

fn legend(view: &PlanView) -> Markup {
    html! {
        ul class="plan-legend" {
            @for shade in 0..=SHADES.len() {
                li { span class={ "plan-sample plan-shade-" (shade) } aria-hidden="true" {} (view.text_of(&format!("table.shade.{shade}"))) }
            }
        }
    }
}
