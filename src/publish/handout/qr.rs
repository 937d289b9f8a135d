//! QR code of a URL, as SVG path data. This module does no I/O.

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use qrcodegen::{QrCode, QrCodeEcc};
use serde::Serialize;

use crate::model::PlaceId;

/// A QR code, in modules; the page fills `path` with black on white.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HandoutCode {
    /// The encoded URL.
    pub url: String,
    /// Modules per side, quiet zone included.
    pub size: i32,
    /// The dark modules as SVG path data.
    pub path: String,
}

/// The width of the quiet zone in modules (ISO/IEC 18004).
const QUIET_ZONE: i32 = 4;

impl HandoutCode {
    /// The code of the public page of a place; `public_url` is the base URL without a final slash.
    pub fn of_place(public_url: &str, id: &PlaceId) -> Option<Self> {
        Self::of(&format!("{public_url}/places/{}", utf8_percent_encode(&id.0, NOT_IN_IDS)))
    }

    /// The code of `url`; `None` if it is too long.
    pub fn of(url: &str) -> Option<Self> {
        let code = QrCode::encode_text(url, QrCodeEcc::Medium).ok()?;
        let mut path = String::new();
        for y in 0..code.size() {
            let mut x = 0;
            while x < code.size() {
                let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
                let run = i32::try_from(run).unwrap_or(1);
                if run > 0 {
                    write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET_ZONE, y + QUIET_ZONE)
                        .expect("a string takes everything");
                }
                x += run.max(1);
            }
        }
        Some(Self { url: url.to_owned(), size: code.size() + 2 * QUIET_ZONE, path })
    }
}

/// Everything but ASCII letters, digits, `-` and `_`.
const NOT_IN_IDS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_');

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws the path as a browser would, some points a module, and reads it with another program's reader.
    fn read_back(qr: &HandoutCode) -> String {
        const POINTS: usize = 5;
        let modules = usize::try_from(qr.size).unwrap();
        let mut black = vec![false; modules * modules];
        for step in qr.path.split('M').skip(1) {
            let numbers: Vec<usize> =
                step.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
            let &[x, y, run, ..] = numbers.as_slice() else { panic!("{step}") };
            black[y * modules + x..y * modules + x + run].fill(true);
        }
        let grey = |x: usize, y: usize| if black[y / POINTS * modules + x / POINTS] { 0 } else { 255 };
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(modules * POINTS, modules * POINTS, grey);
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1, "{}", qr.url);
        grids[0].decode().unwrap().1
    }

    #[test]
    fn another_reader_finds_the_address_in_it() {
        for url in [
            "https://tsunagari.city.example.jp/places/k3v9x2m7qa",
            "http://192.168.1.5:8080/places/0000000000",
            "https://xn--wgv71a119e.example/つながり/places/a%20b",
        ] {
            assert_eq!(read_back(&HandoutCode::of(url).unwrap()), url);
        }
    }

    #[test]
    fn there_is_white_around_it_and_the_same_address_gives_the_same_code() {
        let qr = HandoutCode::of("https://example.jp/places/a").unwrap();
        assert!(qr.path.starts_with("M4 4h7v1h-7z"), "{}", qr.path);
        assert_eq!(qr, HandoutCode::of("https://example.jp/places/a").unwrap());
        assert_eq!(HandoutCode::of(&"x".repeat(5_000)), None);
    }
}
