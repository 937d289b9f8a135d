//! What one clause says of an end or a pause: 「R7年度末をもって解散」, 「現在休止中」, 「令和9年3月まで休館」.
//!
//! It counts only where nothing but a date, a reason and words without weight stands before the word. This module does no I/O.

use chrono::NaiveDate;

use crate::import::cells::cell::narrow;
use crate::import::cells::dates::period;
use crate::model::Status;

/// Words of an end, and of a pause.
const CLOSED: [&str; 9] = ["活動終了", "解散", "閉会", "廃止", "閉鎖", "廃業", "廃園", "終了", "終結"];
const PAUSED: [&str; 7] = ["休止", "休会", "中断", "見合わせ", "休業", "休館", "中止"];
/// What may stand before them without changing their meaning.
const BEFORE: [&str; 38] = [
    "現在は",
    "現在、",
    "現在",
    "只今",
    "ただいま",
    "今は",
    "当面の間",
    "当面",
    "当分の間",
    "当分",
    "しばらくの間",
    "しばらく",
    "一時的に",
    "一時",
    "長期",
    "無期限",
    "無期",
    "全面",
    "完全",
    "すでに",
    "既に",
    "活動を",
    "活動は",
    "活動が",
    "活動",
    "開催を",
    "開催は",
    "開催",
    "運営を",
    "営業を",
    "事業を",
    "サロンは",
    "教室は",
    "この会は",
    "当会は",
    "会は",
    "会を",
    "全て",
];
/// What may stand behind them.
const BEHIND: [&str; 26] = [
    "",
    "中",
    "中です",
    "中。",
    "しました",
    "いたしました",
    "致しました",
    "となりました",
    "になりました",
    "となっています",
    "しています",
    "しております",
    "している",
    "した",
    "します",
    "する",
    "となります",
    "になります",
    "とします",
    "となる",
    "になる",
    "済",
    "済み",
    "済みです",
    "ています",
    "ております",
];
/// What makes it a plan.
const PLANNED: [&str; 7] = ["予定", "予定です", "の予定", "の予定です", "する予定", "する予定です", "の見込み"];
/// What joins a date to what follows.
const AT: [&str; 14] = [
    "~",
    "をもちまして",
    "をもって",
    "を以て",
    "をもち",
    "限りで",
    "から",
    "より",
    "以降",
    "以後",
    "にて",
    "で",
    "に",
    "、",
];
/// What ends a reason.
const REASONS: [&str; 6] = ["のため", "により", "に伴い", "につき", "の影響で", "ため"];
/// Reasons that come and go, and those of a full house.
const PASSING: [&str; 14] =
    ["月", "週", "曜", "時", "場合", "冬", "夏", "雪", "雨", "天候", "期", "定員", "募集", "申込"];

/// A status that a clause states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct StatedStatus {
    pub(super) status: Status,
    /// It is to come: the place still takes place.
    pub(super) planned: bool,
}

/// The clauses of a text, with its brackets taken apart. A bare word behind a bracket ends what stands before it: in
/// 「整理期間（9月中の7日間）休館」 only that period is one.
pub(super) fn clauses(text: &str) -> impl Iterator<Item = String> {
    let narrow = narrow(text);
    let ends = |c: char| "。()[]【】〔〕<>《》※★●■;!\n\r".contains(c);
    let pieces: Vec<&str> = narrow.split_inclusive(ends).collect();
    let is_bare = |piece: &str| PAUSED.iter().chain(&CLOSED).any(|word| *word == piece);
    let behind = |at: usize| at.checked_sub(2).map(|before| (pieces[before], pieces[at - 1]));
    let clause = |at: usize| {
        let piece = pieces[at].trim_end_matches(ends);
        match behind(at).filter(|(_, inside)| is_bare(piece) && inside.ends_with([')', ']', '】', '〕', '>', '》']))
        {
            Some((before, _)) => before.trim_end_matches(ends).to_owned() + piece,
            None => piece.to_owned(),
        }
    };
    (0..pieces.len()).map(clause).collect::<Vec<_>>().into_iter()
}

/// The status that a clause states as a whole; `None` if any of its words may mean something else.
pub(super) fn stated(clause: &str, today: Option<NaiveDate>) -> Option<StatedStatus> {
    let text: String = narrow(clause).chars().filter(|c| !c.is_whitespace()).collect();
    if text.starts_with('旧') {
        return None;
    }
    let words = CLOSED.iter().map(|word| (word, Status::Closed));
    let mut all = words.chain(PAUSED.iter().map(|word| (word, Status::Paused)));
    all.find_map(|(word, status)| {
        let (before, behind) = text.rsplit_once(*word)?;
        let behind = behind.trim_end_matches(['。', '、', '.']);
        let planned = PLANNED.contains(&behind);
        (planned || BEHIND.contains(&behind)).then_some(())?;
        let (before, until) = match before.strip_suffix("までの間").or_else(|| before.strip_suffix("まで")) {
            Some(before) => (before, true),
            None => (before, false),
        };
        let when = cause(before, today)?;
        if until {
            // 「令和9年3月まで休館」 is a pause now, and none when that day has come.
            let lasts = when.zip(today).is_some_and(|(when, today)| when >= today);
            return (status == Status::Paused && lasts).then_some(StatedStatus { status, planned: false });
        }
        let future = matches!((when, today), (Some(when), Some(today)) if when > today);
        let past = matches!((when, today), (Some(when), Some(today)) if when <= today);
        // 「閉館」 or 「終了」 of a day are no end: only what is dated, past or stands alone.
        Some(StatedStatus { status, planned: future || planned && !past })
    })
}

