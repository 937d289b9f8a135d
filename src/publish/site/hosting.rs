//! Settings of a host for an exported site: media types, caching and the security headers of the server. They are written beside the
//! files and served by nobody. This module does no I/O.

use std::fmt::Write as _;

use super::policy::{CONTENT_SECURITY_POLICY, SECURITY_HEADERS, content_security_policy};
use crate::model::{Audience, City};
use crate::publish::html::assets::ASSETS_VERSION;
use crate::publish::media_types::MEDIA_TYPES;

/// Caching of what changes with the data: a host asks each time whether it has.
const REVALIDATED: &str = "public, max-age=0, must-revalidate";
/// Caching of files with a hash in their address (RFC 8246).
const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// The folders of pages, besides those at the root.
const FOLDERS: [&str; 8] = ["categories", "districts", "guide", "link-workers", "month", "places", "print", "sheets"];

/// Settings for nginx, to be included in the `location` of the site.
pub fn nginx_conf(city: &City) -> String {
    let policy = |embeddable| content_security_policy(city, Audience::Public, embeddable);
    let mut text = String::from(
        "# Settings of nginx for this site. Include them in its location:\n\
         #   location /map/ { alias /srv/map/; include /srv/map/nginx.conf; error_page 404 /map/404.html; }\n\
         index index.html;\n\
         try_files $uri ${uri}index.html $uri.html =404;\n\
         gzip on;\n\
         gzip_vary on;\n\
         gzip_types text/css text/javascript text/plain application/json application/geo+json application/x-ndjson \
         application/manifest+json image/svg+xml text/csv text/calendar;\n\
         types {\n",
    );
    for (ending, media) in MEDIA_TYPES {
        writeln!(text, "    \"{media}\" {ending};").expect("writing to a string does not fail");
    }
    text.push_str("}\n");
    let settings = [
        format!("set $tsunagari_cache \"{REVALIDATED}\";"),
        format!("if ($uri ~ \"/assets/{ASSETS_VERSION}/\") {{ set $tsunagari_cache \"{IMMUTABLE}\"; }}"),
        format!("set $tsunagari_policy \"{}\";", policy(false)),
        format!("if ($uri ~ \"/embed(\\.[a-z]+)?\\.html$\") {{ set $tsunagari_policy \"{}\"; }}", policy(true)),
        "if ($uri ~ \"/(nginx\\.conf|_headers|\\.tsunagari-export)$\") { return 404; }".to_owned(),
        "add_header Cache-Control $tsunagari_cache always;".to_owned(),
        "add_header Content-Security-Policy $tsunagari_policy always;".to_owned(),
    ];
    let headers = SECURITY_HEADERS.map(|(name, value)| format!("add_header {} \"{value}\" always;", title_case(name)));
    settings.iter().chain(&headers).for_each(|line| {
        text.push_str(line);
        text.push('\n');
    });
    text
}

/// Settings for hosts that read a file `_headers`. Where several rules fit, they send all; hence the rule about frames is a policy of
/// its own, on every page but the one for frames.
pub fn headers_file(city: &City) -> String {
    let mut text = String::new();
    let mut rule = |path: &str, headers: &[(&str, &str)]| {
        text.push_str(path);
        for (name, value) in headers {
            write!(text, "\n  {}: {value}", title_case(name)).expect("writing to a string does not fail");
        }
        text.push('\n');
    };
    let whole = content_security_policy(city, Audience::Public, false);
    let (loaded, frames) = whole.rsplit_once("; ").unwrap_or((&whole, ""));
    let embedded = content_security_policy(city, Audience::Public, true);
    let embedding = embedded.rsplit_once("; ").map_or("", |(_, frames)| frames);
    let may_embed = embedding != frames;
    let everywhere = if may_embed { loaded } else { &whole };
    rule("/*", &[&SECURITY_HEADERS[..], &[(CONTENT_SECURITY_POLICY, everywhere)]].concat());
    if may_embed {
        let languages = crate::publish::messages::offered_languages();
        let pages: Vec<String> = languages.flat_map(root_pages).collect();
        let folders = FOLDERS.map(|folder| format!("/{folder}/*"));
        pages.iter().chain(&folders).chain(["/".to_owned()].iter()).for_each(|path| {
            rule(path, &[(CONTENT_SECURITY_POLICY, if path.starts_with("/embed") { embedding } else { frames })]);
        });
    }
    rule(&format!("/assets/{ASSETS_VERSION}/*"), &[("cache-control", IMMUTABLE)]);
    for (ending, media) in MEDIA_TYPES {
        rule(&format!("/*.{ending}"), &[("content-type", media)]);
    }
    text
}

/// The pages at the root in a language.
fn root_pages(language: crate::model::Language) -> Vec<String> {
    use crate::publish::page_file::SitePage;

    let pages = [
        SitePage::List,
        SitePage::Embed,
        SitePage::Month(None),
        SitePage::PrintList,
        SitePage::Missing,
        SitePage::LinkWorkers(None),
        SitePage::Guide,
        SitePage::Sheets,
    ];
    let in_language = pages.into_iter().filter(|page| page.languages().contains(&language));
    in_language.map(|page| page.path(language)).collect()
}

/// `Content-Security-Policy` of `content-security-policy`.
fn title_case(name: &str) -> String {
    let parts = name.split('-').map(|part| {
        let (first, rest) = part.split_at(part.len().min(1));
        first.to_ascii_uppercase() + rest
    });
    parts.collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_settings_hold_the_policy_of_the_server() {
        let city = City::default();
        let policy = content_security_policy(&city, Audience::Public, false);
        assert!(nginx_conf(&city).contains(&policy) && headers_file(&city).contains(&policy));
        assert!(!headers_file(&city).contains("/embed"), "nobody may embed it");
    }

    #[test]
    fn the_page_for_frames_has_the_sites_that_the_city_names_and_every_other_page_none() {
        let city = City { embed_hosts: vec!["https://www.city.example.jp".to_owned()], ..City::default() };
        let (nginx, headers) = (nginx_conf(&city), headers_file(&city));
        assert_eq!(nginx.matches("frame-ancestors https://www.city.example.jp").count(), 1);
        assert!(
            headers
                .contains("/embed.en.html\n  Content-Security-Policy: frame-ancestors https://www.city.example.jp\n")
        );
        for page in ["/", "/index.html", "/404.easy.html", "/places/*", "/guide.html"] {
            assert!(
                headers.contains(&format!("{page}\n  Content-Security-Policy: frame-ancestors 'none'\n")),
                "{page}"
            );
        }
    }
}
