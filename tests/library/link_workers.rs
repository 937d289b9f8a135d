//! Lists of link workers of the kinds that cities have, each in its own dialect, through the reader. All of it is invented.

use std::path::Path;
use std::sync::LazyLock;
use tsunagari::model::Language;

use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook};
use tsunagari::config::Config;
use tsunagari::import::ImportedFile;
use tsunagari::import::link_workers::read;
use tsunagari::import::regions::gazetteer;
use tsunagari::import::regions::gazetteer::Gazetteer;
use tsunagari::import::regions::outlines;
use tsunagari::import::{ImportContext, ProblemKind};
use tsunagari::model::{Audience, DistrictTable, Layer, LinkWorker};
use tsunagari::privacy::{PrivateNames, redact_link_worker};

/// The sample city: its districts, former towns and 大字.
struct City {
    config: Config,
    gazetteer: Gazetteer,
    districts: DistrictTable,
}

static CITY: LazyLock<City> = LazyLock::new(City::new);

impl City {
    fn new() -> Self {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        let config = Config::load(&data).unwrap();
        let districts =
            outlines::districts(&std::fs::read(data.join("sample/city/districts.geojson")).unwrap()).unwrap();
        let towns = gazetteer::read(&std::fs::read(data.join("sample/city/gazetteer.csv")).unwrap()).unwrap();
        Self { gazetteer: Gazetteer::new(towns, &config.city), districts: DistrictTable::new(districts), config }
    }

    fn read(&self, bytes: &[u8], file: &str) -> ImportedFile<LinkWorker> {
        let known = ImportContext { gazetteer: Some(&self.gazetteer), ..self.config.import_context(&self.districts) };
        read(bytes, file, known)
    }
}

fn workers(import: ImportedFile<LinkWorker>) -> Vec<LinkWorker> {
    assert!(import.refused.is_none(), "{:?}", import.refused);
    import.sheets.into_iter().flat_map(|sheet| sheet.entries).collect()
}

fn from_csv(text: &str) -> Vec<LinkWorker> {
    workers(CITY.read(text.as_bytes(), "名簿.csv"))
}

fn kinds(import: &ImportedFile<LinkWorker>) -> Vec<(u32, ProblemKind)> {
    let problems = import.sheets.iter().flat_map(|sheet| &sheet.problems);
    problems.filter(|p| p.kind != ProblemKind::NoAudienceColumnOfWorkers).map(|p| (p.row, p.kind)).collect()
}

fn served(worker: &LinkWorker) -> Vec<String> {
    let city = &*CITY;
    let served = worker.served(&city.districts);
    let names = served.districts.iter().map(|id| city.districts.by_id(id).unwrap().name.clone());
    served.everywhere.then(|| "全域".to_owned()).into_iter().chain(names).collect()
}

/// What the public gets to read of `workers`, as one text.
fn in_public(workers: &[LinkWorker]) -> String {
    let names = PrivateNames::of(workers);
    let seen: Vec<_> = workers.iter().filter_map(|w| redact_link_worker(w, Audience::Public, &names)).collect();
    serde_json::to_string(&seen).unwrap()
}

/// What identifies an entry in these tests: layer, role, person, office.
fn told(worker: &LinkWorker) -> (Option<Layer>, &str, &str, &str) {
    let text = |text: &'_ Option<String>| text.as_deref().map_or("", |t| t).to_owned().leak() as &str;
    (worker.layer, text(&worker.role), worker.name().unwrap_or_default(), text(&worker.office))
}

const ONE: Option<Layer> = Some(Layer::One);
const TWO: Option<Layer> = Some(Layer::Two);

#[test]
fn one_list_with_a_column_of_layers() {
    let list = from_csv(
        "区分,役割,氏名,所属,電話,担当地区,受付時間,相談内容,備考\n\
         1層,保健師,見本 花子,健康福祉課,079-000-1111,市内全域,平日8:30〜17:15,健康と暮らしの相談,\n\
         2層,民生委員・児童委員,見本 太郎,,090-0000-1111,八鹿・伊佐,,,夜は避ける\n",
    );
    assert_eq!(told(&list[0]), (ONE, "保健師", "見本 花子", "健康福祉課"));
    assert_eq!((list[0].phone.as_deref(), served(&list[0])), (Some("079-000-1111"), vec!["全域".to_owned()]));
    assert_eq!(list[0].hours.as_deref(), Some("平日8:30〜17:15"));
    assert_eq!(told(&list[1]), (TWO, "民生委員・児童委員", "見本 太郎", ""));
    assert_eq!((list[1].phone.as_deref(), &*list[1].person_phones), (None, &["090-0000-1111".to_owned()][..]));
    assert_eq!(served(&list[1]), ["八鹿", "伊佐"]);
}

