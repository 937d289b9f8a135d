//! Headings → the fields we know. The synonyms are data: `columns.toml`, to which a city adds its own.
//!
//! A heading is folded first (`fold`), so that one synonym stands for all its spellings. Then the whole heading is looked for,
//! then the heading without its bracketed notes, its number, its 「の有無」; never a part of it that could mean something else:
//! a wrong column is worse than an unknown one, which is carried through word for word. This module does no I/O.

mod fold;

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

use fold::{Folded, folded};

/// What a column says. One field may have several columns (an address in four parts, a note in two).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The name of the activity, circle or event (活動名, サロン名, イベント名).
    ActivityName,
    /// The name of the place as such (名称, 名前).
    Name,
    /// The name of a group (団体名): the name where no activity's name stands, else who runs it.
    GroupName,
    /// The name of a building or hall (施設名, 会場, 場所名称).
    VenueName,
    /// The reading of the name.
    Kana,
    /// The list's own ID of the row.
    ListId,
    /// A running number, which is no identity.
    RunningNumber,
    /// The category.
    Category,
    /// What happens there, in words or keywords (活動内容, 種目, サービス).
    Tags,
    /// What one needs to like (興味, 趣味, キーワード, 作物).
    Interests,
    /// Whether one can take part, help, teach (参加・手伝う・教える).
    Roles,
    /// Whole sentences.
    Description,
    /// Who runs it, where it is no name of the place (運営主体, 主催者, 法人の名称).
    Organization,
    /// At a place, visiting, by telephone …
    Mode,
    /// Longitude in degrees east.
    Lon,
    /// Latitude in degrees north.
    Lat,
    /// Both in one cell.
    LonLat,
    /// The whole address.
    Address,
    /// Its prefecture.
    AddressPrefecture,
    /// Its municipality.
    AddressCity,
    /// Its 町字.
    AddressTown,
    /// Its 番地以下.
    AddressNumber,
    /// Its building (方書).
    AddressBuilding,
    /// The district (地区, 自治協, 校区).
    District,
    /// The former town (旧町).
    FormerTown,
    /// When, in words (開催日時, 活動日, 利用可能日時特記事項 …).
    Schedule,
    /// Weekdays (利用可能曜日, 曜日).
    Weekdays,
    /// When it starts.
    StartTime,
    /// When it ends.
    EndTime,
    /// A single date on which it starts.
    StartDate,
    /// A single date on which it ends.
    EndDate,
    /// When it is closed (定休日, 休館日).
    ClosedDays,
    /// Pick-up (送迎).
    PickUp,
    /// Steps, barrier-free notes (段差, バリアフリー情報).
    StepFree,
    /// Wheelchairs.
    Wheelchair,
    /// Toilets.
    Toilet,
    /// Parking.
    Parking,
    /// Chairs.
    Chairs,
    /// Indoors or outdoors.
    Outdoor,
    /// How hard it is for the body.
    Strenuous,
    /// Whether one may come and look first.
    VisitFirst,
    /// Beginners.
    Beginners,
    /// Somebody meets you the first time.
    MetFirstTime,
    /// Men come too (男性).
    MenCome,
    /// Help with hearing.
    HearingSupport,
    /// Booking.
    BookingNeeded,
    /// Remarks in free text on any of these (その他, 配慮).
    AccessNote,
    /// How to get there (アクセス方法, 最寄りバス停).
    Directions,
    /// What it costs.
    Cost,
    /// What to bring.
    Bring,
    /// For whom.
    Eligibility,
    /// Room for how many.
    Capacity,
    /// Remarks.
    Note,
    /// The person in charge (代表者, 担当者, 講師).
    Person,
    /// The same, where the heading says that it is for everybody (代表者（公開）).
    PersonPublic,
    /// That person's own telephone (代表者電話, 携帯).
    PersonPhone,
    /// The office to ask (連絡先, 問い合わせ先).
    ContactOffice,
    /// Telephone.
    Phone,
    /// Extension.
    PhoneExtension,
    /// Fax.
    Fax,
    /// E-mail.
    Email,
    /// A page on the web.
    Url,
    /// Whether it may be published, and to whom (掲載可否, 公開).
    Audience,
    /// Whether it takes place (状態, 活動状況).
    Status,
    /// When somebody confirmed it (確認日, 最終確認日).
    VerifiedOn,
    /// Who did.
    VerifiedBy,
    /// How.
    VerifiedHow,
    /// Whether new people are welcome (新規受入).
    AcceptsNew,
    /// A column of the standard that says nothing of the place (都道府県コード …): read, kept nowhere.
    Ignored,
}

