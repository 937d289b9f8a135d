//! What words of a category column mean that no category lists, by the sample's categories and thesaurus. The words are
//! invented, and none was looked at before its answer was written down.

use tsunagari::config::Config;

use crate::bare_city::BareCity;

/// Each word with the categories that are right for it; `-`: that nothing is said of it.
const WORDS: [(&str, &str); 46] = [
    ("子育てひろば", "salon support-group"),
    ("親子広場", "salon support-group -"),
    ("配食", "volunteer support-group"),
    ("見守り配食", "volunteer support-group"),
    ("傾聴活動", "volunteer"),
    ("環境美化", "volunteer"),
    ("文化財保護", "arts-venue hobby volunteer"),
    ("健康体操教室", "exercise"),
    ("民踊", "music-craft exercise"),
    ("大正琴教室", "music-craft"),
    ("俳句・短歌", "hobby"),
    ("水墨画教室", "music-craft"),
    ("スマートフォン", "hobby"),
    ("男性料理", "hobby"),
    ("園芸福祉", "garden"),
    ("農業体験農園", "garden"),
    ("就農相談", "consultation"),
    ("心配ごと相談", "consultation"),
    ("人権相談", "consultation"),
    ("ひとり親支援", "support-group"),
    ("若年性認知症", "support-group consultation"),
    ("失語症", "-"),
    ("介護家族", "support-group"),
    ("断酒", "support-group"),
    ("家族支援", "support-group"),
    ("居場所（子ども）", "salon support-group"),
    ("集いの場", "salon"),
    ("茶話", "salon -"),
    ("食堂", "salon -"),
    ("フードパントリー", "support-group"),
    ("資源回収", "volunteer -"),
    ("防犯パトロール", "volunteer support-group -"),
    ("ｽﾏｰﾄﾌｫﾝ講座", "hobby"),
    ("老人福祉センター", "consultation -"),
    ("公民館講座", "hobby other -"),
    ("郷土資料", "arts-venue hobby"),
    ("ミュージアム", "arts-venue -"),
    ("体育施設", "exercise -"),
    ("ウォーキングコース", "exercise"),
    ("教育", "hobby -"),
    ("産業", "-"),
    ("経済団体", "-"),
    ("歴史・文化", "hobby arts-venue music-craft"),
    ("伝承遊び", "hobby"),
    ("おもちゃの修理", "volunteer"),
    ("電話訪問", "consultation support-group volunteer"),
];

#[test]
fn words_of_other_cities_are_taken_for_what_they_mean_and_never_for_something_else() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let categories = Config::load(&folder).unwrap().categories;
    let other = &categories.all().last().unwrap().id;
    let (mut read, mut wrong) = (0, Vec::new());
    for (word, right) in WORDS {
        let found = categories.matching(word).or_else(|| categories.meant_by(word)).filter(|it| it.id != *other);
        let right: Vec<&str> = right.split(' ').collect();
        match found {
            Some(category) if right.contains(&&*category.id.0) => read += 1,
            None if right.contains(&"-") => read += 1,
            None => {}
            Some(category) => wrong.push((word, category.id.0.clone())),
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
    assert!(read * 10 >= WORDS.len() * 9, "{read} of {}", WORDS.len());
}

/// The categories of the places of `text`, in order.
fn of_list(text: &str) -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let categories = Config::load(&folder).unwrap().categories;
    let read = BareCity { categories, ..BareCity::default() }.read(text.as_bytes(), "list.csv");
    read.sheets.into_iter().flat_map(|sheet| sheet.entries).map(|place| place.facts.category.0).collect()
}

#[test]
fn what_a_place_does_says_its_category_before_who_runs_it_and_where() {
    let text = "名称,内容,対象,実施団体\nリウマチ友の会,交流,リウマチの方,社協\nすくすくルーム,あそび,未就園児と保護者,保健センター\n転倒予防教室,,65歳以上,病院\n\
                ちょこっと隊,ゴミ出し、電球交換,高齢者,自治会\n図書館で編み物,,どなたでも,図書館\n";
    assert_eq!(of_list(text), ["support-group", "support-group", "exercise", "support-group", "music-craft"]);
    let stops = "停留所名,運行日\n診療所前,火・木\n公民館前,月～金\n";
    assert_eq!(of_list(stops), ["other", "other"]);
}
