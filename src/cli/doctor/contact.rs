//! Findings in how people reach the page and the office: addresses and telephones that do not work from outside. This module does
//! no I/O.

use std::net::IpAddr;

use super::addresses::is_private;
use crate::cli::finding::Finding;
use crate::config::Config;
use crate::publish::html::digits;

/// Endings of names that only a network of its own knows.
const LOCAL_ENDINGS: [&str; 7] = [".local", ".localhost", ".internal", ".lan", ".home", ".localdomain", ".intra"];

/// Findings in the addresses and telephones of `config`.
pub fn findings(config: &Config) -> Vec<Finding> {
    let city = &config.city;
    let url = city.public_url.as_deref().filter(|url| is_local(host_of(url)));
    let mut findings: Vec<Finding> =
        url.map(|url| Finding::warning("doctor.local_public_url", &[("url", url)])).into_iter().collect();
    let mut phones = vec![("city.toml", "office_phone", city.office_phone.as_deref())];
    for category in config.categories.all().iter().filter(|category| category.office_phone != city.office_phone) {
        phones.push(("categories.csv", &category.id.0, category.office_phone.as_deref()));
    }
    for (file, key, phone) in phones {
        let Some(phone) = phone.filter(|phone| !phone.trim().is_empty() && digits(phone).is_empty()) else { continue };
        findings.push(Finding::warning("doctor.undialable", &[("file", file), ("key", key), ("phone", phone)]));
    }
    findings.extend(institutions_without_phone(config));
    let hosts = city.internal_hosts.iter().filter(|host| !is_host_name(host));
    findings.extend(hosts.map(|host| Finding::warning("doctor.internal_host", &[("host", host)])));
    findings
}

/// The offices of `institutions.csv` to which no number leads: neither their own nor the municipality's.
fn institutions_without_phone(config: &Config) -> Option<Finding> {
    let none = config.institutions.all().iter().filter(|row| row.phone.is_none());
    let mut offices: Vec<&str> = Vec::new();
    for row in none {
        if !offices.contains(&row.office.as_str()) {
            offices.push(&row.office);
        }
    }
    let has_none = config.city.office_phone.is_none() && !offices.is_empty();
    has_none.then(|| Finding::warning("doctor.institutions_without_phone", &[("offices", &offices.join("、"))]))
}

/// The host of a web address, without its port.
fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if let Some(v6) = authority.strip_prefix('[') {
        return v6.split(']').next().unwrap_or_default();
    }
    authority.split(':').next().unwrap_or_default()
}

/// Whether nobody outside of the machine or of the city's network reaches `host`.
fn is_local(host: &str) -> bool {
    let host = host.trim_end_matches('.').to_lowercase();
    match host.parse::<IpAddr>() {
        Ok(address) => is_private(address) || address.is_unspecified(),
        Err(_) => !host.contains('.') || LOCAL_ENDINGS.iter().any(|ending| host.ends_with(ending)),
    }
}

/// Whether this is a name as a browser sends it: neither a scheme nor a port nor a path.
fn is_host_name(host: &str) -> bool {
    !host.is_empty() && host.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_only_the_city_hall_reaches_is_local() {
        for (url, local) in [
            ("http://localhost:8080", true),
            ("http://127.0.0.1:8080", true),
            ("http://0.0.0.0:8080", true),
            ("https://10.1.2.3", true),
            ("https://192.168.0.9/map", true),
            ("http://[::1]:8080", true),
            ("http://tsunagari:8080", true),
            ("https://server01.intra", true),
            ("https://map.local", true),
            ("https://tsunagari.city.kita.lg.jp", false),
            ("https://town.example.org/map", false),
            ("https://203.0.113.9", false),
            ("https://[2001:db8::1]:8443", false),
        ] {
            assert_eq!(is_local(host_of(url)), local, "{url}");
        }
    }

    #[test]
    fn a_host_name_has_neither_scheme_nor_port_nor_path() {
        for (host, right) in [
            ("tsunagari.office.lg.jp", true),
            ("server-01", true),
            ("http://server-01", false),
            ("server-01:8081", false),
            ("server-01/find", false),
            ("", false),
            ("server 01", false),
        ] {
            assert_eq!(is_host_name(host), right, "{host}");
        }
    }
}
