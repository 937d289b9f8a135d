//! The persons of `cases.toml`.

use serde::Deserialize;
use serde_json::Value;
use tsunagari::find::{FindAnswer, Hit};

use super::{find, groups};

/// How many places a link worker reads.
const FIRST: usize = 5;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// Who it is.
    person: String,
    /// What they wish, as it is sent.
    wish: String,
    /// Places that must be among the first five of those that fit (of the others, where fewer fit).
    #[serde(default)]
    first: Vec<String>,
    /// Places that suit, for precision and recall; those of `first` do, too.
    #[serde(default)]
    good: Vec<String>,
    /// Places that must stand in a group: `[group, name]`.
    #[serde(default)]
    within: Vec<[String; 2]>,
    /// Places that must stand in no group.
    #[serde(default)]
    never: Vec<String>,
    /// Sentences that must be given: `[name, part of the sentence]`.
    #[serde(default)]
    reasons: Vec<[String; 2]>,
    /// Questions that must be named: `[name, part of the question]`.
    #[serde(default)]
    ask: Vec<[String; 2]>,
    /// Reasons for which places must be left out: `[part of the sentence, name]`.
    #[serde(default)]
    left_out: Vec<[String; 2]>,
}

fn cases() -> Vec<Case> {
    toml::from_str::<Cases>(include_str!("cases.toml")).unwrap().case
}

fn answer(case: &Case) -> FindAnswer {
    let wish: Value = serde_json::from_str(&case.wish).unwrap_or_else(|error| panic!("{}: {error}", case.person));
    find(&wish)
}

/// What a link worker reads first.
fn first(answer: &FindAnswer) -> Vec<&Hit> {
    answer.fits.hits.iter().chain(&answer.near.hits).chain(&answer.others.hits).take(FIRST).collect()
}

fn shown<'a>(answer: &'a FindAnswer, name: &str) -> Option<(&'static str, &'a Hit)> {
    groups(answer).into_iter().find_map(|(group, all)| Some((group, all.hits.iter().find(|hit| hit.name == name)?)))
}

fn complaints(case: &Case) -> Vec<String> {
    let answer = answer(case);
    let mut wrong = Vec::new();
    let names: Vec<&str> = first(&answer).iter().map(|hit| hit.name.as_str()).collect();
    for name in case.first.iter().filter(|name| !names.contains(&name.as_str())) {
        wrong.push(format!("「{name}」 is not among the first: {names:?}"));
    }
    for [group, name] in &case.within {
        let found = shown(&answer, name).map(|(group, _)| group);
        if found != Some(group.as_str()) {
            wrong.push(format!("「{name}」 is not in {group} but in {found:?}"));
        }
    }
    for name in case.never.iter().filter(|name| shown(&answer, name).is_some()) {
        wrong.push(format!("「{name}」 is shown in {}", shown(&answer, name).unwrap().0));
    }
    for (what, wanted) in [("reason", &case.reasons), ("ask", &case.ask)] {
        for [name, part] in wanted {
            let hit = shown(&answer, name).map(|(_, hit)| if what == "ask" { &hit.ask } else { &hit.reasons });
            let said: Vec<&str> = hit.into_iter().flatten().map(|it| it.text.as_str()).collect();
            if !said.iter().any(|text| text.contains(part)) {
                wrong.push(format!("「{name}」 has no {what} 「{part}」: {said:?}"));
            }
        }
    }
    for [part, name] in &case.left_out {
        let group = answer.left_out.groups.iter().find(|group| group.places.iter().any(|it| it.name == *name));
        if !group.is_some_and(|group| group.text.contains(part)) {
            wrong.push(format!("「{name}」 is not left out for 「{part}」 but for {:?}", group.map(|it| &it.text)));
        }
    }
    wrong.into_iter().map(|it| format!("{}: {it}", case.person)).collect()
}

#[test]
fn every_person_finds_what_suits_them_and_nothing_that_does_not() {
    let cases = cases();
    assert!(cases.len() >= 40, "{}", cases.len());
    let wrong: Vec<String> = cases.iter().flat_map(complaints).collect();
    assert!(wrong.is_empty(), "\n{}\n{} complaints", wrong.join("\n"), wrong.len());
}

/// Prints precision and recall of the first five for `scripts/find-report`, and holds them to a floor.
#[test]
fn the_first_five_are_mostly_good_and_hold_most_of_what_is_good() {
    let (mut precisions, mut recalls) = (Vec::new(), Vec::new());
    for case in cases() {
        let good: Vec<&String> = case.first.iter().chain(&case.good).collect();
        if good.is_empty() {
            continue;
        }
        let answer = answer(&case);
        let fits: Vec<&str> = answer.fits.hits.iter().take(FIRST).map(|hit| hit.name.as_str()).collect();
        let found = fits.iter().filter(|name| good.iter().any(|it| it == *name)).count();
        #[expect(clippy::cast_precision_loss, reason = "a handful")]
        let share = |of: usize| found as f64 / of.max(1) as f64;
        precisions.push(share(fits.len()));
        recalls.push(share(good.len().min(FIRST)));
        println!("{:4.2} {:4.2} {}", share(fits.len()), share(good.len().min(FIRST)), case.person);
    }
    #[expect(clippy::cast_precision_loss, reason = "a handful")]
    let mean = |all: &[f64]| all.iter().sum::<f64>() / all.len() as f64;
    let (precision, recall) = (mean(&precisions), mean(&recalls));
    println!("precision@5 {precision:.2}, recall@5 {recall:.2}, persons {}", precisions.len());
    // The lists of good places are short: what is near a liking is not in them, so that precision says little by itself.
    assert!(precision >= 0.35 && recall >= 0.9, "precision@5 {precision:.2}, recall@5 {recall:.2}");
}

/// A wish in, a whole answer out: read it when it changes.
#[test]
fn the_answer_to_the_first_person_is_this() {
    let answer = answer(&cases()[0]);
    let lines = |hit: &Hit| {
        let said = hit.reasons.iter().map(|it| format!("  + {}", it.text));
        let asked = hit.ask.iter().map(|it| format!("  ? {}", it.text));
        let lines: Vec<String> = std::iter::once(hit.name.clone()).chain(said).chain(asked).collect();
        lines.join("\n")
    };
    let fits: Vec<String> = answer.fits.hits.iter().map(lines).collect();
    insta::assert_snapshot!(format!("{}\n\n{}", fits.join("\n"), answer.left_out.text));
}
