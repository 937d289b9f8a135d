//! SQL of the places: reads current revisions, the history of one place, and counts per list.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension as _, Row};
use serde::de::DeserializeOwned;

use crate::model::{Author, Facts, NeighbourListing, Place, PlaceId, Revision, Source, TimesHistory, Verification};

/// Stored in the column `base` where the base equals the facts of the revision, so that they are not stored twice.
pub(super) const SAME_AS_FACTS: &str = "facts";

/// The current revision of a place of a list, and whether the list still has it.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedRevision {
    /// The current revision.
    pub revision: Revision,
    /// Whether the newest edition of the list lacks it (終了候補).
    pub absent: bool,
}

/// Counts of one stored list of places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListState {
    /// Name of the list, as given at import.
    pub name: String,
    /// Places that were ever imported from it.
    pub places: u32,
    /// Those that its newest edition lacks (終了候補).
    pub absent: u32,
}

const REVISION_COLUMNS: &str = "r.place_id, r.facts, r.verification, r.list, r.file, r.sheet, r.row, r.list_id, r.licence, \
     r.number, r.base, r.author, r.at";

/// Which places are the municipality's own: those of no neighbour's list.
const IS_OWN: &str = "(p.list is null or p.list not in (select list from neighbour_list))";

/// Which places are the municipality's own and were not merged into another.
const IS_SHOWN: &str = "p.merged_into is null and (p.list is null or p.list not in (select list from neighbour_list))";

/// The current state of every place of the municipality, by identity.
pub(super) fn current(db: &Connection) -> rusqlite::Result<Vec<Place>> {
    let mut places = Vec::new();
    read_current(db, &mut places, |_| Ok(()))?;
    Ok(places)
}

/// As [`current`], with the beginning of the history of each place that was never revised.
pub(super) fn current_with_beginnings(
    db: &Connection,
) -> rusqlite::Result<(Vec<Place>, HashMap<PlaceId, TimesHistory>)> {
    let (mut places, mut times) = (Vec::new(), HashMap::new());
    // Read from the same rows: there may be a million, and most were never revised.
    read_current(db, &mut places, |row| {
        if row.get::<_, u32>(9)? == 1 {
            times.insert(PlaceId(row.get(0)?), TimesHistory { since: moment(row, 12)?, wordings: Vec::new() });
        }
        Ok(())
    })?;
    Ok((places, times))
}

/// Reads the current state of every place into `places`, sorted by identity; `each` sees each row.
fn read_current(
    db: &Connection,
    places: &mut Vec<Place>,
    mut each: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let count: u32 = db.query_row("select count(*) from place", [], |r| r.get(0))?;
    places.reserve(count as usize);
    // The cross join fixes the query plan: one scan of the large table, whatever the statistics say of its size.
    let mut query = db.prepare_cached(&format!(
        "select {REVISION_COLUMNS} from revision r cross join place p on p.id = r.place_id and p.current = r.number \
         where {IS_SHOWN}"
    ))?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        places.push(place(row)?);
        each(row)?;
    }
    places.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    Ok(())
}

/// The current state of every place of neighbouring municipalities that its list still has, by identity.
pub(super) fn of_neighbours(db: &Connection) -> rusqlite::Result<Vec<NeighbourListing>> {
    let mut query = db.prepare_cached(&format!(
        "select {REVISION_COLUMNS}, n.municipality from neighbour_list n join place p on p.list = n.list \
         join revision r on r.place_id = p.id and r.number = p.current where p.absent_since is null order by p.id"
    ))?;
    let listing = |row: &Row<'_>| Ok(NeighbourListing { place: place(row)?, municipality: row.get(13)? });
    query.query_map([], listing)?.collect()
}

/// The current revision of every place of the municipality, by identity.
pub(super) fn current_revisions(db: &Connection) -> rusqlite::Result<Vec<Revision>> {
    let mut query = db.prepare_cached(&format!(
        "select {REVISION_COLUMNS} from place p join revision r on r.place_id = p.id and r.number = p.current \
         where {IS_SHOWN} order by p.id"
    ))?;
    let rows = query.query_map([], revision)?;
    rows.collect()
}

