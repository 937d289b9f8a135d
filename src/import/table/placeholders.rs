//! Placeholders: text in cells that is not data, such as 「同上」, 「※」, 「合計」, 「記入例」.
//!
//! This module does no I/O.

use unicode_normalization::UnicodeNormalization as _;

/// Characters from which text that ends like a sentence counts as one.
const SENTENCE_CHARS: usize = 8;

/// Removes white space, and the brackets and colons around the text.
fn bare(text: &str) -> String {
    let inner: String = text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    inner.trim_matches(|c: char| "()（）[]［］【】〔〕<>＜＞「」:：.．・".contains(c)).to_owned()
}

/// Whether `text` is a ditto mark: same as above.
pub fn is_ditto(text: &str) -> bool {
    if text.len() > 40 {
        return false;
    }
    let bare = bare(text);
    matches!(
        bare.as_str(),
        "同上"
            | "仝上"
            | "仝"
            | "〃"
            | "々"
            | "″"
            | "”"
            | "“"
            | "\""
            | "''"
            | "〻"
            | "〟"
            | "′′"
            | "’’"
            | "〃〃"
            | "同"
            | "同じ"
            | "上に同じ"
            | "上記に同じ"
            | "上記と同じ"
            | "上と同じ"
            | "上記同様"
            | "↓"
            | "ditto"
    )
}

/// Whether `text` is a ditto mark for the cell to the left.
pub fn is_ditto_left(text: &str) -> bool {
    text.len() <= 40 && matches!(bare(text).as_str(), "同左" | "左に同じ" | "左記に同じ" | "左と同じ")
}

/// Whether `text` signs its row as an example.
pub fn is_example(text: &str) -> bool {
    if text.len() > 60 {
        return false;
    }
    let bare = bare(text);
    let bare = bare.trim_end_matches(|c: char| c.is_ascii_digit() || "①②③１２３".contains(c));
    matches!(bare, "例" | "記入例" | "入力例" | "記載例" | "見本" | "サンプル" | "例示" | "sample" | "example")
}

/// Whether a name begins with the label of an example: 「（例）○○サロン」.
pub fn begins_as_example(text: &str) -> bool {
    let text = text.trim_start();
    let signs = [
        "（例）",
        "(例)",
        "【例】",
        "［例］",
        "[例]",
        "例：",
        "例:",
        "例）",
        "例)",
        "記入例",
        "入力例",
        "記載例",
        "（記入例）",
        "(記入例)",
        "【記入例】",
    ];
    signs.iter().any(|sign| text.starts_with(sign))
}

/// Whether `text` begins with the sign of a comment, below or between the rows.
pub fn is_comment(text: &str) -> bool {
    if text.len() < 60 && matches!(bare(text).as_str(), "以上" | "以下余白" | "余白" | "以下空欄" | "end") {
        return true;
    }
    let text = text.trim_start();
    let signs = [
        "※",
        "＊",
        "*",
        "#",
        "＃",
        "注)",
        "注）",
        "注:",
        "注：",
        "(注",
        "（注",
        "注意",
        "【注",
        "備考",
        "出典",
        "以上",
        "以下余白",
        "――",
        "----",
    ];
    let dated = ["令和", "平成", "20", "更新日", "作成日", "最終更新"].iter().any(|sign| text.starts_with(sign));
    let as_of = ["現在", "時点", "更新", "作成", "改訂"].iter().any(|word| text.contains(word));
    signs.iter().any(|sign| text.starts_with(sign)) && !text.starts_with("以上の") || dated && as_of
}

/// Whether `text`, alone in its row, is a comment without a sign: a contact, an author, a sentence.
pub fn is_remark(text: &str) -> bool {
    let text = text.trim().trim_start_matches(['・', '○', '●', '◎', '（', '(']).trim_end_matches(['）', ')', '。']);
    let label = text.split_once(['：', ':']).map_or("", |(label, _)| label.trim());
    let bracketed = text.strip_prefix(['【', '［', '[']).and_then(|rest| rest.split_once(['】', '］', ']']));
    let is_labelled = bracketed.is_some_and(|(label, _)| heads_a_remark(label.trim())) || heads_a_remark(label);
    let ends = ["です", "ます", "ません", "ください", "下さい", "ました"];
    is_labelled || text.chars().count() >= SENTENCE_CHARS && ends.iter().any(|end| text.ends_with(end))
}

