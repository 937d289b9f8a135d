//! OLE compound files (CFB): the small file system that contains old workbooks and encrypted new ones.
//!
//! The workbook library follows sector chains wherever they lead, in a circle if the file says so (denial of service). So a
//! reader that refuses such a chain extracts the one stream that is wanted, and what passed is put into a fresh container for
//! the library. This module does no I/O.

use std::io::{self, Cursor, Read as _, Write as _};
use std::path::Path;

use cfb::{CompoundFile, Version};

/// A compound file.
#[derive(Debug)]
pub struct OleContainer<'a> {
    file: CompoundFile<Cursor<&'a [u8]>>,
    /// Bytes of the whole file: no stream in it can be longer.
    length: usize,
}

impl<'a> OleContainer<'a> {
    /// Reads the sector tables and the directory; `None` if the container is damaged.
    pub fn open(bytes: &'a [u8]) -> Option<Self> {
        Some(Self { file: CompoundFile::open(Cursor::new(bytes)).ok()?, length: bytes.len() })
    }

    /// Whether there is a stream or storage called `name`, in any case of letters.
    pub fn has(&self, name: &str) -> bool {
        self.file.exists(Path::new("/").join(name))
    }

    /// Extracts the bytes of the stream `name`; `None` if it is absent or damaged.
    pub fn stream(&mut self, name: &str) -> Option<Vec<u8>> {
        let stream = self.file.open_stream(Path::new("/").join(name)).ok()?;
        let length = usize::try_from(stream.len()).ok().filter(|length| *length <= self.length)?;
        let mut bytes = Vec::with_capacity(length);
        stream.take(length as u64).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }
}

/// Builds a container that holds only `stream`, under `name`.
///
/// # Errors
///
/// None in practice: it is written to memory.
pub fn container_of(name: &str, stream: &[u8]) -> io::Result<Vec<u8>> {
    let mut file = CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new()))?;
    file.create_stream(Path::new("/").join(name))?.write_all(stream)?;
    file.flush()?;
    Ok(file.into_inner().into_inner())
}

/// Little-endian 16-bit number at byte `at`; `None` past the end.
pub fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2).map(|b| u16::from_le_bytes([b[0], b[1]]))
}

/// Little-endian 32-bit number at byte `at`; `None` past the end.
pub fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes of a sector of the containers made here.
    const SECTOR: usize = 512;

    #[test]
    fn a_stream_comes_out_of_a_container_as_it_was_put_in() {
        for length in [0, 10, 4095, 4096, 5000, 600_000, 8_000_000] {
            let stream: Vec<u8> = (0..length).map(|at| u8::try_from(at % 251).unwrap()).collect();
            let container = container_of("Workbook", &stream).unwrap();
            let mut ole = OleContainer::open(&container).unwrap();
            assert!(ole.has("workbook") && !ole.has("EncryptedPackage"));
            assert!(ole.stream("Workbook").unwrap() == stream, "{length}");
        }
    }

    #[test]
    fn whatever_a_table_of_sectors_says_reading_ends() {
        let good = container_of("Workbook", &[1; 8192]).unwrap();
        for at in (0..good.len()).step_by(4).filter(|at| at % SECTOR < 400) {
            for number in [0_u32, 1, 2, 16, 17, 0xFFFF_FFFE, 0xFFFF_FFFF] {
                let mut container = good.clone();
                container[at..at + 4].copy_from_slice(&number.to_le_bytes());
                let read = OleContainer::open(&container).and_then(|mut ole| ole.stream("Workbook"));
                assert!(read.is_none_or(|bytes| bytes.len() <= container.len()), "word {at} is {number}");
            }
        }
    }

    #[test]
    fn a_file_that_was_cut_off_is_answered() {
        let good = container_of("Workbook", &vec![1; 20_000]).unwrap();
        for length in (0..good.len()).step_by(97) {
            let read = OleContainer::open(&good[..length]).and_then(|mut ole| ole.stream("Workbook"));
            assert!(read.is_none_or(|bytes| bytes.len() <= 20_000), "{length}");
        }
    }
}
