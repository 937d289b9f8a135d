//! Embeds the page: compresses every file of `web/` by brotli and gzip and writes the table that `http::pages::assets` includes,
//! and that of the catalogues for `publish::messages`. Asks for the names of persons that the library embeds.
//!
//! Compressed here and not when the server starts, so that no visitor gets a megabyte of map library as it is. A debug build
//! compresses quickly and loosely, a release build as tightly as it can.

use std::fmt::Write as _;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// What `scripts/web-assets` copies from npm and the page cannot do without.
const REQUIRED: [&str; 6] = [
    "vendor/maplibre-gl.mjs",
    "vendor/maplibre-gl-shared.mjs",
    "vendor/maplibre-gl-worker.mjs",
    "vendor/maplibre-gl.css",
    "vendor/tokens.css",
    "vendor/maki",
];

/// The names of persons that `privacy::persons` embeds; `scripts/web-assets` takes them from npm.
const NAMES: &str = "dictionary/names.txt";

/// Below this many bytes a file fits into one packet or nearly so; as in `http::server::compression`.
const MIN_COMPRESSED: usize = 1_000;

/// Brotli's and gzip's levels.
#[derive(Clone, Copy)]
struct Levels {
    brotli: u32,
    gzip: u32,
}

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=web");
    println!("cargo::rerun-if-changed={NAMES}");
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR"));
    if !root.join(NAMES).exists() {
        println!("cargo::error={NAMES} is missing: run ./scripts/web-assets first (it needs Node.js and npm)");
        return;
    }
    let web = root.join("web");
    if let Some(missing) = REQUIRED.iter().find(|file| !web.join(file).exists()) {
        println!("cargo::error=web/{missing} is missing: run ./scripts/web-assets first (it needs Node.js and npm)");
        return;
    }
    if let Err(error) = embed(&web, Path::new(&variable("OUT_DIR"))) {
        println!("cargo::error=the files of web/ cannot be embedded: {error}");
    }
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}

fn embed(web: &Path, out: &Path) -> io::Result<()> {
    let levels = match variable("PROFILE").as_str() {
        "release" => Levels { brotli: 11, gzip: 9 },
        _ => Levels { brotli: 2, gzip: 1 },
    };
    let mut files = Vec::new();
    collect(web, &mut files)?;
    files.sort();
    let mut version = DefaultHasher::new();
    let mut table = String::from("&[\n");
    for (number, file) in files.iter().enumerate() {
        let name = file.strip_prefix(web).unwrap_or(file).to_string_lossy().replace('\\', "/");
        let bytes = fs::read(file)?;
        // Messages hold a city's own words, which no build knows.
        if !name.starts_with("lang/") {
            (&name, &bytes).hash(&mut version);
        }
        let brotli = smaller(&bytes, &out.join(format!("{number}.br")), |bytes| brotli(bytes, levels.brotli))?;
        let gzip = smaller(&bytes, &out.join(format!("{number}.gz")), |bytes| gzip(bytes, levels.gzip))?;
        let entry = format!("bytes: include_bytes!({:?}), brotli: {brotli}, gzip: {gzip}", file.to_string_lossy());
        writeln!(table, "    EmbeddedAsset {{ name: {name:?}, {entry} }},").map_err(io::Error::other)?;
    }
    println!("cargo::rustc-env=WEB_ASSETS_VERSION={:016x}", version.finish());
    table.push_str("]\n");
    fs::write(out.join("assets.rs"), table)?;
    fs::write(out.join("catalogues.rs"), catalogues(web, &files)?)
}

/// The catalogues of the residents' pages, a file per language: its code and its JSON.
fn catalogues(web: &Path, files: &[PathBuf]) -> io::Result<String> {
    let mut table = String::from("&[\n");
    for file in files.iter().filter(|file| file.parent() == Some(&web.join("lang"))) {
        let code = file.file_stem().unwrap_or_default().to_string_lossy();
        writeln!(table, "    ({code:?}, include_str!({:?})),", file.to_string_lossy()).map_err(io::Error::other)?;
    }
    table.push_str("]\n");
    Ok(table)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// Writes the compressed bytes to `to` where that saves any. Returns the table's expression for them.
fn smaller(bytes: &[u8], to: &Path, compress: impl Fn(&[u8]) -> io::Result<Vec<u8>>) -> io::Result<String> {
    if bytes.len() < MIN_COMPRESSED {
        return Ok("None".to_owned());
    }
    let compressed = compress(bytes)?;
    if compressed.len() >= bytes.len() {
        return Ok("None".to_owned());
    }
    fs::write(to, compressed)?;
    Ok(format!("Some(include_bytes!({:?}))", to.to_string_lossy()))
}

fn brotli(bytes: &[u8], level: u32) -> io::Result<Vec<u8>> {
    let mut compressed = Vec::new();
    let mut encoder = brotli::CompressorWriter::new(&mut compressed, 64 << 10, level, 22);
    encoder.write_all(bytes)?;
    encoder.flush()?;
    drop(encoder);
    Ok(compressed)
}

fn gzip(bytes: &[u8], level: u32) -> io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(level));
    encoder.write_all(bytes)?;
    encoder.finish()
}
