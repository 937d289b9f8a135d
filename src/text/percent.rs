//! Percent-encoding of what stands in addresses. This module does no I/O.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All characters but the unreserved ones (RFC 3986).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// All characters but those that forms leave as they are (`application/x-www-form-urlencoded`), as scripts write addresses.
const OF_FORMS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'*');

/// `text` percent-encoded by RFC 3986.
pub fn percent_encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// `text` percent-encoded as a form does, a space as `%20`.
pub fn form_encoded(text: &str) -> String {
    utf8_percent_encode(text, OF_FORMS).to_string()
}
