//! A scan of XML while it streams by: how long its tokens are and how many elements it has.
//!
//! Readers of XML buffer one token (a tag, a text, a comment) however long it is, and the workbook library keeps one value
//! per element of some kinds. The scan finds both before that library sees a part. It follows the rules by which such readers
//! part tokens, not those of well-formed XML. This module does no I/O.

/// Bytes of an element's name that are compared.
const NAME_BYTES: usize = 32;

/// What a part of an archive holds, read as XML.
#[derive(Debug, Clone, Default)]
pub(super) struct XmlScan {
    /// Bytes of the longest token.
    pub(super) longest_token: usize,
    /// Number of start tags.
    pub(super) elements: usize,
    /// Number of shared strings, `<si>`.
    pub(super) strings: usize,
    /// Number of cell formats, `<xf>`.
    pub(super) formats: usize,
    /// Whether some text is struck out, `<strike>`.
    pub(super) has_strike: bool,
    /// Whether some cell is calculated, `<f>`.
    pub(super) has_formula: bool,
    state: ScanState,
    token: usize,
    name: Vec<u8>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum ScanState {
    #[default]
    Text,
    /// After `<`, in the name of an element or the first characters of a comment, section or instruction.
    Name,
    /// In a tag after its name; within quotes if they are open.
    Tag(Option<u8>),
    /// Until this is found: `-->`, `]]>` or `?>`.
    Until(&'static [u8], usize),
}

impl XmlScan {
    /// Scans the next bytes.
    pub(super) fn feed(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while let Some((&first, after)) = rest.split_first() {
            let inert = match self.state {
                ScanState::Text => run(rest, |b| b != b'<'),
                ScanState::Tag(None) => run(rest, |b| !matches!(b, b'>' | b'"' | b'\'')),
                ScanState::Tag(Some(quote)) => run(rest, |b| b != quote),
                ScanState::Name | ScanState::Until(..) => 0,
            };
            self.token += inert.max(1);
            self.longest_token = self.longest_token.max(self.token);
            if inert > 0 {
                rest = &rest[inert..];
                continue;
            }
            self.state = self.next(first);
            rest = after;
        }
    }

    /// The state after `byte`.
    fn next(&mut self, byte: u8) -> ScanState {
        match self.state {
            ScanState::Text => {
                self.token = 1;
                self.name.clear();
                ScanState::Name
            }
            ScanState::Name => self.name(byte),
            ScanState::Tag(Some(_)) => ScanState::Tag(None),
            ScanState::Tag(None) if byte == b'>' => self.end(),
            ScanState::Tag(None) => ScanState::Tag(Some(byte)),
            ScanState::Until(end, found) if byte == end[found] => {
                if found + 1 == end.len() {
                    self.end()
                } else {
                    ScanState::Until(end, found + 1)
                }
            }
            // `--->` ends a comment too: all but the last byte of an end are alike.
            ScanState::Until(end, found) if found + 1 == end.len() && byte == end[0] => ScanState::Until(end, found),
            ScanState::Until(end, _) => ScanState::Until(end, usize::from(byte == end[0])),
        }
    }

    fn name(&mut self, byte: u8) -> ScanState {
        let is_end = byte == b'>' || byte == b'/' || byte.is_ascii_whitespace();
        if !self.name.is_empty() && is_end {
            self.element();
            return if byte == b'>' { self.end() } else { ScanState::Tag(None) };
        }
        if byte == b'>' {
            return self.end();
        }
        if self.name.len() < NAME_BYTES {
            self.name.push(byte);
        }
        match self.name.as_slice() {
            b"!--" => ScanState::Until(b"-->", 0),
            b"![CDATA[" => ScanState::Until(b"]]>", 0),
            b"?" => ScanState::Until(b"?>", 0),
            // A workbook has no document type, and its end is hard to find.
            b"!D" | b"!d" => {
                self.longest_token = usize::MAX;
                ScanState::Tag(None)
            }
            _ => ScanState::Name,
        }
    }

    /// Counts the start tag whose name was read; an end tag counts for nothing.
    fn element(&mut self) {
        if self.name.starts_with(b"/") {
            return;
        }
        let local = self.name.rsplit(|&b| b == b':').next().unwrap_or_default();
        self.elements += 1;
        self.strings += usize::from(local == b"si");
        self.formats += usize::from(local == b"xf");
        self.has_strike |= local == b"strike";
        self.has_formula |= local == b"f";
    }

    /// A token has ended.
    fn end(&mut self) -> ScanState {
        self.token = 0;
        ScanState::Text
    }
}

/// The number of bytes at the start of `bytes` that are `inert`.
fn run(bytes: &[u8], inert: impl Fn(u8) -> bool) -> usize {
    bytes.iter().position(|&b| !inert(b)).unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(text: &str) -> XmlScan {
        let mut whole = XmlScan::default();
        whole.feed(text.as_bytes());
        let mut parts = XmlScan::default();
        text.as_bytes().iter().for_each(|&b| parts.feed(&[b]));
        let numbers = |s: &XmlScan| (s.longest_token, s.elements, s.strings, s.formats, s.has_formula);
        assert_eq!(numbers(&whole), numbers(&parts), "chunks make no difference: {text}");
        whole
    }

    #[test]
    fn elements_are_counted_by_their_local_name() {
        let found = scan("<?xml version='1.0'?><x:sst><x:si><t>a</t></x:si><si/><si a='>'/></x:sst><f>1</f><xf/>");
        assert_eq!((found.strings, found.formats, found.has_formula), (3, 1, true));
        assert!(!scan("<sst><fonts/><!-- <f>1</f> --><![CDATA[<si/>]]></sst>").has_formula);
    }

    #[test]
    fn a_token_is_as_long_as_a_reader_buffers_it() {
        let long = "x".repeat(1000);
        for (text, least) in [
            (format!("<a>{long}</a>"), 1000),
            (format!("<a b='{long}'/>"), 1000),
            (format!("<a b='>>{long}<'/>"), 1000),
            (format!("<!-- < > {long} -- -->"), 1000),
            (format!("<![CDATA[<a>{long}]]>"), 1000),
            (format!("<?x <a>{long}?>"), 1000),
            (format!("<{long}>"), 1000),
            ("<!DOCTYPE a [<!ENTITY b 'c'>]>".to_owned(), usize::MAX),
        ] {
            assert!(scan(&text).longest_token >= least, "{}", &text[..20]);
        }
        assert!(scan(&"<a>x</a><!-- y ---><b c=\"'\">".repeat(100)).longest_token < 20);
    }
}
