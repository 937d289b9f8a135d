use crate::model::InterestKind;

use super::*;

fn folder(city: &str, categories: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("city.toml"), city).unwrap();
    std::fs::write(folder.path().join("categories.csv"), categories).unwrap();
    folder
}

fn error_of(city: &str, categories: &str) -> String {
    let folder = folder(city, categories);
    let error = Config::load(folder.path()).unwrap_err();
    format!("{error:?}").replace(&folder.path().display().to_string(), "data")
}

const CITY: &str = "code = \"282227\"\nname = \"養父市\"\n";
const HEADING: &str =
    "id,name_ja,name_easy,name_en,group_ja,group_en,color,icon,private_persons,office,office_phone,words\n";

#[test]
fn the_committed_data_folder_can_be_read() {
    let config = Config::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data")).unwrap();
    assert_eq!(config.city.name, "養父市");
    assert!(
        config.categories.all().iter().any(|c| c.private_persons && c.office.as_deref() == Some(&config.city.office))
    );
    assert_eq!(config.categories.all().last().unwrap().id.0, "other");
    assert!(config.interests.all().len() >= 250, "{}", config.interests.all().len());
    assert_eq!(config.guide, None, "the guide of the sample is the sample's");
}

#[test]
fn a_missing_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let error = Config::load(folder.path()).unwrap_err();
    assert!(matches!(error, ConfigError::Unreadable { file, .. } if file.ends_with("city.toml")));
}

#[test]
fn an_error_in_city_toml_names_its_line_and_column() {
    insta::assert_snapshot!(error_of("code = \"282227\"\nnaem = \"養父市\"\n", HEADING));
    insta::assert_snapshot!(error_of("name = 養父市\n", HEADING));
    insta::assert_snapshot!(error_of("code = \"28222\"\nname = \"養父市\"\n", HEADING));
}

#[test]
fn an_error_in_categories_names_its_line_and_column() {
    let rows = |row: &str| error_of(CITY, &format!("{HEADING}{row}\n"));
    insta::assert_snapshot!(rows("salon,サロン,,Salon,通いの場,Gathering,orange,cafe,no,,,"));
    insta::assert_snapshot!(rows("サロン,サロン,,Salon,通いの場,Gathering,#e69f00,cafe,no,,,"));
    insta::assert_snapshot!(rows("salon,サロン,,Salon,通いの場,Gathering,#e69f00,cafe,maybe,,,"));
    insta::assert_snapshot!(error_of(CITY, "id,name_ja\nsalon,サロン\n"));
    insta::assert_snapshot!(error_of(CITY, HEADING));
}

#[test]
fn private_persons_without_an_office_have_that_of_the_municipality() {
    let rows = "farm,農業,,Farm,農業,Farming,#009e73,farm,yes,,,\nother,他,,Other,他,Other,#000000,cafe,no,,,\n";
    let city = format!("{CITY}office = \"農林課\"\noffice_phone = 0879-00-1111\n");
    let config = Config::load(folder(&city, &format!("{HEADING}{rows}")).path()).unwrap();
    let farm = &config.categories.all()[0];
    assert_eq!((farm.office.as_deref(), farm.office_phone.as_deref()), (Some("農林課"), Some("0879-00-1111")));
    assert_eq!(config.categories.all()[1].office, None);
    let config = Config::load(folder(CITY, &format!("{HEADING}{rows}")).path()).unwrap();
    assert_eq!(config.categories.all()[0].office, None, "an office may be unknown");
}

/// Each fault as `file:line:column reason`.
fn faults(folder: &Path) -> Vec<String> {
    let all = match Config::load(folder).unwrap_err() {
        ConfigError::Several(all) => all,
        one => vec![one],
    };
    let fault = |fault: ConfigError| match fault {
        ConfigError::Wrong { file, line, column, reason, .. } => {
            let file = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            format!("{file}:{line}:{} {reason}", column.unwrap_or_default())
        }
        other => format!("{other}"),
    };
    all.into_iter().map(fault).collect()
}

