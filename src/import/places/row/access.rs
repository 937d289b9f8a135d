//! Access facts in three values (yes, no, unknown), from columns and free text about steps, toilets, rides and the
//! like.
//!
//! A column of its own wins over remarks; if remarks disagree the fact stays unknown; whatever is not understood is
//! kept verbatim in the place's remarks. This module does no I/O.

use std::collections::BTreeMap;

use super::ride::{self, RideOffer};
use super::status;
use crate::import::cells::cell::{Cell, RecordCells, one_line};
use crate::import::columns::Field;
use crate::import::places::phrases::{
    AddressModeWords, FoundPhrase, PhraseMeaning, Phrases, ScannedText, SentenceFact, facts_of_sentences,
};
use crate::model::{Access, AccessAnswer, AccessFact, Facts, MeetingMode, Role, Status};
use crate::text::fold;

/// The columns of single facts.
const COLUMNS: [(Field, AccessFact); 14] = [
    (Field::StepFree, AccessFact::StepFree),
    (Field::Wheelchair, AccessFact::Wheelchair),
    (Field::Toilet, AccessFact::Toilet),
    (Field::Parking, AccessFact::Parking),
    (Field::PickUp, AccessFact::PickUp),
    (Field::Chairs, AccessFact::Chairs),
    (Field::Outdoor, AccessFact::Outdoor),
    (Field::Strenuous, AccessFact::Strenuous),
    (Field::VisitFirst, AccessFact::VisitFirst),
    (Field::Beginners, AccessFact::Beginners),
    (Field::MetFirstTime, AccessFact::MetFirstTime),
    (Field::MenCome, AccessFact::MenCome),
    (Field::HearingSupport, AccessFact::HearingSupport),
    (Field::BookingNeeded, AccessFact::BookingNeeded),
];

/// The columns of free text, and how each is scanned.
const TEXTS: [(Field, ScannedText); 9] = [
    (Field::AccessNote, ScannedText::Remarks),
    (Field::Note, ScannedText::Remarks),
    (Field::Eligibility, ScannedText::Remarks),
    (Field::Tags, ScannedText::Keywords),
    (Field::Description, ScannedText::Sentences),
    (Field::Directions, ScannedText::Sentences),
    (Field::Cost, ScannedText::Cost),
    (Field::Capacity, ScannedText::Capacity),
    (Field::Schedule, ScannedText::Schedule),
];

/// The columns whose sentences are read by what they mean.
const SENTENCES: [Field; 6] =
    [Field::AccessNote, Field::Note, Field::Eligibility, Field::Description, Field::Directions, Field::Tags];

/// Words of a place under the open sky.
const OPEN_AIR: [&str; 5] = ["屋外", "野外", "戸外", "河川敷", "青空"];

/// Words for an unknown value.
const UNKNOWN: [&str; 8] = ["不明", "未確認", "未調査", "わからない", "分からない", "?", "要確認", "確認中"];

/// Fills in access facts, roles, status and mode of meeting.
pub(super) fn access(row: &RecordCells<'_>, facts: &mut Facts) {
    let mut statement = AccessStatement::default();
    let mut columns = Access::new();
    for (field, fact) in COLUMNS {
        for cell in row.cells(field) {
            let found = row.sheet.known.phrases.find(cell.text, ScannedText::Remarks);
            if fact == AccessFact::PickUp {
                statement.ride_of_column(&mut columns, row.sheet.known.phrases, cell, facts);
                statement.add(found.into_iter().filter(|f| is_of_the_building(f.meaning, fact)));
                continue;
            }
            match answer_of_column(row.sheet.known.phrases, fact, cell, &found) {
                Some(yes) => drop(columns.insert(fact, AccessAnswer { yes, words: words_of(fact, cell) })),
                None if UNKNOWN.contains(&fold(cell.text).as_str()) => {}
                None => super::add_note(facts, cell),
            }
            statement.add(found.into_iter().filter(|f| is_of_the_building(f.meaning, fact)));
        }
    }
    for (field, kind) in TEXTS {
        for cell in row.cells(field) {
            statement.add(row.sheet.known.phrases.find(cell.text, kind).into_iter());
        }
    }
    row.cells(Field::Cost).for_each(|cell| statement.price(cell.text));
    for field in SENTENCES {
        row.cells(field).for_each(|cell| statement.sentences(cell.text));
    }
    row.cells(Field::Eligibility).for_each(|cell| statement.gender(cell.text));
    row.cells(Field::StepFree).for_each(|cell| statement.sentences(cell.text));
    statement.outdoors(row, facts);
    facts.access = statement.facts();
    facts.access.extend(columns);
    facts.roles = roles(row, &statement, facts);
    facts.status = status::status(row, &statement.status, facts);
    facts.mode = mode(row, &statement, facts);
}