#[test]
fn a_roll_of_commissioned_volunteers_that_says_nowhere_what_they_are_but_in_its_title() {
    let text = "令和8年度 民生委員・児童委員名簿,,,,\n養父市 社会福祉課,,,,\n地区,氏名,住所,電話番号,\n八鹿,見本 太郎,八鹿町八鹿1番地,079-000-2001,\n,見本 次郎,八鹿町国木12番地,079-000-2002,\n高柳,見本 三枝,八鹿町高柳3番地,079-000-2003,\n,見本 四郎,八鹿町高柳5番地,079-000-2004,\n";
    let list = from_csv(text);
    assert_eq!(list.len(), 4);
    for worker in &list {
        assert_eq!((worker.layer, worker.role.as_deref()), (TWO, Some("民生委員・児童委員")));
        assert_eq!(
            (worker.phone.as_deref(), worker.address.as_deref()),
            (None, None),
            "a volunteer's number is at home"
        );
        assert_eq!((worker.person_phones.len(), worker.person_address.is_some()), (1, true));
    }
    assert_eq!(list.iter().flat_map(served).collect::<Vec<_>>(), ["八鹿", "八鹿", "高柳", "高柳"]);
    let public = in_public(&list);
    for secret in ["見本", "079-000-200", "番地"] {
        assert!(!public.contains(secret), "{secret} in {public}");
    }
}

#[test]
fn the_name_of_the_file_says_what_they_are_where_nothing_else_does() {
    let import = CITY.read("担当地区,氏名\n大屋,見本 一子\n".as_bytes(), "R8_福祉委員名簿.csv");
    let list = workers(import);
    assert_eq!(told(&list[0]), (TWO, "福祉委員", "見本 一子", ""));
}

#[test]
fn sheets_named_after_layers_and_roles_merged_districts_and_a_heading_over_two_lines() {
    let mut workbook = Workbook::new();
    let format = Format::new();
    let sheet = workbook.add_worksheet().set_name("1層").unwrap();
    for (column, text) in ["職種", "担当者", "機関名", "連絡先", "", "担当エリア"].iter().enumerate() {
        sheet.write_string(2, column.try_into().unwrap(), *text).unwrap();
    }
    sheet.write_string(0, 0, "連携役名簿（見本）").unwrap();
    sheet.merge_range(2, 3, 2, 4, "連絡先", &format).unwrap();
    sheet.write_string(3, 3, "電話").unwrap().write_string(3, 4, "FAX").unwrap();
    let row =
        ["生活支援コーディネーター", "見本 五月", "養父市社会福祉協議会", "079-000-3001", "079-000-3002", "旧大屋町"];
    for (column, text) in row.iter().enumerate() {
        sheet.write_string(4, column.try_into().unwrap(), *text).unwrap();
    }
    let sheet = workbook.add_worksheet().set_name("ふれあい訪問員").unwrap();
    for (column, text) in ["担当地区", "氏名", "携帯電話"].iter().enumerate() {
        sheet.write_string(0, column.try_into().unwrap(), *text).unwrap();
    }
    sheet.merge_range(1, 0, 2, 0, "関宮", &format).unwrap();
    sheet.write_string(1, 1, "見本 六郎").unwrap().write_string(1, 2, "080-0000-3003").unwrap();
    sheet.write_string(2, 1, "見本 七海").unwrap().write_number(2, 2, 8_000_003_004_f64).unwrap();
    let list = workers(CITY.read(&workbook.save_to_buffer().unwrap(), "連携役.xlsx"));
    assert_eq!(list.len(), 3);
    assert_eq!(told(&list[0]), (ONE, "生活支援コーディネーター", "見本 五月", "養父市社会福祉協議会"));
    assert_eq!((list[0].phone.as_deref(), list[0].fax.as_deref()), (Some("079-000-3001"), Some("079-000-3002")));
    assert_eq!(served(&list[0]), ["大屋", "口大屋", "南谷", "西谷"]);
    assert_eq!(told(&list[2]), (TWO, "ふれあい訪問員", "見本 七海", ""));
    assert_eq!((served(&list[2]), list[2].source.row), (vec!["関宮".to_owned()], 3));
    assert_eq!(list[2].person_phones, ["08000003004"], "the zero that Excel dropped");
}

