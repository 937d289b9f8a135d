//! The site as files: each file is the server's answer, each link leads to a file, and nothing hidden is in any of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::http::StatusCode;
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use serde_json::json;
use tsunagari::gaps::{PlannerData, ReportingUnitKind};
use tsunagari::http::{AppState, CityContent, now_in_japan};
use tsunagari::index::{SharedSnapshots, Snapshot, SnapshotInput};
use tsunagari::model::{Audience, Month, Schedule};
use tsunagari::publish::site::{SiteSource, site_files};

use super::city::{FOR_LINK_WORKERS, SECRET, everything};
use super::{app_of, get_from, with};
use crate::sample_city;

/// What must be encoded in an address.
const IN_PATHS: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'%').add(b'#').add(b'?').add(b'<').add(b'>').add(b'\\');

/// A site with its files by path, and the server of the same snapshot.
struct Site {
    app: AppState,
    paths: BTreeSet<String>,
    /// Those that are looked at.
    files: BTreeMap<String, (&'static str, Vec<u8>)>,
}

/// The site of a city. Of pages that are made alike, one for each place, every `step`th is looked at.
fn site_of(input: &SnapshotInput, step: usize) -> Site {
    let snapshots = Arc::new(SharedSnapshots::new(Snapshot::build_all(input)));
    let content = Arc::new(CityContent {
        guide: Some(
            "# 手引き\n\n[用紙](/sheets/report) と [地図](/) を使います。\n\n## 一\n## 二\n## 三\n## 四\n".to_owned(),
        ),
        ..CityContent::default()
    });
    let app = AppState::new(Arc::clone(&snapshots), Audience::Public).with_city_content(Arc::clone(&content));
    let snapshot = snapshots.load(Audience::Public);
    let planner = snapshot.population.as_ref().map(|population| {
        PlannerData::by(Arc::clone(&snapshot), Arc::clone(population), ReportingUnitKind::DistrictsOrTowns)
    });
    let month = Month::of(now_in_japan().date());
    let source = SiteSource { snapshot: &snapshot, content: &content, month, planner: planner.as_ref() };
    let (mut paths, mut files) = (BTreeSet::new(), BTreeMap::new());
    for (nth, file) in site_files(source).enumerate() {
        assert!(paths.insert(file.path.clone()), "{} is listed twice", file.path);
        let is_alike = ["/places/", "/print/", "/categories/", "/districts/", "/month/", "/link-workers/"]
            .iter()
            .any(|it| file.path.starts_with(it));
        if !is_alike || nth % step == 0 {
            files.insert(file.path.clone(), (file.media, file.bytes(source).unwrap()));
        }
    }
    Site { app, paths, files }
}

fn encoded(path: &str) -> String {
    utf8_percent_encode(path, IN_PATHS).to_string()
}

impl Site {
    fn text(&self, path: &str) -> &str {
        std::str::from_utf8(&self.files[path].1).unwrap()
    }

    async fn assert_served(&self) {
        for (path, (media, bytes)) in &self.files {
            let answer = get_from(&self.app, &encoded(path)).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert_eq!(answer.header("content-type"), *media, "{path}");
            assert!(answer.body == *bytes, "{path} has other bytes");
        }
    }

    /// Follows every link of every page, style sheet and module.
    fn assert_links_lead_to_files(&self) {
        let (mut followed, mut broken) = (0, BTreeSet::new());
        for (path, (media, _)) in &self.files {
            let links = match media.split(';').next().unwrap() {
                "text/html" => page_links(self.text(path)),
                "text/css" => quoted(self.text(path), &["url("]),
                "text/javascript" => quoted(self.text(path), &["from '", "import('", "from\"", "import\""]),
                _ => Vec::new(),
            };
            for link in links {
                followed += 1;
                if let Some(wrong) = self.broken(path, &link) {
                    broken.insert(format!("{path}: {link} ({wrong})"));
                }
            }
        }
        assert!(followed > 1_000, "{followed}");
        assert!(broken.is_empty(), "{} of {followed}: {:#?}", broken.len(), broken.iter().take(30).collect::<Vec<_>>());
    }

