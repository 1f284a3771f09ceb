//! The page's shell: the repository's index.html with the addresses of what was built.
//!
//! index.html names its script, style sheet and pictures by their places in the repository (`src` and `href` that begin
//! with `web/`). Those are the entry points of the build; the site's copy names what became of them.

use super::ASSETS;
use super::bundle::Bundle;
use anyhow::{Context, Result, bail};
use std::fmt::Write;

/// Where the page's own sources lie, in the repository.
const SOURCES: &str = "web/";

/// The sources that index.html names, each once, in its order.
pub(super) fn entry_points(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for tag in tags(html) {
        for name in ["src", "href"] {
            if let Some(value) = attribute(tag, name).and_then(source)
                && !found.iter().any(|other| other == value)
            {
                found.push(value.to_owned());
            }
        }
    }
    found
}

/// The site's index.html.
pub(super) fn make(html: &str, bundle: &Bundle) -> Result<String> {
    let mut page = html.to_owned();
    for tag in tags(html) {
        let mut changed = tag.to_owned();
        for name in ["src", "href"] {
            let Some(value) = attribute(tag, name) else { continue };
            let Some(source) = source(value) else { continue };
            let built = bundle.entries.get(source).with_context(|| format!("index.html names {source}"))?;
            changed = changed.replacen(&format!("{name}=\"{value}\""), &format!("{name}=\"{ASSETS}/{built}\""), 1);
        }
        if changed != tag {
            page = page.replacen(tag, &changed, 1);
        }
    }
    // All that the first verdict needs starts loading at once, not one after the other as scripts ask for it.
    let mut links = String::new();
    for module in &bundle.of_page {
        writeln!(
            links,
            "    <link rel=\"preload\" href=\"{ASSETS}/{module}\" as=\"fetch\" type=\"application/wasm\" crossorigin>"
        )?;
    }
    for script in bundle.chunks.iter().chain([&bundle.worker]) {
        writeln!(links, "    <link rel=\"modulepreload\" href=\"{ASSETS}/{script}\">")?;
    }
    // The worker's modules have no link: a page's preloads aren't its worker's, and Firefox holds a prefetch to
    // `default-src`. The page's first script starts the worker before its own module is compiled.
    let Some(end) = page.find("</head>") else { bail!("index.html has no </head>") };
    let line = page[..end].trim_end_matches([' ', '\t']).len();
    page.insert_str(line, &links);
    Ok(page)
}

/// The page's own Content-Security-Policy, from its meta tag.
pub(crate) fn content_security_policy(html: &str) -> Option<&str> {
    let is_policy = |tag: &&str| {
        attribute(tag, "http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("Content-Security-Policy"))
    };
    attribute(tags(html).find(is_policy)?, "content")
}

/// A source of ours, relative to the repository.
fn source(address: &str) -> Option<&str> {
    let path = address.strip_prefix("./").unwrap_or(address);
    path.starts_with(SOURCES).then_some(path)
}

/// Start tags, comments aside. index.html is ours: attributes are in double quotes and hold no `>`, which is checked
/// by the tests that open the page.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            let (_, from) = rest.split_once('<')?;
            if let Some(comment) = from.strip_prefix("!--") {
                rest = comment.split_once("-->").map_or("", |(_, after)| after);
                continue;
            }
            let (tag, after) = from.split_once('>')?;
            rest = after;
            if tag.starts_with(|first: char| first.is_ascii_alphabetic()) {
                return Some(tag);
            }
        }
    })
}

/// The value of an attribute in double quotes.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    loop {
        let (before, after) = rest.split_once('=')?;
        let found = before.rsplit(|c: char| c.is_ascii_whitespace()).next() == Some(name);
        let Some(quoted) = after.strip_prefix('"') else {
            rest = after;
            continue;
        };
        let (value, after) = quoted.split_once('"')?;
        if found {
            return Some(value);
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    const PAGE: &str = r#"<!doctype html>
<html lang="en"><head>
<!-- <script src="web/no.js"></script> -->
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' 'wasm-unsafe-eval'">
<link rel="stylesheet" href="web/style.css">
<link rel="icon" href="./web/icon.svg">
</head><body><a href="https://example.org/web/x">x</a>
<script type="module" src="web/editor/boot.js"></script></body></html>"#;

    fn bundle() -> Bundle {
        Bundle {
            entries: BTreeMap::from([
                ("web/style.css".to_owned(), "style-A.css".to_owned()),
                ("web/icon.svg".to_owned(), "icon-B.svg".to_owned()),
                ("web/editor/boot.js".to_owned(), "boot-C.js".to_owned()),
            ]),
            worker: "worker-D.js".to_owned(),
            chunks: vec!["chunk-F.js".to_owned()],
            of_page: vec!["web-G.wasm".to_owned()],
            of_worker: vec!["engine-E.wasm".to_owned()],
            inputs: Vec::new(),
        }
    }

    #[test]
    fn sources_named_in_the_page_are_the_entry_points() {
        assert_eq!(entry_points(PAGE), ["web/style.css", "web/icon.svg", "web/editor/boot.js"]);
    }

    #[test]
    fn the_site_names_what_was_built() {
        let page = make(PAGE, &bundle()).unwrap();
        assert!(page.contains(r#"<link rel="stylesheet" href="assets/style-A.css">"#), "{page}");
        assert!(page.contains(r#"<link rel="icon" href="assets/icon-B.svg">"#), "{page}");
        assert!(page.contains(r#"<script type="module" src="assets/boot-C.js">"#), "{page}");
        assert!(page.contains(r#"<link rel="modulepreload" href="assets/worker-D.js">"#), "{page}");
        assert!(page.contains(r#"<link rel="modulepreload" href="assets/chunk-F.js">"#), "{page}");
        assert!(page.contains(r#"<link rel="preload" href="assets/web-G.wasm" as="fetch""#), "{page}");
        assert!(!page.contains("prefetch") && !page.contains("engine-E.wasm"), "{page}");
        assert!(page.contains(r#"<a href="https://example.org/web/x">"#), "{page}");
    }

    #[test]
    fn a_source_that_was_not_built_is_an_error() {
        let mut bundle = bundle();
        bundle.entries.remove("web/icon.svg");
        assert!(make(PAGE, &bundle).unwrap_err().to_string().contains("web/icon.svg"));
    }

    #[test]
    fn the_policy_is_the_pages_own() {
        assert_eq!(content_security_policy(PAGE), Some("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'"));
        assert_eq!(content_security_policy("<meta charset=\"utf-8\">"), None);
    }

    #[test]
    fn a_broken_page_ends() {
        for html in ["<", "<!--", "<a href=", "<a href=\"", "<a href=\"web/", ""] {
            assert!(entry_points(html).is_empty(), "{html}");
        }
    }
}
