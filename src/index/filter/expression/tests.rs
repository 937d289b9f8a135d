use super::*;

fn parse(text: &str) -> Result<FilterExpression, ExpressionError> {
    FilterExpression::parse(text, ExpressionLanguage::Text, CoordinateSystem::Crs84)
}

fn parse_json(text: &str) -> Result<FilterExpression, ExpressionError> {
    FilterExpression::parse(text, ExpressionLanguage::Json, CoordinateSystem::Crs84)
}

#[test]
fn text_and_json_of_the_same_condition_are_the_same() {
    for (text, json) in [
        ("category = 'salon'", r#"{"op":"=","args":[{"property":"category"},"salon"]}"#),
        ("'salon' <> \"category\"", r#"{"op":"<>","args":["salon",{"property":"category"}]}"#),
        (
            "NOT (cost = '無料') and status IN ('active', 'paused')",
            r#"{"op":"and","args":[{"op":"not","args":[{"op":"=","args":[{"property":"cost"},"無料"]}]},{"op":"in","args":[{"property":"status"},["active","paused"]]}]}"#,
        ),
        (
            "verified_on BETWEEN DATE('2026-01-01') AND '2026-12-31'",
            r#"{"op":"between","args":[{"property":"verified_on"},{"date":"2026-01-01"},"2026-12-31"]}"#,
        ),
        (
            "CASEI(name) LIKE casei('%Café\\_')",
            r#"{"op":"like","args":[{"op":"casei","args":[{"property":"name"}]},{"op":"casei","args":["%Café\\_"]}]}"#,
        ),
        (
            "cost IS NOT NULL OR accepts_new = TRUE",
            r#"{"op":"or","args":[{"op":"not","args":[{"op":"isNull","args":[{"property":"cost"}]}]},{"op":"=","args":[{"property":"accepts_new"},true]}]}"#,
        ),
        (
            "s_intersects(geometry, POLYGON((134 35, 135 35, 135 36, 134 35)))",
            r#"{"op":"s_intersects","args":[{"property":"geometry"},{"type":"Polygon","coordinates":[[[134,35],[135,35],[135,36],[134,35]]]}]}"#,
        ),
        (
            "S_WITHIN(geometry, BBOX(134,35,135,36))",
            r#"{"op":"s_within","args":[{"property":"geometry"},{"bbox":[134,35,135,36]}]}"#,
        ),
        (
            "S_WITHIN(MULTIPOINT((134 35),(135 -36)), geometry)",
            r#"{"op":"s_within","args":[{"type":"MultiPoint","coordinates":[[134,35],[135,-36]]},{"property":"geometry"}]}"#,
        ),
        ("TRUE", "true"),
        ("NOT NOT FALSE", "false"),
    ] {
        assert_eq!(parse(text).unwrap(), parse_json(json).unwrap(), "{text}");
    }
}

#[test]
fn and_binds_closer_than_or_and_not_closest() {
    let parsed = |text| parse(text).unwrap();
    assert_eq!(
        parsed("status='a' OR mode='b' AND NOT cost='c' AND name='d'"),
        parsed("status='a' OR (mode='b' AND ((NOT (cost='c')) AND name='d'))")
    );
    assert_ne!(parsed("(status='a' OR mode='b') AND cost='c'"), parsed("status='a' OR mode='b' AND cost='c'"));
    assert_eq!(parsed("name NOT LIKE 'a%'"), parsed("NOT name LIKE 'a%'"));
    assert_eq!(parsed("cost not in ('x')"), parsed("NOT cost IN ('x')"));
    assert_eq!(parsed("name = 'it''s'"), parsed("name = 'it\\'s'"));
}

#[test]
fn what_cannot_be_used_is_named_with_its_position() {
    for (text, position, word) in [
        ("", 1, "the end"),
        ("name", 5, "the end"),
        ("name =", 7, "the end"),
        ("nome = 'a'", 1, "\"nome\""),
        ("名称 = 'a'", 1, "\"名称\""),
        ("name = 'a' AND nome = 'b'", 16, "\"nome\""),
        ("name = 'あ' AND\nnome = 'b'", 16, "\"nome\""),
        ("name = 5", 1, "wrong type"),
        ("accepts_new = 'yes'", 1, "wrong type"),
        ("verified_on > 'soon'", 1, "\"soon\""),
        ("verified_on > TRUE", 1, "wrong type"),
        ("geometry = 'a'", 1, "geometry"),
        ("name = 'a", 8, "closing"),
        ("name = 'a')", 11, "\")\""),
        ("(name = 'a'", 12, "the end"),
        ("name ~ 'a'", 6, "'~'"),
        ("name = 1e999", 8, "1e999"),
        ("FOO(name) = 'a'", 1, "\"FOO\""),
        ("S_TOUCHES(geometry, POINT(1 2))", 1, "\"S_TOUCHES\""),
        ("S_INTERSECTS(geometry, CIRCLE(1 2))", 24, "\"CIRCLE\""),
        ("S_INTERSECTS(name, POINT(1 2))", 14, "name"),
        ("S_INTERSECTS(geometry, geometry)", 1, "geometry"),
        ("S_INTERSECTS(geometry, POLYGON((1 1,2 1,2 2,1 2)))", 31, "open"),
        ("S_INTERSECTS(geometry, POLYGON((1 1,2 1,1 1)))", 31, "at least 4"),
        ("S_INTERSECTS(geometry, LINESTRING(1 1))", 34, "at least 2"),
        ("S_INTERSECTS(geometry, POINT(35 134))", 30, "latitude"),
        ("S_INTERSECTS(geometry, POINT(1e999 1))", 30, "1e999"),
        ("S_INTERSECTS(geometry, POINT(1 2, 3 4))", 24, "one position"),
        ("S_INTERSECTS(geometry, BBOX(1,2,3))", 24, "3 numbers"),
        ("S_INTERSECTS(geometry)", 22, "\")\""),
        ("verified_on = DATE('2026-02-30')", 20, "2026-02-30"),
        ("name LIKE 5", 1, "pattern"),
        ("accepts_new LIKE 'a'", 1, "LIKE"),
        ("CASEI(accepts_new) = 'a'", 1, "case"),
        ("cost IN ()", 10, "\")\""),
        ("5 IS NULL", 1, "queryable"),
    ] {
        let error = parse(text).unwrap_err();
        assert_eq!(error.position, Some(position), "{text}: {error:?}");
        assert!(error.reason.contains(word), "{text}: {error:?}");
    }
}

#[test]
fn json_that_cannot_be_used_is_named_with_its_path() {
    for (json, word) in [
        ("", "no JSON"),
        ("{", "no JSON"),
        ("[]", "at $"),
        ("1e999", "no JSON"),
        (r#"{"op":"=","args":[{"property":"name"},1e999]}"#, "no JSON"),
        (r#"{"op":"=","args":[{"property":"nome"},"a"]}"#, "$.args[0]"),
        (r#"{"op":"=","args":[{"property":"name"}]}"#, "1 arguments instead of 2"),
        (r#"{"op":"=","args":[{"property":"name"},null]}"#, "$.args[1]"),
        (r#"{"op":"foo","args":[]}"#, "\"foo\""),
        (r#"{"op":"and","args":[true]}"#, "two arguments"),
        (r#"{"op":"and","args":[true,{"op":"not","args":[5]}]}"#, "$.args[1].args[0]"),
        (r#"{"op":"=","args":[{"property":"name"},"a"],"x":1}"#, "\"x\""),
        (r#"{"op":"in","args":[{"property":"name"},[]]}"#, "empty"),
        (
            r#"{"op":"s_within","args":[{"property":"geometry"},{"type":"Polygon","coordinates":[[[1,1],[2,1],[2,2],[1,2]]]}]}"#,
            "open",
        ),
        (r#"{"op":"s_within","args":[{"property":"geometry"},{"type":"Polygon","coordinates":[]}]}"#, "without a ring"),
        (r#"{"op":"s_within","args":[{"property":"geometry"},{"type":"MultiPoint","coordinates":[]}]}"#, "empty"),
    ] {
        let error = parse_json(json).unwrap_err();
        assert!(error.reason.contains(word), "{json}: {error:?}");
        assert_eq!(error.position.is_some(), word == "no JSON", "{json}: {error:?}");
    }
}

#[test]
fn too_long_and_too_deep_is_refused_before_it_is_parsed() {
    let nested = |depth: usize| format!("{}name='a'{}", "(".repeat(depth), ")".repeat(depth));
    assert!(parse(&nested(MAX_DEPTH)).is_ok());
    for attack in [nested(MAX_DEPTH + 1), nested(900), "(".repeat(1_900), "NOT ".repeat(400), "-".repeat(1_900)] {
        assert!(parse(&attack).unwrap_err().reason.contains("nested"), "{attack:.20}");
    }
    let json = |depth: usize| format!("{}true{}", r#"{"op":"not","args":["#.repeat(depth), "]}".repeat(depth));
    assert!(parse_json(&json(MAX_DEPTH)).is_ok());
    for attack in [json(MAX_DEPTH + 1), "[".repeat(1_900), r#"{"a":"#.repeat(300)] {
        assert!(parse_json(&attack).unwrap_err().reason.contains("nested"), "{attack:.20}");
    }
    let long = format!("name = '{}'", "あ".repeat(700));
    assert!(long.chars().count() < MAX_BYTES && parse(&long).unwrap_err().reason.contains("bytes"));
    assert!(parse("name = '((((((((((((((((((((((((((((((((((((((('").is_ok(), "brackets of a text nest nothing");
}
