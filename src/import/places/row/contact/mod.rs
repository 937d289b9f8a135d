//! Contact details: office, person and numbers, each in its own field so that the public sees no private person.
//!
//! Mobile numbers, and numbers beside a person's name, are the person's. This module does no I/O.

mod addresses;
mod numbers;

use self::addresses::take_addresses;
use self::numbers::{says_hours, short_number};
use super::names::telephones_beside_names;
use crate::import::ProblemKind;
use crate::import::cells::cell::{Cell, RecordCells, is_blank, join, one_line};
use crate::import::cells::persons::report_kept_private;
use crate::import::columns::Field;
use crate::model::web_address::web_address;
use crate::model::{Contact, Facts, Person};
use crate::privacy::{
    ContactParts, NameLikelihood, PersonHints, WrittenTelephone, classify_contact, is_damaged_mobile, likelihood,
    names_somebody, split_telephones, with_leading_zero,
};
use crate::text::{fold, is_kanji};

/// Words of headings that ask for an office.
const OFFICE_HEADINGS: [&str; 9] = ["名称", "課", "窓口", "部署", "機関", "施設", "団体", "事業所", "所管"];

/// Contact details collected from several cells.
#[derive(Debug, Default)]
struct GatheredContact {
    offices: Vec<String>,
    persons: Vec<Person>,
    phones: Vec<String>,
    person_phones: Vec<String>,
    faxes: Vec<String>,
    emails: Vec<String>,
    /// A person's own e-mail addresses, each with the heading under which only staff see it.
    private_emails: Vec<(String, String)>,
    urls: Vec<String>,
    /// The extension after a number: 「079-662-0160（内線12）」.
    extension: Option<String>,
}

/// Reads all contact details of a row. `facts` holds its names already; `named` are the persons who stood in them.
pub(super) fn contact(row: &mut RecordCells<'_>, facts: &mut Facts, named: Vec<String>) -> Contact {
    let mut gathered = GatheredContact::default();
    let organizer = take_organizer(row, facts);
    let public_names = public_names(row, facts);
    let persons_public = row.sheet.known.city.representatives_public;
    for (field, public) in [(Field::Person, persons_public), (Field::PersonPublic, true)] {
        for cell in row.cells(field) {
            match office_alone(cell, &public_names) {
                Some(office) => gathered.office(cell, office, facts),
                None => gathered.person(cell, public, hints(&public_names, cell)),
            }
        }
    }
    gathered.persons.extend(named.into_iter().map(|name| Person { name, public: persons_public }));
    if let Some(name) = organizer {
        gathered.persons.push(Person { name, public: persons_public });
    }
    for cell in row.cells(Field::PersonPhone) {
        let text = with_zero(row, cell);
        let hints = hints(&public_names, cell);
        // 「代表者・連絡先」 holds the name as well.
        if split_telephones(&text).1.chars().any(|c| c.is_alphabetic() && !"内線".contains(c)) {
            gathered.person(Cell { text: &text, ..cell }, false, hints);
        } else {
            add(&mut gathered.person_phones, &text);
        }
    }
    for field in [Field::ContactOffice, Field::Phone] {
        for cell in row.cells(field) {
            let text = if field == Field::Phone { with_zero(row, cell) } else { cell.text.to_owned() };
            let repaired = Cell { text: &text, ..cell };
            if gathered.contact(repaired, hints(&public_names, cell), field == Field::Phone) {
                report_kept_private(row, cell);
            }
        }
    }
    gathered.numbers(telephones_beside_names(row), false);
    if gathered.is_without_number() {
        // 「申込みは前日まで 079-…」
        for cell in row.cells(Field::BookingNeeded).filter(|cell| !names_somebody(cell.text)) {
            gathered.numbers(split_telephones(cell.text).0, false);
        }
    }
    addresses(row, &mut gathered, facts);
    for url in gathered.urls.iter().skip(1) {
        super::add_note(facts, Cell { heading: "URL", text: url });
    }
    facts.extra.extend(std::mem::take(&mut gathered.private_emails));
    gathered.finish(row.first(Field::PhoneExtension))
}

