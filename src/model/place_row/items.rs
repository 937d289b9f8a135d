//! Several items in one text, parted by `;`. This module does no I/O.

/// Between two items.
const SEPARATOR: char = ';';
/// Before a separator, or itself, that belongs to an item.
const ESCAPE: char = '\\';

/// The items as one text.
pub fn joined<'a>(items: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for (rank, item) in items.into_iter().enumerate() {
        if rank > 0 {
            text.push(SEPARATOR);
        }
        for c in item.chars() {
            if matches!(c, SEPARATOR | ESCAPE) {
                text.push(ESCAPE);
            }
            text.push(c);
        }
    }
    text
}

/// The items of a text; none of an empty one.
pub fn parted(text: &str) -> Vec<String> {
    if text.is_empty() {
        return Vec::new();
    }
    let mut items = vec![String::new()];
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let escaped = (c == ESCAPE).then(|| chars.next_if(|next| matches!(*next, SEPARATOR | ESCAPE))).flatten();
        match (c, escaped) {
            (SEPARATOR, _) => items.push(String::new()),
            (c, escaped) => {
                if let Some(last) = items.last_mut() {
                    last.push(escaped.unwrap_or(c));
                }
            }
        }
    }
    items
}
