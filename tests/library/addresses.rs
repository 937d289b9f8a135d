//! Addresses as people write them against gazetteers of real municipalities: right or none, never in a wrong place.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use tsunagari::import::regions::gazetteer::{Gazetteer, TownLookup};
use tsunagari::model::{City, Position, Precision, TownEntry};

/// Metres from the gazetteer's own point within which a place is right.
const RIGHT_M: f64 = 60.0;

/// The folder with real data, or `None` with a word on stderr.
fn real_data() -> Option<PathBuf> {
    let folder = std::env::var_os("TSUNAGARI_REAL_DATA").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: TSUNAGARI_REAL_DATA is not set");
    }
    folder
}

/// The records of a table with tabs, by heading.
fn records(path: &Path) -> Vec<HashMap<String, String>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').quoting(false).flexible(true).from_path(path).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

/// A municipality's gazetteer with its entries.
struct TownIndex {
    city: City,
    entries: Vec<TownEntry>,
    gazetteer: Gazetteer,
}

/// The gazetteers of `CITIES.tsv` by their paths.
fn gazetteers(folder: &Path) -> HashMap<String, TownIndex> {
    let index = |city: &HashMap<String, String>| {
        let path = city["gazetteer"].clone();
        let entries = Gazetteer::read(&std::fs::read(folder.join(&path)).unwrap()).unwrap();
        let municipality = City {
            code: city["code"].clone(),
            name: city["name"].clone(),
            prefecture: city["prefecture"].clone(),
            ..City::default()
        };
        (path, TownIndex { gazetteer: Gazetteer::new(entries.clone(), &municipality), entries, city: municipality })
    };
    records(&folder.join("trials/addresses/cities/CITIES.tsv")).iter().map(index).collect()
}

impl TownIndex {
    /// The points of the 町字 that is written `town` or `town/小字`.
    fn points(&self, name: &str) -> Vec<Position> {
        let (town, small) = name.split_once('/').map_or((name, None), |(town, small)| (town, Some(small)));
        let is_meant =
            |entry: &&TownEntry| entry.town == town && entry.small_area.as_deref().filter(|s| !s.is_empty()) == small;
        self.entries.iter().filter(is_meant).map(|entry| entry.position).collect()
    }

    /// The point that an address gets, unless it is that of a whole district.
    fn point(&self, address: &str) -> Option<Position> {
        let site = match self.gazetteer.look_up(address) {
            TownLookup::Found(located) => located.site,
            TownLookup::WithoutTown(site) => site,
            TownLookup::Ambiguous | TownLookup::Several | TownLookup::Unknown => return None,
        };
        (site.precision != Precision::District).then_some(site.position)
    }
}

/// How an address was placed.
#[derive(Debug, PartialEq, Eq)]
enum Judgement {
    Right,
    Missing,
    Coarse,
    Wrong,
}

fn judge(index: &TownIndex, address: &str, right: &str) -> Judgement {
    let Some(point) = index.point(address) else {
        return if right.split('|').any(|name| name == "-") { Judgement::Right } else { Judgement::Missing };
    };
    let lies_at = |name: &str| {
        let points = index.points(name);
        assert!(!points.is_empty(), "{address}: the gazetteer has no {name}");
        points.iter().any(|at| at.distance_to(point).0 <= RIGHT_M)
    };
    let names = || right.split('|').filter(|name| *name != "-");
    if names().filter(|name| !name.starts_with('~')).any(lies_at) {
        Judgement::Right
    } else if names().filter_map(|name| name.strip_prefix('~')).any(lies_at) {
        Judgement::Coarse
    } else {
        Judgement::Wrong
    }
}

#[test]
fn addresses_as_people_write_them_are_placed_rightly_and_none_wrongly() {
    let Some(folder) = real_data() else { return };
    let gazetteers = gazetteers(&folder);
    let cases = records(&folder.join("trials/addresses/address-cases.tsv"));
    let mut misses = Vec::new();
    for case in &cases {
        let index = &gazetteers[&case["gazetteer"]];
        let (address, right) = (&case["address"], &case["right"]);
        let judgement = judge(index, address, right);
        if judgement != Judgement::Right {
            let found = index.gazetteer.look_up(address);
            misses.push(format!("{judgement:?}: {address}: {right} ({}) but {found:?}", case["note"]));
        }
    }
    eprintln!("{} of {} right\n{}", cases.len() - misses.len(), cases.len(), misses.join("\n"));
    assert!(cases.len() > 100 && misses.is_empty());
}

