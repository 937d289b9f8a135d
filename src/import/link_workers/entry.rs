//! One row → one entry of the directory of link workers. This module does no I/O.

use super::areas::{AreaReader, has_districts};
use super::contact;
use super::words::{LinkWorkerWords, RoleStatement};
use crate::import::ProblemKind;
use crate::import::cells::cell::{RecordCells, SheetContext, is_blank, join, one_line};
use crate::import::cells::{audience, damage};
use crate::import::columns::Field;
use crate::import::table::SECTION_HEADING;
use crate::model::{Layer, LinkWorker, Person, ServedArea, Source};
use crate::privacy::{PersonHints, classify_contact, could_be_a_name, split_telephones};

/// Facts that a row inherits from its surroundings if it does not give them itself.
pub(super) struct InheritedFacts<'a> {
    areas: AreaReader<'a>,
    words: &'static LinkWorkerWords,
    /// Name of the sheet, titles and name of the file: the nearest first.
    texts: Vec<String>,
    section: Option<usize>,
}

impl<'a> InheritedFacts<'a> {
    pub(super) fn new(sheet: &SheetContext<'a>) -> Self {
        let table = sheet.table;
        let file = sheet.file.rsplit_once('.').map_or(sheet.file, |(name, _)| name);
        let names = table.sheet.iter().map(String::as_str);
        let texts = names.chain(table.above.iter().map(String::as_str)).chain([file]).map(str::to_owned).collect();
        let section = table.headings.iter().position(|heading| heading == SECTION_HEADING);
        Self { areas: AreaReader::new(sheet.known), words: LinkWorkerWords::get(), texts, section }
    }

    /// The section heading of this row, if there is one.
    fn section<'r>(&self, row: &'r RecordCells<'_>) -> Option<&'r str> {
        let text = row.record.cells.get(self.section?)?.trim();
        (!text.is_empty()).then_some(text)
    }

    /// All inherited text of `row`, the nearest first.
    fn texts<'r>(&'r self, row: &'r RecordCells<'_>) -> impl Iterator<Item = &'r str> {
        self.section(row).into_iter().chain(self.texts.iter().map(String::as_str))
    }
}

/// Builds the entry of one row, and whether a contact is kept private for want of an office. `None`, with an error
/// reported, if the row names no person, role or office.
pub(super) fn worker(row: &mut RecordCells<'_>, inherited: &InheritedFacts<'_>) -> Option<(LinkWorker, bool)> {
    damage::note(row);
    let mut worker = LinkWorker { extra: row.extra(), source: source(row), ..LinkWorker::default() };
    worker.extra.remove(SECTION_HEADING);
    fill_person_and_office(row, inherited, &mut worker);
    if worker.role.is_none() && worker.person.is_none() && worker.office.is_none() {
        row.problems.retain(|p| p.severity() == crate::import::Severity::Error);
        let heading = [Field::Post, Field::Worker, Field::Office].into_iter().find_map(|field| row.heading(field));
        row.problem(heading, ProblemKind::MissingWorker, &[]);
        return None;
    }
    if worker.role.is_none() {
        worker.role = inherited.texts(row).find_map(|text| inherited.words.role_in(text)).map(str::to_owned);
    }
    worker.layer = layer(row, inherited, &worker);
    areas(row, inherited, &mut worker);
    worker.hours = row.text(Field::Hours);
    worker.ask_for = row.text(Field::AskFor);
    worker.note = row.text(Field::Note);
    let kept_private = contact::contact(row, &mut worker);
    worker.audience = audience::audience(row);
    Some((worker, kept_private))
}

fn source(row: &RecordCells<'_>) -> Source {
    Source {
        file: row.sheet.file.to_owned(),
        sheet: row.sheet.table.sheet.clone(),
        row: row.record.row,
        ..Source::default()
    }
}

