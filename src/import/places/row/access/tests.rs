//! Access facts from columns and free text.

use super::*;

fn column(fact: AccessFact, heading: &str, text: &str) -> Option<bool> {
    let phrases = Phrases::built_in();
    let found = phrases.find(text, ScannedText::Remarks);
    answer_of_column(&phrases, fact, Cell { heading, text }, &found)
}

#[test]
fn a_column_answers_yes_no_or_nothing() {
    use AccessFact::{
        BookingNeeded, Chairs, MenCome, Outdoor, Parking, PickUp, StepFree, Strenuous, Toilet, VisitFirst,
    };
    for (fact, heading, text, expected) in [
        (PickUp, "送迎", "有", Some(true)),
        (PickUp, "送迎", "無", Some(false)),
        (PickUp, "送迎", "○", Some(true)),
        (PickUp, "送迎", "×", Some(false)),
        (PickUp, "送迎", "△", None),
        (PickUp, "送迎", "要相談", None),
        (PickUp, "送迎", "応相談", None),
        (PickUp, "送迎", "あり（要相談）", None),
        (PickUp, "送迎", "1", Some(true)),
        (PickUp, "送迎", "0", Some(false)),
        (PickUp, "送迎", "なし", Some(false)),
        (PickUp, "送迎の有無", "可", Some(true)),
        (PickUp, "送迎", "不明", None),
        (PickUp, "送迎", "送迎あり", Some(true)),
        (PickUp, "送迎", "有料", None),
        (Parking, "駐車場", "あり（5台）", Some(true)),
        (Parking, "駐車場", "24台", Some(true)),
        (Parking, "駐車場", "約1,000台", Some(true)),
        (Parking, "駐車場", "0台", Some(false)),
        (Parking, "駐車場", "5", Some(true)),
        (Parking, "駐車場", "周辺パーキングを利用", None),
        (Parking, "駐車場", "有り\n普通車：30分無料", Some(true)),
        (Parking, "駐車場", "なし（隣接する駐車場の利用は可能です。）", Some(false)),
        (Parking, "駐車場情報", "第1駐車場129台(うち身障者用2台)", Some(true)),
        (Parking, "駐車場", "駐車場なし", Some(false)),
        (StepFree, "段差", "あり", Some(false)),
        (StepFree, "段差", "なし", Some(true)),
        (StepFree, "バリアフリー", "あり", Some(true)),
        (StepFree, "段差", "段差なし", Some(true)),
        (StepFree, "バリアフリー", "段差なし", Some(true)),
        (StepFree, "バリアフリー", "段差あり", Some(false)),
        (StepFree, "段差なし", "○", Some(true)),
        (StepFree, "段差の有無", "有", Some(false)),
        (StepFree, "バリアフリー情報", "なし", None),
        (StepFree, "バリアフリー情報", "多目的トイレ有り", None),
        (StepFree, "バリアフリー情報", "スロープ有り", Some(true)),
        (Outdoor, "屋内・屋外", "屋外", Some(true)),
        (Outdoor, "屋内・屋外", "屋内", Some(false)),
        (Outdoor, "屋内・屋外", "屋内・屋外", None),
        (Outdoor, "屋内", "○", Some(false)),
        (Strenuous, "体力", "軽い", Some(false)),
        (Strenuous, "体力", "きつい", Some(true)),
        (BookingNeeded, "予約", "要", Some(true)),
        (BookingNeeded, "予約", "不要", Some(false)),
        (BookingNeeded, "予約", "可", None),
        (BookingNeeded, "要予約", "○", Some(true)),
        (BookingNeeded, "予約", "前日15時まで", Some(true)),
        (BookingNeeded, "予約", "1時間前まで", Some(true)),
        (BookingNeeded, "予約方法", "電話予約", Some(true)),
        (BookingNeeded, "申込", "LINEで申込み", Some(true)),
        (BookingNeeded, "予約", "電話での予約は不要", Some(false)),
        (BookingNeeded, "予約", "当日参加可", Some(false)),
        (VisitFirst, "見学", "見学可", Some(true)),
        (VisitFirst, "見学", "不可", Some(false)),
        (MenCome, "男性", "3人", Some(true)),
        (MenCome, "男性", "0", Some(false)),
        (MenCome, "男性", "女性のみ", Some(false)),
        (Chairs, "椅子", "あり", Some(true)),
        (Toilet, "トイレ", "洋式あり", Some(true)),
        (Toilet, "トイレ", "有（洋式）", Some(true)),
    ] {
        assert_eq!(column(fact, heading, text), expected, "{heading}: {text}");
    }
}

#[test]
fn a_price_says_whether_it_is_free() {
    for (text, expected) in [
        ("無料", Some(true)),
        ("なし", Some(true)),
        ("0", Some(true)),
        ("0円", Some(true)),
        ("100円", Some(false)),
        ("1,000円", Some(false)),
        ("200", Some(false)),
        ("大人310円、幼児無料", Some(false)),
        ("無料（有料時あり）", None),
        ("入場無料。", Some(true)),
        ("施設により異なる", None),
        ("無料ではない", Some(false)),
        ("材料費のみ実費", Some(false)),
        ("１回２００円", Some(false)),
    ] {
        let texts = TextMemo::default();
        let mut statement = AccessStatement::new(&texts);
        statement.add(Phrases::built_in().find(text, ScannedText::Cost).into_iter());
        statement.price(text);
        assert_eq!(statement.facts().get(&AccessFact::FreeOfCharge).map(|k| k.yes), expected, "{text}");
    }
}
