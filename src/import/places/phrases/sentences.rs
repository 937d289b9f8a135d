//! Facts of whole sentences, by `sentences.toml`: words that occur together, so that 「はじめての方は玄関で世話人が待ちます」 and
//! 「初回は入口までお迎え」 mean the same. This module does no I/O.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::import::cells::cell::narrow;
use crate::model::AccessFact;

/// A fact that a sentence states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import::places) struct SentenceFact {
    pub(in crate::import::places) fact: AccessFact,
    pub(in crate::import::places) yes: bool,
    /// The sentence as written.
    pub(in crate::import::places) words: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SentenceFile {
    rule: Vec<SentenceRule>,
}

/// Holds for a sentence with a word of each list and none of the last.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SentenceRule {
    fact: AccessFact,
    yes: bool,
    all: Vec<Vec<String>>,
    none: Vec<String>,
}

static RULES: LazyLock<Vec<SentenceRule>> = LazyLock::new(|| {
    let file: SentenceFile = toml::from_str(include_str!("sentences.toml")).expect("the file in the program is valid");
    file.rule
});

/// The facts that the sentences of `text` state, in their order.
pub(in crate::import::places) fn facts_of_sentences(text: &str) -> Vec<SentenceFact> {
    let ends = ['。', '\n', '\r', ';', '；', '※', '●', '■', '!', '！'];
    let sentences = text.split(ends).map(str::trim).filter(|sentence| !sentence.is_empty());
    sentences.flat_map(facts_of).collect()
}

fn facts_of(sentence: &str) -> Vec<SentenceFact> {
    let folded = folded(sentence);
    let has = |words: &Vec<String>| words.iter().any(|word| folded.contains(word.as_str()));
    let holds = |rule: &&SentenceRule| rule.all.iter().all(has) && !has(&rule.none);
    let stated = |fact, yes| SentenceFact { fact, yes, words: sentence.to_owned() };
    let mut facts: Vec<SentenceFact> = RULES.iter().filter(holds).map(|rule| stated(rule.fact, rule.yes)).collect();
    facts.extend(has_few_people(&folded).then(|| stated(AccessFact::SmallGroup, true)));
    facts.extend(has_steps_at_the_door(&folded).then(|| stated(AccessFact::StepFree, false)));
    facts
}

fn folded(text: &str) -> String {
    narrow(text).to_lowercase().chars().filter(|c| !c.is_whitespace()).collect()
}

/// People whose number makes a group small, at most.
const FEW: u32 = 8;

/// 「5人で話す会」, 「3～4人」, 「4人まで」; 「元大工が3人います」 counts something else.
fn has_few_people(text: &str) -> bool {
    const BEHIND: [&str; 9] = ["まで", "ほど", "くらい", "ぐらい", "程度", "前後", "ずつ", "で", "の"];
    let counted = |(at, unit): (usize, &str)| {
        let (before, behind) = (&text[..at], &text[at + unit.len()..]);
        let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let number: Option<u32> = before[before.len() - digits..].parse().ok();
        let begins = before[..before.len() - digits]
            .trim_end_matches(|c: char| c.is_ascii_digit() || "~〜-の".contains(c))
            .chars()
            .next_back()
            .is_none_or(|c| "。、,(落ち集計約".contains(c));
        let of_the_group = behind.is_empty()
            || behind.starts_with(['、', ',', ')', '。'])
            || BEHIND.iter().any(|word| behind.starts_with(word));
        number.is_some_and(|n| (2..=FEW).contains(&n))
            && of_the_group
            && (begins || before.ends_with(|c: char| c.is_ascii_digit()) && before.contains("集落の"))
    };
    text.match_indices('人').any(counted) || text.match_indices('名').any(counted)
}

/// 「玄関に2段」, 「石段12段」, 「1段」 alone; 「将棋3段」 is none.
fn has_steps_at_the_door(text: &str) -> bool {
    let counted = text.match_indices('段').any(|(at, unit)| {
        let (before, behind) = (&text[..at], &text[at + unit.len()..]);
        let digits = before.trim_end_matches(|c: char| c.is_ascii_digit() || "一二三四五".contains(c));
        let of_a_door = ["玄関", "入口", "入り口", "石段", "階段", "上がり口"].iter().any(|word| before.contains(word));
        digits.len() < before.len()
            && !behind.starts_with(['差', '目', '階', '落'])
            && (of_a_door || digits.is_empty() && behind.is_empty())
    });
    counted || text.contains("上がり框") || text.contains("上り框")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AccessFact::*;

    fn stated(text: &str) -> Vec<(AccessFact, bool)> {
        facts_of_sentences(text).into_iter().map(|it| (it.fact, it.yes)).collect()
    }

    #[test]
    fn a_sentence_is_read_by_what_it_means() {
        for (text, fact, yes) in [
            ("はじめての方は玄関で世話人が待ちます", MetFirstTime, true),
            ("初回は入口までお迎えに出ます", MetFirstTime, true),
            ("初めての日は職員がそばにいます", MetFirstTime, true),
            ("初参加の方はスタッフが席までご案内します", MetFirstTime, true),
            ("はじめての人には友の会の者が付き添って会場まで行きます", MetFirstTime, true),
            ("駅まで迎えに行きます", MetFirstTime, true),
            ("受付でお迎えします", MetFirstTime, true),
            ("初回はバス停で待ち合わせ", MetFirstTime, true),
            ("見ているだけの日があってもよい", VisitFirst, true),
            ("体験は3回まで無料です", VisitFirst, true),
            ("2回目からは会員、1回目は見学のみ", VisitFirst, true),
            ("はじめて針を持つ人も", Beginners, true),
            ("初心者のクラスがあります", Beginners, true),
            ("駒の並べ方から", Beginners, true),
            ("一人で来ている方がほとんど", AloneWelcome, true),
            ("おひとりでどうぞ", AloneWelcome, true),
            ("男性も四、五人います", MenCome, true),
            ("男女半々の会です", MenCome, true),
            ("耳の遠い方は前の席へどうぞ", HearingSupport, true),
            ("筆談ボードを用意しています", HearingSupport, true),
            ("体力が要ります", Strenuous, true),
            ("からだの丈夫な方", Strenuous, true),
            ("雨の日は集会所で袋づくり", RainCancels, false),
            ("座ったままの体操", Chairs, true),
            ("5～6人の会", SmallGroup, true),
            ("2人ずつ", SmallGroup, true),
            ("玄関に3段", StepFree, false),
            ("前日までに電話してください", BookingNeeded, true),
        ] {
            assert!(stated(text).contains(&(fact, yes)), "{text}: {:?}", stated(text));
        }
    }

    #[test]
    fn a_sentence_that_means_something_else_states_nothing() {
        for text in [
            "初めての方もお待ちしています",
            "皆さまのご参加をお待ちしています",
            "はじめての方の付き添いはできません",
            "ひとりでも多くの方に",
            "一人ひとりに合わせて",
            "ひとり暮らしの方に弁当を届けます",
            "元大工が3人います",
            "将棋三段の講師",
            "体力は要りません",
            "男性の参加はありません",
            "手話を学びます",
            "見学会を開きます",
            "体験談を聞きます",
            "農業体験",
            "送迎は前日までに電話",
            "定員30人",
        ] {
            assert_eq!(stated(text), [], "{text}");
        }
    }
}