#[test]
fn shift_jis_with_full_width_headings_and_sections() {
    let text = "連携役一覧,,,\r\n職　種,氏　名,所　属,ＴＥＬ\r\n【１層】,,,\r\n薬剤師,見本　八重,見本薬局,０７９−０００−４００１\r\n医療ソーシャルワーカー,,見本病院 地域連携室,079-000-4002\r\n【２層】,,,\r\n区長,見本　九郎,大谷区,079-000-4003\r\n";
    let text = text.replace('−', "－");
    let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode(&text);
    let import = CITY.read(&bytes, "連携役.csv");
    let list = workers(import);
    let layers: Vec<_> = list.iter().map(|worker| worker.layer).collect();
    assert_eq!(layers, [ONE, ONE, TWO]);
    assert_eq!(told(&list[1]), (ONE, "医療ソーシャルワーカー", "", "見本病院 地域連携室"));
    assert_eq!(list[2].phone, None, "a ward has no desk");
    assert!(!in_public(&list).contains("4003"));
}

#[test]
fn a_role_and_a_name_in_one_cell() {
    let list = from_csv(
        "役職・氏名,所属,電話番号\n保健師　見本花子,健康課,079-000-5001\nケアマネジャー（主任） 見本 一,見本居宅介護支援事業所,079-000-5002\n",
    );
    assert_eq!((list[0].role.as_deref(), list[0].name()), (Some("保健師"), Some("見本花子")));
    assert_eq!((list[1].layer, list[1].role.as_deref()), (ONE, Some("ケアマネジャー（主任）")));
    assert!(!in_public(&list).contains("見本花子") && !in_public(&list).contains("見本 一"));
    let list =
        from_csv("役割,担当地区,電話\n民生委員 見本三郎,八鹿,079-000-5003\n保健師（八鹿担当）,八鹿,079-000-5004\n");
    assert_eq!((list[0].role.as_deref(), list[0].name()), (Some("民生委員"), Some("見本三郎")));
    assert_eq!((list[1].role.as_deref(), list[1].name()), (Some("保健師（八鹿担当）"), None));
    assert_eq!(list[1].phone.as_deref(), Some("079-000-5004"));
}

#[test]
fn a_column_of_kinds_that_holds_the_role() {
    let list = from_csv(
        "種別,氏名,勤務先,勤務先電話,携帯電話\nケアマネ,見本 十和,見本事業所,079-000-6001,090-0000-6002\n民生委員,見本 百恵,,,090-0000-6003\n",
    );
    assert_eq!(told(&list[0]), (ONE, "ケアマネ", "見本 十和", "見本事業所"));
    assert_eq!((list[0].phone.as_deref(), list[0].person_phones.len()), (Some("079-000-6001"), 1));
    assert_eq!(told(&list[1]), (TWO, "民生委員", "見本 百恵", ""));
}

#[test]
fn a_list_of_offices_alone() {
    let list = from_csv(
        "相談窓口,所在地,電話番号,開設時間,担当圏域\n八鹿地域包括支援センター（見本）,八鹿町八鹿,079-000-7001,平日8:30〜17:15,八鹿・養父\n見本薬局,広谷,079-000-7002,,\n",
    );
    assert_eq!(told(&list[0]), (ONE, "", "", "八鹿地域包括支援センター（見本）"));
    assert_eq!((list[0].phone.as_deref(), list[0].address.as_deref()), (Some("079-000-7001"), Some("八鹿町八鹿")));
    assert_eq!((list[1].layer, served(&list[1])), (ONE, vec!["全域".to_owned()]));
}

