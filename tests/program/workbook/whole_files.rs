//! Files that are no workbook to come home, workbooks beside lists, and those that another office program wrote.

use super::*;

#[test]
fn what_is_no_workbook_to_come_home_is_refused_and_nothing_is_written() {
    let city = city();
    let before = stored(&city);
    edited(&city, |grid| {
        let id = grid.column("id");
        grid.rows().iter_mut().for_each(|row| drop(row.remove(id)));
    });
    assert_eq!(take(&city, &[]).code, 2, "without identities every row would be new");
    edited(&city, |grid| grid.rows().truncate(2));
    assert_eq!(take(&city, &[]).code, 2, "without rows");
    edited(&city, |grid| grid.remove_sheet(PLACES));
    assert_eq!(take(&city, &[]).code, 2, "without places");
    edited(&city, |grid| {
        let record = &mut grid.sheets.iter_mut().find(|(name, _)| name == "_tsunagari").unwrap().1;
        record[0][1] = "2".to_owned();
    });
    assert_eq!(take(&city, &[]).code, 2, "of a later version");
    for arguments in [&["--list", "サロン"][..], &["--municipality", "282227"]] {
        let refused = city.run(&[&["import", "places", "out.xlsx"], arguments].concat());
        assert_eq!(refused.code, 2, "{arguments:?} {refused:?}");
    }
    let checked = city.run(&["check", "out.xlsx"]);
    assert!(checked.code == 2 && checked.out.contains("import places"), "{checked:?}");
    assert_eq!(stored(&city), before);
}

#[test]
fn rows_on_other_sheets_new_columns_and_lists_beside_it_are_read() {
    let city = city();
    city.write("教室.csv", "名称,分類,住所,掲載可否\n囲碁教室,通いの場,見本市三丁目,○\n".as_bytes());
    edited(&city, |grid| {
        *grid.cell("サロン7", "cost") = "無料".to_owned();
        let at = grid.row("サロン7");
        let moved = grid.rows().remove(at);
        grid.sheets.push(("移動".to_owned(), vec![moved]));
        let first = grid.row("サロン1");
        for (row, text) in [(0, ""), (1, "連絡メモ"), (first, "三月に電話")] {
            grid.rows()[row].push(text.to_owned());
        }
    });
    let ran = city.run(&["import", "places", "edited.xlsx", "教室.csv", "--yes", "--json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let report: Value = serde_json::from_str(ran.out.lines().next().unwrap()).unwrap();
    assert_eq!(names(&report, "gone"), Vec::<String>::new());
    let mut changed = names(&report, "changed");
    changed.sort();
    assert_eq!(changed, ["サロン1", "サロン7"]);
    assert!(report["changed"].to_string().contains("\"移動!"), "the cell is named with its sheet: {report}");
    let after = stored(&city);
    assert_eq!(after["サロン1"]["properties"]["extra"]["連絡メモ"], "三月に電話");
    assert!(after.contains_key("囲碁教室"));
}

#[test]
fn libre_office_brings_it_home_unharmed() {
    let city = city();
    let soffice = ["soffice", "libreoffice"].into_iter().find(|it| Command::new(it).arg("--version").output().is_ok());
    let Some(soffice) = soffice else { return eprintln!("skipped: LibreOffice is not installed") };
    std::fs::create_dir(city.path("home")).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", city.path("profile").display());
    for (format, file) in [("xlsx:Calc MS Excel 2007 XML", "out.xlsx"), ("csv", "out.csv"), ("xls", "out.xls")] {
        let arguments = [&profile, "--headless", "--convert-to", format, "--outdir", "home", "out.xlsx"];
        let done = Command::new(soffice).args(arguments).current_dir(city.path("")).output().unwrap();
        assert!(done.status.success(), "{done:?}");
        let file = format!("home/{file}");
        // As text it holds the sheet that was in front: the places.
        let report = preview(&city, &file);
        assert!(is_nothing(&report) && report["unchanged"] == 7, "{file}: {report}");
    }
}

#[test]
fn a_dry_run_in_words_names_each_cell() {
    let city = city();
    edited(&city, |grid| *grid.cell("サロン1", "phone") = "079-662-9999".to_owned());
    let ran = city.run(&["import", "places", "edited.xlsx", "--dry-run", "--lang", "ja"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("電話番号: 「079-662-0001」→「079-662-9999」"), "{ran:?}");
    let empty = TestCity::new();
    std::fs::copy(city.path("out.xlsx"), empty.path("out.xlsx")).unwrap();
    let refused = empty.run(&["import", "places", "out.xlsx", "--yes"]);
    assert!(refused.code == 2 && !empty.path("tsunagari.sqlite").exists(), "{refused:?}");
}
