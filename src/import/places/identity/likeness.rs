//! Similarity measures for record linkage: names, locations and telephone numbers of two entries. This module does no
//! I/O.

use crate::model::{Facts, Position, Precision};
use crate::text::fold;

/// Metres within which two doors are near each other.
const NEAR_M: f64 = 300.0;

/// The compared traits of an entry, normalised once.
#[derive(Debug, Clone)]
pub(super) struct PlaceTraits {
    /// Name, address (or position) and venue: the key of an entry without an ID.
    pub key: String,
    /// The folded name.
    pub name: String,
    /// The address with normalised numbers, or the exact position if there is none.
    pub address: Option<String>,
    /// Whether `address` is an address, not a position.
    written: bool,
    /// The address up to its first number.
    town: String,
    /// The digits of the telephone number, if there are enough for one.
    pub phone: Option<String>,
    /// The category's code.
    pub category: String,
    door: Option<Position>,
    organization: Option<String>,
    person: Option<String>,
    /// Further traits that a different entry would hardly share word for word.
    words: [Option<String>; 5],
}

/// Similarity of two names.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum NameLikeness {
    /// Equal names.
    Same,
    /// One name extends the other by more than a number or a letter (「ひばり」,「コーラスひばり」).
    Grown,
    /// At least half of the characters are the same; the similarity is from 0.5 to 1.
    Altered(f64),
    /// Different names.
    Different,
}

/// Similarity of two locations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SiteLikeness {
    /// The same address, down to the number.
    Same,
    /// Within [`NEAR_M`], by the positions of both doors.
    Close,
    /// The same 大字, or one address within the other.
    Near,
    /// Different addresses.
    Far,
    /// One of the entries has no address.
    Unknown,
}

/// Agreement of two entries in one trait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TraitAgreement {
    /// Both have the same value.
    Same,
    /// They have different values.
    Other,
    /// One of them has no value.
    Unknown,
}

impl PlaceTraits {
    pub fn of(facts: &Facts) -> Self {
        let some = |text: &Option<String>| text.as_deref().map(fold).filter(|t| !t.is_empty());
        let contact = &facts.contact;
        let name = fold(&facts.name);
        let written = facts.address.as_deref().map(address_key).filter(|a| !a.is_empty());
        let venue = some(&facts.venue);
        let door = facts.site.filter(|s| s.precision <= Precision::Block).map(|s| s.position);
        let schedule = facts.schedule.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join("\n");
        let is_written = written.is_some();
        let address = written.clone().or_else(|| door.map(|p| format!("{:.5},{:.5}", p.lon(), p.lat())));
        let key = [Some(&name), address.as_ref(), venue.as_ref()].map(|p| p.map_or("", String::as_str)).join("\0");
        Self {
            key,
            name,
            written: is_written,
            town: written.as_deref().map(town_part).unwrap_or_default(),
            address,
            phone: contact.phone.as_ref().or(contact.person_phone.as_ref()).and_then(|p| phone_key(p)),
            category: facts.category.0.clone(),
            door,
            organization: some(&facts.organization),
            person: contact.person.as_ref().map(|p| fold(&p.name)),
            words: [venue, some(&facts.description), some(&Some(schedule)), some(&contact.email), some(&contact.url)],
        }
    }

    /// Compares locations. Positions can only support a match: a list that corrects its coordinates moves nothing.
    pub fn site_likeness(&self, other: &Self) -> SiteLikeness {
        let close = self.door.zip(other.door).is_some_and(|(a, b)| a.distance_to(b).0 <= NEAR_M);
        let same_town = self.town.chars().count() >= 2 && self.town == other.town;
        match (&self.address, &other.address) {
            (Some(a), Some(b)) if a == b && a.contains(|c: char| c.is_numeric()) => SiteLikeness::Same,
            _ if close => SiteLikeness::Close,
            (Some(a), Some(b)) if self.written && other.written => {
                if same_town || a == b || within(a, b) {
                    SiteLikeness::Near
                } else {
                    SiteLikeness::Far
                }
            }
            _ => SiteLikeness::Unknown,
        }
    }

    pub fn phone_agreement(&self, other: &Self) -> TraitAgreement {
        agreement(self.phone.as_ref(), other.phone.as_ref())
    }