/// The source words of an answer; with the heading if its meaning is inverted (「段差: なし」).
fn words_of(fact: AccessFact, cell: Cell<'_>) -> String {
    let words = one_line(cell.text);
    if is_inverted(fact, cell.heading) { format!("{}: {words}", one_line(cell.heading)) } else { words }
}

/// Whether a column about `column_fact` is believed about another fact: 「要予約」 under 駐車場 is about the buses.
fn is_of_the_building(meaning: PhraseMeaning, column_fact: AccessFact) -> bool {
    use AccessFact::{AccessibleToilet, Chairs, HearingSupport, Parking, PickUp, StepFree, Toilet, Wheelchair};
    let building = [StepFree, Wheelchair, Toilet, AccessibleToilet, Parking, PickUp, Chairs, HearingSupport];
    matches!(meaning, PhraseMeaning::Fact(fact, _) if fact != column_fact && building.contains(&fact))
}

/// Statements found in the free texts of a row.
#[derive(Debug, Default)]
struct AccessStatement {
    facts: BTreeMap<AccessFact, Vec<AccessAnswer>>,
    roles: Vec<Role>,
    /// Each with the words around it.
    status: Vec<(Status, String)>,
    mode: Vec<MeetingMode>,
}

impl AccessStatement {
    fn add(&mut self, found: impl Iterator<Item = FoundPhrase>) {
        for FoundPhrase { meaning, words } in found {
            match meaning {
                PhraseMeaning::Fact(AccessFact::PickUp, true) => self.ride(&words),
                PhraseMeaning::Fact(fact, yes) => self.facts.entry(fact).or_default().push(AccessAnswer { yes, words }),
                PhraseMeaning::Role(role) => self.roles.push(role),
                PhraseMeaning::Status(status) => self.status.push((status, words)),
                PhraseMeaning::Mode(mode) => self.mode.push(mode),
            }
        }
    }

    fn known(&mut self, fact: AccessFact, yes: bool, words: &str) {
        self.facts.entry(fact).or_default().push(AccessAnswer { yes, words: one_line(words) });
    }

    /// Adds what words about rides offer.
    fn ride(&mut self, words: &str) {
        match ride::ride(words) {
            Some(RideOffer::FromHome) => self.known(AccessFact::PickUp, true, words),
            Some(RideOffer::No) => self.known(AccessFact::PickUp, false, words),
            Some(RideOffer::MetThere) => self.known(AccessFact::MetFirstTime, true, words),
            Some(RideOffer::FromStop) | None => {}
        }
    }

    /// Reads a column 送迎. What is no ride from home is kept in the remarks.
    fn ride_of_column(&mut self, columns: &mut Access, phrases: &Phrases, cell: Cell<'_>, facts: &mut Facts) {
        let symbol = cell.text.chars().count() <= 3;
        let short = || answer(phrases, cell.text).or_else(|| number(AccessFact::PickUp, cell.text)).filter(|_| symbol);
        let answer = |yes| AccessAnswer { yes, words: one_line(cell.text) };
        match ride::ride(cell.text) {
            Some(RideOffer::FromHome) => drop(columns.insert(AccessFact::PickUp, answer(true))),
            Some(RideOffer::No) => drop(columns.insert(AccessFact::PickUp, answer(false))),
            Some(RideOffer::MetThere) => {
                self.known(AccessFact::MetFirstTime, true, cell.text);
                super::add_note(facts, cell);
            }
            Some(RideOffer::FromStop) => super::add_note(facts, cell),
            None => match short() {
                Some(yes) => drop(columns.insert(AccessFact::PickUp, answer(yes))),
                None if UNKNOWN.contains(&fold(cell.text).as_str()) => {}
                None => super::add_note(facts, cell),
            },
        }
    }

