//! Where an area is: by the user's alias, its grid square, its name in the gazetteer, its own point, or its district.
//!
//! The gazetteer comes before the file's own points, which in published tables are often those of a hall nearby. This module
//! does no I/O.

use std::collections::HashMap;

use super::layout::PopulationFormat;
use super::mesh::mesh_centre;
use super::rows::PopulationRow;
use crate::import::file;
use crate::import::regions::gazetteer::TownNameMatch;
use crate::import::{ImportContext, ListProblem, ProblemKind};
use crate::model::{JoinBasis, PopulationArea, Position};
use crate::text::fold;

/// Metres from its town beyond which a given point is doubtful.
const FAR_FROM_TOWN_M: f64 = 500.0;

/// West, south, east and north of Japan in degrees, where there is no outline of the municipality.
const JAPAN: [f64; 4] = [122.0, 20.0, 154.5, 46.0];

/// The notice of grid squares outside the municipality, which are counted all the same.
pub(super) fn is_outside(
    areas: &[PopulationArea],
    format: PopulationFormat,
    known: ImportContext<'_>,
) -> Option<ListProblem> {
    let boundary = known.boundary.filter(|_| format == PopulationFormat::Mesh)?;
    let is_outside = |area: &&PopulationArea| area.position.is_some_and(|position| !boundary.contains(position));
    let mut outside = areas.iter().filter(is_outside);
    let first = outside.next()?;
    let values = [("value", first.name.as_str()), ("rows", &(outside.count() + 1).to_string())];
    Some(ListProblem::new(first.source.row, None, ProblemKind::AreasOutside, &values))
}

/// Which points are used first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PositionSource {
    /// The gazetteer's.
    #[default]
    Gazetteer,
    /// The file's own.
    File,
}

/// What names of areas stand for, from the user.
#[derive(Debug, Clone, Default)]
pub struct AreaAliases(HashMap<String, AliasTarget>);

/// What an alias leads to.
#[derive(Debug, Clone)]
enum AliasTarget {
    Town(String),
    Point(Position),
}

impl AreaAliases {
    /// Reads a table with the columns `name` and `joins_to`, a name of the gazetteer, or `lon` and `lat`.
    ///
    /// # Errors
    ///
    /// If the bytes are no such table, with the row that cannot be used.
    pub fn read(bytes: &[u8], known: ImportContext<'_>) -> Result<Self, ListProblem> {
        let contents = file::open(bytes, known.columns, &known.city.limits).map_err(|refusal| refusal.problem)?;
        let rows = contents.sheets.into_iter().next().map(|sheet| sheet.rows).unwrap_or_default();
        let not_a_table = || ListProblem::new(0, None, ProblemKind::NotATable, &[]);
        let (heading, rows) = rows.split_first().ok_or_else(not_a_table)?;
        let column = |name: &str| heading.cells.iter().find(|(_, text)| fold(text) == name).map(|(column, _)| *column);
        let name = column("name").ok_or_else(not_a_table)?;
        let [town, lon, lat] = [column(&fold("joins_to")), column("lon"), column("lat")];
        let mut aliases = HashMap::new();
        for row in rows.iter().filter(|row| !row.cell(name).trim().is_empty()) {
            let text = |column: Option<u32>| column.map_or("", |column| row.cell(column)).trim();
            let point = || Position::new(text(lon).parse().ok()?, text(lat).parse().ok()?).ok();
            let target = match text(town) {
                "" => point().map(AliasTarget::Point),
                town => Some(AliasTarget::Town(town.to_owned())),
            };
            let unusable =
                || ListProblem::new(row.number, None, ProblemKind::UnknownName, &[("value", row.cell(name))]);
            aliases.insert(fold(row.cell(name)), target.ok_or_else(unusable)?);
        }
        Ok(Self(aliases))
    }
}

/// Where an area was found, and what to report.
#[derive(Debug, Default)]
pub(super) struct AreaLocation {
    pub(super) found: Option<(Position, JoinBasis)>,
    pub(super) problem: Option<ListProblem>,
}

