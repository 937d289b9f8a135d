//! Gazetteers of real municipalities, where there are any.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::PathBuf;

use tsunagari::import::regions::gazetteer::{Gazetteer, TownLookup};
use tsunagari::model::{City, Position, TownEntry};

fn yabu() -> City {
    City {
        code: "282227".to_owned(), name: "養父市".to_owned(), prefecture: "兵庫県".to_owned(), ..City::default()
    }
}

fn takamatsu() -> City {
    City {
        code: "372013".to_owned(), name: "高松市".to_owned(), prefecture: "香川県".to_owned(), ..City::default()
    }
}

/// The folder of real data, or `None` with a word on stderr.
fn real_data() -> Option<PathBuf> {
    let folder = std::env::var_os("TSUNAGARI_REAL_DATA").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: TSUNAGARI_REAL_DATA is not set");
    }
    folder
}

fn unpacked(path: PathBuf) -> Vec<u8> {
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap()).read_to_end(&mut bytes).unwrap();
    bytes
}

#[test]
fn each_real_town_is_found_by_its_address_in_several_spellings() {
    let Some(folder) = real_data() else { return };
    let read = |name: &str| Gazetteer::read(&std::fs::read(folder.join("geocode").join(name)).unwrap()).unwrap();
    let towns = read("isj-b_28222.csv");
    let both: Vec<TownEntry> = towns.iter().cloned().chain(read("geolonia_yabu_machiaza.json")).collect();
    for entries in [towns.clone(), both] {
        let gazetteer = Gazetteer::new(entries, &yabu());
        for entry in &towns {
            let old = entry.town.replace('薮', "籔").replace('広', "廣").replace('ケ', "ヶ");
            for address in [
                format!("兵庫県養父市{}12-3", entry.town),
                format!("養父市{}", entry.town),
                format!("養父市 {} １２番地", entry.town),
                format!("養父市大字{}", entry.town),
                format!("兵庫県養父市{old}12"),
                format!("養父市{}（公民館）", entry.town),
            ] {
                let located = gazetteer.locate(&address).unwrap_or_else(|| panic!("{address}"));
                assert_eq!(located.town.name, entry.town, "{address}");
                assert!(located.site.position.distance_to(entry.position).0 < 1500.0, "{address}");
            }
            match gazetteer.look_up(&format!("{}12", entry.town)) {
                TownLookup::Found(located) => assert_eq!(located.town.name, entry.town),
                other => assert_eq!((other, entry.town.as_str()), (TownLookup::Ambiguous, "三谷")),
            }
        }
    }
}

/// 49 municipalities and their 8,967 大字: names by the codes of the outlines' file.
fn hyogo(folder: &std::path::Path) -> Vec<TownEntry> {
    let outlines: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.join("boundaries/N03-21_28_hyogo_s0010.geojson")).unwrap())
            .unwrap();
    let names: BTreeMap<String, String> = outlines["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| {
            let text = |key: &str| f["properties"][key].as_str().unwrap_or("").to_owned();
            (text("N03_007"), text("N03_003") + &text("N03_004"))
        })
        .collect();
    let entries = Gazetteer::read(&std::fs::read(folder.join("geocode/isj-b_hyogo.csv")).unwrap()).unwrap();
    entries
        .into_iter()
        .map(|entry| TownEntry {
            prefecture: Some("兵庫県".to_owned()),
            city: entry.city_code.as_ref().and_then(|code| names.get(code).cloned()),
            ..entry
        })
        .collect()
}

