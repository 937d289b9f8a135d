//! Every test of the OGC's executable suite for Features (ets-ogcapi-features10, Apache-2.0; `names.txt` has what they are called) has
//! a check here by its name. A name without a check fails, and so does a check without a name.

use std::collections::BTreeSet;

use super::Client;
use super::rules::{self, PageRule, QueryKind};

/// What a test of the suite checks.
#[derive(Debug, Clone, Copy)]
enum Check {
    CrsUris,
    CrsLists,
    StorageCrs,
    CrsOfItems,
    CrsUnknown,
    CrsDefault,
    CrsTransforms,
    BboxCrsDefault,
    BboxCrsTransforms,
    BboxCrsUnknown,
    Http,
    Landing,
    ApiDefinition,
    Conformance,
    Collections,
    Collection,
    BboxAnswers,
    DatetimeAnswers,
    WrongValue,
    UnknownParameter,
    Feature,
    Operation(QueryKind),
    Page(QueryKind, PageRule),
}

/// The check for the test of this name.
fn check_for(name: &str) -> Option<Check> {
    let kind = if name.contains("- BoundingBox,") {
        QueryKind::Bbox
    } else if name.contains("- Datetime,") {
        QueryKind::Datetime
    } else if name.contains("items, Limit,") {
        QueryKind::Limit
    } else {
        QueryKind::Plain
    };
    let has = |part: &str| name.contains(part);
    let page_rules = [
        ("Test Method 1 ", PageRule::IsCollection),
        ("Abstract Test 22, Test Method 2 ", PageRule::HasFeatures),
        ("Test Method 4 ", PageRule::Links),
        ("Test Method 5 ", PageRule::TimeStamp),
        ("Test Method 6 ", PageRule::NumberMatched),
        ("Test Method 7 ", PageRule::NumberReturned),
        ("Abstract Test 2, Test Method 2 ", PageRule::Crs84),
    ];
    if has("A.2.7. Features")
        && let Some((_, rule)) = page_rules.iter().find(|(part, _)| has(part))
    {
        return Some(Check::Page(kind, *rule));
    }
    let others = [
        ("A.1 Discovery, Abstract Test 1 ", Check::CrsUris),
        ("A.1 Discovery, Abstract Test 2 (Requirement /req/crs/fc-md-crs-list B)", Check::CrsLists),
        ("A.1 Discovery, Abstract Test 2 (Requirement /req/crs/fc-md-storageCrs-valid-value)", Check::StorageCrs),
        ("A.1 Discovery, Abstract Test 3 ", Check::StorageCrs),
        ("A.2.1 Query, Parameter crs, Abstract Test 1 (Requirement /req/crs/fc-crs-definition", Check::CrsOfItems),
        ("A.2.1 Query, Parameter crs, Abstract Test 1 (Requirement /req/crs/fc-crs-valid-value)", Check::CrsUnknown),
        ("A.2.1 Query, Parameter crs, Abstract Test 4 ", Check::CrsOfItems),
        ("A.2.1 Query, Parameter crs, Abstract Test 5 ", Check::CrsUnknown),
        ("A.2.1 Query, Parameter crs, Abstract Test 6 ", Check::CrsDefault),
        ("A.2.1 Query, Parameter crs, Abstract Test 7 ", Check::CrsTransforms),
        ("A.2.1.1. HTTP, Abstract Test 1 ", Check::Http),
        ("A.2.2 Query, Parameter bbox-crs, Abstract Test 10 ", Check::BboxCrsDefault),
        ("A.2.2 Query, Parameter bbox-crs, Abstract Test 8 ", Check::BboxCrsTransforms),
        ("A.2.2 Query, Parameter bbox-crs, Abstract Test 9 ", Check::BboxCrsUnknown),
        ("A.2.2. Landing Page {root}/,", Check::Landing),
        ("A.2.3. API Definition Path", Check::ApiDefinition),
        ("A.2.4. Conformance Path", Check::Conformance),
        ("A.2.5. Feature Collections {root}/collections,", Check::Collections),
        ("A.2.6. Feature Collection {root}", Check::Collection),
        ("Abstract Test 15:", Check::BboxAnswers),
        ("Abstract Test 19:", Check::DatetimeAnswers),
        ("Abstract Test 13/20 ", Check::WrongValue),
        ("Abstract Test 13/21 ", Check::UnknownParameter),
        ("Abstract Test 13", Check::Operation(kind)),
        ("A.2.8. Feature, Abstract Test", Check::Feature),
    ];
    others.iter().find(|(part, _)| has(part)).map(|(_, check)| *check)
}

fn names() -> Vec<&'static str> {
    include_str!("names.txt").lines().collect()
}

async fn run(client: &Client, check: Check) {
    match check {
        Check::CrsUris => rules::crs_lists_are_uris(client).await,
        Check::CrsLists => rules::crs_lists_have_the_default(client).await,
        Check::StorageCrs => rules::storage_crs_is_in_the_list(client).await,
        Check::CrsOfItems => rules::every_crs_is_answered_with_its_header(client).await,
        Check::CrsUnknown => rules::unknown_crs_is_refused(client, "crs").await,
        Check::CrsDefault => rules::default_crs_is_named(client).await,
        Check::CrsTransforms => rules::coordinates_are_transformed(client).await,
        Check::BboxCrsDefault => rules::bbox_is_crs84_by_default(client).await,
        Check::BboxCrsTransforms => rules::bbox_in_every_crs_is_the_same_box(client).await,
        Check::BboxCrsUnknown => rules::unknown_crs_is_refused(client, "bbox-crs").await,
        Check::Http => rules::http_1_1_is_spoken(client).await,
        Check::Landing => rules::landing_page_links_its_documents(client).await,
        Check::ApiDefinition => rules::api_definition_is_openapi(client).await,
        Check::Conformance => rules::conformance_names_the_core(client).await,
        Check::Collections => rules::collections_describe_themselves(client).await,
        Check::Collection => rules::each_collection_is_the_one_in_the_list(client).await,
        Check::BboxAnswers => rules::a_box_leaves_what_touches_it(client).await,
        Check::DatetimeAnswers => rules::an_interval_leaves_what_meets_in_it(client).await,
        Check::WrongValue => rules::wrong_values_are_refused(client).await,
        Check::UnknownParameter => rules::unknown_parameters_are_refused(client).await,
        Check::Feature => rules::each_feature_is_found_by_its_id(client).await,
        Check::Operation(kind) => rules::items_are_answered(client, kind).await,
        Check::Page(kind, rule) => rules::page(client, kind, rule).await,
    }
}

#[test]
fn every_test_of_the_suite_has_a_check_and_stands_in_the_list_once() {
    let unknown: Vec<&str> = names().into_iter().filter(|name| check_for(name).is_none()).collect();
    assert_eq!(unknown, Vec::<&str>::new());
    let all: BTreeSet<&str> = names().into_iter().collect();
    assert_eq!((all.len(), names().len()), (58, 58));
    assert!(check_for("Implements A.2.9. Something new").is_none(), "a new test must not pass by itself");
    if let Ok(real) = std::env::var("TSUNAGARI_REAL_DATA") {
        let list = std::fs::read_to_string(format!("{real}/standards/ogcapi-features10_tests.txt")).unwrap();
        let of_suite: BTreeSet<&str> = list.lines().filter(|line| line.starts_with("Implements")).collect();
        assert_eq!(all, of_suite);
    }
}

#[tokio::test]
async fn every_test_of_the_suite_holds() {
    let client = Client::new();
    for name in names() {
        println!("{name}");
        run(&client, check_for(name).unwrap()).await;
    }
}
