//! Nothing private leaks from the real program: lists in which every column gives somebody away are imported, served and
//! exported, and every byte of what is public and of the server's log is searched. The lists are those of
//! `tests/library/secrets`.

#[path = "../library/secrets/lists.rs"]
mod lists;
#[path = "../library/secrets/search.rs"]
mod search;
#[path = "../library/secrets/writings.rs"]
mod writings;

use self::search::{Leaks, Planted};
use self::writings::Secret;
use crate::run::TestCity;
use crate::served::Served;

/// How many places the list has; a thousand are in `tests/library/secrets`.
const ROWS: usize = 120;

#[test]
fn what_is_private_is_in_no_page_file_or_log_of_the_program() {
    let city = TestCity::new();
    let mut lists = lists::generated(ROWS, &["サロン・カフェ", "体操・運動", "個別農業指導", "仲間をさがす人"]);
    assert!(lists.searched.len() > ROWS * 3);
    let person = Secret::of(1);
    let name = format!("{}{}", person.family, person.given);
    let file = format!("{name}さんの畑.csv");
    let planted = Planted { list: "places", row: 0, column: "file name", label: "姓名さん", text: file.clone() };
    lists.searched.add(&name, planted);
    city.write("一覧.csv", lists.places.as_bytes());
    city.write(&file, "名称,分類\n畑の会,サロン・カフェ\n".as_bytes());
    city.write("連携役.csv", lists.workers.as_bytes());
    for arguments in [&["import", "places", "一覧.csv", &file][..], &["import", "link-workers", "連携役.csv"]] {
        let ran = city.run(arguments);
        assert!(ran.code <= 1, "{ran:?}");
    }
    let exported = city.run(&["export", "public.geojson"]);
    assert_eq!(exported.code, 0, "{exported:?}");
    let mut leaks = Leaks::default();
    let served = Served::start(&city, &[]);
    let places = served.ask("/places.geojson");
    let places: serde_json::Value = serde_json::from_str(&places).unwrap();
    let ids: Vec<&str> = places["features"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), ROWS + 1);
    let pages = ids.iter().map(|id| format!("/places/{id}"));
    let other = ["/", "/places.geojson", "/link-workers", "/collections/places/items?limit=1000", "/categories.json"];
    for path in pages.chain(other.map(str::to_owned)) {
        lists.searched.find(&path, served.ask(&path).as_bytes(), &mut leaks);
    }
    assert_eq!(served.stop(), Some(0));
    for file in ["public.geojson", "log"] {
        let bytes = std::fs::read(city.path(file)).unwrap();
        assert!(!bytes.is_empty(), "{file}");
        lists.searched.find(file, &bytes, &mut leaks);
    }
    leaks.assert_none();
}
