//! The settings of the municipality, from `data/city.toml`. This module does no I/O.

use serde::{Deserialize, Serialize};

use super::{Audience, CityWords, ConsentMonths, MunicipalityCode, ReadingLimits};

/// The contents of `data/city.toml`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct City {
    /// Its six-digit code (全国地方公共団体コード), e.g. `282227`.
    pub code: String,
    /// Its name, e.g. 「養父市」.
    pub name: String,
    /// The reading of the name.
    pub kana: String,
    /// Its name in Roman letters.
    pub name_en: String,
    /// Its prefecture.
    pub prefecture: String,
    /// Whether the data is a sample; the page then shows 見本データ.
    pub sample: bool,
    /// The public URL, for links on paper; no trailing slash.
    pub public_url: Option<String>,
    /// The sites whose pages may show the map in a frame, as origins: `https://www.city.example.jp`.
    pub embed_hosts: Vec<String>,
    /// The office responsible for the data.
    pub office: String,
    /// The telephone number of that office.
    pub office_phone: Option<String>,
    /// The mail address of that office, to which residents may report a mistake.
    pub office_email: Option<String>,
    /// The licence of the open data, e.g. `CC BY 4.0`.
    pub licence: Option<String>,
    /// Names, besides plain addresses and `localhost`, under which the city's own people reach the internal address
    /// (defence against DNS rebinding). `staff_hosts` is its name of the first releases and goes with the next one.
    #[serde(alias = "staff_hosts")]
    pub internal_hosts: Vec<String>,
    /// Whether link workers' pages need an account.
    pub link_workers_need_account: NeedsAccount,
    /// Whether passwords and cookies may go over plain HTTP: whoever is on the same network then reads them.
    pub allow_plain_http: bool,
    /// The reverse proxies whose `X-Forwarded-For` is believed, as IP addresses or networks (`10.0.0.0/8`).
    pub trusted_proxies: Vec<String>,
    /// The days meant by 年末年始, e.g. 「12/28〜1/4」; without it 「12/29〜1/3」.
    pub new_year: Option<String>,
    /// Whether names of representatives in lists are public.
    pub representatives_public: bool,
    /// For how many months a private person's consent holds where the list names no last day.
    pub consent_months: ConsentMonths,
    /// The most unmet needs that are accepted on one day.
    pub unmet_per_day: DailyReports,
    /// The most results of referrals that are accepted on one day.
    pub results_per_day: DailyReports,
    /// What the city calls the parts of its programme, from `words.toml`.
    #[serde(skip_deserializing)]
    pub words: CityWords,
    /// Bounds on what is read from lists; a country's list may need higher ones.
    pub limits: ReadingLimits,
    /// Whether pages of places lead to the form in which anybody says what is wrong; it is where `public_url` leads.
    pub suggestions: OffersSuggestions,
    /// What planners call a gap.
    pub gaps: GapTargets,
    /// What the map needs besides imported files.
    pub map: MapSettings,
}

/// What the map needs besides imported files.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MapSettings {
    /// Where outline, towns and base map are from, as their licence asks for.
    pub credit: Option<String>,
    /// The address of directions in a map service, with `{lat}` and `{lon}` for the place.
    pub directions: Option<String>,
    /// What that service is called.
    pub directions_name: Option<String>,
    /// The address of raster tiles below the map, with `{z}`, `{x}` and `{y}`; none unless the city asks for them.
    pub tiles: Option<String>,
    /// Where the tiles are from; shown on the map.
    pub tiles_credit: Option<String>,
    /// Whether link workers' pages load tiles too, whose host then learns which area is looked at.
    pub tiles_internal: bool,
}

/// What planners call a gap: people of `age` and over who have fewer than `monthly` days a month within `reach_m`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GapTargets {
    /// The age from which on people are counted; 0 is everybody.
    pub age: u32,
    /// How far a place may be, in metres.
    pub reach_m: f64,
    /// How many days a month something should take place there.
    pub monthly: f64,
    /// What straight distances are multiplied by, for detours.
    pub detour: f64,
}

impl Default for GapTargets {
    /// What municipalities draw by hand: 65 and over, one kilometre, once a week.
    fn default() -> Self {
        Self { age: 65, reach_m: 1000.0, monthly: 4.0, detour: 1.0 }
    }
}

impl MapSettings {
    /// The tiles that pages for `audience` may load; link workers' only where the city says so, since their host learns which area
    /// is looked at.
    pub fn tiles_for(&self, audience: Audience) -> Option<&str> {
        self.tiles.as_deref().filter(|_| audience == Audience::Public || self.tiles_internal)
    }

