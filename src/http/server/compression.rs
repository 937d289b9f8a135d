//! Compression: once per snapshot for prepared responses, and quickly for those made per request.

use std::io::Write as _;

use axum::body::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Bodies of fewer bytes fit into one packet or nearly so, and are sent as they are.
const WORTH_PACKING: usize = 1_000;

/// How much work bodies are worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::http) enum CompressionLevel {
    /// As small as they get: a second or two a megabyte.
    Tight,
    /// A tenth of that time, and a tenth larger.
    Moderate,
    /// In a hurry, and by gzip alone: a second a hundred megabytes.
    Quick,
}

impl CompressionLevel {
    /// What suits `bytes` of bodies in all, so that packing them takes seconds, whatever there is.
    pub(in crate::http) fn for_bytes(bytes: usize) -> Self {
        match bytes >> 20 {
            0..4 => Self::Tight,
            4..64 => Self::Moderate,
            _ => Self::Quick,
        }
    }

    fn brotli_level(self) -> Option<u32> {
        match self {
            Self::Tight => Some(11),
            Self::Moderate => Some(5),
            Self::Quick => None,
        }
    }

    fn gzip_level(self) -> u32 {
        match self {
            Self::Tight => 9,
            Self::Moderate => 6,
            Self::Quick => 1,
        }
    }
}

/// One body in the codings that are worth it.
#[derive(Debug, Default)]
pub(in crate::http) struct Compressed {
    pub(in crate::http) brotli: Option<Bytes>,
    pub(in crate::http) gzip: Option<Bytes>,
}

impl Compressed {
    /// Packs `body`.
    pub(in crate::http) fn new(body: &[u8], effort: CompressionLevel) -> Self {
        if body.len() < WORTH_PACKING {
            return Self::default();
        }
        let smaller = |packed: Vec<u8>| (packed.len() < body.len()).then(|| Bytes::from(packed));
        Self {
            brotli: effort.brotli_level().and_then(|level| smaller(brotli(body, level))),
            gzip: smaller(gzip(body, effort.gzip_level())),
        }
    }
}

/// Packs `body` by gzip; level 1 is the quickest, 9 the tightest.
pub(in crate::http) fn gzip(body: &[u8], level: u32) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 4), Compression::new(level));
    encoder.write_all(body).and_then(|()| encoder.finish()).expect("a Vec takes every byte")
}

fn brotli(body: &[u8], level: u32) -> Vec<u8> {
    let mut packed = Vec::with_capacity(body.len() / 4);
    let mut encoder = brotli::CompressorWriter::new(&mut packed, 64 << 10, level, 22);
    encoder.write_all(body).and_then(|()| encoder.flush()).expect("a Vec takes every byte");
    drop(encoder);
    packed
}
