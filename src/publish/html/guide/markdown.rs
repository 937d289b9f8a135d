//! Renders untrusted Markdown as safe HTML (sanitizing against XSS). This module does no I/O.

use std::collections::HashSet;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// Rendered Markdown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct MarkdownText {
    /// The leading heading of level 1, if any; it is not in `html`.
    pub title: Option<String>,
    /// The text as HTML, with headings from `h2` down.
    pub html: String,
    /// The `h2` headings.
    pub sections: Vec<GuideSection>,
}

/// A heading with an anchor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GuideSection {
    /// The `id` of the element.
    pub id: String,
    /// The text of the heading.
    pub name: String,
}

/// Renders Markdown (`CommonMark` with tables).
pub(super) fn read(markdown: &str) -> MarkdownText {
    let events = Parser::new_ext(markdown, Options::ENABLE_TABLES);
    let mut events = without_japanese_line_breaks(without_empty_paragraphs(sanitized(events)));
    let title = take_title(&mut events);
    let sections = number_headings(&mut events);
    let mut written = String::new();
    html::push_html(&mut written, events.into_iter());
    MarkdownText { title, html: written, sections }
}

/// Removes raw HTML, unsafe links, images and inline styles.
fn sanitized<'a>(events: impl Iterator<Item = Event<'a>>) -> Vec<Event<'a>> {
    // Whether each open link is kept; a stack in case links nest.
    let mut kept_links: Vec<bool> = Vec::new();
    let mut plain = Vec::new();
    for event in events {
        match event {
            Event::Html(text) if is_comment(&text) => {}
            Event::Html(text) | Event::InlineHtml(text) => plain.push(Event::Text(text)),
            Event::Start(Tag::HtmlBlock) => plain.push(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => plain.push(Event::End(TagEnd::Paragraph)),
            // The alignment would become an inline style, which the Content-Security-Policy forbids.
            Event::Start(Tag::Table(columns)) => {
                plain.push(Event::Start(Tag::Table(vec![pulldown_cmark::Alignment::None; columns.len()])));
            }
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => {}
            Event::Start(Tag::Link { ref dest_url, .. }) => {
                let kept = is_allowed_link(dest_url);
                kept_links.push(kept);
                plain.extend(kept.then_some(event));
            }
            Event::End(TagEnd::Link) => plain.extend(kept_links.pop().unwrap_or_default().then_some(event)),
            other => plain.push(other),
        }
    }
    plain
}

/// Removes paragraphs that became empty.
fn without_empty_paragraphs(events: Vec<Event>) -> Vec<Event> {
    let mut kept: Vec<Event> = Vec::with_capacity(events.len());
    for event in events {
        let is_end = event == Event::End(TagEnd::Paragraph);
        if is_end && kept.last() == Some(&Event::Start(Tag::Paragraph)) {
            kept.pop();
        } else {
            kept.push(event);
        }
    }
    kept
}

/// Removes line breaks between Japanese characters, which a browser would render as spaces.
fn without_japanese_line_breaks(events: Vec<Event>) -> Vec<Event> {
    let text = |event: &Event<'_>| match event {
        Event::Text(text) | Event::Code(text) => Some(text.to_string()),
        _ => None,
    };
    let wide = |c: Option<char>| c.is_some_and(|c| !c.is_ascii());
    let is_gap = |at: usize| {
        let before = events[..at].iter().rev().find_map(text);
        let after = events[at..].iter().find_map(text);
        wide(before.and_then(|it| it.chars().last())) && wide(after.and_then(|it| it.chars().next()))
    };
    let gaps: Vec<bool> = (0..events.len()).map(|at| events[at] == Event::SoftBreak && is_gap(at)).collect();
    events.into_iter().zip(gaps).filter(|(_, gap)| !gap).map(|(event, _)| event).collect()
}

/// Whether it is an HTML comment on one line.
fn is_comment(html: &str) -> bool {
    html.trim().strip_prefix("<!--").is_some_and(|rest| rest.find("-->") == rest.len().checked_sub(3))
}

