//! Reads the files named on the command line, up to a maximum size.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use unicode_normalization::UnicodeNormalization as _;

use super::Failure;

/// Largest input file, in bytes (256 MiB). A city's list has some 100 KB; all addresses of Japan have 20 MB.
const MAX_BYTES: u64 = 256 << 20;

/// Reads the whole of `file`; `-` is standard input.
pub fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    let shown = file.display().to_string();
    if file == Path::new("-") {
        return read_bounded(io::stdin().lock(), file);
    }
    let opened = File::open(file).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Failure::new("error.missing_file", &[("file", &shown)]),
        _ => Failure::of_file("error.unreadable", file, &error),
    })?;
    let metadata = opened.metadata().map_err(|error| Failure::of_file("error.unreadable", file, &error))?;
    if metadata.is_dir() {
        return Err(Failure::new("error.is_folder", &[("file", &shown)]));
    }
    if metadata.len() > MAX_BYTES {
        return Err(too_large(file, metadata.len()));
    }
    read_bounded(opened, file)
}

/// Reads at most [`MAX_BYTES`], also from a pipe or device, whose size is not known beforehand.
fn read_bounded(source: impl io::Read, file: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    source.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| match error.kind() {
        // The file is sound. As with every allocation that fails, this process ends, and its command names the bound of memory.
        io::ErrorKind::OutOfMemory => std::alloc::handle_alloc_error(std::alloc::Layout::new::<u8>()),
        _ => Failure::of_file("error.unreadable", file, &error),
    })?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(too_large(file, bytes.len() as u64));
    }
    Ok(bytes)
}

fn too_large(file: &Path, bytes: u64) -> Failure {
    let (size, limit) = ((bytes >> 20).to_string(), (MAX_BYTES >> 20).to_string());
    Failure::new("error.too_large", &[("file", &file.display().to_string()), ("size", &size), ("limit", &limit)])
}

/// The file's name as messages and the database show it, in NFC, because macOS returns Japanese names decomposed (NFD).
pub fn file_name(file: &Path) -> String {
    file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().nfc().collect()
}

/// The list that `file` belongs to without `--list`: its name without the extension; empty for standard input.
pub fn list_name(file: &Path) -> String {
    if file == Path::new("-") {
        return String::new();
    }
    file.file_stem().unwrap_or(file.as_os_str()).to_string_lossy().nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_file_name_from_a_mac_and_from_windows_is_the_same_list() {
        assert_eq!(list_name(Path::new("/x/ホ\u{3099}ランティア.xlsx")), "ボランティア");
        assert_eq!(file_name(Path::new("ホ\u{3099}ランティア.xlsx")), "ボランティア.xlsx");
    }

    #[test]
    fn an_endless_file_is_refused_and_not_read_to_its_end() {
        let failure = read_bounded(io::repeat(b'a'), Path::new("endless")).unwrap_err();
        assert_eq!(failure, too_large(Path::new("endless"), MAX_BYTES + 1));
    }
}
