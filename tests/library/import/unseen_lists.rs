//! Invented lists in the forms that municipalities publish, for which no heading was added to any table: what they hold is
//! told from the words of the headings and from the cells. And a list stays the same list however its columns are called.

use crate::bare_city::BareCity;
use std::collections::BTreeSet;

use proptest::prelude::*;
use tsunagari::import::{ImportedFile, ImportedPlace, ProblemKind};

pub(super) fn import(text: &str) -> ImportedFile<ImportedPlace> {
    BareCity::default().read(text.as_bytes(), "list.csv")
}

/// One list: what it is, its text, the names of its places, the places with a point, and words that a place's facts hold
/// outside of what only staff see.
pub(super) struct UnseenList(
    pub &'static str,
    pub &'static str,
    pub &'static [&'static str],
    pub usize,
    pub &'static [&'static str],
);

const LISTS: &[UnseenList] = &[
    UnseenList(
        "a GIS export with codes as headings",
        "OBJECTID,POINT_X,POINT_Y,ATT01,ATT02,ATT03\n1,135.101,34.901,青葉児童センター,乙市青葉1-2-3,0790-00-0001\n\
         2,135.102,34.902,若草児童センター,乙市若草4-5,0790-00-0002\n3,135.103,34.903,港児童センター,乙市港町6-7,0790-00-0003\n",
        &["青葉児童センター", "若草児童センター", "港児童センター"],
        3,
        &["乙市青葉1-2-3", "0790-00-0001"],
    ),
    UnseenList(
        "an export with a prefix on every column",
        "USER_施設名,USER_所在地,USER_電話番号,USER_緯度,USER_経度\n青葉図書館,乙市青葉1-2,0790-00-0001,34.901,135.101\n",
        &["青葉図書館"],
        1,
        &["乙市青葉1-2", "0790-00-0001"],
    ),
    UnseenList(
        "camelCase",
        "facilityName,facilityAddress,phoneNumber,closingDay,latitude,longitude\n青葉会館,乙市青葉1-2,0790-00-0001,火曜,34.9012,135.1034\n",
        &["青葉会館"],
        1,
        &["乙市青葉1-2", "火曜", "0790-00-0001"],
    ),
    UnseenList(
        "snake_case with a reading",
        "spot_name,spot_name_kana,street_address,tel_no\n青葉公園,アオバコウエン,乙市青葉1-2,0790-00-0001\n",
        &["青葉公園"],
        0,
        &["アオバコウエン", "乙市青葉1-2"],
    ),
    UnseenList(
        "a name heading of its own trade",
        "番号,子育て支援拠点名,所在地,連絡先電話\n1,青葉ひろば,乙市青葉1-2,0790-00-0001\n2,若草ひろば,乙市若草3-4,0790-00-0002\n",
        &["青葉ひろば", "若草ひろば"],
        0,
        &["乙市青葉1-2", "0790-00-0001"],
    ),
    UnseenList(
        "polling places",
        "投票区,投票所名,投票所の所在地,開始時刻,終了時刻\n第1,青葉小学校体育館,乙市青葉1-2,7:00,20:00\n第2,若草会館,乙市若草3-4,7:00,20:00\n",
        &["青葉小学校体育館", "若草会館"],
        0,
        &["7:00〜20:00"],
    ),
    UnseenList(
        "AEDs",
        "AED設置施設名,設置施設所在地,設置箇所,利用時間\n青葉会館,乙市青葉1-2,1階受付,9:00～17:00\n若草会館,乙市若草3-4,2階廊下,9:00～17:00\n",
        &["青葉会館", "若草会館"],
        0,
        &["乙市青葉1-2", "9:00～17:00"],
    ),
    UnseenList(
        "toilets in parks: the park leads",
        "公園名,便所名,所在地,多目的ブース\n青葉公園,北側,乙市青葉1-2,○\n青葉公園,南側,乙市青葉1-2,×\n",
        &["青葉公園", "青葉公園"],
        0,
        &["北側"],
    ),
    UnseenList(
        "rooms of halls",
        "館名,室名,収容人数,料金（午前）,料金（午後）\n青葉会館,和室,20,300,400\n青葉会館,洋室,30,500,600\n",
        &["青葉会館", "青葉会館"],
        0,
        &["和室", "午前 300円"],
    ),
    UnseenList(
        "nurseries with joined headings",
        "認可保育所及び認定こども園の名称,住所又は所在地,電話・ファクス,定員（人）\n青葉保育園,乙市青葉1-2,0790-00-0001,60\n",
        &["青葉保育園"],
        0,
        &["乙市青葉1-2", "0790-00-0001", "60人"],
    ),
    UnseenList(
        "after-school clubs with a glued heading",
        "学童クラブ名,\"住所,電話番号\",定員\n青葉クラブ,乙市青葉1-2,0790-00-0001,40\n若草クラブ,乙市若草3-4,0790-00-0002,50\n港クラブ,乙市港5-6,0790-00-0003,50\n",
        &["青葉クラブ", "若草クラブ", "港クラブ"],
        0,
        &["乙市青葉1-2", "0790-00-0001"],
    ),
    UnseenList(
        "numbers and circles before headings",
        "①名称,②所在地,③問合せ先電話番号,④備考※1\n青葉の会,乙市青葉1-2,0790-00-0001,雨天中止\n",
        &["青葉の会"],
        0,
        &["乙市青葉1-2", "0790-00-0001", "雨天中止"],
    ),
    UnseenList(
        "notes within the heading cells",
        "\"サロン名\n※通称可\",\"会場住所\n（番地まで）\",\"活動日時\n（変更あり）\"\n青葉サロン,乙市青葉1-2,毎週月曜 10時\n",
        &["青葉サロン"],
        0,
        &["乙市青葉1-2", "毎週月曜 10時"],
    ),
    UnseenList(
        "an empty name beside a filled one",
        "name,助産院名,address,telephone\n,青葉助産院,乙市青葉1-2,0790-00-0001\n,若草助産院,乙市若草3-4,0790-00-0002\n",
        &["青葉助産院", "若草助産院"],
        0,
        &["乙市青葉1-2"],
    ),
    UnseenList(
        "no headings at all",
        "青葉会館,乙市青葉1-2-3,0790-00-0001\n若草会館,乙市若草4-5-6,0790-00-0002\n港会館,乙市港町7-8-9,0790-00-0003\n",
        &["青葉会館", "若草会館", "港会館"],
        0,
        &["乙市青葉1-2-3", "0790-00-0001"],
    ),
    UnseenList(
        "headings without any meaning",
        "あ,い,う\n青葉会館,乙市青葉1-2-3,0790-00-0001\n若草会館,乙市若草4-5-6,0790-00-0002\n港会館,乙市港町7-8-9,0790-00-0003\n",
        &["青葉会館", "若草会館", "港会館"],
        0,
        &["乙市青葉1-2-3", "0790-00-0001"],
    ),
    UnseenList(
        "blank headings",
        "名称,,,\n青葉会館,乙市青葉1-2-3,0790-00-0001,https://example.jp/a\n若草会館,乙市若草4-5-6,0790-00-0002,https://example.jp/b\n",
        &["青葉会館", "若草会館"],
        0,
        &["乙市青葉1-2-3", "0790-00-0001", "https://example.jp/a"],
    ),
    UnseenList(
        "a heading that is wrong",
        "名称,位置座標,ホームページ\n青葉会館,乙市青葉1-2-3,a@example.jp\n若草会館,乙市若草4-5-6,b@example.jp\n",
        &["青葉会館", "若草会館"],
        0,
        &["乙市青葉1-2-3", "a@example.jp"],
    ),
    UnseenList(
        "a weekday grid with marks",
        "教室名,会場,月,火,水,木,金,時間帯\n青葉体操,青葉会館,○,,○,,,10:00～11:00\n若草体操,若草会館,,○,,,○,13:00～14:00\n",
        &["青葉体操", "若草体操"],
        0,
        &["月・水", "10:00～11:00"],
    ),
    UnseenList(
        "a weekday grid with times",
        "教室名,会場,月曜日,火曜日,水曜日\n青葉体操,青葉会館,9:00～10:00,,9:00～10:00\n若草体操,若草会館,,13:00～14:00,\n",
        &["青葉体操", "若草体操"],
        0,
        &["月・水 9:00～10:00"],
    ),
    UnseenList(
        "two different tables beside each other",
        "会の名称,ところ,いつ,,窓口の名称,電話\n青葉の会,青葉会館,毎週月曜,,若草相談室,0790-00-0002\n港の会,港会館,毎週火曜,,市民相談室,0790-00-0003\n",
        &["市民相談室", "港の会", "若草相談室", "青葉の会"],
        0,
        &["青葉会館"],
    ),
    UnseenList(
        "families of costs, telephones and remarks",
        "名称,参加費_大人,参加費_子ども,参加費特記事項,電話番号1,電話番号1_連絡先備考,電話番号2,開催日時特記事項\n青葉食堂,300,0,相談に応じます,0790-00-0001,,0790-00-0002,祝日は休み\n",
        &["青葉食堂"],
        0,
        &["大人 300円", "相談に応じます", "0790-00-0001", "0790-00-0002", "祝日は休み"],
    ),
    UnseenList(
        "a dialect of the recommended form",
        "全国地方公共団体コード,ID,地方公共団体名,名称,名称_カナ,所在地_連結表記,緯度,経度,電話番号,利用可能曜日,開始時間,終了時間,利用可能日時特記事項\n\
         282000,1,乙市,青葉公民館,アオバコウミンカン,乙市青葉1-2,34.9012,135.1034,0790-00-0001,月火水,9:00,17:00,年末年始は休み\n",
        &["青葉公民館"],
        1,
        &["アオバコウミンカン", "9:00〜17:00", "年末年始は休み"],
    ),
    UnseenList(
        "a title, the office and a blank row above",
        "乙市 集いの場 一覧,,\n高齢福祉課,,\n,,\n集いの場の名前,ところ番地,開く日\n青葉の集い,乙市青葉1-2,毎週月曜\n若草の集い,乙市若草3-4,毎週火曜\n",
        &["青葉の集い", "若草の集い"],
        0,
        &["乙市青葉1-2", "毎週月曜"],
    ),
    UnseenList(
        "a municipality beside the name",
        "市町村名,美術館名,住所,休館日\n乙市,青葉美術館,青葉1-2,月曜\n丙市,若草美術館,若草3-4,火曜\n",
        &["若草美術館", "青葉美術館"],
        0,
        &["月曜"],
    ),
    UnseenList(
        "an operator beside the name",
        "法人名,事業所名等,住所,サービス種別\n甲福祉会,青葉ホーム,乙市青葉1-2,通所\n乙福祉会,若草ホーム,乙市若草3-4,通所\n",
        &["若草ホーム", "青葉ホーム"],
        0,
        &["甲福祉会"],
    ),
    UnseenList(
        "rows of zeros that a formula left",
        "名称,住所,電話番号\n青葉会館,乙市青葉1-2,0790-00-0001\n0,0,0\n0,0,0\n",
        &["青葉会館"],
        0,
        &["乙市青葉1-2"],
    ),
    UnseenList(
        "hours by day under a heading over two lines",
        "館名,所在地,開館時間,,休館日\n,,平日,土日祝,\n青葉図書館,乙市青葉1-2,9:00～19:00,9:00～17:00,火曜\n\
         若草図書室,乙市若草3-4,10:00～17:00,休館,水曜\n",
        &["若草図書室", "青葉図書館"],
        0,
        &["平日 9:00～19:00、土日祝 9:00～17:00", "土日祝は休み"],
    ),
    UnseenList(
        "costs with their unit in two columns",
        "食堂名,会場,料金（大人）,料金（子ども）\n青葉食堂,青葉会館,400円,無料\n若草食堂,若草会館,350円,100円\n",
        &["若草食堂", "青葉食堂"],
        0,
        &["大人 400円、子ども 無料", "大人 350円、子ども 100円"],
    ),
    UnseenList(
        "operators and nothing else that names them",
        "事業者名,買い物の代行,料金,電話\n青葉ヘルプ,○,1回400円,0790-00-0001\n若草サポート,×,30分200円,0790-00-0002\n",
        &["若草サポート", "青葉ヘルプ"],
        0,
        &["1回400円", "0790-00-0002"],
    ),
    UnseenList(
        "shops that come, with an operator among joined headings",
        "商店・事業者,移動販売,配達,曜日,電話番号,備考\n青葉ストア,○,×,火・金,0790-00-0001,\n若草屋,×,○,月・木,0790-00-0002,当日まで\n",
        &["若草屋", "青葉ストア"],
        0,
        &["火・金", "0790-00-0001"],
    ),
    UnseenList(
        "two lists beside each other, each below its title, one without a name of its own",
        "体育施設,,,,少年団,,\n施設名,住所,電話,,団名,種目,活動日\n青葉体育館,乙市青葉1-2,0790-00-0001,,若草少年団,野球,土・日\n港プール,乙市港3-4,0790-00-0002,,,,\n",
        &["港プール", "若草少年団", "青葉体育館"],
        0,
        &["乙市青葉1-2", "土・日"],
    ),
    UnseenList(
        "one heading of four",
        ",,電話番号,\n青葉荘,乙市青葉1-2,0790-00-0001,憩いの家\n若草館,乙市若草3-4,0790-00-0002,憩いの家\n港の家,乙市港5-6,0790-00-0003,集会所\n",
        &["港の家", "若草館", "青葉荘"],
        0,
        &["乙市青葉1-2", "0790-00-0001"],
    ),
    UnseenList(
        "a title and no headings, towns with a bare number",
        "乙市の農園,,\n青葉農園,青葉台12番地,0790-00-0001\n若草農園,若草田3,0790-00-0002\n港農園,港浜町4-5,0790-00-0003\n",
        &["港農園", "若草農園", "青葉農園"],
        0,
        &["若草田3", "0790-00-0002"],
    ),
    UnseenList(
        "snake_case with numbers of telephones",
        "title,addr,telephone_no,open_time,close_time,admission\n青葉の湯,乙市青葉1-2,0790-00-0001,10:00,20:00,500円\n",
        &["青葉の湯"],
        0,
        &["0790-00-0001", "10:00〜20:00", "500円"],
    ),
    UnseenList(
        "events with the weekday in a column of its own",
        "催し名,開催日,曜日,開始,終了,会場\n青葉の市,令和8年12月5日,土,10:00,12:00,青葉会館\n",
        &["青葉の市"],
        0,
        &["令和8年12月5日 土 10:00〜12:00"],
    ),
    UnseenList(
        "office hours and a short number beside offices",
        "窓口の名称,連絡先（電話・メール等）\n青葉相談室,0790-00-0001（平日9～17時）\n消費生活の窓口,若草消費生活センター 188\n",
        &["消費生活の窓口", "青葉相談室"],
        0,
        &["0790-00-0001（平日9～17時）", "\"188\""],
    ),
    UnseenList(
        "toilets with the place that they stand in",
        "トイレ名称,設置施設,所在地,利用可能時間\n公衆便所,青葉広場,乙市青葉1-2,24時間\n公衆便所,若草公園,乙市若草3-4,終日\n",
        &["若草公園", "青葉広場"],
        0,
        &["公衆便所", "24時間"],
    ),
    UnseenList(
        "tabs and a reading in brackets",
        "施設の名称（よみがな）\t所在地\t休業日\n青葉会館（あおばかいかん）\t乙市青葉1-2\t水曜\n",
        &["青葉会館"],
        0,
        &["乙市青葉1-2", "水曜"],
    ),
    UnseenList(
        "coordinates in one cell under a heading of their own",
        "拠点,地図の点,ばしょ\n青葉拠点,\"34.901,135.101\",乙市青葉1-2\n若草拠点,\"34.902,135.102\",乙市若草3-4\n港拠点,\"34.903,135.103\",乙市港5-6\n",
        &["港拠点", "若草拠点", "青葉拠点"],
        3,
        &["乙市青葉1-2"],
    ),
    UnseenList(
        "semicolons and hours in two columns without headings of time",
        "つどい;どこで;a;b\n青葉のつどい;青葉会館;9:00;12:00\n若草のつどい;若草会館;13:00;15:00\n",
        &["若草のつどい", "青葉のつどい"],
        0,
        &["9:00〜12:00"],
    ),
];

