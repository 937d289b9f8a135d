//! Holds the tables of `docs/headings.md` and `docs/data-format.md` to the program's own data. `UPDATE_DOCS=1` writes them anew.

use std::fmt::Write as _;
use tsunagari::model::Language;

use toml::Table;
use tsunagari::import::link_workers;
use tsunagari::import::places::phrases::Phrases;
use tsunagari::import::{ProblemKind, Severity};
use tsunagari::model::place_workbook::WorkbookColumn;
use tsunagari::model::{AccessFact, Audience, MeetingMode, Role, Status};

const PAGE: &str = "docs/data-format.md";
const HEADING_PAGE: &str = "docs/headings.md";
const WORKER_PAGE: &str = "docs/link-workers.md";
const WORKBOOK_PAGE: &str = "docs/excel.md";

/// What each table of `columns.toml` is called in the page, in its order there.
const FIELDS: &str = "
activity_name 活動・サロン・催しの名前
name 場所の名前
group_name 団体の名前（活動名がないときは場所の名前）
venue_name 施設・会場の名前
kana 名前の読み
list_id 変わらない ID
running_number 通し番号（目印にしません）
category 分類
tags 活動内容（短い言葉）
interests 興味・作物・キーワード
roles 参加する・手伝う・教える
description 説明（文章）
organization 運営
mode 会い方（来所・訪問・電話・オンライン）
lon 経度
lat 緯度
lon_lat 緯度と経度（一つのセル）
address 住所
address_prefecture 都道府県
address_city 市区町村
address_town 町字
address_number 番地以下
address_building 建物名・方書
district 地区
former_town 旧町
schedule 日時（言葉のまま）
weekdays 曜日
start_time 開始時刻
end_time 終了時刻
start_date 開始日
end_date 終了日
closed_days 定休日
pick_up 送迎
step_free 段差・バリアフリー
wheelchair 車いす
toilet トイレ
parking 駐車場
chairs 椅子
outdoor 屋内・屋外
strenuous 体力
visit_first 見学
beginners 初心者
met_first_time 初回の付き添い
men_come 男性の参加
hearing_support 聞こえの支援
booking_needed 予約
access_note 配慮・その他の設備
directions 行き方
cost 費用
bring 持ち物
eligibility 対象
capacity 定員
note 備考
person 代表者・担当者（公開しません）
person_public 代表者・担当者（公開）
person_phone 代表者の電話（公開しません）
contact_office 連絡先・問い合わせ先
phone 電話
phone_extension 内線
fax FAX
email メール
url ホームページ
audience 掲載可否
status 活動状況
consent_on 同意日
consent_until 同意期限
consent_state 同意の有無
consent_withdrawn 同意撤回日
verified_on 確認日
verified_by 確認者
verified_how 確認方法
accepts_new 新規受入
ignored 読むだけで使わない列
activity_name_of_last_resort 名前の列がない表で、活動の名前とみなす列
name_of_last_resort 名前の列がない表で、場所の名前とみなす列
";

fn fact(fact: AccessFact) -> &'static str {
    match fact {
        AccessFact::StepFree => "段差なし",
        AccessFact::Wheelchair => "車いすで入れる",
        AccessFact::Toilet => "トイレ",
        AccessFact::AccessibleToilet => "車いす用トイレ",
        AccessFact::Parking => "駐車場",
        AccessFact::PickUp => "送迎",
        AccessFact::Chairs => "椅子",
        AccessFact::Outdoor => "屋外",
        AccessFact::RainCancels => "雨天中止",
        AccessFact::Strenuous => "体力がいる",
        AccessFact::VisitFirst => "見学できる",
        AccessFact::Beginners => "初心者歓迎",
        AccessFact::MetFirstTime => "初回に迎える人がいる",
        AccessFact::AloneWelcome => "一人で参加できる",
        AccessFact::MenCome => "男性も来る",
        AccessFact::SmallGroup => "少人数",
        AccessFact::Quiet => "静か",
        AccessFact::HearingSupport => "聞こえの支援",
        AccessFact::FreeOfCharge => "無料",
        AccessFact::BookingNeeded => "予約が必要",
        AccessFact::Full => "満員",
    }
}

/// The fields in order, with their headings.
fn fields() -> String {
    table_of_fields(include_str!("../../../src/import/columns.toml"), FIELDS)
}

