//! Holds `docs/privacy.md` to the access table. `UPDATE_DOCS=1` writes it anew.

use std::fmt::Write as _;

use tsunagari::index::{Snapshot, SnapshotInput};
use tsunagari::model::{Audience, Category, CategoryId, CategoryTable, Language};
use tsunagari::privacy::{ACCESS_TABLE, FieldAccess, FieldRule};

const PAGE: &str = "docs/privacy.md";
const BEGIN: &str = "<!-- access table: UPDATE_DOCS=1 cargo test --test library access_table -->\n";
const END: &str = "<!-- end of the access table -->";

fn table() -> String {
    let mut out =
        "\n| record | field | link workers | public | public: private person's place |\n|---|---|---|---|---|\n"
            .to_owned();
    for FieldAccess { record, field, link_workers, public, private_person } in
        ACCESS_TABLE.iter().flat_map(|rows| *rows)
    {
        let private = private_person.unwrap_or(*public);
        let [inner, outer, private] = [*link_workers, *public, private].map(FieldRule::in_words);
        writeln!(out, "| `{record}` | `{field}` | {inner} | {outer} | {private} |").unwrap();
    }
    out + "\n"
}

#[test]
fn the_page_has_every_row_of_the_access_table() {
    let page = std::fs::read_to_string(PAGE).unwrap();
    let (head, rest) = page.split_once(BEGIN).expect("the page has a place for the table");
    let (_, foot) = rest.split_once(END).expect("the table ends");
    let made = format!("{head}{BEGIN}{}{END}{foot}", table());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(PAGE, &made).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(PAGE).unwrap(),
        made,
        "run UPDATE_DOCS=1 cargo test --test library access_table"
    );
}

#[test]
fn no_field_that_the_program_does_not_know_leaves_the_staff() {
    let extra: Vec<_> = ACCESS_TABLE.iter().flat_map(|rows| *rows).filter(|row| row.field == "extra").collect();
    assert_eq!(extra.len(), 2);
    assert!(extra.iter().all(|row| [row.link_workers, row.public] == [FieldRule::Hidden; 2]));
}

#[test]
fn link_workers_see_at_least_what_the_public_sees() {
    for row in ACCESS_TABLE.iter().flat_map(|rows| *rows) {
        let is_public = row.public != FieldRule::Hidden || row.private_person.is_some_and(|it| it != FieldRule::Hidden);
        assert!(!is_public || row.link_workers != FieldRule::Hidden, "{}.{}", row.record, row.field);
    }
}

#[test]
fn what_is_published_of_a_category_is_what_the_access_table_opens() {
    let name: [(Language, &str); 1] = [(Language::Ja, "畑")];
    let category = Category {
        id: CategoryId("farm".to_owned()),
        name: name.into(),
        group: "農業".into(),
        color: "#009e73".to_owned(),
        icon: "farm".to_owned(),
        buildings: false,
        private_persons: true,
        person_to_person: false,
        office: Some("農林課".to_owned()),
        office_phone: Some("079-000-1111".to_owned()),
        words: vec!["秘密の言葉".to_owned()],
    };
    let everything = SnapshotInput { categories: CategoryTable::new(vec![category]), ..SnapshotInput::default() };
    let json = tsunagari::publish::geojson::categories(&Snapshot::build(&everything, Audience::Public));
    let published: serde_json::Value = serde_json::from_slice(json.as_ref()).unwrap();
    let published = published["categories"][0].as_object().unwrap();
    for row in ACCESS_TABLE.iter().flat_map(|rows| *rows).filter(|row| row.record == "Category") {
        let is_there = published.keys().any(|key| key == row.field || key.strip_suffix("_ja") == Some(row.field));
        assert_eq!(is_there, row.public == FieldRule::All, "{}", row.field);
    }
}
