//! Lists as cities write them, by their text.

use super::*;
use crate::import::columns::Field;

fn read(text: &str) -> FileTables {
    tables(text.as_bytes(), &HeadingTable::standard())
}

/// The only table of `text`.
fn one(text: &str) -> ListTable {
    let mut read = read(text);
    assert_eq!((read.refused.as_ref(), read.tables.len()), (None, 1), "{text}");
    read.tables.remove(0)
}

fn rows(table: &ListTable) -> Vec<(u32, &str)> {
    table.records.iter().map(|r| (r.row, r.cells[0].as_str())).collect()
}

fn kinds(table: &ListTable) -> Vec<(u32, ProblemKind)> {
    table.problems.iter().map(|p| (p.row, p.kind)).collect()
}

#[test]
fn the_heading_is_found_below_titles_and_remarks() {
    let table = one(
        "令和8年度 通いの場一覧,,\n,,令和8年4月1日現在\n※掲載に同意のあるもの,,\n,,\nNo.,サロン名,会場\n1,ひだまり,公民館\n\n2,つくし,集会所\n",
    );
    assert_eq!((table.heading_row, table.blank_rows), (5, 1));
    assert_eq!(table.headings, ["No.", "サロン名", "会場"]);
    assert_eq!(rows(&table), [(6, "1"), (8, "2")]);
}

#[test]
fn a_heading_over_two_lines_is_joined() {
    let table = one(
        "No.,団体名,開催日時,,会場,,連絡先,\n,,曜日,時間,名称,住所,氏名,電話\n1,ひだまり,毎週月曜,10時,公民館,国木1,山田,079\n",
    );
    assert_eq!(table.heading_row, 2);
    assert_eq!(
        table.headings,
        ["No.", "団体名", "開催日時_曜日", "開催日時_時間", "会場_名称", "会場_住所", "連絡先_氏名", "連絡先_電話"]
    );
    let fields = HeadingTable::standard().fields(&table.headings);
    let expected = [
        Field::RunningNumber,
        Field::GroupName,
        Field::Weekdays,
        Field::Schedule,
        Field::VenueName,
        Field::Address,
        Field::Person,
        Field::Phone,
    ];
    assert_eq!(fields, expected.map(Some));
    assert_eq!(rows(&table), [(3, "1")]);
}

#[test]
fn groups_above_a_complete_heading_are_joined_only_where_that_helps() {
    let table = one(",施設,,連絡先,\nNo.,名称,住所,氏名,電話\n1,甲,国木,山田,079\n");
    assert_eq!(table.headings, ["No.", "施設_名称", "施設_住所", "連絡先_氏名", "連絡先_電話"]);
    let plain = one(",基本情報,,その他の情報,\nNo.,名称,住所,備考,URL\n1,甲,国木,なし,\n");
    assert_eq!(plain.headings, ["No.", "名称", "住所", "備考", "URL"]);
    assert_eq!(plain.heading_row, 2);
}

#[test]
fn a_row_of_data_is_not_taken_for_the_second_line_of_a_heading() {
    for data in ["1,ひだまり,公民館,,", "1,ひだまり,,月,火", ",ひだまり,公民館,月,", "ひだまり,つくし,公民館,月,"]
    {
        let table = one(&format!("No.,サロン名,会場,曜日,\n{data}\n"));
        assert_eq!((table.heading_row, table.records.len()), (1, 1), "{data}");
    }
}

#[test]
fn line_breaks_within_headings_and_cells_cost_no_row_number() {
    let table = one("\"サロン\n名\",\"会場\n（住所）\"\n\"ひだまり\n（旧つくし）\",公民館\nもみじ,集会所\n");
    assert_eq!(rows(&table), [(2, "ひだまり\n（旧つくし）"), (3, "もみじ")]);
    assert_eq!(HeadingTable::standard().fields(&table.headings)[0], Some(Field::ActivityName));
}

