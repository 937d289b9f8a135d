//! Filters as parameters: page addresses apart, every address and command that filters places reads the same ones here.
//!
//! A value that cannot be used is an error that names its parameter and, inside an expression, the position; nothing is ignored.
//! This module does no I/O.

use std::str::FromStr;
use std::sync::LazyLock;

use chrono::NaiveDate;

use super::Filter;
use super::conditions::{MeetingWish, PlaceFact};
use super::crs::CoordinateSystem;
use super::dates::DateInterval;
use super::expression::{ExpressionContext, ExpressionLanguage, FilterExpression, FilterShape};
use super::order::SortKey;
use super::queryables::{FilterSubject, GEOMETRY, Queryable, QueryableType};
use crate::index::snapshot::Snapshot;
use crate::model::{CategoryId, DistrictId};

/// Longest search text `q`, in characters.
pub const MAX_QUERY: usize = 200;

/// Parameters of filters of places that are no queryables.
const OWN_NAMES: [&str; 11] =
    ["bbox", "category", "district", "town", "q", "when", "fact", "datetime", "filter", "filter-lang", "bbox-crs"];

/// Parameters of filters of districts that are no queryables.
const OF_DISTRICTS: [&str; 6] = ["bbox", "datetime", "filter", "filter-lang", "bbox-crs", "filter-crs"];

/// The names of all parameters of filters of places: our own, then the queryables that may be given by name.
pub static FILTER_PARAMETERS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let own = OWN_NAMES.into_iter().chain(["filter-crs"]);
    own.chain(named_queryables(FilterSubject::Place).map(|it| it.name)).collect()
});

/// The same of districts.
pub static DISTRICT_PARAMETERS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    OF_DISTRICTS.into_iter().chain(named_queryables(FilterSubject::District).map(|it| it.name)).collect()
});

/// The queryables that may be given as `name=value`.
pub fn named_queryables(subject: FilterSubject) -> impl Iterator<Item = &'static Queryable> {
    subject.queryables().iter().filter(|it| is_parameter(it))
}

/// Whether a queryable may be given as `name=value`.
fn is_parameter(queryable: &Queryable) -> bool {
    let is_list_of_codes = matches!(queryable.name, "category" | "district" | "town");
    !is_list_of_codes && queryable.value_type() != QueryableType::Geometry
}

/// Why parameters are no filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilterProblem {
    /// A value cannot be used.
    BadValue {
        /// The parameter.
        parameter: &'static str,
        /// Where in an expression, in characters from 1.
        position: Option<usize>,
        /// Why, as a phrase for the client's author.
        reason: String,
    },
    /// A parameter with one value comes twice.
    Repeated {
        /// The parameter.
        parameter: &'static str,
    },
}

impl FilterProblem {
    fn new(parameter: &'static str, reason: impl Into<String>) -> Self {
        Self::BadValue { parameter, position: None, reason: reason.into() }
    }
}

/// Pairs of names and values, in the order given.
#[derive(Debug, Clone, Copy)]
pub struct FilterParameters<'a>(&'a [(&'a str, &'a str)]);

impl<'a> FilterParameters<'a> {
    /// The parameters in `pairs`; what is none of [`FILTER_PARAMETERS`] is left to the caller.
    pub fn new(pairs: &'a [(&'a str, &'a str)]) -> Self {
        Self(pairs)
    }

    /// Reads them as a filter of the places of `snapshot`, asked on `today`.
    ///
    /// # Errors
    ///
    /// At the first value that cannot be used.
    pub fn filter(self, snapshot: &Snapshot, today: NaiveDate) -> Result<Filter, FilterProblem> {
        let text = self.one("q")?.unwrap_or_default();
        if text.chars().count() > MAX_QUERY {
            return Err(FilterProblem::new("q", format!("longer than {MAX_QUERY} characters")));
        }
        let category = |id: &str| known_category(snapshot, id).map_err(|it| FilterProblem::new("category", it));
        let district = |id: &str| known_district(snapshot, id).map_err(|it| FilterProblem::new("district", it));
        let interval = |text| DateInterval::parse(text).map_err(|it| FilterProblem::new("datetime", it));
        let (bbox, bounds) = self.bbox()?;
        Ok(Filter {
            categories: self.list("category").into_iter().map(category).collect::<Result<_, _>>()?,
            districts: self.list("district").into_iter().map(district).collect::<Result<_, _>>()?,
            towns: self.list("town").into_iter().map(str::to_owned).collect(),
            bbox,
            query: text.to_owned(),
            when: self.when()?,
            facts: self.list("fact").into_iter().map(fact).collect::<Result<_, _>>()?,
            dates: self.one("datetime")?.map(interval).transpose()?,
            expression: self.expression(snapshot, FilterSubject::Place, bounds)?,
            today: Some(today),
            ..Filter::default()
        })
    }

