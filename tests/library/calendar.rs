//! Calendars of the sample city: the same dates as the schedule engine gives, in a form that every program reads.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use chrono::NaiveDate;
use icalendar::{CalendarComponent, Component as _, EventLike as _};
use proptest::prelude::*;
use tsunagari::index::{Snapshot, SnapshotInput};
use tsunagari::model::{Audience, CategoryId, DistrictId, Status};
use tsunagari::publish::calendar::{
    CalendarScope, CalendarWindow, DatedEvent, NoCalendar, calendar, calendar_of_places, every_event, has_dates,
};
use tsunagari::schedule::{Moment, ScheduleContext, Timetable};

use crate::sample_city::sample;

/// What the snapshots of the sample city are built from.
fn sample_city() -> SnapshotInput {
    static SAMPLE: std::sync::LazyLock<SnapshotInput> = std::sync::LazyLock::new(|| sample().everything);
    SAMPLE.clone()
}

/// The properties of one event, by name with its parameters.
type Event = BTreeMap<String, String>;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-11-27")
}

/// The lines of a calendar, unfolded (RFC 5545, 3.1), after a check of their length and ends.
fn lines(bytes: &[u8]) -> Vec<String> {
    let text = std::str::from_utf8(bytes).unwrap();
    assert!(text.ends_with("\r\n"));
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        assert!(!line.contains(['\r', '\n']), "{line}");
    }
    text.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
}

fn events(bytes: &[u8]) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    let mut is_open = false;
    for line in lines(bytes) {
        match line.as_str() {
            "BEGIN:VEVENT" => {
                events.push(Event::new());
                is_open = true;
            }
            "END:VEVENT" => is_open = false,
            property if is_open => {
                let (name, value) = property.split_once(':').unwrap();
                assert!(events.last_mut().unwrap().insert(name.to_owned(), value.to_owned()).is_none(), "{name} twice");
            }
            _ => {}
        }
    }
    events
}

/// Start and end of an event as the calendar writes them.
fn span(event: &Event) -> (String, Option<String>) {
    let of = |name: &str| event.iter().find(|(key, _)| key.starts_with(name)).map(|(_, value)| value.clone());
    (of("DTSTART").unwrap(), of("DTEND"))
}

fn written(moment: Moment) -> String {
    match moment {
        Moment::Day(day) => day.format("%Y%m%d").to_string(),
        Moment::Time(time) => time.format("%Y%m%dT%H%M%S").to_string(),
    }
}

fn public(everything: &SnapshotInput) -> Snapshot {
    Snapshot::build(everything, Audience::Public)
}

#[test]
fn a_place_has_the_dates_of_the_engine_and_no_others() {
    let snapshot = public(&sample_city());
    let window = CalendarWindow::around(today());
    let context = ScheduleContext::of_city(&snapshot.city, day("2026-11-01"));
    let (mut with_dates, mut without) = (0, 0);
    for (at, listed) in snapshot.places.iter().enumerate() {
        let dates = Timetable::read(&listed.place.facts.schedule, &context);
        let passed = dates.clone().starting(window.first());
        let days = window.first().iter_days().take_while(|day| *day <= window.last());
        let on = |day: NaiveDate| if day < context.today { passed.on(day) } else { dates.on(day) };
        let expected: Vec<(String, Option<String>)> =
            days.flat_map(on).map(|it| (written(it.start), it.end.map(written))).collect();
        let is_held = listed.place.facts.status == Status::Active && !expected.is_empty();
        assert_eq!(has_dates(&snapshot, at, today()), is_held);
        match calendar(&snapshot, &CalendarScope::Place(listed.place.id.clone()), today()) {
            Ok(bytes) => {
                assert_eq!(
                    events(&bytes).iter().map(span).collect::<Vec<_>>(),
                    expected,
                    "{}",
                    listed.place.facts.name
                );
                assert!(is_held);
                with_dates += 1;
            }
            Err(reason) => {
                assert_eq!((reason, is_held), (NoCalendar::NoDates, false), "{}", listed.place.facts.name);
                without += 1;
            }
        }
    }
    assert!(with_dates > 20 && without > 5, "{with_dates} with, {without} without");
}

