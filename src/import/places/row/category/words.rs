//! The category that the words of one row say, and the words that stop such a guess. This module does no I/O.

use crate::import::cells::cell::{SheetContext, narrow};
use crate::model::{Category, CategoryTable, Facts};

/// Words of another trade: 「農業集落排水処理施設」 is no garden, 「もみじ整骨院」 no place to read.
const OTHER_TRADES: [&str; 56] = [
    "整骨",
    "接骨",
    "鍼灸",
    "整体",
    "料理店",
    "料亭",
    "割烹",
    "ヘア",
    "美容",
    "理容",
    "理髪",
    "排水",
    "下水",
    "浄水",
    "上水",
    "水道",
    "ポンプ場",
    "処理場",
    "処理施設",
    "焼却",
    "清掃工場",
    "清掃センター",
    "クリーンセンター",
    "リサイクルセンター",
    "最終処分",
    "倉庫",
    "住宅",
    "団地",
    "アパート",
    "マンション",
    "保育",
    "幼稚園",
    "こども園",
    "児童クラブ",
    "学童",
    "防災センター",
    "消防",
    "警察",
    "駐在所",
    "車庫",
    "駐車場",
    "駐輪場",
    "トイレ",
    "便所",
    "公衆浴場",
    "斎場",
    "火葬",
    "霊園",
    "墓地",
    "変電",
    "発電",
    "ガソリン",
    "自動車",
    "不動産",
    "葬祭",
    "歯科",
];

/// Words that many names hold without meaning a hobby or a service, where a list is about children.
const WEAK: [&str; 4] = ["クラブ", "教室", "学習支援", "サークル"];
/// Headings of such a list.
const OF_CHILDREN: [&str; 9] = ["幼児", "小学生", "小学校区", "小学校", "児童", "子ども", "こども", "保育", "学童"];

/// By what takes place there: the words of its names, else those in columns of their own, but not the building.
pub(super) fn by_activity<'a>(sheet: &SheetContext<'a>, facts: &Facts) -> Option<&'a Category> {
    let is_activity = |category: &&Category| !category.buildings;
    let by_words = || by_columns(sheet.known.categories, facts).filter(is_activity);
    by_names(sheet, facts).filter(is_activity).or_else(by_words)
}

/// By keywords in columns of their own.
pub(super) fn by_columns<'a>(table: &'a CategoryTable, facts: &Facts) -> Option<&'a Category> {
    let words = facts.tags.iter().chain(&facts.interests).map(String::as_str);
    words.filter(|text| !is_weak(text)).find_map(|text| table.matching(text))
}

/// By the words of its names, unless they are of another trade.
pub(super) fn by_names<'a>(sheet: &SheetContext<'a>, facts: &Facts) -> Option<&'a Category> {
    let table = sheet.known.categories;
    let found = by_name_words(table, facts)?;
    let children = sheet.table.headings.iter().any(|heading| OF_CHILDREN.iter().any(|word| heading.contains(word)));
    let name = without_weak(&facts.name);
    let strong = || table.matching(&name).is_some_and(|category| category.id == found.id);
    (!children || strong()).then_some(found)
}

/// As [`by_names`], without words that many names hold, and without the category that says nothing.
pub(super) fn by_strong_names<'a>(sheet: &SheetContext<'a>, facts: &Facts) -> Option<&'a Category> {
    let table = sheet.known.categories;
    let strong = |name: &str| without_weak(name);
    let facts = Facts {
        name: strong(&facts.name),
        organization: facts.organization.as_deref().map(strong),
        ..Facts::default()
    };
    by_names(sheet, &facts).filter(|category| table.all().last() != Some(*category))
}

pub(super) fn by_name_words<'a>(table: &'a CategoryTable, facts: &Facts) -> Option<&'a Category> {
    let names = std::iter::once(facts.name.as_str()).chain(facts.organization.as_deref());
    let mut names = names.filter(|name| !is_of_another_trade(name)).map(without_numbered_parts);
    let of_name = !is_of_another_trade(&facts.name);
    names.find_map(|name| table.matching(&name)).filter(|_| of_name)
}

/// 「第1・第2クラブ」 is a part of something, not a club.
fn without_numbered_parts(name: &str) -> String {
    let narrow = narrow(name);
    let numbered = |c: char| c.is_ascii_digit() || "第・、と".contains(c);
    match narrow.split_once("クラブ") {
        Some((before, after)) if before.ends_with(|c: char| c.is_ascii_digit()) => {
            format!("{}{after}", before.trim_end_matches(numbered))
        }
        _ => name.to_owned(),
    }
}

pub(super) fn is_weak(text: &str) -> bool {
    WEAK.contains(&text.trim())
}

pub(super) fn is_of_another_trade(text: &str) -> bool {
    let narrow = narrow(text);
    OTHER_TRADES.iter().any(|word| narrow.contains(word))
}

/// `heading` without the words that many names hold without meaning a hobby.
pub(super) fn without_weak(heading: &str) -> String {
    WEAK.iter().fold(heading.to_owned(), |heading, word| heading.replace(word, ""))
}
