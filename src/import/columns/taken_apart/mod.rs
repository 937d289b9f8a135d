//! Headings taken apart, where the table does not know the whole: notes, numbers and prefixes of exports are seen
//! through, then the heading is read by its lines, its joiners and its endings.
//!
//! A meaning found like this is an assumption: `plan` holds it against what stands in the column. Whatever speaks of a
//! person, of another language, of another datum or of a file is left alone. This module does no I/O.

mod clean;
mod composed;
mod ending;
mod english;
mod families;
mod questions;
mod romanised;

pub(super) use clean::cleaned;
pub(super) use ending::{names_a_kind, names_a_place, names_a_room};
use families::{child_of, remark_of};

use super::fold::folded;
use super::{Field, HeadingMeaning, HeadingTable, OTHER_LANGUAGE, PROJECTION, known};
use crate::privacy::heading_words;

/// Words of columns about something else than the place: files, pictures, codes, disasters, bookkeeping.
const OTHER_MATTERS: [&str; 26] = [
    "画像",
    "photo",
    "image",
    "picture",
    "logo",
    "写真",
    "動画",
    "ライセンス",
    "ファイル",
    "コード",
    "法人番号",
    "災害",
    "標高",
    "高度",
    "面積",
    "更新",
    "登録日",
    "作成",
    "口座",
    "振込",
    "人口",
    "世帯数",
    "年度",
    "通称",
    "略称",
    "旧名",
];
/// Joiners of two headings in one, the longest first.
const JOINERS: [&str; 16] = [
    "ならびに",
    "もしくは",
    "若しくは",
    "または",
    "および",
    "又は",
    "及び",
    "並びに",
    "・",
    "／",
    "/",
    "、",
    ",",
    "，",
    "＋",
    "&",
];
/// Joiners that also stand within words: both sides must be known headings.
const WEAK_JOINERS: [&str; 3] = ["と", "や", "か"];

/// Characters of a heading of remarks at most.
const OTHERS_CHARS: usize = 12;

impl HeadingTable {
    /// The field of one heading by itself: as the table has it, else taken apart.
    pub fn field_of_words(&self, heading: &str) -> Option<Field> {
        self.field_of_whole(heading).or_else(|| known(self.taken_apart(heading))).or_else(|| self.field(heading))
    }

    /// The field of a heading by itself, a name also where it only ends like one: 「学童クラブ名」, 「ボランティア団体」.
    pub fn field_or_name(&self, heading: &str) -> Option<Field> {
        let named = |text: &str| names_a_place(text) || names_a_kind(text);
        let is_name = || !self.is_closed(heading) && named(&cleaned(heading));
        self.field_of_words(heading).or_else(|| is_name().then_some(Field::Name))
    }

    /// The field that the table has for the heading as one; a heading with a word between two others is no such one, even
    /// if it ends like one: 「電話番号若しくはFAX番号」.
    pub(super) fn field_of_whole(&self, heading: &str) -> Option<Field> {
        let is_listed = || self.meanings.contains_key(&folded(heading).whole);
        let is_remark = heading.rsplit_once('_').is_some_and(|(_, child)| families::is_remark(child.trim()));
        if (is_joined(heading) || is_remark) && !is_listed() && !super::is_secret(heading) {
            None
        } else {
            self.field(heading)
        }
    }

    /// The meaning of a heading that the table does not know as it stands.
    fn taken_apart(&self, heading: &str) -> Option<HeadingMeaning> {
        if self.are_of_workers() || heading.len() > 300 || super::is_secret(heading) || self.is_unknown(heading) {
            return None;
        }
        let text = cleaned(heading);
        if questions::asks_to_publish(&text) {
            return Some(HeadingMeaning::Known(Field::Audience));
        }
        if text.is_empty() || speaks_of_others(&text) {
            return None;
        }
        if speaks_of_a_person(&text) {
            return ending::of_a_person(&text).map(HeadingMeaning::Known);
        }
        families::of_an_end(&text).or_else(|| self.part(&text)).map(HeadingMeaning::Known)
    }

