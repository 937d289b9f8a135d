//! Workbooks as offices use them: struck-out text, hidden rows and columns, filters, links behind cells, notes.

use crate::bare_city::BareCity;
use rust_xlsxwriter::{FilterCondition, Format, FormatAlign, Note, Workbook, Worksheet};
use tsunagari::import::{ImportedFile, ImportedPlace, ProblemKind};
use tsunagari::model::Audience;

/// A list of three places, changed by `change`, and read.
fn import(change: impl FnOnce(&mut Worksheet)) -> ImportedFile<ImportedPlace> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let rows = [
        ["団体名", "住所", "開催日時", "説明", "ホームページ"],
        ["ひだまり", "国木1", "月曜", "お茶", "あり"],
        ["こもれび", "国木2", "火曜", "体操", ""],
        ["やまびこ", "国木3", "水曜", "囲碁", ""],
    ];
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(cells) {
            sheet.write_string(row, column, text).unwrap();
        }
    }
    change(sheet);
    import_bytes(&workbook.save_to_buffer().unwrap())
}

fn import_bytes(bytes: &[u8]) -> ImportedFile<ImportedPlace> {
    BareCity::without_today().read(bytes, "list.xlsx")
}

fn names(file: &ImportedFile<ImportedPlace>) -> Vec<&str> {
    file.sheets[0].entries.iter().map(|place| place.facts.name.as_str()).collect()
}

fn found(file: &ImportedFile<ImportedPlace>, kind: ProblemKind) -> Vec<(u32, String)> {
    let of_kind = file.sheets[0].problems.iter().filter(|problem| problem.kind == kind);
    of_kind.map(|p| (p.row, p.values.first().map(|(_, value)| value.clone()).unwrap_or_default())).collect()
}

fn strike() -> Format {
    Format::new().set_font_strikethrough()
}

#[test]
fn struck_out_runs_are_not_read_and_reported_once_per_row() {
    let file = import(|sheet| {
        let plain = Format::new();
        sheet.write_rich_string(1, 2, &[(&strike(), "月曜"), (&plain, "木曜")]).unwrap();
        sheet.write_rich_string(1, 3, &[(&plain, "お茶"), (&strike(), "と歌"), (&plain, "と話")]).unwrap();
        sheet.write_rich_string(2, 3, &[(&plain, "太字でない"), (&Format::new().set_bold(), "体操")]).unwrap();
    });
    let facts = &file.sheets[0].entries[0].facts;
    assert_eq!(facts.schedule[0].text, "木曜");
    assert_eq!(facts.description.as_deref(), Some("お茶と話"));
    assert_eq!(file.sheets[0].entries[1].facts.description.as_deref(), Some("太字でない体操"));
    assert_eq!(found(&file, ProblemKind::StruckText), [(2, "月曜".to_owned())]);
}

#[test]
fn a_row_whose_name_is_struck_out_is_left_out_and_reported() {
    let file = import(|sheet| {
        sheet.write_string_with_format(1, 0, "ひだまり", &strike()).unwrap();
    });
    assert_eq!(names(&file), ["こもれび", "やまびこ"]);
    assert_eq!(found(&file, ProblemKind::StruckRowSkipped), [(2, "ひだまり".to_owned())]);
}

#[test]
fn a_row_that_is_struck_out_as_a_whole_is_left_out_and_reported() {
    for last in [false, true] {
        let row = if last { 3 } else { 2 };
        let file = import(|sheet| {
            for (column, text) in (0..).zip(["古い会", "国木9", "日曜", "歌", ""]) {
                sheet.write_string_with_format(row, column, text, &strike()).unwrap();
            }
        });
        assert_eq!(file.sheets[0].entries.len(), 2);
        assert_eq!(found(&file, ProblemKind::StruckRowSkipped), [(row + 1, "古い会".to_owned())]);
        assert!(found(&file, ProblemKind::StruckText).is_empty());
    }
}

#[test]
fn a_name_that_was_corrected_is_the_new_one() {
    let file = import(|sheet| {
        sheet.write_rich_string(1, 0, &[(&strike(), "ひだまり"), (&Format::new(), "ひなた")]).unwrap();
    });
    assert_eq!(names(&file), ["ひなた", "こもれび", "やまびこ"]);
    assert_eq!(found(&file, ProblemKind::StruckText).len(), 1);
}

