//! The paper for the council: its sections, on a page of the program and as a file of its own. This module does no I/O.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::answers::PlanAnswers;
use super::{PlanView, change, charts, district_table, far_areas, map, method, sites, summary};

/// The styles of the file, in the order in which the page links them.
const STYLES: [&str; 5] = [
    include_str!("../../../../web/vendor/tokens.css"),
    include_str!("../../../../web/base.css"),
    include_str!("../../../../web/link-worker.css"),
    include_str!("../../../../web/plan/plan.css"),
    include_str!("../../../../web/plan/report.css"),
];

/// The sections.
pub(super) fn sections(view: &PlanView, answers: &PlanAnswers) -> Markup {
    html! {
        (summary::summary(view, answers))
        (map::section(view, answers, false))
        (sites::section(view, answers))
        (district_table::section(view, answers, None))
        (far_areas::section(view, answers))
        (charts::coverage(view, answers))
        (charts::kinds(view, answers))
        (charts::accessibility(view, answers))
        (change::section(view, answers.change.as_ref().filter(|_| view.query.since.is_some()), true))
        (method::section(view, answers))
        (method::definitions(view))
    }
}

/// The paper with its title and date; the buttons are for the screen.
pub(super) fn paper(view: &PlanView, title: &str, sections: &Markup) -> Markup {
    html! {
        main id="main" class="link-worker-main plan plan-report" tabindex="-1" lang=(view.query.lang.tag()) {
            h1 { (title) }
            p class="plan-date" { (method::date_line(view)) }
            p class="bar no-print" hidden { button type="button" data-print { (view.text("report.print")) } }
            p class="no-print" { a href=(view.query.url("/plan", view.snapshot)) { (view.text("report.back")) } }
            (sections)
        }
    }
}

/// The paper as a file: with its styles, and without links, which would lead nowhere.
pub(super) fn file(view: &PlanView, answers: &PlanAnswers) -> String {
    let title = view.fill("report.title", &[("city", view.city_name())]);
    let body = html! {
        main class="link-worker-main plan plan-report" {
            h1 { (title) }
            p class="plan-date" { (method::date_line(view)) }
            @if view.snapshot.sample { p class="sample" { strong { (view.text("report.sample")) } } }
            (PreEscaped(without_links(&sections(view, answers).into_string())))
        }
    };
    let page = html! {
        (DOCTYPE)
        html lang=(view.query.lang.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                @for style in STYLES { style { (PreEscaped(style)) } }
            }
            body class="link-worker" { (body) }
        }
    };
    page.into_string()
}

/// `html` with its links as plain text. In what maud writes, `<a ` is a link and nothing else.
fn without_links(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find("<a ") {
        text.push_str(&rest[..at]);
        let Some(end) = rest[at..].find('>') else { break };
        text.push_str("<span>");
        rest = &rest[at + end + 1..];
    }
    text.push_str(rest);
    text.replace("</a>", "</span>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_becomes_its_text() {
        let html = r#"<p><a href="/places/x?a=1&amp;b=2">&lt;a &gt; 場</a> <abbr>と</abbr></p>"#;
        assert_eq!(without_links(html), "<p><span>&lt;a &gt; 場</span> <abbr>と</abbr></p>");
    }
}
