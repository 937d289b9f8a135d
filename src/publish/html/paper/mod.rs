//! Papers for residents: a list or a district with its numbered map, one place, and the leaflet for a door.
//!
//! Anybody may find a paper, so that every paper is of the public snapshot, whichever address prints it. What is on a sheet of A4 is
//! in the page; `web/paper/paper.css` lays it out, and a browser's own dialog prints it. This module does no I/O.

mod door;
mod entry;
mod list;
mod parts;
mod place;
mod sections;

pub use door::door_paper;
pub use list::list_paper;
pub use place::place_paper;

use maud::{DOCTYPE, Markup, html};

use super::assets::asset;
use super::layout::{in_words_of_city, page_script, site_title};
use super::view::PageView;
use crate::index::{Snapshot, VisiblePlace};
use crate::model::{Audience, Month};
use crate::publish::html::places::next_dates;
use crate::publish::messages::page_messages;
use crate::publish::rule_words::{SpokenSchedule, spoken_schedule};
use crate::schedule::ScheduleContext;

/// What every paper is made from.
#[derive(Debug, Clone, Copy)]
pub struct PaperContext<'a> {
    /// The public snapshot.
    pub snapshot: &'a Snapshot,
    /// Language and filter.
    pub view: &'a PageView,
    /// The month of the paper.
    pub month: Month,
}

impl PaperContext<'_> {
    fn text(&self, key: &'static str) -> &'static str {
        page_messages(self.view.lang).text(key)
    }

    fn fill(&self, key: &'static str, values: &[(&str, &str)]) -> String {
        page_messages(self.view.lang).fill(key, values)
    }

    /// The dates of a place, of which the script says what is next.
    fn dates(&self, listed: &VisiblePlace) -> Option<String> {
        let dates = next_dates::dates_of(&listed.place.facts, self.month, &self.snapshot.city);
        next_dates::dates_attribute(&dates, self.month)
    }

    /// Days and hours in the words of the paper's language, where the schedule engine has them.
    fn spoken(&self, listed: &VisiblePlace) -> Option<SpokenSchedule> {
        let context = ScheduleContext::of_city(&self.snapshot.city, self.month.first_day());
        spoken_schedule(&listed.place.facts.schedule, &context, self.view.lang)
    }

    /// The document around `body`: on the screen a bar to print it or go back, on paper nothing but the body.
    fn document(&self, title: &str, back: &str, body: &Markup) -> String {
        let city = &self.snapshot.city;
        let page = html! {
            (DOCTYPE)
            html lang=(self.view.lang.tag()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light";
                    meta name="robots" content="noindex";
                    title { (title) " | " (site_title(city, self.view.lang)) }
                    link rel="icon" type="image/svg+xml" href=(asset("icon.svg"));
                    link rel="stylesheet" href=(asset("vendor/tokens.css"));
                    link rel="stylesheet" href=(asset("base.css"));
                    link rel="stylesheet" href=(asset("paper/paper.css"));
                }
                body class="paper" data-state=[self.view.is_default().then_some("default")] {
                    a class="skip no-print" href="#main" { (self.text("site.skip")) }
                    header class="paper-bar no-print" {
                        a class="button" href=(back) { (self.text("print.back")) }
                        button type="button" id="print" hidden { (self.text("print.button")) }
                        p class="note" { (self.text("print.how")) }
                    }
                    main id="main" tabindex="-1" {
                        @if self.snapshot.sample { p class="paper-sample" { strong { (self.text("sample.banner")) } } }
                        (body)
                    }
                    script type="module" src=(asset("paper/paper.js")) {}
                    (page_script(self.view.lang, self.snapshot.audience == Audience::Public))
                }
            }
        };
        in_words_of_city(city, &page).into_string()
    }
}