#[test]
fn districts_in_every_way_that_they_are_written() {
    for (written, expected) in [
        ("八鹿", "八鹿"),
        ("八鹿・伊佐", "八鹿 伊佐"),
        ("八鹿地区、高柳地区", "八鹿 高柳"),
        ("八鹿，高柳", "八鹿 高柳"),
        ("八鹿/高柳／小佐", "八鹿 高柳 小佐"),
        ("八鹿\n高柳", "八鹿 高柳"),
        ("八鹿 高柳", "八鹿 高柳"),
        ("八鹿及び高柳", "八鹿 高柳"),
        ("八鹿と高柳", "八鹿 高柳"),
        ("旧大屋町", "大屋 口大屋 南谷 西谷"),
        ("大屋町全域", "大屋 口大屋 南谷 西谷"),
        ("大屋町一円", "大屋 口大屋 南谷 西谷"),
        ("大屋地域（大屋・口大屋）", "大屋 口大屋"),
        ("大屋（大屋町）", "大屋"),
        ("八鹿（下網場を除く）", "八鹿"),
        ("八鹿小学校区", "八鹿"),
        ("八鹿地域自治協議会", "八鹿"),
        ("八鹿ほか", "八鹿"),
        ("関宮の一部", "関宮"),
        ("養父市全域", "全域"),
        ("全域", "全域"),
        ("全域（とくに大屋）", "全域"),
        ("", "全域"),
        ("―", "全域"),
        ("国木区", "八鹿"),
        ("八鹿町国木", "八鹿"),
        ("第三民生区", ""),
        ("八鹿・第三民生区", "八鹿"),
    ] {
        let list = from_csv(&format!("区分,役割,担当地区\n2層,民生委員,\"{written}\"\n"));
        assert_eq!(served(&list[0]).join(" "), expected, "{written}");
    }
}

#[test]
fn a_small_area_is_found_in_its_district() {
    let city = &*CITY;
    let list = from_csv("区分,役割,担当大字,大字\n2層,民生委員,,加保\n2層,民生委員,,国木\n");
    for (worker, town) in list.iter().zip(["大屋町加保", "八鹿町国木"]) {
        let position = city.gazetteer.locate(town).unwrap().town.centre;
        assert_eq!(worker.served(&city.districts).districts, [city.districts.at(position).unwrap().id.clone()]);
    }
}

#[test]
fn every_problem_names_its_row_and_column_and_no_row_is_lost() {
    let import = CITY.read(
        "区分,役割,氏名,担当地区,電話,公開可否\n\
         ,地域の人,見本 一,八鹿,,○\n\
         3層,世話係,,八鹿,,○\n\
         2層,民生委員,見本 二,どこか,,○\n\
         2層,民生委員,見本 三,,,○\n\
         2層,,,八鹿,079-000-8001,○\n\
         2層,民生委員,見本 四,八鹿,#REF!,△\n\
         2層,民生委員,見本 五,伊佐,,○\n\
         2層,民生委員,見本 五,伊佐,,○\n"
            .as_bytes(),
        "名簿.csv",
    );
    let found = kinds(&import);
    for expected in [
        (2, ProblemKind::UnknownLayer),
        (3, ProblemKind::UnknownLayer),
        (4, ProblemKind::UnknownServedArea),
        (5, ProblemKind::BlankServedArea),
        (6, ProblemKind::MissingWorker),
        (7, ProblemKind::FormulaError),
        (7, ProblemKind::UnclearAudience),
        (9, ProblemKind::DuplicateRow),
    ] {
        assert!(found.contains(&expected), "{expected:?} in {found:?}");
    }
    let sheet = &import.sheets[0];
    assert_eq!((sheet.records, sheet.entries.len()), (8, 7), "one row says of nobody");
    let layer = sheet.problems.iter().find(|p| p.row == 3 && p.kind == ProblemKind::UnknownLayer).unwrap();
    assert_eq!(layer.column.as_deref(), Some("区分"));
    assert!(layer.message(Language::Ja).contains("「3層」"), "{}", layer.message(Language::Ja));
    assert_eq!(sheet.entries[4].audience, Audience::Staff, "what is not understood is for staff only");
}

