//! Resolves the name of a district; an ambiguous name resolves to none. This module does no I/O.

use std::collections::HashMap;

use super::District;
use crate::text::{ascii_numerals, fold};

/// Suffixes of district names in lists, folded. Longer ones are tried first.
const SUFFIXES: [&str; 30] = [
    "地域自治協議会",
    "地区自治協議会",
    "自治協議会",
    "まちづくり協議会",
    "地域づくり協議会",
    "むらづくり協議会",
    "地域協議会",
    "地区協議会",
    "校区協議会",
    "コミュニティ協議会",
    "こみゅにてぃ協議会",
    "連合自治会",
    "自治連合会",
    "地域自治協",
    "地区自治協",
    "自治協",
    "地域自治区",
    "地区社協",
    "地区社会福祉協議会",
    "小学校区",
    "中学校区",
    "小学校",
    "校区",
    "学区",
    "町内会",
    "町内",
    "自治会",
    "地区",
    "地域",
    "区",
];

/// The lookup tables of district names.
#[derive(Debug, Clone, Default)]
pub(super) struct DistrictNames {
    /// Codes and whole names, folded.
    whole: HashMap<String, Vec<usize>>,
    /// Names without suffix.
    bare: HashMap<String, Vec<usize>>,
    /// The folded former town of each district.
    towns: Vec<Option<String>>,
}

impl DistrictNames {
    pub(super) fn new(districts: &[District]) -> Self {
        let mut names = Self::default();
        for (i, district) in districts.iter().enumerate() {
            let (id, name) = (key(&district.id.0), key(&district.name));
            add(&mut names.bare, bare(&name).to_owned(), i);
            add(&mut names.whole, id, i);
            add(&mut names.whole, name, i);
            names.towns.push(district.former_town.as_deref().map(key));
        }
        names
    }

    /// The one district that `written` can mean.
    pub(super) fn find(&self, written: &str) -> Option<usize> {
        let written = key(written);
        let (outside, inside) = parted(&written);
        match inside {
            Some(inside) if self.is_town(inside) => self.find_in(inside, &outside),
            Some(inside) if self.is_town(&outside) => self.find_in(&outside, inside),
            _ => self.find_plain(&outside),
        }
    }

    /// Tries the whole name or code, then without suffix, then without former town, then without the name of the city.
    fn find_plain(&self, written: &str) -> Option<usize> {
        if let Some(found) = self.whole.get(written) {
            return only(found);
        }
        let is_within_town = written.strip_suffix('内').is_some_and(|town| self.is_town(town));
        if written.is_empty() || self.is_town(written) || is_within_town {
            return None;
        }
        if let Some(found) = self.bare.get(bare(written)) {
            return only(found);
        }
        let behind_town =
            self.towns.iter().flatten().find_map(|town| Some((town, written.strip_prefix(town.as_str())?)));
        if let Some((town, rest)) = behind_town {
            return self.find_in(town, rest);
        }
        let (_, rest) = written.split_once('市').filter(|(city, rest)| !city.is_empty() && !rest.is_empty())?;
        self.find_plain(rest)
    }

    /// The one district of a former town with this name.
    fn find_in(&self, town: &str, name: &str) -> Option<usize> {
        let town = town.strip_prefix('旧').unwrap_or(town);
        let of_town = |found: &Vec<usize>| {
            let own: Vec<usize> = found.iter().copied().filter(|&i| self.towns[i].as_deref() == Some(town)).collect();
            only(&own)
        };
        let whole = self.whole.get(name).and_then(of_town);
        whole.or_else(|| self.bare.get(bare(name)).and_then(of_town))
    }

    /// A district of the former town that `written` names.
    pub(super) fn find_town(&self, written: &str) -> Option<usize> {
        let written = key(written);
        let written = written.strip_suffix('内').filter(|town| self.is_town(town)).unwrap_or(&written);
        self.position_of_town(written)
    }

    fn is_town(&self, written: &str) -> bool {
        self.position_of_town(written).is_some()
    }

    fn position_of_town(&self, written: &str) -> Option<usize> {
        let written = written.strip_prefix('旧').unwrap_or(written);
        self.towns.iter().position(|town| town.as_deref() == Some(written))
    }
}

/// What two spellings of one district have in common: 「第１地区」 and 「第1」 are the same.
pub fn bare_key(written: &str) -> String {
    let (outside, _) = parted(&key(written));
    bare(&outside).to_owned()
}

fn key(text: &str) -> String {
    ascii_numerals(&fold(text))
}

fn add(names: &mut HashMap<String, Vec<usize>>, name: String, i: usize) {
    let found = names.entry(name).or_default();
    if !found.contains(&i) {
        found.push(i);
    }
}

fn only(found: &[usize]) -> Option<usize> {
    match found {
        [one] => Some(*one),
        _ => None,
    }
}

/// Splits off the text inside a pair of brackets.
fn parted(written: &str) -> (String, Option<&str>) {
    let Some((before, rest)) = written.split_once(['(', '【', '[', '〔']) else { return (written.to_owned(), None) };
    let (inside, after) = rest.split_once([')', '】', ']', '〕']).unwrap_or((rest, ""));
    (format!("{before}{after}"), Some(inside))
}