#[test]
fn the_places_of_a_district_and_of_its_categories_are_the_same_events() {
    let snapshot = public(&sample_city());
    let uids = |category: Option<&CategoryId>, district: Option<&DistrictId>| -> BTreeSet<String> {
        let scope = CalendarScope::Listed { category: category.cloned(), district: district.cloned() };
        let bytes = calendar(&snapshot, &scope, today()).unwrap();
        let events = events(&bytes);
        let uids: BTreeSet<String> = events.iter().map(|it| it["UID"].clone()).collect();
        assert_eq!(uids.len(), events.len(), "an identity twice");
        uids
    };
    for district in snapshot.districts.all() {
        let whole = uids(None, Some(&district.id));
        let categories = snapshot.categories.all().iter();
        let parts: BTreeSet<String> = categories.flat_map(|it| uids(Some(&it.id), Some(&district.id))).collect();
        assert_eq!(whole, parts, "{}", district.name);
    }
}

#[test]
fn the_frame_is_what_programs_need_to_subscribe() {
    let snapshot = public(&sample_city());
    let district = &snapshot.districts.all()[0];
    let scope = CalendarScope::Listed { category: None, district: Some(district.id.clone()) };
    let bytes = calendar(&snapshot, &scope, today()).unwrap();
    let lines = lines(&bytes);
    let head: Vec<&str> = lines.iter().take_while(|it| *it != "BEGIN:VEVENT").map(String::as_str).collect();
    for line in [
        "VERSION:2.0",
        "CALSCALE:GREGORIAN",
        "X-WR-TIMEZONE:Asia/Tokyo",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Tokyo",
        "DTSTART:19700101T000000",
        "TZOFFSETTO:+0900",
    ] {
        assert_eq!(head.iter().filter(|it| **it == line).count(), 1, "{line} in {head:#?}");
    }
    assert!(head.iter().any(|it| it.starts_with("X-WR-CALNAME") && it.contains(&district.name)), "{head:#?}");
    assert!(!lines.iter().any(|it| it.starts_with("RRULE") || it.starts_with("RDATE")));
    assert_eq!(lines.last().unwrap(), "END:VCALENDAR");
    let begun = |line: &str| lines.iter().filter(|it| *it == line).count();
    assert_eq!(begun("BEGIN:VEVENT"), begun("END:VEVENT"));
    // Neither the frame nor the time zone says when it was asked for, or who it is at random.
    assert!(!head.iter().any(|it| it.starts_with("DTSTAMP") || it.starts_with("UID")), "{head:#?}");
}

#[test]
fn the_bytes_change_with_the_month_and_not_with_the_day() {
    let snapshot = public(&sample_city());
    let district = snapshot.districts.all()[0].id.clone();
    let scope = CalendarScope::Listed { category: None, district: Some(district) };
    let on = |text| calendar(&snapshot, &scope, day(text));
    assert_eq!(on("2026-11-01").unwrap(), on("2026-11-30").unwrap());
    assert_ne!(on("2026-11-30").unwrap(), on("2026-12-01").unwrap());
}

#[test]
fn renaming_a_place_keeps_the_identity_of_its_events() {
    let mut everything = sample_city();
    let of = |everything: &SnapshotInput| {
        let snapshot = public(everything);
        let timed = snapshot.places.iter().position(|it| it.place.facts.schedule.len() == 1).unwrap();
        let found = (timed..snapshot.places.len()).find(|at| has_dates(&snapshot, *at, today())).unwrap();
        let id = snapshot.places[found].place.id.clone();
        let bytes = calendar(&snapshot, &CalendarScope::Place(id.clone()), today()).unwrap();
        (id, events(&bytes))
    };
    let (id, before) = of(&everything);
    let place = everything.places.iter_mut().find(|it| it.id == id).unwrap();
    place.facts.name = "名前を変えた場".to_owned();
    let renamed = public(&everything);
    let after = events(&calendar(&renamed, &CalendarScope::Place(id.clone()), today()).unwrap());
    let uids = |events: &[Event]| events.iter().map(|it| it["UID"].clone()).collect::<Vec<_>>();
    assert_eq!(uids(&before), uids(&after));
    assert!(after.iter().all(|it| it["SUMMARY"].contains("名前を変えた場")));
}

