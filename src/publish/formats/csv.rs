//! Places as CSV (RFC 4180): UTF-8 with a byte order mark, by which spreadsheets know it, lines closed by CRLF. This module does no
//! I/O.

use ::csv::{Terminator, WriterBuilder};

use super::table::PlaceTable;
use crate::index::Snapshot;
use crate::text::formula::guarded;

/// The byte order mark.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// The places with their headings.
pub(super) fn table(snapshot: &Snapshot, places: impl Iterator<Item = usize>) -> Vec<u8> {
    let table = PlaceTable::new(snapshot);
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(BOM.to_vec());
    let written = "memory takes what is written";
    writer.write_record(table.columns.iter().map(|column| column.heading())).expect(written);
    for place in places {
        let row = table.row(place);
        for column in &table.columns {
            writer.write_field(guarded(&row.text(*column)).as_bytes()).expect(written);
        }
        writer.write_record(None::<&[u8]>).expect(written);
    }
    writer.into_inner().expect(written)
}