    /// The meaning of a cleaned heading or of a part of one.
    fn part(&self, text: &str) -> Option<Field> {
        let folded = folded(text);
        let whole = known(self.meanings.get(&folded.whole).copied());
        let by_words = || is_joined(text).then(|| self.by_joiners(text)).flatten();
        whole
            .or_else(by_words)
            .or_else(|| known(self.without_notes(&folded)))
            // `telephone_no` is no number of rows below a telephone.
            .or_else(|| text.is_ascii().then(|| english::field(text)).flatten())
            .or_else(|| text.is_ascii().then(|| self.romanised(text)).flatten())
            .or_else(|| self.by_tiers(text))
            .or_else(|| self.by_joiners(text))
            .or_else(|| self.by_remark(&folded.whole))
            .or_else(|| composed::field(&folded.whole))
            .or_else(|| self.by_ending(&folded.whole))
            .or_else(|| self.by_name_of(&folded.whole))
            .or_else(|| self.by_thing_named(&folded.whole))
            .or_else(|| questions::field(text))
            // 「その他お知らせ」
            .or_else(|| (text.starts_with("その他") && text.chars().count() <= OTHERS_CHARS).then_some(Field::Note))
    }

    /// Whether the city said that the heading is to be carried along as it stands.
    fn is_unknown(&self, heading: &str) -> bool {
        self.meanings.get(&folded(heading).whole) == Some(&HeadingMeaning::Unknown)
    }

    /// Two tiers, `上_下`: the child decides, then the parent.
    fn by_tiers(&self, text: &str) -> Option<Field> {
        let (parent, child) = text.rsplit_once('_')?;
        if child.is_empty() || parent.is_empty() {
            return self.part(if child.is_empty() { parent } else { child });
        }
        let of_parent = self.part(parent);
        if families::is_remark(child) {
            return of_parent.and_then(remark_of);
        }
        match self.part(child) {
            Some(field) => child_of(parent, of_parent, field),
            None => of_parent.filter(|field| families::has_children(*field)),
        }
    }

    /// Known headings with joiners between them: the first known one decides, unless a later one is a person's.
    fn by_joiners(&self, text: &str) -> Option<Field> {
        let parts = one_language(parts(text));
        let fields: Vec<Option<Field>> = match parts.len() {
            1 if parts[0] != text => return self.part(parts[0]),
            0 | 1 => return self.by_weak_joiners(text),
            _ => parts.iter().map(|part| self.part(part)).collect(),
        };
        first_known(&fields)
    }

    fn by_weak_joiners(&self, text: &str) -> Option<Field> {
        let exact = |part: &str| known(self.meanings.get(&folded(part).whole).copied());
        WEAK_JOINERS.iter().find_map(|joiner| {
            let (first, second) = text.split_once(joiner)?;
            first_known(&[Some(exact(first)?), Some(exact(second)?)])
        })
    }

    /// A known stem with 特記事項, 備考 …: the remark of its field.
    fn by_remark(&self, folded: &str) -> Option<Field> {
        families::remark_stem(folded).and_then(|stem| self.part(stem)).and_then(remark_of)
    }

    /// 「主催者名称」 holds what 「主催者名」 does, and 「種目名」 what 「種目」 does.
    fn by_thing_named(&self, folded: &str) -> Option<Field> {
        let short = folded.strip_suffix("名称").map(|stem| format!("{stem}名"));
        let named = short.and_then(|short| known(self.meanings.get(&short).copied()));
        let thing = || known(self.meanings.get(folded.strip_suffix('名')?).copied());
        let is_thing = |field: &Field| matches!(field, Field::Tags | Field::Category | Field::Interests);
        named.or_else(|| thing().filter(is_thing))
    }

    /// A heading in romanised Japanese: `shisetsu_mei` is 施設名.
    fn romanised(&self, text: &str) -> Option<Field> {
        let japanese = romanised::in_japanese(text)?;
        if speaks_of_a_person(&japanese) { ending::of_a_person(&japanese) } else { self.part(&japanese) }
    }

