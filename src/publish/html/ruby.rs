//! Text with furigana as HTML. This module does no I/O.

use maud::{Markup, html};

use crate::publish::ruby::RubySegment;

/// Ruby text as elements; text without a reading stays text.
pub fn ruby(text: &[RubySegment]) -> Markup {
    html! {
        @for segment in text {
            @match &segment.reading {
                Some(reading) => ruby { (segment.text) rp { "（" } rt { (reading) } rp { "）" } },
                None => (segment.text),
            }
        }
    }
}
