//! `tsunagari import link-workers` on the command line.

use crate::run::TestCity;

const FIRST: &str = "区分,役割,氏名,所属,電話,担当地区,公開可否\n\
    1層,保健師,見本 花子,健康課,079-000-1111,市内全域,○\n\
    2層,民生委員,見本 太郎,,090-0000-1111,市内全域,○\n\
    2層,,,,,,○\n";
const SECOND: &str = "区分,役割,氏名,所属,電話,担当地区,公開可否\n\
    1層,保健師,見本 花子,健康課,079-000-1111,市内全域,○\n\
    2層,民生委員,見本 次郎,,090-0000-2222,市内全域,○\n";

#[test]
fn an_import_says_what_to_mend_and_what_changed() {
    let city = TestCity::new();
    city.write("workers.csv", FIRST.as_bytes());
    let lines = city.json(&["import", "link-workers", "workers.csv", "--json"], 1);
    assert_eq!((lines[0]["entries"].as_u64(), lines[0]["layer_two"].as_u64()), (Some(2), Some(1)));
    assert_eq!(
        (lines[0]["problems"][1]["row"].as_u64(), &lines[0]["problems"][1]["kind"]),
        (Some(4), &"missing_worker".into())
    );
    assert_eq!((&lines[1]["list"], lines[1]["added"].as_array().unwrap().len()), (&"workers".into(), 2));

    let again = city.json(&["import", "link-workers", "workers.csv", "--json"], 1);
    assert_eq!((again[1]["added"].as_array().unwrap().len(), again[1]["unchanged"].as_u64()), (0, Some(2)));

    city.write("workers.csv", SECOND.as_bytes());
    let trial = city.json(&["import", "link-workers", "workers.csv", "--json", "--dry-run"], 0);
    let real = city.json(&["import", "link-workers", "workers.csv", "--json"], 0);
    assert_eq!(trial, real, "a dry run says the same and writes nothing");
    assert_eq!(
        (&real[1]["added"][0], &real[1]["removed"][0]),
        (&"民生委員 見本 次郎 市内全域".into(), &"民生委員 見本 太郎 市内全域".into())
    );
}

#[test]
fn a_person_is_told_row_by_row_in_either_language() {
    let city = TestCity::new();
    city.write("workers.csv", FIRST.as_bytes());
    let ran = city.run(&["import", "link-workers", "workers.csv", "--lang", "ja"]);
    assert_eq!(ran.code, 1);
    for said in ["4行目", "役割・氏名・所属のどれも", "1層 1、2層 1", "名簿「workers」", "/link-workers"]
    {
        assert!(ran.out.contains(said), "{said} in {}", ran.out);
    }
    let other = city.write("old.csv", SECOND.as_bytes());
    let ran = city.run(&["import", "link-workers", other.to_str().unwrap()]);
    assert!(ran.out.contains("There are other lists too: workers"), "{}", ran.out);
}

#[test]
fn files_that_are_no_list_change_nothing() {
    let city = TestCity::new();
    city.write("workers.csv", FIRST.as_bytes());
    city.run(&["import", "link-workers", "workers.csv"]);
    city.write("empty.csv", b"");
    city.write("nobody.csv", "区分,役割,氏名\n2層,,\n1層,,\n".as_bytes());
    for (file, said) in [("missing.csv", "missing.csv"), ("empty.csv", "empty"), ("nobody.csv", "changed")] {
        let ran = city.run(&["import", "link-workers", file, "--list", "workers"]);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.err.contains(said), "{said} in {ran:?}");
    }
    let lines = city.json(&["import", "link-workers", "workers.csv", "--json", "--dry-run"], 1);
    assert_eq!(lines[1]["unchanged"], 2);
}
