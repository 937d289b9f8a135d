//! Another municipality than the sample's, set up as a newcomer does: `init` with published files, its own lists, `serve`. Then every
//! byte that residents, link workers and programs get is searched for what belongs to the sample.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;

use serde_json::Value;
use tsunagari::http::{ROUTES, RouteAccess};

use crate::run::TestCity;
use crate::served::Served;

/// What no other municipality may show: the sample's names, its mark and its invented telephone numbers.
const FOREIGN: [&str; 9] = ["養父", "八鹿", "やぶ市", "やぶし", "ヤブ", "Yabu", "但馬", "見本", "000-0000"];

/// Public and internal address.
const BOTH: [usize; 2] = [0, 1];

/// A municipality: its code, the published files, its lists of places and link workers, its population.
struct Town {
    code: &'static str,
    published: Vec<String>,
    places: Vec<String>,
    population: Option<String>,
    /// A place of its lists.
    wish: &'static str,
}

/// A square with `code` and `name` as 国土数値情報 writes them; `above` is the city of a ward.
fn outline(code: &str, above: &str, name: &str, [west, south]: [f64; 2], size: f64) -> String {
    let (east, north) = (west + size, south + size);
    let above = if above.is_empty() { "null".to_owned() } else { format!("\"{above}\"") };
    format!(
        "{{\"type\":\"Feature\",\"properties\":{{\"N03_001\":\"某県\",\"N03_003\":{above},\"N03_004\":\"{name}\",\"N03_007\":\"{code}\"}},\
         \"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],\
         [{west},{south}]]]}}}}"
    )
}

fn collection(features: &[String]) -> String {
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(","))
}

/// A city of three wards whose lists name the ward, with 大字 and a neighbour in the same files.
fn city_of_wards(city: &TestCity) -> Town {
    let wards = [("22131", "霧原市", "東区"), ("22132", "霧原市", "西区"), ("22133", "霧原市", "北区")];
    let at = |n: usize| 137.6 + f64::from(u32::try_from(n).unwrap()) * 0.1;
    let mut features: Vec<String> = wards
        .iter()
        .enumerate()
        .map(|(n, (code, above, name))| outline(code, above, name, [at(n), 34.7], 0.1))
        .collect();
    features.push(outline("22203", "", "隣山市", [138.4, 34.7], 0.1));
    city.write("N03.geojson", collection(&features).as_bytes());
    let mut towns = "都道府県名,市区町村コード,市区町村名,大字町丁目コード,大字町丁目名,緯度,経度\n".to_owned();
    let mut places = "名称,区,住所,電話,活動日,種別,掲載可否\n".to_owned();
    let mut population = "町名,総数,65-69歳,70-74歳,75歳以上\n".to_owned();
    for (n, (code, above, ward)) in wards.iter().enumerate() {
        for (m, town) in ["本町", "栄町", "緑町", "港町"].iter().enumerate() {
            let (town, lon, lat) =
                (format!("{town}{}丁目", n + 1), at(n) + 0.05, 34.72 + 0.01 * f64::from(u32::try_from(m).unwrap()));
            writeln!(towns, "静岡県,{code},{above}{ward},{code}{m:04}000,{town},{lat},{lon}").unwrap();
            let kind = ["サロン", "体操教室", "囲碁クラブ", "民謡の会"][m];
            let (address, phone) = (format!("霧原市{ward}{town}{m}-1"), format!("053-4{n}{m}-2{m}71"));
            writeln!(places, "{ward}{kind},{ward},{address},{phone},毎週水曜 10:00～12:00,{kind},○").unwrap();
            writeln!(population, "{town},{},30,40,50", 400 + m).unwrap();
        }
    }
    towns += "静岡県,22203,隣山市,222030001000,山手,34.75,138.45\n";
    city.write("towns.csv", &encoding_rs::SHIFT_JIS.encode(&towns).0);
    city.write(
        "codes.csv",
        "団体コード,都道府県名,市区町村名（漢字）,市区町村名（カナ）\n221309,静岡県,霧原市,ｷﾘﾊﾗｼ\n".as_bytes(),
    );
    city.write("サロン.csv", &encoding_rs::SHIFT_JIS.encode(&places).0);
    city.write("人口.csv", population.as_bytes());
    let own = |name: &str| name.to_owned();
    Town {
        code: "221309",
        published: vec![own("N03.geojson"), own("towns.csv"), own("codes.csv")],
        places: vec![own("サロン.csv")],
        population: Some(own("人口.csv")),
        wish: "囲碁",
    }
}

