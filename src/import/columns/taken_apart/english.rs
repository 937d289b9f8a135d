//! Headings in English, in camelCase, with underscores or spaces: `implementationLocation`, `phone_number`.
//!
//! This module does no I/O.

use super::Field;

/// The field of a heading in Latin letters.
pub(super) fn field(text: &str) -> Option<Field> {
    if !text.is_ascii() || text.len() < 3 {
        return None;
    }
    let words = words(text);
    let is = |word: &str| words.iter().any(|w| w == word);
    let others =
        ["image", "photo", "picture", "logo", "icon", "file", "license", "code", "en", "english", "updated", "created"];
    if words.is_empty() || others.iter().any(|word| is(word)) {
        return None;
    }
    let is_person =
        ["person", "representative", "manager", "leader", "staff", "owner", "member", "teacher"].iter().any(|w| is(w));
    let last = words.last().map(String::as_str)?;
    let last = if ["number", "no", "text", "ja", "jp"].contains(&last) && words.len() > 1 {
        words[words.len() - 2].as_str()
    } else {
        last
    };
    match (of_words(&words, last)?, is_person) {
        (Field::Phone, true) => Some(Field::PersonPhone),
        (Field::Name | Field::Person, true) => Some(Field::Person),
        (_, true) => None,
        (field, false) => Some(field),
    }
}

/// The words of `text`, in small letters: `fullNameInKana` is full, name, in, kana.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in text.chars() {
        let begins = c.is_ascii_uppercase() && (before.is_ascii_lowercase() || before.is_ascii_digit());
        if begins || !c.is_ascii_alphanumeric() {
            words.push(String::new());
        }
        if c.is_ascii_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.push(c.to_ascii_lowercase());
        }
        before = c;
    }
    words
        .iter()
        .map(|word| word.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned())
        .filter(|w| !w.is_empty())
        .collect()
}

fn of_words(words: &[String], last: &str) -> Option<Field> {
    let is = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    if is(&["kana", "furigana", "yomi", "katakana"]) {
        return Some(Field::Kana);
    }
    if is(&["closed", "closing", "holiday", "holidays"]) && is(&["day", "days", "date", "dates", "holiday", "holidays"])
    {
        return Some(Field::ClosedDays);
    }
    if is(&["email", "mail"]) {
        return Some(Field::Email);
    }
    if let Some(field) = of_time(last, &is) {
        return Some(field);
    }
    let of_others = [
        (&["category", "type", "class", "genre"][..], Field::Category),
        (&["area", "district", "ward"], Field::District),
        (&["city", "municipality", "town"], Field::AddressCity),
        (&["prefecture", "pref"], Field::AddressPrefecture),
        (
            &[
                "organization",
                "organisation",
                "operator",
                "company",
                "corporation",
                "provider",
                "organizer",
                "organiser",
                "publisher",
            ],
            Field::Organization,
        ),
        (&["contact", "inquiry"], Field::ContactOffice),
    ];
    if matches!(last, "category" | "type" | "genre" | "kind" | "class") {
        let inner = ["room", "toilet", "parking", "road", "line", "data", "geometry", "fee", "ticket", "vehicle"];
        return (!is(&inner)).then_some(Field::Category);
    }
    if last == "name" {
        return of_others.iter().find(|(list, _)| is(list)).map_or(Some(Field::Name), |(_, field)| Some(*field));
    }
    by_last(last)
}

/// A day or an hour of what takes place; of what is written down or changed, it is none.
fn of_time(last: &str, is: &dyn Fn(&[&str]) -> bool) -> Option<Field> {
    let (is_date, is_time) = (matches!(last, "date" | "dates" | "day" | "days"), matches!(last, "time" | "times"));
    let of_records = ["update", "modified", "registered", "publish", "published", "entry", "created", "birth", "check"];
    let (starts, ends) = (is(&["start", "from", "begin", "open", "opening"]), is(&["end", "to", "close", "closing"]));
    match (is_date, is_time) {
        _ if is(&of_records) => None,
        (true, _) if starts => Some(Field::StartDate),
        (true, _) if ends => Some(Field::EndDate),
        (_, true) if starts => Some(Field::StartTime),
        (_, true) if ends => Some(Field::EndTime),
        (true, _) | (_, true) => Some(Field::Schedule),
        _ => None,
    }
}

fn by_last(last: &str) -> Option<Field> {
    let lists: [(&[&str], Field); 25] = [
        (&["where"], Field::VenueName),
        (&["when"], Field::Schedule),
        (&["who", "whom"], Field::Eligibility),
        (&["activity", "activities", "what"], Field::Tags),
        (&["address", "addr"], Field::Address),
        (&["tel", "phone", "telephone", "telno"], Field::Phone),
        (&["fax"], Field::Fax),
        (&["url", "uri", "website", "homepage", "link", "web"], Field::Url),
        (&["lat", "latitude"], Field::Lat),
        (&["lon", "lng", "long", "longitude"], Field::Lon),
        (&["location", "venue", "place", "spot", "facility"], Field::VenueName),
        (&["hours", "schedule"], Field::Schedule),
        (&["weekday", "weekdays"], Field::Weekdays),
        (&["start", "opening", "open"], Field::StartTime),
        (&["end", "closing", "close"], Field::EndTime),
        (&["capacity"], Field::Capacity),
        (&["fee", "fees", "price", "charge", "cost", "admission", "fare", "tuition"], Field::Cost),
        (&["note", "notes", "remark", "remarks", "memo", "comment"], Field::Note),
        (&["description", "summary", "detail", "details"], Field::Description),
        (&["parking"], Field::Parking),
        (&["toilet", "restroom"], Field::Toilet),
        (&["wheelchair"], Field::Wheelchair),
        (&["target", "eligibility"], Field::Eligibility),
        (&["organizer", "operator", "provider"], Field::Organization),
        (&["kana"], Field::Kana),
    ];
    lists.iter().find(|(words, _)| words.contains(&last)).map(|(_, field)| *field)
}
