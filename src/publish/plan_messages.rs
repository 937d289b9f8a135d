//! Message catalogues of the planners' page, one per language (`web/lang/plan/*.json`). This module does no I/O.

use std::sync::LazyLock;

use crate::model::{Language, Messages};

static JA: LazyLock<Messages> = LazyLock::new(|| parse(Language::Ja, include_str!("../../web/lang/plan/ja.json")));
static EN: LazyLock<Messages> = LazyLock::new(|| parse(Language::En, include_str!("../../web/lang/plan/en.json")));

fn parse(language: Language, json: &str) -> Messages {
    Messages::from_json(language, json).expect("web/lang/plan/*.json are embedded and read by a test")
}

/// The catalogue in `language`; Japanese where the page has none of that language.
pub fn plan_messages(language: Language) -> &'static Messages {
    if language == Language::En { &EN } else { &JA }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_messages_with_the_same_values() {
        assert_eq!(EN.differences(&JA), Vec::<String>::new());
    }
}
