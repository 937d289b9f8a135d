use super::*;
use crate::config::Config;
use crate::model::place_workbook::{WorkbookNames, cell_text};
use crate::model::{DistrictTable, Location, Place, PlaceId, Position, Source};

/// A place with a point and a confirmation, after `edits`; the reason for the first that was refused.
fn edited(edits: &[(&str, &str)]) -> Result<EditedPlace, WhyUndecided> {
    let config = Config::built_in();
    let districts = DistrictTable::default();
    let known = ImportContext { today: "2026-11-22".parse().ok(), ..config.import_context(&districts) };
    let position = Position::new(134.77, 35.38).unwrap();
    let place = EditedPlace {
        facts: Facts {
            name: "会".to_owned(),
            site: Some(Location { position, precision: Precision::Town }),
            ..Facts::default()
        },
        verification: Some(Verification { on: "2026-04-01".parse().unwrap(), by: None, how: None, accepts_new: None }),
    };
    let edits = edits.iter().map(|(key, text)| (WorkbookColumn::of_key(key).unwrap(), (*text).to_owned())).collect();
    let (next, refused) = apply_all(&place, &edits, known);
    refused.first().map_or(Ok(next), |(_, why)| Err(*why))
}

/// The text under a column after edits.
fn text(key: &str, edits: &[(&str, &str)]) -> String {
    let EditedPlace { facts, verification } = edited(edits).unwrap();
    let place = Place { id: PlaceId::default(), facts, source: Source::default(), verification };
    let config = Config::built_in();
    let names = WorkbookNames { categories: &config.categories, districts: &DistrictTable::default() };
    cell_text(&place, &WorkbookColumn::of_key(key).unwrap(), names).into_owned()
}

#[test]
fn what_people_type_is_read_and_written_as_we_write_it() {
    for (key, typed, written) in [
        ("name", " 新しい会　", "新しい会"),
        ("status", "休止中", "休止中"),
        ("status", "終了しました", "終了"),
        ("status", "closed", "終了"),
        ("mode", "訪問", "訪問"),
        ("audience", "非公開", "職員のみ"),
        ("audience", "○", "公開"),
        ("roles", "参加、教える", "参加;教える"),
        ("tags", "囲碁; 将棋;", "囲碁;将棋"),
        ("parking", "〇", "○"),
        ("parking", "×:近くにあり", "×：近くにあり"),
        ("parking", "有", "○"),
        ("step_free", "あり", "あり"),
        ("step_free", "○", "あり"),
        ("parking", "不明", ""),
        ("other_access", "静か:○", "静か：○"),
        ("consent_given", "令和8年4月1日", "2026-04-01"),
        ("verified_on", "2026/11/01", "2026-11-01"),
        ("verified_on", "46300", "2026-10-05"),
        ("latitude", "３５．５", "35.5"),
        ("extra:鍵", "玄関", "玄関"),
        ("url", "https://a:b@example.jp/", "https://example.jp/"),
        ("note", "=1+1", "=1+1"),
    ] {
        assert_eq!(text(key, &[(key, typed)]), written, "{key} {typed}");
    }
}

#[test]
fn what_is_not_understood_changes_nothing_and_says_why() {
    use WhyUndecided::{CannotBeEmpty, NotConfirmed, NotUnderstood};
    for (edits, why) in [
        (&[("name", "")][..], CannotBeEmpty),
        (&[("category", "ないもの・ないもの")], NotUnderstood),
        (&[("status", "たぶん")], NotUnderstood),
        (&[("audience", "△")], NotUnderstood),
        (&[("audience", "")], CannotBeEmpty),
        (&[("roles", "参加;見る")], NotUnderstood),
        (&[("parking", "たぶん")], NotUnderstood),
        (&[("latitude", "北")], NotUnderstood),
        (&[("latitude", "")], NotUnderstood),
        (&[("latitude", "51.5"), ("longitude", "0.1")], NotUnderstood),
        (&[("precision", "")], CannotBeEmpty),
        (&[("verified_on", "")], NotConfirmed),
        (&[("verified_on", "2026-03-01")], NotConfirmed),
        (&[("verified_on", "2027-03-01")], NotUnderstood),
        (&[("verified_how", "電話")], NotConfirmed),
        (&[("consent_until", "いつか")], NotUnderstood),
        (&[("person", "見本 花子"), ("public_person", "見本 太郎")], NotUnderstood),
    ] {
        assert_eq!(edited(edits), Err(why), "{edits:?}");
    }
}

#[test]
fn columns_that_are_one_statement_are_read_together() {
    let all = [("latitude", ""), ("longitude", ""), ("precision", "")];
    assert_eq!(edited(&all).unwrap().facts.site, None);
    let moved = edited(&[("latitude", "35.5"), ("longitude", "134.5")]).unwrap().facts.site.unwrap();
    assert_eq!((moved.position, moved.precision), (Position::new(134.5, 35.5).unwrap(), Precision::Town));
    let public = edited(&[("person", ""), ("public_person", "会長")]).unwrap().facts.contact.person.unwrap();
    assert!(public.public);
    let doubtful = edited(&[("person", "会長"), ("public_person", "会長")]).unwrap().facts.contact.person.unwrap();
    assert!(!doubtful.public, "in doubt a name is not public");
    let seen = edited(&[("verified_on", "2026-11-01"), ("verified_how", "訪問"), ("accepts_new", "可")]).unwrap();
    let seen = seen.verification.unwrap();
    assert_eq!((seen.how.as_deref(), seen.accepts_new), (Some("訪問"), Some(true)));
}
