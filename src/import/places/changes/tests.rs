//! What a newer edition changes, and that nothing an editor or the list did is lost.

use chrono::{DateTime, NaiveDate};
use proptest::prelude::*;

use super::*;
use crate::model::place::Town;
use crate::model::{AccessAnswer, AccessFact, Author, Contact, Location, PlaceId, Position, Precision};

fn facts(name: &str) -> Facts {
    Facts { name: name.into(), address: Some("関宮1-2".into()), ..Facts::default() }
}

fn source(row: u32) -> Source {
    Source { list: "通いの場".into(), file: "a.csv".into(), row, ..Source::default() }
}

fn row(row: u32, facts: Facts) -> ImportedPlace {
    ImportedPlace { source: source(row), facts, verification: None }
}

/// What is stored: `current`, read last time as `base`.
fn stored(id: &str, current: Facts, base: Facts) -> Revision {
    let place = Place { id: PlaceId(id.into()), facts: current, source: source(4), verification: None };
    Revision { number: 1, place, base: Some(base), author: Author::Import, at: DateTime::UNIX_EPOCH }
}

fn plan_of(revisions: &[Revision], rows: &[ImportedPlace]) -> EditionPlan {
    let stored: Vec<_> = revisions.iter().map(|revision| StoredPlace { revision, absent: false }).collect();
    plan(&stored, rows)
}

fn known(plan: &EditionPlan, row: usize) -> &KnownRow {
    match &plan.rows[row] {
        RowPlan::Known(known) => known,
        RowPlan::Added => panic!("row {row} is new"),
    }
}

fn day(text: &str) -> Verification {
    let on: NaiveDate = text.parse().unwrap();
    Verification { on, by: None, how: None, accepts_new: None }
}

fn site(lon: f64, precision: Precision) -> Location {
    Location { position: Position::new(lon, 35.4).unwrap(), precision }
}

#[test]
fn a_row_on_another_line_sheet_or_file_is_no_change() {
    let revisions = [stored("a", facts("囲碁"), facts("囲碁"))];
    let mut moved = row(99, facts("囲碁"));
    moved.source.sheet = Some("別シート".into());
    moved.source.file = "b.xlsx".into();
    let plan = plan_of(&revisions, &[moved]);
    assert_eq!(known(&plan, 0).next, None);
    assert!(known(&plan, 0).change.is_empty());
    assert!(plan.changes_nothing(&[StoredPlace { revision: &revisions[0], absent: false }]));
}

#[test]
fn what_the_list_changed_is_taken_and_what_an_editor_changed_stays() {
    let edited = Facts { note: Some("要予約".into()), ..facts("囲碁") };
    let newer = Facts { cost: Some("100円".into()), ..facts("囲碁") };
    let plan = plan_of(&[stored("a", edited.clone(), facts("囲碁"))], &[row(4, newer.clone())]);
    let known = known(&plan, 0);
    let next = known.next.as_ref().unwrap();
    assert_eq!(next.place.facts, Facts { cost: Some("100円".into()), ..edited });
    assert_eq!(next.base, newer);
    assert_eq!((known.change.fields.as_slice(), known.change.conflicts.len()), (&["cost".to_owned()][..], 0));
}

#[test]
fn what_both_changed_differently_stays_as_edited_and_is_told_once() {
    let edited = Facts { cost: Some("無料".into()), ..facts("囲碁") };
    let newer = Facts { cost: Some("100円".into()), ..facts("囲碁") };
    let plan = plan_of(&[stored("a", edited.clone(), facts("囲碁"))], &[row(4, newer.clone())]);
    let first = known(&plan, 0);
    let next = first.next.clone().unwrap();
    assert_eq!((next.place.facts.clone(), first.change.conflicts.clone()), (edited, vec!["cost".to_owned()]));

    let again = plan_of(&[stored("a", next.place.facts, next.base)], &[row(4, newer)]);
    assert_eq!(known(&again, 0).next, None);
    assert!(known(&again, 0).change.is_empty());
}

#[test]
fn an_edit_that_the_list_catches_up_with_becomes_the_lists_own() {
    let both = Facts { cost: Some("100円".into()), ..facts("囲碁") };
    let plan = plan_of(&[stored("a", both.clone(), facts("囲碁"))], &[row(4, both.clone())]);
    assert!(known(&plan, 0).change.is_empty());
    let next = known(&plan, 0).next.clone().unwrap();
    assert_eq!((next.place.facts, next.base), (both.clone(), both));
}

