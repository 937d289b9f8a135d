//! The fields of the form of a place: one for each column that a workbook has, in groups.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::{heading, messages, text};
use crate::index::Snapshot;
use crate::model::place_row::{ACCESS_COLUMNS, PlaceColumn, audience_code, read_answer, word_of, yes_no};
use crate::model::place_workbook::workbook_words;
use crate::model::{AccessFact, Audience, MeetingMode, Precision, Status};

/// A group of fields with the key of its title.
pub(super) struct FieldGroup {
    /// The key of its title, without its beginning.
    pub(super) key: &'static str,
    /// Its columns, in their order.
    pub(super) columns: Vec<PlaceColumn>,
}

/// An option of a choice: the text that is stored, and what is shown.
pub(super) type FieldOption = (String, String);

/// Every group but that of columns that the program does not know.
pub(super) fn groups() -> Vec<FieldGroup> {
    use PlaceColumn as C;

    let group = |key, columns: &[PlaceColumn]| FieldGroup { key, columns: columns.to_vec() };
    let mut access: Vec<PlaceColumn> = ACCESS_COLUMNS.map(C::Access).to_vec();
    access.push(C::OtherAccess);
    vec![
        group("basic", &[C::Name, C::Kana, C::Category, C::Status, C::Audience, C::Mode]),
        group("when", &[C::Schedule]),
        group("where", &[C::Address, C::Venue, C::District, C::Latitude, C::Longitude, C::Precision, C::Directions]),
        group(
            "what",
            &[
                C::Description,
                C::Tags,
                C::Interests,
                C::Roles,
                C::Organization,
                C::Cost,
                C::Bring,
                C::Eligibility,
                C::Capacity,
                C::Note,
            ],
        ),
        FieldGroup { key: "access", columns: access },
        group("contact", &[C::Office, C::Phone, C::Fax, C::Email, C::Url, C::PublicPerson]),
        group("staff", &[C::Person, C::PersonPhone, C::ConsentGiven, C::ConsentUntil, C::ConsentState]),
    ]
}

/// The categories by name, or by code where two have the same.
pub(super) fn category_options(snapshot: &Snapshot) -> Vec<FieldOption> {
    let all = snapshot.categories.all();
    let is_one = |name: &str| all.iter().filter(|it| it.name.japanese() == name || it.id.0 == name).count() == 1;
    let option = |it: &crate::model::Category| {
        let name = it.name.japanese();
        let stored = if !name.trim().is_empty() && is_one(name) { name } else { &it.id.0 };
        (stored.to_owned(), if name.is_empty() { it.id.0.clone() } else { name.to_owned() })
    };
    all.iter().map(option).collect()
}

/// The words of whether it takes place.
pub(super) fn status_options() -> Vec<FieldOption> {
    words(Status::ALL.map(Status::code))
}

/// The words of who may see it.
pub(super) fn audience_options() -> Vec<FieldOption> {
    words(Audience::ALL.map(audience_code))
}

