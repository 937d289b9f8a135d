//! Pages for the training of link workers: invented cases to read, and invented persons to practise with, each with what to talk about
//! afterwards. This module does no I/O.

use maud::{Markup, PreEscaped, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::markdown;
use crate::index::Snapshot;
use crate::model::{Audience, PracticePerson};
use crate::publish::html::{NavItem, PageLayout};
use crate::publish::link_worker_messages::catalogue;
use crate::publish::page_file::SitePage;

/// Lines to write on below each question, on paper.
const LINES: usize = 2;

/// The page of cases; `stories` is Markdown.
pub fn stories_page(snapshot: &Snapshot, stories: &str) -> String {
    let (messages, text) = (catalogue("guide"), markdown::read(stories));
    let title = text.title.as_deref().unwrap_or(messages.text("stories"));
    page(snapshot, SitePage::Stories, title, &html! { div class="stories" { (PreEscaped(&text.html)) } })
}

/// The page of persons to practise with, by afternoon.
pub fn practice_page(snapshot: &Snapshot, persons: &[PracticePerson]) -> String {
    let messages = catalogue("guide");
    let mut afternoons: Vec<u32> = persons.iter().map(|person| person.afternoon).collect();
    afternoons.sort_unstable();
    afternoons.dedup();
    let body = html! {
        p { (messages.text("practice.lead")) }
        ol class="practice-steps" { @for step in ["practice.step_read", "practice.step_find", "practice.step_talk", "practice.step_print"] {
            li { (messages.text(step)) }
        } }
        @for afternoon in afternoons {
            section class="afternoon" aria-labelledby={ "afternoon-" (afternoon) } {
                h2 id={ "afternoon-" (afternoon) } { (messages.fill("practice.afternoon", &[("n", &afternoon.to_string())])) }
                @for person in persons.iter().filter(|person| person.afternoon == afternoon) { (person_sheet(snapshot, person)) }
            }
        }
    };
    page(snapshot, SitePage::Practice, messages.text("practice"), &body)
}

/// One person with the questions to discuss.
fn person_sheet(snapshot: &Snapshot, person: &PracticePerson) -> Markup {
    let messages = catalogue("guide");
    // A fragment is sent to no server.
    let words = utf8_percent_encode(&person.likes.join("、"), NON_ALPHANUMERIC).to_string();
    let can_find = snapshot.audience != Audience::Public && !person.likes.is_empty();
    html! {
        article class="panel practice-person" {
            h3 { (person.name) "（" (messages.fill("practice.age", &[("age", &person.age.to_string())])) "）" }
            p { (person.story) }
            p class="says" { (person.says) }
            @if !person.likes.is_empty() {
                p { (messages.fill("practice.words", &[("words", &person.likes.join("、"))])) " "
                    @if can_find { a class="no-print" href={ (NavItem::Find.address()) "#practice=" (words) } { (messages.text("practice.find")) } } }
            }
            h4 { (messages.text("practice.talk")) }
            ol { @for question in &person.questions { li { (question) @for _ in 0..LINES { span class="write-here" aria-hidden="true" {} } } } }
        }
    }
}

/// A page of the guide with a button to print it.
fn page(snapshot: &Snapshot, own: SitePage, title: &str, body: &Markup) -> String {
    let messages = catalogue("guide");
    let styles = &["sheets/guide.css"];
    let layout = PageLayout {
        snapshot,
        tab: NavItem::Guide,
        title: Some(title),
        styles,
        script: Some("sheets/page.js"),
        page: Some(own),
    };
    let main = html! {
        main id="main" class="link-worker-main guide" tabindex="-1" {
            h1 { (title) }
            p class="no-print" { a href=(NavItem::Guide.address()) { (messages.text("back")) } }
            p class="bar no-print" hidden { button type="button" data-print { (messages.text("print")) } }
            (body)
        }
    };
    layout.document(&main).into_string()
}
