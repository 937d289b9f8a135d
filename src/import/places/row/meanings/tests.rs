//! When, whether and what: schedules from several columns, status, rides, categories of whole lists, addresses in cells.

use super::*;
use Field::{AccessNote, Description, Eligibility, Email, Url};

fn schedule(cells: &[(&str, Field, &str)]) -> Vec<String> {
    let named = [&[("名称", Name, "谷川の会")], cells].concat();
    one(&named).0.facts.schedule.into_iter().map(|it| it.text).collect()
}

#[test]
fn a_code_under_frequency_is_for_staff_and_what_it_counts_is_shown() {
    let (place, _) = one(&[("名称", Name, "谷川の会"), ("開催頻度", Schedule, "5"), ("開催曜日", Weekdays, "木")]);
    assert_eq!(place.facts.schedule[0].text, "木");
    assert_eq!(place.facts.extra.get("開催頻度").map(String::as_str), Some("5"));
    assert_eq!(schedule(&[("月の回数", Schedule, "2"), ("曜日", Weekdays, "木")]), ["木（月2回）"]);
    assert_eq!(schedule(&[("開催頻度", Schedule, "月2回"), ("曜日", Weekdays, "木")]), ["木（月2回）"]);
}

#[test]
fn weeks_and_weekday_of_two_columns_are_one() {
    for (weeks, days, joined) in [
        ("毎月第３", "木曜日", "毎月第３木曜日"),
        ("第2・4", "水", "第2・4水"),
        ("隔週", "土曜", "隔週土曜"),
        ("2・4週", "月曜", "2・4週月曜"),
        ("最終", "金曜", "最終金曜"),
        ("毎週", "火・木", "毎週火・木"),
    ] {
        let cells = [("開催日", Schedule, weeks), ("開催曜日", Weekdays, days)];
        assert_eq!(schedule(&cells), [joined], "{weeks} {days}");
        let hours = [("開始", StartTime, "10:00"), ("終了", EndTime, "12:00")];
        assert_eq!(schedule(&[&cells[..], &hours[..]].concat()), [format!("{joined} 10:00〜12:00")]);
    }
    assert_eq!(schedule(&[("開催日", Schedule, "15日"), ("曜日", Weekdays, "木")]), ["木（15日）"]);
}

#[test]
fn weekday_cells_that_hold_hours_say_more_than_columns_of_hours() {
    let (place, _) = one(&[
        ("名称", Name, "谷川の会"),
        ("曜日", Weekdays, "月10:00～12:00、木13:00～15:00"),
        ("開始", StartTime, "10:00"),
        ("終了", EndTime, "15:00"),
    ]);
    assert_eq!(place.facts.schedule[0].text, "月10:00～12:00、木13:00～15:00");
    assert_eq!(place.facts.extra.get("開始").map(String::as_str), Some("10:00〜15:00"));
}

#[test]
fn the_day_of_foundation_is_no_schedule() {
    for heading in ["開設日", "設立年月日", "許可日", "認可年月日", "指定年月日"] {
        for field in [Schedule, StartDate] {
            let (place, _) = one(&[("名称", Name, "谷川の会"), (heading, field, "平成25年4月1日")]);
            assert!(place.facts.schedule.is_empty(), "{heading}");
            assert_eq!(place.facts.extra.get(heading).map(String::as_str), Some("平成25年4月1日"));
            assert_eq!(place.facts.status, Status::Active, "{heading}");
        }
    }
    assert_eq!(schedule(&[("開設日", Schedule, "毎週水曜")]), ["毎週水曜"]);
}

fn status(cells: &[(&str, Field, &str)]) -> Status {
    one(cells).0.facts.status
}

#[test]
fn a_status_is_read_wherever_it_stands_and_never_from_an_exception() {
    use Status::{Active, Closed, Paused};
    for (field, text, expected) in [
        (Note, "R7年度末をもって解散", Closed),
        (Note, "来年度で終了予定", Active),
        (Note, "12月～2月は休業中でも自主練あり", Active),
        (Note, "定員に達したため受付終了", Active),
        (Weekdays, "休止中", Paused),
        (Schedule, "毎週水曜 ※現在休止中", Paused),
        (Schedule, "毎週水曜（12～3月は休止）", Active),
        (Schedule, "毎週水曜 13:00～15:00（雨天中止）", Active),
        (Schedule, "10:00開会 12:00閉会", Active),
        (AccessNote, "コロナのため活動を休止しています", Paused),
        (Description, "会員の高齢化により令和8年3月で解散しました。", Closed),
    ] {
        assert_eq!(status(&[("名称", Name, "谷川の会"), ("欄", field, text)]), expected, "{text}");
    }
    for (name, expected) in [
        ("谷川の会（休止中）", Paused),
        ("谷川の会【令和8年3月末で閉会】", Closed),
        ("谷川の会（旧：解散したさくら会）", Active),
        ("谷川の会 ※R9年3月で終了予定", Active),
    ] {
        assert_eq!(status(&[("名称", Name, name)]), expected, "{name}");
    }
}