fn places(file: &ImportedFile<ImportedPlace>) -> Vec<&ImportedPlace> {
    file.sheets.iter().flat_map(|sheet| &sheet.entries).collect()
}

/// What of one list is not read as it should be.
fn misses(list: &UnseenList) -> Vec<String> {
    let UnseenList(what, text, names, located, words) = list;
    let read = import(text);
    let places = places(&read);
    let mut found: Vec<&str> = places.iter().map(|place| place.facts.name.as_str()).collect();
    let mut expected = names.to_vec();
    found.sort_unstable();
    expected.sort_unstable();
    let mut missing = Vec::new();
    if found != expected {
        missing.push(format!("{what}: names {found:?}, not {expected:?}"));
    }
    let points = places.iter().filter(|place| place.facts.site.is_some()).count();
    if points != *located {
        missing.push(format!("{what}: {points} points, not {located}"));
    }
    let said: String = places
        .iter()
        .map(|place| {
            let mut facts = place.facts.clone();
            facts.extra.clear();
            serde_json::to_string(&facts).expect("facts are JSON")
        })
        .collect();
    missing.extend(words.iter().filter(|word| !said.contains(**word)).map(|word| format!("{what}: not read: {word}")));
    missing
}

/// Holds each of `lists` to what it says.
pub(super) fn assert_read(lists: &[UnseenList]) {
    let misses: Vec<Vec<String>> = lists.iter().map(misses).filter(|misses| !misses.is_empty()).collect();
    let right = lists.len() - misses.len();
    assert!(misses.is_empty(), "{right} of {} are right\n{}", lists.len(), misses.concat().join("\n"));
}