#[test]
fn hidden_rows_are_for_staff_only_and_named() {
    let file = import(|sheet| {
        sheet.set_row_hidden(2).unwrap();
        sheet.set_row_height(3, 0).unwrap();
    });
    let audiences: Vec<Audience> = file.sheets[0].entries.iter().map(|place| place.facts.audience).collect();
    assert_eq!(audiences, [Audience::Public, Audience::Staff, Audience::Staff]);
    assert_eq!(found(&file, ProblemKind::HiddenRow), [(3, String::new()), (4, String::new())]);
}

#[test]
fn rows_that_a_filter_leaves_out_are_for_staff_only() {
    let file = import(|sheet| {
        sheet.autofilter(0, 0, 3, 4).unwrap();
        sheet.filter_column(2, &FilterCondition::new().add_list_filter("火曜")).unwrap();
    });
    let audiences: Vec<Audience> = file.sheets[0].entries.iter().map(|place| place.facts.audience).collect();
    assert_eq!(audiences, [Audience::Staff, Audience::Public, Audience::Staff]);
}

#[test]
fn hidden_columns_are_for_staff_only_and_named() {
    let file = import(|sheet| {
        sheet.set_column_hidden(3).unwrap();
    });
    let facts = &file.sheets[0].entries[0].facts;
    assert_eq!(facts.description, None);
    let kept: Vec<_> = facts.extra.iter().map(|(heading, text)| (heading.as_str(), text.as_str())).collect();
    assert_eq!(kept, [("非公開（非表示の列）_説明", "お茶")]);
    assert_eq!(found(&file, ProblemKind::HiddenColumn), [(1, "説明".to_owned())]);
}

#[test]
fn links_behind_cells_are_read_and_those_behind_persons_stay_with_staff() {
    let file = import(|sheet| {
        sheet.write_url_with_text(1, 4, "https://example.jp/hidamari", "あり").unwrap();
        sheet.write_url_with_text(2, 0, "https://example.jp/komorebi", "こもれび").unwrap();
        sheet.write_url_with_text(3, 3, "https://example.jp/person", "囲碁").unwrap();
        sheet.write_url_with_text(3, 1, "internal:Sheet1!A1", "国木3").unwrap();
    });
    let links: Vec<_> = file.sheets[0].entries.iter().map(|place| place.facts.contact.url.as_deref()).collect();
    assert_eq!(links, [Some("https://example.jp/hidamari"), Some("https://example.jp/komorebi"), None]);
    let extra = &file.sheets[0].entries[2].facts.extra;
    assert_eq!(extra.values().map(String::as_str).collect::<Vec<_>>(), ["https://example.jp/person"]);
}

#[test]
fn notes_on_cells_are_kept_for_staff() {
    let file = import(|sheet| {
        sheet.insert_note(1, 1, &Note::new("鍵は区長宅").add_author_prefix(false)).unwrap();
        sheet.insert_note(0, 0, &Note::new("見出しのメモ")).unwrap();
    });
    let extra = &file.sheets[0].entries[0].facts.extra;
    assert_eq!(extra.values().map(String::as_str).collect::<Vec<_>>(), ["住所: 鍵は区長宅"]);
    assert!(file.sheets[0].entries[1].facts.extra.is_empty());
}

#[test]
fn formats_that_hide_nothing_change_nothing() {
    let file = import(|sheet| {
        sheet.set_row_height(2, 30).unwrap();
        sheet.set_column_width(3, 40).unwrap();
        let other = Format::new().set_bold().set_align(FormatAlign::Center).set_background_color("#FFFF00");
        sheet.write_string_with_format(1, 0, "ひだまり", &other).unwrap();
    });
    assert_eq!(names(&file).len(), 3);
    assert!(file.sheets[0].entries.iter().all(|place| place.facts.audience == Audience::Public));
    for kind in
        [ProblemKind::StruckText, ProblemKind::StruckRowSkipped, ProblemKind::HiddenRow, ProblemKind::HiddenColumn]
    {
        assert!(found(&file, kind).is_empty(), "{kind:?}");
    }
}
