//! `export xlsx`: writes the workbook in which places are edited, or the same for reading.

use super::args::ExportPlacesArgs;
use super::export::{ExportedFile, filter, refuse_database, require_database, write_places};
use super::{CommandContext, ExitStatus, Failure, StdoutWriter};
use crate::editor::{Editor, WorkbookSource};
use crate::index::Snapshot;
use crate::model::Audience;
use crate::model::place_workbook::WorkbookNames;
use crate::publish::place_workbook::{WorkbookContent, WorkbookPlace, workbook};

/// Writes the places that pass the options' filter: for the staff as they are stored, for others as they may see them. A file that
/// was named before the format is one too many.
pub fn run(
    context: &CommandContext,
    (args, has_other_file): (&ExportPlacesArgs, bool),
    audience: Audience,
    out: &mut StdoutWriter,
) -> Result<ExitStatus, Failure> {
    if has_other_file {
        return Err(Failure::new("error.export_two_files", &[]));
    }
    let config = context.config()?;
    require_database(&context.db)?;
    refuse_database(context, &args.file)?;
    let editor = Editor::open(&context.db, config.city, config.categories)?;
    let input = editor.snapshot_input()?;
    let snapshot = Snapshot::build(&input, audience);
    let filter = filter(args, &snapshot)?;
    let is_staff = audience == Audience::Staff;
    let source = if is_staff { Some(editor.workbook_source()?) } else { None };
    let chosen = snapshot.select(&filter).into_iter().map(|at| &snapshot.places[at].place);
    let places = match &source {
        // As they are stored with their revision: a snapshot has rounded positions.
        Some(WorkbookSource { revisions, .. }) => chosen
            .filter_map(|place| revisions.get(&place.id))
            .map(|it| WorkbookPlace { place: &it.place, revision: Some(it.number) })
            .collect(),
        None => chosen.map(|place| WorkbookPlace { place, revision: None }).collect(),
    };
    let outgoing = WorkbookContent {
        places,
        names: if is_staff {
            WorkbookNames { categories: &input.categories, districts: &input.districts }
        } else {
            WorkbookNames { categories: &snapshot.categories, districts: &snapshot.districts }
        },
        database: source.as_ref().map(|source| source.database.clone()).unwrap_or_default(),
        audience,
        extent: extent(args),
        at: chrono::Utc::now(),
    };
    let bytes = workbook(&outgoing).map_err(|error| Failure::of_file("error.export_format", &args.file, &error))?;
    let count = outgoing.places.len().to_string();
    let exported = ExportedFile { file: &args.file, format: "xlsx", count: &count, bytes: &bytes };
    write_places(context, (editor, &snapshot), exported, out)
}

/// What was chosen, as the options say it.
fn extent(args: &ExportPlacesArgs) -> String {
    let parameters = args.parameters();
    let options: Vec<String> = parameters.iter().map(|(name, value)| format!("{name}={value}")).collect();
    options.join(" ")
}
