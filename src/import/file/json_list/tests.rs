use super::*;

fn read(text: &str) -> Vec<CellSheet> {
    open(text, &HeadingTable::standard(), &ReadingLimits::default()).unwrap().sheets
}

/// Headings with texts of each row.
fn rows(sheet: &CellSheet) -> Vec<Vec<(&str, &str)>> {
    let heading = &sheet.rows[0];
    let cells = |row: &'_ SheetRow| row.cells.iter().map(|(at, _)| *at).collect::<Vec<_>>();
    sheet.rows[1..]
        .iter()
        .map(|row| cells(row).into_iter().map(|at| (heading.cell(at), row.cell(at))).collect())
        .collect()
}

fn kind_of(text: &str) -> ProblemKind {
    open(text, &HeadingTable::standard(), &ReadingLimits::default()).unwrap_err().problem.kind
}

#[test]
fn an_array_of_objects_under_any_key_is_a_list() {
    let items = r#"[{"名称":"谷の会","電話":"0790-00-0001"},{"名称":"森の会","休み":null}]"#;
    for text in [
        items.to_owned(),
        format!(r#"{{"data":{items}}}"#),
        format!(r#"{{"facilities":{items},"count":2}}"#),
        format!(
            r#"{{"success":true,"result":{{"fields":[{{"id":"_id","type":"int"}},{{"id":"名称","type":"text"}},{{"id":"電話","type":"text"}}],"records":{items}}}}}"#
        ),
        "{\"名称\":\"谷の会\",\"電話\":\"0790-00-0001\"}\n{\"名称\":\"森の会\"}\n".to_owned(),
    ] {
        let sheets = read(&text);
        assert_eq!(sheets.len(), 1, "{text}");
        let found = rows(&sheets[0]);
        assert_eq!(found, [vec![("名称", "谷の会"), ("電話", "0790-00-0001")], vec![("名称", "森の会")]], "{text}");
        assert_eq!((sheets[0].rows[1].number, sheets[0].last_row), (1, 2));
    }
}

#[test]
fn lists_of_one_kind_beside_each_other_are_sheets() {
    let text = r#"{"公民館":[{"名称":"谷","住所":"1"}],"図書館":[{"名称":"森","住所":"2"}],"凡例":[{"印":"○"}]}"#;
    let names: Vec<_> = read(text).into_iter().map(|sheet| sheet.name.unwrap()).collect();
    assert_eq!(names, ["公民館", "図書館"]);
}

#[test]
fn nested_members_are_columns_and_arrays_are_text() {
    let text = r#"[{"@type":"Library","name":{"ja":"谷文庫","en":"Tani"},"address":{"postalCode":"667-0000","streetAddress":"谷1-2"},
        "geo":{"lat":35.40,"lng":134.7},"tags":["囲碁","将棋"],"contactPoint":[{"telephone":"0790-00-0001"}],
        "hours":[{"day":"月","time":"10:00"},{"day":"火","time":"13:00"}],"n":1.0,"code":"007","big":123456789012345678901234567890}]"#;
    let sheets = read(text);
    let expected = [
        ("name", "谷文庫"),
        ("name_en", "Tani"),
        ("address_postalCode", "667-0000"),
        ("address_streetAddress", "谷1-2"),
        ("lat", "35.40"),
        ("lng", "134.7"),
        ("tags", "囲碁、将棋"),
        ("telephone", "0790-00-0001"),
        ("hours", "月 10:00\n火 13:00"),
        ("n", "1"),
        ("code", "007"),
        ("big", "123456789012345678901234567890"),
    ];
    assert_eq!(rows(&sheets[0]), [expected.to_vec()]);
}

#[test]
fn a_point_within_an_object_is_a_position() {
    let text = r#"[{"name":"谷","location":{"type":"Point","coordinates":[134.75,35.41]}}]"#;
    assert_eq!(rows(&read(text)[0]), [[("name", "谷"), ("longitude", "134.75"), ("latitude", "35.41")]]);
}

#[test]
fn json_without_a_list_is_refused_by_name() {
    for text in ["{\"a\":1}", "[1,2,3]", "[]", "{\"type\":\"Topology\",\"objects\":{\"a\":[{\"b\":1}]}}", "{\"a\":[]}"]
    {
        assert_eq!(kind_of(text), ProblemKind::JsonWithoutList, "{text}");
    }
    for text in ["{\"data\":[{\"名称\":\"谷\"},", "{\"名称\":\"谷\"}\n{\"名称\":", &"[".repeat(1_000_000)] {
        assert_eq!(kind_of(text), ProblemKind::JsonDamaged);
    }
    let deep = format!("[{}1{}]", "{\"a\":".repeat(5_000), "}".repeat(5_000));
    assert_eq!(read(&deep).len(), 1, "what lies deep stays as it is written");
}

#[test]
fn many_columns_are_refused() {
    let members: Vec<String> = (0..200_000).map(|n| format!("\"c{n}\":1")).collect();
    let text = format!("[{{{}}}]", members.join(","));
    assert_eq!(kind_of(&text), ProblemKind::TooLarge);
}