/// Whether a link target is allowed: `http`, `https`, `mailto`, `tel`, an absolute path of this site, or a fragment.
fn is_allowed_link(address: &str) -> bool {
    // Browsers drop control characters and treat a backslash as a slash, which would change the target.
    if address.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
        return false;
    }
    if let Some(rest) = address.strip_prefix('/') {
        return !rest.starts_with('/');
    }
    let scheme = address.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    address.starts_with('#') || scheme.is_some_and(|it| ["http", "https", "mailto", "tel"].contains(&it.as_str()))
}

/// Removes the leading heading of level 1 and returns its text.
fn take_title(events: &mut Vec<Event>) -> Option<String> {
    if !matches!(events.first(), Some(Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }))) {
        return None;
    }
    let end = events.iter().position(|event| matches!(event, Event::End(TagEnd::Heading(_))))?;
    let title = plain_text(&events[..end]);
    events.drain(..=end);
    (!title.is_empty()).then_some(title)
}

/// The text content of events.
fn plain_text(events: &[Event]) -> String {
    let text: String = events
        .iter()
        .map(|event| match event {
            Event::Text(text) | Event::Code(text) => text,
            Event::SoftBreak | Event::HardBreak => " ",
            _ => "",
        })
        .collect();
    text.trim().to_owned()
}

/// Gives each heading an `id`, and levels that start at 2 and never skip one.
fn number_headings(events: &mut [Event]) -> Vec<GuideSection> {
    // The page itself uses this id.
    let mut taken = HashSet::from(["main".to_owned()]);
    let mut open: Vec<HeadingLevel> = Vec::new();
    let mut sections = Vec::new();
    for at in 0..events.len() {
        let Event::Start(Tag::Heading { level, .. }) = events[at] else { continue };
        let end = at + events[at..].iter().position(|it| matches!(it, Event::End(TagEnd::Heading(_)))).unwrap_or(0);
        open.retain(|wider| *wider < level);
        open.push(level);
        let shown = HeadingLevel::try_from((open.len() + 1).min(6)).unwrap_or(HeadingLevel::H6);
        let name = plain_text(&events[at..end]);
        let id = unique_id(&name, &mut taken);
        if shown == HeadingLevel::H2 {
            sections.push(GuideSection { id: id.clone(), name });
        }
        let id = Some(CowStr::from(id));
        events[at] = Event::Start(Tag::Heading { level: shown, id, classes: Vec::new(), attrs: Vec::new() });
        events[end] = Event::End(TagEnd::Heading(shown));
    }
    sections
}

