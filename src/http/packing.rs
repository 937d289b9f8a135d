//! Compression, once a snapshot for what is fixed and quickly for what is not.

use std::io::Write as _;

use axum::body::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Bodies up to this many bytes are packed as small as they get; that takes about a second a megabyte.
const TIGHT_UP_TO: usize = 1 << 20;
/// Bodies above this many bytes are packed in a hurry, and with gzip alone.
const QUICK_ABOVE: usize = 32 << 20;
/// Bodies of fewer bytes fit into one packet or nearly so, and are sent as they are.
const WORTH_PACKING: usize = 1_000;

/// One body in the codings that are worth it.
#[derive(Debug)]
pub(super) struct Packed {
    pub(super) brotli: Option<Bytes>,
    pub(super) gzip: Option<Bytes>,
}

impl Packed {
    /// Packs `body` at levels that suit its size.
    pub(super) fn new(body: &[u8]) -> Self {
        let (brotli_level, gzip_level) = match body.len() {
            0..WORTH_PACKING => (None, None),
            WORTH_PACKING..=TIGHT_UP_TO => (Some(11), Some(9)),
            bytes if bytes <= QUICK_ABOVE => (Some(5), Some(6)),
            _ => (None, Some(1)),
        };
        let smaller = |packed: Vec<u8>| (packed.len() < body.len()).then(|| Bytes::from(packed));
        Self {
            brotli: brotli_level.and_then(|level| smaller(brotli(body, level))),
            gzip: gzip_level.and_then(|level| smaller(gzip(body, level))),
        }
    }
}

/// Packs `body` by gzip; level 1 is the quickest, 9 the tightest.
pub(super) fn gzip(body: &[u8], level: u32) -> Vec<u8> {
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
