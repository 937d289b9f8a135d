use super::super::places;
use crate::import::columns::{Field, HeadingTable};
use crate::import::places::phrases::Phrases;
use crate::import::table::{ListTable, TableRecord};
use crate::import::{ImportContext, ListProblem, ProblemKind};
use crate::model::{Category, CategoryId, CategoryTable, City, DistrictTable};

/// The categories of `rows` below the titles `above`, and all problems.
fn read(above: &[&str], headings: &[(&str, Field)], rows: &[&[&str]]) -> (Vec<String>, Vec<ListProblem>) {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let record = |(cells, row): (&&[&str], u32)| TableRecord { row, cells: texts(cells), filled: Vec::new() };
    let table = ListTable {
        heading_row: 2,
        headings: headings.iter().map(|(heading, _)| (*heading).to_owned()).collect(),
        above: texts(above),
        records: rows.iter().zip(3..).map(record).collect(),
        ..ListTable::default()
    };
    let category = |id: &str, words: &[&str]| Category {
        id: CategoryId(id.to_owned()),
        words: texts(words),
        ..Category::default()
    };
    let categories = CategoryTable::new(vec![
        category("salon", &["サロン", "喫茶"]),
        category("hobby", &["クラブ", "将棋"]),
        category("garden", &["農業"]),
        category("other", &[]),
    ]);
    let known = ImportContext {
        columns: &HeadingTable::default(),
        phrases: &Phrases::built_in(),
        categories: &categories,
        city: &City::default(),
        gazetteer: None,
        boundary: None,
        districts: &DistrictTable::default(),
        today: None,
    };
    let fields: Vec<Option<Field>> = headings.iter().map(|(_, field)| Some(*field)).collect();
    let (places, problems) = places(&table, &fields, "list.csv", known);
    (places.into_iter().map(|it| it.facts.category.0).collect(), problems)
}

fn of_names(above: &[&str], names: &[&str]) -> Vec<String> {
    let rows: Vec<Vec<&str>> = names.iter().map(|name| vec![*name]).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    read(above, &[("名称", Field::Name)], &rows).0
}

#[test]
fn the_list_decides_before_the_words_of_a_name() {
    assert_eq!(of_names(&["サロン一覧"], &["将棋の日", "しらかば"]), ["salon", "salon"]);
    assert_eq!(of_names(&[], &["将棋の日", "しらかば"]), ["hobby", "other"]);
    let mostly: Vec<String> =
        (0..9).map(|n| format!("サロン{n}")).chain(["将棋の日".to_owned(), "しらかば".to_owned()]).collect();
    let mostly: Vec<&str> = mostly.iter().map(String::as_str).collect();
    assert!(of_names(&[], &mostly).iter().all(|it| it == "salon"));
    let homes: Vec<String> = (0..24).map(|n| format!("ホーム{n}号")).chain(["クラブの家".to_owned()]).collect();
    let homes: Vec<&str> = homes.iter().map(String::as_str).collect();
    assert!(of_names(&[], &homes).iter().all(|it| it == "other"), "a list of one thing falls apart");
}

#[test]
fn words_of_another_trade_stop_a_guess() {
    for name in ["農業集落排水処理場", "農業用倉庫", "クラブ整骨院", "喫茶ヘアサロン", "将棋保育園", "サロン駐車場"]
    {
        assert_eq!(of_names(&[], &[name]), ["other"], "{name}");
    }
    assert_eq!(of_names(&[], &["谷川サロン"]), ["salon"]);
}

#[test]
fn names_come_before_a_title_that_names_something_else_too() {
    let found = of_names(&["サロン・ひろば 早見表"], &["将棋の日", "しらかば", "農業用倉庫"]);
    assert_eq!(found, ["hobby", "salon", "other"]);
}

#[test]
fn words_of_a_category_column_without_a_category_are_told_once_with_what_was_chosen() {
    let rows: &[&[&str]] = &[
        &["谷の会", "サロンの会"],
        &["将棋の日", "屋内"],
        &["将棋の夕べ", "屋内"],
        &["しらかば", "屋内"],
        &["谷の市", "販売"],
        &["森の市", "販売"],
    ];
    let (found, problems) = read(&[], &[("名称", Field::Name), ("種別", Field::Category)], rows);
    assert_eq!(found, ["salon", "hobby", "hobby", "hobby", "other", "other"]);
    let told: Vec<(ProblemKind, u32, String)> = problems
        .into_iter()
        .filter(|it| it.column.as_deref() == Some("種別"))
        .map(|it| {
            let rows = it.values.iter().find(|(name, _)| *name == "rows").map(|(_, rows)| rows.clone());
            (it.kind, it.row, rows.unwrap())
        })
        .collect();
    assert_eq!(
        told,
        [(ProblemKind::CategoryByRows, 4, "3".to_owned()), (ProblemKind::UnknownCategory, 7, "2".to_owned())]
    );
}
