use std::collections::BTreeSet;

use super::*;

#[test]
fn every_column_has_a_heading_of_its_own_and_every_heading_a_column() {
    let headings: BTreeSet<&str> = PlaceColumn::all().map(PlaceColumn::heading).collect();
    assert_eq!(headings.len(), PlaceColumn::all().count());
    assert!(!headings.contains(""));
    for key in ROW_WORDS.headings.keys() {
        assert_eq!(PlaceColumn::all().filter(|column| column.key() == key).count(), 1, "{key}");
    }
    for column in PlaceColumn::all() {
        assert_eq!(PlaceColumn::of_heading(column.heading()), Some(column));
    }
}

#[test]
fn every_access_fact_has_a_column_or_a_label_and_not_both() {
    for fact in AccessFact::ALL {
        let has_column = PlaceColumn::all().any(|column| column == PlaceColumn::Access(fact));
        assert_ne!(has_column, ROW_WORDS.labels.contains_key(fact.code()), "{fact:?}");
    }
}

#[test]
fn items_come_back_whatever_they_hold() {
    for items in [&["a;b", "c\\", "\\;"][..], &["囲碁", "将棋"], &["\\\\;;"], &[]] {
        assert_eq!(items::parted(&items::joined(items.iter().copied())), items);
    }
}

#[test]
fn answers_about_access_come_back_with_their_words() {
    for fact in AccessFact::ALL {
        for (yes, words) in [(true, ""), (false, ""), (true, "玄関に：スロープ"), (false, "×")] {
            let answer = crate::model::AccessAnswer { yes, words: words.to_owned() };
            assert_eq!(read_answer(fact, &answer_text(fact, &answer)), Some(answer), "{fact:?}");
        }
        assert_eq!(read_answer(fact, "たぶん"), None);
    }
}

#[test]
fn a_consent_comes_back_and_what_was_changed_into_something_else_is_unclear() {
    use crate::model::{Consent, ConsentState, Facts, Place, PlaceId, Source};
    let day = |text: &str| text.parse().ok();
    let read = |cell: &dyn Fn(PlaceColumn) -> String| {
        let texts: std::collections::BTreeMap<PlaceColumn, String> =
            PlaceColumn::all().map(|column| (column, cell(column))).collect();
        let mut reader = PlaceRecordReader::new(|column| texts[&column].as_str());
        reader.record().facts.consent
    };
    for state in ConsentState::ALL {
        for (given_on, until) in [(day("2026-04-01"), None), (None, day("2027-03-31")), (None, None)] {
            let consent = Some(Consent { given_on, until, state });
            let facts = Facts { consent: consent.clone(), ..Facts::default() };
            let place = Place { id: PlaceId("a".to_owned()), facts, source: Source::default(), verification: None };
            let row = PlaceRow {
                place: &place,
                category: "",
                district: None,
                licence: None,
                is_private: true,
                is_sample: false,
            };
            assert_eq!(read(&|column| row.text(column).into_owned()), consent);
            let damaged = |column| match column {
                PlaceColumn::ConsentState => "たぶん".to_owned(),
                column => row.text(column).into_owned(),
            };
            assert_eq!(read(&damaged).map(|it| it.state), Some(ConsentState::Unclear));
        }
    }
}
