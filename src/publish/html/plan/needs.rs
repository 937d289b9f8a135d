//! Unmet needs beside supply: the section of the planners' page on the internal address, and its table as CSV.
//!
//! Disclosure control: every number is a released one ([`need_cells`]), a multiple of three. This module does no I/O.

use maud::{Markup, html};

use super::PlanView;
use super::numbers::distance_or_none;
use crate::find::stated_interests;
use crate::gaps::ExactNumber;
use crate::gaps::disclosure::MonthPeriod;
use crate::gaps::unmet::{InterestSupply, NeedBesideSupply, NeedCell, NeedLedger, first_of_quarters, need_cells};
use crate::index::Snapshot;
use crate::model::unmet_need::UnmetReason;
use crate::model::{DistrictId, Language, Messages, Month, Quarter, Thesaurus};
use crate::publish::html::query_value;
use crate::publish::plan_messages::plan_messages;
use crate::text::formula::guarded;

/// How many quarters the page shows, the running one included.
const QUARTERS: u16 = 4;

/// Rows shown; the CSV has all.
const SHOWN: usize = 30;

/// What the planners' page tells of unmet needs.
#[derive(Debug)]
pub struct PlanNeeds {
    period: MonthPeriod,
    rows: Vec<NeedBesideSupply>,
}

impl PlanNeeds {
    /// The needs of the last quarters beside what `snapshot` offers; `reach_m` is how far from a district's centre still serves it.
    pub fn new(
        snapshot: &Snapshot,
        ledger: &NeedLedger,
        thesaurus: &Thesaurus,
        this_month: Month,
        reach_m: f64,
    ) -> Self {
        let last = this_month.back(1);
        let period = MonthPeriod { first: Some(first_of_quarters(last, QUARTERS)), last };
        let rows = supply(snapshot, thesaurus, reach_m).beside(&need_cells(ledger, snapshot, period));
        Self { period, rows }
    }

    /// The months that are counted.
    pub(super) fn period(&self) -> MonthPeriod {
        self.period
    }

    /// The row of a district and kind of interest, if a need of it was released.
    pub(super) fn row(&self, district: Option<&DistrictId>, interest: &str) -> Option<&NeedBesideSupply> {
        self.rows.iter().find(|row| row.district.as_ref() == district && row.interest == interest)
    }
}

/// What the places of a snapshot offer.
pub(super) fn supply<'a>(snapshot: &'a Snapshot, thesaurus: &'a Thesaurus, reach_m: f64) -> InterestSupply<'a> {
    let interests = snapshot.places.iter().map(|it| stated_interests(thesaurus, &it.place.facts));
    InterestSupply::new(snapshot, thesaurus, interests, reach_m)
}

/// The section.
pub(super) fn section(view: &PlanView, needs: &PlanNeeds) -> Markup {
    let period = period_name(view.messages, needs.period);
    html! {
        section class="panel" aria-labelledby="needs" {
            h2 id="needs" { (view.text("needs.heading")) }
            p { (view.fill("needs.text", &[("period", &period)])) }
            @if needs.rows.is_empty() { p { (view.text("needs.none")) } }
            @else { div class="plan-wide" tabindex="0" role="group" aria-labelledby="needs" { (table(view, needs)) } }
            p class="note" { (view.text("needs.three")) }
            p class="no-print" {
                a href="/unmet" { (view.text("unmet")) } " " a href="/plan/unmet.csv" { (view.text("needs.csv")) }
            }
        }
    }
}

fn table(view: &PlanView, needs: &PlanNeeds) -> Markup {
    html! {
        table class="plan-table" {
            caption class="visually-hidden" { (view.text("needs.heading")) }
            thead { tr {
                @for key in ["table.district", "needs.interest", "needs.count", "needs.reasons", "needs.quarters", "needs.places", "needs.nearest", "needs.start"] {
                    th scope="col" { (view.text_of(key)) }
                }
            } }
            tbody { @for row in needs.rows.iter().take(SHOWN) { (need_row(view, row)) } }
        }
    }
}