    /// The origin of `tiles`: scheme, host and port; `None` for what is no address of tiles.
    ///
    /// ```
    /// # use tsunagari::model::city::MapSettings;
    /// assert_eq!(MapSettings::origin_of("https://tiles.example.jp/pale/{z}/{x}/{y}.png"), Some("https://tiles.example.jp"));
    /// assert_eq!(MapSettings::origin_of("http://127.0.0.1:8081/{z}/{x}/{y}.png"), Some("http://127.0.0.1:8081"));
    /// assert_eq!(MapSettings::origin_of("http://tiles.example.jp/{z}/{x}/{y}.png"), None);
    /// assert_eq!(MapSettings::origin_of("https://tiles.example.jp; script-src *"), None);
    /// ```
    pub fn origin_of(tiles: &str) -> Option<&str> {
        // Plain HTTP reaches this computer alone: a tile server beside the program.
        let own = || tiles.strip_prefix("http://").filter(|rest| rest.starts_with("127.0.0.1:"));
        let rest = tiles.strip_prefix("https://").or_else(own)?;
        let host = rest.split('/').next()?;
        let is_host = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:".contains(&b));
        let has_places = ["{z}", "{x}", "{y}"].iter().all(|place| rest.contains(place));
        let is_plain = tiles.bytes().all(|b| b.is_ascii_graphic() && !b"\"'<>;,".contains(&b));
        (is_host && has_places && is_plain).then(|| &tiles[..tiles.len() - rest.len() + host.len()])
    }
}

impl City {
    /// Whether a file that names a municipality by `code` or `name` means this one, or a ward of it; `None` where either says
    /// nothing.
    pub fn is_meant_by(&self, code: Option<&str>, name: Option<&str>) -> Option<bool> {
        let own = self.code.get(..5).and_then(|short| MunicipalityCode::parse(short).ok());
        if let (Some(own), Some(code)) = (&own, code.filter(|code| code.len() >= 5)) {
            return Some(own.covers(code));
        }
        let name = without_county(name?.strip_prefix(self.prefecture.as_str()).or(name)?);
        let has_wards = own.is_some_and(|own| own.has_wards());
        (!self.name.is_empty()).then(|| name == self.name || has_wards && name.starts_with(&self.name))
    }
}

/// Whether a text is the origin of a site and nothing more: scheme, host and perhaps a port.
///
/// ```
/// # use tsunagari::model::is_origin;
/// assert!(is_origin("https://www.city.example.jp") && is_origin("http://intra:8080"));
/// assert!(!is_origin("https://www.city.example.jp/") && !is_origin("www.city.example.jp") && !is_origin("https://*"));
/// ```
pub fn is_origin(text: &str) -> bool {
    let Some(rest) = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme)) else { return false };
    let (host, port) = rest.split_once(':').map_or((rest, None), |(host, port)| (host, Some(port)));
    let is_label = |label: &str| {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
        (1..=63).contains(&label.len()) && label.bytes().all(plain) && !label.starts_with('-') && !label.ends_with('-')
    };
    let is_port = |port: &str| port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|it| it > 0);
    host.len() <= 253 && host.split('.').all(is_label) && port.is_none_or(is_port)
}

/// The name of a municipality without the 郡 before it: 川辺郡猪名川町 → 猪名川町. 大和郡山市 and 蒲郡市 have none.
pub fn without_county(name: &str) -> &str {
    let behind = name.split_once('郡').filter(|(county, _)| !county.is_empty()).map(|(_, rest)| rest);
    behind.filter(|rest| rest.ends_with(['町', '村']) && rest.chars().count() > 1).unwrap_or(name)
}

/// Whether the link workers' pages of today need an account; all that is added to the internal address does anyway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedsAccount(pub bool);

impl Default for NeedsAccount {
    /// Deny by default.
    fn default() -> Self {
        Self(true)
    }
}

/// Whether pages of places lead to the form in which anybody says what is wrong. Off unless the city says so: a host of files has no such form.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OffersSuggestions(pub bool);

/// A number of reports a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DailyReports(pub u32);

impl Default for DailyReports {
    /// More than the link workers of a municipality tap on a busy day, and too few to fill every cell of the planners' table.
    fn default() -> Self {
        Self(60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_means_the_city_by_code_then_by_name() {
        let city = |code: &str, name: &str| City {
            code: code.to_owned(),
            name: name.to_owned(),
            prefecture: "兵庫県".to_owned(),
            ..City::default()
        };
        for (own, code, name, means) in [
            (("282227", "養父市"), Some("28222"), None, Some(true)),
            (("282227", "養父市"), Some("28201"), Some("養父市"), Some(false)),
            (("282227", "養父市"), None, Some("兵庫県養父市"), Some(true)),
            (("282227", "養父市"), None, Some("朝来市"), Some(false)),
            (("282227", "養父市"), None, None, None),
            (("281000", "神戸市"), Some("28105"), None, Some(true)),
            (("281000", "神戸市"), None, Some("神戸市東灘区"), Some(true)),
            (("284815", "上郡町"), None, Some("赤穂郡上郡町"), Some(true)),
            (("", ""), Some("28222"), Some("養父市"), None),
            (("", "養父市"), Some("28222"), Some("養父市"), Some(true)),
            (("282220", "養父市"), Some("28222"), None, Some(true)),
        ] {
            assert_eq!(city(own.0, own.1).is_meant_by(code, name), means, "{own:?} {code:?} {name:?}");
        }
    }
}
