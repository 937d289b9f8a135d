//! Side channel: an edit that an audience may not see changes no byte, no header, no coding and no order of any answer that it
//! gets, neither when it is done nor while a running server takes it up. The public and link workers are held to the same.

use std::time::{Duration, Instant};

use crate::run::TestCity;
use crate::served::Served;

const HEADING: &str = "名称,種別,住所,緯度,経度,掲載可否,代表者,携帯,内部メモ,開催日時\n";
const ROWS: &str = "囲碁サロン,サロン,養父市広谷1,35.38,134.77,○,見本 太郎,090-0000-1111,鍵は事務所,毎週木曜 10:00〜11:00\n\
    体操の会,体操,養父市八鹿2,35.40,134.76,○,,,,第2・第4金曜\n";

/// Lists of places whose differences are not for the public, one after the other.
fn hidden_editions() -> Vec<String> {
    let private = "夜の集い,サロン,養父市大屋3,35.33,134.66,支援者のみ,見本 次郎,090-0000-2222,";
    [
        format!("{HEADING}{ROWS}"),
        format!("{HEADING}{}", ROWS.replace("見本 太郎", "見本 三郎")),
        format!("{HEADING}{}", ROWS.replace("1111", "3333")),
        format!("{HEADING}{}", ROWS.replace("鍵は事務所", "鍵は隣の家")),
        format!("{HEADING}{private}\n{ROWS}"),
        format!("{HEADING}{private}変わった\n{ROWS}"),
        format!("{HEADING}{ROWS}{}", private.replace("支援者のみ", "×")),
    ]
    .to_vec()
}

/// Lists whose differences are for staff alone, one after the other. Rows of link workers move.
fn editions_for_staff() -> Vec<String> {
    let staff = "下見の会,サロン,養父市大屋3,35.33,134.66,×,見本 次郎,090-0000-2222,";
    [
        format!("{HEADING}{ROWS}"),
        format!("{HEADING}{}", ROWS.replace("鍵は事務所", "鍵は隣の家")),
        format!("{HEADING}{staff}\n{ROWS}"),
        format!("{HEADING}{staff}変わった\n{}", ROWS.replace("\n体操", &format!("\n{staff}\n体操"))),
        format!("{HEADING}{ROWS}{}", staff.replace("下見", "準備")),
    ]
    .to_vec()
}

/// What link workers open besides.
const INTERNAL_PATHS: [&str; 6] =
    ["/find", "/plan", "/plan.csv", "/plan/work-list?what=unknown_access", "/search.json", "/places/none"];

/// The areas without which planners have no numbers, and their people.
const GAZETTEER: &str = "都道府県名,市区町村名,大字町丁目名,緯度,経度\n\
    兵庫県,養父市,広谷,35.38,134.77\n兵庫県,養父市,八鹿,35.40,134.76\n兵庫県,養父市,大屋,35.33,134.66\n";
const POPULATION: &str =
    "調査年月日,地域名,総人口,65歳以上,75歳以上\n2026-04-01,広谷,100,40,20\n2026-04-01,八鹿,60,20,10\n";

const PATHS: [&str; 12] = [
    "/",
    "/?lang=en",
    "/places.geojson",
    "/categories.json",
    "/districts.geojson",
    "/categories.css",
    "/collections/places/items?limit=10",
    "/places.ics",
    "/categories/salon.ics",
    "/nearest?lon=134.77&lat=35.38",
    "/link-workers",
    "/readyz",
];
const CODINGS: [&str; 4] =
    ["", "Accept-Encoding: gzip\r\n", "Accept-Encoding: br\r\n", "Accept-Encoding: br;q=0.5, gzip\r\n"];

/// Every answer of an address in every coding, without the time of day.
fn sample(served: &Served, address: usize) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    let internal = INTERNAL_PATHS.iter().filter(|_| address == INTERNAL);
    for path in PATHS.iter().chain(internal) {
        for coding in CODINGS {
            let head = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{coding}\r\n");
            let answer = served.send(address, &head);
            let end = answer.windows(4).position(|it| it == b"\r\n\r\n").unwrap();
            let head = String::from_utf8(answer[..end].to_vec()).unwrap();
            let head: Vec<&str> = head.lines().filter(|line| !line.to_lowercase().starts_with("date:")).collect();
            all.push((format!("{path} {coding}{}", head.join("\n")), without_time_stamp(&answer[end..])));
        }
    }
    all
}

/// A body without the time at which it was written, which OGC API – Features has in every collection.
fn without_time_stamp(body: &[u8]) -> Vec<u8> {
    const KEY: &[u8] = b"\"timeStamp\":\"";
    let Some(at) = body.windows(KEY.len()).position(|it| it == KEY) else { return body.to_vec() };
    let value = at + KEY.len();
    let end = value + body[value..].iter().position(|byte| *byte == b'"').unwrap();
    [&body[..value], &body[end..]].concat()
}

/// The addresses of the server.
const PUBLIC: usize = 0;
const INTERNAL: usize = 1;

/// What is compressed ahead, once it is.
const PREPARED: [&str; 7] =
    ["/", "/?lang=en", "/places.geojson", "/categories.json", "/categories.css", "/link-workers", "/search.json"];

