//! Who is secret, and in how many ways people write a name, a number, a home and an e-mail address.

/// First and second characters of family names, first and last ones of given names: no other text of the test has them.
const FAMILY: [&str; 2] = [
    "鬼鴨鵜雉鷺鷹鶉鯨鮎鮫鱧鯖蛭蛙蟻蜂蝶梟狸狐狼猪鹿熊鶴亀鯉鰐蜻蛇燕鳩雀鵙鷲鰻",
    "頭塚巻沼淵峰窪柳桐椿榎楠樫樺桂梓藤蔦葛萩菱蓮葦茨蕗芹薊菫蕨筍霞霧霜霰虹雷",
];
const GIVEN: [&str; 2] =
    ["綾絢雅凛澪渚暁慧紬翠瑠琥珀翼颯馨詩韻奏響舞綺麗爽煌燦玲瑞祥禎禄慶賢聡哲鈴", "乃子美太介吾彦枝代夫"];
/// How the characters are read: `6 × 6` readings of two syllables, with their Roman letters.
const SYLLABLES: [[(&str, &str); 6]; 2] = [
    [("き", "ki"), ("む", "mu"), ("の", "no"), ("へ", "he"), ("ゆ", "yu"), ("ろ", "ro")],
    [("そ", "so"), ("つ", "tsu"), ("ぬ", "nu"), ("ひ", "hi"), ("め", "me"), ("り", "ri")],
];
const ENDINGS: [(&str, &str); 10] = [
    ("の", "no"),
    ("こ", "ko"),
    ("み", "mi"),
    ("た", "ta"),
    ("すけ", "suke"),
    ("ご", "go"),
    ("ひこ", "hiko"),
    ("え", "e"),
    ("よ", "yo"),
    ("お", "o"),
];

/// What the digits are called.
const KATAKANA_DIGITS: [&str; 10] = ["ゼロ", "イチ", "ニ", "サン", "ヨン", "ゴ", "ロク", "ナナ", "ハチ", "キュウ"];
const HIRAGANA_DIGITS: [&str; 10] = ["れい", "いち", "に", "さん", "よん", "ご", "ろく", "しち", "はち", "く"];

/// Everything private of one person.
pub struct Secret {
    pub family: String,
    pub given: String,
    pub kana: [String; 2],
    pub romaji: [String; 2],
    /// The last eight digits of the mobile number, in fours.
    pub mobile: [String; 2],
    /// The last six digits of the telephone at home, in two parts.
    pub home: [String; 2],
    pub address: String,
}

/// A writing of something private: what it is called, what is written, and what must not be found.
pub struct Writing {
    pub label: &'static str,
    pub text: String,
    pub needle: String,
}

impl Secret {
    /// The `n`th person; all of up to 1,296 are different.
    pub fn of(n: usize) -> Self {
        let pick = |chars: &str, at: usize| chars.chars().nth(at).unwrap().to_string();
        let family = [n % 36, n / 36 % 36];
        let given = [n * 7 % 36, n / 3 % 10];
        let read = |at: usize| (SYLLABLES[0][at / 6], SYLLABLES[1][at % 6]);
        let kana = |at: usize| format!("{}{}", read(at).0.0, read(at).1.0);
        let roman = |at: usize| format!("{}{}", read(at).0.1, read(at).1.1);
        Self {
            family: pick(FAMILY[0], family[0]) + &pick(FAMILY[1], family[1]),
            given: pick(GIVEN[0], given[0]) + &pick(GIVEN[1], given[1]),
            kana: [kana(family[0]) + &kana(family[1]), kana(given[0]) + ENDINGS[given[1]].0],
            romaji: [roman(family[0]) + &roman(family[1]), roman(given[0]) + ENDINGS[given[1]].1],
            mobile: [format!("{:04}", 2711 + n * 3 % 7000), format!("{:04}", (n * 7919 + 1357) % 10_000)],
            home: [format!("{:03}", 211 + n * 7 % 700), format!("{:04}", (n * 6101 + 2468) % 10_000)],
            address: format!("字{}ヶ谷{}番地{}", pick(FAMILY[0], family[1]), 1100 + n, 1 + n % 9),
        }
    }