/// Finds the points of areas.
pub(super) struct AreaLocator<'a> {
    pub(super) known: ImportContext<'a>,
    pub(super) aliases: &'a AreaAliases,
    pub(super) first: PositionSource,
    pub(super) format: PopulationFormat,
}

impl AreaLocator<'_> {
    /// The first of the ways that gives a point.
    pub(super) fn locate(&self, row: &PopulationRow) -> AreaLocation {
        let town = self.town(&row.name);
        let at_town = || match town {
            TownNameMatch::Found(position) => Some(position),
            TownNameMatch::Ambiguous | TownNameMatch::Unknown => None,
        };
        let given = row.given.filter(|position| self.is_plausible(*position));
        let ways: [(JoinBasis, &dyn Fn() -> Option<Position>); 5] = [
            (JoinBasis::Alias, &|| self.alias(&row.name)),
            (JoinBasis::Mesh, &|| self.mesh(row)),
            (JoinBasis::Name, &at_town),
            (JoinBasis::Given, &|| given),
            (JoinBasis::District, &|| self.district(row)),
        ];
        let mut order: Vec<usize> = vec![0, 1, 2, 3, 4];
        if self.first == PositionSource::File {
            order.swap(2, 3);
        }
        if self.format == PopulationFormat::District {
            // In front of the name, wherever that stands.
            order.retain(|way| *way != 4);
            let name = order.iter().position(|way| *way == 2).unwrap_or(0);
            order.insert(name, 4);
        }
        let found = order.into_iter().find_map(|way| Some((ways[way].1()?, ways[way].0)));
        AreaLocation { problem: problem(row, found.is_some(), town), found }
    }

    fn town(&self, name: &str) -> TownNameMatch {
        if self.format == PopulationFormat::Mesh {
            return TownNameMatch::Unknown;
        }
        self.known.gazetteer.map_or(TownNameMatch::Unknown, |gazetteer| gazetteer.town_named(name))
    }

    fn alias(&self, name: &str) -> Option<Position> {
        match self.aliases.0.get(&fold(name))? {
            AliasTarget::Point(position) => Some(*position),
            AliasTarget::Town(town) => match self.known.gazetteer?.town_named(town) {
                TownNameMatch::Found(position) => Some(position),
                TownNameMatch::Ambiguous | TownNameMatch::Unknown => None,
            },
        }
    }

    fn mesh(&self, row: &PopulationRow) -> Option<Position> {
        mesh_centre(row.code.as_deref()?).filter(|_| self.format == PopulationFormat::Mesh)
    }

    fn district(&self, row: &PopulationRow) -> Option<Position> {
        let named = |text: &str| self.known.districts.named(text).and_then(|district| district.centre);
        named(&row.name).or_else(|| named(row.code.as_deref()?))
    }

    /// Whether a given point lies in the municipality, or in Japan where there is no outline.
    fn is_plausible(&self, position: Position) -> bool {
        let [west, south, east, north] = JAPAN;
        let in_japan = (west..=east).contains(&position.lon()) && (south..=north).contains(&position.lat());
        self.known.boundary.map_or(in_japan, |boundary| boundary.contains(position))
    }
}

/// What to report of an area that was not found, or whose own point contradicts its town.
fn problem(row: &PopulationRow, is_found: bool, town: TownNameMatch) -> Option<ListProblem> {
    let of = |kind, values: &[(&'static str, &str)]| Some(ListProblem::new(row.row, None, kind, values));
    let name = ("value", row.name.as_str());
    match (town, row.given) {
        (TownNameMatch::Found(position), Some(given)) if position.distance_to(given).0 > FAR_FROM_TOWN_M => {
            let metres = format!("{:.0}", position.distance_to(given).0);
            of(ProblemKind::GivenFarFromTown, &[name, ("metres", &metres)])
        }
        (TownNameMatch::Ambiguous, _) if !is_found => of(ProblemKind::AmbiguousName, &[name]),
        (TownNameMatch::Unknown, _) if !is_found => of(ProblemKind::UnknownName, &[name]),
        _ => None,
    }
}
