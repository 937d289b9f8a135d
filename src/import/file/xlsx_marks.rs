//! The marks of an XLSX workbook's sheets, which the workbook library leaves out: struck-out runs, hidden rows and columns, links
//! and notes.
//!
//! The parts are read once more, element by element and through the meter of the archive. This module does no I/O.

use std::collections::HashMap;
use std::io::{BufReader, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::archive::MeteredArchive;
use super::marks::{CellRemark, SheetMarks};

/// Links and notes of a sheet that are read.
const REMARKS: usize = 20_000;
/// Characters of a note that are kept.
const NOTE_CHARS: usize = 1_000;

/// A shared string of which some runs are struck out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct StruckString {
    /// The text that is not struck out.
    pub(super) kept: String,
    /// The text that is.
    pub(super) struck: String,
}

/// What the library leaves out of one sheet.
#[derive(Debug, Default)]
pub(super) struct MarkedSheet {
    /// Its marks, without those cells that are struck out.
    pub(super) marks: SheetMarks,
    /// Cells with struck-out runs, by row as Excel displays it and column.
    pub(super) struck: HashMap<(u32, u32), StruckString>,
}

/// Why the marks cannot be read: the workbook is damaged.
#[derive(Debug)]
pub(super) struct DamagedMarks;

type Marks<T> = Result<T, DamagedMarks>;

/// Reads the marks of the sheets in `archive`, by name; `has_strikes` is whether any part strikes text out.
pub(super) fn read(archive: MeteredArchive<'_>, has_strikes: bool) -> Marks<HashMap<String, MarkedSheet>> {
    let mut parts = PartReader::new(archive)?;
    let links = parts.relationships("xl/_rels/workbook.xml.rels")?;
    let strings = if has_strikes { struck_strings(&mut parts)? } else { HashMap::new() };
    let mut sheets = HashMap::new();
    for (name, id) in sheet_names(&mut parts)? {
        let Some(link) = links.get(&id) else { continue };
        let path = resolved("xl/", &link.target);
        let mut sheet = SheetReader { strings: &strings, ..SheetReader::default() };
        parts.each(&path, |event| sheet.event(event))?;
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", &path));
        let own = parts.relationships(&format!("{folder}/_rels/{file}.rels"))?;
        sheet
            .marks
            .links
            .extend(sheet.links.iter().filter_map(|(row, column, id)| link_of(own.get(id)?, *row, *column)));
        for link in own.values().filter(|link| link.kind.ends_with("/comments")) {
            notes(&mut parts, &resolved(&format!("{folder}/"), &link.target), &mut sheet.marks.notes)?;
        }
        sheets.insert(name, MarkedSheet { marks: sheet.marks, struck: sheet.struck });
    }
    Ok(sheets)
}

/// A link to another host; others lead nowhere outside of the workbook.
fn link_of(link: &PartLink, row: u32, column: u32) -> Option<CellRemark> {
    let is_public = ["http://", "https://", "mailto:", "tel:"].iter().any(|scheme| link.target.starts_with(scheme));
    is_public.then(|| CellRemark { row, column, text: link.target.clone() })
}

/// The names of the sheets and the ids of their relationships.
fn sheet_names(parts: &mut PartReader<'_>) -> Marks<Vec<(String, String)>> {
    let mut names = Vec::new();
    parts.each("xl/workbook.xml", |event| {
        if let Event::Start(element) = event
            && element.local_name().as_ref() == "sheet"
            && let (Some(name), Some(id)) = (attribute(element, "name"), attribute(element, "id"))
        {
            names.push((name, id));
        }
    })?;
    Ok(names)
}

/// The shared strings of which some runs are struck out, by index.
fn struck_strings(parts: &mut PartReader<'_>) -> Marks<HashMap<usize, StruckString>> {
    let mut strings = HashMap::new();
    let (mut index, mut runs) = (0, RunReader::default());
    parts.each("xl/sharedstrings.xml", |event| {
        runs.event(event);
        if let Event::End(element) = event
            && element.local_name().as_ref() == "si"
        {
            if let Some(string) = runs.finish() {
                strings.insert(index, string);
            }
            index += 1;
        }
    })?;
    Ok(strings)
}

/// Reads the runs of one string.
#[derive(Debug, Default)]
struct RunReader {
    string: StruckString,
    in_text: bool,
    is_struck: bool,
    is_reading: bool,
}

