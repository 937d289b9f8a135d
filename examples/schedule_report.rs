//! Prints, for every list below a folder, how many of its schedules are read: `scripts/schedule-report FOLDER`.
//!
//! The lists go through the same import as in the program. With `--unread` each schedule that is not read follows, with the
//! part that is not understood; with `--read` each that is, with its rule: a list to look through for wrong ones.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};

use chrono::Local;
use tsunagari::config::Config;
use tsunagari::import;
use tsunagari::model::DistrictTable;
use tsunagari::schedule::{ScheduleContext, read};

fn main() -> Result<(), Box<dyn Error>> {
    let (options, folders): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|a| a.starts_with("--"));
    let config = Config::load(Path::new("data"))?;
    let mut files = Vec::new();
    for folder in &folders {
        lists(Path::new(folder), &mut files)?;
    }
    files.sort();
    let (mut all, mut all_read) = (0, 0);
    for file in files {
        let texts = schedules(&file, &config)?;
        let (total, understood) = report(&file, &texts, &options);
        all += total;
        all_read += understood;
    }
    println!("{all_read:>6} of {all:>6} schedules read in all{}", share(all_read, all));
    Ok(())
}

fn lists(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let is_list =
            path.extension().is_some_and(|e| ["csv", "xlsx", "xls", "geojson"].iter().any(|known| e == *known));
        if path.is_dir() {
            lists(&path, files)?;
        } else if is_list {
            files.push(path);
        }
    }
    Ok(())
}

/// The schedules of a list as the import makes them, and how often each stands there.
fn schedules(file: &Path, config: &Config) -> Result<BTreeMap<String, usize>, Box<dyn Error>> {
    let districts = DistrictTable::default();
    let known = config.import_context(&districts);
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let import = import::read(&std::fs::read(file)?, &name, known);
    let mut texts = BTreeMap::new();
    for schedule in import.sheets.into_iter().flat_map(|s| s.entries).flat_map(|p| p.facts.schedule) {
        *texts.entry(schedule.text).or_default() += 1;
    }
    Ok(texts)
}

fn report(file: &Path, texts: &BTreeMap<String, usize>, options: &[String]) -> (usize, usize) {
    let context = ScheduleContext::new(Local::now().date_naive());
    let wants = |option: &str| options.iter().any(|o| o == option);
    let (mut total, mut understood, mut lines) = (0, 0, Vec::new());
    for (text, times) in texts {
        total += times;
        let reading = read(text, &context);
        understood += reading.rule.as_ref().map_or(0, |_| *times);
        match (&reading.rule, &reading.unread) {
            (Some(rule), _) if wants("--read") => lines.push(format!("        {text}\n            {rule}")),
            (None, Some(part)) if wants("--unread") => lines.push(format!("        {text}\n            ? {part}")),
            _ => {}
        }
    }
    if total > 0 {
        println!("{understood:>6} of {total:>6} {}{}", file.display(), share(understood, total));
        for line in &lines {
            println!("{line}");
        }
    }
    (total, understood)
}

fn share(part: usize, whole: usize) -> String {
    (part * 100).checked_div(whole).map(|percent| format!(" ({percent} %)")).unwrap_or_default()
}
