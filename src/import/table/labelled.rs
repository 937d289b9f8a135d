//! Lists that are no tables but lines of a label with its value: a form with its headings one below the other, several of them side
//! by side, or paragraphs (「■うたごえ広場」, 「日時　毎月第2水曜」).
//!
//! Each place becomes a row below a heading that is put there. A sheet with marks is left alone: what a hidden row or column or a
//! merged cell means would be lost on the way. This module does no I/O.

use std::collections::BTreeSet;

use super::placeholders;
use crate::import::columns::{Field, HeadingTable};
use crate::import::file::{CellSheet, SheetMarks, SheetRow};

/// Lines that are looked at; longer sheets are tables.
const MOST_LINES: usize = 2000;
/// Characters of a label at most.
const LABEL_CHARS: usize = 14;
/// Different labels that a list must have, and the percent of its lines that must have one.
const LEAST_LABELS: usize = 3;
const ENOUGH: usize = 60;
/// Signs around a label, and before the name of a place that stands on a line of its own.
const SIGNS: &str = "■□●◎○◆◇▼▽▲△★☆・【】〔〕［］[]<>＜＞《》〈〉◯※";

/// One line.
enum Line<'s> {
    /// A label, and its values by column.
    Pair(&'s str, Vec<(u32, &'s str)>),
    /// A text of its own behind a sign: the name of the place whose lines follow.
    Title(&'s str),
    Other,
}

/// One place in the making: its first row, and its values by label.
type LabelledPlace<'s> = (u32, Vec<(&'s str, String)>);

/// Puts the places of a sheet of labelled lines in rows; whether it was one.
pub(super) fn put_in_rows(sheet: &mut CellSheet, columns: &HeadingTable) -> bool {
    let is_plain = !sheet.headed && sheet.merges.is_empty() && sheet.marks == SheetMarks::default();
    if !is_plain || !columns.reads_contents() || sheet.rows.len() > MOST_LINES || has_heading_row(sheet, columns) {
        return false;
    }
    let mut lines: Vec<Line<'_>> = sheet.rows.iter().map(|row| line(row, columns)).collect();
    name_beside_each_other(sheet, &mut lines, columns);
    let Some((labels, places)) = places(sheet, &lines, columns) else { return false };
    let rows = places.into_iter().map(|(number, values)| {
        let cell = |(at, label): (u32, &String)| {
            let (_, value) = values.iter().find(|(other, _)| *other == label)?;
            Some((at, value.clone()))
        };
        SheetRow { number, width: 0, cells: (0..).zip(&labels).filter_map(cell).collect() }
    });
    let mut rows: Vec<SheetRow> = rows.filter(|row| !row.cells.is_empty()).collect();
    rows.insert(0, SheetRow { number: 0, width: 0, cells: (0..).zip(labels.iter().cloned()).collect() });
    sheet.rows = rows;
    sheet.headed = true;
    true
}

/// Makes the first line one of names, where places stand beside each other below their names: 「項目,A広場,B広場」.
fn name_beside_each_other<'s>(sheet: &'s CellSheet, lines: &mut [Line<'s>], columns: &HeadingTable) {
    // Titles may stand above.
    let Some(first) = sheet.rows.iter().position(|row| row.cells.len() >= 2) else { return };
    let row = &sheet.rows[first];
    let (corner, names) = match row.cells.split_first() {
        Some(((0, corner), rest)) => (corner.trim(), rest),
        _ => ("", row.cells.as_slice()),
    };
    let is_corner = ["", "項目", "区分", "内容"].contains(&corner);
    let is_named = labels_of(lines).iter().any(|label| is_name(label, columns));
    if is_corner
        && names.len() >= 2
        && !is_named
        && !matches!(lines.get(first), Some(Line::Pair(..)) if corner.is_empty())
    {
        let values = names.iter().map(|(column, text)| (*column, text.trim())).collect();
        lines[first] = Line::Pair(TITLE_LABEL, values);
    }
}

