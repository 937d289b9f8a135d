//! The table of cases of what is private, `privacy_cases.toml`: import and redaction are held to the same answers.

use crate::bare_city::BareCity;
use serde::Deserialize;
use tsunagari::model::{
    Audience, Category, CategoryTable, Contact, DistrictTable, Facts, Person, Place, PlaceId, Source, Town,
    Verification,
};
use tsunagari::privacy::{PrivateNames, redact};

#[derive(Deserialize)]
struct Cases {
    mobile: Pairs<[String; 2], String>,
    text: Pairs<[String; 2], String>,
    name: Names,
    home: Pairs<String, String>,
    private_person: Pairs<[String; 2], [String; 2]>,
    method: Pairs<String, String>,
    elsewhere: Pairs<String, String>,
    unknown: Unknown,
}

#[derive(Deserialize)]
struct Pairs<A, B> {
    private: Vec<A>,
    public: Vec<B>,
}

#[derive(Deserialize)]
struct Names {
    cut: Vec<[String; 2]>,
    whole: Vec<String>,
}

/// Names that no table has, and where they are put.
#[derive(Deserialize)]
struct Unknown {
    families: Vec<String>,
    given: Vec<String>,
    /// A heading, and the text below it.
    private: Vec<[String; 2]>,
    /// Headings below which every row has somebody's name.
    columns: Vec<String>,
    /// Names of files.
    files: Vec<String>,
    addresses: Vec<[String; 2]>,
    public: Vec<[String; 2]>,
}

fn cases() -> Cases {
    toml::from_str(include_str!("privacy_cases.toml")).unwrap()
}

fn categories() -> CategoryTable {
    let id = |id: &str| Category { id: tsunagari::model::CategoryId(id.to_owned()), ..Category::default() };
    CategoryTable::new(vec![id("other")])
}

/// The places of a list with these headings and one row.
fn imported(headings: &str, cells: &[&str]) -> Vec<Place> {
    let quoted: Vec<String> = cells.iter().map(|cell| format!("\"{cell}\"")).collect();
    let city = BareCity { categories: categories(), ..BareCity::without_today() };
    let file = city.read(format!("{headings}\n{}\n", quoted.join(",")).as_bytes(), "list.csv");
    let places = file.sheets.into_iter().flat_map(|sheet| sheet.entries);
    places.map(|place| stored(place.facts, place.verification)).collect()
}

fn stored(mut facts: Facts, verification: Option<Verification>) -> Place {
    facts.category = tsunagari::model::CategoryId("other".to_owned());
    Place { id: PlaceId("a".to_owned()), facts, source: Source::default(), verification }
}

/// What everybody sees of `places`.
fn public(places: &[Place]) -> Vec<Place> {
    let everyone = PrivateNames::of_everything(places, &[], []);
    let see = |place| redact(place, Audience::Public, &categories(), &DistrictTable::default(), &everyone);
    places.iter().filter_map(see).collect()
}

fn shown(places: &[Place]) -> String {
    serde_json::to_string(&public(places)).unwrap()
}

fn digits(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    text.nfkc().filter(char::is_ascii_digit).collect()
}

fn facts(change: impl FnOnce(&mut Facts)) -> Place {
    let mut facts = Facts { name: "あじさい会".to_owned(), ..Facts::default() };
    change(&mut facts);
    stored(facts, None)
}