#[test]
fn a_whole_prefecture_never_gives_another_municipality_s_town() {
    let Some(folder) = real_data() else { return };
    let entries = hyogo(&folder);
    let gazetteer = Gazetteer::new(entries.clone(), &yabu());
    let (mut placed, mut ambiguous, mut unknown, mut withheld) = (0, 0, Vec::new(), 0);
    for entry in &entries {
        let address = format!("兵庫県{}{}", entry.city.as_deref().unwrap(), entry.town);
        match gazetteer.look_up(&address) {
            TownLookup::Found(located) => {
                placed += 1;
                assert!(located.site.position.distance_to(entry.position).0 < 1500.0, "{address}: {located:?}");
            }
            TownLookup::Ambiguous => ambiguous += 1,
            TownLookup::WithoutTown(_) | TownLookup::Several | TownLookup::Unknown => unknown.push(address),
        }
        if let Some(located) = gazetteer.locate(&format!("{}5", entry.town)) {
            withheld += 1;
            let own = entries.iter().filter(|e| e.city_code.as_deref() == Some("28222"));
            assert!(own.into_iter().any(|e| e.position.distance_to(located.site.position).0 < 1.0), "{}", entry.town);
        }
    }
    eprintln!(
        "{placed} placed, {ambiguous} ambiguous, {} unknown: {:?}; {withheld} without the city",
        unknown.len(),
        unknown.iter().take(20).collect::<Vec<_>>()
    );
    assert!(placed * 1000 >= entries.len() * 995);
}

#[test]
fn real_community_centres_are_placed_near_where_they_are() {
    let Some(folder) = real_data() else { return };
    let towns =
        Gazetteer::read(&std::fs::read(folder.join("geocode/geolonia_takamatsu_machiaza.json")).unwrap()).unwrap();
    let gazetteer = Gazetteer::new(towns, &takamatsu());
    let list = std::fs::read(folder.join("resources/takamatsu/old_0004_community_center.csv")).unwrap();
    let (mut rows, mut placed, mut largest) = (0, 0, (0.0, String::new()));
    for record in csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .from_reader(list.as_slice())
        .into_records()
        .flatten()
    {
        let Some((lat, lon)) = record.iter().next_back().and_then(|cell| cell.split_once(',')) else { continue };
        let (lon, lat): (f64, f64) = (lon.parse().unwrap(), lat.parse().unwrap());
        let address = &record[2];
        rows += 1;
        let Some(located) = gazetteer.locate(address) else {
            eprintln!("not placed: {address}");
            continue;
        };
        placed += 1;
        let away = located.site.position.distance_to(Position::new(lon, lat).unwrap()).0;
        if away > largest.0 {
            largest = (away, format!("{address} → {}", located.town.name));
        }
    }
    eprintln!("{placed} of {rows} placed; the farthest {:.0} m: {}", largest.0, largest.1);
    assert!(rows > 40 && placed * 10 >= rows * 8, "{placed} of {rows}");
    // The farthest is in the right 大字, which goes up a valley for some kilometres.
    assert!(largest.0 < 3000.0, "{largest:?}");
}

#[test]
fn prefectures_of_all_kinds_find_themselves() {
    let Some(folder) = real_data() else { return };
    let country = String::from_utf8(unpacked(folder.join("large/japan_machiaza_geolonia.csv.gz"))).unwrap();
    let wanted = ["pref", "兵庫県", "京都府", "富山県", "徳島県", "沖縄県"];
    let lines: Vec<&str> = country.lines().filter(|line| wanted.iter().any(|pref| line.starts_with(pref))).collect();
    let entries = Gazetteer::read(lines.join("\n").as_bytes()).unwrap();
    let gazetteer = Gazetteer::new(entries.clone(), &yabu());
    let (mut placed, mut tried) = (0, 0);
    for entry in entries.iter().filter(|e| e.small_area.is_none()).step_by(7) {
        tried += 1;
        let address =
            format!("{}{}{}", entry.prefecture.as_deref().unwrap(), entry.city.as_deref().unwrap(), entry.town);
        if let Some(located) = gazetteer.locate(&address) {
            placed += 1;
            let away = located.site.position.distance_to(entry.position).0;
            assert!(away < 20_000.0, "{address}: {away} {located:?}");
        } else if placed % 50 == 0 {
            eprintln!("{address}: {:?}", gazetteer.look_up(&address));
        }
    }
    eprintln!("{placed} of {tried} placed, {} 大字", gazetteer.len());
    assert!(placed * 100 >= tried * 98, "{placed} of {tried}");
}
