//! Fixes, round after round: what one mends may show the next.

use postproof_model::lint::{Edit, LintReport, apply};

use super::gather::Gatherer;
use super::settings::Settings;
use crate::outcome::Failure;

/// How many rounds there may be.
const ROUNDS: usize = 10;

/// What was mended.
pub(super) struct Mended {
    /// How many findings.
    pub(super) edits: usize,
    /// In how many files.
    pub(super) files: usize,
    /// What is left.
    pub(super) report: LintReport,
}

/// Makes the edits of a report's fixes, in memory, until none is left.
pub(super) fn mend(
    gatherer: &mut Gatherer,
    settings: &Settings,
    mut report: LintReport,
    leave_out: &impl Fn(&mut LintReport),
) -> Result<Mended, Failure> {
    let mut edits = 0;
    let mut files: Vec<String> = Vec::new();
    for _ in 0..ROUNDS {
        let mut changed = Vec::new();
        for file in &report.files {
            let Some((path, bytes)) = gatherer.file(&file.file) else { continue };
            // A finding's edits belong together; those of another that come in between wait for the next round.
            let mut taken: Vec<Edit> = Vec::new();
            for finding in file.findings.iter().filter(|finding| !finding.fix.is_empty()) {
                let meets = |edit: &Edit| {
                    taken.iter().any(|other| {
                        edit.span.start < other.span.end.max(other.span.start + 1)
                            && other.span.start < edit.span.end.max(edit.span.start + 1)
                    })
                };
                if !finding.fix.iter().any(meets) {
                    taken.extend(finding.fix.iter().cloned());
                    edits += 1;
                }
            }
            let mended = apply(bytes, &taken);
            if mended != bytes {
                changed.push((file.file.clone(), path.to_owned(), mended));
            }
        }
        if changed.is_empty() {
            break;
        }
        for (name, path, bytes) in changed {
            if !files.contains(&name) {
                files.push(name);
            }
            gatherer.change(path, bytes);
        }
        report = gatherer.findings(settings)?;
        leave_out(&mut report);
    }
    Ok(Mended { edits, files: files.len(), report })
}
