//! What a text about 送迎 offers: a ride from home, with its limit, or somebody who waits at the station or the door.
//!
//! This module does no I/O.

use crate::import::cells::cell::narrow;

/// What is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RideOffer {
    /// From or to home, perhaps for some or at times only: the words say for whom.
    FromHome,
    /// Somebody waits at a station, a stop or the door.
    MetThere,
    /// A bus from a station, which no home is on.
    FromStop,
    /// None.
    No,
}

const STOPS: [&str; 11] =
    ["駅", "停留所", "バス停", "受付", "玄関", "入口", "入り口", "ロビー", "会場前", "集合場所", "ターミナル"];
const HOMES: [&str; 6] = ["自宅", "お宅", "家まで", "家から", "ご家庭", "戸口"];
const NO: [&str; 14] = [
    "なし",
    "無し",
    "ありません",
    "ございません",
    "できません",
    "しません",
    "していません",
    "しておりません",
    "行っていません",
    "不可",
    "各自",
    "自力",
    "×",
    "ない",
];
const OPEN: [&str; 8] = ["要相談", "応相談", "ご相談", "問い合わせ", "問合せ", "検討", "有無", "希望"];
const RIDES: [&str; 15] = [
    "送迎",
    "迎え",
    "送り",
    "車を出",
    "乗せ",
    "乗り合わせ",
    "乗合",
    "相乗り",
    "あり",
    "有",
    "可",
    "○",
    "〇",
    "◯",
    "します",
];

/// What the cell of a column 送迎, or a sentence about it, offers; `None` if it leaves that open.
pub(super) fn ride(text: &str) -> Option<RideOffer> {
    let text: String = narrow(text).chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.replace("有料", "");
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(&OPEN) || has(&["予約不可"]) {
        return None;
    }
    let stop = has(&STOPS) && !has(&HOMES);
    if has(&NO) {
        // 「町外の送迎はありません」 says nothing of the town.
        let some = ["外の", "以外", "外は", "のみ", "だけ", "ほかは", "他は"].iter().any(|word| text.contains(word));
        return (!some).then_some(RideOffer::No);
    }
    if stop && has(&["迎え", "待", "案内"]) && !has(&["送迎", "バス運行", "シャトル"]) {
        return Some(RideOffer::MetThere);
    }
    if stop || has(&["シャトル", "送迎バス停", "路線バス"]) {
        return Some(RideOffer::FromStop);
    }
    has(&RIDES).then_some(RideOffer::FromHome)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ride_is_one_from_home_only() {
        use RideOffer::{FromHome, FromStop, MetThere, No};
        for (text, offer) in [
            ("あり", Some(FromHome)),
            ("○", Some(FromHome)),
            ("あり（町内だけ）", Some(FromHome)),
            ("はじめての日だけ送迎します", Some(FromHome)),
            ("自宅まで迎えに行きます", Some(FromHome)),
            ("小谷地区内なら車を出します", Some(FromHome)),
            ("リフト車で迎えます（市内、前の週までに予約）", Some(FromHome)),
            ("近所どうし乗り合わせ", Some(FromHome)),
            ("駅まで迎えに行きます", Some(MetThere)),
            ("受付でお迎えします", Some(MetThere)),
            ("バス停で待っています", Some(MetThere)),
            ("北口駅から送迎バス", Some(FromStop)),
            ("最寄り駅から送迎あり", Some(FromStop)),
            ("なし", Some(No)),
            ("送迎はありません", Some(No)),
            ("各自でお越しください", Some(No)),
            ("町外の送迎はありません", None),
            ("要相談", None),
            ("あり（要相談）", None),
            ("運転できる方を募集", None),
        ] {
            assert_eq!(ride(text), offer, "{text}");
        }
    }
}
