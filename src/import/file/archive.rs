//! The zip archive of a workbook: every part is decompressed once and discarded before a library reads it, and what the
//! library then decompresses is metered.
//!
//! A workbook may name one part as two hundred sheets, or an image as a sheet. So the meter asks nothing of names: each time
//! that reading begins at a part, all that part unpacks to is charged. This module does no I/O.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::rc::Rc;

use super::xml_scan::XmlScan;
use super::{FileRefusal, refusal, too_large};
use crate::import::{Format, ProblemKind};
use crate::model::ReadingLimits;

/// Parts of an archive at most; a workbook with a photograph per row has thousands.
const PARTS: usize = 20_000;
/// Times that each part may be unpacked: cells, formulas, merged cells, marks, and one to spare.
const PASSES: u64 = 6;
/// Bytes of one token of XML at most: a cell's text with each character escaped.
const TOKEN_BYTES: usize = 1 << 20;
/// Elements of a part that the library reads whole, other than sheets and strings.
const ELEMENTS: usize = 500_000;
/// Cell formats at most; Excel's own bound is 65,490.
const FORMATS: usize = 140_000;
/// Bytes that cell formats may take: the library gives each a copy of its font's name and of its number format.
const FORMAT_BYTES: usize = 64 << 20;

/// What the parts of an archive unpack to, by the offset at which their data begins.
#[derive(Debug)]
pub(super) struct ArchiveParts {
    by_start: HashMap<u64, ArchivePart>,
}

#[derive(Debug)]
struct ArchivePart {
    is_strings: bool,
    is_sheet: bool,
    unpacked: u64,
    xml: XmlScan,
}

impl ArchiveParts {
    /// Archive bomb check: decompresses every part, keeps nothing, and stops at the limit.
    pub(super) fn scan(bytes: &[u8], limits: &ReadingLimits) -> Result<Self, FileRefusal> {
        let broken = |_| refusal(Format::Xlsx, ProblemKind::WorkbookDamaged, "");
        if bytes.windows(4).filter(|window| window == b"PK\x01\x02").count() > PARTS {
            return Err(too_large(Format::Xlsx, "parts", PARTS));
        }
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
        if !names(&archive).any(|name| name == "xl/workbook.xml") {
            return Err(no_workbook(&archive));
        }
        let mut left = limits.unpacked_bytes() as u64;
        let mut by_start = HashMap::new();
        for index in 0..archive.len() {
            let mut part = archive.by_index(index).map_err(broken)?;
            let name = part.name().map_err(broken)?.to_ascii_lowercase();
            let start = part.data_start().unwrap_or(0);
            let found = ArchivePart::scan(&mut part, &name, &mut left, limits)?;
            // Two parts over the same bytes are no archive of any office program.
            if by_start.insert(start, found).is_some_and(|other: ArchivePart| other.unpacked > 0) {
                return Err(refusal(Format::Xlsx, ProblemKind::WorkbookDamaged, ""));
            }
        }
        Ok(Self { by_start })
    }

    /// Whether some text is struck out.
    pub(super) fn has_strikes(&self) -> bool {
        self.by_start.values().any(|part| part.xml.has_strike)
    }

    /// Whether some cell of a sheet holds a formula.
    pub(super) fn has_formulas(&self) -> bool {
        self.by_start.values().any(|part| part.is_sheet && part.xml.has_formula)
    }
}

impl ArchivePart {
    /// Decompresses one part, as long as `left` bytes last.
    fn scan(part: &mut impl Read, name: &str, left: &mut u64, limits: &ReadingLimits) -> Result<Self, FileRefusal> {
        let mut found = Self {
            is_strings: name.ends_with("sharedstrings.xml"),
            is_sheet: name.contains("worksheets/"),
            unpacked: 0,
            xml: XmlScan::default(),
        };
        let (mut chunk, mut tail) = ([0; 16 * 1024], Vec::new());
        loop {
            let Ok(read) = part.read(&mut chunk) else {
                return Err(refusal(Format::Xlsx, ProblemKind::WorkbookDamaged, ""));
            };
            if read == 0 {
                return Ok(found);
            }
            found.unpacked += read as u64;
            *left = left
                .checked_sub(read as u64)
                .ok_or_else(|| too_large(Format::Xlsx, "unpacked_mb", limits.unpacked_mb))?;
            found.xml.feed(&chunk[..read]);
            if found.is_strings {
                tail.extend_from_slice(&chunk[..read]);
                if announces_too_many_strings(&tail, limits) {
                    return Err(too_large(Format::Xlsx, "cells", limits.cells));
                }
                tail.drain(..tail.len().saturating_sub(64));
            }
        }
    }