impl RunReader {
    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(element) => match element.local_name().as_ref() {
                "r" => self.is_struck = false,
                "strike" => self.is_struck = attribute(element, "val").is_none_or(|v| v != "0" && v != "false"),
                "rPh" => self.is_reading = true,
                "t" => self.in_text = true,
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                "r" => self.is_struck = false,
                "rPh" => self.is_reading = false,
                "t" => self.in_text = false,
                _ => {}
            },
            _ if self.in_text && !self.is_reading => {
                let into = if self.is_struck { &mut self.string.struck } else { &mut self.string.kept };
                push_text(event, into);
            }
            _ => {}
        }
    }

    /// The string that has ended, if a run of it is struck out.
    fn finish(&mut self) -> Option<StruckString> {
        let string = std::mem::take(self).string;
        (!string.struck.trim().is_empty()).then_some(string)
    }
}

/// Appends the text of `event`, if it has any.
fn push_text(event: &Event<'_>, into: &mut String) {
    match event {
        Event::Text(text) => into.push_str(&text.xml10_content()),
        Event::CData(text) => into.push_str(&text.xml10_content()),
        Event::GeneralRef(reference) => match (reference.resolve_char_ref(), reference.xml10_content().as_ref()) {
            (Ok(Some(character)), _) => into.push(character),
            (_, name) => into.push_str(quick_xml::escape::resolve_predefined_entity(name).unwrap_or_default()),
        },
        _ => {}
    }
}

/// Reads the marks of one sheet.
#[derive(Debug)]
struct SheetReader<'a> {
    strings: &'a HashMap<usize, StruckString>,
    marks: SheetMarks,
    struck: HashMap<(u32, u32), StruckString>,
    links: Vec<(u32, u32, String)>,
    row: u32,
    cell: Option<(u32, u32)>,
    in_value: bool,
    value: String,
    runs: RunReader,
}

impl Default for SheetReader<'_> {
    fn default() -> Self {
        static NONE: std::sync::LazyLock<HashMap<usize, StruckString>> = std::sync::LazyLock::new(HashMap::new);
        Self {
            strings: &NONE,
            marks: SheetMarks::default(),
            struck: HashMap::new(),
            links: Vec::new(),
            row: 0,
            cell: None,
            in_value: false,
            value: String::new(),
            runs: RunReader::default(),
        }
    }
}

impl SheetReader<'_> {
    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(element) => self.start(element),
            Event::End(element) => match element.local_name().as_ref() {
                "v" => self.in_value = false,
                "c" => self.end_of_cell(),
                _ => {}
            },
            _ if self.in_value => push_text(event, &mut self.value),
            _ => {}
        }
        if self.cell.is_some() {
            self.runs.event(event);
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            "col" if is_hidden(element, "width") => self.hide_columns(element),
            "row" => {
                self.row = attribute(element, "r").and_then(|r| r.parse().ok()).unwrap_or(self.row.saturating_add(1));
                if is_hidden(element, "ht") {
                    self.marks.hidden_rows.insert(self.row);
                }
            }
            "c" => {
                self.cell = attribute(element, "r").as_deref().and_then(position);
                self.value.clear();
                self.runs = RunReader::default();
            }
            "v" => self.in_value = true,
            "hyperlink" if self.links.len() < REMARKS => {
                let at = attribute(element, "ref").as_deref().and_then(position);
                if let (Some((row, column)), Some(id)) = (at, attribute(element, "id")) {
                    self.links.push((row, column, id));
                }
            }
            _ => {}
        }
    }

    fn hide_columns(&mut self, element: &BytesStart<'_>) {
        let number = |name| attribute(element, name).and_then(|n| n.parse::<u32>().ok());
        if let (Some(first), Some(last)) = (number("min"), number("max")) {
            // A sheet has 16,384 columns.
            self.marks.hidden_columns.extend(first.saturating_sub(1)..last.min(16_384));
        }
    }

    /// Keeps the cell that has ended, if some of its text is struck out.
    fn end_of_cell(&mut self) {
        let inline = self.runs.finish();
        let shared = self.value.trim().parse().ok().and_then(|index: usize| self.strings.get(&index).cloned());
        if let (Some((row, column)), Some(string)) = (self.cell.take(), inline.or(shared)) {
            self.struck.insert((row, column), string);
        }
    }
}

/// Whether a row or column is hidden: by its mark, by a filter, or because its `size` is zero.
fn is_hidden(element: &BytesStart<'_>, size: &str) -> bool {
    let is_set = attribute(element, "hidden").is_some_and(|hidden| hidden == "1" || hidden == "true");
    is_set || attribute(element, size).and_then(|size| size.parse::<f64>().ok()).is_some_and(|size| size <= 0.0)
}