impl Field {
    /// Whether a row can have its name from such a column.
    pub fn is_name(self) -> bool {
        matches!(self, Self::ActivityName | Self::Name | Self::GroupName | Self::VenueName)
    }

    /// Whether such a column says where a place is.
    pub fn is_where(self) -> bool {
        matches!(self, Self::Lon | Self::Lat | Self::LonLat | Self::Address | Self::AddressTown)
    }

    /// Whether a row in which only such columns are filled holds nothing: numbers and what a form has filled in beforehand.
    pub fn is_form(self) -> bool {
        matches!(self, Self::RunningNumber | Self::ListId | Self::Ignored | Self::AddressPrefecture | Self::AddressCity)
    }
}

/// What one table of `columns.toml` says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Synonyms {
    headings: Vec<String>,
}

/// Why a table of synonyms cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ColumnsError {
    /// The text is no TOML, or not of the form of `columns.toml`.
    #[error("the table of headings cannot be read: {0}")]
    Toml(String),
    /// A table has the name of no field.
    #[error("the table of headings names the field \"{0}\", which does not exist")]
    UnknownField(String),
    /// One heading stands under two fields.
    #[error("the heading \"{0}\" stands under two fields, \"{1}\" and \"{2}\"")]
    TwoFields(String, String, String),
}

/// What a synonym stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// The field.
    Known(Field),
    /// No field: carried through word for word, whatever the standard table says.
    Unknown,
}

/// A table of headings that are a name only where no better column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LastResort {
    /// Where no activity, group or place as such has a name.
    Activity,
    /// Where nothing has a name.
    Name,
}

/// The synonyms of headings.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// By the folded heading.
    meanings: HashMap<String, Meaning>,
    /// By the folded heading, which may have a meaning too.
    last_resorts: HashMap<String, LastResort>,
}

static STANDARD: LazyLock<Columns> = LazyLock::new(|| {
    Columns::default().with_additions(include_str!("../columns.toml")).expect("the tests read columns.toml")
});

/// Words of a bracketed note that make a telephone or an address a private person's.
const PRIVATE: [&str; 6] = ["代表者", "自宅", "個人", "携帯", "世話人", "本人"];
/// Words of a bracketed note by which a column is not for the public.
const SECRET: [&str; 5] = ["非公開", "公開不可", "内部", "庁内", "職員"];
/// Words of a bracketed note by which a column says the same in another language.
const OTHER_LANGUAGE: [&str; 6] = ["英語", "英字", "english", "中国語", "韓国語", "外国語"];
/// Words of a bracketed note that make coordinates something else than degrees of the world's datum.
const OTHER_DATUM: [&str; 5] = ["日本測地系", "旧測地系", "tokyo", "平面直角", "公共座標"];

impl Columns {
    /// The synonyms every city starts with.
    pub fn standard() -> Self {
        STANDARD.clone()
    }