/// Whether several known headings stand beside each other, as in a table.
fn has_heading_row(sheet: &CellSheet, columns: &HeadingTable) -> bool {
    let field = |text: &str| columns.field(text).filter(|_| text.chars().count() <= LABEL_CHARS);
    // 「予約」 with 「要予約」 beside it is a label with its value.
    let fields = |row: &SheetRow| row.cells.iter().filter_map(|(_, text)| field(text)).collect::<BTreeSet<Field>>();
    // 「対象」 with 「男性」 beside it is one too, where labels stand one below the other.
    let is_pair = |row: &SheetRow| row.cells.len() == 2 && label(&row.cells[0].1, columns).is_some();
    let pairs = sheet.rows.iter().filter(|row| is_pair(row)).count();
    let are_pairs = pairs >= 2 * LEAST_LABELS && pairs * 100 >= sheet.rows.len() * ENOUGH;
    sheet.rows.iter().any(|row| fields(row).len() >= 2 && !(are_pairs && is_pair(row)))
}

fn line<'s>(row: &'s SheetRow, columns: &HeadingTable) -> Line<'s> {
    let Some(((_, first), rest)) = row.cells.split_first() else { return Line::Other };
    if !rest.is_empty() {
        let values = || rest.iter().map(|(column, text)| (*column, text.trim())).collect();
        return label(first, columns).map_or(Line::Other, |label| Line::Pair(label, values()));
    }
    let text = first.trim();
    let split = text.find(['：', ':', '\u{3000}', ' ', '\t', '】', '］', ']', '〕']).filter(|at| *at > 0);
    let pair = split.and_then(|at| {
        let label = label(&text[..at], columns)?;
        let value = text[at..].trim_start_matches(|c: char| "：:\u{3000} \t…".contains(c) || SIGNS.contains(c));
        (!value.is_empty()).then(|| Line::Pair(label, vec![(1, value)]))
    });
    pair.unwrap_or_else(|| {
        let bare = text.trim_matches(|c: char| SIGNS.contains(c) || c.is_whitespace());
        let unnumbered = without_number(bare);
        let is_signed = text.starts_with(|c| SIGNS.contains(c)) && !text.starts_with('※') || unnumbered != bare;
        let bare = unnumbered;
        let is_title = is_signed && !bare.is_empty() && !placeholders::is_remark(bare);
        if is_title { Line::Title(bare) } else { Line::Other }
    })
}

/// `text` without the number of a paragraph before it: 「1. うたごえ広場」, 「（2）折り紙の会」, 「③手芸」.
fn without_number(text: &str) -> &str {
    let open = text.trim_start_matches(['（', '(']);
    let behind = open.trim_start_matches(char::is_numeric);
    let is_circled = open.starts_with(|c| ('①'..='⑳').contains(&c));
    let rest = behind.trim_start_matches(['.', '．', ')', '）', '、']);
    if behind.len() < open.len() && (is_circled || rest.len() < behind.len()) { rest.trim_start() } else { text }
}

/// The field of a label; one that is not known names a place only by its end, since 青葉農園 is a place itself.
fn field_of(label: &str, columns: &HeadingTable) -> Option<Field> {
    let ends_like_a_name = || ["名", "名称", "名前"].iter().any(|end| label.ends_with(end));
    columns.field_of_words(label).or_else(|| columns.field_or_name(label).filter(|_| ends_like_a_name()))
}

/// Whether `label` stands before the name of a place.
fn is_name(label: &str, columns: &HeadingTable) -> bool {
    let names = [Field::Name, Field::ActivityName, Field::GroupName];
    field_of(label, columns).is_some_and(|field| names.contains(&field))
}

/// The label `text` is, if it is a known heading.
fn label<'s>(text: &'s str, columns: &HeadingTable) -> Option<&'s str> {
    let bare = text.trim().trim_matches(|c: char| SIGNS.contains(c) || "：: \u{3000}".contains(c));
    let is_short = (1..=LABEL_CHARS).contains(&bare.chars().count());
    (is_short && field_of(bare, columns).is_some()).then_some(bare)
}

