//! HTTP compression (brotli, gzip): at a high level once per snapshot for prepared responses, at the lowest per request.
//!
//! This module does no I/O.

use std::io::Write as _;

use axum::body::Bytes;
use flate2::Compression;
use flate2::write::{GzDecoder, GzEncoder};

/// Smallest body to compress, in bytes: smaller ones fit into about one packet anyway.
const COMPRESS_FROM: usize = 1_000;

/// How much time to spend on compression, which maps to a level per coding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::http) enum CompressionLevel {
    /// Highest levels: one to two seconds per megabyte.
    Tight,
    /// Middle levels: a tenth of that time, results a tenth larger.
    Moderate,
    /// gzip level 1 only, no brotli: about 100 MB per second.
    Quick,
}

impl CompressionLevel {
    /// The level at which compressing `bytes` of bodies in all takes seconds at most.
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

/// One body in each content coding; `None` where the coding would not make it smaller, or was not tried.
#[derive(Debug, Default)]
pub(in crate::http) struct Compressed {
    pub(in crate::http) brotli: Option<Bytes>,
    pub(in crate::http) gzip: Option<Bytes>,
}

impl Compressed {
    /// Compresses `body`; leaves small bodies uncompressed.
    pub(in crate::http) fn new(body: &Bytes, level: CompressionLevel) -> Self {
        if body.len() < COMPRESS_FROM {
            return Self::default();
        }
        let smaller = |compressed: Vec<u8>| (compressed.len() < body.len()).then(|| Bytes::from(compressed));
        Self {
            brotli: level.brotli_level().and_then(|level| smaller(brotli(body, level))),
            gzip: smaller(gzip(std::iter::once(body.clone()), level.gzip_level())),
        }
    }
}

/// Unpacks what [`gzip`] or the writer of tiles packed.
pub(in crate::http) fn gunzip(packed: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    let mut decoder = GzDecoder::new(&mut body);
    decoder
        .write_all(packed)
        .and_then(|()| decoder.finish().map(|_| ()))
        .expect("we packed it, and a Vec takes every byte");
    body
}

/// Compresses `slices`, which are one body, with gzip; level 1 is the fastest, 9 the smallest.
pub(in crate::http) fn gzip(mut slices: impl Iterator<Item = Bytes>, level: u32) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(level));
    let written = slices.try_for_each(|slice| encoder.write_all(&slice));
    let mut compressed = written.and_then(|()| encoder.finish()).expect("a Vec takes every byte");
    compressed.shrink_to_fit();
    compressed
}

fn brotli(body: &[u8], level: u32) -> Vec<u8> {
    let mut compressed = Vec::with_capacity(body.len() / 4);
    let mut encoder = brotli::CompressorWriter::new(&mut compressed, 64 << 10, level, 22);
    encoder.write_all(body).and_then(|()| encoder.flush()).expect("a Vec takes every byte");
    drop(encoder);
    compressed
}
