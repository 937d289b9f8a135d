//! A person with a person: who looks for company is found by what they like, through the office, and only while they consent.

use std::path::Path;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Arc, LazyLock};

use chrono::{Datelike as _, NaiveDate};
use serde_json::json;
use tsunagari::config::Config;
use tsunagari::editor::{Editor, ListEdition, ReadFile};
use tsunagari::find::{FindAnswer, Finder, Hit, Wish};
use tsunagari::import::columns::{Field, HeadingTable};
use tsunagari::import::{self, ImportContext, ProblemKind};
use tsunagari::index::{ConsentCounts, Snapshot};
use tsunagari::model::{Audience, DistrictTable, Precision};

use crate::sample_city::{self, Sample, data, now};

static SAMPLE: LazyLock<Sample> = LazyLock::new(sample_city::sample);

/// What the sample's list has of persons that no answer may give away.
fn secrets() -> Vec<String> {
    let source = data().join("sample/source/仲間.csv");
    let mut reader = csv::Reader::from_path(source).unwrap();
    let rows = reader.records().map(Result::unwrap);
    let of_row = |row: csv::StringRecord| {
        let person: Vec<&str> = row[2].split(' ').collect();
        // A 大字 that is called like its district gives nothing away.
        let town = row[5].trim_start_matches("養父市").to_owned();
        let town = if town == row[4] { String::new() } else { town };
        let name = [row[2].to_owned(), person.concat(), row[3].to_owned(), town];
        name.into_iter()
            .chain(row[9].split('。').filter(|part| !part.is_empty()).map(str::to_owned))
            .collect::<Vec<_>>()
    };
    rows.flat_map(of_row).filter(|secret| !secret.is_empty()).collect()
}

fn assert_gives_nobody_away(what: &str, text: &str) {
    for secret in secrets() {
        assert!(!text.contains(&secret), "{secret} stands in {what}: {text}");
    }
}

fn companions(audience: Audience) -> Vec<tsunagari::index::VisiblePlace> {
    let snapshot = Snapshot::build(&SAMPLE.everything, audience);
    snapshot.places.iter().filter(|it| it.place.facts.category.0 == "companions").cloned().collect()
}

#[test]
fn the_public_reads_district_liking_and_office_and_nothing_else() {
    let public = companions(Audience::Public);
    let mut names: Vec<&str> = public.iter().map(|it| it.place.facts.name.as_str()).collect();
    names.sort_unstable();
    insta::assert_snapshot!(names.join("\n"));
    for listed in &public {
        let facts = &listed.place.facts;
        assert_gives_nobody_away(&facts.name, &serde_json::to_string(&listed.place).unwrap());
        assert_eq!(facts.contact.office.as_deref(), Some("見本市役所 健康福祉課（見本）"));
        assert!(facts.town.is_none() && facts.address.is_none() && facts.consent.is_none());
        let districts = &SAMPLE.everything.districts;
        let district = districts.by_id(listed.district.as_ref().unwrap()).unwrap();
        let site = facts.site.unwrap();
        let centre = district.centre.unwrap();
        assert!(site.position.distance_to(centre).0 < 1.0, "{}", facts.name);
        assert_eq!(site.precision, Precision::District, "{}", facts.name);
    }
}

#[test]
fn who_consents_no_more_is_known_to_staff_alone() {
    let count = |audience| companions(audience).len();
    let all = count(Audience::Staff);
    assert_eq!((count(Audience::Public), count(Audience::LinkWorkers)), (all - 2, all - 2));
    let counts = |audience| Snapshot::build(&SAMPLE.everything, audience).consents;
    assert_eq!(counts(Audience::LinkWorkers), ConsentCounts { over: 1, withdrawn: 1, ..ConsentCounts::default() });
    assert_eq!(counts(Audience::Public), ConsentCounts::default(), "not even how many");
}

fn find(wish: &serde_json::Value) -> FindAnswer {
    static FINDER: LazyLock<Finder> = LazyLock::new(|| {
        let snapshot = Snapshot::build(&SAMPLE.everything, Audience::LinkWorkers);
        Finder::new(Arc::new(snapshot), Arc::new(SAMPLE.thesaurus.clone()))
    });
    FINDER.find(&Wish::read(wish.to_string().as_bytes()).unwrap(), now()).unwrap()
}

fn is_companion(hit: &Hit) -> bool {
    hit.category.0 == "companions"
}

