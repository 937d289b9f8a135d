//! `find`: runs the finder on the command line, with the same result as `POST /find`.

use std::path::Path;
use std::sync::Arc;

use super::args::FindArgs;
use super::export::require_database;
use super::{CommandContext, ExitStatus, Failure, StdoutWriter, inputs};
use crate::config::Config;
use crate::editor::Editor;
use crate::find::{FindAnswer, Finder, Hit, HitGroup, Wish, WishError};
use crate::http;
use crate::index::Snapshot;
use crate::model::Audience;

/// Reads the wish and prints the places that fit, with reasons.
pub fn run(context: &CommandContext, find: &FindArgs, out: &mut StdoutWriter) -> Result<ExitStatus, Failure> {
    let config = context.load_config()?;
    let of_wish = |error: WishError| Failure::of_file("error.wish", &find.wish, &error);
    let wish = Wish::read(&inputs::read(&find.wish)?).map_err(of_wish)?;
    let finder = finder(&context.db, config)?;
    let answer = finder.find(&wish, http::now_in_japan()).map_err(of_wish)?;
    if find.json {
        out.line(
            &serde_json::to_string(&answer).map_err(|error| Failure::of_file("error.output", &find.wish, &error))?,
        )?;
    } else {
        print_answer(context, &answer, out)?;
    }
    Ok(ExitStatus::Fine)
}

fn finder(db: &Path, config: Config) -> Result<Finder, Failure> {
    require_database(db)?;
    let editor = Editor::open(db, config.city, config.categories)?;
    let snapshot = Snapshot::build(&editor.snapshot_input()?, Audience::LinkWorkers);
    Ok(Finder::new(Arc::new(snapshot), Arc::new(config.interests)))
}

fn print_answer(context: &CommandContext, answer: &FindAnswer, out: &mut StdoutWriter) -> Result<(), Failure> {
    let placeless = &answer.placeless;
    let groups = [
        ("find.fits", &answer.fits),
        ("find.near", &answer.near),
        ("find.desks", &answer.desks),
        ("find.others", &answer.others),
        ("find.farther", &answer.farther),
        ("find.phone", &placeless.phone),
        ("find.visits", &placeless.visits),
        ("find.online", &placeless.online),
        ("find.roaming", &placeless.roaming),
        ("find.unlocated", &placeless.unlocated),
    ];
    for (key, group) in groups.into_iter().filter(|(_, group)| group.count > 0) {
        print_group(context, key, group, out)?;
    }
    out.line(&context.messages.fill("find.left_out", &[("text", &answer.left_out.text)]))
}

fn print_group(context: &CommandContext, key: &str, group: &HitGroup, out: &mut StdoutWriter) -> Result<(), Failure> {
    out.line(&context.messages.fill(key, &[("count", &group.count.to_string())]))?;
    group.hits.iter().try_for_each(|hit| print_hit(context, hit, out))
}

fn print_hit(context: &CommandContext, hit: &Hit, out: &mut StdoutWriter) -> Result<(), Failure> {
    let key = if hit.sample { "find.sample_hit" } else { "find.hit" };
    out.line(&context.messages.fill(key, &[("name", &hit.name)]))?;
    for (key, all) in [("find.reason", &hit.reasons), ("find.caution", &hit.cautions), ("find.ask", &hit.ask)] {
        for it in all {
            out.line(&context.messages.fill(key, &[("text", &it.text)]))?;
        }
    }
    Ok(())
}