    /// 「法人」 and 「事業所」 hold what 「法人名」 and 「事業所名」 do.
    fn by_name_of(&self, folded: &str) -> Option<Field> {
        let is_word = folded.chars().count() >= 2 && folded.chars().all(char::is_alphabetic) && !folded.ends_with('名');
        let named = is_word.then(|| known(self.meanings.get(&format!("{folded}名")).copied())).flatten()?;
        // 薬局 and 学校 are kinds of places, and stand in cells.
        matches!(named, Field::Organization | Field::VenueName | Field::GroupName).then_some(named)
    }

    /// The longest known heading that ends the text, of those that mean the same behind any word.
    fn by_ending(&self, folded: &str) -> Option<Field> {
        let starts = folded.char_indices().map(|(at, _)| at).skip(1);
        let mut endings = starts.map(|at| folded.split_at(at)).filter(|(_, end)| end.chars().count() >= 2);
        endings.find_map(|(before, end)| {
            let field = known(self.meanings.get(end).copied())?;
            ending::means_the_same_behind(before, end, field).then_some(field)
        })
    }
}

/// The first of `fields`; a person among them makes the whole a person's, and a contact with one is read as a contact.
fn first_known(fields: &[Option<Field>]) -> Option<Field> {
    let first = fields.iter().flatten().next().copied()?;
    let is_person = |field: &Field| matches!(field, Field::Person | Field::PersonPhone | Field::PersonPublic);
    match fields.iter().flatten().find(|field| is_person(field)) {
        Some(_) if matches!(first, Field::Phone | Field::ContactOffice) => Some(Field::ContactOffice),
        Some(person) => Some(*person),
        None => Some(first),
    }
}

/// Whether a word, not a sign, joins two headings in `text`.
fn is_joined(text: &str) -> bool {
    JOINERS.iter().any(|joiner| joiner.chars().count() > 1 && text.contains(joiner))
}

/// The parts of `text` between joiners, without the 等 behind them.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = vec![text];
    for joiner in JOINERS {
        parts = parts.iter().flat_map(|part| part.split(joiner)).collect();
    }
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// Without the parts in Latin letters that only translate the other: 「Class / 教室名」.
fn one_language(parts: Vec<&str>) -> Vec<&str> {
    let is_latin = |part: &&str| part.is_ascii() && part.chars().filter(char::is_ascii_alphabetic).count() >= 3;
    match parts.as_slice() {
        [first, second] if is_latin(first) != is_latin(second) => {
            parts.into_iter().filter(|part| !is_latin(part)).map(str::trim).collect()
        }
        _ => parts,
    }
}

fn speaks_of_a_person(text: &str) -> bool {
    let words = heading_words();
    words.headings.iter().chain(&words.closed_headings).any(|word| text.contains(word.as_str()))
}

/// Whether `text` speaks of another matter than the place: another language or datum, a picture, a code.
fn speaks_of_others(text: &str) -> bool {
    let lower = text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let language = ["_en", "_zh", "_ko", ":en", ":zh", ":ko", "ローマ字"].iter().any(|end| lower.ends_with(end));
    has(&OTHER_LANGUAGE) || has(&PROJECTION) || has(&OTHER_MATTERS) || language
}

/// Whether nothing may be assumed of a column with this heading, whatever stands in it.
pub(super) fn is_closed(heading: &str) -> bool {
    let text = cleaned(heading);
    super::is_secret(heading) || speaks_of_a_person(&text) || speaks_of_others(&text) || is_of_the_office(&text)
}

/// Whether the office writes down there what is for itself: 内部メモ, 職員記入欄, 対応履歴.
fn is_of_the_office(text: &str) -> bool {
    const OWN: [&str; 12] =
        ["内部", "庁内", "職員", "メモ", "memo", "備忘", "覚書", "覚え書", "引継", "対応履歴", "対応経過", "管理用"];
    OWN.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests;
