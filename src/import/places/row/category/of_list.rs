//! The category that a list says as a whole, and that a title says. This module does no I/O.

use std::collections::HashMap;
use std::hash::Hash;

use super::word_table::{WORDS, has_one, is_of_another_trade};
use super::words;
use crate::import::cells::cell::{SheetContext, is_blank, is_damaged};
use crate::model::{Category, CategoryTable, Facts};
use crate::text::fold;

/// Characters of a title at most; anything longer is an explanation.
const TITLE_CHARS: usize = 40;
/// Rows below which a list has no majority.
const FEW_ROWS: usize = 8;
/// Rows from which a list is of another kind, if the words of less than a fifth of them say a category; in a shorter one, of less
/// than an eighth.
const MANY_ROWS: usize = 20;
/// What the list as a whole says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum ListCategory<'a> {
    /// Nothing: each row by its own words.
    #[default]
    Mixed,
    /// All its rows are of one category.
    One(&'a Category),
    /// Rows whose own words say nothing are of this one.
    Mostly(&'a Category),
    /// All its rows are of the group of categories that this title names.
    Group(&'a str),
    /// All its rows are of a kind that the table does not have.
    Unknown,
}

/// What a title says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TitleCategory<'a> {
    /// All that it names is of one category.
    Whole(&'a Category),
    /// It names one category, and something else beside it.
    Part(&'a Category),
}

/// What the list says as a whole: by its title, the name of its sheet or its file, else by most of its rows. `rows` are the
/// facts of each row, its names and words.
pub(super) fn of_list<'a>(sheet: &SheetContext<'a>, rows: &[Facts]) -> ListCategory<'a> {
    by_titles(sheet).unwrap_or_else(|| by_majority(sheet, rows))
}

/// By its title, the name of its sheet or its file; the one that says it wholly first.
pub(super) fn by_titles<'a>(sheet: &SheetContext<'a>) -> Option<ListCategory<'a>> {
    let table = sheet.known.categories;
    let name = sheet.table.sheet.iter().filter(|title| !is_blank(title) && !is_damaged(title));
    let file = sheet.file.rsplit_once('.').map_or(sheet.file, |(stem, _)| stem);
    let titles: Vec<&str> = sheet.table.above.iter().chain(name).map(String::as_str).chain([file]).collect();
    if let Some(group) = titles.iter().copied().find(|title| !table.in_group(title).is_empty()) {
        return Some(ListCategory::Group(group));
    }
    if let Some(group) = titles.iter().find_map(|title| group_at_end(table, title)) {
        return Some(ListCategory::Group(group));
    }
    let mut partly = None;
    for title in titles {
        match by_title(table, title) {
            Some(TitleCategory::Whole(category)) => return Some(ListCategory::One(category)),
            Some(TitleCategory::Part(category)) => partly = partly.or(Some(ListCategory::Mostly(category))),
            None => {}
        }
    }
    partly
}

/// The group of several categories that ends a part of `title`: 「介護予防の通いの場 一覧」.
fn group_at_end<'a>(table: &'a CategoryTable, title: &str) -> Option<&'a str> {
    let phrases = title.split([' ', '　', '_', '（', '(', '）', ')']).map(str::to_owned);
    let bare = phrases.map(|phrase| WORDS.general.iter().fold(phrase, |rest, word| rest.replace(word.as_str(), "")));
    let bare: Vec<String> = bare.collect();
    let groups = table.all().iter().map(|category| category.group.japanese());
    let mut groups = groups.filter(|group| group.chars().count() > 3 && table.in_group(group).len() > 1);
    groups.find(|group| bare.iter().any(|phrase| phrase.ends_with(group) && phrase.len() > group.len()))
}

/// By most of its rows. Where less than half of them say it, the words of a name come before it.
fn by_majority<'a>(sheet: &SheetContext<'a>, rows: &[Facts]) -> ListCategory<'a> {
    let guesses: Vec<&Category> = rows.iter().filter_map(|facts| words::by_names(sheet, facts)).collect();
    let counts = counts(guesses.iter().map(|guess| &guess.id));
    let count = |category: &Category| counts.get(&category.id).copied().unwrap_or_default();
    let most = guesses.iter().copied().max_by_key(|category| count(category));
    let agreed = most.filter(|most| rows.len() >= FEW_ROWS && count(most) * 4 >= guesses.len() * 3);
    match agreed {
        Some(most) if count(most) * 2 >= rows.len() => ListCategory::One(most),
        Some(most) if guesses.len() * 5 >= rows.len() * 2 => ListCategory::Mostly(most),
        _ if rows.len() >= MANY_ROWS && guesses.len() * 5 < rows.len() => ListCategory::Unknown,
        _ if rows.len() >= FEW_ROWS && guesses.len() * 8 < rows.len() => ListCategory::Unknown,
        _ => ListCategory::Mixed,
    }
}

