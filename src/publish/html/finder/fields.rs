//! Form fields of a wish, in the order of a conversation: the first ones open, the others folded. This module does no I/O.

use maud::{Markup, html};

use super::text;
use crate::find::Finder;
use crate::model::District;
use crate::publish::link_worker_messages::catalogue;

/// Choices of the travel budget in minutes, one way.
const MINUTES: [u16; 6] = [10, 15, 20, 30, 45, 60];

const TRAVEL: [&str; 5] = ["walk", "bicycle", "bus", "car", "pick_up"];
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Parts of a day with their first and last hour; they are contiguous.
const DAY_PARTS: [(&str, u8, u8); 3] = [("morning", 8, 12), ("afternoon", 12, 17), ("evening", 17, 22)];

/// Access facts that may matter to a person, the most common first.
const MATTERS: [&str; 13] = [
    "met_first_time",
    "beginners",
    "visit_first",
    "alone_welcome",
    "small_group",
    "quiet",
    "men_come",
    "chairs",
    "toilet",
    "step_free",
    "wheelchair",
    "hearing_support",
    "free_of_charge",
];

const AXES: [&str; 6] = ["body", "mind", "purpose", "living", "ties", "daily"];

/// The whole form.
pub(super) fn form(finder: &Finder) -> Markup {
    html! {
        div class="finder-form" role="form" aria-labelledby="form-title" {
            h2 id="form-title" { (text("form")) }
            p class="visually-hidden" id="keys-hint" { (text("quick.keys")) }
            (household())
            (from(finder))
            (travel())
            (likes(finder))
            (avoid())
            h3 class="more-title" { (text("more")) }
            (folded_field("free", &free()))
            (folded_field("matters", &matters()))
            (folded_field("gives", &gives()))
            (folded_field("about", &about()))
            (folded_field("axes", &axes()))
        }
    }
}

/// Whether there is somebody else of the household, and who of the two is in the form. The names of the buttons group them; outside
/// of a form they never get into a URL.
fn household() -> Markup {
    html! {
        div class="household" {
            button type="button" id="household-add" { (text("household.add")) }
            fieldset class="field" id="household-who" hidden {
                legend { (text("household")) }
                div class="choices" {
                    @for (value, who) in [("", "household.first"), ("second", "household.second")] {
                        label class="choice" {
                            input type="radio" name="household" autocomplete="off" value=(value) checked[value.is_empty()]; (text(who))
                        }
                    }
                }
                button type="button" id="household-end" { (text("household.end")) }
            }
        }
    }
}

/// The field for the start: district, 大字 or a point on the map.
fn from(finder: &Finder) -> Markup {
    html! {
        fieldset class="field" id="field-from" {
            legend { (text("from")) }
            div class="from-chosen" id="from-chosen" hidden {
                p { strong id="from-name" {} " " span class="note" id="from-about" {} }
                button type="button" id="from-clear" { (text("remove")) }
            }
            div class="from-ways" {
                div {
                    label for="from-district" { (text("from.district")) }
                    select id="from-district" autocomplete="off" {
                        option value="" { (text("from.any")) }
                        @let groups = by_former_town(finder.snapshot().districts.all());
                        @for (town, districts) in &groups {
                            @match town {
                                Some(town) => optgroup label=(town) { (district_options(districts)) },
                                None if groups.len() == 1 => (district_options(districts)),
                                None => optgroup label=(text("from.other_town")) { (district_options(districts)) },
                            }
                        }
                    }
                }
                (words_input("from-town", "from.town", "from.town.hint"))
                button type="button" id="from-map" { (text("from.map")) }
            }
            (error_line("from"))
        }
    }
}

/// Districts to choose from; nobody can start from one of which nobody knows where it is.
fn district_options(districts: &[&District]) -> Markup {
    html! { @for it in districts { option value=(it.id.0) disabled[it.centre.is_none()] { (it.name) } } }
}