#[test]
fn single_facts_of_access_contact_and_unknown_columns_are_merged_apart() {
    let yes = |words: &str| AccessAnswer { yes: true, words: words.into() };
    let contact = |phone: &str| Contact { phone: Some(phone.into()), ..Contact::default() };
    let base = Facts { contact: contact("1"), ..facts("囲碁") };
    let mut edited = base.clone();
    edited.access.insert(AccessFact::Chairs, yes("椅子"));
    edited.contact.email = Some("a@example.jp".into());
    let mut newer = Facts { contact: contact("2"), ..facts("囲碁") };
    newer.access.insert(AccessFact::Parking, yes("駐車場"));
    newer.extra.insert("備考2".into(), "x".into());
    let plan = plan_of(&[stored("a", edited, base)], &[row(4, newer)]);
    let merged = &known(&plan, 0).next.as_ref().unwrap().place.facts;
    assert_eq!(merged.access.len(), 2);
    assert_eq!((merged.contact.phone.as_deref(), merged.contact.email.as_deref()), (Some("2"), Some("a@example.jp")));
    assert_eq!(known(&plan, 0).change.fields, ["access", "contact", "extra"]);
    assert!(known(&plan, 0).change.conflicts.is_empty());
}

#[test]
fn a_point_found_by_the_lists_address_does_not_go_to_an_address_that_was_edited() {
    let town = |name: &str| Some(Town { name: name.into(), centre: Position::new(134.6, 35.4).unwrap() });
    let base = Facts { site: None, ..facts("囲碁") };
    let edited = Facts { address: Some("大谷7".into()), ..base.clone() };
    let newer = Facts { site: Some(site(134.6, Precision::Town)), town: town("関宮"), ..base.clone() };
    let plan = plan_of(&[stored("a", edited.clone(), base.clone())], &[row(4, newer)]);
    assert_eq!(known(&plan, 0).next.as_ref().unwrap().place.facts, edited);

    let surveyed = Facts { site: Some(site(134.7, Precision::Door)), ..base.clone() };
    let plan = plan_of(&[stored("a", edited, base)], &[row(4, surveyed.clone())]);
    assert_eq!(known(&plan, 0).next.as_ref().unwrap().place.facts.site, surveyed.site);
}

#[test]
fn only_a_later_day_of_confirmation_replaces_the_stored_one() {
    for (old, new, kept) in [
        (None, Some("2026-04-01"), Some("2026-04-01")),
        (Some("2026-04-01"), None, Some("2026-04-01")),
        (Some("2026-04-01"), Some("2026-03-31"), Some("2026-04-01")),
        (Some("2026-04-01"), Some("2026-04-02"), Some("2026-04-02")),
    ] {
        let mut revision = stored("a", facts("囲碁"), facts("囲碁"));
        revision.place.verification = old.map(day);
        let mut incoming = row(4, facts("囲碁"));
        incoming.verification = new.map(day);
        let plan = plan_of(&[revision], &[incoming]);
        let known = known(&plan, 0);
        let changed = old != kept;
        assert_eq!(known.change.fields, if changed { vec!["verification"] } else { vec![] });
        assert_eq!(known.next.as_ref().map(|n| n.place.verification.clone()), changed.then(|| kept.map(day)));
    }
}

#[test]
fn a_new_name_or_address_is_a_change_with_a_note() {
    let plan = plan_of(
        &[stored("a", facts("ひまわりサロン"), facts("ひまわりサロン"))],
        &[row(4, Facts { venue: Some("関宮公民館".into()), ..facts("いきいきひまわりサロン") })],
    );
    assert_eq!(known(&plan, 0).change.fields, ["name", "venue"]);
    let notes =
        [ChangeNote::Renamed { from: "ひまわりサロン".into() }, ChangeNote::Moved { from: Some("関宮1-2".into()) }];
    assert_eq!(known(&plan, 0).change.notes, notes);
}

#[test]
fn a_place_that_is_gone_is_a_candidate_until_somebody_closes_it() {
    let closed = Facts { status: Status::Closed, ..facts("将棋") };
    let revisions = [
        stored("a", facts("囲碁"), facts("囲碁")),
        stored("b", closed, facts("将棋")),
        stored("c", facts("茶道"), facts("茶道")),
    ];
    let stored: Vec<_> = revisions.iter().map(|revision| StoredPlace { revision, absent: true }).collect();
    let plan = plan(&stored, &[row(4, facts("茶道"))]);
    assert_eq!((plan.gone.as_slice(), plan.missing.as_slice()), (&[0][..], &[0, 1][..]));
    assert!(known(&plan, 0).returned && known(&plan, 0).next.is_none());
    assert!(!plan.changes_nothing(&stored));
}

#[test]
fn a_place_that_was_closed_here_and_comes_back_in_the_list_stays_closed_and_is_told() {
    let closed = Facts { status: Status::Closed, ..facts("将棋") };
    let revision = stored("b", closed, facts("将棋"));
    let plan = plan(&[StoredPlace { revision: &revision, absent: true }], &[row(4, facts("将棋"))]);
    assert_eq!(known(&plan, 0).change.conflicts, ["status"]);
    assert_eq!(known(&plan, 0).change.notes, [ChangeNote::ClosedHere]);
    assert_eq!(known(&plan, 0).next, None);
}