fn table_of_fields(columns: &str, labels: &str) -> String {
    let columns: Table = columns.parse().expect("columns.toml is TOML");
    let mut page = String::from("| 項目 | 見出し |\n|---|---|\n");
    let named: Vec<(&str, &str)> = labels.trim().lines().filter_map(|line| line.split_once(' ')).collect();
    for (name, label) in &named {
        let headings = columns[*name]["headings"].as_array().expect("a list of headings");
        let headings: Vec<&str> = headings.iter().filter_map(|h| h.as_str()).collect();
        let _ = writeln!(page, "| **{label}**<br>`{name}` | {} |", headings.join("、").replace('|', "\\|"));
    }
    let missing: Vec<&String> = columns.keys().filter(|key| !named.iter().any(|(name, _)| name == key)).collect();
    assert!(missing.is_empty(), "{missing:?} of columns.toml stand in no table of the page");
    page
}

/// What each table of `link_workers/columns.toml` is called in its page, in its order there.
const WORKER_FIELDS: &str = "
layer 層
post 役割
worker 氏名（公開しません）
person_public 氏名（公開）
kana ふりがな（公開しません）
office 所属
district 担当地区
former_town 旧町
phone 電話（だれのものか書かれていない）
office_phone 所属の電話
person_phone 本人の電話（公開しません）
phone_extension 内線
fax FAX（公開しません）
email メール（公開しません）
url ホームページ
address 住所（だれのものか書かれていない）
office_address 所属の住所
person_address 自宅の住所（公開しません）
hours 受付時間
ask_for 相談内容
note 備考
audience 公開可否
list_id 番号・ID（職員だけに残します）
running_number 通し番号（読むだけで使いません）
";

fn worker_fields() -> String {
    table_of_fields(include_str!("../../../src/import/link_workers/columns.toml"), WORKER_FIELDS)
}

/// The words by which lists of link workers are understood.
fn worker_words() -> String {
    let file = link_workers::words_file();
    let mut page = String::from("| 言葉 | 意味 |\n|---|---|\n");
    for (words, meaning) in [
        (&file.layer.one, "1層（どこにあっても）"),
        (&file.layer.two, "2層（どこにあっても）"),
        (&file.layer.one_whole, "1層（区分のセルがそれだけのとき）"),
        (&file.layer.two_whole, "2層（区分のセルがそれだけのとき）"),
        (&file.roles.one, "1層の役割"),
        (&file.roles.two, "2層の役割"),
        (&file.roles.other, "役割（層は決まらない）"),
        (&file.offices.one, "1層の所属（役割がないとき）"),
        (&file.offices.two, "2層の所属（役割がないとき）"),
        (&file.offices.desks, "窓口のある所属"),
        (&file.offices.volunteers, "集まり（窓口がない）"),
        (&file.offices.none, "所属がない"),
        (&file.whole.words, "市全体"),
        (&file.area.endings, "担当地区の後ろにつく言葉（読みとばす）"),
        (&file.vacant.words, "欠員"),
    ] {
        let _ = writeln!(page, "| {} | {meaning} |", words.join("、"));
    }
    page
}

fn problems() -> String {
    let mut page = String::from("| 種類 | 重さ | 日本語 | English |\n|---|---|---|---|\n");
    for kind in ProblemKind::ALL {
        let severity = match kind.severity() {
            Severity::Error => "エラー",
            Severity::Warning => "注意",
            Severity::Info => "お知らせ",
        };
        let (ja, en) = (kind.template(Language::Ja), kind.template(Language::En));
        let _ = writeln!(page, "| `{}` | {severity} | {ja} | {en} |", kind.name());
    }
    page
}

