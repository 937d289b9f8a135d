//! A month of the places that pass a filter (「大屋の11月」): as a table of weeks, and as a list of days with the same content.
//!
//! Dates are the schedule engine's. What its words leave open is marked, and places without readable dates stand at the end, so that
//! none is missing. This module does no I/O.

mod dates;

use chrono::{Datelike as _, NaiveDate};
use maud::{Markup, html};

use self::dates::{MonthMeeting, MonthPlan};
use super::layout::{self, PlacePageFrame};
use super::places::{count_text, when_label};
use super::view::PageView;
use crate::index::Snapshot;
use crate::model::{Language, Month};
use crate::publish::messages::{lang_of, page_messages};
use crate::publish::page_file::SitePage;

/// The most places whose dates one page shows; beyond, it says to choose a district.
pub const MOST_PLACES: usize = 1_000;
/// How many months ahead there are pages.
const AHEAD: usize = 12;
/// Days of a week.
const WEEK: usize = 7;

/// The months that have pages: the current one, and a year of those to come.
pub fn months_from(current: Month) -> Vec<Month> {
    std::iter::successors(Some(current), |it| Some(it.on(1))).take(AHEAD + 1).collect()
}

/// The page of `month`, or of the current one, with the places of the view's filter.
pub fn month_page(snapshot: &Snapshot, view: &PageView, (month, current): (Option<Month>, Month)) -> String {
    let lang = view.lang;
    let months = months_from(current);
    let month = month.filter(|it| months.contains(it)).unwrap_or(current);
    let places: Vec<usize> = snapshot.select(&view.filter);
    let title = title(snapshot, view, month);
    let body = html! {
        article class="month" {
            p class="back" { a href=(view.list_url()) { (page_messages(lang).text("detail.back")) } }
            h1 tabindex="-1" { (title) }
            p { (count_text(places.len(), lang)) }
            (pager(view, &months, month))
            @if places.len() > MOST_PLACES {
                p class="note" { (page_messages(lang).text("month.too_many")) }
            } @else {
                @let plan = MonthPlan::new(snapshot, &places, (month, current));
                (table(snapshot, view, &plan, month))
                (list(snapshot, view, &plan))
                (without_dates(snapshot, view, &plan))
            }
        }
    };
    let frame = PlacePageFrame {
        snapshot,
        audience: snapshot.audience,
        view,
        title: Some(&title),
        description: Some(&title),
        page: &SitePage::Month(Some(month)),
        address: None,
    };
    layout::document(&frame, &html! { main id="main" class="wide" tabindex="-1" { (body) } }).into_string()
}

/// 「大屋の2026年11月」, with the districts and categories that are chosen.
fn title(snapshot: &Snapshot, view: &PageView, month: Month) -> String {
    let messages = page_messages(view.lang);
    let districts = view.filter.districts.iter().filter_map(|id| Some(snapshot.districts.by_id(id)?.name.as_str()));
    let kinds =
        view.filter.categories.iter().filter_map(|id| Some(snapshot.categories.by_id(id)?.name.text(view.lang)));
    let about: Vec<&str> = districts.chain(kinds).collect();
    let about = if about.is_empty() { snapshot.city.name.clone() } else { about.join(messages.text("month.and")) };
    messages.fill("month.title", &[("about", &about), ("month", &month_name(month, view.lang))])
}

/// 「2026年11月」.
pub fn month_name(month: Month, lang: Language) -> String {
    let name = page_messages(lang).text(&format!("month.{}", month.number())).to_owned();
    page_messages(lang).fill("month.of_year", &[("year", &month.year().to_string()), ("month", &name)])
}

fn pager(view: &PageView, months: &[Month], month: Month) -> Markup {
    let at = months.iter().position(|it| *it == month).unwrap_or(0);
    let link = |to: Option<&Month>| to.map(|&to| (view.month_url(Some(to)), month_name(to, view.lang)));
    let (before, after) = (link(at.checked_sub(1).and_then(|at| months.get(at))), link(months.get(at + 1)));
    html! {
        nav class="pager" aria-label=(page_messages(view.lang).text("month.pages")) {
            @for (url, name) in before.iter().chain(&after) { a class="button" href=(url) { (name) } }
        }
    }
}

