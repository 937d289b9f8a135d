//! Private columns: headings that restrict their column, and the field that such a column can still be mapped to.
//!
//! The check reads the heading as written, because folding drops the signs (×) that invert 公開. The audience of the row
//! (公開可否) is a field of its own and stays one. This module does no I/O.

use unicode_normalization::UnicodeNormalization;

use super::fold::{FoldedHeading, folded};
use super::office_words::OFFICES;
use super::{Field, HeadingMeaning, HeadingTable};

/// Words that make a column private anywhere in its heading.
const ALWAYS: [&str; 26] = [
    "非公開",
    "非公表",
    "非掲載",
    "非開示",
    "不開示",
    "未公開",
    "部外秘",
    "庁内",
    "内部用",
    "内部使用",
    "内部情報",
    "内部資料",
    "内部限",
    "内部のみ",
    "職員用",
    "職員のみ",
    "職員だけ",
    "職員限",
    "職員向",
    "職員専用",
    "支援者のみ",
    "支援者限",
    "関係者のみ",
    "関係者限",
    "関係者用",
    "持出禁止",
];
/// Words that make a column private in a bracketed note.
const IN_NOTES: [&str; 3] = ["内部", "庁内", "職員"];
/// Words for publishing, which the following words can negate.
const TO_PUBLISH: [&str; 6] = ["公開", "掲載", "公表", "開示", "転載", "公にし"];
/// Negations of a word for publishing.
const NEGATIONS: [&str; 15] = [
    "×",
    "x",
    "ng",
    "不可",
    "禁止",
    "否",
    "しない",
    "しません",
    "せず",
    "されない",
    "されません",
    "できない",
    "できません",
    "ない",
    "を希望しない",
];

/// Words for a cell in which nothing stands.
const BLANK: [&str; 12] = [
    "空欄",
    "空白",
    "未記入",
    "無記入",
    "記入しない",
    "記入不要",
    "記載しない",
    "記載なし",
    "入力しない",
    "ブランク",
    "省略",
    "書かない",
];
/// Characters of what a note says of blank cells at most, so that nothing else stands in it.
const MOST_BLANK_CHARS: usize = 10;

/// Whether `heading`, a whole one or one cell of it, restricts its column to staff or link workers.
pub fn is_secret(heading: &str) -> bool {
    // No heading is that long.
    if heading.len() > 300 {
        return false;
    }
    let text = without_notes_on_blanks(plain(heading));
    ALWAYS.iter().any(|word| text.contains(word))
        || TO_PUBLISH.iter().any(|word| text.split(word).skip(1).any(is_negated))
        || text.contains("(×)")
        || heading.split('_').any(|part| notes_are_private(&folded(part)))
}

/// Without the notes that only say why a cell is blank: 「（非公開の場合は空欄）」. What is filled in below such a heading may be seen.
fn without_notes_on_blanks(text: String) -> String {
    if !BLANK.iter().any(|word| text.contains(word)) {
        return text;
    }
    let mut rest = text.clone();
    let in_brackets = text.split('(').skip(1).filter_map(|part| part.split_once(')')).map(|(note, _)| note);
    let behind_signs = text.split(['※', '*']).skip(1).map(|part| part.split('(').next().unwrap_or(part));
    for note in in_brackets.chain(behind_signs).filter(|note| is_on_blanks(note)) {
        rest = rest.replacen(note, "", 1);
    }
    rest
}

/// What follows a condition that `text` begins with: 「の場合は空欄」.
fn behind_condition(text: &str) -> Option<&str> {
    let wishes = ["を希望される", "を希望する", "を希望の", "希望の", "希望", "とする", "にする", "の"];
    let text = wishes.iter().find_map(|wish| text.strip_prefix(wish)).unwrap_or(text);
    let conditions = ["場合", "とき", "時", "際", "方", "人", "団体", "なら"];
    let rest = conditions.iter().find_map(|word| text.strip_prefix(word))?;
    Some(rest.trim_start_matches(['は', 'に', '、']))
}

