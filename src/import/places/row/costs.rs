//! Costs in several columns, one per kind of person: `参加費_大人`, `参加費（子ども）`, read as one text. This module does no I/O.

use crate::import::cells::cell::{Cell, RecordCells, narrow, one_line};
use crate::import::columns::Field;

/// Words in a heading of costs that name no kind of person.
const NO_KINDS: [&str; 10] = ["円", "基本", "詳細", "要否", "有無", "税込", "特記", "備考", "年額", "月額"];

/// Parts of headings that say what is paid, not by whom.
const PRICES: [&str; 9] = ["費", "料", "代", "金", "円", "価", "コスト", "cost", "fee"];

/// The cost by kind of person, if at least two columns of amounts give it: 「子ども・中学生 無料、大人 300円」.
pub(super) fn cost(row: &RecordCells<'_>) -> Option<String> {
    let cells: Vec<Cell<'_>> = row.cells(Field::Cost).collect();
    let mut amounts: Vec<(String, Vec<String>)> = Vec::new();
    let mut words: Vec<String> = Vec::new();
    for cell in &cells {
        match (kind_of_person(cell.heading), amount(cell.text)) {
            (Some(kind), Some(amount)) => match amounts.iter_mut().find(|(other, _)| *other == amount) {
                Some((_, kinds)) => kinds.push(kind),
                None => amounts.push((amount, vec![kind])),
            },
            (Some(kind), None) => words.push(format!("{kind} {}", one_line(cell.text))),
            (None, _) => words.push(cell.text.to_owned()),
        }
    }
    if amounts.iter().map(|(_, kinds)| kinds.len()).sum::<usize>() < 2 {
        return None;
    }
    let written = amounts.iter().map(|(amount, kinds)| format!("{} {amount}", kinds.join("・")));
    let lines: Vec<String> = std::iter::once(written.collect::<Vec<_>>().join("、")).chain(words).collect();
    Some(lines.join("\n"))
}

/// The kind of person that a heading names behind `_`, in brackets or as a whole.
fn kind_of_person(heading: &str) -> Option<String> {
    let heading = narrow(heading);
    let behind = heading.rsplit_once('_').map(|(_, kind)| kind);
    let inside = || heading.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(kind, _)| kind);
    // A column that only its cells show to be a price is called by who pays it: おとな.
    let whole = || (!PRICES.iter().any(|word| heading.contains(word))).then_some(heading.as_str());
    let kind = one_line(behind.or_else(inside).or_else(whole)?);
    (!kind.is_empty() && !NO_KINDS.iter().any(|word| kind.contains(word))).then_some(kind)
}

/// An amount with its unit: 「300」, 「300円」, 「無料」.
fn amount(text: &str) -> Option<String> {
    let text = narrow(text.trim());
    let digits = text.strip_suffix('円').unwrap_or(&text).trim();
    let is_number = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || c == ',');
    let is_free = matches!(text.as_str(), "無料" | "無償" | "なし");
    is_number.then(|| format!("{digits}円")).or_else(|| is_free.then(|| "無料".to_owned()))
}
