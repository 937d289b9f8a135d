//! Places in the words of HSDS: every answer held to the published schemas, recurrences that mean exactly the rule, pages that are whole.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use chrono::{Datelike as _, NaiveDate};
use serde_json::Value;
use tsunagari::index::{Snapshot, SnapshotInput};
use tsunagari::model::{Audience, Place, Schedule, Status};
use tsunagari::publish::hsds::{Hsds, HsdsKind, HsdsPage, HsdsQuery, hsds_files};
use tsunagari::schedule::{ScheduleContext, Timetable};

use crate::sample_city::sample;

static SAMPLE: LazyLock<SnapshotInput> = LazyLock::new(|| sample().everything);
static PUBLIC: LazyLock<Snapshot> = LazyLock::new(|| Snapshot::build(&SAMPLE, Audience::Public));

const WHOLE: HsdsPage = HsdsPage { number: 1, size: 100_000 };

fn today() -> NaiveDate {
    "2026-11-27".parse().unwrap()
}

/// The published schemas, which refer to each other by the names of their files.
struct SchemaFolder(PathBuf);

impl jsonschema::Retrieve for SchemaFolder {
    fn retrieve(&self, uri: &jsonschema::Uri<String>) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        let name = uri.path().as_str().rsplit('/').next().unwrap_or_default().to_owned();
        Ok(serde_json::from_slice(&std::fs::read(self.0.join(name))?)?)
    }
}

/// What is wrong with `value` by the schema called `name`, of each of the two sets.
fn violations(data: &Path, name: &str, values: &[&Value]) -> Vec<String> {
    let mut found = Vec::new();
    for set in ["schema-hsds3", "schema-oruk3"] {
        let folder = data.join("hsds").join(set);
        let schema: Value =
            serde_json::from_slice(&std::fs::read(folder.join(format!("{name}.json"))).unwrap()).unwrap();
        let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012).should_validate_formats(true);
        let options = options.with_base_uri(format!("https://schema.invalid/{name}.json"));
        let validator = options.with_retriever(SchemaFolder(folder)).build(&schema).unwrap();
        for value in values {
            found.extend(validator.iter_errors(value).map(|it| format!("{set} {name} {}: {it}", it.instance_path())));
        }
    }
    found
}

