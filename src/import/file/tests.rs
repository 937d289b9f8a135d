//! Workbooks, made here and read back.

use rust_xlsxwriter::{Format as CellFormat, Workbook, Worksheet};

use super::*;
use crate::import::table::{FileTables, ListTable, tables};

fn columns() -> HeadingTable {
    HeadingTable::standard()
}

fn read(bytes: &[u8]) -> FileTables {
    tables(bytes, &columns())
}

/// A workbook with the sheets that `write` fills.
fn workbook(write: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    write(&mut workbook);
    workbook.save_to_buffer().unwrap()
}

/// A workbook with one sheet.
fn sheet(write: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    workbook(|workbook| write(workbook.add_worksheet()))
}

fn write_rows(sheet: &mut Worksheet, rows: &[&[&str]]) {
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*cells) {
            if !text.is_empty() {
                sheet.write_string(row, column, *text).unwrap();
            }
        }
    }
}

fn cells(table: &ListTable) -> Vec<Vec<&str>> {
    table.records.iter().map(|r| r.cells.iter().map(String::as_str).collect()).collect()
}

fn notices(read: &FileTables) -> Vec<(ProblemKind, &str)> {
    read.notices.iter().map(|p| (p.kind, p.values[0].1.as_str())).collect()
}

#[test]
fn numbers_dates_and_times_are_read_as_a_person_sees_them() {
    let bytes = sheet(|s| {
        write_rows(s, &[&["名称", "緯度", "確認日", "開始", "番号", "会員", "活動日", "時間"]]);
        s.write_string(1, 0, "ひだまり").unwrap();
        s.write_number(1, 1, 35.401_234_5).unwrap();
        s.write_number_with_format(1, 2, 46_348, &CellFormat::new().set_num_format("[$-411]ggge\"年\"m\"月\"d\"日\""))
            .unwrap();
        s.write_number_with_format(1, 3, 0.5625, &CellFormat::new().set_num_format("h:mm")).unwrap();
        s.write_number_with_format(1, 4, 92_011, &CellFormat::new().set_num_format("000000")).unwrap();
        s.write_number(1, 5, 12).unwrap();
        s.write_number_with_format(1, 6, 46_348, &CellFormat::new().set_num_format("gggee\"年\"")).unwrap();
        s.write_boolean(1, 7, true).unwrap();
    });
    let read = read(&bytes);
    assert_eq!((read.format, read.encoding), (Format::Xlsx, None));
    assert_eq!(
        cells(&read.tables[0]),
        [["ひだまり", "35.4012345", "2026-11-22", "13:30", "092011", "12", "2026-11-22", "TRUE"]]
    );
}

#[test]
fn a_district_in_merged_cells_counts_for_all_its_rows() {
    let bytes = sheet(|s| {
        let plain = CellFormat::new();
        s.merge_range(0, 0, 0, 3, "通いの場一覧", &plain).unwrap();
        s.merge_range(1, 0, 2, 0, "地区", &plain).unwrap();
        s.merge_range(1, 1, 2, 1, "サロン名", &plain).unwrap();
        s.merge_range(1, 2, 1, 3, "連絡先", &plain).unwrap();
        s.write_string(2, 2, "氏名").unwrap();
        s.write_string(2, 3, "電話").unwrap();
        s.merge_range(3, 0, 5, 0, "大屋", &plain).unwrap();
        for (row, name) in [(3, "甲"), (4, "乙"), (5, "丙"), (7, "丁")] {
            s.write_string(row, 1, name).unwrap();
        }
    });
    let table = &read(&bytes).tables[0];
    assert_eq!(table.headings, ["地区", "サロン名", "連絡先_氏名", "連絡先_電話"]);
    assert_eq!((table.heading_row, table.blank_rows), (3, 1));
    let found: Vec<_> = table.records.iter().map(|r| (r.row, r.cells[0].as_str(), r.filled.as_slice())).collect();
    assert_eq!(found, [(4, "大屋", &[][..]), (5, "大屋", &[0]), (6, "大屋", &[0]), (8, "", &[])]);
}

