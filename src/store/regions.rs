//! SQL of what describes the municipality: districts, boundary, gazetteer. Each is replaced as a whole.

use geo::{Coord, LineString, MultiPolygon, Polygon};
use rusqlite::{Connection, OptionalExtension as _, Row};

use super::places::{json, unreadable};
use crate::model::{Area, District, DistrictId, Position, TownEntry};

/// The coordinates of a GeoJSON `MultiPolygon`: polygons, rings (the outer one first), points, longitude and latitude.
type StoredCoordinates = Vec<Vec<Vec<[f64; 2]>>>;

pub(super) fn districts(db: &Connection) -> rusqlite::Result<Vec<District>> {
    let mut query = db.prepare_cached(
        "select lon, lat, id, name, former_town, polygons, kana, sketch, towns from district order by number",
    )?;
    let rows = query.query_map([], |row| {
        Ok(District {
            id: DistrictId(row.get(2)?),
            name: row.get(3)?,
            kana: row.get(6)?,
            former_town: row.get(4)?,
            boundary: boundary_of(row)?,
            towns: json(row, 8)?,
            sketch: None,
            centre: row.get::<_, Option<f64>>(0)?.map(|_| position(row)).transpose()?,
        })
    })?;
    rows.collect()
}

/// The outline in columns 5 and 7 of a district, marked if it is a sketch.
fn boundary_of(row: &Row<'_>) -> rusqlite::Result<Option<Area>> {
    let outline = row.get::<_, Option<String>>(5)?.map(|text| area(&text, 5)).transpose()?;
    let is_sketch: bool = row.get(7)?;
    Ok(outline.map(|outline| if is_sketch { outline.into_sketch() } else { outline }))
}

pub(super) fn replace_districts(db: &Connection, districts: &[District]) -> rusqlite::Result<()> {
    db.execute("delete from district", [])?;
    let mut insert = db.prepare_cached(
        "insert into district (number, id, name, former_town, polygons, lon, lat, kana, sketch, towns) \
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    for (number, d) in (1..).zip(districts) {
        let polygons = d.boundary.as_ref().map(polygons).transpose()?;
        let (lon, lat) = (d.centre.map(Position::lon), d.centre.map(Position::lat));
        let is_sketch = d.boundary.as_ref().is_some_and(Area::is_sketch);
        let towns =
            serde_json::to_string(&d.towns).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
        insert.execute((number, &d.id.0, &d.name, &d.former_town, polygons, lon, lat, &d.kana, is_sketch, towns))?;
    }
    Ok(())
}

pub(super) fn boundary(db: &Connection) -> rusqlite::Result<Option<Area>> {
    let text: Option<String> = db.query_row("select polygons from boundary", [], |r| r.get(0)).optional()?;
    text.map(|text| area(&text, 0)).transpose()
}

pub(super) fn replace_boundary(db: &Connection, boundary: &Area) -> rusqlite::Result<()> {
    db.execute("insert or replace into boundary (id, polygons) values (1, ?1)", [polygons(boundary)?]).map(drop)
}

pub(super) fn towns(db: &Connection) -> rusqlite::Result<Vec<TownEntry>> {
    let mut query = db.prepare_cached(
        "select lon, lat, prefecture, city, city_code, town, small_area, kana from town order by number",
    )?;
    let rows = query.query_map([], |row| {
        Ok(TownEntry {
            prefecture: row.get(2)?,
            city: row.get(3)?,
            city_code: row.get(4)?,
            town: row.get(5)?,
            small_area: row.get(6)?,
            kana: row.get(7)?,
            position: position(row)?,
        })
    })?;
    rows.collect()
}

pub(super) fn replace_towns(db: &Connection, towns: &[TownEntry]) -> rusqlite::Result<()> {
    db.execute("delete from town", [])?;
    let mut insert = db.prepare_cached(
        "insert into town (prefecture, city, city_code, town, small_area, lon, lat, kana) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for t in towns {
        let (lon, lat) = (t.position.lon(), t.position.lat());
        insert.execute((&t.prefecture, &t.city, &t.city_code, &t.town, &t.small_area, lon, lat, &t.kana))?;
    }
    Ok(())
}

/// The position in the first two columns of a row: longitude, latitude.
fn position(row: &Row<'_>) -> rusqlite::Result<Position> {
    Position::new(row.get(0)?, row.get(1)?).map_err(|e| unreadable(0, e))
}

/// Coordinates of `area` as the JSON of a GeoJSON `MultiPolygon`.
fn polygons(area: &Area) -> rusqlite::Result<String> {
    let ring = |ring: &LineString<f64>| ring.coords().map(|c| [c.x, c.y]).collect();
    let polygon = |p: &Polygon<f64>| std::iter::once(p.exterior()).chain(p.interiors()).map(ring).collect();
    let coordinates: StoredCoordinates = area.polygons().iter().map(polygon).collect();
    serde_json::to_string(&coordinates).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))
}

/// Parses what [`polygons`] has written.
fn area(text: &str, column: usize) -> rusqlite::Result<Area> {
    let coordinates: StoredCoordinates = serde_json::from_str(text).map_err(|e| unreadable(column, e))?;
    let ring = |ring: Vec<[f64; 2]>| ring.into_iter().map(|[x, y]| Coord { x, y }).collect::<LineString<f64>>();
    let polygon = |rings: Vec<Vec<[f64; 2]>>| {
        let mut rings = rings.into_iter().map(ring);
        let exterior = rings.next().unwrap_or_else(|| LineString::new(Vec::new()));
        Polygon::new(exterior, rings.collect())
    };
    Ok(Area::new(MultiPolygon::new(coordinates.into_iter().map(polygon).collect())))
}
