//! Address parsing, from the prefecture to the 小字. This module does no I/O.

use std::sync::LazyLock;

use super::key::{KeyChars, key_of};
use super::town::TownPlace;
use super::{CityTowns, Gazetteer, LocatedAddress, TownLookup};
use crate::model::{Location, Precision, Town};

const PREFECTURES: [&str; 47] = [
    "北海道",
    "青森県",
    "岩手県",
    "宮城県",
    "秋田県",
    "山形県",
    "福島県",
    "茨城県",
    "栃木県",
    "群馬県",
    "埼玉県",
    "千葉県",
    "東京都",
    "神奈川県",
    "新潟県",
    "富山県",
    "石川県",
    "福井県",
    "山梨県",
    "長野県",
    "岐阜県",
    "静岡県",
    "愛知県",
    "三重県",
    "滋賀県",
    "京都府",
    "大阪府",
    "兵庫県",
    "奈良県",
    "和歌山県",
    "鳥取県",
    "島根県",
    "岡山県",
    "広島県",
    "山口県",
    "徳島県",
    "香川県",
    "愛媛県",
    "高知県",
    "福岡県",
    "佐賀県",
    "長崎県",
    "熊本県",
    "大分県",
    "宮崎県",
    "鹿児島県",
    "沖縄県",
];

static PREFECTURE_KEYS: LazyLock<Vec<String>> = LazyLock::new(|| PREFECTURES.map(key_of).to_vec());

/// Keys that may follow the name of a 大字.
const BEHIND_A_TOWN: &[&str] = &["字", "大字", "小字", "地先", "地内", "無番地", "付近", "(", "[", "【", "〔"];

/// Characters that count plots in some prefectures: 甲123.
const PLOT_CHARS: &str = "甲乙丙丁戊己庚辛壬癸いろはにほへとちりぬるをわ";

/// Characters of the name of a 郡 or ward at most.
const COUNTY_CHARS: usize = 5;

/// An address and the gazetteer that it is matched against.
pub(super) struct ParsedAddress<'a> {
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) chars: &'a KeyChars,
}

/// The municipality that an address names, and where its 大字 begins.
enum NamedTown {
    City(usize, usize),
    Nothing(usize),
    Other,
}

