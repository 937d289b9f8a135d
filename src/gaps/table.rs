//! The table of districts and categories: what is there, how far it is, and whose needs it does not meet. This module does no
//! I/O.

use serde::Serialize;

use super::answer::{AnswerHead, GapMethod, PopulationUsed, SupplyUsed};
use super::calendar::MeetingDays;
use super::options::{GapOptionError, positive};
use super::points::{PointSet, number};
use super::selection::GapSelection;
use crate::model::{CategoryId, DistrictId, ExactNumber};

/// What a gap is: fewer than `monthly` days a month within `reach_m`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TableOptions {
    /// How far a place may be, in metres; the edge included.
    pub reach_m: f64,
    /// How many days a month something should take place.
    pub monthly: f64,
}

/// The answer of `gaps table`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TableAnswer {
    /// How it was computed.
    pub method: GapMethod,
    /// The people.
    pub population: PopulationUsed,
    /// The places.
    pub places: SupplyUsed,
    /// What a gap is.
    pub targets: TableTargets,
    /// Every district, then in no district, by every category.
    pub cells: Vec<TableCell>,
}

/// What a gap is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct TableTargets {
    /// How far a place may be, in metres.
    pub reach_m: ExactNumber,
    /// How many days a month something should take place.
    pub monthly: ExactNumber,
}

/// One district and category.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TableCell {
    /// Its code; `None` is in no district: neighbours.
    pub district: Option<DistrictId>,
    /// Its code.
    pub category: CategoryId,
    /// Places that take place, with a point or not, however people meet.
    pub places: usize,
    /// Of a thousand people of the district; `None` if there are none.
    pub per_1000: Option<ExactNumber>,
    /// Sum of the known days a month.
    pub monthly: ExactNumber,
    /// Places whose days are not known.
    pub monthly_unknown: usize,
    /// Whether new people are welcome.
    pub accepting: AnswerCounts,
    /// Whether there are no steps.
    pub step_free: AnswerCounts,
    /// Metres from the district's people to the nearest place anywhere.
    pub nearest_m: NearestMetres,
    /// People whose needs are not met.
    pub gap: GapPeople,
}

/// Places by what is known of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct AnswerCounts {
    /// Known to be.
    pub yes: usize,
    /// Known not to be.
    pub no: usize,
    /// Not known.
    pub unknown: usize,
}

/// Metres to the nearest place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct NearestMetres {
    /// Mean by people; `None` without place or people.
    pub mean: Option<ExactNumber>,
    /// The most of all areas with people.
    pub max: Option<ExactNumber>,
}

/// People in areas with too few days within reach.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct GapPeople {
    /// Where no place within reach has unknown days.
    pub certain: ExactNumber,
    /// All of them: unknown is not no.
    pub possible: ExactNumber,
}

impl AnswerCounts {
    fn add(&mut self, answer: Option<bool>) {
        match answer {
            Some(true) => self.yes += 1,
            Some(false) => self.no += 1,
            None => self.unknown += 1,
        }
    }
}

/// Sums over the areas of one cell.
#[derive(Debug, Clone, Copy, Default)]
struct CellSums {
    people: f64,
    people_metres: f64,
    max_metres: Option<f64>,
    certain: f64,
    possible: f64,
}

