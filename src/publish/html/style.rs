//! Style sheet with the colours and icons of the categories: the Content-Security-Policy forbids inline styles.
//!
//! This module does no I/O.

use std::fmt::Write as _;

use super::assets::asset;
use crate::model::{Category, CategoryTable};

/// Per category its colour (`--c`), black or white for text on it (`--on`), and its Maki icon. The address of the icon is in no custom
/// property: where that is used by another style sheet, browsers take it as relative to that one.
pub fn categories_css(categories: &CategoryTable) -> String {
    categories.all().iter().enumerate().fold(String::new(), |mut css, (n, category)| {
        let (color, on) = (color(category), on_color(category));
        let icon = icon(category);
        let icon = beside(&format!("vendor/maki/{icon}.svg"));
        writeln!(css, ".k{n}{{--c:{color};--on:{on}}}{}", mask(n, &icon)).expect("writing to a string does not fail");
        css
    })
}

/// The rule of an icon, which is cut out of its colour.
fn mask(n: usize, icon: &str) -> String {
    format!(".k{n} .icon::after{{-webkit-mask-image:url({icon});mask-image:url({icon})}}")
}

/// The colour of a category as `#rgb` or `#rrggbb`; grey if the city's table has no valid one.
pub fn color(category: &Category) -> &str {
    let hex = category.color.strip_prefix('#').unwrap_or_default();
    let ok = matches!(hex.len(), 3 | 6) && hex.bytes().all(|b| b.is_ascii_hexdigit());
    if ok { &category.color } else { "#666666" }
}

/// The name of the Maki icon of a category; `circle` if the city's table has no valid one.
pub fn icon(category: &Category) -> &str {
    let ok = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    if !category.icon.is_empty() && category.icon.bytes().all(ok) { &category.icon } else { "circle" }
}

/// Black or white, whichever has more contrast with the colour of the category.
pub fn on_color(category: &Category) -> &'static str {
    if is_light(category) { "#000" } else { "#fff" }
}

/// Whether black has more contrast with the colour than white (relative luminance, WCAG 2).
fn is_light(category: &Category) -> bool {
    let hex = color(category).trim_start_matches('#');
    let step = hex.len() / 3;
    let channel = |i: usize| {
        let digits = &hex[i * step..(i + 1) * step];
        let value = f64::from(u8::from_str_radix(&digits.repeat(3 - step), 16).unwrap_or(0)) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(0) + 0.7152 * channel(1) + 0.0722 * channel(2) > 0.179
}

/// The address of a file of `web/` from the style sheet, which is at the root.
fn beside(path: &str) -> String {
    asset(path).trim_start_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CategoryId;

    fn category(color: &str, icon: &str) -> Category {
        Category { id: CategoryId("x".into()), color: color.into(), icon: icon.into(), ..Category::default() }
    }

    #[test]
    fn what_a_table_says_cannot_break_out_of_the_style_sheet() {
        let css = categories_css(&CategoryTable::new(vec![category("red}", "../x")]));
        let icon = beside("vendor/maki/circle.svg");
        assert_eq!(css, format!(".k0{{--c:#666666;--on:#fff}}{}\n", mask(0, &icon)));
    }

    #[test]
    fn dark_letters_stand_on_light_colours() {
        let css = categories_css(&CategoryTable::new(vec![category("#F0E442", "cafe"), category("#05a", "cafe")]));
        assert!(css.contains(".k0{--c:#F0E442;--on:#000}"), "{css}");
        assert!(css.contains(".k1{--c:#05a;--on:#fff}"), "{css}");
    }
}