#[test]
fn linkdata_preambles_are_read_over_and_the_licence_is_kept() {
    let table = one(
        "#LINK,,\n#lang,ja,\n#license,https://example.org/by,\n#property,name,location\n#object_type_xsd,string,string\n#property_context,Assertion,Assertion\n1,甲,\"34.3,134.0\"\n",
    );
    assert_eq!(table.heading_row, 4);
    assert_eq!(table.licence.as_deref(), Some("https://example.org/by"));
    assert_eq!(rows(&table), [(7, "1")]);
    assert_eq!((table.blank_rows, table.problems.len()), (0, 0));
}

#[test]
fn numbered_but_empty_rows_are_blank() {
    let table = one(
        "No,都道府県名,サロン名,会場,送迎\n1,兵庫県,ひだまり,公民館,○\n2,兵庫県,,,○\n3,兵庫県,,,\n4,,,,\n,,,,\n5,兵庫県,つくし,,\n",
    );
    assert_eq!(rows(&table), [(2, "1"), (7, "5")]);
    assert_eq!(table.blank_rows, 4);
}

#[test]
fn a_row_that_lacks_only_its_name_is_a_record() {
    let table = one("No,サロン名,会場,電話\n1,ひだまり,公民館,1\n2,,集会所,\n3,,,079-000\n");
    assert_eq!(table.records.len(), 3);
}

#[test]
fn examples_totals_and_remarks_among_the_rows_are_left_out_and_reported() {
    let table = one(
        "No,サロン名,会場,人数\n必須,必須,任意,任意\n例,○○サロン,△△公民館,10\n1,ひだまり,公民館,5\n,※休止中のものを含む,,\n2,合計,集会所,6\n合計,,,11\n※人数は平均です。,,,\n以上,,,\n",
    );
    assert_eq!(rows(&table), [(4, "1"), (6, "2")]);
    assert_eq!(
        kinds(&table),
        [
            (3, ProblemKind::ExampleRowSkipped),
            (5, ProblemKind::CommentRowSkipped),
            (7, ProblemKind::TotalRowSkipped),
            (8, ProblemKind::CommentRowSkipped),
            (9, ProblemKind::CommentRowSkipped),
        ]
    );
    assert_eq!(table.problems[0].values, [("value", "○○サロン".to_owned())]);
}

#[test]
fn a_place_named_like_a_remark_is_a_place_when_the_row_says_more() {
    let table = one("名称,住所,電話\n※土砂災害からの退避,国木1,079\n計,大屋2,\n例,加保3,\n以上の会,関宮,\n");
    assert_eq!(rows(&table), [(2, "※土砂災害からの退避"), (3, "計"), (5, "以上の会")]);
}

#[test]
fn a_heading_written_again_is_passed_over() {
    let table = one("サロン名,会場,電話\n甲,公民館,1\n\nサロン名,会場,電話\n乙,集会所,2\n");
    assert_eq!(rows(&table), [(2, "甲"), (5, "乙")]);
    assert_eq!((table.blank_rows, kinds(&table)), (1, vec![(4, ProblemKind::HeadingRepeated)]));
}

#[test]
fn two_tables_one_below_the_other_stay_apart() {
    let read =
        read("サロン名,会場,電話\n甲,公民館,1\n\n農業指導者の一覧,,\n氏名,団体名,作物,地区\n山田,農会,なす,国木\n");
    let found: Vec<_> =
        read.tables.iter().map(|t| (t.heading_row, t.headings.len(), t.records.len(), t.blank_rows)).collect();
    assert_eq!(found, [(1, 3, 1, 1), (5, 4, 1, 0)]);
    assert_eq!(kinds(&read.tables[0]), [(4, ProblemKind::CommentRowSkipped)]);
}