/// Whether a note says that the cells of those who do not want to be seen are blank, and nothing else.
fn is_on_blanks(note: &str) -> bool {
    let begins_blank = |text: &str| {
        let stem = ["記入欄は", "この欄は", "欄は"].iter().find_map(|stem| text.strip_prefix(stem)).unwrap_or(text);
        BLANK.iter().any(|word| stem.starts_with(word)) && stem.chars().count() <= MOST_BLANK_CHARS
    };
    let private = ALWAYS.iter().filter(|word| word.contains("公") || word.contains("掲載"));
    let private = private.map(|word| (*word).to_owned()).chain(
        TO_PUBLISH
            .iter()
            .flat_map(|word| NEGATIONS.iter().flat_map(move |not| [format!("{word}{not}"), format!("{word}を{not}")])),
    );
    private.into_iter().any(|word| {
        let before = || note.strip_prefix(word.as_str()).and_then(behind_condition).is_some_and(begins_blank);
        let behind = || {
            let blank = note.strip_suffix(word.as_str())?;
            let blank = BLANK.iter().find_map(|word| blank.strip_prefix(word))?;
            Some(["は", "の場合は", "の場合", "なら", "=", ":", "の時は", "のときは"].contains(&blank))
        };
        before() || behind() == Some(true)
    })
}

/// Whether the text after a word for publishing negates it: 公開×, 公開：不可, 公開○・×.
fn is_negated(behind: &str) -> bool {
    let behind = behind.trim_start_matches(|c: char| ":=は・/、,(-○◯〇".contains(c));
    NEGATIONS.iter().any(|not| behind.starts_with(not))
}

fn notes_are_private(folded: &FoldedHeading) -> bool {
    IN_NOTES.iter().any(|word| folded.notes.contains(word))
}

/// Normalises `heading`: NFKC, lower case, no white space, one kind of brackets and one cross.
fn plain(heading: &str) -> String {
    let chars = heading.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace() && !c.is_control());
    chars
        .map(|c| match c {
            '✕' | '✗' | '✖' | '✘' | '❌' | '☓' | '╳' | '⨯' => '×',
            '[' | '{' | '〔' | '【' | '〈' | '《' | '「' | '『' | '<' => '(',
            ']' | '}' | '〕' | '】' | '〉' | '》' | '」' | '』' | '>' => ')',
            _ => c,
        })
        .collect()
}

impl HeadingTable {
    /// The field of a private column, where `found` is the mapping without the restriction. The only public field it may
    /// have is the name of the place itself, without which there is no place.
    pub(super) fn kept_private(&self, heading: &str, found: Option<HeadingMeaning>) -> Option<HeadingMeaning> {
        let field = match found.or_else(|| self.by_last_part(heading))? {
            HeadingMeaning::Known(field) => field,
            HeadingMeaning::Unknown => return None,
        };
        let of_workers = self.are_of_workers();
        let private = match field {
            Field::PersonPublic if of_workers => Field::Worker,
            Field::PersonPublic => Field::Person,
            Field::Phone | Field::OfficePhone if of_workers => Field::PersonPhone,
            Field::Address | Field::OfficeAddress if of_workers => Field::PersonAddress,
            Field::ActivityName
            | Field::Name
            | Field::Audience
            | Field::Person
            | Field::Worker
            | Field::PersonPhone
            | Field::PersonAddress
            | Field::ListId
            | Field::RunningNumber
            | Field::Ignored => field,
            _ => return None,
        };
        Some(HeadingMeaning::Known(private))
    }

    /// Maps a heading over several lines without the first, or by the last alone. 名称 below words for an office, or below
    /// more than one line, is not the place's name.
    fn by_last_part(&self, heading: &str) -> Option<HeadingMeaning> {
        let (upper, below) = heading.split_once('_')?;
        let last = below.rsplit_once('_').map_or(below, |(_, last)| last);
        let found = [below, last].iter().find_map(|lower| {
            let lower = folded(lower);
            self.meanings.get(&lower.whole).copied().or_else(|| self.without_notes(&lower))
        });
        let is_anothers = below.contains('_') || OFFICES.iter().any(|word| upper.contains(word));
        found.filter(|meaning| *meaning != HeadingMeaning::Known(Field::Name) || !is_anothers)
    }