#[test]
fn an_id_that_the_list_gives_later_is_kept_and_one_it_leaves_out_is_not_forgotten() {
    let mut with_id = row(4, facts("囲碁"));
    with_id.source.list_id = Some("a1".into());
    let plan_with = plan_of(&[stored("a", facts("囲碁"), facts("囲碁"))], &[with_id]);
    assert_eq!(known(&plan_with, 0).change.fields, ["list_id"]);

    let mut revision = stored("a", facts("囲碁"), facts("囲碁"));
    revision.place.source.list_id = Some("a1".into());
    let plan = plan_of(&[revision], &[row(4, Facts { cost: Some("1".into()), ..facts("囲碁") })]);
    assert_eq!(known(&plan, 0).next.as_ref().unwrap().place.source.list_id.as_deref(), Some("a1"));
}

/// Facts whose fields each take one of few values, so that the three sides often agree.
fn some_facts() -> impl Strategy<Value = Facts> {
    let word = || prop::option::of(prop::sample::select(vec!["x", "y", "z"]).prop_map(str::to_owned));
    let access = prop::collection::btree_map(
        prop::sample::select(vec![AccessFact::Chairs, AccessFact::Parking, AccessFact::Toilet]),
        any::<bool>().prop_map(|yes| AccessAnswer { yes, words: String::new() }),
        0..3,
    );
    let site = prop::option::of((134.0..134.9, any::<bool>()).prop_map(|(lon, door)| {
        let precision = if door { Precision::Door } else { Precision::Town };
        Location { position: Position::new(lon, 35.4).unwrap(), precision }
    }));
    (word(), word(), word(), word(), access, site).prop_map(|(cost, note, address, phone, access, site)| Facts {
        name: "囲碁".into(),
        contact: Contact { phone, ..Contact::default() },
        cost,
        note,
        address,
        access,
        site,
        ..Facts::default()
    })
}

fn object(facts: &Facts) -> serde_json::Value {
    serde_json::to_value(facts).unwrap()
}

proptest! {
    #[test]
    fn no_edit_and_no_change_of_the_list_is_ever_lost(base in some_facts(), edited in some_facts(), newer in some_facts()) {
        let merged = merge(&base, &edited, &newer);
        let (b, e, n, m) = (object(&base), object(&edited), object(&newer), object(&merged.facts));
        for field in ["cost", "note", "address"] {
            let edited_here = e[field] != b[field];
            if edited_here {
                prop_assert_eq!(&m[field], &e[field], "an edit of {} was lost", field);
                let conflict = n[field] != b[field] && n[field] != e[field];
                prop_assert_eq!(merged.conflicts.iter().any(|c| c == field), conflict);
            } else {
                prop_assert_eq!(&m[field], &n[field], "the list's {} was lost", field);
            }
        }
        for fact in AccessFact::ALL {
            let (b, e, n) = (base.access.get(&fact), edited.access.get(&fact), newer.access.get(&fact));
            prop_assert_eq!(merged.facts.access.get(&fact), if e == b { n } else { e });
        }
        if edited.site != base.site {
            prop_assert_eq!(merged.facts.site, edited.site, "a point placed by hand was lost");
        }
        let differs = merged.facts != edited;
        prop_assert_eq!(merged.fields.is_empty(), !differs);
    }

    #[test]
    fn the_same_edition_twice_changes_nothing(base in some_facts(), edited in some_facts(), newer in some_facts()) {
        let first = plan_of(&[stored("a", edited, base)], &[row(4, newer.clone())]);
        let RowPlan::Known(first) = &first.rows[0] else { return Ok(()) };
        let Some(next) = &first.next else { return Ok(()) };
        let again = plan_of(&[stored("a", next.place.facts.clone(), next.base.clone())], &[row(4, newer)]);
        prop_assert_eq!(&known(&again, 0).next, &None);
        prop_assert!(known(&again, 0).change.is_empty());
    }
}

#[test]
fn a_place_that_ends_is_reported_once_when_the_list_says_so_and_once_when_it_leaves_the_list() {
    let closed = |name: &str| Facts { status: Status::Closed, ..facts(name) };
    let revisions = [stored("a", facts("囲碁"), facts("囲碁")), stored("b", closed("将棋"), closed("将棋"))];
    let stored: Vec<_> = revisions.iter().map(|revision| StoredPlace { revision, absent: false }).collect();
    let rows = [row(2, closed("囲碁")), row(3, closed("茶道")), row(4, facts("手芸"))];
    let planned = plan(&stored, &rows);
    let says_so: Vec<bool> = planned.rows.iter().zip(&rows).map(|(plan, row)| plan.closes(row, &stored)).collect();
    assert_eq!((says_so, planned.gone), (vec![true, true, false], vec![1]));
    let again = plan(&stored, &[row(2, facts("囲碁")), row(3, closed("将棋"))]);
    assert_eq!(again.gone, Vec::<usize>::new());
    assert!(!again.rows[1].closes(&row(3, closed("将棋")), &stored), "it was known to have ended");
}
