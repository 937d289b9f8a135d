//! Families of headings: a parent with its children (`参加費_大人`), a stem with its remark (参加費特記事項).
//!
//! This module does no I/O.

use super::Field;

/// Endings of a remark on the stem before them.
const REMARKS: [&str; 12] = [
    "連絡先備考",
    "特記事項",
    "特記",
    "備考",
    "備考欄",
    "注記",
    "補足",
    "留意事項",
    "注意事項",
    "補足説明",
    "その他",
    "メモ",
];
/// Words for who runs a place: a name and an address below them are not the place's.
const OPERATORS: [&str; 10] =
    ["法人", "運営", "設置者", "管理者", "主催", "実施主体", "事業者", "経営", "所有", "指定管理"];
/// Words for an office that is asked.
const CONTACTS: [&str; 5] = ["連絡", "問", "事務局", "窓口", "申込"];
/// Words for the group, and for the building.
const GROUPS: [&str; 3] = ["団体", "グループ", "サークル"];
const VENUES: [&str; 4] = ["会場", "場所", "開催施設", "建物"];

/// What ends or pauses, and how a heading of its date goes on: 廃止年月日.
const ENDS: [&str; 6] = ["廃止", "閉鎖", "閉所", "解散", "休止", "廃業"];
const DATES: [&str; 5] = ["年月日", "日", "日付", "年度", "年月"];

/// The field of a heading of the day on which a place ended: its status.
pub(super) fn of_an_end(text: &str) -> Option<Field> {
    let date = ENDS.iter().find_map(|end| text.strip_prefix(end))?;
    DATES.contains(&date).then_some(Field::Status)
}

/// Whether a child of this text is a remark on its parent.
pub(super) fn is_remark(child: &str) -> bool {
    REMARKS.contains(&child)
}

/// The stem of a heading that ends with a remark: 参加費 of 参加費特記事項.
pub(super) fn remark_stem(text: &str) -> Option<&str> {
    let stem = REMARKS.iter().find_map(|remark| text.strip_suffix(remark))?;
    let stem = stem.strip_suffix('の').unwrap_or(stem);
    let stem = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    (stem.chars().count() >= 2).then_some(stem)
}

/// The field of a remark on `field`.
pub(super) fn remark_of(field: Field) -> Option<Field> {
    use Field::{
        ClosedDays, ContactOffice, Cost, Email, EndDate, EndTime, Fax, Lat, Lon, LonLat, Person, PersonPhone,
        PersonPublic, Phone, PhoneExtension, Schedule, StartDate, StartTime, Url, Weekdays,
    };
    match field {
        Schedule | Weekdays | StartTime | EndTime | StartDate | EndDate | ClosedDays => Some(Schedule),
        // Whom a number belongs to stands there: it is read as a contact, which keeps persons private.
        Phone | PhoneExtension | Fax | Email | Url | ContactOffice => Some(ContactOffice),
        Person | PersonPhone | PersonPublic => Some(Person),
        Lat | Lon | LonLat => None,
        Cost | Field::BookingNeeded | Field::Eligibility => Some(field),
        field if is_of_access(field) => Some(field),
        _ => Some(Field::Note),
    }
}

/// Whether `field` says how one can take part; a remark on it is read like it.
fn is_of_access(field: Field) -> bool {
    use Field::{
        AccessNote, Beginners, Chairs, Directions, HearingSupport, MenCome, MetFirstTime, Outdoor, Parking, PickUp,
        StepFree, Strenuous, Toilet, VisitFirst, Wheelchair,
    };
    let of_body = matches!(field, StepFree | Wheelchair | Toilet | Chairs | HearingSupport | Strenuous | Outdoor);
    of_body
        || matches!(field, PickUp | Parking | VisitFirst | Beginners | MetFirstTime | MenCome | AccessNote | Directions)
}

/// Whether any child of a parent of `field` is read like the parent: `参加費_大人`, `開催日時_第1回`.
pub(super) fn has_children(field: Field) -> bool {
    use Field::{BookingNeeded, Bring, ClosedDays, Cost, Description, Eligibility, Note, Schedule, Tags};
    matches!(field, Schedule | Cost | Eligibility | ClosedDays | Note | Tags | Bring | Description | BookingNeeded)
        || is_of_access(field)
}

/// The field of a child that means `field` by itself, below `parent`.
pub(super) fn child_of(parent: &str, of_parent: Option<Field>, field: Field) -> Option<Field> {
    let says = |words: &[&str]| words.iter().any(|word| parent.contains(word));
    let is_operator = says(&OPERATORS) || of_parent == Some(Field::Organization);
    match field {
        Field::Name | Field::ActivityName | Field::GroupName if is_operator => Some(Field::Organization),
        Field::Name if says(&CONTACTS) || of_parent == Some(Field::ContactOffice) => Some(Field::ContactOffice),
        Field::Organization if says(&CONTACTS) => Some(Field::ContactOffice),
        Field::Name if says(&GROUPS) => Some(Field::GroupName),
        Field::Name if says(&VENUES) => Some(Field::VenueName),
        Field::Kana | Field::Address | Field::Lat | Field::Lon | Field::LonLat if is_operator => None,
        Field::Kana if says(&VENUES) || says(&CONTACTS) => None,
        // 「その他」 and 「内容」 below a parent say nothing of their own.
        Field::Note | Field::Tags | Field::Category => of_parent.filter(|f| has_children(*f)).or(Some(field)),
        field => Some(field),
    }
}