    /// The name as a list writes it in its column of persons.
    pub fn in_column(&self, n: usize) -> String {
        let Self { family: f, given: g, .. } = self;
        match n % 6 {
            0 => format!("{f} {g}"),
            1 => format!("{f}　{g}"),
            2 => format!("{f}{g}"),
            3 => format!("会長　{f}{g}"),
            4 => format!("{f} {g}（代表）"),
            _ => format!("{f}・{g}"),
        }
    }

    /// The name, alone and as people address each other, in kana, in links.
    pub fn names(&self) -> Vec<Writing> {
        let Self { family: f, given: g, kana: [fk, gk], romaji: [fr, gr], .. } = self;
        let full = format!("{f}{g}");
        let encoded = full.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat();
        let katakana = |text: &str| text.chars().map(to_katakana).collect::<String>();
        let (reading, of) = (format!("{fk}{gk}"), |label, text: String, needle: &str| Writing {
            label,
            text,
            needle: needle.to_owned(),
        });
        let mut all = vec![
            of("姓名", full.clone(), &full),
            of("姓 名", format!("{f} {g}"), &full),
            of("姓　名", format!("{f}　{g}"), &full),
            of("姓・名", format!("{f}・{g}"), &full),
            of("姓_名", format!("{f}_{g}"), &full),
            of("姓/改行/名", format!("{f}\n{g}"), &full),
            of("姓（名）", format!("{f}（{g}）"), &full),
            of("（姓名）", format!("（{full}）"), &full),
            of("代表 姓 名", format!("代表 {f} {g}"), &full),
            of("会長：姓　名", format!("会長：{f}　{g}"), &full),
            of("姓名が電話", format!("{full}が電話"), &full),
            of("よみ", reading.clone(), &reading),
            of("よ み", format!("{fk} {gk}"), &reading),
            of("ヨミ", katakana(&reading), &reading),
            of("姓名（よみ）", format!("{full}（{reading}）"), &full),
            of("percent-encoded", format!("https://example.jp/{encoded}/"), &full),
            of("姓名@", format!("{full}@example.jp"), &full),
            of("romaji@", format!("{fr}.{gr}@example.jp"), &format!("{fr}{gr}")),
            of("romaji-@", format!("{gr}-{fr}@example.jp"), &format!("{gr}{fr}")),
            of("romaji url", format!("https://example.jp/~{fr}{gr}/"), &format!("{fr}{gr}")),
            of("連絡：姓", format!("連絡：{f}"), &format!("連絡{f}")),
            of("申込は姓まで", format!("申込は{f}まで"), &format!("申込は{f}まで")),
            of("要連絡（姓）", format!("要連絡（{f}）"), &format!("要連絡{f}")),
            of("Contact", format!("Contact: {} {}", capital(fr), capital(gr)), &format!("{fr}{gr}")),
        ];
        let spoken = ["さん", "様", "氏", "先生", "宅", "邸", "さん宅", "様方", "夫妻", "の自宅", "家"];
        all.extend(spoken.iter().map(|form| Writing {
            label: form,
            text: format!("{f}{form}"),
            needle: format!("{f}{form}"),
        }));
        let behind = ["さん", "様", "宅", "夫妻", "の自宅", "邸", "まで電話"];
        all.extend(behind.iter().map(|form| Writing {
            label: form,
            text: format!("{full}{form}"),
            needle: full.clone(),
        }));
        all
    }