    /// Reads them as a condition on the districts of `snapshot`; `None` where there is none. Districts are at all times, so that
    /// `datetime` is only checked.
    ///
    /// # Errors
    ///
    /// At the first value that cannot be used.
    pub fn district_condition(self, snapshot: &Snapshot) -> Result<Option<FilterExpression>, FilterProblem> {
        let interval = |text| DateInterval::parse(text).map_err(|it| FilterProblem::new("datetime", it));
        self.one("datetime")?.map(interval).transpose()?;
        let outline = FilterSubject::District.queryable(GEOMETRY);
        let bounds =
            self.bbox_shape()?.zip(outline).map(|(shape, outline)| FilterExpression::intersects(outline, shape));
        self.expression(snapshot, FilterSubject::District, bounds)
    }

    /// The box: in degrees, or as a condition where only its own system can tell what lies on its edges.
    fn bbox(self) -> Result<(Option<[f64; 4]>, Option<FilterExpression>), FilterProblem> {
        let Some(shape) = self.bbox_shape()? else { return Ok((None, None)) };
        if let Some(sides) = shape.as_box() {
            return Ok((Some(sides), None));
        }
        let point = FilterSubject::Place.queryable(GEOMETRY);
        Ok((None, point.map(|point| FilterExpression::intersects(point, shape))))
    }

    fn bbox_shape(self) -> Result<Option<FilterShape>, FilterProblem> {
        let crs = self.crs("bbox-crs")?;
        let Some(text) = self.one("bbox")? else {
            return match crs {
                Some(_) => Err(FilterProblem::new("bbox-crs", "there is no bbox")),
                None => Ok(None),
            };
        };
        let number = |it: &str| number(it, "a number").map_err(|reason| FilterProblem::new("bbox", reason));
        let numbers: Vec<f64> = text.split(',').map(number).collect::<Result<_, _>>()?;
        let shape = FilterShape::rectangle(&numbers, crs.unwrap_or_default());
        shape.map(Some).map_err(|reason| FilterProblem::new("bbox", reason))
    }

    /// The conditions of `filter` and of every queryable that is given by name, with `bounds`.
    fn expression(
        self,
        snapshot: &Snapshot,
        subject: FilterSubject,
        bounds: Option<FilterExpression>,
    ) -> Result<Option<FilterExpression>, FilterProblem> {
        let mut all: Vec<FilterExpression> = bounds.into_iter().collect();
        for queryable in named_queryables(subject) {
            let Some(value) = self.one(queryable.name)? else { continue };
            let codes = queryable.codes(snapshot).filter(|codes| !codes.iter().any(|code| code == value));
            if let Some(codes) = codes {
                let reason = format!("{:?} is none of {}", shortened(value), codes.join(", "));
                return Err(FilterProblem::new(queryable.name, reason));
            }
            let equals = FilterExpression::equals(queryable, value);
            all.push(equals.map_err(|reason| FilterProblem::new(queryable.name, reason))?);
        }
        all.extend(self.written_expression(subject)?);
        Ok((!all.is_empty()).then(|| FilterExpression::all(all)))
    }

    /// The expression of `filter`, `filter-lang` and `filter-crs`.
    fn written_expression(self, subject: FilterSubject) -> Result<Option<FilterExpression>, FilterProblem> {
        let crs = self.crs("filter-crs")?;
        let language = self.one("filter-lang")?.map(expression_language).transpose()?;
        let Some(text) = self.one("filter")? else {
            let alone = [("filter-crs", crs.is_some()), ("filter-lang", language.is_some())];
            return match alone.into_iter().find(|(_, is_given)| *is_given) {
                Some((parameter, _)) => Err(FilterProblem::new(parameter, "there is no filter")),
                None => Ok(None),
            };
        };
        let context = ExpressionContext { subject, crs: crs.unwrap_or_default() };
        let parsed = FilterExpression::parse(text, language.unwrap_or_default(), context);
        parsed.map(Some).map_err(|error| FilterProblem::BadValue {
            parameter: "filter",
            position: error.position,
            reason: error.reason,
        })
    }

