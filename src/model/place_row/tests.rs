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