/// The date of what stands before; `None` if there is anything but a date, a reason and words without weight.
#[expect(clippy::option_option, reason = "words that are not understood are not the same as no date")]
fn cause(text: &str, today: Option<NaiveDate>) -> Option<Option<NaiveDate>> {
    let mut rest = text;
    let mut when = None;
    while !rest.is_empty() {
        if let Some(begins) = BEFORE.iter().filter(|word| rest.starts_with(**word)).map(|word| word.len()).max() {
            rest = &rest[begins..];
            continue;
        }
        if let Some((day, length)) = today.and_then(|today| period(rest, today)) {
            rest = &rest[length..];
            when = Some(day);
            let joint = AT.iter().find(|word| rest.starts_with(**word)).map_or(0, |word| word.len());
            rest = &rest[joint..];
            continue;
        }
        let reason = REASONS.iter().filter_map(|word| rest.find(word).map(|at| at + word.len())).min()?;
        let passing = PASSING.iter().any(|word| rest[..reason].contains(word));
        (!passing).then_some(())?;
        rest = rest[reason..].trim_start_matches(['、', ',']);
    }
    Some(when)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str) -> Option<(Status, bool)> {
        stated(text, NaiveDate::from_ymd_opt(2026, 11, 26)).map(|it| (it.status, it.planned))
    }

    #[test]
    fn a_pause_until_a_day_lasts_until_that_day() {
        for text in ["令和9年3月まで休館", "会場改修工事のため令和9年3月31日まで休館", "2027年6月30日までの間休止"]
        {
            assert_eq!(on(text), Some((Status::Paused, false)), "{text}");
        }
        for text in ["令和7年3月まで休館", "17時まで休止", "令和9年3月まで終了", "雨の日は昼まで休止"]
        {
            assert_eq!(on(text), None, "{text}");
        }
    }

    #[test]
    fn an_end_or_a_pause_is_read_with_its_date() {
        for text in [
            "解散",
            "R7年度末をもって解散",
            "令和8年3月31日をもちまして解散しました",
            "令和7年度で終了",
            "R8.3末で解散",
            "2026年3月で活動終了",
            "昨年度末で閉会しました",
            "会員の高齢化により解散しました",
            "活動を終了しました",
            "令和6年4月から廃止",
            "令和7年限りで終了予定",
        ] {
            assert_eq!(on(text), Some((Status::Closed, false)), "{text}");
        }
        for text in [
            "来年度で終了予定",
            "令和8年度末をもって解散予定",
            "令和9年3月末で閉会します",
            "2027年3月31日で解散",
            "終了予定",
        ] {
            assert_eq!(on(text), Some((Status::Closed, true)), "{text}");
        }
        for text in [
            "休止中",
            "現在休止中",
            "当面の間休止",
            "コロナのため休止中です",
            "世話人の体調不良により活動を休止しています",
            "R8.4から休会中",
            "休会",
            "現在、活動を休止しております",
        ] {
            assert_eq!(on(text), Some((Status::Paused, false)), "{text}");
        }
    }

    #[test]
    fn a_bare_word_behind_a_bracket_is_about_what_stands_before_it() {
        let today = NaiveDate::from_ymd_opt(2027, 2, 1);
        let now = |stated: Option<StatedStatus>| stated.filter(|it| !it.planned).map(|it| it.status);
        let all = |text: &str| clauses(text).filter_map(|clause| now(stated(&clause, today))).collect::<Vec<_>>();
        for text in [
            "12/29〜1/3休館。蔵書点検期間（6月中の5日程度）休館。",
            "年末（12/28〜）休業",
            "整理日【第1月曜】休館",
            "第3水曜（祝日のときは翌日）中止",
        ] {
            assert_eq!(all(text), [], "{text}");
        }
        for text in [
            "毎週水曜（10時〜12時）休止中",
            "サロン（休止中）",
            "（コロナのため）休止しています",
            "休館",
            "現在（改修のため）休館中です",
        ] {
            assert_eq!(all(text), [Status::Paused], "{text}");
        }
    }

    #[test]
    fn an_exception_of_a_schedule_is_no_pause() {
        for text in [
            "12〜3月は休止",
            "12月〜3月は冬季休止",
            "雨天中止",
            "第5週は休止",
            "積雪のため休止",
            "月曜休館",
            "15:00終了",
            "12時閉会",
            "8月は休会",
            "旧:こばと会 解散",
            "定員に達したため終了",
            "受付終了",
            "雨天の場合は中止",
            "冬季休業",
            "夏季休業中",
            "祝日は休業",
            "休業中でも自主練あり",
            "終了後にお茶",
            "閉会のあいさつ",
        ] {
            assert_eq!(on(text), None, "{text}");
        }
    }
}
