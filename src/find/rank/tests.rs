use std::path::Path;
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::config::Config;
use crate::find::{Finder, Wish};
use crate::index::{Snapshot, SnapshotInput};
use crate::model::{
    AccessAnswer, AccessFact, Audience, Facts, Location, MeetingMode, Place, PlaceId, Position, Precision, Role,
    Schedule, Source, Status, Verification,
};

/// Finders of many places of which some are alike, most of them without a position: as it is, and one that looks at each row alone.
static FINDERS: LazyLock<[Finder; 2]> = LazyLock::new(|| {
    let config = Config::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data")).unwrap();
    let kinds: Vec<_> = config.categories.all().iter().map(|it| it.id.clone()).collect();
    let mut dice = Dice(5);
    let places = (0..600).map(|number| {
        let facts = facts(&mut dice);
        let category = dice.pick(&kinds);
        let facts = Facts { category, ..facts };
        let accepts_new = dice.pick(&[None, None, Some(true), Some(false)]);
        let on = "2026-04-01".parse().unwrap();
        let verification = accepts_new.map(|_| Verification { on, by: None, how: None, accepts_new });
        Place { id: PlaceId(format!("p{number:011}")), facts, source: Source::default(), verification }
    });
    let everything =
        SnapshotInput { categories: config.categories.clone(), places: places.collect(), ..SnapshotInput::default() };
    let snapshot = Arc::new(Snapshot::build(&everything, Audience::LinkWorkers));
    let thesaurus = Arc::new(config.interests);
    let finder = || Finder::new(Arc::clone(&snapshot), Arc::clone(&thesaurus));
    let mut plain = finder();
    plain.rows.look_at_each_alone();
    [finder(), plain]
});

/// Numbers that are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }
}

fn facts(dice: &mut Dice) -> Facts {
    let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let name = ["囲碁の会", "見守り隊", "こころの電話", "健康体操", "訪問理容", "畑の会", "将棋クラブ"];
    let access = [
        (AccessFact::PickUp, true, "送迎あり"),
        (AccessFact::PickUp, true, "送迎あり（南地区のみ）"),
        (AccessFact::PickUp, false, "送迎なし"),
        (AccessFact::Quiet, true, "静か"),
        (AccessFact::Full, true, "満員"),
        (AccessFact::StepFree, false, "段差あり"),
    ];
    let access: Vec<_> = (0..dice.below(3)).map(|_| dice.pick(&access)).collect();
    let access = access.into_iter().map(|(fact, yes, words)| (fact, AccessAnswer { yes, words: words.to_owned() }));
    let at_place = [MeetingMode::AtPlace, MeetingMode::AtPlace];
    let point = Position::new(134.6 + f64::from(u8::try_from(dice.below(100)).unwrap()) / 400.0, 35.3).unwrap();
    let is_located = dice.below(6) == 0;
    Facts {
        access: access.collect(),
        name: format!("{}{}", dice.pick(&name), dice.below(9)),
        interests: (0..dice.below(3)).map(|_| dice.pick(&["囲碁", "将棋", "体操", "畑", "傾聴"]).to_owned()).collect(),
        description: text(dice.pick(&["", "", "玉すだれを習う。", "犬がいます。", "眠れない方の相談を受けます。"])),
        eligibility: text(dice.pick(&["", "", "", "65歳以上", "女性のみ", "認知症の方", "要相談"])),
        schedule: dice
            .pick(&[vec![], vec!["毎週月曜 10:00〜12:00"], vec!["第2土曜 13:00〜"], vec!["2020年4月1日"]])
            .into_iter()
            .map(|text| Schedule { text: text.to_owned() })
            .collect(),
        status: dice.pick(&[Status::Active, Status::Active, Status::Active, Status::Paused, Status::Closed]),
        roles: dice.pick(&[vec![], vec![], vec![Role::Help], vec![Role::Company]]),
        mode: dice.pick(&[&MeetingMode::ALL[..], &at_place].concat()),
        site: Some(Location { position: point, precision: Precision::Block }).filter(|_| is_located),
        ..Facts::default()
    }
}

/// Up to two of `words`.
fn some(words: &'static [&'static str]) -> impl Strategy<Value = Vec<&'static str>> {
    prop::sample::subsequence(words, 0..=2)
}

prop_compose! {
    fn wishes()(
        likes in some(&["囲碁", "玉すだれ", "将棋", "眠れない", "ぜんぜんない言葉", "いっしょに体操をする人がほしい", "犬"]),
        avoid in some(&["outdoor", "犬", "玉すだれ", "麻雀", "習う"]),
        can_give in some(&["玉すだれ", "囲碁", "車の運転"]),
        matters in some(&["quiet", "step_free", "wheelchair", "hearing_support"]),
        travel in some(&["walk", "pick_up", "bus"]),
        gives in some(&["help", "teach", "company"]),
        day in prop::option::of(prop::sample::select(vec!["mon", "sat"])),
        (from, age, gender) in (
            prop::option::of(134.6..134.85_f64),
            prop::option::of(10_u8..90),
            prop::option::of(prop::sample::select(vec!["woman", "man"])),
        ),
        (home_only, company, limit) in (any::<bool>(), any::<bool>(), 1..60_u8),
    ) -> Value {
        let free: Vec<Value> = day.iter().map(|day| json!({ "day": day, "from": "9:00", "to": "12:00" })).collect();
        json!({
            "likes": likes, "avoid": avoid, "can_give": can_give, "matters": matters, "travel": travel, "gives": gives,
            "free": free, "from": from.map(|lon| json!({ "position": [lon, 35.3] })), "age": age, "gender": gender,
            "home_only": home_only, "company": company, "limit": limit,
        })
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]

    #[test]
    fn what_is_alike_is_ranked_as_if_each_place_was_looked_at(wish in wishes()) {
        let wish = Wish::read(wish.to_string().as_bytes()).unwrap();
        let now = "2026-11-22T10:00:00".parse().unwrap();
        let answers = FINDERS.each_ref().map(|finder| serde_json::to_string(&finder.find(&wish, now).unwrap()).unwrap());
        prop_assert_eq!(&answers[0], &answers[1]);
    }
}

#[test]
fn many_alike_places_are_few_runs() {
    let runs = |finder: &Finder| {
        let mut count = 0;
        finder.rows.placeless().visit(super::ComparedTimes::None, &[], |_| count += 1);
        count
    };
    let [gathered, plain] = FINDERS.each_ref().map(runs);
    assert!(gathered < plain, "{gathered} of {plain}");
}