#[test]
fn rows_marked_for_link_workers_or_hidden_are_so() {
    let list = from_csv(
        "区分,役割,所属,電話,公開可否\n1層,保健師,健康課,079-000-9001,○\n1層,助産師,健康課,079-000-9002,支援者のみ\n1層,看護師,健康課,079-000-9003,非公開\n",
    );
    let audiences: Vec<_> = list.iter().map(|worker| worker.audience).collect();
    assert_eq!(audiences, [Audience::Public, Audience::LinkWorkers, Audience::Staff]);
    let public = in_public(&list);
    assert!(public.contains("9001") && !public.contains("9002") && !public.contains("助産師"));
}

#[test]
fn a_vacant_post_is_kept_and_said_to_be_vacant() {
    let list = from_csv("役割,氏名,担当地区\n民生委員,欠員,熊次\n民生委員,（調整中）,出合\n");
    assert!(list.iter().all(|worker| worker.vacant && worker.person.is_none()));
}

#[test]
fn a_name_is_public_only_under_a_heading_that_says_so() {
    let list = from_csv(
        "区分,役割,氏名（公開）,所属,電話,備考\n1層,保健師,見本 春子,健康課,079-000-1201,見本春子が電話を受けます\n",
    );
    let public = in_public(&list);
    assert!(public.contains("見本 春子"), "{public}");
    let list =
        from_csv("区分,役割,氏名,所属,電話,備考\n1層,保健師,見本 春子,健康課,079-000-1201,見本春子が電話を受けます\n");
    assert!(!in_public(&list).contains("春子"));
}

#[test]
fn a_volunteer_of_an_association_keeps_the_number_private_and_one_at_a_desk_has_the_desk_s() {
    let list = from_csv(
        "区分,役割,氏名,所属,電話番号,担当地区\n\
         2層,民生委員,見本 夏子,八鹿地区民生委員児童委員協議会,079-000-1301,八鹿\n\
         2層,ふれあい訪問員,見本 秋子,養父市社会福祉協議会 大屋支部,079-000-1302,大屋\n\
         2層,ふれあい訪問員,見本 冬子,養父市社会福祉協議会 大屋支部,090-0000-1303,大屋\n",
    );
    assert_eq!((list[0].phone.as_deref(), &*list[0].person_phones), (None, &["079-000-1301".to_owned()][..]));
    assert_eq!(list[1].phone.as_deref(), Some("079-000-1302"));
    assert_eq!((list[2].phone.as_deref(), &*list[2].person_phones), (None, &["090-0000-1303".to_owned()][..]));
    let public = in_public(&list);
    assert!(public.contains("1302") && !public.contains("1301") && !public.contains("1303"), "{public}");
}

#[test]
fn numbers_with_words_around_them_are_taken_apart() {
    let list = from_csv(
        "区分,職種,氏名,所属,連絡先\n1層,看護師,見本 月子,見本病院,\"代表 079-000-1401 / 携帯 090-0000-1402 FAX 079-000-1403\"\n1層,看護師,見本 星子,見本病院,メールで\n",
    );
    assert_eq!((list[0].phone.as_deref(), list[0].fax.as_deref()), (Some("079-000-1401"), Some("079-000-1403")));
    assert_eq!(list[0].person_phones, ["090-0000-1402"]);
    assert_eq!((list[1].phone.as_deref(), list[1].note.as_deref()), (None, Some("連絡先: メールで")));
    let list = from_csv("区分,役割,氏名,電話\n2層,民生委員,見本 太郎 090-0000-1404,079-000-1405\n");
    assert_eq!(
        (list[0].name(), list[0].person_phones.join(" ")),
        (Some("見本 太郎"), "090-0000-1404 079-000-1405".to_owned())
    );
}

#[test]
fn columns_nobody_knows_are_for_staff_only_and_home_addresses_for_link_workers() {
    let list = from_csv(
        "区分,役割,氏名,ふりがな,生年月日,自宅住所,担当地区\n2層,民生委員,見本 雪,みほん ゆき,S30.1.1,大屋町加保12番地,大屋\n",
    );
    assert_eq!(list[0].extra["生年月日"], "S30.1.1");
    let inner = redact_link_worker(&list[0], Audience::LinkWorkers, &PrivateNames::default()).unwrap();
    assert_eq!((inner.extra.len(), inner.person_kana.as_deref()), (0, Some("みほん ゆき")));
    let public = in_public(&list);
    for secret in ["見本", "ゆき", "12番地", "S30"] {
        assert!(!public.contains(secret), "{secret}");
    }
}

