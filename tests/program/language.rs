//! Help and usage errors, in both languages.

use crate::run::TestCity;

const COMMANDS: &[&[&str]] = &[
    &[],
    &["serve"],
    &["check"],
    &["import"],
    &["import", "places"],
    &["import", "districts"],
    &["import", "boundary"],
    &["import", "gazetteer"],
    &["sample"],
    &["sample", "remove"],
    &["unmet"],
    &["export"],
    &["backup"],
    &["schedule"],
];

#[test]
fn help_teaches_in_both_languages() {
    let city = TestCity::new();
    for lang in ["ja", "en"] {
        let help: Vec<String> = COMMANDS
            .iter()
            .map(|command| {
                let ran = city.run(&[command, &["--help", "--lang", lang][..]].concat());
                assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{command:?}");
                ran.out
            })
            .collect();
        insta::assert_snapshot!(format!("help_{lang}"), help.join("\n-----\n"));
    }
}

#[test]
fn japanese_help_holds_no_english_sentence() {
    let ran = TestCity::new().run(&["check", "--help", "--lang", "ja"]);
    for word in ["Usage", "Options", "Arguments", "Print", "default", "possible"] {
        assert!(!ran.out.contains(word), "{word} in {}", ran.out);
    }
}

#[test]
fn wrong_use_says_what_is_wrong_in_the_language_of_the_locale_and_ends_with_2() {
    let city = TestCity::new();
    let wrong: &[&[&str]] = &[
        &[],
        &["chekc", "list.csv"],
        &["check"],
        &["check", "--jsn", "list.csv"],
        &["import"],
        &["import", "places"],
        &["serve", "--listen", "8080"],
        &["serve", "--listen"],
        &["export", "--audience", "everybody"],
        &["check", "--lang", "de", "list.csv"],
    ];
    for locale in ["ja_JP.UTF-8", "C"] {
        let said: Vec<String> = wrong
            .iter()
            .map(|arguments| {
                let output = city.command(arguments).env("LC_ALL", locale).output().unwrap();
                let ran = crate::run::Ran::new(output);
                assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}");
                format!("$ tsunagari {}\n{}", arguments.join(" "), ran.err)
            })
            .collect();
        insta::assert_snapshot!(format!("wrong_use_{}", &locale[..1]), said.join("\n"));
    }
}

#[test]
fn the_version_is_printed() {
    let ran = TestCity::new().run(&["--version"]);
    assert_eq!((ran.code, ran.out.trim()), (0, concat!("tsunagari ", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn an_error_in_the_settings_names_the_file_and_the_line() {
    let city = TestCity::new();
    let list = city.write("list.csv", "名称,住所\nサロン,養父市広谷\n".as_bytes());
    let list = list.to_str().unwrap();
    city.write("data/city.toml", "code = \"282227\"\nname = 養父市\n".as_bytes());
    insta::assert_snapshot!("settings_ja", city.run(&["check", list, "--lang", "ja"]).err);
    insta::assert_snapshot!("settings_en", city.run(&["check", list]).err);
    // As an editor in Japan saves it.
    city.write("data/city.toml", b"code = \"282227\"\nname = \"\x83\x84\x83u\x8es\"\n");
    assert_eq!(city.run(&["check", list]).code, 0);
    // All faults at once, each on its line.
    city.write("data/city.toml", b"code = \"28222\"\nname = \"\"\n");
    let faults = city.run(&["check", list]);
    assert!(faults.code == 2 && faults.err.contains("line 1") && faults.err.contains("line 2"), "{faults:?}");
    let ran = city.run(&["check", list, "--data", "elsewhere"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("elsewhere") && ran.err.contains("--data"), "{ran:?}");
}