/// The labels in order of their first line, and the places; `None` if too few lines have one, or no place gets a name.
fn places<'s>(
    sheet: &'s CellSheet,
    lines: &[Line<'s>],
    columns: &HeadingTable,
) -> Option<(Vec<String>, Vec<LabelledPlace<'s>>)> {
    let mut labels = labels_of(lines);
    let count = |is_such: fn(&Line<'_>) -> bool| lines.iter().filter(|line| is_such(line)).count();
    let pairs = count(|line| matches!(line, Line::Pair(..)));
    let titles = count(|line| matches!(line, Line::Title(_)));
    if pairs < LEAST_LABELS || labels.len() < LEAST_LABELS || (pairs + titles) * 100 < lines.len() * ENOUGH {
        return None;
    }
    let has_titles = titles > 0;
    let venue = |label: &&str| !has_titles && field_of(label, columns) == Some(Field::VenueName);
    let named = labels.iter().copied().find(|label| is_name(label, columns));
    // 「施設名」 names the places where nothing else does.
    let name = named.or_else(|| labels.iter().copied().find(venue));
    if name.is_none() {
        labels.insert(0, TITLE_LABEL);
    }
    let name = name.unwrap_or(TITLE_LABEL);
    let found = gathered(sheet, lines, name);
    let is_named = found.iter().any(|(_, values)| values.iter().any(|(label, _)| *label == name));
    if found.iter().any(|(_, values)| values.iter().any(|(label, _)| *label == REST_LABEL)) {
        labels.push(REST_LABEL);
    }
    is_named.then(|| (labels.into_iter().map(str::to_owned).collect(), found))
}

fn labels_of<'s>(lines: &[Line<'s>]) -> Vec<&'s str> {
    let mut labels: Vec<&str> = Vec::new();
    for line in lines {
        if let Line::Pair(label, _) = line
            && !labels.contains(label)
        {
            labels.push(label);
        }
    }
    labels
}

/// The heading of lines without a label, which nothing knows, so that only staff see what stands below it.
const REST_LABEL: &str = "読み残した行";

/// The heading of names that stand on a line of their own.
const TITLE_LABEL: &str = "名称";

fn gathered<'s>(sheet: &'s CellSheet, lines: &[Line<'s>], name_label: &'s str) -> Vec<LabelledPlace<'s>> {
    let mut reading = PlacesInProgress::default();
    for (row, line) in sheet.rows.iter().zip(lines) {
        match line {
            Line::Title(name) => {
                reading.open.clear();
                reading.put(row.number, ANY_COLUMN, name_label, name);
            }
            Line::Pair(label, values) => {
                if reading.has(label) {
                    reading.open.clear();
                }
                for (column, value) in values {
                    reading.put(row.number, *column, label, value);
                }
            }
            Line::Other => reading.put_rest(row),
        }
    }
    reading.places
}

/// The column of a place that is named on a line of its own, whose values stand in any.
const ANY_COLUMN: u32 = u32::MAX;

/// The places that were read so far.
#[derive(Default)]
struct PlacesInProgress<'s> {
    places: Vec<LabelledPlace<'s>>,
    /// Those whose lines are being read, by column.
    open: Vec<(u32, usize)>,
}

impl<'s> PlacesInProgress<'s> {
    /// Whether a place that is being read has `label` already, so that another begins.
    fn has(&self, label: &str) -> bool {
        self.open.iter().any(|(_, at)| self.places[*at].1.iter().any(|(other, _)| *other == label))
    }

    /// Puts a value into the place of its column, which is a new one if none is being read.
    fn put(&mut self, row: u32, column: u32, label: &'s str, value: &str) {
        let known = self.open.iter().find(|(other, _)| *other == column || *other == ANY_COLUMN).map(|(_, at)| *at);
        let at = known.unwrap_or(self.places.len());
        if known.is_none() {
            // Places that stand beside each other begin in one row, and rows are told apart by their numbers.
            let number = self.places.last().map_or(row, |(last, _)| row.max(last + 1));
            self.places.push((number, Vec::new()));
            self.open.push((column, at));
        }
        self.places[at].1.push((label, value.to_owned()));
    }