/// The month as weeks; days of other months are empty.
fn table(snapshot: &Snapshot, view: &PageView, plan: &MonthPlan, month: Month) -> Markup {
    let lang = view.lang;
    let days: Vec<NaiveDate> = month.days().collect();
    let blank = days.first().map_or(0, |day| day.weekday().num_days_from_monday() as usize);
    let cells: Vec<Option<NaiveDate>> = std::iter::repeat_n(None, blank).chain(days.into_iter().map(Some)).collect();
    let codes = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    html! {
        div class="month-table" tabindex="0" role="region" aria-label=(page_messages(lang).text("month.table")) {
            table {
                thead { tr { @for code in codes { th scope="col" { (when_label(&format!("{code}_short"), lang)) } } } }
                tbody {
                    @for week in cells.chunks(WEEK) {
                        tr {
                            @for day in week { (cell(snapshot, view, plan, *day)) }
                            @for _ in week.len()..WEEK { td {} }
                        }
                    }
                }
            }
        }
    }
}

fn cell(snapshot: &Snapshot, view: &PageView, plan: &MonthPlan, day: Option<NaiveDate>) -> Markup {
    let Some(day) = day else { return html! { td {} } };
    html! {
        td {
            span class="day" { (day.day()) }
            (meetings(snapshot, view, plan.on(day)))
        }
    }
}

/// The days with meetings, in order.
fn list(snapshot: &Snapshot, view: &PageView, plan: &MonthPlan) -> Markup {
    let lang = view.lang;
    html! {
        section class="month-list" {
            h2 { (page_messages(lang).text("month.list")) }
            @if plan.is_empty() { p { (page_messages(lang).text("month.nothing")) } }
            @for (day, held) in plan.days() {
                h3 { (day_name(day, lang)) }
                (meetings(snapshot, view, held))
            }
        }
    }
}

/// 「26日（木）」.
fn day_name(day: NaiveDate, lang: Language) -> String {
    let codes = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let weekday = when_label(&format!("{}_short", codes[day.weekday().num_days_from_monday() as usize]), lang);
    page_messages(lang).fill("month.day", &[("day", &day.day().to_string()), ("weekday", &weekday)])
}

fn meetings(snapshot: &Snapshot, view: &PageView, held: &[MonthMeeting]) -> Markup {
    let messages = page_messages(view.lang);
    html! {
        @if !held.is_empty() {
            ul {
                @for meeting in held {
                    @let place = &snapshot.places[meeting.place].place;
                    li {
                        @if let Some(hours) = &meeting.hours { span class="hours" { (hours) } " " }
                        a href=(view.place_url(&place.id)) lang=[lang_of(&place.facts.name, view.lang)] { (place.facts.name) }
                        @if meeting.is_open { " " span class="note" { (messages.text("month.open")) } }
                    }
                }
            }
        }
    }
}

/// The places none of whose dates can be read, with their words.
fn without_dates(snapshot: &Snapshot, view: &PageView, plan: &MonthPlan) -> Markup {
    let messages = page_messages(view.lang);
    html! {
        @if !plan.without_dates.is_empty() {
            section class="month-without" {
                h2 { (messages.text("month.without")) }
                ul {
                    @for &place in &plan.without_dates {
                        @let place = &snapshot.places[place].place;
                        @let words: Vec<&str> = place.facts.schedule.iter().map(|it| it.text.as_str()).collect();
                        li {
                            a href=(view.place_url(&place.id)) lang=[lang_of(&place.facts.name, view.lang)] { (place.facts.name) } " "
                            @if words.is_empty() { (messages.text("unknown")) }
                            @else { span lang=[lang_of(&words.concat(), view.lang)] { (words.join("、")) } }
                        }
                    }
                }
            }
        }
    }
}