/// A town of islands that has no 大字 at all; its lists have coordinates.
fn town_of_islands(city: &TestCity) -> Town {
    let islands = [[139.7, 33.0], [139.9, 33.3], [140.2, 32.4]];
    let features: Vec<String> = islands.iter().map(|corner| outline("13421", "", "潮見村", *corner, 0.1)).collect();
    city.write("N03.geojson", collection(&features).as_bytes());
    city.write("codes.csv", "団体コード,市区町村名（漢字）,市区町村名（カナ）\n134210,潮見村,ｼｵﾐﾑﾗ\n".as_bytes());
    let mut places = "名称,島,緯度,経度,代表者,開催日時,掲載可否\n".to_owned();
    for (n, island) in ["大島根", "中島根", "小島根"].iter().enumerate() {
        for (m, kind) in ["集会所のお茶会", "浜の体操", "方言を楽しむ会"].iter().enumerate() {
            let at = |of: f64| of + 0.02 * f64::from(u32::try_from(m + 1).unwrap());
            let (lat, lon) = (at(islands[n][1]), at(islands[n][0]));
            writeln!(places, "{island}{kind},{island},{lat},{lon},,第{}火曜 13:30〜15:00,○", m + 1).unwrap();
        }
    }
    city.write("places.csv", places.as_bytes());
    Town {
        code: "134210",
        published: ["N03.geojson", "codes.csv"].map(str::to_owned).to_vec(),
        places: vec!["places.csv".to_owned()],
        population: None,
        wish: "方言",
    }
}

/// Takamatsu from what it and the ministries publish, where that is at hand.
fn takamatsu() -> Option<Town> {
    let Some(real) = std::env::var_os("TSUNAGARI_REAL_DATA").map(std::path::PathBuf::from) else {
        eprintln!("skipped: TSUNAGARI_REAL_DATA is not set");
        return None;
    };
    let file = |name: &str| real.join(name).to_str().unwrap().to_owned();
    let lists = std::fs::read_dir(real.join("resources/takamatsu")).unwrap().map(|it| it.unwrap().path());
    let mut lists: Vec<String> = lists
        .filter(|it| it.extension().is_some_and(|it| it == "xlsx"))
        .map(|it| it.to_str().unwrap().to_owned())
        .collect();
    lists.sort();
    assert!(lists.len() > 8, "{lists:?}");
    let published = [
        "boundaries/37201_takamatsu.geojson",
        "geocode/geolonia_takamatsu_machiaza.json",
        "geocode/localgovjp-utf8.csv",
    ];
    Some(Town {
        code: "372013",
        published: published.map(file).to_vec(),
        places: lists,
        population: Some(file("population/takamatsu_0066_202602.xlsx")),
        wish: "体操",
    })
}

/// What is searched, and what was found in it.
#[derive(Default)]
struct Searched {
    bytes: usize,
    answers: usize,
    found: BTreeMap<&'static str, BTreeSet<String>>,
}

impl Searched {
    fn look(&mut self, place: &str, text: &str) {
        self.bytes += text.len();
        self.answers += 1;
        for word in FOREIGN {
            if let Some(at) = text.find(word) {
                let before: String = text[..at].chars().rev().take(30).collect::<Vec<_>>().into_iter().rev().collect();
                let after: String = text[at..].chars().take(30).collect();
                self.found.entry(word).or_default().insert(format!("{place}: …{before}{after}…"));
            }
        }
    }
}

