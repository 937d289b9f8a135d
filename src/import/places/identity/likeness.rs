//! How alike two entries of a list are: their names, where they are, their telephones. This module does no I/O.

use crate::model::{Facts, Position, Precision};
use crate::text::fold;

/// Within this distance two doors are near each other, in metres.
const NEAR_M: f64 = 300.0;

/// What of an entry is compared, folded once.
#[derive(Debug, Clone)]
pub(super) struct PlaceTraits {
    /// Name, address (or position) and venue: what identifies an entry that has no ID.
    pub key: String,
    /// The name.
    pub name: String,
    /// The address with its numbers written alike, or the exact position where there is none.
    pub address: Option<String>,
    /// Whether that is an address, not a position.
    written: bool,
    /// The address up to its first number.
    town: String,
    /// The digits of the telephone, if they can be one.
    pub phone: Option<String>,
    /// The category's code.
    pub category: String,
    door: Option<Position>,
    organization: Option<String>,
    person: Option<String>,
    /// Other things it says that a different entry would hardly say in the same words.
    words: [Option<String>; 5],
}

/// How alike two names are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum NameLikeness {
    /// Equal.
    Same,
    /// One is the other with something added that is no mere number or letter (「ひばり」,「コーラスひばり」).
    Grown,
    /// At least half of the letters are the same, from 0.5 to 1.
    Altered(f64),
    /// Another name.
    Different,
}

/// How alike the places of two entries are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SiteLikeness {
    /// The same address, down to the number.
    Same,
    /// Within [`NEAR_M`], by the positions of both doors.
    Close,
    /// The same 大字, or one address within the other.
    Near,
    /// Another address.
    Far,
    /// One of them has no address.
    Unknown,
}

/// Whether two entries say the same of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TraitAgreement {
    /// Both say the same.
    Same,
    /// They say different things.
    Other,
    /// One of them says nothing.
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

    /// Positions can only speak for two entries being the same: a list that corrects its coordinates moves nothing.
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

    /// How many of the things that say who it is are said alike, and how many differently.
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

/// 「1丁目2番3号」,「1-2-3」 and 「1番地2の3」 alike, without the prefecture.
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

/// One address is the other with the municipality before it or the building behind it.
fn within(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let says_enough = short.chars().count() >= 4 && short.contains(|c: char| c.is_numeric());
    let next_is_digit = || long[short.len()..].starts_with(|c: char| c.is_numeric());
    says_enough && (long.ends_with(short) || (long.starts_with(short) && !next_is_digit()))
}

/// The first number in the cell; fewer than six digits are an extension.
fn phone_key(written: &str) -> Option<String> {
    let first = fold(written);
    let first = first.split(['/', '、', ',', '・', '(']).find(|p| p.contains(|c: char| c.is_ascii_digit()))?;
    let digits: String = first.chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= 6).then_some(digits)
}

/// A difference in these alone tells siblings apart: 第1 and 第2, A and B, 東 and 西, 月 and 木.
const MARKS: &str = "一二三四五六七八九十東西南北上中下新元左右月火水木金土日曜午前後朝昼夜男女性初級第組班部号館室の";

fn name_likeness(a: &str, b: &str) -> NameLikeness {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if short == long {
        return NameLikeness::Same;
    }
    if let Some(added) = added_to(short, long) {
        let says_something = added.iter().any(|c| c.is_alphabetic() && !c.is_ascii() && !MARKS.contains(*c));
        if says_something && short.len() >= 3 && short.len() * 5 >= long.len() * 2 {
            return NameLikeness::Grown;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "names are short")]
    let likeness = 1.0 - edit_distance(short, long) as f64 / long.len() as f64;
    if likeness >= 0.5 && short.len() >= 2 { NameLikeness::Altered(likeness) } else { NameLikeness::Different }
}

/// What `long` has besides `short`, if it begins with it, ends with it, or both.
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

/// Levenshtein's distance. Names longer than 60 letters are compared by their first 60: a hostile cell costs no more.
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