    /// The coordinate reference system that `name` gives.
    fn crs(self, name: &'static str) -> Result<Option<CoordinateSystem>, FilterProblem> {
        let system = |text| CoordinateSystem::from_name(text).map_err(|reason| FilterProblem::new(name, reason));
        self.one(name)?.map(system).transpose()
    }

    /// Codes of days of the week, parts of the day and days to come.
    fn when(self) -> Result<MeetingWish, FilterProblem> {
        let mut wish = MeetingWish::default();
        match self.list("when").into_iter().find(|code| !wish.add(code)) {
            None => Ok(wish),
            Some(unknown) => {
                let reason = format!(
                    "{:?} is none of mon … sun, weekday, weekend, morning, afternoon, evening, today, tomorrow, week",
                    shortened(unknown)
                );
                Err(FilterProblem::new("when", reason))
            }
        }
    }

    /// The value of a parameter that may be given at most once.
    fn one(self, name: &'static str) -> Result<Option<&'a str>, FilterProblem> {
        let mut values = self.values(name);
        let first = values.next();
        if values.next().is_some() { Err(FilterProblem::Repeated { parameter: name }) } else { Ok(first) }
    }

    /// The values of a parameter that may be repeated or hold a comma-separated list.
    fn list(self, name: &'static str) -> Vec<&'a str> {
        self.values(name).flat_map(|value| value.split(',')).map(str::trim).filter(|value| !value.is_empty()).collect()
    }

    fn values(self, name: &'static str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| *known == name).map(|(_, value)| *value)
    }
}

/// The category with this code.
///
/// # Errors
///
/// If there is none, with where they are listed.
fn known_category(snapshot: &Snapshot, id: &str) -> Result<CategoryId, String> {
    let known = snapshot.categories.by_id(&CategoryId(id.to_owned())).map(|it| it.id.clone());
    known.ok_or_else(|| format!("there is no category `{}`; /categories.json lists them", shortened(id)))
}

/// The district with this code.
///
/// # Errors
///
/// If there is none, with where they are listed.
fn known_district(snapshot: &Snapshot, id: &str) -> Result<DistrictId, String> {
    let known = snapshot.districts.by_id(&DistrictId(id.to_owned())).map(|it| it.id.clone());
    known.ok_or_else(|| format!("there is no district `{}`; /districts.geojson lists them", shortened(id)))
}

/// The keys of `sortby` of `subject`, of which commas part several.
///
/// # Errors
///
/// If one of them is no queryable that can be sorted by.
pub fn sort_keys(subject: FilterSubject, text: &str) -> Result<Vec<SortKey>, String> {
    text.split(',').map(|key| SortKey::parse(subject, key)).collect()
}

fn expression_language(text: &str) -> Result<ExpressionLanguage, FilterProblem> {
    let known = ExpressionLanguage::ALL.into_iter().find(|(name, _)| *name == text).map(|(_, language)| language);
    known.ok_or_else(|| {
        let names = ExpressionLanguage::ALL.map(|(name, _)| name).join(", ");
        FilterProblem::new("filter-lang", format!("{:?} is none of {names}", shortened(text)))
    })
}

fn fact(code: &str) -> Result<PlaceFact, FilterProblem> {
    let known = || PlaceFact::all().map(PlaceFact::code).collect::<Vec<_>>().join(", ");
    let reason = || format!("{:?} is none of {}", shortened(code), known());
    PlaceFact::from_code(code).ok_or_else(|| FilterProblem::new("fact", reason()))
}

/// A finite number; `must` says what it should be.
fn number(text: &str, must: &str) -> Result<f64, String> {
    let number = f64::from_str(text.trim()).ok().filter(|number| number.is_finite());
    number.ok_or_else(|| format!("{:?} is not {must}", shortened(text)))
}

/// `value` for a message, cut at 60 characters.
fn shortened(value: &str) -> String {
    let mut short: String = value.chars().take(60).collect();
    if short.len() < value.len() {
        short.push('…');
    }
    short
}