/// Districts by former town, both in the order of the table.
fn by_former_town(all: &[District]) -> Vec<(Option<&str>, Vec<&District>)> {
    let mut groups: Vec<(Option<&str>, Vec<&District>)> = Vec::new();
    for district in all {
        let town = district.former_town.as_deref();
        match groups.iter_mut().find(|(known, _)| *known == town) {
            Some((_, districts)) => districts.push(district),
            None => groups.push((town, vec![district])),
        }
    }
    groups
}

/// The fields for travel modes and travel budget.
fn travel() -> Markup {
    html! {
        fieldset class="field" id="field-travel" {
            legend { (text("travel")) span class="note" { (text("travel.note")) } }
            (choices("travel", "travel.", TRAVEL))
            div class="choices home-only" { (checkbox("home_only", "yes", text("home_only"))) }
            (error_line("travel"))
        }
        fieldset class="field" id="field-minutes" {
            legend { (text("minutes")) }
            div class="choices" {
                (radio("minutes", "", text("minutes.any")))
                @for n in MINUTES { (radio("minutes", &n.to_string(), &catalogue("find").fill("minutes.n", &[("n", &n.to_string())]))) }
            }
            (error_line("minutes"))
        }
    }
}

/// The field for likings, with common terms to choose from.
fn likes(finder: &Finder) -> Markup {
    html! {
        fieldset class="field" id="field-likes" {
            legend { (text("likes")) }
            (word_pills("likes"))
            (words_input("likes", "likes.input", "likes.hint"))
            (error_line("likes"))
            div class="choices company" { (checkbox("company", "yes", text("company"))) }
            (quick_words("likes-quick", text("likes.quick"), finder.common_terms()))
            (quick_words("likes-troubles", text("likes.troubles"), finder.common_troubles()))
        }
    }
}

/// A row of words to be chosen at one touch; the script makes it one Tab stop.
fn quick_words<'a>(id: &str, title: &str, terms: impl Iterator<Item = &'a str>) -> Markup {
    html! {
        p class="quick-title" id=(id) { (title) }
        div class="choices quick" role="toolbar" aria-labelledby=(id) aria-describedby="keys-hint" {
            @for term in terms { button type="button" class="quick-word" data-word=(term) aria-pressed="false" { (term) } }
        }
    }
}

/// The field for what the person avoids: chips and words.
fn avoid() -> Markup {
    html! {
        fieldset class="field" id="field-avoid" {
            legend { (text("avoid")) span class="note" { (text("avoid.note")) } }
            div class="choices" role="toolbar" aria-label=(text("avoid")) aria-describedby="keys-hint" {
                @for (name, label) in Finder::avoidable() { (checkbox("avoid", name, label)) }
            }
            (word_pills("avoid"))
            (words_input("avoid", "avoid.input", "likes.hint"))
            (error_line("avoid"))
        }
    }
}

/// The field for free time: a week by parts of the day.
fn free() -> Markup {
    let messages = catalogue("find");
    html! {
        p class="note" { (text("free.note")) }
        table class="week" role="grid" aria-label=(text("free")) aria-describedby="keys-hint" data-columns=(DAY_PARTS.len()) {
            thead {
                tr {
                    th scope="col" { span class="visually-hidden" { (text("free.days")) } }
                    @for (part, from, to) in DAY_PARTS {
                        th scope="col" { (messages.text(&format!("free.{part}"))) " "
                            span class="note" { (messages.fill("free.hours", &[("from", &from.to_string()), ("to", &to.to_string())])) } }
                    }
                }
            }
            tbody {
                @for day in DAYS {
                    @let key = format!("day.{day}");
                    @let name = messages.text(&key);
                    tr {
                        th scope="row" { (name) }
                        @for (part, from, to) in DAY_PARTS {
                            @let label = messages.fill("free.cell", &[("day", name), ("part", messages.text(&format!("free.{part}")))]);
                            td { label { input type="checkbox" autocomplete="off" data-field="free" value={ (day) "-" (part) } data-day=(day)
                                data-from=(from) data-until=(to) aria-label=(label); } }
                        }
                    }
                }
            }
        }
        div class="choices" { (checkbox("early", "yes", text("free.early"))) }
    }
}