/// How often each of `keys` is there.
fn counts<K: Eq + Hash>(keys: impl Iterator<Item = K>) -> HashMap<K, usize> {
    let mut counts: HashMap<K, usize> = HashMap::new();
    keys.for_each(|key| *counts.entry(key).or_default() += 1);
    counts
}

/// The category of a title that names one: 「ふれあいサロン一覧」, but not 「公共施設・サロン・相談窓口」.
pub(super) fn by_title<'a>(table: &'a CategoryTable, title: &str) -> Option<TitleCategory<'a>> {
    if title.chars().count() > TITLE_CHARS || is_of_another_trade(title) {
        return None;
    }
    let other = table.all().last()?;
    // 「list_aa」 is no self-help group.
    let meant = |part: &str| table.meant_by(part).filter(|_| !part.is_ascii());
    let named = |part: &str| table.matching(part).or_else(|| meant(part)).filter(|c| c.id != other.id);
    let holds_events = has_one(&WORDS.events, title);
    let (mut found, mut beside) = (None, false);
    for phrase in title.split([' ', '　', '_', '-', '（', '(', '）', ')', '■', '●', '【', '】']).map(without_publisher)
    {
        let parts: Vec<&str> = phrase.split(['・', '、', '／', '/']).filter(|part| says_something(part)).collect();
        // The house in which it takes place is no kind of it.
        let is_venue = |part: &&str| holds_events && words::ends_as_venue(part);
        let known: Vec<&Category> =
            parts.iter().filter(|part| !is_venue(part)).filter_map(|part| named(part)).collect();
        // 「教室一覧」 says less than the name of each of them.
        beside |= !known.is_empty() && known.len() < parts.len() || parts.iter().any(|part| is_only_weak(part));
        for category in known {
            if found.get_or_insert(category).id != category.id {
                return None;
            }
        }
    }
    found.map(|category| if beside { TitleCategory::Part(category) } else { TitleCategory::Whole(category) })
}

/// Without the association that publishes the list: 「文化協会加盟団体一覧」 is not one of what 文化 names.
fn without_publisher(phrase: &str) -> &str {
    let ends = WORDS.publishers.iter().filter_map(|word| phrase.rfind(word.as_str()).map(|at| at + word.len()));
    ends.max().map_or(phrase, |end| &phrase[end..])
}

/// Whether `part` is a word that many kinds of lists are called by, and nothing more.
fn is_only_weak(part: &str) -> bool {
    let bare = WORDS.general.iter().fold(part.to_owned(), |rest, word| rest.replace(word.as_str(), ""));
    words::is_weak(&bare) || is_weak_title(&bare)
}

/// Whether `title` is one word for anything that is taught or done, with a year or a half of it at most: 「健康教室R8後期」.
fn is_weak_title(title: &str) -> bool {
    let Some(weak) = WORDS.weak_titles.iter().find(|weak| title.contains(weak.as_str())) else { return false };
    let rest = title.replacen(weak.as_str(), "", 1);
    let rest = WORDS.parts_of_years.iter().fold(rest, |rest, word| rest.replace(word.as_str(), ""));
    !rest.chars().any(|c| c.is_alphabetic() && !c.is_ascii())
}

fn says_something(part: &str) -> bool {
    let rest = WORDS.general.iter().fold(fold(part), |rest, word| rest.replace(&fold(word), ""));
    rest.chars().any(|c| !c.is_numeric())
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::hash::Hasher;

    use super::*;

    /// A key that counts how often it is looked at.
    struct Counted<'a>(usize, &'a Cell<usize>);

    impl PartialEq for Counted<'_> {
        fn eq(&self, other: &Self) -> bool {
            self.1.set(self.1.get() + 1);
            self.0 == other.0
        }
    }

    impl Eq for Counted<'_> {}

    impl Hash for Counted<'_> {
        fn hash<H: Hasher>(&self, state: &mut H) {
            self.1.set(self.1.get() + 1);
            self.0.hash(state);
        }
    }

    #[test]
    #[expect(clippy::mutable_key_type, reason = "the cell counts comparisons and is no part of them")]
    fn a_list_ten_times_as_long_takes_ten_times_the_steps_to_count() {
        let steps = |rows: usize| {
            let steps = Cell::new(0);
            let counted = counts((0..rows).map(|row| Counted(row % 12, &steps)));
            assert_eq!(counted.values().sum::<usize>(), rows);
            drop(counted);
            steps.get()
        };
        let (few, many) = (steps(1_000), steps(10_000));
        assert!(many <= few * 11, "{few} steps, then {many}");
    }
}