fn assert_no_failures(failures: &[String]) {
    assert!(failures.is_empty(), "{} fail:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn numbers_are_as_private_in_import_as_in_redaction() {
    let mut failures = Vec::new();
    let ways = |text: &str| {
        let phone = Contact { phone: Some(text.to_owned()), ..Contact::default() };
        [
            imported("名称,会場,電話", &["あじさい会", "公民館", text]),
            imported("名称,会場,FAX", &["あじさい会", "公民館", text]),
            imported("名称,会場,備考", &["あじさい会", "公民館", text]),
            vec![facts(|facts| facts.contact = phone)],
            vec![facts(|facts| facts.note = Some(text.to_owned()))],
        ]
    };
    for [text, secret] in cases().mobile.private {
        for (way, places) in ways(&text).iter().enumerate() {
            let seen = shown(places);
            if seen.contains(&text) || digits(&seen).contains(&digits(&secret)) {
                failures.push(format!("leak, way {way}: {text:?}: {seen}"));
            }
        }
    }
    for text in cases().mobile.public {
        for (way, places) in ways(&text).iter().enumerate() {
            let seen = shown(places);
            if !digits(&seen).contains(&digits(&text)) {
                failures.push(format!("lost, way {way}: {text:?}: {seen}"));
            }
        }
    }
    assert_no_failures(&failures);
}

#[test]
fn texts_that_name_somebody_are_private_and_all_others_stay_whole() {
    let mut failures = Vec::new();
    let ways = |text: &str| {
        [
            imported("名称,会場,備考", &["あじさい会", "公民館", text]),
            vec![facts(|facts| facts.note = Some(text.to_owned()))],
        ]
    };
    for [text, secret] in cases().text.private {
        let leaks = ways(&text).iter().filter(|places| shown(places).contains(&secret)).count();
        failures.extend((leaks > 0).then(|| format!("leak: {text}")));
    }
    for text in cases().text.public {
        let kept = ways(&text).iter().all(|places| public(places)[0].facts.note.as_deref() == Some(&text));
        failures.extend((!kept).then(|| format!("lost: {text}")));
    }
    assert_no_failures(&failures);
}

#[test]
fn a_group_keeps_its_name_without_the_person_behind_it() {
    let mut failures = Vec::new();
    let ways =
        |name: &str| [imported("名称,会場", &[name, "公民館"]), vec![facts(|facts| facts.name = name.to_owned())]];
    let whole = cases().name.whole.into_iter().map(|name| [name.clone(), name]);
    for [name, expected] in cases().name.cut.into_iter().chain(whole) {
        for places in ways(&name) {
            let seen = public(&places)[0].facts.name.clone();
            failures.extend((seen != expected).then(|| format!("{name}: {seen}")));
        }
    }
    assert_no_failures(&failures);
}

#[test]
fn homes_are_told_from_houses_of_everybody() {
    let mut failures = Vec::new();
    let ways = |home: &str| {
        let at = |facts: &mut Facts| {
            facts.venue = Some(home.to_owned());
            facts.address = Some("広谷123".to_owned());
            facts.town =
                Some(Town { name: "広谷".to_owned(), centre: tsunagari::model::Position::new(134.7, 35.3).unwrap() });
        };
        [imported("名称,会場,住所", &["あじさい会", home, "広谷123"]), vec![facts(at)]]
    };
    for home in cases().home.private {
        let leaks = ways(&home).iter().any(|places| shown(places).contains("123") || shown(places).contains(&home));
        failures.extend(leaks.then(|| format!("leak: {home}")));
    }
    for home in cases().home.public {
        let kept = ways(&home).iter().all(|places| shown(places).contains("123") && shown(places).contains(&home));
        failures.extend((!kept).then(|| format!("lost: {home}")));
    }
    assert_no_failures(&failures);
}

#[test]
fn private_persons_are_told_from_groups_of_their_kind() {
    let mut failures = Vec::new();
    let list = |[name, kind]: &[String; 2]| imported("名称,種別,住所,電話", &[name, kind, "広谷123", "0796-62-0100"]);
    for case in cases().private_person.private {
        let seen = shown(&list(&case));
        let leaks = ["蓬莱谷", "木村", "123", "0100"].iter().any(|secret| seen.contains(secret));
        failures.extend(leaks.then(|| format!("leak: {case:?}: {seen}")));
    }
    for case in cases().private_person.public {
        let seen = shown(&list(&case));
        let kept = [&*case[0], "123", "0100"].iter().all(|word| seen.contains(word));
        failures.extend((!kept).then(|| format!("lost: {case:?}: {seen}")));
    }
    assert_no_failures(&failures);
}

#[test]
fn ways_of_confirming_are_public_as_known_words_only() {
    let mut failures = Vec::new();
    let list = |how: &str| imported("名称,会場,確認日,確認方法", &["あじさい会", "公民館", "2026-04-01", how]);
    let shown_how = |how: &str| public(&list(how))[0].verification.as_ref().and_then(|v| v.how.clone());
    failures
        .extend(cases().method.private.iter().filter(|how| shown_how(how).is_some()).map(|how| format!("leak: {how}")));
    failures
        .extend(cases().method.public.iter().filter(|how| shown_how(how).is_none()).map(|how| format!("lost: {how}")));
    assert_no_failures(&failures);
}

#[test]
fn a_person_of_one_row_is_private_in_all_others() {
    let mut failures = Vec::new();
    let named = facts(|facts| {
        facts.contact.person = Some(Person { name: "会長 蓬莱谷 かね".to_owned(), public: false });
        facts.audience = Audience::Staff;
    });
    let with = |text: &str| {
        let noted = facts(|facts| facts.note = Some(text.to_owned()));
        let tagged = facts(|facts| facts.tags = vec![text.to_owned()]);
        public(&[named.clone(), noted, tagged])
    };
    for text in cases().elsewhere.private {
        let seen = serde_json::to_string(&with(&text)).unwrap();
        failures.extend(seen.contains(&text).then(|| format!("leak: {text}")));
    }
    for text in cases().elsewhere.public {
        let seen = with(&text);
        let kept = seen[0].facts.note.as_deref() == Some(&text) && seen[1].facts.tags == [text.clone()];
        failures.extend((!kept).then(|| format!("lost: {text}")));
    }
    assert_no_failures(&failures);
}

#[test]
fn names_that_no_table_has_are_private_wherever_they_are_put() {
    let unknown = cases().unknown;
    let people = || unknown.families.iter().flat_map(|family| unknown.given.iter().map(move |given| (family, given)));
    let mut failures = Vec::new();
    for (at, [heading, form]) in unknown.private.iter().enumerate() {
        // Each form with some of the names, so that all are met and the test stays quick.
        for (family, given) in people().skip(at % 3).step_by(3) {
            let text = form.replace("{f}", family).replace("{g}", given);
            let seen = shown(&imported(&format!("名称,電話,{heading}"), &["あじさい会", "0796-62-0100", &text]));
            failures.extend(seen.contains(family.as_str()).then(|| format!("{heading}: {text}")));
        }
    }
    for heading in &unknown.columns {
        let city = BareCity { categories: categories(), ..BareCity::without_today() };
        let rows = people().enumerate().map(|(at, (family, given))| format!("{at}番の会,0796-62-0100,{family}{given}"));
        let list = format!("名称,電話,{heading}\n{}\n", rows.collect::<Vec<_>>().join("\n"));
        let sheets = city.read(list.as_bytes(), "list.csv").sheets;
        let places: Vec<Place> =
            sheets.into_iter().flat_map(|sheet| sheet.entries).map(|it| stored(it.facts, None)).collect();
        let seen = shown(&places);
        failures.extend(
            people()
                .map(|(family, _)| family)
                .filter(|family| seen.contains(family.as_str()))
                .map(|family| format!("column {heading}: {family}")),
        );
    }
    for form in &unknown.files {
        for (family, _) in people().step_by(unknown.given.len()) {
            let list = form.replace("{f}", family);
            let named = Place { source: Source { list: list.clone(), ..Source::default() }, ..facts(|_| ()) };
            failures.extend(shown(&[named]).contains(family.as_str()).then_some(list));
        }
    }
    for [heading, address] in &unknown.addresses {
        let seen = shown(&imported(&format!("名称,{heading}"), &["あじさい会", address]));
        failures.extend(seen.contains("kujirai").then(|| address.clone()));
    }
    assert_no_failures(&failures);
}

#[test]
fn what_is_only_written_like_a_name_stays_public() {
    let mut failures = Vec::new();
    for [heading, text] in cases().unknown.public {
        let seen = shown(&imported(&format!("名称,電話,{heading}"), &["あじさい会", "0796-62-0100", &text]));
        failures.extend((!seen.contains(&text)).then(|| format!("{heading}: {text}: {seen}")));
    }
    assert_no_failures(&failures);
}
