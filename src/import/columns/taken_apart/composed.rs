//! Headings composed of words that mean the same in each of them: a doing with its place or time, 対象 with people, prices.
//!
//! The words stand in `composed.toml`. This module does no I/O.

use std::sync::LazyLock;

use serde::Deserialize;

use super::Field;

/// The table of words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ComposedWords {
    prices: Vec<String>,
    no_prices: Vec<String>,
    doings: Vec<String>,
    places: Vec<String>,
    times: Vec<String>,
    ways: Vec<String>,
    to_bring: Vec<String>,
    things: Vec<String>,
    meeting_verbs: Vec<String>,
    other_verbs: Vec<String>,
    starting: Vec<String>,
    ending: Vec<String>,
    closing: Vec<String>,
    of_people: Vec<String>,
    offers: Vec<String>,
    of_an_office: Vec<String>,
    areas: Vec<String>,
    services: Vec<String>,
    open_to_all: Vec<String>,
    counters: Vec<String>,
    wanted: Vec<String>,
    wanted_people: Vec<String>,
    booking: Vec<String>,
    until: Vec<String>,
    closed: Vec<String>,
    of_closed: Vec<String>,
    run: Vec<String>,
    runners: Vec<String>,
    room: Vec<String>,
    of_room: Vec<String>,
    chief: Vec<String>,
    shut: Vec<String>,
    first_time: Vec<String>,
    to_them: Vec<String>,
    equipment: Vec<String>,
}

static WORDS: LazyLock<ComposedWords> =
    LazyLock::new(|| toml::from_str(include_str!("composed.toml")).expect("the file in the program is valid"));

/// Whether what stands before 時間 says that everybody may come then, or only which of several times it is.
pub(super) fn is_open_to_all(before: &str) -> bool {
    let uncounted = WORDS.counters.iter().fold(before.to_owned(), |rest, word| rest.replace(word.as_str(), ""));
    let is_count = uncounted.trim().chars().all(char::is_numeric) && before.chars().any(char::is_numeric);
    is_count || has(before, &WORDS.open_to_all) && !before.contains('を')
}

/// Last characters of a verb or an adjective before a noun: 集まる場所, 借りた日, くわしい場所.
const VERB_ENDS: [char; 10] = ['る', 'う', 'く', 'す', 'む', 'ぶ', 'た', 'だ', 'い', 'な'];

/// The field of a composed heading: 教材費, 活動公園, 巡回時刻, 集まる場所, 対象児, 協力内容.
pub(super) fn field(folded: &str) -> Option<Field> {
    let words = &*WORDS;
    let ends = |list: &[String]| list.iter().any(|word| folded.ends_with(word.as_str()));
    let of_people = |rest: &str| words.of_people.iter().any(|word| rest.ends_with(word.as_str()));
    if folded.strip_prefix("対象").is_some_and(of_people) {
        Some(Field::Eligibility)
    } else if folded.strip_suffix("内容").is_some_and(|of| has(of, &words.offers) && !has(of, &words.of_an_office)) {
        Some(Field::Tags)
    } else if ends(&words.areas) && has(folded, &words.services) {
        Some(Field::Note)
    } else if ends(&words.things) && words.to_bring.iter().any(|word| folded.starts_with(word.as_str())) {
        Some(Field::Bring)
    } else if ends(&words.prices) && !has(folded, &words.no_prices) {
        Some(Field::Cost)
    } else if is_made_of(folded, &words.wanted, &words.wanted_people) {
        Some(Field::Eligibility)
    } else if is_made_of(folded, &words.booking, &words.until) {
        Some(Field::BookingNeeded)
    } else if is_made_of(folded, &words.room, &words.of_room) {
        Some(Field::Capacity)
    } else if folded.strip_prefix("主な").is_some_and(|rest| words.chief.iter().any(|word| word == rest)) {
        Some(Field::Tags)
    } else if is_made_of(folded, &words.first_time, &words.to_them) || is_equipment(folded, words) {
        Some(Field::AccessNote)
    } else if of_closing(folded, words) || is_shut(folded, words) {
        Some(Field::ClosedDays)
    } else if of_runner(folded, words) {
        Some(Field::Organization)
    } else {
        of_doing(folded, words).or_else(|| behind_a_verb(folded, words))
    }
}

fn has(text: &str, list: &[String]) -> bool {
    list.iter().any(|word| text.contains(word.as_str()))
}

/// 「求める人」, 「申込締切」: one of `begins` and one of `ends`, with no more than 「の」 between.
fn is_made_of(folded: &str, begins: &[String], ends: &[String]) -> bool {
    let rests = begins.iter().filter_map(|begin| folded.strip_prefix(begin.as_str()));
    let mut rests = rests.map(|rest| rest.strip_prefix('の').unwrap_or(rest));
    rests.any(|rest| ends.iter().any(|end| end == rest))
}

/// 「休館情報」, 「定休曜日」, 「休所日のお知らせ」.
fn of_closing(folded: &str, words: &ComposedWords) -> bool {
    let rests = words.closed.iter().filter_map(|word| folded.strip_prefix(word.as_str()));
    let rests =
        rests.map(|rest| rest.strip_prefix('日').unwrap_or(rest)).map(|rest| rest.strip_prefix('の').unwrap_or(rest));
    rests.into_iter().any(|rest| words.of_closed.iter().any(|word| word == rest))
}

/// 「利用できない日」, 「開いていない曜日」.
fn is_shut(folded: &str, words: &ComposedWords) -> bool {
    let before = words.times.iter().filter_map(|time| folded.strip_suffix(time.as_str()));
    before.into_iter().any(|verb| words.shut.iter().any(|shut| verb.ends_with(shut.as_str())))
}

