//! Every sentence is held to the dates of the rule that it says, and a table of them is read by a person.

use chrono::NaiveDate;

use super::*;
use crate::schedule::read;

fn context() -> ScheduleContext {
    ScheduleContext::new(NaiveDate::from_ymd_opt(2026, 11, 27).unwrap())
}

/// The phrases of the tests of schedules, with what stands for a day, hours and the rest in every combination.
fn phrases() -> Vec<String> {
    let days = [
        "毎日",
        "毎週月曜",
        "毎週火曜・木曜",
        "毎週月曜〜金曜",
        "平日",
        "土日祝",
        "第1日曜",
        "第2・第4木曜",
        "最終金曜",
        "第1・第3火曜と金曜",
        "毎月15日",
        "毎月1日・15日",
        "毎月末日",
        "偶数月の第1日曜",
        "奇数月の第3水曜",
        "4月〜10月の第2土曜",
        "12月〜3月の毎週水曜",
        "4月・10月の10日",
        "隔週火曜（次回は12月1日）",
        "12月3日・12月17日",
        "毎週水曜（祝日を除く）",
        "第2月曜（祝日の場合は翌日）",
        "第3月曜（祝日の場合は翌週）",
        "2か月に1回第1日曜",
    ];
    let hours = ["", " 10:00〜12:00", " 9:30〜", " 10:00〜11:30、13:00〜15:00", " 22:00〜翌2:00"];
    let off = [
        "",
        "、祝日は休み",
        "、8月は休み",
        "、月曜は休み",
        "、12月29日〜1月3日は休み",
        "、第3日曜は休み",
        "、祝日・8月は休み",
    ];
    let mut all = Vec::new();
    for day in days {
        for hour in hours {
            all.extend(off.iter().map(|off| format!("{day}{hour}{off}")));
        }
    }
    all
}

#[test]
fn the_japanese_words_of_a_rule_mean_the_dates_of_the_rule() {
    let (mut said, mut read_count) = (0, 0);
    let mut wrong = Vec::new();
    for phrase in phrases() {
        let Some(rule) = read(&phrase, &context()).rule else { continue };
        read_count += 1;
        let Some(words) = rule_words(&rule, Language::Ja) else { continue };
        said += 1;
        let again = read(&words, &context());
        let dates = |rule: &Rule| rule.next_from(context().today, 80);
        if again.rule.as_ref().map(dates) != Some(dates(&rule)) {
            wrong.push(format!("{phrase}\n  {words}\n  {:?}", again.unread));
        }
    }
    assert!(wrong.is_empty(), "{} of {said}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(read_count > 600 && said * 100 > read_count * 94, "{said} of {read_count} have words");
}

#[test]
fn the_words_of_sixty_rules_are_these() {
    let every_fourteenth = phrases().into_iter().step_by(11);
    let rows = every_fourteenth.filter_map(|phrase| {
        let rule = read(&phrase, &context()).rule?;
        let words = Language::ALL.map(|lang| rule_words(&rule, lang).unwrap_or_else(|| "-".to_owned()));
        Some(format!("{phrase}\n  {}", words.join("\n  ")))
    });
    let rows: Vec<String> = rows.collect();
    assert!(rows.len() >= 55, "{}", rows.len());
    insta::assert_snapshot!("words_of_rules", rows.join("\n"));
}

#[test]
fn what_is_read_in_part_says_so_and_what_is_not_read_has_no_words() {
    let spoken = |texts: &[&str], lang| {
        let schedules: Vec<Schedule> = texts.iter().map(|text| Schedule { text: (*text).to_owned() }).collect();
        spoken_schedule(&schedules, &context(), lang)
    };
    let whole = spoken(&["偶数月の第1日曜"], Language::En).unwrap();
    assert_eq!((whole.text.as_str(), whole.is_whole), ("Every first Sunday of even months", true));
    let part = spoken(&["毎週木曜 10:00〜11:00（小学校の休業中は休み）"], Language::En).unwrap();
    assert_eq!((part.text.as_str(), part.is_whole), ("Every Thursday, 10:00–11:00", false));
    let two = spoken(&["毎週木曜", "不定期"], Language::Easy).unwrap();
    assert_eq!((two.text.as_str(), two.is_whole), ("まいしゅう 木ようび", false));
    for open in ["不定期", "2か月に1回第1日曜", "隔週火曜"] {
        assert_eq!(spoken(&[open], Language::En), None, "{open}");
    }
    assert_eq!(spoken(&[], Language::En), None);
    assert_eq!(spoken(&["毎週木曜"], Language::Ja), None);
}
