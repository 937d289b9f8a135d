//! What a column of a list can say.
//!
//! This module does no I/O.

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
    /// In lists of link workers: 1層 or 2層.
    Layer,
    /// In lists of link workers: what they are (役割, 職種).
    Post,
    /// In lists of link workers: the person (氏名).
    Worker,
    /// In lists of link workers: whom they work for (所属).
    Office,
    /// In lists of link workers: a telephone that the heading says to be the office's.
    OfficePhone,
    /// In lists of link workers: an address that the heading says to be the office's.
    OfficeAddress,
    /// In lists of link workers: where the person lives.
    PersonAddress,
    /// In lists of link workers: when one can reach them.
    Hours,
    /// In lists of link workers: what one may ask them.
    AskFor,
    /// A column of the standard that says nothing of the place (都道府県コード …): read, kept nowhere.
    Ignored,
}

impl Field {
    /// Whether a row can have its name from such a column.
    pub fn is_name(self) -> bool {
        let of_place = matches!(self, Self::ActivityName | Self::Name | Self::GroupName | Self::VenueName);
        of_place || matches!(self, Self::Post | Self::Worker | Self::Office)
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