/// Whether `label` announces a contact or an author.
fn heads_a_remark(label: &str) -> bool {
    let heads = [
        "問合",
        "問い合",
        "お問",
        "連絡先",
        "作成",
        "提供",
        "担当",
        "更新",
        "資料",
        "発行",
        "編集",
        "申込",
        "申し込",
        "お申",
        "予約",
        "受付",
        "事務局",
        "電話",
        "TEL",
        "Tel",
        "ＴＥＬ",
    ];
    label.chars().count() <= 12 && heads.iter().any(|head| label.starts_with(head))
}

/// Whether `text` is the number of a printed page: 「- 2 -」, 「P.3」, 「1/4ページ」.
pub fn is_page_number(text: &str) -> bool {
    let text = text.trim().nfkc().collect::<String>().to_lowercase();
    let inner = text.trim_matches(|c: char| c.is_whitespace() || "-–—―ー−~".contains(c));
    let bare = ["ページ", "頁", "p.", "p"].iter().fold(inner.to_owned(), |rest, word| rest.replace(word, ""));
    let is_of_all = bare.split_once('/').is_some_and(|(page, all)| page.trim().len() <= 2 && all.trim().len() <= 2);
    let is_marked = bare.len() < inner.len() || inner.len() + 1 < text.len() || is_of_all;
    is_marked && !bare.trim().is_empty() && bare.trim().chars().all(|c| c.is_ascii_digit() || "/ ".contains(c))
}

/// Whether `text` begins a row of totals.
pub fn is_total(text: &str) -> bool {
    if text.len() > 60 {
        return false;
    }
    let bare = bare(text);
    let name: String =
        bare.chars().take_while(|c| !c.is_ascii_digit() && !"（(:：０１２３４５６７８９".contains(*c)).collect();
    matches!(
        name.as_str(),
        "合計"
            | "小計"
            | "総計"
            | "総数"
            | "計"
            | "累計"
            | "total"
            | "件数"
            | "合計件数"
            | "総合計"
            | "全体合計"
            | "小計件数"
    )
}

/// The text of a section heading, a lone cell above rows: 「■大屋地域」 and 「■大屋地域　※窓口は支所」 give 大屋地域. `None` if it is not
/// one.
pub fn section(text: &str) -> Option<&str> {
    let signs = "■□●◎◆◇▼▽▲△★☆＜<【〔［[《〈";
    let text = text.trim();
    // Behind a sign the heading ends where a remark begins; a text without one may be a sentence with a remark.
    let without_remark = || text.split(['※', '\n']).next().unwrap_or(text).trim_end();
    let text = if text.starts_with(|c| signs.contains(c)) { without_remark() } else { text };
    if text.chars().count() > 30 || text.contains('\n') {
        return None;
    }
    let inner = text.trim_matches(|c: char| signs.contains(c) || "＞>】〕］]》〉".contains(c) || c.is_whitespace());
    let is_marked = text.chars().next().is_some_and(|c| signs.contains(c));
    (!inner.is_empty() && (is_marked || is_area(inner))).then_some(inner)
}

/// Whether `text` is named like a part of a municipality.
pub fn is_area(text: &str) -> bool {
    let ends = [
        "地域",
        "地区",
        "校区",
        "学区",
        "自治協",
        "自治協議会",
        "圏域",
        "支所管内",
        "エリア",
        "区域",
        "中学校区",
        "小学校区",
        "旧町",
    ];
    text.chars().count() <= 20 && ends.iter().any(|end| text.ends_with(end))
}

/// Whether a cell below the heading only explains how to fill the column in: 必須, 文字列, 半角.
pub fn is_instruction(text: &str) -> bool {
    let bare = bare(text);
    let words = [
        "必須",
        "任意",
        "必須項目",
        "任意項目",
        "推奨",
        "文字列",
        "数値",
        "数字",
        "半角",
        "全角",
        "半角数字",
        "半角英数字",
        "全角カナ",
        "全角カタカナ",
        "日付",
        "時刻",
        "整数",
        "小数",
        "選択",
        "プルダウン",
        "プルダウン選択",
        "リストから選択",
        "自由記述",
        "自由記載",
        "string",
        "integer",
        "number",
        "テキスト",
        "◎",
        "条件付き必須",
    ];
    words.contains(&bare.as_str())
}

/// Whether `text` is a default that forms pre-fill in every row.
pub fn is_default(text: &str) -> bool {
    matches!(
        text.trim(),
        "○" | "〇"
            | "◯"
            | "×"
            | "有"
            | "無"
            | "-"
            | "ー"
            | "－"
            | "□"
            | "☐"
            | "0"
            | "FALSE"
            | "TRUE"
            | "有・無"
            | "有 ・ 無"
            | "有／無"
            | "可・不可"
            | "～"
            | "~"
            | ":"
            | "："
    )
}