#[test]
fn all_faults_of_all_files_are_told_at_once() {
    let city = "code = \"28222\"\nname = \"\"\npublic_url = \"example.jp\"\nnew_year = \"冬\"\n";
    let rows = "a,a,,a,a,a,#000000,cafe,no,,,\na,b,,b,b,b,orange,cafe,no,,,\nC,c,,c,c,c,#000000,cafe,no,,,\n";
    let wrong = folder(city, &format!("{HEADING}{rows}"));
    std::fs::write(wrong.path().join("words.toml"), "link_worker = \"<b>\"\nlayer_three = \"3層\"\n").unwrap();
    assert_eq!(
        faults(wrong.path()),
        [
            "city.toml:1:1 config.wrong_code",
            "city.toml:2:1 config.no_name",
            "city.toml:3:1 config.wrong_url",
            "city.toml:4:1 config.wrong_new_year",
            "words.toml:2: config.unknown_word",
            "words.toml:1: config.wrong_word",
            "categories.csv:3:color config.wrong_color",
            "categories.csv:4:id config.wrong_id",
        ]
    );
    let hosts = "code = \"282227\"\nname = \"北\"\nembed_hosts = [\n  \"https://a.example.jp\",\n  \"https://b.example.jp/\",\n]\n";
    let hosts = faults(folder(hosts, &format!("{HEADING}a,a,,a,a,a,#000000,cafe,no,,,\n")).path());
    assert_eq!(hosts, ["city.toml:5:3 config.wrong_embed_host"]);
    let city = "naem = \"北\"\ncode = true\nsample = \"true\"\nunmet_per_day = \"60\"\ninternal_hosts = \"a\"\n[limits]\nrow = 1\nrows = \"x\"\n";
    let kinds = faults(folder(city, &format!("{HEADING}a,a,,a,a,a,#000000,cafe,no,,,\n")).path());
    let expected = [
        "unknown_setting",
        "not_text",
        "not_true_or_false",
        "not_whole_number",
        "not_texts",
        "unknown_setting",
        "not_whole_number",
    ];
    assert_eq!(kinds.iter().map(|it| it.rsplit('.').next().unwrap()).collect::<Vec<_>>(), expected);
    assert_eq!(kinds[2], "city.toml:3:10 config.not_true_or_false");
    let city = "code = \"282227\"\nname = 北町\noffice = \"課\nkana = \"きた\"\n";
    let lines = faults(folder(city, &format!("{HEADING}a,a,,a,a,a,#000000,cafe,no,,,\n")).path());
    assert!(lines.len() >= 2 && lines.iter().all(|it| it.ends_with("config.toml_syntax")), "{lines:?}");
    assert!(lines[0].starts_with("city.toml:2:8"), "{lines:?}");
}

#[test]
fn a_category_is_not_called_like_a_collection_of_its_own() {
    let rows = "places,a,,a,a,a,#000000,cafe,no,,,\nplace,b,,b,b,b,#000000,cafe,no,,,\ndistricts,c,,c,c,c,#000000,cafe,no,,,\n";
    let city = "code = \"282227\"\nname = \"北町\"\n";
    assert_eq!(
        faults(folder(city, &format!("{HEADING}{rows}")).path()),
        ["categories.csv:2:id config.reserved_id", "categories.csv:4:id config.reserved_id"]
    );
}

#[test]
fn a_number_stands_where_a_text_is_meant() {
    for (code, expected) in
        [("372013", "372013"), ("012025", "012025"), ("\"012025\"", "012025"), ("012025 # 札幌", "012025")]
    {
        let city = format!("code = {code}\nname = \"北\"\noffice_phone = 087-839-2011\n");
        let config = Config::load(folder(&city, &format!("{HEADING}a,a,,a,a,a,#000000,cafe,no,,,\n")).path()).unwrap();
        assert_eq!(config.city.code, expected);
        assert_eq!(config.city.office_phone.as_deref(), Some("087-839-2011"));
    }
}

type Save<'a> = &'a dyn Fn(&str) -> Vec<u8>;