/// A sequence of numbers that is the same in every run (a linear congruential generator, Knuth's MMIX).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn pick<'t, T: ?Sized>(&mut self, of: &[&'t T]) -> &'t T {
        of[self.below(of.len())]
    }

    fn one_in(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }
}

const NUMERALS: &str = "〇一二三四五六七八九";

/// The number of 「二十三」.
fn number(kanji: &str) -> Option<u32> {
    let (tens, ones) =
        kanji.split_once('十').map_or(("", kanji), |(tens, ones)| (if tens.is_empty() { "一" } else { tens }, ones));
    let digit = |text: &str| match text {
        "" => Some(0),
        _ => NUMERALS.chars().position(|c| text == c.to_string()).and_then(|n| u32::try_from(n).ok()),
    };
    Some(digit(tens)? * 10 + digit(ones)?)
}

fn wide(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_ascii_digit() || c == '-' { char::from_u32(c as u32 + 0xfee0).unwrap() } else { c })
        .collect()
}

/// One entry, written as somebody might.
fn written(entry: &TownEntry, own: &City, dice: &mut Dice) -> String {
    let city = entry.city.clone().unwrap_or_else(|| own.name.clone());
    let bare = city.split_once('郡').map_or(city.as_str(), |(_, rest)| rest).to_owned();
    let ward = city.strip_prefix(&own.name).filter(|ward| !ward.is_empty()).unwrap_or(&city).to_owned();
    let before = match dice.below(12) {
        0 | 1 => format!("{}{city}", own.prefecture),
        2 => format!("{} {bare} ", own.prefecture),
        3 => format!("〒123-4567 {}{city}", own.prefecture),
        4 => format!("１２３－４５６７　{bare}"),
        5 => format!("(〒1234567){city}"),
        6 => ward,
        7 => format!("TEL 090-1234-5678 {bare}"),
        8 => format!("{city}{city}"),
        9 => format!("住所：{bare}"),
        _ => bare,
    };
    let name = town(entry, dice);
    let behind =
        dice.pick(&["", "", " つむぎビル2階", "（集会所内）", "　０１２３－４５－６７８９", " 中ほど会館", "、2F"]);
    let address = format!("{before}{name}{behind}");
    let address = if dice.one_in(3) { wide(&address) } else { address };
    respelt(&address, dice)
}

/// The name with a house number.
fn town(entry: &TownEntry, dice: &mut Dice) -> String {
    let base = entry.base();
    let chome = number(entry.town.trim_start_matches(base).trim_end_matches("丁目")).filter(|n| *n > 0);
    let short = if dice.one_in(3) { entry.town.replacen("大字", "", 1) } else { entry.town.clone() };
    match (entry.small_area.as_deref().filter(|small| !small.is_empty()), chome) {
        (Some(small), _) => {
            let aza = dice.pick(&["", "字", "字"]);
            let number = dice.pick(&["", "123", "45番地6", "78-9"]);
            format!("{short}{aza}{}{number}", small.trim_start_matches('字'))
        }
        (None, Some(chome)) => match dice.below(6) {
            0 => format!("{base}{chome}-12-3"),
            1 => format!("{base}{chome}丁目12番3号"),
            2 => format!("{base}{chome}丁目"),
            3 => format!("{base}{chome}-1-23"),
            4 => format!("{}12-3", entry.town),
            _ => format!("{} 45番地", entry.town),
        },
        (None, None) => {
            let number =
                dice.pick(&["", "123", "123-4", "567番地の8", "番外地", "字ほげ谷12", " 123番地", "-123", "甲123"]);
            let name = if number.is_empty() { &entry.town } else { &short };
            format!("{name}{number}")
        }
    }
}

/// Characters that are written in one way or another.
fn respelt(address: &str, dice: &mut Dice) -> String {
    let pairs = [
        ("ケ", "ヶ"),
        ("ヶ", "が"),
        ("ケ", "ガ"),
        ("ノ", "の"),
        ("沢", "澤"),
        ("広", "廣"),
        ("浜", "濱"),
        ("-", "−"),
        ("-", "ー"),
    ];
    let (from, to) = pairs[dice.below(pairs.len())];
    if dice.one_in(2) { address.replace(from, to) } else { address.to_owned() }
}

/// How many addresses were written, and how they were placed.
#[derive(Debug, Default)]
struct Shares {
    written: usize,
    right: usize,
    wrong: Vec<String>,
    missing: Vec<String>,
}