#[test]
fn sheets_that_are_no_lists_are_left_out_and_said() {
    let list: &[&[&str]] = &[&["名称", "住所"], &["甲", "国木"]];
    let bytes = workbook(|w| {
        write_rows(w.add_worksheet().set_name("一覧").unwrap(), list);
        write_rows(w.add_worksheet().set_name("入力例").unwrap(), list);
        write_rows(w.add_worksheet().set_name("コード表").unwrap(), list);
        write_rows(w.add_worksheet().set_name("控え").unwrap().set_hidden(true), list);
        write_rows(w.add_worksheet().set_name("お知らせ").unwrap(), &[&["担当課へ出してください"]]);
        w.add_worksheet().set_name("Sheet6").unwrap();
        write_rows(
            w.add_worksheet().set_name("農業").unwrap(),
            &[&["団体名", "作物", "連絡先"], &["農会", "なす", "079"]],
        );
    });
    let read = read(&bytes);
    let found: Vec<_> =
        read.tables.iter().map(|t| (t.sheet.as_deref().unwrap(), t.headings.len(), t.records.len())).collect();
    assert_eq!(found, [("一覧", 2, 1), ("農業", 3, 1)]);
    assert_eq!(
        notices(&read),
        [
            (ProblemKind::ExampleSheetSkipped, "入力例"),
            (ProblemKind::LegendSheetSkipped, "コード表"),
            (ProblemKind::HiddenSheetSkipped, "控え"),
            (ProblemKind::SheetWithoutHeadings, "お知らせ"),
        ]
    );
}

#[test]
fn a_list_that_is_alone_is_read_whatever_its_sheet_is_called() {
    let bytes =
        workbook(|w| write_rows(w.add_worksheet().set_name("見本").unwrap(), &[&["名称", "住所"], &["甲", "国木"]]));
    let read = read(&bytes);
    assert_eq!((read.tables.len(), read.notices.len()), (1, 0));
}

#[test]
fn errors_of_calculation_are_blank_and_said() {
    let bytes = sheet(|s| {
        write_rows(s, &[&["名称", "住所", "電話"], &["甲", "国木", ""]]);
        s.write_formula(1, 2, rust_xlsxwriter::Formula::new("=VLOOKUP(1,A1:B1,2)").set_result("#N/A")).unwrap();
    });
    let table = &read(&bytes).tables[0];
    let said: Vec<_> = table.problems.iter().map(|p| (p.row, p.column.as_deref(), p.kind)).collect();
    // The writer keeps the result as text, as some programs do; Excel itself keeps it as an error.
    assert!(table.records[0].cells[2] == "#N/A" || said == [(2, Some("電話"), ProblemKind::FormulaError)], "{said:?}");
}

#[test]
fn cells_at_both_far_corners_take_no_room() {
    let bytes = sheet(|s| {
        write_rows(s, &[&["名称", "住所"], &["甲", "国木"]]);
        s.write_string(1_048_575, 16_383, "遠い").unwrap();
    });
    let table = &read(&bytes).tables[0];
    assert_eq!(table.records.len(), 2);
    assert_eq!(table.records[1].row, 1_048_576);
    assert_eq!(table.headings[2], "（見出しなし XFD列）");
    assert_eq!(table.blank_rows, 1_048_573);
}

#[test]
fn merged_cells_over_many_rows_fill_none_but_those_that_say_something() {
    let bytes = sheet(|s| {
        write_rows(s, &[&["名称", "住所"], &["甲", "国木"], &["乙", "加保"]]);
        s.merge_range(3, 0, 2_000, 50, "終わりの言葉", &CellFormat::new()).unwrap();
    });
    assert_eq!(read(&bytes).tables[0].records.len(), 3);
}

