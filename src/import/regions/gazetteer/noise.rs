//! What stands before an address and is none of it: a label, a postal code, a telephone. This module does no I/O.

/// Labels of an address, before a colon, a bracket or a gap.
const LABELS: [&str; 12] = [
    "住所",
    "所在地",
    "会場",
    "場所",
    "開催場所",
    "開催地",
    "郵便番号",
    "現住所",
    "集合",
    "集合場所",
    "集合地",
    "会場住所",
];

/// Labels that are part of a sentence.
const SPOKEN_LABELS: [&str; 4] = ["集合は", "集合場所は", "会場は", "場所は"];

/// Words by which an address says that the place is to stay unknown: a shelter is on no map.
const HIDDEN: [&str; 8] =
    ["伏せ", "非公開", "非公表", "秘匿", "公開しない", "公開していません", "公表しない", "お知らせしていません"];

/// Whether the address asks that the place stay unknown.
pub(super) fn is_hidden(normal: &str) -> bool {
    HIDDEN.iter().any(|word| normal.contains(word))
}

/// Labels of a telephone.
const TELEPHONE_LABELS: [&str; 8] = ["電話番号", "電話", "連絡先", "tel", "TEL", "Tel", "fax", "FAX"];

/// Characters around what stands before an address.
const MARKS: &str = "〒☎()[]【】〔〕「」『』<>《》■□●○◎◆◇▼・*※:;,、。/|";

/// The address in NFKC without what stands before it.
pub(super) fn without_noise(normal: &str) -> &str {
    let mut rest = normal;
    loop {
        let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || MARKS.contains(c));
        let next = SPOKEN_LABELS
            .iter()
            .find_map(|label| trimmed.strip_prefix(label))
            .or_else(|| without_label(trimmed, &LABELS, ""))
            .or_else(|| without_postal_code(trimmed))
            .or_else(|| without_telephone(trimmed));
        match next {
            Some(next) => rest = next,
            // A bracket that only holds the beginning of the address stays: （旧大屋町）加保.
            None => return trimmed,
        }
    }
}

/// `rest` behind one of `labels` that a mark or one of `more` follows.
fn without_label<'t>(rest: &'t str, labels: &[&str], more: &str) -> Option<&'t str> {
    let behind = labels.iter().find_map(|label| rest.strip_prefix(label))?;
    let ends = |c: char| c.is_whitespace() || MARKS.contains(c) || more.contains(c);
    behind.starts_with(ends).then_some(behind)
}

fn without_postal_code(rest: &str) -> Option<&str> {
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit() || is_dash(c));
    let code = &rest[..rest.len() - behind.len()];
    let digits = code.chars().filter(char::is_ascii_digit).count();
    let is_parted = code.chars().position(is_dash).is_none_or(|at| at == 3 || at == 7);
    (digits == 7 && is_parted).then_some(behind)
}

fn without_telephone(rest: &str) -> Option<&str> {
    let unlabelled = TELEPHONE_LABELS.iter().find_map(|label| rest.strip_prefix(label)).unwrap_or(rest);
    let number = unlabelled.trim_start_matches(|c: char| c.is_whitespace() || ":.(".contains(c));
    let behind = number.trim_start_matches(|c: char| c.is_ascii_digit() || is_dash(c) || "()".contains(c));
    let written = &number[..number.len() - behind.len()];
    let digits = written.chars().filter(char::is_ascii_digit).count();
    (written.starts_with('0') && (9..=11).contains(&digits)).then_some(behind)
}

fn is_dash(c: char) -> bool {
    "-ー‐‑–—―−─".contains(c)
}
