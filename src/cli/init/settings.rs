//! The settings of a new folder: the committed files with another municipality's values. This module does no I/O.

use crate::config::{BuiltInFile, CITY_TEMPLATE};
use crate::model::City;

/// `city.toml` with its explanations and the values of `city`.
pub fn city_toml(city: &City) -> String {
    let text = |text: &str| toml::Value::from(text).to_string();
    let lines = CITY_TEMPLATE.lines().map(|line| match line.split_once(" = ").map(|(key, _)| key) {
        Some("code") => format!("code = {}", text(&city.code)),
        Some("name") => format!("name = {}", text(&city.name)),
        Some("kana") => format!("kana = {}", text(&city.kana)),
        Some("name_en") => format!("name_en = {}", text(&city.name_en)),
        Some("prefecture") => format!("prefecture = {}", text(&city.prefecture)),
        Some("sample") => "sample = false".to_owned(),
        Some("office") => "office = \"\"".to_owned(),
        Some("office_phone") => "# office_phone = \"\"".to_owned(),
        // Only the sample is open to the network.
        Some("link_workers_need_account") => "# link_workers_need_account = false".to_owned(),
        _ => line.to_owned(),
    });
    lines.map(|line| line + "\n").collect()
}

/// A built-in file as the folder of `city` has it: an office that stands in for private persons is the municipality.
pub fn for_city(file: BuiltInFile, city: &City) -> String {
    let text = file.text();
    if file == BuiltInFile::Categories {
        with_own_office(text, city).unwrap_or_else(|| text.to_owned())
    } else {
        text.to_owned()
    }
}

fn with_own_office(text: &str, city: &City) -> Option<String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut writer = csv::Writer::from_writer(Vec::new());
    let (mut office, mut phone) = (None, None);
    for record in reader.records() {
        let record = record.ok()?;
        let cells = record.iter().enumerate().map(|(at, cell)| match cell {
            cell if office.is_none() || cell.is_empty() => cell,
            _ if Some(at) == office => city.name.as_str(),
            _ if Some(at) == phone => "",
            cell => cell,
        });
        writer.write_record(cells).ok()?;
        office = office.or_else(|| record.iter().position(|heading| heading == "office"));
        phone = phone.or_else(|| record.iter().position(|heading| heading == "office_phone"));
    }
    String::from_utf8(writer.into_inner().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_of_a_new_city_are_its_own_whatever_it_is_called() {
        for name in ["高松市", "\"引用\"町", "a\\b村", "四日市市"] {
            let city = City { code: "372013".to_owned(), name: name.to_owned(), ..City::default() };
            let read: City = toml::from_str(&city_toml(&city)).unwrap();
            assert_eq!((read.code.as_str(), read.name.as_str(), read.sample), ("372013", name, false));
            assert_eq!((read.office.as_str(), read.office_phone), ("", None));
            assert_eq!(read.link_workers_need_account, crate::model::NeedsAccount(true));
        }
    }

    #[test]
    fn no_office_of_the_sample_is_in_a_new_table_of_categories() {
        let city = City { name: "高松市".to_owned(), ..City::default() };
        let table = for_city(BuiltInFile::Categories, &city);
        assert!(!table.contains("養父") && !table.contains("000-0000"), "{table}");
        assert_eq!(table.lines().count(), BuiltInFile::Categories.text().lines().count());
    }
}