    /// What is wrong with a link, if anything.
    fn broken(&self, from: &str, link: &str) -> Option<String> {
        if link.starts_with('/') {
            return Some("it leads out of a site below a folder".to_owned());
        }
        let (before, anchor) = link.split_once('#').unwrap_or((link, ""));
        let path = before.split('?').next().unwrap();
        let target = if path.is_empty() { from.to_owned() } else { resolved(from, path) };
        let target = percent_decode_str(&target).decode_utf8().unwrap().into_owned();
        if !self.paths.contains(&target) {
            return Some(format!("there is no {target}"));
        }
        let anchor = percent_decode_str(anchor).decode_utf8().unwrap().into_owned();
        let is_seen = self.files.contains_key(&target);
        let has_anchor = || !is_seen || self.text(&target).contains(&format!("id=\"{anchor}\""));
        (!anchor.is_empty() && !has_anchor()).then(|| format!("{target} has no {anchor}"))
    }
}

/// The path of a relative link in the file `from`; of one that leads out of the site, a path that there is not.
fn resolved(from: &str, link: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "." => {}
            ".." if parts.len() > 1 => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The addresses in a page's attributes that are of this site.
fn page_links(page: &str) -> Vec<String> {
    let values = [" href=\"", " src=\"", " action=\""]
        .into_iter()
        .flat_map(|start| page.split(start).skip(1).map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&")));
    let elsewhere = ["tel:", "mailto:", "geo:", "http://", "https://", "webcal:", "data:"];
    // What only a server can make of a filter: the page cuts it from the files.
    let is_cut = |link: &str| link.contains("collections/places/items?");
    values.filter(|it| !elsewhere.iter().any(|start| it.starts_with(start)) && !is_cut(it)).collect()
}

/// What stands behind one of `starts` up to the end of the quote, where it is a relative address.
fn quoted(text: &str, starts: &[&str]) -> Vec<String> {
    let found = starts.iter().flat_map(|start| text.split(start).skip(1));
    let address = |rest: &str| rest.trim_start_matches(['\'', '"']).split(['\'', '"', ')']).next().unwrap().to_owned();
    found.map(address).filter(|it| it.starts_with('.') || it.starts_with('/')).collect()
}

#[tokio::test]
async fn every_file_is_the_servers_answer_and_every_link_leads_to_a_file() {
    let mut input = everything();
    input.city.office_phone = Some("079-662-1234".to_owned());
    let site = site_of(&input, 1);
    for path in [
        "/index.html",
        "/index.en.html",
        "/index.easy.html",
        "/index.vi.html",
        "/places/aaaaaaaaaa.html",
        "/places/aaaaaaaaaa.easy.html",
        "/categories/salon.en.html",
        "/districts/大谷.html",
        "/link-workers.html",
        "/link-workers/yoka.html",
        "/guide.html",
        "/sheets.html",
        "/sheets/report.html",
        "/404.html",
        "/404.en.html",
        "/month.html",
        "/print.html",
        "/print/places/aaaaaaaaaa.en.html",
        "/embed.html",
        "/search.json",
        "/search.en.json",
        "/categories.css",
        "/places.geojson",
        "/places.csv",
        "/districts/大谷.csv",
    ] {
        assert!(site.files.contains_key(path), "{path} is missing");
    }
    site.assert_served().await;
    site.assert_links_lead_to_files();
}

#[tokio::test]
async fn the_sample_as_files_is_the_sample_served() {
    let site = site_of(&sample_city::sample().everything, 23);
    site.assert_links_lead_to_files();
    site.assert_served().await;
}

#[tokio::test]
async fn a_page_has_the_bytes_of_its_file_by_its_route_and_language_too() {
    let site = site_of(&everything(), 1);
    for (route, file) in [
        ("/", "/index.html"),
        ("/?lang=en", "/index.en.html"),
        ("/places/aaaaaaaaaa", "/places/aaaaaaaaaa.html"),
        ("/places/aaaaaaaaaa?lang=vi", "/places/aaaaaaaaaa.vi.html"),
        ("/month?lang=easy", "/month.easy.html"),
        ("/print", "/print.html"),
        ("/guide", "/guide.html"),
        ("/link-workers", "/link-workers.html"),
        ("/sheets/report", "/sheets/report.html"),
        ("/search.json?lang=en", "/search.en.json"),
        ("/embed", "/embed.html"),
    ] {
        assert!(get_from(&site.app, route).await.body == site.files[file].1, "{route}");
    }
    let english = with(&site.app, "/", &[("accept-language", "en")]).await;
    assert!(english.body == site.files["/index.en.html"].1);
    let file = with(&site.app, "/index.html", &[("accept-language", "en")]).await;
    assert!(file.body == site.files["/index.html"].1, "a file has one language");
    assert!(!file.header("vary").contains("accept-language"));
}

#[tokio::test]
async fn nothing_hidden_is_in_any_file() {
    let site = site_of(&everything(), 1);
    for (path, (media, bytes)) in &site.files {
        let mut texts = String::from_utf8_lossy(bytes).into_owned();
        if media.contains("spreadsheet") {
            let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
            for part in 0..archive.len() {
                std::io::Read::read_to_string(&mut archive.by_index(part).unwrap(), &mut texts).unwrap();
            }
        }
        for mark in [SECRET, FOR_LINK_WORKERS, "134.7123456", "35.4123456", "134.771,", "090-0000-6001"] {
            assert!(!texts.contains(mark), "{mark} in {path}");
        }
        assert!(!path.contains("hhhhhhhhhh") && !path.contains("iiiiiiiiii"), "{path}");
    }
}

#[tokio::test]
async fn what_is_no_page_of_the_snapshot_is_not_found_whatever_its_name() {
    let site = site_of(&everything(), 1);
    for address in [
        "/places/hhhhhhhhhh.html",
        "/places/none.en.html",
        "/categories/none.html",
        "/districts/none.easy.html",
        "/link-workers/none.html",
        "/month/2020-01.html",
        "/print/places/iiiiiiiiii.html",
        "/print/door/none.html",
        "/guide.en.html",
        "/index.de.html",
        "/find.html",
        "/unmet.html",
        "/search.de.json",
    ] {
        let answer = with(&site.app, address, &[("accept", "text/html")]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
    }
}

/// The JSON of the data block of a page.
fn data_block(page: &str) -> serde_json::Value {
    let block = page.split("<script type=\"application/ld+json\">").nth(1).unwrap().split("</script>").next().unwrap();
    assert!(!block.contains('<'), "{block}");
    serde_json::from_str(block).unwrap()
}

#[tokio::test]
async fn each_page_tells_other_programs_what_it_is() {
    let mut input = everything();
    input.city.public_url = Some("https://example.jp/map".to_owned());
    "</script><b>".clone_into(&mut input.places[1].facts.name);
    input.places[1].facts.schedule = vec![Schedule { text: "毎日 9:00〜17:00".to_owned() }];
    let site = site_of(&input, 1);
    let page = site.text("/places/bbbbbbbbbb.html");
    assert!(page.contains("<link rel=\"canonical\" href=\"https://example.jp/map/places/bbbbbbbbbb.html\">"));
    assert!(page.contains("hreflang=\"en\" href=\"https://example.jp/map/places/bbbbbbbbbb.en.html\""));
    let graph = data_block(page)["@graph"].as_array().unwrap().clone();
    assert_eq!((&graph[0]["@type"], &graph[0]["name"]), (&json!("Place"), &json!("</script><b>")));
    assert_eq!(graph[0]["geo"]["latitude"], 35.409);
    assert_eq!(graph.len(), 1 + 30, "thirty events at most");
    let first = Month::of(now_in_japan().date()).first_day();
    assert_eq!(graph[1]["startDate"], format!("{first}T09:00:00+09:00"));
    assert_eq!(graph[1]["endDate"], format!("{first}T17:00:00+09:00"));
    assert_eq!(
        data_block(site.text("/places/ffffffffff.html"))["@graph"].as_array().unwrap().len(),
        1,
        "a private person"
    );
    let mut told = BTreeSet::new();
    // The current month has two files, and the list is shown in frames too.
    let twice = ["/embed.html", "/month.html"];
    let is_other = |path: &str| ["en", "easy", "vi"].iter().any(|code| path.ends_with(&format!(".{code}.html")));
    let pages = site.files.iter().filter(|(_, (media, _))| media.starts_with("text/html")).map(|(path, _)| path);
    for path in pages.filter(|path| !path.starts_with("/print") && !is_other(path)) {
        let between =
            |start: &str, end: &str| site.text(path).split(start).nth(1).map(|it| it.split(end).next().unwrap());
        let title = between("<title>", "</title>").unwrap();
        assert!(twice.contains(&path.as_str()) || told.insert(title.to_owned()), "{path}: {title}");
        if path != "/404.html" {
            assert!(between("<meta name=\"description\" content=\"", "\"").is_some_and(|it| !it.is_empty()), "{path}");
            assert!(between("<meta property=\"og:title\" content=\"", "\"").is_some(), "{path}");
        }
    }
    let map = site.text("/sitemap.xml");
    assert!(map.contains("<loc>https://example.jp/map/</loc>") && map.contains("places/aaaaaaaaaa.html"));
    assert!(!map.contains("404") && !map.contains("embed") && !map.contains("/print"), "{map}");
    assert!(site.text("/robots.txt").ends_with("Sitemap: https://example.jp/map/sitemap.xml\n"));
}

#[tokio::test]
async fn without_an_address_of_its_own_a_site_names_none() {
    let site = site_of(&everything(), 1);
    assert!(!site.paths.contains("/sitemap.xml") && !site.text("/robots.txt").contains("Sitemap"));
    assert!(!site.text("/index.html").contains("canonical"));
    let answer = get_from(&site.app, "/sitemap.xml").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let manifest: serde_json::Value = serde_json::from_str(site.text("/manifest.webmanifest")).unwrap();
    let icon = format!("/{}", manifest["icons"][0]["src"].as_str().unwrap());
    assert!(
        site.paths.contains(&icon) && site.paths.contains(&format!("/{}", manifest["start_url"].as_str().unwrap()))
    );
}

#[tokio::test]
async fn nothing_of_the_internal_address_is_kept_in_a_browser() {
    let app = app_of(&everything(), Audience::LinkWorkers);
    assert_eq!(get_from(&app, "/service-worker.js").await.status, StatusCode::NOT_FOUND);
    for address in ["/", "/places/aaaaaaaaaa"] {
        let page = get_from(&app, address).await;
        assert!(page.text().contains("\"keep\":false"), "{address}");
    }
    let worker = site_of(&everything(), 1).text("/service-worker.js").to_owned();
    assert!(!worker.contains("{version}") && !worker.contains("'/nearest"), "{worker}");
}