#[test]
fn who_looks_for_company_is_found_by_what_they_like_with_the_office_to_call() {
    for (wish, name) in [
        (json!({"likes": ["針金アート"], "company": true}), "大屋で針金アート"),
        (json!({"likes": ["いっしょに編み物をする人がほしい"]}), "八鹿で編み物"),
        (json!({"likes": ["将棋の相手がいない"], "from": {"district": "関宮"}}), "関宮で将棋"),
        (
            json!({"likes": ["星空"], "company": true, "from": {"town": "大屋町宮本"}, "travel": ["car"]}),
            "南谷で天体観測",
        ),
    ] {
        let answer = find(&wish);
        assert!(answer.understood.company, "{wish}");
        let first: Vec<&Hit> = answer.fits.hits.iter().take(2).collect();
        let hit = first.iter().find(|hit| hit.name.starts_with(name)).unwrap_or_else(|| panic!("{wish}: {first:?}"));
        assert!(hit.reasons.iter().any(|it| it.kind == "company"), "{wish}: {:?}", hit.reasons);
        assert_eq!(hit.contact.phone.as_deref(), Some("079-000-0000"));
        assert_gives_nobody_away(&hit.name, &serde_json::to_string(&hit).unwrap());
    }
}

#[test]
fn remarks_find_nobody_and_who_consents_no_more_is_in_no_answer() {
    for word in
        ["針に糸", "足がわるい", "入院", "人の多い所", "外国でくらした", "ハーモニカ", "俳句", "見本 木綿子", "加保"]
    {
        let answer = find(&json!({"likes": [word], "company": true, "limit": 100}));
        let companions: Vec<&str> = answer
            .fits
            .hits
            .iter()
            .filter(|it| is_companion(it))
            .filter(|it| it.matches)
            .map(|it| it.name.as_str())
            .collect();
        assert!(companions.is_empty(), "{word} finds {companions:?}");
        let whole = serde_json::to_string(&answer).unwrap();
        assert!(!whole.contains("ハーモニカの仲間") && !whole.contains("俳句の仲間"), "{word}");
    }
}

#[test]
fn company_alone_shows_who_looks_for_company_and_without_it_nobody_is_pushed() {
    let with = find(&json!({"company": true, "limit": 100}));
    assert!(with.fits.hits.iter().filter(|it| is_companion(it)).count() >= 5);
    let without = find(&json!({"age": 70, "limit": 100}));
    assert_eq!(without.fits.hits.iter().filter(|it| is_companion(it)).count(), 0, "a person is on demand only");
}

/// A list as an office keeps it, read with the built-in settings.
fn read(list: &str, today: Option<&str>) -> import::ImportedFile<import::ImportedPlace> {
    let config = Config::load(&data()).unwrap();
    let districts = DistrictTable::default();
    let known = ImportContext { today: today.map(|day| day.parse().unwrap()), ..config.import_context(&districts) };
    import::read(list.as_bytes(), "仲間.csv", known)
}

#[test]
fn headings_of_consent_are_read_in_their_families() {
    let columns = HeadingTable::standard();
    for (heading, field) in [
        ("同意日", Field::ConsentOn),
        ("同意年月日", Field::ConsentOn),
        ("本人同意日", Field::ConsentOn),
        ("同意書受領日", Field::ConsentOn),
        ("承諾日", Field::ConsentOn),
        ("同意期限", Field::ConsentUntil),
        ("同意の有効期限", Field::ConsentUntil),
        ("同意有効期間", Field::ConsentUntil),
        ("掲載同意期限", Field::ConsentUntil),
        ("同意", Field::ConsentState),
        ("本人の同意", Field::ConsentState),
        ("同意の有無", Field::ConsentState),
        ("同意撤回日", Field::ConsentWithdrawn),
        ("同意の撤回", Field::ConsentWithdrawn),
        ("掲載同意", Field::Audience),
        ("確認日", Field::VerifiedOn),
    ] {
        assert_eq!(columns.field(heading), Some(field), "{heading}");
    }
}