/// Reads the notes of the part `path`.
fn notes(parts: &mut PartReader<'_>, path: &str, into: &mut Vec<CellRemark>) -> Marks<()> {
    let (mut at, mut in_text, mut text) = (None, false, String::new());
    parts.each(path, |event| match event {
        Event::Start(element) => match element.local_name().as_ref() {
            "comment" => {
                at = attribute(element, "ref").as_deref().and_then(position);
                text.clear();
            }
            "t" => in_text = true,
            _ => {}
        },
        Event::End(element) => match element.local_name().as_ref() {
            "t" => in_text = false,
            "comment" => {
                if let Some((row, column)) = at.take().filter(|_| into.len() < REMARKS) {
                    let text = text.trim().chars().take(NOTE_CHARS).collect();
                    into.push(CellRemark { row, column, text });
                }
            }
            _ => {}
        },
        _ if in_text && text.len() < NOTE_CHARS * 4 => push_text(event, &mut text),
        _ => {}
    })
}

/// A relationship of a part.
#[derive(Debug)]
struct PartLink {
    kind: String,
    target: String,
}

/// Reads parts of the archive by their path in lower case.
struct PartReader<'a> {
    archive: zip::ZipArchive<MeteredArchive<'a>>,
    by_path: HashMap<String, usize>,
}

impl<'a> PartReader<'a> {
    fn new(archive: MeteredArchive<'a>) -> Marks<Self> {
        let archive = zip::ZipArchive::new(archive).map_err(|_| DamagedMarks)?;
        let path = |name: &str| name.to_ascii_lowercase().replace('\\', "/");
        let names = archive.file_names().map(|name| name.map(|name| path(&name)).unwrap_or_default());
        let by_path = names.zip(0..).collect();
        Ok(Self { archive, by_path })
    }

    /// Calls `take` with each event of the part `path`; not at all if there is no such part.
    fn each(&mut self, path: &str, mut take: impl FnMut(&Event<'_>)) -> Marks<()> {
        let Some(&index) = self.by_path.get(path) else { return Ok(()) };
        let part = self.archive.by_index(index).map_err(|_| DamagedMarks)?;
        let mut xml = Reader::from_reader(BufReader::new(part.take(u64::MAX)));
        let config = xml.config_mut();
        config.check_end_names = false;
        config.expand_empty_elements = true;
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match xml.read_event_into(&mut buffer).map_err(|_| DamagedMarks)? {
                Event::Eof => return Ok(()),
                event => take(&event),
            }
        }
    }

    /// The relationships that the part `path` lists, by id.
    fn relationships(&mut self, path: &str) -> Marks<HashMap<String, PartLink>> {
        let mut links = HashMap::new();
        self.each(&path.to_ascii_lowercase(), |event| {
            if let Event::Start(element) = event
                && element.local_name().as_ref() == "Relationship"
                && let (Some(id), Some(target)) = (attribute(element, "Id"), attribute(element, "Target"))
            {
                let kind = attribute(element, "Type").unwrap_or_default();
                links.insert(id, PartLink { kind, target });
            }
        })?;
        Ok(links)
    }
}

/// The path of `target` as a part within `folder` names it, in lower case.
fn resolved(folder: &str, target: &str) -> String {
    let path = match (target.strip_prefix('/'), target.strip_prefix("../")) {
        (Some(absolute), _) => absolute.to_owned(),
        (_, Some(beside)) => {
            let parent = folder.trim_end_matches('/').rsplit_once('/').map_or("", |(parent, _)| parent);
            format!("{parent}/{beside}")
        }
        _ => format!("{folder}{target}"),
    };
    path.to_ascii_lowercase()
}

/// The value of the attribute with the local name `name`.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let found = attributes.with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(
        found
            .normalized_value(XmlVersion::Implicit1_0)
            .map_or_else(|_| found.value.to_string(), std::borrow::Cow::into_owned),
    )
}

/// The row as Excel displays it, and the column from 0, of `B3` or of the first cell of `B3:C4`.
fn position(reference: &str) -> Option<(u32, u32)> {
    let first = reference.split(':').next()?;
    let letters = first.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digit = |column: u32, letter: u8| {
        column.checked_mul(26)?.checked_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1)
    };
    let column = first.bytes().take(letters).try_fold(0, digit)?;
    Some((first[letters..].parse().ok()?, column.checked_sub(1)?))
}
