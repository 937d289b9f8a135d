//! The fields that a column can be mapped to.
//!
//! This module does no I/O.

/// Field of a column. One field may have several columns (an address in four parts, a note in two).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The name of the activity, circle or event (活動名, サロン名, イベント名).
    ActivityName,
    /// The name of the place as such (名称, 名前).
    Name,
    /// The name of a group (団体名): the name of the place if no activity has one, else the organiser.
    GroupName,
    /// The name of a building or hall (施設名, 会場, 場所名称).
    VenueName,
    /// The reading of the name in kana.
    Kana,
    /// The list's own ID of the row.
    ListId,
    /// A running number, which does not identify the row.
    RunningNumber,
    /// The category, by name or code.
    Category,
    /// The activities, in words or keywords (活動内容, 種目, サービス).
    Tags,
    /// The interests that fit the place (興味, 趣味, キーワード, 作物).
    Interests,
    /// Whether one can take part, help, teach (参加・手伝う・教える).
    Roles,
    /// A description in whole sentences.
    Description,
    /// The organiser, where it is not the name of the place (運営主体, 主催者, 法人の名称).
    Organization,
    /// How people meet: at a place, visiting, by telephone …
    Mode,
    /// Longitude in degrees east.
    Lon,
    /// Latitude in degrees north.
    Lat,
    /// Longitude and latitude in one cell.
    LonLat,
    /// The whole address in one cell.
    Address,
    /// The prefecture of the address.
    AddressPrefecture,
    /// The municipality of the address.
    AddressCity,
    /// The 町字 of the address.
    AddressTown,
    /// The 番地以下 of the address.
    AddressNumber,
    /// The building of the address (方書).
    AddressBuilding,
    /// The district (地区, 自治協, 校区).
    District,
    /// The former town (旧町).
    FormerTown,
    /// The schedule in words (開催日時, 活動日, 利用可能日時特記事項 …).
    Schedule,
    /// Weekdays (利用可能曜日, 曜日).
    Weekdays,
    /// Start time.
    StartTime,
    /// End time.
    EndTime,
    /// First or only date.
    StartDate,
    /// Last date.
    EndDate,
    /// Closed days (定休日, 休館日).
    ClosedDays,
    /// Pick-up (送迎).
    PickUp,
    /// Steps, barrier-free notes (段差, バリアフリー情報).
    StepFree,
    /// Wheelchair access.
    Wheelchair,
    /// Accessible toilets.
    Toilet,
    /// Parking spaces.
    Parking,
    /// Chairs to sit on.
    Chairs,
    /// Whether it is indoors or outdoors.
    Outdoor,
    /// Physical strain.
    Strenuous,
    /// Whether visitors may come and look first.
    VisitFirst,
    /// Whether beginners are welcome.
    Beginners,
    /// Whether somebody meets newcomers the first time.
    MetFirstTime,
    /// Whether men come too (男性).
    MenCome,
    /// Hearing support.
    HearingSupport,
    /// Whether booking is needed.
    BookingNeeded,
    /// Remarks in free text on any of these (その他, 配慮).
    AccessNote,
    /// Directions (アクセス方法, 最寄りバス停).
    Directions,
    /// Cost in words or yen.
    Cost,
    /// Things to bring.
    Bring,
    /// Eligibility (対象).
    Eligibility,
    /// Capacity in persons.
    Capacity,
    /// Remarks in free text.
    Note,
    /// The person in charge (代表者, 担当者, 講師).
    Person,
    /// The person in charge, where the heading declares them public (代表者（公開）).
    PersonPublic,
    /// The person's own telephone (代表者電話, 携帯).
    PersonPhone,
    /// The office to contact (連絡先, 問い合わせ先).
    ContactOffice,
    /// Telephone number.
    Phone,
    /// Telephone extension.
    PhoneExtension,
    /// Fax number.
    Fax,
    /// E-mail address.
    Email,
    /// Web address.
    Url,
    /// The audience to which the row may be published (掲載可否, 公開).
    Audience,
    /// The day a person or group consented to be listed (同意日).
    ConsentOn,
    /// The last day of that consent (同意期限).
    ConsentUntil,
    /// Whether they consent (同意の有無).
    ConsentState,
    /// Whether, or when, they withdrew it (同意撤回日).
    ConsentWithdrawn,
    /// Whether the activity takes place (状態, 活動状況).
    Status,
    /// The date of the last confirmation (確認日, 最終確認日).
    VerifiedOn,
    /// The person or office that confirmed it.
    VerifiedBy,
    /// The means of confirmation.
    VerifiedHow,
    /// Whether new people are welcome (新規受入).
    AcceptsNew,
    /// In lists of link workers: 1層 or 2層.
    Layer,
    /// In lists of link workers: the role (役割, 職種).
    Post,
    /// In lists of link workers: the person's name (氏名).
    Worker,
    /// In lists of link workers: the employer (所属).
    Office,
    /// In lists of link workers: a telephone that the heading declares to be the office's.
    OfficePhone,
    /// In lists of link workers: an address that the heading declares to be the office's.
    OfficeAddress,
    /// In lists of link workers: the person's home address.
    PersonAddress,
    /// In lists of link workers: office hours.
    Hours,
    /// In lists of link workers: the subjects on which they advise.
    AskFor,
    /// A column of the open-data standard without facts about the place (都道府県コード …): read, but not stored.
    Ignored,
}

impl Field {
    /// Whether the column can give a row its name.
    pub fn is_name(self) -> bool {
        let of_place = matches!(self, Self::ActivityName | Self::Name | Self::GroupName | Self::VenueName);
        of_place || matches!(self, Self::Post | Self::Worker | Self::Office)
    }

    /// Whether the column gives a location.
    pub fn is_where(self) -> bool {
        matches!(self, Self::Lon | Self::Lat | Self::LonLat | Self::Address | Self::AddressTown)
    }

    /// Whether a row in which only such columns are filled is empty: numbers and values that a form has pre-filled.
    pub fn is_form(self) -> bool {
        matches!(self, Self::RunningNumber | Self::ListId | Self::Ignored | Self::AddressPrefecture | Self::AddressCity)
    }
}
