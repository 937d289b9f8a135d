//! Duplicate detection: rows with the same content, and rows that are probably the same place.
//!
//! Several groups in one hall are no duplicates: their names differ, and names that differ by a number, a letter or a
//! kanji (A班 and B班, 東 and 西) are different names. All lookups use hash tables, so that a hundred thousand rows of one
//! name cost no more than others. This module does no I/O.

use std::collections::HashMap;

use super::{CheckedHeadings, exact};
use crate::import::{ImportedPlace, ListProblem, ProblemKind};
use crate::model::{Facts, Position};
use crate::text::fold;

/// Metres within which two places of one name are probably one.
const NEAR_M: f64 = 100.0;

/// Size of a grid cell in degrees of longitude and latitude: more than [`NEAR_M`] anywhere in Japan.
const CELL: [f64; 2] = [0.0013, 0.000_95];

/// Rows of one name that are kept per grid cell.
const REMEMBERED: usize = 4;

/// Digits of a complete telephone number.
const PHONE_DIGITS: usize = 9;

/// Characters of a name from which one differing kana counts as a typing error.
const TYPO_CHARS: usize = 6;

/// Characters of a name up to which typing errors are searched.
const TYPO_CHARS_MAX: usize = 30;

/// Stop words, which do not help to identify a place, folded.
const EMPTY_WORDS: [&str; 10] = [
    "特定非営利活動法人",
    "npo法人",
    "社会福祉法人",
    "一般社団法人",
    "公益財団法人",
    "株式会社",
    "有限会社",
    "(株)",
    "(有)",
    "市立",
];

/// Headings of columns that differ between two entries of one place: numbers, dates of entry.
const ENTRY_WORDS: [&str; 10] = ["番号", "id", "no", "コード", "登録", "更新", "作成", "受付", "入力", "日付"];

/// Words for a part of a building; two of them in one building are two.
const PARTS_OF_BUILDINGS: [&str; 5] = ["棟", "階", "号室", "号館", "室"];

pub(super) fn duplicates(places: &[ImportedPlace], headings: &CheckedHeadings) -> Vec<ListProblem> {
    let mut seen = SeenPlaces::default();
    let column = headings.name.as_deref();
    let mut problems = Vec::new();
    for (i, place) in places.iter().enumerate() {
        let (facts, row) = (&place.facts, place.source.row);
        let content = content(facts);
        let first = seen.whole.get(&content).copied();
        if let Some(first) = first.filter(|&first| is_same_but_entry(&places[first].facts, facts)) {
            let other = places[first].source.row.to_string();
            problems.push(ListProblem::new(row, column, ProblemKind::DuplicateRow, &[("other_row", &other)]));
            continue;
        }
        let alike = first.or_else(|| seen.alike(places, facts));
        if let Some(first) = alike.filter(|&first| !are_parts_of_one_building(&places[first].facts, facts)) {
            let other = &places[first];
            let differs = differing(&other.facts, facts).join(",");
            let row_of_other = other.source.row.to_string();
            let values = [("other_row", &*row_of_other), ("other_name", &*other.facts.name), ("fields", &*differs)];
            problems.push(ListProblem::new(row, column, ProblemKind::LikelyDuplicate, &values));
        }
        seen.remember(i, facts, content);
    }
    problems
}

/// The content by which rows are compared first, folded.
fn content(facts: &Facts) -> Vec<String> {
    let text = |text: &Option<String>| text.as_deref().map(fold).unwrap_or_default();
    let position = exact(facts).map(|p| format!("{:.6} {:.6}", p.lon(), p.lat())).unwrap_or_default();
    let schedule = facts.schedule.iter().map(|s| fold(&s.text)).collect::<Vec<_>>().join(" ");
    vec![
        fold(&facts.name),
        text(&facts.address),
        text(&facts.venue),
        text(&facts.district_written),
        text(&facts.organization),
        text(&facts.contact.phone),
        facts.category.0.clone(),
        schedule,
        position,
    ]
}

/// Whether two rows say the same but for ID, number and dates of entry.
fn is_same_but_entry(a: &Facts, b: &Facts) -> bool {
    let is_of_entry = |heading: &String| {
        let folded = fold(heading);
        ENTRY_WORDS.iter().any(|word| folded.contains(&fold(word)))
    };
    let without_entry = |facts: &Facts| {
        let mut facts = facts.clone();
        facts.extra.retain(|heading, _| !is_of_entry(heading));
        // Compared already, in any spelling: by `content`.
        facts.name.clear();
        for text in [&mut facts.address, &mut facts.venue, &mut facts.district_written, &mut facts.organization] {
            *text = None;
        }
        facts
    };
    without_entry(a) == without_entry(b)
}