fn need_row(view: &PlanView, row: &NeedBesideSupply) -> Markup {
    let reasons = UnmetReason::ALL.iter().zip(row.reasons).filter(|(_, count)| *count > 0);
    let reasons: Vec<String> =
        reasons.map(|(reason, count)| format!("{} {count}", reason_name(view.messages, *reason))).collect();
    let quarters: Vec<String> = row
        .quarters
        .iter()
        .map(|(quarter, count)| format!("{} {count}", quarter_name(view.messages, *quarter)))
        .collect();
    html! {
        tr {
            th scope="row" { (district_name(view, row.district.as_ref())) }
            td class="words" { (row.interest) }
            td { (row.count) }
            td class="words" { (reasons.join(view.text("list.separator"))) }
            td class="words" { (quarters.join(view.text("list.separator"))) }
            td { @if row.is_missing() { strong class="plan-missing" { (view.text("needs.missing")) } } @else { (row.places) } }
            td { (distance_or_none(row.nearest_m.map(ExactNumber))) }
            td class="words" { a href=(starters_url(view, row)) { (view.text("needs.sheet")) } }
        }
    }
}

fn starters_url(view: &PlanView, row: &NeedBesideSupply) -> String {
    let district = row.district.as_ref().map(|id| format!("&district={}", query_value(&id.0))).unwrap_or_default();
    let lang = if view.query.lang == Language::En { "&lang=en" } else { "" };
    format!("/plan/starters?interest={}{district}{lang}", query_value(&row.interest))
}

/// The name of a district, or the words for none.
pub(super) fn district_name<'a>(view: &'a PlanView, id: Option<&DistrictId>) -> &'a str {
    let district = id.and_then(|id| view.snapshot.districts.by_id(id));
    district.map_or_else(|| view.text("needs.no_district"), |district| &district.name)
}

/// The message for a reason.
pub(super) fn reason_name(messages: &'static Messages, reason: UnmetReason) -> &'static str {
    messages.find(&format!("reason.{}", reason.code())).unwrap_or_default()
}

fn quarter_name(messages: &Messages, quarter: Quarter) -> String {
    let (year, from, to) = (quarter.first().year(), quarter.first().number(), quarter.last().number());
    let values = [("year", &*year.to_string()), ("from", &*from.to_string()), ("to", &*to.to_string())];
    messages.fill("needs.quarter", &values)
}

/// The months of a period as text.
pub(super) fn period_name(messages: &Messages, period: MonthPeriod) -> String {
    let first = period.first.map(|month| month_name(messages, month)).unwrap_or_default();
    messages.fill("needs.period", &[("first", &first), ("last", &month_name(messages, period.last))])
}

fn month_name(messages: &Messages, month: Month) -> String {
    let (year, number) = (month.year().to_string(), month.number().to_string());
    messages.fill("needs.month", &[("year", &year), ("month", &number)])
}

/// The released needs of all quarters as CSV: the form that `import unmet` reads.
pub fn needs_csv(snapshot: &Snapshot, ledger: &NeedLedger, this_month: Month) -> Vec<u8> {
    let messages = plan_messages(Language::Ja);
    let mut csv =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    // Writing to memory does not fail.
    let _ = csv.write_record(messages.optional("needs.csv_headings").split('|'));
    for cell in need_cells(ledger, snapshot, MonthPeriod::released_in(this_month, None)) {
        let _ = csv.write_record(csv_row(snapshot, &cell, messages).iter().map(|text| guarded(text).into_owned()));
    }
    csv.into_inner().unwrap_or_default()
}

fn csv_row(snapshot: &Snapshot, cell: &NeedCell, messages: &'static Messages) -> [String; 5] {
    let district = cell.district.as_ref().and_then(|id| snapshot.districts.by_id(id));
    let district = district.map_or(messages.text("needs.no_district"), |it| &it.name).to_owned();
    let reason = reason_name(messages, cell.reason).to_owned();
    [cell.quarter.to_string(), district, cell.interest.clone(), reason, cell.count.to_string()]
}