/// A unique `id` (slug) from the letters and digits of `name`.
fn unique_id(name: &str, taken: &mut HashSet<String>) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let plain = words.collect::<Vec<_>>().join("-").to_lowercase();
    let plain = if plain.is_empty() { "s".to_owned() } else { plain };
    let numbered = (2..).map(|n| format!("{plain}-{n}"));
    let id = std::iter::once(plain.clone()).chain(numbered).find(|id| !taken.contains(id)).unwrap_or(plain);
    taken.insert(id.clone());
    id
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn html_of(markdown: &str) -> String {
        read(markdown).html
    }

    #[test]
    fn html_in_the_text_is_shown_as_text() {
        for hostile in [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "<div style=\"position:fixed\">\n\n# x\n\n</div>",
            "<form action=\"https://evil.example\"><input name=q></form>",
            "<iframe src=//evil.example>",
            "<svg/onload=alert(1)>",
            "<!-- x --><script>alert(1)</script>",
            "- [ ] <b>task</b>",
        ] {
            let html = html_of(hostile);
            for tag in ["<script", "<img", "<div", "<form", "<input", "<iframe", "<svg", "<b>", "<!--"] {
                assert!(!html.contains(tag), "{hostile} → {html}");
            }
        }
    }

    #[test]
    fn a_comment_is_left_out() {
        assert_eq!(html_of("<!-- to do -->\n\n本文").trim(), "<p>本文</p>");
    }

    #[test]
    fn links_lead_only_where_they_plainly_may() {
        for fine in [
            "https://example.jp/a?b=c",
            "HTTP://example.jp",
            "mailto:a@example.jp",
            "tel:119",
            "/sheets/report",
            "#同意",
        ] {
            assert!(html_of(&format!("[x]({fine})")).contains("<a href="), "{fine}");
        }
        for hostile in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "java&Tab;script:alert(1)",
            "java&#10;script:alert(1)",
            "&#1;javascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "//evil.example",
            "/\\evil.example",
            "/&#9;/evil.example",
            "\\\\\\\\evil.example",
            "https&#58;x:javascript",
            "page.html",
            "",
        ] {
            let html = html_of(&format!("[x](<{hostile}>)"));
            assert!(!html.contains("<a ") || hostile.starts_with("https"), "{hostile} → {html}");
            assert!(html.contains('x'), "its words stay: {html}");
        }
        assert!(!html_of("<javascript:alert(1)>").contains("<a "));
        assert!(!html_of("[x][y]\n\n[y]: javascript:alert(1)").contains("<a "));
    }

    #[test]
    fn a_picture_becomes_its_words() {
        assert_eq!(html_of("![地図の絵](https://evil.example/pixel.png)").trim(), "<p>地図の絵</p>");
        assert_eq!(html_of("[![絵](x.png)](/sheets)").trim(), "<p><a href=\"/sheets\">絵</a></p>");
    }

    #[test]
    fn a_table_is_a_table_without_styles_of_its_own() {
        let html = html_of("| a | b |\n|:-:|--:|\n| 1 | <b> |\n");
        assert!(html.contains("<table>") && html.contains("<td>&lt;b&gt;</td>"), "{html}");
        assert!(!html.contains("style"), "{html}");
    }

    #[test]
    fn a_line_break_between_japanese_letters_makes_no_space() {
        assert_eq!(
            html_of("聴きます。\n**急いで**\n紹介しません。").trim(),
            "<p>聴きます。<strong>急いで</strong>紹介しません。</p>"
        );
        assert_eq!(html_of("Positive\nHealth と\niPH").trim(), "<p>Positive\nHealth と\niPH</p>");
    }

    #[test]
    fn headings_go_one_below_the_other_and_have_an_id_each() {
        let text = read("# 手引き\n\n#### 深い\n\n# 一\n\n### 二\n\n### 二\n\n## main\n");
        assert_eq!(text.title.as_deref(), Some("手引き"));
        let levels: Vec<&str> = text.html.lines().filter(|line| line.starts_with("<h")).collect();
        assert_eq!(
            levels,
            [
                "<h2 id=\"深い\">深い</h2>",
                "<h2 id=\"一\">一</h2>",
                "<h3 id=\"二\">二</h3>",
                "<h3 id=\"二-2\">二</h3>",
                "<h3 id=\"main-2\">main</h3>"
            ]
        );
        assert_eq!(text.sections.len(), 2);
    }

    #[test]
    fn an_id_breaks_out_of_nothing() {
        let text = read("## \"><script>alert(1)</script>\n\n## ***\n\n## `'x'` & y\n");
        assert_eq!(text.sections[0].id, "script-alert-1-script");
        assert!(!text.html.contains("<script"), "{}", text.html);
        assert!(text.sections.iter().all(|it| it.id.chars().all(|c| c.is_alphanumeric() || c == '-')));
    }

    #[test]
    fn endless_nesting_ends() {
        for deep in ["> ", "- ", "[", "*", "`"] {
            read(&deep.repeat(20_000));
        }
    }

    /// The tags of what is written, opened and closed as they must be, and no others than those a text needs.
    fn check_tags(html: &str) {
        const KNOWN: &[&str] = &[
            "p",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "ul",
            "ol",
            "li",
            "em",
            "strong",
            "a",
            "code",
            "pre",
            "blockquote",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "br",
            "hr",
        ];
        let mut open = Vec::new();
        for tag in html.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
            let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
            assert!(KNOWN.contains(&name.as_str()), "<{tag}> in {html}");
            if tag.starts_with('/') {
                assert_eq!(open.pop(), Some(name), "{html}");
            } else if !tag.ends_with('/') {
                open.push(name);
            }
        }
        assert!(open.is_empty(), "{open:?} in {html}");
    }

    proptest! {
        #[test]
        fn whatever_is_written_only_known_tags_come_out(text in "([#>*_`|:\\-\\[\\]()!<>/\"'& a-c\n0-9:]|<script>|javascript:|\\| a \\|\n|---)*") {
            check_tags(&html_of(&text));
        }
    }
}