    /// The mobile number in more than sixty writings.
    pub fn mobiles(&self) -> Vec<Writing> {
        let [b, c] = &self.mobile;
        let needle = format!("{b}{c}");
        let of = |label: &'static str, text: String| Writing { label, text, needle: needle.clone() };
        let joined = [
            "-", "", " ", "　", "‐", "‑", "–", "—", "−", "ー", "―", "－", "ｰ", "─", "/", "／", "・", ".", "．", "~",
            "〜", "_", ":", "･", " - ", "- ", " -", "－ ", "\u{a0}", "\u{2009}", "\u{200b}", "\u{ad}", "*", "=", ",",
            "、", "､", "|", "→",
        ];
        let mut all: Vec<Writing> = joined.iter().map(|sign| of(sign, format!("090{sign}{b}{sign}{c}"))).collect();
        let wide = |text: String| text.chars().map(to_wide).collect::<String>();
        let kanji = |text: String| text.chars().map(|c| as_digit(c, "〇一二三四五六七八九")).collect::<String>();
        let circled = |text: String| text.chars().map(|c| as_digit(c, "⓪①②③④⑤⑥⑦⑧⑨")).collect::<String>();
        all.extend([
            of("(090)", format!("(090){b}-{c}")),
            of("（090）", format!("（090）{b}-{c}")),
            of("090()", format!("090({b}){c}")),
            of("090（）", format!("090（{b}）{c}")),
            of("090-8", format!("090-{b}{c}")),
            of("0904-4", format!("090{b}-{c}")),
            of("+81 ", format!("+81 90 {b} {c}")),
            of("+81-", format!("+81-90-{b}-{c}")),
            of("+81", format!("+8190{b}{c}")),
            of("＋81", format!("＋81-90-{b}-{c}")),
            of("+81(0)", format!("+81(0)90-{b}-{c}")),
            of("+81-(0)", format!("+81-(0)90-{b}-{c}")),
            of("0081", format!("0081-90-{b}-{c}")),
            of("without zero", format!("90-{b}-{c}")),
            of("wide", wide(format!("090-{b}-{c}"))),
            of("wide, no sign", wide(format!("090{b}{c}"))),
            of("wide, long sign", wide(format!("090ー{b}ー{c}"))),
            of("wide, brackets", wide(format!("090（{b}）{c}"))),
            of("kanji", kanji(format!("090-{b}-{c}"))),
            of("kanji, no sign", kanji(format!("090{b}{c}"))),
            of("kanji, long sign", kanji(format!("090ー{b}ー{c}"))),
            of("circled", circled(format!("090 {b} {c}"))),
            of("TEL", format!("TEL.090-{b}-{c}")),
            of("tel:", format!("tel:090{b}{c}")),
            of("☎", format!("☎090-{b}-{c}")),
            of("携帯", format!("携帯090-{b}-{c}")),
            of("（携帯）", format!("090-{b}-{c}（携帯）")),
            of("050 behind", format!("090-{b}-{c}/050-0000-0000")),
        ]);
        let in_words = [(KATAKANA_DIGITS, "ゼロキュウゼロ"), (HIRAGANA_DIGITS, "れいきゅうれい")];
        all.extend(in_words.iter().map(|(words, begin)| {
            let said = |digits: &str| digits.bytes().map(|digit| words[usize::from(digit - b'0')]).collect::<String>();
            let (first, second) = (said(b), said(c));
            Writing { label: "in words", text: format!("{begin} {first} {second}"), needle: format!("{first}{second}") }
        }));
        all
    }

    /// The home: its address and its telephone, with a word that says so.
    pub fn homes(&self) -> Vec<Writing> {
        let [b, c] = &self.home;
        let address = &self.address;
        let of = |label, text: String, needle: String| Writing { label, text, needle };
        vec![
            of("自宅 番号", format!("自宅 079-{b}-{c}"), format!("{b}{c}")),
            of("自宅電話：番号", format!("自宅電話：079-{b}-{c}"), format!("{b}{c}")),
            of("番号（自宅）", format!("079-{b}-{c}（自宅）"), format!("{b}{c}")),
            of("自宅 住所", format!("自宅 {address}"), address.clone()),
            of("自宅（住所）", format!("自宅（{address}）"), address.clone()),
            of("住所（自宅）", format!("{address}（自宅）"), address.clone()),
        ]
    }
}

fn capital(word: &str) -> String {
    word[..1].to_ascii_uppercase() + &word[1..]
}

fn to_katakana(c: char) -> char {
    if ('ぁ'..='ん').contains(&c) { char::from_u32(c as u32 + 0x60).unwrap() } else { c }
}

fn to_wide(c: char) -> char {
    if c.is_ascii_digit() || c == '-' { char::from_u32(c as u32 + 0xfee0).unwrap() } else { c }
}

fn as_digit(c: char, digits: &str) -> char {
    c.to_digit(10).map_or(c, |digit| digits.chars().nth(digit as usize).unwrap())
}
