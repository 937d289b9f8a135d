//! What published files say of one municipality: its name, reading, Roman letters and prefecture, found by its code.
//!
//! The program has no table of municipalities: names change by mergers, and no crate keeps one. So they come from the files that
//! a city needs anyhow, 位置参照情報 and 国土数値情報, and from any table with codes and names: the ministry's list of codes (総務省),
//! the アドレス・ベース・レジストリ, geolonia's table, or Japan Post's `KEN_ALL`, which has no headings. This module does no I/O.

use unicode_normalization::UnicodeNormalization as _;

use super::outlines::{OutlineOwner, text_of};
use crate::import::columns::HeadingTable;
use crate::import::file;
use crate::model::{MunicipalityCode, ReadingLimits, TownEntry, capitalised, roman_letters, without_county};
use crate::text::hiragana;

/// The names of one municipality, as far as the files have them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfficialNames {
    /// Its name without the county, e.g. 「養父市」.
    pub name: Option<String>,
    /// The reading of the name in hiragana.
    pub kana: Option<String>,
    /// The name in Roman letters without its kind, e.g. `Yabu`.
    pub roman: Option<String>,
}

/// Column of a table of municipalities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NameColumn {
    Code,
    County,
    City,
    Ward,
    Kana,
    WardKana,
    Roman,
    WardRoman,
}

/// Headings in lower case after NFKC, without white space.
const HEADINGS: &[(NameColumn, &[&str])] = &[
    (
        NameColumn::Code,
        &[
            "市区町村コード",
            "市町村コード",
            "団体コード",
            "全国地方公共団体コード",
            "lg_code",
            "lgcode",
            "citycode",
            "city_code",
            "jisx0402",
            "code",
            "大字町丁目コード",
        ],
    ),
    (NameColumn::County, &["county", "郡名"]),
    (NameColumn::City, &["市区町村名", "市区町村名(漢字)", "市区町村", "市町村名", "city"]),
    (NameColumn::Ward, &["ward", "政令市区名"]),
    (NameColumn::Kana, &["市区町村名カナ", "市区町村名(カナ)", "市区町村カナ", "citykana", "city_kana"]),
    (NameColumn::WardKana, &["ward_kana", "政令市区名_カナ"]),
    (NameColumn::Roman, &["市区町村名ローマ字", "city_roma", "city_romaji", "cityroma"]),
    (NameColumn::WardRoman, &["ward_roma"]),
];

/// Columns of `KEN_ALL`, which has no headings.
const KEN_ALL: [(NameColumn, usize); 3] = [(NameColumn::Code, 0), (NameColumn::Kana, 4), (NameColumn::City, 7)];
const KEN_ALL_WIDTH: usize = 15;

impl OfficialNames {
    /// What a table says, a workbook or text in any encoding; nothing where it has no row for `code`.
    pub fn of_table(bytes: &[u8], code: &MunicipalityCode, limits: &ReadingLimits) -> Self {
        let mut rows = NameRows { code, columns: Vec::new(), names: Self::default(), wards: Vec::new() };
        for_each_row(bytes, limits, &mut rows);
        let kana = city_reading(&rows.wards);
        rows.names.or(Self { kana, ..Self::default() })
    }

    /// What a gazetteer says.
    pub fn of_towns(towns: &[TownEntry], code: &MunicipalityCode) -> Self {
        let is_own = |town: &&TownEntry| town.city_code.as_deref().is_some_and(|other| code.covers(other));
        let city = towns.iter().find(is_own).and_then(|town| town.city.as_deref());
        Self { name: city.map(|city| own_part(city, code)), ..Self::default() }
    }

    /// What outlines say.
    pub fn of_outlines(owners: &[OutlineOwner], code: &MunicipalityCode) -> Self {
        let own = owners.iter().find(|owner| owner.code.as_deref().is_some_and(|other| code.covers(other)));
        Self { name: own.and_then(|owner| owner.name.as_deref()).map(|name| own_part(name, code)), ..Self::default() }
    }

