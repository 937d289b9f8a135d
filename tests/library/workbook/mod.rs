//! Any places go out in a workbook and come home: untouched as they were, edited in exactly the edited cells.

mod old_formats;

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use tsunagari::config::Config;
use tsunagari::editor::{Editor, PublishedEdits, WorkbookChoice, WorkbookEdits, WorkbookReport, WorkbookSource};
use tsunagari::import::ImportContext;
use tsunagari::import::places::workbook::{self, PlaceWorkbook};
use tsunagari::model::place_row::PlaceColumn;
use tsunagari::model::place_workbook::{WorkbookColumn, WorkbookNames, cell_text};
use tsunagari::model::{
    Audience, Author, CategoryTable, DistrictTable, Facts, Place, PlaceId, Revision, Source, Verification,
};
use tsunagari::publish::place_workbook::{WorkbookContent, WorkbookPlace, workbook};
use tsunagari::store::Store;

use crate::{round_trip, sample_city};

pub fn at() -> DateTime<Utc> {
    "2026-11-22T01:00:00Z".parse().unwrap()
}

/// A database with places of known identities.
pub struct EditedCity {
    pub editor: Editor,
    pub config: Config,
    districts: DistrictTable,
    _folder: tempfile::TempDir,
}

impl EditedCity {
    pub fn with(places: Vec<Place>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = Config::load(&sample_city::data()).unwrap();
        let path = folder.path().join("t.db");
        let mut store = Store::open(&path).unwrap();
        let edit = store.edit().unwrap();
        for place in places {
            let base = Some(place.facts.clone());
            edit.append(&Revision { number: 1, place, base, author: Author::Import, at: at() }).unwrap();
        }
        edit.commit().unwrap();
        drop(store);
        let editor = Editor::open(&path, config.city.clone(), config.categories.clone()).unwrap();
        Self { editor, config, districts: DistrictTable::default(), _folder: folder }
    }

    pub fn known(&self) -> ImportContext<'_> {
        ImportContext { today: Some(sample_city::now().date()), ..self.config.import_context(&self.districts) }
    }

    pub fn names(&self) -> WorkbookNames<'_> {
        WorkbookNames { categories: &self.config.categories, districts: &self.districts }
    }

    pub fn written(&self) -> Vec<u8> {
        let WorkbookSource { database, revisions } = self.editor.workbook_source().unwrap();
        let mut all: Vec<&Revision> = revisions.values().collect();
        all.sort_by(|a, b| a.place.id.cmp(&b.place.id));
        let places = all.iter().map(|it| WorkbookPlace { place: &it.place, revision: Some(it.number) }).collect();
        let (names, audience, extent) = (self.names(), Audience::Staff, String::new());
        workbook(&WorkbookContent { places, names, database, audience, extent, at: at() }).unwrap()
    }

    pub fn read(&self, bytes: &[u8]) -> PlaceWorkbook {
        workbook::read(bytes, self.known()).unwrap().unwrap()
    }

    pub fn preview(&self, workbook: &PlaceWorkbook) -> WorkbookReport {
        self.editor.preview_workbook(edits(workbook), self.known()).unwrap()
    }

    pub fn take(&self, workbook: &PlaceWorkbook) -> WorkbookReport {
        let preview = self.preview(workbook);
        self.editor.import_workbook(edits(workbook), self.known(), &preview).unwrap()
    }

    /// The texts of every place under every column.
    fn texts(&self) -> HashMap<(PlaceId, WorkbookColumn), String> {
        let revisions = self.editor.workbook_source().unwrap().revisions;
        let columns = |place: &Place| {
            let extra = place.facts.extra.keys().cloned().map(WorkbookColumn::Extra);
            WorkbookColumn::of_audience(Audience::Staff).chain(extra).collect::<Vec<_>>()
        };
        let texts = revisions.values().flat_map(|it| {
            let text = |column: WorkbookColumn| {
                let text = cell_text(&it.place, &column, self.names()).into_owned();
                ((it.place.id.clone(), column), text)
            };
            columns(&it.place).into_iter().map(text)
        });
        texts.filter(|(_, text)| !text.is_empty()).collect()
    }
}

/// Everything but what widens who sees something.
const SAFE: WorkbookChoice = WorkbookChoice { taken: None, published: PublishedEdits::None };
/// Everything.
const ALL: WorkbookChoice = WorkbookChoice { taken: None, published: PublishedEdits::All };

fn edits(workbook: &PlaceWorkbook) -> WorkbookEdits<'_> {
    WorkbookEdits { workbook, file: ("out.xlsx", ""), choice: &SAFE, by: "係", at: at() }
}