#[test]
fn every_object_is_valid_by_the_schemas_of_both_profiles() {
    let Ok(data) = std::env::var("TSUNAGARI_REAL_DATA") else {
        eprintln!("skipped: TSUNAGARI_REAL_DATA is not set");
        return;
    };
    let mut wrong = Vec::new();
    let hsds = Hsds::new(&PUBLIC, today());
    for (kind, name) in
        HsdsKind::ALL.into_iter().zip(["service", "service_at_location", "organization", "taxonomy", "taxonomy_term"])
    {
        for full in [false, true] {
            let page = hsds.page(kind, &HsdsQuery { full, ..HsdsQuery::default() }, WHOLE);
            let contents: Vec<&Value> = page["contents"].as_array().unwrap().iter().collect();
            assert!(!contents.is_empty(), "{name}");
            wrong.extend(violations(Path::new(&data), name, &contents));
            let id = contents[contents.len() / 2]["id"].as_str().unwrap();
            let one = hsds.one(kind, id, full).unwrap();
            assert_eq!(one["id"], id);
            wrong.extend(violations(Path::new(&data), name, &[&one]));
        }
    }
    let no_service = serde_json::json!({ "id": "x", "status": "open" });
    assert!(violations(Path::new(&data), "service", &[&no_service]).len() > 2, "the schemas find nothing");
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn a_recurrence_means_exactly_the_words_or_is_not_there() {
    let mut everything = SAMPLE.clone();
    let public: Vec<_> =
        Snapshot::build(&everything, Audience::Public).places.iter().map(|it| it.place.id.clone()).collect();
    let is_private = |it: &&Place| everything.categories.by_id(&it.facts.category).is_some_and(|it| it.private_persons);
    // Of private persons the words of a schedule are public only where they are words of schedules alone.
    let mut places = everything.places.iter().filter(|it| public.contains(&it.id) && !is_private(it));
    let place = places.find(|it| it.facts.status == Status::Active).unwrap().clone();
    let cases = [
        ("毎週木曜 13:30〜15:00", "WEEKLY TH   13:30+09:00 15:00+09:00"),
        ("毎週月・水曜 9:00から", "WEEKLY MO,WE   09:00+09:00 "),
        ("第2・第4木曜 13:30〜15:00", "MONTHLY 2TH,4TH   13:30+09:00 15:00+09:00"),
        ("毎月最終日曜", "MONTHLY -1SU    "),
        ("毎月10日・25日 10:00〜11:00", "MONTHLY  10,25  10:00+09:00 11:00+09:00"),
        ("毎週木曜 13:30〜15:00（祝日休み）", "     "),
        ("毎週木曜 13:30〜15:00（8月は休み）", "     "),
        ("毎週木曜 13:30〜15:00（会長に確認）", "     "),
        ("2026年12月3日 10:00〜11:00", "     "),
        ("毎週土曜 22:00〜24:00", "     "),
    ];
    for (text, said) in cases {
        let mut one = place.clone();
        one.facts.schedule = vec![Schedule { text: text.to_owned() }];
        everything.places = vec![one];
        let snapshot = Snapshot::build(&everything, Audience::Public);
        let page = Hsds::new(&snapshot, today()).page(HsdsKind::Services, &full(), WHOLE);
        let schedule = &page["contents"][0]["schedules"][0];
        assert_eq!(schedule["description"], text);
        let fields = ["freq", "byday", "bymonthday", "interval", "opens_at", "closes_at"];
        let shown = fields.map(|field| schedule[field].as_str().unwrap_or_default()).join(" ");
        assert_eq!(shown, said, "{text}");
    }
}

fn full() -> HsdsQuery {
    HsdsQuery { full: true, ..HsdsQuery::default() }
}

/// The days of the year on which a weekly or monthly recurrence falls.
fn falls_on(schedule: &Value, day: NaiveDate) -> bool {
    let letters = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][day.weekday().num_days_from_monday() as usize];
    let (nth, is_last) = (day.day0() / 7 + 1, (day + chrono::Days::new(7)).month() != day.month());
    let by = |field: &str| schedule[field].as_str().map(|it| it.split(',').map(str::to_owned).collect::<Vec<_>>());
    match (schedule["freq"].as_str(), by("byday"), by("bymonthday")) {
        (Some("WEEKLY"), Some(days), _) => {
            let anchor = schedule["dtstart"].as_str().map(|it| it.parse::<NaiveDate>().unwrap());
            days.iter().any(|it| it == letters)
                && anchor.is_none_or(|from| day >= from && (day - from).num_days() % 14 == 0)
        }
        (Some("MONTHLY"), Some(days), _) => {
            let written = [format!("{nth}{letters}"), format!("-1{letters}")];
            days.iter().any(|it| *it == written[0] || is_last && *it == written[1])
        }
        (Some("MONTHLY"), None, Some(dates)) => {
            let is_end = (day + chrono::Days::new(1)).month() != day.month();
            dates.iter().any(|it| *it == day.day().to_string() || is_end && it == "-1")
        }
        _ => false,
    }
}

#[test]
fn the_recurrences_of_the_sample_fall_on_the_days_of_the_engine() {
    let context = ScheduleContext::of_city(&PUBLIC.city, "2026-11-01".parse().unwrap());
    let page = Hsds::new(&PUBLIC, today()).page(HsdsKind::Services, &full(), WHOLE);
    let mut compared = 0;
    for (service, listed) in page["contents"].as_array().unwrap().iter().zip(PUBLIC.places.iter()) {
        assert_eq!(service["name"], listed.place.facts.name);
        let statements = &listed.place.facts.schedule;
        assert_eq!(service["schedules"].as_array().map_or(0, Vec::len), statements.len());
        for (n, statement) in statements.iter().enumerate() {
            let schedule = &service["schedules"][n];
            assert_eq!(schedule["description"], statement.text);
            if schedule["freq"].is_null() {
                continue;
            }
            let dates = Timetable::read(std::slice::from_ref(statement), &context);
            for day in context.today.iter_days().take(400) {
                assert_eq!(falls_on(schedule, day), !dates.on(day).is_empty(), "{} on {day}", statement.text);
            }
            compared += 1;
        }
    }
    assert!(compared > 30, "{compared}");
}

