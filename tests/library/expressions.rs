//! Expressions in CQL2 against a naive evaluator that knows nothing but the JSON of all places.

use proptest::prelude::*;
use serde_json::{Value, json};
use tsunagari::index::filter::crs::CoordinateSystem;
use tsunagari::index::filter::expression::{ExpressionLanguage, FilterExpression};
use tsunagari::index::{Filter, Snapshot};
use tsunagari::model::{Audience, Position};

use crate::sample_city;

/// A condition as CQL2 JSON, with its text.
#[derive(Debug, Clone)]
struct Written {
    text: String,
    json: Value,
}

/// Properties with values that occur, nearly occur, and do not.
const TEXTS: [(&str, [&str; 4]); 8] = [
    ("category", ["salon", "farming", "exercise", "nothing"]),
    ("district", ["yoka", "d01", "01", "nothing"]),
    ("cost", ["無料", "100円", "300円", "実費"]),
    ("mode", ["at_place", "visiting", "phone", "online"]),
    ("precision", ["door", "block", "town", "district"]),
    ("tags", ["体操", "囲碁", "お茶", "将棋"]),
    ("roles", ["join", "help", "teach", "lead"]),
    ("name", ["サロン", "見本", "カフェ", "会"]),
];

const FLAGS: [&str; 5] = ["accepts_new", "step_free", "toilet", "pick_up", "private_person"];

fn comparison(name: &str, operator: &str, value: &Value) -> Written {
    let literal = match value {
        Value::Bool(flag) => flag.to_string().to_uppercase(),
        other => format!("'{}'", other.as_str().unwrap().replace('\'', "''")),
    };
    let text = format!("{name} {operator} {literal}");
    Written { text, json: json!({ "op": operator, "args": [{ "property": name }, value] }) }
}

fn atoms() -> impl Strategy<Value = Written> {
    let operator = proptest::sample::select(vec!["=", "<>", "<", "<=", ">", ">="]);
    let texts = (proptest::sample::select(TEXTS.to_vec()), 0..4_usize, operator.clone())
        .prop_map(|((name, values), at, operator)| comparison(name, operator, &json!(values[at])));
    let flags = (proptest::sample::select(FLAGS.to_vec()), any::<bool>(), proptest::sample::select(vec!["=", "<>"]))
        .prop_map(|(name, flag, operator)| comparison(name, operator, &json!(flag)));
    let nulls = proptest::sample::select(vec!["cost", "district", "verified_on", "geometry", "tags", "town"]).prop_map(
        |name| Written {
            text: format!("{name} IS NULL"),
            json: json!({ "op": "isNull", "args": [{ "property": name }] }),
        },
    );
    let days = (2024..2027_i32, 1..13_u32, operator).prop_map(|(year, month, operator)| {
        let day = format!("{year}-{month:02}-15");
        Written {
            text: format!("verified_on {operator} DATE('{day}')"),
            json: json!({ "op": operator, "args": [{ "property": "verified_on" }, { "date": day }] }),
        }
    });
    let likes = (proptest::sample::select(TEXTS.to_vec()), 0..4_usize).prop_map(|((name, values), at)| {
        let pattern = format!("%{}%", values[at]);
        Written {
            text: format!("{name} LIKE '{pattern}'"),
            json: json!({ "op": "like", "args": [{ "property": name }, pattern] }),
        }
    });
    let lists = proptest::sample::select(TEXTS.to_vec()).prop_map(|(name, values)| Written {
        text: format!("{name} IN ('{}', '{}')", values[0], values[2]),
        json: json!({ "op": "in", "args": [{ "property": name }, [values[0], values[2]]] }),
    });
    let boxes = (134.6..134.9_f64, 35.2..35.5_f64, 0.0..0.3_f64).prop_map(|(west, south, size)| {
        let sides = [west, south, west + size, south + size];
        Written {
            text: format!("S_INTERSECTS(geometry, BBOX({},{},{},{}))", sides[0], sides[1], sides[2], sides[3]),
            json: json!({ "op": "s_intersects", "args": [{ "property": "geometry" }, { "bbox": sides }] }),
        }
    });
    prop_oneof![4 => texts, 2 => flags, 1 => nulls, 1 => days, 2 => likes, 2 => lists, 2 => boxes]
}

fn expressions() -> impl Strategy<Value = Written> {
    atoms().prop_recursive(4, 24, 3, |inner| {
        let joined = |op: &'static str| {
            move |parts: Vec<Written>| {
                let texts: Vec<String> = parts.iter().map(|part| format!("({})", part.text)).collect();
                let args: Vec<Value> = parts.into_iter().map(|part| part.json).collect();
                Written { text: texts.join(&format!(" {op} ")), json: json!({ "op": op.to_lowercase(), "args": args }) }
            }
        };
        let several = || proptest::collection::vec(inner.clone(), 2..4);
        let not = inner.clone().prop_map(|it: Written| Written {
            text: format!("NOT ({})", it.text),
            json: json!({ "op": "not", "args": [it.json] }),
        });
        prop_oneof![several().prop_map(joined("AND")), several().prop_map(joined("OR")), not]
    })
}

/// The value of a property in a feature; access facts stand within `access`.
fn property(feature: &Value, name: &str) -> Value {
    match name {
        "geometry" => feature["geometry"].clone(),
        "id" => feature["id"].clone(),
        _ => match &feature["properties"][name] {
            Value::Null => feature["properties"]["access"][name]["yes"].clone(),
            found => found.clone(),
        },
    }
}

fn each(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_else(|| vec![value.clone()])
}

fn ordered(left: &Value, right: &Value) -> std::cmp::Ordering {
    match (left, right) {
        (Value::Bool(left), Value::Bool(right)) => left.cmp(right),
        _ => left.as_str().unwrap().cmp(right.as_str().unwrap()),
    }
}

