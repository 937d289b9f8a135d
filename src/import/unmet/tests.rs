//! Tables of unmet needs that a city counted on paper.

use super::*;
use crate::import::columns::HeadingTable;
use crate::import::places::phrases::Phrases;
use crate::model::unmet_need::UnmetReason;
use crate::model::{CategoryTable, City, District, DistrictTable, Interest};

fn read_text(text: &str) -> ImportedFile<CountedRow> {
    let district =
        |id: &str, name: &str| District { id: DistrictId(id.into()), name: name.into(), ..District::default() };
    let districts = DistrictTable::new(vec![district("yama", "山手"), district("hama", "浜")]);
    let interest = |term: &str, synonyms: &[&str]| Interest {
        term: term.to_owned(),
        synonyms: synonyms.iter().map(|it| (*it).to_owned()).collect(),
        ..Interest::default()
    };
    let thesaurus = Thesaurus::new(vec![interest("囲碁", &["碁会"]), interest("合唱", &["コーラス"])]).unwrap();
    let (columns, phrases) = (HeadingTable::standard(), Phrases::built_in());
    let (categories, city) = (CategoryTable::default(), City::default());
    let known = ImportContext {
        columns: &columns,
        phrases: &phrases,
        categories: &categories,
        city: &city,
        gazetteer: None,
        boundary: None,
        districts: &districts,
        today: None,
    };
    read(text.as_bytes(), NeedContext { known, thesaurus: &thesaurus, this_month: "2026-11".parse().unwrap() })
}

fn cells(file: &ImportedFile<CountedRow>) -> Vec<String> {
    let cell = |row: &CountedRow| {
        let needs = &row.needs;
        let district = needs.district.as_ref().map_or("", |id| &id.0);
        let interest = needs.interest.as_deref().unwrap_or_default();
        format!("{} {district} {interest} {} {}", needs.month, needs.reason.code(), needs.count)
    };
    file.sheets.iter().flat_map(|sheet| &sheet.entries).map(cell).collect()
}

fn kinds(file: &ImportedFile<CountedRow>) -> Vec<(u32, ProblemKind)> {
    file.sheets.iter().flat_map(|sheet| &sheet.problems).map(|problem| (problem.row, problem.kind)).collect()
}

#[test]
fn a_table_of_paper_counts_is_read_with_title_sums_and_repeated_cells_left_blank() {
    let file = read_text(
        "合わなかった記録（紙）\n\n四半期,地区,好きなこと,理由,件数\n令和8年度第1四半期,山手地区,碁会,送迎なし,4\n,,コーラス,遠い,１件\n,浜,,満員,\"1,000\"\n小計,,,,5\n2026年7〜9月,地区なし,なし,似たものがない,3\n",
    );
    assert_eq!(
        cells(&file),
        [
            "2026-06 yama 囲碁 no_ride 4",
            "2026-06 yama 合唱 too_far 1",
            "2026-06 hama  full 1000",
            "2026-09   nothing_like_it 3"
        ]
    );
    assert_eq!(kinds(&file), []);
}

#[test]
fn every_row_that_cannot_be_used_is_told_by_its_number() {
    let file = read_text(
        "四半期,地区,関心,理由,件数\n2026Q3,山手,囲碁,full,-2\n2026Q3,海,囲碁,full,2\n2026Q3,浜,サーフィン,full,2\n2026Q3,浜,囲碁,飽きた,2\n夏,浜,囲碁,full,2\n2027Q1,浜,囲碁,full,2\n2026Q3,浜,囲碁,full,X\n2026Q3,浜,囲碁,full,2\n2026Q3,浜,碁会,満員,3\n2026Q3,浜,合唱,満員,0\n2026Q3,浜,合唱,遠い,99999\n",
    );
    assert_eq!(cells(&file), ["2026-09 hama 囲碁 full 2"]);
    let expected = [
        (2, ProblemKind::UnmetCountUnreadable),
        (3, ProblemKind::UnmetDistrictUnknown),
        (4, ProblemKind::UnmetInterestUnknown),
        (5, ProblemKind::UnmetReasonUnknown),
        (6, ProblemKind::UnmetPeriodUnreadable),
        (7, ProblemKind::UnmetPeriodToCome),
        (8, ProblemKind::UnmetCountHidden),
        (10, ProblemKind::UnmetTwice),
        (12, ProblemKind::UnmetCountUnreadable),
    ];
    assert_eq!(kinds(&file), expected);
}

#[test]
fn a_file_of_something_else_is_refused() {
    for text in ["名称,住所\nサロン,山手\n", "", "地区,件数\n山手,3\n", "%PDF-1.4\n"] {
        assert!(read_text(text).refused.is_some(), "{text}");
    }
}

fn row(row: u32, month: &str, count: u32) -> CountedRow {
    let (month, reason) = (month.parse().unwrap(), UnmetReason::Full);
    CountedRow { row, needs: CountedNeeds { month, district: None, interest: None, reason, count } }
}

#[test]
fn an_edition_adds_what_is_new_and_takes_nothing_back() {
    let first = additions(&[row(2, "2026-06", 4), row(3, "2026-03", 2)], &[], None);
    let months: Vec<String> = first.added.iter().map(|cell| cell.month.to_string()).collect();
    assert_eq!(months, ["2026-03", "2026-06"], "in the order of the months");
    let newest = Some("2026-06".parse().unwrap());
    assert_eq!(additions(&[row(2, "2026-06", 4)], &first.added, newest), NeedAdditions::default(), "twice is once");
    let next = [row(2, "2026-06", 6), row(3, "2026-03", 5), row(4, "2026-03", 1), row(5, "2026-09", 3)];
    let next = additions(&next, &first.added, newest);
    assert_eq!(next.added.iter().map(|cell| cell.count).collect::<Vec<_>>(), [2, 3]);
    let problems: Vec<_> = next.problems.iter().map(|problem| (problem.row, problem.kind)).collect();
    assert_eq!(problems, [(3, ProblemKind::UnmetPeriodPassed), (4, ProblemKind::UnmetCountLowered)]);
}

#[test]
fn what_the_program_released_is_refused_however_it_was_saved() {
    for heading in [
        "四半期,地区,好きなこと,理由,件数（つながりが公表した数）",
        "表題\n四半期,地区,好きなこと,理由,件数(つながりが公表した数)",
        "期間,地区,理由,件 数 （ つながりが公表した数 ）",
    ] {
        let file = read_text(&format!("{heading}\n2026-Q3,山手,囲碁,遠すぎる,3\n"));
        assert_eq!(file.refused.map(|problem| problem.kind), Some(ProblemKind::UnmetOwnRelease), "{heading}");
        assert!(file.sheets.is_empty());
    }
    assert!(
        read_text("四半期,地区,好きなこと,理由,件数（公表した数）\n2026-Q3,山手,囲碁,遠すぎる,3\n").refused.is_none()
    );
}