fn place(categories: &CategoryTable, number: usize, (facts, verification): (Facts, Option<Verification>)) -> Place {
    let category = categories.all()[number % categories.all().len()].id.clone();
    let list = format!("一覧{}", number % 2);
    Place {
        id: PlaceId(format!("{number:010}")),
        facts: Facts { category, ..facts },
        source: Source { list, ..Source::default() },
        verification,
    }
}

/// Columns of words, of which any text is a value.
const WORDS: [PlaceColumn; 14] = [
    PlaceColumn::Name,
    PlaceColumn::Kana,
    PlaceColumn::Address,
    PlaceColumn::Venue,
    PlaceColumn::Organization,
    PlaceColumn::Description,
    PlaceColumn::Directions,
    PlaceColumn::Cost,
    PlaceColumn::Bring,
    PlaceColumn::Capacity,
    PlaceColumn::Note,
    PlaceColumn::Office,
    PlaceColumn::Phone,
    PlaceColumn::Fax,
];

#[test]
fn any_places_come_home_and_exactly_the_edited_cells_are_changed() {
    let settings = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(12) };
    let typed = proptest::collection::btree_map((0..6_usize, 0..WORDS.len()), "[かきくa-c]{0,5}", 0..6);
    let generated = proptest::collection::vec(round_trip::places(), 1..7);
    let categories = Config::load(&sample_city::data()).unwrap().categories;
    proptest!(settings, |(generated in generated, typed in typed)| {
        let places: Vec<Place> = generated.into_iter().enumerate().map(|(at, it)| place(&categories, at, it)).collect();
        let city = EditedCity::with(places);
        let before = city.texts();
        let mut workbook = city.read(&city.written());
        let serialised = serde_json::to_string(&workbook).unwrap();
        prop_assert_eq!(&serde_json::from_str::<PlaceWorkbook>(&serialised).unwrap(), &workbook);
        let untouched = city.preview(&workbook);
        prop_assert!(!untouched.changes_something(), "{untouched:#?}");
        prop_assert_eq!(untouched.undecided, vec![]);
        prop_assert_eq!(usize::try_from(untouched.sheet.unchanged).unwrap(), workbook.rows.len());

        let mut expected = before.clone();
        let mut changed = BTreeSet::new();
        for ((row, column), text) in typed {
            let (count, column) = (workbook.rows.len(), WorkbookColumn::Place(WORDS[column]));
            let row = &mut workbook.rows[row % count];
            let workbook::WrittenRowId::Known(id) = row.id.clone() else { unreachable!("all have one") };
            let cell = row.cells.get_mut(&column).unwrap();
            let is_name = column == WorkbookColumn::Place(PlaceColumn::Name);
            // A cell that is typed twice may come to say what it said at first.
            let is_first = !changed.contains(&(id.place.clone(), column.key().into_owned()));
            if !is_first || cell.text.trim() == text || is_name && text.is_empty() {
                continue;
            }
            cell.text.clone_from(&text);
            changed.insert((id.place.clone(), column.key().into_owned()));
            if text.is_empty() { expected.remove(&(id.place, column)) } else { expected.insert((id.place, column), text) };
        }
        // Held back are edits by which others see more, which any text can do: here all of them are taken.
        let all = WorkbookEdits { choice: &ALL, ..edits(&workbook) };
        let preview = city.editor.preview_workbook(all, city.known()).unwrap();
        let report = city.editor.import_workbook(all, city.known(), &preview).unwrap();
        let cells = report.sheet.changed.iter().flat_map(|it| it.cells.iter().map(|cell| (it.id.clone(), cell.field.clone())));
        prop_assert_eq!(cells.collect::<BTreeSet<_>>(), changed, "{:#?}", report);
        prop_assert_eq!(city.texts(), expected);
        prop_assert!(!city.preview(&workbook).changes_something(), "a second time");
        for revision in city.editor.workbook_source().unwrap().revisions.into_values() {
            let is_edited = revision.number > 1;
            prop_assert_eq!(revision.author == Author::Person("係".to_owned()), is_edited);
            prop_assert!(!is_edited || revision.base.as_ref() != Some(&revision.place.facts), "the base stays");
        }
    });
}

#[test]
fn the_sample_comes_home_as_it_was() {
    let sample = sample_city::sample();
    let city = EditedCity::with(sample.everything.places.clone());
    let report = city.preview(&city.read(&city.written()));
    assert!(!report.changes_something() && report.undecided.is_empty(), "{report:#?}");
    assert_eq!(report.sheet.unchanged as usize, sample.everything.places.len());
}