/// Fills in role, person and office, which often stand in each other's column.
fn fill_person_and_office(row: &mut RecordCells<'_>, inherited: &InheritedFacts<'_>, worker: &mut LinkWorker) {
    let mut persons: Vec<Person> = Vec::new();
    let mut roles: Vec<String> = Vec::new();
    for cell in row.cells(Field::Post) {
        let (role, person, phones) = parse_post_cell(cell.text, inherited);
        worker.person_phones.extend(phones);
        roles.extend(role);
        persons.extend(person.map(|name| Person { name, public: false }));
    }
    // 「区分」 often holds the role.
    if roles.is_empty() {
        let cells = row.cells(Field::Layer).map(|cell| one_line(cell.text));
        roles.extend(cells.filter(|text| {
            inherited.words.layer_in_cell(text) == RoleStatement::Nothing && inherited.words.is_role(text)
        }));
    }
    let mut offices: Vec<String> = Vec::new();
    for (field, public) in [(Field::Worker, false), (Field::PersonPublic, true)] {
        for cell in row.cells(field) {
            let (found, rest) = split_telephones(cell.text);
            worker.person_phones.extend(found.into_iter().map(|phone| phone.text));
            let parts = parse_person_cell(&rest, inherited);
            offices.extend(parts.office);
            roles.extend(parts.role.filter(|_| roles.is_empty()));
            worker.vacant |= parts.vacant;
            persons.extend(parts.person.map(|name| Person { name, public }));
        }
    }
    worker.role = join(roles.iter().map(String::as_str), "、");
    worker.person = one_person(&persons);
    worker.person_kana = row.text(Field::Kana).map(|text| one_line(&text)).filter(|_| worker.person.is_some());
    let written = row.cells(Field::Office).map(|cell| cell.text).filter(|text| !inherited.words.is_no_office(text));
    let office = join(written.chain(offices.iter().map(String::as_str)), " ");
    worker.office = office.map(|text| one_line(&text));
}

/// Reads role, person and the person's telephones. A number behind a name is the person's; any other stays in the text.
fn parse_post_cell(text: &str, inherited: &InheritedFacts<'_>) -> (Option<String>, Option<String>, Vec<String>) {
    let (found, rest) = split_telephones(text);
    if let (role, Some(person)) = role_and_person(&rest, inherited) {
        return (role, Some(person), found.into_iter().map(|phone| phone.text).collect());
    }
    let (role, person) = role_and_person(text, inherited);
    (role, person, Vec::new())
}

/// The classified text of a cell in a column of persons.
#[derive(Debug, Default)]
struct PersonColumns {
    role: Option<String>,
    person: Option<String>,
    office: Option<String>,
    vacant: bool,
}

/// Classifies a cell: a role before the name is the role (民生委員　見本太郎), an office alone the office (担当: 地域連携室), 欠員
/// nobody.
fn parse_person_cell(text: &str, inherited: &InheritedFacts<'_>) -> PersonColumns {
    let (line, words) = (one_line(text), inherited.words);
    if is_blank(&line) || words.is_no_office(&line) {
        return PersonColumns::default();
    }
    if words.is_vacant(&line) {
        return PersonColumns { vacant: true, ..PersonColumns::default() };
    }
    if words.is_role(&line) && !line.contains(char::is_whitespace) {
        // 「担当保健師」 names nobody.
        return PersonColumns { role: Some(line), ..PersonColumns::default() };
    }
    let hints = PersonHints { public_names: &[], office_heading: false };
    let who = classify_contact(&line, hints);
    if who.office.is_some() && who.person.is_none() && !words.is_role(&line) {
        return PersonColumns { office: who.office, ..PersonColumns::default() };
    }
    match line.split_once(char::is_whitespace) {
        Some((role, name)) if words.is_role(role) => PersonColumns {
            role: Some(role.to_owned()),
            person: Some(name.trim().to_owned()),
            ..PersonColumns::default()
        },
        _ => PersonColumns { person: Some(line), ..PersonColumns::default() },
    }
}

/// Joins several persons into one entry, which is public only if all of them are.
fn one_person(persons: &[Person]) -> Option<Person> {
    let name = join(persons.iter().map(|person| person.name.as_str()), "、")?;
    Some(Person { name, public: persons.iter().all(|person| person.public) })
}

