//! Hostile files, made on the spot: each asks a reader for far more than its size.
//!
//! `scale` is the size of the attack in per cent: 100 is what was once sent, less is enough for a test in every run.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

/// How the program reads a file.
pub const CHECK: &[&str] = &["check"];
pub const DISTRICTS: &[&str] = &["import", "districts"];
pub const BOUNDARY: &[&str] = &["import", "boundary"];
pub const GAZETTEER: &[&str] = &["import", "gazetteer"];
pub const IMPORT: &[&str] = &["import", "places"];

/// One hostile file.
pub struct HostileFile {
    pub name: &'static str,
    pub command: &'static [&'static str],
    pub bytes: Vec<u8>,
    /// The bound that refuses it; `""` where it may be read.
    pub bound: &'static str,
}

/// A generator by the name of its attack, which takes the scale.
type Generator = fn(usize) -> Vec<u8>;

/// Every attack: its name, how it is read, the bound that refuses it, and its generator.
pub const ATTACKS: &[(&str, &[&str], &str, Generator)] = &[
    ("xlsx: 200 sheets are one part", CHECK, "damaged|cells|unpacked_mb|rows|columns", |n| {
        let row = format!("<row>{}</row>", "<c t=\"inlineStr\"><is><t>a</t></is></c>".repeat(100));
        workbook(&sheet(&row.repeat(50 * n)), &vec!["worksheets/sheet1.xml"; 2 * n.max(3)], &[])
    }),
    ("xlsx: two million rows", CHECK, "rows", |n| {
        let rows = "<row><c t=\"inlineStr\"><is><t>a</t></is></c></row>".repeat(20_000 * n);
        workbook(&sheet(&rows), &["worksheets/sheet1.xml"], &[])
    }),
    ("xlsx: a sheet in /media/", CHECK, "rows|unpacked_mb|cells", |n| {
        let rows = "<row><c t=\"inlineStr\"><is><t>a</t></is></c></row>".repeat(40_000 * n);
        workbook("", &["media/image1.png"], &[("xl/media/image1.png", &sheet(&rows))])
    }),
    ("xlsx: a sheet in /embeddings/", CHECK, "rows|unpacked_mb|cells", |n| {
        let rows = "<row><c t=\"inlineStr\"><is><t>a</t></is></c></row>".repeat(40_000 * n);
        workbook("", &["embeddings/a.bin"], &[("xl/embeddings/a.bin", &sheet(&rows))])
    }),
    ("xlsx: a huge comment in XML", CHECK, "cell_characters", |n| {
        let comment = format!("<!--{}-->", "< ".repeat(600_000 * n));
        workbook(&sheet(&comment), &["worksheets/sheet1.xml"], &[])
    }),
    ("xlsx: a huge note on a cell", CHECK, "", |n| {
        let note = format!(
            "<comments><commentList><comment ref=\"A2\"><text><t>{}</t></text></comment></commentList></comments>",
            "x".repeat(600_000 * n)
        );
        workbook(&list_sheet(3), &["worksheets/sheet1.xml"], &[("xl/comments1.xml", &note)])
    }),
    ("xlsx: one long string in many cells", CHECK, "too long|cell_characters", |n| {
        let strings = format!("<sst><si><t>{}</t></si></sst>", format!("{}&amp;", "x".repeat(999)).repeat(100 * n));
        let cells = "<row><c t=\"s\"><v>0</v></c></row>".repeat(100 * n);
        workbook(&sheet(&cells), &["worksheets/sheet1.xml"], &[("xl/sharedStrings.xml", &strings)])
    }),
    ("xlsx: empty strings", CHECK, "cells", |n| {
        let strings = format!("<sst>{}</sst>", "<si/>".repeat(250_000 * n));
        workbook(&list_sheet(3), &["worksheets/sheet1.xml"], &[("xl/sharedStrings.xml", &strings)])
    }),
    ("xlsx: cell formats", CHECK, "formats", |n| {
        let font = format!("<fonts><font><name val=\"{}\"/></font></fonts>", "x".repeat(10_000 * n));
        let formats = "<xf fontId=\"0\" numFmtId=\"0\"/>".repeat(650 * n);
        let styles = format!("<styleSheet>{font}<cellXfs>{formats}</cellXfs></styleSheet>");
        workbook(&list_sheet(3), &["worksheets/sheet1.xml"], &[("xl/styles.xml", &styles)])
    }),
    ("xlsx: nothing but closing tags", CHECK, "", |n| {
        workbook(&sheet(&"</a>".repeat(300_000 * n)), &["worksheets/sheet1.xml"], &[])
    }),
    ("xlsx: long headings over many rows", CHECK, "", |n| {
        let cell = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
        let long = cell(&"あ".repeat(20_000));
        let (heading, row) =
            (["名称", "住所", "備考"].map(cell).concat(), ["a", "b", "c", "1", "1"].map(cell).concat());
        let rows = format!("<row>{heading}{long}{long}</row>{}", format!("<row>{row}</row>").repeat(490 * n));
        workbook(&sheet(&rows), &["worksheets/sheet1.xml"], &[])
    }),
    ("xlsx: an archive of empty parts", CHECK, "parts", |n| {
        let names: Vec<String> = (0..1_000 * n.max(25)).map(|i| format!("a/{i}")).collect();
        let parts: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
        workbook(&list_sheet(3), &["worksheets/sheet1.xml"], &parts)
    }),
    ("xls: 200 sheets with far corners", CHECK, "cells", |n| old_workbook(2 * n.max(2))),
    ("json: a tree of empty arrays", CHECK, "nodes", |n| {
        json_feature(&format!("\"name\":\"a\",\"b\":[{}[]]", "[],".repeat(150_000 * n)))
    }),
    ("json: a list of numbers", CHECK, "nodes", |n| {
        json_feature(&format!("\"name\":\"a\",\"b\":[{}0]", "0,".repeat(230_000 * n)))
    }),
    ("json: empty features", CHECK, "rows", |n| {
        format!("{{\"type\":\"FeatureCollection\",\"features\":[{}{{}}]}}", "{},".repeat(150_000 * n)).into_bytes()
    }),
    ("json: a shape of a million corners", CHECK, "", |n| {
        let ring = "[134.5,35.1],".repeat(30_000 * n);
        format!("{{\"type\":\"FeatureCollection\",\"features\":[{{\"type\":\"Feature\",\"properties\":{{\"name\":\"a\"}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[{ring}[134,35]]]}}}}]}}").into_bytes()
    }),
    ("json: a million names of properties", CHECK, "nodes|columns", |n| {
        let members: String = (0..30_000 * n).fold(String::new(), |mut all, i| {
            let _ = write!(all, "\"p{i}\":1,");
            all
        });
        json_feature(&format!("{members}\"name\":\"a\""))
    }),
    ("json: one text of 47 MB", CHECK, "too long", |n| {
        json_feature(&format!("\"name\":\"{}\"", "a".repeat(470_000 * n)))
    }),
    ("json: arrays without end", CHECK, "JSON", |n| "[".repeat(470_000 * n).into_bytes()),
    ("csv: nine million rows of one character", CHECK, "rows", |n| {
        format!("名称\n{}", "a\n".repeat(90_000 * n.max(1))).into_bytes()
    }),
    ("csv: a cell of 60 MB", CHECK, "too long", |n| format!("名称,住所\nb,{}\n", "a".repeat(600_000 * n)).into_bytes()),
    ("csv: an open quote of 60 MB", CHECK, "too long", |n| {
        format!("名称,住所\nb,\"{}\n", "a ".repeat(300_000 * n)).into_bytes()
    }),
    ("csv: a row of commas", CHECK, "", |n| format!("名称,住所\na,b{}\n", ",".repeat(600_000 * n)).into_bytes()),
    ("csv: a row of quotes", CHECK, "too long|columns", |n| {
        format!("名称,住所\n{}\n", "\",\"\"".repeat(150_000 * n)).into_bytes()
    }),
    ("csv: half-width kana in Shift_JIS", CHECK, "rows|text_mb", |n| {
        [b"name,address\n".to_vec(), [&[0xB1; 6_000][..], b",\xB2\n"].concat().repeat(if n < 100 { 5 } else { 9_500 })]
            .concat()
    }),
    ("csv: UTF-16", CHECK, "rows|text_mb", |n| {
        let text = format!(
            "\u{FEFF}名称,住所\n{}",
            format!("{},い\n", "あ".repeat(6_000)).repeat(if n < 100 { 5 } else { 4_500 })
        );
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }),
    ("csv: sep=あ", CHECK, "", |_| "sep=あ\n名称,住所\nサロン,国木\n".into()),
    ("csv: columns without end", CHECK, "columns", |n| {
        let headings = (0..1_000 * n.max(2)).map(|i| format!(",h{i}")).collect::<Vec<_>>().concat();
        format!("名称{headings}\n{}", format!("a{}\n", ",1".repeat(1_000 * n.max(2))).repeat(2)).into_bytes()
    }),
    ("csv: telephones without end", CHECK, "", |n| telephones(n, "0796620160:")),
    ("csv: brackets before zeros", CHECK, "", |n| telephones(n, "0(0(")),
    ("csv: 同上 of a long cell", CHECK, "text_mb", |n| {
        format!("名称,住所,説明\na,b,{}\n{}", "あ".repeat(30_000), "a,b,同上\n".repeat(400 * n)).into_bytes()
    }),
    ("csv: damaged bytes", CHECK, "", |n| {
        let mut random = 7_u64;
        let next = |_| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            random.to_be_bytes()[0]
        };
        (0..100_000 * n).map(next).collect()
    }),
    ("import: as many rows as are allowed", IMPORT, "", |n| {
        rows(490 * n, |i| format!("サロン{i},国木{i},火曜,079-662-{:04}", i % 10_000))
    }),
    ("import: all rows alike", IMPORT, "", |n| rows(490 * n, |_| "サロン,国木1,火曜,079-662-0160".to_owned())),
    ("import: all names alike", IMPORT, "", |n| rows(490 * n, |i| format!("サロン,国木{i},火曜,"))),
    ("districts: 200,000 holes", DISTRICTS, "rings", |n| holes(2_000 * n, 0.001)),
    ("districts: holes as tall as the district", DISTRICTS, "rings|points", |n| holes(2_000 * n, 9.0)),
    ("boundary: holes as tall as the city", BOUNDARY, "", |n| holes(400 * n, 9.0)),
    ("boundary: three million corners", BOUNDARY, "points", |n| {
        let ring: String = (0..30_000 * n).fold(String::new(), |mut all, i| {
            let _ = write!(all, "[134.{i:07},35.1],");
            all
        });
        shape(&format!("[[{ring}[134,35],[134.0000000,35.1]]]"))
    }),
    ("boundary: nothing but brackets", BOUNDARY, "rings", |n| shape(&format!("[{}[]]", "[],".repeat(200_000 * n)))),
    ("boundary: a tree in the properties", BOUNDARY, "nodes", |n| {
        json_feature(&format!("\"name\":\"a\",\"b\":[{}[]]", "[],".repeat(200_000 * n)))
    }),
    ("gazetteer: two million towns", GAZETTEER, "towns", |n| {
        (0..20_000 * n)
            .fold("town,lat,lng,code,koaza\n".to_owned(), |mut all, i| {
                let _ = writeln!(all, "a{i},35,134,282220001,");
                all
            })
            .into_bytes()
    }),
    ("gazetteer: a cell of 60 MB", GAZETTEER, "cell_characters", |n| {
        format!("town,lat,lng,code,koaza\n{},35,134,282220001,\n", "a".repeat(600_000 * n)).into_bytes()
    }),
    ("gazetteer: a tree of JSON", GAZETTEER, "nodes", |n| {
        format!("[{{\"town\":\"a\",\"b\":[{}0]}}]", "0,".repeat(300_000 * n)).into_bytes()
    }),
    ("gazetteer: empty objects", GAZETTEER, "", |n| format!("[{}{{}}]", "{},".repeat(200_000 * n)).into_bytes()),
];