/// The field for access facts that matter.
fn matters() -> Markup {
    html! { p class="note" { (text("matters.note")) } (choices("matters", "matters.", MATTERS)) }
}

/// The field for what the person can contribute.
fn gives() -> Markup {
    html! {
        p class="note" { (text("gives.note")) }
        (choices("gives", "gives.", ["help", "teach"]))
        (word_pills("can_give"))
        (words_input("can_give", "can_give.input", "can_give.hint"))
        (error_line("can_give"))
    }
}

/// The fields for age and gender.
fn about() -> Markup {
    html! {
        p class="note" { (text("about.note")) }
        div class="age" {
            label for="age" { (text("age")) }
            input type="text" id="age" inputmode="numeric" maxlength="4" autocomplete="off" aria-describedby="error-age";
            span { (text("age.unit")) }
        }
        (error_line("age"))
        fieldset class="field" id="field-gender" {
            legend { (text("gender")) }
            div class="choices" {
                (radio("gender", "", text("gender.any")))
                @for it in ["woman", "man"] { (radio("gender", it, catalogue("find").text(&format!("gender.{it}")))) }
            }
        }
    }
}

/// The field for low axes of Positive Health, with the assessment sheet.
fn axes() -> Markup {
    html! {
        p class="note" { (text("axes.note")) }
        (choices("axes", "axes.", AXES))
        details class="axes-sheet" id="axes-sheet" hidden { summary { (text("axes.sheet")) } div id="axes-sheet-body" {} }
    }
}

/// A folded field; the script writes a summary of the choices beside its title.
fn folded_field(field: &str, body: &Markup) -> Markup {
    let title = catalogue("find").text(field);
    html! {
        details class="fold" id={ "field-" (field) } {
            summary { span { (title) } span class="fold-summary" data-summary=(field) {} }
            div { (body) (error_line(field)) }
        }
    }
}

/// A checkbox per value, together one Tab stop (`web/find/roving.js`); `prefix` and value form the message key.
fn choices<const N: usize>(field: &str, prefix: &str, values: [&str; N]) -> Markup {
    let messages = catalogue("find");
    html! {
        div class="choices" role="toolbar" aria-label=(messages.text(field)) aria-describedby="keys-hint" {
            @for value in values { (checkbox(field, value, messages.text(&format!("{prefix}{value}")))) }
        }
    }
}

/// A checkbox with its label.
fn checkbox(field: &str, value: &str, label: &str) -> Markup {
    html! { label class="choice" { input type="checkbox" autocomplete="off" data-field=(field) value=(value); (label) } }
}

/// A radio button. Radio buttons form a group by their name; outside of a form it never gets into a URL.
fn radio(field: &str, value: &str, label: &str) -> Markup {
    html! {
        label class="choice" {
            input type="radio" name=(field) autocomplete="off" data-field=(field) value=(value) checked[value.is_empty()]; (label)
        }
    }
}

/// The container of the entered words, each with a button that removes it.
fn word_pills(field: &str) -> Markup {
    html! { ul class="pills" id={ "pills-" (field) } {} }
}

/// A combobox for words with suggestions. `spellcheck` is off, because some browsers send the text to a server.
fn words_input(id: &str, label: &'static str, hint: &'static str) -> Markup {
    html! {
        div class="words" {
            label for={ "input-" (id) } { (text(label)) }
            input type="text" id={ "input-" (id) } role="combobox" aria-expanded="false" aria-autocomplete="list" aria-controls={ "options-" (id) }
                aria-describedby={ "hint-" (id) } autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="100" enterkeyhint="done";
            ul class="options" role="listbox" id={ "options-" (id) } aria-label=(text(label)) hidden {}
            p class="note" id={ "hint-" (id) } { (text(hint)) }
        }
    }
}

/// The container of the server's error message about a field.
fn error_line(field: &str) -> Markup {
    html! { p class="error" id={ "error-" (field) } role="alert" {} }
}
