//! Invented places for measurements: any number of them, the same ones every time, copied from nowhere.
//!
//! Up to [`CITY_AT_MOST`] places lie in one municipality of 18 districts; more lie around up to 1,741 centres over a country,
//! some centres much larger than others, as towns are.

#![allow(dead_code, reason = "tests, benches and examples each use their part")]
#![allow(
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::missing_panics_doc,
    reason = "invented numbers are small and in range"
)]

use geo::{LineString, MultiPolygon, Polygon};
use tsunagari::index::SnapshotInput;
use tsunagari::model::{
    AccessAnswer, AccessFact, Area, Category, CategoryId, CategoryTable, Contact, District, DistrictId, DistrictTable,
    Facts, Language, Location, Place, PlaceId, Position, Precision, Schedule, Source,
};

/// So many places still fit in one municipality.
pub const CITY_AT_MOST: usize = 2_000;
/// A city's extent: west, south, east, north in degrees.
const CITY: [f64; 4] = [134.58, 35.25, 134.88, 35.45];
/// Parts of a country, all of them land, which readers of lists take for places there.
const COUNTRY: [[f64; 4]; 8] = [
    [141.5, 42.8, 144.0, 44.0],
    [140.2, 38.0, 141.3, 40.8],
    [138.8, 35.7, 140.2, 37.0],
    [136.8, 35.2, 138.6, 36.6],
    [135.0, 34.2, 136.4, 35.2],
    [131.6, 34.5, 134.2, 35.1],
    [132.9, 33.6, 134.2, 34.0],
    [130.4, 32.0, 131.5, 33.4],
];

/// Name, code and group of the categories.
pub const CATEGORIES: [(&str, &str, &str); 12] = [
    ("salon", "サロン・カフェ", "通いの場"),
    ("exercise", "体操・運動", "通いの場"),
    ("hobby", "趣味・サークル", "通いの場"),
    ("lunch", "食事会", "通いの場"),
    ("farming", "個別農業指導", "農業"),
    ("garden", "畑・園芸", "農業"),
    ("culture", "芸術文化施設", "芸術文化"),
    ("craft", "音楽・工芸", "芸術文化"),
    ("support", "支援団体", "支え合い"),
    ("volunteer", "ボランティア", "支え合い"),
    ("consultation", "相談窓口", "相談"),
    ("other", "その他", "その他"),
];

const FIRST: [&str; 16] = [
    "あおぞら",
    "ひだまり",
    "なごみ",
    "ほほえみ",
    "やまびこ",
    "せせらぎ",
    "こもれび",
    "ふれあい",
    "みのり",
    "かがやき",
    "たんぽぽ",
    "さくら",
    "もみじ",
    "すずらん",
    "ゆうやけ",
    "ほたる",
];
const SECOND: [&str; 12] = [
    "サロン",
    "体操クラブ",
    "囲碁の会",
    "食堂",
    "農園",
    "畑の会",
    "ギャラリー",
    "合唱団",
    "見守り隊",
    "おたすけ会",
    "相談室",
    "広場",
];
const INTERESTS: [&str; 14] = [
    "囲碁",
    "将棋",
    "体操",
    "手芸",
    "合唱",
    "天文",
    "畑",
    "料理",
    "書道",
    "写真",
    "散歩",
    "折り紙",
    "健康麻雀",
    "園芸",
];
const WEEKDAYS: [&str; 7] = ["月", "火", "水", "木", "金", "土", "日"];

