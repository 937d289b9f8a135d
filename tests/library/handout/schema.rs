//! The paper for programs, held true: every answer is what `docs/handout.schema.json` says.

use serde_json::{Value, json};

use super::{all_ids, made};

fn schema() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/handout.schema.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn every_answer_is_what_its_schema_says() {
    let schema = jsonschema::validator_for(&schema()).unwrap();
    let starts = [json!(null), json!({"district": "oya"}), json!({"position": [134.7, 35.33]})];
    let ids = all_ids();
    for (nth, eight) in ids.chunks(8).enumerate() {
        let order = json!({"from": starts[nth % 3], "travel": ["walk", "bus"], "places": eight});
        let answer = serde_json::to_value(made(&order)).unwrap();
        let wrong: Vec<String> =
            schema.iter_errors(&answer).map(|it| format!("{it} at {}", it.instance_path())).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
