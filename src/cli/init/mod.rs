//! `init`: makes the data folder of a municipality, outside the program's own, from its code and published files.
//!
//! The folder appears whole or not at all, and nothing that is there is ever overwritten.

mod download;
mod folder;
mod settings;
mod sources;

use std::path::{Path, PathBuf};

use self::folder::NewFolder;
use self::sources::CitySources;
use super::args::InitArgs;
use super::messages::cli_messages;
use super::{CommandContext, ExitStatus, Failure, StdoutWriter, checkout, reading_process};
use crate::config::BuiltInFile;
use crate::import::regions::gazetteer;
use crate::model::messages::fill;
use crate::model::{City, CodeFault, Language, Messages, MunicipalityCode, ReadingLimits};
use crate::publish::geojson;

const GUIDE: &str = include_str!("guide.md");
const README: &str = include_str!("readme.md");

/// Makes the folder and prints what it holds and what is missing.
pub fn run(context: &CommandContext, args: &InitArgs, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    let code = MunicipalityCode::parse(&args.code).map_err(|fault| wrong_code(&args.code, &fault))?;
    let folder = args.dir.clone().unwrap_or_else(|| PathBuf::from(code.whole()));
    if let Some(checkout) = checkout::around(&folder) {
        let values = [("folder", &*folder.display().to_string()), ("checkout", &checkout.display().to_string())];
        return Err(Failure::new("error.init_checkout", &values));
    }
    folder::refuse_existing(&folder)?;
    // Not those of a data folder: the one to make has none yet.
    let limits = ReadingLimits::default();
    if context.is_reader {
        reading_process::bound_this_process(&limits, args.sources.len());
    }
    let sources = CitySources::read(&args.sources, &code, &limits)?;
    let city = city(&code, args, &sources)?;
    let sources = sources.own_part(&city, context.messages)?;
    let files = files(context, &city, &sources)?;
    NewFolder::create(&folder)?.fill(&files)?;
    print(context.messages, &folder, &city, &sources, out)?;
    Ok(ExitStatus::Fine)
}

fn wrong_code(code: &str, fault: &CodeFault) -> Failure {
    let values = [("code", code)];
    match fault {
        CodeFault::NotDigits => Failure::new("error.init_code_digits", &values),
        CodeFault::NoPrefecture => Failure::new("error.init_code_prefecture", &values),
        CodeFault::NoMunicipality => Failure::new("error.init_code_whole", &values),
        CodeFault::CheckDigit(right) => {
            Failure::new("error.init_check_digit", &[("code", code), ("right", &right.to_string())])
        }
    }
}

/// The municipality's own names: as the command line has them, else as the files.
fn city(code: &MunicipalityCode, args: &InitArgs, sources: &CitySources) -> Result<City, Failure> {
    let mut names = sources.names.clone();
    names.name = args.city_name.clone().or(names.name);
    names.kana = args.city_kana.clone().or(names.kana);
    let Some(name) = names.name.clone() else {
        return Err(Failure::new("error.init_no_name", &[("code", code.short())]));
    };
    Ok(City {
        code: code.whole(),
        name,
        name_en: names.roman_or_reading().unwrap_or_default(),
        kana: names.kana.unwrap_or_default(),
        prefecture: code.prefecture().unwrap_or_default().to_owned(),
        ..City::default()
    })
}

/// The files of the folder. What a folder given by `--data` has already is left to it.
fn files(
    context: &CommandContext,
    city: &City,
    sources: &CitySources,
) -> Result<Vec<(&'static str, Vec<u8>)>, Failure> {
    let mut files =
        vec![("city.toml", settings::city_toml(city).into_bytes()), ("README.md", readme(city, sources).into_bytes())];
    for file in BuiltInFile::ALL.into_iter().filter(|file| !context.has_in_layer(file.name())) {
        files.push((file.name(), settings::for_city(file, city).into_bytes()));
    }
    if !context.has_in_layer("guide.md") {
        files.push(("guide.md", fill(GUIDE, &[("name", &city.name)]).into_bytes()));
    }
    if !sources.towns.is_empty() {
        let csv = gazetteer::csv_of(&sources.towns);
        files.push(("gazetteer.csv", csv.map_err(|e| Failure::new("error.output", &[("reason", &e.to_string())]))?));
    }
    if let Some(boundary) = &sources.boundary {
        files.push(("boundary.geojson", geojson::municipality(boundary, city)));
    }
    Ok(files)
}

fn readme(city: &City, sources: &CitySources) -> String {
    let missing = |language| {
        let messages = cli_messages(language);
        let lines: Vec<String> = missing(city, sources).iter().map(|key| format!("- {}", messages.text(key))).collect();
        if lines.is_empty() { messages.text("init.nothing_missing").to_owned() } else { lines.join("\n") }
    };
    let values = [
        ("name", city.name.as_str()),
        ("code", &city.code),
        ("prefecture", &city.prefecture),
        ("missing_ja", &missing(Language::Ja)),
        ("missing_en", &missing(Language::En)),
    ];
    fill(README, &values)
}

/// Keys of the messages on what the folder lacks.
fn missing(city: &City, sources: &CitySources) -> Vec<&'static str> {
    let lacks = [
        (sources.towns.is_empty(), "init.no_gazetteer"),
        (sources.boundary.is_none(), "init.no_boundary"),
        (city.kana.is_empty(), "init.no_kana"),
        (city.name_en.is_empty(), "init.no_roman"),
        (true, "init.no_office"),
    ];
    lacks.into_iter().filter_map(|(lacks, key)| lacks.then_some(key)).collect()
}

fn print(
    messages: &Messages,
    folder: &Path,
    city: &City,
    sources: &CitySources,
    out: &mut StdoutWriter,
) -> Result<(), Failure> {
    let folder = folder.display().to_string();
    let values = [
        ("folder", folder.as_str()),
        ("name", &city.name),
        ("code", &city.code),
        ("prefecture", &city.prefecture),
        ("towns", &sources.towns.len().to_string()),
        ("others", &sources.other_towns.to_string()),
    ];
    out.line(&messages.fill("init.made", &values))?;
    if !sources.towns.is_empty() {
        out.line(&messages.fill("init.towns", &values))?;
    }
    if sources.boundary.is_some() {
        out.line(&messages.fill("init.boundary", &values))?;
    }
    out.line(&messages.fill("init.missing", &values))?;
    for key in missing(city, sources) {
        out.line(&format!("  - {}", messages.text(key)))?;
    }
    out.line(&messages.fill("init.next", &values))
}