#[test]
fn lists_in_forms_that_nobody_has_met_are_read() {
    assert_read(LISTS);
}

#[test]
fn what_was_assumed_and_what_is_not_used_is_said_once_a_column() {
    let read = import("No,子育て拠点名,とくちょうA,住所\n1,青葉ひろば,甲,乙市青葉1-2\n2,若草ひろば,甲,乙市若草3-4\n");
    let kinds: Vec<ProblemKind> = read.sheets[0].problems.iter().map(|problem| problem.kind).collect();
    for (kind, count) in [(ProblemKind::ColumnAssumed, 1), (ProblemKind::ColumnUnused, 1)] {
        assert_eq!(kinds.iter().filter(|k| **k == kind).count(), count, "{kind:?}: {kinds:?}");
    }
}

#[test]
fn a_list_without_any_name_says_so_once_with_its_headings() {
    let read = import(
        "住所,電話番号,緯度,経度\n乙市青葉1-2,0790-00-0001,34.9012,135.1034\n乙市若草3-4,0790-00-0002,34.9,135.2\n",
    );
    let problems = &read.sheets[0].problems;
    assert_eq!(problems.iter().filter(|p| p.kind == ProblemKind::NoNameColumn).count(), 1, "{problems:?}");
    assert!(problems.iter().all(|p| p.kind != ProblemKind::MissingName), "{problems:?}");
}