#[test]
fn a_bomb_is_refused_before_it_unpacks() {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("xl/workbook.xml", options).unwrap();
    zip.write_all(b"<workbook/>").unwrap();
    zip.start_file("xl/worksheets/sheet1.xml", options).unwrap();
    let chunk = vec![b' '; 1 << 20];
    for _ in 0..129 {
        zip.write_all(&chunk).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    assert!(bytes.len() < 1 << 20);
    assert_eq!(read(&bytes).refused.map(|p| p.kind), Some(ProblemKind::TooLarge));
}

#[test]
fn a_table_of_strings_that_announces_more_than_it_can_hold_is_refused() {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("xl/workbook.xml", options).unwrap();
    zip.write_all(b"<workbook/>").unwrap();
    zip.start_file("xl/sharedStrings.xml", options).unwrap();
    zip.write_all(b"<!-- uniqueCount=\"1\" --><sst uniqueCount = '123456789012'></sst>").unwrap();
    let bytes = zip.finish().unwrap().into_inner();
    assert_eq!(read(&bytes).refused.map(|p| p.kind), Some(ProblemKind::TooLarge));
}

#[test]
fn archives_that_are_no_workbooks_are_refused_by_name() {
    use std::io::Write as _;
    for (part, kind, name) in [
        ("word/document.xml", ProblemKind::OtherFormat, "Word"),
        ("content.xml", ProblemKind::OtherFormat, "OpenDocument (.ods)"),
        ("xl/workbook.bin", ProblemKind::OtherFormat, "Excel (.xlsb)"),
        ("list.csv", ProblemKind::ZipWithoutWorkbook, ""),
    ] {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file(part, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(b"x").unwrap();
        let refused = read(&zip.finish().unwrap().into_inner()).refused.unwrap();
        assert_eq!((refused.kind, refused.values[0].1.as_str()), (kind, name));
    }
}

#[test]
fn a_workbook_cut_short_is_damaged() {
    let bytes = sheet(|s| write_rows(s, &[&["名称", "住所"], &["甲", "国木"]]));
    for part in [2, 3, 4, 8] {
        assert_eq!(
            read(&bytes[..bytes.len() * (part - 1) / part]).refused.map(|p| p.kind),
            Some(ProblemKind::WorkbookDamaged)
        );
    }
}

/// Old workbooks, record by record.
mod old {
    use super::*;

    fn record(kind: u16, body: &[u8]) -> Vec<u8> {
        [&kind.to_le_bytes()[..], &u16::try_from(body.len()).unwrap().to_le_bytes(), body].concat()
    }

    fn utf16(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    /// A string of the shared table.
    fn shared(text: &str) -> Vec<u8> {
        let letters = u16::try_from(text.encode_utf16().count()).unwrap();
        [&letters.to_le_bytes()[..], &[1], &utf16(text)].concat()
    }

    /// A stream with one sheet of `cells`; every cell is a shared string.
    fn stream(cells: &[(u16, u16, &str)], extra: &[u8]) -> Vec<u8> {
        let begin = |kind: u16| record(0x0809, &[&[0, 6][..], &kind.to_le_bytes(), &[0; 12]].concat());
        let count = u32::try_from(cells.len()).unwrap().to_le_bytes();
        let strings: Vec<u8> = cells.iter().flat_map(|(_, _, text)| shared(text)).collect();
        let strings = record(0x00FC, &[&count[..], &count, &strings].concat());
        let name = "一覧";
        let globals = |at: u32| {
            let sheet = [&at.to_le_bytes()[..], &[0, 0, 2, 1], &utf16(name)].concat();
            [
                begin(5),
                record(0x0042, &1200_u16.to_le_bytes()),
                record(0x0085, &sheet),
                strings.clone(),
                record(0x000A, &[]),
            ]
            .concat()
        };
        let at = u32::try_from(globals(0).len()).unwrap();
        let mut bytes = globals(at);
        bytes.extend(begin(0x10));
        // What it announces is a lie: four billion rows.
        bytes.extend(record(0x0200, &[0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF, 0, 0]));
        for (index, (row, column, _)) in (0_u32..).zip(cells) {
            let place = [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
            bytes.extend(record(0x00FD, &[&place[..], &index.to_le_bytes()].concat()));
        }
        bytes.extend(extra);
        bytes.extend(record(0x000A, &[]));
        bytes
    }

    fn container(stream: &[u8]) -> Vec<u8> {
        ole::container_of("Workbook", stream).unwrap()
    }

    const LIST: [(u16, u16, &str); 6] =
        [(0, 0, "地区"), (0, 1, "名称"), (1, 0, "大屋"), (1, 1, "甲"), (2, 1, "乙"), (4, 1, "丙")];

    #[test]
    fn an_old_workbook_is_read_with_its_merged_cells() {
        let merge: Vec<u8> = [1_u16, 1, 2, 0, 0].iter().flat_map(|n| n.to_le_bytes()).collect();
        let number: Vec<u8> = [&[4, 0, 0, 0, 0, 0][..], &3.5_f64.to_le_bytes()].concat();
        let extra = [record(0x0203, &number), record(0x00E5, &merge)].concat();
        let read = read(&container(&stream(&LIST, &extra)));
        assert_eq!((read.format, read.refused), (Format::Xls, None));
        let table = &read.tables[0];
        assert_eq!(table.sheet.as_deref(), Some("一覧"));
        assert_eq!(cells(table), [["大屋", "甲"], ["大屋", "乙"], ["3.5", "丙"]]);
        assert_eq!((table.records[1].filled.as_slice(), table.blank_rows), (&[0][..], 1));
    }

    /// The records of fonts 0 to 5, which are plain but for 5, and of cell formats with these fonts.
    fn fonts_and_formats(formats: &[u16]) -> Vec<u8> {
        let font = |strikes: bool| {
            record(0x0031, &[200, 0, if strikes { 8 } else { 0 }, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
        };
        // Font 4 does not exist, so that the fifth that is written has the number 5.
        let fonts = [false, false, false, false, true].into_iter().flat_map(font);
        let format = |font: u16| record(0x00E0, &[&font.to_le_bytes()[..], &[0; 18]].concat());
        fonts.chain(formats.iter().copied().flat_map(format)).collect()
    }

    /// A workbook whose strings are the `rich` ones, each in column B behind a name.
    fn rich_stream(rich: &[(&str, &[(u16, u16)])], formats: &[u16]) -> Vec<u8> {
        let string = |(text, runs): &(&str, &[(u16, u16)])| {
            let count = |n: usize| u16::try_from(n).unwrap().to_le_bytes();
            let runs_written = runs.iter().flat_map(|(at, font)| [at.to_le_bytes(), font.to_le_bytes()].concat());
            [
                &count(text.encode_utf16().count())[..],
                &[9],
                &count(runs.len()),
                &utf16(text),
                &runs_written.collect::<Vec<_>>(),
            ]
            .concat()
        };
        let cells: Vec<(u16, u16, &str)> = (0_u16..).zip(rich).map(|(row, (text, _))| (row, 0, *text)).collect();
        let plain = stream(&cells, &[]);
        let count = u32::try_from(rich.len()).unwrap().to_le_bytes();
        let strings = record(0x00FC, &[&count[..], &count, &rich.iter().flat_map(string).collect::<Vec<_>>()].concat());
        with_globals(&plain, &[fonts_and_formats(formats), strings].concat())
    }

    /// `stream` with `records` in place of its shared strings, and its sheet where it then begins.
    fn with_globals(stream: &[u8], records: &[u8]) -> Vec<u8> {
        let at = |kind: u16| {
            let mut at = 0;
            while ole::u16_at(stream, at) != Some(kind) {
                at += 4 + usize::from(ole::u16_at(stream, at + 2).unwrap());
            }
            at
        };
        let (sheet, strings) = (at(0x0085), at(0x00FC));
        let behind = strings + 4 + usize::from(ole::u16_at(stream, strings + 2).unwrap());
        let mut bytes = [&stream[..strings], records, &stream[behind..]].concat();
        let begin = ole::u32_at(stream, sheet + 4).unwrap() + u32::try_from(records.len() + strings).unwrap()
            - u32::try_from(behind).unwrap();
        bytes[sheet + 4..sheet + 8].copy_from_slice(&begin.to_le_bytes());
        bytes
    }

    #[test]
    fn struck_out_runs_of_an_old_workbook_are_not_read() {
        let rich: [(&str, &[(u16, u16)]); 6] = [
            ("名称", &[(0, 0)]),
            ("ひだまり旧館会", &[(4, 5), (6, 0)]),
            ("廃止の会", &[(0, 5)]),
            ("あじさい会", &[(2, 1)]),
            ("前の名新しい会", &[(0, 5), (3, 0)]),
            ("終わりだけ中止", &[(5, 5)]),
        ];
        let read = read(&container(&rich_stream(&rich, &[0])));
        assert_eq!(read.refused, None);
        let table = &read.tables[0];
        assert_eq!(cells(table), [["ひだまり会"], ["あじさい会"], ["新しい会"], ["終わりだけ"]]);
    }

    /// A cell that holds its own string of several fonts: its row, its text, and where each font begins.
    type RichCell<'t> = (u16, &'t str, &'t [(u16, u16)]);

    #[test]
    fn struck_out_runs_of_cells_with_strings_of_their_own_are_not_read_either() {
        let cell = |(row, text, runs): RichCell<'_>| {
            let count = |n: usize| u16::try_from(n).unwrap().to_le_bytes();
            let runs_written = runs.iter().flat_map(|(at, font)| [at.to_le_bytes(), font.to_le_bytes()].concat());
            let place = [row.to_le_bytes(), [0, 0], [0, 0]].concat();
            let string = [&count(text.encode_utf16().count())[..], &[1], &utf16(text), &count(runs.len())].concat();
            record(0x00D6, &[place, string, runs_written.collect()].concat())
        };
        let rich: [RichCell<'_>; 3] =
            [(1, "ひだまり旧館会", &[(4, 5), (6, 0)]), (2, "廃止の会", &[(0, 5)]), (3, "あじさい会", &[(2, 1)])];
        let plain = stream(&[(0, 0, "名称")], &rich.into_iter().flat_map(cell).collect::<Vec<u8>>());
        let one = 1_u32.to_le_bytes();
        let strings = record(0x00FC, &[&one[..], &one, &shared("名称")].concat());
        let read = read(&container(&with_globals(&plain, &[fonts_and_formats(&[0]), strings].concat())));
        assert_eq!(cells(&read.tables[0]), [["ひだまり会"], ["あじさい会"]]);
    }

    #[test]
    fn what_stands_before_the_first_run_of_an_old_workbook_has_the_font_of_its_cell() {
        let rich: [(&str, &[(u16, u16)]); 3] =
            [("名称", &[(0, 0)]), ("旧名新名の会", &[(2, 0)]), ("囲碁の会", &[(0, 0)])];
        let read = read(&container(&rich_stream(&rich, &[5])));
        assert_eq!(cells(&read.tables[0]), [["新名の会"], ["囲碁の会"]]);
    }

    #[test]
    fn runs_of_an_old_workbook_are_read_across_continuations_and_damage() {
        let rich: [(&str, &[(u16, u16)]); 2] = [("名称", &[(0, 0)]), ("ひだまり旧館会", &[(4, 5), (6, 0)])];
        let good = rich_stream(&rich, &[0]);
        for at in 0..good.len() {
            for byte in [0, 1, 9, 0xFF] {
                let mut damaged = good.clone();
                damaged[at] = byte;
                let read = read(&container(&damaged));
                assert_eq!(read.refused.is_some(), read.tables.is_empty(), "byte {at} is {byte}");
            }
        }
    }

    #[test]
    fn far_corners_of_an_old_workbook_are_refused() {
        let far = [(0, 0, "名称"), (u16::MAX, u16::MAX, "遠い")];
        assert_eq!(read(&container(&stream(&far, &[]))).refused.map(|p| p.kind), Some(ProblemKind::TooLarge));
    }

    #[test]
    fn one_long_string_in_very_many_cells_is_refused() {
        let long = "あ".repeat(4000);
        let one = record(0x00FD, &[&[3, 0, 1, 0, 0, 0][..], &0_u32.to_le_bytes()].concat());
        let bytes = container(&stream(&[(0, 0, &long)], &one.repeat(100_000)));
        assert_eq!(read(&bytes).refused.map(|p| p.kind), Some(ProblemKind::TooLarge));
    }

    #[test]
    fn a_locked_workbook_says_so() {
        let locked = ole::container_of("EncryptedPackage", &[7; 5000]).unwrap();
        assert_eq!(read(&locked).refused.map(|p| p.kind), Some(ProblemKind::WorkbookEncrypted));
        let mut stream = stream(&LIST, &[]);
        let password = record(0x002F, &[1, 0, 1, 0]);
        let at = 4 + 16;
        stream.splice(at..at, password);
        assert_eq!(read(&container(&stream)).refused.map(|p| p.kind), Some(ProblemKind::WorkbookEncrypted));
        let letter = ole::container_of("WordDocument", &[7; 5000]).unwrap();
        assert_eq!(read(&letter).refused.map(|p| p.kind), Some(ProblemKind::OtherFormat));
    }

    #[test]
    fn an_old_workbook_with_any_byte_damaged_is_answered() {
        let good = stream(&LIST, &[]);
        for at in 0..good.len() {
            for byte in [0, 1, 0x7F, 0xFF] {
                let mut damaged = good.clone();
                damaged[at] = byte;
                let read = read(&container(&damaged));
                assert_eq!(read.refused.is_some(), read.tables.is_empty(), "byte {at} is {byte}");
            }
        }
        for length in 0..good.len() {
            read(&container(&good[..length]));
        }
    }

    #[test]
    fn a_sheet_that_begins_within_a_record_is_not_read() {
        let mut stream = stream(&LIST, &[]);
        let at = stream.windows(2).position(|w| w == 0x0085_u16.to_le_bytes()).unwrap() + 4;
        stream[at] += 2;
        assert_eq!(read(&container(&stream)).refused.map(|p| p.kind), Some(ProblemKind::WorkbookDamaged));
    }
}
