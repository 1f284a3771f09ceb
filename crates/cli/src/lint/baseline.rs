//! A file of findings that are known: old tables can be linted from today on without mending all of them first.
//!
//! A finding is known again by its file, its code and the text of its line, so that lines may move.

use std::collections::BTreeMap;
use std::path::Path;

use postproof_model::Code;
use postproof_model::lint::{Finding, LintReport};
use postproof_words::{Lang, lint as words};
use serde::{Deserialize, Serialize};

use crate::outcome::{Failure, save};

/// One line of the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Known {
    file: String,
    code: Code,
    line: String,
}

/// The findings that are known, each with how often it was there.
#[derive(Debug, Default)]
pub(super) struct Baseline(BTreeMap<Known, usize>);

#[derive(Serialize, Deserialize)]
struct Entry {
    #[serde(flatten)]
    known: Known,
    count: usize,
}

impl Baseline {
    /// The findings of a report.
    pub(super) fn of(report: &LintReport) -> Self {
        let mut known = BTreeMap::new();
        for (file, finding) in report.findings() {
            *known.entry(key(&file.file, finding)).or_default() += 1;
        }
        Self(known)
    }

    /// Reads the file.
    pub(super) fn read(file: &str, lang: Lang) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(file).map_err(|error| Failure::read(file, &error, lang))?;
        let entries: Vec<Entry> = serde_json::from_str(&text).map_err(|error| {
            Failure::misuse(words::BAD_BASELINE.fill(lang, &[("file", file), ("reason", &error.to_string())]))
        })?;
        Ok(Self(entries.into_iter().map(|entry| (entry.known, entry.count)).collect()))
    }

    /// Writes the file; how many findings it holds.
    pub(super) fn write(self, file: &str, lang: Lang) -> Result<usize, Failure> {
        let total = self.0.values().sum();
        let entries: Vec<Entry> = self.0.into_iter().map(|(known, count)| Entry { known, count }).collect();
        // Plain data can always be written down.
        let text = serde_json::to_string_pretty(&entries).unwrap_or_default();
        save(file, Path::new(file), format!("{text}\n").as_bytes(), lang)?;
        Ok(total)
    }

    /// Leaves known findings out of a report.
    pub(super) fn leave_out(&self, report: &mut LintReport) {
        let mut left = self.0.clone();
        for file in &mut report.files {
            let name = file.file.clone();
            let before = file.findings.len();
            file.findings.retain(|finding| match left.get_mut(&key(&name, finding)) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    false
                }
                _ => true,
            });
            file.left_out += before - file.findings.len();
        }
    }
}

fn key(file: &str, finding: &Finding) -> Known {
    let line = String::from_utf8_lossy(finding.line.trim_ascii()).into_owned();
    Known { file: file.to_owned(), code: finding.diagnostic.problem.code(), line }
}