/// The answers once all that is compressed ahead is compressed.
fn settled(served: &Served, address: usize) -> Vec<(String, Vec<u8>)> {
    let started = Instant::now();
    loop {
        let all = sample(served, address);
        let waits = all.iter().any(|(head, body)| {
            let is_prepared = PREPARED.iter().any(|path| head.starts_with(&format!("{path} Accept-Encoding: br\r")));
            is_prepared && body.len() >= 1_004 && !head.contains("content-encoding")
        });
        if !waits {
            // Other pages are compressed behind their first request.
            return unchanging(served, address, all);
        }
        assert!(started.elapsed() < Duration::from_mins(2), "nothing is compressed");
        std::thread::sleep(Duration::from_millis(200));
    }
}

/// The answers once they no longer change by themselves: the thread that compresses has the lowest priority.
fn unchanging(served: &Served, address: usize, mut last: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    let (mut equal, started) = (0, Instant::now());
    while equal < 4 {
        assert!(started.elapsed() < Duration::from_mins(2), "answers change without an edit");
        std::thread::sleep(Duration::from_millis(500));
        let now = sample(served, address);
        equal = if now == last { equal + 1 } else { 0 };
        last = now;
    }
    last
}

fn assert_same(before: &[(String, Vec<u8>)], now: &[(String, Vec<u8>)], edit: &str) {
    for ((head, body), (head_now, body_now)) in before.iter().zip(now) {
        assert_eq!(head, head_now, "{edit}");
        assert!(body == body_now, "{edit}: another body of {head}");
    }
}

/// A served city with the first of `editions`.
struct WatchedCity {
    city: TestCity,
    served: Served,
    address: usize,
    before: Vec<(String, Vec<u8>)>,
}

impl WatchedCity {
    fn start(edition: &str, address: usize) -> Self {
        let city = TestCity::new();
        if address == INTERNAL {
            // Before the places: a row that moves is read anew, and would be seen to have its town then.
            for (what, text) in [("gazetteer", GAZETTEER), ("population", POPULATION)] {
                city.write("areas.csv", text.as_bytes());
                let ran = city.run(&["import", what, "areas.csv"]);
                assert_eq!(ran.code, 0, "{ran:?}");
            }
        }
        city.write("list.csv", edition.as_bytes());
        assert_ne!(city.run(&["import", "places", "list.csv"]).code, 2);
        let served = Served::start(&city, &["--log-format", "json", "--internal-listen", "127.0.0.1:0"]);
        let before = settled(&served, address);
        Self { city, served, address, before }
    }

    fn reloads(&self) -> usize {
        std::fs::read_to_string(self.city.path("log")).unwrap().matches("the database has changed").count()
    }

    /// Imports `edition`, and looks at every answer until the server has taken it up and once more.
    fn assert_unseen(&self, edition: &str, edit: &str) {
        let reloads = self.reloads();
        self.city.write("list.csv", edition.as_bytes());
        let ran = self.city.run(&["import", "places", "list.csv"]);
        assert_ne!(ran.code, 2, "{ran:?}");
        let started = Instant::now();
        while self.reloads() == reloads {
            assert_same(&self.before, &sample(&self.served, self.address), &format!("during {edit}"));
            assert!(started.elapsed() < Duration::from_secs(20), "{edit} is not taken up: {ran:?}");
        }
        assert_same(&self.before, &sample(&self.served, self.address), &format!("after {edit}"));
    }

    /// An edit that the audience may see is seen: else the test sees nothing.
    fn assert_seen(&self, edition: &str) {
        self.city.write("list.csv", edition.as_bytes());
        self.city.run(&["import", "places", "list.csv"]);
        let started = Instant::now();
        while sample(&self.served, self.address) == self.before {
            assert!(started.elapsed() < Duration::from_secs(20), "an open edit is seen, or this test sees nothing");
        }
    }
}

#[test]
fn no_hidden_edit_is_seen_by_the_public_before_during_or_after() {
    let editions = hidden_editions();
    let watched = WatchedCity::start(&editions[0], PUBLIC);
    for (n, edition) in editions.iter().enumerate().skip(1) {
        watched.assert_unseen(edition, &format!("edit {n}"));
    }
    let workers = "区分,役割,氏名,所属,電話,担当地区,公開可否\n2層,民生委員,見本 花子,,090-0000-4444,市内全域,×\n";
    watched.city.write("workers.csv", workers.as_bytes());
    assert_ne!(watched.city.run(&["import", "link-workers", "workers.csv"]).code, 2);
    let (seen, started) = (watched.reloads(), Instant::now());
    while watched.reloads() == seen && started.elapsed() < Duration::from_secs(5) {
        assert_same(&watched.before, &sample(&watched.served, PUBLIC), "the directory");
    }
    watched.assert_seen(&editions[0].replace("体操の会", "体操クラブ"));
}

#[test]
fn no_edit_for_staff_alone_is_seen_by_link_workers_before_during_or_after() {
    let editions = editions_for_staff();
    let watched = WatchedCity::start(&editions[0], INTERNAL);
    for (n, edition) in editions.iter().enumerate().skip(1) {
        watched.assert_unseen(edition, &format!("edit {n}"));
    }
    // What the public may not see, link workers may.
    watched.assert_seen(&editions[0].replace("0000-1111", "0000-3333"));
}