/// The words of a contact without the extension behind them, and that: 「病院相談室 内線220」.
fn extension_behind(rest: &str) -> Option<(String, String)> {
    let (words, behind) = rest.rsplit_once("内線")?;
    let is_mark = |c: char| "()（）:：番 \u{3000}-－".contains(c);
    let number = behind.trim_matches(is_mark);
    let is_number = !number.is_empty() && number.chars().all(|c| c.is_numeric() || "-・、,～~".contains(c));
    let words = words.trim().trim_end_matches(['(', '（']).trim_end().to_owned();
    (is_number && !words.is_empty()).then(|| (words, one_line(number)))
}

/// The office in a cell of persons, if nothing else stands there: 「教育委員会」 below 管理者.
fn office_alone(cell: Cell<'_>, public_names: &[String]) -> Option<String> {
    let (phones, rest) = split_telephones(cell.text);
    let who = classify_contact(&rest, PersonHints { office_heading: false, public_names });
    let office = who.office.filter(|_| phones.is_empty() && who.person.is_none() && !who.named)?;
    // 「ひだまり」 that runs the place of that name may be called after somebody.
    office.chars().any(is_kanji).then(|| one_line(&office))
}

/// Removes the name of the organiser (主催者 and the like) from `facts` if it may be a private person's, and returns it.
fn take_organizer(row: &RecordCells<'_>, facts: &mut Facts) -> Option<String> {
    let cell = row.first(Field::Organization).filter(|cell| cell.heading.contains('者'))?;
    let (text, names) = (one_line(cell.text), [fold(&facts.name), fold(&row.sheet.known.city.name)]);
    let hints = PersonHints { public_names: &names, office_heading: true };
    let is_part_of_town = ["区", "地区", "自治区", "町内"].iter().any(|end| text.ends_with(end));
    let is_person =
        !is_part_of_town && facts.organization.as_deref() == Some(&text) && classify_contact(&text, hints).named
            || facts.organization.as_deref() == Some(&text) && likelihood(&text) == NameLikelihood::Certain;
    is_person.then(|| facts.organization = None).map(|()| text)
}

/// Reads fax numbers, e-mail and web addresses.
fn addresses(row: &mut RecordCells<'_>, gathered: &mut GatheredContact, facts: &mut Facts) {
    for cell in row.cells(Field::Fax) {
        let text = with_zero(row, cell);
        gathered.fax(&text);
    }
    for field in [Field::Email, Field::Url] {
        for cell in row.cells(field) {
            let (found, rest) = take_addresses(cell.text);
            for address in &found {
                match web_address(address) {
                    Some(url) => add(&mut gathered.urls, &url),
                    None => add(&mut gathered.emails, address),
                }
            }
            // A label such as 「ホームページ」 alone is nothing lost; words beside an address are its remark.
            if found.is_empty() {
                add_note(facts, cell);
            } else if rest.chars().filter(|c| c.is_alphabetic()).count() > 2 && !gathered.says(&rest) {
                let heading = if cell.heading.is_ascii() { "URL" } else { cell.heading };
                add_note(facts, Cell { text: &rest, heading });
            }
        }
    }
}

/// Keeps the words of a cell that fits no field in the remarks, with its heading.
fn add_note(facts: &mut Facts, cell: Cell<'_>) {
    if !is_none(cell.text) {
        super::add_note(facts, cell);
    }
}

fn hints<'a>(public_names: &'a [String], cell: Cell<'_>) -> PersonHints<'a> {
    let office_heading = OFFICE_HEADINGS.iter().any(|word| cell.heading.contains(word));
    PersonHints { public_names, office_heading }
}

/// Names of the row that are public anyway, folded.
fn public_names(row: &RecordCells<'_>, facts: &Facts) -> Vec<String> {
    let city = &row.sheet.known.city.name;
    let names = [Some(&facts.name), facts.organization.as_ref(), facts.venue.as_ref(), Some(city)];
    names.into_iter().flatten().map(|name| fold(name)).filter(|name| !name.is_empty()).collect()
}

/// The text of a cell of numbers, with the leading zero that Excel dropped.
fn with_zero(row: &mut RecordCells<'_>, cell: Cell<'_>) -> String {
    let Some(repaired) = with_leading_zero(cell.text) else { return one_line(cell.text) };
    row.problem(Some(cell.heading), ProblemKind::ExcelDamage, &[("value", cell.text), ("repaired", &repaired)]);
    repaired
}

