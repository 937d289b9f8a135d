//! Published files as they are downloaded: a zip archive with tables and outlines among other things.
//!
//! This module does no I/O.

use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};

use zip::ZipArchive;

/// What all parts of an archive may unpack to, in bytes (archive bomb). A prefecture's outlines have some 30 MB.
const MAX_UNPACKED: u64 = 256 << 20;

/// The kinds of files that are looked for.
const ENDINGS: [&str; 3] = ["csv", "geojson", "json"];

/// The files that `bytes` hold: those of an archive, else itself. An archive that cannot be read, or holds nothing of use, is
/// returned as it is, so that it is refused by its name.
pub fn files_in(file: &Path, bytes: Vec<u8>) -> Vec<(PathBuf, Vec<u8>)> {
    let unpacked = if bytes.starts_with(b"PK\x03\x04") { unpacked(file, &bytes) } else { Vec::new() };
    if unpacked.is_empty() { vec![(file.to_owned(), bytes)] } else { unpacked }
}

fn unpacked(file: &Path, bytes: &[u8]) -> Vec<(PathBuf, Vec<u8>)> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Vec::new() };
    let (mut files, mut left) = (Vec::new(), MAX_UNPACKED);
    for at in 0..archive.len() {
        let Ok(part) = archive.by_index(at) else { continue };
        let Ok(name) = part.name().map(|name| Path::new(&*name).file_name().unwrap_or_default().to_owned()) else {
            continue;
        };
        let ending = Path::new(&name).extension().map(|ending| ending.to_string_lossy().to_lowercase());
        if !part.is_file() || !ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str())) {
            continue;
        }
        let mut content = Vec::new();
        // One byte more than may be: then it is too much.
        if part.take(left + 1).read_to_end(&mut content).is_err() || content.len() as u64 > left {
            return Vec::new();
        }
        left -= content.len() as u64;
        // For messages only: nothing is written under this name.
        files.push((file.join(name), content));
    }
    files
}
