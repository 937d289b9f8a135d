//! Addresses by their look: a prefecture, a 市区町村 or 町 with numbers behind it, 丁目, 番地.
//!
//! For profiles of columns only, in which a few cells more or less change nothing. This module does no I/O.

use crate::model::PREFECTURES;

/// Whether `text`, already narrow, looks like an address.
pub fn is_address(text: &str) -> bool {
    let begins = PREFECTURES.iter().any(|name| text.strip_prefix(name).is_some_and(has_municipality));
    begins
        || text.contains("番地") && text.contains(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
        || text.contains("丁目") && ends_in_numbers(text)
        || numbered_town(text)
}

/// Whether a municipality, or something like one, stands in the first characters.
fn has_municipality(text: &str) -> bool {
    text.chars().take(8).any(|c| "市区町村郡".contains(c))
}

/// Whether the last characters are numbers as addresses have them: 3-9-2, 53番7号.
fn ends_in_numbers(text: &str) -> bool {
    text.chars().next_back().is_some_and(|c| c.is_ascii_digit() || "目号番地一二三四五六七八九十".contains(c))
}

/// Whether numbers stand behind the name of a town: 「小豆沢3-9-2」, 「八鹿町八鹿1675」, but not 「第1公民館」 or 「公園2」.
fn numbered_town(text: &str) -> bool {
    let Some(at) = text.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 0) else { return false };
    let (town, numbers) = text.split_at(at);
    let kanji = town.chars().filter(|c| crate::text::is_kanji(*c)).count();
    let is_town = kanji >= 1 && town.chars().all(|c| c.is_alphabetic() || "々ヶケノ".contains(c));
    if !is_town || town.ends_with('第') || town.chars().count() > 24 {
        return false;
    }
    let run: String = numbers.chars().take_while(|c| c.is_ascii_digit() || "-の番丁目地号".contains(*c)).collect();
    let behind = &numbers[run.len()..];
    let groups = run.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).count();
    let is_within = town.chars().skip(1).any(|c| "市区町村郡字".contains(c));
    let ends =
        behind.is_empty() || behind.starts_with([' ', '(', '、', '\n']) || groups >= 2 && run.ends_with(['号', '地']);
    ends && (groups >= 2 || is_within || run.ends_with(['番', '号', '地', '目']))
}

/// Whether a number ends a name in kanji: 「下野田3」, an address where its neighbours are one, else a name as well.
pub fn ends_like_an_address(text: &str) -> bool {
    let town = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let kanji = town.chars().filter(|c| crate::text::is_kanji(*c)).count();
    town.len() < text.len()
        && kanji >= 2
        && town.chars().all(|c| c.is_alphabetic() || c == '々')
        && !town.ends_with('第')
}

/// Whether `text` is named like a part of a municipality: 第一地区, 八鹿校区.
pub fn is_area(text: &str) -> bool {
    let ends = ["地域", "地区", "校区", "学区", "自治協", "圏域", "エリア", "区域", "支所管内", "自治会", "町内会"];
    text.chars().count() <= 12 && ends.iter().any(|end| text.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_every_writing_are_seen() {
        for text in [
            "東京都昭島市朝日町4-5",
            "奥沢4-8-14",
            "平井6丁目53番7号",
            "板橋区小豆沢3-9-2-103",
            "八鹿町八鹿1675",
            "宮川5650番地",
            "上地3-20-12 会館2階",
            "大字上野12",
        ] {
            assert!(is_address(text), "{text}");
        }
    }

    #[test]
    fn names_with_numbers_are_no_addresses() {
        for text in ["第1公民館", "公園2", "1号館", "ひまわり3組", "南小学校", "児童公園3号地トイレ", "サロン2026"]
        {
            assert!(!is_address(text), "{text}");
        }
    }
}
