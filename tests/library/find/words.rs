//! What words and sentences are understood as, with the thesaurus that is shipped.

use serde_json::json;

use super::find;

fn terms(words: &str) -> Vec<String> {
    find(&json!({"likes": [words]})).understood.likes.into_iter().flat_map(|it| it.means).collect()
}

#[test]
fn sentences_are_understood_by_the_part_that_decides() {
    for (words, expected) in [
        ("子を亡くした人と話す", "子を亡くした"),
        ("夫に先立たれてさみしい", "夫や妻との死別"),
        ("家賃が払えなくて困っています", "家賃が払えない"),
        ("娘が学校に行かなくなった", "不登校"),
        ("毎晩眠れず、つらい", "眠れない"),
        ("ギャンブルをやめたい夫", "ギャンブルの悩み"),
        ("体力をつけたい", "運動"),
        ("日本語を勉強したい", "日本語を習う"),
        ("日本語を教えたい", "日本語を教える"),
        ("免許を返したので出かけられない", "運転をやめた"),
        ("介護に疲れました", "介護"),
        ("仕事を辞めて一年", "仕事がない"),
        ("部屋が片付かなくて", "片づけ"),
        ("耳が遠くて電話が聞こえない", "聞こえ"),
        ("がんの治療が終わった", "がん"),
        ("夫がうつで", "心の相談"),
        ("8050", "8050・親亡き後"),
        ("絵", "絵画"),
        ("碁", "囲碁"),
        ("畑", "畑"),
        ("犬", "犬"),
        ("写真を撮って歩く", "写真"),
        ("星を見たい。機械いじりも", "機械いじり"),
    ] {
        assert!(terms(words).iter().any(|it| it == expected), "{words}: {:?}", terms(words));
    }
}

#[test]
fn a_word_is_none_inside_of_another() {
    for (words, wrong) in [
        ("できるとよい", "手芸"),
        ("ぶどうを育てる", "武道"),
        ("ごはんが好き", "版画"),
        ("はなすこと", "ナス・キュウリ"),
        ("本日のこと", "読書"),
        ("駐車がない", "運転をやめた"),
        ("だろうと思う", "聞こえ"),
        ("碁をうつと楽しい", "心の相談"),
        ("花火を見る", "花づくり"),
        ("高原へ行く", "山歩き"),
        ("案内してもらう", "観光ガイド"),
    ] {
        assert!(!terms(words).iter().any(|it| it == wrong), "{words}: {:?}", terms(words));
    }
}

#[test]
fn a_dislike_among_the_likings_is_something_to_avoid() {
    let answer = find(&json!({"likes": ["囲碁が好き。カラオケは苦手"], "limit": 100}));
    assert_eq!(answer.understood.likes.len(), 1);
    assert_eq!(answer.understood.avoid.iter().map(|it| it.word.as_str()).collect::<Vec<_>>(), ["カラオケは苦手"]);
    for words in ["体力のいること", "外でする仕事", "力仕事は無理"] {
        let answer = find(&json!({"avoid": [words]}));
        assert_eq!(answer.understood.avoid[0].by, tsunagari::find::MatchKind::Chip, "{words}");
    }
}

/// A trouble is never the neighbour of another one, whatever the file says.
#[test]
fn nothing_near_weighs_on_anybody() {
    let thesaurus = super::FINDER.thesaurus();
    let weighs = thesaurus.all().iter().filter(|it| !it.is_pursuit()).count();
    assert!(weighs >= 150, "{weighs}");
    for at in 0..thesaurus.all().len() {
        for (other, closeness) in thesaurus.around(at) {
            let near = closeness == tsunagari::model::Closeness::Near;
            assert!(!near || thesaurus.all()[other].is_pursuit(), "{}", thesaurus.all()[at].term);
        }
    }
}
