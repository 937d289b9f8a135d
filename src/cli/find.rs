//! `find`: the finder on the command line, with the same answer as `POST /find`.

use std::path::Path;
use std::sync::Arc;

use super::args::FindArgs;
use super::export::existing;
use super::{CommandContext, ExitStatus, Failure, StdoutWriter, inputs};
use crate::config::Config;
use crate::editor::Editor;
use crate::find::{FindAnswer, Finder, Hit, HitGroup, Wish, WishError};
use crate::http;
use crate::index::Snapshot;
use crate::model::Audience;

/// Reads the wish and prints what suits the person.
pub fn run(desk: &CommandContext, find: &FindArgs, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    let config = Config::load(&desk.data)?;
    let of_wish = |error: WishError| Failure::of_file("error.wish", &find.wish, &error);
    let wish = Wish::read(&inputs::read(&find.wish)?).map_err(of_wish)?;
    let finder = finder(&desk.db, config)?;
    let answer = finder.find(&wish, http::now_in_japan()).map_err(of_wish)?;
    if find.json {
        out.line(
            &serde_json::to_string(&answer).map_err(|error| Failure::of_file("error.output", &find.wish, &error))?,
        )?;
    } else {
        print_answer(desk, &answer, out)?;
    }
    Ok(ExitStatus::Fine)
}

fn finder(db: &Path, config: Config) -> Result<Finder, Failure> {
    existing(db)?;
    let editor = Editor::open(db, config.city, config.categories)?;
    let snapshot = Snapshot::build(&editor.everything()?, Audience::LinkWorkers);
    Ok(Finder::new(Arc::new(snapshot), Arc::new(config.interests)))
}

fn print_answer(desk: &CommandContext, answer: &FindAnswer, out: &mut StdoutWriter) -> Result<(), Failure> {
    let placeless = &answer.placeless;
    let groups = [
        ("find.fits", &answer.fits),
        ("find.others", &answer.others),
        ("find.farther", &answer.farther),
        ("find.phone", &placeless.phone),
        ("find.visits", &placeless.visits),
        ("find.online", &placeless.online),
        ("find.roaming", &placeless.roaming),
        ("find.unlocated", &placeless.unlocated),
    ];
    for (key, group) in groups.into_iter().filter(|(_, group)| group.count > 0) {
        print_group(desk, key, group, out)?;
    }
    out.line(&desk.words.fill("find.left_out", &[("text", &answer.left_out.text)]))
}

fn print_group(desk: &CommandContext, key: &str, group: &HitGroup, out: &mut StdoutWriter) -> Result<(), Failure> {
    out.line(&desk.words.fill(key, &[("count", &group.count.to_string())]))?;
    group.hits.iter().try_for_each(|hit| print_hit(desk, hit, out))
}

fn print_hit(desk: &CommandContext, hit: &Hit, out: &mut StdoutWriter) -> Result<(), Failure> {
    out.line(&desk.words.fill("find.hit", &[("name", &hit.name)]))?;
    for (key, all) in [("find.reason", &hit.reasons), ("find.caution", &hit.cautions), ("find.ask", &hit.ask)] {
        for it in all {
            out.line(&desk.words.fill(key, &[("text", &it.text)]))?;
        }
    }
    Ok(())
}