    /// The limit that the part exceeds if it is read as XML; `is_opening` is whether the library reads it whole.
    fn excess(&self, is_opening: bool, limits: &ReadingLimits) -> Option<FileRefusal> {
        let exceeds = |name, value: usize| Some(too_large(Format::Xlsx, name, value));
        if self.xml.longest_token > TOKEN_BYTES {
            return exceeds("cell_characters", limits.cell_characters);
        }
        if self.xml.strings > limits.cells {
            return exceeds("cells", limits.cells);
        }
        let is_whole = is_opening && !self.is_strings;
        let formats = self.xml.formats.saturating_mul(self.xml.longest_token);
        if is_whole && (self.xml.formats > FORMATS || formats > FORMAT_BYTES) {
            return exceeds("formats", FORMATS);
        }
        if is_whole && self.xml.elements > ELEMENTS { exceeds("elements", ELEMENTS) } else { None }
    }
}

/// An archive that reports each beginning of a part to its meter.
#[derive(Debug)]
pub(super) struct MeteredArchive<'a> {
    bytes: Cursor<&'a [u8]>,
    meter: Rc<UnpackingMeter>,
}

/// What was unpacked of an archive so far.
#[derive(Debug)]
pub(super) struct UnpackingMeter {
    parts: ArchiveParts,
    limits: ReadingLimits,
    left: Cell<u64>,
    is_opening: Cell<bool>,
    refusal: RefCell<Option<FileRefusal>>,
}

impl<'a> MeteredArchive<'a> {
    pub(super) fn new(bytes: &'a [u8], parts: ArchiveParts, limits: &ReadingLimits) -> Self {
        let meter = UnpackingMeter {
            parts,
            limits: limits.clone(),
            left: Cell::new((limits.unpacked_bytes() as u64).saturating_mul(PASSES)),
            is_opening: Cell::new(true),
            refusal: RefCell::new(None),
        };
        Self { bytes: Cursor::new(bytes), meter: Rc::new(meter) }
    }

    /// The archive once more, from its start and with the same meter.
    pub(super) fn again(&self) -> Self {
        Self { bytes: Cursor::new(self.bytes.get_ref()), meter: Rc::clone(&self.meter) }
    }

    pub(super) fn meter(&self) -> Rc<UnpackingMeter> {
        Rc::clone(&self.meter)
    }
}

impl UnpackingMeter {
    /// The workbook is open: from here on only sheets are read.
    pub(super) fn is_open(&self) {
        self.is_opening.set(false);
    }

    /// Why reading was stopped, if it was.
    pub(super) fn refusal(&self) -> Option<FileRefusal> {
        self.refusal.borrow().clone()
    }

    /// Charges the part whose data begins at `start`, if one does.
    fn charge(&self, start: u64) -> io::Result<()> {
        let Some(part) = self.parts.by_start.get(&start) else { return Ok(()) };
        let excess = part.excess(self.is_opening.get(), &self.limits);
        let left = self.left.get().checked_sub(part.unpacked);
        self.left.set(left.unwrap_or(0));
        let too_often = || too_large(Format::Xlsx, "unpacked_mb", self.limits.unpacked_mb);
        match excess.or_else(|| left.is_none().then(too_often)) {
            None => Ok(()),
            Some(refusal) => {
                self.refusal.borrow_mut().get_or_insert(refusal);
                Err(io::Error::other("beyond a limit"))
            }
        }
    }
}

impl Read for MeteredArchive<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.meter.charge(self.bytes.position())?;
        self.bytes.read(buffer)
    }
}

impl Seek for MeteredArchive<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

/// The names of the parts, in lower case.
fn names<'a>(archive: &'a zip::ZipArchive<Cursor<&[u8]>>) -> impl Iterator<Item = String> + use<'a> {
    archive.file_names().filter_map(Result::ok).map(|name| name.to_ascii_lowercase().replace('\\', "/"))
}

/// Whether the shared string table announces more strings than a list has cells: the library allocates them all.
fn announces_too_many_strings(bytes: &[u8], limits: &ReadingLimits) -> bool {
    const NAME: &[u8] = b"uniqueCount";
    let places = bytes.windows(NAME.len()).enumerate().filter(|(_, window)| *window == NAME);
    places.map(|(at, _)| &bytes[at + NAME.len()..]).any(|after| {
        let digits = after.iter().skip_while(|b| b" \t\r\n=\"'+".contains(b)).take_while(|b| b.is_ascii_digit());
        let count = digits.fold(0_usize, |n, b| n.saturating_mul(10).saturating_add(usize::from(b - b'0')));
        count > limits.cells
    })
}

/// Refuses an archive without a workbook, by the name of the format it seems to be.
fn no_workbook(archive: &zip::ZipArchive<Cursor<&[u8]>>) -> FileRefusal {
    let has = |wanted: &str| names(archive).any(|name| name.starts_with(wanted));
    let name = if has("xl/workbook.bin") {
        "Excel (.xlsb)"
    } else if has("word/") {
        "Word"
    } else if has("ppt/") {
        "PowerPoint"
    } else if has("content.xml") {
        "OpenDocument (.ods)"
    } else if has("doc.kml") {
        "KMZ"
    } else {
        return refusal(Format::Unknown, ProblemKind::ZipWithoutWorkbook, "");
    };
    refusal(Format::Unknown, ProblemKind::OtherFormat, name)
}
