//! Containers around the form of the finder: results, shortlist, map, and the navigation between them on a phone. This module does no I/O.

use maud::{Markup, html};

use super::{SHORTLIST_MOST, text};
use crate::publish::link_worker_messages::catalogue;

/// The container of the results.
pub(super) fn results_section() -> Markup {
    html! {
        section class="finder-answers" id="answers" aria-labelledby="answers-title" tabindex="-1" {
            div class="answers-head" {
                h2 class="visually-hidden" id="answers-title" { (text("answers")) }
                p class="count" id="count" role="status" {}
                p class="note" id="reach" {}
            }
            div id="error-message" {}
            div id="hints" class="hints" {}
            section id="other-answers" class="panel other-answers no-print" hidden {}
            ul id="understood" class="understood" aria-label=(text("understood")) hidden {}
            div id="groups" aria-busy="true" { p { (text("wait")) } }
            div id="unmet" {}
        }
    }
}

/// The containers of the shortlist and the map.
pub(super) fn shortlist_and_map() -> Markup {
    let most = SHORTLIST_MOST.to_string();
    html! {
        div class="finder-side" {
            section class="panel shortlist" id="shortlist" aria-labelledby="shortlist-title" tabindex="-1" data-max=(most) {
                h2 id="shortlist-title" { (text("shortlist")) " " span class="note" id="shortlist-count" {} }
                p class="note" id="shortlist-empty" { (catalogue("find").fill("shortlist.empty", &[("most", &most)])) }
                p class="visually-hidden" id="shortlist-status" role="status" {}
                p class="error" id="shortlist-error" role="alert" {}
                p class="note" id="shortlist-note" hidden { (text("shortlist.note")) }
                ol id="shortlist-items" {}
                button type="button" class="main" id="make-handout" hidden { (text("handout.make")) }
            }
            section class="finder-map" id="finder-map" aria-labelledby="map-title" tabindex="-1" {
                h2 id="map-title" { (text("map")) }
                p class="note" id="map-note" { (text("map.note")) }
                button type="button" id="map-show" { (text("map.show")) }
                p class="note" id="map-message" role="status" {}
                div id="map" role="region" aria-label=(text("map.label")) {}
                button type="button" id="map-centre" hidden { (text("map.centre")) }
            }
        }
    }
}

/// On a small screen, the buttons that jump to a section.
pub(super) fn jump_bar() -> Markup {
    html! {
        nav class="finder-bar" aria-label=(text("bar")) {
            button type="button" data-to="field-from" { (text("bar.form")) }
            button type="button" data-to="answers" class="main" id="bar-answers" { (text("answers")) }
            button type="button" data-to="shortlist" id="bar-shortlist" { (text("shortlist")) }
            button type="button" data-to="finder-map" { (text("bar.map")) }
        }
    }
}

/// The dialog that confirms the reset of the form.
pub(super) fn reset_dialog() -> Markup {
    html! {
        dialog id="reset-dialog" aria-labelledby="reset-ask" {
            p id="reset-ask" { (text("reset.ask")) }
            div class="actions" {
                button type="button" class="main" id="reset-yes" { (text("reset.yes")) }
                button type="button" id="reset-no" { (text("reset.no")) }
            }
        }
    }
}
