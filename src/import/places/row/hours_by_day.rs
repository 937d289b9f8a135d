//! Hours in several columns, each for some of the days: `開館時間_平日`, `開館時間（土日祝）`, read as one text that says for
//! which days they hold. This module does no I/O.

use crate::import::cells::cell::{narrow, one_line};

/// Words of headings of hours, without which the days are left.
const WORDS_OF_HOURS: [&str; 22] = [
    "開館時間",
    "開所時間",
    "開園時間",
    "開室時間",
    "開設時間",
    "開放時間",
    "営業時間",
    "利用時間",
    "利用可能時間",
    "診療時間",
    "受付時間",
    "開催時間",
    "活動時間",
    "保育時間",
    "預かり時間",
    "開始時間",
    "終了時間",
    "開始時刻",
    "終了時刻",
    "開始",
    "終了",
    "時間",
];

/// The days for which the hours below `heading` hold, if it says so.
pub(super) fn days_of(heading: &str) -> Option<String> {
    let narrow = narrow(heading);
    let inside = || narrow.split_once('(').and_then(|(_, rest)| rest.rsplit_once(')')).map(|(inside, _)| inside);
    let behind = || narrow.split('_').map(str::trim).rev();
    let bare = || {
        WORDS_OF_HOURS.iter().find_map(|word| narrow.split_once(word)).map(|(before, _)| before.trim_end_matches('の'))
    };
    let mut said = behind().chain(inside()).chain(bare());
    said.find(|text| says_days(text)).map(one_line)
}

/// Whether `text` says days and nothing else: 平日, 土日祝, 月〜金, 夏期(4〜9月).
fn says_days(text: &str) -> bool {
    let of_days = |c: char| "月火水木金土日祝平休曜第毎週 ~〜～-・、,()".contains(c) || c.is_ascii_digit();
    let of_seasons = |c: char| of_days(c) || "夏冬春秋季期場".contains(c);
    let days = || text.contains("曜") || text.contains("平日") || text.contains('祝') || is_run(text);
    let season =
        || text.contains(['夏', '冬', '春', '秋']) || text.contains('月') && text.chars().any(|c| c.is_ascii_digit());
    text.chars().count() >= 2 && (text.chars().all(of_days) && days() || text.chars().all(of_seasons) && season())
}

/// 土日, 月〜金, 月水金.
fn is_run(text: &str) -> bool {
    let days = text.chars().filter(|c| "月火水木金土日".contains(*c)).count();
    days >= 2 && text != "月日" && text.chars().all(|c| "月火水木金土日~〜～-・、,".contains(c))
}

/// The hours of `text` with their days before them; days off where the cell says that nothing takes place. `None` if the
/// cell says its days itself.
pub(super) fn with_days(days: &str, text: &str) -> Option<String> {
    let text = one_line(text);
    let closed = ["休", "閉", "なし", "×", "✕", "-", "－", "―", "ー"];
    if closed.iter().any(|word| text == *word)
        || ["休館", "休み", "休園", "休所", "休業", "休診", "閉館", "閉所", "定休"]
            .iter()
            .any(|word| text.starts_with(word))
    {
        return Some(format!("{days}は休み"));
    }
    let says_days = ["曜", "平日", "祝", "毎"].iter().any(|word| text.contains(word));
    (!says_days && text.chars().any(char::is_numeric)).then(|| format!("{days} {text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_of_hours_may_say_their_days() {
        for (heading, expected) in [
            ("開館時間_平日", Some("平日")),
            ("開館時間（土日祝）", Some("土日祝")),
            ("平日の開館時間", Some("平日")),
            ("土曜日開所時間", Some("土曜日")),
            ("利用時間_月～金", Some("月~金")),
            ("開園時間_夏期(4～9月)", Some("夏期(4~9月)")),
            ("平日_開始時間", Some("平日")),
            ("日曜・祝日_時間", Some("日曜・祝日")),
            ("開館時間", None),
            ("開催日時", None),
            ("活動日_時間", None),
            ("開所時間_標準", None),
            ("活動曜日・時間", None),
            ("月日", None),
        ] {
            assert_eq!(days_of(heading).as_deref(), expected, "{heading}");
        }
    }

    #[test]
    fn the_days_stand_before_their_hours_unless_the_cell_says_its_own() {
        assert_eq!(with_days("平日", "9:00～17:00").as_deref(), Some("平日 9:00～17:00"));
        assert_eq!(with_days("土日祝", "休館").as_deref(), Some("土日祝は休み"));
        assert_eq!(with_days("平日", "月～木曜 9:00～17:00"), None);
        assert_eq!(with_days("平日", "要相談"), None);
    }
}
