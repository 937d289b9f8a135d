//! The lists of the municipal standard: exact columns, nothing guessed, and nothing lost without a word.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use tsunagari::index::{Snapshot, SnapshotInput};
use tsunagari::model::place_row::PlaceColumn;
use tsunagari::model::{Audience, Precision, Schedule};
use tsunagari::publish::calendar::{CalendarWindow, every_event};
use tsunagari::publish::municipal::{MunicipalEncoding, MunicipalFile};

use crate::sample_city::sample;

/// The rows of a list below its headings.
struct List {
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl List {
    fn read(text: &str) -> Self {
        let mut rows = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(text.as_bytes())
            .into_records()
            .map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>());
        Self { headings: rows.next().unwrap(), rows: rows.collect() }
    }

    fn of(snapshot: &Snapshot, file: MunicipalFile) -> Self {
        let bytes = file.bytes(snapshot, today(), MunicipalEncoding::Utf8).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains('\r'), "lines end by CRLF");
        Self::read(text.strip_prefix('\u{feff}').unwrap())
    }

    fn cell<'a>(&'a self, row: &'a [String], heading: &str) -> &'a str {
        &row[self.headings.iter().position(|it| it == heading).unwrap()]
    }
}

fn today() -> NaiveDate {
    "2026-11-27".parse().unwrap()
}

/// The sample's public places that are no private person: of those, texts are left out.
fn everything() -> SnapshotInput {
    static SAMPLE: std::sync::LazyLock<SnapshotInput> = std::sync::LazyLock::new(|| {
        let mut everything = sample().everything;
        let public: BTreeSet<_> =
            public(&everything).places.iter().filter(|it| !it.private).map(|it| it.place.id.clone()).collect();
        everything.places.retain(|place| public.contains(&place.id));
        everything
    });
    SAMPLE.clone()
}

fn public(everything: &SnapshotInput) -> Snapshot {
    Snapshot::build(everything, Audience::Public)
}

#[test]
fn every_place_is_a_facility_and_every_date_an_event() {
    let snapshot = public(&everything());
    let facilities = List::of(&snapshot, MunicipalFile::Facilities);
    let names: Vec<&str> = facilities.rows.iter().map(|row| facilities.cell(row, "名称")).collect();
    assert_eq!(names, snapshot.places.iter().map(|it| it.place.facts.name.as_str()).collect::<Vec<_>>());
    let numbers: Vec<usize> = facilities.rows.iter().map(|row| facilities.cell(row, "NO").parse().unwrap()).collect();
    assert_eq!(numbers, (1..=snapshot.places.len()).collect::<Vec<_>>());
    for (row, listed) in facilities.rows.iter().zip(snapshot.places.iter()) {
        let is_door = listed.place.facts.site.is_some_and(|site| site.precision == Precision::Door);
        assert_eq!(!facilities.cell(row, "緯度").is_empty(), is_door, "{row:?}");
        let kana = facilities.cell(row, "名称_カナ");
        assert!(!kana.chars().any(|c| ('ぁ'..='ゖ').contains(&c) || ('ｦ'..='ﾟ').contains(&c)), "{kana}");
    }

    let events = List::of(&snapshot, MunicipalFile::Events);
    let all: Vec<usize> = (0..snapshot.places.len()).collect();
    let expected: Vec<_> = every_event(&snapshot, &all, CalendarWindow::around(today())).collect();
    assert!(expected.len() > 500, "{}", expected.len());
    assert_eq!(events.rows.len(), expected.len());
    for (row, event) in events.rows.iter().zip(&expected) {
        let start = format!("{}T{}", events.cell(row, "開始日"), events.cell(row, "開始時間"));
        assert_eq!(start.trim_end_matches('T'), event.occurrence.start.to_string());
        assert_eq!(events.cell(row, "イベント名"), snapshot.places[event.place].place.facts.name);
    }
}

#[test]
fn days_and_hours_of_the_week_stand_only_where_one_statement_says_all_of_them() {
    let mut everything = everything();
    let place = everything.places[0].clone();
    let cases = [
        (&["毎週月・水・金曜 10:00〜11:30"][..], ["月水金", "10:00", "11:30"]),
        (&["毎日 9:00〜17:00"], ["月火水木金土日", "09:00", "17:00"]),
        (&["毎週木曜 13:00から"], ["木", "13:00", ""]),
        (&["毎週木曜"], ["", "", ""]),
        (&["毎週木曜 10:00〜11:00（祝日は休み）"], ["", "", ""]),
        (&["毎週木曜 10:00〜11:00（8月は休み）"], ["", "", ""]),
        (&["第2・第4木曜 10:00〜11:00"], ["", "", ""]),
        (&["毎週木曜 10:00〜11:00、14:00〜15:00"], ["", "", ""]),
        (&["毎週木曜 10:00〜11:00", "毎週金曜 10:00〜11:00"], ["", "", ""]),
        (&["木曜のどこかで"], ["", "", ""]),
        (&[], ["", "", ""]),
    ];
    for (texts, cells) in cases {
        let mut one = place.clone();
        one.facts.schedule = texts.iter().map(|text| Schedule { text: (*text).to_owned() }).collect();
        everything.places = vec![one];
        let facilities = List::of(&public(&everything), MunicipalFile::Facilities);
        let row = &facilities.rows[0];
        let shown = ["利用可能曜日", "開始時間", "終了時間"].map(|heading| facilities.cell(row, heading));
        assert_eq!(shown, cells, "{texts:?}");
        let words = facilities.cell(row, "利用可能時間特記事項");
        assert!(texts.iter().all(|text| words.contains(text)), "the words are lost: {words}");
    }
}

