//! SARIF 2.1.0, which code-scanning tools read. OASIS, "Static Analysis Results Interchange Format".

use std::io::{Result, Write};

use postproof_model::lint::{Edit, Finding, LintReport};
use postproof_model::{Code, Severity};
use postproof_words::{Lang, pages};
use serde_json::{Value, json};

/// The schema that readers look at.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Writes the report. Rules carry their pages, results a region in bytes and, where there is one, the fix.
///
/// # Errors
///
/// What writing to `out` gives.
pub fn write(out: &mut impl Write, report: &LintReport, lang: Lang) -> Result<()> {
    let mut codes: Vec<Code> = report.findings().map(|(_, finding)| finding.diagnostic.problem.code()).collect();
    codes.sort_unstable();
    codes.dedup();
    let results: Vec<Value> =
        report.findings().map(|(file, finding)| result(&uri(&file.file), finding, &codes, lang)).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "postproof",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "language": lang.tag(),
                "rules": codes.iter().map(|code| rule(*code, lang)).collect::<Vec<_>>(),
            }},
            // Columns here count bytes of UTF-8; SARIF knows code points and UTF-16 only, so regions give bytes, too.
            "columnKind": "unicodeCodePoints",
            "artifacts": report.files.iter().map(|file| json!({
                "location": { "uri": uri(&file.file) },
                "roles": ["analysisTarget"],
            })).collect::<Vec<_>>(),
            "results": results,
        }],
    });
    writeln!(out, "{}", serde_json::to_string_pretty(&log)?)
}

fn rule(code: Code, lang: Lang) -> Value {
    let page = pages::page(code);
    json!({
        "id": code.code(),
        "name": code.name(),
        "shortDescription": { "text": page.title.say(lang) },
        "fullDescription": { "text": page.why.say(lang) },
        "help": { "text": page.markdown(lang), "markdown": page.markdown(lang) },
    })
}

fn result(uri: &str, finding: &Finding, codes: &[Code], lang: Lang) -> Value {
    let diagnostic = &finding.diagnostic;
    let place = &diagnostic.place;
    let code = diagnostic.problem.code();
    let level = match diagnostic.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Unknown | Severity::Hint => "note",
    };
    let before = finding.line.get(..place.column.saturating_sub(1)).unwrap_or(&finding.line);
    let mut value = json!({
        "ruleId": code.code(),
        "ruleIndex": codes.binary_search(&code).unwrap_or_default(),
        "level": level,
        "message": { "text": super::message(finding, lang) },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": uri },
            "region": {
                "startLine": place.line.max(1),
                "startColumn": String::from_utf8_lossy(before).chars().count() + 1,
                "byteOffset": place.span.start,
                "byteLength": place.span.len(),
                "snippet": { "text": String::from_utf8_lossy(&finding.line) },
            },
        }}],
    });
    if let (false, Some(object)) = (finding.fix.is_empty(), value.as_object_mut()) {
        object.insert(
            "fixes".to_owned(),
            json!([{
                "artifactChanges": [{
                    "artifactLocation": { "uri": uri },
                    "replacements": finding.fix.iter().map(replacement).collect::<Vec<_>>(),
                }],
            }]),
        );
    }
    value
}

fn replacement(edit: &Edit) -> Value {
    json!({
        "deletedRegion": { "byteOffset": edit.span.start, "byteLength": edit.span.len() },
        "insertedContent": { "text": String::from_utf8_lossy(&edit.text) },
    })
}

/// A file's name as a URI reference: what may not stand in one is escaped, a path from the root has its scheme.
fn uri(file: &str) -> String {
    let mut uri = String::new();
    if file.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in file.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}
