//! Reads a workbook that was uploaded in a browser, in a process of its own, as lists are: the server must not run out of memory by a file.
//!
//! The child reads the file from its standard input and writes what it has read to its standard output, as JSON. It is told by its name and
//! the word behind that, which no command of the program has.

use std::ffi::{OsStr, OsString};
use std::io::{self, Read as _, Write as _};
use std::path::PathBuf;
use std::process::Stdio;

use super::{bound_this_process, is_reader};
use crate::cli::ExitStatus;
use crate::config::{Config, DataFolders};
use crate::editor::{ReadUpload, UploadRefusal, WhyNoUpload};
use crate::http::UploadReader;
use crate::import::places::workbook;
use crate::model::{DistrictTable, WorkbookUpload};

#[cfg(unix)]
use super::bounded::reader_command;
#[cfg(not(unix))]
use super::unbounded::reader_command;

/// What the child is to read.
const UPLOAD: &str = "upload";

/// The most bytes of what the child may write, which the server holds in memory.
const MOST_READ: u64 = 64 << 20;

/// Reads uploads as the configuration of `folders` says; without any, as the built-in one.
pub fn upload_reader(folders: &[PathBuf]) -> UploadReader {
    let folders = folders.to_vec();
    UploadReader::new(move |bytes| match reader_command() {
        Some(mut child) => {
            child.arg(UPLOAD).args(&folders).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
            in_child(child, bytes)
        }
        None => of_bytes(bytes, &config_of(&folders)),
    })
}

fn in_child(mut command: std::process::Command, bytes: &[u8]) -> ReadUpload {
    let failed = |error: io::Error| {
        tracing::error!(%error, "the process that reads uploads could not be started");
        UploadRefusal::from(WhyNoUpload::TooMuch)
    };
    let mut child = command.spawn().map_err(failed)?;
    // A child that has come to its end takes nothing in: its status says so.
    let _ = child.stdin.take().map(|mut input| input.write_all(bytes));
    let mut read = Vec::new();
    let output = child.stdout.take().map(|output| output.take(MOST_READ + 1).read_to_end(&mut read));
    let is_whole = matches!(output, Some(Ok(_))) && read.len() as u64 <= MOST_READ;
    if !is_whole {
        let _ = child.kill();
    }
    let has_ended_well = child.wait().is_ok_and(|status| status.success());
    let parsed = if is_whole && has_ended_well { serde_json::from_slice(&read).ok() } else { None };
    parsed.unwrap_or_else(|| Err(WhyNoUpload::TooMuch.into()))
}

/// Reads an upload, if this process was started for that.
pub fn read_upload_here(arguments: &[OsString]) -> Option<ExitStatus> {
    if !is_reader(arguments) || arguments.get(1).map(OsString::as_os_str) != Some(OsStr::new(UPLOAD)) {
        return None;
    }
    let folders: Vec<PathBuf> = arguments.iter().skip(2).map(PathBuf::from).collect();
    let config = config_of(&folders);
    bound_this_process(&config.city.limits, 1);
    let mut bytes = Vec::new();
    let input = io::stdin().lock().take(WorkbookUpload::MOST_BYTES as u64 + 1).read_to_end(&mut bytes);
    let read = if input.is_ok() { of_bytes(&bytes, &config) } else { Err(WhyNoUpload::Unreadable.into()) };
    let mut out = io::BufWriter::new(io::stdout().lock());
    let written = serde_json::to_writer(&mut out, &read).is_ok() && out.flush().is_ok();
    Some(if written { ExitStatus::Fine } else { ExitStatus::Refused })
}

/// The configuration by which uploads are read: the server has read it before, so that it is there.
fn config_of(folders: &[PathBuf]) -> Config {
    if folders.is_empty() {
        return Config::built_in();
    }
    Config::load_layers(&DataFolders::new(folders.to_vec())).unwrap_or_else(|_| Config::built_in())
}

fn of_bytes(bytes: &[u8], config: &Config) -> ReadUpload {
    let districts = DistrictTable::default();
    match workbook::read(bytes, config.import_context(&districts)) {
        Some(read) => read.map_err(UploadRefusal::from),
        None => Err(WhyNoUpload::NotOurs.into()),
    }
}