    /// Whether this is the table for lists of link workers, in which persons have columns of their own.
    pub(super) fn are_of_workers(&self) -> bool {
        self.meanings.get("氏名") == Some(&HeadingMeaning::Known(Field::Worker))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::columns::{LINK_WORKERS, STANDARD};

    /// All standard headings of `table`, with what each means.
    fn headings(table: &str) -> Vec<(Option<Field>, String)> {
        let tables: toml::Table = table.parse().unwrap();
        let all = tables.iter().flat_map(|(name, synonyms)| {
            let field = serde_json::from_value(serde_json::Value::from(name.as_str())).ok();
            synonyms["headings"].as_array().unwrap().iter().map(move |h| (field, h.as_str().unwrap().to_owned()))
        });
        all.collect()
    }

    /// Whether nobody but staff and link workers sees what stands below a heading of `field`.
    fn is_private(field: Field) -> bool {
        use Field::{Ignored, ListId, Person, PersonAddress, PersonPhone, RunningNumber, Worker};
        matches!(field, Person | Worker | PersonPhone | PersonAddress | ListId | RunningNumber | Ignored)
    }

    #[test]
    fn no_standard_heading_that_says_it_is_not_public_gives_a_public_field() {
        let tables = [
            (&*STANDARD, include_str!("../columns.toml")),
            (&*LINK_WORKERS, include_str!("../link_workers/columns.toml")),
        ];
        for (columns, table) in tables {
            for (field, heading) in headings(table) {
                if field.is_none_or(|f| matches!(f, Field::Audience | Field::ActivityName | Field::Name)) {
                    continue;
                }
                for secret in ["（非公開）", "（公開×）", "：公開不可", "（職員のみ）", "（掲載 ✕）"]
                {
                    let written = format!("{heading}{secret}");
                    // 「公開（非公開）」 and its like say to whom each row may be shown.
                    let allowed = |f| is_private(f) || f == Field::Audience;
                    assert!(columns.field(&written).is_none_or(allowed), "{written}: {:?}", columns.field(&written));
                }
                for group in ["非公開", "連絡先（非公開）", "内部用", "公開情報_支援者のみ"] {
                    let written = format!("{group}_{heading}");
                    assert!(columns.field(&written).is_none_or(is_private), "{written}: {:?}", columns.field(&written));
                }
            }
        }
    }

    #[test]
    fn no_standard_heading_is_closed_but_those_of_the_audience_and_of_private_columns() {
        for table in [include_str!("../columns.toml"), include_str!("../link_workers/columns.toml")] {
            for (field, heading) in headings(table).into_iter().filter(|(_, heading)| is_secret(heading)) {
                assert!(field.is_some_and(|f| is_private(f) || f == Field::Audience), "{heading}: {field:?}");
            }
        }
    }

    #[test]
    fn words_and_marks_that_close_a_column_are_seen_and_their_likes_are_not() {
        for heading in [
            "公開×",
            "公開：✖",
            "氏名（公開 ｘ）",
            "公開しない項目",
            "関係者限定",
            "電話(転載禁止)",
            "メモ（×）",
            "非公開情報",
            "電話（非公開・空欄可）",
            "電話（非公開、不明の場合は空欄）",
            "住所（非公開の場合は×）",
            "住所（非公開）（不明は空欄）",
            "住所（空欄可、非公開）",
        ] {
            assert!(is_secret(heading), "{heading}");
        }
        for heading in [
            "公開可否",
            "掲載可否",
            "公開",
            "公開用",
            "対象（会員限定）",
            "会員のみ",
            "支援者名",
            "送迎（○×）",
            "町内",
            "職員名",
            "所在地（非公開の場合は空欄）",
            "電話番号\n※非公開を希望する場合は空欄",
            "連絡先（空欄は非公開）",
            "住所（公開しない場合は記入不要）",
        ] {
            assert!(!is_secret(heading), "{heading}");
        }
        assert_eq!(STANDARD.field("掲載可否（○・×・支援者のみ）"), Some(Field::Audience));
        assert_eq!(STANDARD.field("公開・非公開"), Some(Field::Audience));
        assert_eq!(STANDARD.field("対象（会員限定）"), Some(Field::Eligibility));
    }

    #[test]
    fn a_heading_that_closes_its_column_gives_the_private_field_where_there_is_one() {
        assert_eq!(STANDARD.field("代表者（公開×）"), Some(Field::Person));
        assert_eq!(LINK_WORKERS.field("氏名（公開×）"), Some(Field::Worker));
        for heading in [
            "電話番号（公開×）",
            "非公開_電話",
            "所属電話（非公開）",
            "代表電話（携帯）",
            "直通（携帯）",
            "窓口電話（自宅）",
        ] {
            assert_eq!(LINK_WORKERS.field(heading), Some(Field::PersonPhone), "{heading}");
        }
        for heading in ["非公開_住所", "所属住所（自宅）", "所在地（自宅）"] {
            assert_eq!(LINK_WORKERS.field(heading), Some(Field::PersonAddress), "{heading}");
        }
        for heading in ["所属（非公開）", "役割（非公開）", "ふりがな（非公開）"] {
            assert_eq!(LINK_WORKERS.field(heading), None, "{heading}");
        }
        for heading in ["会場（非公開）", "団体名（非公開）", "非公開_備考"] {
            assert_eq!(STANDARD.field(heading), None, "{heading}");
        }
        assert_eq!(STANDARD.field("サロン名（非公開）"), Some(Field::ActivityName));
    }
}