impl Shares {
    /// Writes some entries of a gazetteer in random ways and looks for them.
    fn try_some(&mut self, index: &TownIndex, own: &City, count: usize, dice: &mut Dice) {
        for _ in 0..count {
            let entry = &index.entries[dice.below(index.entries.len())];
            // What lies in no 大字 has no name; 中島甲 is a name where 甲123 of 中島 is not.
            let is_lettered = |other: &TownEntry| {
                other.town == format!("{}甲", entry.town)
                    || other.town == entry.town && other.small_area.as_deref() == Some("甲")
            };
            if entry.town.contains("なし") || index.entries.iter().any(is_lettered) {
                continue;
            }
            let address = written(entry, own, dice);
            self.written += 1;
            let at = |wanted: &TownEntry, point: Position| wanted.position.distance_to(point).0 <= RIGHT_M;
            let is_town = |other: &&TownEntry| other.small_area.as_deref().is_none_or(str::is_empty);
            let bare = |town: &str| town.replace("大字", "");
            match index.point(&address) {
                Some(point) if at(entry, point) => self.right += 1,
                // Two entries of one name: nobody can tell them apart.
                Some(point)
                    if index.entries.iter().any(|other| {
                        at(other, point) && other.town == entry.town && other.small_area == entry.small_area
                    }) =>
                {
                    self.right += 1;
                }
                // The 大字 of a 小字 is coarse, not wrong.
                Some(point)
                    if index
                        .entries
                        .iter()
                        .filter(is_town)
                        .any(|town| at(town, point) && bare(&town.town) == bare(&entry.town)) =>
                {
                    self.missing.push(format!("{address}: coarse"));
                }
                Some(_) => {
                    let meant = (&entry.town, &entry.small_area);
                    self.wrong.push(format!("{address}: {meant:?} but {:?}", index.gazetteer.look_up(&address)));
                }
                None => self.missing.push(format!("{address}: {:?}", index.gazetteer.look_up(&address))),
            }
        }
    }

    fn report(&self) {
        eprintln!("{} of {} right, {} wrong", self.right, self.written, self.wrong.len());
        self.wrong.iter().take(60).for_each(|line| eprintln!("wrong: {line}"));
        let step = self.missing.len() / 80 + 1;
        self.missing.iter().step_by(step).for_each(|line| eprintln!("missing: {line}"));
        assert_eq!(self.wrong.len(), 0);
        assert!(self.right * 100 >= self.written * 97);
    }
}

#[test]
fn entries_of_real_gazetteers_written_in_random_ways_are_found_or_nothing_is() {
    let Some(folder) = real_data() else { return };
    let mut shares = Shares::default();
    let mut dice = Dice(20_261_126);
    let mut gazetteers: Vec<_> = gazetteers(&folder).into_iter().collect();
    gazetteers.sort_by(|a, b| a.0.cmp(&b.0));
    for (_, index) in gazetteers {
        shares.try_some(&index, &index.city, 100, &mut dice);
    }
    shares.report();
}

/// One municipality or ward of the whole country in each `step`.
fn municipalities(folder: &Path, step: usize) -> Vec<TownIndex> {
    let file = std::fs::File::open(folder.join("large/japan_machiaza_geolonia.csv.gz")).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(file), &mut text).unwrap();
    let mut lines = text.lines();
    let heading = lines.next().unwrap();
    let mut parts: std::collections::BTreeMap<String, Vec<&str>> = std::collections::BTreeMap::new();
    for line in lines {
        let mut cells = line.split(',').map(|cell| cell.trim_matches('"'));
        let key = [cells.next().unwrap(), cells.next().unwrap()].join(",");
        parts.entry(key).or_default().push(line);
    }
    let index = |(key, lines): (String, Vec<&str>)| {
        let (prefecture, name) = key.split_once(',').unwrap();
        let ward = name.split_once('市').filter(|(_, ward)| ward.ends_with('区'));
        let name = ward
            .map_or(name.split_once('郡').map_or(name, |(_, rest)| rest).to_owned(), |(city, _)| format!("{city}市"));
        let city = City { name, prefecture: prefecture.to_owned(), ..City::default() };
        let entries = Gazetteer::read(format!("{heading}\n{}", lines.join("\n")).as_bytes()).ok()?;
        Some(TownIndex { gazetteer: Gazetteer::new(entries.clone(), &city), entries, city })
    };
    parts.into_iter().step_by(step).filter_map(index).collect()
}

#[test]
fn entries_of_the_whole_country_written_in_random_ways_are_found_or_nothing_is() {
    let Some(folder) = real_data() else { return };
    let step = std::env::var("TSUNAGARI_ADDRESS_STEP").ok().and_then(|step| step.parse().ok()).unwrap_or(29);
    let mut shares = Shares::default();
    let mut dice = Dice(9);
    for index in municipalities(&folder, step) {
        shares.try_some(&index, &index.city, 40, &mut dice);
    }
    shares.report();
}
