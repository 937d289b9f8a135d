//! Endings of headings: 「○○の所在地」 is an address, 「助産所名」 a name, whatever stands before.
//!
//! This module does no I/O.

use super::{Field, composed};

/// Words before an ending that make it another's: a person's, an operator's, a file's.
const OTHERS: [&str; 16] = [
    "法人",
    "運営",
    "設置者",
    "管理者",
    "主催",
    "事業者",
    "経営",
    "所有",
    "本社",
    "本部",
    "代表",
    "旧",
    "以前",
    "変更",
    "災害",
    "関連団体",
];
/// Endings of names that are not the place's.
const OTHER_NAMES: [&str; 46] = [
    "人名",
    "氏名",
    "者名",
    "員名",
    "長名",
    "市町村名",
    "市区町村名",
    "市名",
    "町名",
    "村名",
    "区名",
    "県名",
    "道府県名",
    "国名",
    "地区名",
    "地域名",
    "校区名",
    "学区名",
    "圏域名",
    "ファイル名",
    "シート名",
    "項目名",
    "法人名",
    "会社名",
    "企業名",
    "事業者名",
    "団体名",
    "課名",
    "部署名",
    "担当名",
    "駅名",
    "路線名",
    "バス停名",
    "通称名",
    "略名",
    "略称名",
    "旧名",
    "別名",
    "品名",
    "商品名",
    "分類名",
    "種別名",
    "区分名",
    "校正名",
    "字名",
    "大字名",
];
/// Endings of a room, a wing, a toilet within the place.
const ROOMS: [&str; 11] =
    ["室名", "部屋名", "貸室名", "会議室名", "研修室名", "ホール名", "室名称", "部屋名称", "室", "棟", "部屋"];
/// Endings of such a part behind any word; 「教室名」 and 「相談室名」 are names of their own.
const ROOM_ENDINGS: [&str; 7] = ["棟名", "トイレ名", "便所名", "号室名", "棟名称", "トイレ名称", "便所名称"];

/// Whether the heading ends like the name of a place: 名, 名称, の名前, Name, and is not another's name.
pub fn names_a_place(cleaned: &str) -> bool {
    let text = outside_brackets(cleaned);
    let last = text.rsplit(['_', '\n']).next().unwrap_or(&text);
    let bare = last.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('等');
    let lower = bare.to_lowercase();
    let ends = ["名", "名称", "の名前", "のお名前", "なまえ", "商号"].iter().any(|end| bare.ends_with(end))
        || lower.ends_with("name");
    let name = bare.strip_suffix('称').unwrap_or(bare);
    let is_others =
        OTHER_NAMES.iter().any(|other| name.ends_with(other)) || OTHERS.iter().any(|word| text.contains(word));
    let in_english = [
        "file",
        "user",
        "city",
        "person",
        "first",
        "last",
        "family",
        "layer",
        "company",
        "prefecture",
        "contact",
        "area",
        "category",
    ];
    let is_others = is_others || lower.ends_with("name") && in_english.iter().any(|word| lower.starts_with(word));
    ends && !is_others && bare.chars().count() >= 2
}

/// Whether the heading is the word for such a group or place itself: ボランティア団体, 子育てひろば.
pub fn names_a_kind(cleaned: &str) -> bool {
    const KINDS: [&str; 27] = [
        "団体",
        "グループ",
        "サークル",
        "クラブ",
        "サロン",
        "カフェ",
        "教室",
        "講座",
        "ひろば",
        "広場",
        "農園",
        "食堂",
        "居場所",
        "通いの場",
        "投票所",
        "避難所",
        "避難場所",
        "図書館",
        "公民館",
        "体育館",
        "児童館",
        "集会所",
        "保育所",
        "保育園",
        "診療所",
        "会館",
        "センター",
    ];
    let text = outside_brackets(cleaned);
    let is_others = OTHERS.iter().any(|word| text.contains(word)) || text.contains(['の', '数']) && text != "通いの場";
    (2..=10).contains(&text.chars().count()) && !is_others && KINDS.iter().any(|kind| text.ends_with(kind))
}

/// Whether the heading names a part of a place: 室名, 棟名, トイレ名.
pub fn names_a_room(cleaned: &str) -> bool {
    let text = outside_brackets(cleaned);
    ROOMS.contains(&text.as_str()) || ROOM_ENDINGS.iter().any(|room| text.ends_with(room))
}

/// Without what stands in brackets.
fn outside_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    let outside = text.chars().filter(|&c| {
        depth = if c == '(' { depth + 1 } else { depth };
        let is_outside = depth == 0;
        depth = if c == ')' { depth.saturating_sub(1) } else { depth };
        is_outside
    });
    outside.collect::<String>().trim().to_owned()
}

/// The private field of a heading that speaks of a person.
pub(super) fn of_a_person(text: &str) -> Option<Field> {
    let bare = outside_brackets(text).to_lowercase();
    let ends = |ends: &[&str]| ends.iter().any(|end| bare.ends_with(end));
    if ends(&["電話", "電話番号", "tel", "連絡先", "携帯", "携帯番号"]) {
        Some(Field::PersonPhone)
    } else if ends(&["名", "氏名", "者", "担当", "会長", "区長", "講師", "名前"]) {
        Some(Field::Person)
    } else {
        None
    }
}

/// Whether a heading of `field` that ends a longer one means the same behind `before`.
pub(super) fn means_the_same_behind(before: &str, end: &str, field: Field) -> bool {
    use Field::{
        Address, BookingNeeded, Bring, Capacity, Category, ClosedDays, ContactOffice, Cost, Description, Directions,
        Eligibility, Email, EndTime, Fax, Kana, Lat, Lon, Note, Organization, Parking, Phone, Schedule, StartTime,
        Toilet, Url, VenueName, Weekdays,
    };
    if OTHERS.iter().any(|word| before.contains(word)) || before.ends_with("どんな") {
        return false;
    }
    let in_contact = matches!(field, Address | Phone | Fax | Email | Url | ContactOffice | Organization);
    let in_time = matches!(field, Schedule | Weekdays | StartTime | EndTime | ClosedDays);
    let in_words =
        matches!(field, Capacity | Cost | Description | Directions | Eligibility | BookingNeeded | Bring | Note);
    let in_kind = matches!(field, Category | Parking | Toilet | Kana | Lat | Lon | VenueName);
    // 「区分」 divides anything: fees, hours, support.
    let is_of_place =
        ["施設", "事業", "団体", "サービス", "活動", "店", "園", "資源"].iter().any(|word| before.contains(word));
    if field == Category && end == "区分" && !is_of_place {
        return false;
    }
    // 「活動」 and 「時間」 alone end too many words.
    // Of what somebody does by the clock nothing is assumed: 「薬を飲む時間」, 「帰宅時間」.
    let has_hours = || end == "時間" && composed::is_open_to_all(before);
    let is_clear = end == "会場"
        || end.chars().count() >= 3
        || !matches!(field, Schedule | Note | Description | VenueName)
        || has_hours();
    (in_contact || in_time || in_words || in_kind) && is_clear
}