#[test]
fn events_whose_last_day_is_past_are_ended_with_one_notice() {
    let columns = [("名称", Some(Name)), ("開始日", Some(StartDate)), ("終了日", Some(EndDate))];
    let rows: [&[&str]; 3] = [
        &["春の市", "2026-04-04", "2026-04-05"],
        &["夏の市", "2026-08-01", ""],
        &["冬の市", "2026-12-05", "2026-12-06"],
    ];
    let (places, problems) = read(&columns, &rows);
    let ended: Vec<Status> = places.iter().map(|it| it.facts.status).collect();
    assert_eq!(ended, [Status::Closed, Status::Closed, Status::Active]);
    assert_eq!(problems.iter().filter(|it| it.kind == ProblemKind::EventsOver).count(), 1);
}

#[test]
fn a_ride_is_from_home_and_whoever_waits_elsewhere_meets_the_person() {
    use AccessFact::{MetFirstTime, PickUp};
    for (text, rides, met) in [
        ("あり（町内だけ）", Some(true), None),
        ("はじめての日だけ迎えに行きます", Some(true), None),
        ("駅まで迎えに行きます", None, Some(true)),
        ("受付でお迎えします", None, Some(true)),
        ("駅前から送迎バス", None, None),
        ("なし", Some(false), None),
        ("要相談", None, None),
        ("1", Some(true), None),
    ] {
        let (place, _) = one(&[("名称", Name, "谷川の会"), ("送迎", PickUp_, text)]);
        let yes = |fact| place.facts.access.get(&fact).map(|known| known.yes);
        assert_eq!((yes(PickUp), yes(MetFirstTime)), (rides, met), "{text}");
        let kept = format!("{:?} {:?}", place.facts.note, place.facts.access);
        assert!(kept.contains(text), "{text} is lost: {kept}");
    }
    let (place, _) = one(&[("名称", Name, "谷川の会"), ("送迎", PickUp_, "あり（町内だけ）")]);
    assert_eq!(place.facts.access[&PickUp].limit(), Some("あり（町内だけ）"));
    assert_eq!(one(&[("名称", Name, "谷川の会"), ("送迎", PickUp_, "あり")]).0.facts.access[&PickUp].limit(), None);
}

use Field::PickUp as PickUp_;

#[test]
fn women_and_the_open_air_are_read_from_eligibility_and_venue() {
    use AccessFact::{MenCome, Outdoor};
    let men = |text| {
        let (place, _) = one(&[("名称", Name, "谷川の会"), ("対象", Eligibility, text)]);
        place.facts.access.get(&MenCome).map(|known| known.yes)
    };
    assert_eq!(men("女性（年代は問わず）"), Some(false));
    assert_eq!(men("女性、18歳以上"), Some(false));
    assert_eq!(men("男性"), Some(true));
    assert_eq!(men("女性も男性も"), None);
    let (place, _) = one(&[("名称", Name, "谷川の会"), ("会場", VenueName, "川原の広場（屋外）")]);
    assert_eq!(place.facts.access.get(&Outdoor).map(|known| known.yes), Some(true));
}

#[test]
fn addresses_are_contacts_however_they_are_written() {
    let contact = |field, text: &str| {
        let (place, _) = one(&[("名称", Name, "谷川の会"), ("欄", field, text)]);
        (place.facts.contact.email, place.facts.contact.url, place.facts.note)
    };
    assert_eq!(contact(Email, "tani＠example.jp").0.as_deref(), Some("tani@example.jp"));
    assert_eq!(contact(Email, "メール：tani@example.jp").0.as_deref(), Some("tani@example.jp"));
    assert_eq!(contact(Url, "tani@example.jp").0.as_deref(), Some("tani@example.jp"));
    assert_eq!(contact(Url, "www.example.jp/tani").1.as_deref(), Some("https://www.example.jp/tani"));
    assert_eq!(contact(Email, "a@example.jp、b@example.jp").0.as_deref(), Some("a@example.jp b@example.jp"));
    let (email, url, note) = contact(Url, "https://example.jp/a\nhttps://example.jp/b c@example.jp");
    assert_eq!((email.as_deref(), url.as_deref()), (Some("c@example.jp"), Some("https://example.jp/a")));
    assert_eq!(note.as_deref(), Some("URL: https://example.jp/b"));
    assert_eq!(contact(Url, "なし"), (None, None, None));
}
