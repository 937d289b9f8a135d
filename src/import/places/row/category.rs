//! Category of a row, by keyword classification. This module does no I/O.
//!
//! A column of categories decides; else what the list as a whole says (its sheet, its title, its file, and what most of its
//! rows are), then the words of the row. A wrong category is worse than none: words of another trade stop every guess.

use crate::import::cells::cell::{RecordCells, SheetContext, is_blank, is_damaged, narrow};
use crate::import::columns::Field;
use crate::import::{ListProblem, ProblemKind};
use crate::model::{Category, CategoryId, CategoryTable, Facts};

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

/// Characters of a title at most; anything longer is an explanation.
const TITLE_CHARS: usize = 40;

/// Rows below which a list has no majority.
const FEW_ROWS: usize = 8;
/// Rows from which a list is of another kind, if the words of less than a fifth of them say a category; in a shorter one, of less
/// than an eighth.
const MANY_ROWS: usize = 20;

/// What the list as a whole says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum ListCategory<'a> {
    /// Nothing: each row by its own words.
    #[default]
    Mixed,
    /// All its rows are of one category.
    One(&'a Category),
    /// All its rows are of the group of categories that this title names.
    Group(&'a str),
    /// All its rows are of a kind that the table does not have.
    Unknown,
}

/// Classifies a row, whose names and words `facts` holds already.
pub(super) fn category(row: &mut RecordCells<'_>, of_list: ListCategory<'_>, facts: &Facts) -> CategoryId {
    let table = row.sheet.known.categories;
    let Some(fallback) = table.all().last() else { return CategoryId::default() };
    let by_column = row.first(Field::Category);
    let chosen = match (by_column, of_list) {
        (Some(cell), _) => named(table, cell.text, facts),
        (None, ListCategory::One(category)) if category.buildings => by_activity(row.sheet, facts).or(Some(category)),
        (None, ListCategory::One(category)) => Some(category),
        (None, ListCategory::Group(title)) => named(table, title, facts),
        (None, ListCategory::Unknown) => by_columns(table, facts),
        (None, ListCategory::Mixed) => by_activity(row.sheet, facts).or_else(|| by_names(row.sheet, facts)),
    };
    if let (None, Some(cell)) = (chosen, by_column) {
        let values = [("value", cell.text), ("category", fallback.name.japanese())];
        row.problem(Some(cell.heading), ProblemKind::UnknownCategory, &values);
    }
    chosen.unwrap_or(fallback).id.clone()
}

/// The notice that a list has no column of categories.
pub(super) fn notice(sheet: &SheetContext<'_>) -> Option<ListProblem> {
    let last = sheet.known.categories.all().last().filter(|_| !sheet.has(Field::Category))?;
    Some(sheet.notice(ProblemKind::NoCategoryColumn, &[("category", last.name.japanese())]))
}

/// What the list says as a whole: by the name of its sheet, its title or its file, else by most of its rows. `rows` are the
/// facts of each row, its names and words.
pub(super) fn of_list<'a>(sheet: &SheetContext<'a>, rows: &[Facts]) -> ListCategory<'a> {
    let table = sheet.known.categories;
    let title = sheet.table.sheet.iter().filter(|title| !is_blank(title) && !is_damaged(title));
    let file = sheet.file.rsplit_once('.').map_or(sheet.file, |(stem, _)| stem);
    let titles: Vec<&str> = title.chain(&sheet.table.above).map(String::as_str).chain([file]).collect();
    if let Some(group) = titles.iter().copied().find(|title| !table.in_group(title).is_empty()) {
        return ListCategory::Group(group);
    }
    let short = titles.iter().copied().filter(|title| title.chars().count() <= TITLE_CHARS);
    if let Some(category) = short.into_iter().find_map(|title| by_title(table, title)) {
        return ListCategory::One(category);
    }
    let guesses: Vec<&Category> = rows.iter().filter_map(|facts| by_names(sheet, facts)).collect();
    let count = |category: &Category| guesses.iter().filter(|guess| guess.id == category.id).count();
    let most = guesses.iter().copied().max_by_key(|category| count(category));
    match most {
        Some(most)
            if rows.len() >= FEW_ROWS
                && count(most) * 4 >= guesses.len() * 3
                && guesses.len() * 5 >= rows.len() * 2 =>
        {
            ListCategory::One(most)
        }
        _ if rows.len() >= MANY_ROWS && guesses.len() * 5 < rows.len() => ListCategory::Unknown,
        _ if rows.len() >= FEW_ROWS && guesses.len() * 8 < rows.len() => ListCategory::Unknown,
        _ => ListCategory::Mixed,
    }
}