/// Numbers that look random and are the same every time (the generator known as splitmix64).
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// Starts over; the same seed throws the same numbers.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// At least 0 and less than 1.
    pub fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Less than `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// One of `from`.
    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// About normal, mean 0, deviation about 1.
    fn bell(&mut self) -> f64 {
        (0..12).map(|_| self.share()).sum::<f64>() - 6.0
    }
}

/// A town or a village of a town, around which places lie.
#[derive(Debug, Clone)]
pub struct Centre {
    /// The district's name.
    pub name: String,
    lon: f64,
    lat: f64,
    /// How far places lie from it, in degrees.
    spread: f64,
}

impl Centre {
    /// The corners of the district around it, closed: longitude and latitude in degrees.
    pub fn corners(&self) -> [[f64; 2]; 5] {
        let half = self.spread / 4.0;
        let corners = [(-half, -half), (half, -half), (half, half), (-half, half), (-half, -half)];
        corners.map(|(x, y)| [self.lon + x, self.lat + y])
    }
}

/// One invented place.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its number, from 0.
    pub number: usize,
    /// Its name.
    pub name: String,
    /// Position in [`CATEGORIES`].
    pub category: usize,
    /// Position in the centres.
    pub centre: usize,
    /// Degrees east, seven decimals at most.
    pub lon: f64,
    /// Degrees north, seven decimals at most.
    pub lat: f64,
    /// The address.
    pub address: String,
    /// When.
    pub schedule: String,
    /// What it is about.
    pub interest: &'static str,
    /// Telephone.
    pub phone: String,
    /// Whether there is a toilet.
    pub toilet: bool,
}

/// The centres for `places` places.
pub fn centres(places: usize) -> Vec<Centre> {
    let mut dice = Dice::new(7);
    let city = places <= CITY_AT_MOST;
    let (parts, count) = if city { (&[CITY][..], 18) } else { (&COUNTRY[..], (places / 20).clamp(100, 1_741)) };
    let spread = if city { 0.01 } else { 0.03 };
    (0..count)
        .map(|number| {
            let [west, south, east, north] = parts[number % parts.len()];
            Centre {
                name: format!("第{:04}地区", number + 1),
                lon: west + (east - west) * dice.share(),
                lat: south + (north - south) * dice.share(),
                spread: spread * (0.5 + dice.share()),
            }
        })
        .collect()
}

/// `count` invented places, one after the other.
pub fn rows(count: usize, centres: &[Centre]) -> impl Iterator<Item = Row> + '_ {
    let mut dice = Dice::new(42);
    (0..count).map(move |number| row(number, centres, &mut dice))
}

fn row(number: usize, centres: &[Centre], dice: &mut Dice) -> Row {
    let centre = (centres.len() as f64 * dice.share().powf(1.6)) as usize;
    let at = &centres[centre];
    let category = dice.below(CATEGORIES.len());
    let seven = |degrees: f64| (degrees * 1e7).round() / 1e7;
    Row {
        number,
        name: format!("{}{}{}", dice.pick(&FIRST), dice.pick(&SECOND), number + 1),
        category,
        centre,
        lon: seven(at.lon + at.spread * dice.bell()),
        lat: seven(at.lat + at.spread * dice.bell()),
        address: format!("{}{}番地{}", at.name, 1 + dice.below(900), 1 + dice.below(20)),
        schedule: format!("毎月第{}{}曜 {}:30〜15:00", 1 + dice.below(4), dice.pick(&WEEKDAYS), 9 + dice.below(5)),
        interest: dice.pick(&INTERESTS),
        phone: format!("079-{:03}-{:04}", dice.below(1000), dice.below(10_000)),
        toilet: dice.below(3) > 0,
    }
}

/// `count` places with their categories and districts, ready for a snapshot.
pub fn everything(count: usize) -> SnapshotInput {
    let centres = centres(count);
    let mut everything = SnapshotInput {
        categories: CategoryTable::new(CATEGORIES.map(category).to_vec()),
        districts: DistrictTable::new(centres.iter().enumerate().map(|(n, c)| district(n, c)).collect()),
        places: rows(count, &centres).map(|row| place(&row, &centres)).collect(),
        ..SnapshotInput::default()
    };
    "生成市".clone_into(&mut everything.city.name);
    everything
}

/// A point for a question: near a centre, but at no place.
pub fn somewhere(centres: &[Centre], dice: &mut Dice) -> Position {
    let at = &centres[(centres.len() as f64 * dice.share().powf(1.6)) as usize];
    Position::new(at.lon + at.spread * dice.bell(), at.lat + at.spread * dice.bell()).unwrap()
}

fn category((id, name, group): (&str, &str, &str)) -> Category {
    Category {
        id: CategoryId(id.to_owned()),
        name: [(Language::Ja, name), (Language::Easy, name), (Language::En, id)].into(),
        group: [(Language::Ja, group), (Language::En, group)].into(),
        color: "#0072b2".to_owned(),
        icon: "circle".to_owned(),
        ..Category::default()
    }
}

fn district(number: usize, centre: &Centre) -> District {
    let ring = LineString::from(centre.corners().map(|[lon, lat]| (lon, lat)).to_vec());
    District {
        id: DistrictId(format!("d{:04}", number + 1)),
        name: centre.name.clone(),
        kana: None,
        former_town: None,
        boundary: Some(Area::new(MultiPolygon::new(vec![Polygon::new(ring, Vec::new())]))),
        centre: Position::new(centre.lon, centre.lat).ok(),
        ..District::default()
    }
}

fn place(row: &Row, centres: &[Centre]) -> Place {
    let site = Location { position: Position::new(row.lon, row.lat).unwrap(), precision: Precision::Block };
    let mut facts = Facts {
        name: row.name.clone(),
        category: CategoryId(CATEGORIES[row.category].0.to_owned()),
        interests: vec![row.interest.to_owned()],
        site: Some(site),
        address: Some(row.address.clone()),
        district_written: Some(centres[row.centre].name.clone()),
        schedule: vec![Schedule { text: row.schedule.clone() }],
        contact: Contact { phone: Some(row.phone.clone()), ..Contact::default() },
        ..Facts::default()
    };
    if row.toilet {
        facts.access.insert(AccessFact::Toilet, AccessAnswer { yes: true, words: "トイレあり".to_owned() });
    }
    let source = Source { list: "generated".to_owned(), row: row.number as u32 + 2, ..Source::default() };
    Place { id: PlaceId(format!("g{:09}", row.number)), facts, source, verification: None }
}