/// Whether the expression holds for a feature, in three-valued logic.
fn holds(json: &Value, feature: &Value) -> Option<bool> {
    let args = json["args"].as_array().unwrap();
    let op = json["op"].as_str().unwrap();
    let parts = || args.iter().map(|arg| holds(arg, feature)).collect::<Vec<_>>();
    let value = || property(feature, args[0]["property"].as_str().unwrap());
    match op {
        "and" if parts().contains(&Some(false)) => Some(false),
        "or" if parts().contains(&Some(true)) => Some(true),
        "and" | "or" if parts().contains(&None) => None,
        "and" | "or" => Some(op == "and"),
        "not" => holds(&args[0], feature).map(|truth| !truth),
        "isNull" => Some(value().is_null()),
        _ if value().is_null() => None,
        "in" => Some(each(&value()).iter().any(|it| args[1].as_array().unwrap().contains(it))),
        "like" => {
            let wanted = args[1].as_str().unwrap().trim_matches('%').to_owned();
            Some(each(&value()).iter().any(|it| it.as_str().unwrap().contains(&wanted)))
        }
        "s_intersects" => {
            let sides: Vec<f64> = each(&args[1]["bbox"]).iter().map(|it| it.as_f64().unwrap()).collect();
            let at: Vec<f64> = each(&value()["coordinates"]).iter().map(|it| it.as_f64().unwrap()).collect();
            Some(sides[0] <= at[0] && at[0] <= sides[2] && sides[1] <= at[1] && at[1] <= sides[3])
        }
        _ => {
            let wanted = args[1].get("date").unwrap_or(&args[1]);
            let any =
                |accepts: fn(std::cmp::Ordering) -> bool| each(&value()).iter().any(|it| accepts(ordered(it, wanted)));
            Some(match op {
                "=" => any(std::cmp::Ordering::is_eq),
                "<>" => !any(std::cmp::Ordering::is_eq),
                "<" => any(std::cmp::Ordering::is_lt),
                "<=" => any(std::cmp::Ordering::is_le),
                ">" => any(std::cmp::Ordering::is_gt),
                _ => any(std::cmp::Ordering::is_ge),
            })
        }
    }
}

#[test]
fn every_expression_finds_what_a_naive_reading_of_the_json_finds() {
    let snapshot = Snapshot::build(&sample_city::sample().everything, Audience::Public);
    let all: Value = serde_json::from_slice(snapshot.encoded().whole()).unwrap();
    let features = all["features"].as_array().unwrap();

    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(600) };
    let found_any = std::cell::Cell::new(0);
    proptest!(config, |(written in expressions())| {
        let json_text = written.json.to_string();
        prop_assume!(json_text.len() <= 2_000 && written.text.len() <= 2_000);
        let expected: Vec<usize> =
            (0..features.len()).filter(|place| holds(&written.json, &features[*place]) == Some(true)).collect();
        for (text, language) in [(&written.text, ExpressionLanguage::Text), (&json_text, ExpressionLanguage::Json)] {
            let parsed = FilterExpression::parse(text, language, CoordinateSystem::Crs84);
            let parsed = parsed.map_err(|error| TestCaseError::fail(format!("{text}: {error:?}")))?;
            let filter = Filter { expression: Some(parsed), ..Filter::default() };
            prop_assert_eq!(&snapshot.select(&filter), &expected, "{}", text);
        }
        found_any.set(found_any.get() + usize::from(!expected.is_empty()));
    });
    let found = found_any.get();
    assert!(found > 150, "{found} expressions found anything");
}

#[test]
fn what_is_not_known_is_neither_so_nor_not_so() {
    let snapshot = Snapshot::build(&sample_city::sample().everything, Audience::Public);
    let count = |text: &str| {
        let parsed = FilterExpression::parse(text, ExpressionLanguage::Text, CoordinateSystem::Crs84).unwrap();
        snapshot.select(&Filter { expression: Some(parsed), ..Filter::default() }).len()
    };
    let (free, not_free, unknown) = (count("cost = '無料'"), count("NOT (cost = '無料')"), count("cost IS NULL"));
    assert!(free > 0 && not_free > 0 && unknown > 0);
    assert_eq!(free + not_free + unknown, snapshot.places.len());
}

#[test]
fn a_place_lies_in_the_same_shape_in_every_coordinate_system() {
    let snapshot = Snapshot::build(&sample_city::sample().everything, Audience::Public);
    // Its sides lie along the axes, so that they are the same lines in degrees and in metres of Mercator.
    // No place lies on them: an edge in millimetres is rounded.
    let corners = [
        (134.703, 35.303),
        (134.853, 35.303),
        (134.853, 35.403),
        (134.773, 35.403),
        (134.773, 35.473),
        (134.703, 35.473),
    ];
    let closed = corners.iter().chain(&corners[..1]);
    let corners: Vec<Position> = closed.map(|(lon, lat)| Position::new(*lon, *lat).unwrap()).collect();
    let counts = CoordinateSystem::ALL.map(|crs| {
        let corners: Vec<String> =
            corners.iter().map(|at| crs.coordinates(*at)).map(|[first, second]| format!("{first} {second}")).collect();
        let text = format!("S_INTERSECTS(geometry, POLYGON(({})))", corners.join(", "));
        let parsed = FilterExpression::parse(&text, ExpressionLanguage::Text, crs).unwrap();
        snapshot.select(&Filter { expression: Some(parsed), ..Filter::default() })
    });
    assert!(counts[0].len() > 3 && counts[0].len() < snapshot.places.len());
    assert!(counts.iter().all(|places| places == &counts[0]), "{counts:?}");
}
