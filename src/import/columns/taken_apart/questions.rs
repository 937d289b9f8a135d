//! Headings that ask: 「だれのための場か」, 「いつ」, 「いくらかかりますか」, as lists for residents put them.
//!
//! This module does no I/O.

use super::Field;
use crate::text::is_kanji;

/// Words of a question with what it asks for, the more particular ones first. The first that the heading has decides.
const QUESTIONS: [(&[&str], Field); 12] = [
    (&["だれが", "誰が", "どこが"], Field::Organization),
    (
        &["だれに聞", "誰に聞", "どこに聞", "どこへ聞", "どこに連絡", "どこに問", "どこへ問", "どこに申", "どこへ申"],
        Field::ContactOffice,
    ),
    (&["どうやって行", "行き方", "どうやって来", "来かた", "来方"], Field::Directions),
    (&["どうすれば", "どうやって", "どのように申", "申し込むには", "申込むには", "参加するには"], Field::BookingNeeded),
    (
        &[
            "だれの",
            "だれで",
            "だれを",
            "だれむけ",
            "だれ向",
            "誰の",
            "誰で",
            "誰を",
            "誰向",
            "どなた",
            "どんな人",
            "どんな方",
            "こんな人",
            "こんな方",
            "こんなとき",
            "こんな時",
            "こんなこと",
            "こんな困り",
            "こんなお悩み",
            "こんな悩み",
            "どんなとき",
            "どんな時",
        ],
        Field::Eligibility,
    ),
    (&["いくら", "お金", "おかね"], Field::Cost),
    (
        &[
            "なにを",
            "何を",
            "なにが",
            "何が",
            "どんなこと",
            "どのようなこと",
            "どんな場",
            "どんな活動",
            "どのような活動",
            "どのような内容",
            "どういう活動",
            "活動をしています",
            "活動しています",
            "どんな内容",
            "できること",
        ],
        Field::Description,
    ),
    (&["持っていくもの", "持って行くもの", "もっていくもの", "いるもの"], Field::Bring),
    (
        &["入りやすさ", "使いやすさ", "利用しやすさ", "建物のようす", "建物の様子", "会場のようす", "会場の様子"],
        Field::AccessNote,
    ),
    (&["出られない", "来られない", "出にくい", "外出が難", "外出が困難", "外出できない"], Field::Note),
    (&["いつ"], Field::Schedule),
    (&["どこで", "どこに集", "どこへ行"], Field::VenueName),
];

/// Whether a heading asks if the row may be published: 「公開してよいですか」, 「ホームページに掲載してもかまいませんか」.
pub(super) fn asks_to_publish(text: &str) -> bool {
    const TO_PUBLISH: [&str; 3] = ["公開", "掲載", "公表"];
    const MAY: [&str; 10] =
        ["よい", "良い", "いい", "よろしい", "かまい", "かまわ", "構い", "構わ", "差し支え", "差支え"];
    let behind = TO_PUBLISH.iter().find_map(|word| text.split_once(word)).map(|(_, behind)| behind);
    let asked = behind.and_then(|behind| behind.strip_prefix("しても").or_else(|| behind.strip_prefix("して")));
    let answer = asked.map(|asked| asked.trim_start_matches('も'));
    let rest = answer.and_then(|answer| MAY.iter().find_map(|word| answer.strip_prefix(word)));
    // 「公開してよい電話番号」 asks for the number.
    rest.is_some_and(|rest| {
        rest.starts_with("場合") || !rest.chars().any(|c| is_kanji(c) || c.is_alphanumeric() && !is_hiragana(c))
    })
}

fn is_hiragana(c: char) -> bool {
    ('\u{3041}'..='\u{3096}').contains(&c)
}

/// What a heading that asks is about.
pub(super) fn field(text: &str) -> Option<Field> {
    // 「いつ活動していますか」 asks for the time, whatever the rest is about; 「いつから」 for the foundation.
    if text.starts_with("いつ") {
        return (!["いつから", "いつまで", "いつできた"].iter().any(|word| text.starts_with(word)))
            .then_some(Field::Schedule);
    }
    if ["どこで", "どちらで"].iter().any(|word| text.starts_with(word)) {
        return Some(Field::VenueName);
    }
    let asks = |words: &[&str]| words.iter().any(|word| text.contains(word));
    match text.trim_end_matches(['?', 'か', '、']) {
        "どこ" => Some(Field::VenueName),
        _ => QUESTIONS.iter().find(|(words, _)| asks(words)).map(|(_, field)| *field),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_whether_a_row_may_be_published_is_one() {
        for heading in ["公開してよいですか", "ホームページに掲載してもかまいませんか", "公表しても差し支えないか"]
        {
            assert!(asks_to_publish(heading), "{heading}");
        }
        for heading in ["公開日", "掲載してほしい写真", "公開している資料", "よい点", "公開してよい電話番号"]
        {
            assert!(!asks_to_publish(heading), "{heading}");
        }
    }

    #[test]
    fn a_heading_that_asks_is_the_field_of_the_answer() {
        for (heading, expected) in [
            ("だれのための場か", Some(Field::Eligibility)),
            ("どなたでも？", Some(Field::Eligibility)),
            ("こんな方におすすめ", Some(Field::Eligibility)),
            ("どんなことをするか", Some(Field::Description)),
            ("何をするところ", Some(Field::Description)),
            ("いついつ開くか", Some(Field::Schedule)),
            ("いくらかかる", Some(Field::Cost)),
            ("どこが開いているか", Some(Field::Organization)),
            ("だれがやっているか", Some(Field::Organization)),
            ("どこに問い合わせるか", Some(Field::ContactOffice)),
            ("どうすれば参加できるか", Some(Field::BookingNeeded)),
            ("外に出られない方へ", Some(Field::Note)),
            ("入りやすさ", Some(Field::AccessNote)),
            ("どこで？", Some(Field::VenueName)),
            ("どこで活動していますか", Some(Field::VenueName)),
            ("いつ活動していますか", Some(Field::Schedule)),
            ("いつから活動していますか", None),
            ("事務局の覚え", None),
            ("金額内訳", None),
        ] {
            assert_eq!(field(heading), expected, "{heading}");
        }
    }
}
