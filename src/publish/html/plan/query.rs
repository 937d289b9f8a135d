//! The state of the planners' page in its URL query, so that every state is a link. This module does no I/O.

use chrono::{NaiveDate, Weekday};

use crate::gaps::siting::SitingModel;
use crate::gaps::{GapOptions, PartOfDay};
use crate::index::Snapshot;
use crate::index::filter::conditions::WEEKDAYS;
use crate::model::{Audience, CategoryId, Language};
use crate::publish::html::query_value;

/// The reaches that the page offers besides the municipality's own, in metres.
pub const REACHES_M: [f64; 3] = [500.0, 1000.0, 2000.0];

/// The longest reach that a link may name, in metres.
const LONGEST_M: f64 = 100_000.0;

/// The most sites that a link may name.
const MOST_SITES: usize = 5;

/// What the circles of the map show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PlanMapLayer {
    /// People without a place within reach.
    #[default]
    NotReached,
    /// Supply per person (E2SFCA).
    Accessibility,
}

/// Where new places may be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PlanCandidates {
    /// At the points of the small areas.
    #[default]
    Areas,
    /// At places that are there.
    Places,
}

/// The state of the planners' page.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanQuery {
    /// The language of the page.
    pub lang: Language,
    /// Filters and definitions.
    pub options: GapOptions,
    /// How far is far, in metres.
    pub reach_m: f64,
    /// What the circles of the map show.
    pub layer: PlanMapLayer,
    /// The category by which the table is sorted.
    pub sort: Option<CategoryId>,
    /// Whether the table has a row for every town, where there are no districts; else for those with most people in need.
    pub every_town: bool,
    /// How many new places are sought; 0 is none.
    pub sites: usize,
    /// What the best sites are.
    pub model: SitingModel,
    /// Where new places may be.
    pub candidates: PlanCandidates,
    /// The day that is compared with; the first of which numbers are kept if not given.
    pub since: Option<NaiveDate>,
    /// Whose view of the places, on the internal address where another one was chosen; the request decides which there are.
    pub audience: Option<Audience>,
    /// Parts of the query that mean nothing here: `name=value`.
    pub unused: Vec<String>,
}

impl PlanQuery {
    /// Reads the pairs of a query. What means nothing is left out and told on the page, because a page never rejects a URL.
    pub fn parse(pairs: &[(String, String)], snapshot: &Snapshot, today: NaiveDate) -> Self {
        let targets = &snapshot.city.gaps;
        let mut query = Self {
            lang: Language::Ja,
            options: GapOptions::new(targets, today),
            reach_m: targets.reach_m,
            layer: PlanMapLayer::default(),
            sort: None,
            every_town: false,
            sites: 0,
            model: SitingModel::default(),
            candidates: PlanCandidates::default(),
            since: None,
            audience: None,
            unused: Vec::new(),
        };
        for (name, value) in pairs {
            if !value.is_empty() && query.read(name, value, snapshot).is_none() {
                query.unused.push(format!("{name}={}", value.chars().take(40).collect::<String>()));
            }
        }
        query
    }

    /// Applies one pair; `None` where it means nothing.
    fn read(&mut self, name: &str, value: &str, snapshot: &Snapshot) -> Option<()> {
        let category = || {
            let id = CategoryId(value.to_owned());
            snapshot.categories.by_id(&id).map(|it| it.id.clone())
        };
        let is_yes = || (value == "1").then_some(true);
        match name {
            "lang" => self.lang = [Language::Ja, Language::En].into_iter().find(|lang| lang.code() == value)?,
            "age" => self.options.age = known_age(snapshot, value.parse().ok()?)?,
            "reach" => self.reach_m = value.parse().ok().filter(|m| *m > 0.0 && *m <= LONGEST_M)?,
            "category" => push_new(&mut self.options.categories, category()?),
            "list" => push_new(&mut self.options.lists, lists(snapshot).find(|list| *list == value)?.to_owned()),
            "day" => {
                let day = WEEKDAYS.iter().find(|(code, _)| *code == value)?.1;
                push_new(&mut self.options.days, day);
                self.options.days.sort_by_key(Weekday::num_days_from_monday);
            }
            "time" => {
                push_new(&mut self.options.times, PartOfDay::from_code(value)?);
                self.options.times.sort_unstable();
            }
            "step_free" => self.options.step_free = is_yes()?,
            "accepting" => self.options.accepting = is_yes()?,
            "exact_only" => self.options.exact_only = is_yes()?,
            "inside_only" => self.options.inside_only = is_yes()?,
            "map" => self.layer = PlanMapLayer::from_code(value)?,
            "sort" => self.sort = Some(category()?),
            "towns" => self.every_town = (value == "all").then_some(true)?,
            "p" => self.sites = value.parse().ok().filter(|p| *p <= MOST_SITES)?,
            "model" => self.model = model_of(value)?,
            "since" => self.since = Some(value.parse().ok()?),
            "at" => self.candidates = PlanCandidates::from_code(value)?,
            _ => return None,
        }
        Some(())
    }

    /// The URL of `path` in this state.
    pub fn url(&self, path: &str, snapshot: &Snapshot) -> String {
        let pairs = self.pairs(snapshot);
        let query: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", query_value(value))).collect();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
    }