#[test]
fn check_says_how_many_are_for_staff_only_and_why() {
    let heading = "分類,氏名,地区,キーワード,同意日,同意期限,同意,同意撤回日\n";
    for (row, kind) in [
        ("令和8年4月1日,令和9年3月31日,,", None),
        ("R8.4.1,,○,", None),
        ("R8.4.1,無期限,口頭,", None),
        ("46113,1年間,済,なし", None),
        (",,,", Some(ProblemKind::ConsentMissing)),
        (",,○,", Some(ProblemKind::ConsentMissing)),
        ("R7.4.1,,,", Some(ProblemKind::ConsentOver)),
        ("R8.4.1,R8.9末,,", Some(ProblemKind::ConsentOver)),
        ("R8.4.1,R9.3.31,×,", Some(ProblemKind::ConsentWithdrawn)),
        ("R8.4.1,R9.3.31,撤回（電話で）,", Some(ProblemKind::ConsentWithdrawn)),
        ("R8.4.1,R9.3.31,確認中,", Some(ProblemKind::ConsentWithdrawn)),
        ("R8.4.1,R9.3.31,,R8.10.1", Some(ProblemKind::ConsentWithdrawn)),
        ("R8.4.1,R9.3.31,,電話あり", Some(ProblemKind::ConsentWithdrawn)),
        ("春ごろ,R9.3.31,,", Some(ProblemKind::UnclearConsent)),
        ("R8.4.1,そのうち,,", Some(ProblemKind::UnclearConsent)),
        ("R8.4.1,#####,,", Some(ProblemKind::UnclearConsent)),
        ("R9.4.1,R10.3.31,,", Some(ProblemKind::UnclearConsent)),
        ("R8.4.1,R9.3.31,△,", Some(ProblemKind::UnclearConsent)),
    ] {
        let read = read(&format!("{heading}仲間をさがす人,谷川 花子,大屋,針金アート,{row}\n"), Some("2026-11-27"));
        let sheet = &read.sheets[0];
        assert_eq!(sheet.entries.len(), 1, "{row}");
        let kinds: Vec<ProblemKind> = sheet.problems.iter().map(|it| it.kind).filter(|it| is_of_consent(*it)).collect();
        assert_eq!(kinds, kind.into_iter().collect::<Vec<_>>(), "{row}: {:?}", sheet.entries[0].facts.consent);
    }
}

fn is_of_consent(kind: ProblemKind) -> bool {
    use ProblemKind::{ConsentMissing, ConsentOver, ConsentWithdrawn, UnclearConsent};
    matches!(kind, ConsentMissing | ConsentOver | ConsentWithdrawn | UnclearConsent)
}

/// The day on which the server of the next test finds itself, counted from year 1.
static DAY: AtomicI32 = AtomicI32::new(0);

fn day() -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(DAY.load(Ordering::SeqCst)).unwrap()
}

fn it_is(text: &str) {
    DAY.store(text.parse::<NaiveDate>().unwrap().num_days_from_ce(), Ordering::SeqCst);
}

fn editor_with(list: &str, path: &Path) -> Editor {
    let config = Config::load(&data()).unwrap();
    let editor = Editor::open(path, config.city, config.categories).unwrap().with_day(day);
    let import = read(list, None);
    let files = vec![ReadFile { file: "仲間.csv".to_owned(), blake3: String::new(), import }];
    let at = "2026-10-01T01:00:00Z".parse().unwrap();
    let edition = ListEdition { list: "仲間".to_owned(), files, by: "test".to_owned(), at };
    editor.import_places(edition, &mut |_, _| {}).unwrap();
    editor
}

#[test]
fn a_consent_ends_at_the_turn_of_the_day_in_a_server_that_runs_on() {
    it_is("2026-11-30");
    let folder = tempfile::tempdir().unwrap();
    let list = "分類,氏名,地区,キーワード,同意日,同意期限\n\
                仲間をさがす人,谷川 花子,大屋,針金アート,R8.4.1,R8.11.30\n\
                仲間をさがす人,山川 太郎,大屋,編み物,R8.5.1,\n";
    let editor = editor_with(list, &folder.path().join("t.db"));
    let snapshots = editor.shared_snapshots().unwrap();
    let count = |audience| snapshots.load(audience).places.len();
    let versions = || Audience::ALL.map(|audience| snapshots.load(audience).version.clone());
    assert_eq!(Audience::ALL.map(count), [2, 2, 2]);
    assert_eq!(snapshots.load(Audience::LinkWorkers).consents.soon, 1);
    let before = versions();
    assert!(!editor.reload_if_changed().unwrap(), "the day has not turned");
    it_is("2026-12-01");
    assert!(editor.reload_if_changed().unwrap(), "nobody imported, but the day has turned");
    assert_eq!(Audience::ALL.map(count), [1, 1, 2]);
    assert_eq!(snapshots.load(Audience::Staff).consents.over, 1);
    assert!(before[0] != versions()[0], "a browser that kept the page asks again");
    assert!(!editor.reload_if_changed().unwrap(), "once");
    it_is("2027-05-01");
    editor.reload_if_changed().unwrap();
    assert_eq!(Audience::ALL.map(count), [1, 1, 2], "on its last day a consent holds");
    it_is("2027-05-02");
    assert!(editor.reload_if_changed().unwrap(), "a year after it was given");
    assert_eq!(Audience::ALL.map(count), [0, 0, 2]);
}