#[test]
fn settings_are_read_as_any_editor_and_excel_save_them() {
    let city = format!("{CITY}office = \"福祉課\"\n");
    let table = format!("{HEADING}salon,サロン,,Salon,通いの場,Gathering,#e69f00,cafe,no,,,サロン\n");
    let utf16 = |text: &str| -> Vec<u8> {
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
    };
    let cp932 = |text: &str| encoding_rs::SHIFT_JIS.encode(text).0.into_owned();
    let bom = |text: &str| [b"\xef\xbb\xbf", text.as_bytes()].concat();
    let crlf = |text: &str| text.replace('\n', "\r\n").into_bytes();
    // Excel's Unicode text is parted by tabs.
    let tabs = |text: &str| utf16(&text.replace(',', "\t"));
    let saved: [(Save<'_>, Save<'_>); 4] = [(&utf16, &tabs), (&cp932, &cp932), (&bom, &bom), (&crlf, &crlf)];
    for (save_city, save_table) in saved {
        let folder = folder("", "");
        std::fs::write(folder.path().join("city.toml"), save_city(&city)).unwrap();
        std::fs::write(folder.path().join("categories.csv"), save_table(&table)).unwrap();
        std::fs::write(folder.path().join("guide.md"), save_city("# 手引き\n")).unwrap();
        std::fs::write(folder.path().join("words.toml"), save_city("link_worker = \"連携員\"\n")).unwrap();
        let config = Config::load(folder.path()).unwrap();
        assert_eq!((config.city.name.as_str(), config.city.office.as_str()), ("養父市", "福祉課"));
        assert_eq!(config.categories.all()[0].words, ["サロン"]);
        assert_eq!(config.guide.map(|guide| guide.trim().to_owned()).as_deref(), Some("# 手引き"));
        assert_eq!(config.city.words.fill("{word:link_worker}"), "連携員");
    }
}

#[test]
fn an_error_in_interests_names_its_line_and_column() {
    let folder = folder(CITY, &format!("{HEADING}a,a,,a,a,a,#000000,cafe,no,,,\n"));
    let error_of = |rows: &str| {
        let heading = "term,reading,synonyms,broader,neighbours,axes,traits\n";
        std::fs::write(folder.path().join("interests.csv"), format!("{heading}{rows}")).unwrap();
        match Config::load(folder.path()).unwrap_err() {
            ConfigError::Wrong { line, column, reason, .. } => (line, column.unwrap_or_default(), reason),
            other => panic!("one fault: {other:?}"),
        }
    };
    let at = |line, column: &str, reason| (line, column.to_owned(), reason);
    assert_eq!(error_of("囲碁,いご,,,,,\n囲碁,いご,,,,,\n"), at(3, "term", "config.term_twice"));
    assert_eq!(error_of("囲碁,いご,,,,,\n将棋,しょうぎ,,,囲棋,,\n"), at(3, "neighbours", "config.unknown_term"));
    assert_eq!(error_of("囲碁,いご,,将棋,,,\n将棋,しょうぎ,,囲碁,,,\n"), at(2, "broader", "config.term_circle"));
    assert_eq!(error_of("囲碁,いご,,,,体\n"), at(2, "", "config.ragged"));
    assert_eq!(error_of("囲碁,いご,,,,体,\n"), at(2, "axes", "config.wrong_axis"));
    let kinds = "term,reading,synonyms,broader,neighbours,axes,traits,kind\n借金,しゃっきん,=金;債務,,,,,trouble\n";
    std::fs::write(folder.path().join("interests.csv"), kinds).unwrap();
    let read = Config::load(folder.path()).unwrap().interests;
    assert_eq!(
        (read.all()[0].kind, read.all()[0].whole_phrases.as_slice()),
        (InterestKind::Trouble, &["金".to_owned()][..])
    );
    std::fs::write(folder.path().join("interests.csv"), kinds.replace("trouble", "worry")).unwrap();
    assert!(matches!(Config::load(folder.path()), Err(ConfigError::Wrong { reason: "config.wrong_kind", .. })));
}

#[test]
fn an_error_in_columns_names_its_line() {
    let folder = folder(CITY, &format!("{HEADING}a,a,,a,a,a,#000000,cafe,no,,,\n"));
    let error_of = |columns: &str| {
        std::fs::write(folder.path().join("columns.toml"), columns).unwrap();
        match Config::load(folder.path()).unwrap_err() {
            ConfigError::Wrong { line, reason, .. } => (line, reason),
            other => panic!("one fault: {other:?}"),
        }
    };
    assert_eq!(error_of("# ours\n\n[venue]\nheadings = [\"つどいの家\"]\n"), (3, "config.unknown_field"));
    assert_eq!(error_of("[venue_name]\nheadings = [つどいの家]\n"), (2, "config.toml_syntax"));
    assert_eq!(error_of("[venue_name]\nwords = [\"つどいの家\"]\n"), (1, "config.columns"));
    let twice = "[venue_name]\nheadings = [\"つどいの家\"]\n[schedule]\nheadings = [\"つどいの家\"]\n";
    assert_eq!(error_of(twice), (2, "config.heading_twice"));
}