/// The fields in which two rows differ, by their keys.
fn differing(a: &Facts, b: &Facts) -> Vec<&'static str> {
    let same = |a: &Option<String>, b: &Option<String>| a.as_deref().map(fold) == b.as_deref().map(fold);
    let schedule = |facts: &Facts| facts.schedule.iter().map(|s| fold(&s.text)).collect::<Vec<_>>();
    let tests = [
        ("name", fold(&a.name) == fold(&b.name)),
        ("category", a.category == b.category),
        ("district", same(&a.district_written, &b.district_written)),
        ("address", same(&a.address, &b.address)),
        ("venue_name", same(&a.venue, &b.venue)),
        ("organization", same(&a.organization, &b.organization)),
        ("phone", same(&a.contact.phone, &b.contact.phone)),
        ("schedule", schedule(a) == schedule(b)),
        ("lon_lat", exact(a) == exact(b)),
        ("tags", a.tags == b.tags),
        ("description", same(&a.description, &b.description)),
        ("url", same(&a.contact.url, &b.contact.url)),
    ];
    let found: Vec<&'static str> = tests.iter().filter(|(_, is_same)| !is_same).map(|(key, _)| *key).collect();
    if found.is_empty() { vec!["note"] } else { found }
}

/// Whether two rows are parts of one building: wings, floors, rooms.
fn are_parts_of_one_building(a: &Facts, b: &Facts) -> bool {
    let texts = [(&a.venue, &b.venue), (&a.address, &b.address)];
    let names_parts = |text: &str| PARTS_OF_BUILDINGS.iter().any(|part| text.contains(part));
    let in_texts = texts.iter().any(|(a, b)| match (a, b) {
        (Some(a), Some(b)) => fold(a) != fold(b) && (names_parts(a) || names_parts(b)),
        _ => false,
    });
    in_texts || fold(&a.name) != fold(&b.name) && names_parts(&a.name) && names_parts(&b.name)
}

/// The rows before the current one.
#[derive(Default)]
struct SeenPlaces {
    whole: HashMap<Vec<String>, usize>,
    by_phone: HashMap<(String, String), usize>,
    by_cell: HashMap<[i64; 2], HashMap<String, Vec<usize>>>,
}

impl SeenPlaces {
    /// The first row with a similar name that is near or has the same telephone number.
    fn alike(&self, places: &[ImportedPlace], facts: &Facts) -> Option<usize> {
        let names = names(&facts.name);
        let phone = phone(facts);
        let by_phone =
            phone.iter().flat_map(|p| names.iter().filter_map(|n| self.by_phone.get(&(n.clone(), p.clone()))));
        let by_place = exact(facts).into_iter().flat_map(|position| self.near(places, &names, position));
        let others = by_phone.copied().chain(by_place);
        others.filter(|&i| !has_another_organization(&places[i].facts, facts)).min()
    }

    fn near(&self, places: &[ImportedPlace], names: &[String], position: Position) -> Vec<usize> {
        let [x, y] = cell(position);
        let cells = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| [x + dx, y + dy]));
        let found = cells.filter_map(|cell| self.by_cell.get(&cell));
        let found = found.flat_map(|cell| names.iter().filter_map(|name| cell.get(name))).flatten().copied();
        let is_near = |&i: &usize| exact(&places[i].facts).is_some_and(|p| p.distance_to(position).0 <= NEAR_M);
        found.filter(is_near).collect()
    }

    fn remember(&mut self, i: usize, facts: &Facts, content: Vec<String>) {
        self.whole.entry(content).or_insert(i);
        let phone = phone(facts);
        for name in names(&facts.name) {
            if let Some(phone) = &phone {
                self.by_phone.entry((name.clone(), phone.clone())).or_insert(i);
            }
            if let Some(position) = exact(facts) {
                let remembered = self.by_cell.entry(cell(position)).or_default().entry(name).or_default();
                if remembered.len() < REMEMBERED {
                    remembered.push(i);
                }
            }
        }
    }
}

/// Whether two groups of one name in one hall are run by different people, and so are two.
fn has_another_organization(a: &Facts, b: &Facts) -> bool {
    matches!((&a.organization, &b.organization), (Some(a), Some(b)) if fold(a) != fold(b))
}

#[expect(clippy::cast_possible_truncation, reason = "degrees over a thousandth are far from the limits")]
fn cell(position: Position) -> [i64; 2] {
    [(position.lon() / CELL[0]).floor() as i64, (position.lat() / CELL[1]).floor() as i64]
}

fn phone(facts: &Facts) -> Option<String> {
    let written = facts.contact.phone.as_deref().or(facts.contact.person_phone.as_deref())?;
    let digits: String = fold(written).chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= PHONE_DIGITS).then_some(digits)
}

/// Blocking keys of a name: without stop words, brackets and dashes, and with each kana in turn as a wildcard.
fn names(name: &str) -> Vec<String> {
    let mut folded = fold(name);
    for word in EMPTY_WORDS {
        folded = folded.replace(word, "");
    }
    let chars: Vec<char> = folded.chars().filter(|c| c.is_alphanumeric()).collect();
    if chars.is_empty() {
        return Vec::new();
    }
    let mut names = vec![chars.iter().collect::<String>()];
    if (TYPO_CHARS..=TYPO_CHARS_MAX).contains(&chars.len()) {
        let kana = (0..chars.len()).filter(|&i| ('ぁ'..='ゖ').contains(&chars[i]));
        names
            .extend(kana.map(|open| chars.iter().enumerate().map(|(i, &c)| if i == open { '?' } else { c }).collect()));
    }
    names
}