#[test]
fn a_row_that_names_a_district_stands_for_the_rows_below_it() {
    let table = one("No,サロン名,会場\n■大屋地域,,\n1,ひだまり,公民館\n2,つくし,集会所\n■関宮地域,,\n3,もみじ,会館\n");
    assert_eq!(table.headings.last().unwrap(), "（地区）");
    let districts: Vec<_> = table.records.iter().map(|r| r.cells[3].as_str()).collect();
    assert_eq!(districts, ["大屋地域", "大屋地域", "関宮地域"]);
    assert_eq!(HeadingTable::standard().fields(&table.headings)[3], Some(Field::District));
    let blank_column = one("地区,サロン名,会場\n大屋地区,,\n,ひだまり,公民館\n");
    assert_eq!(blank_column.records[0].cells, ["大屋地区", "ひだまり", "公民館"]);
    let kinds_of = one("地区,サロン名,会場\n【体操】,,\n国木,ひだまり,公民館\n");
    assert_eq!(kinds_of.headings.last().unwrap(), "（見出し行）");
    assert_eq!(kinds_of.records[0].cells[3], "体操");
}

#[test]
fn ditto_marks_stand_for_what_is_above_them() {
    let table = one("地区,サロン名,会場,住所\n大屋,甲,公民館,同左\n〃,乙,同上,加保\n同　上,丙,（同上）,〃\n,丁,″,\n");
    let cells: Vec<_> = table.records.iter().map(|r| r.cells.join("|")).collect();
    assert_eq!(cells, ["大屋|甲|公民館|公民館", "大屋|乙|公民館|加保", "大屋|丙|公民館|加保", "|丁|公民館|"]);
    assert_eq!(table.records[2].filled, [0, 2, 3]);
}

#[test]
fn a_district_written_once_a_group_counts_for_the_group() {
    let table = one("地区,サロン名\n大屋,甲\n,乙\n,丙\n関宮,丁\n,戊\n");
    let districts: Vec<_> = table.records.iter().map(|r| r.cells[0].as_str()).collect();
    assert_eq!(districts, ["大屋", "大屋", "大屋", "関宮", "関宮"]);
    assert_eq!(kinds(&table), [(1, ProblemKind::GroupedColumn)]);
    // A few blanks among many are just blanks.
    let sparse = one("地区,サロン名\n大屋,甲\n,乙\n関宮,丙\n八鹿,丁\n");
    assert_eq!(sparse.records[1].cells[0], "");
    let repeated = one("地区,サロン名\n大屋,甲\n,乙\n,丙\n大屋,丁\n,戊\n");
    assert_eq!(repeated.records[1].cells[0], "");
}

#[test]
fn rows_of_another_length_are_reported_once_where_all_are_alike() {
    let alike = one("名称,住所,備考\na,b\nc,d\ne,f\n");
    assert_eq!(kinds(&alike), [(1, ProblemKind::RaggedRow)]);
    assert!(alike.records.iter().all(|r| r.cells.len() == 3));
    let one_odd = one("名称,住所,備考\na,b,c\nd,e\nf,g,h,i\nj,k,l,,,,\n");
    assert_eq!(
        kinds(&one_odd),
        [(1, ProblemKind::UnnamedColumn), (3, ProblemKind::RaggedRow), (4, ProblemKind::RaggedRow)]
    );
    assert_eq!(one_odd.headings[3], "（見出しなし D列）");
    assert_eq!(one_odd.records[2].cells, ["f", "g", "h", "i"]);
}

#[test]
fn a_thousand_empty_columns_are_none() {
    let commas = ",".repeat(1000);
    let table = one(&format!("名称,住所{commas}\na,b{commas}\n{commas}\n"));
    assert_eq!((table.headings.len(), table.records.len(), table.blank_rows), (2, 1, 1));
    assert!(table.problems.is_empty());
}

#[test]
fn columns_of_one_name_stay_apart() {
    let table = one("名称,電話番号,担当,電話番号\na,1,b,2\n");
    assert_eq!(table.headings, ["名称", "電話番号", "担当", "電話番号"]);
    assert_eq!(table.records[0].cells, ["a", "1", "b", "2"]);
}

#[test]
fn a_list_of_names_alone_is_a_list() {
    assert_eq!(rows(&one("名称\nひだまり\nつくし\n")), [(2, "ひだまり"), (3, "つくし")]);
}

