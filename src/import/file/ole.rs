//! OLE compound files (CFB): the small file system that contains old workbooks and encrypted new ones.
//!
//! Only enough to extract one stream safely. The workbook library follows sector chains wherever they lead, in a circle if
//! the file says so (denial of service); here a chain ends when it is longer than the file. A stream that passed is put into
//! a fresh container for the library. This module does no I/O.

/// End-of-chain marker; numbers above it are no sectors.
const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;
const LAST_SECTOR: u32 = 0xFFFF_FFFA;
const FAT: u32 = 0xFFFF_FFFD;
const SMALL_SECTOR: usize = 64;
/// Streams shorter than this many bytes are kept in small sectors.
const SMALL_STREAM: usize = 4096;

/// The directory and sector tables of a compound file.
#[derive(Debug)]
pub struct OleContainer<'a> {
    bytes: &'a [u8],
    sector: usize,
    fat: Vec<u32>,
    small_fat: Vec<u32>,
    small_stream: Vec<u8>,
    entries: Vec<DirectoryEntry>,
}

#[derive(Debug)]
struct DirectoryEntry {
    name: String,
    start: u32,
    length: usize,
}

impl<'a> OleContainer<'a> {
    /// Parses the sector tables and the directory; `None` if the container is damaged.
    pub fn open(bytes: &'a [u8]) -> Option<Self> {
        let shift = u16_at(bytes, 30)?;
        let sector = 1_usize.checked_shl(u32::from(shift)).filter(|s| [512, 4096].contains(s))?;
        let mut ole = Self {
            bytes,
            sector,
            fat: Vec::new(),
            small_fat: Vec::new(),
            small_stream: Vec::new(),
            entries: Vec::new(),
        };
        ole.fat = ole.fat_of(u32_at(bytes, 68)?)?;
        let directory = ole.chain(u32_at(bytes, 48)?)?;
        ole.entries = directory.chunks_exact(128).filter_map(entry).collect();
        let root = ole.entries.first()?;
        ole.small_stream = ole.chain(root.start).unwrap_or_default();
        ole.small_fat = numbers(&ole.chain(u32_at(bytes, 60)?).unwrap_or_default());
        Some(ole)
    }

    /// Whether the directory has a stream or storage called `name`.
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// Extracts the bytes of the stream `name`; `None` if it is absent or damaged.
    pub fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        let mut bytes =
            if entry.length < SMALL_STREAM { self.small_chain(entry.start)? } else { self.chain(entry.start)? };
        bytes.truncate(entry.length);
        Some(bytes)
    }

    /// Reads the file allocation table, which is listed in the header and, in large files, in sectors of its own.
    fn fat_of(&self, mut more: u32) -> Option<Vec<u32>> {
        let mut listed = numbers(self.bytes.get(76..512)?);
        let mut left = self.bytes.len() / self.sector + 1;
        while more < LAST_SECTOR {
            left = left.checked_sub(1)?;
            let mut sector = numbers(self.sector_at(more)?);
            more = sector.pop()?;
            listed.extend(sector);
        }
        let sectors = listed.into_iter().filter(|&sector| sector < LAST_SECTOR);
        let mut fat = Vec::new();
        for sector in sectors.take(self.bytes.len() / self.sector + 1) {
            fat.extend(numbers(self.sector_at(sector)?));
        }
        Some(fat)
    }

    /// Follows the sector chain from `start`; `None` if it leaves the file or runs in a circle.
    fn chain(&self, mut start: u32) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        while start < LAST_SECTOR {
            bytes.extend_from_slice(self.sector_at(start)?);
            if bytes.len() > self.bytes.len() {
                return None;
            }
            start = *self.fat.get(usize::try_from(start).ok()?)?;
        }
        Some(bytes)
    }

    fn small_chain(&self, mut start: u32) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        while start < LAST_SECTOR {
            let at = usize::try_from(start).ok()?;
            let from = at.checked_mul(SMALL_SECTOR)?;
            bytes.extend_from_slice(self.small_stream.get(from..from + SMALL_SECTOR)?);
            if bytes.len() > self.small_stream.len() {
                return None;
            }
            start = *self.small_fat.get(at)?;
        }
        Some(bytes)
    }

    /// One sector; the last one of a file may be truncated.
    fn sector_at(&self, number: u32) -> Option<&'a [u8]> {
        let from = usize::try_from(number).ok()?.checked_add(1)?.checked_mul(self.sector)?;
        let to = from.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(from..to).filter(|bytes| !bytes.is_empty())
    }
}