/// Sets `town` up with as few commands as the papers say; returns how many those were.
fn set_up(city: &TestCity, town: &Town, searched: &mut Searched) {
    let arguments = |first: &[&str], files: &[String]| {
        first.iter().map(|it| (*it).to_owned()).chain(files.iter().cloned()).collect::<Vec<String>>()
    };
    let mut commands = vec![
        arguments(&["init", town.code, "--dir", "town", "--from"], &town.published),
        arguments(&["check", "--data", "town"], &town.places[..1]),
        arguments(&["import", "places", "--data", "town"], &town.places),
    ];
    commands.extend(town.population.iter().map(|file| {
        arguments(&["import", "population", "--data", "town", "--as-of", "2026-02-01"], std::slice::from_ref(file))
    }));
    commands.push(arguments(&["doctor", "--data", "town", "--listen", "127.0.0.1:0"], &[]));
    assert!(commands.len() < 6, "with `serve` six commands are enough");
    for command in &commands {
        let ran = city.run(&command.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(ran.code <= 1, "{command:?}: {ran:?}");
        searched.look(&command.join(" "), &(ran.out + &ran.err));
    }
    for entry in std::fs::read_dir(city.path("town")).unwrap().map(|it| it.unwrap().path()) {
        // Addresses of examples stand in comments, where nobody is shown them.
        let text = std::fs::read_to_string(&entry).unwrap();
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        searched.look(&entry.display().to_string(), &lines.collect::<Vec<_>>().join("\n"));
    }
    city.open_internal_pages("town");
}

/// Every address of the table of routes, with parameters of this town in place of their names.
fn addresses(served: &Served, code: &str) -> Vec<(usize, String)> {
    let json = |path: &str| serde_json::from_str::<Value>(&served.ask(path)).unwrap();
    let (places, categories, districts) =
        (json("/places.geojson"), json("/categories.json"), json("/districts.geojson"));
    let codes = |list: &Value, key: &str| -> Vec<String> {
        let all = list.as_array().unwrap().iter();
        all.filter_map(|it| it[key].as_str().or_else(|| it["properties"][key].as_str())).map(escaped).collect()
    };
    let ids = codes(&places["features"], "id");
    let categories = codes(&categories["categories"], "id");
    let districts = codes(&districts["features"], "id");
    assert!(ids.len() > 5 && categories.len() > 5, "{} {}", ids.len(), categories.len());
    let mut found = Vec::new();
    for route in ROUTES.iter().filter(|route| route.method == "GET" && route.path != "/assets/{file}") {
        let path = route.path.replace("{code}", code);
        // A tile is bytes, which hold no text but names, and these stand in the files too.
        let mut paths: Vec<String> = if path.contains("{collection}") && !path.contains("{id}") {
            let named = categories.iter().map(String::as_str).chain(["places", "districts"]);
            named.map(|it| path.replace("{collection}", it)).collect()
        } else {
            vec![path.replace("{collection}", "places")]
        };
        paths.retain(|path| !path.contains("{z}") && !path.ends_with(".pmtiles"));
        for (name, values) in [("{id}", &ids), ("{category}", &categories), ("{district}", &districts)] {
            let filled = |path: &String| -> Vec<String> {
                if path.contains(name) {
                    values.iter().map(|value| path.replace(name, value)).collect()
                } else {
                    vec![path.clone()]
                }
            };
            paths = paths.iter().flat_map(filled).collect();
        }
        let at: &[usize] = if route.access == RouteAccess::Internal { &[1] } else { &BOTH };
        found.extend(paths.iter().flat_map(|path| at.iter().map(move |at| (*at, path.clone()))));
    }
    for view in
        ["/?lang=en", "/?lang=easy", "/?by=district", "/?q=%E4%BD%93%E6%93%8D", "/?by=district&lang=en", "/nowhere"]
    {
        found.extend(BOTH.map(|at| (at, view.to_owned())));
    }
    found
        .extend(ids.iter().take(20).flat_map(|id| ["en", "easy"].map(|lang| (0, format!("/places/{id}?lang={lang}")))));
    found
}

fn escaped(code: &str) -> String {
    percent_encoding::utf8_percent_encode(code, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// The body of an answer, whatever its status; of a workbook, the text of all its parts.
fn body(served: &Served, at: usize, path: &str) -> String {
    let host = if at == 0 { served.address() } else { served.internal_address() };
    let accept = if path == "/nowhere" { "Accept: text/html\r\n" } else { "" };
    let answer = served.send(at, &format!("GET {path} HTTP/1.0\r\nHost: {host}\r\n{accept}\r\n"));
    let head = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 4;
    assert!(!answer.starts_with(b"HTTP/1.0 5"), "{path}: {}", String::from_utf8_lossy(&answer));
    let body = &answer[head..];
    if body.starts_with(b"PK") { text_of_workbook(body) } else { String::from_utf8(body.to_vec()).unwrap() }
}

fn text_of_workbook(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    for part in 0..archive.len() {
        archive.by_index(part).unwrap().read_to_string(&mut text).unwrap();
    }
    text
}

/// The paths of scripts, styles and messages that `text` names.
fn assets_of(text: &str, base: &str) -> Vec<String> {
    let parts = text
        .split(['"', '\'', '`'])
        .filter(|part| part.len() < 200 && part.contains('.') && !part.contains(char::is_whitespace));
    let absolute = |part: &str| {
        if let Some(part) = part.strip_prefix("./") {
            return Some(format!("{base}/{part}"));
        }
        if let Some(part) = part.strip_prefix("../") {
            return Some(format!("{}/{part}", base.rsplit_once('/')?.0));
        }
        part.starts_with("/assets/").then(|| part.to_owned())
    };
    parts.filter_map(absolute).map(|path| path.split(['?', '#']).next().unwrap_or_default().to_owned()).collect()
}

/// A table of messages without those for a database that holds the sample, which alone may name it.
fn without_messages_on_the_sample(path: &str, text: String) -> String {
    if Path::new(path).extension().is_none_or(|extension| extension != "json") {
        return text;
    }
    let table: serde_json::Map<String, Value> = serde_json::from_str(&text).unwrap();
    let kept = table.into_iter().filter(|(key, _)| key.split('.').all(|part| part != "sample"));
    kept.map(|(key, text)| format!("{key} {text}")).collect::<Vec<_>>().join("\n")
}

fn search_server(city: &TestCity, town: &Town, searched: &mut Searched) {
    let served = Served::start(city, &["--data", "town", "--internal-listen", "127.0.0.1:0"]);
    let mut assets = BTreeSet::new();
    for (at, path) in addresses(&served, town.code) {
        let text = body(&served, at, &path);
        assets.extend(assets_of(&text, "/assets"));
        searched.look(&format!("{at} {path}"), &text);
    }
    let mut waiting: Vec<String> = assets.iter().cloned().collect();
    while let Some(path) = waiting.pop() {
        let answer = served.send(1, &format!("GET {path} HTTP/1.0\r\nHost: {}\r\n\r\n", served.internal_address()));
        let text = String::from_utf8_lossy(&answer).into_owned();
        let Some((_, text)) = text.split_once("\r\n\r\n").filter(|_| text.contains(" 200 ")) else { continue };
        // Sources of other projects name nothing of ours, and are large.
        if path.starts_with("/assets/vendor/") {
            continue;
        }
        let base = path.rsplit_once('/').unwrap().0;
        let further = assets_of(text, base).into_iter().filter(|path| assets.insert(path.clone()));
        waiting.extend(further);
        searched.look(&path, &without_messages_on_the_sample(&path, text.to_owned()));
    }
    assert!(assets.iter().any(|path| path.ends_with("handout.json")) && assets.len() > 40, "{assets:?}");
    let found = served.post(1, "/find", &format!(r#"{{"likes":["{}"]}}"#, town.wish));
    let answer: Value = serde_json::from_str(found.split_once("\r\n\r\n").unwrap().1).unwrap();
    let mut hits = ["fits", "near", "desks"].iter().filter_map(|group| answer[group]["hits"][0]["id"].as_str());
    let first = hits.next().unwrap_or_else(|| panic!("{answer}")).to_owned();
    searched.look("POST /find", &found);
    searched.look("POST /handout", &served.post(1, "/handout", &format!(r#"{{"places":["{first}"]}}"#)));
    assert!(served.post(1, "/unmet", r#"{"reason":"full"}"#).contains(" 204"));
    assert_eq!(served.stop(), Some(0));
    searched.look("the log", &std::fs::read_to_string(city.path("log")).unwrap());
}

fn search_commands(city: &TestCity, town: &Town, searched: &mut Searched) {
    city.write("wish.json", format!(r#"{{"likes":["{}"]}}"#, town.wish).as_bytes());
    let mut commands =
        vec![vec!["find", "--wish", "wish.json"], vec!["unmet"], vec!["doctor", "--json", "--listen", "127.0.0.1:0"]];
    commands.extend(["public", "link-workers", "staff"].map(|audience| vec!["export", "--audience", audience]));
    if town.population.is_some() {
        commands.extend([vec!["gaps", "coverage"], vec!["gaps", "table"]]);
    }
    for command in commands {
        let ran = city.run(&[&command[..], &["--data", "town", "--lang", "ja"]].concat());
        assert!(ran.code <= 1, "{command:?}: {ran:?}");
        searched.look(&command.join(" "), &(ran.out + &ran.err));
    }
}

fn assert_nothing_foreign(name: &str, town: impl FnOnce(&TestCity) -> Option<Town>) {
    let city = TestCity::new();
    std::fs::remove_dir_all(city.path("data")).unwrap();
    let Some(town) = town(&city) else { return };
    let mut searched = Searched::default();
    set_up(&city, &town, &mut searched);
    search_server(&city, &town, &mut searched);
    search_commands(&city, &town, &mut searched);
    eprintln!("{name}: {} answers, {} bytes", searched.answers, searched.bytes);
    assert!(searched.found.is_empty(), "{name}: {:#?}", searched.found);
}

#[test]
fn nothing_of_the_sample_is_in_any_byte_of_a_city_of_wards() {
    assert_nothing_foreign("wards", |city| Some(city_of_wards(city)));
}

#[test]
fn nothing_of_the_sample_is_in_any_byte_of_a_town_of_islands_without_towns() {
    assert_nothing_foreign("islands", |city| Some(town_of_islands(city)));
}

#[test]
fn nothing_of_the_sample_is_in_any_byte_of_takamatsu() {
    assert_nothing_foreign("Takamatsu", |_| takamatsu());
}

#[test]
fn the_search_finds_what_it_looks_for() {
    let mut searched = Searched::default();
    for word in FOREIGN {
        searched.look("planted", &format!("…{word}…"));
    }
    assert_eq!(searched.found.len(), FOREIGN.len());
    let table = r#"{"badge.sample":"見本","other":"見本"}"#.to_owned();
    assert_eq!(without_messages_on_the_sample("ja.json", table), "other \"見本\"");
    assert_eq!(
        assets_of("import x from './format.js'; \"../lang/ja.json\" '/assets/a.css?v=1'", "/assets/find"),
        ["/assets/find/format.js", "/assets/lang/ja.json", "/assets/a.css"]
    );
}