#[test]
fn what_has_no_column_is_listed_place_by_place() {
    let snapshot = public(&everything());
    let facilities = List::of(&snapshot, MunicipalFile::Facilities);
    let events = List::of(&snapshot, MunicipalFile::Events);
    let unmapped = List::of(&snapshot, MunicipalFile::Unmapped);
    let listed: BTreeSet<(&str, &str, &str)> = unmapped
        .rows
        .iter()
        .map(|row| (unmapped.cell(row, "ファイル"), unmapped.cell(row, "ID"), unmapped.cell(row, "項目")))
        .collect();
    let names = [MunicipalFile::Facilities, MunicipalFile::Events].map(|file| file.name(&snapshot.city));
    let mut held_back = 0;
    for (at, place) in snapshot.places.iter().enumerate() {
        let facts = &place.place.facts;
        let is_listed = |file: usize, column: PlaceColumn| {
            listed.contains(&(names[file].as_str(), place.place.id.0.as_str(), column.heading()))
        };
        assert_eq!(is_listed(0, PlaceColumn::Cost), facts.cost.is_some(), "{}", facts.name);
        assert_eq!(is_listed(0, PlaceColumn::Bring), facts.bring.is_some(), "{}", facts.name);
        assert!(!is_listed(0, PlaceColumn::Note) && !is_listed(0, PlaceColumn::Description));
        let is_rough = facts.site.is_some_and(|site| site.precision != Precision::Door);
        assert_eq!(is_listed(0, PlaceColumn::Latitude), is_rough, "{}", facts.name);
        let is_event = events.rows.iter().any(|row| events.cell(row, "イベント名") == facts.name);
        if !is_event {
            assert!(is_listed(1, PlaceColumn::Schedule), "{} has no row and nobody says so", facts.name);
            held_back += 1;
        }
        if let Some(cost) = facts.cost.as_deref().filter(|_| is_event) {
            assert!(events.rows.iter().any(|row| events.cell(row, "料金(詳細)") == cost), "{cost}");
        }
        assert_eq!(facilities.cell(&facilities.rows[at], "備考"), facts.note.as_deref().unwrap_or_default());
    }
    assert!(held_back > 5, "{held_back}");
}

#[test]
fn in_shift_jis_a_character_that_is_not_there_is_shown_and_listed() {
    let mut everything = everything();
    everything.places.truncate(2);
    everything.places[0].facts.name = "𠮷野の会〜😀".to_owned();
    everything.places[0].facts.contact.phone = Some("0790-00-1234（内線 56）".to_owned());
    everything.places[1].facts.note = Some("=1+1".to_owned());
    let snapshot = public(&everything);
    let at = snapshot.places.iter().position(|it| it.place.facts.name.contains('野')).unwrap();
    let bytes = |file: MunicipalFile| file.bytes(&snapshot, today(), MunicipalEncoding::ShiftJis).unwrap();
    let facilities = bytes(MunicipalFile::Facilities);
    let (text, _, is_broken) = encoding_rs::SHIFT_JIS.decode(&facilities);
    assert!(!is_broken);
    let facilities = List::read(&text);
    let row = &facilities.rows[at];
    assert_eq!(facilities.cell(row, "名称"), "〓野の会～〓");
    let telephone = ["電話番号", "内線番号"].map(|heading| facilities.cell(row, heading));
    assert_eq!(telephone, ["0790-00-1234", "56"]);
    assert_eq!(facilities.cell(&facilities.rows[1 - at], "備考"), "'=1+1");
    let unmapped = String::from_utf8(bytes(MunicipalFile::Unmapped)).unwrap();
    let unmapped = List::read(unmapped.trim_start_matches('\u{feff}'));
    let missing = unmapped.rows.iter().find(|row| unmapped.cell(row, "値") == "𠮷😀").unwrap();
    assert_eq!(unmapped.cell(missing, "項目"), "名称");
}

#[test]
fn the_columns_are_those_of_the_published_templates() {
    let Ok(data) = std::env::var("TSUNAGARI_REAL_DATA") else {
        eprintln!("skipped: TSUNAGARI_REAL_DATA is not set");
        return;
    };
    let snapshot = public(&everything());
    for (file, template) in [(MunicipalFile::Facilities, "public_facility"), (MunicipalFile::Events, "event")] {
        let path = std::path::Path::new(&data).join(format!("standards/template_{template}.csv"));
        let text = std::fs::read_to_string(path).unwrap();
        assert_eq!(List::of(&snapshot, file).headings, List::read(text.trim_start_matches('\u{feff}')).headings);
        assert!(file.name(&snapshot.city).ends_with(&format!("_{template}.csv")));
    }
}