    /// Reads sentences by what they mean, for facts of which no phrase speaks.
    fn sentences(&mut self, text: &str) {
        for SentenceFact { fact, yes, words } in facts_of_sentences(text) {
            if !self.facts.contains_key(&fact) {
                self.known(fact, yes, &words);
            }
        }
        let rides = text.split(['。', '\n', '※']).filter(|sentence| {
            ["車で迎え", "車で送", "車を出し", "車でお迎え", "乗せ合わせ"].iter().any(|word| sentence.contains(word))
        });
        for sentence in rides.collect::<Vec<_>>() {
            if !self.facts.contains_key(&AccessFact::PickUp) {
                self.ride(sentence);
            }
        }
    }

    /// A place for women alone says so in its eligibility: 「女性、18歳以上」, 「女性（年代は問わず）」.
    fn gender(&mut self, text: &str) {
        if self.facts.contains_key(&AccessFact::MenCome) {
            return;
        }
        let begins = |word: &str| {
            text.trim()
                .strip_prefix(word)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['、', '（', '(', '・', ' ', '　', 'の']))
        };
        match (begins("女性"), text.contains("男性")) {
            (true, false) => self.known(AccessFact::MenCome, false, text),
            (false, true) if begins("男性") => self.known(AccessFact::MenCome, true, text),
            _ => {}
        }
    }

    /// 「川原の広場（屋外）」 as a venue or in a name.
    fn outdoors(&mut self, row: &RecordCells<'_>, facts: &Facts) {
        let texts = row.cells(Field::VenueName).map(|cell| cell.text).chain([facts.name.as_str()]);
        let outside = |text: &&str| OPEN_AIR.iter().any(|word| text.contains(word)) && !text.contains("屋内");
        let found = texts.into_iter().find(outside).map(str::to_owned);
        if let (Some(words), false) = (found, self.facts.contains_key(&AccessFact::Outdoor)) {
            self.known(AccessFact::Outdoor, true, &words);
        }
    }

    /// Reads a price: a sum of money is not free of charge; nothing is.
    fn price(&mut self, text: &str) {
        let folded = fold(text).replace(',', "");
        let sums: Vec<u64> = folded.split('円').rev().skip(1).filter_map(trailing_number).collect();
        let bare = folded.parse::<u64>().ok();
        let mut known = |yes| {
            let known = AccessAnswer { yes, words: one_line(text) };
            self.facts.entry(AccessFact::FreeOfCharge).or_default().push(known);
        };
        if sums.iter().copied().chain(bare).any(|sum| sum > 0) {
            known(false);
        } else if !sums.is_empty() || bare.is_some() || ["なし", "無し", "不要", "無"].contains(&folded.as_str())
        {
            known(true);
        }
    }

    /// The facts on which all statements agree.
    fn facts(&self) -> Access {
        let agreed = self.facts.iter().filter(|(_, answers)| answers.iter().all(|k| k.yes == answers[0].yes));
        agreed.map(|(fact, answers)| (*fact, answers[0].clone())).collect()
    }
}

fn trailing_number(text: &str) -> Option<u64> {
    let start =
        text.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
    text[start..].parse().ok()
}

/// The answer of a column to its fact.
fn answer_of_column(phrases: &Phrases, fact: AccessFact, cell: Cell<'_>, found: &[FoundPhrase]) -> Option<bool> {
    let direct = answer(phrases, cell.text).or_else(|| number(fact, cell.text));
    match (fact, is_inverted(fact, cell.heading)) {
        (AccessFact::StepFree, _) if direct == Some(false) && cell.heading.contains("情報") => return None,
        (AccessFact::BookingNeeded, _) if cell.text.starts_with('可') => return None,
        (AccessFact::Strenuous, _) if effort(cell.text).is_some() => return effort(cell.text),
        (_, turned) if direct.is_some() => return direct.map(|yes| yes != turned),
        _ => {}
    }
    let answers: Vec<bool> = found
        .iter()
        .filter_map(|f| if let PhraseMeaning::Fact(f, yes) = f.meaning { (f == fact).then_some(yes) } else { None })
        .collect();
    match answers.first() {
        Some(first) if answers.iter().all(|yes| yes == first) => Some(*first),
        Some(_) => None,
        None => counted(fact, cell.text).or_else(|| found.is_empty().then(|| ending(cell.text))?),
    }
}

