//! Whether bytes may be a workbook of ours, told cheaply: only then they are opened twice. This module does no I/O.

use std::io::{Cursor, Read as _};

use crate::model::Audience;
use crate::model::place_workbook::{RECORD_SHEET, id_key};

/// Bytes of a text, and of each part of an archive, that are looked at: identities stand in each row.
const LOOKED_AT: usize = 256 << 10;
/// How a workbook of before 2007 begins.
const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];
/// Parts of an archive that are looked at: the list of sheets, the shared texts, the first sheets.
const PARTS: usize = 8;
/// Bytes of an identity of a place.
const PLACE_LENGTH: usize = 10;

/// Whether `bytes` hold what only a workbook of ours does: its hidden sheet, an identity of a row, or the key of one for reading.
pub(super) fn may_be_workbook(bytes: &[u8]) -> bool {
    if !bytes.starts_with(b"PK") {
        // UTF-16 has a zero in each of these characters.
        // An old workbook has its texts anywhere, but is no larger than its rows.
        let looked_at = if bytes.starts_with(OLE) { bytes } else { &bytes[..bytes.len().min(LOOKED_AT)] };
        return has_mark(looked_at) || looked_at.contains(&0) && has_mark(&without_zeros(looked_at));
    }
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return false };
    let wanted = |name: &String| name.starts_with("xl/") && name.contains(".xml") && !name.contains("styles");
    let mut names: Vec<String> =
        archive.file_names().flatten().map(std::borrow::Cow::into_owned).filter(wanted).collect();
    names.sort_by_key(|name| (name.matches('/').count(), name.contains("shared"), name.clone()));
    names.iter().take(PARTS).any(|name| {
        let Ok(part) = archive.by_name(name) else { return false };
        let mut text = Vec::new();
        // What could be read of a damaged part is looked at.
        let _ = part.take(LOOKED_AT as u64).read_to_end(&mut text);
        has_mark(&text)
    })
}

fn without_zeros(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().copied().filter(|byte| *byte != 0).collect()
}

fn has_mark(text: &[u8]) -> bool {
    let contains = |word: &[u8]| text.windows(word.len()).any(|window| window == word);
    contains(RECORD_SHEET.as_bytes())
        || [Audience::LinkWorkers, Audience::Public].into_iter().any(|it| contains(id_key(it).as_bytes()))
        || has_row_id(text)
}

/// Whether an identity of a row, `4k7m2p9qrs.12.x`, stands anywhere.
fn has_row_id(text: &[u8]) -> bool {
    let is_digit = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let mut run = 0;
    for (at, byte) in text.iter().enumerate() {
        if *byte == b'.' && run == PLACE_LENGTH {
            let rest = &text[at + 1..];
            let revision = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if revision > 0 && rest.get(revision) == Some(&b'.') && rest.get(revision + 1).is_some_and(is_digit) {
                return true;
            }
        }
        run = if is_digit(byte) { run + 1 } else { 0 };
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_workbook_of_ours_holds_is_a_sign_of_one() {
        for ours in
            ["id,name\nID,名称\n4k7m2p9qrs.12.x,サロン\n", "\"4k7m2p9qrs.1.0\"", "id:public,name", "…_tsunagari…"]
        {
            assert!(may_be_workbook(ours.as_bytes()), "{ours}");
            let wide: Vec<u8> = ours.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert!(may_be_workbook(&wide), "{ours} as UTF-16");
        }
        for other in ["", "id,name\n1,サロン\n", "www.example.jp", "example123.45", "PK", "12345678901.2.3"] {
            assert!(!may_be_workbook(other.as_bytes()), "{other}");
        }
    }
}