#[test]
fn a_heading_without_rows_is_a_table_without_records() {
    let table = one("名称,住所,緯度,経度\n");
    assert_eq!((table.heading_row, table.records.len(), table.blank_rows), (1, 0, 0));
}

#[test]
fn what_is_no_table_is_refused_by_name() {
    for (bytes, kind) in [
        (&b""[..], ProblemKind::EmptyFile),
        (b" \r\n\r\n", ProblemKind::EmptyFile),
        (b",,,\n,,,\n", ProblemKind::EmptyFile),
        (b"%PDF-1.7 ...", ProblemKind::OtherFormat),
        (b"\x89PNG\r\n\x1a\n", ProblemKind::OtherFormat),
        (b"<html><table><tr><td>\xE5\x90\x8D</td></tr></table></html>", ProblemKind::HtmlNotATable),
        (b"\r\n<meta http-equiv=Content-Type><table x:str>", ProblemKind::HtmlNotATable),
        (b"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", ProblemKind::OtherFormat),
        (b"{\"a\":1}", ProblemKind::JsonWithoutList),
        (b"PK\x03\x04garbage", ProblemKind::WorkbookDamaged),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1garbage", ProblemKind::WorkbookDamaged),
        (b"a,b,c\n1,2,3\n4,5,6\n", ProblemKind::NotATable),
        ("本日は晴天なり。".as_bytes(), ProblemKind::NotATable),
    ] {
        let read = tables(bytes, &HeadingTable::standard());
        assert_eq!(read.refused.map(|p| p.kind), Some(kind), "{}", String::from_utf8_lossy(bytes));
        assert!(read.tables.is_empty());
    }
}

#[test]
fn lost_characters_are_reported_in_their_row_or_refuse_the_file() {
    let names = "サロン,国木\n".repeat(20);
    let table = one(&format!("名称,住所\n\u{FFFD}の会,国木\nつくし,大\u{FFFD}町\n{names}"));
    assert_eq!(kinds(&table), [(2, ProblemKind::LostCharacters), (3, ProblemKind::LostCharacters)]);
    assert_eq!(table.problems[1].column.as_deref(), Some("住所"));
    for text in ["\u{FFFD}\u{FFFD},\u{FFFD}\na,b\n", "名\u{FFFD},名称,住所\na,b,c\n", "名称,住所\n\u{FFFD},b\nc,d\n"]
    {
        assert_eq!(read(text).refused.map(|p| p.kind), Some(ProblemKind::LostCharacters));
    }
}

#[test]
fn characters_of_one_machine_are_reported() {
    let table = one("名称,住所\n\u{E000}野の会,国木\n");
    assert_eq!(kinds(&table), [(2, ProblemKind::PrivateUseCharacter)]);
}

#[test]
fn a_geojson_feature_is_a_record_numbered_from_one() {
    let text = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","geometry":{"type":"Point","coordinates":[134.7,35.4]},"properties":{"Name":"甲","TEL":"079"}},
        {"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]},"properties":{"Name":"乙"}}]}"#;
    let table = one(text);
    assert_eq!(
        (table.heading_row, table.headings.as_slice()),
        (0, ["longitude", "latitude", "Name", "TEL"].map(String::from).as_slice())
    );
    assert_eq!(rows(&table), [(1, "134.7"), (2, "")]);
    assert_eq!(kinds(&table), [(2, ProblemKind::NotAPoint)]);
}

#[test]
fn a_table_of_a_million_columns_is_refused_without_making_room_for_it() {
    let wide = format!("名称,住所\na,b\n{}\n", "x,".repeat(1_000_000));
    assert_eq!(read(&wide).refused.map(|p| p.kind), Some(ProblemKind::TooLarge));
    let empty = format!("名称,住所{}\na,b\n", ",".repeat(100_000));
    assert_eq!(one(&empty).records.len(), 1);
    let one_far = format!("名称,住所\na,b{}c\n", ",".repeat(100_000));
    assert_eq!(one(&one_far).headings.len(), 3);
}