/// Whether a yes under this heading is a no to the fact: 「段差: あり」, 「屋内: ○」.
fn is_inverted(fact: AccessFact, heading: &str) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| heading.contains(word));
    match fact {
        AccessFact::StepFree => {
            has(&["段差", "階段"]) && !has(&["段差なし", "段差無", "解消", "バリアフリー", "スロープ", "エレベーター"])
        }
        AccessFact::Outdoor => has(&["屋内", "室内"]) && !has(&["屋外", "野外", "戸外", "屋内外"]),
        _ => false,
    }
}

/// Physical strain: 「軽い」, 「きつい」.
fn effort(text: &str) -> Option<bool> {
    let begins = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
    match (begins(&["軽", "弱", "低", "小", "楽", "少"]), begins(&["重", "強", "高", "大", "きつ"])) {
        (true, false) => Some(false),
        (false, true) => Some(true),
        _ => None,
    }
}

/// `0` and `1`, and counts of countable things.
fn number(fact: AccessFact, text: &str) -> Option<bool> {
    let number: u32 = fold(text).parse().ok()?;
    let is_counted =
        matches!(fact, AccessFact::Parking | AccessFact::Toilet | AccessFact::Chairs | AccessFact::MenCome);
    (number <= 1 || is_counted).then_some(number > 0)
}

/// 「約24台」, 「3名」 in a column of countable things.
fn counted(fact: AccessFact, text: &str) -> Option<bool> {
    let counters: &[char] = match fact {
        AccessFact::Parking => &['台'],
        AccessFact::Chairs => &['脚', '席'],
        AccessFact::MenCome => &['人', '名'],
        AccessFact::Toilet => &['基', '棟', 'か', '箇', 'ヶ'],
        _ => return None,
    };
    let folded = fold(text).replace(',', "");
    let counts: Vec<u64> = folded.split(counters).rev().skip(1).filter_map(trailing_number).collect();
    counts.iter().max().map(|most| *most > 0)
}