/// `name` without suffix; never empty unless it was.
fn bare(name: &str) -> &str {
    let mut rest = name;
    loop {
        let shorter =
            SUFFIXES.iter().filter_map(|s| rest.strip_suffix(s)).filter(|r| !r.is_empty()).min_by_key(|r| r.len());
        match shorter {
            Some(shorter) => rest = shorter,
            None => return rest,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DistrictId, Position};

    const YABU: [(&str, &str); 18] = [
        ("八鹿", "八鹿町"),
        ("伊佐", "八鹿町"),
        ("高柳", "八鹿町"),
        ("小佐", "八鹿町"),
        ("宿南", "八鹿町"),
        ("養父", "養父町"),
        ("広谷", "養父町"),
        ("大薮", "養父町"),
        ("三谷", "養父町"),
        ("建屋", "養父町"),
        ("大屋", "大屋町"),
        ("口大屋", "大屋町"),
        ("南谷", "大屋町"),
        ("西谷", "大屋町"),
        ("関宮", "関宮町"),
        ("大谷", "関宮町"),
        ("出合", "関宮町"),
        ("熊次", "関宮町"),
    ];

    fn named(districts: &[(&str, &str)], written: &str) -> Option<String> {
        let district = |(i, (name, town)): (usize, &(&str, &str))| District {
            id: DistrictId(format!("d{i:02}")),
            name: (*name).to_owned(),
            kana: None,
            former_town: Some((*town).to_owned()).filter(|t| !t.is_empty()),
            boundary: None,
            centre: Position::new(134.7, 35.4).ok(),
            ..District::default()
        };
        let districts: Vec<_> = districts.iter().enumerate().map(district).collect();
        DistrictNames::new(&districts)
            .find(written)
            .map(|i| format!("{}{}", districts[i].former_town.as_deref().unwrap_or(""), districts[i].name))
    }

    #[test]
    fn each_district_is_found_however_lists_write_it() {
        for (name, town) in YABU {
            let expected = Some(format!("{town}{name}"));
            for written in [
                name.to_owned(),
                format!("{name}地区"),
                format!("{name}地域"),
                format!("{name}地域自治協議会"),
                format!("{name}地区自治協"),
                format!("{name}自治協"),
                format!("{name}校区"),
                format!("{name}校区協議会"),
                format!("{name}小学校区"),
                format!(" {name} 地区 "),
                format!("{town}{name}"),
                format!("{town}{name}地区"),
                format!("{name}（{town}）"),
                format!("{town}（{name}地区）"),
                format!("{name}地区（旧{town}）"),
                format!("養父市{name}地区"),
                format!("養父市{town}{name}"),
            ] {
                assert_eq!(named(&YABU, &written), expected, "{written}");
            }
        }
    }

    #[test]
    fn a_name_that_is_none_of_ours_or_stands_for_several_is_not_guessed() {
        for written in [
            "",
            " ",
            "谷",
            "大",
            "大屋町",
            "大屋町内",
            "旧大屋町",
            "大屋・口大屋",
            "大屋、南谷",
            "全域",
            "市内全域",
            "大屋町大谷",
            "中大屋",
            "地区",
        ] {
            assert_eq!(named(&YABU, written), None, "{written}");
        }
    }

    #[test]
    fn old_kanji_and_full_width_letters_do_not_hide_a_name() {
        assert_eq!(named(&YABU, "廣谷地區").as_deref(), Some("養父町広谷"));
        assert_eq!(named(&YABU, "大藪").as_deref(), Some("養父町大薮"));
        assert_eq!(named(&YABU, "Ｄ１０").as_deref(), Some("大屋町大屋"));
        let numbered = [("第一地区", ""), ("第二地区", ""), ("第十一地区", "")];
        assert_eq!(named(&numbered, "第１地区").as_deref(), Some("第一地区"));
        assert_eq!(named(&numbered, "第11").as_deref(), Some("第十一地区"));
    }

    #[test]
    fn a_name_that_two_former_towns_share_needs_its_town() {
        let districts = [("中央", "東町"), ("中央", "西町"), ("北地区", ""), ("北校区", "")];
        assert_eq!(named(&districts, "中央"), None);
        assert_eq!(named(&districts, "西町中央地区").as_deref(), Some("西町中央"));
        assert_eq!(named(&districts, "中央（東町）").as_deref(), Some("東町中央"));
        assert_eq!(named(&districts, "北"), None);
        assert_eq!(named(&districts, "北校区").as_deref(), Some("北校区"));
    }

    #[test]
    fn a_ward_keeps_its_name() {
        let wards = [("中央区", ""), ("北区", ""), ("西区", "")];
        for (name, _) in wards {
            assert_eq!(named(&wards, name).as_deref(), Some(name));
            assert_eq!(named(&wards, &format!("札幌市{name}")).as_deref(), Some(name));
        }
    }
}