    /// These synonyms and those of `toml_text`, which go first. A table a field, as in `columns.toml`:
    ///
    /// ```
    /// use tsunagari::import::columns::{Columns, Field};
    ///
    /// let columns = Columns::standard().with_additions("[venue_name]\nheadings = [\"つどいの家\"]").unwrap();
    /// assert_eq!(columns.fields(&["つどいの家".into()]), [Some(Field::VenueName)]);
    /// ```
    ///
    /// # Errors
    /// If the text is not of that form, names a field that does not exist, or puts one heading under two fields.
    pub fn with_additions(&self, toml_text: &str) -> Result<Self, ColumnsError> {
        let tables: BTreeMap<String, Synonyms> =
            toml::from_str(toml_text).map_err(|e| ColumnsError::Toml(e.message().to_owned()))?;
        let mut columns = self.clone();
        let mut added: HashMap<String, (Meaning, &str)> = HashMap::new();
        for (name, synonyms) in &tables {
            let headings = synonyms.headings.iter().map(|heading| (heading, folded(heading).whole));
            if let Some(last_resort) = last_resort(name) {
                columns.last_resorts.extend(headings.map(|(_, folded)| (folded, last_resort)));
                continue;
            }
            let meaning = meaning(name)?;
            for (heading, folded) in headings {
                let before = added.insert(folded, (meaning, name));
                if let Some((_, other)) = before.filter(|(m, _)| *m != meaning) {
                    return Err(ColumnsError::TwoFields(heading.clone(), other.to_owned(), name.clone()));
                }
            }
        }
        columns.meanings.extend(added.into_iter().map(|(heading, (meaning, _))| (heading, meaning)));
        Ok(columns)
    }

    /// What each of `headings` means, in their order; `None` is a column we do not know. A field may come more than once.
    pub fn fields(&self, headings: &[String]) -> Vec<Option<Field>> {
        let mut fields: Vec<_> = headings.iter().map(|h| self.field(h)).collect();
        let has = |fields: &[Option<Field>], test: fn(Field) -> bool| fields.iter().flatten().any(|&f| test(f));
        if !has(&fields, |f| f.is_name() && f != Field::VenueName) {
            self.name_with_kana(headings, &mut fields);
            name_by_ending(headings, &mut fields);
        }
        if !has(&fields, |f| f.is_name() && f != Field::VenueName) {
            self.name_by(LastResort::Activity, Field::ActivityName, headings, &mut fields);
        }
        if !has(&fields, Field::is_name) && has(&fields, Field::is_where) {
            self.name_by(LastResort::Name, Field::Name, headings, &mut fields);
        }
        fields
    }

    /// Makes a heading such as 「団体名（ふりがな）」, where no other column has the name, what it is without its bracket.
    fn name_with_kana(&self, headings: &[String], fields: &mut [Option<Field>]) {
        let name_of = |heading: &String| {
            let shorter = folded(heading).shorter;
            shorter.iter().find_map(|text| known(self.meanings.get(text).copied())).filter(|field| field.is_name())
        };
        let mut kana = (0..headings.len()).filter(|&at| fields[at] == Some(Field::Kana));
        if let Some((at, field)) = kana.find_map(|at| Some((at, name_of(&headings[at])?))) {
            fields[at] = Some(field);
        }
    }

    /// Makes the first of `headings` that can be a name of last resort a `field`.
    fn name_by(&self, last_resort: LastResort, field: Field, headings: &[String], fields: &mut [Option<Field>]) {
        let can_be = |heading: &String| {
            let folded = folded(heading);
            [&folded.whole, &folded.bare].iter().any(|text| self.last_resorts.get(*text) == Some(&last_resort))
        };
        // What means something by itself (「相談窓口」: whom to ask) is a name only before the building's.
        let venue = fields.iter().position(|f| *f == Some(Field::VenueName)).unwrap_or(headings.len());
        let stands_well = |at: usize| fields[at].is_none() || at < venue;
        if let Some(at) = (0..headings.len()).find(|&at| stands_well(at) && can_be(&headings[at])) {
            fields[at] = Some(field);
        }
    }