    /// Keeps a line without a label with the place that is being read, for staff.
    fn put_rest(&mut self, row: &SheetRow) {
        let Some((_, values)) = self.open.last().map(|(_, at)| &mut self.places[*at]) else { return };
        let text = row.cells.iter().map(|(_, text)| text.trim()).collect::<Vec<_>>().join(" ");
        match values.iter_mut().find(|(label, _)| *label == REST_LABEL) {
            Some((_, rest)) => {
                rest.push('\n');
                rest.push_str(&text);
            }
            None => values.push((REST_LABEL, text)),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::import::columns::HeadingTable;
    use crate::import::table::tables;

    fn rows(text: &str) -> Vec<String> {
        let read = tables(text.as_bytes(), &HeadingTable::standard());
        let rows = read
            .tables
            .iter()
            .flat_map(|table| std::iter::once(&table.headings).chain(table.records.iter().map(|r| &r.cells)));
        rows.map(|cells| cells.join("|")).collect()
    }

    #[test]
    fn a_form_and_forms_beside_each_other_become_rows() {
        assert_eq!(
            rows("名称,うたごえ広場\n場所,青葉公民館\n日時,毎月第2水曜\n電話,0790-00-0001\n"),
            ["名称|場所|日時|電話", "うたごえ広場|青葉公民館|毎月第2水曜|0790-00-0001"]
        );
        assert_eq!(
            rows("項目,①,②\n教室名,うたごえ広場,折り紙の会\n場所,青葉公民館,\n日時,毎月第2水曜,毎週金曜\n"),
            ["教室名|場所|日時", "うたごえ広場|青葉公民館|毎月第2水曜", "折り紙の会||毎週金曜"]
        );
    }

    #[test]
    fn paragraphs_become_rows() {
        assert_eq!(
            rows(
                "■うたごえ広場\n日時　毎月第2水曜\n場所　青葉公民館\n\n■折り紙の会\n日時　毎週金曜\n電話：0790-00-0002\n"
            ),
            ["名称|日時|場所|電話", "うたごえ広場|毎月第2水曜|青葉公民館|", "折り紙の会|毎週金曜||0790-00-0002"]
        );
        assert_eq!(
            rows(
                "1. うたごえ広場\n　日時：毎月第2水曜\n　場所：青葉公民館\n（2）折り紙の会\n　日時：毎週金曜\n　電話：0790-00-0002\n"
            ),
            ["名称|日時|場所|電話", "うたごえ広場|毎月第2水曜|青葉公民館|", "折り紙の会|毎週金曜||0790-00-0002"]
        );
        assert_eq!(
            rows(
                "【名称】うたごえ広場\n【場所】青葉公民館\n【電話】0790-00-0001\n【名称】折り紙の会\n【場所】若草会館\n【電話】0790-00-0002\n"
            ),
            ["名称|場所|電話", "うたごえ広場|青葉公民館|0790-00-0001", "折り紙の会|若草会館|0790-00-0002"]
        );
    }

    #[test]
    fn a_line_without_a_label_is_kept_for_staff() {
        let text =
            "■うたごえ広場\n日時　毎月第2水曜\n場所　青葉公民館\n昔の歌を歌います\n電話　0790-00-0001\nお茶も出ます\n";
        assert_eq!(
            rows(text),
            [
                "名称|日時|場所|電話|読み残した行",
                "うたごえ広場|毎月第2水曜|青葉公民館|0790-00-0001|昔の歌を歌います\nお茶も出ます"
            ]
        );
    }

    #[test]
    fn a_table_is_no_form() {
        let table = "区分,名称,場所\nサロン,A会,青葉公民館\n電話,B会,若草会館\n住所,C会,港会館\n日時,D会,山会館\n";
        assert_eq!(rows(table)[0], "区分|名称|場所");
        assert_eq!(rows("名称,場所\nA会,青葉公民館\nB会,若草会館\n"), ["名称|場所", "A会|青葉公民館", "B会|若草会館"]);
    }
}