/// Builds a container that holds only `stream`, under `name`.
pub fn container_of(name: &str, stream: &[u8]) -> Vec<u8> {
    const SECTOR: usize = 512;
    let length = stream.len().max(SMALL_STREAM);
    let data = length.div_ceil(SECTOR);
    // The directory takes one sector, and each sector of the table has room for 128.
    let mut tables = 1;
    while (data + 1 + tables).div_ceil(128) > tables {
        tables += 1;
    }
    let mut fat: Vec<u32> = (0..data + 1 + tables).map(|at| number(at + 1)).collect();
    fat[data - 1] = END;
    fat[data] = END;
    fat[data + 1..].fill(FAT);
    fat.resize(tables * 128, FREE);
    let lists = tables.saturating_sub(109).div_ceil(127);
    let first_list = data + 1 + tables;
    let mut bytes = header(data, tables, lists, first_list);
    bytes.extend_from_slice(stream);
    bytes.resize(SECTOR + data * SECTOR, 0);
    bytes.extend(directory(name, length));
    bytes.extend(fat.iter().flat_map(|entry| entry.to_le_bytes()));
    for list in 0..lists {
        let sectors = (0..127).map(|at| 109 + list * 127 + at);
        sectors.for_each(|at| bytes.extend(listed(data, tables, at).to_le_bytes()));
        let next = if list + 1 < lists { number(first_list + list + 1) } else { END };
        bytes.extend(next.to_le_bytes());
    }
    bytes
}

/// The sector number of table `at` of `tables`; the tables follow the data and the directory.
fn listed(data: usize, tables: usize, at: usize) -> u32 {
    if at < tables { number(data + 1 + at) } else { FREE }
}

fn header(data: usize, tables: usize, lists: usize, first_list: usize) -> Vec<u8> {
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.resize(24, 0);
    for half in [0x3E_u16, 3, 0xFFFE, 9, 6, 0, 0, 0] {
        bytes.extend(half.to_le_bytes());
    }
    let first = if lists > 0 { number(first_list) } else { END };
    for word in [0, number(tables), number(data), 0, 4096, END, 0, first, number(lists)] {
        bytes.extend(word.to_le_bytes());
    }
    (0..109).for_each(|at| bytes.extend(listed(data, tables, at).to_le_bytes()));
    bytes
}

fn directory(name: &str, length: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (name, kind, child, start, length) in [("Root Entry", 5, 1, END, 0), (name, 2, FREE, 0, length)] {
        let mut units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let size = u16::try_from(units.len() + 2).unwrap_or(64);
        units.resize(64, 0);
        bytes.extend(units);
        bytes.extend(size.to_le_bytes());
        bytes.extend([kind, 1]);
        for word in [FREE, FREE, child] {
            bytes.extend(word.to_le_bytes());
        }
        bytes.extend([0; 36]);
        bytes.extend(start.to_le_bytes());
        bytes.extend((length as u64).to_le_bytes());
    }
    bytes.resize(512, 0);
    bytes
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(FREE)
}

fn entry(bytes: &[u8]) -> Option<DirectoryEntry> {
    let units: Vec<u16> =
        bytes[..64].chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]])).take_while(|&u| u != 0).collect();
    let length = usize::try_from(u32_at(bytes, 120)?).ok()?;
    Some(DirectoryEntry { name: String::from_utf16_lossy(&units), start: u32_at(bytes, 116)?, length })
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
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

    #[test]
    fn a_stream_comes_out_of_a_container_as_it_was_put_in() {
        for length in [0, 10, 4096, 5000, 600_000, 8_000_000] {
            let stream: Vec<u8> = (0..length).map(|at| u8::try_from(at % 251).unwrap()).collect();
            let container = container_of("Workbook", &stream);
            let ole = OleContainer::open(&container).unwrap();
            assert!(ole.has("workbook") && !ole.has("EncryptedPackage"));
            assert_eq!(ole.stream("Workbook").unwrap()[..stream.len()], stream[..]);
        }
    }

    #[test]
    fn a_chain_in_a_circle_ends() {
        let mut container = container_of("Workbook", &[1; 8192]);
        let fat = 512 * (1 + 16 + 1);
        container[fat + 4 * 15..fat + 4 * 16].copy_from_slice(&0_u32.to_le_bytes());
        assert_eq!(OleContainer::open(&container).unwrap().stream("Workbook"), None);
        container[fat + 4 * 16..fat + 4 * 17].copy_from_slice(&16_u32.to_le_bytes());
        assert!(OleContainer::open(&container).is_none());
    }
}