fn phrases() -> String {
    let file = Phrases::file();
    let mut page = String::from("| 言葉 | 読み取ること | 読む場所 |\n|---|---|---|\n");
    for noun in &file.noun {
        let alone = if noun.bare { "。備考・キーワードでは単独でも「はい」" } else { "" };
        let words = noun.words.join("、");
        let _ = writeln!(
            page,
            "| {words} ＋「あり」「可」「なし」「不可」など | {}：後に続く言葉による{alone} | どこでも |",
            fact(noun.fact)
        );
    }
    for phrase in &file.phrase {
        let meaning = match (phrase.fact, phrase.yes, phrase.role, phrase.status, phrase.mode) {
            (Some(f), Some(yes), ..) => format!("{}：{}", fact(f), if yes { "はい" } else { "いいえ" }),
            (_, _, Some(Role::Join), ..) => "参加できる".to_owned(),
            (_, _, Some(Role::Help), ..) => "手伝う人を求めている".to_owned(),
            (_, _, Some(Role::Teach), ..) => "教える人を求めている".to_owned(),
            (_, _, _, Some(Status::Active), _) => "活動中".to_owned(),
            (_, _, _, Some(Status::Paused), _) => "休止中".to_owned(),
            (_, _, _, Some(Status::Closed), _) => "終了".to_owned(),
            (_, _, _, _, Some(mode)) => format!("会い方：{}", way(mode)),
            _ => "何も読み取らない（短い言葉の読み違いを防ぐ）".to_owned(),
        };
        let only = serde_json::to_value(&phrase.only).unwrap_or_default();
        let only: Vec<&str> = only.as_array().into_iter().flatten().filter_map(|o| o.as_str()).map(place).collect();
        let only = if only.is_empty() { "どこでも".to_owned() } else { only.join("・") };
        let _ = writeln!(page, "| {} | {meaning} | {only} |", phrase.words.join("、"));
    }
    page
}

fn way(mode: MeetingMode) -> &'static str {
    match mode {
        MeetingMode::AtPlace => "来所",
        MeetingMode::Roaming => "巡回",
        MeetingMode::Visiting => "訪問",
        MeetingMode::Phone => "電話",
        MeetingMode::Online => "オンライン",
    }
}

fn place(text: &str) -> &'static str {
    match text {
        "remarks" => "備考",
        "keywords" => "活動内容",
        "sentences" => "説明",
        "cost" => "費用",
        "schedule" => "日時",
        _ => "定員",
    }
}

/// `page` with `table` between the marks of `name`.
fn with_table(page: &str, name: &str, table: &str) -> String {
    let (begin, end) = (format!("<!-- {name}:begin -->\n"), format!("<!-- {name}:end -->"));
    let (before, rest) = page.split_once(&begin).expect("the page marks where a table begins");
    let (_, after) = rest.split_once(&end).expect("the page marks where a table ends");
    format!("{before}{begin}{table}{end}{after}")
}

#[test]
fn the_tables_of_the_page_are_those_of_the_program() {
    let page = std::fs::read_to_string(PAGE).unwrap();
    let mut expected = with_table(&page, "problems", &problems());
    expected = with_table(&expected, "phrases", &phrases());
    write_or_compare(PAGE, &page, &expected);
}

#[test]
fn the_table_of_headings_is_that_of_the_program() {
    let page = std::fs::read_to_string(HEADING_PAGE).unwrap();
    write_or_compare(HEADING_PAGE, &page, &with_table(&page, "fields", &fields()));
}

#[test]
fn the_tables_of_the_page_on_link_workers_are_those_of_the_program() {
    let page = std::fs::read_to_string(WORKER_PAGE).unwrap();
    let expected = with_table(&page, "worker-fields", &worker_fields());
    let expected = with_table(&expected, "worker-words", &worker_words());
    write_or_compare(WORKER_PAGE, &page, &expected);
}

#[test]
fn the_columns_of_the_workbook_stand_in_the_page_for_clerks() {
    let page = std::fs::read_to_string(WORKBOOK_PAGE).unwrap();
    let mut table = "| 列の名前 | 見出し |\n|---|---|\n".to_owned();
    for column in WorkbookColumn::of_audience(Audience::Staff) {
        writeln!(table, "| `{}` | {} |", column.key(), column.heading()).unwrap();
    }
    write_or_compare(WORKBOOK_PAGE, &page, &with_table(&page, "columns", &table));
}

fn write_or_compare(file: &str, page: &str, expected: &str) {
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(file, expected).expect("the page can be written");
    } else {
        assert!(page == expected, "{file} is out of date: run UPDATE_DOCS=1 cargo test --test library import::docs");
    }
}

#[test]
fn the_page_shows_a_report_of_the_shape_that_is_printed() {
    let page = std::fs::read_to_string(PAGE).unwrap();
    let (_, rest) = page.split_once("```json\n").unwrap();
    let (example, _) = rest.split_once("```").unwrap();
    let example: serde_json::Value = serde_json::from_str(example).unwrap();
    let schema: serde_json::Value = serde_json::from_str(include_str!("../../../docs/check.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(validator.is_valid(&example));
}