impl GapSelection<'_> {
    /// The table of districts and categories.
    ///
    /// # Errors
    ///
    /// If the reach or the days are no positive number.
    pub fn table(&self, options: &TableOptions) -> Result<TableAnswer, GapOptionError> {
        positive("--reach", options.reach_m)?;
        positive("--monthly", options.monthly)?;
        let days = self.calendar();
        let mut cells = self.supply_cells(&days);
        let categories = self.data.snapshot.categories.all().len();
        for category in 0..categories {
            let sums = self.sums(category, options, &days);
            for (district, sums) in sums.iter().enumerate() {
                sums.write_to(&mut cells[district * categories + category]);
            }
        }
        let AnswerHead { method, population, places } = self.head();
        let targets = TableTargets { reach_m: ExactNumber(options.reach_m), monthly: ExactNumber(options.monthly) };
        Ok(TableAnswer { method, population, places, targets, cells })
    }

    /// Active places of the filters by district, in the order of the districts; those in none last.
    pub fn places_by_district(&self) -> Vec<usize> {
        let districts = self.data.units.all().len();
        let mut places = vec![0; districts + 1];
        self.active().for_each(|place| places[self.prepared(place).district.unwrap_or(districts)] += 1);
        places
    }

    /// All cells with what is there, without what the areas say.
    fn supply_cells(&self, days: &[MeetingDays]) -> Vec<TableCell> {
        let snapshot = &self.data.snapshot;
        let (districts, categories) = (self.data.units.all(), snapshot.categories.all());
        let ids = districts.iter().map(|district| Some(district.id.clone())).chain([None]);
        let mut cells: Vec<TableCell> = ids
            .flat_map(|district| categories.iter().map(move |category| empty_cell(district.clone(), &category.id)))
            .collect();
        for place in self.active() {
            let prepared = self.prepared(place);
            let Some(category) = prepared.category else { continue };
            let cell = &mut cells[prepared.district.unwrap_or(districts.len()) * categories.len() + category];
            cell.places += 1;
            match days[place].monthly {
                Some(days) => cell.monthly.0 += days,
                None => cell.monthly_unknown += 1,
            }
            cell.accepting.add(prepared.accepting);
            cell.step_free.add(prepared.step_free);
        }
        let mut people = vec![0.0; districts.len() + 1];
        for (area, count) in self.data.areas.iter().zip(&self.people) {
            people[area.district.unwrap_or(districts.len())] += count.unwrap_or(0.0);
        }
        for (at, cell) in cells.iter_mut().enumerate() {
            let people = people[at / categories.len().max(1)];
            #[expect(clippy::cast_precision_loss, reason = "places are fewer than 2^52")]
            let per_1000 = cell.places as f64 * 1000.0 / people;
            cell.per_1000 = (people > 0.0).then_some(ExactNumber(per_1000));
        }
        cells
    }

    /// What the areas of each district, and those in none, say of one category.
    fn sums(&self, category: usize, options: &TableOptions, days: &[MeetingDays]) -> Vec<CellSums> {
        let of_category: Vec<usize> = (0..self.counted.len())
            .filter(|at| self.prepared(self.counted[*at].place).category == Some(category))
            .collect();
        let points = PointSet::new(of_category.iter().map(|at| (number(*at), self.counted[*at].position)));
        let districts = self.data.units.all().len();
        let mut sums = vec![CellSums::default(); districts + 1];
        for &area in &self.demand {
            let people = self.people_of(area);
            let sum = &mut sums[self.data.areas[area].district.unwrap_or(districts)];
            sum.people += people;
            if let Some(metres) = self.nearest_of(area, &points) {
                sum.people_metres += people * metres;
                if people > 0.0 {
                    sum.max_metres = Some(sum.max_metres.map_or(metres, |max| max.max(metres)));
                }
            }
            let (known, has_unknown) = self.days_within(area, &points, options.reach_m, days);
            if known < options.monthly {
                sum.possible += people;
                sum.certain += if has_unknown { 0.0 } else { people };
            }
        }
        sums
    }

    fn nearest_of(&self, area: usize, points: &PointSet) -> Option<f64> {
        let (position, vector) = self.point_of(area);
        let nearest = points.nearest(vector).into_iter();
        nearest.map(|at| self.metres(position, self.counted[at as usize].position)).min_by(f64::total_cmp)
    }

    /// The known days a month within reach of an area, and whether some are not known.
    fn days_within(&self, area: usize, points: &PointSet, reach_m: f64, days: &[MeetingDays]) -> (f64, bool) {
        let (position, vector) = self.point_of(area);
        let mut within: Vec<u32> = Vec::new();
        points.within(vector, reach_m / self.options.detour, |at| {
            if self.metres(position, self.counted[at as usize].position) <= reach_m {
                within.push(at);
            }
        });
        // In the order of the places, so that sums are the same to the last bit however the tree is built.
        within.sort_unstable();
        let monthly = within.iter().map(|at| days[self.counted[*at as usize].place].monthly);
        let has_unknown = monthly.clone().any(|days| days.is_none());
        (monthly.flatten().sum(), has_unknown)
    }
}

impl CellSums {
    fn write_to(&self, cell: &mut TableCell) {
        let has_place = self.max_metres.is_some();
        let mean = (has_place && self.people > 0.0).then(|| ExactNumber(self.people_metres / self.people));
        cell.nearest_m = NearestMetres { mean, max: self.max_metres.map(ExactNumber) };
        cell.gap = GapPeople { certain: ExactNumber(self.certain), possible: ExactNumber(self.possible) };
    }
}

fn empty_cell(district: Option<DistrictId>, category: &CategoryId) -> TableCell {
    TableCell {
        district,
        category: category.clone(),
        places: 0,
        per_1000: None,
        monthly: ExactNumber(0.0),
        monthly_unknown: 0,
        accepting: AnswerCounts::default(),
        step_free: AnswerCounts::default(),
        nearest_m: NearestMetres::default(),
        gap: GapPeople::default(),
    }
}