    /// These names, with those of `other` where one is missing.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self { name: self.name.or(other.name), kana: self.kana.or(other.kana), roman: self.roman.or(other.roman) }
    }

    /// The name in Roman letters, else what the reading gives.
    pub fn roman_or_reading(&self) -> Option<String> {
        self.roman.clone().or_else(|| roman_of_reading(self.kana.as_deref()?, self.name.as_deref()?))
    }
}

/// Takes the rows of one table.
struct NameRows<'a> {
    code: &'a MunicipalityCode,
    columns: Vec<(NameColumn, usize)>,
    names: OfficialNames,
    /// Readings of its wards.
    wards: Vec<String>,
}

impl NameRows<'_> {
    /// Whether the code is that of a ward of the municipality.
    fn is_ward(&self, code: Option<&str>) -> bool {
        self.code.has_wards() && code.is_some_and(|code| !padded(code).starts_with(self.code.short()))
    }

    fn row(&mut self, cells: &[&str]) {
        if self.columns.is_empty() {
            self.columns = columns_of(cells);
        }
        let cell = |column| {
            let at = self.columns.iter().find(|(known, _)| *known == column)?.1;
            cells.get(at).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
        };
        let own = cell(NameColumn::Code).map(padded).filter(|other| self.code.covers(other));
        let (Some(_), Some(city)) = (own, cell(NameColumn::City)) else { return };
        let with_ward = |city: &str, ward: NameColumn| format!("{city}{}", cell(ward).unwrap_or_default());
        let name = own_part(&with_ward(city, NameColumn::Ward), self.code);
        let kana = cell(NameColumn::Kana).and_then(|kana| own_kana(&with_ward(kana, NameColumn::WardKana), &name));
        let (kana, ward) = if self.is_ward(cell(NameColumn::Code)) { (None, kana) } else { (kana, None) };
        self.wards.extend(ward);
        let roman = cell(NameColumn::Roman)
            .map(|roman| own_roman(&format!("{roman} {}", cell(NameColumn::WardRoman).unwrap_or_default()), self.code));
        self.names = std::mem::take(&mut self.names).or(OfficialNames { name: Some(name), kana, roman });
    }
}

/// The columns of a row of headings, or of a first row of `KEN_ALL`; empty where it is neither.
fn columns_of(cells: &[&str]) -> Vec<(NameColumn, usize)> {
    let digits = |at: usize, count: usize| {
        cells.get(at).is_some_and(|c| c.len() == count && c.bytes().all(|b| b.is_ascii_digit()))
    };
    if cells.len() == KEN_ALL_WIDTH && digits(0, 5) && digits(2, 7) {
        return KEN_ALL.to_vec();
    }
    let column = |heading: &str| {
        let heading: String = heading.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()).collect();
        HEADINGS.iter().find(|(_, names)| names.contains(&heading.as_str())).map(|(column, _)| *column)
    };
    let columns: Vec<_> = cells.iter().enumerate().filter_map(|(at, cell)| Some((column(cell)?, at))).collect();
    let has = |column| columns.iter().any(|(known, _)| *known == column);
    if has(NameColumn::Code) && has(NameColumn::City) { columns } else { Vec::new() }
}

/// A code of which Excel dropped the leading zero has one digit less than codes can have.
fn padded(code: &str) -> String {
    let code: String = code.nfkc().collect();
    if matches!(code.len(), 4 | 11) { format!("0{code}") } else { code }
}

fn for_each_row(bytes: &[u8], limits: &ReadingLimits, rows: &mut NameRows<'_>) {
    if bytes.starts_with(b"PK") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        let Ok(contents) = file::open(bytes, &HeadingTable::standard(), limits) else { return };
        for sheet in &contents.sheets {
            rows.columns.clear();
            for row in &sheet.rows {
                let width = row.cells.last().map_or(0, |(column, _)| column + 1);
                rows.row(&(0..width).map(|column| row.cell(column)).collect::<Vec<_>>());
            }
        }
        return;
    }
    let Some(text) = text_of(bytes) else { return };
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).is_ok_and(|more| more) {
        rows.row(&record.iter().map(|cell| cell.trim_start_matches('\u{feff}')).collect::<Vec<_>>());
    }
}

