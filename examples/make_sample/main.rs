//! Makes the sample city's files in `data/` from the plain tables in `data/sample/source/`.
//!
//! Run it after changing a table there: `cargo run --example make_sample`. The files it writes are committed and are the
//! same bytes on every run, which `tests/library/sample.rs` checks. They are what a city would have: a workbook as people
//! keep it and a `Shift_JIS` text file; both come into the program through `import` like any other list.

mod basemap;
mod districts;
mod link_workers;
mod population;
mod workbook;

use std::error::Error;
use std::path::Path;

/// A path below `data/` and what stands there.
pub type SampleFile = (&'static str, Vec<u8>);

/// The files of the sample city, by path below `data/`.
///
/// # Errors
///
/// If a source table cannot be read or holds something else than it should; the message names the file.
pub fn sample_files(source: &Path) -> Result<Vec<SampleFile>, Box<dyn Error>> {
    let gatherings = read_table(&source.join("通いの場.csv"))?;
    let arts = read_table(&source.join("芸術文化.csv"))?;
    let support = read_table(&source.join("支援・相談.csv"))?;
    let farming = read_table(&source.join("農業・ボランティア.csv"))?;
    let companions = read_table(&source.join("仲間.csv"))?;
    let link_workers = read_table(&source.join("連携役.csv"))?;
    let districts = read_table(&source.join("districts.csv"))?;
    let towns = read_table(&source.join("towns.csv"))?;
    let basemap = read_table(&source.join("basemap.csv"))?;
    Ok(vec![
        ("sample/city/districts.geojson", districts::geojson(&districts)?),
        ("sample/city/gazetteer.csv", gazetteer(&towns)?),
        ("sample/city/basemap.geojson", basemap::geojson(&basemap)?),
        ("sample/見本_つながりの場一覧.xlsx", workbook::bytes(&gatherings, &arts, &support)?),
        ("sample/link-workers/見本_連携役名簿.xlsx", link_workers::bytes(&link_workers)?),
        ("sample/見本_農業・ボランティア.csv", shift_jis("見本　農業・ボランティア名簿", &farming)?),
        ("sample/見本_仲間をさがす人.csv", shift_jis("見本　仲間をさがす人の名簿", &companions)?),
        ("sample/population/見本_人口.csv", population::table(&towns)?),
    ])
}

/// A table as rows of cells, the heading first.
type Rows = Vec<Vec<String>>;

fn read_table(path: &Path) -> Result<Rows, Box<dyn Error>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_path(path)
        .map_err(|error| format!("{}: {error}", path.display()))?;
    reader
        .records()
        .map(|record| {
            let record = record.map_err(|error| format!("{}: {error}", path.display()))?;
            Ok(record.iter().map(str::to_owned).collect())
        })
        .collect()
}

/// The 大字 in the form of the 位置参照情報: one point each, of two decimals.
fn gazetteer(towns: &Rows) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "都道府県名",
        "市区町村コード",
        "市区町村名",
        "大字町丁目名",
        "大字町丁目名カナ",
        "緯度",
        "経度",
    ])?;
    for town in towns.iter().skip(1) {
        writer.write_record(["兵庫県", "28222", "養父市", &town[0], &town[3], &town[2], &town[1]])?;
    }
    Ok(writer.into_inner()?)
}

/// A list as older software writes it: `Shift_JIS` in Microsoft's reading, CRLF, two lines above the heading.
fn shift_jis(title: &str, rows: &Rows) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut writer = csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record([format!("{title}（このファイルの内容はすべて架空です）")])?;
    writer.write_record(["令和8年10月現在", "担当：見本市役所 健康福祉課"])?;
    for row in rows {
        writer.write_record(row)?;
    }
    let text = String::from_utf8(writer.into_inner()?)?.replace('〜', "～");
    let (bytes, _, lost) = encoding_rs::SHIFT_JIS.encode(&text);
    if lost {
        return Err(format!("{title}: a letter cannot be written in Shift_JIS").into());
    }
    Ok(bytes.into_owned())
}

#[allow(dead_code, reason = "tests/library/sample.rs takes this file in as a module and calls sample_files alone")]
fn main() -> Result<(), Box<dyn Error>> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    for (path, bytes) in sample_files(&data.join("sample/source"))? {
        println!("data/{path}: {} bytes", bytes.len());
        std::fs::write(data.join(path), bytes)?;
    }
    Ok(())
}
