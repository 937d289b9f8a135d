//! Access facts in three values (yes, no, unknown), from columns and free text about steps, toilets, rides and the
//! like.
//!
//! A column of its own wins over remarks; if remarks disagree the fact stays unknown; whatever is not understood is
//! kept verbatim in the place's remarks. This module does no I/O.

mod column_answer;

use std::collections::BTreeMap;

pub(super) use self::column_answer::{answer, answer_of_column};
use self::column_answer::{asks_for_accessible_toilet, is_accessible_toilet, is_inverted, number, trailing_number};
use super::memo::TextMemo;
use super::ride::{self, RideOffer};
use super::{meeting_mode, status};
use crate::import::cells::cell::{Cell, RecordCells, one_line};
use crate::import::columns::Field;
use crate::import::places::phrases::{FoundPhrase, PhraseMeaning, Phrases, ScannedText, SentenceFact};
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
const SENTENCES: [Field; 7] = [
    Field::Capacity,
    Field::AccessNote,
    Field::Note,
    Field::Eligibility,
    Field::Description,
    Field::Directions,
    Field::Tags,
];

/// The columns about the first visit, whose sentences may state more than the fact of the column.
const FIRST_VISIT: [Field; 3] = [Field::VisitFirst, Field::Beginners, Field::MetFirstTime];

/// Words of a place under the open sky.
const OPEN_AIR: [&str; 5] = ["屋外", "野外", "戸外", "河川敷", "青空"];

/// Words for an unknown value.
const UNKNOWN: [&str; 8] = ["不明", "未確認", "未調査", "わからない", "分からない", "?", "要確認", "確認中"];

/// Fills in access facts, roles, status and mode of meeting.
pub(super) fn access(row: &RecordCells<'_>, facts: &mut Facts, texts: &TextMemo, mode_of_list: Option<MeetingMode>) {
    let mut statement = AccessStatement::new(texts);
    let phrases = row.sheet.known.phrases;
    let mut columns = Access::new();
    for (field, fact) in COLUMNS {
        for cell in row.cells(field) {
            let found = texts.phrases(phrases, cell.text, ScannedText::Remarks);
            if fact == AccessFact::PickUp {
                statement.ride_of_column(&mut columns, phrases, cell, facts);
                statement.add(found.into_iter().filter(|f| is_of_the_building(f.meaning, fact)));
                continue;
            }
            let answer = answer_of_column(phrases, fact, cell, &found);
            if let (AccessFact::Toilet, Some(yes), true) = (fact, answer, asks_for_accessible_toilet(cell.heading)) {
                let words = one_line(cell.text);
                if yes {
                    columns.insert(fact, AccessAnswer { yes, words: words.clone() });
                }
                columns.insert(AccessFact::AccessibleToilet, AccessAnswer { yes, words });
                continue;
            }
            match answer {
                Some(yes) => drop(columns.insert(fact, AccessAnswer { yes, words: words_of(fact, cell) })),
                None if UNKNOWN.contains(&fold(cell.text).as_str()) => {}
                None => super::add_note(facts, cell),
            }
            statement.add(found.into_iter().filter(|f| is_of_the_building(f.meaning, fact)));
        }
    }
    for (field, kind) in TEXTS {
        for cell in row.cells(field) {
            statement.add(texts.phrases(phrases, cell.text, kind).into_iter());
        }
    }
    row.cells(Field::Cost).for_each(|cell| statement.price(cell.text));
    for field in SENTENCES {
        row.cells(field).for_each(|cell| statement.sentences(cell.text));
    }
    for field in FIRST_VISIT {
        row.cells(field).for_each(|cell| statement.first_visit(cell.text));
    }
    row.cells(Field::Schedule).for_each(|cell| statement.booking(cell.text));
    row.cells(Field::Toilet).for_each(|cell| statement.toilet(cell.text));
    row.cells(Field::Eligibility).for_each(|cell| statement.gender(cell.text));
    row.cells(Field::StepFree).for_each(|cell| statement.sentences(cell.text));
    let of_visit = |found: &FoundPhrase| is_of_the_building(found.meaning, AccessFact::BookingNeeded);
    for cell in row.cells(Field::Status).chain(row.cells(Field::AcceptsNew)) {
        let found = texts.phrases(phrases, cell.text, ScannedText::Remarks);
        statement.add(found.into_iter().filter(of_visit));
    }
    statement.outdoors(row, facts);
    facts.access = statement.facts();
    facts.access.extend(columns);
    facts.roles = roles(row, &statement, facts);
    facts.status = status::status(row, &statement.status, facts);
    facts.mode = meeting_mode::mode(row, mode_of_list, statement.mode.first().copied(), facts);
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
    // 「見学歓迎、要予約」 below 「参加方法」.
    let first_visit = [AccessFact::VisitFirst, AccessFact::Beginners, AccessFact::AloneWelcome, AccessFact::Full];
    let is_of_visit = |fact| column_fact == AccessFact::BookingNeeded && first_visit.contains(&fact);
    matches!(meaning, PhraseMeaning::Fact(fact, _) if fact != column_fact && (building.contains(&fact) || is_of_visit(fact)))
}

/// Statements found in the free texts of a row.
#[derive(Debug)]
struct AccessStatement<'t> {
    texts: &'t TextMemo,
    facts: BTreeMap<AccessFact, Vec<AccessAnswer>>,
    roles: Vec<Role>,
    /// Each with the words around it.
    status: Vec<(Status, String)>,
    mode: Vec<MeetingMode>,
}

impl<'t> AccessStatement<'t> {
    fn new(texts: &'t TextMemo) -> Self {
        Self { texts, facts: BTreeMap::new(), roles: Vec::new(), status: Vec::new(), mode: Vec::new() }
    }

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
        for SentenceFact { fact, yes, words } in self.texts.sentences(text) {
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

    /// Reads a column about the first visit: 「初めての日は入口で待ちます」, 「ひとりでどうぞ」.
    fn first_visit(&mut self, text: &str) {
        self.sentences(text);
    }

    /// 「（前日までに予約）」 behind the days.
    fn booking(&mut self, text: &str) {
        let stated = self.texts.sentences(text).into_iter().filter(|it| it.fact == AccessFact::BookingNeeded);
        for SentenceFact { fact, yes, words } in stated {
            if !self.facts.contains_key(&fact) {
                self.known(fact, yes, &words);
            }
        }
    }

    /// 「車いす用」, 「多目的」 in a column of toilets.
    fn toilet(&mut self, text: &str) {
        if let (Some(true), false) =
            (is_accessible_toilet(text), self.facts.contains_key(&AccessFact::AccessibleToilet))
        {
            self.known(AccessFact::AccessibleToilet, true, text);
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
        let venues = row.cells(Field::VenueName).chain(row.cells(Field::Address));
        let texts = venues.map(|cell| cell.text).chain([facts.name.as_str()]);
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

fn roles(row: &RecordCells<'_>, statement: &AccessStatement<'_>, facts: &mut Facts) -> Vec<Role> {
    let words = row.sheet.known.phrases.roles();
    // What a person looks for stands in its column: remarks are not read for it.
    let category = row.sheet.known.categories.by_id(&facts.category);
    let is_seeker = category.is_some_and(|category| category.person_to_person);
    let mut roles = if is_seeker { Vec::new() } else { statement.roles.clone() };
    for cell in row.cells(Field::Roles) {
        let folded = fold(cell.text);
        let named = [
            (Role::Join, &words.join),
            (Role::Help, &words.help),
            (Role::Teach, &words.teach),
            (Role::Company, &words.company),
        ];
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

#[cfg(test)]
mod tests;
