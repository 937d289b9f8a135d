//! The thesaurus on small tables of its own.

use super::*;

fn interest(term: &str, reading: &str, synonyms: &str, broader: &str, neighbours: &str) -> Interest {
    let list = |text: &str| text.split(';').filter(|t| !t.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    Interest {
        term: term.into(),
        reading: reading.into(),
        synonyms: list(synonyms),
        broader: list(broader),
        neighbours: list(neighbours),
        ..Interest::default()
    }
}

fn small() -> Thesaurus {
    Thesaurus::new(vec![
        interest("遊び", "あそび", "", "", ""),
        interest("盤上の遊び", "ばんじょうのあそび", "ボードゲーム", "遊び", ""),
        interest("囲碁", "いご", "碁;碁会", "盤上の遊び", "将棋"),
        interest("将棋", "しょうぎ", "", "盤上の遊び", ""),
        interest("チェス", "ちぇす", "", "盤上の遊び", ""),
        interest("科学", "かがく", "理科", "", "天文"),
        interest("天文", "てんもん", "星空", "科学", ""),
        interest("いも", "いも", "AA", "", ""),
    ])
    .unwrap()
}

fn terms(t: &Thesaurus, found: impl IntoIterator<Item = usize>) -> Vec<&str> {
    found.into_iter().map(|i| t.all()[i].term.as_str()).collect()
}

#[test]
fn a_synonym_and_a_reading_mean_the_term() {
    let t = small();
    for word in ["囲碁", "碁会", "いご", "イゴ", " 碁 "] {
        assert_eq!(terms(&t, t.meant_by(word).iter().copied()), ["囲碁"], "{word}");
    }
    assert!(t.meant_by("ない言葉").is_empty());
}

#[test]
fn kinds_are_the_same_and_neighbours_are_near() {
    let t = small();
    let igo = t.around(t.meant_by("囲碁")[0]);
    let board = t.meant_by("ボードゲーム")[0];
    assert_eq!(igo[&t.meant_by("囲碁")[0]], Closeness::Same);
    assert_eq!(igo[&t.meant_by("将棋")[0]], Closeness::Near);
    assert_eq!(igo[&board], Closeness::Near);
    assert!(!igo.contains_key(&t.meant_by("チェス")[0]), "not everything below the same wider term is near");
    assert_eq!(t.around(board)[&t.meant_by("囲碁")[0]], Closeness::Same);
    assert_eq!(t.around(t.meant_by("科学")[0])[&t.meant_by("天文")[0]], Closeness::Same);
}

#[test]
fn words_are_found_in_running_text_but_not_inside_others() {
    let t = small();
    let found = |text: &str| terms(&t, t.occurring_in(text));
    assert_eq!(found("毎週、碁会と星空の観察をします"), ["囲碁", "天文"]);
    assert!(found("思いもよらない").is_empty());
    assert!(found("AAA 会員").is_empty());
    assert_eq!(found("AA のつどい"), ["いも"]);
}

fn troubled() -> Thesaurus {
    let trouble = |it: Interest| Interest { kind: InterestKind::Trouble, ..it };
    Thesaurus::new(vec![
        interest("おしゃべり", "", "", "", ""),
        trouble(interest("お金の相談", "", "生活に困る", "", "")),
        trouble(interest("借金", "しゃっきん", "返せない借金", "お金の相談", "おしゃべり")),
        trouble(interest("死別", "しべつ", "亡くした;眠れない夜", "", "借金")),
        interest("手芸", "しゅげい", "キルト", "", ""),
        interest("武道", "ぶどう", "", "", ""),
        interest("果樹", "", "ぶどう;話を聞く", "", ""),
    ])
    .unwrap()
}

#[test]
fn a_trouble_is_answered_by_the_wider_one_and_is_near_no_other() {
    let t = troubled();
    let around = |word: &str| t.around(t.meant_by(word)[0]);
    assert_eq!(around("借金")[&t.meant_by("お金の相談")[0]], Closeness::Wider);
    assert_eq!(around("借金")[&t.meant_by("おしゃべり")[0]], Closeness::Near);
    assert!(!around("死別").contains_key(&t.meant_by("借金")[0]));
    assert_eq!(around("おしゃべり").len(), 1, "who likes to talk has no debts");
}

#[test]
fn words_match_as_words_and_endings_as_endings() {
    let t = troubled();
    let found = |text: &str| terms(&t, t.occurring_in(text));
    for (text, expected) in [
        ("妻を亡くして二年", vec!["死別"]),
        ("生活に困っている方", vec!["お金の相談"]),
        ("パッチワークとキルト", vec!["手芸"]),
        ("きるとを縫う", vec!["手芸"]),
        ("できるとよい", vec![]),
        ("ぶどうを育てる", vec!["果樹"]),
        ("電話を聞く", vec![]),
        ("返せない 借金", vec!["借金"]),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn what_a_clause_takes_back_is_not_offered() {
    let t = troubled();
    let offered = |text: &str| terms(&t, t.offered_in(text));
    assert_eq!(offered("キルトはしません。借金なし"), ["借金"]);
    assert_eq!(offered("キルトを縫います"), ["手芸"]);
}

#[test]
fn a_thesaurus_that_does_not_hold_together_is_refused_by_name() {
    let twice = Thesaurus::new(vec![interest("碁", "", "", "", ""), interest("碁", "", "", "", "")]);
    assert_eq!(twice.unwrap_err(), ThesaurusError::Twice("碁".into()));
    let unknown = Thesaurus::new(vec![interest("碁", "", "", "遊び", "")]).unwrap_err();
    assert_eq!(unknown.to_string(), "「碁」 names 「遊び」, which is no term of its own");
    let circle = Thesaurus::new(vec![interest("a", "", "", "b", ""), interest("b", "", "", "a", "")]);
    assert_eq!(circle.unwrap_err(), ThesaurusError::Circle("a".into()));
}