/// A list whose contents say all: names, addresses, telephones, points, links.
const COLUMNS: [(&str, [&str; 5]); 6] = [
    ("名称", ["青葉のつどい", "若草カフェ", "港おしゃべり広場", "山手体操の会", "浜辺サロン"]),
    ("住所", ["乙市青葉1-2-3", "乙市若草4-5", "乙市港町6-7-8", "乙市山手9-10", "乙市浜辺11-12"]),
    ("電話番号", ["0790-00-0001", "0790-00-0002", "0790-00-0003", "0790-00-0004", "0790-00-0005"]),
    ("緯度", ["34.9011", "34.9022", "34.9033", "34.9044", "34.9055"]),
    ("経度", ["135.1011", "135.1022", "135.1033", "135.1044", "135.1055"]),
    (
        "URL",
        [
            "https://a.example.jp/",
            "https://b.example.jp/",
            "https://c.example.jp/",
            "https://d.example.jp/",
            "https://e.example.jp/",
        ],
    ),
];

/// The list with its columns in `order` and called as `heading` says; `None` leaves the row of headings out.
fn written(order: &[usize], heading: Option<&dyn Fn(usize) -> String>) -> String {
    let heads = heading.map(|heading| order.iter().map(|at| heading(*at)).collect::<Vec<_>>().join(",") + "\n");
    let rows = (0..5).map(|row| order.iter().map(|at| COLUMNS[*at].1[row]).collect::<Vec<_>>().join(",") + "\n");
    heads.into_iter().chain(rows).collect()
}

/// What a reader of the list cares about, whatever the order of rows and columns.
fn gist(text: &str) -> BTreeSet<String> {
    let read = import(text);
    let gist = |place: &&ImportedPlace| {
        let facts = &place.facts;
        format!("{} {:?} {:?} {:?} {:?}", facts.name, facts.address, facts.contact.phone, facts.contact.url, facts.site)
    };
    places(&read).iter().map(gist).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_list_is_the_same_list_whatever_its_columns_are_called_and_wherever_they_stand(
        order in Just(vec![0, 1, 2, 3, 4, 5]).prop_shuffle(),
        nonsense in "[ぁ-ん]{2}|[A-Z]{2}[0-9]{3}|列",
    ) {
        let plain = gist(&written(&[0, 1, 2, 3, 4, 5], Some(&|at| COLUMNS[at].0.to_owned())));
        prop_assert_eq!(plain.len(), 5);
        prop_assert_eq!(&gist(&written(&order, Some(&|at| COLUMNS[at].0.to_owned()))), &plain);
        prop_assert_eq!(&gist(&written(&order, Some(&|at| format!("{nonsense}{at}")))), &plain);
        prop_assert_eq!(&gist(&written(&order, None)), &plain);
    }
}