/// The name of the municipality itself: without county, and of a city of wards without the ward.
fn own_part(name: &str, code: &MunicipalityCode) -> String {
    let name: String = name.split_whitespace().collect();
    let without_prefecture = code.prefecture().and_then(|prefecture| name.strip_prefix(prefecture)).unwrap_or(&name);
    let own = without_county(without_prefecture);
    let end = own.find('市').filter(|_| code.has_wards()).map_or(own.len(), |at| at + '市'.len_utf8());
    own[..end].to_owned()
}

/// The reading without that of the county, for a `name` that has none.
fn own_kana(kana: &str, name: &str) -> Option<String> {
    let kana = hiragana(kana)?;
    let is_town = name.ends_with(['町', '村']);
    let behind =
        kana.split_once("ぐん").filter(|(county, rest)| is_town && !county.is_empty() && rest.chars().count() > 2);
    Some(behind.map_or(kana.as_str(), |(_, rest)| rest).to_owned())
}

/// The reading of a city by those of its wards: what all of them begin with, up to its 市.
fn city_reading(wards: &[String]) -> Option<String> {
    let (first, rest) = wards.split_first().filter(|(_, rest)| !rest.is_empty())?;
    let same =
        |other: &String| first.char_indices().zip(other.chars()).find(|((_, a), b)| a != b).map(|((at, _), _)| at);
    let end = rest.iter().filter_map(same).min()?;
    let city = first[..end].rfind('し')? + 'し'.len_utf8();
    Some(first[..city].to_owned())
}

/// `TAKAMATSU SHI` and `AKO GUN KAMIGORI CHO` as people write them: Takamatsu, Kamigori.
fn own_roman(roman: &str, code: &MunicipalityCode) -> String {
    let words: Vec<String> = roman.split([' ', '-', '　']).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    let county = words.iter().position(|word| word == "gun").map_or(0, |at| at + 1);
    let own = &words[county..];
    let end = own.iter().position(|word| word == "shi").filter(|_| code.has_wards()).unwrap_or(own.len());
    let kinds = ["shi", "ku", "cho", "machi", "mura", "son"];
    let end =
        if end > 1 && own.get(end - 1).is_some_and(|word| kinds.contains(&word.as_str())) { end - 1 } else { end };
    own[..end].iter().map(|word| capitalised(word)).collect::<Vec<_>>().join(" ")
}