/// The file of one attack.
pub fn file(attack: &(&'static str, &'static [&'static str], &'static str, Generator), scale: usize) -> HostileFile {
    let &(name, command, bound, generate) = attack;
    HostileFile { name, command, bytes: generate(scale), bound }
}

/// A part with `rows`.
fn sheet(rows: &str) -> String {
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")
}

/// A part with a list of `count` places.
fn list_sheet(count: usize) -> String {
    let text = |t: &str| format!("<c t=\"inlineStr\"><is><t>{t}</t></is></c>");
    let row = format!("<row>{}{}</row>", text("サロン"), text("国木1"));
    sheet(&format!("<row>{}{}</row>{}", text("名称"), text("住所"), row.repeat(count)))
}

/// A workbook with a sheet for each of `targets`, its first part and further `parts`.
fn workbook(first: &str, targets: &[&str], parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, text: &str| {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let (mut sheets, mut links) = (String::new(), String::new());
    for (i, target) in targets.iter().enumerate() {
        let _ = write!(sheets, "<sheet name=\"s{i}\" sheetId=\"{}\" r:id=\"r{i}\"/>", i + 1);
        let _ = write!(links, "<Relationship Id=\"r{i}\" Type=\"{kind}/worksheet\" Target=\"{target}\"/>");
    }
    put(
        "_rels/.rels",
        &format!(
            "<Relationships><Relationship Id=\"r\" Type=\"{kind}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        ),
    );
    put("xl/workbook.xml", &format!("<workbook><sheets>{sheets}</sheets></workbook>"));
    put("xl/_rels/workbook.xml.rels", &format!("<Relationships>{links}</Relationships>"));
    put("xl/worksheets/sheet1.xml", first);
    for (name, text) in parts {
        put(name, text);
    }
    zip.finish().unwrap().into_inner()
}

/// An old workbook with `sheets` sheets, each with two cells far apart.
fn old_workbook(sheets: usize) -> Vec<u8> {
    let record = |kind: u16, body: &[u8]| {
        [&kind.to_le_bytes()[..], &u16::try_from(body.len()).unwrap().to_le_bytes(), body].concat()
    };
    let begin = |kind: u16| record(0x0809, &[&[0, 6][..], &kind.to_le_bytes(), &[0; 12]].concat());
    let number = |row: u16, column: u16| {
        record(0x0203, &[&row.to_le_bytes()[..], &column.to_le_bytes(), &[0, 0], &1.5_f64.to_le_bytes()].concat())
    };
    let one = [begin(0x10), number(0, 0), number(u16::MAX, 50), record(0x000A, &[])].concat();
    let name = |at: usize, i: usize| {
        let text = format!("s{i:03}");
        record(0x0085, &[&u32::try_from(at).unwrap().to_le_bytes()[..], &[0, 0, 4, 0], text.as_bytes()].concat())
    };
    let globals = |start: usize| {
        let names: Vec<u8> = (0..sheets).flat_map(|i| name(start + i * one.len(), i)).collect();
        [begin(5), record(0x0042, &1200_u16.to_le_bytes()), names, record(0x000A, &[])].concat()
    };
    let stream = [globals(globals(0).len()), one.repeat(sheets)].concat();
    ole_container(&stream)
}

/// A compound file with the one stream `Workbook`, long enough not to be a small one.
fn ole_container(stream: &[u8]) -> Vec<u8> {
    const END: u32 = 0xFFFF_FFFE;
    let data = stream.len().max(4096).div_ceil(512);
    let tables = (data + 2).div_ceil(127);
    let words = |words: &[u32]| words.iter().flat_map(|w| w.to_le_bytes()).collect::<Vec<u8>>();
    let at = |n: usize| u32::try_from(n).unwrap();
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.resize(24, 0);
    bytes.extend([0x3E_u16, 3, 0xFFFE, 9, 6, 0, 0, 0].iter().flat_map(|w| w.to_le_bytes()));
    bytes.extend(words(&[0, at(tables), at(data), 0, 4096, END, 0, END, 0]));
    bytes.extend((0..109).flat_map(|i| (if i < tables { at(data + 1 + i) } else { u32::MAX }).to_le_bytes()));
    bytes.extend(stream);
    bytes.resize(512 + data * 512, 0);
    for (name, kind, child, start, length) in
        [("Root Entry", 5, 1, END, 0), ("Workbook", 2, u32::MAX, 0, at(data * 512))]
    {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let size = u16::try_from(entry.len() + 2).unwrap();
        entry.resize(64, 0);
        entry.extend(size.to_le_bytes());
        entry.extend([kind, 1]);
        entry.extend(words(&[u32::MAX, u32::MAX, child]));
        entry.extend([0; 36]);
        entry.extend(words(&[start, length, 0]));
        bytes.extend(entry);
    }
    bytes.resize(512 + (data + 1) * 512, 0);
    let mut fat: Vec<u32> = (0..data + 1 + tables).map(|n| at(n + 1)).collect();
    fat[data - 1] = END;
    fat[data] = END;
    fat[data + 1..].fill(0xFFFF_FFFD);
    fat.resize(tables * 128, u32::MAX);
    bytes.extend(words(&fat));
    bytes
}

/// One feature with `properties`.
fn json_feature(properties: &str) -> Vec<u8> {
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{{\"type\":\"Feature\",\"properties\":{{{properties}}},\"geometry\":null}}]}}").into_bytes()
}

/// One feature with a polygon.
fn shape(coordinates: &str) -> Vec<u8> {
    format!("{{\"type\":\"Feature\",\"properties\":{{\"name\":\"養父市\"}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":{coordinates}}}}}").into_bytes()
}

/// A square with `count` narrow holes, each `height` degrees tall.
fn holes(count: usize, height: f64) -> Vec<u8> {
    let mut rings = "[[130,30],[140,30],[140,40],[130,40],[130,30]]".to_owned();
    for i in 0..count {
        #[expect(clippy::cast_precision_loss, reason = "some hundred thousand")]
        let (west, step) = (130.1 + 9.8 * i as f64 / count as f64, 4.0 / count as f64);
        let (east, north) = (west + step, 30.5 + height);
        let _ = write!(rings, ",[[{west},30.5],[{east},30.5],[{east},{north}],[{west},{north}],[{west},30.5]]");
    }
    shape(&format!("[{rings}]"))
}

/// A list whose telephone cells repeat `part` up to the longest cell.
fn telephones(scale: usize, part: &str) -> Vec<u8> {
    let cell = part.repeat(30_000 / part.len());
    format!("名称,電話番号,備考\n{}", format!("a,{cell},{cell}\n").repeat(if scale < 100 { 2 } else { 250 }))
        .into_bytes()
}

/// A list of `count` rows.
fn rows(count: usize, row: impl Fn(usize) -> String) -> Vec<u8> {
    (0..count).fold("名称,住所,開催日時,電話番号\n".to_owned(), |all, i| all + &row(i) + "\n").into_bytes()
}