impl GatheredContact {
    /// Whether each of `words` is already said of an office: 「（福祉課）https://…」 beside 「（福祉課）079-…」.
    fn says(&self, words: &str) -> bool {
        let offices = fold(&self.offices.join(" "));
        let mut words = words.split_whitespace().map(fold).filter(|word| word.chars().any(char::is_alphabetic));
        words.all(|word| offices.contains(word.trim_matches(['(', ')'])))
    }

    /// Whether nobody can be called or written to so far.
    fn is_without_number(&self) -> bool {
        self.phones.is_empty() && self.person_phones.is_empty() && self.emails.is_empty()
    }

    /// Adds an office that stands in a column of persons: whom to ask where the heading asks for that, else who runs the place.
    fn office(&mut self, cell: Cell<'_>, office: String, facts: &mut Facts) {
        let to_ask = ["担当", "窓口", "連絡", "問", "受付", "申込"].iter().any(|word| cell.heading.contains(word));
        let is_known = facts.name == office || facts.organization.as_deref() == Some(&office);
        if !to_ask && facts.organization.is_none() && !is_known {
            facts.organization = Some(office);
        } else if !is_known {
            self.offices.push(office);
        }
    }

    /// Adds a cell of the person in charge. Numbers in it are that person's.
    fn person(&mut self, cell: Cell<'_>, public: bool, hints: PersonHints<'_>) {
        let (phones, rest) = split_telephones(cell.text);
        for phone in phones {
            add(&mut self.person_phones, &phone.text);
        }
        if rest.is_empty() || is_none(&rest) {
            return;
        }
        // A person who gives the group the name stays one; a group that stands in a column of persons stays a group.
        let is_group = !rest.chars().any(is_kanji);
        let public_names = if is_group { hints.public_names } else { &[] };
        let who = classify_contact(&rest, PersonHints { office_heading: false, public_names });
        self.persons.push(Person { name: one_line(&rest), public: public || !who.named });
    }

    /// Adds a cell of a contact in free text, or of numbers (`is_number`). Returns whether part of it may be a
    /// person's.
    fn contact(&mut self, cell: Cell<'_>, hints: PersonHints<'_>, is_number: bool) -> bool {
        let (mut phones, rest) = split_telephones(cell.text);
        let (addresses, mut rest) = take_addresses(&rest);
        if let Some((number, words)) = short_number(&rest).filter(|(_, words)| phones.is_empty() || is_or(words)) {
            add(&mut self.phones, &number);
            rest = if phones.is_empty() { words } else { String::new() };
        }
        if is_fax_behind(cell, &phones) {
            phones[1].fax = true;
        }
        if !phones.is_empty() && !phones.iter().any(|p| p.own || p.fax) && says_hours(&rest) {
            // 「079-662-0160（平日9〜17時）」 is a number with the hours of an office.
            add(&mut self.phones, cell.text);
            return false;
        }
        if let (false, Some((words, extension))) = (phones.is_empty(), extension_behind(&rest)) {
            self.extension = Some(extension);
            rest = words;
        }
        let has_words = rest.chars().any(|c| c.is_alphabetic() && !"内線代表".contains(c)) && !is_none(&rest);
        if !has_words && phones.is_empty() && !is_blank(&rest) {
            let mistyped = is_damaged_mobile(&rest);
            add(if mistyped { &mut self.person_phones } else { &mut self.phones }, &rest);
        }
        if let (false, false, Some((_, extension))) = (has_words, phones.is_empty(), rest.split_once("内線")) {
            self.extension = Some(one_line(extension.trim_matches(|c: char| "()（）:： 番".contains(c))));
        }
        let hints = if likelihood(&rest) == NameLikelihood::Certain {
            PersonHints { public_names: &[], ..hints }
        } else {
            hints
        };
        let who = if has_words { classify_contact(&rest, hints) } else { ContactParts::default() };
        let is_plain = who.named || who.office.is_none() && who.person.is_none();
        let is_remark = is_number
            && has_words
            && is_plain
            && !classify_contact(&rest, PersonHints { office_heading: true, ..hints }).named;
        if is_remark && !phones.is_empty() && !phones.iter().any(|p| p.own || p.fax) {
            // 「079-662-0160（平日の日中に限る）」 is a number with a remark and no person's.
            add(&mut self.phones, cell.text);
            return false;
        }
        let private = who.named && who.office.is_none();
        self.addresses(addresses, private, cell.heading);
        let mobile_alone = is_number && !has_words && phones.iter().any(|p| p.own);
        self.numbers(phones, private);
        self.offices.extend(who.office.map(|o| one_line(&o)));
        self.persons.extend(who.person.map(|name| Person { name: one_line(&name), public: !who.named }));
        who.named || mobile_alone
    }