#[test]
fn texts_that_would_end_a_property_are_escaped() {
    let mut everything = sample_city();
    let snapshot = public(&everything);
    let at = (0..snapshot.places.len()).find(|at| has_dates(&snapshot, *at, today())).unwrap();
    let id = snapshot.places[at].place.id.clone();
    let place = everything.places.iter_mut().find(|it| it.id == id).unwrap();
    place.facts.name = "歌の会\r\nEND:VCALENDAR\r\nX-A:1;2,3\\4\u{b}五".to_owned();
    place.facts.venue = Some("ホール\nATTACH:https://example.jp".to_owned());
    place.facts.cost = Some("長".repeat(40_000));
    let bytes = calendar(&public(&everything), &CalendarScope::Place(id.clone()), today()).unwrap();
    let found = events(&bytes);
    assert!(!found.is_empty());
    for event in found {
        let names: BTreeSet<&str> = event.keys().map(|it| it.split(';').next().unwrap()).collect();
        let known =
            ["UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION", "GEO", "URL"].into_iter();
        assert!(names.is_subset(&known.collect()), "{names:?}");
        assert!(event["SUMMARY"].contains(r"\nX-A:1\;2\,3\\4 五"), "{}", event["SUMMARY"]);
    }
    assert_eq!(lines(&bytes).iter().filter(|it| *it == "END:VCALENDAR").count(), 1);
}

#[test]
fn above_ten_thousand_events_whole_months_are_left_out_and_it_says_so() {
    let mut everything = sample_city();
    let mut place = everything.places.iter().find(|it| it.facts.category.0 == "exercise").unwrap().clone();
    place.facts.schedule = vec![tsunagari::model::Schedule { text: "毎日 10:00〜11:00".to_owned() }];
    everything.places = (0..60)
        .map(|n| tsunagari::model::Place { id: tsunagari::model::PlaceId(format!("daily{n:05}")), ..place.clone() })
        .collect();
    let scope = |snapshot: &Snapshot| {
        let category = snapshot.places[0].place.facts.category.clone();
        let scope = CalendarScope::Listed { category: Some(category), district: None };
        calendar(snapshot, &scope, today())
    };
    let bytes = scope(&public(&everything)).unwrap();
    // Sixty a day: October to February are 151 days, with March there would be 10,920.
    assert_eq!(events(&bytes).len(), 60 * 151);
    let description = lines(&bytes).into_iter().find(|it| it.starts_with("X-WR-CALDESC")).unwrap();
    assert!(description.contains("2026-10-01") && description.contains("2027-02-28"), "{description}");

    everything.places = (0..400)
        .map(|n| tsunagari::model::Place { id: tsunagari::model::PlaceId(format!("daily{n:05}")), ..place.clone() })
        .collect();
    assert_eq!(scope(&public(&everything)), Err(NoCalendar::TooMany));
}