impl ParsedAddress<'_> {
    pub(super) fn look_up(&self) -> TownLookup {
        let cities = &self.gazetteer.cities;
        let Some(own) = cities.first() else { return TownLookup::Unknown };
        let (prefecture, at) = self.prefecture();
        match self.city(prefecture.as_deref(), at) {
            NamedTown::City(0, behind) => match self.within_own(behind, true) {
                // 養父市場 is a 大字 of 養父市.
                TownLookup::Unknown => self.within_own(at, false),
                found => found,
            },
            NamedTown::City(other, at) => {
                let found = self.within(&cities[other], at, true);
                // 香美町 may be a neighbour or the beginning of one of our own 大字.
                let is_ours_too = prefecture.is_none() && self.within(own, 0, false) != TownLookup::Unknown;
                if is_ours_too { TownLookup::Ambiguous } else { found }
            }
            NamedTown::Nothing(at) => self.within_own(at, false),
            NamedTown::Other => TownLookup::Unknown,
        }
    }

    fn prefecture(&self) -> (Option<String>, usize) {
        let found = PREFECTURE_KEYS.iter().find(|key| self.chars.text.starts_with(key.as_str()));
        found.map_or((None, 0), |key| (Some(key.clone()), key.chars().count()))
    }

    fn city(&self, prefecture: Option<&str>, at: usize) -> NamedTown {
        if let Some((numbers, end)) = self.longest_city(at) {
            return self.chosen(&numbers, prefecture, end);
        }
        let own_prefecture = self.gazetteer.cities[0].prefecture.as_deref();
        if prefecture.is_some() && prefecture != own_prefecture {
            return NamedTown::Other;
        }
        let Some((county, behind)) = self.until('郡', at) else { return NamedTown::Nothing(at) };
        match self.longest_city(behind) {
            Some((numbers, end)) if numbers.contains(&0) => NamedTown::City(0, end),
            Some(_) => NamedTown::Other,
            // 養父郡大屋町加保, from before the merger into 養父市.
            None if county == self.gazetteer.own_stem => NamedTown::Nothing(behind),
            None => NamedTown::Nothing(at),
        }
    }

    /// The municipalities with the longest name that begins at `at`, and its end.
    fn longest_city(&self, at: usize) -> Option<(Vec<usize>, usize)> {
        let ends = (at + 1..=self.chars.len().min(at + 14)).rev();
        ends.into_iter().find_map(|end| {
            let numbers = self.gazetteer.city_names.get(self.chars.slice(at, end))?;
            Some((numbers.clone(), end))
        })
    }

    fn chosen(&self, numbers: &[usize], prefecture: Option<&str>, end: usize) -> NamedTown {
        let fits = |&&n: &&usize| {
            let known = self.gazetteer.cities[n].prefecture.as_deref();
            prefecture.is_none() || known.is_none() || known == prefecture
        };
        let fitting: Vec<usize> = numbers.iter().filter(fits).copied().collect();
        match fitting[..] {
            [one] => NamedTown::City(one, end),
            [] => NamedTown::Other,
            _ if fitting.contains(&0) => NamedTown::City(0, end),
            _ => NamedTown::Other,
        }
    }

    /// The characters before the first `sign` soon after `at`, and where the rest begins.
    fn until(&self, sign: char, at: usize) -> Option<(&str, usize)> {
        let place = self.chars.rest(at).chars().take(COUNTY_CHARS + 1).position(|c| c == sign).filter(|&n| n > 0)?;
        Some((self.chars.slice(at, at + place), at + place + 1))
    }

    fn within_own(&self, at: usize, city_named: bool) -> TownLookup {
        let own = &self.gazetteer.cities[0];
        let found = self.within(own, at, city_named);
        if found != TownLookup::Unknown {
            return found;
        }
        let rest = self.chars.rest(at);
        let former = self.gazetteer.former_towns.iter().find(|town| rest.starts_with(town.as_str()));
        if let Some(town) = former {
            return self.within(own, at + town.chars().count(), true);
        }
        match self.until('区', at).filter(|_| self.gazetteer.unnamed_wards && city_named) {
            Some((_, behind)) => self.within(own, behind, true),
            None => TownLookup::Unknown,
        }
    }

    /// The 大字 of `city` at `at`: the longest name that ends at a valid boundary.
    fn within(&self, city: &CityTowns, at: usize, city_named: bool) -> TownLookup {
        let found = self.town_at(city, at, city_named);
        let behind_prefix = ["大字", "字"].iter().find(|p| self.chars.rest(at).starts_with(*p));
        match behind_prefix {
            Some(prefix) if found == TownLookup::Unknown => self.town_at(city, at + prefix.chars().count(), city_named),
            _ => found,
        }
    }

    fn town_at(&self, city: &CityTowns, at: usize, city_named: bool) -> TownLookup {
        for end in (at + 1..=self.chars.len().min(at + city.longest)).rev() {
            let key = self.chars.slice(at, end);
            let (full, short) = (city.full.get(key), city.short.get(key));
            // 「三谷」 alone may be 三谷 or 八鹿町三谷; after the name of the city it is 三谷.
            let places = match (full, short) {
                (Some(full), Some(short)) if !city_named => [&full[..], &short[..]].concat(),
                (Some(full), _) => full.clone(),
                (None, Some(short)) => short.clone(),
                (None, None) => continue,
            };
            if let Some(found) = self.one_of(&places, end) {
                return found;
            }
        }
        TownLookup::Unknown
    }

    /// The place whose name ends at `end`; `None` if no name ends there.
    fn one_of(&self, places: &[usize], end: usize) -> Option<TownLookup> {
        let mut found = places.iter().filter_map(|&i| self.sited(&self.gazetteer.places[i], end)).peekable();
        let first = found.next()?;
        Some(if places.len() > 1 { TownLookup::Ambiguous } else { first })
    }

    /// Geocodes an address whose 大字 is `place` and ends at `end`; `None` if it cannot end there.
    fn sited(&self, place: &TownPlace, end: usize) -> Option<TownLookup> {
        let detail = self.detail(place, end)?;
        if !place.is_single {
            return Some(TownLookup::Ambiguous);
        }
        let site = match detail {
            AddressDetail::At(position) => Some(Location { position, precision: Precision::Block }),
            AddressDetail::None => {
                place.is_compact.then_some(Location { position: place.centre, precision: Precision::Town })
            }
        };
        let town = Town { name: place.name.clone(), centre: place.centre };
        Some(site.map_or(TownLookup::Ambiguous, |site| TownLookup::Found(LocatedAddress { site, town })))
    }

    /// The part of the address within the 大字 that ends at `end`; `None` if it cannot end there.
    fn detail(&self, place: &TownPlace, end: usize) -> Option<AddressDetail> {
        let rest = self.chars.rest(end);
        let ends_in_digit = self.chars.slice(end - 1, end).ends_with(|c: char| c.is_ascii_digit());
        if ends_in_digit && starts_with_digit(rest) && !self.chars.gap_before(end) {
            return None;
        }
        if let Some(position) = self.small_area(place, end) {
            return Some(AddressDetail::At(position));
        }
        let number = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let behind = number;
        let number: Option<u32> = rest[..rest.len() - behind.len()].parse().ok();
        let chome = number.and_then(|n| place.chomes.iter().find(|(chome, _)| *chome == n)).map(|(_, at)| *at);
        if number.is_some() && behind.starts_with("丁目") {
            // A 丁目 that the gazetteer lacks is new if there are others, and another place if there are none.
            return chome.map(AddressDetail::At).or((!place.chomes.is_empty()).then_some(AddressDetail::None));
        }
        let is_chome = behind.strip_prefix(['-', 'の']).is_some_and(starts_with_digit);
        if let Some(at) = chome.filter(|_| is_chome && !place.is_listed) {
            return Some(AddressDetail::At(at));
        }
        (self.chars.gap_before(end) || may_follow(rest)).then_some(AddressDetail::None)
    }

    /// The longest 小字 at `end` whose name ends at a valid boundary.
    fn small_area(&self, place: &TownPlace, end: usize) -> Option<crate::model::Position> {
        let rest = self.chars.rest(end);
        let skipped = ["大字", "小字", "字"].iter().find(|p| rest.starts_with(*p)).map_or(0, |p| p.chars().count());
        [end + skipped, end].into_iter().find_map(|from| {
            let to = self.chars.len().min(from + place.longest_small);
            (from + 1..=to).rev().find_map(|to| {
                let position = place.small.get(self.chars.slice(from, to))?;
                (self.chars.gap_before(to) || may_follow(self.chars.rest(to))).then_some(*position)
            })
        })
    }
}

/// The part of an address within a 大字.
enum AddressDetail {
    At(crate::model::Position),
    None,
}

fn starts_with_digit(rest: &str) -> bool {
    rest.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a name can end before `rest`: end of text, a number, 字, a bracket.
fn may_follow(rest: &str) -> bool {
    let mut following = rest.chars();
    match following.next() {
        None => true,
        Some(first) if first.is_ascii_digit() || first == '-' => true,
        Some(first)
            if (PLOT_CHARS.contains(first) || first == 'の')
                && following.next().is_some_and(|c| c.is_ascii_digit() || c == '-') =>
        {
            true
        }
        Some(_) => BEHIND_A_TOWN.iter().any(|sign| rest.starts_with(sign)),
    }
}
