//! Addresses of licences. This module does no I/O.

/// Where a licence can be read: Creative Commons' by name, any other by its own address.
pub fn licence_address(licence: &str) -> Option<String> {
    let licence = licence.trim();
    if licence.starts_with("https://") || licence.starts_with("http://") {
        return Some(licence.to_owned());
    }
    let words: Vec<String> = licence.split([' ', '_']).map(str::to_ascii_lowercase).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["cc0"] | ["cc0", "1.0"] => Some("https://creativecommons.org/publicdomain/zero/1.0/".to_owned()),
        ["cc", kind, version, rest @ ..] if is_licence(kind, version) => {
            let country = if rest.contains(&"jp") { "jp/" } else { "" };
            Some(format!("https://creativecommons.org/licenses/{kind}/{version}/{country}"))
        }
        [joined, version] => {
            let kind = joined.strip_prefix("cc-").filter(|kind| is_licence(kind, version))?;
            Some(format!("https://creativecommons.org/licenses/{kind}/{version}/"))
        }
        _ => None,
    }
}

fn is_licence(kind: &str, version: &str) -> bool {
    matches!(kind, "by" | "by-sa" | "by-nd" | "by-nc" | "by-nc-sa" | "by-nc-nd")
        && matches!(version, "4.0" | "3.0" | "2.5" | "2.1" | "2.0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_has_the_address_of_its_text() {
        for (licence, address) in [
            ("CC BY 4.0", Some("https://creativecommons.org/licenses/by/4.0/")),
            ("CC-BY-SA 4.0", Some("https://creativecommons.org/licenses/by-sa/4.0/")),
            ("CC BY 2.1 JP", Some("https://creativecommons.org/licenses/by/2.1/jp/")),
            ("CC0 1.0", Some("https://creativecommons.org/publicdomain/zero/1.0/")),
            ("https://example.jp/terms", Some("https://example.jp/terms")),
            ("市の規約による", None),
        ] {
            assert_eq!(licence_address(licence).as_deref(), address, "{licence}");
        }
    }
}