/// Splits a cell of roles; a name behind the role is the person's: 「保健師　見本花子」.
fn role_and_person(text: &str, inherited: &InheritedFacts<'_>) -> (Option<String>, Option<String>) {
    let line = one_line(text);
    let cut = line.find(|c: char| c.is_whitespace() || "（(:：／/".contains(c)).filter(|at| *at > 0);
    let Some((role, rest)) = cut.map(|at| line.split_at(at)) else { return (Some(line), None) };
    let rest = rest.trim_matches(|c: char| c.is_whitespace() || "（()）:：／/".contains(c));
    let hints = PersonHints { public_names: &[], office_heading: false };
    let whole: String = rest.split_whitespace().collect();
    let names_a_person = !rest.is_empty()
        && inherited.words.is_role(role)
        && could_be_a_name(&whole)
        && classify_contact(rest, hints).named
        && !inherited.words.is_role(rest)
        && inherited.areas.named(rest).is_none()
        && inherited.words.layer_in_text(rest) == RoleStatement::Nothing
        && !rest.ends_with("担当");
    if names_a_person { (Some(role.to_owned()), Some(rest.to_owned())) } else { (Some(line), None) }
}

/// Infers the layer: from the list's own column, else from the inherited text, else from the role or the office.
fn layer(row: &mut RecordCells<'_>, inherited: &InheritedFacts<'_>, worker: &LinkWorker) -> Option<Layer> {
    let words = inherited.words;
    let cells: Vec<String> = row.cells(Field::Layer).map(|cell| one_line(cell.text)).collect();
    let in_row = cells.iter().map(|text| words.layer_in_cell(text));
    let in_role = worker.role.iter().map(|role| words.layer_in_text(role));
    let nearby = inherited.texts(row).map(|text| words.layer_in_text(text)).map(|statement| match statement {
        // A title over both layers does not decide for one row.
        RoleStatement::Both => RoleStatement::Nothing,
        statement => statement,
    });
    let by_role = worker.role.iter().map(|role| words.layer_of_role(role));
    let by_office = worker.office.iter().filter(|_| worker.role.is_none()).map(|office| words.layer_of_office(office));
    let statements: Vec<RoleStatement> = in_row.chain(in_role).chain(nearby).chain(by_role).chain(by_office).collect();
    if let Some(RoleStatement::Layer(layer)) =
        statements.into_iter().find(|statement| *statement != RoleStatement::Nothing)
    {
        return Some(layer);
    }
    let what = cells.first().or(worker.role.as_ref()).or(worker.office.as_ref()).cloned().unwrap_or_default();
    let heading = row.heading(Field::Layer).or_else(|| row.heading(Field::Post));
    row.problem(heading, ProblemKind::UnknownLayer, &[("value", &what)]);
    None
}

/// Fills in the areas served. If the row gives none, the section heading or the name of the sheet may.
fn areas(row: &mut RecordCells<'_>, inherited: &InheritedFacts<'_>, worker: &mut LinkWorker) {
    let field = if row.first(Field::District).is_some() { Field::District } else { Field::FormerTown };
    let written = row.text(field).map(|text| text.trim().to_owned());
    worker.serves = written.as_deref().map(|text| inherited.areas.of(text)).unwrap_or_default();
    worker.area = written.map(|text| one_line(&text)).filter(|_| !worker.serves.is_empty());
    if worker.serves.is_empty() {
        let nearby = inherited.section(row).into_iter().chain(row.sheet.table.sheet.as_deref());
        if let Some(area) = nearby.filter_map(|text| inherited.areas.named(text)).find(|area| !area.whole) {
            worker.area = Some(area.written.clone());
            worker.serves = vec![area];
        }
    }
    let heading = row.heading(field).or_else(|| row.heading(Field::District));
    if worker.serves.is_empty() {
        if worker.layer != Some(Layer::One) {
            row.problem(heading, ProblemKind::BlankServedArea, &[]);
        }
        return;
    }
    if has_districts(row.sheet.known.districts) {
        let unknown: Vec<&ServedArea> = worker.serves.iter().filter(|area| !is_served(row, inherited, area)).collect();
        for area in unknown {
            row.problem(heading, ProblemKind::UnknownServedArea, &[("value", &area.written)]);
        }
    }
}

/// Whether a search by district finds `area`: a 大字 outside all outlines is not found.
fn is_served(row: &RecordCells<'_>, inherited: &InheritedFacts<'_>, area: &ServedArea) -> bool {
    inherited.areas.is_known(area) && (area.whole || !area.districts(row.sheet.known.districts).is_empty())
}