#[test]
fn what_is_no_list_is_refused_by_name() {
    for (bytes, kind) in [
        (&b""[..], ProblemKind::EmptyFile),
        (b"%PDF-1.7 ...", ProblemKind::OtherFormat),
        ("ただの文章です。\n表ではありません。\n".as_bytes(), ProblemKind::NotATable),
    ] {
        let import = CITY.read(bytes, "名簿.csv");
        assert_eq!(import.refused.map(|p| p.kind), Some(kind));
    }
}

#[test]
fn hostile_cells_do_no_harm() {
    let long = "八鹿・".repeat(5_000);
    let brackets = "（".repeat(2_000);
    for cell in [
        &*long,
        &*brackets,
        "=HYPERLINK(\"x\")",
        "<script>alert(1)</script>",
        "\u{202e}八鹿",
        "1層1層1層",
        "・・・",
        "（）",
    ] {
        let cell = cell.replace('"', "\"\"");
        let text = format!(
            "区分,役割,氏名,所属,電話,担当地区,備考\n\"{cell}\",\"{cell}\",\"{cell}\",\"{cell}\",\"{cell}\",\"{cell}\",\"{cell}\"\n"
        );
        let import = CITY.read(text.as_bytes(), "名簿.csv");
        assert!(import.refused.is_some() || import.sheets[0].records <= 1);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_the_cells_nothing_panics_and_no_row_vanishes_in_silence(
        rows in prop::collection::vec(prop::collection::vec("[0-9ぁ-んァ-ン一-龠（）・、,/ 　層市町村区-]{0,10}", 6), 1..12),
    ) {
        let mut text = "区分,役割,氏名,所属,電話,担当地区\n".to_owned();
        for row in &rows {
            let cells: Vec<String> = row.iter().map(|cell| format!("\"{cell}\"")).collect();
            text += &(cells.join(",") + "\n");
        }
        let import = CITY.read(text.as_bytes(), "名簿.csv");
        for sheet in &import.sheets {
            let lost = sheet.problems.iter().filter(|p| p.kind == ProblemKind::MissingWorker).count();
            prop_assert_eq!(sheet.records as usize, sheet.entries.len() + lost);
        }
    }
}

#[test]
fn nobody_of_the_list_is_named_in_public_by_the_role_office_or_remark_of_any_row() {
    let list = from_csv(
        "役割,氏名,ふりがな,所属,電話,担当地区,備考\n\
         民生委員 十五致　花子 090-1111-2222,,,,,八鹿,\n\
         福祉委員,漏洩 六郎,ろうえい ろくろう,サロン（代表 漏洩六郎）,079-000-4444,八鹿,不在時は十五致さんへ\n\
         保健師,,,健康福祉課,079-000-1111,市内全域,ろうえい ろくろうさん（079-000-4444）と分担\n",
    );
    assert_eq!(told(&list[0]), (TWO, "民生委員", "十五致 花子", ""));
    assert_eq!(list[0].person_phones, ["090-1111-2222"]);
    let public = in_public(&list);
    for secret in ["十五致", "花子", "漏洩", "ろくろう", "1111-2222", "4444"] {
        assert!(!public.contains(secret), "{secret} in {public}");
    }
    assert!(public.contains("健康福祉課") && public.contains("079-000-1111"), "{public}");
}

#[test]
fn what_stands_below_a_group_or_heading_that_is_not_public_is_in_no_public_entry() {
    let list = from_csv(
        "公開情報,,,非公開,,,\n区分,役割,所属,備考,電話,住所,相談内容\n1層,保健師,養父市健康医療課,持病あり,079-111-2222,広谷999,秘密の相談\n",
    );
    assert_eq!(list[0].person_phones, ["079-111-2222"]);
    let public = in_public(&list);
    assert!(public.contains("保健師") && public.contains("健康医療課"), "{public}");
    let marked = from_csv(
        "区分,役割,所属,氏名（公開×）,代表電話（携帯）,所属住所（自宅）\n1層,保健師,養父市健康医療課,見本 雪,079-111-2222,広谷999\n",
    );
    let public = [public, in_public(&marked)].concat();
    for secret in ["持病", "2222", "999", "秘密", "見本"] {
        assert!(!public.contains(secret), "{secret} in {public}");
    }
}