    /// What one heading means by itself.
    pub fn field(&self, heading: &str) -> Option<Field> {
        known(self.meaning_of(heading))
    }

    fn meaning_of(&self, heading: &str) -> Option<Meaning> {
        // No heading is that long, and folding a whole cell of text for nothing takes its time.
        if heading.len() > 300 {
            return None;
        }
        let folded = folded(heading);
        if folded.whole.is_empty() {
            return None;
        }
        let exact = self.meanings.get(&folded.whole).copied();
        let found = exact
            .or_else(|| self.without_notes(&folded))
            .or_else(|| self.by_parts(heading))
            .or_else(|| self.by_upper_parts(heading))
            .or_else(|| self.by_words_of_time(heading));
        found.filter(|m| *m != Meaning::Unknown)
    }

    /// The meaning of the heading without what is written beside it.
    fn without_notes(&self, folded: &Folded) -> Option<Meaning> {
        let found = folded.shorter.iter().find_map(|shorter| self.meanings.get(shorter)).copied();
        let found = found.or_else(|| by_ending(&folded.bare))?;
        let says = |words: &[&str]| words.iter().any(|word| folded.notes.contains(word));
        match found {
            _ if says(&OTHER_LANGUAGE) => None,
            // What the heading itself says is not for the public is not made public by knowing the column.
            Meaning::Known(field) if says(&SECRET) && !field.is_name() && field != Field::Audience => None,
            Meaning::Known(Field::Phone | Field::ContactOffice) if says(&PRIVATE) => {
                Some(Meaning::Known(Field::PersonPhone))
            }
            Meaning::Known(Field::Address | Field::Email | Field::Fax) if says(&PRIVATE) => None,
            Meaning::Known(Field::Lon | Field::Lat | Field::LonLat) if says(&OTHER_DATUM) => None,
            _ => Some(found),
        }
    }
}

/// Words that make a telephone beside them a private person's.
const PERSONS: [&str; 17] = [
    "代表者",
    "世話",
    "講師",
    "担当者",
    "責任者",
    "会長",
    "役員",
    "指導者",
    "自宅",
    "個人",
    "本人",
    "緊急",
    "保護者",
    "区長",
    "携帯",
    "家族",
    "氏名",
];

impl Columns {
    /// The meaning of a heading over two lines, `上_下`, by the lower one where the upper one cannot change it: a weekday is
    /// one under whatever it stands, a telephone is an office's only under words for an office.
    fn by_parts(&self, heading: &str) -> Option<Meaning> {
        let (upper, lower) = heading.split_once('_')?;
        let upper = folded(upper).whole;
        let lower = folded(lower);
        let found = self.meanings.get(&lower.whole).copied().or_else(|| self.without_notes(&lower));
        let is = |words: &[&str]| words.iter().any(|word| upper.contains(word));
        let field = match found {
            Some(Meaning::Known(field)) => field,
            // 「開催日時_第1」: whatever it is the first of, it is a time.
            _ if self.meanings.get(&upper) == Some(&Meaning::Known(Field::Schedule)) => Field::Schedule,
            _ => return None,
        };
        let is_office = is(&["連絡", "問", "事務局", "窓口", "申込", "施設", "会場", "場所", "開催", "拠点", "団体"]);
        let can_be = match field {
            Field::Phone if is(&PERSONS) => return Some(Meaning::Known(Field::PersonPhone)),
            Field::Phone | Field::Fax | Field::Email => is_office && !is(&PERSONS),
            Field::Url => !is(&["画像", "写真", "動画"]) && !is(&PERSONS),
            Field::Address => is(&["施設", "会場", "場所", "開催", "拠点"]) && !is(&PERSONS),
            Field::Lon | Field::Lat | Field::LonLat => !is(&OTHER_DATUM),
            Field::Weekdays | Field::StartTime | Field::EndTime | Field::Schedule | Field::ClosedDays => true,
            Field::Note | Field::Cost | Field::Parking | Field::Toilet | Field::PickUp | Field::Person => true,
            _ => false,
        };
        can_be.then_some(Meaning::Known(field))
    }
}