/// 「洋式あり」, 「専用なし」: the answer at the end of a short cell.
fn ending(text: &str) -> Option<bool> {
    let folded = fold(text);
    let ends = |words: &[&str]| folded.chars().count() <= 12 && words.iter().any(|word| folded.ends_with(word));
    match (ends(&["あり", "有り", "有"]), ends(&["なし", "無し", "無"])) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// The direct answer of a cell: a word for yes or no, alone or followed by a remark, a number or a new line.
pub(super) fn answer(phrases: &Phrases, text: &str) -> Option<bool> {
    let ends = |c: char| c.is_whitespace() || "。（(、，,:：;；・/／※【".contains(c);
    let head = text.split(ends).next().unwrap_or_default();
    let (answers, rest, head) = (phrases.answers(), &text[head.len()..], fold(head));
    let word = head.trim_end_matches(|c: char| c.is_ascii_digit() || "台脚席人名基".contains(c));
    let word = if word.is_empty() { &*head } else { word };
    let open = ["相談", "場合", "一部", "時期による", "不明"].iter().any(|doubt| rest.contains(doubt));
    let is_one_of = |words: &[String]| words.iter().any(|w| *w == head || *w == word);
    match (is_one_of(&answers.yes), is_one_of(&answers.no)) {
        (yes, no) if yes == no || open => None,
        (yes, _) => Some(yes),
    }
}

fn roles(row: &RecordCells<'_>, statement: &AccessStatement, facts: &mut Facts) -> Vec<Role> {
    let words = row.sheet.known.phrases.roles();
    let mut roles = statement.roles.clone();
    for cell in row.cells(Field::Roles) {
        let folded = fold(cell.text);
        let named = [(Role::Join, &words.join), (Role::Help, &words.help), (Role::Teach, &words.teach)];
        let found: Vec<Role> = named
            .into_iter()
            .filter(|(_, words)| words.iter().any(|w| folded.contains(w.as_str())))
            .map(|(role, _)| role)
            .collect();
        if found.is_empty() {
            super::add_note(facts, cell);
        }
        roles.extend(found);
    }
    roles.sort_unstable();
    roles.dedup();
    roles
}

/// The mode of meeting by its column, else by an address that is none (市内一円), else by the remarks of a place without an
/// address.
fn mode(row: &RecordCells<'_>, statement: &AccessStatement, facts: &mut Facts) -> MeetingMode {
    let words = row.sheet.known.phrases.mode();
    let instead = row.sheet.known.phrases.instead_of_address();
    let Some(cell) = row.first(Field::Mode) else {
        if let Some(mode) = facts.address.as_deref().and_then(|address| mode_of_address(instead, address)) {
            return mode;
        }
        let somewhere = facts.address.is_some() || facts.site.is_some();
        return if somewhere { MeetingMode::AtPlace } else { statement.mode.first().copied().unwrap_or_default() };
    };
    let folded = fold(cell.text);
    let named = [
        (MeetingMode::AtPlace, &words.at_place),
        (MeetingMode::Roaming, &words.roaming),
        (MeetingMode::Visiting, &words.visiting),
        (MeetingMode::Phone, &words.phone),
        (MeetingMode::Online, &words.online),
    ];
    let found = named.into_iter().find(|(_, words)| words.iter().any(|w| folded.contains(w.as_str())));
    if found.is_none() || folded.contains(['・', '、', '/', ',']) {
        super::add_note(facts, cell);
    }
    found.map(|(mode, _)| mode).unwrap_or_default()
}

/// The mode of meeting that an address names instead of a place: 市内一円, オンライン.
fn mode_of_address(words: &AddressModeWords, address: &str) -> Option<MeetingMode> {
    let folded = fold(address);
    let outer = folded.split(['(', '[']).next().unwrap_or_default();
    let said = |word: &String| {
        let behind = outer.rfind(word.as_str()).map(|at| &outer[at + word.len()..]);
        behind.is_some_and(|rest| rest.is_empty() || words.endings.iter().any(|ending| ending == rest))
    };
    let named = [
        (MeetingMode::Visiting, &words.visiting),
        (MeetingMode::Roaming, &words.roaming),
        (MeetingMode::Phone, &words.phone),
        (MeetingMode::Online, &words.online),
    ];
    // An address with a house number is one, whatever its building is called.
    let is_address = outer.chars().any(|c| c.is_ascii_digit());
    let found = named.into_iter().find(|(_, names)| !is_address && names.iter().any(said));
    found.map(|(mode, _)| mode)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(fact: AccessFact, heading: &str, text: &str) -> Option<bool> {
        let phrases = Phrases::built_in();
        let found = phrases.find(text, ScannedText::Remarks);
        answer_of_column(&phrases, fact, Cell { heading, text }, &found)
    }

    #[test]
    fn an_address_that_is_none_says_how_people_meet() {
        let phrases = Phrases::built_in();
        for (mode, addresses) in [
            (
                MeetingMode::Roaming,
                &["市内一円", "養父市内一円", "市内各地区", "各地区公民館を巡回", "市内全域（要相談）"][..],
            ),
            (MeetingMode::Online, &["オンライン", "ｵﾝﾗｲﾝ開催", "Zoom", "オンライン（Zoom）", "WEB会議"]),
            (MeetingMode::Visiting, &["自宅へ訪問", "ご自宅へ訪問します", "利用者宅", "家庭訪問"]),
            (MeetingMode::Phone, &["電話", "電話相談", "電話のみ"]),
        ] {
            for address in addresses {
                assert_eq!(mode_of_address(phrases.instead_of_address(), address), Some(mode), "{address}");
            }
        }
        for address in [
            "養父市三宅7",
            "三宅オンライン館2階",
            "電話局前",
            "大谷",
            "訪問看護ステーション三宅",
            "オンラインカフェ三宅",
            "",
        ] {
            assert_eq!(mode_of_address(phrases.instead_of_address(), address), None, "{address}");
        }
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
            let mut statement = AccessStatement::default();
            statement.add(Phrases::built_in().find(text, ScannedText::Cost).into_iter());
            statement.price(text);
            assert_eq!(statement.facts().get(&AccessFact::FreeOfCharge).map(|k| k.yes), expected, "{text}");
        }
    }
}