    /// The state as the pairs of a query; what is as it is without a query is left out.
    pub fn pairs(&self, snapshot: &Snapshot) -> Vec<(&'static str, String)> {
        let plain = Self::parse(&[], snapshot, self.options.from);
        let mut pairs: Vec<(&'static str, String)> = Vec::new();
        let mut push = |name, value: String, is_plain: bool| {
            if !is_plain {
                pairs.push((name, value));
            }
        };
        push("lang", self.lang.code().to_owned(), self.lang == plain.lang);
        push("age", self.options.age.to_string(), self.options.age == plain.options.age);
        push("reach", self.reach_m.to_string(), self.reach_m.total_cmp(&plain.reach_m).is_eq());
        self.options.categories.iter().for_each(|id| push("category", id.0.clone(), false));
        self.options.lists.iter().for_each(|list| push("list", list.clone(), false));
        let days = WEEKDAYS.iter().filter(|(_, day)| self.options.days.contains(day));
        days.for_each(|(code, _)| push("day", (*code).to_owned(), false));
        self.options.times.iter().for_each(|part| push("time", part.code().to_owned(), false));
        push("step_free", "1".to_owned(), !self.options.step_free);
        push("accepting", "1".to_owned(), !self.options.accepting);
        push("exact_only", "1".to_owned(), !self.options.exact_only);
        push("inside_only", "1".to_owned(), !self.options.inside_only);
        push("map", self.layer.code().to_owned(), self.layer == plain.layer);
        self.sort.iter().for_each(|id| push("sort", id.0.clone(), false));
        push("towns", "all".to_owned(), !self.every_town);
        push("p", self.sites.to_string(), self.sites == plain.sites);
        push("model", model_code(self.model).to_owned(), self.model == plain.model);
        push("at", self.candidates.code().to_owned(), self.candidates == plain.candidates);
        self.since.iter().for_each(|day| push("since", day.to_string(), false));
        self.audience.iter().for_each(|audience| push("audience", audience.code().to_owned(), false));
        pairs
    }

    /// The reaches of the page in metres, ascending: those it offers, and the chosen one.
    pub fn reaches_m(&self) -> Vec<f64> {
        let mut reaches = REACHES_M.to_vec();
        reaches.push(self.reach_m);
        reaches.sort_by(f64::total_cmp);
        reaches.dedup();
        reaches
    }
}

impl PlanMapLayer {
    /// Both, in the order of the page.
    pub const ALL: [Self; 2] = [Self::NotReached, Self::Accessibility];

    /// The value in a query, and the end of its message key.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotReached => "reach",
            Self::Accessibility => "access",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layer| layer.code() == code)
    }
}

impl PlanCandidates {
    /// Both, in the order of the page.
    pub const ALL: [Self; 2] = [Self::Areas, Self::Places];

    /// The value in a query, and the end of its message key.
    pub fn code(self) -> &'static str {
        match self {
            Self::Areas => "areas",
            Self::Places => "places",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// The value of a model in a query, and the end of its message key.
pub fn model_code(model: SitingModel) -> &'static str {
    match model {
        SitingModel::Mclp => "mclp",
        SitingModel::PMedian => "p-median",
    }
}

fn model_of(code: &str) -> Option<SitingModel> {
    [SitingModel::Mclp, SitingModel::PMedian].into_iter().find(|model| model_code(*model) == code)
}

/// The lists of the snapshot that the audience may know, sorted.
pub fn lists(snapshot: &Snapshot) -> impl Iterator<Item = &str> {
    let known = snapshot.places.iter().filter(|it| !it.private).map(|it| it.place.source.list.as_str());
    let mut lists: Vec<&str> = known.filter(|list| !list.is_empty()).collect();
    lists.sort_unstable();
    lists.dedup();
    lists.into_iter()
}

/// The age, if the population has it.
fn known_age(snapshot: &Snapshot, age: u32) -> Option<u32> {
    snapshot.population.as_ref().is_some_and(|population| population.ages().contains(&age)).then_some(age)
}

fn push_new<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::SnapshotInput;
    use crate::model::{Audience, Category, CategoryTable};

    fn snapshot() -> Snapshot {
        let category = |id: &str| Category { id: CategoryId(id.to_owned()), ..Category::default() };
        let input = SnapshotInput {
            categories: CategoryTable::new(vec![category("salon"), category("gym")]),
            ..SnapshotInput::default()
        };
        Snapshot::build(&input, Audience::Public)
    }

    fn parse(text: &str) -> PlanQuery {
        let pairs: Vec<(String, String)> = text
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        PlanQuery::parse(&pairs, &snapshot(), NaiveDate::from_ymd_opt(2026, 12, 1).unwrap())
    }

    #[test]
    fn a_state_is_written_as_it_was_read() {
        for query in [
            "",
            "lang=en&reach=500&category=salon&day=sat&day=sun&time=morning&time=evening&step_free=1",
            "accepting=1&exact_only=1&inside_only=1&map=access&sort=gym&towns=all&p=3&model=p-median&at=places&since=2026-04-01",
        ] {
            let state = parse(query);
            let expected = if query.is_empty() { "/plan".to_owned() } else { format!("/plan?{query}") };
            assert_eq!(state.url("/plan", &snapshot()), expected);
            assert_eq!(state.unused, Vec::<String>::new());
        }
    }

    #[test]
    fn what_means_nothing_is_told_and_changes_nothing() {
        let state = parse(
            "age=66&reach=-1&reach=1e99&reach=nan&category=x&list=y&day=noday&p=99&model=z&map=q&since=x&audience=staff&foo=bar",
        );
        assert_eq!(state.unused.len(), 13);
        assert_eq!(PlanQuery { unused: Vec::new(), ..state }, parse(""));
    }

    #[test]
    fn the_chosen_reach_is_among_those_shown() {
        assert_eq!(parse("reach=750").reaches_m(), [500.0, 750.0, 1000.0, 2000.0]);
        assert_eq!(parse("").reaches_m(), REACHES_M);
    }
}
