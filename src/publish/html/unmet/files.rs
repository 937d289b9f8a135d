//! Downloads of the unmet needs: JSON and CSV. Both omit suppressed counts. This module does no I/O.

use serde_json::{Map, Value, json};

use super::{reason_name, way_name};
use crate::gaps::disclosure::MonthPeriod;
use crate::gaps::unmet::{DistrictRow, UnmetTable};
use crate::model::BATCH_SIZE;
use crate::model::unmet_need::UnmetReason;
use crate::publish::link_worker_messages::catalogue;
use crate::text::formula::guarded;

/// The released counts as JSON, described in `docs/unmet.md`.
pub fn json(table: &UnmetTable) -> String {
    let counted = |name: &str, key: &str, count: u32| json!({ name: key, "count": count });
    let ways = table.ways.iter().filter(|(_, count)| *count > 0).map(|(way, count)| counted("way", way.code(), *count));
    let months =
        table.months.iter().filter(|it| it.1 > 0).map(|(month, count)| counted("month", &month.to_string(), *count));
    let interests = table.interests.iter().map(|group| {
        let terms = group.terms.iter().map(|(term, count)| counted("term", term, *count)).collect::<Vec<_>>();
        let mut object = json!({ "group": group.name, "terms": terms });
        insert_count(&mut object, "count", group.count);
        object
    });
    json!({
        "unit": BATCH_SIZE,
        "first": table.period.first.map(|month| month.to_string()),
        "last": table.period.last.to_string(),
        "districts": table.districts.iter().map(district_object).collect::<Vec<_>>(),
        "interests": interests.collect::<Vec<_>>(),
        "travel": ways.collect::<Vec<_>>(),
        "months": months.collect::<Vec<_>>(),
    })
    .to_string()
}

/// The counts of a district as a JSON object.
fn district_object(row: &DistrictRow) -> Value {
    let reasons = UnmetReason::ALL.iter().zip(row.reasons).filter(|(_, count)| *count > 0);
    let reasons: Map<String, Value> = reasons.map(|(reason, count)| (reason.code().to_owned(), count.into())).collect();
    let mut object = json!({ "district": row.district.as_ref().map(|id| &id.0), "name": row.name });
    insert_count(&mut object, "count", row.total());
    object["reasons"] = reasons.into();
    object["groups"] =
        row.groups.iter().map(|(group, count)| (group.clone(), Value::from(*count))).collect::<Map<_, _>>().into();
    object
}

/// Inserts a count unless it is suppressed.
fn insert_count(object: &mut Value, key: &str, count: u32) {
    if count > 0 {
        object[key] = count.into();
    }
}

/// The released counts as CSV with Japanese headings; the byte order mark makes Excel read it as UTF-8.
///
/// # Panics
///
/// Never: writing to memory does not fail.
pub fn csv(table: &UnmetTable) -> Vec<u8> {
    let messages = catalogue("unmet");
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
    let period = iso_interval(table.period);
    let mut write = |row: [&str; 9]| {
        writer.write_record(row.map(|text| guarded(text).into_owned())).expect("memory takes what is written");
    };
    write(headings.map(|key| messages.text(key)));
    for row in &table.districts {
        let (code, name) = (row.district.as_ref().map_or("", |id| id.0.as_str()), row_name(row));
        for (reason, count) in UnmetReason::ALL.iter().zip(row.reasons).filter(|(_, count)| *count > 0) {
            let (title, reason) = (messages.text("table.reasons"), reason_name(*reason));
            write([title, code, name, &reason, "", "", "", &period, &count.to_string()]);
        }
        for (group, count) in &row.groups {
            write([messages.text("table.interests"), code, name, "", group, "", "", &period, &count.to_string()]);
        }
    }
    for (term, count) in table.interests.iter().flat_map(|group| &group.terms) {
        write([messages.text("table.terms"), "", "", "", term, "", "", &period, &count.to_string()]);
    }
    for (way, count) in table.ways.iter().filter(|(_, count)| *count > 0) {
        write([messages.text("table.ways"), "", "", "", "", &way_name(*way), "", &period, &count.to_string()]);
    }
    for (month, count) in table.months.iter().filter(|(_, count)| *count > 0) {
        write([messages.text("table.months"), "", "", "", "", "", &month.to_string(), &period, &count.to_string()]);
    }
    writer.into_inner().expect("memory takes what is written")
}

/// The name of a district, or the message for needs without one.
fn row_name(row: &DistrictRow) -> &str {
    if row.district.is_some() { &row.name } else { catalogue("unmet").text("no_district") }
}

/// The period as an ISO 8601 interval; `..` marks an open start.
pub(in crate::publish::html) fn iso_interval(period: MonthPeriod) -> String {
    format!("{}/{}", period.first.map_or_else(|| "..".to_owned(), |month| month.to_string()), period.last)
}