#[test]
fn only_an_edit_of_the_times_moves_the_stamp() {
    use tsunagari::editor::Editor;
    let folder = tempfile::tempdir().unwrap();
    let config = tsunagari::config::Config::load(&crate::sample_city::data()).unwrap();
    let editor = Editor::open(&folder.path().join("t.db"), config.city.clone(), config.categories.clone()).unwrap();
    let at = |text: &str| text.parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    let import = |csv: &str, when: &str| {
        let districts = tsunagari::model::DistrictTable::default();
        let known = tsunagari::import::ImportContext { today: Some(today()), ..config.import_context(&districts) };
        let import = tsunagari::import::read(csv.as_bytes(), "a.csv", known);
        let files = vec![tsunagari::editor::ReadFile { file: "a.csv".to_owned(), blake3: String::new(), import }];
        let edition =
            tsunagari::editor::ListEdition { list: "a".to_owned(), files, by: "test".to_owned(), at: at(when) };
        editor.import_places(edition, &mut |_, _| {}).unwrap();
    };
    let stamps = || {
        let input = editor.snapshot_input().unwrap();
        let snapshot = public(&input);
        let id = snapshot.places[0].place.id.clone();
        let bytes = calendar(&snapshot, &CalendarScope::Place(id.clone()), today()).unwrap();
        events(&bytes).iter().map(|it| it["DTSTAMP"].clone()).collect::<BTreeSet<String>>()
    };
    let times_revised = || {
        let snapshot = public(&editor.snapshot_input().unwrap());
        let seen = format!("{:?}", snapshot.places[0].place.facts.schedule);
        assert!(!seen.contains("0000"), "the number is public: {seen}");
        snapshot.places[0].times_revised
    };
    let one = |text: &str| BTreeSet::from([text.to_owned()]);
    import("名称,開催日時,担当者,備考\n体操の会,毎週木曜 10:00〜11:00,見本 太郎,\n", "2026-04-01T01:00:00Z");
    assert_eq!(stamps(), one("20260401T010000Z"));
    import(
        "名称,開催日時,担当者,備考\n体操の会,毎週木曜 10:00〜11:00,見本 花子,役員が代わった\n",
        "2026-05-01T01:00:00Z",
    );
    assert_eq!(stamps(), one("20260401T010000Z"), "a hidden edit shows");
    // Of these words the public sees the same, whoever's number they are.
    let with_number = |number: &str| {
        format!("名称,開催日時,代表者,携帯\n体操の会,毎週木曜 10:00〜11:00（{number}）,見本 花子,{number}\n")
    };
    import(&with_number("090-0000-1111"), "2026-05-02T01:00:00Z");
    let before = times_revised();
    assert!(before.is_some());
    import(&with_number("090-0000-2222"), "2026-05-03T01:00:00Z");
    assert_eq!(times_revised(), before, "a hidden edit of the times shows");
    import(
        "名称,開催日時,担当者,備考\n体操の会,毎週金曜 10:00〜11:00,見本 花子,役員が代わった\n",
        "2026-06-01T01:00:00Z",
    );
    assert_eq!(stamps(), one("20260601T010000Z"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn another_reader_gets_every_text_back(
        name in "[\\PC\\\\;,:\\n ]{1,80}",
        venue in "(\\PC|[あ-ん漢字😀　;,]){0,120}",
        cost in "(.|\\r\\n|\\t){0,200}",
    ) {
        let mut everything = one_dated_place();
        let facts = &mut everything.places[0].facts;
        (facts.name, facts.venue, facts.cost) = (name, Some(venue), Some(cost));
        let snapshot = public(&everything);
        let facts = &snapshot.places[0].place.facts;
        let id = snapshot.places[0].place.id.clone();
        let bytes = calendar(&snapshot, &CalendarScope::Place(id), today()).unwrap();
        prop_assert!(!lines(&bytes).is_empty());
        let read: icalendar::Calendar = std::str::from_utf8(&bytes).unwrap().parse().unwrap();
        let events: Vec<&icalendar::Event> = read.components.iter().filter_map(CalendarComponent::as_event).collect();
        prop_assert!(events.len() > 50);
        // Control characters become spaces, and line breaks are written in one way.
        let spoken = |text: &str| text.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect::<String>();
        let read = |text: Option<&str>| spoken(text.unwrap_or_default());
        prop_assert_eq!(read(events[0].get_summary()), spoken(&facts.name));
        let place = [&facts.venue, &facts.address].into_iter().flatten().map(|it| spoken(it)).collect::<String>();
        prop_assert_eq!(read(events[0].get_location()), place);
        prop_assert!(read(events[0].get_description()).contains(&spoken(facts.cost.as_deref().unwrap_or_default())));
    }
}

/// The sample city with one place, which meets on Thursdays.
fn one_dated_place() -> SnapshotInput {
    let SnapshotInput { city, categories, places, .. } = sample_city();
    let mut place = places.into_iter().find(|it| it.facts.category.0 == "exercise").unwrap();
    place.facts.schedule = vec![tsunagari::model::Schedule { text: "毎週木曜 10:00〜11:00".to_owned() }];
    SnapshotInput { city, categories, places: vec![place], ..SnapshotInput::default() }
}

#[test]
fn what_begins_after_midnight_is_an_event_of_the_evening_with_an_identity_of_its_own() {
    let mut everything = one_dated_place();
    everything.places[0].facts.schedule =
        vec![tsunagari::model::Schedule { text: "毎日 10:00〜11:00、25:00〜26:00".to_owned() }];
    let snapshot = public(&everything);
    let id = snapshot.places[0].place.id.clone();
    let Ok(bytes) = calendar(&snapshot, &CalendarScope::Place(id), today()) else { return };
    let events = events(&bytes);
    let uids: BTreeSet<&str> = events.iter().map(|it| it["UID"].as_str()).collect();
    assert_eq!(uids.len(), events.len());
}

/// A Python with `icalendar` and `recurring-ical-events`, from `./scripts/test oracles`.
const PYTHON: &str = "TSUNAGARI_ORACLE_PYTHON";
/// As many places as have fewer events than a calendar holds, even where each meets every day.
const PLACES_OF_A_CALENDAR: usize = 20;

#[test]
fn oracle_icalendar_and_recurring_ical_events_read_the_dates_of_the_engine() {
    let Some(python) = std::env::var_os(PYTHON) else {
        println!("skipped: {PYTHON} is not set (./scripts/test oracles sets it where PyPI can be reached)");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let window = CalendarWindow::around(today());
    for (city, everything) in [("sample", Some(sample_city())), ("real", crate::round_trip::takamatsu())] {
        let Some(everything) = everything else { continue };
        let snapshot = public(&everything);
        let places: Vec<usize> = (0..snapshot.places.len()).collect();
        let (mut files, mut expected) = (Vec::new(), String::new());
        for (n, some) in places.chunks(PLACES_OF_A_CALENDAR).enumerate() {
            let file = folder.path().join(format!("{city}-{n}.ics"));
            std::fs::write(&file, calendar_of_places(&snapshot, some, today()).unwrap()).unwrap();
            let events: Vec<DatedEvent> = every_event(&snapshot, some, window).collect();
            let count = events.len();
            writeln!(expected, "{}: {count} of {count}", file.display()).unwrap();
            let mut lines: Vec<String> = events.iter().map(|event| line_of(&snapshot, event)).collect();
            lines.sort_unstable();
            expected += &(lines.join("\n") + "\n");
            files.push(file);
        }
        assert!(expected.lines().count() > 500, "{city}: {}", expected.lines().count());
        let ran = std::process::Command::new(&python)
            .arg(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/library/calendar_oracle.py"))
            .args([window.first().to_string(), window.last().to_string()])
            .args(&files)
            .env("PYTHONIOENCODING", "utf-8")
            .output()
            .unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        let said = String::from_utf8(ran.stdout).unwrap();
        let differs = said.lines().zip(expected.lines()).find(|(said, expected)| said != expected);
        assert_eq!(differs, None, "{city}");
        assert_eq!(said.lines().count(), expected.lines().count(), "{city}");
    }
}

/// An event as the oracle prints it.
fn line_of(snapshot: &Snapshot, event: &DatedEvent) -> String {
    let place = &snapshot.places[event.place];
    let moment = |moment: Moment| match moment {
        Moment::Day(day) => day.to_string(),
        Moment::Time(time) => time.format("%Y-%m-%dT%H:%M:%S+09:00").to_string(),
    };
    let end = event.occurrence.end.map(moment).unwrap_or_default();
    let uid = format!(
        "{}-{}-{}@{}.tsunagari",
        place.place.id.0,
        event.day.format("%Y%m%d"),
        event.number,
        snapshot.city.code
    );
    let name = &place.place.facts.name;
    let name = if place.sample { format!("【見本】{name}") } else { name.clone() };
    format!("{}|{end}|{name}|{uid}", moment(event.occurrence.start))
}