/// The current revision of every place of `list`, in the order of its rows.
pub(super) fn of_list(db: &Connection, list: &str) -> rusqlite::Result<Vec<ListedRevision>> {
    let mut query = db.prepare_cached(&format!(
        "select {REVISION_COLUMNS}, p.absent_since is not null from place p \
         join revision r on r.place_id = p.id and r.number = p.current \
         where p.list = ?1 order by r.file, r.sheet, r.row, p.id"
    ))?;
    let rows = query.query_map([list], |row| Ok(ListedRevision { revision: revision(row)?, absent: row.get(13)? }))?;
    rows.collect()
}

pub(super) fn lists(db: &Connection) -> rusqlite::Result<Vec<ListState>> {
    let mut query = db.prepare_cached(&format!(
        "select list, count(*), count(absent_since) from place p where list is not null and {IS_OWN} group by list \
         order by list"
    ))?;
    let rows = query.query_map([], |r| Ok(ListState { name: r.get(0)?, places: r.get(1)?, absent: r.get(2)? }))?;
    rows.collect()
}

pub(super) fn history(db: &Connection, place: &PlaceId) -> rusqlite::Result<Vec<Revision>> {
    let mut query =
        db.prepare_cached(&format!("select {REVISION_COLUMNS} from revision r where place_id = ?1 order by number"))?;
    let rows = query.query_map([&place.0], revision)?;
    rows.collect()
}

/// The current revision of a place of the municipality, and the one that it was merged into; `None` for any other place.
pub(super) fn own_place(db: &Connection, place: &PlaceId) -> rusqlite::Result<Option<(Revision, Option<PlaceId>)>> {
    let mut query = db.prepare_cached(&format!(
        "select {REVISION_COLUMNS}, p.merged_into from place p join revision r on r.place_id = p.id and r.number = p.current \
         where p.id = ?1 and {IS_OWN}"
    ))?;
    let read = |row: &Row<'_>| Ok((revision(row)?, row.get::<_, Option<String>>(13)?.map(PlaceId)));
    query.query_row([&place.0], read).optional()
}

/// The revision of `place` with this number.
pub(super) fn revision_at(db: &Connection, place: &PlaceId, number: u32) -> rusqlite::Result<Option<Revision>> {
    let mut query =
        db.prepare_cached(&format!("select {REVISION_COLUMNS} from revision r where place_id = ?1 and number = ?2"))?;
    query.query_row((&place.0, number), revision).optional()
}

/// The municipality's places that the newest edition of their list lacks.
pub(super) fn absent(db: &Connection) -> rusqlite::Result<HashSet<PlaceId>> {
    let mut query =
        db.prepare_cached(&format!("select p.id from place p where p.absent_since is not null and {IS_SHOWN}"))?;
    query.query_map([], |r| Ok(PlaceId(r.get(0)?)))?.collect()
}

fn revision(row: &Row<'_>) -> rusqlite::Result<Revision> {
    let place = place(row)?;
    let base = match row.get_ref(10)?.as_str_or_null()? {
        None => None,
        Some(SAME_AS_FACTS) => Some(place.facts.clone()),
        Some(_) => Some(json(row, 10)?),
    };
    let author = row.get::<_, Option<String>>(11)?.map_or(Author::Import, Author::Person);
    Ok(Revision { number: row.get(9)?, place, base, author, at: moment(row, 12)? })
}

fn place(row: &Row<'_>) -> rusqlite::Result<Place> {
    let source = Source {
        list: row.get(3)?,
        file: row.get(4)?,
        sheet: row.get(5)?,
        row: row.get(6)?,
        list_id: row.get(7)?,
        licence: row.get(8)?,
    };
    let verification: Option<Verification> = match row.get_ref(2)?.as_str_or_null()? {
        None => None,
        Some(_) => Some(json(row, 2)?),
    };
    Ok(Place { id: PlaceId(row.get(0)?), facts: json::<Facts>(row, 1)?, source, verification })
}

/// A moment that is stored as RFC 3339.
pub(super) fn moment(row: &Row<'_>, column: usize) -> rusqlite::Result<DateTime<Utc>> {
    row.get_ref(column)?.as_str()?.parse().map_err(|e| unreadable(column, e))
}

/// Parses the JSON of a column without copying its text.
pub(super) fn json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    serde_json::from_str(row.get_ref(column)?.as_str()?).map_err(|e| unreadable(column, e))
}

/// A stored value that cannot be parsed.
pub(super) fn unreadable(column: usize, error: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error))
}
