//! 町字 with coordinates → a gazetteer file in UTF-8, of the form that [`read`](super::read) reads. This module does no I/O.

use crate::model::TownEntry;

/// The headings of 位置参照情報, with the reading and the 小字 that it lacks.
const HEADINGS: [&str; 8] =
    ["都道府県名", "市区町村名", "市区町村コード", "大字町丁目名", "大字町丁目名カナ", "小字・通称名", "緯度", "経度"];

/// The file of `towns`, with a byte order mark, so that Excel reads it too.
///
/// # Errors
///
/// None in practice: it is written to memory.
pub fn csv_of(towns: &[TownEntry]) -> Result<Vec<u8>, csv::Error> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(HEADINGS)?;
    for town in towns {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let degrees = |degrees: f64| format!("{degrees:.6}");
        writer.write_record([
            text(&town.prefecture),
            text(&town.city),
            text(&town.city_code),
            town.town.clone(),
            text(&town.kana),
            text(&town.small_area),
            degrees(town.position.lat()),
            degrees(town.position.lon()),
        ])?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

#[cfg(test)]
mod tests {
    use crate::import::regions::gazetteer::{csv_of, read};

    #[test]
    fn what_is_written_is_read_again_as_it_was() {
        let tables = [
            "大字町丁目コード,大字町丁目名,緯度,経度\n282220001000,三谷,35.333523,134.734854\n282220002000,\"カンマ,町\",35.3,134.7\n",
            "都道府県名,市区町村名,市区町村コード,大字町丁目名,大字町丁目名カナ,小字,緯度,経度\n\
             兵庫県,養父市,28222,瓦町二丁目,ｶﾜﾗﾏﾁ 2,,35.1,134.1\n兵庫県,養父市,28222,大塚,,丁田,35.2,134.2\n",
            "town,koaza,lat,lng\n上箇,,35.384783,134.776265\n",
            "大字町丁目コード,大字町丁目名,緯度,経度\n012020001000,函館町,41.7,140.7\n",
        ];
        for table in tables {
            let towns = read(table.as_bytes()).unwrap();
            assert_eq!(read(&csv_of(&towns).unwrap()).unwrap(), towns, "{table}");
        }
    }
}
