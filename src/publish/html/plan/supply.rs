//! The planners' page of a municipality without a population: what there is by district, and what to import. This module does no
//! I/O.

use maud::{Markup, html};

use super::PlanView;
use crate::publish::html::query_value;

/// Places by district and category, and the command that imports a population.
pub(super) fn without_population(view: &PlanView) -> Markup {
    let (categories, districts) = (view.snapshot.categories.all(), view.snapshot.districts.all());
    html! {
        section class="panel" aria-labelledby="no-population" {
            h2 id="no-population" { (view.text("no_population.heading")) }
            p { (view.text("no_population.text")) }
            pre { code { "tsunagari import population FILE.csv" } }
            p class="note" { (view.text("no_population.where")) }
        }
        section class="panel" aria-labelledby="supply" {
            h2 id="supply" { (view.text("supply.heading")) }
            @if districts.is_empty() { p { (view.text("table.none")) } }
            @else { div class="plan-wide" tabindex="0" role="group" aria-labelledby="supply" { table class="plan-table" {
                caption class="visually-hidden" { (view.text("supply.heading")) }
                thead { tr {
                    th scope="col" { (view.text("table.district")) }
                    @for category in categories { th scope="col" { (category.name.text(view.query.lang)) } }
                } }
                tbody { @for district in districts { tr {
                    th scope="row" { (district.name) }
                    @for category in categories {
                        @let count = view.snapshot.count(Some(&category.id), Some(&district.id));
                        td { @if count > 0 { a href={ "/?category=" (query_value(&category.id.0)) "&district=" (query_value(&district.id.0)) } { (count) } } @else { "0" } }
                    }
                } } }
            } } }
        }
    }
}
