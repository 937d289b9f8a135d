//! Names of private persons by their look, so that a column of them is private whatever its heading says.
//!
//! For profiles of columns: one cell proves nothing, a column of such cells does. This module does no I/O.

use crate::privacy::{ALONE, is_home, is_probably_a_name};
use crate::text::is_kanji;

/// Surnames of the most common kind; enough that in any column of persons many cells begin with one.
const SURNAMES: &str = "佐藤 鈴木 高橋 田中 伊藤 渡辺 渡邉 渡邊 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 清水 斎藤 齋藤 斉藤 \
    山崎 森 池田 橋本 阿部 石川 山下 中島 石井 小川 前田 岡田 長谷川 藤田 後藤 近藤 村上 遠藤 青木 坂本 福田 太田 西村 藤井 金子 岡本 藤原 \
    中野 三浦 原田 中川 松田 竹内 小野 田村 中山 和田 石田 森田 上田 原 内田 柴田 酒井 宮崎 横山 高木 安藤 宮本 大野 小島 谷口 工藤 今井 高田 \
    増田 丸山 杉山 村田 大塚 新井 小山 平野 藤本 河野 上野 野口 武田 松井 千葉 菅原 岩崎 木下 久保 佐野 野村 松尾 市川 菊地 杉本 古川 大西 島田 \
    水野 桜井 高野 吉川 山内 西田 飯田 菊池 西川 小松 北村 安田 五十嵐 川口 平田 関 中田 久保田 服部 東 岩田 土屋 川崎 福島 本田 辻 樋口 秋山 \
    田口 永井 山中 中西 吉村 川上 石原 大橋 松岡 馬場 浜田 森本 星野 矢野 浅野 大島 松下 吉岡 小池 野田 荒木 大久保 松浦 熊谷 黒田 尾崎 永田 堀 \
    川村 望月 田辺 内藤 菅野 荒井 西山 平井 大石 岩本 片山 本間 早川 横田 岡崎 小田 荒川 鎌田 成田 宮田 石橋 篠原 須藤 高山 大谷 小西 南 栗原 伊東 \
    松原 三宅 福井 大森 奥村 岡 内山 片岡 松永 桑原 関口 北川 奥田 富田 古賀 八木 吉野 中沢 上原 今村 白石 中尾 小泉 川島 青山 平山 牧野 岩井 藤川";

/// Words that end the name of a place or a group, never a person's.
const PLACES: &str = "会館園所室校場部課店院社寺町村市区県郡川池島橋駅院湯宮台丘浜地園家組団体庁局署邸荘苑庵亭堂座塾号";

/// Kinds of disasters and words for them: 「洪水 津波」 has the look of a name.
const HAZARDS: [&str; 26] = [
    "洪水",
    "内水",
    "氾濫",
    "浸水",
    "水害",
    "高潮",
    "津波",
    "土砂",
    "土砂災害",
    "崖崩れ",
    "がけ崩れ",
    "土石流",
    "地滑り",
    "地すべり",
    "地震",
    "火災",
    "火事",
    "大火",
    "噴火",
    "火山",
    "豪雨",
    "大雨",
    "台風",
    "風水害",
    "雪崩",
    "雪害",
];

/// Characters that given names end with.
const GIVEN_ENDS: &str = "子郎男美夫一雄代江恵香二三也介助平吉彦治明子枝樹人斗太郎輝仁浩司史志広博隆実幸和誠勇正義則昭弘豊茂進勝清健修学稔\
    さこみえかりなおよけうぞ奈菜里理絵衣紀貴希花華緒穂沙織音咲莉愛結";

/// Whether `text` could be a person's name: 「山田 花子」, 「山田花子」, 「会長 山田太郎」.
pub fn could_be_a_person(written: &str) -> bool {
    let text = without_role(written);
    let chars: Vec<char> = text.chars().collect();
    // A home is a venue, whose address has to stay private with it: 「木村宅 離れ」.
    if !(2..=9).contains(&chars.len()) || is_home(written) {
        return false;
    }
    if text.split([' ', '・', '、']).any(|word| HAZARDS.contains(&word)) {
        return false;
    }
    if let Some((family, given)) = text.split_once(' ') {
        is_part(family, 1..=4) && is_part(given, 1..=4) && !ends_like_a_place(given) && !is_building(family)
    } else {
        let family = SURNAMES.split_whitespace().filter(|name| text.starts_with(name));
        family.map(|name| &text[name.len()..]).any(is_given)
            || !ends_like_a_place(text) && is_probably_a_name(written, ALONE)
    }
}

/// Without the role before or behind a name.
fn without_role(text: &str) -> &str {
    let roles = ["会長", "代表", "区長", "世話人", "部長", "委員長", "先生", "さん", "様", "氏"];
    let text = roles.iter().find_map(|role| text.strip_prefix(role)).unwrap_or(text).trim();
    roles.iter().find_map(|role| text.strip_suffix(role)).unwrap_or(text).trim()
}

/// Whether `given` could be a given name behind a surname.
fn is_given(given: &str) -> bool {
    let ends = given.chars().next_back().is_some_and(|c| GIVEN_ENDS.contains(c));
    is_part(given, 1..=3) && ends && !ends_like_a_place(given)
}

fn is_part(text: &str, chars: std::ops::RangeInclusive<usize>) -> bool {
    let is_name_char = |c: char| is_kanji(c) || ('ぁ'..='ゖ').contains(&c) || "々ヶケノ".contains(c);
    chars.contains(&text.chars().count()) && text.chars().all(is_name_char)
}

/// Whether `family` is a building or a park, and what follows it stands in it: 「中央公園 管理棟前」.
fn is_building(family: &str) -> bool {
    family.chars().count() >= 3 && family.ends_with(['館', '園', '校', '院', '社', '署', '局', '庁', '荘'])
}

fn ends_like_a_place(text: &str) -> bool {
    text.chars().next_back().is_some_and(|c| PLACES.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_persons_are_seen_with_and_without_a_space_and_role() {
        for text in [
            "山田 花子",
            "山田花子",
            "会長 山田太郎",
            "佐々木一郎",
            "鈴木 みどり",
            "城所 恵",
            "田中美香さん",
            "三宅 花子",
        ] {
            assert!(could_be_a_person(text), "{text}");
        }
    }

    #[test]
    fn names_of_places_and_groups_are_not() {
        for text in [
            "山口公民館",
            "中野児童館",
            "森の家",
            "上野公園",
            "石川会館",
            "八鹿 会館",
            "ひだまりサロン",
            "横山第一小",
            "中島地区",
            "長房",
            "木村宅 離れ",
            "中村宅 二階",
            "前田邸 土間",
            "佐藤宅 納屋",
            "自宅 座敷",
            "会長宅 離れ",
            "洪水 津波",
            "中央公園 管理棟前",
            "地震 津波",
        ] {
            assert!(!could_be_a_person(text), "{text}");
        }
    }
}