#[test]
fn identities_are_unique_stable_and_lead_to_each_other() {
    let hsds = Hsds::new(&PUBLIC, today());
    let page = hsds.page(HsdsKind::Services, &full(), WHOLE);
    let services = page["contents"].as_array().unwrap();
    let ids: BTreeSet<&str> = services.iter().map(|it| it["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), PUBLIC.places.len());
    let again = hsds.page(HsdsKind::Services, &full(), WHOLE);
    assert_eq!(page, again);
    // UUIDv5 of the name in the namespace of URLs, as Python's uuid.uuid5 gives it for this name.
    let known = uuid::Uuid::new_v5(
        &uuid::Uuid::NAMESPACE_URL,
        format!("urn:tsunagari:{}:service:{}", PUBLIC.city.code, PUBLIC.places[0].place.id.0).as_bytes(),
    );
    assert_eq!(services[0]["id"], known.to_string());
    for service in services.iter().step_by(17) {
        let organization =
            hsds.one(HsdsKind::Organizations, service["organization_id"].as_str().unwrap(), false).unwrap();
        let of_it = organization["services"].as_array().unwrap();
        assert!(of_it.iter().any(|it| it["id"] == service["id"]));
        let both = service["service_at_locations"][0]["id"].as_str().unwrap();
        assert_eq!(hsds.one(HsdsKind::ServiceAtLocations, both, false).unwrap()["service"]["id"], service["id"]);
        for attribute in service["attributes"].as_array().unwrap() {
            let term = attribute["taxonomy_term_id"].as_str().unwrap();
            assert_eq!(hsds.one(HsdsKind::TaxonomyTerms, term, false).unwrap(), attribute["taxonomy_term"]);
        }
    }
    assert_eq!(hsds.one(HsdsKind::Services, "nothing", false), None);
}

#[test]
fn the_pages_of_a_list_are_all_of_it_once_and_a_query_leaves_out_what_does_not_pass() {
    let hsds = Hsds::new(&PUBLIC, today());
    let whole = hsds.page(HsdsKind::Services, &HsdsQuery::default(), WHOLE);
    let mut walked = Vec::new();
    for number in 1.. {
        let page = hsds.page(HsdsKind::Services, &HsdsQuery::default(), HsdsPage { number, size: 7 });
        assert_eq!(
            (page["total_items"].clone(), page["page_number"].clone()),
            (whole["total_items"].clone(), number.into())
        );
        assert_eq!(page["first_page"], number == 1);
        walked.extend(page["contents"].as_array().unwrap().clone());
        if page["last_page"] == true {
            break;
        }
    }
    assert_eq!(Value::Array(walked), whole["contents"]);
    let beyond = hsds.page(HsdsKind::Services, &HsdsQuery::default(), HsdsPage { number: usize::MAX, size: 7 });
    assert_eq!((beyond["empty"].clone(), beyond["size"].clone()), (true.into(), 0.into()));

    let terms = hsds.page(HsdsKind::TaxonomyTerms, &HsdsQuery::default(), WHOLE);
    for term in terms["contents"].as_array().unwrap().iter().step_by(9) {
        let taxonomy_term_id = term["id"].as_str().map(str::to_owned);
        let found = hsds.page(HsdsKind::Services, &HsdsQuery { taxonomy_term_id, ..full() }, WHOLE);
        let with_term = |service: &&Value| {
            service["attributes"].as_array().unwrap().iter().any(|it| it["taxonomy_term_id"] == term["id"])
        };
        let all = hsds.page(HsdsKind::Services, &full(), WHOLE);
        let expected: Vec<&Value> = all["contents"].as_array().unwrap().iter().filter(with_term).collect();
        assert_eq!(found["contents"].as_array().unwrap().iter().collect::<Vec<_>>(), expected, "{term}");
    }
    let thursdays = hsds.page(HsdsKind::Services, &HsdsQuery { day: Some(chrono::Weekday::Thu), ..full() }, WHOLE);
    let thursdays = thursdays["contents"].as_array().unwrap();
    assert!(!thursdays.is_empty() && thursdays.len() < PUBLIC.places.len());
    assert!(thursdays.iter().all(|it| it["schedules"].to_string().contains("TH")));
}

#[test]
fn a_folder_holds_every_list_whole_and_every_service() {
    let files: Vec<(String, Vec<u8>)> = hsds_files(&PUBLIC, today()).collect();
    assert_eq!(files.len(), 1 + HsdsKind::ALL.len() + PUBLIC.places.len());
    let paths: BTreeSet<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths.len(), files.len());
    assert!(files.iter().all(|(_, bytes)| serde_json::from_slice::<Value>(bytes).is_ok()));
}