impl Columns {
    /// 「活動曜日・頻度」: several words that each say when.
    fn by_words_of_time(&self, heading: &str) -> Option<Meaning> {
        let parts: Vec<&str> = heading.split(['・', '／', '/', '、', '･']).collect();
        let says_when = |part: &&str| {
            let meaning = self.meanings.get(&folded(part).whole);
            matches!(meaning, Some(Meaning::Known(Field::Schedule | Field::Weekdays)))
        };
        (parts.len() >= 2 && parts.iter().all(says_when)).then_some(Meaning::Known(Field::Schedule))
    }

    /// The meaning of a heading over three lines without the last, which only divides it: 固定 under 電話 under 連絡先.
    fn by_upper_parts(&self, heading: &str) -> Option<Meaning> {
        let (upper, last) = heading.rsplit_once('_').filter(|(upper, _)| upper.contains('_'))?;
        let known = self.meanings.get(&folded(upper).whole).copied().or_else(|| self.by_parts(upper))?;
        let is_private = PERSONS.iter().any(|word| last.contains(word));
        match known {
            Meaning::Known(Field::Phone) if is_private => Some(Meaning::Known(Field::PersonPhone)),
            known if !is_private => Some(known),
            _ => None,
        }
    }
}

/// Makes the first unknown heading that ends with 「名称」, and stands before the building's, the name of the activity.
fn name_by_ending(headings: &[String], fields: &mut [Option<Field>]) {
    let others =
        ["ローマ字", "略", "通", "旧", "別", "国名", "市", "町", "村", "管理", "法人", "事業者", "運営", "設置"];
    let can_be = |heading: &String| {
        let folded = folded(heading);
        let says = |words: &[&str]| words.iter().any(|word| folded.whole.contains(word) || folded.notes.contains(word));
        folded.bare.ends_with("名称") && !says(&OTHER_LANGUAGE) && !says(&SECRET) && !says(&PERSONS) && !says(&others)
    };
    let before = fields.iter().position(|f| *f == Some(Field::VenueName)).unwrap_or(headings.len());
    if let Some(at) = (0..before).find(|&at| fields[at].is_none() && can_be(&headings[at])) {
        fields[at] = Some(Field::ActivityName);
    }
}

/// The few endings that mean the same whatever stands before them.
fn by_ending(bare: &str) -> Option<Meaning> {
    let is_private = PERSONS.iter().any(|word| bare.contains(word));
    let field = if bare.starts_with("備考") {
        Field::Note
    } else if bare.ends_with("電話番号") {
        if is_private { Field::PersonPhone } else { Field::Phone }
    } else if is_private {
        return None;
    } else if bare.ends_with("fax番号") || bare.ends_with("ファックス番号") {
        Field::Fax
    } else if bare.ends_with("メールアドレス") {
        Field::Email
    } else {
        return None;
    };
    Some(Meaning::Known(field))
}

fn known(meaning: Option<Meaning>) -> Option<Field> {
    match meaning {
        Some(Meaning::Known(field)) => Some(field),
        _ => None,
    }
}

/// The table of last resorts called `name`, if it is one.
fn last_resort(name: &str) -> Option<LastResort> {
    match name {
        "activity_name_of_last_resort" => Some(LastResort::Activity),
        "name_of_last_resort" => Some(LastResort::Name),
        _ => None,
    }
}

/// What a table called `name` stands for.
fn meaning(name: &str) -> Result<Meaning, ColumnsError> {
    match name {
        "unknown" => Ok(Meaning::Unknown),
        _ => serde_json::from_value(serde_json::Value::from(name))
            .map(Meaning::Known)
            .map_err(|_| ColumnsError::UnknownField(name.to_owned())),
    }
}

#[cfg(test)]
mod tests;