    fn addresses(&mut self, addresses: Vec<String>, private: bool, heading: &str) {
        for address in addresses {
            match (web_address(&address), private) {
                (Some(url), _) => add(&mut self.urls, &url),
                (None, true) => self.private_emails.push((format!("{heading} (e-mail)"), address)),
                (None, false) => add(&mut self.emails, &address),
            }
        }
    }

    fn numbers(&mut self, phones: Vec<WrittenTelephone>, private: bool) {
        for phone in phones {
            let list = match (phone.own || private, phone.fax) {
                (true, _) => &mut self.person_phones,
                (false, true) => &mut self.faxes,
                (false, false) => &mut self.phones,
            };
            add(list, &phone.text);
        }
    }

    /// Adds a cell of fax numbers. A mobile number among them is a person's, and so is the fax at somebody's home.
    fn fax(&mut self, text: &str) {
        let (found, _) = split_telephones(text);
        let names_somebody = !found.is_empty() && names_somebody(text);
        if !names_somebody && !found.iter().any(|number| number.own) {
            add(if is_damaged_mobile(text) { &mut self.person_phones } else { &mut self.faxes }, text);
            return;
        }
        for number in found {
            add(if number.own { &mut self.person_phones } else { &mut self.faxes }, &number.text);
        }
    }

    fn finish(self, extension: Option<Cell<'_>>) -> Contact {
        let all = |texts: &[String], separator| join(texts.iter().map(String::as_str), separator);
        let own = self.extension.filter(|text| !text.is_empty());
        let extension = extension.map(|c| one_line(c.text)).filter(|t| !is_none(t)).or(own);
        let phone = all(&self.phones, " / ").map(|phone| match extension {
            Some(extension) => format!("{phone} 内線 {}", extension.trim_start_matches("内線").trim_start()),
            None => phone,
        });
        Contact {
            person: one_person(&self.persons),
            person_phone: all(&self.person_phones, " / "),
            office: all(&self.offices, "、"),
            phone,
            fax: all(&self.faxes, " / "),
            email: all(&self.emails, " "),
            url: self.urls.first().cloned(),
        }
    }
}

/// Whether words join two numbers and say nothing: 「188 または 079-…」.
fn is_or(words: &str) -> bool {
    let bare = words.replace(|c: char| c.is_whitespace() || "、,・/／()（）".contains(c), "");
    ["", "または", "又は", "もしくは", "若しくは", "か", "あるいは"].contains(&bare.as_str())
}

/// Whether the second of two numbers is a fax, because the heading says so: 「079-1／079-2」 below 「TEL／FAX」.
fn is_fax_behind(cell: Cell<'_>, phones: &[WrittenTelephone]) -> bool {
    let heading = fold(cell.heading);
    let Some(fax) = ["fax", "ふぁっくす", "ふぁくす"].iter().find_map(|word| heading.find(word)) else {
        return false;
    };
    let first = ["tel", "電話", "でんわ"].iter().find_map(|word| heading.find(word));
    let are_bare = phones.len() == 2 && phones.iter().all(|phone| !phone.fax && !phone.own);
    let labelled = fold(cell.text);
    are_bare
        && first.is_some_and(|first| first < fax)
        && !["fax", "tel", "ふぁ"].iter().any(|word| labelled.contains(word))
}

/// Joins several persons into one entry, which is public only if all of them are. Public ones give way to private ones,
/// never the reverse.
fn one_person(persons: &[Person]) -> Option<Person> {
    let public = persons.iter().all(|p| p.public);
    let name = join(persons.iter().map(|p| p.name.as_str()), "、")?;
    Some(Person { name, public })
}

fn add(list: &mut Vec<String>, text: &str) {
    let text = one_line(text);
    if !is_none(&text) && !text.is_empty() && !list.contains(&text) {
        list.push(text);
    }
}

fn is_none(text: &str) -> bool {
    matches!(text.trim(), "なし" | "無し" | "無" | "ナシ" | "特になし" | "非公開")
}