fn words<const N: usize>(codes: [&'static str; N]) -> Vec<FieldOption> {
    codes.map(|code| (word_of(code).to_owned(), word_of(code).to_owned())).to_vec()
}

fn district_options(snapshot: &Snapshot) -> Vec<FieldOption> {
    snapshot.districts.all().iter().map(|it| (it.name.clone(), it.name.clone())).collect()
}

fn precision_options() -> Vec<FieldOption> {
    Precision::ALL.map(|it| (it.code().to_owned(), messages().of("precision.", it.code()).to_owned())).to_vec()
}

/// A choice with its label; `none` is the first option, what it shows and stores.
pub(super) fn select((name, id): (&str, &str), label: &str, none: (&str, &str), options: &[FieldOption]) -> Markup {
    html! {
        div class="field" {
            label for=(id) { (label) }
            select id=(id) name=(name) {
                option value=(none.1) { (none.0) }
                @for (stored, shown) in options { option value=(stored) { (shown) } }
            }
        }
    }
}

/// The fields of a group, filled with `texts`.
pub(super) fn group_fields(snapshot: &Snapshot, group: &FieldGroup, texts: &BTreeMap<String, String>) -> Markup {
    let text_of = |column: PlaceColumn| texts.get(column.key()).map_or("", String::as_str);
    html! {
        @for column in &group.columns {
            @match column {
                PlaceColumn::Access(fact) => (answer_field(*fact, column.key(), column.heading(), text_of(*column))),
                _ => (field(snapshot, *column, text_of(*column))),
            }
        }
    }
}

/// The field of a column that the program does not know.
pub(super) fn extra_field(key: &str, value: &str) -> Markup {
    let id = format!("field-{key}");
    html! {
        div class="field" data-field=(key) {
            label for=(id) { (heading(key)) }
            (fault_line(key))
            textarea id=(id) name=(key) rows="2" { (value) }
        }
    }
}

fn fault_line(key: &str) -> Markup {
    html! { p class="edit-fault" id={ "fault-" (key) } hidden {} }
}

fn field(snapshot: &Snapshot, column: PlaceColumn, value: &str) -> Markup {
    let (key, id) = (column.key(), format!("field-{}", column.key()));
    let is_required = matches!(column, PlaceColumn::Name);
    let note = workbook_words().notes.get(key).filter(|_| !is_required);
    let note = if options_of(snapshot, column).is_some() { None } else { note };
    let note_id = format!("note-{key}");
    let described = note.map_or_else(|| format!("fault-{key}"), |_| format!("{note_id} fault-{key}"));
    html! {
        div class="field" data-field=(key) {
            label for=(id) { (column.heading()) @if is_required { " " span class="note" { (text("required")) } } }
            @if let Some(note) = note { p class="note" id=(note_id) { (note) } }
            (fault_line(key))
            @match options_of(snapshot, column) {
                Some(options) => (choice((key, &id), column, value, &options)),
                None if is_long(column) => textarea id=(id) name=(key) rows="3" aria-describedby=(described) { (value) },
                None => input id=(id) name=(key) value=(value) type="text" inputmode=[input_mode(column)] autocomplete="off"
                    aria-describedby=(described) aria-required=[is_required.then_some("true")];,
            }
            @if matches!(column, PlaceColumn::Schedule | PlaceColumn::Address) { div class="edit-check" id={ "check-" (key) } role="status" {} }
        }
    }
}

fn choice((key, id): (&str, &str), column: PlaceColumn, value: &str, options: &[FieldOption]) -> Markup {
    let may_be_empty = matches!(column, PlaceColumn::District | PlaceColumn::Precision | PlaceColumn::Category);
    let is_listed = options.iter().any(|(stored, _)| stored == value);
    html! {
        select id=(id) name=(key) aria-describedby={ "fault-" (key) } {
            @if may_be_empty { option value="" selected[value.is_empty()] { (text("none")) } }
            @for (stored, shown) in options { option value=(stored) selected[stored == value] { (shown) } }
            // As its list wrote it.
            @if !is_listed && !value.is_empty() { option value=(value) selected { (value) } }
        }
    }
}

/// An answer about getting in: yes, no or not known, and the words of the list.
fn answer_field(fact: AccessFact, key: &str, label: &str, value: &str) -> Markup {
    let answer = read_answer(fact, value);
    let [yes, no] = yes_no(fact);
    let (chosen, words) = match &answer {
        Some(answer) => (if answer.yes { yes } else { no }, answer.words.as_str()),
        None => ("", value),
    };
    let (id, words_id) = (format!("field-{key}"), format!("words-{key}"));
    let words_label = messages().fill("access.words", &[("label", label)]);
    html! {
        div class="field edit-answer" data-field=(key) data-answer="true" {
            label for=(id) { (label) }
            (fault_line(key))
            div class="edit-answer-row" {
                select id=(id) name=(key) aria-describedby={ "fault-" (key) } {
                    option value="" selected[chosen.is_empty()] { (text("unknown")) }
                    @for short in [yes, no] { option value=(short) selected[chosen == short] { (short) } }
                }
                label class="visually-hidden" for=(words_id) { (words_label) }
                input id=(words_id) name={ (key) ".words" } value=(words) type="text" autocomplete="off" placeholder=(text("access.placeholder"));
            }
        }
    }
}

fn options_of(snapshot: &Snapshot, column: PlaceColumn) -> Option<Vec<FieldOption>> {
    Some(match column {
        PlaceColumn::Category => category_options(snapshot),
        PlaceColumn::District if !snapshot.districts.all().is_empty() => district_options(snapshot),
        PlaceColumn::Status => status_options(),
        PlaceColumn::Audience => audience_options(),
        PlaceColumn::Mode => words(MeetingMode::ALL.map(MeetingMode::code)),
        PlaceColumn::Precision => precision_options(),
        _ => return None,
    })
}

fn is_long(column: PlaceColumn) -> bool {
    matches!(
        column,
        PlaceColumn::Schedule
            | PlaceColumn::Directions
            | PlaceColumn::Description
            | PlaceColumn::Note
            | PlaceColumn::Eligibility
            | PlaceColumn::OtherAccess
    )
}

fn input_mode(column: PlaceColumn) -> Option<&'static str> {
    match column {
        PlaceColumn::Latitude | PlaceColumn::Longitude => Some("decimal"),
        PlaceColumn::Phone | PlaceColumn::Fax | PlaceColumn::PersonPhone => Some("tel"),
        PlaceColumn::Email => Some("email"),
        PlaceColumn::Url => Some("url"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::model::place_workbook::WorkbookColumn;

    #[test]
    fn the_form_has_every_column_of_a_workbook_that_an_edit_may_change_once() {
        let columns = groups().into_iter().flat_map(|group| group.columns);
        let all: Vec<String> = columns.map(|column| column.key().to_owned()).collect();
        let set: BTreeSet<String> = all.iter().cloned().collect();
        assert_eq!(set.len(), all.len(), "each once");
        let fixed = ["id", "verified_on", "verified_how", "accepts_new"];
        let columns = WorkbookColumn::of_audience(Audience::Staff).map(|column| column.key().into_owned());
        let expected: BTreeSet<String> = columns.filter(|key| !fixed.contains(&key.as_str())).collect();
        assert_eq!(set, expected);
    }
}