/// 「授乳室」, 「更衣室・シャワー」: what a building has, and nothing else.
fn is_equipment(folded: &str, words: &ComposedWords) -> bool {
    let bare = |word: &str| word.trim_end_matches("の有無").trim_end_matches("設備").to_owned();
    let folded = bare(folded);
    words.equipment.iter().any(|word| bare(&super::super::fold::folded(word).whole) == folded)
}

/// 「運行主体」, 「提供者」, 「募集元」: who does for others what takes place.
fn of_runner(folded: &str, words: &ComposedWords) -> bool {
    let rests = words.run.iter().filter_map(|run| folded.strip_prefix(run.as_str()));
    let rests = rests.map(|rest| rest.trim_end_matches("名称").trim_end_matches('名'));
    rests.into_iter().any(|rest| words.runners.iter().any(|runner| runner == rest))
}

/// 「活動場所」, 「開催の頻度」.
fn of_doing(folded: &str, words: &ComposedWords) -> Option<Field> {
    let rests = words.doings.iter().filter_map(|doing| folded.strip_prefix(doing.as_str()));
    rests.map(|rest| rest.strip_prefix('の').unwrap_or(rest)).find_map(|rest| {
        let is_in = |list: &[String]| list.iter().any(|word| word == rest);
        let fields = [(&words.places, Field::VenueName), (&words.times, Field::Schedule), (&words.ways, Field::Mode)];
        fields.into_iter().find(|(list, _)| is_in(list)).map(|(_, field)| field)
    })
}

/// 「集まる場所」, 「活動する日」, 「はじまる時間」: where or when what a verb says is done.
fn behind_a_verb(folded: &str, words: &ComposedWords) -> Option<Field> {
    let verb_before = |list: &[String]| {
        let verbs = list.iter().filter_map(|word| folded.strip_suffix(word.as_str()));
        let verb = verbs.min_by_key(|verb| verb.len())?;
        let meets = has(verb, &words.meeting_verbs) && !has(verb, &words.other_verbs);
        (verb.ends_with(VERB_ENDS) && meets).then_some(verb)
    };
    if verb_before(&words.places).is_some() {
        return Some(Field::VenueName);
    }
    let verb = verb_before(&words.times)?;
    let is_time = folded.ends_with("時間") || folded.ends_with("時刻");
    if has(verb, &words.closing) {
        Some(Field::ClosedDays)
    } else if has(verb, &words.starting) || has(verb, &words.ending) {
        let field = if has(verb, &words.starting) { Field::StartTime } else { Field::EndTime };
        is_time.then_some(field)
    } else {
        Some(Field::Schedule)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composed_headings_need_no_entry_of_their_own() {
        for (heading, expected) in [
            ("教材費", Some(Field::Cost)),
            ("活動公園", Some(Field::VenueName)),
            ("活動先", Some(Field::VenueName)),
            ("集まる会館", Some(Field::VenueName)),
            ("巡回時刻", Some(Field::Schedule)),
            ("開催の頻度", Some(Field::Schedule)),
            ("開催週", Some(Field::Schedule)),
            ("活動する日", Some(Field::Schedule)),
            ("はじまる時間", Some(Field::StartTime)),
            ("おやすみする日", Some(Field::ClosedDays)),
            ("対象児", Some(Field::Eligibility)),
            ("対象とする病気", Some(Field::Eligibility)),
            ("協力内容", Some(Field::Tags)),
            ("配達エリア", Some(Field::Note)),
            ("相談場所", Some(Field::VenueName)),
            ("停車時刻", Some(Field::Schedule)),
            ("活動形式", Some(Field::Mode)),
            ("持ってくるもの", Some(Field::Bring)),
            ("用意する物", Some(Field::Bring)),
            ("必要な持ち物", Some(Field::Bring)),
            ("求める人", Some(Field::Eligibility)),
            ("参加できる方", Some(Field::Eligibility)),
            ("申込締切", Some(Field::BookingNeeded)),
            ("予約の期限", Some(Field::BookingNeeded)),
            ("休館情報", Some(Field::ClosedDays)),
            ("定休曜日", Some(Field::ClosedDays)),
            ("休館日のお知らせ", Some(Field::ClosedDays)),
            ("提供者", Some(Field::Organization)),
            ("運行主体", Some(Field::Organization)),
            ("配達事業者名", Some(Field::Organization)),
            ("募集元", Some(Field::Organization)),
            ("募集人員", Some(Field::Capacity)),
            ("利用できる人数", Some(Field::Capacity)),
            ("主な事業", Some(Field::Tags)),
            ("主な財源", None),
            ("受益者負担", Some(Field::Cost)),
            ("身体的負担", None),
            ("利用できない日", Some(Field::ClosedDays)),
            ("開いていない曜日", Some(Field::ClosedDays)),
            ("連絡できない日数", None),
            ("はじめての方へ", Some(Field::AccessNote)),
            ("授乳室", Some(Field::AccessNote)),
            ("更衣室", Some(Field::AccessNote)),
            ("仲間になれる人", Some(Field::Eligibility)),
            ("利用者", None),
            ("相談者", None),
            ("補助対象経費", None),
            ("生まれた日", None),
            ("鍵を保管している場所", None),
            ("鍵を預けている場所", None),
            ("相談に来た日", None),
            ("薬を飲む時間", None),
            ("苦情内容", None),
            ("診断内容", None),
            ("相談者の悩みの内容", None),
            ("始まった日", None),
        ] {
            assert_eq!(field(heading), expected, "{heading}");
        }
    }
}
