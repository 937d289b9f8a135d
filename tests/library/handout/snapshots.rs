//! Papers as they are, to be read by a person.

use serde_json::{Value, json};

use super::{ids, made};

/// Identities are random, and so are the codes that hold them.
fn without_ids(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .into_iter()
            .map(|(key, value)| match key.as_str() {
                "id" | "url" | "path" => (key, "…".into()),
                _ => (key, without_ids(value)),
            })
            .collect(),
        Value::Array(list) => list.into_iter().map(without_ids).collect(),
        other => other,
    }
}

#[test]
fn the_paper_of_the_first_person_is_this() {
    let order = json!({"from": {"town": "大屋町加保"}, "travel": ["bicycle", "bus"], "places": ids(&["針金", "囲碁", "野菜づくり"])});
    let mut paper = serde_json::to_value(made(&order)).unwrap();
    paper["map"]["svg"] = "…".into();
    insta::assert_json_snapshot!(without_ids(paper));
}