#[test]
fn a_guide_may_be_left_out_and_may_be_in_any_encoding() {
    let folder = folder(CITY, &format!("{HEADING}a,a,,a,a,a,#000000,cafe,no,,,\n"));
    assert_eq!(Config::load(folder.path()).unwrap().guide, None);
    let file = folder.path().join("guide.md");
    std::fs::write(&file, "\u{feff}# 手引き\n").unwrap();
    assert_eq!(Config::load(folder.path()).unwrap().guide.as_deref(), Some("# 手引き\n"));
    std::fs::write(&file, b"# tebiki\n\n\x8e\xe8\x88\xf8\x82\xab\n").unwrap();
    assert_eq!(Config::load(folder.path()).unwrap().guide.as_deref(), Some("# tebiki\n\n手引き\n"));
}

#[test]
fn a_higher_folder_s_file_takes_the_place_of_the_lower_one_s_whole() {
    let row = |id: &str| format!("{HEADING}{id},a,,a,a,a,#000000,cafe,no,,,\n");
    let (prefecture, city) = (folder("", &row("shared")), tempfile::tempdir().unwrap());
    std::fs::write(prefecture.path().join("guide.md"), "# 県の手引き\n").unwrap();
    std::fs::write(city.path().join("city.toml"), CITY).unwrap();
    let layers =
        |folders: &[&Path]| Config::load_layers(&DataFolders::new(folders.iter().map(|it| (*it).into()).collect()));
    let (below, above) = (prefecture.path(), city.path());
    let config = layers(&[below, above]).unwrap();
    assert_eq!((config.city.name.as_str(), config.categories.all()[0].id.0.as_str()), ("養父市", "shared"));
    assert_eq!(config.guide.as_deref(), Some("# 県の手引き\n"));
    std::fs::write(above.join("categories.csv"), row("own")).unwrap();
    std::fs::write(above.join("guide.md"), "# 市の手引き\n").unwrap();
    let config = layers(&[below, above]).unwrap();
    assert_eq!(config.categories.all().iter().map(|it| it.id.0.as_str()).collect::<Vec<_>>(), ["own"]);
    assert_eq!(config.guide.as_deref(), Some("# 市の手引き\n"));
    assert!(layers(&[below]).is_err(), "a prefecture alone is no municipality");
    let missing = above.join("absent");
    assert!(matches!(layers(&[&missing, above]), Err(ConfigError::Unreadable { file, .. }) if file == missing));
}

#[test]
fn announced_holidays_are_read_as_the_government_publishes_them_and_whole_years_only() {
    let folder = folder(CITY, &format!("{HEADING}a,a,,a,a,a,#000000,cafe,no,,,\n"));
    let file = folder.path().join("holidays.csv");
    let days: Vec<String> = (1..=16).map(|n| format!("2027/{}/{n},元日\r\n", n % 12 + 1)).collect();
    let days = days.concat();
    let text = format!("国民の祝日・休日月日,国民の祝日・休日名称\r\n1955/1/1,元日\r\n{days}");
    std::fs::write(&file, encoding_rs::SHIFT_JIS.encode(&text).0).unwrap();
    assert_eq!(Config::load(folder.path()).unwrap().holidays.len(), 17);
    let reason_of = |text: &str| {
        std::fs::write(&file, text).unwrap();
        match Config::load(folder.path()) {
            Err(ConfigError::Wrong { line, reason, .. }) => (line, reason),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(reason_of("date,name\n2027-10-20,市民の日\n"), (1, "config.part_of_a_year"));
    assert_eq!(reason_of("date,name\n2027-02-30,\n"), (2, "config.wrong_holiday"));
}

#[test]
fn a_byte_order_mark_does_not_matter() {
    let row = "salon,サロン,,Salon,通いの場,Gathering,#E69F00,cafe,no,,,サロン; カフェ ;\n";
    let folder = folder(&format!("\u{feff}{CITY}"), &format!("\u{feff}{HEADING}{row}"));
    let config = Config::load(folder.path()).unwrap();
    assert_eq!(config.categories.all()[0].words, ["サロン", "カフェ"]);
}