    /// Counts the supporting traits that agree, and those that differ.
    pub fn support(&self, other: &Self) -> (u8, u8) {
        let who = [(&self.organization, &other.organization), (&self.person, &other.person)];
        let who = who.map(|(a, b)| agreement(a.as_ref(), b.as_ref()));
        let words = self.words.iter().zip(&other.words).map(|(a, b)| agreement(a.as_ref(), b.as_ref()));
        let alike = who.iter().copied().chain(words).map(|a| u8::from(a == TraitAgreement::Same)).sum();
        (alike, who.iter().map(|&a| u8::from(a == TraitAgreement::Other)).sum())
    }

    pub fn name_likeness(&self, other: &Self) -> NameLikeness {
        name_likeness(&self.name, &other.name)
    }
}

fn agreement(a: Option<&String>, b: Option<&String>) -> TraitAgreement {
    match (a, b) {
        (Some(a), Some(b)) if a == b => TraitAgreement::Same,
        (Some(_), Some(_)) => TraitAgreement::Other,
        _ => TraitAgreement::Unknown,
    }
}

/// Address normalisation: 「1丁目2番3号」,「1-2-3」 and 「1番地2の3」 have one key, without the prefecture.
fn address_key(address: &str) -> String {
    let mut key = fold(address).replace(['ヶ', 'ゖ', 'ケ', 'ヵ', 'ゕ'], "け");
    for unit in ["丁目", "番地の", "番地", "番", "号", "-"] {
        key = key.replace(unit, "-");
    }
    while key.contains("--") {
        key = key.replace("--", "-");
    }
    key.trim_end_matches('-').to_owned()
}

fn town_part(address: &str) -> String {
    address.chars().take_while(|c| !c.is_numeric()).collect()
}

/// Whether one address is the other with the municipality before it or the building after it.
fn within(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let is_specific = short.chars().count() >= 4 && short.contains(|c: char| c.is_numeric());
    let next_is_digit = || long[short.len()..].starts_with(|c: char| c.is_numeric());
    is_specific && (long.ends_with(short) || (long.starts_with(short) && !next_is_digit()))
}

/// The first number in the cell; fewer than six digits are an extension.
fn phone_key(written: &str) -> Option<String> {
    let first = fold(written);
    let first = first.split(['/', '、', ',', '・', '(']).find(|p| p.contains(|c: char| c.is_ascii_digit()))?;
    let digits: String = first.chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= 6).then_some(digits)
}

/// Characters that alone distinguish siblings: 第1 and 第2, A and B, 東 and 西, 月 and 木.
const SIBLING_CHARS: &str =
    "一二三四五六七八九十東西南北上中下新元左右月火水木金土日曜午前後朝昼夜男女性初級第組班部号館室の";

fn name_likeness(a: &str, b: &str) -> NameLikeness {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if short == long {
        return NameLikeness::Same;
    }
    if let Some(added) = added_to(short, long) {
        let is_meaningful = added.iter().any(|c| c.is_alphabetic() && !c.is_ascii() && !SIBLING_CHARS.contains(*c));
        if is_meaningful && short.len() >= 3 && short.len() * 5 >= long.len() * 2 {
            return NameLikeness::Grown;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "names are short")]
    let likeness = 1.0 - edit_distance(short, long) as f64 / long.len() as f64;
    if likeness >= 0.5 && short.len() >= 2 { NameLikeness::Altered(likeness) } else { NameLikeness::Different }
}

/// The characters that `long` adds to `short` if it begins with it, ends with it, or both.
fn added_to(short: &[char], long: &[char]) -> Option<Vec<char>> {
    let before = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let after = short.iter().rev().zip(long.iter().rev()).take_while(|(a, b)| a == b).count();
    if before + after >= short.len() {
        let end = long.len() - (short.len() - before);
        return Some(long[before..end].to_vec());
    }
    let at = long.windows(short.len().max(1)).position(|w| w == short)?;
    Some([&long[..at], &long[at + short.len()..]].concat())
}

/// Levenshtein distance. Names longer than 60 characters are compared by their first 60, so that a hostile cell costs
/// no more.
fn edit_distance(a: &[char], b: &[char]) -> usize {
    let (a, b) = (&a[..a.len().min(60)], &b[..b.len().min(60)]);
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(ca != cb);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
