//! SQL of population: reads one edition and inserts new ones.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::places::unreadable;
use super::record::Edition;
use super::value::{json, time};
use crate::model::{NeighbourPopulation, PopulationArea, PopulationEdition};

/// The days of the stored editions, ascending.
pub(super) fn days(db: &Connection) -> rusqlite::Result<Vec<NaiveDate>> {
    let mut query =
        db.prepare_cached("select distinct as_of from population_edition where municipality = '' order by as_of")?;
    let rows = query.query_map([], |row| day(row, 0))?;
    rows.collect()
}

/// The edition of `municipality`, '' for our own, of `as_of` or of the latest day; `None` if there is none.
pub(super) fn edition(
    db: &Connection,
    municipality: &str,
    as_of: Option<NaiveDate>,
) -> rusqlite::Result<Option<PopulationEdition>> {
    let newest = "select id, as_of from population_edition where municipality = ?1 and (?2 is null or as_of = ?2) \
         order by as_of desc, id desc limit 1";
    let wanted = as_of.map(|day| day.to_string());
    let found = |row: &Row<'_>| Ok((row.get::<_, i64>(0)?, day(row, 1)?));
    let found = db.prepare_cached(newest)?.query_row((municipality, wanted), found).optional()?;
    found.map(|(id, as_of)| Ok(PopulationEdition { as_of, areas: areas(db, id)? })).transpose()
}

/// The latest edition of each neighbouring municipality.
pub(super) fn of_neighbours(db: &Connection) -> rusqlite::Result<Vec<NeighbourPopulation>> {
    let known = "select distinct municipality from population_edition where municipality <> '' order by municipality";
    let known: Vec<String> =
        db.prepare_cached(known)?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let population = |municipality: String| {
        let edition = edition(db, &municipality, None).transpose()?;
        Some(edition.map(|edition| NeighbourPopulation { municipality, edition }))
    };
    known.into_iter().filter_map(population).collect()
}

fn areas(db: &Connection, id: i64) -> rusqlite::Result<Vec<PopulationArea>> {
    let mut query = db.prepare_cached("select entry from population_area where edition_id = ?1 order by number")?;
    let areas = query.query_map([id], |row| {
        serde_json::from_str::<PopulationArea>(row.get_ref(0)?.as_str()?).map_err(|e| unreadable(0, e))
    })?;
    areas.collect()
}

/// Inserts an edition of `municipality`, '' for our own, with its files and areas, which makes it the one of its day.
pub(super) fn add(
    db: &Connection,
    edition: &Edition,
    municipality: &str,
    population: &PopulationEdition,
) -> rusqlite::Result<()> {
    db.execute(
        "insert into population_edition (as_of, made_by, at, municipality) values (?1, ?2, ?3, ?4)",
        (population.as_of.to_string(), &edition.made_by, time(edition.at), municipality),
    )?;
    let id = db.last_insert_rowid();
    for (number, file) in (1..).zip(&edition.files) {
        db.execute(
            "insert into population_file (edition_id, number, file, blake3) values (?1, ?2, ?3, ?4)",
            (id, number, &file.file, &file.blake3),
        )?;
    }
    let mut insert =
        db.prepare_cached("insert into population_area (edition_id, number, entry) values (?1, ?2, ?3)")?;
    for (number, area) in (1_i64..).zip(&population.areas) {
        insert.execute(params![id, number, json(area)?])?;
    }
    Ok(())
}

fn day(row: &Row<'_>, column: usize) -> rusqlite::Result<NaiveDate> {
    row.get_ref(column)?.as_str()?.parse().map_err(|e| unreadable(column, e))
}