/// たかまつし → Takamatsu, in the passport's spelling: long vowels are not written.
fn roman_of_reading(kana: &str, name: &str) -> Option<String> {
    let endings: &[&str] = match name.chars().next_back()? {
        '市' => &["し"],
        '区' => &["く"],
        '町' => &["ちょう", "まち"],
        '村' => &["むら", "そん"],
        _ => &[],
    };
    let own = endings.iter().find_map(|ending| kana.strip_suffix(ending)).filter(|own| !own.is_empty()).unwrap_or(kana);
    roman_letters(own).map(|roman| capitalised(&roman))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(table: &str, code: &str) -> [String; 3] {
        let code = MunicipalityCode::parse(code).unwrap();
        let names = OfficialNames::of_table(table.as_bytes(), &code, &ReadingLimits::default());
        let roman = names.roman_or_reading();
        [names.name, names.kana, roman].map(Option::unwrap_or_default)
    }

    #[test]
    fn a_municipality_is_found_in_every_published_form_of_table() {
        let ministry = "団体コード,\"都道府県名\n（漢字）\",\"市区町村名\n（漢字）\",\"都道府県名\n（カナ）\",\"市区町村名\n（カナ）\"\n\
            280003,兵庫県,,ﾋｮｳｺﾞｹﾝ,\n282227,兵庫県,養父市,ﾋｮｳｺﾞｹﾝ,ﾔﾌﾞｼ\n";
        assert_eq!(of(ministry, "282227"), ["養父市", "やぶし", "Yabu"]);
        let registry = "lg_code,pref,county,city,city_kana,city_roma,ward,ward_kana,ward_roma\n\
            013986,北海道,虻田郡,喜茂別町,キモベツチョウ,Kimobetsu-cho,,,\n014036,北海道,札幌市,札幌市,x,y,,,\n";
        assert_eq!(of(registry, "01398"), ["喜茂別町", "きもべつちょう", "Kimobetsu"]);
        let geolonia = "都道府県コード,都道府県名,市区町村コード,市区町村名,市区町村名カナ,市区町村名ローマ字\n\
            28,兵庫県,28481,赤穂郡上郡町,アコウグンカミゴオリチョウ,AKO GUN KAMIGORI CHO\n";
        assert_eq!(of(geolonia, "28481"), ["上郡町", "かみごおりちょう", "Kamigori"]);
        let post = "37201,\"760  \",\"7600000\",\"ｶｶﾞﾜｹﾝ\",\"ﾀｶﾏﾂｼ\",\"ｲｶﾆｹｲｻｲｶﾞﾅｲﾊﾞｱｲ\",\"香川県\",\"高松市\",\"以下に掲載がない場合\",0,0,0,0,0,0\n";
        assert_eq!(of(post, "372013"), ["高松市", "たかまつし", "Takamatsu"]);
        let halls =
            "\u{feff}pid,pref,cid,city,citykana,lat,lng,lgcode\n1,北海道,1100,札幌市,さっぽろし,43,141,011002\n";
        assert_eq!(of(halls, "011002"), ["札幌市", "さっぽろし", "Sapporo"]);
        assert_eq!(of(halls, "372013"), ["", "", ""]);
    }

    #[test]
    fn a_city_of_wards_is_called_without_its_ward() {
        let table = "市区町村コード,市区町村名,市区町村名カナ,市区町村名ローマ字\n\
            01101,札幌市中央区,サッポロシチュウオウク,SAPPORO SHI CHUO KU\n01104,札幌市白石区,サッポロシシロイシク,SAPPORO SHI SHIROISHI KU\n";
        assert_eq!(of(table, "011002")[0], "札幌市");
        assert_eq!(of(table, "011002")[1..], ["さっぽろし", "Sapporo"]);
        let ward = "市区町村コード,市区町村名,市区町村名カナ\n13104,新宿区,シンジュクク\n";
        assert_eq!(of(ward, "13104"), ["新宿区", "しんじゅくく", "Shinjuku"]);
    }

    #[test]
    fn a_reading_becomes_roman_letters_as_on_a_passport() {
        for (kana, name, roman) in [
            ("おおさかし", "大阪市", "Osaka"),
            ("きょうとし", "京都市", "Kyoto"),
            ("しんおんせんちょう", "新温泉町", "Shinonsen"),
            ("なんぶちょう", "南部町", "Nambu"),
            ("はっとうまち", "八頭町", "Hatto"),
            ("つしまし", "対馬市", "Tsushima"),
            ("くろしおちょう", "黒潮町", "Kuroshio"),
            ("しまむら", "島村", "Shima"),
            ("ぐじょうし", "郡上市", "Gujo"),
            ("しもにたまち", "下仁田町", "Shimonita"),
        ] {
            assert_eq!(roman_of_reading(kana, name).as_deref(), Some(roman), "{kana}");
        }
        assert_eq!(roman_of_reading("養父し", "養父市"), None);
    }

    #[test]
    fn a_county_goes_and_a_name_that_holds_its_sign_stays() {
        let code = MunicipalityCode::parse("28222").unwrap();
        for (written, name) in [
            ("川辺郡猪名川町", "猪名川町"),
            ("兵庫県養父市", "養父市"),
            ("大和郡山市", "大和郡山市"),
            ("上郡町", "上郡町"),
            ("赤穂郡上郡町", "上郡町"),
            ("郡上市", "郡上市"),
            ("四日市市", "四日市市"),
        ] {
            assert_eq!(own_part(written, &code), name);
        }
    }
}
