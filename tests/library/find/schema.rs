//! The papers for programs, held true: wishes and answers are what `docs/*.schema.json` says.

use serde_json::{Value, json};
use tsunagari::find::{FIELDS, Wish};

use super::find;

fn schema(name: &str) -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs");
    serde_json::from_str(&std::fs::read_to_string(format!("{path}/{name}.schema.json")).unwrap()).unwrap()
}

fn everything() -> Value {
    json!({
        "from": {"district": "大屋"}, "travel": ["bicycle", "bus"], "minutes": 40, "likes": ["囲碁", "科学", "どこにもない"],
        "avoid": ["outdoor", "麻雀"], "free": [{"day": "sun", "from": "09:00", "to": "17:00"}], "matters": ["met_first_time", "quiet"],
        "gives": ["teach"], "can_give": ["理科"], "age": 64, "gender": "man", "axes": ["ties"], "at": "2026-11-22T10:00", "limit": 20
    })
}

#[test]
fn the_schema_of_wishes_takes_what_is_taken_and_no_more() {
    let schema = jsonschema::validator_for(&schema("wish")).unwrap();
    for wish in
        [everything(), json!({}), json!({"from": {"position": [134.7, 35.4]}}), json!({"from": null, "minutes": null})]
    {
        assert!(schema.is_valid(&wish), "{wish}");
        Wish::read(wish.to_string().as_bytes()).unwrap();
    }
    for wish in
        [json!({"like": []}), json!({"minutes": 0}), json!({"travel": ["horse"]}), json!({"limit": 1000}), json!([])]
    {
        assert!(!schema.is_valid(&wish), "{wish}");
        Wish::read(wish.to_string().as_bytes()).unwrap_err();
    }
}

#[test]
fn the_schema_of_wishes_names_every_field() {
    let schema = schema("wish");
    let named: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
    assert_eq!(named, FIELDS.iter().collect::<Vec<_>>());
}

#[test]
fn every_answer_is_what_its_schema_says() {
    let schema = jsonschema::validator_for(&schema("find")).unwrap();
    for wish in [
        everything(),
        json!({}),
        json!({"from": {"town": "大屋町加保"}}),
        json!({"travel": ["pick_up"], "likes": ["畑"]}),
    ] {
        let answer = serde_json::to_value(find(&wish)).unwrap();
        let wrong: Vec<String> =
            schema.iter_errors(&answer).map(|it| format!("{} at {}", it, it.instance_path())).collect();
        assert!(wrong.is_empty(), "{wish}: {wrong:?}");
    }
}