/// The category of a title that is one: 「ふれあいサロン一覧」, but not 「公共施設・サロン・相談窓口」.
fn by_title<'a>(table: &'a CategoryTable, title: &str) -> Option<&'a Category> {
    if is_of_another_trade(title) {
        return None;
    }
    let other = table.all().last()?;
    let mut parts = title
        .split(['・', '、', '／', '/', ' ', '　', '_', '-', '（', '(', '）', ')'])
        .filter(|part| !part.trim().is_empty());
    let named = |part: &str| table.matching(part).filter(|c| c.id != other.id);
    let first = parts.find_map(named)?;
    parts.filter_map(named).all(|category| category.id == first.id).then_some(first)
}

/// The category that a cell names; if it names a group of categories, the one that fits the words of the row best.
fn named<'a>(table: &'a CategoryTable, text: &str, facts: &Facts) -> Option<&'a Category> {
    let group = table.in_group(text);
    if !group.is_empty() {
        let fits = |category: &&Category| group.iter().any(|g| g.id == category.id);
        return by_name_words(table, facts)
            .into_iter()
            .chain(by_columns(table, facts))
            .find(fits)
            .or(group.first().copied());
    }
    if !is_of_another_trade(text) {
        return table.matching(text);
    }
    // 「保育所・子育て支援」: the parts without words of another trade.
    let parts = text.split(['、', ',', '，', '・', '/', '／', ';', '；', '\n']);
    parts.filter(|part| !is_of_another_trade(part)).find_map(|part| table.matching(part))
}

/// By keywords in columns of their own.
fn by_columns<'a>(table: &'a CategoryTable, facts: &Facts) -> Option<&'a Category> {
    let words = facts.tags.iter().chain(&facts.interests).map(String::as_str);
    words.filter(|text| !is_weak(text)).find_map(|text| table.matching(text))
}

/// By what takes place there: the words of its names, else those in columns of their own, but not the building.
fn by_activity<'a>(sheet: &SheetContext<'a>, facts: &Facts) -> Option<&'a Category> {
    let named = by_names(sheet, facts);
    let is_open = named.is_none_or(|category| category.buildings);
    let by_words = || by_columns(sheet.known.categories, facts).filter(|category| !category.buildings);
    if is_open { by_words().or(named) } else { named }
}

/// By the words of its names, unless they are of another trade.
fn by_names<'a>(sheet: &SheetContext<'a>, facts: &Facts) -> Option<&'a Category> {
    let table = sheet.known.categories;
    let found = by_name_words(table, facts)?;
    let children = sheet.table.headings.iter().any(|heading| OF_CHILDREN.iter().any(|word| heading.contains(word)));
    let name = WEAK.iter().fold(facts.name.clone(), |name, word| name.replace(word, ""));
    let strong = || table.matching(&name).is_some_and(|category| category.id == found.id);
    (!children || strong()).then_some(found)
}

fn by_name_words<'a>(table: &'a CategoryTable, facts: &Facts) -> Option<&'a Category> {
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

fn is_weak(text: &str) -> bool {
    WEAK.contains(&text.trim())
}

fn is_of_another_trade(text: &str) -> bool {
    let narrow = narrow(text);
    OTHER_TRADES.iter().any(|word| narrow.contains(word))
}
