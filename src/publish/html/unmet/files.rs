//! What the page shows, as files. Cells that are held back are left out of both. This module does no I/O.

use serde_json::{Map, Value, json};

use super::{reason_name, way_name};
use crate::gaps::unmet::{BATCH_SIZE, DistrictRow, MonthPeriod, UnmetTable};
use crate::model::unmet_need::UnmetReason;
use crate::publish::link_worker_messages::texts;

/// The numbers as JSON, described in `docs/unmet.md`.
pub fn json(table: &UnmetTable) -> String {
    let told = |name: &str, key: &str, count: u32| json!({ name: key, "count": count });
    let ways = table.ways.iter().filter(|(_, count)| *count > 0).map(|(way, count)| told("way", way.code(), *count));
    let months =
        table.months.iter().filter(|it| it.1 > 0).map(|(month, count)| told("month", &month.to_string(), *count));
    let interests = table.interests.iter().map(|group| {
        let terms = group.terms.iter().map(|(term, count)| told("term", term, *count)).collect::<Vec<_>>();
        let mut of_group = json!({ "group": group.name, "terms": terms });
        put(&mut of_group, "count", group.count);
        of_group
    });
    json!({
        "unit": BATCH_SIZE,
        "first": table.period.first.map(|month| month.to_string()),
        "last": table.period.last.to_string(),
        "districts": table.districts.iter().map(district).collect::<Vec<_>>(),
        "interests": interests.collect::<Vec<_>>(),
        "travel": ways.collect::<Vec<_>>(),
        "months": months.collect::<Vec<_>>(),
    })
    .to_string()
}

fn district(row: &DistrictRow) -> Value {
    let reasons = UnmetReason::ALL.iter().zip(row.reasons).filter(|(_, count)| *count > 0);
    let reasons: Map<String, Value> = reasons.map(|(reason, count)| (reason.code().to_owned(), count.into())).collect();
    let mut said = json!({ "district": row.district.as_ref().map(|id| &id.0), "name": row.name });
    put(&mut said, "count", row.total());
    said["reasons"] = reasons.into();
    said["groups"] =
        row.groups.iter().map(|(group, count)| (group.clone(), Value::from(*count))).collect::<Map<_, _>>().into();
    said
}

/// A count that is held back is left out.
fn put(object: &mut Value, key: &str, count: u32) {
    if count > 0 {
        object[key] = count.into();
    }
}

/// The numbers as CSV with headings in Japanese, which Excel opens as it is (UTF-8 with a mark).
///
/// # Panics
///
/// Never: memory takes what is written.
pub fn csv(table: &UnmetTable) -> Vec<u8> {
    let words = texts("unmet");
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let headings = [
        "csv.table",
        "csv.code",
        "table.district",
        "choose.reason",
        "table.interests",
        "table.ways",
        "table.month",
        "csv.period",
        "table.count",
    ];
    let period = said(table.period);
    let mut write = |row: [&str; 9]| writer.write_record(row.map(harmless)).expect("memory takes what is written");
    write(headings.map(|key| words.text(key)));
    for row in &table.districts {
        let (code, name) = (row.district.as_ref().map_or("", |id| id.0.as_str()), name(row));
        for (reason, count) in UnmetReason::ALL.iter().zip(row.reasons).filter(|(_, count)| *count > 0) {
            let (title, reason) = (words.text("table.reasons"), reason_name(*reason));
            write([title, code, name, &reason, "", "", "", &period, &count.to_string()]);
        }
        for (group, count) in &row.groups {
            write([words.text("table.interests"), code, name, "", group, "", "", &period, &count.to_string()]);
        }
    }
    for (term, count) in table.interests.iter().flat_map(|group| &group.terms) {
        write([words.text("table.terms"), "", "", "", term, "", "", &period, &count.to_string()]);
    }
    for (way, count) in table.ways.iter().filter(|(_, count)| *count > 0) {
        write([words.text("table.ways"), "", "", "", "", &way_name(*way), "", &period, &count.to_string()]);
    }
    for (month, count) in table.months.iter().filter(|(_, count)| *count > 0) {
        write([words.text("table.months"), "", "", "", "", "", &month.to_string(), &period, &count.to_string()]);
    }
    writer.into_inner().expect("memory takes what is written")
}

fn name(row: &DistrictRow) -> &str {
    if row.district.is_some() { &row.name } else { texts("unmet").text("no_district") }
}

/// An ISO 8601 interval; open at its beginning where all there is was asked for.
fn said(period: MonthPeriod) -> String {
    format!("{}/{}", period.first.map_or_else(|| "..".to_owned(), |month| month.to_string()), period.last)
}

/// Names come from lists: a spreadsheet must not take one for a formula.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}
